"""The sample exports are what their README says."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from sklearn.metrics import silhouette_score

from reportgen.resources import find_resource

FOLDER = find_resource("sample_data")
MONTHS = ("2026-08", "2026-09", "2026-10")
SIZE_LIMIT = 100_000


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sample_data", FOLDER / "make_sample_data.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def written(maker: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    (folder / "README.md").write_text(text.replace(maker.counts_table(maker.make_months()), ""), encoding="utf-8")
    maker.write_sample_data(folder)
    return folder


def read_rows(month: str) -> list[dict[str, str]]:
    with (FOLDER / f"customers_{month}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", [*(f"customers_{month}.csv" for month in MONTHS), "README.md"])
def test_script_writes_shipped_bytes(written: Path, name: str) -> None:
    """Running the script again gives every shipped byte again, the README's counts included."""
    assert (written / name).read_bytes() == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("month", MONTHS)
def test_export_is_small_and_large_enough(month: str) -> None:
    """An export stays under 100 KB and holds at least 1,000 customers."""
    assert (FOLDER / f"customers_{month}.csv").stat().st_size < SIZE_LIMIT
    assert len({row["Customer ID"] for row in read_rows(month)}) >= 1_000


@pytest.mark.parametrize("month", MONTHS)
def test_dirt_is_what_is_stated(maker: ModuleType, month: str) -> None:
    """Counting the file's missing cells, duplicates, labels, ages, scores and incomes gives the README's counts."""
    rows = read_rows(month)
    unique = list({tuple(row.items()): row for row in rows}.values())
    cells = Counter(name for row in unique for name, cell in row.items() if cell in {"", "?", "n/a"})
    ages = [row["Age"] for row in unique]
    income, score = "Annual Income (k€)", "Spending Score (1-100)"
    known = {
        name: [float(row[name]) for row in unique if row[name] not in {"", "?", "n/a"}] for name in (income, score)
    }
    variants = {
        name: sum(row[name] not in {*usual, "", "?", "n/a"} for row in unique)
        for name, usual in (("Gender", {"Male", "Female"}), ("City", {name for name, _ in maker.CITIES}))
    }
    expected = next(made.counts for made in maker.make_months() if made.period == month)
    counted = {
        "customers": len(unique),
        "lines after the header": len(rows),
        "exact duplicates": len(rows) - len(unique),
        **{f"missing: {name}": n for name, n in cells.items()},
        **{f"label variants: {name}": n for name, n in variants.items()},
        "impossible ages": sum(age in {"150", "-3", "0", "199"} for age in ages),
        "scores outside 1-100": sum(not 1 <= value <= 100 for value in known[score]),
        "outlying incomes": sum(value > 115 for value in known[income]),
    }
    assert counted == {name: expected[name] for name in counted}


def test_customers_keep_their_ids(maker: ModuleType) -> None:
    """From month to month the stated numbers of customers arrive, leave and move; everybody else stays as they were."""
    for before, after in zip(maker.make_months(), maker.make_months()[1:], strict=False):
        old, new = before.segments, after.segments
        stayed = old.keys() & new.keys()
        assert len(new.keys() - old.keys()) == after.counts["new since last month"]
        assert len(old.keys() - new.keys()) == after.counts["lost since last month"]
        assert sum(old[key] != new[key] for key in stayed) == after.counts["moved to another segment"]


@pytest.mark.parametrize("month", MONTHS)
def test_planted_segments_are_apart(maker: ModuleType, month: str) -> None:
    """In scaled income, score and visits the planted segments have a mean silhouette above .5."""
    made = next(made for made in maker.make_months() if made.period == month)
    whole = {row["Customer ID"]: row for row in read_rows(month) if not {"", "?", "n/a"} & set(row.values())}
    names = ("Annual Income (k€)", "Spending Score (1-100)", "Monthly Visits")
    points = np.array([[min(float(row[name]), 115) for name in names] for row in whole.values()])
    assert silhouette_score((points - points.mean(0)) / points.std(0), [made.segments[key] for key in whole]) > 0.5
