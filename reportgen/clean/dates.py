"""Rewrites dates as ISO dates, one order decided for the whole column; of birth dates only the year stays."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._date_orders import (
    OTHER,
    Choice,
    choose_base,
    choose_orders,
    count_votes,
    way_in_words,
    written_days,
)
from reportgen.clean._far_days import FarDays, find_far_days
from reportgen.clean._look import (
    Counts,
    aggregate,
    distinct_texts,
    list_cells,
    most_frequent,
    quote,
    quote_counts,
)
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.text_dates import (
    CENTURY_TURN,
    COMPACT,
    EPOCH,
    ISO,
    MONTH,
    NAMED,
    has_short_year,
    read_date,
    separator_of,
)
from reportgen.engine.text_times import BEFORE_ZONE, TIME, ZONED, zone_hours
from reportgen.records.table import CleaningNote, Column, Role

NAME = "dates"
YEAR = r"^\s*[0-9]{4}\s*$"
UNDECIDED = language.msgid("day first and month first in one column: a date with two readings says nothing")
BIRTH_TURN = 10
"""Two-digit birth years from here on are 19xx: customers of old age are many, customers under fifteen are few."""


@dataclass(frozen=True, slots=True)
class Written:
    """How one column's dates are written."""

    texts: Counts
    """Without their time, unless zones are mixed."""
    drops_time: bool
    """Whether the cells hold a time that `texts` does not."""
    zones: tuple[str, ...]
    """Time zones, where there are several; else empty."""


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


def day_text(name: str, *, drops_time: bool) -> nw.Expr:
    """The cell, perhaps without its time of day."""
    text = nw.col(name).str.strip_chars()
    return text.str.replace_all(TIME, "") if drops_time else text


def look(work: Work) -> dict[str, Written]:
    """Header name → how dates are written, for columns of dates and of birth dates."""
    births = [column.name for column in work.plan.of_kind("number") if column.role is Role.BIRTH]
    years = aggregate(work.frame, {name: nw.col(name).str.contains(YEAR).sum() for name in births})
    known = aggregate(work.frame, {name: nw.col(name).count() for name in births})
    names = [column.name for column in work.plan.of_kind("date")]
    names += [name for name in births if years[name] < known[name] / 2]
    return {name: written_in(distinct_texts(work.frame, nw.col(name))) for name in names}


def written_in(texts: nw.LazyFrame[Any]) -> Written:
    """How the texts of one column are written; patterns are tried once a text."""
    value, n = nw.col("value"), nw.col("n")
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
    found = most_frequent(timed.group_by("value").agg(nw.col("n").sum()))
    hours = {zone_hours(zone) if zone else "none" for zone, _ in found}
    return tuple(zone or "none" for zone, _ in found) if len(hours) > 1 else ()


def decide(facts: dict[str, Written], plan: Plan) -> Decision:
    """One order a column; a column that proves none follows the others of the export. Raises ReportgenError."""
    orders = choose_orders({name: count_votes(written.texts) for name, written in facts.items()}, plan)
    days = {name: written_days(written.texts, orders[name].order) for name, written in facts.items()}
    everywhere = [day for name in days if plan.column(name).role is Role.DATE for day in days[name]]
    readings = {}
    for name, written in facts.items():
        around = days[name] or everywhere
        base = choose_base(written.texts, (min(around), max(around)) if around else None)
        readings[name] = read_column(plan.column(name), written, orders[name], base)
    return readings


def read_column(column: Column, written: Written, choice: Choice, base: str) -> Reading:
    """Every text read in the way it is written; days far from all others taken out."""
    turn = turn_of(column)
    found = {text: read_text(text, choice, base, turn, utc=bool(written.zones)) for text, _ in written.texts}
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
    name = wording.scrub(column.name)
    repairs = {
        text: language.text(
            "{name} has two readings; set missing" if way else "{name} is not a date; set missing", name=name
        )
        for text, (day, way) in found.items()
        if day is None
    }
    repairs |= {
        text: language.text("{name} {why}; set missing", name=name, why=far.listed[day])
        for text, (day, _) in found.items()
        if day and day in far.listed
    }
    repairs |= {
        text: language.text(
            "{name} {value} has the {way} alone in its column; read so",
            name=name,
            value=quote(text),
            way=way_in_words(way),
        )
        for text, (day, way) in found.items()
        if day and choice.order and way == OTHER[choice.order]
    }
    notes = (*_missing_notes(column, written, found, far), *_read_notes(column, written, choice, found, days))
    return Reading(days, repairs, notes, written.drops_time)


