"""How the numbers of a column are written: the marks to take off, and what the log says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reportgen import language
from reportgen.engine.text_spellings import power_of
from reportgen.engine.text_units import (
    BOOKED,
    CURRENCIES,
    HEAD,
    LAKHS,
    SCALED,
    TAIL,
    currency_of,
    is_dash_for_nought,
    is_owed,
    same_unit,
    split_unit,
)

BOOKED_SAID = language.msgid("debit is negative, credit positive")
SCALED_SAID = language.msgid("letters behind are thousands and millions: 1.2k is 1,200")
LAKHS_SAID = language.msgid("L and Cr are lakh and crore: 1.2 Cr is 12,000,000")
DASH_SAID = language.msgid("a dash beside the currency is 0, as spreadsheets show it")
LAYERS = {BOOKED: BOOKED_SAID, SCALED: SCALED_SAID, LAKHS: LAKHS_SAID}
"""Unit of a column that is none to take off → what its marks were read as."""
FEW_MARKS = 3
"""Ways of writing one unit that are read all at once; rarer ones are read text by text."""


def layers_of(texts: Iterable[str], unit: str) -> tuple[str, ...]:
    """What marks beside the amounts of a currency were read as, for the log."""
    found = [(text, split) for text in texts if unit in CURRENCIES and (split := split_unit(text))]
    is_scaled = any(power_of(split[1]) or ("e" in split[0] and split[0][-2:] not in text) for text, split in found)
    any_owed = any(is_owed(text, *split) for text, split in found)
    has_dash = any(is_dash_for_nought(text) for text, _ in found)
    said = ((is_scaled, SCALED_SAID), (any_owed, BOOKED_SAID), (has_dash, DASH_SAID))
    return tuple(language.text(sentence) for is_so, sentence in said if is_so)


def written_marks(texts: Iterable[tuple[str, int]], unit: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands before and behind the numbers of that unit, as it is written, the most frequent first; a few each."""
    heads, tails = Counter[str](), Counter[str]()
    for text, n in texts:
        found = split_unit(text)
        if not unit or unit in LAYERS or found is None or not same_unit(found[1], unit):
            continue
        bare = text.strip().strip("()").lstrip("+-−").strip()
        head = HEAD.match(bare)
        if head:
            heads[head.group().strip()] += n
        elif tail := TAIL.search(bare):
            mark = tail.group().strip()
            tails[mark] += n * same_unit(currency_of(mark), unit)
    return _most_common(heads), _most_common(tails)


def _most_common(marks: Counter[str]) -> tuple[str, ...]:
    return tuple(mark for mark, n in marks.most_common(FEW_MARKS) if n)
