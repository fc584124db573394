"""A month as a row of the history and back, each with a seal over its values: SQLite itself keeps no checksums."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from reportgen.records.history import KEY_BYTES, ColumnState, KeyArray, KnownSegment, Model, Month
from reportgen.records.segments import CategoryFeature, Feature

SEAL_BYTES = 16
SCALARS = {
    "period": str,
    "revision": int,
    "source_name": str,
    "source_sha256": str,
    "settings_digest": str,
    "software": str,
    "verdict": str,
    "n_records": int,
    "n_customers": int,
    "value_total": float,
    "next_identity": int,
    "baseline": str,
    "based_on": str,
    "key_mark": str,
}
"""Fields of a month that are columns of their own, each of the kind that SQLite gives back."""
RECORDS = ("columns", "segments", "model")
"""Fields that are kept as JSON."""
STORED = (*SCALARS, *RECORDS)
"""In the order of `row_of` and `month_of`."""
STORED_IDENTITY = np.dtype("<i4")


class DamagedError(Exception):
    """A row is not what was written."""


def row_of(month: Month) -> tuple[Any, ...]:
    """The values of STORED and, last, their seal."""
    scalars = [plain(getattr(month, name), kind) for name, kind in SCALARS.items()]
    records = [None if (value := getattr(month, name)) is None else as_json(value) for name in RECORDS]
    return (*scalars, *records, seal_of([*scalars, *records]))


def month_of(row: Sequence[Any]) -> Month:
    """The month of a row of `row_of`, without its customers.

    Raises DamagedError, or KeyError and TypeError for records of another version.
    """
    *values, seal = row
    if seal != seal_of(values):
        raise DamagedError
    stored = dict(zip(STORED, values, strict=True))
    model = None if stored.pop("model") is None else model_of(from_json(values[-1]))
    return Month(
        **{name: stored[name] for name in SCALARS},
        columns=tuple(ColumnState(**column) for column in from_json(stored["columns"])),
        segments=tuple(KnownSegment(**segment) for segment in from_json(stored["segments"])),
        model=model,
    )


def model_of(data: dict[str, Any]) -> Model:
    centroids = np.array(data.pop("centroids"), dtype=np.float64)
    features = tuple(Feature(**feature) for feature in data.pop("features"))
    categories = tuple(CategoryFeature(**category) for category in data.pop("categories"))
    return Model(**data, features=features, categories=categories, centroids=centroids)


def blobs_of(month: Month) -> tuple[bytes, bytes, str]:
    """The keys, the identities packed, and the seal over both."""
    keys = month.keys.tobytes()
    identities = zlib.compress(month.identities.astype(STORED_IDENTITY).tobytes())
    return keys, identities, digest(keys, identities)


def customers_of(keys: bytes, identities: bytes, seal: str) -> tuple[KeyArray, npt.NDArray[np.int32]]:
    """What `blobs_of` was given. Raises DamagedError."""
    if seal != digest(keys, identities):
        raise DamagedError
    numbers = np.frombuffer(zlib.decompress(identities), dtype=STORED_IDENTITY)
    return np.frombuffer(keys, dtype=f"V{KEY_BYTES}"), numbers.astype(np.int32)


def seal_of(values: Sequence[Any]) -> str:
    return digest(json.dumps(list(values)).encode())


def digest(*parts: bytes) -> str:
    whole = hashlib.blake2b(digest_size=SEAL_BYTES)
    for part in parts:
        whole.update(len(part).to_bytes(8, "little") + part)
    return whole.hexdigest()


def as_json(value: Any) -> str:
    """Records, arrays and tuples as JSON; numbers come back to the last bit."""
    return json.dumps(value, default=unpacked, separators=(",", ":"))


def unpacked(value: Any) -> Any:
    """What JSON does not know as what it does: a record as an object, numpy's arrays and numbers as Python's."""
    if dataclasses.is_dataclass(value):
        return {entry.name: getattr(value, entry.name) for entry in dataclasses.fields(value)}
    return value.tolist()


def from_json(text: str) -> Any:
    """JSON with tuples for lists, as the records have them."""
    return frozen(json.loads(text))


def frozen(value: Any) -> Any:
    match value:
        case list():
            return tuple(frozen(item) for item in value)
        case dict():
            return {name: frozen(item) for name, item in value.items()}
    return value


def plain(value: Any, kind: type) -> Any:
    """The value as SQLite gives it back: it knows no NaN (not known, here), no minus nought and no lone surrogate."""
    if value is None or value != value:  # noqa: PLR0124 - NaN alone differs from itself
        return None
    if kind is str:
        return str(value).encode("utf-8", "replace").decode("utf-8")
    return kind(value) + kind()
