"""Turns text of plain numbers into float64; on pandas by Arrow's parser, as Narwhals' cast makes an object a cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw


def cast_numbers(frame: nw.LazyFrame[Any], names: Sequence[str]) -> nw.LazyFrame[Any]:
    """The frame with those columns as float64, null where the text is; each text must match text_numbers.PLAIN."""
    is_arrow = frame.implementation.is_pandas()
    native = frame.collect().to_native() if is_arrow else None
    arrow = [name for name in names if is_arrow and _is_arrow_text(native[name])]
    if arrow:
        import pyarrow as pa

        read = {name: native[name].array.__arrow_array__().cast(pa.float64()).to_numpy() for name in arrow}
        frame = nw.from_native(native.assign(**read)).lazy()
    return frame.with_columns(nw.col(name).cast(nw.Float64) for name in names if name not in arrow)


def _is_arrow_text(column: Any) -> bool:
    return getattr(column.dtype, "storage", "") == "pyarrow"
