"""Words that stand for a missing value: roles look past them, cleaning takes them out."""

from __future__ import annotations

MISSING_WORDS = frozenset(
    {
        *("", "?", "??", "???", "-", "--", "---", "–", "—", ".", "..", "...", "…", "*"),
        *("n/a", "#n/a", "n.a.", "n.a", "na", "n/a.", "nan", "#nan", "<na>", "null", "#null!", "(null)", "\\n", "nil"),
        *("#value!", "#ref!", "#div/0!", "#name?", "#num!", "undefined", "not available", "not specified", "not known"),
        *(
            "#nv",
            "#wert!",
            "#bezug!",
            "#zahl!",
            "#n/d",
            "#valeur!",
            "#nombre!",
            "#nom?",
            "#¡valor!",
            "#¡ref!",
            "#¡div/0!",
        ),
        *("#¿nombre?", "#¡num!", "#valore!", "#rif!", "#nome?", "#valor!", "#n/b", "#waarde!", "#verw!", "#getal!"),
        *("#" * n for n in range(2, 16)),  # a column too narrow for its number
        *("[null]", "<null>", "#null", "nat", "(blank)", "(empty)", "(missing)", "missing", "blank", "unknown"),
        *("(unknown)", "unspecified", "tbd", "n.d.", "nd"),
        *("unbekannt", "(leer)", "k.a.", "k. a.", "k.a", "keine angabe", "nicht verfügbar", "nicht angegeben"),
        *("nicht bekannt", "ohne angabe", "o.a.", "o. a.", "n.v.", "n. v.", "n/v", "k/a", "n. a.", "unbek."),
        *("ohne angaben", "keine angaben", "keine daten", "nicht vorhanden", "nicht erhoben", "fehlt", "fehlend"),
        *("o.ang.", "o. ang.", "ohne ang.", "keine ang."),
        *("inconnu", "inconnue", "(vide)", "non renseigné", "non renseignée", "non disponible", "nc", "n.c."),
        *("n/c", "n.r.", "n/r", "n. c.", "n. d.", "non communiqué", "non communiquée", "non connu", "non connue"),
        *("non précisé", "non précisée", "non défini", "non définie", "manquant", "manquante", "indisponible"),
        *("non specificato", "non specificata", "mancante", "n.p.", "não especificado", "sem informação", "sem dados"),
        *("sin información", "sin informacion", "sin especificar", "no consta", "no informado", "(vacío)", "vacío"),
        *("s/i", "s.d.", "s/ inf", "ns/nc", "geen gegevens", "(leeg)", "b/d"),
        *("not stated", "not given", "no data", "no value", "unavailable", "n/k", "tba", "tbc"),
        *("desconocido", "desconocida", "(en blanco)", "sin datos", "sin dato", "no disponible", "s/d", "n/d"),
        *("sconosciuto", "non disponibile", "(vuoto)", "desconhecido", "não informado", "não disponível", "n/i"),
        *("onbekend", "niet bekend", "n.v.t.", "nieznany", "brak danych", "b.d.", "okänd", "ukjent", "ukendt"),
    }
)
"""Trimmed and in lower case."""

NEVER = frozenset(
    {"never", "never yet", "nie", "noch nie", "niemals", "jamais", "nunca", "mai", "nooit", "nigdy", "aldrig"}
)
"""Among dates, what has not happened; elsewhere it is an answer."""
MISSING_AMONG_NUMBERS = frozenset(
    {
        *("none", "nothing", "kein", "keine", "keiner", "aucun", "aucune", "ninguno", "ninguna", "brak"),
        *("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "+∞", "-∞", "−∞"),
        *(
            "entfällt",
            "entf.",
            "entfaellt",
            "nicht zutreffend",
            "nicht anwendbar",
            "n.z.",
            "s.o.",
            "s. o.",
            "siehe oben",
        ),
        *("not applicable", "non applicable", "sans objet", "s/o", "non concerné", "no aplica", "no procede"),
        *("non applicabile", "não se aplica", "niet van toepassing", "nie dotyczy", "n.b.", "n. b.", "n.s."),
        *("weiß nicht", "weiss nicht", "don't know", "ne sait pas", "nsp", "no sabe", "no answer", "no contesta"),
        *("noch offen", "offen", "ausstehend", "unklar", "folgt", "folgt noch", "wird nachgereicht", "weiß nicht mehr"),
        *("weiss nicht mehr", "to be confirmed", "to follow", "pending", "not yet known", "open", "tba", "tbc"),
        *(
            "en attente",
            "à venir",
            "à confirmer",
            "pendiente",
            "por confirmar",
            "in attesa",
            "da definire",
            "da confermare",
        ),
        *("nog open", "nog niet bekend", "volgt", "do uzupełnienia", "w toku", "a confirmar", "em aberto", "väntar"),
        *("1.#inf", "-1.#inf", "1.#qnan", "-1.#ind", "1.#ind", "+nan", "-nan", "snan", "qnan"),
    }
)
"""Words that are missing in a column of numbers or dates, and an answer in a category (`Discount: none`), or the value
above (`s.o.`)."""

CODES_TOO = frozenset({"na", "nc", "nd"})
"""Namibia, North America, North Carolina, North Dakota: missing unless the column holds codes of places."""


def is_missing_word(text: str) -> bool:
    """True for a blank and for every word of MISSING_WORDS, whatever its case and the spaces around it."""
    return text.strip().lower() in MISSING_WORDS
