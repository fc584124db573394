"""Shows questions and statements as labels: in quotes, as no sentence takes them into itself, and short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from reportgen import language
from reportgen.records.table import Column, Role

QUESTION_WORDS = 4
"""Words from which a header is a question or a statement, whatever single word in it says code or money."""
CLAUSE_WORDS = 3
"""The same where other columns are questions: `I buy online`."""
LONGEST_LABEL = 38
"""Characters of a question that reports show; with its quotes it is as long as any label there."""
_AROUND_ITEM = " []():-–.?"
"""What parts a question from the single thing it asks about."""


def with_questions(columns: Sequence[Column], answers: Collection[str]) -> tuple[Column, ...]:
    """The columns, those that ask or state something with a label that says so. `answers`: names of one scale."""
    asking = [c for c in columns if c.label.endswith("?") or (c.name in answers and _is_question(c.label))]
    if not asking:
        return tuple(columns)
    of_scale = {column.name: column.label for column in columns if column.name in answers}
    marks = {c.name: c.label for c in columns if c.role is Role.SCORE and _is_clause(c.label)}
    shown = _shortened({**{column.name: column.label for column in asking}, **marks, **_without_question(of_scale)})
    return tuple(replace(column, label=shown.get(column.name, column.label)) for column in columns)


def _is_question(label: str) -> bool:
    return len(label.split()) >= QUESTION_WORDS


def _shortened(said: Mapping[str, str]) -> dict[str, str]:
    """Header name → what is shown: the first words of what is long, the last ones where several begin alike."""
    heads = {name: _head(label) for name, label in said.items()}
    counted = Counter(heads.values())
    shown = {name: head if counted[head] == 1 else _tail(said[name]) for name, head in heads.items()}
    counted = Counter(shown.values())
    full = {name: label if counted[label] == 1 else said[name] for name, label in shown.items()}
    return {
        name: language.text("“{label}”", label=label) if _is_clause(label) else label for name, label in full.items()
    }


def _is_clause(label: str) -> bool:
    return len(label.split()) >= CLAUSE_WORDS or label[-1:] in "?…"


def _without_question(labels: Mapping[str, str]) -> Mapping[str, str]:
    """The labels without the question that all of them begin with: `How satisfied are you with: [Price]` → Price."""
    words = {name: label.split() for name, label in labels.items()}
    n_common = sum(1 for _ in takewhile(lambda at: len(set(at)) == 1, zip(*words.values(), strict=False)))
    rests = {name: " ".join(parts[n_common:]).strip(_AROUND_ITEM) for name, parts in words.items()}
    are_told = n_common >= QUESTION_WORDS and len(set(rests.values())) == len(rests) and all(rests.values())
    return rests if are_told else labels


def _head(label: str) -> str:
    """The first words of a label that is too long to be shown."""
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rpartition(' ')[0]}…"


def _tail(label: str) -> str:
    """The last words: questions often begin alike."""
    return label if len(label) <= LONGEST_LABEL else f"…{label[1 - LONGEST_LABEL :].partition(' ')[2]}"
