"""Names that shops know (Champions, Hibernating Customers), for segments whose every side is proved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from reportgen.personas.lexicon import Word
from reportgen.personas.vocabulary import KnownPersona, vocabulary
from reportgen.records.profile import Profile, SegmentProfile


def known_personas(
    profile: Profile, proved: Mapping[int, Sequence[Word]]
) -> dict[int, tuple[KnownPersona, tuple[Word, ...]]]:
    """Segment id → (persona, the words that earn it); a persona that two segments would earn is given to neither."""
    found = {}
    for segment in profile.segments:
        sides = sides_of(profile, proved[segment.id])
        persona = next((p for p in vocabulary().persona if earns(segment, p, sides)), None)
        if persona:
            found[segment.id] = (persona, tuple(sides[topic] for topic in persona.sides))
    counts = Counter(persona.name for persona, _ in found.values())
    return {segment: (persona, words) for segment, (persona, words) in found.items() if counts[persona.name] == 1}


def sides_of(profile: Profile, words: Sequence[Word]) -> dict[str, Word]:
    """Topic → the proved word of the column that order lines gave."""
    columns = {column.name: column for column in profile.columns if column.is_derived}
    sides = {}
    for word in words:
        column = columns.get(word.term.column)
        entry = vocabulary().entry_for(column) if column else None
        if entry:
            sides[entry.topic] = word
    return sides


def earns(segment: SegmentProfile, persona: KnownPersona, sides: Mapping[str, Word]) -> bool:
    """Whether every side of the persona is proved, and the segment is not too large for it."""
    return segment.share <= persona.most_share and all(
        topic in sides and sides[topic].side == side for topic, side in persona.sides.items()
    )
