"""Order lines from the command line: inspected, run, verified, written down as settings, read from several files."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
from pathlib import Path

import pytest
from runs import read_study, reportgen

HEADER = ("InvoiceNo", "InvoiceDate", "CustomerID", "StockCode", "Description", "Quantity", "UnitPrice", "Country")
GROUPS = {"A": (30, 9, (330, 360), 60.0), "B": (60, 1, (20, 90), 5.0), "C": (40, 3, (180, 260), 15.0)}
"""Group → customers, orders of each, days from the start of the year between which they lie, mean price."""


def rows() -> list[tuple[str, ...]]:
    """Lines of three planted groups: best, lapsed, between; one without an id, one postage."""
    chance, found, number = random.Random(7), [], 50_000
    for group, (n_customers, n_orders, days, price) in GROUPS.items():
        for i in range(n_customers):
            for _ in range(max(1, n_orders + chance.choice((-1, 0, 1)) * (n_orders > 1))):
                number += 1
                day = dt.date(2026, 1, 1) + dt.timedelta(days=chance.randint(*days))
                head = (str(number), f"{day:%d.%m.%Y}", f"{group}{i:03d}")
                for k in range(2):
                    cost = f"{price * chance.uniform(0.6, 1.6):.2f}"
                    found.append((*head, f"2{k}{i:03d}", "MUG", str(chance.randint(1, 6)), cost, "Malta"))
    found += [(*found[0][:2], "", *found[0][3:]), (*found[0][:3], "POST", "POSTAGE", "1", "4.95", "Malta")]
    return found


def write(path: Path, lines: list[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *lines])
    return path


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("orders") / "orders_2026-12.csv", rows())


@pytest.fixture(scope="module")
def run(export: Path) -> Path:
    outcome = reportgen("run", export, "--out", export.parent / "out", "--k", "3", "--formats", "html")
    assert outcome.returncode == 0, outcome.stderr
    return export.parent / "out" / "2026-12"


def test_inspect_shows_parts_lines_and_customers(export: Path) -> None:
    """Which column is which and why, what is set aside, and what the customers look like."""
    shown = reportgen("inspect", export).stdout
    for part in ("customer     CustomerID", "price        UnitPrice", "no customer id", "postage, no goods"):
        assert part in shown
    told = json.loads(reportgen("inspect", export, "--json").stdout)["orders"]
    assert told["lines"] == told["purchases"] + sum(entry["lines"] for entry in told["set_aside"]) == len(rows())
    assert [entry["column"] for entry in told["customers"]][:3] == ["Days since last purchase", "Orders", "Spending"]


def test_every_claim_of_the_run_recomputes(run: Path) -> None:
    """verify reads the order lines again."""
    outcome = reportgen("verify", run)
    assert outcome.returncode == 0, outcome.stdout


def test_names_that_shops_know_are_proved(run: Path) -> None:
    """Recent, frequent and high-spending are Champions; lapsed, occasional and low-spending hibernate."""
    segments = {segment["name"]: segment for segment in read_study(run)["segments"]}
    assert {"Champions", "Hibernating Customers"} <= set(segments)
    champions = segments["Champions"]
    assert [word["column"] for word in champions["words"]] == ["Days since last purchase", "Orders", "Spending"]
    low, *high = (word["difference"] for word in champions["words"])
    assert low <= -0.5
    assert all(difference >= 0.5 for difference in high)
    assert all(word["coverage"] >= 0.7 and word["persistence"] >= 0.9 for word in champions["words"])


def test_the_report_says_how_lines_became_customers(run: Path) -> None:
    """A sentence with its numbers; no sentence that dates are missing."""
    study = read_study(run)
    (claim,) = [claim for claim in study["claims"] if claim["id"] == "answer.orders"]
    assert f"Of {len(rows())} order lines" in claim["text"]
    assert study["orders"]["reference_day"] in claim["text"]
    assert not any("no dates" in limit for limit in study["limits"])


def test_init_writes_settings_that_run(export: Path, tmp_path: Path) -> None:
    """Parts and features are written down by name, and the same export reads with them."""
    config = tmp_path / "shop.toml"
    assert reportgen("init", export, "--to", config).returncode == 0
    text = config.read_text(encoding="utf-8")
    assert 'price = "UnitPrice"' in text
    assert 'features = ["Days since last purchase", "Orders", "Spending"]' in text
    outcome = reportgen("inspect", export, "--config", config)
    assert (outcome.returncode, outcome.stderr) == (0, "")


@pytest.mark.slow
def test_several_files_are_one_table(export: Path, tmp_path: Path) -> None:
    """--together: the newest month names the run, places name the file, verify reads all files again, moved too."""
    lines = rows()
    parts = [write(tmp_path / f"orders_2026-{m}.csv", lines[place::2]) for place, m in enumerate(("11", "12"))]
    outcome = reportgen("run", "--together", *parts, "--out", tmp_path / "out", "--k", "3", "--formats", "html")
    assert outcome.returncode == 0, outcome.stderr
    found = read_study(tmp_path / "out" / "2026-12")
    assert found["orders"]["spending"] == pytest.approx(json.loads(inspected(export))["orders"]["spending"])
    assert all(part.name in found["source"]["notes"][0] for part in parts)
    quarantine = (tmp_path / "out" / "2026-12" / "quarantine.csv").read_text(encoding="utf-8")
    assert f"{parts[1].name}, line " in quarantine
    assert reportgen("verify", tmp_path / "out" / "2026-12").returncode == 0
    (tmp_path / "archive").mkdir()
    moved = [part.rename(tmp_path / "archive" / part.name) for part in parts]
    assert "RG-082" in reportgen("verify", tmp_path / "out" / "2026-12").stderr
    given = [text for part in reversed(moved) for text in ("--source", str(part))]
    assert reportgen("verify", tmp_path / "out" / "2026-12", *given).returncode == 0
    assert reportgen("verify", tmp_path / "out" / "2026-12", "--source", moved[0]).returncode == 1


def inspected(export: Path) -> str:
    return reportgen("inspect", export, "--json").stdout


def test_files_read_together_have_the_same_columns(export: Path, tmp_path: Path) -> None:
    """RG-063 names both files and the column."""
    other = tmp_path / "orders_2026-11.csv"
    other.write_text("InvoiceNo,CustomerID\n1,2\n3,4\n", encoding="utf-8")
    outcome = reportgen("inspect", "--together", export, other)
    assert outcome.returncode == 78
    assert all(part in outcome.stderr for part in ("RG-063", other.name, "InvoiceDate"))


def test_addresses_that_stand_for_customers_stay_in_the_list(tmp_path: Path) -> None:
    """Orders without a customer id go by their e-mail addresses: these are in segments.csv and nowhere else."""
    lines = [(*row[:2], f"{row[2].lower()}@birds.example" if row[2] else "", *row[3:]) for row in rows()]
    path = tmp_path / "orders_2026-12.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([tuple("Email" if name == "CustomerID" else name for name in HEADER), *lines])
    outcome = reportgen("run", path, "--out", tmp_path / "out", "--formats", "html")
    assert outcome.returncode == 0, outcome.stderr
    assert "birds.example" not in outcome.stdout + outcome.stderr
    found = {
        file.name for file in (tmp_path / "out").rglob("*") if file.is_file() and b"birds.example" in file.read_bytes()
    }
    assert found == {"segments.csv"}
