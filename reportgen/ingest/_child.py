"""Runs a parser of bytes that nobody vouches for in a process of its own, with limits on memory, time and files.

Compiled parsers may end the whole process, which no exception handler can catch: 1,449 bytes of .xlsx are enough. A
child that dies is a refusal in one sentence; the parent's memory grows by the answer alone. A child whose parent is
killed ends with it.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from reportgen.errors import ReportgenError
from reportgen.wording import format_count

MEMORY = 2 << 30
"""Bytes of address space: a million rows of twenty cells fit, and two such children in 8 GiB."""
LAST_SECONDS = 1
"""From the signal that says that the time is over to the one that says nothing."""
SECONDS, SECONDS_A_MIB = 3, 2.0
"""Processor time, and more for each MiB of the source: honest workbooks take half of it, on a slow machine."""
PATIENCE = 10
"""Wall-clock time in multiples of processor time: on a busy machine a child waits for its turn."""
FILE_BYTES = 1 << 30
"""Of each file that a child writes which may write any."""
OPEN_FILES = 64
_PR_SET_PDEATHSIG = 1
"""Of <linux/prctl.h>: which signal a process gets when its parent dies."""
_ENVIRONMENT = {"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Arrow's own memory pool reserves address space by the GiB, and each BLAS thread its share."""
_HINT = "Save the table of customers alone, as CSV."


def run_in_child(parser: str, data: bytes, *arguments: str) -> bytes:
    """What `module:function` of reportgen makes of the bytes and the arguments, computed under limits.

    The function takes (bytes, *str) and returns bytes. Raises the ReportgenError that it raises, and RG-031 if its
    process dies, takes more than MEMORY, or longer than the size of `data` explains.
    """
    seconds = _seconds_for(len(data))
    with _child(parser, seconds, 0, arguments, subprocess.PIPE) as child:
        return _payload_of(child, data, seconds)


def run_on_file(parser: str, handle: int, *arguments: str, meanwhile: Callable[[], object]) -> bytes:
    """The same for an open file, which the function finds as its standard input, and with leave to write files.

    `meanwhile`: what this process does while the child works; it must leave the handle's position alone.
    """
    seconds = _seconds_for(os.fstat(handle).st_size)
    with _child(parser, seconds, FILE_BYTES, arguments, handle) as child:
        meanwhile()
        return _payload_of(child, None, seconds)


def _seconds_for(n_bytes: int) -> int:
    return SECONDS + int(SECONDS_A_MIB * n_bytes / 2**20)


@contextmanager
def _child(
    parser: str, seconds: int, file_bytes: int, arguments: Sequence[str], stdin: int
) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-P", "-m", "reportgen.ingest._child", str(os.getpid()), parser, str(seconds)]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [*command, str(file_bytes), *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **_ENVIRONMENT},
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def _payload_of(child: subprocess.Popen[bytes], data: bytes | None, seconds: int) -> bytes:
    try:
        answer, _ = child.communicate(data, timeout=PATIENCE * seconds)
    except subprocess.TimeoutExpired:
        raise _over(f"reading it takes longer than {format_count(PATIENCE * seconds)} seconds") from None
    if child.returncode == -getattr(signal, "SIGXCPU", 0):
        raise _over(f"reading it takes longer than {format_count(seconds)} seconds of processor time")
    head, found, payload = answer.partition(b"\n")
    del answer
    if child.returncode != 0 or not found:
        raise _over(f"reading it takes more than {format_count(MEMORY >> 20)} MiB of memory or crashes the parser")
    if head:
        code, sentence, hint = json.loads(head)
        raise ReportgenError(code, sentence, hint)
    return payload


def _over(what: str) -> ReportgenError:
    return ReportgenError("RG-031", f"{what}: it is damaged, or made to do harm.", _HINT)


def _serve(parent: str, parser: str, seconds: int, file_bytes: int, arguments: list[str]) -> None:
    """The child's life: limits first, then the parser, then an empty line and its answer, or a fault as JSON."""
    _end_with(int(parent))
    _limit(seconds, file_bytes)
    data = b"" if file_bytes else sys.stdin.buffer.read()
    module, _, function = parser.partition(":")
    head, payload = b"", b""
    try:
        payload = getattr(importlib.import_module(module), function)(data, *arguments)
    except ReportgenError as fault:
        head = json.dumps([fault.code, fault.sentence, fault.hint]).encode()
    except MemoryError:
        sys.exit(1)
    sys.stdout.buffer.write(head + b"\n")
    sys.stdout.buffer.write(payload)
    sys.stdout.buffer.flush()


def _end_with(parent: int) -> None:
    """Ends this process when its parent ends, however that ends; only Linux can."""
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)  # it ended before the kernel was asked


def _limit(seconds: int, file_bytes: int) -> None:
    """Limits this process; where the system has no such limits (Windows), only the parent's clock holds."""
    try:
        import resource
    except ImportError:
        return
    limits = (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    )
    for kind, wanted in limits:
        _, most = resource.getrlimit(kind)
        limit = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        last = limit + LAST_SECONDS if kind == resource.RLIMIT_CPU and most == resource.RLIM_INFINITY else limit
        resource.setrlimit(kind, (limit, last))


if __name__ == "__main__":
    _serve(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5:])
