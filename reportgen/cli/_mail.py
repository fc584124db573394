"""What commands that send have in common: what is said of each message, and how the process ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportgen.cli._options import GivenPath
from reportgen.errors import ReportgenError, StageFailedError
from reportgen.records.mail import Message, State

if TYPE_CHECKING:
    from reportgen.config import Settings
    from reportgen.mail_plan import Wish
    from reportgen.records.study import RunResult

SHORTEST_WAIT_SECONDS = 1.0

wait_option = click.option(
    "--wait", "is_waiting", is_flag=True, help="Stay until nothing waits, trying again as often as the settings say."
)
run_argument = click.argument("run", type=GivenPath(), required=False)
config_option = click.option(
    "--config", type=GivenPath(dir_okay=False), help="Settings file; default: reportgen.toml here, if there is one."
)


def settings_here(config: Path | None) -> Settings:
    """The settings of the file given, or of reportgen.toml in the current folder. Raises ReportgenError."""
    from reportgen.config import load_settings

    here = Path("reportgen.toml")
    return load_settings(config or (here if here.is_file() else None))


def chosen_run(run: Path | None, out: Path) -> Path:
    """The run's directory, `out/latest` where none is given. Raises ReportgenError (RG-081, RG-094)."""
    from reportgen.deliver.publish import LATEST, LATEST_FILE
    from reportgen.mailing import read_files

    pointer = out / LATEST_FILE
    latest = out / (pointer.read_text(encoding="ascii").strip() if pointer.is_file() else LATEST)
    chosen = (run or latest).resolve()
    if not chosen.is_dir():
        raise ReportgenError("RG-081", f"{run or latest} is not a run.", "Name one, as in output/2026-10.")
    if not read_files(chosen):
        raise ReportgenError("RG-094", f"{chosen} holds no e-mail.", "Make it again with the format email.")
    return chosen


def now() -> datetime:
    return datetime.now(UTC)


def send_waiting(out: Path, settings: Settings) -> tuple[Message, ...]:
    """Sends what waits, a line for each message that was tried. Raises ReportgenError."""
    from reportgen.mailing import flush

    ended = flush(out, settings.email, now(), lambda _sentence: None)
    for message in ended:
        click.echo(message_as_text(message), err=True)
    return ended


def send_until_settled(out: Path, settings: Settings, ended: Sequence[Message]) -> tuple[Message, ...]:
    """Tries again whenever a message that waits is due, until none waits: servers put off what they do not know yet.

    It ends, for a message that has waited for some days is given up. Raises ReportgenError.
    """
    from reportgen.history.outbox import read_outbox

    latest = {message.message_id: message for message in ended}
    while True:
        with read_outbox(out) as outbox:
            waiting = [message.next_try or now() for message in outbox.messages(State.QUEUED)]
        if not waiting:
            return tuple(latest.values())
        time.sleep(max(SHORTEST_WAIT_SECONDS, (min(waiting) - now()).total_seconds()))
        latest |= {message.message_id: message for message in send_waiting(out, settings)}


def message_as_text(message: Message) -> str:
    waits = f", next try {message.next_try:%Y-%m-%d %H:%M} UTC" if message.next_try else ""
    said = f" ({message.answer})" if message.answer else ""
    return f"  {message.state}: {message.recipient}{said}{waits}"


def message_as_data(message: Message) -> dict[str, Any]:
    """What `--json` prints of a message."""
    times = {name: getattr(message, name) for name in ("queued", "next_try", "ended")}
    return {
        "message_id": message.message_id,
        "period": message.period,
        "revision": message.revision,
        "role": message.role.value,
        "channel": message.channel,
        "recipient": message.recipient,
        "subject": message.subject,
        "state": message.state.value,
        "phase": message.phase.value if message.phase else None,
        "n_tries": message.n_tries,
        "answer": message.answer or None,
        "letter_sha256": message.letter_sha256,
        **{name: time.isoformat() if time else None for name, time in times.items()},
    }


