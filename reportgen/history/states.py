"""Describes each column as a month holds it: enough to see next month whether the export is still like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt

from reportgen import wording
from reportgen.engine.base import Engine
from reportgen.engine.drawing import is_held
from reportgen.history._everyone import Known, count_bins, count_values_of, latest_of, part_evenly
from reportgen.records.history import ColumnState
from reportgen.records.orders import Part
from reportgen.records.segments import FloatArray
from reportgen.records.table import IMPUTED_PREFIX, NUMERIC_ROLES, CleanTable, Column, Role

N_BINS = 10
"""Bins of a number: deciles are what the index of stability is usually taken over (Siddiqi 2006)."""

MOST_LEVELS = 100
"""Levels of a category that are kept by name."""

REST = ""
"""Name of the level that pools the others: cleaning leaves no level without a name."""

ISO_DAY = len("2026-10-31")

LEVEL_ROLES = frozenset({Role.CATEGORY, Role.FLAG, Role.CODE})


def describe_columns(
    table: CleanTable, engine: Engine, like: tuple[ColumnState, ...] | None = None
) -> tuple[ColumnState, ...]:
    """Every column of the export, in file order; of personal data, ids and free text only whether they are known.

    Numbers are counted in the bins of the column of that name in `like`, else in their own tenths. Cells that cleaning
    filled in count as missing.
    """
    known_edges = {state.name: state.edges for state in like or () if state.kind == "number"}
    n_missing = count_missing(table)
    told = [column for column in table.columns if is_told(column)]
    count = count_held if is_held(table) else count_everyone
    counted, last_orders = count(table, engine, told, known_edges), order_days(table)

    def describe(column: Column) -> ColumnState:
        if column.name in last_orders:
            last_day = last_orders[column.name]
            return ColumnState(column.name, column.role.value, "date", table.n_customers, 0, last_day=last_day)
        missing = n_missing[column.name]
        n_known = table.n_customers - missing
        if table.orders and not n_known:
            missing = 0  # a column of the order lines, which no customer has
        values = counted.get(column.name, {})
        return ColumnState(column.name, column.role.value, kind_of(column), n_known, missing, **values)

    return tuple(describe(column) for column in table.columns)


Edges = Mapping[str, tuple[float, ...]]


def count_held(table: CleanTable, engine: Engine, told: Sequence[Column], edges: Edges) -> dict[str, Mapping[str, Any]]:
    """Header name → the fields of ColumnState that say what stands in the column; edges: known ones."""
    names = [column.name for column in told]
    arrays, filled = engine.to_arrays(table.frame, names), filled_in(table, names, engine)
    known = {name: arrays[name][~filled[name]] if name in filled else arrays[name] for name in names}
    return {column.name: count_values(column, known[column.name], edges.get(column.name)) for column in told}


def count_everyone(
    table: CleanTable, engine: Engine, told: Sequence[Column], edges: Edges
) -> dict[str, Mapping[str, Any]]:
    """The same of a table too long to hold."""
    flagged = {name.removeprefix(IMPUTED_PREFIX) for name in flags_in(table, [column.name for column in told])}
    known = Known(frozenset(flagged))
    numbers = [column.name for column in told if column.role in NUMERIC_ROLES]
    limits = {name: edges[name] for name in numbers if name in edges}
    limits |= part_evenly(table, engine, [name for name in numbers if name not in limits], known, N_BINS)
    counts = count_bins(table, engine, limits, known)
    found: dict[str, Mapping[str, Any]] = {name: {"edges": limits[name], "counts": counts[name]} for name in numbers}
    for column in told:
        flag = IMPUTED_PREFIX + column.name if column.name in flagged else ""
        if column.role in LEVEL_ROLES:
            levels = Counter[str | None]()
            for value, n in count_values_of(table, column.name, flag):
                levels[wording.level_text(value)] += n
            found[column.name] = {"levels": rank_levels(levels)}
        elif column.role is Role.DATE:
            day = latest_of(table, column.name)
            found[column.name] = {"last_day": "" if day is None else str(day)[:ISO_DAY]}
    return found


def order_days(table: CleanTable) -> dict[str, str]:
    """Header name of the order lines' date → the last day in the export; empty where it has one row a customer."""
    if table.orders is None:
        return {}
    dates = [part.column for part in table.orders.parts if part.part is Part.DATE]
    return dict.fromkeys(dates, table.orders.reference_day)


