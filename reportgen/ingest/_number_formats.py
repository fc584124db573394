"""Reads what the number formats of cells show and their numbers do not hold: zeros in front, per cent, a currency."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree import ElementTree

from reportgen.engine.text_units import CURRENCY_CODES

PER_CENT = "%"
CURRENCY = "currency "
"""Begins the kind of a format that shows a currency; its unit follows."""
DIGITS = "digits "
"""Begins the kind of a format of nothing but digits and what stands between them; PLACE stands for each digit."""
PLACE = "\x01"
LEAST_ZEROS = 3
"""Digits that a format of zeros has at least: `00` is an hour or a month."""
BUILT_IN = {"9": PER_CENT, "10": PER_CENT}
"""Formats that have a number instead of a code and show the same in every country (ECMA-376, 18.8.30)."""
_TOKEN = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<sign>[^\]-]*)[^\]]*\]|\[[^\]]*\]|(?P<plain>.)')
_PARTING = frozenset(" -()")
"""Signs that stand for themselves between digits."""
_TYPE = re.compile(rb"""\bt\s*=\s*["'](?!n["'])""")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)(\d+)["']""")
_STYLE = re.compile(rb"""\bs\s*=\s*["'](\d+)["']""")

Runs = list[list[int]]
"""Rising numbers of rows, as [first, behind the last]."""


def kind_of(code: str) -> str:
    """What the format with this code shows: PER_CENT, CURRENCY or DIGITS and more; empty for a plain number."""
    tokens = list(_TOKEN.finditer(_first_section(code)))
    plain = "".join(token["plain"] or "" for token in tokens)
    if PER_CENT in plain:
        return PER_CENT
    marks = [token["sign"] or token["quoted"] or token["escaped"] or token["plain"] or "" for token in tokens]
    for mark in marks:
        if (unit := CURRENCY_CODES.get(mark.strip().upper())) and not mark.strip().isdigit():
            return f"{CURRENCY}{unit}"
    is_digits = plain.count("0") >= LEAST_ZEROS and set(plain) <= {"0", *_PARTING}
    if not is_digits or any(token["sign"] for token in tokens):
        return ""
    shown = (
        (token["quoted"] or token["escaped"] or "") + (token["plain"] or "").replace("0", PLACE) for token in tokens
    )
    return f"{DIGITS}{''.join(shown)}"


def _first_section(code: str) -> str:
    """The code for positive numbers."""
    at = next((token.start() for token in _TOKEN.finditer(code) if token["plain"] == ";"), len(code))
    return code[:at]


def special_styles(xml: bytes) -> dict[bytes, str]:
    """Number of each cell style of a styles part whose format shows more than a number → kind."""
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 - without declarations it cannot expand
    except (ElementTree.ParseError, ValueError, LookupError):
        return {}
    codes = {item.get("numFmtId"): item.get("formatCode") or "" for item in root.iter() if _is(item, "numFmt")}
    styles = next((item for item in root.iter() if _is(item, "cellXfs")), ())
    kinds = dict(BUILT_IN) | {number: kind for number, code in codes.items() if number and (kind := kind_of(code))}
    found = ((at, kinds.get(style.get("numFmtId") or "", "")) for at, style in enumerate(styles))
    return {str(at).encode(): kind for at, kind in found if kind}


def _is(element: ElementTree.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name


def shown_in(xml: bytes, styles: Mapping[bytes, str]) -> list[tuple[int, str, Runs]]:
    """(column from 0, kind, rows from 1) of the sheet's cells of numbers whose style is one of these.

    One currency alone mixes with none: then its cells, millions perhaps, are not looked for.
    """
    units = {kind for kind in styles.values() if kind.startswith(CURRENCY)}
    if len(units) < 2:
        styles = {style: kind for style, kind in styles.items() if kind not in units}
    if not styles:
        return []
    wanted = b"|".join(styles)
    found: dict[tuple[bytes, str], Runs] = {}
    for match in re.finditer(rb"""<(?:\w+:)?c\b(?=[^>]*\bs\s*=\s*["'](?:%s)["'])([^>]*[^>/])>""" % wanted, xml):
        place, style = _PLACE.search(match[1]), _STYLE.search(match[1])
        if place and style and not _TYPE.search(match[1]):
            extend(found.setdefault((place[1].upper(), styles[style[1]]), []), int(place[2]))
    return [(column_number(letters) - 1, kind, runs) for (letters, kind), runs in found.items()]


def column_number(letters: bytes) -> int:
    """1 for A, 16,384 for XFD."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def extend(runs: Runs, number: int) -> None:
    """Adds a row to rising runs of rows."""
    if runs and runs[-1][1] == number:
        runs[-1][1] += 1
    else:
        runs.append([number, number + 1])


@dataclass(slots=True)
class AsShown:
    """Writes the cells of a sheet as their formats show them, row by row, downwards."""

    formats: Sequence[tuple[int, str, Runs]]
    """See `shown_in`."""
    columns: list[tuple[int, str, Runs]] = field(init=False)
    """Those that are written: currencies only where a column has several."""
    counts: dict[tuple[int, str], int] = field(default_factory=dict)
    """(column, PER_CENT, CURRENCY or DIGITS) → cells written so."""

    def __post_init__(self) -> None:
        units: dict[int, set[str]] = {}
        for column, kind, _ in self.formats:
            units.setdefault(column, set()).update({kind} if kind.startswith(CURRENCY) else ())
        one = {column for column, kinds in units.items() if len(kinds) < 2}
        kept = (item for item in self.formats if not (item[1].startswith(CURRENCY) and item[0] in one))
        self.columns = [(column, kind, sorted(runs, reverse=True)) for column, kind, runs in kept]

    def write(self, row: list[str | None], values: Sequence[object], number: int) -> None:
        """Changes the texts of a row; `number`: of the row in the sheet, from 1, rising from call to call."""
        for column, kind, runs in self.columns:
            while runs and runs[-1][1] <= number:
                runs.pop()
            if column >= len(row) or not runs or runs[-1][0] > number:
                continue
            value = values[column]
            text = shown(value, kind) if type(value) in (int, float) and row[column] else None
            if text is not None:
                row[column] = text
                key = (column, kind.split(" ")[0])
                self.counts[key] = self.counts.get(key, 0) + 1


def shown(value: object, kind: str) -> str | None:
    """The number as its format shows it, with all its digits; None where the format shows no more than the number."""
    number = Decimal(repr(value))
    if not number.is_finite():
        return None
    plain = f"{number.normalize():f}"
    if kind == PER_CENT:
        return f"{number.scaleb(2).normalize():f}%"
    if kind.startswith(CURRENCY):
        return f"{plain} {kind.removeprefix(CURRENCY)}"
    return _filled(plain, kind.removeprefix(DIGITS)) if plain.isdigit() else None


def _filled(digits: str, template: str) -> str:
    """The digits put into the places of the template from its end; those that are left over stand at the first."""
    n_places = template.count(PLACE)
    digits = digits.zfill(n_places)
    spare, rest = digits[: len(digits) - n_places], iter(digits[len(digits) - n_places :])
    text = "".join(next(rest) if sign == PLACE else sign for sign in template)
    return f"{text[: template.index(PLACE)]}{spare}{text[template.index(PLACE) :]}"
