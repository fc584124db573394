"""Takes out words that stand for a missing value: `?`, `n/a`, blanks; every word is listed with its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._look import Counts, count_values, distinct_texts, few_texts, most_frequent, quote, quote_counts
from reportgen.clean.base import Plan, Step, Work
from reportgen.config import Settings
from reportgen.engine.shortcuts import characters_in, is_counted
from reportgen.engine.text_missing import CODES_TOO, MISSING_AMONG_NUMBERS, MISSING_WORDS, NEVER
from reportgen.records.table import CleaningNote, Column

NAME = "missing_words"
CODE_LENGTHS = range(2, 6)
"""Letters of country and region codes (FR, FRA, EMEA, LATAM)."""
SHORT_CODE = 2
"""Letters of country codes (ISO 3166-1 alpha-2) and of the states of the USA, which small letters write too."""
MOST_WRITINGS = 1_000_000
"""Ways to write missing words, by case and spaces: all of them."""
SHOWN_WORDS = 30
"""Words that the log names: all that one column is likely to hold."""
LEVELS_TOO = {"*": re.compile(r"^\*{2,10}$"), **dict.fromkeys(("-", "--", "---", "–", "—"), re.compile(r"^\+{1,5}$"))}
"""Signs for a missing value → what stands among the other values where they are a level: stars, plus and minus."""
CODE_SHARE = 0.9
"""Of a column's values, so many are codes where one place or another is written out."""
MOST_CODES = 300
"""Distinct values that are looked at to tell codes: the world has 249 countries (ISO 3166-1)."""


@dataclass(frozen=True, slots=True)
class Found:
    """The missing words of one column."""

    texts: Counts
    """As they stand: `?`, ` N/A `."""
    levels: tuple[str, ...]
    """The column's values trimmed, where one of CODES_TOO or LEVELS_TOO is among those of a category; else empty."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Header name → texts to take out, and the log."""

    texts: Mapping[str, tuple[str, ...]]
    notes: tuple[CleaningNote, ...]


def words_for(column: Column, settings: Settings) -> list[str]:
    """The words that mean missing in this column, sorted."""
    own = {word.strip().lower() for word in settings.clean.missing_words.words}
    typed = MISSING_AMONG_NUMBERS if column.kind in ("number", "date") else frozenset()
    typed |= NEVER if column.kind == "date" else frozenset()
    return sorted(MISSING_WORDS | typed | own)


def look(work: Work) -> dict[str, Found]:
    """Header name → missing words found."""
    plan = work.plan
    found = {}
    for column in plan.used():
        words = written_words(work.frame.select(value=nw.col(column.name)), words_for(column, plan.settings))
        asks = column.kind == "category" and any(word_of(text) in CODES_TOO | LEVELS_TOO.keys() for text, _ in words)
        others = count_values(work.frame, nw.col(column.name), MOST_CODES) if asks else ()
        if words:
            found[column.name] = Found(words, tuple(text.strip() for text, _ in others))
    return found


def written_words(cells: nw.LazyFrame[Any], words: list[str]) -> Counts:
    """The words found in the column `value`, as they stand, with their cells.

    Where texts are many, words with letters that stand in no cell are not looked for.
    """
    few = few_texts(cells, "value")
    if few is not None:
        sought = frozenset(words)
        return tuple((text, n) for text, n in few if word_of(text) in sought)
    value = nw.col("value")
    word = value.str.strip_chars().str.to_lowercase()
    if is_counted(cells, "value"):
        return most_frequent(distinct_texts(cells, value).filter(word.is_in(words)), MOST_WRITINGS)
    characters = characters_in(cells, "value")
    if characters is not None and not any(map(str.isspace, characters)):
        spelled = {character.lower() for character in characters}
        words = [text for text in words if all(letter in spelled or letter.isdigit() for letter in text)]
        if words == [""]:
            return most_frequent(distinct_texts(cells.filter(value == ""), value), MOST_WRITINGS)
        word = value.str.to_lowercase() if any(map(str.isalpha, spelled)) else value
    return most_frequent(distinct_texts(cells.filter(word.is_in(words)), value), MOST_WRITINGS)


def word_of(text: str) -> str:
    return text.strip().lower()


def decide(facts: dict[str, Found], plan: Plan) -> Decision:  # noqa: ARG001 - every step decides on facts and plan
    texts, notes = {}, []
    for name, found in facts.items():
        signs = levels_among(found.levels)
        keeps = signs | (CODES_TOO if are_codes(found.levels) else frozenset())
        kept = [(text, n) for text, n in found.texts if word_of(text) in keeps]
        taken = [(text, n) for text, n in found.texts if word_of(text) not in keeps]
        if taken:
            texts[name] = tuple(text for text, _ in taken)
            counts = count_words(taken)
            reason = language.text("words that stand for a missing value")
            shown = quote_counts(by_count(counts), SHOWN_WORDS)
            notes.append(CleaningNote(NAME, name, counts.total(), shown, language.text("missing"), reason))
        if kept:
            shown = wording.join_words(sorted({text.strip() for text, _ in kept}))
            reason = language.text("the other values are codes too: so {shown} is a place", shown=shown)
            if signs:
                reason = language.text("the other values are signs too: a value, and no word for a missing one")
            notes.append(CleaningNote(NAME, name, sum(n for _, n in kept), quote(shown), language.text("kept"), reason))
    return Decision(texts, tuple(notes))


def count_words(texts: Sequence[tuple[str, int]]) -> Counter[str]:
    """Word → cells, whatever its case and the spaces around it; a blank is the empty word."""
    counts = Counter[str]()
    for text, n in texts:
        counts[word_of(text)] += n
    return counts


def by_count(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def are_codes(levels: tuple[str, ...]) -> bool:
    """True where the values but missing words are of a code's length, in capital letters or of two."""
    others = [level for level in levels if level.lower() not in MISSING_WORDS]
    n_short = sum(level.isalpha() and len(level) == SHORT_CODE for level in others)
    n_capitals = sum(level.isalpha() and level.isupper() and len(level) in CODE_LENGTHS for level in others)
    return bool(others) and max(n_short, n_capitals) >= CODE_SHARE * len(others)


def levels_among(levels: tuple[str, ...]) -> frozenset[str]:
    """The signs that are levels beside the others: `*` among stars, `-` and `--` beside `+`."""
    return frozenset(sign for sign, pattern in LEVELS_TOO.items() if any(pattern.match(level) for level in levels))


def apply(work: Work, decision: Decision) -> Work:
    taken_out = {
        name: nw.when(~nw.col(name).is_in(list(texts))).then(nw.col(name)) for name, texts in decision.texts.items()
    }
    return work.rewrite(taken_out).with_notes(decision.notes)


STEP: Step[dict[str, Found], Decision] = Step(NAME, look, decide, apply)
