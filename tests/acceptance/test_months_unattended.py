"""Years of months that nobody watches: each has one report, none twice, whatever the calendar does."""

from __future__ import annotations

import os
import random
import resource
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reportgen.config import Settings
from reportgen.history.store import read_history
from reportgen.parallel import Crew
from reportgen.periods import in_order
from reportgen.pipeline import run
from reportgen.records.source import source_of

SETTINGS = Settings().with_overrides("segments", n_bootstraps=20).with_overrides("report", formats=("email",))
MISSED, TWICE = 4, 7
"""Every so many months the machine is off on the day, or the run is started twice."""
MOST_GROWTH = 64.0
"""MiB after the second month: what a series of any length may take more."""
ZONES = ("UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati")


@pytest.fixture
def zones() -> Iterator[None]:
    """Puts the time zone back."""
    before = os.environ.get("TZ")
    yield
    os.environ.pop("TZ") if before is None else os.environ.__setitem__("TZ", before)
    time.tzset()


def days(n_months: int) -> Iterator[date]:
    """The days on which a timer fires: the first, the last, a leap day, the nights on which clocks change."""
    for n in range(n_months):
        year, month = 2027 + n // 12, n % 12 + 1
        leap = month == 2 and year % 4 == 0
        day = {3: 28, 10: 31, 12: 31}.get(month, 29 if leap else 1)
        yield date(year, month, day)


def write_export(folder: Path, day: date, customers: dict[str, list[float]], draw: random.Random) -> Path:
    """Everybody as in the month before but for small changes, five customers fewer and five new ones."""
    for gone in list(customers)[:5] if len(customers) > 90 else ():
        del customers[gone]
    born = 0
    while len(customers) < 95:
        center = ((20, 20), (50, 80), (90, 45))[born % 3]
        customers[f"{day:%Y%m}{born:03d}"] = [center[0] + draw.gauss(0, 3), center[1] + draw.gauss(0, 3)]
        born += 1
    for values in customers.values():
        values[:] = [value + draw.gauss(0, 0.2) for value in values]
    path = folder / f"customers_{day:%Y-%m}.csv"
    rows = [f"{customer},{income:.2f},{score:.2f}" for customer, (income, score) in customers.items()]
    path.write_text("\n".join(["CustomerID,Income,Score", *rows]) + "\n", encoding="utf-8")
    return path


def run_all(exports: Path, out: Path, today: date, crew: Crew) -> list[str]:
    """What a schedule does: every export, the oldest first; the months that were made."""
    months = in_order([source_of(path) for path in sorted(exports.glob("*.csv"))], None, today)
    results = [(month, run(export, out, month, SETTINGS, crew=crew)) for month, export in months]
    return [month for month, result in results if not result.is_repeat]


def peak() -> float:
    """MiB that the process held at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def n_open() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc").exists(), reason="changes the time zone, counts open files")
@pytest.mark.usefixtures("zones")
@pytest.mark.parametrize("n_months", [4, pytest.param(60, marks=pytest.mark.slow)])
def test_every_month_has_one_report(n_months: int, tmp_path: Path) -> None:
    """Missed months are caught up in order, a second start does nothing, no file stays open, memory is given back."""
    exports, out, draw = tmp_path / "exports", tmp_path / "out", random.Random(0)
    exports.mkdir()
    customers: dict[str, list[float]] = {}
    made: list[str] = []
    opened: list[int] = []
    peaks: list[float] = []
    with Crew() as crew:
        for n, day in enumerate(days(n_months)):
            os.environ["TZ"] = ZONES[n % len(ZONES)]
            time.tzset()
            write_export(exports, day, customers, draw)
            if n % MISSED == MISSED - 2 and n < n_months - 1:
                continue
            made += run_all(exports, out, day, crew)
            if n % TWICE == 0:
                assert run_all(exports, out, day, crew) == []
            opened.append(n_open())
            peaks.append(peak())
    expected = [f"{day:%Y-%m}" for day in days(n_months)]
    assert made == expected
    with read_history(out) as history:
        assert [(month.period, month.revision) for month in history.months] == [(period, 1) for period in expected]
        assert {len(month.segments) for month in history.months} == {3} and not history.trouble
    assert sorted(path.name for path in out.glob("2*")) == expected
    assert max(opened[1:]) == min(opened[1:])
    assert peaks[-1] - peaks[1] < MOST_GROWTH
