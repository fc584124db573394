"""Silhouette: how much closer customers are to their own segment than to the next (Rousseeuw 1987); highest wins."""

from __future__ import annotations

from reportgen import wording
from reportgen.language import msgid, text
from reportgen.segment.criteria.base import Choice, Criterion, Scorecard, highest, require_choice


def choose(card: Scorecard) -> Choice:
    require_choice(card)
    values = tuple((score.k, score.silhouette) for score in card.scores)
    k, value = highest(values)
    return Choice(k, text("highest, at {n}", n=wording.format_number(value, 3)), value, values)


CRITERION = Criterion(msgid("Silhouette"), choose)
