"""Labels by MiniBatchKMeans for a k that is given, five: nothing is chosen.

python minibatch.py EXPORT FOLDER
"""

import sys
from pathlib import Path

import pandas as pd
from sklearn.cluster import MiniBatchKMeans
from sklearn.preprocessing import StandardScaler

K = 5

if __name__ == "__main__":
    export, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    table = pd.read_csv(export) if export.suffix == ".csv" else pd.read_parquet(export)
    scaled = StandardScaler().fit_transform(table.select_dtypes("number"))
    fit = MiniBatchKMeans(K, n_init=3, random_state=0).fit(scaled)
    table.assign(segment=fit.labels_).to_csv(folder / "segments.csv", index=False)
