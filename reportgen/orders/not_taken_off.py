"""Says which columns of discounts and refunds stand beside the amounts and are not taken off them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import narwhals as nw

from reportgen import language, wording
from reportgen.engine.shortcuts import count_texts
from reportgen.engine.text_dates import looks_like_date
from reportgen.orders._phrases import fits
from reportgen.orders._status_words import RETURNED, VOID
from reportgen.orders._words import order_words, words_in
from reportgen.orders.base import SHOWN_CHARACTERS, Fate, Finding, Lines, plain
from reportgen.records.orders import Part
from reportgen.records.table import Column, Role

NAME = "not_taken_off"
NUMBER = re.compile(r"\W*[0-9][0-9.,'  ]*\W*")
NOT_NOUGHT = r"[1-9]"
LOOKED_TEXTS = 1_000
"""Distinct cells of a column that are looked at."""
UNTOUCHED = frozenset({Role.PERSONAL, Role.ID, Role.EMPTY})


def find(lines: Lines) -> Iterator[Finding]:
    """A price times a quantity knows nothing of a discount; a total may, but of no refund that came later."""
    words, played = order_words().taken_off, {part.column for part in lines.orders.parts.values()}
    patterns = words.refunds if lines.name(Part.AMOUNT) else (*words.discounts, *words.refunds)
    for column in lines.orders.columns:
        said = words_in(column.name)
        is_said = any(fits(word, pattern) for word in said for pattern in patterns)
        if column.name in played or column.role in UNTOUCHED or not is_said or not holds_numbers(lines, column):
            continue
        why = language.text(
            "spending is what the lines cost without it; a column of what was paid can be named: amount in the section "
            "[orders.columns]"
        )
        shown = language.text("{name} above 0", name=wording.scrub(column.name, SHOWN_CHARACTERS))
        cell = plain(column.name)
        is_more = cell.str.contains(NOT_NOUGHT) | cell.str.to_lowercase().is_in(sorted(order_words().status.yes))
        for where in told_by_status(lines):
            is_more = nw.when(where).then(nw.lit(value=False)).otherwise(is_more)
        yield Finding(NAME, column.name, is_more, Fate.NOT_TAKEN, why, shown, why)


def told_by_status(lines: Lines) -> list[nw.Expr]:
    """Lines that a status has set aside or taken off whole."""
    return [told.where(meaning) for told in lines.told for meaning in (VOID, RETURNED) if meaning in told.meant]


def holds_numbers(lines: Lines, column: Column) -> bool:
    """Whether the cells are amounts or counts: by the header also noughts and ones that were read as yes and no."""
    name, words = column.name, order_words()
    texts = count_texts(lines.frame.with_columns(plain(name).alias(name)), name).select("value").sort("value")
    cells = [str(text) for (text,) in texts.head(LOOKED_TEXTS).collect().rows()]
    if any(fits(word, pattern) for word in words_in(name) for pattern in words.taken_off.counts):
        cells = [cell for cell in cells if cell.lower() not in words.status.yes | words.status.no] or ["0"]
    return all(NUMBER.fullmatch(cell) and not looks_like_date(cell) for cell in cells)
