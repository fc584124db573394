"""Prints how often the null test refuses noise, and how far apart five groups must lie to be found.

    python tests/benchmarks/structure_power.py [--draws 100] [--curve-draws 40]

Noise: normal and even sets of 200 and 1,000 rows, 2 to 6 columns in turn; at least 95 of 100 should be refused.
Power: five equal groups, one in the middle; the share of draws in which they are refused, by the distance of the outer
ones from the middle in standard deviations of a group. Each share also at levels that were not chosen.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from noise_and_blobs import Noise, blobs, noise_sets  # noqa: E402
from segment_data import z_scored  # noqa: E402

from reportgen.records.segments import FloatArray  # noqa: E402
from reportgen.segment.structure import SIGNIFICANT, examine_structure  # noqa: E402

LEVELS = (0.01, 0.02, 0.03, 0.05)
KS = range(2, 11)
N_NULL = 99
NOISE_KINDS: tuple[Noise, ...] = ("normal", "even")
NOISE_ROWS = (200, 1_000)
MOST_ROWS = 500
"""Rows of the test in a run (reportgen.segment._rows.NULL_ROWS)."""
DISTANCES = (1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0)


def p_values(sets: Iterable[FloatArray]) -> list[float]:
    """The null test's p on each set, as a run takes it."""
    found = []
    for seed, points in enumerate(sets):
        matrix = z_scored(points)[:MOST_ROWS]
        found.append(examine_structure(matrix, KS, N_NULL, np.random.default_rng(seed)).test.p_value)
    return found


def row(work: str, values: Sequence[float]) -> str:
    refused = [sum(value > level for value in values) / len(values) for level in LEVELS]
    return f"{work:<38}" + "".join(f"{share:>9.0%}" for share in refused)


def main() -> None:
    parser = argparse.ArgumentParser(description="How often the null test refuses noise and real groups.")
    parser.add_argument("--draws", type=int, default=100)
    parser.add_argument("--curve-draws", type=int, default=40)
    options = parser.parse_args()
    marks = [f"p ≤ {level:g}{'*' if level == SIGNIFICANT else ''}" for level in LEVELS]
    print(f"{'refused at':<38}" + "".join(f"{mark:>9}" for mark in marks) + "   (* the level in use)")
    with threadpool_limits(limits=1):
        for kind in NOISE_KINDS:
            for n_rows in NOISE_ROWS:
                values = p_values(noise_sets(kind, n_rows, options.draws))
                print(row(f"{kind} noise, {n_rows:,} rows, {options.draws} draws", values), flush=True)
        for apart in DISTANCES:
            values = p_values(blobs(apart, 200, seed) for seed in range(options.curve_draws))
            print(row(f"five groups {apart:g} SD apart, {options.curve_draws} draws", values), flush=True)


if __name__ == "__main__":
    main()
