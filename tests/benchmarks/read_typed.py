"""Reads an export and types every column, as far as a run needs before rows are cleaned; or lets pandas read it.

    python tests/benchmarks/read_typed.py FILE [pandas | read | typed]

Without a last word, the best seconds of all three in this one process: start-up left out.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from reportgen.collection import loading

RUNS = 7
"""The best of so many is what the machine can do; the others had a neighbour."""


def read_typed(export: Path) -> int:
    """Records used, after dialect, accounting, roles, missing words, duplicates, dates and numbers."""
    with loading():
        from reportgen.clean import numbers
        from reportgen.clean.stage import STEPS, start
        from reportgen.config import Settings
        from reportgen.engine.in_memory import InMemoryEngine
        from reportgen.ingest.stage import read_export
        from reportgen.roles.stage import assign_roles

    settings, engine = Settings(), InMemoryEngine()
    raw = read_export(export, settings.input, engine)
    work = start(raw, assign_roles(raw, settings, engine), settings)
    for step in STEPS[: STEPS.index(numbers.STEP) + 1]:
        work = step.run(work)
    report = raw.report
    if report.n_physical != report.n_used + report.n_repaired + report.n_set_aside:
        raise SystemExit("Records are not accounted for.")
    return work.plan.n_rows


def read_accounted(export: Path) -> int:
    """Records used: dialect, encoding and the account of all records, every cell still text."""
    with loading():
        from reportgen.config import Settings
        from reportgen.engine.in_memory import InMemoryEngine
        from reportgen.ingest.stage import read_export

    return read_export(export, Settings().input, InMemoryEngine()).report.n_used


def read_plain(export: Path) -> int:
    """Rows that pandas reads, which checks nothing."""
    import pandas as pd

    return len(pd.read_csv(export))


def best_of(work: Callable[[Path], int], export: Path) -> float:
    """Seconds of the fastest of RUNS runs."""
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work(export)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


WAYS = {"pandas": read_plain, "read": read_accounted, "typed": read_typed}


def main() -> None:
    export = Path(sys.argv[1])
    if len(sys.argv) > 2:
        print(WAYS[sys.argv[2]](export))
        return
    seconds = {name: best_of(way, export) for name, way in WAYS.items()}
    shown = [f"{name} {taken:.3f} s ({taken / seconds['pandas']:.1f} × pandas)" for name, taken in seconds.items()]
    print(f"  without start-up: {', '.join(shown)}")


if __name__ == "__main__":
    main()
