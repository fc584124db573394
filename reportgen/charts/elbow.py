"""How much spread is left inside the segments as their number grows, and where the curve bends."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._k_panel import HEIGHT, draw_curve, draw_panel, scores_of
from reportgen.charts._sheet import Sheet
from reportgen.charts._tell import at_k, customers_text, say
from reportgen.charts._type import BODY, STRONG, text_width
from reportgen.charts.base import HALF_WIDTH, Chart, Scope
from reportgen.claims import fact
from reportgen.records.study import Claim, Study, Table

CRITERION = "elbow"
"""File name of the criterion that looks for the bend (Kneedle, Satopää et al. 2011)."""


@dataclass(frozen=True, slots=True)
class Elbow:
    ks: tuple[int, ...]
    inertia: tuple[float, ...]
    """Sum of squared distances to the nearest centroid, scaled units, by k."""
    chosen: int | None
    """None where no structure was found."""
    bend: int | None
    """Where Kneedle sees the bend; None if nowhere, or not asked."""
    bend_vote: int
    """Place of Kneedle among the votes; −1 if not asked."""
    n_rows: int


def numbers(study: Study) -> Elbow:
    evidence = study.facts.evidence
    scores = scores_of(evidence)
    vote = next((place for place, vote in enumerate(evidence.votes) if vote.criterion == CRITERION), -1)
    return Elbow(
        ks=tuple(score.k for score in scores),
        inertia=tuple(score.inertia for score in scores),
        chosen=evidence.k if evidence.k > 1 else None,
        bend=evidence.votes[vote].k if vote >= 0 else None,
        bend_vote=vote,
        n_rows=evidence.n_rows,
    )


def extent(_: Elbow) -> tuple[float, float]:
    return HALF_WIDTH, HEIGHT


def draw(sheet: Sheet, elbow: Elbow) -> None:
    panel = draw_panel(sheet, elbow.ks, 0.0, max(elbow.inertia))
    draw_curve(sheet, panel, elbow.ks, elbow.inertia, elbow.chosen)
    marks = {elbow.bend: language.text("elbow")} if elbow.bend else {}
    if elbow.chosen:
        marks[elbow.chosen] = language.text("chosen, at the elbow" if elbow.chosen == elbow.bend else "chosen")
    for k, text in marks.items():
        if k in elbow.ks:
            # At the largest k the words would stand beyond the sheet.
            x = min(panel.x(k) + 5, sheet.width - text_width(text, BODY, STRONG))
            sheet.text(x, panel.y(elbow.inertia[elbow.ks.index(k)]) - 9, text, weight=STRONG, on_plate=True)


def finding(elbow: Elbow) -> Claim:
    first = fact(elbow.inertia[0], "evidence.scores[0].inertia", wording.format_number(elbow.inertia[0]))
    last = len(elbow.ks) - 1
    final = fact(elbow.inertia[last], f"evidence.scores[{last}].inertia", wording.format_number(elbow.inertia[last]))
    if elbow.bend is None:
        template = language.msgid("spread within segments falls without a clear elbow, from {first} to {last}")
        return say("chart.elbow", template, first=first, last=final)
    bend = fact(elbow.bend, f"evidence.votes[{elbow.bend_vote}].k", wording.number_word(elbow.bend), unit="segments")
    return say("chart.elbow", "beyond {k} segments, more of them take away little spread", k=bend)


def subtitle(elbow: Elbow) -> str:
    template = language.msgid("Inertia: squared distance to the segment's centre, summed; {customers}")
    return language.text(template, customers=customers_text(elbow.n_rows))


def alt(elbow: Elbow) -> str:
    found = zip(elbow.ks, elbow.inertia, strict=True)
    points = ", ".join(at_k(wording.format_number(value), k) for k, value in found)
    line = language.text("Falling line of inertia by number of segments: {points}.", points=points)
    bend = language.text("The elbow lies at {k}.", k=elbow.bend) if elbow.bend else language.text("No elbow is found.")
    return f"{line} {bend}"


def table(elbow: Elbow) -> Table:
    return Table(
        (language.text("Segments"), language.text("Inertia")), tuple(zip(elbow.ks, elbow.inertia, strict=True))
    )


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
