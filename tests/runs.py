"""Starts reportgen as a user does, in a process of its own, and reads back what it published."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample_data" / "customers_2026-10.csv"

OUTPUTS = {
    "report.pdf",
    "report.html",
    "email.html",
    "email.txt",
    "email.eml",
    "segments.csv",
    "study.json",
    "model.json",
    "manifest.json",
    "cleaning_log.csv",
    "quarantine.csv",
    "near_duplicates.csv",
    "source.json",
}


def reportgen(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line; never raises on an exit code."""
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )


def run_export(export: Path, out: Path, *arguments: str | Path, **environment: str) -> Path:
    """The published directory of a run that must succeed."""
    outcome = reportgen("run", export, "--out", out, "--period", "2026-10", *arguments, **environment)
    assert outcome.returncode == 0, outcome.stderr
    return out / "2026-10"


def read_study(directory: Path) -> dict[str, Any]:
    study: dict[str, Any] = json.loads((directory / "study.json").read_text(encoding="utf-8"))
    return study


def read_segments(directory: Path) -> list[dict[str, str]]:
    with (directory / "segments.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hashes(directory: Path) -> dict[str, str]:
    """File name → sha256 of everything that a run published."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(directory.iterdir())}


def sizes(study: dict[str, Any]) -> Sequence[int]:
    return [segment["n_customers"] for segment in study["segments"]]
