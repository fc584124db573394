"""Writes the columns of an Arrow table as text, exactly as a CSV of it would hold them; runs in the limited child."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from reportgen.engine.text_decimals import EITHER
from reportgen.ingest._value_text import bytes_text, key_text, plain_digits, value_text

TEXT = pa.large_string()
LONGEST_DIGEST = 64
"""Bytes of the longest digest in use (SHA-512); longer values are no keys."""
_UUID = "arrow.uuid"


def column_texts(column: Any) -> tuple[Any, int]:
    """The texts of an array as Arrow text, null for what is missing, and how many values have no text.

    Bytes and infinity have none.
    """
    is_uuid = getattr(column.type, "extension_name", "") == _UUID
    column = _plain(column)
    write = _uuids if is_uuid else next((write for test, write in _WRITERS if test(column.type)), None)
    if write is None:
        return pa.nulls(len(column), TEXT), len(column) - column.null_count
    texts = write(column).cast(TEXT)
    n_lost = texts.null_count - column.null_count
    if pa.types.is_floating(column.type):
        n_lost -= pc.sum(pc.is_nan(column)).as_py() or 0
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, TEXT), texts), n_lost


def count_open(column: Any, texts: Any) -> int:
    """How many of the texts of a column that holds text are like `1.234`: somebody may have meant a thousand."""
    kind = storage_of(column.type)
    if not any(is_text(kind) for is_text in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)):
        return 0
    n: int | None = pc.sum(pc.match_substring_regex(texts, EITHER)).as_py()
    return n or 0


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


def _as_string(column: Any) -> Any:
    return column.cast(TEXT)


def _floats(column: Any) -> Any:
    """Shortest digits of the column's own precision: .1 as a 32-bit number is 0.1, not 0.10000000149."""
    if pa.types.is_float16(column.type):
        column = column.cast(pa.float32())
    texts = _as_string(pc.if_else(pc.is_finite(column), column, pa.scalar(None, column.type)))
    texts = pc.if_else(pc.ends_with(texts, ".0"), pc.utf8_slice_codeunits(texts, 0, -2), texts)
    is_odd = pc.fill_null(pc.or_(pc.match_substring(texts, "e"), pc.equal(texts, "-0")), fill_value=False)
    if not pc.any(is_odd).as_py():
        return texts
    written = ["0" if text == "-0" else plain_digits(text) for text in texts.filter(is_odd).to_pylist()]
    return pc.replace_with_mask(texts, is_odd, pa.array(written, TEXT))


def _flags(column: Any) -> Any:
    return pc.if_else(column, "TRUE", "FALSE")


def _times(column: Any) -> Any:
    """ISO 8601, with as many decimals of a second as there are."""
    if pa.types.is_date64(column.type):
        column = column.cast(pa.date32())
    texts = column.cast(pa.string())
    if not pa.types.is_date(column.type):
        texts = pc.replace_substring_regex(texts, r"(\.\d*?)0+($|[Z+-])", r"\1\2")
        texts = pc.replace_substring_regex(texts, r"\.($|[Z+-])", r"\1")
    return texts


def _decimals(column: Any) -> Any:
    return pa.array([value_text(value)[0] for value in column.to_pylist()], TEXT)


def _durations(column: Any) -> Any:
    return pa.array([value_text(value)[0] for value in column.cast(pa.duration("us"), safe=False).to_pylist()], TEXT)


def _bytes(column: Any) -> Any:
    """Text where all are; else, of values of one length, UUIDs or the hexadecimal digits of digests."""
    values = column.to_pylist()
    texts = [None if value is None else bytes_text(value) for value in values]
    are_alike = pa.types.is_fixed_size_binary(column.type) and column.type.byte_width <= LONGEST_DIGEST
    if are_alike and not all(map(_is_text, values, texts)):
        texts = [None if value is None else key_text(value) for value in values]
    return pa.array(texts, TEXT)


def _uuids(column: Any) -> Any:
    return pa.array([None if value is None else key_text(value) for value in column.to_pylist()], TEXT)


def _is_text(value: bytes | None, text: str | None) -> bool:
    return value is None or (text is not None and text.encode() == value)


def _nothing(column: Any) -> Any:
    return pa.nulls(len(column), TEXT)


_types = pa.types
_WRITERS: tuple[tuple[Callable[[Any], bool], Callable[[Any], Any]], ...] = (
    (lambda kind: _types.is_string(kind) or _types.is_large_string(kind), _as_string),
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
