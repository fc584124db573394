"""A forced number of segments that leaves one of few customers: it is named, and no more is told or can be reckoned."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from runs import read_study, reportgen

BLOBS = ((20, 20, 80), (80, 80, 60), (20, 80, 14), (80, 20, 7))
"""Income, score, customers: the last has too few to be told, the one before it would give it away."""

COLUMNS = ("Annual Income (k$)", "Spending Score (1-100)")
FEW, BESIDE = "fewer than 10", "not told"


def write_export(path: Path, seed: int) -> list[list[tuple[float, float]]]:
    """The export; returns the customers of each blob."""
    draw = random.Random(seed)
    blobs = [
        [(round(draw.gauss(x, 4), 3), round(min(99, max(1, draw.gauss(y, 4))), 3)) for _ in range(n)]
        for x, y, n in BLOBS
    ]
    rows = [(f"C{i:04d}", *customer) for i, customer in enumerate(chain(*blobs), start=1)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("CustomerID", *COLUMNS), *rows])
    return blobs


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[list[tuple[float, float]]]]:
    """The second of two months, and its customers."""
    folder = tmp_path_factory.mktemp("few")
    write_export(folder / "2026-09.csv", seed=1)
    blobs = write_export(folder / "2026-10.csv", seed=2)
    for period in ("2026-09", "2026-10"):
        outcome = reportgen("run", folder / f"{period}.csv", "--out", folder / "out", "--period", period, "--k", "4")
        assert outcome.returncode == 0, outcome.stderr
        checked = reportgen("verify", folder / "out" / period, "--source", folder / f"{period}.csv")
        assert checked.returncode == 0, checked.stdout + checked.stderr
    return folder / "out" / "2026-10", blobs


def numbers_in(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        for item in value.values():
            yield from numbers_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from numbers_in(item)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield float(value)


def test_the_study_tells_no_figure_of_few(months: tuple[Path, list[list[tuple[float, float]]]]) -> None:
    """Neither sizes nor shares nor means of the small segment and of the one beside it stand anywhere in study.json."""
    study = read_study(months[0])
    assert [one["n_customers"] for one in study["segments"]] == [80, 60, None, None]
    told = set(numbers_in({key: study[key] for key in study if key not in {"orders", "cleaning"}}))
    n = sum(size for *_, size in BLOBS)
    secrets = [mean(values) for blob in months[1][2:] for values in zip(*blob, strict=True)]
    secrets += [size / n for *_, size in BLOBS[2:]]
    assert not [one for one in secrets if any(abs(one - other) < 1e-9 for other in told)]


def test_months_tell_no_size_of_few(months: tuple[Path, list[list[tuple[float, float]]]]) -> None:
    """Of both months, of the trend and of who went where, what holds these segments is withheld."""
    change = read_study(months[0])["change"]
    assert [(one["n_before"], one["n_now"]) for one in change["segments"]] == [(80, 80), (60, 60), *[(None, None)] * 2]
    assert {point["n_customers"] for point in change["trend"]} == {80, 60, None}
    assert all(row[2:] == [None, None] for row in change["movement"]["counts"])


@pytest.mark.parametrize("name", ["report.html", "email.txt"])
def test_readers_are_told_that_they_are_few(name: str, months: tuple[Path, list[list[tuple[float, float]]]]) -> None:
    """The page says `fewer than 10` (the mail `under 10`) and `not told`, and no size."""
    page = (months[0] / name).read_text(encoding="utf-8")
    words = re.sub(r"<svg.*?</svg>|<style.*?</style>|<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert FEW in words or "under 10" in words
    assert BESIDE in words
    assert not re.findall(r"\b(?:7|14) customers\b", words)
