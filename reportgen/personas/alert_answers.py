"""What a person should look at before believing the month: the export, its columns, and what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen import language, wording
from reportgen.claims import tell
from reportgen.language import msgid, text
from reportgen.personas.answers import Names
from reportgen.personas.change_answers import Told, counted, fill, when_compared
from reportgen.personas.numbers import LABEL_CHARACTERS, Numbers, in_sentence, listed, show_first_word, show_word
from reportgen.records.history import Alert
from reportgen.records.study import Claim

MOST_COLUMNS = 3
"""Columns named in one alert; further ones are in the table."""

MOST_ALERTS = 5
"""Sentences that a cover holds; further alerts are in the tables of `What changed`."""


@dataclass(frozen=True, slots=True)
class Raised:
    """The alerts of one kind."""

    numbers: Numbers
    kind: str
    places: tuple[int, ...]
    """In `Change.alerts`."""

    @property
    def since(self) -> str:
        change = self.numbers.facts.change
        return wording.month_label(change.since) if change else ""


def answer_alerts(numbers: Numbers, _names: Names) -> Claim | None:
    """What to look at first; absent where nothing raised an alert."""
    alerts: Sequence[Alert] = numbers.facts.change.alerts if numbers.facts.change else ()
    kinds = [kind for kind in TELL if any(alert.kind == kind for alert in alerts)]
    raised = [
        Raised(numbers, kind, tuple(place for place, alert in enumerate(alerts) if alert.kind == kind))
        for kind in kinds
    ]
    pieces = [piece for one in raised[:MOST_ALERTS] for piece in (" ", *TELL[one.kind](one))]
    return tell("answer.alerts", text("Check the export before you rely on this month."), *pieces) if pieces else None


def column_of(raised: Raised, place: int) -> str:
    """The column's label inside a sentence; of one that is gone, its header name."""
    change = raised.numbers.facts.change
    name = change.alerts[place].column if change else ""
    known = [column for column in raised.numbers.facts.columns if column.name == name]
    return in_sentence(known[0]) if known else wording.scrub(name, LABEL_CHARACTERS)


def columns_of(raised: Raised) -> str:
    """`income, age and visits`, or `income, age, visits and others`."""
    names = [column_of(raised, place) for place in raised.places[:MOST_COLUMNS]]
    return wording.join_words([*names, text("others")] if len(raised.places) > MOST_COLUMNS else names)


def tell_columns(raised: Raised, one: str, several: str, **parts: str) -> Told:
    """A sentence on the columns of that kind of alert, with their number."""
    n = raised.numbers.tally("change.alerts", show_first_word, kind=raised.kind)
    return fill(one if n.value == 1 else several, n=n, columns=columns_of(raised), since=raised.since, **parts)


def tell_same_file(raised: Raised) -> Told:
    n = counted(raised.numbers, "change.n_now")
    return fill("It is the very file of {since}, with the same {n} customers.", since=raised.since, n=n)


def tell_old_data(raised: Raised) -> Told:
    before, now = (raised.numbers.at(f"change.alerts[{raised.places[0]}].{name}", show_word) for name in BOTH)
    months = text("month" if now.value == 1 else "months")
    usual = fill(", against {before} in {since}", before=before, since=raised.since) if before.value else ()
    template = msgid("It may be an old one: its newest date lies {now} {months} before the period{usual}.")
    return fill(template, now=now, months=months, usual=usual)


def tell_later_data(raised: Raised) -> Told:
    now = raised.numbers.at(f"change.alerts[{raised.places[0]}].now", show_word)
    months = text("month" if now.value == 1 else "months")
    return fill("It may be a later one: its newest date lies {now} {months} after the period.", now=now, months=months)


def tell_row_count(raised: Raised) -> Told:
    before, now = (
        raised.numbers.at(f"change.alerts[{raised.places[0]}].{name}", wording.format_count, unit="records")
        for name in BOTH
    )
    return fill("It holds {now} records, against {before} in {since}.", now=now, before=before, since=raised.since)


def tell_no_structure(raised: Raised) -> Told:
    before = raised.numbers.at(f"change.alerts[{raised.places[0]}].before", show_word, unit="segments")
    return fill("Its customers form one group; in {since} there were {n} segments.", since=raised.since, n=before)


def tell_gone(raised: Raised) -> Told:
    return tell_columns(
        raised, "{n} column of {since} is missing: {columns}.", "{n} columns of {since} are missing: {columns}."
    )


def tell_new(raised: Raised) -> Told:
    return tell_columns(raised, "{n} column is new: {columns}.", "{n} columns are new: {columns}.")


def tell_kind(raised: Raised) -> Told:
    return tell_columns(
        raised,
        "{n} column holds another kind of data than in {since}: {columns}.",
        "{n} columns hold another kind of data than in {since}: {columns}.",
    )


def tell_missing(raised: Raised) -> Told:
    items = [
        fill(
            "{column} is missing for {now} of customers, against {before}",
            column=column_of(raised, place),
            now=raised.numbers.at(f"change.alerts[{place}].now", wording.format_share, unit="share"),
            before=raised.numbers.at(f"change.alerts[{place}].before", wording.format_share, unit="share"),
        )
        for place in raised.places[:MOST_COLUMNS]
    ]
    told = listed(items, "; ", "; ")
    return (replace(told, text=wording.sentence_case(told.text)), ".")


def tell_unseen(raised: Raised) -> Told:
    items = [
        fill(
            "{n} customers have a {column} that was never seen before",
            n=counted(raised.numbers, f"change.alerts[{place}].now"),
            column=column_of(raised, place),
        )
        for place in raised.places[:MOST_COLUMNS]
    ]
    return (*listed(items, "; ", "; "), ".")


def tell_drift(raised: Raised) -> Told:
    change = raised.numbers.facts.change
    when = when_compared(change) if change else ""
    return tell_columns(
        raised,
        "{n} column is spread otherwise than {when}: {columns}.",
        "{n} columns are spread otherwise than {when}: {columns}.",
        when=when,
    )


BOTH = ("before", "now")

TELL = {
    "same file": tell_same_file,
    "old data": tell_old_data,
    "later data": tell_later_data,
    "row count": tell_row_count,
    "no structure": tell_no_structure,
    "column gone": tell_gone,
    "column kind": tell_kind,
    "missing values": tell_missing,
    "unseen levels": tell_unseen,
    "drift": tell_drift,
    "column new": tell_new,
}
"""Kind of alert → its sentence, the gravest first."""


def answer_drift(numbers: Numbers, _names: Names) -> Claim | None:
    """How many columns are spread as when the segments were made; absent in the first month."""
    change = numbers.facts.change
    if change is None or not change.drift:
        return None
    n_steady = numbers.tally("change.drift", wording.format_count, verdict="steady")
    n_columns, when = numbers.size("change.drift"), when_compared(change)
    if n_steady.value == n_columns.value:
        return tell("answer.drift", *fill("All {n} columns are spread as {when}.", n=n_columns, when=when))
    told = fill("{n} of {all} columns are spread as {when}", n=n_steady, all=n_columns, when=when)
    shifted = {drift.column for drift in change.drift if drift.verdict != "steady"}
    labels = [in_sentence(column) for column in numbers.facts.columns if column.name in shifted]
    others = [text("others")] if len(labels) > MOST_COLUMNS else []
    named = wording.join_words([*labels[:MOST_COLUMNS], *others])
    shift = language.counted("{columns} has shifted", "{columns} have shifted", len(labels), columns=named)
    return tell("answer.drift", *told, f"; {shift}" if labels else "", ".")
