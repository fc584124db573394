"""Settles what has two readings: the user is asked, or the likelier reading is taken and said."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.config import InputSettings
from reportgen.errors import ReportgenError


@dataclass(slots=True)
class Doubts:
    """Collects the readings that were taken without being sure."""

    is_guessing: bool = False
    """Whether the likelier reading is taken; otherwise the run ends with the question."""
    fixes: list[str] = field(default_factory=list)
    """The readings taken, one sentence each."""

    def settle(self, question: ReportgenError, reading: str) -> None:
        """Goes on with the likelier `reading`, a sentence, if that is wanted. Raises the question if not."""
        if not self.is_guessing:
            raise question
        self.fixes.append(reading)


def doubts_of(settings: InputSettings) -> Doubts:
    return Doubts(settings.when_unsure == "guess")
