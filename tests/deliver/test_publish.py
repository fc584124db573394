"""A published run is one complete directory, or what was there before."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from reportgen.deliver import publish as module
from reportgen.deliver.publish import publish
from reportgen.errors import ReportgenError
from reportgen.records.study import Document

PERIOD = "2026-10"
SOURCE = Path("customers.csv")


def make_run(text: str, *, names: tuple[str, ...] = ("report.html", "segments.csv", "study.json")) -> list[Document]:
    return [Document(name, f"{name}: {text}".encode() * 50) for name in names]


def read_run(directory: Path) -> dict[str, bytes]:
    """Everything in the run but the note of its source."""
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.name != "source.json"}


def files_of(documents: list[Document]) -> dict[str, bytes]:
    return {document.name: document.content for document in documents}


def shelved(out: Path) -> list[Path]:
    return sorted(path for path in (out / ".runs").iterdir() if path.is_dir())


def test_period_and_latest_show_the_run(tmp_path: Path) -> None:
    """`out/<period>` and `out/latest` behave as one directory with the documents, nothing more."""
    shown = publish(make_run("a"), tmp_path / "new" / "out", PERIOD, SOURCE)
    assert shown == tmp_path / "new" / "out" / PERIOD
    assert read_run(shown) == read_run(shown.parent / "latest") == files_of(make_run("a"))


def test_links_survive_moving_the_output(tmp_path: Path) -> None:
    """The links are relative: the output directory can be moved or copied whole."""
    publish(make_run("a"), tmp_path / "out", PERIOD, SOURCE)
    (tmp_path / "out").rename(tmp_path / "archive")
    assert read_run(tmp_path / "archive" / "latest") == files_of(make_run("a"))


def test_same_documents_change_nothing(tmp_path: Path) -> None:
    """Publishing identical documents again leaves every entry as it was, times included."""
    publish(make_run("a"), tmp_path, PERIOD, SOURCE)
    before = {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*") if path.name != ".holder"}
    publish(make_run("a"), tmp_path, PERIOD, SOURCE)
    assert {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*") if path.name != ".holder"} == before


def test_one_old_revision_is_kept(tmp_path: Path) -> None:
    """After three revisions of a month the last and the one before are there; other months are not touched."""
    publish(make_run("september"), tmp_path, "2026-09", SOURCE)
    for text in ("a", "b", "c"):
        publish(make_run(text), tmp_path, PERIOD, SOURCE)
    kept = [read_run(path) for path in shelved(tmp_path) if path.name.startswith(PERIOD)]
    assert len(kept) == 2
    assert files_of(make_run("b")) in kept
    assert read_run(tmp_path / PERIOD) == files_of(make_run("c"))
    assert read_run(tmp_path / "2026-09") == files_of(make_run("september"))


def test_going_back_shows_the_old_revision(tmp_path: Path) -> None:
    """Publishing the previous revision's documents again points at it."""
    for text in ("a", "b", "a"):
        publish(make_run(text), tmp_path, PERIOD, SOURCE)
    assert read_run(tmp_path / PERIOD) == files_of(make_run("a"))
    assert len(shelved(tmp_path)) == 2


def test_changed_files_are_neither_shown_nor_removed(tmp_path: Path) -> None:
    """A revision that somebody changed is published afresh beside it and never deleted."""
    shown = publish(make_run("a"), tmp_path, PERIOD, SOURCE)
    touched = shown.resolve()
    (touched / "notes.txt").write_text("mine")
    for text in ("a", "b", "c", "d"):
        publish(make_run(text), tmp_path, PERIOD, SOURCE)
        assert read_run(tmp_path / PERIOD) == files_of(make_run(text))
    assert (touched / "notes.txt").read_text() == "mine"


def test_customers_files_are_for_their_owner(tmp_path: Path) -> None:
    """segments.csv, quarantine.csv and source.json have mode 0600; the report and its directory can be read."""
    old = os.umask(0o022)
    try:
        shown = publish(make_run("a", names=("report.pdf", "segments.csv", "quarantine.csv")), tmp_path, PERIOD, SOURCE)
    finally:
        os.umask(old)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in shown.iterdir()}
    personal = {"segments.csv", "quarantine.csv", "source.json"}
    assert modes == {"report.pdf": 0o644, **dict.fromkeys(personal, 0o600)}
    assert stat.S_IMODE(shown.stat().st_mode) == 0o755


