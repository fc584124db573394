"""Every row of the matrix of bad inputs has a test that is named by its number."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from matrix.test_matrix_o import ELSEWHERE

HERE = Path(__file__).parent
TESTS = HERE.parent
ROWS = {"c": 48, "v": 45, "x": 20, "p": 10, "j": 10, "s": 8, "o": 10}
"""Letter → rows of the matrix."""


def names_in(path: Path) -> set[str]:
    """The tests of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_row_has_a_test() -> None:
    """All 151 rows: a test here, or one elsewhere that is there."""
    here = {name for path in HERE.glob("test_matrix_*.py") for name in names_in(path)}
    rows = {f"{letter}{number:02d}" for letter, n in ROWS.items() for number in range(1, n + 1)}
    elsewhere = {f"{row[0].lower()}{int(row[1:]):02d}" for row in ELSEWHERE}
    assert len(rows) == 151
    assert {row for row in rows if not any(name.startswith(f"test_{row}_") for name in here)} <= elsewhere


@pytest.mark.parametrize("row", ELSEWHERE)
def test_what_is_proved_elsewhere_is_there(row: str) -> None:
    """The tests that stand for a row exist under their names."""
    for place in ELSEWHERE[row]:
        path, _, name = place.partition("::")
        assert name in names_in(TESTS / path)


def test_every_test_says_its_class() -> None:
    """A row's test opens with what it proves."""
    for path in HERE.glob("test_matrix_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"
