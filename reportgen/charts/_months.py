"""The segments as charts of several months name and colour them: those of this month and those that are gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen import language, wording
from reportgen.errors import NotApplicable
from reportgen.records.history import Change
from reportgen.records.study import Study
from reportgen.theme import SEGMENT_COLORS, SEGMENT_INKS


@dataclass(frozen=True, slots=True)
class Known:
    """A segment over the months."""

    name: str
    color: str
    """#rrggbb, the same in every month."""
    ink: str
    """For text in that colour."""


def change_in(study: Study) -> Change:
    """What has changed. Raises NotApplicable in the first month, and where this one has no segments."""
    if study.facts.change is None:
        raise NotApplicable(language.text("there is no earlier month to compare with"))
    if not study.personas:
        raise NotApplicable(language.text("no segments were found"))
    return study.facts.change


def known_segments(study: Study, change: Change) -> Mapping[int, Known]:
    """Identity → the segment, called as in its last month."""
    names = {point.identity: point.name for point in change.trend}
    names |= {entry.identity: entry.name for entry in change.segments}
    known = {identity: _known(name, color_of(identity)) for identity, name in names.items()}
    personas = {persona.segment: persona for persona in study.personas}
    here = {entry.identity: personas[entry.segment] for entry in change.segments if entry.segment in personas}
    return known | {identity: _known(persona.name, persona.color) for identity, persona in here.items()}


def _known(name: str, color: str) -> Known:
    inks = dict(zip(SEGMENT_COLORS, SEGMENT_INKS, strict=True))
    return Known(wording.scrub(name), color, inks.get(color, color))


def color_of(identity: int) -> str:
    """The colour that a segment keeps, also when it is gone."""
    return SEGMENT_COLORS[(identity - 1) % len(SEGMENT_COLORS)]
