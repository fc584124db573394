"""The e-mail says the findings in plain text and HTML that every mail program shows, and is the same every time."""

from __future__ import annotations

import base64
import email
import re
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

import html5lib
import pytest
from studies import mall_like_facts
from told_studies import MALL_NAMES, THEME, TOLD, figure, figures, mall_told, png, shop_told, told

from reportgen.config import Settings, parse_settings
from reportgen.email_settings import EmailSettings
from reportgen.errors import ReportgenError
from reportgen.mail_headers import header_text, parse_address
from reportgen.records.study import Document, Study
from reportgen.render._mail_lint import HTML_LIMIT, MOST_ROWS, find_faults
from reportgen.render.email import TEXT_WIDTH, UnsendableMailError, render_email
from reportgen.render.view import build_report

SENT = EmailSettings(
    sender="Segments <segments@example.org>",
)
PDF = Document("report.pdf", b"%PDF-1.7 " + bytes(range(256)) * 40)


def render(study: Study, mail: EmailSettings = SENT, pdf: Document | None = PDF) -> tuple[str, str, bytes]:
    """(HTML, text, message)."""
    drawn = figures(study)
    settings = Settings(email=mail)
    report = build_report(study, drawn, settings, THEME)
    html, text, message, *_ = render_email(report, study, drawn, settings, pdf)
    assert (html.name, text.name, message.name) == ("email.html", "email.txt", "email.eml")
    return html.content.decode(), text.content.decode(), message.content


def parse(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def with_personas(n: int) -> Study:
    """The mall study with its last persona repeated until there are n."""
    study = told(mall_like_facts(), MALL_NAMES)
    last, profile = study.personas[-1], study.facts.profile.segments[-1]
    ids = range(len(study.personas) + 1, n + 1)
    profiles = (*study.facts.profile.segments, *(replace(profile, id=i) for i in ids))
    facts = replace(study.facts, profile=replace(study.facts.profile, segments=profiles))
    return replace(study, facts=facts, personas=(*study.personas, *(replace(last, segment=i) for i in ids)))


def with_persona(study: Study, **changes: object) -> Study:
    return replace(study, personas=(replace(study.personas[0], **changes), *study.personas[1:]))


# --- what it says --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TOLD)
def test_findings_are_in_both_texts(name: str) -> None:
    """Headline, segments with their sizes and actions, trust and limits stand in the HTML and in the plain text."""
    study = TOLD[name]()
    html, text, _ = render(study)
    shown = " ".join("".join(html5lib.parse(html).itertext()).split())
    plain = " ".join(text.split())
    said = [study.headline.text, study.answers["trust"].text, *study.limits]
    for persona, profile in zip(study.personas, study.facts.profile.segments, strict=True):
        said += [persona.name, persona.who.text, persona.do, f"{profile.n_customers:,}"]
    assert [part for part in said if part not in shown] == []
    assert [part for part in said if part not in plain] == []


def test_plain_text_is_not_escaped_and_fits_the_width() -> None:
    """The text part shows `<b>` and quotes as they are, in lines of at most 72 characters."""
    _, text, _ = render(shop_told())
    assert "Occasional <b>Shoppers</b>" in text
    assert not re.search(r"&(amp|lt|gt|#34|quot);", text)
    assert max(map(len, text.splitlines())) <= TEXT_WIDTH


def test_hostile_names_change_no_element() -> None:
    """Names with markup, quotes and template syntax give the same elements and attributes as harmless ones."""

    def skeleton(study: Study) -> list[tuple[str, list[str]]]:
        tree = html5lib.parse(render(study)[0], namespaceHTMLElements=False)
        return [(str(element.tag), sorted(element.keys())) for element in tree.iter()]

    harmless = told(shop_told().facts, ("A", "B", "C", "D"))
    hostile = told(shop_told().facts, ('"><script>alert(1)</script>', "' onload='x", "{{ 7*7 }}", "</td><img src=x>"))
    assert skeleton(hostile) == skeleton(harmless)


def test_a_segment_not_to_be_targeted_says_why() -> None:
    """The reason stands with its action."""
    study = mall_told()
    first, *rest = study.facts.profile.segments
    first = replace(first, trust=replace(first.trust, do_not_target=True, reason="it dissolves when drawn again"))
    facts = replace(study.facts, profile=replace(study.facts.profile, segments=(first, *rest)))
    html, text, _ = render(replace(study, facts=facts))
    assert "it dissolves when drawn again" in html
    assert "it dissolves when drawn again" in text


def test_small_segments_are_named_without_figures() -> None:
    """A segment of fewer than ten customers shows neither its size nor its share nor its means."""
    study = mall_told()
    small = replace(study.facts.profile.segments[-1], n_customers=7, share=0.0351)
    facts = replace(
        study.facts, profile=replace(study.facts.profile, segments=(*study.facts.profile.segments[:-1], small))
    )
    html, text, _ = render(replace(study, facts=facts))
    assert "under 10" in html
    assert "4%" not in text
    assert study.personas[-1].who.text not in html + text


def test_many_segments_are_cut_and_counted() -> None:
    """Twenty segments give a table of at most 15 rows and a line that counts the others."""
    html, text, _ = render(with_personas(20))
    assert "7 further segments in the report." in html
    assert "7 further segments in the report." in text
    assert not find_faults(html)


@pytest.mark.parametrize(
    ("pdf", "link", "said"),
    [
        (PDF, "", "It is attached: report-2026-10.pdf"),
        (None, "/share/reports", "It lies here: /share/reports"),
        (None, "", "It lies in the folder"),
    ],
)
def test_it_says_where_the_full_report_is(pdf: Document | None, link: str, said: str) -> None:
    """Attached, at the address of the settings, or in the run's folder: never nowhere."""
    html, text, _ = render(mall_told(), EmailSettings(report_link=link), pdf)
    assert said in html
    assert said in text


# --- the message ---------------------------------------------------------------------------------------------------


def test_message_has_its_parts_in_order() -> None:
    """Text first, then HTML with its pictures, then the PDF; the files are the parts, line ends aside."""
    html, text, content = render(mall_told())
    message = parse(content)
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "image/png", "image/png", "application/pdf"]
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain and rich
    assert plain.get_content().replace("\r\n", "\n") == text
    assert rich.get_content().replace("\r\n", "\n").rstrip() == html.rstrip()
    attached = next(message.iter_attachments())
    assert (attached.get_filename(), attached.get_content()) == ("report-2026-10.pdf", PDF.content)