def refuse_unsettled(messages: Sequence[Message]) -> None:
    """Raises ReportgenError for the gravest that is not sent: RG-091 unknown, RG-093 refused, RG-092 waiting."""
    unknown, refused, waiting = (
        [message for message in messages if message.state is state]
        for state in (State.UNKNOWN, State.REFUSED, State.QUEUED)
    )
    if unknown:
        ids = ", ".join(message.message_id for message in unknown)
        raise ReportgenError(
            "RG-091",
            f"Whether {len(unknown)} of the messages were accepted is not known: {ids}.",
            "Ask the recipient, then: reportgen email resolve MESSAGE-ID --mark-sent (or --resend)",
        )
    if refused:
        people = ", ".join(message.recipient for message in refused)
        raise ReportgenError(
            "RG-093",
            f"Refused: {people}.",
            "The answers: reportgen email outbox. Send one again with: reportgen email resolve MESSAGE-ID --resend",
        )
    if waiting:
        raise ReportgenError(
            "RG-092",
            f"{len(waiting)} of the messages could not be sent yet.",
            "They are kept; send them with: reportgen email flush",
        )


@dataclass(slots=True)
class Mailed:
    """What became of the mail of several runs."""

    messages: list[Message] = field(default_factory=list)
    faults: list[ReportgenError] = field(default_factory=list)
    settings: Settings | None = None
    """Those of the month mailed last; None: none was."""

    def wait(self, out: Path) -> None:
        """Until nothing waits any more; never raises."""
        if self.settings is None:
            return
        try:
            self.messages = list(send_until_settled(out, self.settings, self.messages))
        except ReportgenError as fault:
            self.faults.append(fault)

    def refuse_unsettled(self, *, is_answered: bool) -> None:
        """Raises ReportgenError for the first thing that went wrong; every report is published by then.

        `is_answered`: the answer in JSON is printed, so that what went wrong is said on stderr alone, and SystemExit.
        """
        try:
            for fault in self.faults:
                raise fault
            refuse_unsettled(self.messages)
        except ReportgenError as fault:
            if not is_answered:
                raise
            click.echo(f"reportgen: {fault.sentence} [{fault.code}]\n  {fault.hint}", err=True)
            raise SystemExit(fault.exit_code) from None


class Post:
    """The mail of a `reportgen run`: nothing where it is not wanted."""

    def __init__(self, out: Path, settings: Settings, *, is_wanted: bool, is_again: bool) -> None:
        """Raises ReportgenError where the settings do not say how to send, before a row is read."""
        self._out, self._settings, self._is_again = out, settings, is_again
        self.is_wanted = is_wanted or is_again or settings.email.send
        if self.is_wanted:
            from reportgen.mail_plan import check_ways

            check_ways(settings)

    @property
    def wish(self) -> Wish | None:
        if not self.is_wanted:
            return None
        from reportgen.mail_plan import Wish

        return Wish(now(), self._is_again)

    @contextmanager
    def watching(self, period: str) -> Iterator[None]:
        """A run that fails inside is told to the operators; the fault goes on."""
        try:
            yield
        except (ReportgenError, StageFailedError) as fault:
            if self.is_wanted:
                self._tell(period, "not made", fault)
            raise

    def _tell(self, period: str, what: str, fault: Exception) -> None:
        from reportgen.mailing import tell_operators

        hint = [fault.hint] if isinstance(fault, ReportgenError) and fault.hint else []
        code = f" [{fault.code}]" if isinstance(fault, ReportgenError) else ""
        said = [f"The report for {period} was {what}, and nobody else gets an e-mail.", f"{fault}{code}", *hint]
        try:
            if tell_operators(self._out, self._settings.email, period, said, now()):
                send_waiting(self._out, self._settings)
        except ReportgenError as trouble:
            click.echo(f"note: The operators could not be told: {trouble.sentence}", err=True)

    def deliver(self, result: RunResult, say: Callable[[str, str], None], mailed: Mailed) -> None:
        """Sends what waits; never raises, so that the months behind this one are made too."""
        if not self.is_wanted:
            return
        if result.mail_fault:
            mailed.faults.append(result.mail_fault)
            self._tell(result.directory.name, "made but not mailed", result.mail_fault)
        try:
            ended = send_waiting(self._out, self._settings)
        except ReportgenError as fault:
            mailed.faults.append(fault)
            say("email", fault.sentence)
            return
        mailed.settings = self._settings
        mailed.messages.extend(ended)
        self._say_if_never_mailed(result)
        for message in ended:
            say("email", f"{message.state} {message.message_id} {message.answer}")

    def _say_if_never_mailed(self, result: RunResult) -> None:
        """A finished month is not mailed by a later run: it may have lain there for years."""
        from reportgen.history.outbox import read_outbox

        with read_outbox(self._out) as outbox:
            if result.is_repeat and not outbox.messages(period=result.directory.name):
                how = f"reportgen email send {result.directory}"
                click.echo(
                    f"note: {result.directory.name} was made before and never mailed; to mail it: {how}", err=True
                )
