"""Settings of what comes out: the report and the brand it wears."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from reportgen.language import ENGLISH, languages, msgid
from reportgen.section import Section
from reportgen.small_cells import MIN_CELL
from reportgen.wording import join_words

COLOR_PATTERN = r"^#[0-9a-fA-F]{6}$"
OutputFormat = Literal["pdf", "html", "email"]
OUTPUT_FORMATS: tuple[OutputFormat, ...] = ("pdf", "html", "email")


def known_language(code: str) -> str:
    """The code itself. Raises ValueError for a language without a catalogue."""
    if code not in languages():
        raise ValueError(f"should be {join_words([repr(known) for known in languages()], 'or')}")
    return code


class ReportSettings(Section):
    title: str = msgid("Customer segments")
    paper: Literal["A4", "Letter"] = "A4"
    pdf_variant: Literal["ua-1", "a-3a", "a-3u"] = "ua-1"
    """The standard that the PDF keeps: ua-1 is accessible (PDF/UA), a-3a and a-3u are for archives (PDF/A-3)."""
    formats: tuple[OutputFormat, ...] = OUTPUT_FORMATS
    length: Literal["auto", "full"] = "auto"
    """auto: a month in which nothing moved beyond noise has a short report; full: every month has every page."""
    language: Annotated[str, AfterValidator(known_language)] = ENGLISH
    """Of texts, numbers and dates: en or de."""
    segments: Literal["auto", "csv", "parquet"] = "auto"
    """How the list of segments is written; auto: as CSV up to a million customers, past it as Parquet."""
    min_cell: Annotated[int, Field(ge=1)] = MIN_CELL
    """Customers: a group of fewer is never told by its size or its values, nor can it be reckoned from what is told."""


class BrandSettings(Section):
    name: str = ""
    primary: Annotated[str, StringConstraints(pattern=COLOR_PATTERN)] = "#1F3A5F"
    accent: Annotated[str, StringConstraints(pattern=COLOR_PATTERN)] = "#B3541E"
    logo: str = ""
    """Path of a PNG, beside the settings file."""
    font: str = ""
    """Path of a TTF or OTF for headings and large figures, beside the settings file; text and tables stay in the
    bundled family, whose figures line up."""
    footer: str = ""