def turn_of(column: Column) -> int:
    """The two-digit year from which on the last century is meant."""
    return BIRTH_TURN if column.role is Role.BIRTH else CENTURY_TURN


def read_text(text: str, choice: Choice, base: str, turn: int, *, utc: bool) -> tuple[dt.date | None, str]:
    """(day, way of writing) of one text; no day and no way for none, no day but a way for two where none was chosen."""
    ways = (ISO, *_numeric_ways(choice), NAMED, COMPACT, MONTH, base, EPOCH)
    seen = ((read_date(text, way, turn, utc=utc), way) for way in ways)
    day, way = next(((day, way) for day, way in seen if day), (None, ""))
    if day and not choice.order and separator_of(text):
        other = read_date(text, OTHER[way], turn, utc=utc)
        day = day if other in (None, day) else None
    return day, way


def _numeric_ways(choice: Choice) -> tuple[str, ...]:
    return (choice.order, OTHER[choice.order]) if choice.order else tuple(OTHER)


def _missing_notes(
    column: Column, written: Written, found: Mapping[str, tuple[dt.date | None, str]], far: FarDays
) -> list[CleaningNote]:
    """What was set missing, and why."""
    notes = [*far.notes]
    for has_way, why in (
        (True, language.text(UNDECIDED)),
        (False, language.text("not a day in the column's order of day, month and year")),
    ):
        unread = [(text, n) for text, n in written.texts if found[text][0] is None and bool(found[text][1]) == has_way]
        if unread:
            n_bad = sum(n for _, n in unread)
            notes.insert(
                0,
                CleaningNote(
                    NAME,
                    column.name,
                    n_bad,
                    quote_counts(unread),
                    language.text("missing"),
                    wording.up_to_listed(n_bad, why),
                ),
            )
    return notes


def _read_notes(
    column: Column,
    written: Written,
    choice: Choice,
    found: Mapping[str, tuple[dt.date | None, str]],
    days: Mapping[str, str | None],
) -> list[CleaningNote]:
    """How the texts were read that now stand there otherwise."""
    changed = [(text, n) for text, n in written.texts if days[text] not in (None, text)]
    if not changed:
        return []
    ways = Counter[str]()
    for text, n in written.texts:
        if found[text][0]:
            ways[found[text][1]] += n
    why = [
        language.text(
            "dates read in the order {words}",
            words=wording.join_words([way_in_words(way) for way, _ in ways.most_common()]),
        )
    ]
    if column.role is Role.BIRTH:
        why.append(language.text("birth dates: only the year is kept"))
    why += [choice.why] if choice.why else []
    if any(has_short_year(text) for text, _ in changed):
        turn = turn_of(column)
        why.append(
            language.text(
                "years {turn} to 99 are 19{turn2} to 1999, those below are 20xx",
                turn=f"{turn:02d}",
                turn2=f"{turn:02d}",
            )
        )
    if written.zones:
        zones = wording.join_words([wording.scrub(zone, 20) for zone in written.zones[:5]])
        why.append(language.text("time zones {zones} brought to one, UTC", zones=zones))
    is_fix = (
        choice.is_guess
        or bool(written.zones)
        or len(ways) > 1
        or bool(set(ways) - {ISO, NAMED, COMPACT, MONTH, *OTHER})
    )
    first, n_cells = changed[0][0], sum(n for _, n in changed)
    after = f"'{days[first]}'"
    return [CleaningNote(NAME, column.name, n_cells, quote(first), after, "; ".join(why), is_fix)]


def apply(work: Work, decision: Decision) -> Work:
    expressions = {}
    notes: list[CleaningNote] = []
    repairs: list[tuple[int, str]] = []
    for name, reading in decision.items():
        text = day_text(name, drops_time=reading.drops_time)
        if reading.repairs:
            cells = list_cells(
                work.frame.with_columns(text.alias(name)), name, nw.col(name).is_in(list(reading.repairs))
            )
            repairs += [(line, reading.repairs[cell]) for line, cell in cells]
        notes += reading.notes
        old, new = list(reading.days), list(reading.days.values())
        expressions[name] = text.replace_strict(old, new, default=None, return_dtype=nw.String)
    return work.rewrite(expressions).with_repairs(repairs).with_notes(notes)


def when_off(work: Work) -> Work:
    return work.leave_out("date", language.text("dates are not read: the step is switched off"))


STEP: Step[dict[str, Written], Decision] = Step(NAME, look, decide, apply, when_off)
