"""A published run is one complete directory, or what was there before."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import sys
import threading
from pathlib import Path

import pytest

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


def shelved(out: Path, period: str = PERIOD) -> list[Path]:
    """The older revisions of the period."""
    return sorted((out / ".revisions").glob(f"{period}-*"))


def refuse_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "symlink", refuse)


def test_period_and_latest_show_the_run(tmp_path: Path) -> None:
    """`out/<period>` holds the documents, nothing more, and `out/latest` leads to it."""
    shown = publish(make_run("a"), tmp_path / "new" / "out", PERIOD, SOURCE)
    assert shown == tmp_path / "new" / "out" / PERIOD
    assert read_run(shown) == read_run(shown.parent / "latest") == files_of(make_run("a"))


def test_the_month_is_a_plain_directory(tmp_path: Path) -> None:
    """Nothing in `out/<period>` or above it is a link: copies and archives hold the files themselves."""
    shown = publish(make_run("a"), tmp_path / "out", PERIOD, SOURCE)
    shutil.copytree(shown, tmp_path / "copy", symlinks=True)
    shutil.rmtree(tmp_path / "out")
    assert read_run(tmp_path / "copy") == files_of(make_run("a"))


def test_latest_survives_moving_the_output(tmp_path: Path) -> None:
    """`latest` is relative: the output directory can be moved or copied whole."""
    publish(make_run("a"), tmp_path / "out", PERIOD, SOURCE)
    (tmp_path / "out").rename(tmp_path / "archive")
    assert read_run(tmp_path / "archive" / "latest") == files_of(make_run("a"))


def test_latest_is_the_period_published_last(tmp_path: Path) -> None:
    """`latest` follows the last publication, whichever month it was of."""
    for period in ("2026-09", "2026-10", "2026-09"):
        publish(make_run(period), tmp_path, period, SOURCE)
        assert str((tmp_path / "latest").readlink()) == period


@pytest.mark.parametrize("with_links", [True, False])
def test_same_documents_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_links: bool) -> None:
    """Publishing identical documents again leaves every entry as it was, times included."""
    if not with_links:
        refuse_links(monkeypatch)
    publish(make_run("a"), tmp_path, PERIOD, SOURCE)
    before = {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*") if path.name != ".holder"}
    publish(make_run("a"), tmp_path, PERIOD, SOURCE)
    assert {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*") if path.name != ".holder"} == before


@pytest.mark.usefixtures("way")
def test_one_old_revision_is_kept(tmp_path: Path) -> None:
    """After three revisions of a month the last is shown and the one before kept; other months are not touched."""
    for text in ("august", "september"):
        publish(make_run(text), tmp_path, "2026-09", SOURCE)
    for text in ("a", "b", "c"):
        assert read_run(publish(make_run(text), tmp_path, PERIOD, SOURCE)) == files_of(make_run(text))
    assert [read_run(path) for path in shelved(tmp_path)] == [files_of(make_run("b"))]
    assert [read_run(path) for path in shelved(tmp_path, "2026-09")] == [files_of(make_run("august"))]
    assert read_run(tmp_path / "2026-09") == files_of(make_run("september"))


@pytest.mark.usefixtures("way")
def test_going_back_shows_the_old_revision(tmp_path: Path) -> None:
    """Publishing the previous revision's documents again shows them, and keeps the one that they replace."""
    for text in ("a", "b", "a", "b", "a"):
        publish(make_run(text), tmp_path, PERIOD, SOURCE)
    assert read_run(tmp_path / PERIOD) == files_of(make_run("a"))
    assert [read_run(path) for path in shelved(tmp_path)] == [files_of(make_run("b"))]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("file", ["notes.txt", "segments.csv"])
def test_files_changed_while_shown_are_never_removed(tmp_path: Path, file: str) -> None:
    """A file that somebody added or edited in `out/<period>` goes with its revision to `.revisions` and stays there."""
    (publish(make_run("a"), tmp_path, PERIOD, SOURCE) / file).write_text("mine")
    for text in ("a", "b", "a", "b", "c"):
        publish(make_run(text), tmp_path, PERIOD, SOURCE)
        assert read_run(tmp_path / PERIOD) == files_of(make_run(text))
    assert "mine" in [path.read_text() for path in tmp_path.glob(f".revisions/*/{file}")]
    assert len(shelved(tmp_path)) == 2


