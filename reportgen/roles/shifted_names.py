"""Refuses a header that lost a delimiter: behind that place each name stands over the column before its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportgen import wording
from reportgen.errors import ReportgenError
from reportgen.roles.subject import Subject

LEAST_MOVED = 2
"""Names over cells of another kind, of which the next column is full: one is rather a name of its own meaning."""
LEAST_RIGHT, MOST_WRONG = 0.9, 0.1
"""Share of cells of the kind that a name tells from which a column is of it, and up to which it is of another."""
LEAST_LOOKED = 5
"""Known cells that show of what kind a column is."""
SHOWN_CHARACTERS = 30
OTHER_WORDS = ("code", "id", "name", "free_text", "score")
"""Meanings beside which a word for money or dates tells nothing of the cells: `price band`, `order date code`."""


def refuse_shifted(columns: Sequence[Subject], is_sure: bool) -> None:
    """Raises ReportgenError (RG-012) where the names from one on fit the next column and not their own.

    `is_sure`: the settings say that the header is right.
    """
    pairs = [(own, following) for own, following in pairwise(columns) if kind_of_name(own)]
    first = next((at for at, (own, _) in enumerate(pairs) if _share(own, own) <= MOST_WRONG), len(pairs))
    moved = pairs[first:]
    are_all = all(_share(own, own) <= MOST_WRONG and _share(own, after) >= LEAST_RIGHT for own, after in moved)
    if is_sure or len(moved) < LEAST_MOVED or not are_all:
        return
    shown = wording.join_words([f"{_quoted(own.header.name)} over {_cell_of(own)}" for own, _ in moved[:LEAST_MOVED]])
    raise ReportgenError(
        "RG-012",
        f"The names of the header seem to stand one column too far to the left: {shown}.",
        "Put in the delimiter that the header lacks; or say that it is right: header = true under [input].",
    )


def kind_of_name(column: Subject) -> str:
    """`numbers`, `dates` or `mails` where the header names such a thing alone; else empty."""
    if any(column.says(meaning) for meaning in OTHER_WORDS):
        return ""
    if column.says("money") or column.says("counter"):
        return "numbers"
    return "dates" if column.ends("date") else "mails" if column.says("email") else ""


def _share(named: Subject, of: Subject) -> float:
    """Share of the cells of one column that are of the kind which another's name tells; .5 where too few are known."""
    facts = of.facts
    if facts.n_known < LEAST_LOOKED:
        return 0.5
    shares = {
        "numbers": facts.numbers,
        "dates": max(facts.dates, facts.numbers, facts.written_months + facts.quarters),
        "mails": facts.looks["mails"],
    }
    return shares[kind_of_name(named)]


def _cell_of(column: Subject) -> str:
    return _quoted(next(iter(column.facts.levels), ""))


def _quoted(text: str) -> str:
    return f"“{wording.scrub(text, SHOWN_CHARACTERS)}”"
