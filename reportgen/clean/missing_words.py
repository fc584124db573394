"""Takes out words that stand for a missing value: `?`, `n/a`, blanks; every word is listed with its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw

from reportgen.clean._look import Counts, aggregate, count_values, quote_counts
from reportgen.clean.base import Plan, Step, Work
from reportgen.config import Settings
from reportgen.engine.text_missing import COUNTRY_OR_MISSING, MISSING_AMONG_NUMBERS, MISSING_WORDS
from reportgen.records.table import CleaningNote, Column

NAME = "missing_words"
CODE_LENGTHS = range(2, 6)
"""Letters of country and region codes (FR, FRA, EMEA, LATAM)."""
MOST_CODES = 300
"""Distinct values that are looked at to tell codes: the world has 249 countries (ISO 3166-1)."""


@dataclass(frozen=True, slots=True)
class Found:
    """The missing words of one column."""

    words: Counts
    """In lower case; a blank is the empty word."""
    levels: tuple[str, ...]
    """The column's other values as they stand, where `na` is among the words of a category; else empty."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Header name → words to take out, and the log."""

    words: Mapping[str, tuple[str, ...]]
    notes: tuple[CleaningNote, ...]


def trimmed(name: str) -> nw.Expr:
    return nw.col(name).str.strip_chars()


def in_words(name: str, words: list[str]) -> nw.Expr:
    return trimmed(name).str.to_lowercase().is_in(words)


def words_for(column: Column, settings: Settings) -> list[str]:
    """The words that mean missing in this column, sorted."""
    own = {word.strip().lower() for word in settings.clean.missing_words}
    typed = MISSING_AMONG_NUMBERS if column.kind in ("number", "date") else frozenset()
    return sorted(MISSING_WORDS | typed | own)


def look(work: Work) -> dict[str, Found]:
    """Header name → missing words found."""
    plan = work.plan
    words = {column.name: words_for(column, plan.settings) for column in plan.used()}
    hits = aggregate(work.frame, {name: in_words(name, words[name]).sum() for name in words})
    found = {}
    for name, asked in words.items():
        if not hits[name]:
            continue
        among = work.frame.filter(in_words(name, asked))
        counted = count_values(among, trimmed(name).str.to_lowercase(), len(asked))
        asks = COUNTRY_OR_MISSING in dict(counted) and plan.column(name).kind == "category"
        others = count_values(work.frame, trimmed(name), MOST_CODES) if asks else ()
        found[name] = Found(counted, tuple(text for text, _ in others))
    return found


def decide(facts: dict[str, Found], plan: Plan) -> Decision:  # noqa: ARG001 - every step decides on facts and plan
    words, notes = {}, []
    for name, found in facts.items():
        keeps = COUNTRY_OR_MISSING if are_codes(found.levels) else None
        counts = tuple((word, n) for word, n in found.words if word != keeps)
        if counts:
            words[name] = tuple(word for word, _ in counts)
            n_cells = sum(n for _, n in counts)
            reason = "words that stand for a missing value"
            notes.append(CleaningNote(NAME, name, n_cells, quote_counts(counts), "missing", reason))
        if keeps and keeps in dict(found.words):
            n_kept = dict(found.words)[keeps]
            reason = "the other values are codes too: NA is a country or region"
            notes.append(CleaningNote(NAME, name, n_kept, "'NA'", "kept", reason))
    return Decision(words, tuple(notes))


def are_codes(levels: tuple[str, ...]) -> bool:
    """True where all values but missing words are capital letters of a code's length."""
    others = [level for level in levels if level.lower() not in MISSING_WORDS]
    return bool(others) and all(level.isalpha() and level.isupper() and len(level) in CODE_LENGTHS for level in others)


def apply(work: Work, decision: Decision) -> Work:
    taken_out = {
        name: nw.when(~in_words(name, list(words))).then(nw.col(name)) for name, words in decision.words.items()
    }
    return work.rewrite(taken_out).with_notes(decision.notes)


STEP: Step[dict[str, Found], Decision] = Step(NAME, look, decide, apply)
