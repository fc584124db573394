"""Verbs that every engine has by Narwhals and pandas has faster by Arrow, with the same answers."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import narwhals as nw


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
    counts = {name: len(text) for name, text in arrow_texts(frame, names).items() if _is_rising(text)}
    others = [nw.col(name).n_unique().alias(name) for name in names if name not in counts]
    if others:
        counts |= dict(frame.select(*others).collect().rows(named=True)[0])
    return {name: int(counts[name]) for name in names}


def count_texts(frame: nw.LazyFrame[Any], name: str) -> nw.LazyFrame[Any]:
    """One row a distinct text of that column, as `value` with its cells as `n`; null left out, no order promised."""
    texts = arrow_texts(frame, [name])
    if not texts:
        known = frame.select(nw.col(name).alias("value")).filter(~nw.col("value").is_null())
        return known.group_by("value").agg(nw.len().alias("n"))
    import pandas as pd

    values, counts = texts[name].drop_null().value_counts().flatten()
    kind = frame.collect().to_native()[name].dtype
    native: Any = pd.DataFrame({"value": pd.Series(kind.__from_arrow__(values)), "n": counts.to_numpy()})
    counted: nw.LazyFrame[Any] = nw.from_native(native).lazy()
    return counted


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


def _numbers(text: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        return text.cast(pa.float64()).to_numpy()
    except pa.ArrowInvalid:
        return pc.utf8_trim_whitespace(text).cast(pa.float64()).to_numpy()


def _is_rising(text: Any) -> bool:
    """Whether no cell is null and each comes behind the one before it, so that none occurs twice."""
    import pyarrow.compute as pc

    return len(text) > 1 and not text.null_count and bool(pc.all(pc.less(text[:-1], text[1:])).as_py())
