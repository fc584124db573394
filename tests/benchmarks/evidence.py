"""Gathers all evidence for the segments of seeded customers in five groups and four columns, with a helper as in a run.

python tests/benchmarks/evidence.py ROWS

Prints the seconds that it adds to a run: start-up and the helper's imports, which a run has anyway, are left out.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from noise_and_blobs import blobs  # noqa: E402
from segment_data import features_of, z_scored  # noqa: E402

from reportgen.config import SegmentSettings  # noqa: E402
from reportgen.parallel import Worker  # noqa: E402
from reportgen.records.segments import FeatureSet  # noqa: E402
from reportgen.segment.stage import find_segments  # noqa: E402

APART = 6.0
"""SD between the groups: enough that segments are found, so that all comparisons are made."""


def main() -> None:
    raw = blobs(APART, int(sys.argv[1]), seed=0, n_columns=4)
    pair = FeatureSet(("first", "second"), z_scored(raw[:, :2]))
    helper = Worker(("reportgen.segment.stage",))
    helper.call("time", "time").get()
    start = time.perf_counter()
    evidence, _ = find_segments(features_of(raw, (pair,)), SegmentSettings(), helper)
    seconds = time.perf_counter() - start
    helper.end()
    if evidence.k == 1:
        raise SystemExit("No segments were found: this is not all the evidence.")
    print(f"{seconds:.2f}")


if __name__ == "__main__":
    main()
