"""Scores reading against a copy of the Pollock benchmark (Vitagliano et al., PVLDB 16(8), 2023) that you fetch.

    python tests/benchmarks/pollock.py FOLDER [--show 10]

FOLDER holds `csv/` (polluted files) and `clean/` (the tables that they should give), as `polluted_files` does in
github.com/HPI-Information-Systems/Pollock; `pollock_weights.json` is looked for beside it. Each file scores 0..10: 1
for being read, and precision, recall and F1 of header cells, of records and of cells, as the repository's metrics do,
each compared as it stands but for case; the original also takes dates and prices written otherwise for equal. The
simple score is the mean over the files, the weighted one weighs them by how often their pollution was met in public.
A header that stands several times, one below the other, is read once (`DATE`), while the benchmark wants its names as
often as they stand (`DATE DATE`): a second figure takes the one for the other. Files without a header get the
benchmark's column names, as every system under test does, where its clean table has names (`parameters/`).
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from reportgen.config import InputSettings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.errors import ReportgenError
from reportgen.ingest.stage import read_export
from reportgen.records.table import RawTable

HEADER_TIMES = re.compile(r"The header stands (\d+) times")
LOADED = 1.0
PERFECT = 10.0


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    name: str
    score: float = 0.0
    """0..10, read with when_unsure = "guess"."""
    score_again: float = 0.0
    """The same with names repeated as often as their header stands."""
    refused: str = ""
    """Code of the refusal in that mode."""
    asked: str = ""
    """Code of the refusal with when_unsure = "ask"."""
    n_lost: int = 0
    """Records of the clean table that are neither read cell by cell nor listed, in either mode."""
    failure: str = ""
    """A traceback."""


def examine(folder: Path, name: str) -> Outcome:
    """Reads the file in both modes."""
    try:
        return _examine(folder, name)
    except Exception:  # noqa: BLE001 - the benchmark counts whatever comes through
        return Outcome(name, failure=traceback.format_exc())


def _examine(folder: Path, name: str) -> Outcome:
    with (folder / "clean" / name).open(newline="", encoding="utf-8-sig") as file:
        clean = list(csv.reader(file))
    path = folder / "csv" / name
    lost, asked, refused, score, again = 0, "", "", 0.0, 0.0
    for mode in ("ask", "guess"):
        try:
            table = read_export(path, InputSettings(when_unsure=mode, max_set_aside=1.0), InMemoryEngine())  # type: ignore[arg-type]
        except ReportgenError as fault:
            asked, refused = (fault.code, refused) if mode == "ask" else (asked, fault.code)
        else:
            lost = max(lost, count_lost(table, clean, clean[:1] == [given_names(folder, name)]))
            given = clean[:1] if not table.report.header_line and clean[:1] == [given_names(folder, name)] else []
            score = score_of([*given, *written(table)], clean) if mode == "guess" else score
            again = score_of([*given, *repeated(table, written(table))], clean) if mode == "guess" else again
    if refused in ("RG-001", "RG-002"):
        only_header = [row for row in clean[:1] if refused == "RG-002"]
        score = again = score_of(only_header, clean)
    return Outcome(name, score, again, refused, asked, lost)


def repeated(table: RawTable, rows: list[list[str]]) -> list[list[str]]:
    """The rows, each name as often as its header stands in the file."""
    said = next(filter(None, map(HEADER_TIMES.match, table.report.fixes)), None)
    return [[" ".join([name] * int(said[1])) for name in rows[0]], *rows[1:]] if said else rows


def written(table: RawTable) -> list[list[str]]:
    """The table as rows of text, the header first if the file has one."""
    arrays = InMemoryEngine().to_arrays(table.frame, table.columns)
    rows = [[cell or "" for cell in row] for row in zip(*(arrays[name] for name in table.columns), strict=True)]
    return [list(table.columns), *rows] if table.report.header_line else rows


def given_names(folder: Path, name: str) -> list[str]:
    """The column names that the benchmark hands over for a file without a header."""
    path = folder / "parameters" / f"{name}_parameters.json"
    facts = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return facts.get("column_names") or [] if str(facts.get("header_lines")) == "0" else []


def count_lost(table: RawTable, clean: Sequence[Sequence[str]], has_given_names: bool) -> int:
    """Clean records that are neither read cell by cell nor listed."""
    is_header_said = any("above the table left out" in fix for fix in table.report.fixes)
    rows = written(table)[1 if table.report.header_line else 0 :]
    has_header = table.report.header_line or is_header_said or has_given_names
    wanted = clean[1 if has_header else 0 :]
    missing = Counter(map(_key, wanted)) - Counter(map(_key, rows))
    return max(0, missing.total() - len(table.set_aside))


def _key(row: Iterable[str]) -> str:
    """The row's filled cells: columns that hold nothing may be left out."""
    return "\0".join(filter(None, map(str.strip, row)))


