"""Tells amounts that cannot be read from labels that have an amount in their name."""

from __future__ import annotations

import re

from reportgen import language, wording
from reportgen.engine.text_units import CURRENCY_CODES
from reportgen.records.table import Role
from reportgen.roles.subject import FEW_LEVELS, LEVEL_SHARE, LIKELY, Subject, Verdict

SHOWN_AMOUNT = 30
"""Characters of a cell that a reason shows."""
_NAME_BEFORE = re.compile(r"[^\W\d_]{3,}")


def unread_amount(column: Subject) -> Verdict | None:
    """Amounts that cannot be read are no id, however different they are; the reader is told."""
    text = column.facts.unread
    if not text or column.is_numeric or column.says("free_text") or _are_labels(column):
        return None
    shown = wording.scrub(text, SHOWN_AMOUNT)
    return Verdict(
        Role.TEXT,
        language.text("amounts in a way of writing that is not known, as in “{shown}”: not read", shown=shown),
        LIKELY,
    )


def _are_labels(column: Subject) -> bool:
    """`Basic (9 €/mo)`: few labels that begin with a word, the amount behind being part of the name."""
    facts = column.facts
    is_few = facts.n_distinct <= min(FEW_LEVELS, LEVEL_SHARE * facts.n_known)
    named = map(_NAME_BEFORE.match, facts.levels)
    return is_few and all(found and found[0].upper() not in CURRENCY_CODES for found in named)
