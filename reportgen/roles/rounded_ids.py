"""Refuses ids that a spreadsheet has rounded: `1.23457E+11` stands for a million numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from reportgen import wording
from reportgen.errors import ReportgenError
from reportgen.roles.subject import Subject
from reportgen.settings_file import toml_value

EXACT_DIGITS = 15
"""Digits that a spreadsheet keeps of a number."""
EXACT_BITS = 53
"""Bits that a float keeps."""
LEAST_DIGITS, LEAST_BITS = 12, 30
"""Digits of 0 and bits of 0 in all ids together that do not come by chance: once in 10^12 and in 10^9 exports."""
FEWEST = 5
"""Distinct ids that tell anything."""
_ROUNDED = re.compile(r"^[1-9](?:[.,][0-9]{1,14})?E\+[0-9]{2}$")
"""As a spreadsheet shows and saves numbers of twelve digits and more; programs write a small e, or no point."""


def refuse_rounded(subjects: Mapping[str, Subject], chosen: Collection[str]) -> None:
    """Raises ReportgenError (RG-009) where a column that names customers holds nothing else. `chosen`: by settings."""
    for name, subject in subjects.items():
        names_customer = subject.id_word or subject.numbers("customer")
        levels = subject.facts.levels
        if not names_customer or name in chosen or not levels:
            continue
        is_shown = all(map(_ROUNDED.match, levels))
        if is_shown or _are_cut(tuple(levels)):
            raise ReportgenError(
                "RG-009",
                f"The ids in {wording.scrub(name)} were rounded by a spreadsheet{'' if is_shown else ' or a program'}, "
                f"as in {next(iter(levels))}: different customers may have the same.",
                "Export them again as text (in a spreadsheet: as numbers without decimals, before saving as CSV), or "
                f"leave the column out: ignore = {toml_value((name,))} under [columns].",
            )


def _are_cut(levels: Sequence[str]) -> bool:
    """Whether long ids all end as only those do that were numbers of 15 digits, or of 53 bits, on their way."""
    if len(levels) < FEWEST or not all(text.isdecimal() and len(text) > EXACT_DIGITS for text in levels):
        return False
    n_digits, n_bits = (sum(map(lost, levels)) for lost in (lambda text: len(text) - EXACT_DIGITS, _lost_bits))
    are_digits = n_digits >= LEAST_DIGITS and all(set(text[EXACT_DIGITS:]) == {"0"} for text in levels)
    return are_digits or (n_bits >= LEAST_BITS and all(map(_is_float, levels)))


def _lost_bits(text: str) -> int:
    """Bits of a whole number that a float does not keep."""
    return max(0, int(text).bit_length() - EXACT_BITS)


def _is_float(text: str) -> bool:
    """Whether it is what the nearest float is written as."""
    return f"{Decimal(repr(float(text))):.0f}" == text
