"""Times reportgen as whole processes beside its budgets and beside what a user would do instead.

    python tests/benchmarks/bench.py [--runs 5] [--export FILE] [--large] [--huge] [--peers] [--keep]

Medians over several runs; absolute times move from machine to machine, so compare within one run. Without `--export`
the small case is the first 200 customers of the sample data. A command that fails is a row that says so.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path

import peers
from cases import Bench, bench_huge, bench_large, bench_small, bench_start
from exports import SMALL_ROWS, small_export
from table import Table


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Times reportgen beside its budgets and beside its peers.")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of a small case")
    parser.add_argument("--export", type=Path, help="another file for the small case")
    parser.add_argument("--large", action="store_true", help="also a million customers, 10,000 columns (ten minutes)")
    parser.add_argument(
        "--huge", action="store_true", help="also 10 and 100 million customers (an hour, 20 GB of disk)"
    )
    parser.add_argument("--peers", action="store_true", help="first install what the peers need, into .venv/peers")
    parser.add_argument("--keep", action="store_true", help="put the table into README.md beside this file")
    return parser.parse_args()


def main() -> None:
    given = options()
    if given.peers:
        peers.install((*peers.SMALL, *peers.LARGE))
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Table(), Path(name), given.runs)
        bench_start(bench)
        export = (given.export or small_export(bench.folder)).resolve()
        bench_small(bench, export, given.export.name if given.export else f"{SMALL_ROWS} rows", peers.SMALL)
        if given.large:
            bench_large(bench, peers.LARGE)
        if given.huge:
            bench_huge(bench)
    if given.keep:
        with_what = ", ".join(f"{package} {version(package)}" for package in ("numpy", "pandas", "weasyprint"))
        bench.table.keep(f"{date.today():%B %Y}, Python {platform.python_version()}, {with_what}.")


if __name__ == "__main__":
    main()
