"""The whole report as plain values, in the order of its pages; templates only place what stands here."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass

import reportgen
from reportgen import wording
from reportgen.config import Settings
from reportgen.records.study import Figure, Skipped, Study
from reportgen.render.logo import load_logo
from reportgen.render.pieces import Picture, pictures, sentence
from reportgen.render.view_answer import KeyFigure, key_figures
from reportgen.render.view_segments import SegmentView, segment_views
from reportgen.theme import Theme

FIRST_RUN = "This is the first report on these customers: it is the baseline that the next one is compared with."


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that any page, screen or mail prints."""

    title: str
    period: str
    """`2026-10`."""
    period_label: str
    """`October 2026`."""
    dated: str
    """ISO date of the document: the period's last day, so that the same input gives the same bytes."""
    brand: str
    footer: str
    logo: str
    """`data:` address of a PNG, or empty."""
    paper: str
    """`A4` or `Letter`."""
    version: str
    theme: Theme
    has_segments: bool
    headline: str
    key_figures: tuple[KeyFigure, ...]
    value_label: str
    """`spending score`, or empty where value is unknown."""
    segments: tuple[SegmentView, ...]
    """By segment id; empty where no structure was found."""
    change: str
    """What changed since the last report."""
    limits: tuple[str, ...]
    map_pictures: tuple[Picture, ...]


def build_report(study: Study, figures: Sequence[Figure | Skipped], settings: Settings, theme: Theme) -> Report:
    """The view of a study. Raises ReportgenError (RG-060) if the brand's logo cannot be used."""
    drawn = [figure for figure in figures if isinstance(figure, Figure)]
    facts = study.facts
    year, month = (int(part) for part in facts.period.split("-"))
    change = study.answers.get("change")
    return Report(
        title=sentence(facts.title),
        period=facts.period,
        period_label=f"{calendar.month_name[month]} {year}",
        dated=f"{facts.period}-{calendar.monthrange(year, month)[1]:02d}",
        brand=wording.scrub(settings.brand.name),
        footer=sentence(settings.brand.footer),
        logo=load_logo(settings.brand.logo),
        paper=settings.report.paper,
        version=reportgen.__version__,
        theme=theme,
        has_segments=bool(study.personas),
        headline=sentence(study.headline),
        key_figures=key_figures(study),
        value_label=value_label(study),
        segments=segment_views(study, drawn),
        change=sentence(change) if change else FIRST_RUN,
        limits=tuple(sentence(limit) for limit in study.limits),
        map_pictures=pictures(drawn, ("segment_map",)),
    )


def value_label(study: Study) -> str:
    """The value column's name inside a sentence: `spending score`."""
    name = study.facts.profile.value_column
    if not name:
        return ""
    label = wording.scrub(study.facts.column(name).label)
    return label if label.isupper() else label[:1].lower() + label[1:]
