"""Records of the profiles: everything about the segments at summary scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.records.segments import Feature, FloatArray, IntArray
from reportgen.records.table import Column

MAX_LEVELS = 10
"""Levels of a category that are shown by name; the rarer ones are pooled."""

OTHER_LEVEL = "other"
"""Name of that pool in `LevelProfile.level`."""


@dataclass(frozen=True, slots=True)
class NumberProfile:
    """One numeric column in one segment (or in all customers)."""

    column: str
    mean: float
    median: float
    q25: float
    q75: float
    total: float
    difference: float
    """(segment mean − overall mean) / overall SD; 0 for all customers."""
    share_above: float
    """Share of members above the overall median, 0..1."""
    share_below: float
    """Share of members below the overall median, 0..1."""
    persistence: float
    """Share of bootstraps in which the difference keeps its sign at half an SD or more, 0..1."""
    counts: tuple[float, ...]
    """Members in each of the column's bins (`Distribution.edges`); bins that would give away fewer than `min_cell`
    members stand at the mean of all that were put together, by width."""


@dataclass(frozen=True, slots=True)
class LevelProfile:
    """One level of a category in one segment."""

    column: str
    level: str
    n_customers: int
    share: float
    """Of the segment's known values, 0..1."""
    overall: float
    """Of all customers' known values, 0..1."""
    lift: float
    """share / overall."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How to recognise a segment: a path of a small tree."""

    text: str
    """`Annual income ≥ 71 k$ and Spending score ≥ 63`; several paths joined by ` or `."""
    conditions: tuple[tuple[str, str, float], ...]
    """(header name, `<=` or `>`, threshold in the export's units) of the largest path."""
    precision: float
    """Share of the customers under the rule that are in the segment, 0..1."""
    coverage: float
    """Share of the segment that the rule catches, 0..1."""


@dataclass(frozen=True, slots=True)
class RulePath:
    """One path of the small tree, from its root to a leaf."""

    conditions: tuple[tuple[str, str, float], ...]
    """(header name, `<=` or `>`, threshold in the export's units) in the order of the splits."""
    bounds: tuple[str, ...]
    """The same thresholds as they are printed: `40 k$`."""
    segment: int
    """Id of the segment that most customers at its end are in."""
    share: float | None
    """Of all customers, 0..1; None where it is of few or would give such a share away."""


@dataclass(frozen=True, slots=True)
class Clearness:
    """How clearly the members of one segment belong to it: nearer to its centre than to the next one's."""

    mean: float | None
    """Of the confidence, 0..1; None of fewer than `Profile.min_cell` members."""
    counts: tuple[float, ...]
    """Members by tenths of the confidence; thin ones put together with their neighbours (reportgen.small_cells). Empty
    where they are too few for any."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How far one segment can be trusted (Hennig 2007)."""

    label: str
    """`highly stable`, `stable`, `a pattern, members doubtful`, `do not trust` or `dissolved`."""
    jaccard: float
    dissolved: float
    n_borderline: int
    """Members with a confidence under the borderline."""
    do_not_target: bool
    reason: str
    """One clause."""


@dataclass(frozen=True, slots=True)
class SegmentProfile:
    """profile → personas, charts, history: one segment at summary scale."""

    id: int
    """1..k, by falling size."""
    n_customers: int
    share: float
    """Of all customers, 0..1."""
    value_share: float | None
    """Of the value column's sum, 0..1; None where value is unknown."""
    centroid: tuple[float, ...]
    """Mean of the features in the export's own units, in the order of Features.features."""
    numbers: tuple[NumberProfile, ...]
    """Every numeric column, features first."""
    levels: tuple[LevelProfile, ...]
    """Levels (top ten, then `other`) of every category; of a segment without those of fewer than `min_cell` members,
    and without what would give them away."""
    rule: Rule | None
    """None where the tree is not faithful enough."""
    silhouette: float
    """Mean silhouette of the segment."""
    trust: Trust
    reach: float | None = None
    """Share of its customers for whom the export holds contact data, 0..1; None where no column holds any."""

    def number(self, column: str) -> NumberProfile:
        """The profile of that header name. Raises KeyError."""
        for profile in self.numbers:
            if profile.column == column:
                return profile
        raise KeyError(column)


