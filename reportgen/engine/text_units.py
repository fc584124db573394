"""What stands beside a number: a currency, per cent, a word, debit and credit; one unit for a whole column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from reportgen import wording
from reportgen.engine.text_dashes import mark_before_minus, mark_beside_dash, without_joint
from reportgen.engine.text_marks import LONGEST_VALUE, plain_marks
from reportgen.engine.text_spellings import (
    are_bookings,
    are_lakhs,
    are_magnitudes,
    is_booking,
    is_debit,
    lakhs_of,
    plain_spelling,
    power_of,
    without_ending,
)

CURRENCY_CODES: dict[str, str] = {
    **dict.fromkeys(("EUR", "EURO", "EUROS", "€"), "€"),
    **dict.fromkeys(("USD", "US$", "US-$", "DOLLAR", "DOLLARS", "$"), "$"),
    **dict.fromkeys(("GBP", "STG", "£"), "£"),
    **dict.fromkeys(("JPY", "JP¥", "YEN", "円", "¥"), "¥"),
    **dict.fromkeys(("CNY", "RMB", "CN¥", "元"), "CNY"),
    **dict.fromkeys(("INR", "RS", "RS.", "₹"), "₹"),
    **dict.fromkeys(("CHF", "SFR", "SFR.", "FR."), "CHF"),
    **dict.fromkeys(("CAD", "CA$", "C$"), "CAD"),
    **dict.fromkeys(("AUD", "AU$", "A$"), "AUD"),
    **dict.fromkeys(("NZD", "NZ$"), "NZD"),
    **dict.fromkeys(("HKD", "HK$"), "HKD"),
    **dict.fromkeys(("SGD", "S$"), "SGD"),
    **dict.fromkeys(("TWD", "NT$"), "TWD"),
    **dict.fromkeys(("MXN", "MX$"), "MXN"),
    **dict.fromkeys(("BRL", "R$"), "R$"),
    **dict.fromkeys(("PLN", "ZŁ", "ZL"), "PLN"),
    **dict.fromkeys(("CZK", "KČ"), "CZK"),
    **dict.fromkeys(("HUF", "FT"), "HUF"),
    **dict.fromkeys(("RON", "LEI"), "RON"),
    **dict.fromkeys(("BGN", "ЛВ", "ЛВ."), "BGN"),
    **dict.fromkeys(("RUB", "РУБ", "РУБ.", "₽"), "₽"),
    **dict.fromkeys(("UAH", "ГРН", "₴"), "₴"),
    **dict.fromkeys(("TRY", "TL", "₺"), "₺"),
    **dict.fromkeys(("KRW", "₩"), "₩"),
    **dict.fromkeys(("ILS", "NIS", "₪"), "₪"),
    **dict.fromkeys(("THB", "฿"), "฿"),
    **dict.fromkeys(("IDR", "RP"), "IDR"),
    **dict.fromkeys(("MYR", "RM"), "MYR"),
    **dict.fromkeys(("PHP", "₱"), "PHP"),
    **dict.fromkeys(("VND", "₫"), "VND"),
    **dict.fromkeys(("NGN", "₦"), "NGN"),
    **dict.fromkeys(("KR", "KR."), "kr"),
    **{code: code for code in ("SEK", "NOK", "DKK", "ISK", "ZAR", "AED", "SAR", "QAR", "KWD", "BHD", "OMR", "JOD")},
    **{code: code for code in ("EGP", "MAD", "TND", "KES", "GHS", "PKR", "BDT", "LKR", "NPR", "KZT", "GEL", "RSD")},
    **{code: code for code in ("ARS", "CLP", "COP", "PEN", "UYU", "HRK", "MKD", "BAM", "MDL", "BTC")},
}
"""Currency as written (upper case) → unit as the reader sees it."""

SHORT_MARK = 2
CLOSE_MARKS = frozenset({"RS", "KR"})
"""Currencies of two letters that are written close to the number."""
RUPEES = frozenset({"₹", "PKR", "NPR", "BDT", "LKR"})
"""Counted in lakh and crore."""
WORDS_TOO = frozenset({"PEN", "TRY", "COP", "MAD"})
CURRENCIES = frozenset(CURRENCY_CODES.values())
CURRENCY_SIGNS = "".join(sorted(wording.CURRENCY_SIGNS))
"""Those that stand before the number in print."""

BOOKED = "Cr/Dr"
"""Unit of a column in which `Dr` or `S` marks what is owed: a negative number."""
SCALED = "k/M"
"""Unit of a column in which `k` and `M` are thousands and millions."""
LAKHS = "L/Cr"
"""Unit of a column in which `L` and `Cr` are lakh and crore, without a currency."""
CR = " Cr"
"""Behind rupees as a unit: of a text credit or crore, of a column crore; in one of bare rupees it is credit."""
PER_CENT = "%"
MOST_TAILS = 2
"""Words behind a number that may be currency, thousands, debit; with more it is a text."""
HEX = "0x"
"""Begins a number of another base, a name of something; alone it is `0x` beside `12x`."""

_WORD = rf"[^\W\d_][^\s\d()]{{0,15}}|[°‰%*†‡{CURRENCY_SIGNS}₱₫₦][^\s\d()]{{0,3}}"
TAIL = re.compile(rf"\s?\s?(?:(?P<word>{_WORD})|(?P<said>\([^()\d]{{1,20}}\)))$")
_BARE = re.compile(
    r"^[+\-(]?\s?(?:[0-9][0-9.,'_ ]*|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,3})?(?:[)\-]|(?<=[.,])\s?-{2}|(?<=[.,] )-|:-)?$"
)
_THOUSANDS_OF = re.compile(
    r"^(?:(?P<power>[TkKMm]|Tsd\.?|Mio\.?|Mrd\.?|mn|bn)(?P<money>[€$£₹]|EUR|USD|GBP|CHF)|(?P<before>[€$£₹])(?P<behind>[kKmM]|mn|bn))$"
)
_POWERED = re.compile(r"e[0-9]+\)?$")
_NOT_OF_BOOKS = re.compile(r"\.(?:[0-9]|[0-9]{3,})\)?$")
"""Decimals that no amount of rupees and paise has."""


def _head(mark: str) -> str:
    """Two letters stand apart (`RM 5`; `RM5` names an article), and a code that is a word too is in capitals."""
    if len(mark) == SHORT_MARK and mark.isalpha() and mark not in CLOSE_MARKS:
        return rf"{mark}\s"
    return rf"{f'(?-i:{mark})' if mark in WORDS_TOO else re.escape(mark)}\s?"


_HEADS = sorted([*CURRENCY_CODES, PER_CENT], key=len, reverse=True)
HEAD = re.compile(f"^(?i:{'|'.join(map(_head, _HEADS))})")


def unit_of(text: str) -> str:
    """The currency, `%`, word or bracketed remark that stands around the number of a text, or empty."""
    found = split_unit(text)
    return found[1] if found else ""


@lru_cache(maxsize=65_536)
def split_unit(text: str) -> tuple[str, str] | None:
    """(number, unit) of a text, None where no single number is left; sign and bracket stay with the number."""
    if len(text) > LONGEST_VALUE:
        return None
    rest = plain_marks(plain_spelling(plain_marks(text)))
    if is_dash_for_nought(rest):
        return "0", currency_of(mark_beside_dash(rest))
    sign, opens = "", ""
    if rest.startswith("(") and rest.endswith(")"):
        rest, opens = rest[1:-1].strip(), "("
    if rest[:1] in ("+", "-"):
        sign, rest = rest[0], rest[1:].lstrip()
    if rest[:2].lower() == HEX and len(rest) > len(HEX):
        return None
    if currency_of(mark_before_minus(rest)) in CURRENCIES:
        sign, rest = f"{sign}-", rest[:-1].rstrip()
    rest, marks = _take_marks(without_joint(rest))
    found = _unit_and_power(marks)
    if found is None or not _BARE.match(rest) or (found[1] and not rest[-1].isdigit()):
        return None
    unit, power, is_owed = found
    number = f"{sign or '-' * is_owed}{rest}{f'e{power}' * (power > 0)}"
    return (f"({number})" if opens else number), unit


def is_dash_for_nought(text: str) -> bool:
    """Whether a text is a dash beside a currency, which stands for 0."""
    return len(text) <= LONGEST_VALUE and currency_of(mark_beside_dash(plain_marks(text))) in CURRENCIES


def _take_marks(text: str) -> tuple[str, list[str]]:
    """(what is left, the currency before it and words behind it) of a text without sign and brackets."""
    head = HEAD.match(text)
    marks = [currency_of(head.group().strip())] if head else []
    rest = text[head.end() :].lstrip() if head else text
    if rest[:1].isalpha():  # a word or an id, whatever stands behind
        return rest, marks
    rest, behind = _take_tails(rest)
    return rest, [*marks, *behind]


def currency_of(mark: str) -> str:
    return CURRENCY_CODES.get(mark.upper(), mark)


def _take_tails(text: str) -> tuple[str, list[str]]:
    """(what stands before, words behind it): `12,50 EUR S` has two."""
    words: list[str] = []
    while len(words) <= MOST_TAILS and (found := TAIL.search(text[-22:])):
        words.insert(0, (found["word"] or found["said"]).strip())
        text = text[: len(text) - len(found.group())].rstrip()
    if power_of(" ".join(words)):
        words = [" ".join(words)]
    return text, [part for word in words for part in _parted(word)]


def _parted(word: str) -> list[str]:
    """A word as its parts: `k€` and `TEUR` are thousands of a currency."""
    found = None if word.upper() in CURRENCY_CODES else _THOUSANDS_OF.match(word)
    if not found:
        return [currency_of(word)]
    power, money = found["power"] or found["behind"], found["money"] or found["before"]
    return ["k" if power == "T" else power, currency_of(money)]


def _unit_and_power(marks: list[str]) -> tuple[str, int, bool] | None:
    """(unit, power of ten, whether it is owed) of what stands around a number; None where that is not one amount.

    Beside a currency, `k` and `Mio.` are thousands and millions, and `Dr` is a debit. One mark alone is the unit: the
    column tells what it is.
    """
    money = [mark for mark in marks if mark in CURRENCIES or mark == PER_CENT]
    others = [mark for mark in marks if mark not in money]
    if not money:
        return (marks[0] if marks else "", 0, False) if len(marks) < 2 else None
    if len(set(money)) > 1:
        return None
    power_in = lakhs_of if money[0] in RUPEES else power_of
    booked = [mark for mark in others if is_booking(mark)]
    powers = [power_in(mark) for mark in others if mark not in booked]
    if len(powers) > 1 or len(booked) > 1 or not all(powers):
        return None
    if money[0] in RUPEES and any(map(is_cr, booked)):
        return None if powers else (money[0] + CR, 0, False)
    return money[0], sum(powers), any(map(is_debit, booked))


def is_cr(unit: str) -> bool:
    """Whether it is `Cr`, with or without rupees: credit or crore."""
    return unit.endswith(CR) or unit.casefold().rstrip(".") == CR.strip().casefold()


def money_of(unit: str) -> str:
    """The currency of a unit that may have `Cr` behind it; any other unit as it is."""
    return unit.removesuffix(CR)


def power_in(unit: str, mark: str) -> int:
    """The power of ten that a mark behind a number stands for in a column of that unit, 0 for none."""
    if unit == LAKHS or unit.endswith(CR):
        return lakhs_of(CR.strip() if mark.endswith(CR) else mark)
    if unit in RUPEES:
        return 0 if is_cr(mark) else lakhs_of(mark)
    return power_of(mark) if unit == SCALED or unit in CURRENCIES else 0


def stem_of(unit: str) -> str:
    """The unit without case, full stop and a plural's ending: `Days` and `day` are one; rupees with and without Cr."""
    unit = money_of(unit)
    return unit if unit in CURRENCIES else without_ending(unit.casefold().rstrip("."))


