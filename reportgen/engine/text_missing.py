"""Words that stand for a missing value: roles look past them, cleaning takes them out."""

from __future__ import annotations

MISSING_WORDS = frozenset(
    {
        *("", "?", "??", "???", "-", "--", "---", "–", "—", ".", "..", "...", "…", "*"),
        *("n/a", "#n/a", "n.a.", "n.a", "na", "n/a.", "nan", "#nan", "<na>", "null", "#null!", "(null)", "\\n", "nil"),
        *("#value!", "#ref!", "#div/0!", "#name?", "#num!", "undefined", "not available", "not specified", "not known"),
        *("[null]", "<null>", "#null", "nat", "(blank)", "(empty)", "(missing)", "missing", "blank", "unknown"),
        *("(unknown)", "unspecified", "tbd", "n.d.", "nd"),
        *("unbekannt", "(leer)", "k.a.", "k. a.", "k.a", "keine angabe", "nicht verfügbar", "nicht angegeben"),
        *("nicht bekannt", "ohne angabe", "o.a.", "o. a."),
        *("inconnu", "inconnue", "(vide)", "non renseigné", "non renseignée", "non disponible", "nc", "n.c."),
        *("desconocido", "desconocida", "(en blanco)", "sin datos", "sin dato", "no disponible", "s/d", "n/d"),
        *("sconosciuto", "non disponibile", "(vuoto)", "desconhecido", "não informado", "não disponível", "n/i"),
        *("onbekend", "niet bekend", "n.v.t.", "nieznany", "brak danych", "b.d.", "okänd", "ukjent", "ukendt"),
    }
)
"""Trimmed and in lower case."""

MISSING_AMONG_NUMBERS = frozenset(
    {
        *("none", "nothing", "kein", "keine", "keiner", "aucun", "aucune", "ninguno", "ninguna", "brak"),
        *("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "+∞", "-∞", "−∞"),
        *("1.#inf", "-1.#inf", "1.#qnan", "-1.#ind", "1.#ind", "+nan", "-nan", "snan", "qnan"),
    }
)
"""Words that are missing in a column of numbers or dates, and an answer in a category (`Discount: none`)."""

CODES_TOO = frozenset({"na", "nc", "nd"})
"""Namibia, North America, North Carolina, North Dakota: missing unless the column holds codes of places."""


def is_missing_word(text: str) -> bool:
    """True for a blank and for every word of MISSING_WORDS, whatever its case and the spaces around it."""
    return text.strip().lower() in MISSING_WORDS
