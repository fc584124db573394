"""The words of order lines: vocabulary.toml, and how texts are compared with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportgen.records.orders import Part
from reportgen.wording import fold, header_words

FILE = Path(__file__).with_name("vocabulary.toml")
_LETTERS = re.compile(r"[^\W\d_]+")

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartWords:
    """Headers of one part."""

    says: tuple[Phrase, ...]
    """The surest first."""
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of line that is no goods."""

    whole: frozenset[Phrase]
    anywhere: tuple[Phrase, ...]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrderWords:
    """The whole file; its own comments explain every key."""

    parts: Mapping[Part, PartWords]
    void: frozenset[str]
    returned: frozenset[str]
    yes: frozenset[str]
    returned_letters: frozenset[str]
    booked_letters: frozenset[str]
    beside: frozenset[str]
    kinds: Mapping[str, Kind]

    def rank(self, part: Part, header: str) -> tuple[int, str] | None:
        """(place of the phrase, phrase) of the first phrase of that part in a header, None where it does not fit."""
        words, known = tuple(fold(word) for word in header_words(header)), self.parts[part]
        if any(fits(word, pattern) for word in words for pattern in known.never):
            return None
        for place, phrase in enumerate(known.says):
            is_alone = len(phrase) == 1 and part in (Part.CUSTOMER, Part.ORDER, Part.PRODUCT)
            if words == phrase if is_alone and phrase[0] in PLAIN_NOUNS else contains(words, phrase):
                return place, " ".join(phrase)
        return None


PLAIN_NOUNS = frozenset(
    {
        "customer",
        "kunde",
        "client",
        "debitor",
        "invoice",
        "order",
        "receipt",
        "bestellung",
        "auftrag",
        "rechnung",
        "beleg",
    }
    | {"product", "item", "article", "artikel", "produkt"}
)
"""Words that name the thing itself: alone they stand for its number, beside another word for something of it."""


@cache
def order_words() -> OrderWords:
    """The vocabulary that ships with reportgen."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    status, number, no_goods = data["status"], data["number"], data["no_goods"]
    return OrderWords(
        parts={
            Part(part): PartWords(phrases(words["says"]), tuple(words["never"])) for part, words in data["part"].items()
        },
        void=frozenset(status["void"]),
        returned=frozenset(status["returned"]),
        yes=frozenset(status["yes"]),
        returned_letters=frozenset(number["returned"]),
        booked_letters=frozenset(number["booked"]),
        beside=frozenset(no_goods["beside"]),
        kinds={
            name: Kind(frozenset(phrases(kind["is"])), phrases(kind["has"]), frozenset(kind["codes"]))
            for name, kind in no_goods["kind"].items()
        },
    )


def phrases(texts: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(tuple(text.split()) for text in texts)


def text_words(text: str) -> Phrase:
    """The words of a text, lower case without accents, digits and signs left out: `Porto 5,90 €` → porto."""
    return tuple(_LETTERS.findall(fold(text)))


def contains(words: Sequence[str], phrase: Phrase) -> bool:
    """Whether the phrase's words stand one behind the other among the words."""
    n = len(phrase)
    return any(all(map(fits, words[i : i + n], phrase)) for i in range(len(words) - n + 1))


def fits(word: str, pattern: str) -> bool:
    """Whether a word is the pattern; `*` stands for any letters, at its start or its end."""
    if pattern.startswith("*"):
        return word.endswith(pattern[1:])
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern
