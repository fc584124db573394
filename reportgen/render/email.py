"""Writes the e-mail: its HTML, its plain text, and the whole message ready to send."""

from __future__ import annotations

import re
from collections.abc import Sequence

from css_inline import CSSInliner

from reportgen.config import Settings
from reportgen.records.mail import SUMMARY, WHOLE
from reportgen.records.study import Document, Figure, Skipped, Study
from reportgen.render._mail_lint import find_faults
from reportgen.render._mail_message import make_message
from reportgen.render.environment import environment
from reportgen.render.view import Report
from reportgen.render.view_email import Mail, build_mail

TEXT_WIDTH = 72
"""Characters of a line: what every mail program shows without breaking it once more."""

MEGABYTE = 1_000_000

_BLANK_LINES = re.compile(r"\n{3,}")


class UnsendableMailError(RuntimeError):
    """The HTML holds what mail programs do not show."""


def render_email(
    report: Report,
    study: Study,
    figures: Sequence[Figure | Skipped],
    settings: Settings,
    pdf: Document | None,
) -> tuple[Document, ...]:
    """`email.html`, `email.txt` and `email.eml`, with the PDF attached if there is one and it is small enough.

    Where the settings say where the report lies, `email_summary.eml` is the same without the PDF. email.html is the
    message's HTML part: its pictures are other parts of the message and show in email.eml alone.
    Raises UnsendableMailError.
    """
    attached = pdf if pdf and len(pdf.content) <= settings.email.max_attachment_mb * MEGABYTE else None
    mail = build_mail(report, study, figures, settings.email, has_pdf=bool(attached))
    html, text, message = _written(mail, settings, attached)
    whole = (Document("email.html", html), Document("email.txt", text), Document(WHOLE, message))
    if not attached or not settings.email.report_link:
        return whole
    *_, short = _written(build_mail(report, study, figures, settings.email, has_pdf=False), settings, None)
    return (*whole, Document(SUMMARY, short))


def _written(mail: Mail, settings: Settings, pdf: Document | None) -> tuple[bytes, bytes, bytes]:
    """HTML, plain text and the whole message. Raises UnsendableMailError."""
    html, text = mail_html(mail), mail_text(mail)
    faults = find_faults(html)
    if faults:
        raise UnsendableMailError(f"the e-mail cannot be sent as it is: {'; '.join(faults)}")
    message = make_message(mail, html, text, settings.email, pdf)
    return html.encode("utf-8", "replace"), text.encode("utf-8", "replace"), message


def mail_html(mail: Mail) -> str:
    """The HTML part, styles inlined."""
    page = environment(mail.report.theme).get_template("email.html.j2").render(mail=mail, report=mail.report)
    return str(CSSInliner(load_remote_stylesheets=False).inline(page))


def mail_text(mail: Mail) -> str:
    """The plain-text part: nothing to escape, since nothing is markup."""
    plain = environment(mail.report.theme).overlay(autoescape=False)
    page = plain.get_template("email.txt.j2").render(mail=mail, report=mail.report, width=TEXT_WIDTH)
    return _BLANK_LINES.sub("\n\n", page).strip() + "\n"
