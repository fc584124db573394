"""What can be done with a segment, as actions.toml lists it, and what a test of it takes for granted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, model_validator

from reportgen.personas._toml import Part, placeholders, read_file
from reportgen.personas.vocabulary import Side, Text
from reportgen.records.table import Contact

VALUE = "value"
"""The condition on the segment's share of value."""

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
