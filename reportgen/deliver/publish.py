"""Publishes the files of a run as one directory that is there whole or not at all, at any moment and after any crash.

`out/<period>` is a plain directory. Its files are written where nobody looks and come in by one `rename`. A new
revision is exchanged with the one before in one step, which puts that one into `out/.revisions`: a reader, a crash or a
full disk meets the old report or the new one, never a mixture. `out/latest` is a relative link to the period published
last; where there are no links, `out/latest.txt` names it.

Where two directories cannot be exchanged, the old one moves away and the new one in. A kill between these two renames
leaves no `out/<period>`, and the old revision whole in `out/.revisions`; the next run publishes as ever.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from reportgen.config import PERIOD_PATTERN
from reportgen.deliver import _exchange
from reportgen.deliver._disk import (
    NO_LINKS,
    digest_directory,
    digest_files,
    faults_of,
    make_link,
    plain_files,
    sync_directory,
    write_file,
)
from reportgen.deliver.lock import exclusive
from reportgen.errors import ReportgenError
from reportgen.records.source import Export, source_note, source_of
from reportgen.records.study import Document

__all__ = ["exclusive", "publish", "refuse_foreign"]

REVISIONS, LATEST, LATEST_FILE = ".revisions", "latest", "latest.txt"
STAGING = ".staging-"
STAGED, SWAPPED_IN, TRASH = f"{STAGING}run", f"{STAGING}entry", f"{STAGING}old"
SOURCE = "source.json"
"""Where the export lay: the one file that knows this machine, and no part of the manifest."""
HASH_LENGTH = 12
"""Hex digits of the hash in a revision's name: enough that two revisions of one month never meet."""

LISTS = frozenset({"segments.csv", "segments.parquet", "groups.csv", "quarantine.csv", "near_duplicates.csv"})
PERSONAL = LISTS | {SOURCE}
"""Files with customers' ids or cells, or this machine's folders: for their owner's eyes."""
PERSONAL_MODE, FILE_MODE, DIRECTORY_MODE = 0o600, 0o644, 0o755

FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9]+)+")


def publish(documents: Sequence[Document], out: Path, period: str, source: Export) -> Path:
    """`out/<period>`, which now holds the documents and, in source.json, the place of `source`.

    Publishing the same documents again changes nothing. Otherwise the revision before is kept in `out/.revisions` and
    older ones are removed, unless somebody has changed a file in them.
    Raises ReportgenError (RG-071, RG-072, RG-073).
    """
    if not _is_period(period):
        raise ReportgenError("RG-071", f"{period!r} cannot name a run.", "A period is a year and a month: 2026-10.")
    names = [document.name for document in documents]
    if len(set(names)) < len(names) or not all(FILE_NAME.fullmatch(name) for name in names):
        raise ValueError(f"not names of files to publish: {names}")
    files = {document.name: document.content for document in documents}
    with exclusive(out), faults_of(out):
        refuse_foreign(out, period)
        _sweep(out)
        kept = _show({**files, SOURCE: source_note(source_of(source))}, out, period)
        _point_latest(out, period)
        if kept:
            _retire(out, period, kept)
    return out / period


def _is_period(text: str) -> bool:
    return re.fullmatch(PERIOD_PATTERN, text, re.ASCII) is not None


def refuse_foreign(out: Path, period: str) -> None:
    """Raises ReportgenError (RG-071) if something that no run made stands where this one goes."""
    is_ours: dict[str, Callable[[Path], bool]] = {
        period: lambda place: SOURCE in {file.name for file in plain_files(place)},
        REVISIONS: lambda place: place.is_dir() and not place.is_symlink(),
        LATEST: lambda place: place.is_symlink() and _is_period(str(place.readlink())),
        LATEST_FILE: lambda place: place.is_file() and not place.is_symlink() and _is_period(_read(place).strip()),
    }
    for name, made_by_a_run in is_ours.items():
        place = out / name
        if os.path.lexists(place) and not made_by_a_run(place):
            raise ReportgenError(
                "RG-071",
                f"{place} exists and was not made by a run.",
                "Move it away, or choose another directory with --out.",
            )


