"""Which number of segments each criterion votes for, and why."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._scale import Scale
from reportgen.charts._sheet import LINE, POINTS, Sheet
from reportgen.charts._tell import raised, say
from reportgen.charts._type import REGULAR, SMALL, STRONG, fit, widest, wrap
from reportgen.charts.base import FULL_WIDTH, Chart, Scope
from reportgen.claims import counted, fact, measure, size, tell
from reportgen.errors import NotApplicable
from reportgen.records.study import Claim, Study, Table

ROW, HEAD = 21.0, 24.0
DOT = 9.0

LABEL_SHARE, REASON_SHARE = 0.24, 0.36
"""Of the sheet's width, at most: names of the criteria; their reasons."""

LEAST_STEP = 12.0
"""Points between two numbers of segments; closer together only some are written, the choice always."""


@dataclass(frozen=True, slots=True)
class VoteRow:
    label: str
    k: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Votes:
    rows: tuple[VoteRow, ...]
    ks: tuple[int, ...]
    """Every k that was tried or voted for."""
    chosen: int
    """1 where no structure was found."""


def numbers(study: Study) -> Votes:
    evidence = study.facts.evidence
    rows = tuple(VoteRow(wording.scrub(vote.label, 40), vote.k, wording.scrub(vote.reason)) for vote in evidence.votes)
    if not rows:
        raise NotApplicable(language.text("the number of segments was set, nobody voted"))
    tried = {score.k for score in evidence.scores} | {row.k for row in rows if row.k is not None} | {evidence.k}
    return Votes(rows, tuple(sorted(tried)), evidence.k)


def extent(votes: Votes) -> tuple[float, float]:
    return FULL_WIDTH, (HEAD + ROW * len(votes.rows)) / POINTS


def draw(sheet: Sheet, votes: Votes) -> None:
    theme = sheet.theme
    labels = min(LABEL_SHARE * sheet.width, widest([row.label for row in votes.rows])) + 12
    reasons = REASON_SHARE * sheet.width
    x = Scale(0, max(1, len(votes.ks) - 1), labels + 10, sheet.width - reasons - 22)
    at = {k: x(place) for place, k in enumerate(votes.ks)}
    sheet.box(at[votes.chosen] - 10, 0, 20, sheet.height, theme.shade)
    sheet.text(0, HEAD / 2 - 1, language.text("Segments"), size=SMALL, color=theme.ink_soft)
    for k in written(votes.ks, votes.chosen, x(1) - x(0)):
        weight, color = (STRONG, theme.ink) if k == votes.chosen else (REGULAR, theme.ink_soft)
        sheet.text(at[k], HEAD / 2 - 1, str(k), weight=weight, color=color, align="center")
    sheet.rule((0, HEAD - 2), (sheet.width, HEAD - 2), theme.ink_soft, LINE)
    for place, row in enumerate(votes.rows):
        y = HEAD + ROW * (place + 0.5)
        sheet.rule((0, y + ROW / 2), (sheet.width, y + ROW / 2))
        sheet.text(0, y, fit(row.label, labels - 12))
        reason = wrap(row.reason, reasons, 2, SMALL)
        sheet.lines(sheet.width - reasons, y, reason, size=SMALL, color=theme.ink_soft, leading=1.1)
        if row.k is not None:
            fill = theme.primary_ink if row.k == votes.chosen else theme.paper
            sheet.dots([at[row.k]], [y], fill, size=DOT, edge=theme.primary_ink, edge_width=1.2)


def written(ks: tuple[int, ...], chosen: int, step: float) -> tuple[int, ...]:
    """The numbers of segments that have room to be written, `step` points apart; the chosen one always."""
    stride = math.ceil(LEAST_STEP / step)
    middle = ks.index(chosen)
    return tuple(k for place, k in enumerate(ks) if (place - middle) % stride == 0)


def finding(votes: Votes) -> Claim:
    """How many agree with the choice."""
    for_it = sum(row.k == votes.chosen for row in votes.rows)
    chosen = fact(votes.chosen, "evidence.k", wording.number_word(votes.chosen), unit="segments")
    agree = measure("tally", for_it, wording.number_word(for_it), path="evidence.votes", where={"k": votes.chosen})
    asked = size(len(votes.rows), "evidence.votes", shown=wording.number_word(len(votes.rows)))
    if votes.chosen == 1:
        template = language.msgid("{n} criteria were asked; without structure their votes carry no weight")
        return say("chart.votes", template, n=asked)
    told = counted(
        "{n} criterion of {asked} votes for {k} segments",
        "{n} criteria of {asked} vote for {k} segments",
        agree,
        asked=asked,
        k=chosen,
    )
    return raised(tell("chart.votes", told))


def subtitle(votes: Votes) -> str:
    declined = sum(row.k is None for row in votes.rows)
    told = language.text("Number of segments each criterion prefers; shaded: the choice")
    return f"{told}; {language.text('{n} without a vote', n=wording.number_word(declined))}" if declined else told


def alt(votes: Votes) -> str:
    none = language.text("no vote")
    rows = "; ".join(f"{row.label}: {none if row.k is None else row.k}, {row.reason}" for row in votes.rows)
    template = language.msgid("Table of dots, criteria by number of segments; {k} chosen. {rows}.")
    return language.text(template, k=votes.chosen, rows=rows)


def table(votes: Votes) -> Table:
    return Table(
        (language.text("Criterion"), language.text("Segments"), language.text("Reason")),
        tuple((row.label, row.k, row.reason) for row in votes.rows),
    )


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
