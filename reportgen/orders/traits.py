"""Finds the columns that describe the customer and not the line, and takes them over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from reportgen import language
from reportgen.orders._parts import whole
from reportgen.orders.base import DAY, Lines
from reportgen.records.orders import Part
from reportgen.records.table import LINE_COLUMN, Column, Role

STEADY_SHARE = 0.95
"""Share of the customers with one value in all their lines, from which a column is theirs."""
NAMED_SHARE = 0.5
"""Distinct texts over customers from which a column names them; as for a table of customers."""
FEWEST_NAMED = 20
"""Customers below which all different says nothing."""
TRAITS = frozenset({Role.CATEGORY, Role.FLAG, Role.CODE, Role.AGE, Role.BIRTH, Role.SCORE, Role.PERSONAL})
UNTOUCHED = frozenset({Role.CONSTANT, Role.EMPTY, Role.IGNORED, Role.TEXT})
"""Roles that say already why the column is not used."""
WHEN = "__when__"
LINES_A_DAY = 1e8
"""More than any export has: day and record number make one number that grows with both."""


@dataclass(frozen=True, slots=True)
class Traits:
    """The source columns as the customers' table has them."""

    kept: tuple[Column, ...]
    """Taken over from the customer's last line."""
    others: tuple[Column, ...]
    """Without cells; their reasons say why."""


def tell_traits(used: Sequence[nw.LazyFrame[Any]], lines: Lines) -> Traits:
    """Which columns are the customers', which the lines'."""
    key = lines.name(Part.CUSTOMER)
    parts = {played.column: played for played in lines.orders.parts.values()}
    kept, others = [], []
    for column in lines.orders.columns:
        if column.name in parts:
            played = parts[column.name]
            others.append(
                left_out(
                    column,
                    language.text(
                        "{part} of the order lines: {reason}",
                        part=language.text_in("part", played.part.value),
                        reason=played.reason,
                    ),
                )
            )
        elif column.role in UNTOUCHED:
            others.append(left_out(column, column.reason))
        elif column.role in TRAITS and steady_share(used, key, column.name) >= STEADY_SHARE:
            if column.role is Role.CATEGORY and names_customers(used, key, column.name):
                why = language.text("nearly every customer has another one: it names them")
                others.append(left_out(column, why))
            else:
                kept.append(column)
        elif column.role is Role.PERSONAL:
            others.append(left_out(column, column.reason))
        else:
            others.append(left_out(column, language.text("differs from line to line of one customer")))
    return Traits(tuple(kept), tuple(others))


def left_out(column: Column, reason: str) -> Column:
    return replace(column, role=Role.IGNORED, kind="text", reason=reason, confidence=1.0)


def steady_share(used: Sequence[nw.LazyFrame[Any]], key: str, name: str) -> float:
    """Share of the customers with a known value who have one only, 0..1; 0 where none is known."""
    counts = [count_steady(part, key, name) for part in used]
    n_known = sum(known for _, known in counts)
    return sum(steady for steady, _ in counts) / n_known if n_known else 0.0


def count_steady(part: nw.LazyFrame[Any], key: str, name: str) -> tuple[int, int]:
    """(customers with one value only, customers with any)."""
    pairs = part.filter(~nw.col(name).is_null()).select(key, name).unique()
    n_values = pairs.group_by(key).agg(nw.len().alias("__n__"))
    n_steady, n_known = (
        n_values.select((nw.col("__n__") == 1).sum().alias("steady"), nw.len().alias("n")).collect().row(0)
    )
    return int(n_steady or 0), int(n_known)


def names_customers(used: Sequence[nw.LazyFrame[Any]], key: str, name: str) -> bool:
    """Whether a column of texts tells single customers apart: names repeat over order lines, not over customers."""
    pairs = whole([part.filter(~nw.col(name).is_null()).select(key, name).unique() for part in used])
    n_values, n_customers = pairs.select(nw.col(name).n_unique(), nw.col(key).n_unique()).collect().row(0)
    return int(n_customers) >= FEWEST_NAMED and int(n_values) > NAMED_SHARE * int(n_customers)


def last_cells(used: nw.LazyFrame[Any], key: str, columns: Sequence[Column]) -> nw.LazyFrame[Any]:
    """One row a customer: its id and the cells of its last line; of one day the line that stands last."""
    when = nw.col(DAY) * LINES_A_DAY + nw.col(LINE_COLUMN)
    ranked = used.with_columns(when.alias(WHEN))
    last = ranked.filter(nw.col(WHEN) == nw.col(WHEN).max().over(key))
    return last.select(key, *(column.name for column in columns))
