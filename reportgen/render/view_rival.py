"""What the next best number of segments would change beside the chosen one: what splits, what merges, what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase

from reportgen import wording
from reportgen.language import text
from reportgen.records.profile import Profile
from reportgen.records.segments import Evidence, OtherDivision
from reportgen.records.study import Study
from reportgen.render.few import told_sizes
from reportgen.render.pieces import Cell, Grid, figure_cell, head
from reportgen.small_cells import absorbed, rounded

WHOLE = 0.9
"""Share of a segment in one group from which the segment counts as whole: the rest are customers on its edge."""

CRUMB = 0.02
"""Share of a segment below which a part is not told by itself: a handful on the border."""


@dataclass(frozen=True, slots=True)
class Part:
    """Customers of one chosen segment who stand in one group of the rival."""

    segment: int
    group: str
    """`A` for the rival's largest group."""
    n_customers: str
    width: float
    """Percent of all customers, 0..100."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a chosen segment, or what a group of the rival is made of."""

    name: str
    segment: int
    """Id of the chosen segment, or 0 for a group of the rival."""
    n_customers: str
    what: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class RivalView:
    """The chosen segments beside those of the runner-up."""

    chosen: str
    """`Five segments, as in this report`."""
    rival: str
    """`Six segments`."""
    scores: Grid
    today: tuple[Fate, ...]
    """The chosen segments and where their customers would go."""
    instead: tuple[Fate, ...]
    """The rival's groups and where their customers come from."""


def rival_view(study: Study) -> RivalView | None:
    """None without a runner-up, without a comparison of numbers of segments, or where a segment may not be told."""
    evidence = study.facts.evidence
    if evidence.other is None or evidence.runner_up is None or not study.personas or study.facts.profile.untold:
        return None
    least = study.facts.profile.min_cell
    division = evidence.other
    told = replace(division, counts=tuple(absorbed(row, least) for row in division.counts))
    order = sorted(range(len(division.counts[0])), key=lambda c: (-sum(row[c] for row in division.counts), c))
    groups = {column: _letter(place) for place, column in enumerate(order)}
    return RivalView(
        chosen=text("{k} segments, as in this report", k=_in_words(evidence.k)),
        rival=text("{k} segments instead", k=_in_words(evidence.runner_up)),
        scores=_scores(evidence, study.facts.profile),
        today=tuple(_today(study, division, told, groups)),
        instead=tuple(_instead(study, division, told, groups)),
    )


def _in_words(k: int) -> str:
    return wording.sentence_case(wording.number_word(k))


def _letter(place: int) -> str:
    """`A`, `B` … `Z`, `AA`."""
    more, last = divmod(place, len(ascii_uppercase))
    return (ascii_uppercase[more - 1] if more else "") + ascii_uppercase[last]


def _today(study: Study, division: OtherDivision, told: OtherDivision, groups: dict[int, str]) -> Iterator[Fate]:
    """Words after the counts as they are; numbers as they are told."""
    for persona, exact, row in zip(study.personas, division.counts, told.counts, strict=True):
        where = [(column, row[column]) for column in groups if row[column]]
        yield Fate(
            name=wording.scrub(persona.name),
            segment=persona.segment,
            n_customers=wording.format_count(sum(row)),
            what=_fate([n for n in exact if n], text("stays together"), text("splits"), text("is shared out")),
            parts=_parts(study, [(persona.segment, groups[column], n) for column, n in where]),
        )


def _instead(study: Study, division: OtherDivision, told: OtherDivision, groups: dict[int, str]) -> Iterator[Fate]:
    """The same from the other side."""
    for column, letter in groups.items():
        where = [(p.segment, row[column]) for p, row in zip(study.personas, told.counts, strict=True) if row[column]]
        n = sum(row[column] for row in division.counts)
        if not where:
            continue  # its few customers stand with larger groups
        where.sort(key=lambda entry: -entry[1])
        yield Fate(
            name=text("Group {letter}", letter=letter),
            segment=0,
            n_customers=text("about {n}", n=wording.format_count(rounded(n, study.facts.profile.min_cell))),
            what=_fate(
                [row[column] for row in division.counts if row[column]],
                text("from one segment"),
                text("from two segments"),
                text("from several segments"),
            ),
            parts=_parts(study, [(segment, letter, n) for segment, n in where]),
        )


def _fate(sizes: Sequence[int], one: str, two: str, more: str) -> str:
    whole = sum(sizes)
    if not whole or max(sizes) >= WHOLE * whole:
        return one
    told = [size for size in sizes if size >= CRUMB * whole]
    return two if len(told) == 2 else more


def _parts(study: Study, where: Sequence[tuple[int, str, int]]) -> tuple[Part, ...]:
    n_customers = study.facts.n_customers
    return tuple(
        Part(segment, group, wording.format_count(n), round(100 * n / n_customers, 2)) for segment, group, n in where
    )


def _scores(evidence: Evidence, profile: Profile) -> Grid:
    names = (text("Segments"), text("Silhouette"), text("Stability"), text("Largest"), text("Smallest"))
    header = tuple(head(name, is_number=place > 0) for place, name in enumerate(names))
    by_k = {score.k: score for score in evidence.scores}
    rows = []
    for k, word in ((evidence.k, text("this report")), (evidence.runner_up or 0, text("the runner-up"))):
        if score := by_k.get(k):
            figures = (score.silhouette, score.stability)
            sizes = [size for size in told_sizes(score, evidence.k, profile) if size is not None]
            rows.append(
                (
                    Cell(f"{wording.format_count(k)}, {word}"),
                    *(figure_cell(wording.format_number(value, 2), value) for value in figures),
                    *(figure_cell(wording.format_count(n), n) for n in (max(sizes), min(sizes))),
                )
            )
    note = text(
        "Silhouette tells how far the segments stand apart, stability how surely they come back; sizes in customers, "
        "those of the runner-up rounded to {least}.",
        least=profile.min_cell,
    )
    return Grid(text("The two choices in figures"), header, tuple(rows), note)
