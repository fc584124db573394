"""Record of an action that was tried on half of a segment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of the test and the control group that the month before drew from one segment."""

    identity: int
    name: str
    """Of the segment, then."""
    outcome: str
    """Header name of the column that tells whether it worked."""
    n_test: int
    n_control: int
    """Customers drawn."""
    here_test: int
    here_control: int
    """Of them in this month's export, with a known outcome."""
    mean_test: float
    mean_control: float
    """Of the outcome, in its unit; 0 where nobody is here."""
    difference: float
    """Test less control."""
    low: float
    high: float
    """Its 95 % interval (Welch 1947)."""

    @property
    def is_beyond_chance(self) -> bool:
        return self.low > 0 or self.high < 0
