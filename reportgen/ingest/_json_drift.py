"""Joins the columns of keys that one record writes otherwise than the next: `totalSpent` and `total_spent`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from reportgen.ingest._answer import Answer
from reportgen.wording import join_words, plural, scrub

LEAST_SHARED = 0.5
"""Share of the keys inside an object that must stand outside of it in other records: it wraps whole records then."""
SHOWN = 3
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])[ _-]+(?=[^\W\d_])")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")

Cells = list[str | None]


def leave_out_values(answer: Answer) -> None:
    """Leaves out columns whose names are values, as names of persons and days are; their object is told instead."""
    places = {at + 1 for at in answer.facts["of_values"]}
    if not places:
        return
    for row in answer.rows:
        row.extend([None] * (len(answer.facts["names"]) + 1 - len(row)))
    for at in places:
        answer.facts["left_out"].setdefault(answer.facts["names"][at - 1].rpartition(".")[0], 0)
    _leave_out(answer, places)


def join_keys(answer: Answer) -> list[str]:
    """Joins columns in place where no record fills two of them; what to say of it."""
    return [*_join_wrapped(answer), *_join_writings(answer)]


def _join_writings(answer: Answer) -> Iterator[str]:
    """Keys that are the same but for case and what parts words: a sign or a figure may tell two things apart."""
    groups = defaultdict[str, list[int]](list)
    for at, name in enumerate(answer.facts["names"], start=1):
        groups[_bare(name)].append(at)
    sure = [group for group in groups.values() if len(group) > 1 and _are_one(answer.rows, group)]
    if not sure:
        return
    names = answer.facts["names"]
    shown = [join_words([scrub(names[at - 1]) for at in group]) for group in sure[:SHOWN]]
    yield f"Keys that records write differently read as one: {'; '.join(shown)}{'; …' if len(sure) > SHOWN else ''}."
    _merge(answer, {at: group[0] for group in sure for at in group[1:]})


def _join_wrapped(answer: Answer) -> Iterator[str]:
    """Records that stand inside an object where the others do not."""
    for outer in dict.fromkeys(name.partition(".")[0] for name in answer.facts["names"] if "." in name):
        names = answer.facts["names"]
        inner = {at: name[len(outer) + 1 :] for at, name in enumerate(names, 1) if name.startswith(f"{outer}.")}
        flat = {_bare(name): at for at, name in enumerate(names, start=1) if at not in inner}
        pairs = {at: flat[_bare(name)] for at, name in inner.items() if _bare(name) in flat}
        n_inside = sum(_is_any(row, inner) for row in answer.rows)
        is_apart = not any(_is_any(row, inner) and _is_any(row, flat.values()) for row in answer.rows)
        if pairs and len(pairs) >= LEAST_SHARED * len(inner) and is_apart:
            answer.facts["names"] = [inner.get(at, name) for at, name in enumerate(names, start=1)]
            yield f"{plural(n_inside, 'record')} that stand inside {scrub(outer)} read like the others."
            _merge(answer, pairs)


def _bare(name: str) -> str:
    return _BETWEEN_LETTERS.sub("", name).casefold()


def _are_alike(rows: Iterable[Sequence[str | None]], group: Sequence[int]) -> bool:
    """Whether the columns hold numbers all, or none of them does: two systems number their users each in its way."""
    n_known, n_numbers = Counter[int](), Counter[int]()
    for row in rows:
        for at in group:
            if (cell := _cell(row, at)) is not None:
                n_known[at] += 1
                n_numbers[at] += bool(_NUMBER.fullmatch(cell))
    return len({2 * n_numbers[at] >= n_known[at] for at in group}) == 1


def _cell(row: Sequence[str | None], at: int) -> str | None:
    return row[at] if at < len(row) else None


def _is_any(row: Sequence[str | None], places: Iterable[int]) -> bool:
    return any(_cell(row, at) is not None for at in places)


def _are_one(rows: Sequence[Sequence[str | None]], group: Sequence[int]) -> bool:
    """Whether no record fills two of the columns, and they hold values of one kind."""
    meet = any(sum(_cell(row, at) is not None for at in group) > 1 for row in rows)
    return not meet and _are_alike(rows, group)


def _merge(answer: Answer, into: dict[int, int]) -> None:
    """Moves the cells of columns (from 1) into others, and leaves those columns out."""
    facts = answer.facts
    for row in answer.rows:
        row.extend([None] * (len(facts["names"]) + 1 - len(row)))
        for source, target in into.items():
            if (cell := _cell(row, source)) is not None:
                row[target] = cell
    for source, target in into.items():
        for counted in ("n_present", "n_open"):
            facts[counted][target - 1] += facts[counted][source - 1]
    _leave_out(answer, into)


def _leave_out(answer: Answer, places: Container[int]) -> None:
    """Takes columns (from 1) out of the rows, which are all of full width, and of what is told by column."""
    facts = answer.facts
    kept = [at for at in range(1, len(facts["names"]) + 1) if at not in places]
    for row in answer.rows:
        row[1:] = [row[at] for at in kept]
    for listed in ("names", "n_present", "n_open"):
        facts[listed] = [facts[listed][at - 1] for at in kept]
    facts["false_alone"] = [kept.index(at + 1) for at in facts["false_alone"] if at + 1 in kept]
