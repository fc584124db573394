"""Counts the columns of a table too long to hold, as a month remembers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np

from reportgen.engine.base import Engine
from reportgen.engine.batches import added
from reportgen.engine.drawing import draw_customers
from reportgen.engine.ranks import Bins, FloatArray, Ranks, Wanted, collect, fine_bins, gathered, histogram
from reportgen.records.everyone import Batch, Partial
from reportgen.records.table import IMPUTED_PREFIX, CleanTable


@dataclass(frozen=True, slots=True)
class Known:
    """Which columns have a flag for cells that were filled in: these count as missing."""

    flagged: frozenset[str]

    def values(self, batch: Batch, name: str) -> FloatArray:
        """The column, NaN where cleaning filled it in."""
        values = batch.numbers[name]
        return np.where(batch.numbers[IMPUTED_PREFIX + name] != 0, np.nan, values) if name in self.flagged else values

    def columns(self, names: Sequence[str]) -> list[str]:
        """The names with those of their flags."""
        return [*names, *(IMPUTED_PREFIX + name for name in names if name in self.flagged)]


def everyone(n: int) -> Any:
    """One group for all."""
    return np.zeros(n, dtype=np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class FineCounts:
    """Batch → the known values of each column by fine bin."""

    bins: Mapping[str, Bins]
    known: Known

    def __call__(self, batch: Batch) -> Partial:
        return {
            name: histogram(values := self.known.values(batch, name), everyone(len(values)), bins, 1)[0]
            for name, bins in self.bins.items()
        }


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Batch → the known values of each column between edges; a value equal to an edge lies below it."""

    edges: Mapping[str, FloatArray]
    known: Known

    def __call__(self, batch: Batch) -> Partial:
        return {name: self._count(self.known.values(batch, name), edges) for name, edges in self.edges.items()}

    def _count(self, values: FloatArray, edges: FloatArray) -> Any:
        places = np.searchsorted(edges, values[~np.isnan(values)], side="left")
        return np.bincount(places, minlength=len(edges) + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """Batch → the known values of some bins, and the highest."""

    wanted: Mapping[str, Wanted]
    known: Known

    def __call__(self, batch: Batch) -> Partial:
        return {
            name: collect(values := self.known.values(batch, name), everyone(len(values)), wanted)
            for name, wanted in self.wanted.items()
        }


def count_bins(
    table: CleanTable, engine: Engine, edges: Mapping[str, Sequence[float]], known: Known
) -> dict[str, tuple[int, ...]]:
    """Column → its known values by bin, one more than the edges; a value equal to an edge lies below."""
    if not edges:
        return {}
    wanted = {name: np.array(limits, dtype=np.float64) for name, limits in edges.items()}
    found = engine.fold(table.frame, known.columns(list(edges)), Counts(wanted, known), added)
    return {name: tuple(found[name].tolist()) for name in edges}


def part_evenly(
    table: CleanTable, engine: Engine, names: Sequence[str], known: Known, n_bins: int
) -> dict[str, tuple[float, ...]]:
    """Column → the limits between its n-ths, each once, none that would leave a bin empty.

    A limit is the lowest value that at least the share has or lies below (Hyndman & Fan 1996, type 1).
    """
    if not names:
        return {}
    drawn = engine.take(table.frame, names, draw_customers(table, 0))
    bins = {name: fine_bins(drawn[name]) for name in names}
    columns = known.columns(names)
    counts = engine.fold(table.frame, columns, FineCounts(bins, known), added)
    ranks = {name: ranks_of(int(counts[name].sum()), n_bins) for name in names}
    wanted = {name: wanted_of(bins[name], counts[name], ranks[name]) for name in names}
    values = engine.fold(table.frame, columns, Values(wanted, known), gathered)
    return {name: limits_of(counts[name], values[name], bins[name], ranks[name]) for name in names}


def ranks_of(n: int, n_bins: int) -> list[int]:
    """Ranks from 0 of the limits, and that of the highest value, last; empty where nothing is known."""
    if not n:
        return []
    places = np.arange(1, n_bins) / n_bins
    return [*np.maximum(np.ceil(n * places) - 1, 0).astype(np.intp).tolist(), n - 1]


def wanted_of(bins: Bins, counts: Any, ranks: Sequence[int]) -> Wanted:
    is_wanted = np.zeros((1, len(counts)), dtype=np.bool_)
    is_wanted[0, np.searchsorted(counts.cumsum(), ranks, side="right")] = True
    return Wanted(bins, is_wanted)


def limits_of(counts: Any, values: FloatArray, bins: Bins, ranks: Sequence[int]) -> tuple[float, ...]:
    """The values at the ranks, rising, each once, those below the highest."""
    found = [Ranks(bins, counts[None], values).value_at(rank) for rank in ranks]
    return tuple(sorted({value for value in found if value < found[-1]}))


def count_values_of(table: CleanTable, name: str, flag: str) -> list[tuple[Any, int]]:
    """(value, customers) of a column, those left out whose cell was filled in (`flag`: its column, or empty)."""
    frame = nw.from_native(table.frame).lazy()
    frame = frame.filter(~nw.col(flag)) if flag else frame
    counted_values = frame.group_by(name).agg(nw.len().alias("__n__")).select(name, "__n__").collect()
    return [(value, int(n)) for value, n in counted_values.rows()]


def latest_of(table: CleanTable, name: str) -> Any:
    """The highest value of a column; None where none is known."""
    return nw.from_native(table.frame).lazy().select(nw.col(name).max()).collect().item()
