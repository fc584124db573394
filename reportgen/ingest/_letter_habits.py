"""Tells the encodings of one byte a letter apart by what their languages write: no language has `è` beside `ø`."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WEST = (
    "äöüß",
    "éèêëàâçîïôûùœæ",
    "áéíóúüñ",
    "àèéíïòóúüç",
    "àèéìòù",
    "ãõáâàçéêíóôú",
    "ëïéèöüáç",
    "æøåéö",
    "åäöé",
)
_CENTRE = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ")
LANGUAGES: dict[str, tuple[str, ...]] = {
    "cp1252": (*_WEST, "áðéíóúþæö"),
    "cp1250": _CENTRE,
    "iso8859_2": _CENTRE,
    "cp1254": ("çğıöşüâî",),
    "mac_roman": _WEST,
    "cp850": _WEST,
    "cp852": _CENTRE,
}
"""Encoding → small letters beyond ASCII of each language that is exported in it, the encoding of the West first.

Without the `ý` of Icelandic, which is rare there and the commonest letter of Turkish read wrongly."""
WEST = "cp1252"
SURE = 0.9
"""Share of letters that one language explains from which an encoding may be meant; names from abroad are the rest."""
CLEAR_LEAD, LEAD = 0.3, 0.15
"""Lead over the encoding of the West from which another one is taken, and from which it is asked about."""
FEWEST = 4
"""Letters beyond ASCII below which nothing is told."""
DOS_OF_CENTRE, FEWEST_OF_DOS = "cp852", 12
"""It has a letter for most bytes, so that a few words of the West make sense in it."""
_IN_WORD = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]+|[^\x00-\x7f]+(?=[A-Za-z])")
"""Signs that touch a letter; dashes, quotes and currencies mostly stand apart."""

_WORD = re.compile(r"[A-Za-z\x80-\U0010ffff]*[^\x00-\x7f][A-Za-z\x80-\U0010ffff]*")

_EDGE_BLANK = re.compile(rb"(?<=[,;\t|\"\r\n])\xa0|\xa0(?=[,;\t|\"\r\n])")
"""The West's blank that does not break, at the edge of a field, where web pages leave it: DOS has its `á` there."""


def by_habit(sample: bytes) -> list[str]:
    """The encoding other than that of the West which the letters speak for, before it where it may be either.

    Empty where the West's explains them as well as any other.
    """
    sample = _EDGE_BLANK.sub(b" ", sample)
    shares = {encoding: _explained(sample.decode(encoding, "replace"), LANGUAGES[encoding]) for encoding in LANGUAGES}
    if sum(byte > 0x7F for byte in sample) < FEWEST_OF_DOS:
        shares[DOS_OF_CENTRE] = 0.0
    best = max(LANGUAGES, key=lambda encoding: shares[encoding])
    lead = shares[best] - shares[WEST]
    if shares[best] < SURE or lead < LEAD:
        return []
    return [best] if lead >= CLEAR_LEAD else [best, WEST]


def _explained(text: str, languages: tuple[str, ...]) -> float:
    """The largest share of the letters beyond ASCII that one language explains, 0..1; each word is heard once.

    `Kč` behind every amount would outvote all towns.
    """
    words = _WORD.findall(text.replace("\u00a0", " "))
    if len(_letters_in(words)) < FEWEST:
        return 0.0
    letters = _letters_in(sorted(set(words)))
    return max(sum(letter in language for letter in letters) for language in languages) / len(letters)


def _letters_in(words: Iterable[str]) -> str:
    """The letters beyond ASCII, small ones; that of `İ` would be two characters."""
    return "".join(_IN_WORD.findall(" ".join(words))).replace("İ", "ı").lower()
