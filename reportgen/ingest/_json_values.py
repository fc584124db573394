"""Turns values of JSON into cells: numbers stay text, and what a database wraps with its type is unwrapped."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections import Counter
from typing import Any

TYPED = frozenset({"$oid", "$uuid", "$date", "$symbol", "$numberInt", "$numberLong", "$numberDouble", "$numberDecimal"})
"""Keys under which MongoDB's exports write one value with its type (Extended JSON 2): the value is the cell."""
WRAPPED = frozenset(
    (
        *("S", "N", "BOOL", "NULL"),
        *("stringValue", "integerValue", "doubleValue", "booleanValue", "timestampValue", "nullValue"),
        *("referenceValue", "v"),
    )
)
"""Keys under which DynamoDB, Firestore and BigQuery write one value, most with its type."""
NULLS = frozenset({"NULL", "nullValue"})
BIGQUERY_ROW = "f"
"""Key under which BigQuery's answers hold the cells of a row."""
NOT_FINITE = ("NaN", "Infinity", "-Infinity")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_COUNTED = re.compile(r"-?[0-9]{1,13}")
"""Years 1653 to 2286; more digits are no time of a customer's."""
_DOTNET = re.compile(r"/Date\((-?[0-9]{1,14})([+-][0-9]{4})?\)/")
"""A time as ASP.NET and OData 2 write it: thousandths of a second since 1970, and the zone that shows it."""
MISSING = object()
"""NaN, Infinity and numbers beyond any float."""


class NumberText(str):
    """A number as it stands in the text."""

    __slots__ = ()


class RepeatedKeyError(ValueError):
    """Carries the key that an object names twice."""


def _object(pairs: list[tuple[str, Any]]) -> Any:
    if len(pairs) == 1 and pairs[0][0] in TYPED:
        return _typed(*pairs[0])
    if len(pairs) == 1 and (kind := pairs[0][0]) in WRAPPED and not isinstance(pairs[0][1], dict | list):
        return None if kind in NULLS else pairs[0][1]
    if len(pairs) == 1 and pairs[0][0] == BIGQUERY_ROW and isinstance(pairs[0][1], list):
        return pairs[0][1]
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RepeatedKeyError(next(key for key, n in Counter(key for key, _ in pairs).items() if n > 1))
    return found


def _typed(kind: str, value: Any) -> Any:
    """The cell of a value with its type: a time that is counted in thousandths of a second is written out."""
    if value in NOT_FINITE:
        return MISSING
    if kind != "$date" or not isinstance(value, str) or not _COUNTED.fullmatch(value):
        return value
    return (EPOCH + dt.timedelta(milliseconds=int(value))).isoformat().replace("+00:00", "Z")


def from_dotnet(text: str) -> str:
    """The time of `/Date(1564574400000+0200)/` written out; any other text as it is."""
    found = _DOTNET.fullmatch(text) if text.startswith("/Date(") else None
    if not found:
        return text
    zone = dt.datetime.strptime(found[2] or "+0000", "%z").tzinfo
    try:
        return (EPOCH + dt.timedelta(milliseconds=int(found[1]))).astimezone(zone).isoformat().replace("+00:00", "Z")
    except OverflowError:
        return text


def _float(text: str) -> object:
    return NumberText(text) if math.isfinite(float(text)) else MISSING


DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_float, parse_int=NumberText, parse_constant=lambda _: MISSING
)
"""Numbers stay the text that they are, so that no digit is lost."""
