"""Places labels that stand one below the other, as near to where they belong as their height allows."""

from __future__ import annotations

from statistics import fmean

LEAST_APART = 11.5
"""Points between the middles of two labels."""


def spread(places: list[float], top: float, bottom: float) -> list[float]:
    """The places moved as little as can be to lie LEAST_APART from each other, between top and bottom.

    Least squares by pooling adjacent violators (Ayer et al. 1955) on the places less the distances asked for.
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    apart = min(LEAST_APART, (bottom - top) / max(1, len(places) - 1))
    blocks: list[list[float]] = []
    for rank, i in enumerate(order):
        blocks.append([places[i] - rank * apart])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    pooled = [fmean(block) for block in blocks for _ in block]
    lowest = bottom - (len(places) - 1) * apart
    moved = [min(max(value, top), lowest) + rank * apart for rank, value in enumerate(pooled)]
    back = dict(zip(order, moved, strict=True))
    return [back[i] for i in range(len(places))]
