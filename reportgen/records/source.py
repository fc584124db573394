"""Where an export comes from: a file, standard input, a database or a table that Spark reads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.records.jdbc import read_jdbc

STANDARD_INPUT = "-"
"""How standard input is named on the command line."""
_DATABASE = re.compile(r"(?:postgres|postgresql|mysql|mariadb|sqlite)(?:\+\w+)?://", re.IGNORECASE)
_SPARK = re.compile(r"(?:spark:(?!//)|jdbc:)", re.IGNORECASE)
"""Of a table that Spark reads; spark:// is the address of a cluster."""
_FOLDERS = re.compile(r"`[^`]*/(?=[^`/]+/*`)")
"""Of a path that Spark reads: ``parquet.`s3a://lake/2026/customers` ``."""
_PLACE = re.compile(r"(?P<scheme>[a-z]+)(?:\+\w+)?://(?:(?P<user>[^:/@]*)(?::.*)?@)?(?P<rest>[^?]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One place that an export is read from."""

    name: str
    """As pages and messages print it; holds neither a directory nor a password."""
    path: Path | None = None
    """Of a file."""
    url: str = field(default="", repr=False)
    """Of a database, or of a table that Spark reads; may hold a password and is never shown."""
    parts: tuple[Source, ...] = ()
    """Files that are read together as one table; empty for one place."""

    @property
    def is_standard_input(self) -> bool:
        return self.path is None and not self.url and not self.parts

    @property
    def is_of_spark(self) -> bool:
        """Whether Spark alone reads it: `spark:sales.customers`, `jdbc:oracle:thin:@//db:1521/shop`."""
        return bool(_SPARK.match(self.url))

    @property
    def shown_url(self) -> str:
        """The address without what may be secret, to be read again with."""
        if self.is_of_spark:
            return read_jdbc(self.url).shown if is_jdbc(self.url) else self.url
        found = _PLACE.match(self.url)
        if not found:
            return ""
        user = f"{found['user']}@" if found["user"] else ""
        return f"{found['scheme'].lower()}://{user}{found['rest']}"


Export = Path | Source
"""What functions take that read an export: the path of a file alone will do."""


def source_of(place: str | Export) -> Source:
    """The source that a path, `-` or a database's address names."""
    if isinstance(place, Source):
        return place
    if isinstance(place, str) and _SPARK.match(place):
        return Source(_name_of_spark(place), url=place)
    if isinstance(place, str) and _DATABASE.match(place):
        found = _PLACE.match(place)
        return Source(f"{found['scheme'].lower()}://{found['rest']}" if found else "the database", url=place)
    if str(place) == STANDARD_INPUT:
        return Source("standard input")
    path = Path(place)
    return Source(path.name or str(path), path)


def is_jdbc(url: str) -> bool:
    return url.casefold().startswith("jdbc:")


def _name_of_spark(url: str) -> str:
    """The address without options and without folders."""
    return read_jdbc(url).name if is_jdbc(url) else _FOLDERS.sub("`", url)


def together(parts: Sequence[Source]) -> Source:
    """Several files as one export."""
    names = sorted(part.name for part in parts)
    return Source(f"{names[0]} to {names[-1]}", parts=tuple(sorted(parts, key=lambda part: part.name)))


def source_note(source: Source) -> bytes:
    """The contents of source.json: where to read the export again; ASCII, so that names which are not UTF-8 survive."""
    if source.url:
        return _written({"url": source.shown_url})
    if source.parts:
        return _written({"paths": [str(part.path.resolve()) for part in source.parts if part.path is not None]})
    return _written({"path": None if source.path is None else str(source.path.resolve())})


def read_source_note(note: bytes) -> Source | None:
    """The source that a note names; None if it is not written as `source_note` writes it."""
    try:
        place = json.loads(note)
        if not isinstance(place, dict) or _written(place) != note:
            return None
        if place.keys() == {"url"}:
            source = source_of(str(place["url"]))
            return source if source.url else None
        if place.keys() == {"paths"}:
            parts = [source_of(Path(path)) for path in place["paths"]]
            return together(parts) if all(part.path and part.path.is_absolute() for part in parts) else None
        if place == {"path": None}:
            return source_of(STANDARD_INPUT)
        path = Path(place["path"])
        return source_of(path) if path.is_absolute() else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _written(place: Mapping[str, str | list[str] | None]) -> bytes:
    return f"{json.dumps(place)}\n".encode("ascii")
