"""Writes 0 for the dash that accounting formats show in its place: ` -   ` beside `(120.00)`."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from reportgen import language
from reportgen.clean._look import Counts, aggregate, count_values, may_hold, quote_counts
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.text_missing import MISSING_WORDS
from reportgen.records.table import CleaningNote, Role

NAME = "accounting_zeros"
DASHES = ["-", "–", "—"]
ZERO = r"^[^1-9]*0[^1-9]*$"
SET_APART = r"^\(.*\)$|^\s*[-–—]\s{2,}$|^\s+[-–—]\s*$"
"""Amounts in brackets, a dash with blanks around it: a spreadsheet's accounting format."""
OTHER_WORDS = sorted(MISSING_WORDS - {"", *DASHES})
"""Where one of them stands, a dash may be one more."""
MOST_DASHES = 20
"""Ways of writing the dash that are looked at."""

Decision = Mapping[str, tuple[tuple[str, ...], CleaningNote]]
"""Header name → the texts that become 0, and the log."""


def look(work: Work) -> dict[str, Counts]:
    """Header name → its dashes, of columns of money that an accounting format has written."""
    columns = [column.name for column in work.plan.used() if column.role is Role.MONEY and column.kind == "number"]
    names = [name for name in columns if may_hold(work.frame, name, DASHES.__contains__)]
    dashes = {name: nw.col(name).str.strip_chars().is_in(DASHES) for name in names}
    n_dashes = aggregate(work.frame, {name: dash.sum() for name, dash in dashes.items()})
    found = {}
    for name in names:
        if not n_dashes[name]:
            continue
        text = nw.col(name).str
        is_word = text.strip_chars().str.to_lowercase().is_in(OTHER_WORDS)
        asked = {"zero": text.contains(ZERO), "word": is_word, "apart": text.contains(SET_APART)}
        seen = aggregate(work.frame, {key: found.sum() for key, found in asked.items()})
        if seen["apart"] and not seen["zero"] and not seen["word"]:
            found[name] = count_values(work.frame.filter(dashes[name]), nw.col(name), MOST_DASHES)
    return found


def decide(facts: dict[str, Counts], plan: Plan) -> Decision:  # noqa: ARG001 - every step decides on facts and plan
    why = language.text("an accounting format shows a dash for zero, and no other cell is zero")
    return {
        name: (
            tuple(text for text, _ in texts),
            CleaningNote(NAME, name, sum(n for _, n in texts), quote_counts(texts), "0", why, is_fix=True),
        )
        for name, texts in facts.items()
    }


def apply(work: Work, decision: Decision) -> Work:
    written = {
        name: nw.when(nw.col(name).is_in(list(texts))).then(nw.lit("0")).otherwise(nw.col(name))
        for name, (texts, _) in decision.items()
    }
    return work.rewrite(written).with_notes(note for _, note in decision.values())


STEP: Step[dict[str, Counts], Decision] = Step(NAME, look, decide, apply)