def test_pictures_are_found_by_their_content_ids() -> None:
    """Every `cid:` of the HTML is a part with that id, sized at half its pixels, with the finding as alt text."""
    html, _, content = render(mall_told())
    parts = {part["Content-ID"].strip("<>"): part for part in parse(content).walk() if part["Content-ID"]}
    shown = [
        (element.get("src"), element.get("width"), element.get("height"), element.get("alt"))
        for element in html5lib.parse(html, namespaceHTMLElements=False).iter("img")
    ]
    findings = {one.name.replace("_", "-"): one.finding.text for one in figures(mall_told()) if hasattr(one, "finding")}
    assert shown == [(f"cid:{cid}", "560", "320", findings[cid]) for cid in parts]
    assert len(shown) == 2


def test_headers_say_what_a_program_sends() -> None:
    """Sender, recipients, subject with period and finding, list headers and the marks of an automatic message."""
    message = parse(render(mall_told())[2])
    assert message["Subject"].strip() == f"October 2026: {mall_told().headline.text}"
    assert "To" not in message
    assert message["From"] == "Segments <segments@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-ID"] == '"Customer segments" <customer-segments.example.org>'
    assert message["List-Unsubscribe"] == "<mailto:segments@example.org?subject=unsubscribe>"
    assert message["Date"] is None


def test_same_run_gives_the_same_bytes() -> None:
    """Rendering twice gives the same message; another sender or PDF gives another Message-ID."""
    first = render(mall_told())[2]
    assert render(mall_told())[2] == first
    others = [
        render(mall_told(), SENT.model_copy(update={"sender": "eve@example.org"}))[2],
        render(mall_told(), pdf=Document("report.pdf", b"%PDF-1.7 other"))[2],
    ]
    assert len({parse(content)["Message-ID"] for content in [first, *others]}) == 3


def test_message_passes_every_relay() -> None:
    """Seven-bit, CRLF line ends, no line over 998 characters (RFC 5321, 4.5.3.1.6)."""
    content = render(shop_told())[2]
    lines = content.split(b"\r\n")
    assert content.isascii()
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 998


