"""The language of the report: texts from a catalogue, signs of numbers and names of months as its readers write.

English is what the code says. Another language is one file, reportgen/languages/CODE.po, which a translator can edit;
what it does not translate stays English. Numbers, dates and plurals follow the Unicode CLDR, through Babel.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ENGLISH = "en"
FOLDER = Path(__file__).parent / "languages"
NOUN_CASE = ("case of a noun inside a sentence: lower or capital", "lower")
"""Context and text that a catalogue translates with `capital` where nouns keep theirs, as in German."""
CURRENCY_SIGN = "¤"
"""Where CLDR's pattern of an amount has the currency."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands in and beside a number."""

    decimal: str = "."
    group: str = ","
    before_percent: str = ""
    after_percent: str = "%"
    before_amount: str = CURRENCY_SIGN
    """With the currency's sign, or empty."""
    after_amount: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """One language and what is written in it."""

    code: str
    catalogue: gettext.NullTranslations
    signs: Signs

    @property
    def capitalises_nouns(self) -> bool:
        return self.catalogue.pgettext(*NOUN_CASE) == "capital"


_ENGLISH = Language(ENGLISH, gettext.NullTranslations(), Signs())
_SPOKEN = ContextVar("_SPOKEN", default=_ENGLISH)


def languages() -> tuple[str, ...]:
    """The codes of all languages, English first."""
    return (ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.po")))


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Whatever is written inside is in that language. Raises ValueError if there is none of that code."""
    token = _SPOKEN.set(load(code, FOLDER))
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def spoken() -> Language:
    """The language of what is being written."""
    return _SPOKEN.get()


def text(msgid: str, /, **parts: object) -> str:
    """The text in the language spoken, its `{names}` filled in: `text("{n} of {all}", n=3, all=4)`."""
    return fill(_SPOKEN.get().catalogue.gettext(msgid), parts)


def counted(singular: str, plural: str, n: float, /, **parts: object) -> str:
    """The text that fits the number n: `counted("{n} day", "{n} days", 3, n="3")`."""
    return fill(_SPOKEN.get().catalogue.ngettext(singular, plural, plural_number(n)), parts)


def text_in(context: str, msgid: str, /, **parts: object) -> str:
    """A word that means more than one thing, told apart by where it stands: `text_in("name", "Low")`."""
    return fill(_SPOKEN.get().catalogue.pgettext(context, msgid), parts)


def msgid(text: str) -> str:
    """The text itself: marks a constant that is translated where it is used."""
    return text


def fill(template: str, parts: dict[str, object]) -> str:
    return template.format_map(parts) if parts else template


def plural_number(n: float) -> int:
    """The whole number whose plural n takes: a part of one is not one."""
    return int(n) if n == int(n) else 2


def month_name(year: int, month: int) -> str:
    """`October 2026`."""
    language = _SPOKEN.get()
    if language.code == ENGLISH:
        return f"{MONTHS[month - 1]} {year}"
    from datetime import date

    from babel.dates import format_skeleton

    return str(format_skeleton("yMMMM", date(year, month, 1), locale=language.code))


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""In English, for which no catalogue is loaded; `calendar.month_name` follows the machine's locale."""


@cache
def load(code: str, folder: Path) -> Language:
    """The language of that code. Raises ValueError if there is none."""
    if code == ENGLISH:
        return _ENGLISH
    path = folder / f"{code}.po"
    if not path.is_file():
        raise ValueError(f"there is no language {code!r}")
    return Language(code, catalogue_of(path), signs_of(code))


def catalogue_of(path: Path) -> gettext.GNUTranslations:
    """The catalogue as Babel reads it; what is not translated is left to English."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=path.stem))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def signs_of(code: str) -> Signs:
    """The signs of CLDR: `1.234,5`, `20 %`, `5 €` for `de`."""
    from babel import Locale
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = Locale.parse(code)
    percent, amount = locale.percent_formats[None], locale.currency_formats["standard"]
    return Signs(
        get_decimal_symbol(locale),
        get_group_symbol(locale),
        percent.prefix[0],
        percent.suffix[0],
        amount.prefix[0],
        amount.suffix[0],
    )
