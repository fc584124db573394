"""What readers are told where it is about few customers: counts left open, values of single records left out."""

from __future__ import annotations

from dataclasses import replace

from reportgen.language import msgid, text
from reportgen.records.profile import Profile
from reportgen.records.segments import KScore
from reportgen.records.table import CleaningNote
from reportgen.small_cells import is_small, rounded

UNTOLD = "·"
"""In the place of a number of few customers, or of one that would give such away; a dash: something is not known."""

IMPUTATION = "imputation"
"""The step whose notes tell how many cells were missing, and no value of a record."""
IN_THE_LOG = msgid("see cleaning_log.csv")
"""In the place of a value that stands in the records of few customers; the log is for those who hold the export."""


def told_sizes(score: KScore, chosen: int, profile: Profile) -> tuple[int | None, ...]:
    """The sizes of the chosen segments, None for those that are not told; of another division to the nearest ten, for
    set beside these they tell few."""
    if score.k == chosen:
        return tuple(None if segment in profile.untold else n for segment, n in enumerate(score.sizes, start=1))
    return tuple(rounded(size, profile.min_cell) for size in score.sizes)


def told_share(share: float, n_customers: int, min_cell: int) -> float | None:
    """The share of those customers that is told: not where it, or what is left over, is of few."""
    n = round(share * n_customers)
    return None if is_small(n, min_cell) or is_small(n_customers - n, min_cell) else share


def told_note(note: CleaningNote, min_cell: int) -> CleaningNote:
    """A line of the cleaning log without the values of few records."""
    tells_values = note.column and note.step != IMPUTATION
    return replace(note, before=text(IN_THE_LOG)) if tells_values and is_small(note.n_rows, min_cell) else note
