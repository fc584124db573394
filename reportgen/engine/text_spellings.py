"""Ways of writing a number that say more than its digits: about, thousands and millions, debit and credit, entities."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from reportgen import language

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
ENTITY_ROUNDS = 2
"""Shops escape what was escaped before: `&amp;euro;`."""
_ABOUT = re.compile(
    r"^(?:[~≈≃∼]|(?:[Cc]a?|[Aa]pprox|[Ee]nv|[Aa]prox)\.|(?:ca|circa|approximately|about|rund|etwa|environ)\s)\s?"
)
"""`CA 90210` and `C 5` are places."""
_EVEN = re.compile(r"(?<=[0-9a-z])\s?/[-=]$")
"""Indian and African price lists: `Rs 500/-` has no parts of a rupee."""
_FOOTNOTE = re.compile(r"(?<=[0-9])\s?(?:\*{2,3}\)?|\*\)|¹\)?)$")
"""`191,04*)`, `86¹`: the mark of a note; one star alone is told with the units."""
_APOSTROPHE = re.compile(r"^['’](?=[-+(]?[0-9])")
"""With it a spreadsheet keeps a number as text."""
_HAS_UNDERSCORE = re.compile(r"[0-9]_[0-9]{3}")

MAGNITUDES: dict[str, int] = {
    **dict.fromkeys(("k", "tsd", "thousand", "mille", "mil", "tys", "тыс", "千元", "千円"), 3),
    **dict.fromkeys(("万", "萬", "만", "万元", "萬元", "万円"), 4),
    **dict.fromkeys(("m", "mio", "mn", "mln", "mm", "mill", "million", "millions", "millionen", "millones", "млн"), 6),
    **dict.fromkeys(("亿", "億", "억", "亿元", "億元", "億円"), 8),
    **dict.fromkeys(("b", "bn", "mrd", "bln", "mld", "billion", "billions", "milliarden", "млрд"), 9),
    **dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), 5),
    **dict.fromkeys(("crore", "crores"), 7),
    **dict.fromkeys(("lakh crore", "lakh crores", "lakh cr"), 12),
}
"""In small letters, without a full stop → the power of ten."""
CLEAR = frozenset(MAGNITUDES) - {"k", "m", "b", "mm", "mil", "mille", "mill"}
"""Those that are nothing else; `m` is metres and months too, `k` carats and `mm` millimetres."""
FEW_WRITINGS = 12
"""Distinct texts like `12k` up to which the letter may belong to a name: 14k, 18k and 24k are kinds of gold."""

_LAKHS = {"l": 5, "cr": 7, "crs": 7}
"""Short for lakh and crore, in small letters, where rupees or the other cells of the column say that they are."""
_CRORE_WORDS = frozenset(mark for mark, power in MAGNITUDES.items() if power in (5, 7, 12))

DEBIT = frozenset({"dr", "db", "debit", "soll", "debe", "s", "d", "af"})
CREDIT = frozenset({"cr", "credit", "haben", "haber", "h", "c", "bij"})
"""Marks of bookkeeping, in small letters; one letter counts in capitals alone: `12 h` are hours."""
PAIRS = (("S", "H"), ("D", "C"), ("D", "H"))
"""Debit and credit by one letter: German, French and Dutch, Spanish."""
_CENTS = re.compile(r"[.,][0-9]{2}$")
CENTS_SHARE = 0.5
"""Share of amounts with two decimals from which S and H are debit and credit, and no seconds and hours."""

CLOSE_WORD = 4
"""Letters from which a word may have a plural's ending: `day`, `days`; `m` and `min` are two units."""
_ENDING = re.compile(r"(?:es|en|s|n|e)$")
_SECOND_ENDING = re.compile(r"(?<=[^n])n$")
"""What the first leaves of a word that ends in n: `Sterne` has one ending more than `Stern`."""


def without_ending(word: str) -> str:
    """A word in small letters without a plural's ending, the same for one and for many: `yr` of `yrs`."""
    if len(word) < CLOSE_WORD:
        return word[:-1] if len(word) == CLOSE_WORD - 1 and word.endswith("s") else word
    word = _ENDING.sub("", word)
    return _SECOND_ENDING.sub("", word) if len(word) >= CLOSE_WORD else word


