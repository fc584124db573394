"""Whatever a mail server does, no message is accepted twice, none is called sent that was not, none is left open."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from fault_server import FAULTS, FaultServer
from mail_months import NOW, PEOPLE, local, queue, some_letter, states

from reportgen.mailing import flush
from reportgen.records.mail import State

LATER = {"drop connect", "silent banner", "banner 421", "banner garbage", "drop ehlo", "mail 451", "mail drop"} | {
    *("rcpt 421", "data 451", "drop mid body", "dot 452", "dot 421"),
}
REFUSED = {"banner 554", "mail 550", "rcpt 550 all", "data 554", "dot 554", "size exceeded"}
UNKNOWN = {
    *("dot drop before accept", "dot drop after accept", "dot silence after accept", "dot garbage after accept"),
}
SENT = {"rcpt slow", "drop after 250", "quit drop", "quit 500"}
SECOND = {"rcpt 550 second": State.REFUSED, "rcpt 452 second": State.QUEUED}
STARTS, HALF_HOUR = 3, timedelta(minutes=31)
FINAL = {State.SENT, State.REFUSED, State.UNKNOWN}


LONG = 200_000
"""Lines past what sockets hold between them: a server that is gone is met before the dot, not after it."""


def expected(fault: str) -> list[State]:
    """After the first start, for the two recipients."""
    groups = {State.QUEUED: LATER, State.REFUSED: REFUSED, State.UNKNOWN: UNKNOWN, State.SENT: SENT}
    if fault in SECOND:
        return [State.SENT, SECOND[fault]]
    return [state for state, group in groups.items() if fault in group] * 2


def start(out: Path, server: FaultServer, number: int) -> None:
    flush(out, local(server.port), NOW + number * HALF_HOUR, lambda _said: None)


def check(out: Path, server: FaultServer) -> None:
    """The three promises."""
    assert [one for one, n in Counter(server.accepted).items() if n > 1] == []
    assert {one for one, state in states(out).items() if state is State.SENT} <= set(server.accepted)
    assert {one for one, state in states(out).items() if state not in {State.SENT, State.UNKNOWN}}.isdisjoint(
        server.accepted
    )


def give_up(out: Path, server: FaultServer) -> None:
    """Days later nothing is left open."""
    flush(out, local(server.port), NOW + timedelta(days=6), lambda _said: None)
    assert set(states(out).values()) <= FINAL


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_what_it_is(fault: str, tmp_path: Path) -> None:
    """Temporary faults wait, final ones are refused, those after the dot are unknown, those after 250 are nothing."""
    with FaultServer(fault) as server:
        queued = queue(tmp_path, some_letter(n_lines=LONG) if fault == "drop mid body" else some_letter())
        start(tmp_path, server, 0)
        assert [states(tmp_path)[message.message_id] for message in queued] == expected(fault)
        check(tmp_path, server)
        server.fault = None
        start(tmp_path, server, 1)
        check(tmp_path, server)
        assert State.QUEUED not in states(tmp_path).values()


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_lasting_fault_ends(fault: str, tmp_path: Path) -> None:
    """Three starts against the same fault, then days of it."""
    with FaultServer(fault) as server:
        queue(tmp_path, some_letter())
        for number in range(STARTS):
            start(tmp_path, server, number)
            check(tmp_path, server)
        give_up(tmp_path, server)
        check(tmp_path, server)


def test_a_healthy_server_gets_each_once(tmp_path: Path) -> None:
    """Ten starts send nothing more; the bytes arrive as they were, dots too, each with its own To."""
    letter = some_letter()
    with FaultServer() as server:
        for number in range(10):
            queue(tmp_path, letter)
            start(tmp_path, server, number)
        assert len(server.accepted) == len(PEOPLE)
        for one, content in zip(PEOPLE, server.contents, strict=True):
            assert f"To: {one}\r\n".encode() in content
        bodies = [content.partition(b"\r\n\r\n")[2].replace(b"\r\n..", b"\r\n.") for content in server.contents]
        assert [body.removeprefix(b".") for body in bodies] == [letter.content.partition(b"\r\n\r\n")[2]] * 2


def test_a_message_that_waits_is_not_tried_too_soon(tmp_path: Path) -> None:
    """Half an hour lies between two tries, whoever starts the sending."""
    with FaultServer("mail 451") as server:
        queue(tmp_path, some_letter())
        start(tmp_path, server, 0)
        n_before = len(server.words)
        flush(tmp_path, local(server.port), NOW + timedelta(minutes=29), lambda _said: None)
        assert len(server.words) == n_before
        start(tmp_path, server, 1)
        assert len(server.words) > n_before


def test_a_full_disk_stops_before_the_dot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the hand-over cannot be written down, it does not happen."""
    from reportgen.errors import ReportgenError
    from reportgen.history.outbox import Outbox
    from reportgen.records.mail import Phase

    def refuse(outbox: Outbox, message_id: str, phase: Phase) -> None:
        if phase is Phase.HANDOVER:
            raise ReportgenError("RG-095", "full")
        begin(outbox, message_id, phase)

    begin = Outbox.begin
    monkeypatch.setattr(Outbox, "begin", refuse)
    with FaultServer() as server:
        queue(tmp_path, some_letter())
        with pytest.raises(ReportgenError, match="full"):
            start(tmp_path, server, 0)
        monkeypatch.undo()
        assert server.accepted == []
        start(tmp_path, server, 1)
        check(tmp_path, server)
        assert set(states(tmp_path).values()) == {State.SENT}
