"""Rewrites dates as ISO dates, one order decided for the whole column; of birth dates only the year stays."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from reportgen import language
from reportgen.clean._bare_dates import with_dashes
from reportgen.clean._date_notes import missing_notes, read_notes, repairs_of
from reportgen.clean._date_orders import choose_base, choose_orders, count_votes, way_in_words, written_days
from reportgen.clean._date_reading import Choices, Written, are_local_days, read_text, turn_of
from reportgen.clean._exchanged_days import are_exchanged, exchanged
from reportgen.clean._far_days import find_far_days
from reportgen.clean._look import (
    Counts,
    aggregate,
    by_frequency,
    distinct_texts,
    list_cells,
    most_frequent,
    quote,
)
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.cut_times import cut_times, day_text, with_days
from reportgen.engine.text_dates import EXCHANGED, ISO, YEAR_FIRST
from reportgen.engine.text_times import BEFORE_ZONE, TIME, ZONED, zone_hours
from reportgen.records.table import CleaningNote, Column, Role

NAME = "dates"
YEAR = r"^\s*[0-9]{4}\s*$"


@dataclass(frozen=True, slots=True)
class Reading:
    """How one column's texts are read."""

    days: Mapping[str, str | None]
    """Text → ISO date, or year for a birth date; None where it is no day or stands for a missing one."""
    repairs: Mapping[str, str]
    """Text → why the records that hold it are listed as repaired."""
    notes: tuple[CleaningNote, ...]
    drops_time: bool
    """Whether the cells hold a time that the texts do not."""


Decision = Mapping[str, Reading]


def look(work: Work) -> dict[str, Written]:
    """Header name → how dates are written, for columns of dates and of birth dates."""
    births = [column.name for column in work.plan.of_kind("number") if column.role is Role.BIRTH]
    years = aggregate(work.frame, {name: nw.col(name).str.contains(YEAR).sum() for name in births})
    known = aggregate(work.frame, {name: nw.col(name).count() for name in births})
    names = [column.name for column in work.plan.of_kind("date")]
    names += [name for name in births if years[name] < known[name] / 2]
    return {name: written_in(work.frame, name) for name in names}


def written_in(frame: nw.LazyFrame[Any], name: str) -> Written:
    """How the texts of one column are written; patterns are tried once a text."""
    cut = cut_times(frame, name)
    zones = zones_in(by_frequency(cut.zones.items())) if cut else ()
    if cut and not zones:
        return Written(by_frequency(cut.counts.items()), cut.has_times, ())
    value, n = nw.col("value"), nw.col("n")
    texts = distinct_texts(frame, nw.col(name))
    texts = texts.with_columns(value.str.strip_chars())
    seen = aggregate(texts, {"timed": value.str.contains(TIME).sum(), "zoned": value.str.contains(ZONED).sum()})
    zones = zones_of(texts) if seen["timed"] and seen["zoned"] else ()
    drops_time = bool(seen["timed"]) and not zones
    days = texts.with_columns(day_text("value", drops_time=drops_time)).group_by("value").agg(n.sum())
    return Written(most_frequent(days), drops_time, zones)


def zones_of(texts: nw.LazyFrame[Any]) -> tuple[str, ...]:
    """The time zones of the texts that hold a time, most frequent first; none where all are the same."""
    zone = nw.col("value").str.replace_all(BEFORE_ZONE, "")
    timed = texts.filter(nw.col("value").str.contains(":", literal=True)).with_columns(value=zone)
    return zones_in(most_frequent(timed.group_by("value").agg(nw.col("n").sum())))


def zones_in(found: Counts) -> tuple[str, ...]:
    """The time zones of those; none where all are the same."""
    hours = {zone_hours(zone) if zone else "none" for zone, _ in found}
    return tuple(zone or "none" for zone, _ in found) if len(hours) > 1 else ()


def decide(facts: dict[str, Written], plan: Plan) -> Decision:
    """One order a column; a column that proves none follows the others of the export. Raises ReportgenError."""
    bare = {name: with_dashes(written) for name, written in facts.items()}
    facts = {name: written for name, (written, _) in bare.items()}
    orders = choose_orders({name: count_votes(written.texts) for name, written in facts.items()}, plan)
    days = {name: written_days(written.texts, orders[name]) for name, written in facts.items()}
    everywhere = [day for name in days if plan.column(name).role is Role.DATE for day in days[name]]
    readings = {}
    for name, written in facts.items():
        around = days[name] or everywhere
        base = choose_base(plan.column(name), written.texts, (min(around), max(around)) if around else None)
        reading = read_column(plan.column(name), written, orders[name], base)
        readings[name] = _without_dashes(name, reading, written, bare[name][1]) if bare[name][1] else reading
    return readings


def _without_dashes(name: str, reading: Reading, written: Written, dashed: Mapping[str, str]) -> Reading:
    """The reading of the texts as they stand in the column, with a note."""
    days = {text: reading.days[with_signs] for text, with_signs in dashed.items()}
    repairs = {text: reading.repairs[signs] for text, signs in dashed.items() if signs in reading.repairs}
    quoted = {quote(with_signs): quote(text) for text, with_signs in dashed.items()}
    notes = tuple(replace(note, before=quoted.get(note.before, note.before)) for note in reading.notes)
    if not notes:
        first = written.texts[0][0]
        how = language.text("dates read in the order {words}", words=way_in_words(YEAR_FIRST))
        n_cells = sum(n for _, n in written.texts)
        notes = (CleaningNote(NAME, name, n_cells, quoted[quote(first)], quote(reading.days[first]), how),)
    return replace(reading, days=days, repairs=repairs, notes=notes)


def read_column(column: Column, written: Written, choices: Choices, base: str) -> Reading:
    """Every text read in the way it is written; days far from all others taken out."""
    turn = turn_of(column)
    utc = bool(written.zones) and not are_local_days(written)
    found = {text: read_text(text, choices, base, turn, utc=utc) for text, _ in written.texts}
    if are_exchanged(written.texts, choices):
        found = {
            t: (exchanged(day), EXCHANGED) if day and way == ISO else (day, way) for t, (day, way) in found.items()
        }
    known = Counter[dt.date]()
    for text, n in written.texts:
        if day := found[text][0]:
            known[day] += n
    far = find_far_days(column, known)
    is_birth = column.role is Role.BIRTH
    days = {
        text: None if day is None or day in far else str(day.year) if is_birth else day.isoformat()
        for text, (day, _) in found.items()
    }
    notes = (*missing_notes(column, written, found, far), *read_notes(column, written, choices, found, days))
    return Reading(days, repairs_of(column, found, choices, far), notes, written.drops_time)


def apply(work: Work, decision: Decision) -> Work:
    frame = work.frame
    notes: list[CleaningNote] = []
    repairs: list[tuple[int, str]] = []
    for name, reading in decision.items():
        if reading.repairs:
            why = with_days(frame, name, reading.repairs, drops_time=reading.drops_time)
            repairs += list_cells(why, name, ~nw.col(name).is_null())
        notes += reading.notes
        frame = with_days(frame, name, reading.days, drops_time=reading.drops_time)
    return replace(work, frame=frame).with_repairs(repairs).with_notes(notes)


def when_off(work: Work) -> Work:
    return work.leave_out("date", language.text("dates are not read: the step is switched off"))


STEP: Step[dict[str, Written], Decision] = Step(NAME, look, decide, apply, when_off)
