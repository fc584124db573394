"""Davies–Bouldin: spread of segments over their distance, worst neighbour (Davies & Bouldin 1979); lowest wins."""

from __future__ import annotations

from reportgen import wording
from reportgen.language import msgid, text
from reportgen.segment.criteria.base import Choice, Criterion, Scorecard, lowest, require_choice


def choose(card: Scorecard) -> Choice:
    require_choice(card)
    values = tuple((score.k, score.davies_bouldin) for score in card.scores)
    k, value = lowest(values)
    return Choice(k, text("lowest, at {n}", n=wording.format_number(value, 3)), value, values)


CRITERION = Criterion(msgid("Davies–Bouldin"), choose)
