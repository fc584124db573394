"""Refuses ids that a spreadsheet has rounded: `1.23457E+11` stands for a million numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from reportgen import wording
from reportgen.errors import ReportgenError
from reportgen.roles.subject import Subject
from reportgen.settings_file import toml_value

_ROUNDED = re.compile(r"^[1-9](?:[.,][0-9]{1,14})?E\+[0-9]{2}$")
"""As a spreadsheet shows and saves numbers of twelve digits and more; programs write a small e, or no point."""


def refuse_rounded(subjects: Mapping[str, Subject], chosen: Collection[str]) -> None:
    """Raises ReportgenError (RG-009) where a column that names customers holds nothing else. `chosen`: by settings."""
    for name, subject in subjects.items():
        names_customer = subject.id_word or subject.numbers("customer")
        levels = subject.facts.levels
        if names_customer and name not in chosen and levels and all(map(_ROUNDED.match, levels)):
            raise ReportgenError(
                "RG-009",
                f"The ids in {wording.scrub(name)} were rounded by a spreadsheet, as in {next(iter(levels))}: "
                "different customers may have the same.",
                "Export them again as text (in a spreadsheet: as numbers without decimals, before saving as CSV), or "
                f"leave the column out: ignore = {toml_value((name,))} under [columns].",
            )