@pytest.mark.usefixtures("way")
def test_a_kept_revision_that_was_changed_is_never_removed(tmp_path: Path) -> None:
    """A kept revision whose digest is no longer that of its name stays, also when its name is wanted again."""
    for text in ("a", "b"):
        publish(make_run(text), tmp_path, PERIOD, SOURCE)
    (changed,) = shelved(tmp_path)
    (changed / "notes.txt").write_text("mine")
    for text in ("a", "b", "c"):
        publish(make_run(text), tmp_path, PERIOD, SOURCE)
    assert read_run(changed) == {**files_of(make_run("a")), "notes.txt": b"mine"}
    assert len(shelved(tmp_path)) == 2


def test_without_its_record_nothing_is_removed(tmp_path: Path) -> None:
    """Revisions restored without the record of what was published count as somebody's own."""
    publish(make_run("a"), tmp_path, PERIOD, SOURCE)
    shutil.rmtree(tmp_path / ".revisions")
    for text in ("b", "c", "d"):
        publish(make_run(text), tmp_path, PERIOD, SOURCE)
    kept = [read_run(path) for path in shelved(tmp_path)]
    assert len(kept) == 2
    assert files_of(make_run("a")) in kept


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere not every file system can exchange directories")
def test_a_reader_always_meets_a_report(tmp_path: Path) -> None:
    """While forty revisions are published, the report can be read under its own name at any moment."""
    report = publish(make_run("0"), tmp_path, PERIOD, SOURCE) / "report.html"
    done, missed, met = threading.Event(), [], set()

    def read() -> None:
        while not done.is_set():
            try:
                met.add(report.read_bytes())
            except FileNotFoundError as fault:
                missed.append(fault)

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(1, 41):
        publish(make_run(str(n)), tmp_path, PERIOD, SOURCE)
    done.set()
    reader.join()
    assert not missed
    assert met <= {make_run(str(n))[0].content for n in range(41)}


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
        ".revisions",
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


FOREIGN = [(place, kind) for place in (PERIOD, "latest", "latest.txt") for kind in ("file", "directory", "link")]


@pytest.mark.parametrize(("place", "kind"), [*FOREIGN, (".revisions", "file"), (".revisions", "link")])
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


@pytest.mark.parametrize("change", ["no source.json", "folder inside", "link inside", "link to a run"])
def test_a_directory_that_no_run_made_is_left_alone(tmp_path: Path, change: str) -> None:
    """`out/<period>` without source.json, or with anything but plain files in it, is refused (RG-071) and stays."""
    shown = publish(make_run("a"), tmp_path, PERIOD, SOURCE)
    if change == "no source.json":
        (shown / "source.json").unlink()
    elif change == "folder inside":
        (shown / "mine").mkdir()
    elif change == "link inside":
        (shown / "mine").symlink_to("report.html")
    else:
        shown.rename(tmp_path / "moved")
        shown.symlink_to("moved")
    before = sorted(path.name for path in shown.iterdir())
    with pytest.raises(ReportgenError, match="was not made by a run") as refusal:
        publish(make_run("b"), tmp_path, PERIOD, SOURCE)
    assert refusal.value.code == "RG-071"
    assert sorted(path.name for path in shown.iterdir()) == before
    assert not shelved(tmp_path)


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


def test_without_links_a_file_names_the_latest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where links are not allowed, `latest.txt` names the period, until a link can."""
    with monkeypatch.context() as patch:
        refuse_links(patch)
        for period in ("2026-09", PERIOD):
            shown = publish(make_run("a"), tmp_path, period, SOURCE)
            assert tmp_path / (tmp_path / "latest.txt").read_text().strip() == shown
    publish(make_run("a"), tmp_path, "2026-11", SOURCE)
    assert str((tmp_path / "latest").readlink()) == "2026-11"
    assert not (tmp_path / "latest.txt").exists()


def test_leftovers_of_a_killed_run_are_removed(tmp_path: Path) -> None:
    """Staging directories, links and files that a killed run left are gone after the next."""
    publish(make_run("a"), tmp_path, PERIOD, SOURCE)
    (tmp_path / ".staging-run" / "part").mkdir(parents=True)
    (tmp_path / ".staging-entry").symlink_to("nowhere")
    publish(make_run("a"), tmp_path, PERIOD, SOURCE)
    assert not list(tmp_path.glob(".staging-*"))
