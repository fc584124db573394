"""Records of the segmentation: features, the evidence for k, and the segments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from reportgen.records.everyone import Everyone
from reportgen.records.structure import StructureTest

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]

BORDERLINE_CONFIDENCE = 0.1
"""Below this a customer stands between two segments: the nearest centroid is less than 10 % nearer than the second."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One column as it enters k-means: x → (transform(x) − center) / spread."""

    name: str
    """Header name of the column."""
    transform: str
    """`none`, `log1p` (of x − offset) or `yeo-johnson`."""
    offset: float
    """Subtracted before log1p; 0 otherwise."""
    power: float
    """Yeo–Johnson lambda; 1 otherwise."""
    center: float
    """Mean after the transform."""
    spread: float
    """Standard deviation (population) after the transform, > 0."""
    skew: float
    """Skewness of the raw column."""
    reason: str
    """Why this transform, one clause."""


@dataclass(frozen=True, slots=True)
class CategoryFeature:
    """A category as it enters k-means: one column a level, x → (has the level − share) × factor; unknown → 0."""

    name: str
    """Header name of the column."""
    levels: tuple[str, ...]
    """By falling count; the pool of rare ones last."""
    shares: tuple[float, ...]
    """Of the known values, by level."""
    factor: float
    """So that the columns' variances add up to the weight that the settings give a category."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that does not shape the segments, and why."""

    name: str
    reason: str
    describes: bool
    echoes: bool = False
    """True if it repeats, or is computed from, columns that shape: not tested against what it helped to make."""


@dataclass(frozen=True, slots=True, eq=False)
class FeatureSet:
    """Another choice of features, scaled in the same way."""

    names: tuple[str, ...]
    """Header names."""
    matrix: FloatArray
    """n_customers × len(names), scaled, no NaN."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """features → segment, profile."""

    features: tuple[Feature, ...]
    """p features, in file order."""
    matrix: FloatArray
    """n × p, scaled, no NaN; behind them one column a level of each category in `categories`. n: see `drawn`."""
    raw: FloatArray
    """n × p, the features in the export's own units."""
    left_out: tuple[LeftOut, ...]
    reason: str
    """Why these features, one or two sentences for the report."""
    chosen_by_settings: bool
    alternatives: tuple[FeatureSet, ...]
    """Other feature sets worth comparing, at most three; e.g. the shaping ones plus age."""
    value_column: str
    """The column whose sum is the segment's value (money or score), or empty: value unknown."""
    filled_in: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    """n_customers: True where a value that shapes was filled in; empty: none was."""
    categories: tuple[CategoryFeature, ...] = ()
    """Categories that shape because the settings name them, in file order."""
    drawn: IntArray = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    """Rising positions, among all customers, of the rows of `matrix`, `raw` and `filled_in`; empty: they are all."""
    everyone: Everyone | None = None
    """All customers, where only some were drawn."""

    @property
    def n_customers(self) -> int:
        return self.everyone.n_customers if self.everyone else len(self.matrix)

    @property
    def names(self) -> tuple[str, ...]:
        """Header names of all columns that shape."""
        return (*(feature.name for feature in self.features), *(category.name for category in self.categories))

    @property
    def blocks(self) -> tuple[slice, ...]:
        """Which columns of the matrix belong to each of `names`."""
        ends = np.cumsum([1] * len(self.features) + [len(category.levels) for category in self.categories]).tolist()
        return tuple(slice(start, end) for start, end in zip([0, *ends], ends, strict=False))


@dataclass(frozen=True, slots=True)
class KScore:
    """Every score for one k."""

    k: int
    inertia: float
    """Sum of squared distances to the nearest centroid, scaled units."""
    silhouette: float
    """Mean silhouette, −1..1 (Rousseeuw 1987)."""
    silhouette_min: float
    """Lowest mean silhouette of a segment."""
    calinski_harabasz: float
    davies_bouldin: float
    stability: float
    """Mean adjusted Rand index over bootstrap pairs."""
    stability_low: float
    """5th percentile of the same."""
    stability_high: float
    """95th percentile of the same."""
    sizes: tuple[int, ...]
    """Customers by segment, falling."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What one criterion says about k."""

    criterion: str
    """File name of the criterion."""
    label: str
    """The reader's name: `Silhouette`."""
    k: int | None
    """Its choice, or None where it declines."""
    reason: str
    """One clause: `highest at .555` or `no elbow: the curve bends nowhere sharply`."""
    value: float | None = None
    """The criterion's figure at its k, which `reason` prints; None where it has none."""
    values: tuple[tuple[int, float], ...] = ()
    """(k, score) by rising k, as the criterion computed or read them; empty where it declines before computing."""


@dataclass(frozen=True, slots=True)
class AlternativeSet:
    """What another feature set would have given."""

    names: tuple[str, ...]
    k: int
    silhouette: float
    agreement: float
    """Adjusted Rand index with the chosen segmentation."""


