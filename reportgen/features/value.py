"""Finds the column whose sum is what a segment is worth."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportgen.records.table import Column, Role

SPENDING = re.compile(
    r"\b(spend|spending|spent|sales|revenue|turnover|monetary|purchases?|amount|charges?|umsatz|ausgaben|"
    r"chiffre d.affaires|d[ée]penses?|ventas|gastos?|ingresos)\b",
    re.IGNORECASE,
)
TOTAL = re.compile(r"\b(total|lifetime|sum|overall|gesamt|revenue|turnover|monetary|umsatz|ventas)\b", re.IGNORECASE)


def find_value_column(columns: Sequence[Column]) -> str:
    """Header name of the value column, or empty where the export does not say what a customer is worth.

    Money that was spent, else a score of spending. Of several spending columns only one that says it is the total
    counts: a part of the spending is not a segment's value.
    """
    for role in (Role.MONEY, Role.SCORE):
        spending = [column for column in columns if column.role is role and SPENDING.search(column.label)]
        totals = [column for column in spending if TOTAL.search(column.label)]
        for choice in (totals, spending):
            if len(choice) == 1:
                return choice[0].name
        if spending:
            return ""
    return ""
