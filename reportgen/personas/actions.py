"""What to do with each segment: actions.toml read against the proved words, each with a test that could refute it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from reportgen import wording
from reportgen.claims import measure, say, tell
from reportgen.personas._toml import Part, placeholders, read_file
from reportgen.personas.lexicon import prove_side
from reportgen.personas.naming import Name
from reportgen.personas.numbers import Numbers, in_sentence
from reportgen.personas.power import detectable_effect, detectable_share, needed_per_group, share_effect
from reportgen.personas.sentences import shaping_columns
from reportgen.personas.vocabulary import Side, Text, vocabulary
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Action, Claim, Quantity
from reportgen.records.table import SHAPING_ROLES, Column, Contact

MOST_ACTIONS = 3
"""More than a team can test at once."""

VALUE = "value"
"""The condition on the segment's share of value."""

NOTABLE_RATIO = 1.25
"""Share of value over share of customers from which value is high; below its inverse it is low."""

FINE_BELOW = 0.5
"""SD below which a detectable difference shows two decimals: between .2 and .3 lies half the sample."""

OF_COLUMN = frozenset({"mean", "overall", "gap", "difference", "label"})
OF_SEGMENT = frozenset({"customers", "share"})
OF_VALUE = frozenset({"value_share", "value"})
TOPIC = "{topic}"
"""In what to do: the column that sets a segment apart most, and on which side."""

WORDS = frozenset({"label", "value"})
"""Placeholders that are words, not numbers."""

Share = Annotated[float, Field(gt=0, lt=1)]


class Assumptions(Part):
    """What a test takes for granted; printed as assumed."""

    significance: Share
    power: Share
    baseline: Share
    raised: Share
    effect: Annotated[float, Field(gt=0)]

    @model_validator(mode="after")
    def _is_a_rise(self) -> Assumptions:
        if self.raised <= self.baseline:
            raise ValueError("raised must be more than baseline")
        return self


class Proposal(Part):
    """One action of the file."""

    when: Mapping[str, Side] = {}
    do: Text
    offer: Text
    channel: tuple[Contact, ...]
    measure: Text
    outcome: Literal["share", "mean"]
    reason: Text

    @model_validator(mode="after")
    def _do_can_be_filled(self) -> Proposal:
        if set(placeholders(self.do)) - {TOPIC.strip("{}")}:
            raise ValueError(f"what to do may ask for {TOPIC} alone: {self.do!r}")
        return self

    @model_validator(mode="after")
    def _reason_can_be_filled(self) -> Proposal:
        names = set(placeholders(self.reason))
        topics = {name for topic in self.when if topic != VALUE for name in (topic, f"all_{topic}")}
        known = OF_COLUMN | OF_SEGMENT | topics | (OF_VALUE if VALUE in self.when else frozenset())
        if names - known:
            raise ValueError(f"the reason asks for {', '.join(sorted(names - known))}, which is not known here")
        if not names - WORDS:
            raise ValueError("the reason states no number")
        return self


class Playbook(Part):
    """The whole file; its own comments explain every key."""

    assumptions: Assumptions
    action: tuple[Proposal, ...]


@cache
def playbook() -> Playbook:
    """The action file. Raises ReportgenError (RG-060)."""
    return read_file("actions.toml", Playbook)


def write_actions(numbers: Numbers, segment: SegmentProfile) -> tuple[Action, ...]:
    """Up to three actions, the most specific first; none for a segment that should not be targeted."""
    if segment.trust.do_not_target:
        return ()
    held = sides_of(numbers, segment)
    return tuple(
        Action(
            do=proposal.do.replace(TOPIC, topic_of(numbers, segment)),
            offer=proposal.offer,
            reason=_reason(numbers, segment, proposal, held, place),
            channel=_channel(numbers, proposal),
            measure=proposal.measure,
            test=write_test(numbers, segment, proposal.outcome, f"segment.{segment.id}.action{place}.test"),
        )
        for place, proposal in enumerate(choose_proposals(segment, held), start=1)
    )


