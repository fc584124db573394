"""The README's reference says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from reportgen.cli.main import COMMANDS
from reportgen.errors import EXIT_CODES, FAULTS
from reportgen.render.segments_csv import COLUMNS

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def table(name: str) -> list[str]:
    """The lines of a generated table, without its head."""
    match = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert match, f"the README has no table of {name}"
    return match[1].strip().splitlines()[2:]


def test_the_exit_codes_are_documented() -> None:
    """Every exit code stands in the README with its meaning."""
    assert table("exit codes") == [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()]


def test_the_error_codes_are_documented() -> None:
    """Every error code stands in the README with its meaning and exit code."""
    rows = [f"| {code} | {fault.meaning} | {fault.exit_code} |" for code, fault in sorted(FAULTS.items())]
    assert table("error codes") == rows


def test_every_command_is_documented() -> None:
    """The README's table names each command."""
    assert all(f"| `reportgen {command}" in README for command in COMMANDS)


def test_the_columns_of_the_segment_list_are_documented() -> None:
    """The README names the columns of segments.csv, in order."""
    assert f"`segments.csv` (`{', '.join(COLUMNS)}`" in README
