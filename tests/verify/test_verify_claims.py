"""Claims of a run, checked."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import studies

from reportgen.claims import claim_from_json, claim_to_json, fact, measure, say
from reportgen.records.study import Check, Claim
from reportgen.source_words import kind_of_source
from reportgen.verify.customers import customers_of
from reportgen.verify.printed import stray_numbers
from reportgen.verify.stage import check_claims, names_in, read_claims

FACTS = studies.mall_like_facts()
CUSTOMERS = customers_of(studies.mall_like().table, FACTS.features, FACTS.segmentation, studies.ENGINE)
RICH = FACTS.profile.segments[1]
INCOME = "Annual Income (k$)"


def honest() -> Claim:
    mean = RICH.number(INCOME).mean
    return say(
        "segment.2.income",
        "The {n} customers earn {mean}, {silhouette} apart.",
        n=measure("count", RICH.n_customers, str(RICH.n_customers), unit="customers", segment=2),
        mean=measure("mean", mean, f"{mean:.1f} k$", unit="k$", column=INCOME, segment=2),
        silhouette=fact(FACTS.evidence.scores[3].silhouette, "evidence.scores[3].silhouette", "0.59"),
    )


def check(*claims: Claim, names: tuple[str, ...] = ()) -> tuple[Check, ...]:
    return check_claims(claims, CUSTOMERS, FACTS, names)


def with_number(claim: Claim, place: int, **changes: Any) -> Claim:
    quantities = list(claim.quantities)
    quantities[place] = replace(quantities[place], **changes)
    return replace(claim, quantities=tuple(quantities))


def test_an_honest_claim_holds() -> None:
    """Every number recomputes, stands in the text and is printed rightly."""
    assert check(honest()) == (Check("segment.2.income", ok=True, sentence="holds"),)


def test_a_value_that_is_off_in_the_ninth_digit_is_found() -> None:
    """A value holds to 1e-9, no further."""
    value = honest().quantities[1].value
    assert check(with_number(honest(), 1, value=value * (1 + 5e-10)))[0].ok
    found = check(with_number(honest(), 1, value=value * (1 + 2e-9)))[0]
    assert not found.ok
    assert "when computed again" in found.sentence


def test_a_number_about_another_segment_is_found() -> None:
    """The recompute record, not the text, decides what is computed."""
    record = {**honest().quantities[1].recompute, "segment": 3}
    assert "when computed again" in check(with_number(honest(), 1, recompute=record))[0].sentence


def test_a_wrongly_printed_number_is_found() -> None:
    """What is shown must be the value at the printed precision."""
    claim = honest()
    altered = replace(claim, text=claim.text.replace("0.59", "0.60"))
    found = check(with_number(altered, 2, shown="0.60"))[0]
    assert "is not how" in found.sentence


def test_a_number_missing_from_the_text_is_found() -> None:
    """A quantity that the sentence does not show is no quantity of it."""
    claim = honest()
    assert "does not stand in" in check(replace(claim, text=claim.text.replace("0.59", "well")))[0].sentence


def test_a_number_that_is_no_quantity_is_found() -> None:
    """A digit in the text that no quantity vouches for fails the claim."""
    claim = honest()
    assert "nothing vouches for '7'" in check(replace(claim, text=f"{claim.text} Trust 7 of them."))[0].sentence


def test_names_of_columns_and_personas_may_hold_digits() -> None:
    """Header names, labels and given names count as names, not as numbers."""
    claim = honest()
    named = replace(claim, text=f"{claim.text} Spending Score (1-100) makes the Top 40.")
    assert check(named, names=("Top 40",))[0].ok
    assert not check(named)[0].ok


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859_15"])
def test_the_name_of_an_encoding_is_no_number(encoding: str) -> None:
    """`utf-8-sig` is told as `utf-8 with a byte order mark`: no report on what Excel saves as UTF-8 held."""
    read = replace(FACTS.read, encoding=encoding)
    assert stray_numbers(kind_of_source(read), names_in(replace(FACTS, read=read))) == ""


def test_a_record_that_cannot_be_followed_is_a_fault_not_an_exception() -> None:
    """A claim with a bad recompute record fails with a reason."""
    found = check(with_number(honest(), 0, recompute={"measure": "magic"}))[0]
    assert found.sentence.endswith("cannot be computed again: there is no measure 'magic'")


def test_two_sentences_under_one_id_are_found() -> None:
    """An id belongs to one sentence."""
    claim = honest()
    other = replace(claim, text=claim.text.replace("earn", "make"))
    assert [found.ok for found in check(claim, claim, other)] == [True, True, False]


def test_claims_survive_json() -> None:
    """A claim read from its JSON is the claim."""
    data = json.loads(json.dumps(claim_to_json(honest())))
    assert claim_from_json(data) == honest()
    assert (data["value"], data["segment"], data["recompute"]["measure"]) == (RICH.n_customers, 2, "count")


@pytest.mark.parametrize(
    "changes",
    [
        {"id": 7},
        {"text": None},
        {"quantities": []},
        {"quantities": [{"value": 1}]},
        {"quantities": "none"},
        {"value": 40},
        {"unit": "k$"},
        {"extra": 1},
    ],
)
def test_what_is_not_written_as_claims_are_is_refused(changes: dict[str, Any]) -> None:
    """A claim's JSON whose fields are of the wrong kind, missing, too many or at odds is no claim."""
    with pytest.raises(ValueError, match="not written as claims are"):
        claim_from_json({**claim_to_json(honest()), **changes})


def test_claims_are_read_from_study_json() -> None:
    """The claims of study.json come back in its order."""
    first, second = honest(), replace(honest(), id="again")
    study = {"claims": [claim_to_json(first), claim_to_json(second)], "k": 5}
    assert read_claims(json.dumps(study).encode()) == (first, second)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"claims": {}}', b'{"claims": [1]}', b"\xff"])
def test_a_file_without_claims_is_refused(content: bytes) -> None:
    """A study.json that lists no claims raises ValueError, whatever stands in it."""
    with pytest.raises(ValueError, match=r".+"):
        read_claims(content)
