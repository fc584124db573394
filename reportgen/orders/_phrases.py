"""Phrases of a vocabulary, and how words are compared with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases in order, found in a header without comparing each: persons times words for a number are thousands."""

    said: tuple[Phrase, ...]
    exact: Mapping[Phrase, int]
    """Phrase → its first place, of those without `*`."""
    patterns: tuple[tuple[int, Phrase], ...]

    @classmethod
    def of(cls, said: Sequence[Phrase]) -> Phrases:
        exact: dict[Phrase, int] = {}
        patterns = []
        for place, phrase in enumerate(said):
            if any("*" in word for word in phrase):
                patterns.append((place, phrase))
            else:
                exact.setdefault(phrase, place)
        return cls(tuple(said), exact, tuple(patterns))

    def found_in(self, words: Phrase) -> list[tuple[int, Phrase]]:
        """(place, phrase) of each that stands in the words, in order."""
        n = len(words)
        parts = {words[start:end] for start in range(n) for end in range(start + 1, n + 1)}
        found = [(self.exact[part], part) for part in parts if part in self.exact]
        return sorted([*found, *((place, phrase) for place, phrase in self.patterns if contains(words, phrase))])


def contains(words: Sequence[str], phrase: Phrase) -> bool:
    """Whether the phrase's words stand one behind the other among the words."""
    n = len(phrase)
    return any(all(map(fits, words[i : i + n], phrase)) for i in range(len(words) - n + 1))


def fits(word: str, pattern: str) -> bool:
    """Whether a word is the pattern; `*` stands for any letters, at its start or its end."""
    if pattern.startswith("*"):
        return word.endswith(pattern[1:])
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern
