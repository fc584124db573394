"""Tells lengths of time from times of day (`00:18:00` may be either), and amounts in several units of one kind."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen import language, wording
from reportgen.engine.text_lengths import DAY, are_lengths, is_clock, is_of_hours, is_of_minutes, minutes_of
from reportgen.engine.text_sizes import sizes_in
from reportgen.records.table import Role
from reportgen.roles.subject import LIKELY, Subject, Verdict

FEW_TERMS = 6
"""Distinct lengths in words that are kinds: a contract of `6 months`, `1 year` or `2 years`."""
SHOWN = 30
"""Characters of a cell that a reason shows."""


def length_of_time(column: Subject) -> Verdict | None:
    """`2h 30m`, `P1Y2M`: lengths of time, however many differ; a clock is one where header or values say so."""
    texts = column.facts.levels
    if not are_lengths(texts) or column.says("birth"):
        return None
    clocks = [text for text in texts if is_clock(text)]
    if len(clocks) < len([text for text in texts if text != "0"]):
        return None if column.facts.n_distinct <= FEW_TERMS else _read(clocks, texts)
    words = column.header.words
    has_seconds = all(text.count(":") > 1 for text in clocks)
    if has_seconds and (column.says("length_of_time") or is_of_hours(words) or _are_no_times_of_day(clocks)):
        return _read(clocks, texts)
    is_said = is_of_hours(words) or is_of_minutes(wording.header_words(column.header.name), clocks)
    return _read(clocks, texts) if is_said else _unclear(column, clocks)


def _read(clocks: Iterable[str], texts: Iterable[str]) -> Verdict:
    shown = wording.scrub(next(iter(clocks), next(iter(texts))), SHOWN)
    return Verdict(Role.MEASURE, language.text("lengths of time as in “{shown}”", shown=shown), LIKELY)


def _are_no_times_of_day(clocks: Iterable[str]) -> bool:
    """Whether a clock goes past a day."""
    return max(minutes_of(text) or 0.0 for text in clocks) > DAY


def _unclear(column: Subject, clocks: Iterable[str]) -> Verdict:
    shown = wording.scrub(next(iter(clocks)), SHOWN)
    if column.says("length_of_time"):
        reason = language.text(
            "“{shown}” may be hours and minutes or minutes and seconds: not read; add (h:mm) or (mm:ss) to the header",
            shown=shown,
        )
        return Verdict(Role.TEXT, reason, LIKELY)
    reason = language.text(
        "times of day as in “{shown}”: not used; of lengths of time the header says duration, (h:mm) or (mm:ss)",
        shown=shown,
    )
    return Verdict(Role.TEXT, reason, LIKELY)


def several_units(column: Subject) -> Verdict | None:
    """`512 MB` beside `2.3 GB`."""
    texts = column.facts.levels
    if column.facts.n_distinct <= FEW_TERMS or not sizes_in([text for text in texts if text != "0"]):
        return None
    shown = wording.scrub(next(iter(texts)), SHOWN)
    return Verdict(Role.MEASURE, language.text("amounts in several units as in “{shown}”", shown=shown), LIKELY)
