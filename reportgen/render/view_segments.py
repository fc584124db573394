"""Each segment as its page, its row in the table and its card show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen import wording
from reportgen.language import msgid, text
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Action, Facts, Figure, Persona, Study
from reportgen.render.few import UNTOLD
from reportgen.render.pieces import Picture, sentence
from reportgen.render.places import segment_pictures
from reportgen.small_cells import is_small, size_in_words

LEVELS = {
    msgid("highly stable"): "good",
    msgid("stable"): "good",
    msgid("a pattern, members doubtful"): "fair",
    msgid("do not trust"): "poor",
    msgid("dissolved"): "poor",
}


@dataclass(frozen=True, slots=True)
class ActionView:
    """What to do, why, where, how it is measured and tested."""

    do: str
    reason: str
    offer: str
    """What is offered, and the way there if the export knows one."""
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
    descriptors: str
    """What else differs, or empty where the sentences say it already."""
    rule: str
    """Empty where no rule is faithful enough, or it is too long to remember."""
    rule_note: str
    """What the rule's sentence says after the rule."""
    trust_label: str
    trust_level: str
    """`good`, `fair` or `poor`."""
    trust_reason: str
    do_not_target: bool
    note: str
    """A person's remark, or empty."""
    pictures: tuple[Picture, ...]
    is_told: bool = True
    """Whether it may be described; else there is a name, how far to trust it, and why no more is told."""


def segment_views(study: Study, figures: Sequence[Figure]) -> tuple[SegmentView, ...]:
    profiles = {profile.id: profile for profile in study.facts.profile.segments}
    untold = study.facts.profile.untold
    views = (
        _segment_view(persona, profiles[persona.segment], segment_pictures(figures, persona.segment))
        for persona in study.personas
    )
    return tuple(
        _withheld(view, profiles[view.id].n_customers, study.facts) if view.id in untold else view for view in views
    )


def _withheld(view: SegmentView, n_customers: int, facts: Facts) -> SegmentView:
    """The view of a segment that may not be described, without its size; the band gives all such equal parts."""
    profile, least = facts.profile, facts.profile.min_cell
    rest = 1 - sum(segment.share for segment in profile.told)
    is_few = is_small(n_customers, least)
    return replace(
        view,
        n_customers=size_in_words(n_customers, least),
        share=f"<{wording.format_share(least / facts.n_customers)}" if is_few else UNTOLD,
        share_width=round(100 * rest / len(profile.untold), 2),
        value_share="",
        value_width=0.0,
        is_told=False,
    )


def _segment_view(persona: Persona, profile: SegmentProfile, drawn: tuple[Picture, ...]) -> SegmentView:
    trust = profile.trust
    rule, rule_note = _rule_parts(persona, profile)
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
        typical=sentence(persona.typical) if persona.typical else "",
        actions=tuple(_action_view(action) for action in persona.actions),
        descriptors=_descriptors(persona),
        rule=rule,
        rule_note=rule_note,
        trust_label=wording.sentence_case(text(trust.label)),
        trust_level=LEVELS[trust.label],
        trust_reason=sentence(persona.trust or wording.sentence_case(trust.reason)),
        do_not_target=trust.do_not_target,
        note=sentence(persona.note),
        pictures=drawn,
    )


def _rule_parts(persona: Persona, profile: SegmentProfile) -> tuple[str, str]:
    """The rule, and the rest of the sentence that states it."""
    if persona.rule is None or profile.rule is None:
        return "", ""
    said, rule = sentence(persona.rule), sentence(profile.rule.text)
    return (rule, said.removeprefix(rule)) if said.startswith(rule) else ("", said)


def _descriptors(persona: Persona) -> str:
    said = sentence(persona.descriptors) if persona.descriptors else ""
    return "" if said in {sentence(claim) for claim in persona.sentences} else said


def _action_view(action: Action) -> ActionView:
    return ActionView(
        do=sentence(action.do),
        reason=sentence(action.reason),
        offer=sentence("; ".join(part for part in (action.offer, wording.inner_case(action.channel)) if part)),
        measure=sentence(action.measure),
        test=sentence(action.test),
    )
