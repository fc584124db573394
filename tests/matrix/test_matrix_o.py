"""O1 to O10: what can be wrong around a run: paths, disks, settings, machine, signals, streams.

Each is met as a user meets it, in a process of its own. Where another test proves a row already, ELSEWHERE leads there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from outcomes import customers, delimited
from runs import ROOT, hashes, reportgen

ELSEWHERE = {
    "O2": (
        "deliver/test_publish_faults.py::test_fault_at_every_step",
        "deliver/test_publish_faults.py::test_full_disk_says_so",
    ),
    "O3": (
        "deliver/test_publish.py::test_output_must_be_a_directory",
        "deliver/test_publish.py::test_foreign_entries_are_left_alone",
    ),
    "O4": ("cli/test_cli_bad_input.py::test_wrong_settings_are_named",),
    "O6": ("cli/test_cli_doctor.py::test_missing_fonts",),
    "O7": ("cli/test_cli_stopped.py::test_a_stopped_run_leaves_no_process_and_no_report",),
    "O9": ("deliver/test_lock.py::test_second_run_is_told_who_holds_the_directory",),
    "O10": ("cli/test_cli_commands.py::test_a_full_or_closed_stdout_is_no_traceback",),
}
"""Row → tests beside those here."""

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
NOBODY = 65534
needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root may mount a disk or become another user")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "customers_2026-10.csv"
    path.write_text(delimited(customers(60)), encoding="utf-8")
    return path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def assert_left(outcome: subprocess.CompletedProcess[str], exit_code: int, *words: str) -> None:
    """That exit code, one sentence with the words, no traceback."""
    assert outcome.returncode == exit_code, outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert all(word in outcome.stderr for word in words), outcome.stderr


def as_nobody(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """reportgen run by a user without rights."""
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *map(str, arguments)],
        capture_output=True, text=True, cwd=ROOT, user=NOBODY, group=NOBODY, extra_groups=[], check=False, timeout=120,
        env={**os.environ, "HOME": "/nonexistent", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


def nobody_can_start() -> bool:
    """Whether that user may read the interpreter and the package at all."""
    if not IS_ROOT:
        return False
    try:
        return as_nobody("--version").returncode == 0
    except OSError:
        return False


# --- O1: the path --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "exit_code", "code"),
    [("missing", 66, "RG-051"), ("directory", 66, "RG-052"), ("FIFO", 66, "RG-052"), ("device", 66, "RG-052"),
     ("loop", 66, "RG-051"), ("URL", 78, "RG-054"), ("S3", 78, "RG-054")],
)  # fmt: skip
def test_o01_what_is_no_file(kind: str, exit_code: int, code: str, tmp_path: Path) -> None:
    """REFUSE 66 for what is not there or no file, 78 for a web address; nothing is waited for."""
    path = tmp_path / "a.csv"
    if kind == "directory":
        path.mkdir()
    elif kind == "FIFO":
        os.mkfifo(path)
    elif kind == "loop":
        path.symlink_to(path)
    given = {"device": "/dev/zero", "URL": "https://example.org/a.csv", "S3": "s3://bucket/a.csv"}.get(kind, str(path))
    assert_left(reportgen("inspect", given), exit_code, code)


@needs_root
def test_o01_a_file_of_somebody_else(open_folder: Path) -> None:
    """REFUSE RG-053, 77: a file that this user may not read."""
    if not nobody_can_start():
        pytest.skip("the user nobody cannot read this installation")
    path = open_folder / "a.csv"
    path.write_text(delimited(customers()))
    path.chmod(0o600)
    assert_left(as_nobody("inspect", path), 77, "RG-053")


# --- O2, O3: the output --------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True, check=False)
    if made.returncode:
        pytest.skip(f"no disk can be mounted here: {made.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", place], check=True)


@needs_root
@pytest.mark.slow
def test_o02_a_full_disk(export: Path, small_disk: Path) -> None:
    """REFUSE 74: the report of the month before is whole, the next run with room succeeds."""
    arguments = ("run", export, "--out", small_disk / "out", "--formats", "html")
    assert_left(reportgen(*arguments), 0)
    before = hashes(small_disk / "out" / "2026-10")
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            file.truncate(file.tell() - 65_536)
    assert_left(reportgen(*arguments, "--k", "3"), 74, "RG-072")
    assert hashes(small_disk / "out" / "2026-10") == before
    filler.unlink()
    assert_left(reportgen(*arguments, "--k", "3"), 0)


def test_o03_an_output_that_cannot_be_used(export: Path, tmp_path: Path) -> None:
    """REFUSE RG-071, 73: a file, or a month that is a link elsewhere; what is there is left alone."""
    (tmp_path / "file").write_text("mine")
    assert_left(reportgen("run", export, "--out", tmp_path / "file"), 73, "RG-071")
    assert (tmp_path / "file").read_text() == "mine"
    elsewhere, out = tmp_path / "elsewhere", tmp_path / "out"
    elsewhere.mkdir()
    out.mkdir()
    (out / "2026-10").symlink_to(elsewhere)
    assert_left(reportgen("run", export, "--out", out), 73, "RG-071")
    assert not list(elsewhere.iterdir())


@needs_root
def test_o03_an_output_that_is_read_only(open_folder: Path) -> None:
    """REFUSE 73: a folder in which this user may not write, said before anything is computed."""
    if not nobody_can_start():
        pytest.skip("the user nobody cannot read this installation")
    (open_folder / "a.csv").write_text(delimited(customers(60)))
    (open_folder / "a.csv").chmod(0o644)
    assert_left(as_nobody("run", open_folder / "a.csv", "--out", open_folder / "out"), 73, "RG-071")
    assert not (open_folder / "out").exists()


# --- O4, O5: settings and clock ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[segments]\nn_segments = 5\n", ["segments.n_segments"]),
        ('[segments]\nk = "many"\n', ["segments.k"]),
        ("[input]\nmax_set_aside = 2\n", ["input.max_set_aside"]),
        ("[segments]\nk: 5\n", ["line 2"]),
        ("!!python/object/apply:os.system ['true']\n", ["line 1"]),
        ("[email]\npassword = 'x'\n", ["email"]),
    ],
    ids=["o4 unknown", "o4 type", "o4 range", "o4 syntax", "o4 YAML", "o4 secret"],
)
def test_o04_wrong_settings(text: str, words: list[str], export: Path) -> None:
    """REFUSE 78: the setting by its full name, or the line where the file is no TOML."""
    config = export.parent / "wrong.toml"
    config.write_text(text)
    assert_left(reportgen("inspect", export, "--config", config), 78, *words)


def test_o04_a_secret_that_is_missing(export: Path, tmp_path: Path) -> None:
    """REFUSE 78: the file that should hold the database's password is not there."""
    outcome = reportgen(
        "inspect", "postgresql://reporter@127.0.0.1:1/shop", REPORTGEN_SQL_PASSWORD_FILE=str(tmp_path / "none")
    )
    assert_left(outcome, 78, "REPORTGEN_SQL_PASSWORD_FILE")