def _read(path: Path) -> str:
    """The text of a file, empty if there is none."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def _sweep(out: Path) -> None:
    """Removes what a killed run left behind."""
    for stale in sorted(out.glob(f"{STAGING}*")):
        if stale.is_dir() and not stale.is_symlink():
            shutil.rmtree(stale)
        else:
            stale.unlink()


def _show(files: dict[str, bytes], out: Path, period: str) -> Path | None:
    """Puts exactly these files into `out/<period>`; returns where the revision before is now, if one was replaced."""
    shown, shelf, staged, kept = out / period, out / REVISIONS, out / STAGED, None
    digest, before = digest_files(files.items()), digest_directory(shown)
    if before == digest:
        return None
    shelf.mkdir(DIRECTORY_MODE, exist_ok=True)
    _note(out, period, digest)
    try:
        _stage(files, staged)
        if before:
            kept = _free_place(shelf / f"{period}-{before[:HASH_LENGTH]}")
            _replace(shown, staged, kept)
        else:
            staged.rename(shown)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    sync_directory(shelf)
    sync_directory(out)
    return kept


def _note(out: Path, period: str, digest: str) -> None:
    """Adds the digest to the record before its files are shown."""
    before = _read(_record(out, period))
    if digest not in before.split():
        _swap_in(_record(out, period), lambda new: write_file(new, f"{before}{digest}\n".encode(), FILE_MODE), out)


def _record(out: Path, period: str) -> Path:
    """The digests of all that was ever published for the period, a line each: tells ours from what somebody changed."""
    return out / REVISIONS / f"{period}.sha256"


def _stage(files: dict[str, bytes], staged: Path) -> None:
    staged.mkdir(DIRECTORY_MODE)
    for name, content in files.items():
        write_file(staged / name, content, PERSONAL_MODE if name in PERSONAL else FILE_MODE)
    sync_directory(staged)


def _free_place(wanted: Path) -> Path:
    """`wanted`, or with -2, -3, … behind its name the first place where nothing stands."""
    places = itertools.chain([wanted], (wanted.with_name(f"{wanted.name}-{n}") for n in itertools.count(2)))
    return next(place for place in places if not os.path.lexists(place))


def _replace(shown: Path, staged: Path, kept: Path) -> None:
    """Puts `staged` into the place of `shown`, which moves to `kept`.

    The new revision goes to `kept` first, so that the exchange itself shelves the old one. If a fault or a kill leaves
    it there, the next revision finds its digest in the record and removes it.
    """
    staged.rename(kept)
    try:
        _exchange.exchange(kept, shown)
    except OSError as fault:
        if fault.errno not in _exchange.NO_EXCHANGE:
            raise
        kept.rename(staged)
        shown.rename(kept)
        try:
            staged.rename(shown)
        except OSError:
            kept.rename(shown)
            raise


def _point_latest(out: Path, period: str) -> None:
    """Makes `out/latest` lead to the period; where there are no links, `out/latest.txt` names it."""
    link, pointer = out / LATEST, out / LATEST_FILE
    if period == (str(link.readlink()) if link.is_symlink() else _read(pointer).strip()):
        return
    try:
        _swap_in(link, lambda new: make_link(new, period), out)
    except OSError as fault:
        if fault.errno not in NO_LINKS:
            raise
        _swap_in(pointer, lambda new: write_file(new, f"{period}\n".encode(), FILE_MODE), out)
    else:
        pointer.unlink(missing_ok=True)


def _swap_in(place: Path, make: Callable[[Path], None], out: Path) -> None:
    """Replaces `place` in one step by what `make` makes at the path it is given."""
    temporary = out / SWAPPED_IN
    try:
        make(temporary)
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)
    sync_directory(place.parent)


def _retire(out: Path, period: str, kept: Path) -> None:
    """Removes the period's other revisions, each out of sight first: what is in `.revisions` is always whole."""
    published = _read(_record(out, period)).split()
    for old in sorted((out / REVISIONS).glob(f"{period}-*")):
        if old != kept and digest_directory(old) in published:
            old.rename(out / TRASH)
            shutil.rmtree(out / TRASH, ignore_errors=True)
