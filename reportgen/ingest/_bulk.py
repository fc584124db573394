"""Reads large, perfectly regular text at the speed of the C parser, after a full pass has proved that it is regular."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pandas as pd

from reportgen.ingest._account import Account
from reportgen.ingest._body import Body, note_empty
from reportgen.ingest._decode import DAMAGE
from reportgen.ingest._head import Head
from reportgen.ingest._layout import MAX_BELOW, find_below
from reportgen.ingest._parse import Dialect, cell_limit

BULK_FROM = 1 << 20
"""Characters from which the C parser pays; below, the careful path takes a few milliseconds anyway."""

MAX_BULK_WIDTH = 500
"""Columns up to which it pays: each costs the frame half a millisecond."""


def read_bulk(text: str, dialect: Dialect, head: Head) -> Body | None:
    """Every record in `text` (below the header), the columns as arrays of text and None.

    None unless every record is well quoted, undamaged and of the table's width, no blank one stands between and the
    header does not come again: then the careful way of reading gives the same, and this one is several times faster.
    """
    is_plain = not (dialect.escaped or dialect.spaced or DAMAGE in text) and head.profile.width <= MAX_BULK_WIDTH
    if not is_plain or not _is_regular(text, dialect, head.profile.width):
        return None
    frame = pd.read_csv(
        io.StringIO(text),
        sep=dialect.delimiter,
        quotechar=dialect.quote,
        header=None,
        index_col=False,
        dtype=str,
        keep_default_na=False,
        na_values=[""],
        low_memory=False,
    )
    if head.header and bool((frame[0] == head.header[0]).any()):
        return None
    is_empty = frame.isna().all(axis=1)
    if not is_empty.is_monotonic_increasing or bool(is_empty.iloc[0]):
        return None
    n_empty = int(is_empty.sum())
    frame = frame.iloc[: len(frame) - n_empty]
    account = Account(len(frame))
    records: Sequence[int] = range(1, len(frame) + 1)
    rows = frame.tail(MAX_BELOW).fillna("").to_numpy(dtype=object).tolist()
    below = find_below(rows, head.profile)
    for position, reason in below.items():
        account.set_aside(len(frame) - len(rows) + position + 1, reason, dialect.delimiter.join(rows[position]))
    if below:
        frame, records = frame.iloc[: -len(below)], records[: -len(below)]
    columns = [frame[column].to_numpy(dtype=object, na_value=None) for column in frame.columns]
    return Body(columns, records, account, [note_empty(n_empty)] if n_empty else [])


def _is_regular(text: str, dialect: Dialect, width: int) -> bool:
    """Whether every record is well quoted and has `width` fields; blank lines at the end aside."""
    try:
        with cell_limit():
            widths = set(map(len, dialect.reader(io.StringIO(text.rstrip("\r\n"), newline=""))))
    except csv.Error:
        return False
    return widths == {width}