def is_measured_in(unit: str) -> bool:
    """Whether a reader should see the unit: a remark (`(est.)`, `*`), Cr or Dr, and thousands are none."""
    return bool(unit) and unit not in (BOOKED, SCALED, LAKHS) and unit[0] not in "(*†‡"


def same_unit(unit: str, other: str) -> bool:
    return unit == other or stem_of(unit) == stem_of(other)


def count_units(texts: Iterable[tuple[str, int]]) -> Counter[str]:
    """Unit → cells of texts and counts, the most frequent way of writing each; texts without one left out."""
    written: dict[str, Counter[str]] = {}
    for text, n in texts:
        if unit := unit_of(text):
            written.setdefault(stem_of(unit), Counter())[money_of(unit)] += n
    return Counter({ways.most_common(1)[0][0]: ways.total() for ways in written.values()})


def common_unit(texts: Iterable[tuple[str, int]], least: float = 0, n_bare: int = 0) -> str:
    """The unit of most cells that have one, or empty; BOOKED for debit and credit, SCALED where `k` is a thousand.

    LAKHS where `Cr` is crore; rupees with CR behind where it may be, as no debit says that it is credit.
    A word or remark in `least` cells or fewer is no unit. `n_bare`: cells without anything beside the number.
    """
    texts = list(texts)
    marked = [found for text, _ in texts if (found := split_unit(text)) and found[1]]
    if are_bookings(marked):
        return BOOKED
    units = count_units(texts)
    n_bare += sum(n for text, n in texts if (found := split_unit(text)) and not found[1])
    for scale, are_powers, power in (
        (LAKHS, are_lakhs(marked), lakhs_of),
        (SCALED, are_magnitudes(marked, n_bare), power_of),
    ):
        if are_powers and not any(n > least and not power(unit) for unit, n in units.items()):
            return scale
    units = Counter({unit: n for unit, n in units.items() if n > least or unit == PER_CENT or unit in CURRENCIES})
    has_money = any(unit in CURRENCIES for unit in units)
    order = sorted(units, key=lambda unit: (has_money and lakhs_of(unit) > 0, -units[unit], unit))
    best = order[0] if order else ""
    return best + CR if best in RUPEES and meaning_of_cr(texts, least) in (CRORE, UNCLEAR) else best


