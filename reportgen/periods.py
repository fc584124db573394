"""Which month an export is of, and the order in which several months are run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from reportgen.config import PERIOD_PATTERN
from reportgen.errors import ReportgenError
from reportgen.records.source import Export, Source, source_of
from reportgen.records.table import CleanTable
from reportgen.wording import scrub


def choose_period(export: Export, given: str | None, today: date) -> str:
    """`2026-10`: as given, else the month in the export's name, the newest of several files, else today's.

    Raises ReportgenError (RG-063).
    """
    if given is not None and not re.fullmatch(PERIOD_PATTERN.strip("^$"), given, re.ASCII):
        raise ReportgenError(
            "RG-063", f"{given!r} is not a period.", "Give a year and a month, as in --period 2026-10."
        )
    return given or named_month(export) or f"{today:%Y-%m}"


def named_month(export: Export) -> str | None:
    """The month in the export's name; of several files the newest, where each names one."""
    source = source_of(export)
    if source.parts:
        months = [named_month(part) for part in source.parts]
        named = [month for month in months if month]
        return max(named) if len(named) == len(months) else None
    in_name = re.search(r"(?<!\d)(\d{4}-(?:0[1-9]|1[0-2]))(?!\d)", source.name, re.ASCII)
    return in_name[1] if in_name else None


def month_of_orders(table: CleanTable, today: str) -> str:
    """The month that order lines reach to; `today` for other tables, and where a day lies after it."""
    month = table.orders.reference_day[: len(today)] if table.orders else today
    return min(month, today)


def orders_note(table: CleanTable, period: str) -> str:
    """Why the report of order lines is of that month."""
    day = table.orders.reference_day if table.orders else period
    return f"The order lines reach to {day}, so this report is of {period}. Another month: --period."


def in_order(exports: Sequence[Source], period: str | None, today: date) -> list[tuple[str, Source]]:
    """(period, export) of each, the oldest month first.

    Raises ReportgenError (RG-063) if several exports share a month, as they do when `period` names one for all.
    """
    months = sorted(((choose_period(export, period, today), export) for export in exports), key=lambda pair: pair[0])
    for (month, export), (following, other) in pairwise(months):
        if month == following:
            raise ReportgenError(
                "RG-063",
                f"{scrub(export.name)} and {scrub(other.name)} are both of {month}; each month has one export.",
                "Name the month in each file's name (customers_2026-10.csv), or run them one by one with --period.",
            )
    return months
