"""A month is mailed when it is new or wished for, never because a file was lost or a list was changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from history_months import month_of
from mail_months import NOW
from told_studies import THEME, figures, mall_told

from reportgen import mail_plan
from reportgen.config import Settings
from reportgen.email_settings import EmailSettings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.errors import ReportgenError
from reportgen.history.outbox import read_outbox
from reportgen.history.store import open_history
from reportgen.mail_plan import Wish, addresses_of, check_ways, plan_mail
from reportgen.mailing import decide, flush
from reportgen.months import digest_of
from reportgen.records.mail import SUMMARY, WHOLE, Role, State
from reportgen.records.places import HISTORY_FILE
from reportgen.records.study import Check, Document, Study
from reportgen.records.table import CleanTable
from reportgen.render.email import render_email
from reportgen.render.view import build_report

PERIOD = "2026-10"
AUDIENCES = {"management": ["ann@example.org", "bob@example.org"], "operators": ["ops@example.org"]}
SHARE = EmailSettings.model_validate({"channels": ["folder", "smtp"], "folder": "/no/such", "audiences": AUDIENCES})
SETTINGS = Settings(email=SHARE)


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    study = mall_told()
    report = build_report(study, figures(study), Settings(), THEME)
    return render_email(report, study, figures(study), Settings(), Document("report.pdf", b"%PDF-1.7"))


@dataclass(frozen=True)
class Made:
    """A report without customers: its claims are not what these tests are about."""

    study: Study
    table: CleanTable


def made() -> Made:
    return Made(mall_told(), None)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def claims_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_plan, "check_made", lambda *_made: (Check("headline", ok=True, sentence="holds"),))


def plan(out: Path, documents: tuple[Document, ...], *, is_again: bool = False) -> tuple[str, ReportgenError | None]:
    with open_history(out) as history:
        return plan_mail(Wish(NOW, is_again), documents, out, history, made(), SETTINGS, InMemoryEngine())


def publish(out: Path, documents: tuple[Document, ...]) -> None:
    (out / PERIOD).mkdir(exist_ok=True)
    for document in documents:
        (out / PERIOD / document.name).write_bytes(document.content)


def remember(out: Path) -> None:
    with open_history(out) as history:
        history.remember(month_of(PERIOD))


def states(out: Path) -> list[State]:
    with read_outbox(out) as outbox:
        return [message.state for message in outbox.messages()]


def settle(out: Path) -> list[State]:
    """What a flush makes of it, with no way to send."""
    settings = EmailSettings.model_validate(
        {"server": "127.0.0.1", "port": 1, "security": "none", "folder": "/no/such"}
    )
    flush(out, settings, NOW, lambda _said: None)
    return states(out)


def test_a_new_month_waits_until_it_is_published(documents: tuple[Document, ...], tmp_path: Path) -> None:
    """Planned before, queued after: a run that is stopped between the two mails no report that nobody can open."""
    assert plan(tmp_path, documents) == ("", None)
    assert settle(tmp_path) == [State.PLANNED] * 3
    publish(tmp_path, documents)
    assert settle(tmp_path) == [State.QUEUED] * 3


def test_a_run_that_was_stopped_is_mailed_by_the_next(documents: tuple[Document, ...], tmp_path: Path) -> None:
    """Published but not yet in the history: the plan of before stands, and nothing is doubled."""
    plan(tmp_path, documents)
    publish(tmp_path, documents)
    assert plan(tmp_path, documents) == ("", None)
    assert settle(tmp_path) == [State.QUEUED] * 3


def test_another_report_replaces_a_plan(documents: tuple[Document, ...], tmp_path: Path) -> None:
    """What was planned for a report that never appeared is forgotten."""
    plan(tmp_path, documents)
    other = tuple(replace(one, content=one.content.replace(b"October", b"Oktober")) for one in documents)
    plan(tmp_path, other)
    publish(tmp_path, other)
    assert settle(tmp_path) == [State.QUEUED] * 3


def test_a_month_made_before_is_not_mailed_unasked(documents: tuple[Document, ...], tmp_path: Path) -> None:
    """A new revision, say after an update of reportgen, is said and not mailed; with --resend it is."""
    remember(tmp_path)
    said, fault = plan(tmp_path, documents)
    assert "add --resend" in said and fault is None and states(tmp_path) == []
    assert plan(tmp_path, documents, is_again=True) == ("", None)
    assert states(tmp_path) == [State.PLANNED] * 3


def test_a_lost_history_doubles_nothing(documents: tuple[Document, ...], tmp_path: Path) -> None:
    """The month lies there and nobody knows whether it was mailed: unknown, until a person decides."""
    publish(tmp_path, documents)
    said, fault = plan(tmp_path, documents)
    assert "resolve" in said and fault is None
    assert settle(tmp_path) == [State.UNKNOWN] * 3
    with read_outbox(tmp_path) as outbox:
        first = outbox.messages()[0].message_id
    decide(tmp_path, f"<{first}>", was_sent=False, now=NOW)
    with pytest.raises(ReportgenError, match="nothing to decide"):
        decide(tmp_path, first, was_sent=True, now=NOW)
    with pytest.raises(ReportgenError, match="has no message"):
        decide(tmp_path, "other@example.org", was_sent=True, now=NOW)


def test_a_message_with_a_fault_is_not_sent(documents: tuple[Document, ...], tmp_path: Path) -> None:
    """RG-096, nothing in the outbox; the report is made all the same."""
    bad = tuple(replace(one, content=one.content.replace(b'alt=3D"', b'alx=3D"')) for one in documents)
    said, fault = plan(tmp_path, bad)
    assert fault and fault.code == "RG-096" and "picture without alt text" in said
    assert states(tmp_path) == []


def test_a_claim_that_does_not_hold_stops_the_mail(
    documents: tuple[Document, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One number that does not come out again: RG-096 names the claim, and nothing is queued."""
    false = Check("segment.1.size", ok=False, sentence="'39' is 39 in the run and 38 when computed again")
    monkeypatch.setattr(mail_plan, "check_made", lambda *_made: (false,))
    said, fault = plan(tmp_path, documents)
    assert fault and fault.code == "RG-096" and "segment.1.size" in said
    assert states(tmp_path) == []


