"""study.json and model.json hold every number and claim as plain, canonical JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from studies import ENGINE, mall_like, shop
from told_studies import TOLD, figures, mall_told, no_segments_told

import reportgen
from reportgen.claims import all_claims
from reportgen.records.study import Claim, Figure
from reportgen.render._json import json_bytes
from reportgen.render.model_json import render_model_json
from reportgen.render.study_json import SCHEMA_VERSION, render_study_json

SCHEMA = json.loads((Path(reportgen.__file__).parent / "render" / "study.schema.json").read_text(encoding="utf-8"))


def study_json(name: str) -> dict[str, Any]:
    study = TOLD[name]()
    data: dict[str, Any] = json.loads(render_study_json(study, figures(study)).content)
    return data


# --- study.json ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TOLD)
def test_study_fits_its_schema(name: str) -> None:
    """study.json is valid by the schema that ships, and the schema by its dialect."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(study_json(name))


def test_schema_is_of_this_version() -> None:
    """The schema describes the version that is written."""
    assert SCHEMA["properties"]["schema_version"]["const"] == SCHEMA_VERSION


@pytest.mark.parametrize(
    ("path", "value"),
    [("verdict", "maybe"), ("k", 0), ("schema_version", 2), ("claims", []), ("period", "2026-13"), ("surprise", 1)],
)
def test_schema_refuses(path: str, value: object) -> None:
    """The schema refuses a study with a wrong or unknown field."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(study_json("mall") | {path: value}, SCHEMA)


@pytest.mark.parametrize("name", TOLD)
def test_every_claim_is_there_once(name: str) -> None:
    """Headline, answers, personas, actions and findings stand in `claims`, each id once, each with its numbers."""
    study = TOLD[name]()
    drawn = [one for one in figures(study) if isinstance(one, Figure)]
    expected = {claim.id: claim.text for claim in all_claims(study, drawn)}
    claims = study_json(name)["claims"]
    assert {claim["id"]: claim["text"] for claim in claims} == expected
    assert len(claims) == len(expected)
    assert all(quantity["shown"] in claim["text"] for claim in claims for quantity in claim["quantities"])


def claim_ids(value: Any) -> Iterator[str]:
    """Every id that the study's parts refer to."""
    for segment in value["segments"]:
        said = segment["claims"]
        yield from (said["who"], said["typical"], *said["sentences"])
        yield from filter(None, (said["proof"], said["trust"], said["rule"], said["descriptors"]))
        yield from (action[name] for action in segment["actions"] for name in ("reason", "test"))
    yield from (one["finding"] for one in value["figures"])
    yield from value["answers"].values()


@pytest.mark.parametrize("name", TOLD)
def test_references_lead_to_claims(name: str) -> None:
    """Every claim id in segments, figures and answers is an entry of `claims`."""
    data = study_json(name)
    assert set(claim_ids(data)) <= {claim["id"] for claim in data["claims"]}


def test_two_claims_with_one_id_are_a_fault() -> None:
    """Two different sentences under one id are refused."""
    study = mall_told()
    other = Claim("headline", "9 segments.", study.headline.quantities)
    with pytest.raises(ValueError, match="share the id headline"):
        render_study_json(replace(study, answers={"other": other}), ())


def test_segments_carry_their_profiles() -> None:
    """Sizes, shares and centroids in the export's units are the profile's, keyed by header name."""
    facts = mall_told().facts
    for segment, profile in zip(study_json("mall")["segments"], facts.profile.segments, strict=True):
        assert (segment["id"], segment["n_customers"], segment["share"]) == (
            profile.id,
            profile.n_customers,
            profile.share,
        )
        assert tuple(segment["centroid"].values()) == profile.centroid
        assert segment["numbers"]["Age"]["mean"] == profile.number("Age").mean


def test_no_segments_is_said() -> None:
    """Without structure the verdict says so, k is 1 and no segment is listed; all customers still are."""
    data = study_json("no segments")
    assert (data["verdict"], data["k"], data["segments"]) == ("no_segments", 1, [])
    assert data["all_customers"]["n_customers"] == no_segments_told().facts.n_customers


# --- canonical JSON ------------------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON)
def test_any_value_reads_back(value: Any) -> None:
    """Whatever is written reads back equal, floats to the last digit."""
    assert json.loads(json_bytes(value)) == value


def test_half_a_surrogate_pair_reads_back() -> None:
    """Text that UTF-8 cannot hold is written as an escape."""
    assert json.loads(json_bytes({"\ud800": "a\udfff"})) == {"\ud800": "a\udfff"}


def test_keys_are_sorted_and_short_lists_stay_on_a_line() -> None:
    """The order of a mapping does not change the bytes; numbers of a list share a line."""
    assert json_bytes({"b": list(range(12)), "a": 0.1}) == json_bytes({"a": 0.1, "b": list(range(12))})
    long = json_bytes({"edges": list(range(20)), "name": "x" * 100})
    assert long.splitlines()[1].startswith(b'  "edges": [0, 1, 2')


def test_nan_and_numpy_become_plain() -> None:
    """NaN and infinities are null, numpy numbers and arrays plain ones."""
    value = {"a": math.nan, "b": np.float64(math.inf), "c": np.int64(3), "d": np.array([1.5, math.nan]), "e": (True,)}
    assert json.loads(json_bytes(value)) == {"a": None, "b": None, "c": 3, "d": [1.5, None], "e": [True]}


# --- model.json ----------------------------------------------------------------------------------------------------

TRANSFORMS = {"none": lambda x, feature: x, "log1p": lambda x, feature: np.log1p(x - feature["offset"])}


@pytest.mark.parametrize(("name", "planted"), [("mall", mall_like), ("shop", shop)])
def test_model_puts_customers_into_their_segments(name: str, planted: Any) -> None:
    """Transform, scaling and centroids of model.json alone give every customer the segment that was found."""
    model = json.loads(render_model_json(TOLD[name]()).content)
    arrays = ENGINE.to_arrays(planted().table.frame, [feature["name"] for feature in model["features"]])
    scaled = np.column_stack(
        [
            (TRANSFORMS[feature["transform"]](arrays[feature["name"]], feature) - feature["center"]) / feature["spread"]
            for feature in model["features"]
        ]
    )
    centroids = np.array([segment["centroid"] for segment in model["segments"]])
    nearest = np.linalg.norm(scaled[:, None] - centroids, axis=2).argmin(axis=1)
    assert [model["segments"][i]["id"] for i in nearest] == planted().segmentation.labels.tolist()


def test_model_names_its_segments() -> None:
    """Ids, names and colours are the personas'; without segments there is one centroid without a name."""
    model = json.loads(render_model_json(mall_told()).content)
    assert [(one["id"], one["name"], one["color"]) for one in model["segments"]] == [
        (persona.segment, persona.name, persona.color) for persona in mall_told().personas
    ]
    alone = json.loads(render_model_json(no_segments_told()).content)
    assert [(one["id"], one["name"]) for one in alone["segments"]] == [(1, None)]


def test_model_and_study_hold_no_nan() -> None:
    """No NaN or infinity is written anywhere, so that every JSON reader reads the files."""
    study = mall_told()
    for document in (render_model_json(study), render_study_json(study, figures(study))):
        json.loads(document.content, parse_constant=pytest.fail)