@dataclass(frozen=True, slots=True)
class OtherDivision:
    """The segments of another k, j of them, beside the k chosen ones."""

    counts: tuple[tuple[int, ...], ...]
    """k × j: customers of each chosen segment in each of the others, over all customers."""
    means: tuple[tuple[float, ...], ...]
    """j × p: means of the features in the export's own units; 0 where a segment has no customer."""
    centroids: tuple[tuple[float, ...], ...]
    """j centroids in scaled units."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The chosen segments beside one fewer and one more: customers of the scored rows; empty where not tried."""

    fewer: tuple[tuple[int, ...], ...]
    """(k − 1) × k."""
    more: tuple[tuple[int, ...], ...]
    """k × (k + 1)."""


@dataclass(frozen=True, slots=True)
class FilledIn:
    """What the segments owe to customers with a filled-in value in a column that shapes."""

    n_customers: int
    """Of the rows of `Evidence.n_rows`."""
    agreement: float
    """Adjusted Rand index of the other customers' segments with those found without these customers."""
    moved: float
    """Share of the other customers who are then in another segment, 0..1."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """segment → charts, personas: why these segments, and how many."""

    structure: StructureTest
    scores: tuple[KScore, ...]
    """By rising k, from 2."""
    votes: tuple[Vote, ...]
    k: int
    """The choice; 1 where no structure was found."""
    runner_up: int | None
    reason: str
    """Why this k, two or three sentences for the report, no number that is not in `scores` or `votes`."""
    kind: str
    """`natural`, `reproducible`, `constructive` or `none` (Dolnicar, Grün & Leisch 2018, ch. 7)."""
    n_rows: int
    """Rows the scores used; n_customers unless sampled."""
    n_bootstraps: int
    alternatives: tuple[AlternativeSet, ...]
    scalings: tuple[tuple[str, float], ...]
    """Scaling name → adjusted Rand index of its segments with the chosen ones."""
    moved_by_refit: tuple[float, float] = (0.0, 0.0)
    """Share of customers that refitting on a bootstrap moves: mean and 95th percentile, 0..1; (0, 0) where k = 1."""
    n_rows_silhouette: int = 0
    """Rows among which the silhouettes were taken; `n_rows` unless sampled."""
    n_rows_stability: int = 0
    """Rows that bootstraps and halves drew from; `n_rows` unless sampled."""
    other: OtherDivision | None = None
    """The runner-up's segments beside the chosen ones; None without a runner-up."""
    neighbours: Neighbours | None = None
    left_out: tuple[tuple[str, float | None], ...] = ()
    """Feature → adjusted Rand index of the segments found without it (None: none could be); empty where not tried."""
    filled_in: FilledIn | None = None
    """None where no value that shapes was filled in."""


class Place(Protocol):
    """Puts customers into the segments; can be sent to other processes."""

    def __call__(self, matrix: FloatArray) -> tuple[IntArray, IntArray, FloatArray]:
        """(labels, runner-ups, confidences) of m rows of a matrix such as Features.matrix; see Segmentation."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Segmentation:
    """segment → profile: the segments; ids 1..k by falling size (ties: by first centroid coordinate)."""

    k: int
    centroids: FloatArray
    """k × p, scaled units; row i is segment i + 1."""
    labels: IntArray
    """Of the rows of `Features.matrix`, values 1..k."""
    runner_up: IntArray
    """Of the same, the second nearest segment, 1..k; 0 where k = 1."""
    confidence: FloatArray
    """Of the same, 0..1: 1 − d1 / d2, distance to the nearest over the second nearest centroid."""
    silhouettes: FloatArray
    """One value per row of `silhouette_rows`, −1..1; empty where k = 1."""
    silhouette_rows: IntArray
    """Row positions the silhouettes belong to (all rows, or a seeded sample ≤ 5,000)."""
    silhouette: float
    """Mean of `silhouettes`; 0 where k = 1."""
    inertia: float
    jaccard: tuple[float, ...]
    """Mean bootstrap Jaccard by segment (Hennig 2007), 0..1."""
    dissolved: tuple[float, ...]
    """Share of bootstraps in which the segment's Jaccard fell to .5 or below."""
    bootstrap_means: FloatArray = field(default_factory=lambda: np.empty((0, 0, 0)))
    """B × k × p, as `Features.raw`: means of each segment's best match in each bootstrap; NaN where it dissolved."""
    silhouette_error: float = 0.0
    """Standard error of `silhouette` where its rows are a sample of all customers; 0 where they are all."""
    sizes: tuple[int, ...] = ()
    """Customers by segment, where `labels` are those of drawn ones; empty: `labels` tell."""
    place: Place | None = None
    """Places customers who were not drawn; None where all are held."""
