"""Whether a month's export is still like the baseline's, and what a person should look at."""

from __future__ import annotations

from dataclasses import replace

import months
import numpy as np
import pytest

from reportgen.history.drift import compare_column, compare_columns, raise_alerts, stability_index
from reportgen.history.states import bin_counts, inner_edges
from reportgen.records.history import Alert, ColumnState, Month

INCOME = months.number_state("income", (10, 20, 30), (250, 250, 250, 250))
CITY = months.level_state("city", {"Berlin": 600, "Hamburg": 400})


def month(period: str, *columns: ColumnState, **changes: object) -> Month:
    return months.month(period, {1: range(1000)}, columns=columns, **changes)


def alerts(before: Month, now: Month) -> tuple[Alert, ...]:
    return raise_alerts(before, now, compare_columns(before.columns, now.columns))


def test_the_index_is_the_published_one() -> None:
    """Σ (q − p) ln(q / p), here by hand, and 0 for equal shares."""
    by_hand = (0.4 - 0.5) * np.log(0.4 / 0.5) + (0.6 - 0.5) * np.log(0.6 / 0.5)
    assert stability_index([(50_000, 40_000), (50_000, 60_000)]) == pytest.approx(by_hand, abs=1e-5)
    assert stability_index([(30, 60), (70, 140)]) == pytest.approx(0.0, abs=1e-3)


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [((240, 260, 255, 245), "steady"), ((150, 200, 250, 400), "watch"), ((60, 100, 300, 540), "act")],
)
def test_columns_are_judged_by_the_convention(counts: tuple[int, ...], verdict: str) -> None:
    """Up to .1 nothing is said, up to .25 the column is watched, beyond it a person should act."""
    assert compare_column(INCOME, replace(INCOME, counts=counts)).verdict == verdict


def test_chance_raises_no_drift() -> None:
    """Two samples of 100 customers from one population are hardly ever judged to differ, though many pass .1."""
    generator = np.random.default_rng(3)
    verdicts, passed = [], 0
    for _ in range(300):
        first, second = generator.normal(size=(2, 100))
        edges = inner_edges(first)
        before, now = (months.number_state("x", edges, bin_counts(values, edges)) for values in (first, second))
        drift = compare_column(before, now)
        verdicts.append(drift.verdict)
        passed += (drift.psi or 0) > 0.1
    assert passed > 100
    assert sum(verdict != "steady" for verdict in verdicts) <= 12


def test_unseen_levels_are_named() -> None:
    """A level that the baseline never had is named with its customers."""
    now = months.level_state("city", {"Berlin": 550, "Hamburg": 350, "Rome": 100})
    drift = compare_column(CITY, now)
    assert (drift.unseen, drift.n_unseen) == (("Rome",), 100)
    assert alerts(month("2026-09", CITY), month("2026-10", now))[0] == Alert("unseen levels", "city", 0.0, 100.0)


def test_a_number_that_became_text_is_not_compared() -> None:
    """A column of another kind has no index, and the alert says so."""
    now = months.level_state("income", {"high": 500, "low": 500})
    assert compare_column(INCOME, now).psi is None
    assert alerts(month("2026-09", INCOME), month("2026-10", now)) == (Alert("column kind", "income", 0.0, 0.0),)


def test_missing_values_raise_an_alert() -> None:
    """A share of missing cells that has risen by more than a tenth of all is told with both shares."""
    before = replace(INCOME, n_missing=0)
    now = months.number_state("income", INCOME.edges, (200, 200, 200, 200), n_missing=200)
    assert alerts(month("2026-09", before), month("2026-10", now)) == (Alert("missing values", "income", 0.0, 0.2),)


def test_gone_and_new_columns_raise_alerts() -> None:
    """A column that is missing from the header, and one that was never there, are named."""
    found = alerts(month("2026-09", INCOME), month("2026-10", CITY))
    assert [(alert.kind, alert.column) for alert in found] == [("column gone", "income"), ("column new", "city")]


def test_the_same_file_raises_an_alert() -> None:
    """Last month's file under a new name is known by its content."""
    before = month("2026-09")
    assert [a.kind for a in alerts(before, month("2026-10", source_sha256=before.source_sha256))] == ["same file"]


@pytest.mark.parametrize(("n_records", "kinds"), [(1501, ["row count"]), (1500, []), (500, []), (499, ["row count"])])
def test_a_changed_row_count_raises_an_alert(n_records: int, kinds: list[str]) -> None:
    """More than half as many records more or fewer is told."""
    assert [a.kind for a in alerts(month("2026-09"), month("2026-10", n_records=n_records))] == kinds


@pytest.mark.parametrize(
    ("last_days", "kinds"),
    [
        (("2026-09-28", "2026-10-30"), []),
        (("2026-09-28", "2026-09-28"), ["old data"]),
        (("2026-08-31", "2026-09-30"), []),
        (("2026-08-31", "2026-08-31"), ["old data"]),
        (("2019-05-01", "2019-05-01"), []),
        (("2026-09-28", ""), []),
        (("2026-09-28", "2026-11-03"), ["later data"]),
        (("2027-01-01", "2027-01-01"), []),
    ],
)
def test_old_data_raise_an_alert_where_dates_keep_up(last_days: tuple[str, str], kinds: list[str]) -> None:
    """The newest date lies further behind the period than it did, and no further back than an export usually ends."""
    before, now = (ColumnState("order", "date", "date", 1000, 0, last_day=day) for day in last_days)
    assert [alert.kind for alert in alerts(month("2026-09", before), month("2026-10", now))] == kinds


def test_a_quiet_month_raises_none() -> None:
    """The same columns with the same counts are steady."""
    assert alerts(month("2026-09", INCOME, CITY), month("2026-10", INCOME, CITY)) == ()
