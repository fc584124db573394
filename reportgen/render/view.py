"""The whole report as plain values, in the order of its pages; templates only place what stands here."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import reportgen
from reportgen import wording
from reportgen.language import msgid, spoken, text
from reportgen.records.study import Figure, Skipped, Study
from reportgen.render.logo import load_logo
from reportgen.render.pieces import Cell, Pair, Picture, Said, label_in_sentence, sentence
from reportgen.render.places import other_pictures, other_sentences, pictures_in, said_in
from reportgen.render.typeface import load_typeface
from reportgen.render.view_answer import KeyFigure, key_figures
from reportgen.render.view_appendix import AppendixView, appendix_view
from reportgen.render.view_changed import ChangedView, changed_view
from reportgen.render.view_compare import CompareView, compare_view
from reportgen.render.view_data import DataView, data_view
from reportgen.render.view_rival import RivalView, rival_view
from reportgen.render.view_segments import SegmentView, segment_views
from reportgen.render.view_trust import TrustView, trust_view
from reportgen.resources import find_resource
from reportgen.theme import Theme
from reportgen.wording import month_label

if TYPE_CHECKING:
    from reportgen.config import Settings

TITLES = {
    "answer": msgid("The answer"),
    "segments": msgid("The segments"),
    "compare": msgid("Side by side"),
    "changed": msgid("What changed"),
    "trust": msgid("How far to trust this"),
    "data": msgid("The data"),
    "appendix": msgid("Appendix"),
}
TITLES_WITHOUT_SEGMENTS = {
    "answer": msgid("The answer"),
    "segments": msgid("The customers"),
    "changed": msgid("What changed"),
    "trust": msgid("Why there are no segments"),
    "data": msgid("The data"),
    "appendix": msgid("Appendix"),
}
"""Anchor → title, in order; each section has a template of its anchor's name. In the first month nothing changed."""

LONG = frozenset({"compare", "data"})
"""Sections that say in a quiet month what they said the month before."""

MORE = "more"
"""Folder of sections that a house adds: one file each, its title in the comment that opens it."""

OF_CATEGORIES = "category_split"
"""How the pictures of categories are named, one each."""

FIRST_RUN = msgid("This is the first report on these customers: it is the baseline that the next one is compared with.")


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report."""

    anchor: str
    title: str
    said: Said
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that any page, screen or mail prints."""

    language: str
    """Code of the language of the texts: `en`."""
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
    typeface: str
    """`data:` address of the brand's font for headings, or empty."""
    paper: str
    """`A4` or `Letter`."""
    pdf_variant: str
    """As in the settings."""
    version: str
    theme: Theme
    has_segments: bool
    n_customers: str
    abreast: int
    """Segments in a line of the cover's key."""
    headline: str
    summary: tuple[str, ...]
    """The answer in a few sentences."""
    key_figures: tuple[KeyFigure, ...]
    value_label: str
    """`spending score`, or empty where value is unknown."""
    segments: tuple[SegmentView, ...]
    """By segment id; empty where no structure was found."""
    change: str
    """What changed since the last report, in a sentence or two."""
    changed: ChangedView | None
    """The same in full; None in the first month."""
    collect: str
    """What to collect next; empty with segments."""
    limits: tuple[str, ...]
    """What this data cannot say."""
    sections: tuple[Section, ...]
    is_short: bool
    """Nothing moved beyond noise, and the settings do not ask for every page."""
    gallery: tuple[Picture, ...]
    """Pictures of segments that their pages of paper cannot carry: reportgen.render.paper moves them here."""
    names: tuple[Pair, ...]
    """Segment → why its name is true; those without a word to prove are left out."""
    compare: CompareView
    trust: TrustView
    rival: RivalView | None
    """What the runner-up would change; None without one."""
    data: DataView
    appendix: AppendixView

    @property
    def has_long_words(self) -> bool:
        """Whether a segment's name holds a word that would push a table's other columns off the paper."""
        return any(Cell(segment.name).breaks for segment in self.segments)

    @property
    def are_levels_drawn(self) -> bool:
        """Whether every category has its picture, which says what a table of levels would."""
        drawn = [one for section in self.sections for one in section.pictures if one.name.startswith(OF_CATEGORIES)]
        return len(drawn) >= len({row[0].text for row in self.data.levels.rows})


