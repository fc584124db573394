"""The data page's opening: the file, and where every record went."""

from __future__ import annotations

from dataclasses import replace

from told_studies import mall_told

from reportgen.records.table import SetAside
from reportgen.render.pieces import Grid
from reportgen.render.view_reading import MOST_REASONS, reading_view

FACTS = mall_told().facts


def numbers(grid: Grid) -> dict[str, int]:
    """Name of the line → its number, lines of one name summed."""
    found: dict[str, int] = {}
    for row in grid.rows:
        found[row[0].text] = found.get(row[0].text, 0) + int(row[1].text.replace(",", ""))
    return found


def made(reasons: list[tuple[str, str]]) -> Grid:
    """The table for a study in which those (action, reason) happened to records 1, 2, …"""
    entries = tuple(SetAside(line, action, why, "") for line, (action, why) in enumerate(reasons, start=1))
    n_aside = sum(action == "set aside" for action, _ in reasons)
    read = replace(FACTS.read, n_physical=FACTS.n_customers + n_aside)
    return reading_view(replace(FACTS, read=read, set_aside=entries)).records


def test_the_lines_add_up() -> None:
    """Records less those set aside, whatever the number of reasons, are the customers."""
    grid = made([("set aside", f"reason {chr(97 + n % 26)}{chr(97 + n // 26)}") for n in range(3 * MOST_REASONS)])
    told = numbers(grid)
    assert told["In the export"] - told["Set aside"] == told["Customers"] == FACTS.n_customers
    assert len(grid.rows) == MOST_REASONS + 3


def test_reasons_that_differ_in_a_value_are_one_line() -> None:
    """Each record's own number and value are in quarantine.csv."""
    grid = made([("set aside", f"exact duplicate of {place}") for place in ("record 17", "line 1024", "row 3")])
    assert [row[3].text for row in grid.rows][1] == "exact duplicate of another record"


def test_a_record_repaired_twice_is_one_record() -> None:
    """Two cells of one record set missing."""
    entries = (SetAside(3, "repaired", "Age 199 is impossible; set missing", ""),) * 2
    grid = reading_view(replace(FACTS, set_aside=entries)).records
    assert numbers(grid)["Repaired"] == 1


def test_what_was_mended_is_said() -> None:
    """Fixes, notes and what the table was unpacked from."""
    read = replace(FACTS.read, container="gzip", fixes=("Two lines left out.",), notes=("Guessed.",))
    told = reading_view(replace(FACTS, read=read)).facts
    said = [(pair.term, pair.text) for pair in told[1:] if pair.term != "Worked out"]
    assert said == [("Mended", "Two lines left out."), ("Noted", "Guessed.")]
    assert "unpacked from gzip" in told[0].text
