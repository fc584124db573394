"""Amounts in several units of one kind in a column: `512 MB` beside `2.3 GB`, `900 g` beside `1,2 kg`."""

from __future__ import annotations

import re
from collections.abc import Collection

_FAMILIES: tuple[dict[str, float], ...] = (
    {"B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12},
    {"mg": 1e-3, "g": 1, "kg": 1e3},
    {"mm": 1e-3, "cm": 1e-2, "m": 1, "km": 1e3},
    {"ml": 1e-3, "cl": 1e-2, "l": 1},
    {"Wh": 1, "kWh": 1e3, "MWh": 1e6, "GWh": 1e9},
)
"""Unit → how many of the kind's own it is; of data as they are sold, in thousands."""
_AMOUNT = re.compile(r"^(-?[0-9]+(?:[.,][0-9]{1,2}|[.][0-9]+)?)\s?([A-Za-z]{1,3})\.?$")
"""A comma with three digits behind may part thousands: such a column is not read here."""


def _amount_of(text: str) -> tuple[float, str] | None:
    found = _AMOUNT.match(text.strip())
    return (float(found[1].replace(",", ".")), found[2]) if found else None


def sizes_in(texts: Collection[str]) -> tuple[str, dict[str, float]] | None:
    """(unit of most texts, text → its number in it); None where not all are amounts of one kind in several units."""
    found = {text: amount for text in texts if (amount := _amount_of(text))}
    if len(found) < len(texts):
        return None
    for family in _FAMILIES:
        known = {**{unit: unit for unit in family}, **{unit.lower(): unit for unit in family}}
        units = [known.get(unit, "") for _, unit in found.values()]
        if all(units) and len(set(units)) > 1:
            most = max(sorted(set(units)), key=units.count)
            sizes = zip(found.items(), units, strict=True)
            return most, {text: value * family[unit] / family[most] for (text, (value, _)), unit in sizes}
    return None
