"""Writes records of text to Parquet files of our own, as engines read them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from reportgen.records.table import LINE_COLUMN

ROW_GROUP = 1 << 17
"""Rows that an engine reads at once."""
FEW_DISTINCT = 0.1
"""Share of a column's cells in the first piece up to which its texts are kept once, with their places."""


def few_distinct(columns: Sequence[Any], names: Sequence[str]) -> list[str]:
    """Names of the columns with few different texts."""
    return [
        name
        for name, cells in zip(names, columns, strict=False)
        if pc.count_distinct(cells).as_py() <= FEW_DISTINCT * len(cells)
    ]


def write_rows(table: pa.Table, first: int, coded: Sequence[str], path: Path) -> None:
    """Writes the records, the first of which has the number `first`, with their numbers as LINE_COLUMN."""
    numbered = table.append_column(LINE_COLUMN, pa.array(np.arange(first, first + len(table), dtype=np.int64)))
    pq.write_table(
        numbered,
        path,
        row_group_size=ROW_GROUP,
        compression="lz4",
        use_dictionary=list(coded),
        write_statistics=[LINE_COLUMN],
    )
