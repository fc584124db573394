"""Reads Parquet files, and Arrow and Feather files, every value as the text that a CSV would hold."""

from __future__ import annotations

from reportgen.config import InputSettings
from reportgen.ingest._account import Account
from reportgen.ingest._answer import Answer, read_answer
from reportgen.ingest._child import run_in_child
from reportgen.ingest._kinds import ARROW, PARQUET
from reportgen.ingest._typed import table_of
from reportgen.ingest.base import Reading, Snapshot


class ParquetReader:
    """See `reportgen.ingest.base.Reader`."""

    kinds = frozenset({PARQUET, ARROW})

    def read(self, snapshot: Snapshot, settings: InputSettings) -> Reading:
        answer = read_answer(run_in_child("reportgen.ingest._parquet_table:parse_parquet", snapshot.data))
        notes = answer.facts["notes"]
        if answer.facts["range_index"]:
            notes = [*notes, _restore_index(answer, *answer.facts["range_index"])]
        account = Account(n_records=answer.facts["n_records"])
        word = "parquet" if snapshot.kind == PARQUET else "arrow"
        return table_of(answer, account, settings, format=word, notes=notes)


def _restore_index(answer: Answer, name: str, start: int, step: int) -> str:
    """Puts the index in front as a column; says so."""
    for at, row in enumerate(answer.rows):
        row.insert(1, str(start + at * step))
    answer.facts["names"].insert(0, name)
    answer.facts["n_open"].insert(0, 0)
    return index_restored(name)


def index_restored(name: str) -> str:
    return f"The index {name} was stored as a range and written out as a column."


READER = ParquetReader()