def score_of(found: Sequence[Sequence[str]], clean: Sequence[Sequence[str]]) -> float:
    """0..10; see the module."""
    if not clean:
        return PERFECT
    parts: list[tuple[list[Any], list[Any]]] = [
        (list(map(str.lower, found[0])) if found else [], list(map(str.lower, clean[0]))),
        (["".join(row).lower() for row in found[1:]], ["".join(row).lower() for row in clean[1:]]),
        ([cell for row in found for cell in row], [cell for row in clean for cell in row]),
    ]
    return LOADED + sum(sum(agreement(got, wanted)) for got, wanted in parts)


def agreement(found: list[str], wanted: list[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of two bags of texts; all 1 where nothing is wanted."""
    if not wanted:
        return 1.0, 1.0, 1.0
    n_both = (Counter(found) & Counter(wanted)).total()
    if not n_both:
        return 0.0, 0.0, 0.0
    precision, recall = n_both / len(found), n_both / len(wanted)
    return precision, recall, 2 * precision * recall / (precision + recall)


def report(outcomes: Sequence[Outcome], weights: dict[str, float], n_shown: int) -> None:
    """Prints the figures and the worst files."""
    simple = sum(outcome.score for outcome in outcomes) / len(outcomes)
    again = sum(outcome.score_again for outcome in outcomes) / len(outcomes)
    print(f"files {len(outcomes)}   score simple {simple:.3f}   with repeated names {again:.3f}", end="")
    if total := sum(weights.get(outcome.name, 0.0) for outcome in outcomes):
        weighted = sum(outcome.score * weights.get(outcome.name, 0.0) for outcome in outcomes) / total
        print(f"   weighted {weighted:.3f}", end="")
    print(f"   perfect {sum(outcome.score > PERFECT - 1e-9 for outcome in outcomes)}")
    for mode, attribute in (("guess", "refused"), ("ask", "asked")):
        codes = Counter(getattr(outcome, attribute) for outcome in outcomes if getattr(outcome, attribute))
        print(f"refused in {mode} mode: {sum(codes.values())}  {dict(sorted(codes.items()))}")
    lost = [outcome for outcome in outcomes if outcome.n_lost]
    print(f"tracebacks {sum(bool(outcome.failure) for outcome in outcomes)}", end="   ")
    print(f"records lost in silence {sum(outcome.n_lost for outcome in lost)} in {len(lost)} files")
    for outcome in sorted(outcomes, key=lambda outcome: (outcome.score, -outcome.n_lost))[:n_shown]:
        print(f"{outcome.score:6.3f}  lost {outcome.n_lost:5}  {outcome.refused:7} {outcome.asked:7} {outcome.name}")
        print(outcome.failure, end="")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=10, metavar="N", help="worst files listed")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    names = sorted(path.name for path in (folder / "csv").iterdir() if (folder / "clean" / path.name).exists())
    found = next((place for place in (folder, folder.parent) if (place / "pollock_weights.json").exists()), None)
    weights = json.loads((found / "pollock_weights.json").read_text("utf-8")) if found else {}
    with ProcessPoolExecutor() as pool:
        report(list(pool.map(partial(examine, folder), names, chunksize=8)), weights, arguments.show)


if __name__ == "__main__":
    main()
