"""Verbs that every engine has by Narwhals and pandas or DuckDB have faster, with the same answers."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import narwhals as nw
import numpy as np

from reportgen.engine.batches import BATCH_ROWS
from reportgen.engine.streamed import ranks_of_relation

FEW_CHARACTERS = 4
"""A point, a sign, a letter before an id; each further one costs another pass."""
MOST_KEPT = 50_000
"""Distinct values up to which counts are kept: a megabyte or two."""
_DIGITS = b"0123456789"
_counted: dict[int, Any] = {}
"""Counts by the identity of arrays that still live; Arrow's arrays never change."""


def cast_numbers(frame: nw.LazyFrame[Any], names: Sequence[str]) -> nw.LazyFrame[Any]:
    """The frame with those columns as float64, null where the text is.

    Each text must match text_numbers.PLAIN but for spaces around it: engines raise their own errors for others.
    """
    texts = arrow_texts(frame, names)
    if texts:
        with ThreadPoolExecutor() as pool:
            numbers = dict(zip(texts, pool.map(_numbers, texts.values()), strict=True))
        frame = nw.from_native(frame.collect().to_native().assign(**numbers)).lazy()
    return frame.with_columns(nw.col(name).str.strip_chars().cast(nw.Float64) for name in names if name not in texts)


def count_distinct(frame: nw.LazyFrame[Any], names: Sequence[str]) -> dict[str, int]:
    """Name → distinct values, null one of them; ids in rising order are told without hashing."""
    texts = arrow_texts(frame, names)
    with ThreadPoolExecutor() as pool:
        counts = dict(zip(texts, pool.map(_count_values, texts.values()), strict=True))
    counts |= _count_rising(frame, [name for name in names if name not in counts])
    others = [nw.col(name).n_unique().alias(name) for name in names if name not in counts]
    if others:
        counts |= dict(frame.select(*others).collect().rows(named=True)[0])
    return {name: int(counts[name]) for name in names}


def quantiles(frame: nw.LazyFrame[Any], names: Sequence[str], shares: Sequence[float]) -> dict[str, list[Any]]:
    """Name → the values below which those shares (0..1) of the known numbers lie, interpolated; None without any.

    DuckDB would hold a column to find them; it is read twice in stretches instead, with the digits that pandas gives.
    """
    if not names:
        return {}
    if frame.implementation.is_duckdb():
        ranks = ranks_of_relation(frame.to_native(), names, shares)
        return {name: [one.quantile(share) if one.n else None for share in shares] for name, one in ranks.items()}
    parts = [
        frame.select(*(nw.col(name).quantile(share, "linear").alias(name) for name in names)).collect().rows()[0]
        for share in shares
    ]
    return {name: list(values) for name, values in zip(names, zip(*parts, strict=True), strict=True)}


def middle_values(frame: nw.LazyFrame[Any], names: Sequence[str]) -> dict[str, Any]:
    """Name → the middle of the known numbers, the mean of two; None without any."""
    if not names:
        return {}
    if frame.implementation.is_duckdb():
        ranks = ranks_of_relation(frame.to_native(), names, (0.5,))
        return {name: one.median() if one.n else None for name, one in ranks.items()}
    return dict(frame.select(*(nw.col(name).median() for name in names)).collect().rows(named=True)[0])


def every_nth(frame: nw.LazyFrame[Any], name: str, step: int) -> list[int] | None:
    """The column's whole number in every `step`-th row, the first one's first, if the rows stand in its order.

    None where they do not, or where that cannot be told without sorting them.
    """
    if not frame.implementation.is_duckdb():
        return None
    picked: list[int] = []
    n, last = 0, None
    for part in frame.select(name).to_native().to_arrow_reader(BATCH_ROWS):
        numbers = part.column(0).to_numpy()
        if not len(numbers):
            continue
        if (last is not None and last >= numbers[0]) or (np.diff(numbers) <= 0).any():
            return None
        picked += numbers[-n % step :: step].tolist()
        n, last = n + len(numbers), numbers[-1]
    return picked


def _count_rising(frame: nw.LazyFrame[Any], names: Sequence[str]) -> dict[str, int]:
    """Of DuckDB's columns of text those whose cells rise from row to row, as ids in a file mostly do: name → rows."""
    if not names or not frame.implementation.is_duckdb():
        return {}
    schema = frame.collect_schema()
    found = {name: _rows_if_rising(frame.select(name)) for name in names if schema[name] == nw.String}
    return {name: n for name, n in found.items() if n}


def _rows_if_rising(column: nw.LazyFrame[Any]) -> int:
    """The rows of a table of one column; 0 as soon as a cell is null or not behind the one before it."""
    n, last = 0, None
    for part in column.to_native().to_arrow_reader(BATCH_ROWS):
        text = part.column(0)
        if not len(text):
            continue
        if not _is_rising(text) or (last is not None and last >= _place(text[0].as_py())):
            return 0
        n, last = n + len(text), _place(text[-1].as_py())
    return n


def _place(text: str) -> tuple[int, bytes]:
    """Where a text stands in the order of `_is_rising`."""
    encoded = text.encode()
    return len(encoded), encoded


def count_texts(frame: nw.LazyFrame[Any], name: str) -> nw.LazyFrame[Any]:
    """One row a distinct text of that column, as `value` with its cells as `n`; null left out, no order promised."""
    texts = arrow_texts(frame, [name])
    if not texts:
        known = frame.select(nw.col(name).alias("value")).filter(~nw.col("value").is_null())
        return known.group_by("value").agg(nw.len().alias("n"))
    import pandas as pd

    values, counts = _value_counts(texts[name]).flatten()
    if values.null_count:
        values, counts = values.drop_null(), counts.filter(values.is_valid())
    kind = frame.collect().to_native()[name].dtype
    native: Any = pd.DataFrame({"value": pd.Series(kind.__from_arrow__(values)), "n": counts.to_numpy()})
    counted: nw.LazyFrame[Any] = nw.from_native(native).lazy()
    return counted


