"""A process that is killed while it sends doubles nothing and loses nothing: what cannot be known is said."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from fault_server import FaultServer
from mail_months import NOW, local, queue, some_letter, states

from reportgen.mailing import flush
from reportgen.records.mail import State

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills")
LONGEST_SECONDS = 0.15
"""Long enough for some of the ten messages, short enough that the first is often not yet sent."""
PEOPLE = tuple(f"person{number}@example.org" for number in range(10))

SEND = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from mail_months import NOW, local
from reportgen.mailing import flush
settings = local(int(sys.argv[3]))
sys.stdin.readline()
print("ready", flush=True)
flush(Path(sys.argv[1]), settings, NOW, lambda said: None)
"""


def kill_while_sending(out: Path, port: int, seconds: float) -> None:
    command = [sys.executable, "-c", SEND, str(out), str(Path(__file__).parents[1]), str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as sender:
        assert sender.stdin and sender.stdout
        sender.stdin.write(b"begin\n")
        sender.stdin.flush()
        assert sender.stdout.readline() == b"ready\n"
        try:
            sender.wait(seconds)
        except subprocess.TimeoutExpired:
            sender.kill()


@pytest.mark.parametrize("n_kills", [5, pytest.param(50, marks=pytest.mark.slow)])
def test_a_killed_sender_doubles_nothing(n_kills: int, tmp_path: Path) -> None:
    """After each kill the next start finishes: each message accepted once at most, at most one of them unknown."""
    draw, n_unfinished, n_unknown = random.Random(n_kills), 0, 0
    for kill in range(n_kills):
        out = tmp_path / str(kill)
        out.mkdir()
        with FaultServer() as server:
            queue(out, some_letter(str(kill)), PEOPLE)
            kill_while_sending(out, server.port, draw.uniform(0, LONGEST_SECONDS))
            n_unfinished += len(server.accepted) < len(PEOPLE)
            flush(out, local(server.port), NOW, lambda _said: None)
        ended = states(out)
        assert [one for one, n in Counter(server.accepted).items() if n > 1] == []
        assert set(ended.values()) <= {State.SENT, State.UNKNOWN}
        assert {one for one, state in ended.items() if state is State.SENT} <= set(server.accepted)
        assert sum(state is State.UNKNOWN for state in ended.values()) <= 1
        n_unknown += State.UNKNOWN in ended.values()
    assert n_unfinished > n_kills // 2
    print(f"{n_kills} kills, {n_unfinished} before the end, {n_unknown} messages unknown")  # noqa: T201 - a figure
