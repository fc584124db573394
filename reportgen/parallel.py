"""Worker processes that import drawing and printing libraries while the first process computes."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Generic, TypeVar

from reportgen.collection import loading
from reportgen.errors import ReportgenError
from reportgen.language import speaking, spoken

Result = TypeVar("Result")

START_METHOD = "fork" if sys.platform == "linux" else "spawn"
"""Forking before anything heavy is loaded costs milliseconds; where it is unsafe (macOS, Windows) spawn."""


class WorkerLostError(ReportgenError):
    """A worker process ended before it answered: killed, or out of memory; no fault of ours."""

    def __init__(self) -> None:
        super().__init__(
            "RG-074",
            "A process of this run was ended from outside: killed, or out of memory.",
            "Nothing was changed. Run again; where memory is short, leave the PDF out with --formats html.",
        )


@dataclass(frozen=True, slots=True)
class Late:
    """What a running function waits for."""

    value: Any


class Answer(Generic[Result]):
    """A result on its way from a worker; answers of one worker arrive in the order of the calls."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send(self, value: Any) -> None:
        """Hands a function of `call_waiting` what it waits for. Raises WorkerLostError."""
        send(self._connection, Late(value))

    def get(self) -> Result:
        """The result, waited for. Raises what the function raised, or WorkerLostError."""
        try:
            result, fault = self._connection.recv()
        except (EOFError, ConnectionError):
            raise WorkerLostError from None
        if fault is not None:
            raise fault
        return result  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Call:
    """A function to run."""

    language: str
    module: str
    function: str
    arguments: tuple[Any, ...]
    is_waiting: bool = False


def send(connection: Connection, message: Call | Late | tuple[str, ...]) -> None:
    """Raises WorkerLostError."""
    try:
        connection.send(message)
    except (BrokenPipeError, ConnectionError):
        raise WorkerLostError from None


class Worker:
    """One process that first imports what it needs, then runs what it is given."""

    def __init__(self, needs: Sequence[str], after: Worker | None = None) -> None:
        """`needs` is as for `load`; `after`: nothing is imported before that worker has imported its own.

        Two workers and the process that starts them are three: where there are two processors, the third would only
        keep the first from reading the export.
        """
        context = multiprocessing.get_context(START_METHOD)
        self._connection, theirs = context.Pipe()
        self._loaded, loading = context.Pipe(duplex=False)
        life = (theirs, tuple(needs), loading, after._loaded if after else None)
        self._process = context.Process(target=serve, args=life, daemon=True)  # type: ignore[attr-defined]
        with signals_held():
            self._process.start()
        theirs.close()
        loading.close()

    def call(self, module: str, function: str, *arguments: Any) -> Answer[Any]:
        """Runs the module's function there, on picklable arguments, in the language spoken here.

        It is given by name, so that this process need not import what only the worker needs.
        """
        return self._ask(Call(spoken().code, module, function, arguments))

    def call_waiting(self, module: str, function: str, *arguments: Any) -> Answer[Any]:
        """Like `call`; the last argument is a function that waits for what `Answer.send` will hand over.

        So work can begin before all it needs is there.
        """
        return self._ask(Call(spoken().code, module, function, arguments, is_waiting=True))

    def load(self, *needs: str) -> None:
        """Has modules imported there meanwhile, and the function called that a name gives after a colon."""
        send(self._connection, needs)

    def _ask(self, call: Call) -> Answer[Any]:
        send(self._connection, call)
        return Answer(self._connection)

    def end(self) -> None:
        """Stops the process, whatever it is doing."""
        self._connection.close()
        self._loaded.close()
        self._process.kill()
        self._process.join()


def serve(connection: Connection, needs: Sequence[str], loading: Connection, before: Connection | None) -> None:
    """The worker's life: import, then answer calls until the other end closes.

    `loading` is closed when all is imported; `before` is the other end of that of the worker whose turn is first.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    release_signals()
    threading.Thread(target=end_with_parent, daemon=True).start()
    if before:
        wait([before])
    load(needs)
    loading.close()
    while True:
        try:
            message = connection.recv()
        except EOFError:
            return
        match message:
            case Call():
                connection.send(answer(message, lambda: connection.recv().value))
            case Late():
                pass  # the function that it was for has failed
            case more:
                load(more)


def answer(call: Call, receive: Callable[[], Any]) -> tuple[Any, Exception | None]:
    """(result, None), or (None, what the function raised)."""
    arguments = (*call.arguments, receive) if call.is_waiting else call.arguments
    try:
        with speaking(call.language):
            return getattr(importlib.import_module(call.module), call.function)(*arguments), None
    except Exception as fault:  # noqa: BLE001 - handed to the caller, who raises it
        fault.add_note(f"In a worker process:\n{traceback.format_exc()}")
        return None, fault


STOPS = frozenset({signal.SIGINT, signal.SIGTERM})


@contextmanager
def signals_held() -> Iterator[None]:
    """Lets a stop wait until the fork is over: what a handler raises among the callbacks of a fork is lost.

    The child begins with the signals held, so that none reaches it before `serve` has said what they do.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows does not fork
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def release_signals() -> None:
    """Takes the signals again that were held when this process began."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)


def load(needs: Sequence[str]) -> None:
    with loading():
        for need in needs:
            module, _, function = need.partition(":")
            imported = importlib.import_module(module)
            if function:
                getattr(imported, function)()


def end_with_parent() -> None:
    """Ends this process when the one that started it is gone, killed too: a closed pipe alone would not tell.

    A forked worker holds copies of its own and its siblings' pipes open, so that it never reads their end.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


ARTIST = ("reportgen.charts.stage:get_ready", "reportgen.segment.stage")
PRINTER = ("reportgen.render.libraries:import_weasyprint", "reportgen.render.pdf:get_ready")
"""What each helper of a run imports while the first process still reads and computes."""
FOR_GAPS = ("reportgen.charts.stage", "missingno")
"""What the printer also imports where cells are missing, to draw that one picture: the second brings SciPy and seaborn,
as long as the rest together."""


class Crew:
    """The two helpers of a run: one searches segments and draws, one prints the PDF."""

    def __init__(self) -> None:
        self.artist = Worker(ARTIST)
        self.printer = Worker(PRINTER, after=self.artist)
        self.workers = (self.artist, self.printer)

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.artist.end()
        self.printer.end()
