"""Public exports whose right answer is published: the run must reach it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from real_data import real_data
from runs import read_segments, read_study, reportgen, run_export, sizes

pytestmark = pytest.mark.real_data

MALL_SIZES = [81, 39, 35, 23, 22]
MALL_CENTERS = [(55.30, 49.52), (86.54, 82.13), (88.20, 17.11), (26.30, 20.91), (25.73, 79.36)]
MALL_FILES = (
    "Mall_Customers.csv",
    "Mall_Customers_lf.csv",
    "Mall_Customers_genre.csv",
    "Mall_Customers_genre_zeropad.csv",
    "Mall_Customers_underscore_headers.csv",
    "Mall_Customers_semicolon_extra_col.csv",
)


@pytest.fixture(scope="module")
def mall(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_export(real_data("mall_customers", "Mall_Customers.csv"), tmp_path_factory.mktemp("mall"))


def test_mall_gives_the_published_segments(mall: Path) -> None:
    """Without any setting: five segments of 81, 39, 35, 23 and 22 with silhouette .5547 and the published centres."""
    study = read_study(mall)
    assert (study["verdict"], study["k"], sizes(study)) == ("segments", 5, MALL_SIZES)
    assert study["silhouette"] == pytest.approx(0.5547, abs=0.0005)
    for segment, center in zip(study["segments"], MALL_CENTERS, strict=True):
        assert list(segment["centroid"].values()) == pytest.approx(center, abs=0.006)


def test_mall_names_are_true(mall: Path) -> None:
    """The two famous groups carry their names, and all five differ."""
    names = [segment["name"] for segment in read_study(mall)["segments"]]
    assert names[1] == "High-Income Spenders"
    assert names[3] == "Low-Income Savers"
    assert names[0].startswith("Middle-Income")
    assert len(set(names)) == 5


def test_mall_gender_does_not_differ(mall: Path) -> None:
    """Gender is said not to differ between the segments, and is in no name."""
    study = read_study(mall)
    gender = [claim["text"] for claim in study["claims"] if "Gender" in claim["text"]]
    assert any("not differ" in text for text in gender)
    assert not any("ale" in segment["name"].split("-") for segment in study["segments"])


def test_six_forced_segments_hold_one_not_to_target(tmp_path: Path) -> None:
    """The ten customers are called dissolved, knocked out of the scorecard, and proposed for merging on the page."""
    run = run_export(real_data("mall_customers", "Mall_Customers.csv"), tmp_path, "--k", "6", "--formats", "html")
    smallest = read_study(run)["segments"][-1]
    assert (smallest["n_customers"], smallest["trust"]["label"]) == (10, "dissolved")
    assert smallest["do"] == "Do not target: merge with High-Income Spenders"
    assert smallest["scorecard"]["score"] is None
    page = (run / "report.html").read_text(encoding="utf-8")
    assert "Do not target: merge with High-Income Spenders" in page
    assert "does not find the segment again (mean Jaccard 0.57, dissolved in 51% of the draws)" in page


@pytest.mark.parametrize("name", MALL_FILES[1:])
def test_all_dialects_give_the_same_segments(name: str, mall: Path, tmp_path: Path) -> None:
    """Header, separator, id form and line ends do not matter."""
    other = run_export(real_data("mall_customers", name), tmp_path, "--formats", "html")
    expected = [(row["segment_id"], row["confidence"]) for row in read_segments(mall)]
    assert [(row["segment_id"], row["confidence"]) for row in read_segments(other)] == expected


def test_the_given_features_are_the_default_ones(mall: Path, tmp_path: Path) -> None:
    """Naming income and score gives what no setting gives."""
    columns = "Annual Income (k$),Spending Score (1-100)"
    export = real_data("mall_customers", "Mall_Customers.csv")
    named = run_export(export, tmp_path, "--features", columns, "--formats", "html")
    assert read_segments(named) == read_segments(mall)


def test_a_mutilated_copy_is_cleaned_in_the_open(tmp_path: Path) -> None:
    """812 records: 12 exact duplicates set aside, 100 '?' cells counted, 800 customers kept."""
    run = run_export(real_data("mall_customers", "Mall_Customers_altered_800.csv"), tmp_path, "--formats", "html")
    log = (run / "cleaning_log.csv").read_text(encoding="utf-8")
    assert len(read_segments(run)) == 800
    assert (run / "quarantine.csv").read_text(encoding="utf-8").count("duplicate of line") == 12
    assert "?" in log


def test_customer_personality_reads_the_same_in_three_dialects(tmp_path: Path) -> None:
    """TAB with dd-mm-yyyy, semicolons with a BOM, and Excel: one truth."""
    names = ("marketing_campaign.csv", "marketing_campaign_bom_semicolon.csv", "marketing_campaign.xlsx")
    runs = [run_export(real_data("customer_personality", name), tmp_path / name, "--formats", "html") for name in names]
    lists = [read_segments(run) for run in runs]
    assert lists[0] == lists[1] == lists[2]
    assert len(lists[0]) == 2240


def test_verify_holds_on_public_exports(mall: Path) -> None:
    """Every claim on the mall customers recomputes."""
    outcome = reportgen("verify", mall, "--json")
    assert outcome.returncode == 0, [check for check in json.loads(outcome.stdout)["checks"] if not check["ok"]]
