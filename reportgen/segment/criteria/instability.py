"""Instability: pairs of customers that two bootstraps disagree about (Fang & Wang 2012); lowest wins."""

from __future__ import annotations

from reportgen import wording
from reportgen.language import msgid, text
from reportgen.segment.criteria.base import Choice, Criterion, Scorecard, lowest, require_choice


def choose(card: Scorecard) -> Choice:
    require_choice(card)
    k, value = lowest(card.instability)
    return Choice(k, text("lowest, at {n}", n=wording.format_number(value, 3)), value, card.instability)


CRITERION = Criterion(msgid("Instability"), choose)
