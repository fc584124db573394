"""The e-mail as plain values: the report's findings in the few lines that a mail holds."""

from __future__ import annotations

import base64
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen import wording
from reportgen.email_settings import EmailSettings
from reportgen.language import counted, msgid, text
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Claim, Figure, Persona, Skipped, Study
from reportgen.render.pieces import sentence
from reportgen.render.view import Report

MAIL_PICTURES = ("segment_map", "profile_heat_map", "segment_sizes")
"""The first two that were drawn go into the mail."""
MOST_PICTURES = 2
PICTURE_WIDTH = 560
"""Pixels: 600 less the margins. The PNG has twice as many, for sharp screens."""

MOST_SEGMENTS = 13
"""With the header and the line on further ones, 15 rows."""

LEAST_CUSTOMERS = 10
"""A mail travels further than a report: smaller segments are named without figures (small-cell rule)."""

LEAD, LEAD_WITHOUT_VALUE = ("segments", "everyone"), ("segments", "value", "everyone")
CHANGED = ("change", "alerts", "trials", "moves", "shares", "fates", "renewal")
"""The same from the second month on: the mail begins with what has changed."""
TRUST, TRUST_WITHOUT_SEGMENTS = ("trust", "structure", "customers"), ("trust", "customers")
"""Names in `Study.answers`, in the order in which they are read; nothing is said twice: value stands in the headline
where it is known, and without segments the structure test is the answer itself."""

LOGO_HEIGHT, LOGO_WIDTH = 28, 200
"""Pixels, at most."""

SUBJECT_LIMIT = 140
"""Characters; readers see about 60, which hold the period and the finding's start."""

PREHEADER_LIMIT = 140


@dataclass(frozen=True, slots=True)
class MailPicture:
    """A picture inside the message, found by its content id."""

    cid: str
    """`segment-map`."""
    content: bytes
    """PNG."""
    width: int
    """Pixels as shown."""
    height: int
    title: str
    subtitle: str
    alt: str


@dataclass(frozen=True, slots=True)
class MailSegment:
    """A segment's row and its action."""

    name: str
    color: str
    who: str
    n_customers: str
    share: str
    value_share: str
    """Empty where value is unknown."""
    do: str
    """Empty where nothing is to be done."""
    measure: str
    """What will show that it worked, or empty."""
    caution: str
    """Why the segment is not to be targeted, or empty."""


@dataclass(frozen=True, slots=True)
class Mail:
    """Everything that the message prints."""

    subject: str
    preheader: str
    """What a mailbox shows beside the subject."""
    report: Report
    lead: tuple[str, ...]
    segments: tuple[MailSegment, ...]
    n_further: str
    """`3 further segments are in the report.`, or empty."""
    pictures: tuple[MailPicture, ...]
    logo: MailPicture | None
    trust: tuple[str, ...]
    collect: str
    """What to collect next, where no segments were found."""
    attachment: str
    """File name of the attached PDF, or empty."""
    full_report: tuple[str, ...]
    """Where the full report is."""


def build_mail(
    report: Report, study: Study, figures: Sequence[Figure | Skipped], settings: EmailSettings, *, has_pdf: bool
) -> Mail:
    """The view of the message."""
    lead = (*_changed(study), *_said(study, LEAD if report.value_label else LEAD_WITHOUT_VALUE))
    profiles = {profile.id: profile for profile in study.facts.profile.segments}
    n_further = len(study.personas) - MOST_SEGMENTS
    return Mail(
        subject=wording.scrub(f"{report.period_label}: {report.headline}", SUBJECT_LIMIT),
        preheader=wording.scrub(" ".join(lead) or report.title, PREHEADER_LIMIT),
        report=report,
        lead=lead,
        segments=tuple(
            _segment(persona, profiles[persona.segment], study.facts.profile.untold)
            for persona in study.personas[:MOST_SEGMENTS]
        ),
        n_further=_further(n_further),
        pictures=_pictures(figures),
        logo=_logo(report),
        trust=_said(study, TRUST if study.personas else TRUST_WITHOUT_SEGMENTS),
        collect=sentence(study.remarks.get("collect", "")),
        attachment=attachment_name(report) if has_pdf else "",
        full_report=_full_report(report, sentence(settings.report_link), has_pdf=has_pdf),
    )


