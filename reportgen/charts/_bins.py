"""Bins of a numeric column: as profiled, on a compressed axis where k-means saw the column so."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from reportgen.charts._axis import Axis, feature_axis, moved, plain_axis
from reportgen.records.segments import FloatArray
from reportgen.records.study import Study


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
    """True if the axis is compressed."""

    def heights(self, shares: tuple[float, ...]) -> tuple[float, ...]:
        """Heights whose areas are the shares: bins differ in width."""
        widths = np.diff(self.edges)
        return tuple((np.array(shares) / widths * widths.mean()).tolist())


def bins_of(study: Study, column: str) -> Bins:
    """The bins of a numeric column that is among the study's distributions."""
    profile = study.facts.profile
    feature = next((f for f in profile.features if f.name == column and f.transform != "none"), None)
    exact = next(found for found in profile.distributions if found.column == column)
    edges, shown = exact.edges, study.facts.column(column)
    if feature is not None:
        values = np.array(exact.edges)
        axis, edges = feature_axis(feature, shown, values), tuple(moved(feature, values).tolist())
        whole = is_whole(profile.sample.columns[column])
        ticks = tuple((place, text) for place, text in axis.ticks if "." not in text or not whole)
        axis = replace(axis, low=edges[0], high=edges[-1], ticks=ticks)
    else:
        axis = plain_axis(shown, edges[0], edges[-1])
    return Bins(
        column=column,
        axis=axis,
        edges=edges,
        everyone=_shares(exact.counts),
        segments=tuple(_shares(segment.number(column).counts) for segment in profile.segments),
        is_bent=feature is not None,
    )


def is_whole(values: FloatArray) -> bool:
    """True if all known values are whole numbers."""
    return bool(np.all((values == np.floor(values)) | np.isnan(values)))


def _shares(counts: tuple[float, ...]) -> tuple[float, ...]:
    total = sum(counts) or 1
    return tuple(count / total for count in counts)
