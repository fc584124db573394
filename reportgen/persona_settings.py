"""Settings of what a person has decided about a segment."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from reportgen.section import Section


def check_number(text: str) -> str:
    """The number of a segment as TOML's keys give it. Raises PydanticCustomError."""
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text, re.ASCII):
        raise PydanticCustomError("segment_number", "should be the number of a segment, as in segments.csv")
    return text


SegmentNumber = Annotated[str, AfterValidator(check_number)]
PersonaName = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
PersonaLine = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]


class PersonaSettings(Section):
    """By the number that a segment keeps over the months, as in segments.csv: `2 = "Regulars"`."""

    names: dict[SegmentNumber, PersonaName] = Field(default_factory=dict)
    """Number → name, in place of the name that reportgen proves."""
    do: dict[SegmentNumber, PersonaLine] = Field(default_factory=dict)
    """Number → what to do, in the table of the segments."""
    notes: dict[SegmentNumber, PersonaLine] = Field(default_factory=dict)
    """Number → a remark on the segment's page."""


class ExperimentSettings(Section):
    """An action tried on half of a segment: groups.csv says on whom, the next month's report what came of it."""

    segments: tuple[Annotated[int, Field(ge=1)], ...] = ()
    """Numbers of the segments, as in segments.csv, whose customers are drawn into a test and a control group."""
    outcome: str = ""
    """Header name of the column that tells next month whether it worked; empty: the value column."""
