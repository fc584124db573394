"""Parts days from their times of day: in Arrow's texts once a distinct day and time, elsewhere by expressions."""

from __future__ import annotations

import re
import weakref
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np

from reportgen.engine.shortcuts import arrow_texts, is_counted
from reportgen.engine.text_times import BEFORE_ZONE, TIME, ZONED

MOST_PARTS = 100_000
"""Distinct days or times that are looked at one by one; a day has 86,400 seconds."""
MOST_PLACES = 12
"""Lengths of what stands before a time: `1/5/2026` to `2026-01-05`, and what stands among dates."""
LONGEST_DAY = 20
"""Characters of a day, and from there to the first colon: BEFORE_ZONE is sure to pass over both."""
_STARTS = " ,T"
"""One of them starts whatever TIME matches."""
_TIME, _ZONED, _BEFORE_ZONE = map(re.compile, (TIME, ZONED, BEFORE_ZONE))
_cuts: dict[int, Cut | None] = {}
"""What was cut, by the identity of arrays that still live; Arrow's arrays never change."""


class Cut(NamedTuple):
    """A column's texts without their times of day."""

    days: list[str]
    """Each distinct one."""
    places: Any
    """The place in `days` of each row's, −1 where the cell is null."""
    counts: Counter[str]
    """Cells of each."""
    zones: Counter[str]
    """Cells of each time zone, as far as times with a colon have one; empty where no time ends in a zone."""
    has_times: bool


def cut_times(frame: nw.LazyFrame[Any], name: str) -> Cut | None:
    """The days of a column of texts; None on engines without Arrow, and where days or times are too many to look at."""
    texts = arrow_texts(frame, [name])
    if not texts:
        return None
    text = texts[name]
    if id(text) not in _cuts:
        _cuts[id(text)] = _cut_distinct(text) if is_counted(frame, name) else _cut(text)
        weakref.finalize(text, _cuts.pop, id(text), None)
    return _cuts[id(text)]


def day_text(name: str, *, drops_time: bool) -> nw.Expr:
    """The cell, perhaps without its time of day."""
    text = nw.col(name).str.strip_chars()
    return text.str.replace_all(TIME, "") if drops_time else text


def with_days(
    frame: nw.LazyFrame[Any], name: str, days: Mapping[str, str | None], *, drops_time: bool
) -> nw.LazyFrame[Any]:
    """The frame with what stands for each `day_text` of the column in place of it, null for any other text."""
    cut = cut_times(frame, name)
    if cut is None or (cut.has_times and not drops_time):
        text = day_text(name, drops_time=drops_time)
        new = text.replace_strict(list(days), list(days.values()), default=None, return_dtype=nw.String)
        return frame.with_columns(new.alias(name))
    import pandas as pd
    import pyarrow as pa

    table = frame.collect().to_native()
    kind = table[name].dtype
    stands_for = pa.array([*map(days.get, cut.days), None], pa.large_string())
    # The last one is null, as are the cells whose place is −1.
    found = stands_for.take(pa.array(cut.places % len(stands_for)))
    column = pd.Series(kind.__from_arrow__(pa.chunked_array([found])), table.index)
    done: nw.LazyFrame[Any] = nw.from_native(table.assign(**{name: column})).lazy()
    return done


class _Parts:
    """Texts of several stretches of rows as places in one list."""

    def __init__(self, n_rows: int) -> None:
        self.texts: dict[str, int] = {}
        self.places = np.full(n_rows, -1, np.int64)

    def put(self, rows: Any, text: Any) -> bool:
        """Takes the texts of one Arrow array for those rows; False where they are too many."""
        coded = text.dictionary_encode().combine_chunks()
        if len(coded.dictionary) > MOST_PARTS:
            return False
        of = [self.texts.setdefault(one, len(self.texts)) for one in coded.dictionary.to_pylist()]
        self.places[rows] = np.array([*of, -1])[coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)]
        return len(self.texts) <= MOST_PARTS


