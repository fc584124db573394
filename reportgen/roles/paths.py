"""Judges a header that is the path to a key (`address.orders_shipped`) by its last part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from reportgen import language
from reportgen.records.table import Role
from reportgen.roles.header import parse_header, without_type
from reportgen.roles.identities import PLAIN_ID
from reportgen.roles.subject import LIKELY, Subject, Verdict, header_says

_PATH = re.compile(r"^[@$]?[^\W\d][\w$-]*(?:\.[@$]?[^\W\d][\w$-]*)+$")
_MAY_BE_OBJECTS = frozenset({Role.CODE, Role.PERSONAL, Role.ID})
"""Roles that the name of an object may have decided."""
_MAY_BE_NAMES = frozenset({Role.CATEGORY, Role.TEXT, Role.ID})
_AMOUNTS = frozenset({Role.COUNT, Role.MONEY, Role.SCORE, Role.AGE, Role.MEASURE})
_OF_NOBODY = frozenset({Role.COUNT, Role.MONEY, Role.SCORE})
"""Of these even in an object that says who or where a customer is; a size or an age there is the house's."""
KEYS_OF_OBJECT = 2
"""Headers that begin alike from which what they begin with is the name of an object, and says nothing of its keys."""


def by_path(decide: Callable[[Subject], Verdict], names: Sequence[str]) -> Callable[[Subject], Verdict]:
    """The rules `decide` for a table with headers of these names, the last part of a path being heard first."""
    begun = Counter(without_type(name).rpartition(".")[0] for name in names)
    objects = frozenset(start for start, n in begun.items() if start and n >= KEYS_OF_OBJECT)
    return lambda column: _judged(column, decide, objects)


def _judged(column: Subject, decide: Callable[[Subject], Verdict], objects: Collection[str]) -> Verdict:
    verdict = decide(column)
    start, _, end = without_type(column.header.name).rpartition(".")
    if not _is_path(column):
        return verdict
    part = replace(column, header=parse_header(end, column.vocabulary))
    if verdict.role in _MAY_BE_NAMES and (name := _part_of_name(column, part)):
        return name
    if verdict.role not in _MAY_BE_OBJECTS or _says_nothing(part):
        return verdict
    own = decide(part)
    is_unsaid = verdict.role is Role.CODE and start in objects and own.role in _AMOUNTS
    return own if is_unsaid or _says_more(own, part, verdict) else verdict


def _is_path(column: Subject) -> bool:
    """Whether dots part keys; `Days.Since.Last.Order` has them in the place of spaces."""
    name, find = without_type(column.header.name), column.vocabulary.find
    return bool(_PATH.match(name)) and not any(find("joining", (part,)) for part in name.lower().split("."))


def _says_nothing(part: Subject) -> bool:
    """Whether the last part alone leaves open what it is: `address.line1` is the address."""
    return all(word.isdigit() or part.vocabulary.find("of_object", (word,)) for word in part.header.words)


def _says_more(own: Verdict, part: Subject, verdict: Verdict) -> bool:
    """Whether the last part says for sure that a column is what its object's name hides."""
    if own.confidence < LIKELY:
        return False
    if own.role is Role.DATE:
        return verdict.role is Role.PERSONAL and bool(part.says("date") or part.is_event or part.is_stamp)
    if own.role is Role.ID:
        return verdict.role is Role.PERSONAL and own.confidence >= PLAIN_ID
    return own.role in (_OF_NOBODY if verdict.role is Role.PERSONAL else _AMOUNTS)


def _part_of_name(column: Subject, part: Subject) -> Verdict | None:
    """`name.first`: the parts of a name, read backwards, say whose it is."""
    words = (*part.header.words, *column.header.words[: -len(part.header.words) or None])
    turned = replace(column, header=replace(column.header, words=words))
    if not turned.is_persons_name or column.says("named_thing"):
        return None
    phrase = turned.says("given_name") or turned.says("family_name")
    reason = header_says(phrase, language.text("it says who or where a customer is"))
    return Verdict(Role.PERSONAL, reason, LIKELY)
