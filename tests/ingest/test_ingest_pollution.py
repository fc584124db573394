"""Polluted files are read right, or what is wrong is listed, or the run stops with a question."""

from __future__ import annotations

from collections import Counter

import pytest
from ingest_exports import cells, read
from polluter import Polluted, polluted_files

from reportgen.errors import ReportgenError

FILES = {file.name: file for file in polluted_files()}
SINGLE = [name for name in FILES if "row" not in name]
BY_CELL = [name for name in FILES if "row" in name and name != "one_data_row"]
QUICK = BY_CELL[::11]


def faults(file: Polluted, mode: str) -> list[str]:
    """What went wrong: records neither read cell by cell nor listed, refusals that the pollution does not explain."""
    try:
        table = read(file.content, when_unsure=mode, max_set_aside=1.0)
    except ReportgenError as fault:
        is_explained = not file.rows or (mode == "ask" and not file.is_whole)
        return [] if is_explained else [f"{file.name} in {mode} mode: {fault.code} {fault.sentence}"]
    found = Counter(tuple(cell or "" for cell in row) for row in cells(table))
    missing = Counter(map(tuple, file.rows)) - Counter({row[: len(file.rows[0])]: n for row, n in found.items()})
    n_silent = missing.total() - len(table.set_aside)
    if file.is_whole and (missing or table.report.n_physical != len(file.rows)):
        return [f"{file.name}: {missing.total()} of {len(file.rows)} records read otherwise"]
    return [f"{file.name} in {mode} mode: {n_silent} records lost in silence"] if n_silent > 0 else []


@pytest.mark.parametrize("mode", ["ask", "guess"])
@pytest.mark.parametrize("name", [*SINGLE, *QUICK])
def test_polluted_files_lose_nothing_in_silence(name: str, mode: str) -> None:
    """A record is read cell by cell or listed; in doubt the run asks, or guesses if it was told to."""
    assert faults(FILES[name], mode) == []


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["ask", "guess"])
def test_every_polluted_cell_loses_nothing_in_silence(mode: str) -> None:
    """A delimiter missing or too many, a stray quote, another delimiter: in each row and column."""
    assert [fault for name in BY_CELL for fault in faults(FILES[name], mode)] == []
