"""Tables too long to hold, from the export to the published directory: two months, on every engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from engines import EMBEDDED
from runs import hashes, read_segments, read_study

from reportgen import pipeline, second_run
from reportgen.config import parse_settings
from reportgen.engine import drawing

SAMPLE = Path(__file__).parents[2] / "sample_data"
SETTINGS: dict[str, Any] = {"segments": {"n_bootstraps": 20}, "report": {"formats": ["html"]}}


@pytest.fixture(autouse=True)
def _short_tables_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "HELD_CUSTOMERS", 500)
    monkeypatch.setattr(drawing, "DRAWN_CUSTOMERS", 700)


NAMING = {"report.html", "manifest.json"}
"""Outputs with the line that names the engine."""


def run(out: Path, period: str, engine: str = "memory", **sections: Any) -> Path:
    settings = parse_settings({**SETTINGS, "engine": {"use": engine}, **sections}, origin="a test")
    return pipeline.run(SAMPLE / f"customers_{period}.csv", out, period, settings).directory


@pytest.mark.parametrize("engine", EMBEDDED)
def test_two_months_of_a_long_table(engine: str, tmp_path: Path) -> None:
    """Sizes are those of all customers, the second month is scored with the first one's model, and verify holds."""
    first, second = (run(tmp_path / "out", period, engine) for period in ("2026-08", "2026-09"))
    study = read_study(second)
    assert sum(segment["n_customers"] for segment in study["segments"]) == len(read_segments(second)) > 1_000
    assert study["change"]["mode"] == "scored"
    assert study["change"]["movement"]["n_shared"] > 1_000
    for directory in (first, second):
        assert [check for check in second_run.verify(directory) if not check.ok] == []


def test_every_engine_publishes_the_same(tmp_path: Path) -> None:
    """Nothing differs between engines but the line that names them, and the manifest."""
    found = {name: hashes(run(tmp_path / name, "2026-10", name)) for name in EMBEDDED}
    for files in found.values():
        assert {name for name, digest in files.items() if digest != found["memory"][name]} <= NAMING


def test_the_list_of_segments_as_parquet(tmp_path: Path) -> None:
    """As Parquet the list says what it says as CSV."""
    plain = read_segments(run(tmp_path / "csv", "2026-10"))
    published = run(tmp_path / "parquet", "2026-10", report={"formats": ["html"], "segments": "parquet"})
    table = pq.read_table(published / "segments.parquet").to_pylist()
    assert [row["customer_id"] for row in table] == [row["customer_id"] for row in plain]
    assert [(row["segment"], str(row["segment_id"])) for row in table] == [
        (row["segment"], row["segment_id"]) for row in plain
    ]
    assert [f"{row['confidence']:.4f}" for row in table] == [row["confidence"] for row in plain]
    assert [row["runner_up"] for row in table] == [row["runner_up"] for row in plain]
    assert [row["borderline"] for row in table] == [row["borderline"] == "yes" for row in plain]
    assert "segments.parquet" in json.loads((published / "manifest.json").read_text())["outputs"]