def test_a_summary_goes_without_the_pdf_where_the_link_leads() -> None:
    """With a link there is a second message, whose text points at it and at no attachment; without one, none."""
    study, link = mall_told(), EmailSettings(report_link="/share/2026-10")
    report = build_report(study, figures(study), Settings(), THEME)
    *_, summary = render_email(report, study, figures(study), Settings(email=link), PDF)
    message = parse(summary.content)
    body = message.get_body(("plain",))
    assert summary.name == "email_summary.eml" and body
    assert list(message.iter_attachments()) == []
    assert "attached" not in body.get_content() and "/share/2026-10" in body.get_content()
    assert len(render_email(report, study, figures(study), Settings(), PDF)) == 3


def test_a_large_pdf_is_linked_and_not_attached() -> None:
    """Over the limit of the settings the message goes without it and says where it lies."""
    html, _, content = render(mall_told(), EmailSettings(max_attachment_mb=0.001, report_link="/share/2026-10"))
    assert list(parse(content).iter_attachments()) == []
    assert "It lies here: /share/2026-10" in html


def test_logo_travels_inside(tmp_path: Path) -> None:
    """The brand's logo is one more part of the message, shown 28 pixels high at most."""
    logo = tmp_path / "logo.png"
    logo.write_bytes(png(600, 120))
    study = mall_told()
    settings = Settings.model_validate({"brand": {"logo": str(logo), "name": "Harbour & Co"}})
    report = build_report(study, figures(study), settings, THEME)
    html, _, content = render_email(report, study, figures(study), settings, None)
    assert b'<img src="cid:logo" alt="Harbour &amp; Co" width="140" height="28"' in html.content
    assert base64.b64encode(png(600, 120))[:40] in content.content


# --- headers -------------------------------------------------------------------------------------------------------

VECTORS = [
    "x\r\nBcc: eve@example.org",
    "x\nBcc: eve@example.org",
    "x\rBcc: eve@example.org",
    "x\x0bBcc: e@x.y",
    "x\x0cBcc: e@x.y",
    "x\x1cBcc: e@x.y",
    "x\x1dBcc: e@x.y",
    "x\x1eBcc: e@x.y",
    "x\x85Bcc: e@x.y",
    "x\u2028Bcc: e@x.y",
    "x\u2029Bcc: e@x.y",
    "x\0y",
    "=?utf-8?q?a=0ABcc:_e@x.y?=",
    "=?utf-8?b?YQpCY2M6IGVAeC55?=",
    "=?utf-8?q?a=0D=0ABcc:_e@x.y?= =?utf-8?q?b?=",
    "a =?utf-8?q?=E2=80=A8Bcc:_e@x.y?= b",
    "=?=?utf-8?q?a=0ABcc:_e@x.y?=?=",
    "\u202egro.elpmaxe",
    "x" * 5000,
    "Bcc: e@x.y\r\n\r\n<html>",
]


@pytest.mark.parametrize("text", VECTORS)
def test_no_text_becomes_a_header(text: str) -> None:
    """A title or headline with line breaks or encoded words leaves the message with its own headers alone."""
    study = mall_told()
    hostile = replace(
        study,
        headline=replace(study.headline, text=text),
        facts=replace(study.facts, title=text),
        personas=study.personas,
    )
    message = parse(render(hostile)[2])
    assert set(message.keys()) == {
        *("From", "Subject", "Message-ID", "Auto-Submitted", "List-ID", "List-Unsubscribe"),
        *("MIME-Version", "Content-Type"),
    }
    assert len(message["Subject"].strip().splitlines()) == 1


def test_a_sign_at_a_fold_adds_no_space_to_the_subject() -> None:
    """A long subject reads back where a sign beyond ASCII opens a folded line."""
    text = (
        "Two segments; the 1,105 High-Income Frequent Store Buyers, 49% of customers, differ most: store purchases "
        "8.22 on average, against 5.79 for all."
    )
    study = mall_told()
    subject = parse(render(replace(study, headline=replace(study.headline, text=text)))[2])["Subject"]
    assert subject.endswith("…")
    assert "  " not in subject


@pytest.mark.parametrize("text", VECTORS)
def test_header_text_cannot_be_decoded(text: str) -> None:
    """What the scrubber lets through is one printable line without an encoded word."""
    clean = header_text(text, 80)
    assert clean.isprintable()
    assert len(clean) <= 90
    assert not re.search(r"=\?|\?=", clean)


