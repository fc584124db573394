"""Figures whose parts are drawn one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportgen.records.study import Figure, Skipped


def with_pngs(figures: Sequence[Figure | Skipped], pngs: Mapping[str, bytes]) -> tuple[Figure | Skipped, ...]:
    """The figures with their PNGs for the mail, found by figures' names."""
    return tuple(
        replace(figure, png=pngs.get(figure.name, b"")) if isinstance(figure, Figure) else figure for figure in figures
    )
