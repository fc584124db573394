"""Profiles the segments: from rows to everything that the report says and shows, at summary scale."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.config import Settings
from reportgen.engine.base import Engine
from reportgen.engine.drawing import sample_positions
from reportgen.profile._tree import Leaf
from reportgen.profile.associations import associate
from reportgen.profile.clearness import clearness_of
from reportgen.profile.correlations import correlate_pairs
from reportgen.profile.disclosure import withhold_few
from reportgen.profile.material import Material, gather_material
from reportgen.profile.projection import project
from reportgen.profile.reach import reach_by_segment
from reportgen.profile.recount import plan_census, recount
from reportgen.profile.rules import card_of, choose_leaves, count_leaves
from reportgen.profile.segments import profile_everyone, profile_segment, resampled_means, segment_silhouette
from reportgen.profile.trust import judge_segment
from reportgen.profile.value import value_shares
from reportgen.records.profile import Profile, Projection, Sample, SegmentProfile
from reportgen.records.segments import Evidence, Features, IntArray, Segmentation
from reportgen.records.table import CleanTable

MOST_SAMPLED = 5_000
"""Customers in the pictures; more points than this hide each other."""

LEAST_FEATURES_PROJECTED = 3
"""Up to two features are shown as they are."""


def profile_segments(  # noqa: PLR0917 - what the stages before it hand on
    table: CleanTable,
    features: Features,
    evidence: Evidence,
    segmentation: Segmentation,
    settings: Settings,
    engine: Engine,
) -> Profile:
    """What all customers are, and how each segment differs from them; no segments where k = 1."""
    limits, min_cell = settings.segments, settings.report.min_cell
    material = gather_material(table, features, segmentation, engine, min_cell)
    leaves = choose_leaves(features.raw, segmentation.labels, segmentation.k)
    profile = profile_held(table, features, evidence, segmentation, settings, engine, material=material, leaves=leaves)
    if features.everyone:
        plan = plan_census(table, features, segmentation, material, leaves)
        profile = recount(profile, material, features.everyone, plan, limits.min_segment_size)
    return withhold_few(profile)


def profile_held(  # noqa: PLR0917 - as above
    table: CleanTable,
    features: Features,
    evidence: Evidence,
    segmentation: Segmentation,
    settings: Settings,
    engine: Engine,
    *,
    material: Material,
    leaves: Sequence[Leaf],
) -> Profile:
    """The same of the customers that are held, nothing withheld yet; value and reach not known where some are drawn."""
    limits, min_cell = settings.segments, settings.report.min_cell
    rows = sample_positions(len(features.matrix), MOST_SAMPLED, limits.seed)
    shares: tuple[float, ...] | None = None
    reach: tuple[float | None, ...] = (None,) * (1 + len(material.groups))
    if not features.everyone:
        shares = value_shares(table, features, material.groups, engine)
        reach = reach_by_segment(table, material.groups, engine)
    counts = count_leaves(leaves, features.raw, segmentation.labels, segmentation.k)
    card = card_of(leaves, counts, material.shaping, min_cell)

    def profile_one(i: int, members: IntArray) -> SegmentProfile:
        segment, jaccard, dissolved = i + 1, segmentation.jaccard[i], segmentation.dissolved[i]
        return profile_segment(
            *(segment, material, features),
            resampled=resampled_means(segment, material, segmentation, evidence.n_bootstraps, limits.seed),
            value_share=None if shares is None else shares[i],
            rule=card.rules[i],
            silhouette=segment_silhouette(segment, material, segmentation),
            trust=judge_segment(jaccard, dissolved, segmentation.confidence[members], limits.min_segment_size),
            reach=reach[segment],
        )

    return Profile(
        columns=material.columns,
        features=features.features,
        overall=profile_everyone(material, features, None if shares is None else 1.0, reach[0]),
        segments=tuple(profile_one(i, rows) for i, rows in enumerate(material.groups)),
        distributions=tuple(column.distribution for column in material.numbers.values()),
        correlations=correlate_pairs({name: column.values for name, column in material.numbers.items()}),
        associations=associate(material),
        rule_fidelity=card.fidelity,
        rule_leaves=card.n_leaves,
        value_column=features.value_column,
        min_cell=min_cell,
        sample=draw_sample(material, segmentation, rows, table.n_customers),
        projection=project_many(material, features, segmentation, rows),
        rule_paths=card.paths,
        clearness=clearness_of([segmentation.confidence[rows] for rows in material.groups], min_cell),
    )


def draw_sample(material: Material, segmentation: Segmentation, rows: IntArray, n_customers: int) -> Sample:
    """The customers at `rows` of those held, for pictures; n_customers: of how many."""
    columns = {name: column.values[rows] for name, column in material.numbers.items()}
    return Sample(columns, segmentation.labels[rows], n_customers)


def project_many(
    material: Material, features: Features, segmentation: Segmentation, rows: IntArray
) -> Projection | None:
    """The map of the customers at `rows`; None with features so few that they are shown as they are.

    A category that shapes too has no direction on it.
    """
    n_numbers = len(material.shaping)
    if n_numbers < LEAST_FEATURES_PROJECTED:
        return None
    return project(features.matrix[:, :n_numbers], rows, segmentation.centroids[:, :n_numbers], material.shaping)
