"""Gap: inertia against that of evenly spread customers (Tibshirani, Walther & Hastie 2001); shown, never decisive."""

from __future__ import annotations

from reportgen import wording
from reportgen.errors import NotApplicable
from reportgen.language import msgid, text
from reportgen.segment.criteria.base import Choice, Criterion, Scorecard


def choose(card: Scorecard) -> Choice:
    """The smallest k whose gap is at least the next one's less its standard error."""
    if len(card.gap) < 2:
        raise NotApplicable(text("the customers fall on so few points that the segments leave no spread to compare"))
    errors = dict(card.gap_error)
    for (k, value), (following, next_value) in zip(card.gap, card.gap[1:], strict=False):
        if value >= next_value - errors[following]:
            reason = text("the first k that the next does not clearly beat, at {n}", n=wording.format_number(value, 3))
            return Choice(k, reason, value, card.gap)
    raise NotApplicable(text("the gap keeps growing: every k is clearly beaten by the next"))


CRITERION = Criterion(msgid("Gap"), choose)
