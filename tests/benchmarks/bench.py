"""Times reportgen as whole processes and prints each figure beside its budget.

    python tests/benchmarks/bench.py [--runs 5] [--large] [--export FILE]

Medians over several runs; absolute times move from machine to machine, so compare within one run. `--large` adds
exports of a million rows and of ten thousand columns. Without `--export` the small case is the first 200 customers of
the sample data.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
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
OUT = "--out"
SMALL_ROWS = 200
EVIDENCE = Path(__file__).with_name("evidence.py")
EVIDENCE_BUDGETS = ((200, "adds 2 s wall, goal 1"), (10_000, "adds 8 s wall, goal 4"))
"""Rows, and what all the evidence on them may add to a run."""
WIDE_ROWS, WIDE_COLUMNS = 1_000, 10_000
MANY_LABELS = 1_000_000
RENDERING = ("drawing", "rendering")
"""The stages of a run whose seconds are its rendering."""
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


def forget(command: Sequence[str]) -> None:
    """Removes what the command published before: the same export again is only recalled, which is no run."""
    if OUT in command:
        shutil.rmtree(command[list(command).index(OUT) + 1], ignore_errors=True)


def run_once(command: Sequence[str]) -> Cost:
    forget(command)
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


def wide_export(folder: Path) -> Path:
    """A thousand customers in five groups, ten thousand columns: measures, categories, constants, codes and gaps."""
    generator = np.random.default_rng(0)
    group = generator.integers(0, 5, WIDE_ROWS)

    def measures() -> list[str]:
        middles = 10 + 2 * generator.normal(size=5)[group]
        return [f"{value:.2f}" for value in middles + generator.normal(0, 1.5, WIDE_ROWS)]

    makers = (
        *[measures] * 6,
        lambda: generator.integers(0, 50, WIDE_ROWS).astype(str),
        lambda: np.array(["red", "green", "blue", "black"])[generator.integers(0, 4, WIDE_ROWS)],
        lambda: ["7"] * WIDE_ROWS,
        lambda: ["" if x < 0.97 else "3" for x in generator.random(WIDE_ROWS)],
    )
    columns = [makers[generator.integers(len(makers))]() for _ in range(WIDE_COLUMNS)]
    target = folder / "wide.csv"
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Customer ID", *(f"m{i}" for i in range(WIDE_COLUMNS))])
        writer.writerows((f"C{i:04d}", *cells) for i, cells in enumerate(zip(*columns, strict=True)))
    return target


def labelled_export(folder: Path) -> Path:
    """A million customers with an amount, a score and a category of a million different labels."""
    generator = np.random.default_rng(0)
    amounts, scores = generator.gamma(2, 50, MANY_LABELS), generator.integers(1, 101, MANY_LABELS)
    target = folder / "labels.csv"
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Customer ID", "Spending", "Score (1-100)", "Category"])
        writer.writerows(
            (f"C{i:07d}", f"{amount:.2f}", score, f"kind {i}")
            for i, (amount, score) in enumerate(zip(amounts, scores, strict=True))
        )
    return target


def print_rendering(command: Sequence[str], runs: int) -> None:
    """Seconds that a run's own clock gives to drawing and rendering."""
    seconds = []
    for _ in range(runs):
        forget(command)
        told = subprocess.run(
            [*command, "--json"], capture_output=True, text=True, check=True, cwd=ROOT, env=ENVIRONMENT
        )
        stages = json.loads(told.stdout)["seconds"]
        seconds.append(sum(stages[name] for name in RENDERING))
    print(row("of it drawing and rendering", Cost(statistics.median(seconds), 0, 0), "3 s wall, goal 1.5"))


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
    parser.add_argument(
        "--large", action="store_true", help="also exports of a million rows and of 10,000 columns (minutes)"
    )
    parser.add_argument("--export", type=Path, help="another file for the small case")
    options = parser.parse_args()
    print(f"{'work':<44} {'wall s':>7} {'cpu s':>7} {'peak MiB':>8}   budget (two cores)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print_small(folder, options.runs, options.export)
        for n_rows, budget in EVIDENCE_BUDGETS:
            evidence = measure([sys.executable, str(EVIDENCE), str(n_rows)], options.runs)
            print(row(f"{n_rows:,} rows, all evidence for the segments", evidence, budget))
        large = large_export(folder)
        print_beside_pandas(large, options.runs)
        if options.large:
            print_large(folder, large)


def print_small(folder: Path, runs: int, export: Path | None) -> None:
    """Start-up, and one small export with all outputs."""
    bare = measure([sys.executable, "-c", "pass"], runs)
    print(row("bare interpreter", bare, ""))
    print(row("reportgen --help", measure([*REPORTGEN, "--help"], runs), f"{bare.wall + 0.1:.2f} s wall"))
    command = command_for(export or small_export(folder), folder)
    work = f"{export.name if export else f'{SMALL_ROWS} rows'}, all outputs"
    print(row(work, measure(command, runs), "5 s wall, goal 3; 350 MiB"))
    print_rendering(command, runs)
    print(row("the same, HTML only", measure([*command, "--formats", "html"], runs), ""))


def print_large(folder: Path, large: Path) -> None:
    """Exports at the limits, all outputs, one run each after a warm-up."""
    for work, export, budget in (
        (f"{LARGE_ROWS:,} rows, all outputs", large, "20 s wall, goal 8"),
        (f"{WIDE_ROWS:,} rows × {WIDE_COLUMNS:,} columns, all outputs", wide_export(folder), "30 s wall, 1,024 MiB"),
        (f"{MANY_LABELS:,} labels in a category, all outputs", labelled_export(folder), ""),
    ):
        print(row(work, measure(command_for(export, folder), 1), budget))


def command_for(export: Path, folder: Path) -> list[str]:
    return [*REPORTGEN, "run", str(export), "--period", "2026-10", OUT, str(folder / "out")]


if __name__ == "__main__":
    main()
