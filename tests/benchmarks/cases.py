"""The rows of `make bench`: what reportgen is timed at, in the order of the budgets."""

from __future__ import annotations

import csv
import itertools
import json
import shutil
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from exports import customers, labelled_export, order_lines, wide_export, write
from measuring import ENVIRONMENT, OUT, PYTHON, ROOT, Cost, FailedError, forget, measure
from peers import Peer
from table import Row, Table

HERE = Path(__file__).parent
REPORTGEN = (PYTHON, "-m", "reportgen")
ENGINES = ("duckdb", "spark")
TIMES_PANDAS = 2
"""Reading, typing and checking may take so many times what pandas takes to read and check nothing."""
EVIDENCE_BUDGETS = ((200, "adds 1 s"), (10_000, "adds 4 s"))
"""Rows, and what all the evidence on them may add to a run."""
RENDERING = ("drawing", "rendering")
"""The stages of a run whose seconds are its rendering."""
MILLION = 1_000_000


@dataclass(frozen=True)
class Bench:
    """Where exports lie and rows go."""

    table: Table
    folder: Path
    runs: int

    def time(
        self, work: str, command: Sequence[str], budget: str = "", *, runs: int | None = None, ours: Cost | None = None
    ) -> Cost | None:
        """Adds the row of a command; None if it failed, which the row says."""
        try:
            cost = measure(command, self.runs if runs is None else runs)
        except FailedError as fault:
            self.table.add(Row(work, budget=budget, said=f"failed: {fault}"))
            return None
        self.table.add(Row(work, cost, budget, ours))
        return cost

    def run(self, work: str, export: Path, budget: str, *more: str, runs: int | None = None) -> Cost | None:
        """Adds the row of a run of reportgen with all outputs."""
        return self.time(work, self.command(export, *more), budget, runs=runs)

    def command(self, export: Path, *more: str) -> list[str]:
        return [*REPORTGEN, "run", str(export), "--period", "2026-10", OUT, str(self.out(*more)), *more]

    def out(self, *more: str) -> Path:
        return self.folder / "-".join(("out", *(word.strip("-") for word in more)))

    def peers(self, peers: Sequence[Peer], export: Path, ours: Cost | None, runs: int | None = None) -> None:
        """Adds what a user would do instead with the same export."""
        for peer in peers:
            if not peer.is_installed():
                self.table.add(Row(peer.work, said=peer.missing()))
                continue
            folder = self.folder / "peer"
            shutil.rmtree(folder, ignore_errors=True)
            self.time(peer.work, peer.command(export, folder), runs=runs, ours=ours)

    def engines(self, what: str, export: Path, budget: str, runs: int | None = None) -> None:
        """Adds the same runs by the other engines, and whether each customer is where the memory engine has it."""
        for engine in ENGINES:
            more = ("--engine", engine)
            if self.run(f"{what}, --engine {engine}", export, budget, *more, runs=runs):
                same = share_alike(self.out(), self.out(*more))
                self.table.add(Row(f"  its labels against those in memory: {same}", budget="all the same"))


def share_alike(one: Path, other: Path) -> str:
    """How many customers are in the same segment in both runs; empty where either has too many for a CSV."""
    files = [next(folder.glob("*/segments.csv"), None) for folder in (one, other)]
    if None in files:
        return "not compared"
    labels = [dict(labels_in(file)) for file in files if file]
    n_alike = sum(labels[1].get(customer) == segment for customer, segment in labels[0].items())
    return f"{n_alike:,} of {len(labels[0]):,} the same"


def labels_in(file: Path) -> list[tuple[str, str]]:
    with file.open(newline="", encoding="utf-8") as rows:
        return [(row[0], row[1]) for row in itertools.islice(csv.reader(rows), 1, None)]


def bench_start(bench: Bench) -> None:
    bare = bench.time("bare interpreter", [PYTHON, "-c", "pass"])
    budget = f"{bare.wall + 0.1:.2f} s" if bare else ""
    bench.time("reportgen --help", [*REPORTGEN, "--help"], budget)


