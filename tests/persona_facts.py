"""Small profiles and facts for the tests of names and sentences: figures by hand, nothing computed from rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from studies import mall_like_facts

from reportgen.records.profile import Association, LevelProfile, NumberProfile, Profile, SegmentProfile, Trust
from reportgen.records.segments import Feature
from reportgen.records.study import Facts
from reportgen.records.table import Column, Role

MEAN, SD = 50.0, 20.0
INNER, OUTER = 5.0, 30.0
"""Half the interquartile range of a segment and of all customers."""

TRUSTED = Trust("stable", 0.8, 0.02, 3, do_not_target=False, reason="resampling finds it again")
UNTRUSTED = Trust("dissolved", 0.4, 0.58, 4, do_not_target=True, reason="resampled customers do not form it again")


def column(name: str, role: Role = Role.MONEY, label: str = "", unit: str = "") -> Column:
    return Column(name, label or name[:1] + name[1:].lower(), unit, None, role, "given", 1.0, "number")


def number(name: str, difference: float, **changes: Any) -> NumberProfile:
    """A column in which the segment differs by so many SD; by default most members and all bootstraps agree."""
    mean = MEAN + difference * SD
    proved = NumberProfile(
        column=name,
        mean=mean,
        median=mean,
        q25=mean - INNER,
        q75=mean + INNER,
        total=mean * 40,
        difference=difference,
        share_above=0.95 if difference >= 0.5 else 0.05 if difference <= -0.5 else 0.5,
        share_below=0.95 if difference <= -0.5 else 0.05 if difference >= 0.5 else 0.5,
        persistence=1.0 if abs(difference) >= 0.5 else 0.0,
        counts=(40,),
    )
    return replace(proved, **changes)


def segment(place: int, *numbers: NumberProfile, **changes: Any) -> SegmentProfile:
    """The segment of that id with 40 customers."""
    made = SegmentProfile(
        id=place,
        n_customers=40,
        share=0.2,
        value_share=0.2,
        centroid=tuple(entry.mean for entry in numbers),
        numbers=numbers,
        levels=(),
        rule=None,
        silhouette=0.5,
        trust=TRUSTED,
    )
    return replace(made, **changes)


def profile(
    columns: Sequence[Column], segments: Sequence[SegmentProfile], shaping: Sequence[str] | None = None
) -> Profile:
    """A profile of those segments; all numeric columns shape unless `shaping` names fewer."""
    numeric = [entry for entry in columns if entry.kind == "number"]
    names = [entry.name for entry in numeric] if shaping is None else list(shaping)
    overall = segment(0, *(replace(number(entry.name, 0.0), q25=MEAN - OUTER, q75=MEAN + OUTER) for entry in numeric))
    return replace(
        mall_like_facts().profile,
        columns=tuple(columns),
        features=tuple(Feature(name, "none", 0.0, 1.0, MEAN, SD, 0.0, "symmetric") for name in names),
        overall=replace(overall, n_customers=200, share=1.0),
        segments=tuple(segments),
        associations=(),
        value_column="",
    )


def facts(
    columns: Sequence[Column],
    segments: Sequence[SegmentProfile],
    *,
    associations: Sequence[Association] = (),
    value: str = "",
    shaping: Sequence[str] | None = None,
) -> Facts:
    """Facts about those segments; everything before the profile is the mall's."""
    if not value:
        segments = [replace(one, value_share=None) for one in segments]
    made = replace(profile(columns, segments, shaping), associations=tuple(associations), value_column=value)
    base = mall_like_facts()
    centroids = np.array([[entry.difference for entry in one.numbers] for one in segments])
    return replace(
        base,
        columns=tuple(columns),
        profile=made,
        quality=(),
        features=replace(base.features, features=made.features, left_out=(), value_column=value),
        evidence=replace(base.evidence, k=len(segments), alternatives=()),
        segmentation=replace(base.segmentation, k=len(segments), centroids=centroids),
    )


def level(name: str, text: str, share: float, overall: float, n_customers: int = 20) -> LevelProfile:
    return LevelProfile(name, text, n_customers, share, overall, share / overall)


def two_columns(differences: Mapping[int, tuple[float, float]]) -> Profile:
    """Income × spending: segment id → its differences."""
    columns = (column("Annual Income", unit="k$"), column("Spending Score", Role.SCORE))
    return profile(
        columns,
        [
            segment(place, number("Annual Income", income), number("Spending Score", spending))
            for place, (income, spending) in differences.items()
        ],
    )
