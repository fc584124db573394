"""Looks at how the numbers of a column are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from reportgen.clean._look import Counts, aggregate, by_frequency, distinct_texts, few_texts, most_frequent
from reportgen.clean.base import Plan, Work
from reportgen.engine.plain_numbers import PATTERNS, Seen, count_plain
from reportgen.engine.shortcuts import characters_in, is_counted
from reportgen.engine.text_decimals import EITHER, Votes, count_votes
from reportgen.engine.text_numbers import PLAIN, SIGNED, read_number
from reportgen.engine.text_units import PER_CENT, common_unit
from reportgen.engine.text_written import written_marks
from reportgen.records.table import Role

ODD_TEXTS = 2_000
"""Most frequent texts that are no plain numbers: they decide how the column is read."""
STRAY_SHARE = 0.05
"""Cells that may contradict the column's reading; they are listed and set missing. More, and it is ambiguous."""
_RE_PATTERNS = {key: re.compile(pattern) for key, pattern in PATTERNS.items()}
_RE_PLAIN = re.compile(PLAIN)


@dataclass(frozen=True, slots=True)
class Digits:
    """How one column's numbers are written."""

    n_known: int
    n_plain: int
    """Cells that every program reads alike."""
    n_bare: int
    """Of them, other than 0."""
    n_small: int
    """Of those, from −1 to 1."""
    either: str
    """One of them like `1.234`, or empty."""
    point: str
    """One of them with other decimals, or empty."""
    votes: Votes
    """Of all cells on the decimal sign."""
    unit: str
    """What stands beside most of the others, or empty."""
    odd: Counts
    """The other texts, the most frequent."""
    signed: bool
    """Whether any cell may be negative."""
    marks: tuple[tuple[str, ...], tuple[str, ...]]
    """What stands before and behind numbers of that unit."""
    n_long: int = 0
    """Of the plain cells, those with three decimals and more."""
    has_typed_either: bool = False
    """Whether somebody typed the cells like `1.234` into a workbook, which writes its own numbers with a point."""


def digits_of(work: Work, name: str) -> Digits:
    """How the column is written; patterns are tried once a text."""
    few = few_texts(work.frame, name)
    plain, others = _apart(few) if few is not None else _apart_by_expressions(work.frame, name)
    return _with_others(_as_typed(plain, work.plan, name) if work.plan.is_typed else plain, others)


def _as_typed(plain: Digits, plan: Plan, name: str) -> Digits:
    """What the plain cells of a workbook or a database say: it writes a decimal point itself, nobody has typed it.

    Amounts like `1.234` that the sheet stores as text have been typed, where no other amount has so many decimals.
    """
    n_either = plain.votes.either_point
    is_amount = plan.column(name).role in (Role.MONEY, Role.COUNT, Role.MEASURE)
    if is_amount and 0 < n_either <= plan.text_numbers.get(name, 0) and plain.n_long == n_either:
        return replace(plain, votes=Votes(either_point=n_either), has_typed_either=True)
    return replace(plain, votes=Votes(), either="", point="")


@dataclass(frozen=True, slots=True)
class _Others:
    """The cells of a column that are no plain numbers."""

    n: int
    signed: bool
    texts: Counts
    """The most frequent."""


def _apart(texts: Counts) -> tuple[Digits, _Others]:
    """The plain numbers of a column, and its other texts, told one by one."""
    counted = Counter[str]()
    for text, n in texts:
        counted[text.strip()] += n
    others = by_frequency((text, n) for text, n in counted.items() if not _RE_PLAIN.search(text))
    for text, _ in others:
        del counted[text]
    signed = any(_RE_PATTERNS["signed"].search(text) for text, _ in others)
    return _plain_digits(_count_few(counted)), _Others(sum(n for _, n in others), signed, others[:ODD_TEXTS])