def plain_spelling(text: str) -> str:
    """The text with HTML entities as characters, grave accents as apostrophes, without "about", "even" and notes."""
    for _ in range(ENTITY_ROUNDS):
        text = html.unescape(text) if "&" in text and _ENTITY.search(text) else text
    text = _APOSTROPHE.sub("", _FOOTNOTE.sub("", text))
    return _EVEN.sub("", _ABOUT.sub("", text, count=1)).replace("`", "'")


def power_of(mark: str) -> int:
    """The power of ten that a mark behind a number stands for, 0 for none: `k`, `Mio.`, `T€` is no mark of these."""
    return MAGNITUDES.get(mark.casefold().rstrip("."), 0)


def lakhs_of(mark: str) -> int:
    """The same where amounts are in lakh and crore: `L` and `Cr` too; in small letters `l` is litres."""
    bare = mark.rstrip(".")
    return power_of(mark) or (0 if bare == "l" else _LAKHS.get(bare.casefold(), 0))


def are_lakhs(numbers: Iterable[tuple[str, str]]) -> bool:
    """Whether `L` and `Cr` behind numbers are lakh and crore: both stand there, or the word does beside one of them."""
    marks = {mark.casefold().rstrip(".") for _, mark in numbers if lakhs_of(mark)}
    short = marks & _LAKHS.keys()
    return bool(short) and bool(("l" in short and short - {"l"}) or marks & _CRORE_WORDS)


def are_magnitudes(numbers: Iterable[tuple[str, str]], n_bare: int) -> bool:
    """Whether marks like `k` behind numbers are powers of ten, of (number, mark) for each distinct text with a mark.

    They are where one is nothing else, two kinds or bare numbers stand in one column, a number has decimals, or there
    are many; months (`12M`) alone are none.
    """
    found = [(number, mark.casefold().rstrip(".")) for number, mark in numbers if power_of(mark)]
    kinds = {mark for _, mark in found}
    if kinds & CLEAR:
        return True
    has_decimals = any("." in number or "," in number for number, _ in found)
    if "k" not in kinds:
        return has_decimals and bool(kinds & {"m", "b"}) and all(mark.isupper() for _, mark in numbers)
    return len(kinds) > 1 or n_bare > 0 or has_decimals or len(found) > FEW_WRITINGS


def is_debit(mark: str) -> bool:
    return mark.casefold().rstrip(".") in DEBIT


def is_booking(mark: str) -> bool:
    """Whether a mark behind a number says debit or credit; one letter does in capitals alone."""
    bare = mark.rstrip(".")
    return bare.casefold() in DEBIT | CREDIT and (len(bare) > 1 or bare.isupper())


def are_bookings(numbers: Iterable[tuple[str, str]]) -> bool:
    """Whether marks behind numbers are debit and credit: `Dr` is, of one letter a pair over amounts with cents."""
    found = [(number, mark.rstrip(".")) for number, mark in numbers if is_booking(mark)]
    marks = {mark for _, mark in found}
    if any(len(mark) > 1 and is_debit(mark) for mark in marks):
        return True
    has_cents = sum(bool(_CENTS.search(number)) for number, _ in found) >= CENTS_SHARE * len(found)
    return bool(found) and has_cents and any(set(pair) == marks for pair in PAIRS)


def spellings_of(texts: Iterable[str]) -> tuple[str, ...]:
    """What a log should say of how some numbers were written, in one order."""
    texts = list(texts)
    bare = [html.unescape(text).strip().lstrip("+-−(") for text in texts]
    said = (
        (any(_ENTITY.search(text) for text in texts), language.text("HTML entities read as characters")),
        (any(_ABOUT.match(text) for text in bare), language.text("“about” taken off")),
        (any(_FOOTNOTE.search(text) for text in bare), language.text("marks of notes taken off")),
        (any(_APOSTROPHE.match(text) for text in bare), language.text("apostrophes before numbers taken off")),
        (any(_HAS_UNDERSCORE.search(text) for text in texts), language.text("_ parts thousands")),
    )
    return tuple(sentence for is_so, sentence in said if is_so)