def _channel(numbers: Numbers, proposal: Proposal) -> str:
    """`E-mail, then post`: the proposed ways for which the export holds contact data, or empty."""
    known = {column.contact for column in numbers.facts.columns}
    return wording.sentence_case(", then ".join(way for way in proposal.channel if way in known))


def topic_of(numbers: Numbers, segment: SegmentProfile) -> str:
    """`grocery, where they are above average`; without a name where the column is sensitive or its label has digits."""
    column = shaping_columns(numbers, segment)[0]
    label = in_sentence(column)
    if vocabulary().is_sensitive(column) or wording.numbers_in(label):
        return "what sets them apart"
    side = "above" if numbers.is_above(segment, column) else "below"
    return f"{label}, where they are {side} average"


def choose_proposals(segment: SegmentProfile, held: Mapping[tuple[str, Side], Column]) -> list[Proposal]:
    """The proposals that fit, the most specific and the largest difference first, each on columns of its own."""
    fitting = [proposal for proposal in playbook().action if _fits(proposal, held, segment)]

    def columns(proposal: Proposal) -> set[str]:
        return {held[condition].name if condition in held else condition[0] for condition in proposal.when.items()}

    def difference(proposal: Proposal) -> float:
        found = [held[condition].name for condition in proposal.when.items() if condition in held]
        return max((abs(segment.number(name).difference) for name in found), default=0.0)

    def rank(proposal: Proposal) -> tuple[int, int, float]:
        """What is special about a segment comes before what is not: middle sides count last."""
        n_special = sum(side != "middle" for side in proposal.when.values())
        return (-n_special, -len(proposal.when), -difference(proposal))

    chosen: list[Proposal] = []
    used: set[str] = set()
    for proposal in sorted(fitting, key=rank):
        if not columns(proposal) & used:
            chosen.append(proposal)
            used |= columns(proposal)
    return chosen[:MOST_ACTIONS]


def write_do(actions: tuple[Action, ...], partner: str) -> str:
    """One line for the table; `partner`: the name that an untrusted segment should merge with, or empty."""
    if actions:
        return actions[0].do
    return f"Do not target: merge with {partner}" if partner else "Do not target"


def nearest_trusted(numbers: Numbers, segment: SegmentProfile, names: Mapping[int, Name]) -> str:
    """The name of the nearest segment that may be targeted, in the scaled features; empty where there is none."""
    centroids = numbers.facts.segmentation.centroids
    others = [o for o in numbers.facts.profile.segments if o.id != segment.id and not o.trust.do_not_target]
    distances = {o.id: float(((centroids[o.id - 1] - centroids[segment.id - 1]) ** 2).sum()) for o in others}
    return names[min(distances, key=lambda other: (distances[other], other))].text if distances else ""


def sides_of(numbers: Numbers, segment: SegmentProfile) -> dict[tuple[str, Side], Column]:
    """(topic or role, side) → the shaping column that proves it, the largest difference first."""
    overall = numbers.facts.profile.overall
    held: dict[tuple[str, Side], Column] = {}
    for column in shaping_columns(numbers, segment):
        side = prove_side(segment.number(column.name), overall.number(column.name))
        if side is None:
            continue
        entry = vocabulary().entry_for(column)
        if entry:
            held.setdefault((entry.topic, side), column)
        if column.role in SHAPING_ROLES:
            held.setdefault((column.role.value, side), column)
    return held


def value_side(segment: SegmentProfile) -> Side | None:
    """Whether the segment's share of value is more or less than its share of customers; None where value is unknown."""
    if segment.value_share is None:
        return None
    ratio = segment.value_share / segment.share
    if ratio >= NOTABLE_RATIO:
        return "high"
    return "low" if ratio <= 1 / NOTABLE_RATIO else "middle"


def _fits(proposal: Proposal, held: Mapping[tuple[str, Side], Column], segment: SegmentProfile) -> bool:
    return all(
        value_side(segment) == side if topic == VALUE else (topic, side) in held
        for topic, side in proposal.when.items()
    )


