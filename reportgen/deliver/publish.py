"""Publishes the files of a run as one directory that is there whole or not at all, at any moment and after any crash.

A run's files lie in `out/.runs/<period>-<hash of the files>/`; `out/<period>` and `out/latest` are relative links, each
swapped by one `rename`. The directory is complete before a link knows it, so a reader, a crash or a full disk meets the
old report or the new one, never a mixture. (Exchanging two directories in place does the same on Linux alone.) Where
links do not exist, the text files `out/<period>.txt` and `out/latest.txt` name the directory, swapped in the same way.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from reportgen.config import PERIOD_PATTERN
from reportgen.deliver._disk import (
    NO_LINKS,
    digest_directory,
    digest_files,
    faults_of,
    sync_directory,
    write_file,
)
from reportgen.deliver._lock import exclusive
from reportgen.errors import ReportgenError
from reportgen.records.study import Document

__all__ = ["exclusive", "publish"]

RUNS, LATEST, STAGING = ".runs", "latest", ".staging-"
SOURCE = "source.json"
"""Where the export lay: the one file that knows this machine, and no part of the manifest."""
HASH_LENGTH = 12
"""Hex digits of the hash in a run's name: enough that two revisions of one month never meet."""

PERSONAL = frozenset({"segments.csv", "quarantine.csv", SOURCE})
"""Files with customers' ids or cells, or this machine's folders: for their owner's eyes."""
PERSONAL_MODE, FILE_MODE, DIRECTORY_MODE = 0o600, 0o644, 0o755

FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9]+)+")
RUN_NAME = re.compile(rf"{PERIOD_PATTERN.strip('^$')}-[0-9a-f]{{{HASH_LENGTH}}}(-[0-9]+)?", re.ASCII)


def publish(documents: Sequence[Document], out: Path, period: str, source: Path) -> Path:
    """The directory that now shows the documents: `out/<period>`, with `out/latest` pointing at it.

    Publishing the same documents again changes nothing. Otherwise the revision before is kept in `out/.runs` and older
    ones are removed, unless somebody has changed a file in them. The place of `source` is written to source.json.
    Raises ReportgenError (RG-071, RG-072, RG-073); what was published before is then untouched.
    """
    if not re.fullmatch(PERIOD_PATTERN, period, re.ASCII):
        raise ReportgenError("RG-071", f"{period!r} cannot name a run.", "A period is a year and a month: 2026-10.")
    names = [document.name for document in documents]
    if len(set(names)) < len(names) or not all(FILE_NAME.fullmatch(name) for name in names):
        raise ValueError(f"not names of files to publish: {names}")
    with exclusive(out), faults_of(out):
        files = {document.name: document.content for document in documents}
        return _publish({**files, SOURCE: _source_note(source)}, out, period)


def _source_note(source: Path) -> bytes:
    """ASCII alone, so that file names which are not UTF-8 survive."""
    return f"{json.dumps({'path': str(source.resolve())})}\n".encode("ascii")


def _publish(files: dict[str, bytes], out: Path, period: str) -> Path:
    shelf = out / RUNS
    _refuse_foreign(out, period)
    _sweep(out)
    shelf.mkdir(DIRECTORY_MODE, exist_ok=True)
    before = _pointed_at(out, period)
    name = _shelve(files, out, period)
    shown = _point(out, period, f"{RUNS}/{name}")
    _point(out, LATEST, period if shown == out / period else f"{RUNS}/{name}")
    if name != before:
        _retire(out, period, keep={name, before})
    return shown


def _refuse_foreign(out: Path, period: str) -> None:
    """Raises ReportgenError (RG-071) if something that no run made stands where this one goes."""
    for name in (period, LATEST, RUNS):
        place, pointer = out / name, out / f"{name}.txt"
        if name == RUNS:
            is_foreign = place.is_symlink() or (place.exists() and not place.is_dir())
        else:
            is_foreign = _pointed_at(out, name) is None and any(map(os.path.lexists, (place, pointer)))
        if is_foreign:
            raise ReportgenError(
                "RG-071",
                f"{place} exists and was not made by a run.",
                "Move it away, or choose another directory with --out.",
            )


def _pointed_at(out: Path, name: str) -> str | None:
    """The run's name that a link or pointer file leads to; None if there is neither or it leads elsewhere."""
    place, pointer = out / name, out / f"{name}.txt"
    if place.is_symlink():
        target = str(place.readlink())
    elif not os.path.lexists(place) and pointer.is_file() and not pointer.is_symlink():
        target = pointer.read_text(encoding="utf-8", errors="replace").strip()
    else:
        return None
    if name == LATEST and re.fullmatch(PERIOD_PATTERN, target, re.ASCII):
        return _pointed_at(out, target)
    run = target.removeprefix(f"{RUNS}/")
    return run if run != target and RUN_NAME.fullmatch(run) else None


def _sweep(out: Path) -> None:
    """Removes what a killed run left behind."""
    for stale in sorted(out.glob(f"{STAGING}*")):
        if stale.is_dir() and not stale.is_symlink():
            shutil.rmtree(stale)
        else:
            stale.unlink()


def _shelve(files: dict[str, bytes], out: Path, period: str) -> str:
    """The name of a directory in `.runs` that holds exactly these files, staged and renamed if there was none."""
    digest = digest_files(files.items())
    first = f"{period}-{digest[:HASH_LENGTH]}"
    for name in itertools.chain([first], (f"{first}-{n}" for n in itertools.count(2))):
        shelved = out / RUNS / name
        if not shelved.exists():
            _stage(files, out, shelved)
            return name
        if digest_directory(shelved) == digest:
            return name
    raise AssertionError("counting ends")


def _stage(files: dict[str, bytes], out: Path, shelved: Path) -> None:
    """Writes the files where nobody looks, then moves the directory to `shelved` in one step."""
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=out))
    try:
        inner = staging / "run"
        inner.mkdir(DIRECTORY_MODE)
        for name, content in files.items():
            write_file(inner / name, content, PERSONAL_MODE if name in PERSONAL else FILE_MODE)
        sync_directory(inner)
        inner.rename(shelved)
        sync_directory(shelved.parent)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _swap_file(place: Path, content: bytes, out: Path, mode: int) -> None:
    temporary = out / f"{STAGING}file"
    try:
        write_file(temporary, content, mode)
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)
    sync_directory(place.parent)


def _point(out: Path, name: str, target: str) -> Path:
    """`out/<name>`, now a link to `target`; where there are no links, the directory that `out/<name>.txt` now names."""
    place, temporary = out / name, out / f"{STAGING}link"
    if place.is_symlink() and str(place.readlink()) == target:
        return place
    try:
        temporary.symlink_to(target, target_is_directory=True)
    except OSError as fault:
        if fault.errno not in NO_LINKS:
            raise
        _swap_file(out / f"{name}.txt", f"{target}\n".encode(), out, FILE_MODE)
        return out / target
    try:
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)
    sync_directory(out)
    return place


def _retire(out: Path, period: str, keep: set[str | None]) -> None:
    """Removes the period's other revisions, each out of sight first, so that what stands in `.runs` is always whole."""
    for old in sorted((out / RUNS).glob(f"{period}-*")):
        is_ours = RUN_NAME.fullmatch(old.name) and old.name not in keep and not old.is_symlink() and old.is_dir()
        if is_ours and digest_directory(old).startswith(old.name.removeprefix(f"{period}-")[:HASH_LENGTH]):
            trash = out / f"{STAGING}old"
            old.rename(trash)
            shutil.rmtree(trash, ignore_errors=True)
