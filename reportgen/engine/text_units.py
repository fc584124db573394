"""What stands beside a number: a currency, per cent, a word, debit and credit; one unit for a whole column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from reportgen import wording
from reportgen.engine.text_marks import LONGEST_VALUE, plain_marks

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
WORDS_TOO = frozenset({"PEN", "TRY", "COP", "MAD"})
CURRENCIES = frozenset(CURRENCY_CODES.values())
CURRENCY_SIGNS = "".join(sorted(wording.CURRENCY_SIGNS))
"""Those that stand before the number in print."""

BOOKED = "Cr/Dr"
"""Unit of a column in which `Dr` marks what is owed: a negative number."""
PER_CENT = "%"
HEX = "0x"
"""Begins a number of another base: a name of something."""
FEW_MARKS = 3
"""Ways of writing one unit that are read all at once; rarer ones are read text by text."""
CLOSE_WORD = 4
"""Letters from which a word may have a plural's ending: `day`, `days`; `m` and `min` are two units."""

_WORD = rf"[^\W\d_][^\s\d()]{{0,15}}|[°‰%*†‡{CURRENCY_SIGNS}₱₫₦][^\s\d()]{{0,3}}"
_TAIL = re.compile(rf"\s?\s?(?:(?P<word>{_WORD})|(?P<said>\([^()\d]{{1,20}}\)))$")
_BARE = re.compile(r"^[+\-(]?\s?(?:[0-9][0-9.,' ]*|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,3})?[)\-]?$")
_ENDINGS = re.compile(r"(?:es|en|s|n|e)$")


def _head(mark: str) -> str:
    """Two letters stand apart (`RM 5`; `RM5` names an article), and a code that is a word too is in capitals."""
    if len(mark) == SHORT_MARK and mark.isalpha() and mark not in CLOSE_MARKS:
        return rf"{mark}\s"
    return rf"{f'(?-i:{mark})' if mark in WORDS_TOO else re.escape(mark)}\s?"


_HEADS = sorted([*CURRENCY_CODES, PER_CENT], key=len, reverse=True)
_HEAD = re.compile(f"^(?i:{'|'.join(map(_head, _HEADS))})")


def unit_of(text: str) -> str:
    """The currency, `%`, word or bracketed remark that stands around the number of a text, or empty."""
    found = split_unit(text)
    return found[1] if found else ""


@lru_cache(maxsize=65_536)
def split_unit(text: str) -> tuple[str, str] | None:
    """(number, unit) of a text, None where no single number is left; sign and bracket stay with the number."""
    if len(text) > LONGEST_VALUE:
        return None
    rest = plain_marks(text)
    sign, opens = "", ""
    if rest.startswith("(") and rest.endswith(")"):
        rest, opens = rest[1:-1].strip(), "("
    if rest[:1] in ("+", "-"):
        sign, rest = rest[0], rest[1:].lstrip()
    if rest[:2].lower() == HEX:
        return None
    head = _HEAD.match(rest)
    unit = head.group().strip() if head else ""
    rest = rest[head.end() :].lstrip() if head else rest
    rest, behind = _take_tail(rest, is_behind=bool(head))
    if not _BARE.match(rest):
        return None
    unit = unit or behind
    number = f"({sign}{rest})" if opens else f"{sign}{rest}"
    return number, CURRENCY_CODES.get(unit.upper(), unit)


def _take_tail(text: str, *, is_behind: bool) -> tuple[str, str]:
    """(what stands before, unit); behind a currency only a currency may follow, as in `US$ 12 USD`."""
    found = _TAIL.search(text[-22:]) if len(text) > 22 else _TAIL.search(text)
    if not found:
        return text, ""
    word = (found["word"] or found["said"]).strip()
    if is_behind and word.upper() not in CURRENCY_CODES:
        return text, ""
    return text[: len(text) - len(found.group())].rstrip(), word


def stem_of(unit: str) -> str:
    """The unit without case, full stop and a plural's ending: `Days` and `day` are one."""
    if unit in CURRENCIES:
        return unit
    word = unit.casefold().rstrip(".")
    return _ENDINGS.sub("", word) if len(word) >= CLOSE_WORD else word


def is_measured_in(unit: str) -> bool:
    """Whether a reader should see the unit: a remark (`(est.)`, `*`) and Cr or Dr are none."""
    return bool(unit) and unit != BOOKED and unit[0] not in "(*†‡"


def same_unit(unit: str, other: str) -> bool:
    return unit == other or stem_of(unit) == stem_of(other)


def count_units(texts: Iterable[tuple[str, int]]) -> Counter[str]:
    """Unit → cells of texts and counts, the most frequent way of writing each; texts without one left out."""
    written: dict[str, Counter[str]] = {}
    for text, n in texts:
        if unit := unit_of(text):
            written.setdefault(stem_of(unit), Counter())[unit] += n
    return Counter({ways.most_common(1)[0][0]: ways.total() for ways in written.values()})


def common_unit(texts: Iterable[tuple[str, int]], least: float = 0) -> str:
    """The unit of most cells that have one, BOOKED where some are marked as debit, or empty.

    A word or remark in `least` cells or fewer is no unit: `5k` among bare numbers is not 5.
    """
    units = count_units(texts)
    if any(stem_of(unit) == "dr" for unit in units):
        return BOOKED
    units = Counter({unit: n for unit, n in units.items() if n > least or unit == PER_CENT or unit in CURRENCIES})
    best = sorted(units.items(), key=lambda entry: (-entry[1], entry[0]))
    return best[0][0] if best else ""


def written_marks(texts: Iterable[tuple[str, int]], unit: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands before and behind the numbers of that unit, as it is written, the most frequent first; a few each."""
    heads, tails = Counter[str](), Counter[str]()
    for text, n in texts:
        found = split_unit(text)
        if not unit or unit == BOOKED or found is None or not same_unit(found[1], unit):
            continue
        bare = text.strip().strip("()").lstrip("+-−").strip()
        head = _HEAD.match(bare)
        if head:
            heads[head.group().strip()] += n
        elif tail := _TAIL.search(bare):
            tails[tail.group().strip()] += n
    return tuple(m for m, _ in heads.most_common(FEW_MARKS)), tuple(m for m, _ in tails.most_common(FEW_MARKS))