def _reason(
    numbers: Numbers,
    segment: SegmentProfile,
    proposal: Proposal,
    held: Mapping[tuple[str, Side], Column],
    place: int,
) -> Claim:
    column = shaping_columns(numbers, segment)[0]
    parts: dict[str, Quantity | str] = {
        "mean": numbers.mean(segment, column),
        "overall": numbers.overall_mean(column),
        "gap": numbers.gap(segment, column),
        "difference": numbers.difference(segment, column),
        "label": in_sentence(column),
        "customers": numbers.customers(segment),
        "share": numbers.share(segment),
    }
    for condition, column in held.items():
        if condition in proposal.when.items():
            topic, _ = condition
            unit = column.unit or wording.unit_of(column)  # no label beside it says the unit
            everyone = numbers.facts.profile.overall
            parts |= {
                name: numbers.mean(of, column, unit) for name, of in ((topic, segment), (f"all_{topic}", everyone))
            }
    if VALUE in proposal.when:
        parts["value_share"] = numbers.value_share(segment)
        parts["value"] = in_sentence(numbers.facts.column(numbers.facts.profile.value_column))
    return say(f"segment.{segment.id}.action{place}.reason", proposal.reason, **parts)


def write_test(numbers: Numbers, segment: SegmentProfile, outcome: str, claim_id: str) -> Claim:
    """Test and control with the sample size they need, or what a split of so small a segment can still show."""
    given = playbook().assumptions
    is_share = outcome == "share"
    effect = share_effect(given.baseline, given.raised) if is_share else given.effect
    needed = needed_per_group(effect, given.significance, given.power)
    odds: dict[str, Any] = {"significance": given.significance, "power": given.power}
    if segment.n_customers < 2 * needed:
        return _small_test(numbers, segment, is_share, claim_id)
    aims: dict[str, Any] = {"effect": given.effect}
    if is_share:
        aims = {"baseline": given.baseline, "raised": given.raised}
    n = measure("sample_size", needed, wording.format_count(needed), unit="customers", **odds, **aims)
    opening = ("Draw ", n, " customers at random for the action and ", n, " who are left alone: enough to show ")
    power = _assumed("power", given.power, wording.format_share(given.power))
    closing = (" (assumed) with a chance of ", power, ".")
    if is_share:
        low = _assumed("baseline", given.baseline, wording.format_share(given.baseline))
        high = _assumed("raised", given.raised, wording.format_share(given.raised))
        return tell(claim_id, *opening, "a rise from ", low, " to ", high, *closing)
    shown = f"{wording.format_number(given.effect, 1)} SD"
    return tell(claim_id, *opening, "a difference of ", _assumed("effect", given.effect, shown), *closing)


def _small_test(numbers: Numbers, segment: SegmentProfile, is_share: bool, claim_id: str) -> Claim:
    given = playbook().assumptions
    n = segment.n_customers
    odds: dict[str, Any] = {"significance": given.significance, "power": given.power}
    n_test, n_control = n - n // 2, n // 2
    test = measure("split", n_test, wording.format_count(n_test), unit="customers", segment=segment.id, part="test")
    control = measure(
        "split", n_control, wording.format_count(n_control), unit="customers", segment=segment.id, part="control"
    )
    effect = detectable_effect(n_test, n_control, given.significance, given.power)
    opening = ("With ", numbers.customers(segment), " customers a split of ", test, " and ", control)
    if not is_share:
        shown = f"{wording.format_number(effect, 1 if effect >= FINE_BELOW else 2)} SD"
        least = measure("detectable_difference", effect, shown, unit="SD", segment=segment.id, **odds)
        return tell(claim_id, *opening, " can show only a difference of ", least, " or more.")
    share = detectable_share(given.baseline, effect)
    least = measure(
        "detectable_share",
        share,
        wording.format_share(share),
        unit="share",
        segment=segment.id,
        baseline=given.baseline,
        **odds,
    )
    low = _assumed("baseline", given.baseline, wording.format_share(given.baseline))
    return tell(claim_id, *opening, " can show only a rise from ", low, " (assumed) to ", least, " or more.")


def _assumed(name: str, value: float, shown: str) -> Quantity:
    return measure("assumed", value, shown, assumption=name, given=value)
