"""Makes column names of a header: trimmed, unique, of sane length; every change is said."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from reportgen.ingest._header import filled_forward
from reportgen.ingest._layout import Row
from reportgen.records.table import IMPUTED_PREFIX, LINE_COLUMN
from reportgen.wording import format_count, plural, scrub

MAX_NAME = 120
"""Characters of a column name; longer ones cannot be shown and are clipped."""
SHOWN_NAMES = 5
"""Names that a sentence on the header lists."""
N_DIGEST = 6
"""Hex digits that keep two clipped names apart."""


_BY_CUSTOMER = re.compile(r"\b(?:by|nach|par|por|per)\s+(customer|client|kunde|cliente|klant)[ns]?\b", re.IGNORECASE)
_MACHINE_KEY = re.compile(r"\{\s*\"[^{}]*\}")
"""A JSON object, as survey tools write it below the questions."""
SOFT_HYPHEN = "\u00ad"
"""Shows only where a line breaks, as Word leaves it in a table."""
BLANKS = "\ufeff \t\r\n"
"""Byte order marks and white space around a name."""


@dataclass(frozen=True, slots=True)
class Names:
    names: tuple[str, ...]
    """One a column, unique; `column n` where the header has none."""
    nameless: frozenset[int]
    """Positions of columns without a name."""
    notes: tuple[str, ...]
    """What was changed, one sentence a kind."""


def header_names(rows: Sequence[Row], width: int, above: Sequence[Row] = ()) -> Names:
    """The names of `width` columns, from the header's rows; without rows all are nameless.

    `above`: titles, which may say what the first column is where its name is blank.
    """
    joined = [_joined(parts) for parts in zip(*_part_rows(rows, width), strict=True)] if rows else [""] * width
    joined[:1] = [joined[0] or _said_above(above)] if joined else []
    scrubbed = [_without_reserved(scrub(raw, len(raw) + 1)) for raw in joined]
    names: dict[str, None] = {}
    repeated: list[str] = []
    for position, full in enumerate(scrubbed, start=1):
        name = _clipped(full or f"column {position}")
        unique = _numbered(name, names)
        repeated += [unique] * (unique != name)
        names[unique] = None
    n_clipped = sum(len(name) > MAX_NAME for name in scrubbed)
    n_quoted = sum(_has_lone_quote(part) for row in rows for part in row[:width])
    n_trimmed = sum(map(_is_untidy, rows[-1][:width] if rows else ()))
    said = (
        (len(rows) > 1, _joined_said(rows)),
        (n_clipped, f"{plural(n_clipped, 'column name')} clipped at {MAX_NAME} characters."),
        (n_quoted, f"A quote that never closes left out of {plural(n_quoted, 'column name')}."),
        (repeated, f"{plural(len(repeated), 'column name')} occurred twice, now numbered: {listed(repeated)}."),
        (n_trimmed, f"{plural(n_trimmed, 'column name')} trimmed of blanks or signs that do not show."),
    )
    nameless = frozenset(at for at, name in enumerate(scrubbed) if not name)
    return Names(tuple(names), nameless, tuple(sentence for is_so, sentence in said if is_so))


def _said_above(rows: Sequence[Row]) -> str:
    """Of titles such as `Sales by Customer Detail` what the records are of, or empty."""
    found = (_BY_CUSTOMER.search(cell) for row in rows for cell in row)
    return next((title[1] for title in found if title), "")


def _joined_said(rows: Sequence[Row]) -> str:
    """How the rows of the header became names."""
    if all(list(row) == list(rows[0]) for row in rows):
        return f"The header stands {format_count(len(rows))} times, one below the other; read once."
    return f"The header has {format_count(len(rows))} rows, joined."


def _clipped(name: str) -> str:
    """The name; one that is too long to show ends with a digest of the whole."""
    if len(name) <= MAX_NAME:
        return name
    digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:N_DIGEST]
    return f"{name[: MAX_NAME - N_DIGEST - 2]}… {digest}"


def _part_rows(rows: Sequence[Row], width: int) -> list[list[str]]:
    """The header's rows at full width; group names carried over the columns that they span."""
    padded = [[*row[:width], *[""] * (width - len(row))] for row in rows]
    return [filled_forward(row) for row in padded[:-1]] + [padded[-1]]


def _joined(parts: Sequence[str]) -> str:
    """The distinct parts of a name, top down; keys for machines (`{"ImportId":"QID2"}`) only if there is no other."""
    told = dict.fromkeys(_trimmed(part) for part in parts if part)
    return " ".join([part for part in told if not _MACHINE_KEY.fullmatch(part)] or told)


def _trimmed(part: str) -> str:
    """Without byte order marks, white space and a quote that has no partner beside a letter."""
    part = part.replace(SOFT_HYPHEN, "").strip(BLANKS)
    return part.strip('"') if _has_lone_quote(part) else part


def _has_lone_quote(part: str) -> bool:
    bare = part.strip(BLANKS)
    return bare.count('"') == 1 and bare.strip('"') != bare and bare.strip('"')[:1].isalnum()


def _is_untidy(name: str) -> bool:
    """Whether a name had to be trimmed: blanks around or doubled, or characters that do not show."""
    return bool(name.strip()) and scrub(name, len(name) + 1) != name


def listed(names: Sequence[str]) -> str:
    """The first few names, for a sentence."""
    more = f" and {format_count(len(names) - SHOWN_NAMES)} more" if len(names) > SHOWN_NAMES else ""
    return f"{', '.join(scrub(name, 40) for name in names[:SHOWN_NAMES])}{more}"


def _without_reserved(name: str) -> str:
    return name.lstrip("_") if name.startswith((LINE_COLUMN, IMPUTED_PREFIX)) else name


def _numbered(name: str, names: Container[str]) -> str:
    """The name, or its first numbered form that is not taken."""
    if name not in names:
        return name
    number = 2
    while f"{name} ({number})" in names:
        number += 1
    return f"{name} ({number})"
