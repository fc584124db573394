"""Refuses to add up two currencies, or keeps the lines of the one that the settings name."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import wording
from reportgen.engine.shortcuts import count_texts
from reportgen.errors import ReportgenError
from reportgen.orders.base import Fate, Finding, Lines, plain, show_counts
from reportgen.records.orders import Part

NAME = "other_currencies"


def find(lines: Lines) -> Iterator[Finding]:
    """Raises ReportgenError (RG-007) where there are several currencies and the settings name none."""
    name, chosen = lines.name(Part.CURRENCY), lines.rules.currency
    if not name:
        return
    counted = count_texts(lines.frame.with_columns(plain(name).alias(name)), name).collect()
    counts = sorted(((str(code), int(n)) for code, n in counted.rows()), key=lambda entry: (-entry[1], entry[0]))
    if not chosen and len(counts) > 1:
        raise ReportgenError(
            "RG-007",
            f"The order lines are in {wording.plural(len(counts), 'currency', 'currencies')}, which cannot be added "
            f"up: {show_counts(counts)}.",
            f"Name the one to keep, as in --set orders.currency={wording.scrub(counts[0][0], 12)}, or convert them.",
        )
    others = [code for code, _ in counts if chosen and code.casefold() != chosen.strip().casefold()]
    if len(others) == len(counts) and counts:
        raise ReportgenError(
            "RG-063", f"No order line is in {wording.scrub(chosen, 12)}, the currency that the settings keep."
        )
    if others:
        where = plain(name).is_in(others)
        shown = show_counts((code, n) for code, n in counts if code in others)
        yield Finding(
            NAME, name, where, Fate.SET_ASIDE, "in another currency", shown, "amounts of one currency are added"
        )
