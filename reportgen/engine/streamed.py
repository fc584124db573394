"""Exact quantiles of a relation's columns, read twice in stretches: engines by themselves hold a column to sort it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from reportgen.engine.batches import BATCH_ROWS, added, even_batches, fold_in_order
from reportgen.engine.ranks import Bins, Ranks, Wanted, bins_of_ranks, collect, fine_bins, gathered, histogram
from reportgen.records.everyone import Batch, Partial
from reportgen.records.table import LINE_COLUMN

MOST_DRAWN = 100_000
"""Rows that say where a column's values lie: enough that a thousandth of them is a hundred."""


def ranks_of_relation(relation: Any, names: Sequence[str], shares: Sequence[float]) -> dict[str, Ranks]:
    """Name → the quantiles of that column's known numbers; `relation`: of DuckDB, with LINE_COLUMN."""
    columns = relation.select(*(quoted(name) for name in names))
    bins = {name: fine_bins(values) for name, values in drawn_from(relation, names).items()}
    counts = fold_in_order(_batches(columns), _Counts(bins), added)
    wanted = {}
    for name in names:
        places = bins_of_ranks(counts[name], shares)
        wanted[name] = Wanted(bins[name], places[1:] | places[0])
    found = fold_in_order(_batches(columns), _Values(wanted), gathered)
    return {name: Ranks(bins[name], np.asarray(counts[name]), found[name]) for name in names}


def drawn_from(relation: Any, names: Sequence[str]) -> dict[str, npt.NDArray[np.float64]]:
    """Values of evenly spaced rows."""
    ((n_rows,),) = relation.aggregate("count(*)").fetchall()
    step = max(1, -(-n_rows // MOST_DRAWN))
    some = relation.filter(f"{quoted(LINE_COLUMN)} % {step} = 0").select(*(quoted(name) for name in names))
    drawn = list(_batches(some)) or list(_batches(relation.select(*(quoted(name) for name in names)).limit(1)))
    return {name: np.concatenate([batch.numbers[name] for batch in drawn]) for name in names}


def quoted(name: str) -> str:
    """The name as SQL takes it."""
    return '"{}"'.format(name.replace('"', '""'))


def _batches(relation: Any) -> Any:
    return even_batches(relation.to_arrow_reader(BATCH_ROWS))


def _one_group(n: int) -> npt.NDArray[np.intp]:
    return np.zeros(n, dtype=np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class _Counts:
    bins: Mapping[str, Bins]

    def __call__(self, batch: Batch) -> Partial:
        group = _one_group(batch.n_rows)
        return {name: histogram(batch.numbers[name], group, bins, 1) for name, bins in self.bins.items()}


@dataclass(frozen=True, slots=True, eq=False)
class _Values:
    wanted: Mapping[str, Wanted]

    def __call__(self, batch: Batch) -> Partial:
        group = _one_group(batch.n_rows)
        return {name: collect(batch.numbers[name], group, wanted) for name, wanted in self.wanted.items()}
