"""Asks about customers whose amounts are in several currencies, as a column of currencies says."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reportgen import wording
from reportgen.engine.text_units import CURRENCY_CODES
from reportgen.errors import ReportgenError
from reportgen.records.table import Column, Role
from reportgen.roles.identities import CUSTOMER_ID
from reportgen.roles.subject import Subject
from reportgen.settings_file import toml_value

CODE = 3
"""Letters of a currency in ISO 4217."""
SHOWN = 3


def refuse_mixed_currencies(
    columns: Collection[Column], subjects: Mapping[str, Subject], chosen: Collection[str]
) -> None:
    """Raises ReportgenError (RG-007) where one row a customer has an amount, and the rows name several currencies.

    Order lines repeat their customers: of their currencies cleaning lets one be chosen. `chosen`: columns that settings
    name, which say so that the amounts are in one currency all the same.
    """
    ids = [column for column in columns if column.role is Role.ID and column.name in subjects]
    amounts = [column for column in columns if column.role is Role.MONEY]
    best = max(ids, key=lambda column: column.confidence, default=None)
    if best is None or not amounts or not subjects[best.name].is_unique:
        return
    if best.confidence < CUSTOMER_ID and any(column.role is Role.DATE for column in columns):
        return  # orders perhaps, by a number of theirs
    telling = next((name for name, one in subjects.items() if name not in chosen and _names_currencies(one)), "")
    if not telling:
        return
    levels = list(subjects[telling].facts.levels)
    shown = wording.join_words([*levels[:SHOWN], *(["others"] if len(levels) > SHOWN else [])])
    raise ReportgenError(
        "RG-007",
        f"{wording.scrub(telling)} says that amounts such as {wording.scrub(amounts[0].name)} are in several "
        f"currencies, {shown}: they do not compare.",
        "Convert them to one currency before the export; if they are in one already, leave the column of currencies "
        f"out: ignore = {toml_value((telling,))} under [columns].",
    )


def _names_currencies(column: Subject) -> bool:
    """Whether all cells are codes of currencies, two at least."""
    levels = {level.strip().upper() for level in column.facts.levels}
    are_codes = all(len(level) == CODE and level in CURRENCY_CODES for level in levels)
    return are_codes and len({CURRENCY_CODES[level] for level in levels}) > 1
