"""Finds the column whose sum is what a segment is worth."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportgen.records.table import Column, Role

SPENDING = re.compile(
    r"\b(spend|spending|spent|sales|revenue|turnover|monetary|purchases?|amount|charges?|umsatz|ausgaben|"
    r"chiffre d.affaires|d[ée]penses?|ventas|gastos?)\b",
    re.IGNORECASE,
)
TOTAL = re.compile(r"\b(total|lifetime|sum|overall|gesamt|revenue|turnover|monetary|umsatz|ventas)\b", re.IGNORECASE)
NOT_EARNED = re.compile(
    r"\b(\w*income|salary|wages?|balance|limit|debt|loan|credit|price|costs?|refunds?|savings|deposits?|rent|budget|"
    r"\w*einkommen|gehalt|lohn|saldo|guthaben|kredit|schulden|preis|kosten|"
    r"revenus?|ingresos?|salaire|solde|prix|co[uû]ts?|renta|sueldo|salario|saldo|precio|coste|costo)\b",
    re.IGNORECASE,
)
"""Money of the customer's own, or that a sale costs: no measure of what the customer is worth."""


def find_value_column(columns: Sequence[Column]) -> str:
    """Header name of the value column among columns of numbers, or empty where the export does not say what it is.

    Money that was spent, else a score of spending, else the one column of other money that a customer brings. Of
    several spending columns only the whole counts, for a part of the spending is not a segment's value.
    """
    money = [column for column in columns if column.role is Role.MONEY]
    spending = [column for column in money if SPENDING.search(column.label)]
    if spending:
        return whole_of(spending)
    scores = [column for column in columns if column.role is Role.SCORE and SPENDING.search(column.label)]
    if scores:
        return whole_of(scores)
    return whole_of([column for column in money if not NOT_EARNED.search(column.label)])


def whole_of(columns: Sequence[Column]) -> str:
    """The only column, the one that says it is the total, or the one whose words all others narrow; else empty.

    `Purchases` is the whole of `One-off purchases` and `Installments purchases`.
    """
    totals = [column for column in columns if TOTAL.search(column.label)]
    words = {column.name: set(column.label.casefold().split()) for column in columns}
    generic = [column for column in columns if all(words[column.name] <= words[other.name] for other in columns)]
    for choice in (columns, totals, generic):
        if len(choice) == 1:
            return choice[0].name
    return ""
