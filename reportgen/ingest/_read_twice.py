"""Puts text right that was UTF-8 and had been read as Windows-1252, as Excel opens such a CSV: `KÃ¶ln` is `Köln`."""

from __future__ import annotations

import re
from collections import Counter

from reportgen.ingest._decode import SENSE
from reportgen.ingest._parse import iter_lines
from reportgen.wording import plural, scrub

SIGNS = ("Ã", "Â", "â€", "Ð", "Å", "Ä", "Ñ")
"""First characters of such a text; without one there is none."""
SURE = ("Ã", "Â", "â€", "Ð")
"""Of these one must be among them: the others begin Polish, Czech and Turkish letters alone."""
FEWEST = 2
"""Places; one may be meant so."""
MARK = "ï»¿"
"""What a byte order mark becomes."""
_BEHIND = "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xC0))
_PLACE = re.compile(f"[ÂÃÄÅÐÑ][{re.escape(_BEHIND)}]|â[{re.escape(_BEHIND)}]{{2}}")
_CLOSING = {"”": "“„", "“": "„", "’": "‘‚", "‘": "‚", "»": "«", "«": "»"}
_CYRILLIC = re.compile(f"[ÐÑ][{re.escape(_BEHIND)}]")
LOOK_BACK = 60
"""Characters before a closing quote in which its partner stands, where it is one."""


def mend_text(text: str) -> tuple[str, list[str]]:
    """The text put right, and what to say of it."""
    fixes = ["A byte order mark that had been read as text removed."] * text.startswith(MARK)
    text = text.removeprefix(MARK)
    if not may_be_mended(text) or not (said := _said(text)):
        return text, fixes
    n = sum(bool(_PLACE.search(line)) for line in iter_lines(text) if not line.isascii())
    return _mended(text), [*fixes, said.format(where=plural(n, "line"))]


def may_be_mended(text: str) -> bool:
    """False for a text that holds none of the signs."""
    return not text.isascii() and any(sign in text for sign in (*SURE, MARK))


def mend_rows(rows: list[list[str]]) -> str:
    """Puts the cells of a sheet right in their place; what to say of them, or nothing."""
    found = [row for row in rows if any(sign in cell for cell in row for sign in SIGNS)]
    said = _said("\n".join(cell for row in found for cell in row))
    if said:
        for row in found:
            row[:] = map(_mended, row)
    return said.format(where=plural(len(found), "row")) if said else ""


def _said(text: str) -> str:
    places = Counter(found[0] for found in _PLACE.finditer(text) if _in_a_word(found) and _right_at(found) != found[0])
    if places.total() < FEWEST or not any(place.startswith(SURE) for place in places):
        return ""
    place = places.most_common(1)[0][0]
    shown = f"“{scrub(place)}” is “{_right(place)}”"
    return f"Text that was UTF-8 and had been read as Windows-1252 put right in {{where}}: {shown}."


def _in_a_word(found: re.Match[str]) -> bool:
    """Whether a place may be one of a text: a Cyrillic letter that ends in a blank needs such a letter beside it."""
    if not found[0].startswith(("Ð", "Ñ")) or not found[0][1:].isspace():
        return True
    before, behind = (
        found.string[max(0, found.start() - 2) : found.start()],
        found.string[found.end() : found.end() + 2],
    )
    return bool(_CYRILLIC.fullmatch(before) or _CYRILLIC.fullmatch(behind))


def _mended(text: str) -> str:
    return _PLACE.sub(_right_at, text)


def _right_at(found: re.Match[str]) -> str:
    """The character of a place in its text; as it stands where a quote closes what its partner opened before."""
    place, before = found[0], found.string[max(0, found.start() - LOOK_BACK) : found.start()]
    before = before.rsplit("\n", 1)[-1]
    closes = any(partner in before for partner in _CLOSING.get(place[1], ""))
    opens = place[1] in _CLOSING and place[0] == "Â" and before[-1:].isalpha()
    return place if closes or opens else _right(place)


def _right(place: str) -> str:
    """The character whose bytes of UTF-8 are these, or the place as it stands."""
    data = b"".join(character.encode("cp1252", "ignore") or character.encode("latin-1") for character in place)
    try:
        character = data.decode("utf-8")
    except UnicodeDecodeError:
        return place
    return character if SENSE.fullmatch(character) else place
