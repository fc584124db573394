"""Labels by MiniBatchKMeans for every k from 2 to 10.

python minibatch.py EXPORT FOLDER
"""

import sys
from pathlib import Path

import pandas as pd
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import StandardScaler

if __name__ == "__main__":
    export, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    table = pd.read_csv(export) if export.suffix == ".csv" else pd.read_parquet(export)
    scaled = StandardScaler().fit_transform(table.select_dtypes("number"))
    fits = {k: MiniBatchKMeans(k, n_init=3, random_state=0).fit(scaled) for k in range(2, 11)}
    scores = {k: silhouette_score(scaled, fit.labels_, sample_size=5_000, random_state=0) for k, fit in fits.items()}
    table.assign(segment=fits[max(scores, key=scores.get)].labels_).to_csv(folder / "segments.csv", index=False)
