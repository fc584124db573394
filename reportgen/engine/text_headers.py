"""What the words of a header say of its values: names of places, numbers that may be below zero."""

from __future__ import annotations

from reportgen import wording

PLACES = frozenset(
    word
    for words in (
        "city cities town towns village place places location country countries county region regions state states",
        "province district municipality borough suburb area territory destination origin airport station branch store",
        "ort orte wohnort stadt städte gemeinde land länder bundesland kanton landkreis kreis bezirk gebiet viertel",
        "stadtteil ortsteil filiale standort niederlassung reiseziel zielort flughafen bahnhof",
        "ville villes commune pays région département canton arrondissement quartier lieu agence magasin",
        "ciudad ciudades pueblo municipio país provincia comunidad localidad lugar población estado tienda",
        "città citta comune paese provincia regione località luogo cidade concelho distrito freguesia estado região",
        "stad plaats gemeente provincie regio winkel vestiging by kommune fylke län stad miasto gmina województwo kraj",
    )
    for word in words.split()
)
"""Header words, in small letters, of places and of shops that are named after them: English, German, French, Spanish,
Italian, Portuguese, Dutch, Nordic, Polish."""
PLACE_ENDINGS = ("city", "town", "country", "region", "province", "stadt", "wohnort", "standort", "ville", "ciudad")
"""Ends of header words written as one: `billingcity`, `Heimatstadt`."""

SIGNED = frozenset(
    word
    for words in (
        "profit profits loss margin balance change growth delta difference diff gain gains net sentiment trend",
        "polarity temperature temp floor level offset variance deviation return surplus deficit saldo z zscore",
        "longitude latitude lat lon lng altitude elevation",
        "gewinn verlust gewinne marge kontostand änderung veränderung wachstum differenz abweichung stimmung",
        "temperatur etage stock stockwerk geschoss überschuss zuwachs entwicklung",
        "bénéfice perte marge solde évolution variation croissance différence écart température étage niveau tendance",
        "beneficio pérdida saldo cambio crecimiento diferencia variación temperatura piso planta tendencia utile",
        "perdita variazione crescita differenza piano winst verlies verandering groei verschil temperatuur verdieping",
    )
    for word in words.split()
)
"""Header words, in small letters, of numbers that are below zero where nothing is missing."""
SIGNED_ENDINGS = ("saldo", "gewinn", "differenz", "änderung", "temperatur", "marge", "wachstum")


def names_places(header: str) -> bool:
    """Whether a header says that its values are places: two of them may differ by one letter."""
    return _has_word(header, PLACES, PLACE_ENDINGS)


def may_be_negative(header: str) -> bool:
    """Whether a header says that its numbers go below zero: −1 is then a number like others."""
    return _has_word(header, SIGNED, SIGNED_ENDINGS)


def _has_word(header: str, words: frozenset[str], endings: tuple[str, ...]) -> bool:
    found = [word for spelling in (header, header.lower()) for word in wording.header_words(spelling)]
    return any(word in words or word.endswith(endings) for word in found)