def test_an_outbox_that_cannot_be_used_sends_nothing(documents: tuple[Document, ...], tmp_path: Path) -> None:
    """RG-095: without a place to write it down nothing is handed over."""
    with open_history(tmp_path) as history:
        (tmp_path / HISTORY_FILE).write_bytes(b"no database")
        _, fault = plan_mail(Wish(NOW), documents, tmp_path, history, made(), SETTINGS, InMemoryEngine())
    assert fault and fault.code == "RG-095"


def test_each_person_gets_one_message() -> None:
    """Analysts first, whoever stands twice gets the fuller one; places after their own kind."""
    audiences = {"management": ["A <a@x.org>", "b@x.org"], "analysts": ["a@x.org"]}
    both = EmailSettings.model_validate({"audiences": audiences, "recipients": ["B@x.org", "c@x.org"]})
    found = addresses_of(both, {WHOLE: b"", SUMMARY: b""})
    assert [(one.role, one.recipient, one.file) for one in found] == [
        (Role.ANALYST, "a@x.org", WHOLE),
        (Role.MANAGEMENT, "b@x.org", SUMMARY),
        (Role.MANAGEMENT, "c@x.org", SUMMARY),
    ]


def test_a_list_without_anybody_is_refused() -> None:
    """RG-090 names the setting; so does a run that makes no e-mail."""
    with pytest.raises(ReportgenError, match="nobody"):
        addresses_of(EmailSettings(), {WHOLE: b""})
    with pytest.raises(ReportgenError, match="not made"):
        check_ways(Settings.model_validate({"report": {"formats": ["pdf"]}}))


def test_a_new_colleague_makes_no_new_revision() -> None:
    """Who gets the mail, and by what way, plays no part in the digest of the settings; what stands in it does."""
    assert digest_of(SETTINGS) == digest_of(Settings())
    assert digest_of(Settings(email=EmailSettings(report_link="/x"))) != digest_of(Settings())


def test_other_settings_keep_the_list() -> None:
    """A flag of the command line loses nothing that is left out of the manifest."""
    changed = SETTINGS.with_overrides("segments", k=5).with_value(("email", "retry", "days"), 3)
    assert changed.email.audiences == SHARE.audiences
    assert (changed.email.retry.days, changed.segments.k) == (3, 5)
