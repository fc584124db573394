"""Which month a report is of where neither the name of the export nor --period says so."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest
from order_tables import add, order_lines
from runs import SAMPLE, reportgen

from reportgen.periods import named_month
from reportgen.records.source import source_of, together


def export_of_orders(folder: Path, last: str = "", n_last: int = 2) -> Path:
    """Order lines up to June 2026, and so many of the last day: one alone would be a slip."""
    columns = order_lines()
    for i in range(n_last if last else 0):
        add(columns, Order_Date=last, Order_No=str(20_000 + i))
    path = folder / "orders.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(columns), *zip(*columns.values(), strict=True)])
    return path


def test_order_lines_are_of_the_month_they_end_in(tmp_path: Path) -> None:
    """The newest order decides, and the run says so; made again, there is nothing to do."""
    export = export_of_orders(tmp_path)
    outcome = reportgen("run", export, "--out", tmp_path / "out", "--formats", "html", "--json")
    told = json.loads(outcome.stdout)
    assert Path(told["directory"]).name == "2026-06"
    assert any("reach to 2026-06-" in note and "--period" in note for note in told["notes"]), told["notes"]
    assert '"2026-06"' in (tmp_path / "out" / "2026-06" / "study.json").read_text(encoding="utf-8")
    again = json.loads(reportgen("run", export, "--out", tmp_path / "out", "--formats", "html", "--json").stdout)
    assert (again["is_repeat"], Path(again["directory"]).name) == (True, "2026-06")
    assert reportgen("verify", tmp_path / "out" / "2026-06").returncode == 0


@pytest.mark.parametrize("kind", ["customers", "orders of next year"])
def test_others_are_of_today(kind: str, tmp_path: Path) -> None:
    """One row a customer has no month of its own, and a report is of no month that is still to come."""
    today = dt.date.today()
    export = tmp_path / "customers.csv"
    export.write_bytes(SAMPLE.read_bytes())
    if kind != "customers":
        export = export_of_orders(tmp_path, last=f"{today.year + 1}-01-05")
    outcome = reportgen("run", export, "--out", tmp_path / "out", "--formats", "html", "--json")
    assert Path(json.loads(outcome.stdout)["directory"]).name == f"{today:%Y-%m}"


def test_one_slip_of_the_pen_moves_no_month(tmp_path: Path) -> None:
    """A single line of another year is set aside; the other orders tell the month."""
    export = export_of_orders(tmp_path, last=f"{dt.date.today().year + 2}-01-05", n_last=1)
    outcome = reportgen("run", export, "--out", tmp_path / "out", "--formats", "html", "--json")
    assert Path(json.loads(outcome.stdout)["directory"]).name == "2026-06"


def test_files_read_together_name_a_month_where_each_does() -> None:
    """The newest of them; a file without a month in its name leaves it to the orders."""
    named = [source_of(Path(f"orders_{month}.csv")) for month in ("2026-09", "2026-10")]
    assert named_month(together(named)) == "2026-10"
    assert named_month(together([*named, source_of(Path("orders.csv"))])) is None
