"""Where each picture and each named sentence stands; whatever has no place goes to the appendix, so nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.records.study import Figure, Study
from reportgen.render.pieces import Picture, picture, sentence

PICTURES: dict[str, tuple[str, ...]] = {
    "map": ("segment_map",),
    "compare": ("profile_heatmap", "snake_plot", "value_concentration"),
    "trust": (
        "elbow",
        "silhouette_by_k",
        "silhouette_plot",
        "stability_by_k",
        "null_comparison",
        "segment_stability",
    ),
    "data": (
        "missing_matrix",
        "missing_bar",
        "distributions",
        "outliers",
        "correlations",
        "category_splits",
    ),
}
"""Section → charts by file name, in the order in which they are read."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "answer": ("segments", "value", "trust", "customers"),
    "features": ("features", "alternatives"),
    "trust": ("k_choice", "structure", "stability", "scaling"),
    "data": ("reading", "no_id", "cleaning", "duplicates", "missing", "outliers"),
}
"""Section → names in `Study.answers`, in the order in which they are read."""

PLACED_ELSEWHERE = frozenset({"headline", "change"})


def sentences_of(study: Study, section: str) -> tuple[str, ...]:
    """The section's sentences that this study has."""
    return tuple(sentence(study.answers[name]) for name in SENTENCES[section] if name in study.answers)


def other_sentences(study: Study) -> tuple[str, ...]:
    """Sentences that no section asks for, by name."""
    placed = PLACED_ELSEWHERE.union(*SENTENCES.values())
    return tuple(sentence(study.answers[name]) for name in sorted(study.answers) if name not in placed)


def pictures_of(figures: Iterable[Figure], section: str) -> tuple[Picture, ...]:
    """The section's pictures that were drawn, in reading order."""
    by_name = {figure.name: figure for figure in figures if figure.segment is None}
    return tuple(picture(by_name[name]) for name in PICTURES[section] if name in by_name)


def other_pictures(figures: Iterable[Figure]) -> tuple[Picture, ...]:
    """Pictures of all customers that no section asks for."""
    placed = frozenset().union(*PICTURES.values())
    return tuple(picture(figure) for figure in figures if figure.segment is None and figure.name not in placed)
