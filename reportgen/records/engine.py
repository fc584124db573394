"""Record of the engine that worked through the rows, and why that one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

NAMES = ("memory", "duckdb", "spark")
SET, FITS, TOO_LARGE, NOT_TOLD, READS_ALONE = REASONS = "set", "fits", "too large", "not told", "reads alone"


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """Which engine, and the figures that decided."""

    name: str = "memory"
    """`memory`, `duckdb` or `spark`."""
    reason: str = NOT_TOLD
    """`set`: by the settings; `fits` or `too large` for memory; `not told`: the size is not known before reading;
    `reads alone`: no other engine reads this table."""
    expected_mib: int | None = None
    """MiB that the table would take in memory; None: not known, or not asked."""
    memory_mib: int = 1024
    """MiB that it may take."""


IN_MEMORY = EngineChoice()


def read_choice(content: Any) -> EngineChoice | None:
    """The choice that `asdict` turned into this; None if it is none."""
    if not isinstance(content, dict) or content.keys() != asdict(IN_MEMORY).keys():
        return None
    choice = EngineChoice(**content)
    is_known = choice.name in NAMES and choice.reason in REASONS
    are_numbers = isinstance(choice.memory_mib, int) and isinstance(choice.expected_mib, int | None)
    return choice if is_known and are_numbers else None