def _further(n: int) -> str:
    """That so many segments are left to the report; empty for none."""
    if n <= 0:
        return ""
    shown = wording.format_count(n)
    return counted("{n} further segment in the report.", "{n} further segments in the report.", n, n=shown)


def attachment_name(report: Report) -> str:
    return f"report-{report.period}.pdf"


def _full_report(report: Report, link: str, *, has_pdf: bool) -> tuple[str, ...]:
    template = msgid("It is attached: {name}, with the evidence and the method.")
    if report.has_segments:
        template = msgid("It is attached: {name}, with a page for each segment, the evidence and the method.")
    attached = text(template, name=attachment_name(report))
    lies = text("It also lies here: {link}" if has_pdf else "It lies here: {link}", link=link)
    said = (*([attached] if has_pdf else []), *([lies] if link else []))
    return said or (text("It lies in the folder of this month's run."),)


def _said(study: Study, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sentence(study.answers[name]) for name in names if name in study.answers)


def _changed(study: Study) -> tuple[str, ...]:
    """What has changed; nothing in the first month. A sentence on fewer than LEAST_CUSTOMERS stays in the report."""
    if study.facts.change is None:
        return ()
    spoken = {name: study.answers[name] for name in CHANGED if name in study.answers}
    return tuple(sentence(claim) for name, claim in spoken.items() if name in {"change", "alerts"} or is_large(claim))


def is_large(claim: Claim) -> bool:
    """Whether every number of customers in it may leave the house."""
    return all(quantity.value >= LEAST_CUSTOMERS for quantity in claim.quantities if quantity.unit == "customers")


def _segment(persona: Persona, profile: SegmentProfile, untold: Sequence[int]) -> MailSegment:
    if profile.n_customers < LEAST_CUSTOMERS or persona.segment in untold:
        is_few = profile.n_customers < LEAST_CUSTOMERS
        return MailSegment(
            name=wording.scrub(persona.name),
            color=persona.color,
            who="",
            n_customers=text("under {n}", n=LEAST_CUSTOMERS) if is_few else text("not told"),
            share="",
            value_share="",
            do="",
            measure="",
            caution="",
        )
    return MailSegment(
        name=wording.scrub(persona.name),
        color=persona.color,
        who=sentence(persona.who),
        n_customers=wording.format_count(profile.n_customers),
        share=wording.format_share(profile.share),
        value_share="" if profile.value_share is None else wording.format_share(profile.value_share),
        do=sentence(persona.do),
        measure=sentence(persona.actions[0].measure) if persona.actions else "",
        caution=sentence(persona.trust or profile.trust.reason) if profile.trust.do_not_target else "",
    )


def _pictures(figures: Sequence[Figure | Skipped]) -> tuple[MailPicture, ...]:
    drawn = {figure.name: figure for figure in figures if isinstance(figure, Figure) and figure.png}
    return tuple(_picture(drawn[name]) for name in MAIL_PICTURES if name in drawn)[:MOST_PICTURES]


def _picture(figure: Figure) -> MailPicture:
    width, height = png_size(figure.png)
    return MailPicture(
        cid=figure.name.replace("_", "-"),
        content=figure.png,
        width=PICTURE_WIDTH,
        height=round(PICTURE_WIDTH * height / width),
        title=sentence(figure.finding),
        subtitle=sentence(figure.subtitle),
        alt=sentence(figure.finding),
    )


def _logo(report: Report) -> MailPicture | None:
    if not report.logo:
        return None
    content = base64.b64decode(report.logo.partition(",")[2])
    width, height = png_size(content)
    scale = min(LOGO_HEIGHT / height, LOGO_WIDTH / width)
    name = report.brand or report.title
    return MailPicture("logo", content, round(width * scale), round(height * scale), name, "", name)


def png_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header of a PNG."""
    width, height = struct.unpack(">II", content[16:24])
    return width, height
