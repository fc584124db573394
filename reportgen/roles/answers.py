"""Takes columns of answers on one scale for scores: 1 to 5 in several columns, or the wordings of its steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen import language, wording
from reportgen.engine.text_answers import numbered_step, scale_of, step_on, steps_in
from reportgen.records.table import Column, Role
from reportgen.roles.questions import QUESTION_WORDS, with_questions
from reportgen.roles.subject import GUESSED, LIKELY, Subject

FEWEST_NUMBERED = 4
"""Columns of the same whole numbers that are answers: codes of trades, regions and the like have each their own."""
FEWEST_WORDED = 2
"""Columns with the wordings of one scale."""
STEPS = range(5, 12)
"""Steps of a scale of numbers: fewer are groups, of four as of three; more are counts."""
MAY_ANSWER = frozenset({Role.CODE, Role.CATEGORY, Role.MEASURE, Role.MONEY, Role.SCORE})
SHOWN = 24
"""Characters of a wording in the reason."""


@dataclass(frozen=True, slots=True)
class _Answers:
    """One column that may hold answers."""

    column: Column
    low: int
    high: int
    is_full: bool
    """Whether every step from low to high stands in it."""


def with_answers(
    columns: Sequence[Column], subjects: Mapping[str, Subject], chosen: Collection[str]
) -> tuple[Column, ...]:
    """The columns, those of answers as scores with their scale. `chosen`: columns that settings name."""
    asked = [column for column in columns if column.name in subjects and column.name not in chosen]
    found = {**_numbered(asked, subjects), **_worded(asked, subjects)}
    return with_questions(tuple(found.get(column.name, column) for column in columns), found)


def worded_scale(levels: Collection[str]) -> tuple[float, float] | None:
    """(1, steps) of the scale whose wordings those are; None for none."""
    scale = scale_of(levels)
    return (1.0, float(len(scale))) if scale else None


def _numbered(columns: Iterable[Column], subjects: Mapping[str, Subject]) -> dict[str, Column]:
    """Columns of one range of whole numbers."""
    seen = [answers for column in columns if (answers := _numbers_of(column, subjects[column.name]))]
    ranges = Counter((one.low, one.high) for one in seen if one.is_full)
    if not ranges:
        return {}
    (low, high), n = min(ranges.items(), key=lambda entry: (-entry[1], entry[0]))
    if n < FEWEST_NUMBERED:
        return {}
    of_scale = [one.column for one in seen if low <= one.low and one.high <= high]
    reason = language.text(
        "whole numbers from {low} to {high}, as in {n} columns: answers on one scale",
        low=str(low),
        high=str(high),
        n=wording.format_count(len(of_scale)),
    )
    return {column.name: _as_score(column, reason, (float(low), float(high))) for column in of_scale}


def _numbers_of(column: Column, subject: Subject) -> _Answers | None:
    """The steps in a column of small whole numbers, or of texts that begin with them; None for any other."""
    is_question = len(subject.header.words) >= QUESTION_WORDS
    is_mark = column.role is Role.SCORE and column.scale is None and column.confidence <= LIKELY
    is_open = is_question or is_mark or column.role is Role.CATEGORY or column.confidence <= GUESSED
    if column.role not in MAY_ANSWER or not is_open or "rfm" in subject.header.words:
        return None
    if subject.is_whole:
        steps = {step for text in subject.facts.levels if (step := numbered_step(text.removesuffix(".0"))) is not None}
    else:
        steps = set((steps_in(subject.facts.levels) or {}).values())
    if not steps or subject.header.unit or max(steps) - min(steps) + 1 not in STEPS:
        return None
    low, high = min(steps), max(steps)
    is_scale = low in (0, 1) or low == -high
    return _Answers(column, low, high, is_scale and len(steps) == high - low + 1) if len(steps) > 2 else None


def _worded(columns: Iterable[Column], subjects: Mapping[str, Subject]) -> dict[str, Column]:
    """Columns with the wordings of one scale."""
    by_scale: dict[tuple[frozenset[str], ...], list[Column]] = {}
    for column in columns:
        levels = subjects[column.name].facts.levels
        scale = scale_of(levels) if column.role in (Role.CATEGORY, Role.TEXT) else None
        if scale and len({step_on(scale, text) for text in levels} - {None}) > 2:
            by_scale.setdefault(scale, []).append(column)
    return {
        column.name: _as_score(column, _reason(scale, subjects[column.name]), (1.0, float(len(scale))))
        for scale, of_scale in by_scale.items()
        if len(of_scale) >= FEWEST_WORDED
        for column in of_scale
    }


def _reason(scale: tuple[frozenset[str], ...], subject: Subject) -> str:
    steps = {step: text for text in subject.facts.levels if (step := step_on(scale, text))}
    low, high = (wording.scrub(steps[end(steps)], SHOWN) for end in (min, max))
    return language.text(
        "answers from {low} to {high}: steps {first} to {last} of a scale of {n}",
        low=f"'{low}'",
        high=f"'{high}'",
        first=str(min(steps)),
        last=str(max(steps)),
        n=str(len(scale)),
    )


def _as_score(column: Column, reason: str, scale: tuple[float, float]) -> Column:
    return replace(
        column, role=Role.SCORE, kind="number", reason=reason, confidence=LIKELY, scale=column.scale or scale
    )