@pytest.mark.parametrize(
    "text",
    [
        *("", "ann", "ann@", "@example.org", "ann@example.org, eve@example.org", "ann@example.org\nBcc: e@x.y"),
        *("=?utf-8?q?a=0ABcc:_e@x.y?= <a@example.org>", "a b@example.org", "ann@exa mple.org", "änn@example.org"),
        *("<ann@example.org", "ann@example.org>", f"{'a' * 300}@example.org", "ann@example.org\0", "a@-x-"),
    ],
)
def test_wrong_addresses_are_refused(text: str) -> None:
    """What is not one plain address is refused by name of the setting (RG-060, exit code 78)."""
    with pytest.raises(ReportgenError, match=r"email\.recipients") as refusal:
        parse_address(text, "email.recipients")
    assert refusal.value.exit_code == 78


def test_a_wrong_sender_is_refused_with_the_settings() -> None:
    """A sender that is no address is refused before a row is read."""
    with pytest.raises(ReportgenError, match=r"email\.sender is 'nobody': should be name@example\.org"):
        parse_settings({"email": {"sender": "nobody"}}, "reportgen.toml")


# --- the lint ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TOLD)
def test_mails_have_no_fault(name: str) -> None:
    """The messages of all studies pass the lint."""
    assert find_faults(render(TOLD[name]())[0]) == []


@pytest.mark.parametrize(
    "html",
    [
        "<svg></svg>",
        "<script>1</script>",
        "<form></form>",
        "<!--[if mso]><b>only for Outlook</b><![endif]-->",
        '<p style="word-spacing: 2px">x</p>',
        '<link rel="stylesheet" href="mailto:x">',
        '<img src="data:image/png;base64,AA" alt="a" width="1">',
        '<img src="https://example.org/a.png" alt="a" width="1">',
        '<img src="//example.org/a.png" alt="a" width="1">',
        '<img src="cid:a" width="1">',
        '<img src="cid:a" alt="" width="1">',
        '<img src="cid:a" alt="a">',
        '<img src="cid:a" alt="a" width="100%">',
        '<a href="https://example.org">a</a>',
        '<a href="javascript:alert(1)">a</a>',
        '<td background="cid:a"></td>',
        '<p onclick="x">a</p>',
        '<p style="display: flex">a</p>',
        '<p style="display:GRID">a</p>',
        '<p style="color: var(--ink)">a</p>',
        '<p style="background: linear-gradient(red, blue)">a</p>',
        '<p style="background: url(cid:a)">a</p>',
        '<p style="position: absolute">a</p>',
        '<p style="width: calc(100% - 2px)">a</p>',
        "<style>@font-face { font-family: x }</style>",
        "<style>@import 'x';</style>",
        f"<table>{'<tr><td>a</td></tr>' * (MOST_ROWS + 1)}</table>",
        "x" * (HTML_LIMIT + 1),
    ],
)
def test_lint_finds(html: str) -> None:
    """Each construct that mail programs drop, block or break is named."""
    assert find_faults(html)


def test_lint_passes_what_mail_programs_show() -> None:
    """Tables, inline styles, pictures by content id and mail addresses are no faults, nor are such words in a text."""
    html = (
        '<table width="600"><tr><td bgcolor="#FFFFFF" style="color: #123456; border: 1px solid #000">flex, var(--x)'
        '<img src="cid:map" alt="Five segments" width="560"><a href="mailto:a@example.org">a</a></td></tr></table>'
    )
    assert find_faults(html) == []


def test_a_mail_with_faults_is_not_written() -> None:
    """A message that the lint refuses is a fault of ours, never sent."""
    study = with_persona(mall_told(), color="red; background: url(x)")
    study = replace(study, limits=("long " * 100,) * 200)
    with pytest.raises(UnsendableMailError, match="bytes"):
        render(study)


def test_a_figure_without_a_picture_is_left_out() -> None:
    """Only figures drawn for the mail are placed."""
    study = mall_told()
    drawn = (figure(study, "segment_map"), figure(study, "profile_heat_map", mailed=True))
    report = build_report(study, drawn, Settings(), THEME)
    html, _, content = render_email(report, study, drawn, Settings(), None)
    assert re.findall(rb"cid:[a-z-]+", html.content) == [b"cid:profile-heat-map"]
    assert email.message_from_bytes(content.content, policy=SMTP).is_multipart()
