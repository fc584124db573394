"""Raw tables by hand, as the reading stage gives them: everything text."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from reportgen.clean.stage import clean_table
from reportgen.config import Settings, parse_settings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.records.table import LINE_COLUMN, CleanTable, Column, Places, RawTable, ReadReport
from reportgen.roles.stage import assign_roles

ENGINE = InMemoryEngine()
DEFAULTS = Settings()


def raw_table(**columns: Sequence[str | None]) -> RawTable:
    """A table of these columns, all of one length."""
    return raw_table_of(columns)


def raw_table_of(columns: Mapping[str, Sequence[str | None]]) -> RawTable:
    """The same for headers that are no Python names."""
    n_rows = len(next(iter(columns.values())))
    report = ReadReport("a.csv", "0" * 64, 0, "csv", "utf-8", ",", '"', "", 1, n_rows, n_rows, 0, 0, ())
    lines: dict[str, Sequence[object]] = {LINE_COLUMN: list(range(1, n_rows + 1))}
    return RawTable(ENGINE.from_columns({**columns, **lines}), tuple(columns), report, (), Places())


def read_plainly(path: Path, encoding: str = "utf-8-sig") -> RawTable:
    """A well-formed file read without any of the reading stage: empty cells are null."""
    text = path.read_text(encoding=encoding)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    header, *rows = csv.reader(text.splitlines(), delimiter=delimiter)
    return raw_table_of({name: [row[i] or None for row in rows] for i, name in enumerate(header)})


def settings_of(**sections: Mapping[str, object]) -> Settings:
    """Settings with these values of these sections."""
    return parse_settings(dict(sections), origin="a test")


def roles_of(table: RawTable, settings: Settings = DEFAULTS) -> dict[str, Column]:
    """Header name → column."""
    return {column.name: column for column in assign_roles(table, settings, ENGINE)}


def cleaned(table: RawTable, settings: Settings = DEFAULTS) -> CleanTable:
    """The table after roles and cleaning."""
    return clean_table(table, assign_roles(table, settings, ENGINE), settings, ENGINE)


def cells(table: CleanTable, name: str) -> list[object]:
    """The cells of one column in row order."""
    return list(ENGINE.to_arrays(table.frame, [name])[name])