@pytest.mark.parametrize("name", ["customers.csv", 'weiß & "co".csv', os.fsdecode(b"caf\xe9.csv")])
def test_source_is_noted(tmp_path: Path, name: str) -> None:
    """source.json, in ASCII, holds the whole path of the export, names that are not UTF-8 included."""
    source = tmp_path / "exports" / name
    note = publish(make_run("a"), tmp_path / "out", PERIOD, source) / "source.json"
    assert json.loads(note.read_bytes().decode("ascii")) == {"path": str(source)}


@pytest.mark.parametrize(
    "period",
    [
        "",
        "..",
        "../2026-10",
        "/etc",
        "2026-13",
        "2026-1",
        "2026-10/..",
        "2026-10\n",
        "2026-10\0",
        "latest",
        ".runs",
        "٢٠٢٦-10",
    ],
)
def test_hostile_periods_are_refused(tmp_path: Path, period: str) -> None:
    """Only a year and a month name a run; nothing is created for anything else."""
    with pytest.raises(ReportgenError) as refusal:
        publish(make_run("a"), tmp_path / "out", period, SOURCE)
    assert refusal.value.code == "RG-071"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../x.csv", "/etc/x.csv", "a/b.csv", "CON", ".hidden", "x.csv\n", "a.csv ", "-rf"])
def test_hostile_file_names_are_a_fault(tmp_path: Path, name: str) -> None:
    """A document that is not a plain lower-case file name is refused before anything is written."""
    with pytest.raises(ValueError, match="names of files"):
        publish([Document(name, b"")], tmp_path / "out", PERIOD, SOURCE)
    assert list(tmp_path.iterdir()) == []


FOREIGN = [(place, kind) for place in (PERIOD, "latest", f"{PERIOD}.txt") for kind in ("file", "directory", "link")]


@pytest.mark.parametrize(("place", "kind"), [*FOREIGN, (".runs", "file"), (".runs", "link")])
def test_foreign_entries_are_left_alone(tmp_path: Path, place: str, kind: str) -> None:
    """A file, directory or link that no run made is refused (RG-071) and stays."""
    make = {
        "file": lambda path: path.write_text("mine"),
        "directory": lambda path: path.mkdir(),
        "link": lambda path: path.symlink_to(tmp_path / "elsewhere"),
    }[kind]
    out = tmp_path / "out"
    out.mkdir()
    make(out / place)
    with pytest.raises(ReportgenError) as refusal:
        publish(make_run("a"), out, PERIOD, SOURCE)
    assert refusal.value.code == "RG-071"
    assert [path.name for path in sorted(out.iterdir()) if path.name not in {".lock", ".holder"}] == [place]


@pytest.mark.parametrize("kind", ["file", "link"])
def test_output_must_be_a_directory(tmp_path: Path, kind: str) -> None:
    """An output directory that is a file or a link is refused with exit code 73."""
    (tmp_path / "real").mkdir()
    out = tmp_path / "out"
    out.write_text("mine") if kind == "file" else out.symlink_to(tmp_path / "real")
    with pytest.raises(ReportgenError) as refusal:
        publish(make_run("a"), out, PERIOD, SOURCE)
    assert refusal.value.exit_code == 73
    assert list((tmp_path / "real").iterdir()) == []


def test_without_links_a_file_points_at_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where links are not allowed, `<period>.txt` and `latest.txt` name the directory, and a new run swaps them."""

    def refuse(*arguments: object, **options: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "symlink", refuse)
    for text in ("a", "b", "b"):
        shown = publish(make_run(text), tmp_path, PERIOD, SOURCE)
        assert read_run(shown) == files_of(make_run(text))
        for name in (PERIOD, "latest"):
            assert tmp_path / (tmp_path / f"{name}.txt").read_text().strip() == shown
    assert len(shelved(tmp_path)) == 2


def test_leftovers_of_a_killed_run_are_removed(tmp_path: Path) -> None:
    """Staging directories, links and files that a killed run left are gone after the next."""
    publish(make_run("a"), tmp_path, PERIOD, SOURCE)
    (tmp_path / ".staging-x" / "run").mkdir(parents=True)
    (tmp_path / ".staging-link").symlink_to("nowhere")
    publish(make_run("a"), tmp_path, PERIOD, SOURCE)
    assert not list(tmp_path.glob(f"{module.STAGING}*"))
