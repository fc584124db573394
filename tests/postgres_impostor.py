"""A server on loopback that speaks just enough of PostgreSQL's protocol to refuse, to fall silent, or to hang up."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator

SSL_REQUEST, GSS_REQUEST = 80877103, 80877104
LOGIN_OK = b"R" + struct.pack(">II", 8, 0) + b"Z" + struct.pack(">I", 5) + b"I"


def message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack(">I", len(body) + 4) + body


def refusal(code: str, text: str) -> bytes:
    """An ErrorResponse with that SQLSTATE."""
    return message(
        b"E", b"".join(f"{key}{value}\0".encode() for key, value in (("S", "FATAL"), ("C", code), ("M", text))) + b"\0"
    )


@contextlib.contextmanager
def impostor(answer: bytes | None, then: bytes = b"") -> Iterator[str]:
    """A database URL. The start-up is answered by `answer` (None: never), the first query by `then`, and it ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=talk, args=(connection,), daemon=True).start()

    def talk(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            while True:
                (size,) = struct.unpack(">I", connection.recv(4))
                (kind,) = struct.unpack(">I", connection.recv(size - 4)[:4])
                if kind not in (SSL_REQUEST, GSS_REQUEST):
                    break
                connection.sendall(b"N")
            if answer is None:
                over.wait(60)
                return
            connection.sendall(answer)
            if answer == LOGIN_OK and connection.recv(65536):
                connection.sendall(then)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"postgresql://reporter:canary-7f3a@127.0.0.1:{listener.getsockname()[1]}/shop"
    finally:
        over.set()
        listener.close()
