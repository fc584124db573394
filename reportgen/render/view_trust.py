"""How far to trust the segments: every criterion's vote, every score by k, every segment's stability."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import wording
from reportgen.records.segments import Evidence
from reportgen.records.study import Facts, Study
from reportgen.render.pieces import Cell, Grid, figure_cell, head, sentence, words

MOST_SIZES = 6
"""Segment sizes printed for one k, before `…`."""

KINDS = {
    "natural": "The customers fall into groups by themselves: gaps separate them, and every method finds them.",
    "reproducible": "There are no clean gaps between the groups, but drawing the customers again gives the same ones.",
    "constructive": "The customers form a continuum; the segments are useful cuts through it, not groups by nature.",
    "none": "Nothing in these columns separates the customers into groups beyond what chance gives.",
}
"""Natural, reproducible, constructive segmentation (Dolnicar, Grün & Leisch 2018, ch. 7), in plain words."""


@dataclass(frozen=True, slots=True)
class TrustView:
    """The tables and sentences of the page `How far to trust this`."""

    kind: str
    kind_text: str
    votes: Grid
    scores: Grid
    alternatives: Grid | None
    """None where no other choice of columns was tried."""
    scalings: str
    """`robust .98, none .95`, or empty."""
    segments: Grid | None
    """None without segments."""
    n_bootstraps: str
    sampled: str
    """`a sample of 10,000 customers`, or empty where all were used."""


def trust_view(study: Study) -> TrustView:
    facts = study.facts
    evidence = facts.evidence
    sampled = evidence.n_rows < facts.n_customers
    return TrustView(
        kind=evidence.kind,
        kind_text=KINDS[evidence.kind],
        votes=_votes(evidence),
        scores=_scores(evidence),
        alternatives=_alternatives(facts) if evidence.alternatives else None,
        scalings=wording.join_words([f"{name} {_score(index)}" for name, index in evidence.scalings]),
        segments=_segments(study) if study.personas else None,
        n_bootstraps=wording.format_count(evidence.n_bootstraps),
        sampled=f"a sample of {wording.format_count(evidence.n_rows)} customers" if sampled else "",
    )


def _score(value: float) -> str:
    return wording.format_number(value, 2)


def _votes(evidence: Evidence) -> Grid:
    rows = tuple(
        (words(vote.label), figure_cell("–" if vote.k is None else str(vote.k), vote.k or 0), words(vote.reason))
        for vote in evidence.votes
    )
    header = (head("Criterion"), head("Segments", is_number=True), head("Why"))
    return Grid("What each criterion says about the number of segments", header, rows)


def _scores(evidence: Evidence) -> Grid:
    names = ("Segments", "Silhouette", "weakest", "Calinski–Harabasz", "Davies–Bouldin", "Stability", "Sizes")
    header = tuple(head(name, is_number=name != "Sizes") for name in names)
    rows = tuple(
        (
            figure_cell(f"{score.k}", score.k),
            figure_cell(_score(score.silhouette), score.silhouette),
            figure_cell(_score(score.silhouette_min), score.silhouette_min),
            figure_cell(wording.format_number(score.calinski_harabasz), score.calinski_harabasz),
            figure_cell(_score(score.davies_bouldin), score.davies_bouldin),
            figure_cell(_score(score.stability), score.stability),
            words(_sizes(score.sizes)),
        )
        for score in evidence.scores
    )
    note = "Stability is the mean adjusted Rand index between bootstraps. Sizes in customers, largest first."
    return Grid("Scores by number of segments", header, rows, note)


def _sizes(sizes: tuple[int, ...]) -> str:
    shown = " · ".join(wording.format_count(size) for size in sizes[:MOST_SIZES])
    return f"{shown} …" if len(sizes) > MOST_SIZES else shown


def _alternatives(facts: Facts) -> Grid:
    def labels(names: tuple[str, ...]) -> str:
        return wording.join_words([wording.scrub(facts.column(name).label) for name in names])

    evidence = facts.evidence
    header = (
        head("Columns that shape"),
        head("Segments", is_number=True),
        head("Silhouette", is_number=True),
        head("Agreement with this report", is_number=True),
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
    note = "Agreement is the adjusted Rand index: 1 for the same segments, 0 for no more than chance."
    return Grid("What other choices of columns would have given", header, rows, note)


def _segments(study: Study) -> Grid:
    header = (
        head("Segment"),
        head("Jaccard", is_number=True),
        head("Dissolved", is_number=True),
        head("Silhouette", is_number=True),
        head("Borderline", is_number=True),
        head("Verdict"),
    )
    rows = []
    for persona, profile in zip(study.personas, study.facts.profile.segments, strict=True):
        trust = profile.trust
        rows.append(
            (
                words(persona.name, segment=persona.segment),
                figure_cell(_score(trust.jaccard), trust.jaccard),
                figure_cell(wording.format_share(trust.dissolved), trust.dissolved),
                figure_cell(_score(profile.silhouette), profile.silhouette),
                figure_cell(wording.format_count(trust.n_borderline), trust.n_borderline),
                words(trust.label),
            )
        )
    note = (
        "Jaccard: how much of the segment comes back when the customers are drawn again, 0 to 1. Dissolved: share of "
        "draws in which it does not come back. Borderline: members almost as close to another segment."
    )
    return Grid("Stability of each segment", header, tuple(rows), note)