def build_report(study: Study, figures: Sequence[Figure | Skipped], settings: Settings, theme: Theme) -> Report:
    """The view of a study. Raises ReportgenError (RG-060) if the brand's logo or font cannot be used."""
    drawn = [figure for figure in figures if isinstance(figure, Figure)]
    facts, brand = study.facts, settings.brand
    title, imprint = sentence(facts.title), (brand.name, facts.title, brand.footer)
    return Report(
        language=spoken().code,
        title=title,
        period=facts.period,
        period_label=month_label(facts.period),
        dated=last_day(facts.period),
        brand=sentence(brand.name),
        footer=sentence(brand.footer),
        imprint=" · ".join(sentence(part) for part in imprint if part),
        logo=load_logo(brand.logo),
        typeface=load_typeface(brand.font),
        paper=settings.report.paper,
        pdf_variant=settings.report.pdf_variant,
        version=reportgen.__version__,
        theme=theme,
        has_segments=bool(study.personas),
        n_customers=wording.format_count(facts.n_customers),
        abreast=abreast(len(study.personas)),
        headline=sentence(study.headline),
        summary=tuple(pair.text for pair in said_in(study, "answer").more),
        key_figures=key_figures(study),
        value_label=value_label(study),
        segments=segment_views(study, drawn),
        change=sentence(study.answers.get("change", text(FIRST_RUN))),
        changed=changed_view(study),
        collect=sentence(study.remarks.get("collect", "")),
        limits=tuple(sentence(limit) for limit in study.limits),
        is_short=is_short(study, settings),
        sections=tuple(sections_of(study, drawn, is_short=is_short(study, settings))),
        gallery=(),
        names=proofs_of(study),
        compare=compare_view(study),
        trust=trust_view(study),
        rival=rival_view(study),
        data=data_view(study),
        appendix=appendix_view(study, [one for one in figures if isinstance(one, Skipped)], settings),
    )


def all_pictures(report: Report) -> tuple[Picture, ...]:
    """Every picture that some output places, once."""
    of_sections = (one for section in report.sections for one in section.pictures)
    of_segments = (one for segment in report.segments for one in segment.pictures)
    return (*of_sections, *of_segments, *report.gallery)


def titles_of(study: Study) -> Iterator[tuple[str, str]]:
    """(anchor, title) of every section, in order: those of `templates/sections/more` stand before the evidence."""
    for anchor, title in (TITLES if study.personas else TITLES_WITHOUT_SEGMENTS).items():
        if anchor == "trust":
            for file in sorted((find_resource("templates") / "sections" / MORE).glob("*.html.j2")):
                opening = file.read_text(encoding="utf-8").partition("#}")[0]
                yield f"{MORE}/{file.name.removesuffix('.html.j2')}", opening.removeprefix("{#").strip()
        yield anchor, title


def proofs_of(study: Study) -> tuple[Pair, ...]:
    """Each name with what proves it."""
    return tuple(Pair(sentence(one.name), sentence(one.proof)) for one in study.personas if one.proof)


def is_short(study: Study, settings: Settings) -> bool:
    """Whether what the report of the month before said in full need not be said again."""
    change = study.facts.change
    return settings.report.length == "auto" and change is not None and change.is_quiet


def sections_of(study: Study, drawn: Sequence[Figure], *, is_short: bool = False) -> Iterator[Section]:
    """The sections in order; a short report leaves out LONG ones, and the pictures of the evidence."""
    facts = study.facts
    # Nothing shapes or describes segments that are not there.
    shaping = facts.features.reason if facts.profile.segments else ""
    reasons = {"segments": shaping, "trust": facts.evidence.reason}
    for anchor, title in titles_of(study):
        if (anchor == "changed" and facts.change is None) or (anchor in LONG and is_short):
            continue
        if anchor.startswith(MORE):
            yield Section(anchor, text(title), Said("", ()), ())
        elif anchor == "appendix":
            yield Section(anchor, text(title), Said("", other_sentences(study)), other_pictures(drawn))
        else:
            said = said_in(study, anchor, reasons.get(anchor, ""))
            pictures = () if is_short and anchor == "trust" else pictures_in(study, drawn, anchor)
            yield Section(anchor, text(title), said, pictures)


def abreast(n_segments: int) -> int:
    """How many segments stand in a line of the cover: two to five, then two lines of the same length, or more."""
    return max(2, n_segments) if n_segments <= 5 else min(6, (n_segments + 1) // 2)


def last_day(period: str) -> str:
    """`2026-10-31` from `2026-10`."""
    year, month = (int(part) for part in period.split("-"))
    return f"{period}-{calendar.monthrange(year, month)[1]:02d}"


def value_label(study: Study) -> str:
    """The value column's name inside a sentence: `spending score`."""
    name = study.facts.profile.value_column
    return label_in_sentence(study.facts.column(name)) if name else ""
