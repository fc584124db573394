"""What a month remembers of a table too long to hold is what it would remember of one that is held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from engines import ENGINES, EVERY_ENGINE

from reportgen.config import Settings
from reportgen.engine import drawing
from reportgen.engine.base import Engine
from reportgen.history.states import describe_columns
from reportgen.records.source import Source
from reportgen.records.table import CleanTable
from reportgen.roles.stage import assign_roles
from reportgen.tabulate import tabulate
from reportgen.together import read_one_or_several

SAMPLE = sorted((Path(__file__).parents[2] / "sample_data").glob("*.csv"))
SETTINGS = Settings()


@pytest.fixture(params=EVERY_ENGINE)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    started = ENGINES[request.param](tmp_path / "engine")
    yield started
    started.close()


def cleaned(path: Path, engine: Engine) -> CleanTable:
    raw = read_one_or_several(Source(path.name, path), SETTINGS.input, engine)
    return tabulate(raw, assign_roles(raw, SETTINGS, engine), SETTINGS, engine)


def test_a_long_table_is_remembered_alike(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bins, levels, last days and missing cells are the same, whether the columns are held or counted."""
    first, next_month = (cleaned(path, engine) for path in SAMPLE[:2])
    held = describe_columns(first, engine)
    held_then = describe_columns(next_month, engine, held)
    monkeypatch.setattr(drawing, "HELD_CUSTOMERS", 100)
    monkeypatch.setattr(drawing, "DRAWN_CUSTOMERS", 200)
    assert describe_columns(first, engine) == held
    assert describe_columns(next_month, engine, held) == held_then
