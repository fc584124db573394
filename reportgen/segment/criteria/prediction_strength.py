"""Prediction strength: one half of the customers predicts the other's segments; the largest k that it can."""

from __future__ import annotations

from reportgen import wording
from reportgen.errors import NotApplicable
from reportgen.language import msgid, text
from reportgen.segment.criteria.base import Choice, Criterion, Scorecard

PREDICTED_WELL = 0.8
"""Tibshirani & Walther 2005: .8 to .9 works; the lower end keeps small segments in play."""


def choose(card: Scorecard) -> Choice:
    reached = [(k, value) for k, value in card.prediction_strength if value >= PREDICTED_WELL]
    if not reached:
        raise NotApplicable(
            text("one half of the customers predicts the other half's segments well for no number of them")
        )
    k, value = reached[-1]
    reason = text("the most segments that one half predicts for the other, at {n}", n=wording.format_number(value, 3))
    return Choice(k, reason, value, card.prediction_strength)


CRITERION = Criterion(msgid("Prediction strength"), choose)
