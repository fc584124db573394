"""The figures strip of the answer page: four numbers a director may repeat in a meeting."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import wording
from reportgen.language import msgid, text
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Study
from reportgen.render.few import UNTOLD
from reportgen.render.pieces import label_in_sentence, sentence

KINDS = {
    "natural": msgid("groups by nature"),
    "reproducible": msgid("found again and again"),
    "constructive": msgid("useful cuts through a continuum"),
}
"""`Evidence.kind` in three words."""

TRUSTED = frozenset({"highly stable", "stable"})


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number of the strip."""

    value: str
    label: str
    """What it counts, in two or three words."""
    note: str
    """One clause below, or empty."""


def key_figures(study: Study) -> tuple[KeyFigure, ...]:
    return _with_segments(study) if study.personas else _without_segments(study)


def _with_segments(study: Study) -> tuple[KeyFigure, ...]:
    facts = study.facts
    profiles = facts.profile.segments
    names = {persona.segment: sentence(persona.name) for persona in study.personas}
    n_trusted = sum(profile.trust.label in TRUSTED for profile in profiles)
    kind = text(KINDS[facts.evidence.kind]) if any(not one.trust.do_not_target for one in profiles) else ""
    best = best_segment(study)
    if best is None:
        lead = KeyFigure(UNTOLD, text("of customers"), text("every segment has too few customers to be described"))
    elif best.value_share is not None:
        label = label_in_sentence(facts.column(facts.profile.value_column))
        share = wording.format_share(best.share)
        note = text("{name}, {share} of customers", name=names[best.id], share=share)
        lead = KeyFigure(wording.format_share(best.value_share), text("of {value}", value=label), note)
    else:
        lead = KeyFigure(wording.format_share(best.share), text("of customers"), names[best.id])
    held = text("{n} of {all}", n=n_trusted, all=len(profiles))
    return (
        KeyFigure(wording.format_count(facts.n_customers), text("customers"), ""),
        KeyFigure(wording.format_count(len(profiles)), text("segments"), kind),
        lead,
        KeyFigure(held, text("segments hold"), text("when customers are drawn again")),
    )


def best_segment(study: Study) -> SegmentProfile | None:
    """The segment that is told: the one the headline names, else the one furthest above its size.

    Where value is unknown and the headline names none, the largest; None where none may be described.
    """
    profiles = study.facts.profile.told
    named = [quantity.segment for quantity in study.headline.quantities if quantity.segment]
    if named:
        return next(profile for profile in profiles if profile.id == named[0])
    return max(
        profiles,
        key=lambda profile: (0 if profile.value_share is None else profile.value_share - profile.share, -profile.id),
        default=None,
    )


def _without_segments(study: Study) -> tuple[KeyFigure, ...]:
    facts = study.facts
    structure = facts.evidence.structure
    _, told = structure.told
    nulls = max(told.gaussian_p95, told.uniform_p95)
    return (
        KeyFigure(wording.format_count(facts.n_customers), text("customers"), ""),
        KeyFigure(text("None"), text("segments of a useful size" if structure.found else "segments beyond chance"), ""),
        KeyFigure(
            wording.format_number(told.observed, 2),
            text("best silhouette"),
            text("chance reaches {n}", n=wording.format_number(nulls, 2)),
        ),
        KeyFigure(
            wording.format_share(structure.p_value), text("of data without structure"), text("look at least as grouped")
        ),
    )
