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
from reportgen.render.pieces import Picture, label_in_sentence, sentence
from reportgen.render.places import other_pictures, other_sentences, pictures_of, sentences_of
from reportgen.render.view_answer import KeyFigure, key_figures
from reportgen.render.view_appendix import AppendixView, appendix_view
from reportgen.render.view_compare import CompareView, compare_view
from reportgen.render.view_data import DataView, data_view
from reportgen.render.view_segments import SegmentView, segment_views
from reportgen.render.view_trust import TrustView, trust_view
from reportgen.theme import Theme

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""`calendar.month_name` follows the machine's locale."""

FIRST_RUN = "This is the first report on these customers: it is the baseline that the next one is compared with."


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report, as contents and navigation list it."""

    anchor: str
    title: str


ANSWER, COMPARE = Section("answer", "The answer"), Section("compare", "Side by side")
SEGMENTS, CUSTOMERS = Section("segments", "The segments"), Section("segments", "The customers")
TRUST, STRUCTURE = Section("trust", "How far to trust this"), Section("trust", "Why there are no segments")
DATA, APPENDIX = Section("data", "The data"), Section("appendix", "Appendix")


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
    imprint: str
    """Brand, title and footer: the foot of every page."""
    logo: str
    """`data:` address of a PNG, or empty."""
    paper: str
    """`A4` or `Letter`."""
    version: str
    theme: Theme
    has_segments: bool
    n_customers: str
    sections: tuple[Section, ...]
    """In order; each has a template of its anchor's name."""
    headline: str
    summary: tuple[str, ...]
    """The answer in a few sentences."""
    key_figures: tuple[KeyFigure, ...]
    value_label: str
    """`spending score`, or empty where value is unknown."""
    segments: tuple[SegmentView, ...]
    """By segment id; empty where no structure was found."""
    change: str
    """What changed since the last report."""
    limits: tuple[str, ...]
    map_pictures: tuple[Picture, ...]
    feature_sentences: tuple[str, ...]
    compare_pictures: tuple[Picture, ...]
    compare: CompareView
    trust_sentences: tuple[str, ...]
    trust_pictures: tuple[Picture, ...]
    trust: TrustView
    data_sentences: tuple[str, ...]
    data_pictures: tuple[Picture, ...]
    data: DataView
    appendix: AppendixView
    other_pictures: tuple[Picture, ...]
    """Drawn, but asked for by no section."""
    other_sentences: tuple[str, ...]


def build_report(study: Study, figures: Sequence[Figure | Skipped], settings: Settings, theme: Theme) -> Report:
    """The view of a study. Raises ReportgenError (RG-060) if the brand's logo cannot be used."""
    drawn = [figure for figure in figures if isinstance(figure, Figure)]
    skipped = [figure for figure in figures if isinstance(figure, Skipped)]
    facts = study.facts
    title, brand, footer = (sentence(text) for text in (facts.title, settings.brand.name, settings.brand.footer))
    change = study.answers.get("change")
    return Report(
        title=title,
        period=facts.period,
        period_label=month_label(facts.period),
        dated=last_day(facts.period),
        brand=brand,
        footer=footer,
        imprint=" · ".join(filter(None, (brand, title, footer))),
        logo=load_logo(settings.brand.logo),
        paper=settings.report.paper,
        version=reportgen.__version__,
        theme=theme,
        has_segments=bool(study.personas),
        n_customers=wording.format_count(facts.n_customers),
        sections=sections_of(study),
        headline=sentence(study.headline),
        summary=sentences_of(study, "answer"),
        key_figures=key_figures(study),
        value_label=value_label(study),
        segments=segment_views(study, drawn),
        change=sentence(change) if change else FIRST_RUN,
        limits=tuple(sentence(limit) for limit in study.limits),
        map_pictures=pictures_of(drawn, "map"),
        feature_sentences=sentences_of(study, "features"),
        compare_pictures=pictures_of(drawn, "compare"),
        compare=compare_view(study),
        trust_sentences=sentences_of(study, "trust"),
        trust_pictures=pictures_of(drawn, "trust"),
        trust=trust_view(study),
        data_sentences=sentences_of(study, "data"),
        data_pictures=pictures_of(drawn, "data"),
        data=data_view(study),
        appendix=appendix_view(study, skipped, settings),
        other_pictures=other_pictures(drawn),
        other_sentences=other_sentences(study),
    )


def sections_of(study: Study) -> tuple[Section, ...]:
    if study.personas:
        return (ANSWER, SEGMENTS, COMPARE, TRUST, DATA, APPENDIX)
    return (ANSWER, CUSTOMERS, STRUCTURE, DATA, APPENDIX)


def month_label(period: str) -> str:
    """`October 2026` from `2026-10`."""
    year, month = period.split("-")
    return f"{MONTHS[int(month) - 1]} {year}"


def last_day(period: str) -> str:
    """`2026-10-31` from `2026-10`."""
    year, month = (int(part) for part in period.split("-"))
    return f"{period}-{calendar.monthrange(year, month)[1]:02d}"


def value_label(study: Study) -> str:
    """The value column's name inside a sentence: `spending score`."""
    name = study.facts.profile.value_column
    return label_in_sentence(study.facts.column(name)) if name else ""
