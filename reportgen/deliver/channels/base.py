"""The contract of a channel, and the registry of all.

A channel tells its journal each phase before it begins it, and the outcome once. From HANDOVER on the other side may
have the message: whoever stops there leaves it unknown. A channel whose work can be done twice without harm has no
HANDOVER.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from reportgen.email_settings import EmailSettings
from reportgen.records.mail import Outcome, Parcel, Phase, State
from reportgen.registry import Registry
from reportgen.wording import scrub

ANSWER_LIMIT = 200
"""Characters of an answer that are kept: servers write what they like."""


class Journal(Protocol):
    """Where a channel says what it does; both wait for the disk and raise if it does not take it."""

    def begin(self, phase: Phase) -> None:
        """This comes next."""

    def end(self, outcome: Outcome) -> None:
        """So it ended; said once."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One way out."""

    reaches_people: bool
    """Whether it takes a message for each person; else one for each run."""
    place: Callable[[EmailSettings], str]
    """What stands for the recipient of a channel that reaches no person."""
    check: Callable[[EmailSettings], None]
    """Raises ReportgenError (RG-063, RG-090, RG-097) for settings with which nothing can be sent; asks nobody."""
    deliver: Callable[[Parcel, EmailSettings, Journal], None]
    """Hands the parcel over. Raises ReportgenError where no message can go out before a person has mended something."""


CHANNELS: Registry[Channel] = Registry("reportgen.deliver.channels", "CHANNEL")


def sent(answer: str = "") -> Outcome:
    return Outcome(State.SENT, scrub(answer, ANSWER_LIMIT))


def refused(answer: str) -> Outcome:
    return Outcome(State.REFUSED, scrub(answer, ANSWER_LIMIT))


def later(answer: str) -> Outcome:
    return Outcome(State.QUEUED, scrub(answer, ANSWER_LIMIT))


def unknown(answer: str) -> Outcome:
    return Outcome(State.UNKNOWN, scrub(answer, ANSWER_LIMIT))


def nowhere(_settings: EmailSettings) -> str:
    """The place of a channel that reaches people."""
    return ""
