"""Calinski–Harabasz: variance between over variance within segments (Caliński & Harabasz 1974); highest wins."""

from __future__ import annotations

from reportgen import wording
from reportgen.language import msgid, text
from reportgen.segment.criteria.base import Choice, Criterion, Scorecard, highest, require_choice


def choose(card: Scorecard) -> Choice:
    require_choice(card)
    values = tuple((score.k, score.calinski_harabasz) for score in card.scores)
    k, value = highest(values)
    return Choice(k, text("highest, at {n}", n=wording.format_number(value, 1)), value, values)


CRITERION = Criterion(msgid("Calinski–Harabasz"), choose)
