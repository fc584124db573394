"""The whole job on the sample data, from the command line to the published directory."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from runs import OUTPUTS, SAMPLE, hashes, read_segments, read_study, reportgen, run_export, sizes

import reportgen as package


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, scratch: Path) -> Path:
    return run_export(SAMPLE, tmp_path_factory.mktemp("sample"), TMPDIR=str(scratch))


def test_a_run_publishes_every_output(published: Path) -> None:
    """The directory holds what is promised, and `latest` points at it."""
    assert {path.name for path in published.iterdir()} == OUTPUTS
    assert (published.parent / "latest").resolve() == published.resolve()


def test_nothing_is_left_among_the_temporary_files(published: Path, scratch: Path) -> None:
    """The fonts that the PDF was set in stayed there, a folder of them after every run."""
    assert published.exists() and not list(scratch.iterdir())


def test_the_study_is_valid_by_its_schema(published: Path) -> None:
    """study.json fits the JSON Schema that ships with reportgen."""
    schema = json.loads((Path(package.__file__).parent / "render" / "study.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(read_study(published), schema)


def test_sizes_sum_to_the_customers(published: Path) -> None:
    """Every customer kept is in one segment, and in one line of segments.csv."""
    study, rows = read_study(published), read_segments(published)
    assert sum(sizes(study)) == len(rows)
    assert len({row["customer_id"] for row in rows}) == len(rows)


def test_few_missing_labels_hide_no_share_of_the_others(published: Path) -> None:
    """Gender is not known of some customers; its shares among the others are told of every segment."""
    study = read_study(published)
    missing = next(entry["n_missing"] for entry in study["cleaning"]["quality"] if entry["name"] == "Gender")
    told = [[level["level"] for level in one["levels"] if level["column"] == "Gender"] for one in study["segments"]]
    assert missing
    assert told == [["Female", "Male"]] * study["k"]


def test_no_record_is_lost(published: Path) -> None:
    """Physical records are customers plus records set aside, each of them listed."""
    manifest = json.loads((published / "manifest.json").read_text(encoding="utf-8"))
    physical = len(SAMPLE.read_text(encoding="utf-8").splitlines()) - 1
    quarantined = (published / "quarantine.csv").read_text(encoding="utf-8").count("set aside")
    assert manifest["source"]["file_name"] == SAMPLE.name
    assert physical == len(read_segments(published)) + quarantined


def test_names_are_distinct(published: Path) -> None:
    """No two segments share a name."""
    names = [segment["name"] for segment in read_study(published)["segments"]]
    assert len(set(names)) == len(names) >= 2


def test_two_runs_give_the_same_bytes(published: Path, tmp_path: Path) -> None:
    """Another process, another hash seed, another folder, another time zone: the same sha256 for every output."""
    again = run_export(SAMPLE, tmp_path / "other", PYTHONHASHSEED="7", TZ="Asia/Kolkata", LC_ALL="C")
    assert hashes(again) == hashes(published)


def test_verify_holds(published: Path) -> None:
    """verify recomputes every claim of an untouched run."""
    outcome = reportgen("verify", published, "--json")
    report = json.loads(outcome.stdout)
    assert outcome.returncode == 0, [check for check in report["checks"] if not check["ok"]]
    assert len(report["checks"]) > len(read_study(published)["claims"])


def test_verify_finds_one_changed_figure(published: Path, tmp_path: Path) -> None:
    """One digit changed in study.json is found, even though the run is otherwise whole."""
    copy = tmp_path / "run"
    shutil.copytree(published, copy)
    study = copy / "study.json"
    text = study.read_text(encoding="utf-8")
    share = json.loads(text)["segments"][0]["share"]
    study.write_text(text.replace(repr(share), repr(share + 0.01), 1), encoding="utf-8")
    assert reportgen("verify", copy).returncode == 1


def test_the_bundled_demo_runs(tmp_path: Path) -> None:
    """`reportgen demo` makes the same run from any folder."""
    outcome = reportgen("demo", "--out", tmp_path / "out", "--formats", "html", cwd=tmp_path)
    assert outcome.returncode == 0, outcome.stderr
    assert (tmp_path / "out" / "2026-10" / "report.html").is_file()
    assert not (tmp_path / "out" / "2026-10" / "report.pdf").exists()


def test_the_period_comes_from_the_file_name(tmp_path: Path) -> None:
    """Without --period, the month in the export's name is the period."""
    outcome = reportgen(
        "run", SAMPLE.with_name("customers_2026-09.csv"), "--out", tmp_path, "--formats", "html", "--json"
    )
    assert json.loads(outcome.stdout)["directory"].endswith("2026-09")