def _apart_by_expressions(frame: nw.LazyFrame[Any], name: str) -> tuple[Digits, _Others]:
    """The same where texts are many."""
    seen = count_plain(frame, name)
    if seen is not None:
        return _plain_digits(seen), _Others(0, signed=False, texts=())
    value, text = nw.col("value"), nw.col(name)
    counted = distinct_texts(frame, text) if is_counted(frame, name) else None
    characters = characters_in(frame, name) if counted is None else characters_in(counted, "value")
    is_spaced = characters is None or any(map(str.isspace, characters))
    texts = distinct_texts(frame, text.str.strip_chars() if is_spaced else text)
    texts = texts.with_columns(plain=value.str.contains(PLAIN))
    others = texts.filter(~nw.col("plain"))
    found = aggregate(others, {"n": nw.col("n").sum(), "signed": value.str.contains(SIGNED).sum()})
    n = int(found["n"] or 0)
    return _plain_digits(_count_many(texts.filter(nw.col("plain")))), _Others(
        n, bool(found["signed"]), most_frequent(others, ODD_TEXTS) if n else ()
    )


def _plain_digits(found: Seen) -> Digits:
    """Of the cells that every program reads alike."""
    seen = found.cells
    return Digits(
        n_known=seen["plain"],
        n_plain=seen["plain"],
        n_bare=seen["bare"],
        n_small=seen["one"] - (seen["plain"] - seen["bare"]),
        either=found.either,
        point=found.point,
        n_long=seen["long"],
        votes=Votes(
            point=seen["point"] - seen["either"],
            either_point=seen["either"],
            n_round=seen["round"],
            small=seen["small"],
            large=seen["large"],
            cents=seen["cents"],
            round_cents=seen["round_cents"],
        ),
        unit="",
        odd=(),
        signed=bool(seen["signed"]),
        marks=((), ()),
    )


def _count_few(texts: Mapping[str, int]) -> Seen:
    seen, either, point = dict.fromkeys(("plain", *_RE_PATTERNS), 0), "", ""
    for text, n in texts.items():
        seen["plain"] += n
        found = {key for key, pattern in _RE_PATTERNS.items() if pattern.search(text)}
        for key in found:
            seen[key] += n
        if "either" in found:
            either = max(either, text)
        elif "point" in found:
            point = max(point, text)
    return Seen(seen, either, point)


def _count_many(texts: nw.LazyFrame[Any]) -> Seen:
    value, n = nw.col("value"), nw.col("n")
    sums = {key: nw.when(value.str.contains(pattern)).then(n).otherwise(0).sum() for key, pattern in PATTERNS.items()}
    is_either, has_point = value.str.contains(EITHER), value.str.contains(PATTERNS["point"])
    examples = {
        "either_text": nw.when(is_either).then(value).max(),
        "point_text": nw.when(has_point & ~is_either).then(value).max(),
    }
    found = aggregate(texts, {"plain": n.sum(), **sums, **examples})
    either, point = (text if isinstance(text, str) else "" for text in map(found.pop, examples))
    return Seen({key: int(count or 0) for key, count in found.items()}, either, point)


def _with_others(plain: Digits, others: _Others) -> Digits:
    """The same with the other texts of the column."""
    if not others.n:
        return plain
    n_known = plain.n_plain + others.n
    unit = common_unit(others.texts, STRAY_SHARE * n_known)
    return replace(
        plain,
        n_known=n_known,
        votes=plain.votes + count_votes(others.texts, unit),
        unit=unit,
        odd=others.texts,
        signed=plain.signed or others.signed,
        marks=written_marks(others.texts, unit),
    )


def count_bare(digits: Digits, decimal: str) -> tuple[int, int]:
    """(cells without a per cent sign other than 0, of those from −1 to 1)."""
    n_bare, n_small = digits.n_bare, digits.n_small
    for text, n in digits.odd:
        value = None if PER_CENT in text else read_number(text, decimal)
        if value:
            n_bare, n_small = n_bare + n, n_small + n * (abs(value) <= 1)
    return n_bare, n_small
