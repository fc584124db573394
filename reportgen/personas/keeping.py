"""Names that stay: a segment is called as in the months before, or as a person has decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from string import ascii_uppercase

from reportgen.personas.naming import Name, name_segments
from reportgen.records.profile import Profile


def settle_names(profile: Profile, known: Mapping[int, str], given: Mapping[int, str]) -> dict[int, Name]:
    """Segment id → name; all distinct. `known`: names of the months before; `given`: names of the settings, stronger.

    A name stays whatever this month's data would say, and then says so: see `Name.origin`.
    """
    fresh = name_segments(profile)
    fixed = {
        segment: stay(fresh[segment], given.get(segment) or known[segment], "given" if segment in given else "kept")
        for segment in fresh
        if segment in given or segment in known
    }
    taken = {name.text for name in fixed.values()}
    names = dict(fresh)
    for segment, name in fresh.items():
        names[segment] = fixed[segment] if segment in fixed else apart(name, taken)
        taken.add(names[segment].text)
    return names


def stay(fresh: Name, text: str, origin: str) -> Name:
    """The name as it was or as it was given; unchanged where this month's data say the same."""
    return fresh if fresh.text == text else replace(fresh, text=text, origin=origin, otherwise=fresh.text)


def apart(name: Name, taken: set[str]) -> Name:
    """The name, with the first free letter behind it where another segment already has it."""
    if name.text not in taken:
        return name
    letters = (f"{name.text} {letter}" for letter in ascii_uppercase[1:])
    return replace(name, text=next(text for text in letters if text not in taken))
