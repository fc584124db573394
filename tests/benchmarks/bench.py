"""Times reportgen as whole processes and prints each figure beside its budget.

    python tests/benchmarks/bench.py [--runs 5] [--large] [--export FILE]

Medians over several runs; absolute times move from machine to machine, so compare within one run. `--large` adds a
million-row export. Without `--export` the small case is the first 200 customers of the sample data.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
READ_TYPED = Path(__file__).with_name("read_typed.py")
TIMES_PANDAS = 2
"""Reading, typing and checking may take so many times what pandas takes to read and check nothing."""
REPORTGEN = (sys.executable, "-m", "reportgen")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "PYTHONPATH": str(ROOT)
}
"""A user's modules are compiled once, not at every start."""
SMALL_ROWS = 200
EVIDENCE = Path(__file__).with_name("evidence.py")
EVIDENCE_BUDGETS = ((200, "2 s wall"), (10_000, "8 s wall"))
"""Rows, and what all the evidence on them may take, start-up included."""
LARGE_ROWS = 1_000_000
MIB = 1024


@dataclass(frozen=True)
class Cost:
    """What one process took."""

    wall: float
    cpu: float
    peak_mib: float


def measure(command: Sequence[str], runs: int) -> Cost:
    """Medians of `runs` runs after one warm-up. Raises SystemExit if the command fails."""
    costs = [run_once(command) for _ in range(runs + 1)][1:]
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in ("wall", "cpu", "peak_mib")))


def run_once(command: Sequence[str]) -> Cost:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{process.stderr.read().decode()}")  # type: ignore[union-attr]
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MIB)


def small_export(folder: Path) -> Path:
    """The first 200 records of the sample data's newest month."""
    source = sorted((ROOT / "sample_data").glob("customers_*.csv"))[-1]
    target = folder / "small.csv"
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    target.write_text("".join(lines[: SMALL_ROWS + 1]), encoding="utf-8")
    return target


def large_export(folder: Path) -> Path:
    """A million customers in five planted groups, five columns, seeded."""
    generator = np.random.default_rng(0)
    centers = np.array([[55, 50, 4], [86, 82, 9], [88, 17, 2], [26, 20, 3], [25, 79, 8]])
    group = generator.integers(0, len(centers), LARGE_ROWS)
    values = centers[group] + generator.normal(0, [6, 6, 1], (LARGE_ROWS, 3))
    ages = generator.integers(18, 80, LARGE_ROWS)
    target = folder / "large.csv"
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Customer ID", "Age", "Annual Income (k$)", "Spending Score", "Visits"])
        writer.writerows(
            (f"C{i:07d}", age, f"{income:.1f}", f"{score:.1f}", f"{visits:.2f}")
            for i, (age, (income, score, visits)) in enumerate(zip(ages, values, strict=True))
        )
    return target


def row(work: str, cost: Cost, budget: str) -> str:
    return f"{work:<44} {cost.wall:7.2f} {cost.cpu:7.2f} {cost.peak_mib:8.0f}   {budget}"


def print_beside_pandas(export: Path, runs: int) -> None:
    """Reading and typing a million rows, with start-up and without, and how many times pandas' plain reading it is."""
    reading = [sys.executable, str(READ_TYPED), str(export)]
    plain = measure([*reading, "pandas"], runs)
    print(row(f"{LARGE_ROWS:,} rows, plain pandas.read_csv", plain, ""))
    for way, work in (("read", "the same, read and accounted for"), ("typed", "the same, read, typed and checked")):
        cost = measure([*reading, way], runs)
        budget = f"{TIMES_PANDAS * plain.wall:.2f} s wall; is {cost.wall / plain.wall:.1f} × pandas"
        print(row(work, cost, budget))
    subprocess.run(reading, check=True, cwd=ROOT, env=ENVIRONMENT)


def main() -> None:
    parser = argparse.ArgumentParser(description="Times reportgen beside its budgets.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="also a million-row export (minutes)")
    parser.add_argument("--export", type=Path, help="another file for the small case")
    options = parser.parse_args()
    print(f"{'work':<44} {'wall s':>7} {'cpu s':>7} {'peak MiB':>8}   budget (two cores)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = measure([sys.executable, "-c", "pass"], options.runs)
        print(row("bare interpreter", bare, ""))
        print(row("reportgen --help", measure([*REPORTGEN, "--help"], options.runs), f"{bare.wall + 0.15:.2f} s wall"))
        small = options.export or small_export(folder)
        command = [*REPORTGEN, "run", str(small), "--period", "2026-10", "--out", str(folder / "out")]
        print(
            row(
                f"{options.export.name if options.export else f'{SMALL_ROWS} rows'}, all outputs",
                measure(command, options.runs),
                "5 s wall",
            )
        )
        print(row("the same, HTML only", measure([*command, "--formats", "html"], options.runs), ""))
        for n_rows, budget in EVIDENCE_BUDGETS:
            evidence = measure([sys.executable, str(EVIDENCE), str(n_rows)], options.runs)
            print(row(f"{n_rows:,} rows, all evidence for the segments", evidence, budget))
        large = large_export(folder)
        print_beside_pandas(large, options.runs)
        if options.large:
            command[4] = str(large)
            print(row(f"{LARGE_ROWS:,} rows, all outputs", measure(command, 1), "20 s wall"))


if __name__ == "__main__":
    main()
