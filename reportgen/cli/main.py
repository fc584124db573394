"""The `reportgen` command: finds the subcommand, turns every fault into one sentence and an exit code."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from typing import NoReturn, TextIO

import click

from reportgen import __version__
from reportgen.cli._lazy import LazyGroup
from reportgen.cli._stopping import ignore_signals, stopped_with, watch_signals
from reportgen.errors import IO, SOFTWARE, ReportgenError, StageFailedError

COMMANDS = {
    "run": "Turn a customer export into the report, the e-mail and the segment list.",
    "demo": "Do the same on the bundled sample data.",
    "inspect": "Show what reportgen sees in an export; write nothing.",
    "init": "Write a commented reportgen.toml for an export.",
    "verify": "Recompute every claim of a finished run from its source.",
    "history": "List the months that are remembered.",
    "compare": "Show what has changed between two remembered months.",
    "email": "Look at the e-mail of a run, send it, settle what did not go through.",
    "schedule": "Print what makes this machine run every month by itself.",
    "doctor": "Check this machine: what is missing and the command that mends it.",
    "completion": "Print the shell completion script.",
}
"""One module of this folder each; the line is what `reportgen --help` shows without importing it."""

EPILOG = """\b
Examples:
  reportgen demo
  reportgen run customers.csv --period 2026-10
  reportgen inspect customers.xlsx
  reportgen verify output/2026-10

Exit codes and error codes are listed in the README's reference."""


STOPPED = "Stopped. What was published before is as it was, or replaced whole."


@click.command(cls=LazyGroup, lines=COMMANDS, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reportgen")
def cli() -> None:
    """From a customer export to a segmentation report that proves every sentence."""


def console() -> NoReturn:
    """The command: ends the process at once, for taking its libraries down one by one costs a fifth of a second."""
    try:
        main()
    except SystemExit as left:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                if stream is not None:
                    stream.flush()
        os._exit(left.code if isinstance(left.code, int) else int(left.code is not None))


def main() -> NoReturn:
    """Runs the command line; the only place that ends the process."""
    prepare_process()
    try:
        status = cli.main(standalone_mode=False)
        click.echo(nl=False)  # flushes, so that a full disk behind stdout is said and not met at exit
    except BaseException as fault:
        if code := stopped_with(fault):
            leave(code, STOPPED)
        leave_with(fault)
        raise
    leave(status if isinstance(status, int) else 0)


def leave_with(fault: BaseException) -> None:
    """Says the fault and ends the process; returns for one that nobody foresaw."""
    if isinstance(fault, ReportgenError):
        leave(fault.exit_code, fault.sentence, fault.hint, code=fault.code)
    if isinstance(fault, StageFailedError):
        hint = "This is a fault of reportgen. Run again with REPORTGEN_DEBUG=1 for the details."
        leave(SOFTWARE, str(fault), hint, cause=fault)
    if isinstance(fault, click.ClickException):
        fault.show()
        leave(fault.exit_code, fault.format_message(), is_said=True)
    if isinstance(fault, OSError):
        leave_unheard(fault)


def prepare_process() -> None:
    """One thread a library, termination as an exception, and streams that take any file's name."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    watch_signals()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def leave(
    exit_code: int,
    sentence: str = "",
    hint: str = "",
    *,
    code: str = "",
    cause: BaseException | None = None,
    is_said: bool = False,
) -> NoReturn:
    """Says what happened on stderr, and with --json on stdout too, and ends the process."""
    ignore_signals()
    if cause is not None and os.environ.get("REPORTGEN_DEBUG"):
        raise cause
    if sentence and wants_json():
        say(error_as_json(exit_code, sentence, hint, code), sys.stdout)
    if sentence and not is_said:
        say(f"reportgen: {sentence}{f' [{code}]' if code else ''}", sys.stderr)
    if hint:
        say(f"  {hint}", sys.stderr)
    sys.exit(exit_code)


def leave_unheard(fault: OSError) -> NoReturn:
    """Ends the process where stdout takes no more: well if the reader has what it wanted, with 74 if a disk is full."""
    sys.stdout = None
    if isinstance(fault, BrokenPipeError):
        leave(0)
    leave(IO, f"The answer cannot be printed: {fault.strerror}.")


def say(text: str, stream: TextIO) -> None:
    """A line on that stream, if somebody still reads it."""
    with contextlib.suppress(OSError):
        click.echo(text, file=stream)


def wants_json() -> bool:
    """Whether the command line asks for JSON, also where the rest of it is wrong."""
    arguments = sys.argv[1:]
    return "--json" in (arguments[: arguments.index("--")] if "--" in arguments else arguments)


def error_as_json(exit_code: int, sentence: str, hint: str, code: str) -> str:
    """`{"error": {"code", "sentence", "hint", "exit_code"}}`; no code, no hint: null."""
    error = {"code": code or None, "sentence": sentence, "hint": hint or None, "exit_code": exit_code}
    return json.dumps({"error": error}, indent=2)
