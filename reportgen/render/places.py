"""Where each picture and each named sentence stands; whatever has no place goes to the appendix, so nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportgen.records.study import Figure, Study
from reportgen.render.pieces import HALF_WIDTH, Picture, picture, sentence

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
    return in_lines([picture(by_name[name]) for name in PICTURES[section] if name in by_name])


def other_pictures(figures: Iterable[Figure]) -> tuple[Picture, ...]:
    """Pictures of all customers that no section asks for."""
    placed = frozenset().union(*PICTURES.values())
    return in_lines([picture(figure) for figure in figures if figure.segment is None and figure.name not in placed])


def segment_pictures(figures: Iterable[Figure], segment: int) -> tuple[Picture, ...]:
    """The pictures of one segment."""
    return in_lines([picture(figure) for figure in figures if figure.segment == segment])


def in_lines(pictures: Sequence[Picture]) -> tuple[Picture, ...]:
    """The pictures in reading order, except that a half one draws the next half one to its side."""
    waiting = list(pictures)
    placed: list[Picture] = []
    while waiting:
        first = waiting.pop(0)
        halves = [other for other in waiting if other.width <= HALF_WIDTH] if first.width <= HALF_WIDTH else []
        if halves:
            waiting.remove(halves[0])
            placed += [replace(first, side="left"), replace(halves[0], side="right")]
        else:
            placed.append(first)
    return tuple(placed)
