"""Reads the customers' ids: marks around them that show nothing are taken off, ids that look alike are counted."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from reportgen import language, wording
from reportgen.engine.alike_ids import AROUND, count_alike, may_have_marks_around, note_of_alike
from reportgen.engine.shortcuts import count_distinct
from reportgen.orders.base import Lines
from reportgen.records.orders import Part
from reportgen.records.table import CleaningNote

NAME = "customer_ids"


def trim(lines: Lines) -> tuple[Lines, tuple[CleaningNote, ...]]:
    """The lines with ids as they are read, and what is said of them. An id of marks alone is none."""
    key = lines.name(Part.CUSTOMER)
    trimmed, notes = trim_marks(lines, key) if may_have_marks_around(lines.frame, key) else (lines, ())
    if any(column.name == key and column.contact == "e-mail" for column in lines.orders.columns):
        trimmed, of_case = to_one_case(trimmed, key)
        notes = (*notes, *of_case)
    named = trimmed.frame.filter(~nw.col(key).is_null()).select(key)
    n_alike = count_alike(named, key, count_distinct(named, [key])[key])
    return trimmed, (*notes, *([note_of_alike(NAME, key, n_alike)] if n_alike else []))


def to_one_case(lines: Lines, key: str) -> tuple[Lines, tuple[CleaningNote, ...]]:
    """Addresses of mail in small letters: no provider tells `Eva@` from `eva@`."""
    small = nw.col(key).str.to_lowercase()
    n_changed = int(lines.frame.filter(small != nw.col(key)).select(nw.len()).collect().item())
    if not n_changed:
        return lines, ()
    note = CleaningNote(
        NAME,
        key,
        n_changed,
        language.text("{lines} with capital letters in the address", lines=wording.plural(n_changed, "line")),
        language.text("in small letters"),
        language.text("the same address in either is one customer"),
        is_fix=True,
    )
    return replace(lines, frame=lines.frame.with_columns(small.alias(key))), (note,)


def trim_marks(lines: Lines, key: str) -> tuple[Lines, tuple[CleaningNote, ...]]:
    bare = nw.col(key).str.replace_all(AROUND, "")
    n_marked = int(lines.frame.filter(bare != nw.col(key)).select(nw.len()).collect().item())
    if not n_marked:
        return lines, ()
    frame = lines.frame.with_columns(nw.when(bare != "").then(bare).alias(key))
    before = language.text(
        "{lines} with blanks or invisible characters around the id", lines=wording.plural(n_marked, "line")
    )
    reason = language.text("they show nothing: the same id with and without them is one customer")
    note = CleaningNote(NAME, key, n_marked, before, language.text("taken off"), reason, is_fix=True)
    return replace(lines, frame=frame), (note,)
