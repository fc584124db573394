"""The engine of a run has a folder of its own, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.engine_settings import EngineSettings
from reportgen.errors import ReportgenError, StageFailedError
from reportgen.row_engine import FOLDER, engine_for
from reportgen.stage_clock import Clock, silence

DUCKDB = EngineSettings(use="duckdb", memory_mib=64)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text("id,income\n" + "1,2\n" * 40_000, encoding="utf-8")
    return path


def test_a_large_export_is_worked_through_on_duckdb(export: Path, tmp_path: Path) -> None:
    """Files are written into the output directory while it lasts, for their owner alone."""
    export.write_text("id,income\n" + "1,2\n" * 3_000_000, encoding="utf-8")
    with engine_for(export, EngineSettings(memory_mib=64), tmp_path) as chosen:
        assert (chosen.engine.name, chosen.why.reason, chosen.why.expected_mib) == ("duckdb", "too large", 69)
        assert chosen.engine.folder == (tmp_path / FOLDER).resolve()
        assert (tmp_path / FOLDER).stat().st_mode & 0o777 == 0o700
    assert not (tmp_path / FOLDER).exists()


def test_a_small_export_needs_no_folder(export: Path, tmp_path: Path) -> None:
    """In memory nothing is written."""
    with engine_for(export, EngineSettings(), tmp_path) as chosen:
        assert chosen.engine.name == "memory"
        assert not (tmp_path / FOLDER).exists()


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ReportgenError, ZeroDivisionError])
def test_the_files_go_however_a_run_ends(fault: type[BaseException], export: Path, tmp_path: Path) -> None:
    """Ctrl-C and faults too."""
    arguments = ("RG-001", "no") if fault is ReportgenError else ()
    with pytest.raises(fault), engine_for(export, DUCKDB, tmp_path):
        raise fault(*arguments)
    assert not (tmp_path / FOLDER).exists()


@pytest.mark.parametrize("use", ["memory", "duckdb"])
def test_what_a_killed_run_left_is_removed(use: str, export: Path, tmp_path: Path) -> None:
    """By the next run into the same directory, whichever engine it has."""
    left = tmp_path / FOLDER / "spill" / "0001.parquet"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"rows")
    with engine_for(export, EngineSettings.model_validate({"use": use}), tmp_path):
        assert not left.exists()


def test_a_link_is_not_followed(export: Path, tmp_path: Path) -> None:
    """Somebody's folder behind a link in the place of ours stays as it is."""
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "file").write_bytes(b"dear")
    (tmp_path / FOLDER).symlink_to(theirs)
    with engine_for(export, DUCKDB, tmp_path):
        pass
    assert (theirs / "file").exists()
    assert not (tmp_path / FOLDER).is_symlink()


def test_the_settings_name_the_folder(export: Path, tmp_path: Path) -> None:
    """One part of it for each output directory, the same for each run."""
    scratch, out = tmp_path / "scratch", tmp_path / "out"
    scratch.mkdir()
    chosen = DUCKDB.model_copy(update={"folder": str(scratch)})
    for place in (out, None):
        with engine_for(export, chosen, place) as started:
            assert started.engine.folder and started.engine.folder.parent == scratch.resolve()
        assert not list(scratch.iterdir())


def test_a_folder_that_is_not_there_is_said(export: Path, tmp_path: Path) -> None:
    """RG-071, with the setting that names another."""
    chosen = DUCKDB.model_copy(update={"folder": str(tmp_path / "none")})
    with pytest.raises(ReportgenError) as refused, engine_for(export, chosen, tmp_path):
        pass
    assert (refused.value.code, "[engine] folder" in refused.value.hint) == ("RG-071", True)


def test_too_little_memory_is_one_sentence(export: Path, tmp_path: Path) -> None:
    """Where DuckDB cannot do with the memory that is set, the setting is named and the folder is gone."""
    with pytest.raises(ReportgenError, match="64 MiB that the settings allow") as refused:  # noqa: SIM117
        with engine_for(export, DUCKDB, tmp_path) as chosen, Clock(silence).stage("cleaning"):
            numbers = chosen.engine.from_columns({"n": list(range(10))})
            numbers.aggregate("list(repeat('x', 100000000))").fetchall()
    assert refused.value.code == "RG-046"
    assert not (tmp_path / FOLDER).exists()


def test_another_fault_keeps_its_stage(export: Path, tmp_path: Path) -> None:
    """What is no lack of room leaves as it came."""
    with pytest.raises(StageFailedError, match="The cleaning stage failed"):  # noqa: SIM117
        with engine_for(export, DUCKDB, tmp_path), Clock(silence).stage("cleaning"):
            raise ZeroDivisionError