def _cut_distinct(text: Any) -> Cut | None:
    """As `_cut`, of few distinct texts."""
    import pyarrow as pa

    coded = text.dictionary_encode().combine_chunks()
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    cut = _cut(pa.chunked_array([coded.dictionary]), np.bincount(codes + 1, minlength=len(coded.dictionary) + 1)[1:])
    return cut and cut._replace(places=np.array([*cut.places, -1])[codes])


def _cut(text: Any, cells: Any = None) -> Cut | None:
    """The days of an Arrow array of texts, each one standing for so many cells (None: one each)."""
    parts = _days_and_rests(text)
    if parts is None:
        return None
    days, rests = parts
    has_times = any(map(_TIME.search, rests.texts))
    zones = _zones(days, rests, cells) if has_times else Counter[str]()
    if zones is None:
        return None
    kept: dict[str, int] = {}
    of = np.array([kept.setdefault(_TIME.sub("", rest), len(kept)) for rest in rests.texts] or [0])
    pairs = np.where(days.places < 0, -1, days.places * max(1, len(kept)) + of[rests.places])
    if len(kept) > 1:
        found, places = np.unique(pairs, return_inverse=True)
        places = places - (1 if len(found) and found[0] < 0 else 0)
        found = found[found >= 0]
    else:
        found, places = np.arange(len(days.texts)), pairs
    if len(found) > MOST_PARTS:
        return None
    firsts, lasts = list(days.texts), list(kept) or [""]
    texts = [firsts[pair // len(lasts)] + lasts[pair % len(lasts)] for pair in found.tolist()]
    return Cut(texts, places, _counted(texts, places, cells), zones, has_times)


def _counted(texts: Iterable[str], places: Any, cells: Any) -> Counter[str]:
    """Cells of each text, by the place of each row's or −1."""
    names, is_known = list(texts), places >= 0
    weights = None if cells is None else cells[is_known]
    sums = np.bincount(places[is_known], weights, minlength=len(names))
    return Counter({name: int(n) for name, n in zip(names, sums.tolist(), strict=True)})


def _days_and_rests(text: Any) -> tuple[_Parts, _Parts] | None:
    """(what stands before the first sign that may start a time, the rest) of each trimmed text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    text = pc.utf8_trim_whitespace(text)
    marks = [pc.find_substring(text, mark).fill_null(-1).to_numpy() for mark in _STARTS]
    none = np.iinfo(np.int32).max
    place = np.min([np.where(mark < 0, none, mark) for mark in marks], axis=0)
    lengths = np.unique(place)
    if len(lengths) > MOST_PLACES:
        return None
    days, rests = _Parts(len(text)), _Parts(len(text))
    for length in lengths.tolist():
        rows = place == length
        stretch = text if len(lengths) == 1 else text.filter(pa.array(rows))
        if length == none:
            is_few = days.put(rows, stretch) and rests.put(rows, pa.chunked_array([pa.array([""] * len(stretch))]))
        else:
            signs = stretch.cast(pa.large_binary())
            # Arrow 26 fails on a slice without an end.
            end = pc.max(pc.binary_length(signs)).as_py()
            before, behind = pc.binary_slice(signs, 0, length), pc.binary_slice(signs, length, end)
            is_few = rests.put(rows, behind.cast(text.type)) and days.put(rows, before.cast(text.type))
        if not is_few:
            return None
    return days, rests


def _zones(days: _Parts, rests: _Parts, cells: Any) -> Counter[str] | None:
    """Cells of each zone; None where it cannot be told from what stands behind the day alone."""
    if not any(_ZONED.search(rest) for rest in rests.texts):
        return Counter()
    if any(":" in day or len(day) > LONGEST_DAY for day in days.texts):
        return None
    if any(len(rest.partition(":")[0]) > LONGEST_DAY for rest in rests.texts):
        return None
    zones = Counter[str]()
    for rest, n in _counted(rests.texts, rests.places, cells).items():
        if ":" in rest:
            zones[_BEFORE_ZONE.sub("", "-" + rest)] += n
    return zones
