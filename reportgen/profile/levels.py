"""Profiles the levels of categories, flags and codes: the ten most frequent by name, the rest pooled."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from reportgen.records.profile import MAX_LEVELS, OTHER_LEVEL, LevelProfile
from reportgen.records.segments import IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """One category column as codes."""

    names: tuple[str, ...]
    """By falling count of customers, ties by name; the pool last."""
    codes: IntArray
    """n positions in `names`; −1 where the value is not known."""


def level_codes(values: npt.NDArray[Any], least: int = 1, everyone: Mapping[Any, int] | None = None) -> Levels:
    """The levels of a column of text (None or empty: not known) or numbers (NaN: not known), see `name_levels`.

    everyone: value → customers of all, where the values are those of drawn ones.
    """
    listed = values.tolist()
    if values.dtype != object:
        listed = [None if math.isnan(value) else value for value in listed]
    positions: dict[Any, int] = {}
    found = np.fromiter((positions.setdefault(value, len(positions)) for value in listed), np.intp, len(listed))
    counts = np.bincount(found, minlength=len(positions)).tolist()
    names = name_levels(everyone or {value: counts[place] for value, place in positions.items()}, least)
    return Levels(names, places_among(list(positions), names)[found])


def name_levels(counts: Mapping[Any, int], least: int = 1) -> tuple[str, ...]:
    """The levels told apart, by falling count, from the customers of each value (None or empty: not known).

    Past MAX_LEVELS of them the rarer ones become OTHER_LEVEL, and so do those of fewer than `least` customers, with as
    many of the next as bring the pool to `least`.
    """
    by_name = Counter[str]()
    for value, n in counts.items():
        if not is_unknown(value):
            by_name[level_name(value)] += n
    by_count = sorted(by_name, key=lambda name: (-by_name[name], name))
    frequent = [name for name in by_count if by_name[name] >= least]
    if len(by_count) <= MAX_LEVELS and len(frequent) == len(by_count):
        return tuple(by_count)
    # A level that is itself called `other` joins the pool, else two lines would bear one name.
    kept = [name for name in frequent if name != OTHER_LEVEL][:MAX_LEVELS]
    while kept and by_name.total() - sum(by_name[name] for name in kept) < least:
        kept.pop()
    return (*kept, OTHER_LEVEL)


def places_among(values: Sequence[Any], names: tuple[str, ...]) -> IntArray:
    """The place of each value among the levels told apart, that of the pool for others; −1: not known."""
    places = {name: place for place, name in enumerate(names)}
    pool = places.get(OTHER_LEVEL, -1)
    return np.array(
        [-1 if is_unknown(value) else places.get(level_name(value), pool) for value in values], dtype=np.intp
    )


def is_unknown(value: Any) -> bool:
    """Whether no level stands there."""
    return value is None or value == "" or value != value  # noqa: PLR0124 - NaN


def level_name(value: Any) -> str:
    """The level as text; a code that is stored as a number without its `.0`."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def profile_levels(column: str, levels: Levels, rows: IntArray | None) -> list[LevelProfile]:
    """Every level of one column among the customers at `rows` (None: all), in the order of `names`."""
    overall = level_counts(levels, None)
    members = overall if rows is None else level_counts(levels, rows)
    return share_levels(column, levels.names, members, overall)


def share_levels(
    column: str, names: tuple[str, ...], members: npt.NDArray[np.intp], overall: npt.NDArray[np.intp]
) -> list[LevelProfile]:
    """The same from the counts of members and of all customers by level."""
    n_known, n_overall = int(members.sum()), int(overall.sum())
    return [
        LevelProfile(
            column=column,
            level=name,
            n_customers=int(n),
            share=n / n_known,
            overall=everywhere / n_overall,
            lift=(n / n_known) / (everywhere / n_overall),
        )
        for name, n, everywhere in zip(names, members.tolist(), overall.tolist(), strict=True)
    ]


def level_counts(levels: Levels, rows: IntArray | None) -> npt.NDArray[np.intp]:
    """Customers by level, those whose value is not known left out."""
    codes = levels.codes if rows is None else levels.codes[rows]
    return np.bincount(codes[codes >= 0], minlength=len(levels.names))
