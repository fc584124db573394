"""The outbox keeps each message's state on the disk, and tells after a stop what can be known."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reportgen.errors import ReportgenError
from reportgen.history.outbox import Outbox, open_outbox, read_outbox
from reportgen.history.store import open_history
from reportgen.records.mail import Letter, Message, Outcome, Phase, Role, State
from reportgen.records.places import HISTORY_FILE

NOW = datetime(2026, 11, 1, 6, tzinfo=UTC)
LETTER = Letter("l" * 64, b"Subject: x\r\n\r\nbody\r\n")
ANN = Message("1@example.org", "2026-10", 1, Role.MANAGEMENT, "smtp", "ann@example.org", "x", LETTER.sha256, NOW, NOW)


def one(outbox: Outbox) -> Message:
    (message,) = outbox.messages()
    return message


def test_what_is_added_reads_back(tmp_path: Path) -> None:
    """Every field, after the file was closed; the same id again adds nothing."""
    with open_outbox(tmp_path) as outbox:
        assert outbox.add([LETTER], [ANN]) == 1
        assert outbox.add([LETTER], [replace(ANN, subject="other")]) == 0
    with read_outbox(tmp_path) as outbox:
        assert (one(outbox), outbox.letter(LETTER.sha256)) == (ANN, LETTER)


@pytest.mark.parametrize("phase", Phase)
def test_a_stop_in_the_middle_is_told_apart(phase: Phase, tmp_path: Path) -> None:
    """Before the hand-over the message is queued again; from it on it is unknown."""
    with open_outbox(tmp_path) as outbox:
        outbox.add([LETTER], [ANN])
        outbox.begin(ANN.message_id, phase)
    with open_outbox(tmp_path) as outbox:
        outbox.recover()
        assert one(outbox).state is (State.UNKNOWN if phase is Phase.HANDOVER else State.QUEUED)


def test_a_final_message_is_never_begun_again(tmp_path: Path) -> None:
    """Sent, refused and unknown messages refuse to be sent; the refused one waits for a person."""
    for number, state in enumerate((State.SENT, State.REFUSED, State.UNKNOWN)):
        out = tmp_path / str(number)
        out.mkdir()
        with open_outbox(out) as outbox:
            outbox.add([LETTER], [ANN])
            outbox.begin(ANN.message_id, Phase.HANDOVER)
            outbox.end(ANN.message_id, Outcome(state, "said"), NOW)
            with pytest.raises(ReportgenError, match="changed by another"):
                outbox.begin(ANN.message_id, Phase.CONNECT)
            assert one(outbox).state is state


def test_letters_go_with_their_last_message(tmp_path: Path) -> None:
    """A sent message leaves no text behind; one that is unknown keeps it, for a person may ask to send it again."""
    with open_outbox(tmp_path) as outbox:
        outbox.add([LETTER], [ANN, replace(ANN, message_id="2@example.org")])
        for message_id, state in ((ANN.message_id, State.SENT), ("2@example.org", State.UNKNOWN)):
            outbox.begin(message_id, Phase.HANDOVER)
            outbox.end(message_id, Outcome(state, ""), NOW)
        assert outbox.letter(LETTER.sha256) == LETTER
        outbox.decide("2@example.org", was_sent=True, now=NOW)
        with pytest.raises(ReportgenError, match="lost the text"):
            outbox.letter(LETTER.sha256)


def test_a_person_may_send_again(tmp_path: Path) -> None:
    """The same id and date, queued anew; a message that was sent cannot be decided."""
    with open_outbox(tmp_path) as outbox:
        outbox.add([LETTER], [ANN])
        outbox.begin(ANN.message_id, Phase.HANDOVER)
        outbox.end(ANN.message_id, Outcome(State.UNKNOWN, ""), NOW)
        outbox.decide(ANN.message_id, was_sent=False, now=NOW + timedelta(days=9))
        again = one(outbox)
        assert (again.state, again.queued, again.waits_since) == (State.QUEUED, NOW, NOW + timedelta(days=9))
        with pytest.raises(ReportgenError):
            outbox.decide(ANN.message_id, was_sent=True, now=NOW)


def test_waiting_ends_after_some_days(tmp_path: Path) -> None:
    """What was queued too long is refused and says why; what is younger waits on."""
    with open_outbox(tmp_path) as outbox:
        young = replace(ANN, message_id="2@example.org", waits_since=NOW + timedelta(days=3))
        outbox.add([LETTER], [ANN, young])
        assert outbox.give_up(NOW + timedelta(days=1), NOW, "given up") == [ANN.message_id]
        assert [message.state for message in outbox.messages()] == [State.REFUSED, State.QUEUED]


def test_history_and_outbox_share_the_file(tmp_path: Path) -> None:
    """A history made first gets the outbox's tables; one made by the outbox is a history without trouble."""
    with open_outbox(tmp_path) as outbox:
        outbox.add([LETTER], [ANN])
    with open_history(tmp_path) as history:
        assert not history.trouble and history.can_remember


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(84)])
def test_a_damaged_file_sends_nothing(content: bytes, tmp_path: Path) -> None:
    """It is refused by code and left as it is."""
    (tmp_path / HISTORY_FILE).write_bytes(content)
    with pytest.raises(ReportgenError) as refusal:
        open_outbox(tmp_path)
    assert refusal.value.code == "RG-095"
    assert (tmp_path / HISTORY_FILE).read_bytes() == content


def test_writes_reach_the_disk(tmp_path: Path) -> None:
    """Every step waits for the disk (synchronous = FULL), and another reader sees it at once."""
    with open_outbox(tmp_path) as outbox:
        assert outbox._open().execute("PRAGMA synchronous").fetchone() == (2,)
        outbox.add([LETTER], [ANN])
        outbox.begin(ANN.message_id, Phase.HANDOVER)
        with closing(sqlite3.connect(tmp_path / HISTORY_FILE)) as other:
            assert other.execute("SELECT state, phase FROM message").fetchall() == [("sending", "hand over")]
