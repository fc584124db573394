"""A mail server made of a raw socket that fails where it is told to, and remembers what it has really accepted."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import struct
import threading
from dataclasses import dataclass

DROP, SILENCE, GARBAGE = b"drop", b"silence", b"\x16\x03\x01 what is this"
MESSAGE_ID = re.compile(rb"(?im)^Message-ID: <([^>]+)>")
BODY_LINES = 400
"""Lines after which a server that drops in the middle of the body is gone."""
SLOW_SECONDS = 0.4


@dataclass(frozen=True)
class Fault:
    """At which word of the client the server does something else, and what."""

    at: str
    reply: bytes
    accepts: bool = False
    """Whether it has the message by then."""
    only: str = ""
    """For this recipient alone."""


FAULTS = {
    "drop connect": Fault("banner", DROP),
    "silent banner": Fault("banner", SILENCE),
    "banner 421": Fault("banner", b"421 busy"),
    "banner 554": Fault("banner", b"554 no mail here"),
    "banner garbage": Fault("banner", GARBAGE),
    "drop ehlo": Fault("EHLO", DROP),
    "mail 451": Fault("MAIL", b"451 later"),
    "mail 550": Fault("MAIL", b"550 not you"),
    "mail drop": Fault("MAIL", DROP),
    "rcpt 550 all": Fault("RCPT", b"550 nobody"),
    "rcpt 550 second": Fault("RCPT", b"550 nobody", only="bob@"),
    "rcpt 452 second": Fault("RCPT", b"452 too many", only="bob@"),
    "rcpt 421": Fault("RCPT", b"421 closing"),
    "rcpt slow": Fault("RCPT", b"slow"),
    "data 451": Fault("DATA", b"451 later"),
    "data 554": Fault("DATA", b"554 never"),
    "drop mid body": Fault("body", DROP),
    "dot 452": Fault("dot", b"452 disk full"),
    "dot 554": Fault("dot", b"554 spam"),
    "dot 421": Fault("dot", b"421 closing"),
    "dot drop before accept": Fault("dot", DROP),
    "dot drop after accept": Fault("dot", DROP, accepts=True),
    "dot silence after accept": Fault("dot", SILENCE, accepts=True),
    "dot garbage after accept": Fault("dot", GARBAGE, accepts=True),
    "drop after 250": Fault("after", DROP),
    "quit drop": Fault("QUIT", DROP),
    "quit 500": Fault("QUIT", b"500 what"),
    "size exceeded": Fault("size", b""),
}


class GoneError(Exception):
    """The server is to hang up."""


class FaultServer:
    """Listens on this machine while in a `with`; `accepted` holds the Message-IDs of what it took, in order."""

    def __init__(
        self, fault: str = "", tls: ssl.SSLContext | None = None, *, starttls: bytes = b"220 go ahead"
    ) -> None:
        """`starttls`: the reply to STARTTLS; empty: it is not offered."""
        self.fault: Fault | None = FAULTS[fault] if fault else None
        self.accepted: list[str] = []
        self.contents: list[bytes] = []
        self.ways = b"PLAIN"
        """In which a client may sign in."""
        self.lines: list[str] = []
        self.words: list[str] = []
        """Every command that it was given."""
        self._tls, self._starttls = tls, starttls if tls or starttls[:1] != b"2" else b""
        self._stopped = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen)]

    def __enter__(self) -> FaultServer:
        self._threads[0].start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._stopped.set()
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port)).close()
        for thread in self._threads:
            thread.join()
        self._socket.close()

    def _listen(self) -> None:
        while not self._stopped.is_set():
            client, _ = self._socket.accept()
            if self._stopped.is_set():
                client.close()
                return
            thread = threading.Thread(target=self._serve, args=(client,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, client: socket.socket) -> None:
        session = _Session(self, client)
        try:
            session.run()
        except (GoneError, OSError):
            pass
        finally:
            session.hang_up()

    @property
    def stopped(self) -> threading.Event:
        return self._stopped


class _Session:
    def __init__(self, server: FaultServer, client: socket.socket) -> None:
        self.server, self.client = server, client
        self.reader = client.makefile("rb")

    def hang_up(self) -> None:
        with contextlib.suppress(OSError):
            self.reader.close()
            self.client.close()

    def run(self) -> None:
        self.answer("banner", b"220 ready")
        while line := self.reader.readline():
            word = line[:4].decode("latin-1").upper()
            self.server.words.append(word)
            self.server.lines.append(line.decode("latin-1"))
            if word == "EHLO":
                self.greet()
            elif word == "STAR":
                self.encrypt()
            elif word == "AUTH":
                self.answer("AUTH", b"235 in")
            elif word == "DATA":
                self.take()
            elif word == "QUIT":
                self.answer("QUIT", b"221 bye")
                raise GoneError
            else:
                self.answer(word, b"250 fine", line.decode("latin-1"))

    def greet(self) -> None:
        size = b"100" if self.server.fault and self.server.fault.at == "size" else b"50000000"
        offers = [b"250-here", b"250-AUTH " + self.server.ways]
        if self.server._starttls and not isinstance(self.client, ssl.SSLSocket):
            offers.append(b"250-STARTTLS")
        self.answer("EHLO", b"\r\n".join([*offers, b"250 SIZE " + size]))

    def encrypt(self) -> None:
        self.say(self.server._starttls or b"502 no")
        if self.server._starttls[:1] == b"2" and self.server._tls:
            self.reader.close()
            self.client = self.server._tls.wrap_socket(self.client, server_side=True)
            self.reader = self.client.makefile("rb")

    def take(self) -> None:
        if not self.answer("DATA", b"354 go"):
            return
        lines: list[bytes] = []
        while (line := self.reader.readline()) != b".\r\n":
            if not line:
                raise GoneError
            lines.append(line)
            if len(lines) == BODY_LINES:
                self.answer("body", b"")
        fault = self.server.fault
        if not fault or fault.at in {"after", "QUIT", "RCPT"} or fault.accepts:
            self.accept(b"".join(lines))
        self.answer("dot", b"250 taken")
        self.answer("after", b"")

    def accept(self, content: bytes) -> None:
        found = MESSAGE_ID.search(content)
        assert found
        self.server.accepted.append(found[1].decode())
        self.server.contents.append(content)

    def answer(self, at: str, usual: bytes, line: str = "") -> bool:
        """Whether the usual answer was given."""
        fault = self.server.fault
        if not fault or fault.at != at or fault.only not in line:
            self.say(usual)
            return True
        if fault.reply == DROP:
            reset = struct.pack("ii", 1, 0)
            self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
            raise GoneError
        if fault.reply == SILENCE:
            self.client.settimeout(None)
            self.reader.read()
            raise GoneError
        if fault.reply == b"slow":
            self.server.stopped.wait(SLOW_SECONDS)
            self.say(usual)
            return True
        self.say(fault.reply)
        if fault.reply[:3] in {b"421", b"554"} and at == "banner":
            raise GoneError
        return False

    def say(self, line: bytes) -> None:
        if line:
            self.client.sendall(line + b"\r\n")
