"""Reads Parquet files of any length: a limited child writes them anew, as text and in pieces."""

from __future__ import annotations

import json
from pathlib import Path

from reportgen.config import InputSettings
from reportgen.ingest._blocks import Blocks
from reportgen.ingest._child import run_on_file
from reportgen.ingest._names import Names
from reportgen.ingest._tidy import kept_columns
from reportgen.ingest._typed import RECORDS, open_texts
from reportgen.ingest.base import Reading
from reportgen.ingest.parquet import index_restored


def stage_parquet(blocks: Blocks, _settings: InputSettings, folder: Path) -> Reading:
    """The table of the file, its columns in Parquet files in `folder`. Raises ReportgenError as reading whole does."""
    parser, target = "reportgen.ingest._parquet_stage:stage_parquet", str(folder.resolve())
    answer = json.loads(run_on_file(parser, blocks.export.handle, target, meanwhile=blocks.hash_all))
    names = Names(tuple(answer["names"]), frozenset(answer["nameless"]), tuple(answer["fixes"]))
    kept, column_fixes = kept_columns(names, set(answer["empty"]))
    n_records, notes = answer["n_records"], answer["notes"]
    if answer["range_index"]:
        notes = [*notes, index_restored(answer["range_index"][0])]
    return Reading(
        columns=tuple(names.names[at] for at in kept),
        cells=(),
        records=range(1, n_records + 1),
        set_aside=(),
        n_records=n_records,
        places=RECORDS,
        header_line=0,
        format="parquet",
        notes=tuple(notes),
        fixes=(*names.notes, *column_fixes),
        paths=tuple(folder / name for name in answer["files"]),
        text_numbers=open_texts(names.names, answer["n_open"]),
    )
