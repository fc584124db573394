"""Bins of a numeric column: round ones as profiled, or bent as k-means saw it where the column is strongly skewed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from reportgen.charts._axis import Axis, feature_axis, moved, plain_axis, unmoved
from reportgen.records.segments import Feature, FloatArray
from reportgen.records.study import Study

N_BENT_BINS = 16
DIGITS = 6
"""Decimals past which a value that came back from the bent axis counts as whole."""


@dataclass(frozen=True, slots=True)
class Bins:
    """How one column is cut into bins, and everyone's share in each."""

    column: str
    axis: Axis
    edges: tuple[float, ...]
    """Rising, in the axis' units."""
    everyone: tuple[float, ...]
    """Share of all customers by bin."""
    segments: tuple[tuple[float, ...], ...]
    """Share of each segment by bin, by id."""
    is_bent: bool
    """True if bins were made for the picture, from the sample, on a compressed scale."""

    def heights(self, shares: tuple[float, ...]) -> tuple[float, ...]:
        """Heights whose areas are the shares: bent bins of whole numbers differ in width."""
        widths = np.diff(self.edges)
        return tuple((np.array(shares) / widths * widths.mean()).tolist())


def bins_of(study: Study, column: str) -> Bins:
    """The bins of a numeric column that is among the study's distributions."""
    profile = study.facts.profile
    feature = next((f for f in profile.features if f.name == column and f.transform != "none"), None)
    if feature is not None:
        return _bent_bins(study, feature)
    exact = next(found for found in profile.distributions if found.column == column)
    return Bins(
        column=column,
        axis=plain_axis(study.facts.column(column), exact.edges[0], exact.edges[-1]),
        edges=exact.edges,
        everyone=_shares(exact.counts),
        segments=tuple(_shares(segment.number(column).counts) for segment in profile.segments),
        is_bent=False,
    )


def _bent_bins(study: Study, feature: Feature) -> Bins:
    sample = study.facts.profile.sample
    values = sample.columns[feature.name]
    edges = _bent_edges(feature, values)
    places = moved(feature, values)
    groups = [places[sample.segment == segment.id] for segment in study.facts.profile.segments]
    axis = feature_axis(feature, study.facts.column(feature.name), values)
    ticks = tuple((place, text) for place, text in axis.ticks if "." not in text or not is_whole(values))
    return Bins(
        column=feature.name,
        axis=replace(axis, low=float(edges[0]), high=float(edges[-1]), ticks=ticks),
        edges=tuple(edges.tolist()),
        everyone=_counted(places, edges),
        segments=tuple(_counted(group, edges) for group in groups),
        is_bent=True,
    )


def _bent_edges(feature: Feature, values: FloatArray) -> FloatArray:
    """Edges evenly spaced on the bent axis; for whole numbers moved so that no bin falls between two of them."""
    places = moved(feature, values)
    edges = np.linspace(places.min(), places.max(), N_BENT_BINS + 1)
    if not is_whole(values):
        return edges
    whole = np.unique(np.ceil(np.round(unmoved(feature, edges[:-1]), DIGITS)))
    return moved(feature, np.append(whole, values.max() + 1))


def is_whole(values: FloatArray) -> bool:
    """True if all known values are whole numbers."""
    return bool(np.all((values == np.floor(values)) | np.isnan(values)))


def _counted(places: FloatArray, edges: FloatArray) -> tuple[float, ...]:
    return _shares(tuple(np.histogram(places, edges)[0].tolist()))


def _shares(counts: tuple[int, ...]) -> tuple[float, ...]:
    total = sum(counts) or 1
    return tuple(count / total for count in counts)
