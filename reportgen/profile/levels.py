"""Profiles the levels of categories, flags and codes: the ten most frequent by name, the rest pooled."""

from __future__ import annotations

import math
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


def level_codes(values: npt.NDArray[Any], least: int = 1) -> Levels:
    """The levels of a column of text (None or empty: not known) or numbers (NaN: not known).

    Past MAX_LEVELS of them the rarer ones become OTHER_LEVEL, and so do those of fewer than `least` customers, with as
    many of the next as bring the pool to `least`.
    """
    listed = values.tolist()
    if values.dtype != object:
        listed = [None if math.isnan(value) else value for value in listed]
    positions: dict[Any, int] = {}
    found = np.fromiter((positions.setdefault(value, len(positions)) for value in listed), np.intp, len(listed))
    names = [level_name(value) for value in positions]
    unknown = [i for value, i in positions.items() if value is None or value == ""]
    counts = np.bincount(found, minlength=len(names))
    by_count = sorted(set(range(len(names))) - set(unknown), key=lambda i: (-counts[i], names[i]))
    frequent = [i for i in by_count if counts[i] >= least]
    if len(by_count) > MAX_LEVELS or len(frequent) < len(by_count):
        # A level that is itself called `other` joins the pool, else two lines would bear one name.
        kept = [i for i in frequent if names[i] != OTHER_LEVEL][:MAX_LEVELS]
        while kept and counts[by_count].sum() - counts[kept].sum() < least:
            kept.pop()
        shown = (*(names[i] for i in kept), OTHER_LEVEL)
    else:
        kept = by_count
        shown = tuple(names[i] for i in kept)
    recode = np.full(len(names), len(kept), dtype=np.intp)
    recode[kept] = np.arange(len(kept))
    recode[unknown] = -1
    return Levels(shown, recode[found])


def level_name(value: Any) -> str:
    """The level as text; a code that is stored as a number without its `.0`."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def profile_levels(column: str, levels: Levels, rows: IntArray | None) -> list[LevelProfile]:
    """Every level of one column among the customers at `rows` (None: all), in the order of `names`."""
    overall = level_counts(levels, None)
    members = overall if rows is None else level_counts(levels, rows)
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
        for name, n, everywhere in zip(levels.names, members.tolist(), overall.tolist(), strict=True)
    ]


def level_counts(levels: Levels, rows: IntArray | None) -> npt.NDArray[np.intp]:
    """Customers by level, those whose value is not known left out."""
    codes = levels.codes if rows is None else levels.codes[rows]
    return np.bincount(codes[codes >= 0], minlength=len(levels.names))
