"""Reads an SQLite file: the table that a setting names, what a SELECT gives, or the only table it has."""

from __future__ import annotations

from reportgen.config import InputSettings
from reportgen.ingest._account import Account
from reportgen.ingest._answer import read_answer
from reportgen.ingest._child import run_in_child
from reportgen.ingest._kinds import SQLITE
from reportgen.ingest._sql import MAX_ROWS
from reportgen.ingest._typed import table_of
from reportgen.ingest.base import Reading, Snapshot


class SqliteReader:
    """See `reportgen.ingest.base.Reader`."""

    kinds = frozenset({SQLITE})

    def read(self, snapshot: Snapshot, settings: InputSettings) -> Reading:
        answer = read_answer(
            run_in_child(
                "reportgen.ingest._sqlite_table:parse_sqlite",
                snapshot.data,
                settings.query,
                settings.sheet,
                settings.when_unsure,
                str(MAX_ROWS),
            )
        )
        facts = answer.facts
        account = Account(n_records=facts["n_records"])
        return table_of(
            answer,
            account,
            settings,
            format="sqlite",
            sheet=facts["table"],
            notes=facts["notes"],
            fixes=facts["fixes"],
        )


READER = SqliteReader()
