"""Header words by meaning, read from vocabulary.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("vocabulary.toml")


@dataclass(frozen=True, slots=True)
class LabelWords:
    """How header words are written out for the reader; all keys in lower case."""

    acronyms: Mapping[str, str]
    keep_case: frozenset[str]
    """Words of the languages whose nouns keep their capitals."""
    small_letters: frozenset[str]
    """Words of the other languages."""
    counters: tuple[tuple[str, ...], ...]
    """Token sequences taken off the front before a plural, longest first."""
    whole: tuple[tuple[str, ...], ...]
    """Token sequences of which nothing is taken off."""
    written_out: Mapping[str, str]
    moved_behind: frozenset[str]
    phrases: Mapping[str, str]
    run_together: tuple[frozenset[str], frozenset[str]]
    """First and second words of headers that databases write as one."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The header words of every meaning."""

    meanings: Mapping[str, tuple[tuple[str, ...], ...]]
    """Meaning → phrases as token sequences, longest first."""
    units: Mapping[str, str]
    """Unit word → unit as the reader sees it."""
    label: LabelWords

    def find(self, meaning: str, words: Sequence[str]) -> str:
        """The first phrase of that meaning among the words, or empty. Raises KeyError for an unknown meaning."""
        known = set(words)
        for phrase in self.meanings[meaning]:
            if phrase[0] not in known and "*" not in phrase[0]:
                continue
            for start in range(len(words) - len(phrase) + 1):
                found = words[start : start + len(phrase)]
                if all(fits(word, pattern) for word, pattern in zip(found, phrase, strict=True)):
                    return " ".join(found)
        return ""


def fits(word: str, pattern: str) -> bool:
    """True where a word is the pattern, or ends or starts with it at its `*`."""
    if pattern.startswith("*"):
        return word.endswith(pattern[1:])
    if pattern.endswith("*"):
        return word.startswith(pattern[:-1])
    return word == pattern


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary that ships with reportgen."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    meanings = {
        meaning: _phrases(word for words in languages.values() for word in words)
        for meaning, languages in data["meaning"].items()
    }
    label = data["label"]
    keep, others = _by_language(data["meaning"], label["keep_case_languages"])
    return Vocabulary(
        meanings=meanings,
        units={word: unit for unit, words in data["unit"].items() for word in words},
        label=LabelWords(
            acronyms={word.lower(): word for word in label["acronyms"]},
            keep_case=keep - others,
            small_letters=others,
            counters=_phrases(label["counters"]),
            whole=_phrases(label["whole"]),
            written_out=label["written_out"],
            moved_behind=frozenset(label["moved_behind"]["first"]),
            phrases=label["phrases"],
            run_together=(frozenset(label["run_together"]["first"]), frozenset(label["run_together"]["second"])),
        ),
    )


def _by_language(
    meanings: Mapping[str, Mapping[str, Sequence[str]]], chosen: Sequence[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """(words of the chosen languages, words of the others), whatever they mean."""
    words: tuple[set[str], set[str]] = (set(), set())
    for languages in meanings.values():
        for language, known in languages.items():
            words[0 if language in chosen else 1].update(known)
    return frozenset(words[0]), frozenset(words[1])


def _phrases(words: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The phrases as token sequences, longest first, each once."""
    split = dict.fromkeys(tuple(word.split()) for word in words)
    return tuple(sorted(split, key=len, reverse=True))
