"""Says which engine worked through the rows, and why."""

from __future__ import annotations

from reportgen import wording
from reportgen.language import msgid, text
from reportgen.records.engine import FITS, NOT_TOLD, READS_ALONE, SET, TOO_LARGE, EngineChoice

NAMES = {"memory": msgid("in memory"), "duckdb": msgid("on DuckDB"), "spark": msgid("on Spark")}
REASONS = {
    SET: msgid("{engine}, as the settings say"),
    FITS: msgid("{engine}: the table takes about {size} there, no more than the {limit} set"),
    TOO_LARGE: msgid("{engine}: the table would take about {size} in memory, more than the {limit} set"),
    NOT_TOLD: msgid("{engine}: how much it takes there is not known before it is read"),
    READS_ALONE: msgid("{engine}, which alone reads this table"),
}
MIB_A_GIB = 1024


def engine_said(choice: EngineChoice) -> str:
    """One clause: `on DuckDB: the table would take about 2.4 GiB in memory, more than the 1 GiB set`."""
    return text(
        REASONS[choice.reason],
        engine=text(NAMES[choice.name]),
        size=size_said(choice.expected_mib or 0),
        limit=size_said(choice.memory_mib),
    )


def size_said(n_mib: int) -> str:
    """`12 MiB`, `2.4 GiB`."""
    if n_mib < MIB_A_GIB:
        return f"{wording.format_count(n_mib)} MiB"
    n_gib = n_mib / MIB_A_GIB
    return f"{wording.format_number(n_gib, 0 if n_gib.is_integer() else 1)} GiB"