def most_counted(counted: nw.LazyFrame[Any], limit: int) -> nw.LazyFrame[Any]:
    """Of the rows of `count_texts` up to `limit` with the most cells, the text deciding among equal ones; any order."""
    texts = arrow_texts(counted, ["value"])
    if not texts:
        return counted.sort("n", "value", descending=[True, False]).head(limit)
    import pyarrow as pa
    import pyarrow.compute as pc

    native = counted.collect().to_native()
    ranked = pa.table({"value": texts["value"], "n": native["n"].to_numpy()})
    rows = pc.select_k_unstable(ranked, limit, [("n", "descending"), ("value", "ascending")])
    found: nw.LazyFrame[Any] = nw.from_native(native.iloc[rows.to_numpy()]).lazy()
    return found


def is_counted(frame: nw.LazyFrame[Any], name: str) -> bool:
    """Whether `count_texts` has counted that column before and kept the answer: at most MOST_KEPT texts."""
    return any(id(text) in _counted for text in arrow_texts(frame, [name]).values())


def texts_and_counts(frame: nw.LazyFrame[Any], name: str) -> tuple[Any, Any] | None:
    """The column's texts as a chunked Arrow array, and how many cells each stands for; None on engines without Arrow.

    Distinct ones where `count_texts` has kept its answer, else every cell with None for one each.
    """
    texts = arrow_texts(frame, [name])
    if not texts:
        return None
    text = texts[name]
    if id(text) not in _counted:
        return text, None
    values, counts = _counted[id(text)].flatten()
    return _chunked(values), counts


def characters_in(frame: nw.LazyFrame[Any], name: str) -> frozenset[str] | None:
    """The characters other than digits in that column's texts; None where they are many, not ASCII, or not told fast.

    It costs a twentieth of trying a pattern: what cannot stand in a column need not be looked for.
    """
    texts = arrow_texts(frame, [name])
    if texts:
        return characters_of(texts[name])
    if not frame.implementation.is_duckdb() or frame.collect_schema()[name] != nw.String:
        return None
    column = frame.select(name).to_native()
    return _characters_in(part.column(0) for part in column.to_arrow_reader(BATCH_ROWS))


def characters_of(text: Any) -> frozenset[str] | None:
    """The same of a chunked Arrow array."""
    return _characters_in(text.chunks)


def _characters_in(chunks: Iterable[Any]) -> frozenset[str] | None:
    found = frozenset[str]()
    for chunk in chunks:
        told = _other_characters(bytes_of(chunk)[1].tobytes().translate(None, _DIGITS))
        if told is None or len(found := found | told) > FEW_CHARACTERS:
            return None
    return found


def _other_characters(rest: bytes) -> frozenset[str] | None:
    found = set[str]()
    while rest:
        if len(found) == FEW_CHARACTERS or not rest[:1].isascii():
            return None
        found.add(chr(rest[0]))
        rest = rest.translate(None, rest[:1])
    return frozenset(found)


def arrow_texts(frame: nw.LazyFrame[Any], names: Sequence[str]) -> dict[str, Any]:
    """Name → Arrow array of those columns that pandas holds as Arrow text; none on other engines."""
    if not frame.implementation.is_pandas():
        return {}
    columns = {name: frame.collect().to_native()[name] for name in names}
    return {
        name: column.array.__arrow_array__()
        for name, column in columns.items()
        if getattr(column.dtype, "storage", "") == "pyarrow"
    }


def _count_values(text: Any) -> int:
    return len(text) if _is_rising(text) else len(_value_counts(text))


def _value_counts(text: Any) -> Any:
    """Arrow's values and counts, null one of them; kept while the array lives, for several steps ask and it is slow."""
    key = id(text)
    if key in _counted:
        return _counted[key]
    counts = text.value_counts()
    if len(counts) <= MOST_KEPT:
        _counted[key] = counts
        weakref.finalize(text, _counted.pop, key, None)
    return counts


def _chunked(text: Any) -> Any:
    import pyarrow as pa

    return pa.chunked_array([text])


def bytes_of(text: Any) -> tuple[Any, Any]:
    """(where each text of one Arrow array begins and the last one ends, the bytes of all of them).

    What stands under a null counts too.
    """
    _, offsets, data = text.buffers()
    width = np.int64 if text.type == "large_string" else np.int32
    bounds = np.frombuffer(offsets, width)[text.offset : text.offset + len(text) + 1]
    content = np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]] if data is not None else np.empty(0, np.uint8)
    return bounds - bounds[0], content


def _numbers(text: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        return text.cast(pa.float64()).to_numpy()
    except pa.ArrowInvalid:
        return pc.utf8_trim_whitespace(text).cast(pa.float64()).to_numpy()


def _is_rising(text: Any) -> bool:
    """Whether no cell is null and each is longer than the one before it or of its length and behind it: 9, 10, 11.

    Then none occurs twice.
    """
    import pyarrow.compute as pc

    if text.null_count:
        return False
    lengths = pc.binary_length(text)
    is_longer = pc.less(lengths[:-1], lengths[1:])
    is_behind = pc.and_(pc.equal(lengths[:-1], lengths[1:]), pc.less(text[:-1], text[1:]))
    return bool(pc.all(pc.or_(is_longer, is_behind)).as_py())