def is_told(column: Column) -> bool:
    """Whether counts of its values may be kept."""
    is_number = column.role in NUMERIC_ROLES and column.kind == "number"
    return is_number or column.role in LEVEL_ROLES or (column.role is Role.DATE and column.kind == "date")


def kind_of(column: Column) -> str:
    """As ColumnState says it."""
    if not is_told(column):
        return "text"
    return "category" if column.role in LEVEL_ROLES else column.kind


def count_missing(table: CleanTable) -> dict[str, int]:
    """Header name → cells that were missing before anything was filled in."""
    before = {entry.name: entry.n_missing for entry in table.quality}
    others = [column.name for column in table.columns if column.name not in before]
    if not others:
        return before
    nulls = nw.from_native(table.frame).lazy().select(nw.col(*others).null_count()).collect().rows(named=True)[0]
    return before | {name: int(nulls[name]) for name in others}


def filled_in(table: CleanTable, names: Sequence[str], engine: Engine) -> dict[str, npt.NDArray[np.bool_]]:
    """Header name → whether each cell was filled in, of the columns for which cleaning says so."""
    arrays = engine.to_arrays(table.frame, flags_in(table, names))
    return {flag.removeprefix(IMPUTED_PREFIX): array.astype(bool) for flag, array in arrays.items()}


def flags_in(table: CleanTable, names: Sequence[str]) -> list[str]:
    """The columns that say of these whether a cell was filled in."""
    present = set(nw.from_native(table.frame).lazy().collect_schema().names())
    return [IMPUTED_PREFIX + name for name in names if IMPUTED_PREFIX + name in present]


def count_values(column: Column, values: npt.NDArray[Any], edges: tuple[float, ...] | None) -> Mapping[str, Any]:
    """The fields of ColumnState that say what stands in the column."""
    if column.role in LEVEL_ROLES:
        return {"levels": count_levels(values)}
    if column.role is Role.DATE:
        return {"last_day": max((str(day)[:ISO_DAY] for day in values.tolist() if day is not None), default="")}
    known = values[~np.isnan(values)]
    inner = inner_edges(known) if edges is None else edges
    return {"edges": inner, "counts": bin_counts(known, inner)}


def inner_edges(known: FloatArray) -> tuple[float, ...]:
    """The tenths' limits, each once, without one that would leave a bin empty: a value equal to an edge lies below."""
    if not len(known):
        return ()
    limits = np.quantile(known, np.arange(1, N_BINS) / N_BINS, method="inverted_cdf")
    return tuple(float(limit) for limit in np.unique(limits) if limit < known.max())


def bin_counts(known: FloatArray, edges: tuple[float, ...]) -> tuple[int, ...]:
    """Values by bin, one more than the edges."""
    counts = np.bincount(np.searchsorted(edges, known, side="left"), minlength=len(edges) + 1)
    return tuple(int(n) for n in counts)


def count_levels(values: npt.NDArray[Any]) -> tuple[tuple[str, int], ...]:
    """See `rank_levels`."""
    return rank_levels(Counter(wording.level_text(value) for value in values.tolist()))


def rank_levels(counts: Mapping[str | None, int]) -> tuple[tuple[str, int], ...]:
    """(level, customers) by falling count, ties by name; past MOST_LEVELS the others as REST, last."""
    texts = {level: n for level, n in counts.items() if level is not None}
    ranked = sorted(texts.items(), key=lambda entry: (-entry[1], entry[0]))
    rest = sum(n for _, n in ranked[MOST_LEVELS:])
    return (*ranked[:MOST_LEVELS], *([(REST, rest)] if rest else []))
