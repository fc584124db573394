"""Looks at all customers of a table, whichever engine holds it, a stretch at a time and scaled for clustering."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from reportgen.engine.base import Engine
from reportgen.engine.batches import added
from reportgen.records.everyone import Batch, Partial

FloatArray = npt.NDArray[np.float64]
Look = Callable[[FloatArray, Batch], Partial]


@dataclass(frozen=True, slots=True, eq=False)
class TableOfEveryone:
    """See `reportgen.records.everyone.Everyone`."""

    engine: Engine
    frame: Any
    """A kept frame."""
    n_customers: int
    shaping: tuple[str, ...]
    """Columns that `shape` needs."""
    shape: Callable[[Batch], FloatArray]
    """The rows of the matrix that is clustered: m × p, scaled, no NaN."""

    def count(
        self, look: Look, names: Sequence[str] = (), merge: Callable[[Partial, Partial], Partial] | None = None
    ) -> Partial:
        return self.engine.fold(self.frame, self._columns(names), Shaped(self.shape, look), merge or added)

    def stretches(self, names: Sequence[str] = ()) -> Iterator[tuple[FloatArray, Batch]]:
        for batch in self.engine.batches(self.frame, self._columns(names)):
            yield self.shape(batch), batch

    def _columns(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.shaping, *names)))


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """A look at a stretch that needs its rows of the matrix."""

    shape: Callable[[Batch], FloatArray]
    look: Look

    def __call__(self, batch: Batch) -> Partial:
        return self.look(self.shape(batch), batch)