def test_o05_a_time_zone_that_is_not_there(export: Path) -> None:
    """NOTE or nothing: an unknown or missing zone stops no one."""
    assert_left(reportgen("inspect", export, TZ="Mars/Phobos"), 0)


@pytest.mark.slow
def test_o05_a_clock_that_runs_behind(export: Path, tmp_path: Path) -> None:
    """The last run lies in the future: the next one is made all the same, and the month shown is the one asked for."""
    arguments = ("run", export, "--out", tmp_path / "out", "--formats", "html", "--period")
    assert_left(reportgen(*arguments, "2031-01"), 0)
    for path in (tmp_path / "out").rglob("*"):
        os.utime(path, (2e9, 2e9), follow_symlinks=False)
    assert_left(reportgen(*arguments, "2026-10"), 0)
    assert (tmp_path / "out" / "2026-10" / "report.html").exists()


# --- O6: the machine -----------------------------------------------------------------------------------------------


def bare(export: Path, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """reportgen with no more of an environment than the path."""
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *map(str, arguments), str(export)],
        capture_output=True, encoding="utf-8", errors="replace", cwd=ROOT, check=False, timeout=180,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


@pytest.mark.parametrize(
    "environment",
    [{"LC_ALL": "C"}, {}, {"HOME": "/nonexistent"}, {"LANG": "xx_YY.nothing"}, {"PYTHONUTF8": "0", "LC_ALL": "POSIX"}],
    ids=["o6 locale C", "o6 nothing set", "o6 no HOME", "o6 unknown LANG", "o6 no UTF-8"],
)
def test_o06_a_bare_machine(environment: dict[str, str], tmp_path: Path) -> None:
    """Works: the answer is the same in any locale, and without a home."""
    path = tmp_path / "größe.csv"
    path.write_text(delimited([[row[0], "Köln", *row[2:]] if i % 2 else row for i, row in enumerate(customers())]))
    outcome = bare(path, "inspect", **environment)
    assert_left(outcome, 0)
    assert "40 customers" in outcome.stdout


