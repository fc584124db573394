"""Each segment as its page, its row in the table and its card show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen import wording
from reportgen.records.segments import SegmentProfile
from reportgen.records.study import Action, Figure, Persona, Study
from reportgen.render.pieces import Picture, picture, sentence

LEVELS = {
    "highly stable": "good",
    "stable": "good",
    "a pattern, members doubtful": "fair",
    "do not trust": "poor",
    "dissolved": "poor",
}


@dataclass(frozen=True, slots=True)
class ActionView:
    """What to do, why, where, how it is measured and tested."""

    do: str
    reason: str
    channel: str
    measure: str
    test: str


@dataclass(frozen=True, slots=True)
class SegmentView:
    """One segment."""

    id: int
    anchor: str
    """`segment-2`."""
    name: str
    color: str
    """#rrggbb."""
    n_customers: str
    share: str
    share_width: float
    """Percent of all customers, 0..100, for bars."""
    value_share: str
    """`29%`, or empty where value is unknown."""
    value_width: float
    who: str
    do: str
    sentences: tuple[str, ...]
    typical: str
    actions: tuple[ActionView, ...]
    rule: str
    """Empty where no rule is faithful enough."""
    rule_precision: str
    rule_coverage: str
    trust_label: str
    trust_level: str
    """`good`, `fair` or `poor`."""
    trust_reason: str
    do_not_target: bool
    pictures: tuple[Picture, ...]


def segment_views(study: Study, figures: Sequence[Figure]) -> tuple[SegmentView, ...]:
    profiles = {profile.id: profile for profile in study.facts.profile.segments}
    return tuple(
        _segment_view(
            persona,
            profiles[persona.segment],
            tuple(picture(figure) for figure in figures if figure.segment == persona.segment),
        )
        for persona in study.personas
    )


def _segment_view(persona: Persona, profile: SegmentProfile, drawn: tuple[Picture, ...]) -> SegmentView:
    rule, trust = profile.rule, profile.trust
    return SegmentView(
        id=persona.segment,
        anchor=f"segment-{persona.segment}",
        name=wording.scrub(persona.name),
        color=persona.color,
        n_customers=wording.format_count(profile.n_customers),
        share=wording.format_share(profile.share),
        share_width=round(100 * profile.share, 2),
        value_share="" if profile.value_share is None else wording.format_share(profile.value_share),
        value_width=round(100 * (profile.value_share or 0), 2),
        who=sentence(persona.who),
        do=sentence(persona.do),
        sentences=tuple(sentence(claim) for claim in persona.sentences),
        typical=sentence(persona.typical),
        actions=tuple(_action_view(action) for action in persona.actions),
        rule=sentence(rule.text) if rule else "",
        rule_precision=wording.format_share(rule.precision) if rule else "",
        rule_coverage=wording.format_share(rule.coverage) if rule else "",
        trust_label=trust.label,
        trust_level=LEVELS[trust.label],
        trust_reason=sentence(trust.reason),
        do_not_target=trust.do_not_target,
        pictures=drawn,
    )


def _action_view(action: Action) -> ActionView:
    return ActionView(
        do=sentence(action.do),
        reason=sentence(action.reason),
        channel=sentence(action.channel),
        measure=sentence(action.measure),
        test=sentence(action.test),
    )
