"""Hands a message to the system's own mail program, which queues it and tries again by itself."""

from __future__ import annotations

import os
import shutil
import subprocess

from reportgen.deliver.channels.base import Channel, Journal, later, nowhere, refused, sent, unknown
from reportgen.email_settings import EmailSettings
from reportgen.errors import TEMPORARY, ReportgenError
from reportgen.records.mail import Outcome, Parcel, Phase


def check(settings: EmailSettings) -> None:
    if shutil.which(settings.sendmail) is None:
        raise ReportgenError(
            "RG-090",
            f"There is no program {settings.sendmail}.",
            "Install a mail program, name its path as sendmail under [email], or choose another channel.",
        )


def deliver(parcel: Parcel, settings: EmailSettings, journal: Journal) -> None:
    """From the first byte on the program may take what it has for the whole message, so that is the hand-over."""
    journal.begin(Phase.CONNECT)
    command = [settings.sendmail, "-i", "-f", parcel.sender, "--", parcel.recipient]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("REPORTGEN_")}
    try:
        program = subprocess.Popen(  # noqa: S603 - the program of the settings, addresses that were parsed
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=inherited
        )
    except OSError as fault:
        journal.end(later(f"{settings.sendmail} does not start: {fault.strerror}"))
        return
    with program:
        journal.begin(Phase.HANDOVER)
        try:
            said, _ = program.communicate(parcel.content.replace(b"\r\n", b"\n"), timeout=settings.retry.accept_seconds)
        except subprocess.TimeoutExpired:
            program.kill()
            journal.end(unknown("the program did not end in time"))
        else:
            journal.end(_outcome(program.returncode, said.decode("utf-8", "replace")))


def _outcome(code: int, said: str) -> Outcome:
    """By the exit codes of sysexits.h; a program that was killed has perhaps done its work."""
    if code == 0:
        return sent(said)
    if code < 0:
        return unknown(f"the program was ended by signal {-code}")
    return later(f"exit code {code}: {said}") if code == TEMPORARY else refused(f"exit code {code}: {said}")


CHANNEL = Channel(reaches_people=True, place=nowhere, check=check, deliver=deliver)
