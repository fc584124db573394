"""Gathers all evidence for the segments of seeded customers in five groups and four columns.

python tests/benchmarks/evidence.py ROWS
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from noise_and_blobs import blobs  # noqa: E402
from segment_data import features_of  # noqa: E402

from reportgen.config import SegmentSettings  # noqa: E402
from reportgen.segment.stage import find_segments  # noqa: E402

if __name__ == "__main__":
    find_segments(features_of(blobs(4.0, int(sys.argv[1]), seed=0, n_columns=4)), SegmentSettings())
