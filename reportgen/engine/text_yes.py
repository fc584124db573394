"""Words and marks for yes that stand alone in a column, blank cells being its no."""

from __future__ import annotations

MARKS = frozenset("x✓✔☑✗✘•●■*+")
"""In small letters: what is ticked; nobody writes one for anything else."""
_NO = {
    **dict.fromkeys(("yes", "si", "sí", "sì"), "no"),
    "y": "n",
    "ja": "nein",
    "j": "n",
    "oui": "non",
    "sim": "não",
    "tak": "nie",
    "да": "нет",
    "evet": "hayır",
    "true": "false",
    "wahr": "falsch",
    "vrai": "faux",
    "vero": "falso",
    "verdadero": "falso",
}
"""Yes in small letters → no."""
MOST_WORDS = 0.9
"""Share of the cells past which a word alone says rather that some are not known."""


def no_of(yes: str) -> str:
    """What a blank cell says beside that text alone, written as it is; empty if the text is no yes."""
    text = yes.strip()
    if text.lower() in MARKS:
        return "-" if text == "+" else "no"
    no = _NO.get(text.lower(), "")
    return no.upper() if text.isupper() else no.capitalize() if text.istitle() else no


def is_answer(yes: str, n_yes: int, n_cells: int) -> bool:
    """Whether the only text of a column, in `n_yes` of `n_cells` cells, leaves the others to say no."""
    is_few = yes.strip().lower() in MARKS or n_yes <= MOST_WORDS * n_cells
    return bool(no_of(yes)) and 0 < n_yes < n_cells and is_few
