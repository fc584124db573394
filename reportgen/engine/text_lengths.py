"""Lengths of time as programs and people write them: `00:52:16`, `2h 30m`, `P1Y2M`, `26 days ago`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from reportgen.engine.text_short_lengths import letters_in, letters_of
from reportgen.engine.text_spellings import without_ending

HOUR = 60.0
DAY = 24 * HOUR
MOST_HOURS = 100
"""Hours of a week's or a month's work are fewer, as a rule: from there on a clock below minutes counts minutes."""
MONTH = 30.4375 * DAY
"""A twelfth of 365.25 days."""

_WORDS: dict[float, str] = {
    1 / 60: "s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos secondo secondi sekund",
    1.0: "m min mins minute minutes minuten minuto minutos minuti minuut minut minuty minuter",
    HOUR: "h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur uren godz godzina godziny godzin "
    "timme timmar timer",
    DAY: "d day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen dagar dage dni dzień",
    7 * DAY: "w wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane weken vecka veckor",
    MONTH: "mo mos mon mth mths month months monat monate monaten mois mes meses mês mese mesi maand maanden månad "
    "månader miesiąc miesiące miesięcy",
    12
    * MONTH: "y yr yrs year years jahr jahre jahren jhr jhre an ans année années año años ano anos anno anni jaar rok "
    "lata",
}
_MINUTES = {word: minutes for minutes, words in _WORDS.items() for word in words.split()}
"""Word → minutes."""
_ISO = {"Y": 12 * MONTH, "W": 7 * DAY, "D": DAY, "H": HOUR, "S": 1 / 60}

_PART = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s?([^\W\d_]+)\.?")
_JOINTS = re.compile(r"^(?:[\s,]|\b(?:and|und|et|y|e|en|i|og|och)\b)*$", re.IGNORECASE)
"""What may stand between parts."""
_AGO = re.compile(r"^(?:vor|il y a|hace|há|för)\s+|\s+(?:ago|geleden|fa|atrás|temu|sedan|siden)$", re.IGNORECASE)
_CLOCK = re.compile(r"^([0-9]{1,5}):([0-5][0-9])(?::([0-5][0-9](?:[.,][0-9]+)?))?$")
_WITH_DAYS = re.compile(r"^([0-9]+) days?,? ([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)$", re.IGNORECASE)
_OF_ISO = re.compile(r"^P(?=[0-9T])((?:[0-9]+[YMWD])*)(?:T((?:[0-9]+(?:\.[0-9]+)?[HMS])+))?$", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?\s?")
_ISO_PART = re.compile(r"([0-9.]+)([A-Z])", re.IGNORECASE)
_SEAT = re.compile(r"^\s*[0-9]+[A-Za-z]\s*$")
"""`19D`, `7d`: a seat, a flat, a class or a plan as well, where nothing is written otherwise."""
LONGEST = 60
"""Characters; anything longer is a sentence."""

UNITS = {"seconds": 1 / 60, "minutes": 1.0, "hours": HOUR, "days": DAY, "months": MONTH, "years": 12 * MONTH}
"""Unit as the reader sees it → minutes."""
FEWEST_OF_UNIT = 3
"""A length is told in the largest unit of which the middle one has so many."""


NO_LETTERS: Mapping[str, str] = {}
"""Of a text alone, beside which no other says what a letter means."""


def minutes_of(text: str, *, of_minutes: bool = False, letters: Mapping[str, str] = NO_LETTERS) -> float | None:
    """The minutes of a length of time, None where it is none; `1:18` is hours and minutes, or `of_minutes` seconds."""
    text = text.strip()
    if len(text) > LONGEST or not any(map(str.isdigit, text)):
        return None
    if found := _CLOCK.match(text):
        first, second, third = int(found[1]), int(found[2]), found[3]
        if third is None:
            return first + second / 60 if of_minutes else first * HOUR + second
        return first * HOUR + second + float(third.replace(",", ".")) / 60
    if found := _WITH_DAYS.match(text):
        return int(found[1]) * DAY + (minutes_of(found[2]) or 0.0)
    if found := _OF_ISO.match(text):
        days, clock = (_ISO_PART.findall(part or "") for part in found.groups())
        minutes = {"M": MONTH}, {"M": 1.0}
        return sum(
            float(n) * {**_ISO, **own}[mark.upper()]
            for parts, own in zip((days, clock), minutes, strict=True)
            for n, mark in parts
        )
    return _of_words(_AGO.sub("", text, count=1), letters)


def _of_words(text: str, letters: Mapping[str, str]) -> float | None:
    """The minutes of `2h 30m`, `1 Jahr 3 Monate`, `45 min`; of years, `m` are months."""
    letters = {**letters, **letters_of(text)}
    parts = [(float(n.replace(",", ".")), word.lower()) for n, word in _PART.findall(text)]
    units = [_MINUTES.get(letters.get(word, word)) for _, word in parts]
    if not parts or not _JOINTS.match(_PART.sub(" ", text)):
        return None
    known = [n * unit for (n, _), unit in zip(parts, units, strict=True) if unit]
    return sum(known) if len(known) == len(parts) else None


def lengths_in(texts: Collection[str], *, of_minutes: bool = False) -> dict[str, float]:
    """Text → minutes, of the texts of one column that are lengths of time."""
    letters = letters_in(texts)
    read = {text: minutes_of(text, of_minutes=of_minutes, letters=letters) for text in texts}
    return {text: minutes for text, minutes in read.items() if minutes is not None}


def is_clock(text: str) -> bool:
    """`1:18`, `00:52:16`: a time of day may be written so too."""
    return bool(_CLOCK.match(text.strip()))


def are_lengths(texts: Iterable[str]) -> bool:
    """Whether distinct texts are lengths of time, and not numbers with one word for all behind: those are read so."""
    written = [text for text in texts if text.strip() != "0"]
    if len(written) < 2 or len(lengths_in(written)) < len(set(written)) or all(map(_SEAT.match, written)):
        return False
    behind = {_NUMBER.sub("", text.strip()).casefold().rstrip(".") for text in written}
    return len(set(map(without_ending, behind))) > 1 or behind.pop() not in _MINUTES


def unit_for(middle: float) -> str:
    """The unit in which lengths with that median, in minutes, are told."""
    fitting = [unit for unit, minutes in UNITS.items() if middle >= FEWEST_OF_UNIT * minutes]
    return fitting[-1] if fitting else next(iter(UNITS))


def is_of_minutes(words: Collection[str], texts: Collection[str] = ()) -> bool:
    """Whether a header's words name minutes and seconds: `(mm:ss)`, or minutes where a clock goes past 99 hours."""
    if {"h", "hh"} & set(words):
        return False
    if {"ss", "sec", "sek"} & set(words):
        return True
    if not any(_MINUTES.get(word) == 1.0 for word in words if word != "m"):
        return False
    return any((minutes_of(text) or 0.0) >= MOST_HOURS * HOUR for text in texts if is_clock(text))


def is_of_hours(words: Collection[str]) -> bool:
    """Whether they name hours and minutes: `(h:mm)`, `(hh:mm:ss)`."""
    return bool({"h", "hh", "hhh"} & set(words)) and bool({"mm", "m", "min"} & set(words))
