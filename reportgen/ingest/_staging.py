"""Reads large files in pieces into an engine's folder, where the file is regular enough for that."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from reportgen.config import InputSettings
from reportgen.errors import ReportgenError
from reportgen.ingest._blocks import BLOCK_BYTES, Blocks, Irregular
from reportgen.ingest._checked import check_reading
from reportgen.ingest._kinds import HEAD, PARQUET, TEXT, kind_of
from reportgen.ingest._limits import MAX_BYTES
from reportgen.ingest._named import named
from reportgen.ingest._snapshot import opened
from reportgen.ingest._staged_parquet import stage_parquet
from reportgen.ingest._staged_text import stage_text
from reportgen.ingest.base import Reading, Snapshot
from reportgen.wording import format_count

STAGED_FROM = 1 << 20
"""Bytes from which it pays; what is smaller is read whole."""


def read_staged(
    path: Path, name: str, settings: InputSettings, folder: Path, block_bytes: int = BLOCK_BYTES
) -> tuple[Snapshot, Reading] | None:
    """The file read in pieces, its table in Parquet files in `folder`; None if it must be read whole.

    Raises ReportgenError as reading it whole does, and RG-021 if it must be and is too large for that.
    """
    with opened(path, name) as export, named(name):
        kind = kind_of(os.pread(export.handle, HEAD, 0)) if export.size >= STAGED_FROM else ""
        if kind not in _STAGERS:
            export.n_read = export.size
            return None
        place = Path(tempfile.mkdtemp(dir=folder))
        blocks = Blocks(export, block_bytes)
        try:
            reading = _STAGERS[kind](blocks, settings, place)
            check_reading(reading)
        except (Irregular, ReportgenError) as found:
            shutil.rmtree(place)
            export.n_read = export.size
            if export.size <= MAX_BYTES:
                return None
            raise _too_large(export.size, found) if isinstance(found, Irregular) else found from None
        return Snapshot(name, b"", blocks.sha256.hexdigest(), export.size, kind), reading


_STAGERS: dict[str, Callable[[Blocks, InputSettings, Path], Reading]] = {TEXT: stage_text, PARQUET: stage_parquet}
"""Kind of content → what reads it in pieces."""


def _too_large(n_bytes: int, found: Irregular) -> ReportgenError:
    place = f" (line {format_count(found.line)})" if found.line else ""
    return ReportgenError(
        "RG-021",
        f"it holds {format_count(n_bytes / 2**20)} MiB; more than {format_count(MAX_BYTES / 2**20)} MiB can only"
        f" be read if all records are regular, and {found.what}{place}.",
        "Mend that place, or export the table anew as UTF-8 text or as Parquet.",
    )
