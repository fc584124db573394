"""How often customers come again, by the column that would name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from reportgen.engine.shortcuts import count_distinct
from reportgen.records.orders import Part, PartColumn
from reportgen.records.table import RawTable

PANEL_SHARE = 0.8
"""Records over customers × dates from which each customer has a record on each date: states, not purchases."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often customers come again."""

    share: float
    """Of the records with an id, those that repeat the id of another one."""
    is_panel: bool

    @classmethod
    def of(cls, raw: RawTable, parts: Mapping[Part, PartColumn]) -> Repeats:
        key = parts[Part.CUSTOMER].column
        names = [key, *([parts[Part.DATE].column] if Part.DATE in parts else [])]
        n_known, counts = count_known(raw, key, names)
        n_days = counts.get(names[-1], 0) if len(names) > 1 else 0
        share = 1 - counts[key] / n_known if n_known else 0.0
        return cls(share, n_days > 0 and n_known >= PANEL_SHARE * counts[key] * n_days)


def share_repeated(raw: RawTable, key: str) -> float:
    """Of the records with a value in that column, those that repeat another one's, 0..1."""
    n_known, counts = count_known(raw, key, [key])
    return 1 - counts[key] / n_known if n_known else 0.0


def count_known(raw: RawTable, key: str, names: list[str]) -> tuple[int, dict[str, int]]:
    """(records with that key, distinct values of each column among them)."""
    frame: nw.LazyFrame[Any] = nw.from_native(raw.frame).lazy()
    known = frame.select(*names).filter(~nw.col(key).is_null())
    return int(known.select(nw.len()).collect().item()), count_distinct(known, names)
