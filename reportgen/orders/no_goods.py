"""Tells lines that are no goods (postage, fees, vouchers, bad debt) by product number and description."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import narwhals as nw

from reportgen import language
from reportgen.orders._phrases import contains
from reportgen.orders._words import OrderWords, order_words, text_words
from reportgen.orders.base import Fate, Finding, Lines, fate_of, plain, show_texts
from reportgen.records.orders import Part

NAME = "no_goods"
BAD_DEBT = "bad debt"
UNNUMBERED = "no product number"
"""Kind of a number without digits that nothing describes."""
NUMBERED_SHARE = 0.8
"""Share of the lines whose product number holds a digit, from which one without is an exception."""
DIGIT = r"[0-9]"


@dataclass(frozen=True, slots=True)
class Described:
    """One product number and how its lines are described."""

    n_lines: int = 0
    texts: Counter[str] = field(default_factory=Counter)
    """Description → lines."""


@dataclass(slots=True)
class Found:
    """What is no goods of one kind."""

    codes: dict[str, int] = field(default_factory=dict)
    """Product number → lines."""
    texts: dict[str, int] = field(default_factory=dict)
    """Description → lines."""


def find(lines: Lines) -> Iterator[Finding]:
    code, text = lines.name(Part.PRODUCT), lines.name(Part.DESCRIPTION)
    if not code and not text:
        return
    kept: dict[str, int] = {}
    for kind, found in tell_kinds(count_pairs(lines, code, text), order_words(), kept).items():
        tests = [plain(code).is_in(list(found.codes))] if found.codes else []
        tests += [plain(text).is_in(list(found.texts))] if found.texts else []
        fate = fate_of(lines.rules.bad_debt if kind == BAD_DEBT else lines.rules.non_product)
        shown = show_texts(found.codes or found.texts)
        name = language.text_in("no goods", kind)
        reason = name if kind == UNNUMBERED else language.text("{kind}, no goods", kind=name)
        column = code if found.codes else text
        yield Finding(
            NAME, column, nw.any_horizontal(*tests, ignore_nulls=True), fate, reason, shown, language.text(WHY[fate])
        )
    if kept:
        reason, why = (
            language.text("goods without a digit in their number"),
            language.text("their descriptions name goods"),
        )
        yield Finding(NAME, code, plain(code).is_in(list(kept)), Fate.KEPT, reason, show_texts(kept), why)


WHY = {
    Fate.SET_ASIDE: language.msgid("what a customer buys is goods"),
    Fate.KEPT: language.msgid("the settings keep it"),
}


def count_pairs(lines: Lines, code: str, text: str) -> dict[str, Described]:
    """Product number (empty where there is none) → its descriptions with their lines."""
    names = [name for name in (code, text) if name]
    cells = lines.frame.select(plain(name).fill_null("").alias(name) for name in names)
    counted = cells.group_by(*names).agg(nw.len().alias("__n__")).sort(*names).collect()
    found: dict[str, Described] = defaultdict(Described)
    for row in counted.rows(named=True):
        number, description, n = str(row[code]) if code else "", str(row[text]) if text else "", int(row["__n__"])
        before = found[number]
        found[number] = Described(before.n_lines + n, before.texts + Counter({description: n} if description else {}))
    return found


def tell_kinds(products: dict[str, Described], words: OrderWords, kept: dict[str, int]) -> dict[str, Found]:
    """Kind → what is of it, by kind; `kept` is filled with numbers without digits that are goods all the same."""
    n_lines = sum(described.n_lines for described in products.values())
    n_numbered = sum(d.n_lines for number, d in products.items() if has_digit(number))
    is_odd_without = n_numbered >= NUMBERED_SHARE * n_lines
    found: dict[str, Found] = defaultdict(Found)
    for number, described in products.items():
        is_bare = bool(number) and is_odd_without and not has_digit(number)
        kinds = {text: kind_of(text, words, is_bare=is_bare) for text in described.texts}
        kind = kind_of_product(number, described, kinds, words, is_bare=is_bare)
        if kind:
            found[kind].codes[number] = described.n_lines
        elif is_bare:
            kept[number] = described.n_lines
        for text, of_text in kinds.items():
            if of_text and not kind:
                texts = found[of_text].texts
                texts[text] = texts.get(text, 0) + described.texts[text]
    return {kind: found[kind] for kind in sorted(found, key=lambda kind: (kind != BAD_DEBT, kind))}


def has_digit(number: str) -> bool:
    return any(character.isdigit() for character in number)


def kind_of_product(
    number: str, described: Described, kinds: dict[str, str], words: OrderWords, *, is_bare: bool
) -> str:
    """The kind of most described lines of a number; of one that nothing describes, what the number itself says."""
    if not number:
        return ""
    by_kind = Counter[str]()
    for text, n in described.texts.items():
        by_kind[kinds[text]] += n
    if by_kind:
        kind, n = max(by_kind.items(), key=lambda entry: (entry[1], entry[0]))
        return kind if 2 * n > described.texts.total() else ""
    named = next((kind for kind, known in words.kinds.items() if number.casefold() in known.codes), "")
    return named or (UNNUMBERED if is_bare else "")


def kind_of(text: str, words: OrderWords, *, is_bare: bool) -> str:
    """The kind that a description says, or empty; beside a number without digits one word of it is enough."""
    said = text_words(text)
    bare = tuple(word for word in said if word not in words.beside) or said
    for kind, known in words.kinds.items():
        anywhere = (*known.anywhere, *known.whole) if is_bare else known.anywhere
        if {said, bare} & known.whole or any(contains(said, phrase) for phrase in anywhere):
            return kind
    return ""
