"""A month that is killed at any moment shows the report before or the new one; the next start needs no hand."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.config import Settings
from reportgen.history.store import open_history
from reportgen.pipeline import run
from reportgen.records.source import source_of
from reportgen.verify.manifest import check_manifest, check_source

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")

PERIOD = "2026-10"
SETTINGS = Settings().with_overrides("segments", n_bootstraps=20).with_overrides("report", formats=("email",))
WINDOWS = (("Reading", 1.5), ("Drawing", 1.5), ("Publishing", 0.15))
"""Stage in which a kill begins to be due, and within how many seconds it falls: reading and segmenting, drawing and
writing, publishing and remembering."""
KILLS_A_VERSION = 3
"""One in each window; then a run goes through."""


def write_export(path: Path, seed: int) -> Path:
    """A hundred customers in three groups, other ones for each seed."""
    draw = random.Random(seed)
    centers = ((20, 20), (50, 80), (90, 45))
    rows = [
        f"C{n:03d},{draw.gauss(centers[n % 3][0], 3):.1f},{draw.gauss(centers[n % 3][1], 3):.1f}" for n in range(99)
    ]
    path.write_text("\n".join(["CustomerID,Income,Score", *rows]) + "\n", encoding="utf-8")
    return path


def start(export: Path, out: Path, period: str = PERIOD) -> tuple[int, int]:
    """A run in a process of its own: its id, and the end of a pipe from which its stages can be read."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        code = 1
        try:
            run(export, out, period, SETTINGS, announce=lambda stage: os.write(writer, f"{stage}\n".encode()) and None)
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    return child, reader


def kill_in(stage: str, seconds: float, export: Path, out: Path) -> None:
    """Kills the run and its workers so many seconds after the stage began, or lets it end before."""
    child, reader = start(export, out)
    with os.fdopen(reader, encoding="ascii") as told:
        for line in told:
            if line.strip() == stage:
                time.sleep(seconds)
                break
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)


def go_through(export: Path, out: Path, period: str = PERIOD) -> None:
    child, reader = start(export, out, period)
    os.close(reader) if os.waitpid(child, 0)[1] == 0 else pytest.fail("the next start failed")


def shown(out: Path) -> str:
    """SHA-256 of the export whose report is shown; the report is whole and every hash as in its manifest."""
    directory = out / PERIOD
    if not directory.exists():
        return ""
    assert all(check.ok for check in check_manifest(directory))
    for export in sorted(out.parent.glob("export_*.csv")):
        if check_source(directory, source_of(export)).ok:
            return sha256(export)
    raise AssertionError("the report is of no export")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def remembered(out: Path) -> list[str]:
    """The export of each revision of the month, in a history that is well."""
    with open_history(out) as history:
        assert (history.trouble, history.can_remember) == ("", True)
        assert len({month.key_mark for month in history.months if month.key_mark}) == 1
        months = [month for month in history.months if month.period == PERIOD]
        for month in months:
            kept = history.month(PERIOD, month.revision)
            assert kept and len(kept.keys) == kept.n_customers
    assert [month.revision for month in months] == list(range(1, len(months) + 1))
    return [month.source_sha256 for month in months]


def moments(n_kills: int) -> Iterator[tuple[int, str, float]]:
    """(version of the export, stage, seconds after it began)."""
    draw = random.Random(n_kills)
    for n in range(n_kills):
        stage, longest = WINDOWS[n % KILLS_A_VERSION]
        yield n // KILLS_A_VERSION, stage, draw.uniform(0, longest)


@pytest.mark.parametrize("n_kills", [3, pytest.param(150, marks=pytest.mark.slow)])
def test_a_killed_month_is_the_old_one_or_the_new_one(n_kills: int, tmp_path: Path) -> None:
    """After each kill what is shown and what is remembered agree; then a run goes through and leaves nothing behind."""
    out = tmp_path / "out"
    go_through(write_export(tmp_path / "export_before.csv", seed=-1), out, "2026-09")
    old = ""
    for version, stage, seconds in moments(n_kills):
        export = write_export(tmp_path / f"export_{version:03d}.csv", seed=version)
        new = sha256(export)
        kill_in(stage, seconds, export, out)
        now, kept = shown(out), remembered(out)
        assert now in (old, new) and (new not in kept or now == new), (stage, seconds)
        assert len(list(out.glob(".staging-*"))) <= 1
        if stage == WINDOWS[-1][0]:
            go_through(export, out)
            assert (shown(out), remembered(out)) == (new, [*dict.fromkeys([*kept, new])])
            assert not [*out.glob(".staging-*"), *out.glob("*.damaged-*"), *out.glob(".history-new*")]
            old = new
    assert len(remembered(out)) == n_kills // KILLS_A_VERSION
