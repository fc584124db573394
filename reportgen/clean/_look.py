"""Small questions that several steps ask of the table, and how their answers are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import narwhals as nw

from reportgen import language, wording
from reportgen.engine.shortcuts import characters_in, count_texts, is_counted, most_counted
from reportgen.records.table import LINE_COLUMN, Column, Role

FEW_TEXTS = 5_000
"""Distinct texts of a column that are asked one by one."""
SHOWN_VALUES = 5
"""Values that a note shows."""
SHOWN_CHARACTERS = 40
HUGE = 1e15
"""From here on a number is shown as a power of ten."""
NULL_KEY = "\x00"
"""Stands for null in a key of text: engines disagree on grouping nulls."""
NULL_NUMBER = -1.5e308
"""The same for numbers."""

Counts = tuple[tuple[str, int], ...]
"""Text → cells, most frequent first."""


def count_values(frame: nw.LazyFrame[Any], value: nw.Expr, limit: int | None = None) -> Counts:
    """Distinct values (None: all of them) of a text expression with their cells, most frequent first, without nulls."""
    return most_frequent(distinct_texts(frame, value), limit)


def most_frequent(texts: nw.LazyFrame[Any], limit: int | None = None) -> Counts:
    """Up to `limit` rows (None: all) of `distinct_texts`, most frequent first."""
    found = texts.select("value", "n")
    return by_frequency((found if limit is None else most_counted(found, limit)).collect().rows())


def distinct_texts(frame: nw.LazyFrame[Any], value: nw.Expr) -> nw.LazyFrame[Any]:
    """One row a distinct text, with its cells as `n`; nulls left out. Patterns are then tried once a text."""
    return count_texts(frame.select(value.alias("value")), "value")


def few_texts(frame: nw.LazyFrame[Any], name: str) -> Counts | None:
    """Every distinct text of a column with its cells, the most frequent first; None where they are many.

    Few texts are asked one by one in less time than it takes to set up an expression for all cells.
    """
    # Alone first: the head of a wide table is as wide.
    cells, value = frame.select(name), nw.col(name)
    if not is_counted(cells, name) and len(distinct_texts(cells.head(2 * FEW_TEXTS), value).collect()) > FEW_TEXTS:
        return None
    counted = distinct_texts(cells, value).select("value", "n").collect()
    return by_frequency(counted.rows()) if len(counted) <= FEW_TEXTS else None


def may_hold(frame: nw.LazyFrame[Any], name: str, is_sought: Callable[[str], bool]) -> bool:
    """False where no cell of the column holds such a character; that is told without trying a pattern on each."""
    characters = characters_in(frame, name)
    return characters is None or any(map(is_sought, characters))


def with_texts(name: str, texts: Mapping[str, str | None]) -> nw.Expr:
    """The column trimmed, with other texts in the place of these; all others stay."""
    text = nw.col(name).str.strip_chars()
    found = text.replace_strict(list(texts), list(texts.values()), default=None, return_dtype=nw.String)
    return nw.when(text.is_in(list(texts))).then(found).otherwise(text)


def by_frequency(texts: Iterable[tuple[Any, Any]]) -> Counts:
    """Texts with their cells, the most frequent first; equal ones by text."""
    return tuple(sorted(((str(text), int(n)) for text, n in texts), key=lambda entry: (-entry[1], entry[0])))


def aggregate(frame: nw.LazyFrame[Any], expressions: Mapping[str, nw.Expr]) -> dict[str, Any]:
    """One row of aggregates by name; nothing is computed for no expressions."""
    if not expressions:
        return {}
    named = [expression.alias(name) for name, expression in expressions.items()]
    return dict(frame.select(*named).collect().rows(named=True)[0])


def list_cells(frame: nw.LazyFrame[Any], name: str, where: nw.Expr) -> list[tuple[int, Any]]:
    """(line, value) of the first wording.LISTED_RECORDS records where the condition holds, by line."""
    found = frame.filter(where).select(LINE_COLUMN, name).sort(LINE_COLUMN).head(wording.LISTED_RECORDS).collect()
    return [(int(line), value) for line, value in found.rows()]


def key_of(name: str, is_number: bool) -> nw.Expr:
    """The column as a key for grouping: nulls are one more value."""
    return nw.col(name).fill_null(NULL_NUMBER) if is_number else nw.col(name).fill_null(NULL_KEY)


def quote(value: object) -> str:
    """A value from the export as a note shows it."""
    return f"'{wording.scrub(value, SHOWN_CHARACTERS)}'"


def quote_counts(counts: Counts | Sequence[tuple[str, int]], most: int = SHOWN_VALUES) -> str:
    """`'?' in 60 cells, 'n/a' in 2 cells`, the most frequent first, at most so many."""
    shown = [
        language.text(
            "{value} in {cells}", value=quote(text) if text else language.text("blank"), cells=wording.plural(n, "cell")
        )
        for text, n in counts[:most]
    ]
    rest = sum(n for _, n in counts[most:])
    return ", ".join(
        [*shown, language.text("others in {cells}", cells=wording.plural(rest, "cell"))] if rest else shown
    )


def quote_values(values: Iterable[object]) -> str:
    """`'1893', '1899' and 3 more`."""
    distinct = list(dict.fromkeys(str(value) for value in values))
    shown = ", ".join(quote(value) for value in distinct[:SHOWN_VALUES])
    rest = len(distinct) - SHOWN_VALUES
    return language.text("{shown} and {n} more", shown=shown, n=wording.format_count(rest)) if rest > 0 else shown


def show_cell(value: float, column: Column) -> str:
    """A value as it stood: years without a thousands separator, sizes past all use as a power of ten."""
    if not abs(value) < HUGE:
        return f"{value:.3g}"
    return f"{value:.0f}" if column.role is Role.BIRTH else show_number(value)


def show_number(value: float) -> str:
    """A number as an analyst would write it: `666,666`, `0.25`."""
    return wording.format_number(value, 0 if float(value).is_integer() else None)
