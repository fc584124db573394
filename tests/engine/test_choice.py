"""Which engine works through the rows, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.engine import choice
from reportgen.engine.choice import MIB, decide, start_engine
from reportgen.engine_settings import EngineSettings
from reportgen.engine_words import engine_said
from reportgen.errors import ReportgenError
from reportgen.records.engine import IN_MEMORY, EngineChoice, read_choice


@pytest.mark.parametrize(
    ("use", "n_bytes", "name", "said"),
    [
        ("auto", 12 * MIB, "memory", "in memory: the table takes about 12 MiB there, no more than the 1 GiB set"),
        ("auto", 10, "memory", "in memory: the table takes about 1 MiB there, no more than the 1 GiB set"),
        (
            "auto",
            2458 * MIB,
            "duckdb",
            "on DuckDB: the table would take about 2.4 GiB in memory, more than the 1 GiB set",
        ),
        ("auto", None, "memory", "in memory: how much it takes there is not known before it is read"),
        ("memory", None, "memory", "in memory, as the settings say"),
        ("duckdb", None, "duckdb", "on DuckDB, as the settings say"),
        ("spark", None, "spark", "on Spark, as the settings say"),
    ],
)
def test_the_size_decides_unless_the_settings_do(use: str, n_bytes: int | None, name: str, said: str) -> None:
    """Memory while the table fits, DuckDB past that, and one clause that says why."""
    why = decide(EngineSettings.model_validate({"use": use}), n_bytes)
    assert why.name == name
    assert engine_said(why) == said


def test_each_engine_starts(tmp_path: Path) -> None:
    """Under the name that it was chosen by."""
    for name in ("memory", "duckdb"):
        engine = start_engine(name, EngineSettings(), tmp_path)
        assert engine.name == name
        engine.close()


def test_spark_that_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """RG-064, with how to install it."""
    monkeypatch.setattr(choice, "find_spec", lambda _name: None)
    with pytest.raises(ReportgenError) as refused:
        start_engine("spark", EngineSettings(), tmp_path)
    assert (refused.value.code, "reportgen[spark]" in refused.value.hint) == ("RG-064", True)


@pytest.mark.parametrize(
    "content",
    [
        None,
        {},
        {"name": "memory", "reason": "set", "expected_mib": None},
        {"name": "abacus", "reason": "set", "expected_mib": None, "memory_mib": 1},
        {"name": "memory", "reason": "<b>", "expected_mib": None, "memory_mib": 1},
        {"name": "memory", "reason": "set", "expected_mib": "1", "memory_mib": 1},
    ],
)
def test_a_forged_choice_is_none(content: object) -> None:
    """What a manifest says of the engine is printed, so it must be one of ours."""
    assert read_choice(content) is None


def test_a_choice_is_read_back() -> None:
    """From the manifest, as it was written."""
    why = EngineChoice("duckdb", "too large", 2458, 1024)
    written = {"name": "duckdb", "reason": "too large", "expected_mib": 2458, "memory_mib": 1024}
    assert read_choice(written) == why != IN_MEMORY