def bench_small(bench: Bench, export: Path, name: str, peers: Sequence[Peer]) -> None:
    """One small export with all outputs, and what else a user could do with it."""
    ours = bench.run(f"{name}, all outputs, all evidence", export, "3 s, 350 MiB")
    if ours:
        bench.table.add(Row("  of it drawing and rendering", rendering(bench, export), "1.5 s"))
    bench.run("  the same, HTML only", export, "", "--formats", "html")
    bench.peers(peers, export, ours)
    bench.engines(name, export, "")
    for n_rows, budget in EVIDENCE_BUDGETS:
        bench.time(f"{n_rows:,} rows, all evidence", [PYTHON, str(HERE / "evidence.py"), str(n_rows)], budget)


def rendering(bench: Bench, export: Path) -> Cost:
    """Seconds that a run's own clock gives to drawing and rendering."""
    command, seconds = bench.command(export), []
    for _ in range(max(bench.runs, 1)):
        forget(command)
        told = subprocess.run(
            [*command, "--json"], capture_output=True, text=True, check=True, cwd=ROOT, env=ENVIRONMENT
        )
        stages = json.loads(told.stdout)["seconds"]
        seconds.append(sum(stages[name] for name in RENDERING))
    return Cost(statistics.median(seconds), 0, 0)


def bench_reading(bench: Bench, export: Path, runs: int) -> None:
    """Reading and typing a million rows beside pandas, start-up included."""
    reading = [PYTHON, str(HERE / "read_typed.py"), str(export)]
    plain = bench.time("1,000,000 rows, plain pandas.read_csv", [*reading, "pandas"], runs=runs)
    budget = f"{TIMES_PANDAS * plain.wall:.2f} s" if plain else ""
    bench.time("  the same, read and accounted for", [*reading, "read"], budget, runs=runs)
    bench.time("  the same, read, typed and checked", [*reading, "typed"], budget, runs=runs)


def bench_large(bench: Bench, peers: Sequence[Peer]) -> None:
    """A million customers, all outputs, once; exports at the other limits."""
    export = write(customers(MILLION, 3), bench.folder / "customers.csv")
    bench_reading(bench, export, min(bench.runs, 3))
    ours = bench.run("1,000,000 × 5 CSV, all outputs", export, "8 s aimed, 12 s held", runs=0)
    if ours:
        bench.table.add(Row(f"  its inertia: {inertia(bench, export)}", budget="at most 1.001 of full Lloyd"))
    bench.peers(peers, export, ours, runs=0)
    bench.engines("1,000,000 × 5 CSV", export, "", runs=0)
    export.unlink()
    bench.run("1,000 rows × 10,000 columns", wide_export(bench.folder), "30 s, 1,024 MiB", runs=0)
    bench.run("1,000,000 labels in a category", labelled_export(bench.folder), "", runs=0)


def bench_huge(bench: Bench) -> None:
    """Ten and a hundred million customers, and a hundred million order lines; by DuckDB, once each."""
    duckdb = ("--engine", "duckdb")
    for n_rows, ending, budget in (
        (10 * MILLION, "csv", "45 s, 1,536 MiB"),
        (10 * MILLION, "parquet", "45 s, 1,536 MiB"),
        (100 * MILLION, "parquet", "600 s, 4,096 MiB"),
    ):
        export = write(customers(n_rows, 4), bench.folder / f"customers.{ending}")
        bench.run(f"{n_rows:,} × 6 {ending}, all outputs", export, budget, *duckdb, runs=0)
        export.unlink()
        shutil.rmtree(bench.out(*duckdb), ignore_errors=True)
    export = write(order_lines(100 * MILLION), bench.folder / "orders.parquet")
    bench.run("100,000,000 order lines of 5,000,000 customers", export, "600 s, 4,096 MiB", *duckdb, runs=0)


def inertia(bench: Bench, export: Path) -> str:
    """That of the run's segments against a full Lloyd search on the same rows."""
    command = [PYTHON, str(HERE / "inertia.py"), str(export), str(next(bench.out().glob("*-*")))]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=ENVIRONMENT)
    return told.stdout.strip() or f"failed: {told.stderr.strip().splitlines()[-1]}"
