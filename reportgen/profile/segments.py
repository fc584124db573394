"""Puts one segment's profile together, and that of all customers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from reportgen.profile.levels import profile_levels
from reportgen.profile.material import Material, Measured
from reportgen.profile.numbers import ON_ITS_SCALE, profile_number
from reportgen.profile.persistence import resample_means, share_kept
from reportgen.profile.trust import WHOLE
from reportgen.records.profile import LevelProfile, NumberProfile, Rule, SegmentProfile, Trust
from reportgen.records.segments import Features, FloatArray, IntArray, Segmentation


def profile_segment(
    segment: int,
    material: Material,
    features: Features,
    *,
    resampled: Mapping[str, FloatArray],
    value_share: float | None,
    rule: Rule | None,
    silhouette: float,
    trust: Trust,
    reach: float | None,
) -> SegmentProfile:
    """The profile of a segment id.

    resampled: header name → B bootstrap means of the segment, in the export's own units.
    """
    rows = material.groups[segment - 1]
    n_customers = len(features.raw)
    return SegmentProfile(
        id=segment,
        n_customers=len(rows),
        share=len(rows) / n_customers,
        value_share=value_share,
        centroid=tuple(features.raw[rows].mean(axis=0).tolist()),
        numbers=tuple(compare_number(name, material, rows, resampled[name]) for name in material.numbers),
        levels=profile_all_levels(material, rows),
        rule=rule,
        silhouette=silhouette,
        trust=trust,
        reach=reach,
    )


def profile_everyone(
    material: Material, features: Features, value_share: float | None, reach: float | None
) -> SegmentProfile:
    """The profile of all customers, id 0."""
    return SegmentProfile(
        id=0,
        n_customers=len(features.raw),
        share=1.0,
        value_share=value_share,
        centroid=tuple(features.raw.mean(axis=0).tolist()),
        numbers=tuple(
            profile_number(column.values, None, column.yardstick, column.distribution, persistence=0.0)
            for column in material.numbers.values()
        ),
        levels=profile_all_levels(material, None),
        rule=None,
        silhouette=0.0,
        trust=WHOLE,
        reach=reach,
    )


def compare_number(name: str, material: Material, rows: IntArray, resampled: FloatArray) -> NumberProfile:
    column = material.numbers[name]
    if column.scaled is not None:
        difference = float(column.scaled[rows].mean())
        persistence = share_kept(difference, resampled, ON_ITS_SCALE)
        return profile_number(column.values, rows, column.yardstick, column.distribution, persistence, difference)
    mean = float(np.nanmean(column.values[rows]))
    persistence = share_kept(mean - column.yardstick.mean, resampled, column.yardstick)
    return profile_number(column.values, rows, column.yardstick, column.distribution, persistence)


def profile_all_levels(material: Material, rows: IntArray | None) -> tuple[LevelProfile, ...]:
    return tuple(level for name, levels in material.levels.items() for level in profile_levels(name, levels, rows))


def resampled_means(
    segment: int, material: Material, segmentation: Segmentation, n_bootstraps: int, seed: int
) -> dict[str, FloatArray]:
    """Header name → B means of the segment over bootstraps.

    Features: clustered anew in each bootstrap, as the segmentation found them. Columns that only describe: a bootstrap
    of the segment's members. Features that are bent: a bootstrap of the members on the bent scale, not known where the
    segment that was clustered anew had dissolved or lay on the other side of the mean.
    """
    found = segmentation.bootstrap_means
    means = {column.name: found[:, segment - 1, i] for i, column in enumerate(material.shaping)}
    redrawn = {name: column.values for name, column in material.describing().items()}
    redrawn |= {name: column.scaled for name, column in material.numbers.items() if column.scaled is not None}
    if redrawn:
        drawn = resample_means(list(redrawn.values()), material.groups[segment - 1], n_bootstraps, seed)
        for i, name in enumerate(redrawn):
            is_bent = name in means
            means[name] = same_side(drawn[:, i], means[name], material.numbers[name]) if is_bent else drawn[:, i]
    return means


def same_side(scaled: FloatArray, clustered: FloatArray, column: Measured) -> FloatArray:
    """Means on the bent scale; NaN where the segment clustered anew is not known or lies across the mean."""
    agrees = np.sign(scaled) == np.sign(clustered - column.yardstick.mean)
    return np.where(agrees, scaled, np.nan)


def segment_silhouette(segment: int, material: Material, segmentation: Segmentation) -> float:
    """Mean silhouette of the members that have one.

    Where the sample for the silhouettes met none of them: the mean confidence, which is the simplified silhouette
    (distances to centroids instead of members; Hruschka et al. 2004).
    """
    is_member = segmentation.labels[segmentation.silhouette_rows] == segment
    if is_member.any():
        return float(segmentation.silhouettes[is_member].mean())
    return float(segmentation.confidence[material.groups[segment - 1]].mean())
