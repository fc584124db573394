"""Reads the status of order lines: what never took place is set aside, what was sent back is a return."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import narwhals as nw

from reportgen import language, wording
from reportgen.engine.shortcuts import count_texts
from reportgen.engine.text_dates import looks_like_date
from reportgen.errors import ReportgenError
from reportgen.orders._status_ways import PAYMENT, are_bookings, way_of
from reportgen.orders._status_words import (
    LOST,
    OPEN,
    PARTLY,
    RETURNED,
    SOLD,
    VOID,
    WAITING,
    is_known_status,
    says_of_lines,
)
from reportgen.orders._words import order_words
from reportgen.orders.base import AMOUNT, TWICE, Fate, Finding, Lines, Told, fate_of, plain
from reportgen.orders_settings import OrderSettings
from reportgen.records.orders import Part
from reportgen.records.table import Column
from reportgen.settings_file import toml_value
from reportgen.wording import fold

NAME = "statuses"
MOST_STATUSES = 1_000
"""Distinct texts past which a column is no status."""
BY_LINE = 2
"""Value of TWICE: lines of their own take the refund off."""
SHOWN_STATUSES = 20
"""Statuses of sales that the note names: a shop system has a dozen."""
MOST_MARKED = 0.5
"""Share of the lines up to which a day that is filled in says that they were cancelled or went back: deadlines of
returns stand in every line."""
MOST_RETURNED = 0.5
"""Share of the lines past which no shop takes back what it sells."""
SAID = {
    VOID: (
        language.msgid("the status says cancelled"),
        language.msgid("an order that never took place is no purchase"),
    ),
    WAITING: (
        language.msgid("the status says not yet paid"),
        language.msgid("an order that is not paid or not placed yet is no purchase"),
    ),
    LOST: (language.msgid("the stage says lost"), language.msgid("a deal that was lost is no purchase")),
    OPEN: (
        language.msgid("the stage says not won yet"),
        language.msgid("a deal that is not won yet is no purchase"),
    ),
    PAYMENT: (
        language.msgid("a payment, or a balance carried forward"),
        language.msgid("it settles what was bought and is no purchase"),
    ),
    RETURNED: (
        language.msgid("the status says refunded"),
        language.msgid("the purchase took place and its money went back"),
    ),
}
"""Meaning → what is said of its lines, and why; the first one counts."""
SAID_BESIDE = frozenset({VOID, RETURNED, PARTLY, PAYMENT})
"""What a second status is heard for: an order that was sent on account is a purchase, paid or not."""


def tell(lines: Lines) -> list[Told]:
    """What the status says, then what other columns say of lines that were cancelled, went back or are payments."""
    status, played = lines.name(Part.STATUS), {part.column for part in lines.orders.parts.values()}
    found = [read(lines, status, texts_in(lines, status))] if status else []
    for column in lines.orders.columns:
        is_asked = column.kind == "category" or (column.kind == "text" and says_of_lines(column.name))
        if column.name in played or not is_asked:
            continue
        texts = texts_in(lines, column.name)
        if may_tell(column, texts):
            found.append(read(lines, column.name, texts))
    return [told for told in found if told]


def find(lines: Lines) -> Iterator[Finding]:
    """Raises ReportgenError (RG-007) where most lines would be taken back."""
    refuse_mostly_returned(lines)
    for meaning in SAID:
        for column in lines.told:
            if meaning in column.meant:
                yield finding(lines, column, meaning)
    for column in lines.told:
        if PARTLY in column.meant:
            yield kept(
                column, PARTLY, Fate.KEPT, language.text("a part of the purchase went back, how much is not known")
            )
        if SOLD in column.meant and column.column == lines.name(Part.STATUS):
            why = language.text("these statuses say neither cancelled nor refunded nor unpaid")
            yield kept(column, SOLD, Fate.SOLD, why)


def refuse_mostly_returned(lines: Lines) -> None:
    """Raises ReportgenError (RG-007) where a status says returned of most lines: of what is rented it is no refund."""
    for told in lines.told:
        n_returned = sum(n for _, n in told.meant.get(RETURNED, ()))
        if lines.rules.returns == "drop" or n_returned <= MOST_RETURNED * lines.n_rows:
            continue
        raise ReportgenError(
            "RG-007",
            f"{wording.scrub(told.column, 40)} says of {wording.format_share(n_returned / lines.n_rows)} of the lines "
            f"that they were returned, as in {told.shown(RETURNED)}: goods that came back, or money?",
            "If money went back, set them aside: --set orders.returns=drop. If not, leave the column out: "
            f"ignore = {toml_value((told.column,))} under [columns].",
        )


def may_tell(column: Column, texts: Collection[str]) -> bool:
    """Whether header or cells of a column that is no status speak of what became of a line."""
    if says_of_lines(column.name):
        return True
    has_states = order_words().rank(Part.STATUS, column.name) is not None and any(map(is_known_status, texts))
    return has_states or are_bookings(texts)


def read(lines: Lines, name: str, counts: Mapping[str, int]) -> Told | None:
    """What a column of those texts says of the lines; None where it says nothing."""
    texts = list(counts.items())
    words, by_header = order_words().status, says_of_lines(name)
    if not texts:
        return None
    days = [text for text, _ in texts if looks_like_date(text)]
    if by_header and days and all(text in days or not text.strip("0-:. T") for text, _ in texts):
        n_marked = sum(n for text, n in texts if text.strip("0-:. T"))
        return Told(name, {by_header: texts}, by_header) if n_marked <= MOST_MARKED * lines.n_rows else None
    answers = {text: fold(text).removesuffix(".0") for text, _ in texts}
    is_answer = bool(by_header) and all(answer in words.yes | words.no for answer in answers.values())
    is_status = name == lines.name(Part.STATUS)
    if by_header and not is_status and not is_answer:
        return None
    means, meant = way_of(name, answers), dict[str, list[tuple[str, int]]]()
    for text, n in texts:
        meaning = means(text) if not is_answer else by_header if answers[text] in words.yes else SOLD
        if is_status or is_answer or meaning in SAID_BESIDE:
            meant.setdefault(meaning, []).append((text, n))
    return Told(name, meant, is_booking=are_bookings(answers))


def booked_back(lines: Lines) -> Lines:
    """The lines, what a till books as refunds below zero, whatever sign it writes: they are lines of their own."""
    for told in lines.told:
        if told.is_booking and RETURNED in told.meant:
            is_back = told.where(RETURNED) & (nw.col(AMOUNT) > 0)
            signed = nw.when(is_back).then(-nw.col(AMOUNT)).otherwise(nw.col(AMOUNT))
            lines = replace(lines, frame=lines.frame.with_columns(signed.alias(AMOUNT)))
    return lines


def texts_in(lines: Lines, name: str) -> dict[str, int]:
    """Text → lines of a column, sorted, as many texts as may be statuses."""
    counts = count_texts(lines.frame.with_columns(plain(name).alias(name)), name)
    return {str(text): int(n) for text, n in counts.sort("value").head(MOST_STATUSES).collect().rows() if text}


def finding(lines: Lines, told: Told, meaning: str) -> Finding:
    """What becomes of the lines whose status says so."""
    fate, where = fate_in(lines.rules, meaning), told.where(meaning)
    if meaning == RETURNED:
        where = where & (nw.col(AMOUNT) > 0) & (nw.col(TWICE) != BY_LINE)
    said, why = map(language.text, SAID[meaning])
    return Finding(NAME, told.column, where, fate, said, told.shown(meaning), why)


def fate_in(rules: OrderSettings, meaning: str) -> Fate:
    """As the settings say."""
    if meaning == RETURNED:
        return Fate.SET_ASIDE if rules.returns == "drop" else Fate.REFUNDED
    if meaning == PAYMENT:
        return Fate.SET_ASIDE
    return fate_of(rules.cancelled if meaning in (VOID, LOST) else rules.waiting)


def kept(told: Told, meaning: str, fate: Fate, why: str) -> Finding:
    shown = told.shown(meaning, SHOWN_STATUSES)
    return Finding(NAME, told.column, told.where(meaning), fate, why, shown, why)
