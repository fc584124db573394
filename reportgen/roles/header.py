"""Takes a header apart: label for the reader, unit, declared scale, and words to look up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from reportgen import wording
from reportgen.engine.text_units import CURRENCY_CODES, CURRENCY_SIGNS
from reportgen.roles.vocabulary import Vocabulary
from reportgen.wording import fold

MIXED_ACRONYM = 4
"""A word of up to four capitals among words in small letters is an acronym: `CLV per order`."""
SHORT_WORD = 3
"""Digits behind at least three letters are a word of their own (`Cmp3`); `Q1` and `B2B` are not split."""

SHORT_UNITS = ("mm", "cm", "km", "kg")
"""Of two letters, and units in small letters: `CM` may be a margin."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""`Revenue (2020-2024)` is of those years, and no scale."""
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
_NUMBER = r"(-?[0-9]+(?:[.,][0-9]+)?)"
_SCALE = re.compile(rf"^\s*{_NUMBER}\s*(?:-|–|—|to|bis|à|a|\.\.|…)\s*{_NUMBER}\s*$")
_DOTTED_SCALE = re.compile(r"\.\.([0-9]{1,6})\.([0-9]{1,6})\.?$")
"""`Spending.Score..1.100.`: brackets and hyphen as programs write them that allow only dots in a header."""
_SEPARATORS = re.compile(r"[_\s]+|\.(?![0-9])|(?<![0-9])\.")
_NOT_WORD = re.compile(r"[^\w%#]+|_")
_PER_CENT_SIGN = re.compile(r"(?<=\w)%\s*$")
"""Behind the last word: `GrossMargin%`."""
_NUMBER_SIGN = re.compile(r"(?<=[^\W\d_])#|#(?=[^\W\d_])")
"""Beside letters a word of its own: `ID#`, `#Orders`."""
_TYPE_BEHIND = re.compile(r"(?<=\w)\.(?:integer|double|string|boolean|timestamp)Value$")
"""`fields.orders.integerValue`."""
_THOUSANDS = ("k", "t", "tsd ", "thousand ")


@dataclass(frozen=True, slots=True)
class Header:
    """A header taken apart."""

    name: str
    """As in the source."""
    label: str
    unit: str
    scale: tuple[float, float] | None
    words: tuple[str, ...]
    """Lower case, without accents, in order; brackets left out."""


def parse_header(name: str, vocabulary: Vocabulary) -> Header:
    """The header taken apart: `Annual Income (k$)` → `Annual income`, unit `k$`."""
    bare = without_type(name)
    unit, scale, rest = "", None, _PER_CENT_SIGN.sub(" %", _DOTTED_SCALE.sub(r" (\1-\2)", bare))
    for found in _BRACKETS.findall(rest):
        found_scale, found_unit = read_scale(found), read_unit(found, vocabulary)
        if found_scale or found_unit:
            rest = _BRACKETS.sub(lambda match, text=found: " " if match[1] == text else match[0], rest)  # type: ignore[misc]
        scale, unit = scale or found_scale, unit or found_unit
    tokens = [token for part in _SEPARATORS.split(rest) for token in split_camel_case(part, vocabulary) if token]
    if not unit:
        tokens, unit = _unit_behind(tokens, vocabulary)
    words = tuple(fold(word) for token in tokens for word in _NOT_WORD.split(_NUMBER_SIGN.sub(" # ", token)) if word)
    return Header(name, _label(tokens, vocabulary) or wording.scrub(name), unit, scale, words)


def without_type(name: str) -> str:
    """The header without the type that a database writes behind a key."""
    return _TYPE_BEHIND.sub("", name.strip())


def read_scale(text: str) -> tuple[float, float] | None:
    """The range a text declares, `1-100` → (1, 100), or None."""
    found = _SCALE.match(text)
    if not found:
        return None
    low, high = (float(number.replace(",", ".")) for number in found.groups())
    return (low, high) if low < high and not (low >= FIRST_YEAR and high <= LAST_YEAR) else None


def read_unit(text: str, vocabulary: Vocabulary) -> str:
    """The unit a text names, as the reader sees it (`EUR` → `€`, `TEUR` → `k€`), or empty."""
    bare = text.strip().removeprefix("in ").strip()
    currency = _currency(bare)
    if currency:
        return currency
    for prefix in _THOUSANDS:
        if bare.lower().startswith(prefix) and _currency(bare[len(prefix) :].strip()):
            return "k" + _currency(bare[len(prefix) :].strip())
    if bare[-1:].lower() == "k" and _currency(bare[:-1].strip()):
        return "k" + _currency(bare[:-1].strip())
    return vocabulary.units.get(fold(bare), "")


def _currency(text: str) -> str:
    if len(text) == 1 and text in CURRENCY_SIGNS:
        return text
    return CURRENCY_CODES.get(text.upper(), "")


