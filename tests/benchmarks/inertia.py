"""Prints the inertia of a run's segments as a multiple of that of a full Lloyd search on the same rows.

python inertia.py EXPORT RUN_DIRECTORY
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans

STARTS = 3


def main() -> None:
    export, run = Path(sys.argv[1]), Path(sys.argv[2])
    model = json.loads((run / "model.json").read_text(encoding="utf-8"))
    if model["categories"] or any(feature["transform"] != "none" for feature in model["features"]):
        raise SystemExit("the segments have features that this comparison does not make")
    names = [feature["name"] for feature in model["features"]]
    table = pd.read_csv(export, usecols=names) if export.suffix == ".csv" else pd.read_parquet(export, columns=names)
    scaled = np.column_stack([(table[f["name"]] - f["center"]) / f["spread"] for f in model["features"]])
    centroids = np.array([segment["centroid"] for segment in model["segments"]])
    distances = np.min([((scaled - centroid) ** 2).sum(axis=1) for centroid in centroids], axis=0)
    lloyd = KMeans(len(centroids), n_init=STARTS, random_state=0, algorithm="lloyd").fit(scaled)
    print(f"{distances.sum() / lloyd.inertia_:.6f} times that of full Lloyd")


if __name__ == "__main__":
    main()
