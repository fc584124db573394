"""Writes the columns of an Arrow table as text, exactly as a CSV of it would hold them; runs in the limited child."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from reportgen.ingest._value_text import plain_digits, value_text


def column_texts(column: Any) -> tuple[list[str | None], int]:
    """The texts of an array, None for what is missing, and how many values have no text (bytes, infinity)."""
    column = _plain(column)
    write = next((write for test, write in _WRITERS if test(column.type)), None)
    if write is None:
        return [None] * len(column), len(column) - column.null_count
    texts: list[str | None] = write(column)
    n_lost = sum(text is None for text in texts) - column.null_count
    if pa.types.is_floating(column.type):
        n_lost -= pc.sum(pc.is_nan(column)).as_py() or 0
    return [text or None for text in texts], n_lost


def is_cell(kind: Any) -> bool:
    """Whether a value of the type fits into a cell."""
    return not pa.types.is_nested(kind)


def storage_of(kind: Any) -> Any:
    """The type that an extension type, a dictionary or runs of equal values are made of."""
    if isinstance(kind, pa.BaseExtensionType):
        return storage_of(kind.storage_type)
    return storage_of(kind.value_type) if pa.types.is_dictionary(kind) or pa.types.is_run_end_encoded(kind) else kind


def _plain(column: Any) -> Any:
    """The array with its values side by side."""
    if isinstance(column, pa.ExtensionArray):
        return _plain(column.storage)
    if pa.types.is_dictionary(column.type):
        return _plain(column.dictionary_decode())
    return _plain(pc.run_end_decode(column)) if pa.types.is_run_end_encoded(column.type) else column


def _as_string(column: Any) -> list[str | None]:
    texts: list[str | None] = column.cast(pa.large_string()).to_pylist()
    return texts


def _floats(column: Any) -> list[str | None]:
    """Shortest digits of the column's own precision: .1 as a 32-bit number is 0.1, not 0.10000000149."""
    if pa.types.is_float16(column.type):
        column = column.cast(pa.float32())
    finite = pc.if_else(pc.is_finite(column), column, None)
    return [_plain_float(text) if text else None for text in _as_string(finite)]


def _plain_float(text: str) -> str:
    text = text.removesuffix(".0")
    if text == "-0":
        return "0"
    return plain_digits(text) if "e" in text else text


def _flags(column: Any) -> list[str | None]:
    return _as_string(pc.if_else(column, "TRUE", "FALSE"))


def _times(column: Any) -> list[str | None]:
    """ISO 8601, with as many decimals of a second as there are."""
    if pa.types.is_date64(column.type):
        column = column.cast(pa.date32())
    texts = column.cast(pa.string())
    if not pa.types.is_date(column.type):
        texts = pc.replace_substring_regex(texts, r"(\.\d*?)0+($|[Z+-])", r"\1\2")
        texts = pc.replace_substring_regex(texts, r"\.($|[Z+-])", r"\1")
    found: list[str | None] = texts.to_pylist()
    return found


def _decimals(column: Any) -> list[str | None]:
    return [value_text(value)[0] for value in column.to_pylist()]


def _durations(column: Any) -> list[str | None]:
    return [value_text(value)[0] for value in column.cast(pa.duration("us"), safe=False).to_pylist()]


def _bytes(column: Any) -> list[str | None]:
    """Bytes that are UTF-8 are text: old writers did not say which of the two a column is."""
    return [_utf8(value) if value is not None else None for value in column.to_pylist()]


def _utf8(value: bytes) -> str | None:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None


def _nothing(column: Any) -> list[str | None]:
    return [None] * len(column)


_types = pa.types
_WRITERS: tuple[tuple[Callable[[Any], bool], Callable[[Any], list[str | None]]], ...] = (
    (lambda kind: _types.is_string(kind) or _types.is_large_string(kind), lambda column: column.to_pylist()),
    (lambda kind: "string_view" in str(kind) or _types.is_integer(kind), _as_string),
    (_types.is_floating, _floats),
    (_types.is_boolean, _flags),
    (_types.is_decimal, _decimals),
    (lambda kind: _types.is_date(kind) or _types.is_timestamp(kind) or _types.is_time(kind), _times),
    (_types.is_duration, _durations),
    (
        lambda kind: _types.is_binary(kind) or _types.is_large_binary(kind) or _types.is_fixed_size_binary(kind),
        _bytes,
    ),
    (_types.is_null, _nothing),
)
"""Which types → how they are written."""
