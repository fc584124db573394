"""Reads a number back as it is printed, and looks for numbers that nobody vouched for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from reportgen import wording
from reportgen.language import Signs, spoken

SLACK = 1e-9
"""Relative room for the binary value of a decimal that stands exactly between two printed ones."""

SHORTEST_CLIPPED = 8
"""Characters of a clipped name that still tell whose it is."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as a reader takes it."""

    value: float
    half_step: float
    """Half a unit of the last printed place."""
    bound: str
    """`<`, `>` or empty."""
    is_percent: bool


def read_printed(shown: str, unit: str) -> Printed | None:
    """The one number in `shown` (`−€1,204`, `86.5 k$`, `<1%`, `p < 0.001`, `five`); None if there is none, or more."""
    text = shown.strip()
    if unit and text.endswith(unit):
        text = text.removesuffix(unit)
    found = _whole_number(spoken().signs).fullmatch(text)
    if found is None:
        return read_word(text)
    digits, before = found["digits"], found["before"].rstrip()
    sign = -1.0 if before.rstrip("".join(wording.CURRENCY_SIGNS)).endswith((wording.MINUS, "-")) else 1.0
    decimals = len(digits.partition(spoken().signs.decimal)[2])
    return Printed(
        value=sign * wording.value_of(digits),
        half_step=0.5 * 10.0**-decimals,
        bound=next((mark for mark in "<>" if mark in before), ""),
        is_percent="%" in (*found["after"].strip()[:1], *before[-1:]),
    )


@cache
def _whole_number(signs: Signs) -> re.Pattern[str]:
    """A text with one number in it."""
    digits = wording.digits_pattern(signs)
    return re.compile(rf"(?P<before>[^\d{re.escape(signs.decimal)}]*)(?P<digits>{digits})(?P<after>[^\d]*)", re.ASCII)


def read_word(text: str) -> Printed | None:
    known = {form: n for n in range(len(wording.NUMBER_WORDS)) for form in wording.number_words(n)}
    words = [word for word in re.findall(r"[^\W\d_]+", text.lower()) if word in known]
    if len(words) != 1 or any(character.isdigit() for character in text):
        return None
    return Printed(float(known[words[0]]), 0.0, "", is_percent=False)


def agrees(shown: str, value: float, unit: str) -> bool:
    """Whether `shown` is `value` at the precision it is printed with."""
    printed = read_printed(shown, unit)
    if printed is None:
        return False
    seen = value * 100 if printed.is_percent and unit != "%" else value
    if printed.bound:
        return seen < printed.value if printed.bound == "<" else seen > printed.value
    return abs(seen - printed.value) <= printed.half_step * (1 + SLACK) + SLACK * abs(seen)


def stray_numbers(text: str, vouched: Iterable[str]) -> str:
    """What is left of `text` around digits that none of the vouched strings accounts for; empty if nothing is."""
    left = text
    for known in sorted({*vouched}, key=lambda known: (-len(known), known)):
        if any(character.isdigit() for character in known):
            left = remove(left, known)
    words = [word for word in left.split() if any(character.isdigit() for character in word)]
    return " ".join(words)


def remove(text: str, known: str) -> str:
    """The text without `known` where it stands as a whole, or clipped by `…`."""
    for form in (known, *clipped_forms(known, text)):
        text = whole(form).sub(" ", text)
    return text


def clipped_forms(known: str, text: str) -> Iterator[str]:
    if "…" in text:
        for length in range(len(known) - 1, SHORTEST_CLIPPED - 1, -1):
            if f"{known[:length]}…" in text:
                yield f"{known[:length]}…"


def stands_in(shown: str, text: str) -> bool:
    """Whether `shown` stands in the text as a whole, not as a part of a longer number or word."""
    return bool(shown) and whole(shown).search(text) is not None


def whole(known: str) -> re.Pattern[str]:
    before = rf"(?<![\w.,{wording.MINUS}])" if known[0].isalnum() else ""
    after = r"(?!\w|[.,]\d)" if known[-1].isalnum() else ""
    return re.compile(f"{before}{re.escape(known)}{after}")
