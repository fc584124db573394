"""Whether a column holds what its header says, where that may mean something else: the cells decide."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import narwhals as nw

from reportgen.engine.shortcuts import count_texts
from reportgen.engine.text_units import CURRENCY_CODES
from reportgen.orders._status_words import is_known_status
from reportgen.orders._words import order_words, words_in
from reportgen.records.orders import Part
from reportgen.records.table import RawTable

CODE_LENGTH = 3
"""Letters of a currency's code (ISO 4217)."""
MOST_LEVELS = 1_000
"""Distinct cells of a column that may hold statuses which are looked at."""


def holds_part(raw: RawTable, part: Part, name: str) -> bool:
    """Whether the cells are what the header says, where it may mean something else: a state, a currency type."""
    if part is Part.STATUS and order_words().status.vague.intersection(words_in(name)):
        return any(map(is_known_status, levels_of(raw, name)))
    if part is Part.CURRENCY:
        return are_currencies(levels_of(raw, name))
    return True


def are_currencies(texts: Collection[str]) -> bool:
    """True where one is `€`, `EUR`, `Euro`, `US Dollar`, or each has three capital letters: ISO 4217 grows."""
    is_known = any(not {text.upper(), *text.upper().split()}.isdisjoint(CURRENCY_CODES) for text in texts)
    return is_known or all(len(text) == CODE_LENGTH and text.isalpha() and text.isupper() for text in texts)


def levels_of(raw: RawTable, name: str) -> list[str]:
    """The distinct cells of a column, sorted, as many as are looked at."""
    frame: nw.LazyFrame[Any] = nw.from_native(raw.frame).lazy()
    texts = count_texts(frame, name).select("value").sort("value").head(MOST_LEVELS).collect().rows()
    return [str(text).strip() for (text,) in texts]
