"""What the log says of a column of dates: how it was read, what is missing now, and which records hold it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from reportgen import language, wording
from reportgen.clean._date_orders import ORDERS, way_in_words
from reportgen.clean._date_reading import AGAINST, NO_DAY, OPEN, Choices, Found, Written, are_local_days, turn_of
from reportgen.clean._far_days import NAME, FarDays
from reportgen.clean._look import quote, quote_counts
from reportgen.engine.text_dates import COMPACT, ISO, MONTH, NAMED, has_short_year, separator_of
from reportgen.records.table import CleaningNote, Column, Role

LISTED = {
    NO_DAY: language.msgid("{name} is not a date; set missing"),
    OPEN: language.msgid("{name} has two readings; set missing"),
    AGAINST: language.msgid("{name} {value} is no date with the {way}, as the settings say; set missing"),
}
"""Why a text has no day → how its records are listed."""
FAULTS = {
    NO_DAY: language.msgid("not a day in the column's order of day, month and year"),
    AGAINST: language.msgid("not a day in the order of the settings"),
    OPEN: language.msgid("day first and month first in one column: a date with two readings says nothing"),
}
"""Why a text has no day → what the note says of all of them."""


def repairs_of(column: Column, found: Mapping[str, Found], choices: Choices, far: FarDays) -> dict[str, str]:
    """Text → why the records that hold it are listed."""
    name, repairs = wording.scrub(column.name), {}
    for text, (day, way) in found.items():
        choice = choices.get(separator_of(text))
        if day is None:
            order = way_in_words(choice.order) if choice and choice.order else ""
            repairs[text] = language.text(LISTED[way], name=name, value=shown_of(text, column), way=order)
        elif day in far.listed:
            repairs[text] = language.text("{name} {why}; set missing", name=name, why=far.listed[day])
        elif choice and choice.order and way in ORDERS and way != choice.order:
            repairs[text] = language.text(
                "{name} {value} has the {way} alone in its column; read so",
                name=name,
                value=shown_of(text, column),
                way=way_in_words(way),
            )
    return repairs


def shown_of(text: str, column: Column) -> str:
    """A text as a note shows it; of a birth date only how it is written, for the day is a person's."""
    is_personal = column.role is Role.BIRTH and any(character.isdigit() for character in text)
    return quote(re.sub(r"[^\W_]", "#", text) if is_personal else text)


def missing_notes(column: Column, written: Written, found: Mapping[str, Found], far: FarDays) -> list[CleaningNote]:
    """What was set missing, and why."""
    notes = [*far.notes]
    for fault, why in FAULTS.items():
        unread = Counter[str]()
        for text, n in written.texts:
            if found[text] == (None, fault):
                unread[text] += n
        if unread:
            n_bad = unread.total()
            notes.insert(
                0,
                CleaningNote(
                    NAME,
                    column.name,
                    n_bad,
                    _quote_all(unread, column),
                    language.text("missing"),
                    wording.up_to_listed(n_bad, language.text(why)),
                ),
            )
    return notes


def _quote_all(texts: Counter[str], column: Column) -> str:
    """The texts with their cells, as a note shows them."""
    shown = Counter[str]()
    for text, n in texts.items():
        shown[shown_of(text, column)[1:-1]] += n
    return quote_counts(shown.most_common())


def read_notes(
    column: Column,
    written: Written,
    choices: Choices,
    found: Mapping[str, Found],
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
    used = [choice for choice in choices.values() if choice.order in ways]
    why += dict.fromkeys(choice.why for choice in used if choice.why)
    if any(has_short_year(text) for text, _ in changed):
        turn = turn_of(column)
        why.append(
            language.text(
                "years {turn} to 99 are 19{turn2} to 1999, those below are 20xx",
                turn=f"{turn:02d}",
                turn2=f"{turn:02d}",
            )
        )
    why += zones_said(written)
    is_fix = (
        any(choice.is_guess for choice in used)
        or bool(written.zones)
        or len(ways) > 1
        or bool(set(ways) - {ISO, NAMED, COMPACT, MONTH, *ORDERS})
    )
    first, n_cells = changed[0][0], sum(n for _, n in changed)
    after = quote("####" if column.role is Role.BIRTH else days[first])
    return [CleaningNote(NAME, column.name, n_cells, shown_of(first, column), after, "; ".join(why), is_fix)]


def zones_said(written: Written) -> list[str]:
    """What became of times in several zones."""
    if not written.zones:
        return []
    zones = wording.join_words([wording.scrub(zone, 20) for zone in written.zones[:5]])
    if are_local_days(written):
        return [language.text("midnights of the time zones {zones}: the day there is kept", zones=zones)]
    return [language.text("time zones {zones} brought to one, UTC", zones=zones)]
