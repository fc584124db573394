"""Words that stand for a missing value: roles look past them, cleaning takes them out."""

from __future__ import annotations

MISSING_WORDS = frozenset(
    {
        *("", "?", "??", "???", "-", "--", "---", "–", "—", ".", "..", "...", "…", "*"),
        *("n/a", "#n/a", "n.a.", "n.a", "na", "n/a.", "nan", "#nan", "<na>", "null", "#null!", "(null)", "\\n", "nil"),
        *("#value!", "#ref!", "#div/0!", "#name?", "#num!", "undefined", "not available", "not specified", "not known"),
        *("(blank)", "(empty)", "(missing)", "missing", "blank", "unknown", "(unknown)", "unspecified", "tbd"),
        *("unbekannt", "(leer)", "k.a.", "k. a.", "keine angabe", "nicht verfügbar", "nicht angegeben"),
        *("inconnu", "inconnue", "(vide)", "non renseigné", "non disponible", "nc", "n.c."),
        *("desconocido", "desconocida", "(en blanco)", "sin datos", "no disponible", "s/d", "n/d"),
    }
)
"""Trimmed and in lower case."""

MISSING_AMONG_NUMBERS = frozenset(
    {"none", "nothing", "kein", "keine", "keiner", "aucun", "aucune", "ninguno", "ninguna"}
)
"""Words that are missing in a column of numbers or dates, and an answer in a category (`Discount: none`)."""

COUNTRY_OR_MISSING = "na"
"""Namibia or North America in a column of country or region codes, `not available` elsewhere."""


def is_missing_word(text: str) -> bool:
    """True for a blank and for every word of MISSING_WORDS, whatever its case and the spaces around it."""
    return text.strip().lower() in MISSING_WORDS
