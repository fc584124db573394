"""What a user writes by hand: k-means with the best silhouette, twelve pictures, HTML and PDF; no evidence, no checks.

python plain_script.py EXPORT FOLDER
"""

import base64
import io
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import StandardScaler
from weasyprint import HTML

KS = range(2, 11)
MOST_SCORED = 5_000
MOST_DOTS = 10_000
"""More dots than this are pixels: as shapes they alone would take minutes to print."""
PICTURES = 12


def picture(draw) -> str:
    figure, axes = plt.subplots(figsize=(6, 3.5))
    draw(axes)
    stream = io.BytesIO()
    figure.savefig(stream, format="svg")
    plt.close(figure)
    return f'<img src="data:image/svg+xml;base64,{base64.b64encode(stream.getvalue()).decode()}">'


def main() -> None:
    export, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    table = pd.read_csv(export) if export.suffix == ".csv" else pd.read_parquet(export)
    numbers = table.select_dtypes("number")
    names = [name for name in numbers if not name.lower().endswith("id")][:6]
    numbers = numbers[names].fillna(numbers[names].median())
    scaled = StandardScaler().fit_transform(numbers)
    scores, fits = {}, {}
    for k in KS:
        fits[k] = KMeans(k, random_state=0).fit(scaled)
        sample = min(MOST_SCORED, len(scaled))
        scores[k] = silhouette_score(scaled, fits[k].labels_, sample_size=sample, random_state=0)
    k = max(scores, key=scores.get)
    table["segment"] = fits[k].labels_
    table.to_csv(folder / "segments.csv", index=False)
    draws = [
        lambda axes: axes.scatter(
            *numbers.iloc[:, -2:].to_numpy().T, c=table["segment"], s=6, rasterized=len(table) > MOST_DOTS
        ),
        lambda axes: axes.plot(list(KS), [fits[k].inertia_ for k in KS]),
        lambda axes: axes.plot(list(KS), list(scores.values())),
        lambda axes: table["segment"].value_counts().plot.bar(ax=axes),
        *[lambda axes, name=name: axes.hist(numbers[name], bins=30) for name in names],
        *[lambda axes, name=name: table.boxplot(name, by="segment", ax=axes) for name in names],
    ]
    means = table.groupby("segment")[names].mean().to_html()
    page = f"<h1>{k} segments</h1>{means}" + "".join(picture(draw) for draw in draws[:PICTURES])
    (folder / "report.html").write_text(page, encoding="utf-8")
    HTML(string=page).write_pdf(folder / "report.pdf")


if __name__ == "__main__":
    main()
