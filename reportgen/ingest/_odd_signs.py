"""Finds delimiters of several characters (`||`, `|~|`, `::`) and signs that seldom part fields (`#`, `§`, `¦`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from reportgen.ingest._control_signs import UNIT_SIGN
from reportgen.ingest._dialect import SURE_DELIMITERS
from reportgen.ingest._parse import iter_lines
from reportgen.wording import scrub

SEEN_LINES = 200
LEAST_LINES = 3
REGULAR = 0.9
"""Share of lines in which the sign stands equally often."""
APART = 0.6
"""Share of lines in which its characters stand nowhere else."""
USUAL = ",;\t|:^~"
"""Signs that part fields alone; where one of them does so, no seldom one is looked for."""
SELDOM = "#§¦*¬¤•·†¶"
"""Signs alone; others stand in dates, addresses of mail and numbers."""
SPACED = ",;|:^~#*"
"""Signs that may stand between two blanks, and quotes behind them: `a ; "b"`."""
UNSURE = ":^~#*"
"""Of these, signs for which the blanks would be taken."""
MAX_JOINED = 20
"""Lines over which quotes may run."""
_RUN = re.compile(r"\t{2,3}|[^\w\s\"'.,()\-+/=%€$£]{2,4}")
_QUOTE = '"'


def with_one_sign(text: str) -> tuple[str, str, str]:
    """(the text with one control character for a delimiter of these kinds, that delimiter, what to say of it).

    The text as it is and nothing else where a usual sign parts the fields, or none does.
    """
    lines = _records_of(islice(iter_lines(text), SEEN_LINES))
    sign = _long_sign(lines) or _spaced_sign(text, lines) or _seldom_sign(lines)
    if not sign or UNIT_SIGN in text or (sign not in lines[0] and _parts_usually(lines, _times(sign, lines))):
        return text, "", ""
    return _replaced(text, sign), sign, f"“{scrub(sign)}” parts the fields."


def _records_of(lines: Iterable[str]) -> list[str]:
    """The lines that hold something, joined where quotes run over their ends."""
    found: list[str] = []
    n_open = 0
    for line in lines:
        n_open = n_open + 1 if n_open or line.count(_QUOTE) % 2 else 0
        if n_open > 1 and n_open <= MAX_JOINED:
            found[-1] += line
            n_open = 0 if line.count(_QUOTE) % 2 else n_open
        elif line.strip():
            found.append(line)
    return [line.rstrip("\r\n") for line in found]


def _long_sign(lines: Sequence[str]) -> str:
    """Several characters that stand equally often in most lines, and nowhere else in them."""
    runs = Counter[str](run for line in lines for run in set(_RUN.findall(line)))
    for run, n in runs.most_common(3):
        if n < REGULAR * len(lines):
            break
        shortest = next(run[:size] for size in range(2, len(run) + 1) if len(run) % size == 0 or size == len(run))
        sign = shortest if shortest * (len(run) // len(shortest)) == run else run
        if _times(sign, lines) and all(_is_apart(mark, sign, lines) for mark in set(sign)):
            return sign
    return ""


def _spaced_sign(text: str, lines: Sequence[str]) -> str:
    """A sign between two blanks wherever it parts fields, if quotes stand behind it or the blanks would part them."""
    for mark in SPACED:
        sign = f" {mark} "
        parts = _times(sign, [line for line in lines if mark in line]) and _is_apart(mark, sign, lines)
        if parts and (mark in UNSURE or f"{sign}{_QUOTE}" in text):
            return sign
    return ""


def _seldom_sign(lines: Sequence[str]) -> str:
    """A seldom sign that stands equally often in most lines, and more often than each usual one does.

    It parts the first line too, unless no other sign may: prices and tags stand below names that have none.
    """
    if not lines:
        return ""
    usual = max((_times(mark, lines, APART) for mark in USUAL), default=0)
    is_named = any(mark in lines[0] for mark in SURE_DELIMITERS)
    return next((m for m in SELDOM if _times(m, lines) > usual and (m in lines[0] or not is_named)), "")


def _parts_usually(lines: Sequence[str], least: int) -> bool:
    """Whether a usual sign parts the first line as it does most others, `least` times or more."""
    counts = ((mark, _times(mark, lines, APART)) for mark in USUAL)
    return any(n >= least and n == lines[0].count(mark) for mark, n in counts if n)


def _times(sign: str, lines: Sequence[str], least: float = REGULAR) -> int:
    """How often the sign stands in most lines, if it does so equally often in them; else 0."""
    counts = Counter(_bare(line).count(sign) for line in lines)
    n_signs, n_lines = max(counts.items(), key=lambda entry: (entry[1], entry[0]), default=(0, 0))
    return n_signs if n_lines >= max(LEAST_LINES, least * counts.total()) else 0


def _is_apart(mark: str, sign: str, lines: Sequence[str]) -> bool:
    """Whether the character stands in the sign alone in most lines."""
    seen = [bare for line in lines if mark in (bare := _bare(line))]
    n_apart = sum(line.count(mark) == sign.count(mark) * line.count(sign) for line in seen)
    return n_apart >= APART * len(seen)


def _bare(line: str) -> str:
    """The line without what stands in quotes."""
    return "".join(line.split(_QUOTE)[::2]) if line.count(_QUOTE) % 2 == 0 else line


def _replaced(text: str, sign: str) -> str:
    """The text with UNIT_SIGN for the sign, but where quotes that open behind it hold it."""
    if f"{sign}{_QUOTE}" not in text and not text.startswith(_QUOTE):
        return text.replace(sign, UNIT_SIGN)
    parts = text.split(_QUOTE)
    return _QUOTE.join(part if at % 2 else part.replace(sign, UNIT_SIGN) for at, part in enumerate(parts))
