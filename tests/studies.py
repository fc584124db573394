"""Whole `Facts` for tests, from planted tables: the profiles are computed, the stages before them are stood in for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import (
    adjusted_rand_score,
    calinski_harabasz_score,
    davies_bouldin_score,
    silhouette_samples,
)

from reportgen.config import Settings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.profile.stage import profile_segments
from reportgen.records.segments import (
    AlternativeSet,
    Evidence,
    Feature,
    Features,
    FeatureSet,
    FloatArray,
    IntArray,
    KScore,
    LeftOut,
    Segmentation,
    Vote,
)
from reportgen.records.structure import StructureTest
from reportgen.records.study import Facts
from reportgen.records.table import (
    IMPUTED_PREFIX,
    LINE_COLUMN,
    CleaningNote,
    CleanTable,
    Column,
    ColumnQuality,
    ReadReport,
    Role,
    SetAside,
)
from reportgen.segment.alternatives import neighbours_of
from reportgen.segment.kmeans import Fit

SETTINGS = Settings()
ENGINE = InMemoryEngine()
N_BOOTSTRAPS = 20
LARGEST_K = 10

HOSTILE_NAMES = (
    "<script>alert('hi')</script>",
    "$x$",
    "{{ 7 * 7 }}",
    '=HYPERLINK("http://example.org")',
    "Köln & Umgebung",
    "%s {0}",
    "北京市",
    "</td><img src=x onerror=alert(1)>",
    'O\'Brien "Corner"',
    "A town with a name that is far too long to stand in any column of any table that was ever printed on paper",
)


@dataclass(frozen=True, slots=True, eq=False)
class Planted:
    """A clean table with what the stages around it would hand on."""

    table: CleanTable
    features: Features
    evidence: Evidence
    segmentation: Segmentation


def number(name: str, label: str, role: Role, unit: str = "", scale: tuple[float, float] | None = None) -> Column:
    return Column(name, label, unit, scale, role, f"header says {label.lower()}", 0.95, "number")


def words(name: str, label: str, role: Role) -> Column:
    return Column(name, label, "", None, role, "few distinct words", 0.9, "text" if role is Role.ID else "category")


# --- the stages before the profile, stood in for -------------------------------------------------------------------


def z_features(
    table: CleanTable, names: Sequence[str], *, transform: str = "none", value: str = "", alternatives: bool = True
) -> Features:
    """Those columns, optionally log1p, in z-scores; every other usable column describes."""
    raw = np.column_stack(list(ENGINE.to_arrays(table.frame, names).values()))
    moved = np.log1p(raw) if transform == "log1p" else raw
    center, spread = moved.mean(axis=0), moved.std(axis=0)
    matrix = (moved - center) / spread
    skew = (((raw - raw.mean(axis=0)) / raw.std(axis=0)) ** 3).mean(axis=0)
    reason = "strongly skewed" if transform == "log1p" else "nearly symmetric"
    features = tuple(
        Feature(name, transform, 0.0, 1.0, float(center[i]), float(spread[i]), float(skew[i]), reason)
        for i, name in enumerate(names)
    )
    left_out = tuple(
        LeftOut(column.name, f"{column.role}: describes", describes=column.role not in {Role.ID, Role.PERSONAL})
        for column in table.columns
        if column.name not in names
    )
    others = [c.name for c in table.columns if c.role is Role.AGE] if alternatives else []
    extra = [ENGINE.to_arrays(table.frame, [name])[name] for name in others]
    sets = tuple(
        FeatureSet((*names, name), np.column_stack([matrix, (values - values.mean()) / values.std()]))
        for name, values in zip(others, extra, strict=True)
    )
    said = "These columns say what customers spend and do; the others say who they are."
    return Features(
        features, matrix, raw, left_out, said, chosen_by_settings=False, alternatives=sets, value_column=value
    )


def fit(matrix: FloatArray, k: int, seed: int = 0, n_init: int = 3) -> tuple[FloatArray, IntArray]:
    """(centroids by falling size, labels 1..k)."""
    model = KMeans(k, n_init=n_init, random_state=seed).fit(matrix)
    sizes = np.bincount(model.labels_, minlength=k)
    order = np.lexsort((model.cluster_centers_[:, 0], -sizes))
    rank = np.empty(k, dtype=np.intp)
    rank[order] = np.arange(1, k + 1)
    return model.cluster_centers_[order], rank[model.labels_]


def k_fit(matrix: FloatArray, k: int) -> Fit:
    centroids, labels = fit(matrix, k)
    return Fit(centroids, labels - 1, inertia=0.0)


def cluster(features: Features, k: int) -> Segmentation:
    """k-means with bootstraps that are fitted anew from the found centroids."""
    matrix = features.matrix
    if k == 1:
        n = len(matrix)
        none = np.empty(0)
        return Segmentation(
            k=1,
            centroids=matrix.mean(axis=0, keepdims=True),
            labels=np.ones(n, dtype=np.intp),
            runner_up=np.zeros(n, dtype=np.intp),
            confidence=np.ones(n),
            silhouettes=none,
            silhouette_rows=none.astype(np.intp),
            silhouette=0.0,
            inertia=float(((matrix - matrix.mean(axis=0)) ** 2).sum()),
            jaccard=(1.0,),
            dissolved=(0.0,),
        )
    centroids, labels = fit(matrix, k)
    distances = np.linalg.norm(matrix[:, None, :] - centroids, axis=2)
    order = np.argsort(distances, axis=1)
    nearest = np.sort(distances, axis=1)
    silhouettes = silhouette_samples(matrix, labels)
    jaccard, means = bootstrap(features, centroids, labels)
    return Segmentation(
        k=k,
        centroids=centroids,
        labels=labels,
        runner_up=order[:, 1] + 1,
        confidence=1 - nearest[:, 0] / nearest[:, 1],
        silhouettes=silhouettes,
        silhouette_rows=np.arange(len(matrix)),
        silhouette=float(silhouettes.mean()),
        inertia=float((nearest[:, 0] ** 2).sum()),
        jaccard=tuple(jaccard.mean(axis=0).tolist()),
        dissolved=tuple((jaccard <= 0.5).mean(axis=0).tolist()),
        bootstrap_means=means,
    )


def bootstrap(features: Features, centroids: FloatArray, labels: IntArray) -> tuple[FloatArray, FloatArray]:
    """(B × k Jaccard, B × k × p raw means of each segment's best match)."""
    generator = np.random.default_rng(0)
    k = len(centroids)
    jaccard = np.empty((N_BOOTSTRAPS, k))
    means = np.full((N_BOOTSTRAPS, k, centroids.shape[1]), np.nan)
    for b in range(N_BOOTSTRAPS):
        rows = generator.integers(len(labels), size=len(labels))
        refit = KMeans(k, init=centroids, n_init=1).fit(features.matrix[rows]).labels_
        here = labels[rows]
        for i in range(k):
            similar = [
                ((here == i + 1) & (refit == j)).sum() / ((here == i + 1) | (refit == j)).sum() for j in range(k)
            ]
            match = int(np.argmax(similar))
            jaccard[b, i] = similar[match]
            if jaccard[b, i] > 0.5:
                means[b, i] = features.raw[rows][refit == match].mean(axis=0)
    return jaccard, means


def weigh(features: Features, k: int, labels: IntArray) -> Evidence:
    """Scores for k = 2..10 and votes read from them; the structure test is stood in for."""
    scores = tuple(score_k(features.matrix, candidate) for candidate in range(2, LARGEST_K + 1))
    best = max(scores, key=lambda score: score.silhouette)
    lowest = min(scores, key=lambda score: score.davies_bouldin)
    ratio = max(scores, key=lambda score: score.calinski_harabasz)
    steady = max(scores, key=lambda score: score.stability)
    found = k > 1
    curve = tuple((score.k, score.silhouette) for score in scores)
    votes = (
        Vote(
            "calinski_harabasz",
            "Calinski–Harabasz",
            ratio.k,
            f"highest at {ratio.calinski_harabasz:.0f}",
            ratio.calinski_harabasz,
        ),
        Vote(
            "davies_bouldin",
            "Davies–Bouldin",
            lowest.k,
            f"lowest at {lowest.davies_bouldin:.2f}",
            lowest.davies_bouldin,
        ),
        Vote("elbow", "Elbow", None, "no elbow: the curve bends nowhere sharply"),
        Vote("silhouette", "Silhouette", best.k, f"highest at {best.silhouette:.2f}", best.silhouette, curve),
        Vote("stability", "Stability", steady.k, f"highest at {steady.stability:.2f}", steady.stability),
    )
    alternatives = tuple(
        AlternativeSet(
            other.names, k, best.silhouette - 0.1, float(adjusted_rand_score(labels, fit(other.matrix, k)[1]))
        )
        for other in features.alternatives
        if found
    )
    return Evidence(
        structure=StructureTest(
            hopkins=0.81 if found else 0.56,
            observed=best.silhouette,
            gaussian_p95=best.silhouette - 0.12 if found else best.silhouette + 0.01,
            uniform_p95=best.silhouette - 0.08 if found else best.silhouette + 0.03,
            p_value=0.01 if found else 0.43,
            n_null=99,
            n_rows=len(labels),
            found=found,
        ),
        scores=scores,
        votes=votes,
        k=k,
        runner_up=k + 1 if found else None,
        reason="It is the most stable number of segments and the best separated."
        if found
        else "The best silhouette is no better than on data without structure.",
        kind="natural" if found else "none",
        n_rows=len(labels),
        n_bootstraps=N_BOOTSTRAPS,
        alternatives=alternatives,
        scalings=(("raw", 1.0), ("robust", 0.97)) if found else (),
        moved_by_refit=(0.01, 0.025) if found else (0.0, 0.0),
        neighbours=neighbours_of(
            [k_fit(features.matrix, other) for other in (k - 1, k + 1) if other > 1], labels - 1, k
        ),
    )


def score_k(matrix: FloatArray, k: int) -> KScore:
    centroids, labels = fit(matrix, k)
    silhouettes = silhouette_samples(matrix, labels)
    generator = np.random.default_rng(k)
    drawn = [fit(matrix[generator.integers(len(matrix), size=len(matrix))], k, seed, 1)[0] for seed in range(4)]
    assigned = [np.linalg.norm(matrix[:, None, :] - centers, axis=2).argmin(axis=1) for centers in drawn]
    agreement = [adjusted_rand_score(assigned[i], assigned[j]) for i in range(4) for j in range(i)]
    return KScore(
        k=k,
        inertia=float(((matrix - centroids[labels - 1]) ** 2).sum()),
        silhouette=float(silhouettes.mean()),
        silhouette_min=float(min(silhouettes[labels == i + 1].mean() for i in range(k))),
        calinski_harabasz=float(calinski_harabasz_score(matrix, labels)),
        davies_bouldin=float(davies_bouldin_score(matrix, labels)),
        stability=float(np.mean(agreement)),
        stability_low=float(np.quantile(agreement, 0.05)),
        stability_high=float(np.quantile(agreement, 0.95)),
        sizes=tuple(np.bincount(labels)[1:].tolist()),
    )


# --- tables --------------------------------------------------------------------------------------------------------

MALL_COLUMNS = (
    words("CustomerID", "Customer ID", Role.ID),
    words("Gender", "Gender", Role.CATEGORY),
    number("Age", "Age", Role.AGE, "years"),
    number("Annual Income (k$)", "Annual income", Role.MONEY, "k$"),
    number("Spending Score (1-100)", "Spending score", Role.SCORE, "", (1, 100)),
)
MALL_FEATURES = ("Annual Income (k$)", "Spending Score (1-100)")
MALL_GROUPS = (
    # customers, age, income, score: mean and SD
    (81, (43, 16), (55, 9), (50, 6)),
    (39, (33, 4), (87, 15), (82, 9)),
    (35, (41, 11), (88, 15), (17, 9)),
    (23, (45, 13), (26, 7), (21, 12)),
    (22, (25, 5), (26, 7), (79, 10)),
)


def quality_of(table: CleanTable, missing: dict[str, int], capped: dict[str, int]) -> tuple[ColumnQuality, ...]:
    def box(values: FloatArray) -> tuple[float, float, float, float, float]:
        low, q25, median, q75, high = np.quantile(values, (0, 0.25, 0.5, 0.75, 1)).tolist()
        return (low, q25, median, q75, high)

    def tails(values: FloatArray) -> tuple[float, float]:
        low, high = np.quantile(values, (0.05, 0.95)).tolist()
        return (low, high)

    arrays = ENGINE.to_arrays(table.frame, [column.name for column in table.columns])
    return tuple(
        ColumnQuality(
            name=column.name,
            n_missing=missing.get(column.name, 0),
            n_imputed=missing.get(column.name, 0),
            n_outliers=capped.get(column.name, 0),
            n_capped=capped.get(column.name, 0),
            box_before=box(arrays[column.name]) if column.kind == "number" else None,
            box_after=box(arrays[column.name]) if column.kind == "number" else None,
            tails=tails(arrays[column.name]) if column.kind == "number" else None,
        )
        for column in table.columns
    )


def clean_table(
    columns: tuple[Column, ...], values: dict[str, Sequence[object]], missing: dict[str, int], capped: dict[str, int]
) -> CleanTable:
    """A table whose physical records 17 (unreadable) and 101 (a duplicate) were set aside, with its cleaning notes."""
    n = len(next(iter(values.values())))
    lines = [line for line in range(1, n + 3) if line not in {17, 101}]
    imputed = {f"{IMPUTED_PREFIX}{name}": [i < count for i in range(n)] for name, count in missing.items()}
    frame = ENGINE.from_columns({**values, LINE_COLUMN: lines, **imputed})
    notes = (
        CleaningNote(
            "exact_duplicates", "", 1, "1 record equal to an earlier one in every column", "set aside", "the same twice"
        ),
        *(
            CleaningNote("imputation", name, count, "empty", "the median", "few are missing")
            for name, count in missing.items()
        ),
        *(
            CleaningNote("outliers", name, count, "far out", "the fence", "one cell must not move a segment")
            for name, count in capped.items()
        ),
    )
    aside = (SetAside(101, "set aside", "exact duplicate of line 101", "100,Male,23,62,48", "line 102"),)
    table = CleanTable(frame, columns, columns[0].name, n, notes, aside, ())
    quality = quality_of(table, missing, capped)
    shown = tuple(tuple(i < missing.get(column.name, 0) for column in columns) for i in range(n))
    step = max(1, n // 500)
    return CleanTable(frame, columns, columns[0].name, n, notes, aside, quality, shown[::step][:500])


def mall_like_table() -> CleanTable:
    """200 customers in five planted groups of income × score; gender and age beside them."""
    generator = np.random.default_rng(5)
    blocks = [
        np.column_stack([generator.normal(mean, sd, n) for mean, sd in (age, income, score)])
        for n, age, income, score in MALL_GROUPS
    ]
    age, income, score = np.round(np.concatenate(blocks)).T
    return mall_table(age, income, score, generator)


def structureless_table() -> CleanTable:
    """200 customers in one cloud."""
    generator = np.random.default_rng(6)
    age, income, score = np.round(generator.normal((39, 60, 50), (14, 26, 20), (200, 3))).T
    return mall_table(age, income, score, generator)


def mall_table(age: FloatArray, income: FloatArray, score: FloatArray, generator: np.random.Generator) -> CleanTable:
    n = len(age)
    order = generator.permutation(n)
    values: dict[str, Sequence[object]] = {
        "CustomerID": [f"{i:04d}" for i in range(1, n + 1)],
        "Gender": generator.choice(["Female", "Male"], n, p=[0.56, 0.44]).tolist(),
        "Age": np.clip(age, 18, 70)[order],
        "Annual Income (k$)": np.clip(income, 15, 137)[order],
        "Spending Score (1-100)": np.clip(score, 1, 99)[order],
    }
    return clean_table(MALL_COLUMNS, values, {"Age": 4, "Annual Income (k$)": 2}, {"Annual Income (k$)": 1})


SHOP_COLUMNS = (
    words("client no", "Client no", Role.ID),
    number("Total spent (€)", "Total spent", Role.MONEY, "€"),
    number("Orders", "Orders", Role.COUNT),
    number("Average basket (€)", "Average basket", Role.MONEY, "€"),
    number("Items returned", "Items returned", Role.COUNT),
    number("Site visits", "Site visits", Role.COUNT),
    number("Discounts (€)", "Discounts", Role.MONEY, "€"),
    words("City <b>", "City <b>", Role.CATEGORY),
    words("Newsletter", "Newsletter", Role.FLAG),
    number("Age", "Age", Role.AGE, "years"),
)
SHOP_FEATURES = tuple(column.name for column in SHOP_COLUMNS[1:7])


def shop_table() -> CleanTable:
    """1,500 customers in four planted groups of six features; 40 cities, some with hostile names."""
    generator = np.random.default_rng(7)
    centers = np.log([[60, 2, 30, 1, 6, 2], [420, 9, 47, 1, 40, 12], [900, 5, 180, 1, 12, 4], [380, 11, 35, 7, 60, 70]])
    sizes = (620, 430, 250, 200)
    logs = np.concatenate([generator.normal(center, 0.28, (n, 6)) for center, n in zip(centers, sizes, strict=True)])
    group = np.repeat(np.arange(4), sizes)
    order = generator.permutation(len(group))
    amounts, group = np.exp(logs)[order], group[order]
    cities = [*HOSTILE_NAMES, *(f"Town {chr(65 + i)}" for i in range(26)), "other", "Nice", "Bath", "Ulm"]
    weights = 1 / np.arange(2, len(cities) + 2)
    values: dict[str, Sequence[object]] = {"client no": [f"C-{i:05d}" for i in range(len(group))]}
    for i, column in enumerate(SHOP_COLUMNS[1:7]):
        values[column.name] = np.round(amounts[:, i], 0 if column.role is Role.COUNT else 2)
    values["City <b>"] = generator.choice(cities, len(group), p=weights / weights.sum()).tolist()
    subscribed = generator.random(len(group)) < np.array([0.2, 0.5, 0.4, 0.8])[group]
    values["Newsletter"] = np.where(subscribed, "yes", "no").tolist()
    values["Age"] = np.round(np.clip(generator.normal(44, 13, len(group)), 18, 90))
    return clean_table(SHOP_COLUMNS, values, {"Age": 31, "Discounts (€)": 12}, {"Total spent (€)": 9})


# --- facts ---------------------------------------------------------------------------------------------------------


@cache
def mall_like() -> Planted:
    table = mall_like_table()
    features = z_features(table, MALL_FEATURES, value="Spending Score (1-100)")
    segmentation = cluster(features, 5)
    return Planted(table, features, weigh(features, 5, segmentation.labels), segmentation)


@cache
def structureless() -> Planted:
    table = structureless_table()
    features = z_features(table, MALL_FEATURES, value="Spending Score (1-100)")
    segmentation = cluster(features, 1)
    return Planted(table, features, weigh(features, 1, segmentation.labels), segmentation)


@cache
def shop() -> Planted:
    table = shop_table()
    features = z_features(table, SHOP_FEATURES, transform="log1p", value="Total spent (€)", alternatives=False)
    segmentation = cluster(features, 4)
    return Planted(table, features, weigh(features, 4, segmentation.labels), segmentation)


def facts_of(planted: Planted, file_name: str) -> Facts:
    """The facts as the pipeline would put them together."""
    table = planted.table
    read = ReadReport(
        file_name=file_name,
        sha256="5" * 64,
        n_bytes=3_981,
        format="csv",
        encoding="utf-8",
        delimiter=",",
        quote='"',
        sheet="",
        header_line=1,
        n_physical=table.n_customers + 2,
        n_used=table.n_customers,
        n_repaired=1,
        n_set_aside=1,
        notes=("One record had a field too few and was set aside.",),
    )
    by_reading = (
        SetAside(8, "repaired", "a trailing delimiter was taken off", "8,Female,23,18,94,", "line 9"),
        SetAside(17, "set aside", "4 fields where the header has 5", "17,Female,35,21", "line 18"),
    )
    profile = profile_segments(table, planted.features, planted.evidence, planted.segmentation, SETTINGS, ENGINE)
    return Facts(
        title="Customer segments",
        period="2026-10",
        read=read,
        set_aside=tuple(sorted(by_reading + table.set_aside, key=lambda record: record.line)),
        columns=table.columns,
        notes=table.notes,
        quality=table.quality,
        missing_rows=table.missing_rows,
        n_customers=table.n_customers,
        id_column=table.id_column,
        features=planted.features,
        evidence=planted.evidence,
        segmentation=planted.segmentation,
        profile=profile,
        seed=SETTINGS.segments.seed,
    )


@cache
def mall_like_facts() -> Facts:
    """Five segments of income × score among 200 customers."""
    return facts_of(mall_like(), "mall.csv")


@cache
def no_structure_facts() -> Facts:
    """200 customers without segments: k = 1."""
    return facts_of(structureless(), "cloud.csv")


@cache
def many_feature_facts() -> Facts:
    """Four segments of six features among 1,500 customers, with a projection and hostile city names."""
    return facts_of(shop(), "shop export.csv")
