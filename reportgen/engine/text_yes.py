"""Words and marks for yes that stand alone in a column, blank cells being its no."""

from __future__ import annotations

from collections.abc import Collection, Mapping

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
_ANSWERS: tuple[Mapping[str, frozenset[str]], ...] = (
    {"yes": frozenset({"y", "true", "t", "1"}), "no": frozenset({"n", "false", "f", "0"})},
    {"ja": frozenset({"j", "wahr", "true", "1"}), "nein": frozenset({"n", "falsch", "false", "0"})},
    {"oui": frozenset({"o", "vrai", "true", "1"}), "non": frozenset({"n", "faux", "false", "0"})},
    {"sí": frozenset({"s", "si", "verdadero", "true", "1"}), "no": frozenset({"n", "falso", "false", "0"})},
    {"true": frozenset({"t", "1"}), "false": frozenset({"f", "0"})},
)
"""Yes and no of one language, each with the other ways of saying it."""
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


def one_answer(keys: Collection[str]) -> Mapping[str, str]:
    """Text in small letters → the yes or no that it says in another way; empty where other texts stand beside."""
    for words in _ANSWERS:
        others = {key: word for word, ways in words.items() for key in ways & set(keys)}
        if words.keys() <= set(keys) == words.keys() | others.keys():
            return others
    return {}
