"""Scores which segments are worth a campaign of their own: knock-out first, then five weighted criteria.

The criteria are those of Kotler (Kotler & Keller, Marketing Management, ch. 9: measurable, substantial, accessible,
differentiable, actionable); knock-out criteria before weighted ones follow Dolnicar, Grün & Leisch 2018, ch. 4 and 8.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen import wording
from reportgen.claims import joined, measure, say
from reportgen.language import msgid, text
from reportgen.personas.answers import Names
from reportgen.personas.numbers import Numbers, listed
from reportgen.personas.playbook import playbook
from reportgen.personas.power import needed_per_group
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Claim, Quantity, Scorecard

POINTS = 100
"""Points of a criterion that is fully met."""


@dataclass(frozen=True, slots=True)
class Part:
    """How far a segment meets a criterion: fully from `most` on."""

    number: Quantity | None
    """None: not at all."""
    most: float = 1.0

    @property
    def share(self) -> float:
        """0..1."""
        return min(1.0, self.number.value / self.most) if self.number else 0.0


def write_scorecard(numbers: Numbers, segment: SegmentProfile) -> Scorecard | None:
    """The segment's points, or why it is knocked out; None where no criterion has a weight."""
    weights = [(name, weight) for name, weight in numbers.facts.weights if weight > 0]
    if not weights:
        return None
    claim_id = f"segment.{segment.id}.scorecard"
    if segment.trust.do_not_target:
        n = numbers.customers(segment)
        out = say(claim_id, "Knocked out: {reason} ({n} customers).", reason=segment.trust.reason, n=n)
        return Scorecard(tuple((name, None) for name, _ in weights), None, out)
    parts = {name: CRITERIA[name](numbers, segment) for name, _ in weights}
    known = [(name, part, weight) for name, weight in weights if (part := parts[name]) is not None]
    if not known:
        return None
    score = _points([(part, weight) for _, part, weight in known])
    marks = {name: _points([(part, 1.0)]) for name, part, _ in known}
    said = [
        joined(f"{text(name)} ", marks[name]) if name in marks else text("{criterion} not known", criterion=text(name))
        for name, _ in weights
    ]
    return Scorecard(
        tuple((name, marks[name].value / POINTS if name in marks else None) for name, _ in weights),
        score.value,
        say(claim_id, "The scorecard gives {points} points: {marks}.", points=score, marks=listed(said)),
    )


def answer_priority(numbers: Numbers, names: Names) -> Claim | None:
    """Which segments the scorecard puts first; None where fewer than two of them can be scored."""
    cards = [(segment, write_scorecard(numbers, segment)) for segment in numbers.facts.profile.told]
    scored = [(segment, card.claim.quantities[0]) for segment, card in cards if card and card.score is not None]
    if len(scored) < 2:
        return None
    ranked = sorted(scored, key=lambda entry: (-entry[1].value, entry[0].id))
    (first, most), (second, next_most), *_ = ranked
    return say(
        "priority",
        "Worth a campaign first, by the scorecard: {first} ({most} points), then {second} ({next_most}).",
        first=names[first.id].text,
        most=most,
        second=names[second.id].text,
        next_most=next_most,
    )


def _measurable(numbers: Numbers, segment: SegmentProfile) -> Part:
    """Members that the short rule finds; none where no rule is faithful enough."""
    return Part(numbers.at(f"{numbers.path(segment)}.rule.coverage") if segment.rule else None)


def _substantial(numbers: Numbers, segment: SegmentProfile) -> Part:
    """Share of value, of customers where value is unknown, against the largest segment's."""
    segments = numbers.facts.profile.told
    if segment.value_share is None:
        return Part(numbers.share(segment), max(other.share for other in segments))
    return Part(numbers.value_share(segment), max(other.value_share or 0.0 for other in segments))


def _accessible(numbers: Numbers, segment: SegmentProfile) -> Part | None:
    """Members with contact data; not known where no column holds any."""
    return None if segment.reach is None else Part(numbers.at(f"{numbers.path(segment)}.reach"))


def _differentiable(numbers: Numbers, segment: SegmentProfile) -> Part:
    """Mean Jaccard with the segments of resampled customers (Hennig 2007)."""
    return Part(numbers.at(f"{numbers.path(segment)}.trust.jaccard"))


def _actionable(numbers: Numbers, segment: SegmentProfile) -> Part:
    """Members against those that a test of the stated effect needs."""
    given = playbook().assumptions
    return Part(numbers.customers(segment), 2.0 * needed_per_group(given.effect, given.significance, given.power))


CRITERIA: dict[str, Callable[[Numbers, SegmentProfile], Part | None]] = {
    msgid("measurable"): _measurable,
    msgid("substantial"): _substantial,
    msgid("accessible"): _accessible,
    msgid("differentiable"): _differentiable,
    msgid("actionable"): _actionable,
}
"""Criterion → its number."""


def _points(parts: Sequence[tuple[Part, float]]) -> Quantity:
    """The weighted mean of how far each part is met, in points."""
    value = POINTS * sum(part.share * weight for part, weight in parts) / sum(weight for _, weight in parts)
    records: list[dict[str, Any]] = [
        {"of": dict(part.number.recompute) if part.number else None, "most": part.most, "weight": weight}
        for part, weight in parts
    ]
    return measure("points", value, wording.format_count(round(value)), unit="points", parts=records)
