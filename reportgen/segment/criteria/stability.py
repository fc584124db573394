"""Stability: agreement of segments from two bootstraps (Dolnicar & Leisch 2010); high and narrow wins."""

from __future__ import annotations

from reportgen import wording
from reportgen.language import msgid, text
from reportgen.segment.criteria.base import Choice, Criterion, Scorecard, require_choice

SAME_STABILITY = 0.02
"""Means this close are a tie: the standard error of a mean over 100 bootstraps is .01 to .02 where runs differ."""


def choose(card: Scorecard) -> Choice:
    require_choice(card)
    best = max(score.stability for score in card.scores)
    tied = [score for score in card.scores if score.stability >= best - SAME_STABILITY]
    steadiest = max(tied, key=lambda score: (score.stability_low, -score.k))
    mean = wording.format_number(steadiest.stability, 3)
    low = wording.format_number(steadiest.stability_low, 3)
    is_alone = len(tied) == 1
    finding = msgid("as high as any on average and the steadiest, at {mean}; poor draws reach {low}")
    if is_alone:
        finding = msgid("highest on average, at {mean}; poor draws reach {low}")
    return Choice(
        steadiest.k,
        text(finding, mean=mean, low=low),
        steadiest.stability,
        tuple((score.k, score.stability) for score in card.scores),
    )


CRITERION = Criterion(msgid("Stability"), choose)
