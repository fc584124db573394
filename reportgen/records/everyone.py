"""All customers of a table too long to hold: stretches of its rows, and what may be asked of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Partial = Mapping[str, npt.NDArray[Any]]
"""What one look at one stretch of rows finds: arrays by name, nothing else, so that a cluster can send it."""


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column of text: few different texts, and which of them each row has."""

    texts: tuple[str, ...]
    codes: npt.NDArray[np.intp]
    """n positions in `texts`; −1: not known."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Some rows of a table, one behind the other."""

    start: int
    """Position of the first row in the table."""
    n_rows: int
    numbers: Mapping[str, npt.NDArray[np.float64]]
    """Column of numbers or truth values → n values; NaN: not known."""
    coded: Mapping[str, Coded]
    """Every other column; coded when it is asked for."""
    rows: Any = None
    """The same rows as Arrow has them, for whoever writes them down."""


class Everyone(Protocol):
    """All customers, seen a stretch at a time."""

    @property
    def n_customers(self) -> int: ...

    def count(
        self,
        look: Callable[[npt.NDArray[np.float64], Batch], Partial],
        names: Sequence[str] = (),
        merge: Callable[[Partial, Partial], Partial] | None = None,
    ) -> Partial:
        """What `look` finds in every stretch, merged in the order of the customers; without `merge`: added up.

        `look` is given the stretch's rows of the matrix that is clustered (m × p, scaled) and the columns in the
        export's own units: those that shape, and `names`. Both functions can be sent to other processes.
        """
        ...

    def stretches(self, names: Sequence[str] = ()) -> Iterator[tuple[npt.NDArray[np.float64], Batch]]:
        """The same stretches one after the other, for whoever writes them down."""
        ...
