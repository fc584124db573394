"""What to do with each segment: actions.toml read against the proved words, each with a test that could refute it."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen import wording
from reportgen.claims import say
from reportgen.language import msgid, text
from reportgen.personas.lexicon import prove_side
from reportgen.personas.naming import Name
from reportgen.personas.numbers import Numbers, in_sentence
from reportgen.personas.playbook import VALUE, Proposal, playbook
from reportgen.personas.sentences import shaping_columns
from reportgen.personas.trials import write_test
from reportgen.personas.vocabulary import Side, vocabulary
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Action, Claim, Quantity
from reportgen.records.table import SHAPING_ROLES, Column, Contact

MOST_ACTIONS = 3
"""More than a team can test at once."""

NOTABLE_RATIO = 1.25
"""Share of value over share of customers from which value is high; below its inverse it is low."""

CHANNELS: Mapping[Contact, str] = {
    "e-mail": msgid("e-mail"),
    "telephone": msgid("telephone"),
    "post": msgid("post"),
}


def write_actions(numbers: Numbers, segment: SegmentProfile) -> tuple[Action, ...]:
    """Up to three actions, the most specific first; none for a segment that should not be targeted."""
    if segment.trust.do_not_target:
        return ()
    held = sides_of(numbers, segment)
    return tuple(
        Action(
            do=text(proposal.do, topic=topic_of(numbers, segment)),
            offer=text(proposal.offer),
            reason=_reason(numbers, segment, proposal, held, place),
            channel=_channel(numbers, proposal),
            measure=text(proposal.measure),
            test=write_test(numbers, segment, proposal.outcome, f"segment.{segment.id}.action{place}.test"),
        )
        for place, proposal in enumerate(choose_proposals(segment, held), start=1)
    )


def _channel(numbers: Numbers, proposal: Proposal) -> str:
    """`E-mail, then post`: the proposed ways for which the export holds contact data, or empty."""
    known = {column.contact for column in numbers.facts.columns}
    ways = [text(CHANNELS[way]) for way in proposal.channel if way in known]
    return wording.sentence_case(f", {text('then')} ".join(ways))


def topic_of(numbers: Numbers, segment: SegmentProfile) -> str:
    """`grocery, where they are above average`; without a name where the column is sensitive or its label has digits."""
    column = shaping_columns(numbers, segment)[0]
    label = in_sentence(column)
    if vocabulary().is_sensitive(column) or wording.numbers_in(label):
        return text("what sets them apart")
    if numbers.is_above(segment, column):
        return text("{label}, where they are above average", label=label)
    return text("{label}, where they are below average", label=label)


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
    return text("Do not target: merge with {partner}", partner=partner) if partner else text("Do not target")


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
