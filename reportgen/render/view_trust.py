"""How far to trust the segments: every score by k, and what other choices of columns would have given."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import wording
from reportgen.language import text
from reportgen.records.profile import Profile
from reportgen.records.segments import Evidence
from reportgen.records.study import Facts, Study
from reportgen.render.few import told_sizes
from reportgen.render.pieces import Cell, Grid, figure_cell, head, sentence, words

MOST_SIZES = 6
"""Segment sizes printed for one k, before `…`."""


@dataclass(frozen=True, slots=True)
class TrustView:
    """The tables and sentences of the page `How far to trust this`."""

    scores: Grid
    alternatives: Grid | None
    """None where no other choice of columns was tried."""
    n_bootstraps: str
    sampled: str
    """`a sample of 10,000 customers`, or empty where all were used."""


def trust_view(study: Study) -> TrustView:
    facts = study.facts
    evidence = facts.evidence
    sampled = evidence.n_rows < facts.n_customers
    return TrustView(
        scores=_scores(evidence, facts.profile),
        alternatives=_alternatives(facts) if evidence.alternatives else None,
        n_bootstraps=wording.format_count(evidence.n_bootstraps),
        sampled=text("a sample of {n} customers", n=wording.format_count(evidence.n_rows)) if sampled else "",
    )


def _score(value: float) -> str:
    return wording.format_number(value, 2)


def _scores(evidence: Evidence, profile: Profile) -> Grid:
    names = (text("Segments"), text("Silhouette"), text("weakest"), "Calinski–Harabasz", "Davies–Bouldin")
    numbers = tuple(head(name, is_number=True) for name in (*names, text("Stability")))
    header = (*numbers, head(text("Sizes")))
    rows = tuple(
        (
            figure_cell(f"{score.k}", score.k),
            figure_cell(_score(score.silhouette), score.silhouette),
            figure_cell(_score(score.silhouette_min), score.silhouette_min),
            figure_cell(wording.format_number(score.calinski_harabasz), score.calinski_harabasz),
            figure_cell(_score(score.davies_bouldin), score.davies_bouldin),
            figure_cell(_score(score.stability), score.stability),
            words(_sizes(told_sizes(score, evidence.k, profile))),
        )
        for score in evidence.scores
    )
    note = text(
        "Stability is the mean adjusted Rand index between bootstraps. Sizes in customers, largest first; of other "
        "numbers rounded to {n}.",
        n=profile.min_cell,
    )
    return Grid(text("Scores by number of segments"), header, rows, note)


def _sizes(sizes: tuple[int | None, ...]) -> str:
    known = [size for size in sizes if size is not None]
    shown = " · ".join(wording.format_count(size) for size in known[:MOST_SIZES])
    return f"{shown} …" if len(sizes) > min(MOST_SIZES, len(known)) else shown


def _alternatives(facts: Facts) -> Grid:
    def labels(names: tuple[str, ...]) -> str:
        return wording.join_words([wording.scrub(facts.column(name).label) for name in names])

    evidence = facts.evidence
    header = (
        head(text("Columns that shape")),
        head(text("Segments"), is_number=True),
        head(text("Silhouette"), is_number=True),
        head(text("Agreement"), is_number=True),
    )
    rows = tuple(
        (
            Cell(sentence(labels(other.names))),
            figure_cell(f"{other.k}", other.k),
            figure_cell(_score(other.silhouette), other.silhouette),
            figure_cell(_score(other.agreement), other.agreement),
        )
        for other in evidence.alternatives
    )
    note = text("Agreement with the segments of this report is the adjusted Rand index: 1 for the same, 0 for chance.")
    return Grid(text("What other choices of columns would have given"), header, rows, note)