@dataclass(frozen=True, slots=True)
class Distribution:
    """One numeric column over all customers."""

    column: str
    edges: tuple[float, ...]
    """Bin edges, rising, round numbers; wider where fewer than `min_cell` customers lie. What lies beyond the ends
    counts in the first and the last bin: an end is nobody's value."""
    counts: tuple[int, ...]
    """Customers by bin: none, or at least `min_cell`."""


SIGNIFICANT = 0.05
"""Level of the association tests: the convention of the null tests throughout, after Holm's (1979) adjustment."""


@dataclass(frozen=True, slots=True)
class Association:
    """A category or a number that did not make the segments, tested against them (Holm-adjusted)."""

    column: str
    test: str
    """`chi-square` or `Kruskal–Wallis`."""
    statistic: float
    p_value: float
    """Holm-adjusted."""
    effect: float
    """Cramér's V or epsilon squared, 0..1."""
    differs: bool
    """p_value ≤ .05 and the effect is not negligible (≥ .1)."""

    @property
    def differs_slightly(self) -> bool:
        """Whether the difference is more than chance, but too small to count."""
        return not self.differs and self.p_value <= SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Correlation:
    a: str
    b: str
    r: float
    """Pearson, −1..1."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Up to 5,000 customers, seeded, for pictures; no id, no personal column, never printed as rows."""

    columns: Mapping[str, FloatArray]
    """Header name → m values in the export's own units; the numeric columns of `Profile.columns`."""
    segment: IntArray
    """m values, 1..k; all 1 where k = 1."""
    n_customers: int
    """Of how many it was drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Two principal components of the scaled features, for the map of more than two features."""

    labels: tuple[str, str]
    """The axes in words: `more spent and more orders`."""
    explained: tuple[float, float]
    """Share of the variance, 0..1."""
    loadings: FloatArray
    """2 × p, scaled units; signs fixed (largest loading positive)."""
    points: FloatArray
    """m × 2, the customers of `Sample`, same order."""
    centroids: FloatArray
    """k × 2."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """profile → personas, charts, history: everything at summary scale."""

    columns: tuple[Column, ...]
    """Columns that shape or describe, in file order."""
    features: tuple[Feature, ...]
    overall: SegmentProfile
    """All customers, id 0, named `All customers`; differences 0, trust and rule not meaningful."""
    segments: tuple[SegmentProfile, ...]
    """By id; empty where no structure was found."""
    distributions: tuple[Distribution, ...]
    correlations: tuple[Correlation, ...]
    """Every pair of numeric columns once; of the first 100 where there are more."""
    associations: tuple[Association, ...]
    rule_fidelity: float | None
    """Share of customers the small tree puts into their segment; None where refused (< .9) or k = 1."""
    rule_leaves: int
    value_column: str
    min_cell: int
    """Fewer customers than this are not told apart anywhere in this record (see reportgen.small_cells)."""
    sample: Sample
    projection: Projection | None
    """None with up to two features: the map then shows them as they are."""
    rule_paths: tuple[RulePath, ...] = ()
    """The leaves of the small tree from left to right; empty where it is refused."""
    clearness: tuple[Clearness, ...] = ()
    """By segment id; empty without segments."""
    n_drawn: int = 0
    """Customers drawn for tests of numbers, correlations, bootstraps and pictures, where all are too many to hold; 0:
    these too are of all customers."""
    untold: tuple[int, ...] = ()
    """Ids of the segments of which neither size nor figures are told, rising: those of fewer than `min_cell` customers,
    and those that would give these away. What this record holds of them is for naming and history alone."""

    @property
    def told(self) -> tuple[SegmentProfile, ...]:
        """The segments that may be described, by id."""
        return tuple(segment for segment in self.segments if segment.id not in self.untold)