@pytest.mark.slow
def test_o06_a_whole_run_on_a_bare_machine(export: Path, tmp_path: Path) -> None:
    """Works: PDF and all, with a home that cannot be written and no fonts of the system."""
    home = tmp_path / "home"
    home.write_text("no folder, so that nobody can write into it, the superuser neither")
    fonts = tmp_path / "fonts.conf"
    fonts.write_text("<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig></fontconfig>")
    outcome = bare(export, "run", "--out", tmp_path / "out", LC_ALL="C", HOME=str(home), FONTCONFIG_FILE=str(fonts))
    assert outcome.returncode == 0 or (outcome.returncode == 78 and "font" in outcome.stderr.lower()), outcome.stderr
    assert "Traceback" not in outcome.stderr


# --- O8, O10 -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_o08_what_earlier_runs_left_is_damaged(export: Path, tmp_path: Path) -> None:
    """The report is made: last month's files are noise, a history of another version lies there; it stays as it is."""
    out = tmp_path / "out"
    arguments = ("run", export, "--out", out, "--formats", "html", "--period")
    assert_left(reportgen(*arguments, "2026-09"), 0)
    for path in (out / "2026-09").iterdir():
        path.write_bytes(b"\xa5" * 99)
    (out / "history.sqlite").write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    assert_left(reportgen(*arguments, "2026-10"), 0)
    assert (out / "2026-10" / "report.html").exists()
    assert (out / "history.sqlite").read_bytes().startswith(b"SQLite format 3\0\xff")


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize("redirection", ["<&-", "</dev/null | head -1", ">&-", "2>&-", "<&- >&- 2>&-", "| true"])
def test_o10_closed_streams(redirection: str, export: Path) -> None:
    """Works: without stdin, without a terminal, with a reader that has gone."""
    command = f'"{sys.executable}" -m reportgen inspect "{export}" {redirection}'
    outcome = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert_left(outcome, 0)


# --- one of each class, by the command line ------------------------------------------------------------------------

PLAIN = delimited(customers(300))
CLASSES = {
    "OK": (PLAIN, 0, 0),
    "NOTE": (PLAIN.replace("Oslo", "Malmö").encode("cp1252"), 0, 0),
    "FIX": (f"Export of October\n\n{PLAIN}", 0, 4),
    "PART": (f"{PLAIN}C9999,Rome,1\nC9998,Rome,1,2,3\n", 0, 4),
    "ASK": (PLAIN.partition("\n")[2], 65, 65),
    "REFUSE": ("<html><body>Log in</body></html>", 65, 65),
}


@pytest.mark.parametrize("name", CLASSES)
def test_each_class_has_its_exit_codes(name: str, tmp_path: Path) -> None:
    """OK and NOTE are 0, also strictly; FIX and PART 0, and 4 with --strict; ASK and REFUSE 65."""
    content, exit_code, strictly = CLASSES[name]
    path = tmp_path / "customers.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert_left(reportgen("inspect", path), exit_code)
    config = tmp_path / "strict.toml"
    config.write_text("[input]\nstrict = true\n")
    assert_left(reportgen("inspect", path, "--config", config), strictly)