def split_camel_case(token: str, vocabulary: Vocabulary) -> list[str]:
    """`NumWebPurchases` → Num, Web, Purchases; `CustomerID` → Customer, ID; `Cmp3` → Cmp, 3."""
    if token.lower().removesuffix("s") in vocabulary.label.acronyms or token.lower() in vocabulary.label.acronyms:
        return [token]
    cuts = [i for i in range(1, len(token)) if _starts_word(token, i)]
    parts = [token[start:end] for start, end in zip([0, *cuts], [*cuts, len(token)], strict=True)]
    if len(parts) == 1 and (apart := _run_together(token, vocabulary)):
        return apart
    if parts and parts[-1][-1:].isdigit():
        letters = parts[-1].rstrip("0123456789")
        if len(letters) >= SHORT_WORD and letters.isalpha():
            parts[-1:] = [letters, parts[-1][len(letters) :]]
    return parts


def _run_together(token: str, vocabulary: Vocabulary) -> list[str]:
    """`TOTALCHARGES` → TOTAL, CHARGES, where both are known to stand so; else nothing."""
    low, (firsts, seconds) = token.lower(), vocabulary.label.run_together
    if low in vocabulary.label.small_letters:
        return []
    cut = next((i for i in range(2, len(low) - 1) if low[:i] in firsts and low[i:] in seconds), 0)
    return [token[:cut], token[cut:]] if cut else []


def _starts_word(token: str, i: int) -> bool:
    before, here, after = token[i - 1], token[i], token[i + 1 : i + 2]
    return here.isupper() and (before.islower() or (before.isupper() and after.islower()))


def _unit_behind(tokens: list[str], vocabulary: Vocabulary) -> tuple[list[str], str]:
    """The unit at a header's end: `Umsatz in EUR`, `tenure_months`; a header of units alone keeps its words."""
    if len(tokens) < 2:
        return tokens, ""
    unit = read_unit(tokens[-1], vocabulary)
    if len(tokens) > 2 and tokens[-2].lower() == "in" and unit:
        return tokens[:-2], unit
    is_period = tokens[-2].isdigit()  # `CA TTC 12 mois` is the money of that time
    is_counted = is_period or any(
        tuple(token.lower() for token in tokens[: len(c)]) == c for c in vocabulary.label.counters
    )
    is_sure = len(tokens[-1]) > 2 or tokens[-1] in CURRENCY_SIGNS + "%" or tokens[-1] in SHORT_UNITS
    if unit and not is_counted and is_sure:
        return tokens[:-1], unit
    return tokens, ""


def _label(tokens: Sequence[str], vocabulary: Vocabulary) -> str:
    """The tokens as a reader would write them."""
    words = vocabulary.label
    tokens = _without_counter(list(tokens), vocabulary)
    if len(tokens) > 1 and tokens[0].lower() in words.moved_behind:
        tokens = [*tokens[1:], tokens[0]]
    letters = [token for token in tokens if token[:1].isalpha()]
    shouted = all(token.isupper() for token in letters)
    natural = len(letters) > 1 and any(token[:1].islower() for token in letters) and not letters[0].islower()
    keeps = natural or any(_has_capital_nouns(fold(token), vocabulary) for token in letters)
    text = " ".join(_write(token, shouted, keeps, vocabulary) for token in tokens)
    text = words.phrases.get(text.lower(), text)
    return wording.sentence_case(wording.scrub(text))


def _has_capital_nouns(word: str, vocabulary: Vocabulary) -> bool:
    words, starts, endings = _sides(vocabulary.label.keep_case)
    is_kept = word in words or word.startswith(starts) or word.endswith(endings)
    return is_kept and word not in vocabulary.label.small_letters


@cache
def _sides(patterns: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Whole words, starts and endings: what `fits` would ask one by one, for each word of ten thousand headers."""
    starts = tuple(pattern[:-1] for pattern in patterns if pattern.endswith("*") and not pattern.startswith("*"))
    endings = tuple(pattern[1:] for pattern in patterns if pattern.startswith("*"))
    return frozenset(pattern for pattern in patterns if "*" not in pattern), starts, endings


def _without_counter(tokens: list[str], vocabulary: Vocabulary) -> list[str]:
    if any(tuple(token.lower() for token in tokens[: len(whole)]) == whole for whole in vocabulary.label.whole):
        return tokens
    for counter in vocabulary.label.counters:
        head, rest = tokens[: len(counter)], tokens[len(counter) :]
        if rest and tuple(token.lower() for token in head) == counter and any(token.endswith("s") for token in rest):
            return rest
    return tokens


def _write(token: str, shouted: bool, keeps: bool, vocabulary: Vocabulary) -> str:
    words, low = vocabulary.label, token.lower()
    if low in words.acronyms:
        return words.acronyms[low]
    if low in words.written_out:
        return words.written_out[low]
    if len(token) == 1 and token.isupper():
        return token
    if shouted:
        return token.capitalize() if keeps else low
    is_acronym = token.isupper() and len(token) <= MIXED_ACRONYM
    return token if keeps or is_acronym else low
