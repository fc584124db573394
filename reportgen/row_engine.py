"""The engine that works through the rows of an export: chosen by its size, started in a folder of its own, closed."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.engine.choice import MIB, Chosen, decide, start_engine
from reportgen.engine_settings import EngineSettings
from reportgen.errors import ReportgenError, StageFailedError
from reportgen.ingest.stage import table_bytes
from reportgen.records.source import Export, source_of
from reportgen.wording import scrub

FOLDER, LISTS = ".engine", ".lists"
"""In the output directory, while a run lasts."""
OURS = "reportgen-"
SHOWN_FAULT = 200
"""Characters of what the system says."""
FOLDER_MODE = 0o700
"""The engine's files hold customers' rows."""


@contextmanager
def engine_for(export: Export, settings: EngineSettings, out: Path | None = None) -> Iterator[Chosen]:
    """The engine for the export, its files in the folder that the settings name, in `out`, or in a temporary one.

    `out`: held by the caller, so that what a killed run left there can be removed.
    Raises ReportgenError (RG-064, RG-071; RG-046 and RG-072 where memory or disk do not suffice for the work).
    """
    source = source_of(export)
    n_bytes = table_bytes(source, settings.memory_mib * MIB) if settings.use == "auto" else None
    why = decide(settings, n_bytes, source.is_of_spark)
    if out is not None:
        _remove(_folder_in(settings, out))
    if why.name == "memory":
        yield Chosen(start_engine("memory", settings, Path()), why)
        return
    folder = _make_folder(settings, out)
    try:
        with Chosen(start_engine(why.name, settings, folder), why) as chosen:
            yield chosen
    except StageFailedError as fault:
        if shortage := shortage_of(fault.__cause__, settings, folder):
            raise shortage from fault
        raise
    finally:
        _remove(folder)


@contextmanager
def lists_folder(out: Path) -> Iterator[Path]:
    """A folder in `out`, which the caller holds, for lists that are too long for memory; gone at the end."""
    folder = out / LISTS
    _remove(folder)
    folder.mkdir(FOLDER_MODE)
    try:
        yield folder
    finally:
        _remove(folder)


def shortage_of(cause: BaseException | None, settings: EngineSettings, folder: Path) -> ReportgenError | None:
    """What to say where a stage failed because DuckDB had no room; None where it failed for something else."""
    kind = type(cause).__name__ if "duckdb" in type(cause).__module__ else ""
    if kind == "OutOfMemoryException":
        return ReportgenError(
            "RG-046",
            f"The table cannot be worked through in the {settings.memory_mib:,} MiB that the settings allow.",
            "Allow more under [engine] memory_mib, or leave columns out of the export.",
        )
    if kind == "IOException":
        return ReportgenError(
            "RG-072",
            f"The files of the table found no room in {folder.parent}: {scrub(str(cause), SHOWN_FAULT)}.",
            "Make room there, or name another folder under [engine] folder. Nothing was published.",
        )
    return None


def _folder_in(settings: EngineSettings, out: Path) -> Path:
    """The one folder that runs into `out` use, one after the other."""
    if not settings.folder:
        return out / FOLDER
    return Path(settings.folder) / f"{OURS}{hashlib.sha256(bytes(out.resolve())).hexdigest()[:12]}"


def _make_folder(settings: EngineSettings, out: Path | None) -> Path:
    """Raises ReportgenError (RG-071)."""
    try:
        if out is None:
            return Path(tempfile.mkdtemp(prefix=OURS, dir=settings.folder or None))
        folder = _folder_in(settings, out)
        folder.mkdir(FOLDER_MODE)
    except OSError as fault:
        place = settings.folder or out or tempfile.gettempdir()
        raise ReportgenError(
            "RG-071",
            f"The engine's files cannot be put into {place}: {fault.strerror}.",
            "Name a folder with room for them under [engine] folder.",
        ) from None
    return folder


def _remove(folder: Path) -> None:
    """Removes the folder; of a link that somebody put there the link alone."""
    if folder.is_symlink():
        folder.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
