"""The contract of a chart: numbers from the study, a drawing from the numbers, and the words that go with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from reportgen.records.study import Claim, Table
from reportgen.registry import Registry

if TYPE_CHECKING:
    from reportgen.charts._sheet import Sheet

Numbers = TypeVar("Numbers")

TableRow = tuple[str | float | int | None, ...]
"""A row of a figure's data table."""

FULL_WIDTH = 6.7
"""Inches: the text width of A4 between margins of 20 mm."""

HALF_WIDTH = 3.25
"""Inches: two charts side by side with a gap of 5 mm."""


class Scope(StrEnum):
    """What one figure of a chart is about; `numbers` takes the study, and for the last three what stands here."""

    STUDY = "study"
    """`numbers(study)`."""
    SEGMENT = "segment"
    """`numbers(study, segment_id)`: a figure a segment."""
    NUMBER = "number"
    """`numbers(study, column_name)`: a figure a numeric column."""
    CATEGORY = "category"
    """`numbers(study, column_name)`: a figure a category, flag or code."""


@dataclass(frozen=True, slots=True)
class Chart(Generic[Numbers]):
    """One chart; its module offers it as CHART. `numbers` may raise NotApplicable, nothing else may."""

    scope: Scope
    numbers: Callable[..., Numbers]
    """Everything the picture and its words are made from, as a frozen record."""
    extent: Callable[[Numbers], tuple[float, float]]
    """Width and height in inches at which the page shows it; FULL_WIDTH or HALF_WIDTH wide."""
    draw: Callable[[Sheet, Numbers], None]
    """Draws on a sheet of any width; the sheet holds no title."""
    finding: Callable[[Numbers], Claim]
    """The title: what the picture shows, as one sentence."""
    subtitle: Callable[[Numbers], str]
    """Measure, unit, n."""
    alt: Callable[[Numbers], str]
    """The picture in words."""
    table: Callable[[Numbers], Table]
    """The numbers behind it."""


CHARTS: Registry[Chart[Any]] = Registry("reportgen.charts", "CHART")
