"""What a month keeps of each column."""

from __future__ import annotations

from dataclasses import replace

import feature_tables
import numpy as np
import pytest

from reportgen.engine.in_memory import InMemoryEngine
from reportgen.history.states import MOST_LEVELS, REST, describe_columns, inner_edges
from reportgen.records.history import ColumnState
from reportgen.records.orders import OrderLines, Part, PartColumn
from reportgen.records.table import IMPUTED_PREFIX, CleanTable, ColumnQuality, Role

ENGINE = InMemoryEngine()


def states(table: CleanTable, like: tuple[ColumnState, ...] | None = None) -> dict[str, ColumnState]:
    return {state.name: state for state in describe_columns(table, ENGINE, like)}


def test_numbers_are_counted_in_tenths() -> None:
    """A number has nine inner edges and about as many customers in each bin."""
    state = states(feature_tables.table())["Annual Income (k$)"]
    assert len(state.edges) == 9
    assert set(state.counts) == {12}
    assert (state.kind, state.n_known, state.n_missing) == ("number", feature_tables.N, 0)


def test_equal_values_make_one_edge() -> None:
    """A column of mostly one value has no empty bins and no edge twice."""
    assert inner_edges(np.array([1.0] * 90 + [2.0] * 5 + [3.0] * 5)) == (1.0,)
    assert inner_edges(np.array([1.0] * 9)) == ()


def test_the_baselines_edges_are_kept() -> None:
    """With a baseline its bins count, whatever this month's tenths are."""
    table = feature_tables.table()
    baseline = describe_columns(table, ENGINE)
    values, role, kind = feature_tables.VALUES["Annual Income (k$)"]
    richer = states(feature_tables.table(**{"Annual Income (k$)": (values + 30.0, role, kind)}), baseline)  # type: ignore[operator]
    assert richer["Annual Income (k$)"].edges == states(table)["Annual Income (k$)"].edges
    assert richer["Annual Income (k$)"].counts[0] < 12


def test_filled_in_cells_count_as_missing() -> None:
    """A cell that cleaning filled in stands in no bin."""
    table = feature_tables.table()
    table.frame[IMPUTED_PREFIX + "Age"] = np.arange(feature_tables.N) < 20
    quality = (ColumnQuality("Age", 20, 20, 0, 0, None, None),)
    state = states(replace(table, quality=quality))["Age"]
    assert (state.n_known, state.n_missing, sum(state.counts)) == (100, 20, 100)


@pytest.mark.parametrize("role", [Role.ID, Role.PERSONAL, Role.TEXT])
def test_nothing_personal_is_kept(role: Role) -> None:
    """Of ids, personal data and free text only whether they are known."""
    cells = [f"person {i}" for i in range(feature_tables.N - 1)] + [None]
    state = states(feature_tables.table(Contact=(cells, role, "text")))["Contact"]
    assert (state.kind, state.n_known, state.n_missing) == ("text", feature_tables.N - 1, 1)
    assert (state.edges, state.counts, state.levels, state.last_day) == ((), (), (), "")


def test_rare_levels_are_pooled() -> None:
    """Past the most levels the others stand together, last."""
    codes = [f"{i:04d}" for i in range(feature_tables.N)]
    state = states(feature_tables.table(Code=(codes, Role.CODE, "category")))["Code"]
    assert len(state.levels) == MOST_LEVELS + 1
    assert state.levels[-1] == (REST, feature_tables.N - MOST_LEVELS)


def test_dates_keep_their_last_day() -> None:
    """Of a date column the latest day is kept."""
    days = ["2026-09-30", "2026-10-02T09:15"] * (feature_tables.N // 2)
    state = states(feature_tables.table(Joined=(days, Role.DATE, "date")))["Joined"]
    assert (state.kind, state.last_day) == ("date", "2026-10-02")


def test_order_lines_tell_their_last_day() -> None:
    """Where order lines became customers, their date column stands as a date with the last day of the export."""
    orders = OrderLines((PartColumn(Part.DATE, "InvoiceDate", ""),), 9, 9, 0, 0, (), 0, 9, "", "2026-10-30", 1.0, 0.0)
    empty = [None] * feature_tables.N
    columns = dict.fromkeys(("InvoiceDate", "Description"), (empty, Role.IGNORED, "text"))
    found = states(replace(feature_tables.table(**columns), orders=orders))  # type: ignore[arg-type]
    assert (found["InvoiceDate"].kind, found["InvoiceDate"].last_day) == ("date", "2026-10-30")
    assert (found["Description"].n_known, found["Description"].n_missing) == (0, 0)