CREDIT, CRORE, UNCLEAR = "credit", "crore", "credit or crore"


def meaning_of_cr(texts: Iterable[tuple[str, int]], least: float = 0) -> str:
    """CREDIT, CRORE or UNCLEAR; empty without `Cr` behind a number.

    A debit in the column proves credit; lakh beside it, or numbers without the two decimals of books (`1.5 Cr`), in
    more than `least` cells, prove crore.
    """
    split = [(text, n, found) for text, n in texts if (found := split_unit(text))]
    if not any(is_cr(unit) for _, _, (_, unit) in split):
        return ""
    if any(is_owed(text, number, unit) for text, _, (number, unit) in split):
        return CREDIT
    n_crores = sum(n for _, n, found in split if _is_of_lakhs(*found))
    return CRORE if n_crores > least else UNCLEAR


def is_owed(text: str, number: str, unit: str) -> bool:
    """Whether a mark of the text, and no minus sign, says that the amount is a debit."""
    return is_debit(unit) or ("-" in number and "-" not in plain_marks(text))


def _is_of_lakhs(number: str, unit: str) -> bool:
    is_scaled = bool(_POWERED.search(number)) if money_of(unit) in RUPEES else lakhs_of(unit) and not is_cr(unit)
    return is_scaled or (is_cr(unit) and bool(_NOT_OF_BOOKS.search(number)))
