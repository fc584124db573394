"""Says what each column means: header taken apart, role with reason and confidence; settings override."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from reportgen import language, wording
from reportgen.config import Settings, resolve_column
from reportgen.engine.base import Engine
from reportgen.engine.text_lengths import are_lengths
from reportgen.errors import ReportgenError
from reportgen.records.orders import DERIVED_NAMES
from reportgen.records.table import NUMERIC_ROLES, Column, RawTable, Role
from reportgen.roles.amounts import AMOUNT_RULES
from reportgen.roles.answers import with_answers, worded_scale
from reportgen.roles.became_dates import refuse_became_dates
from reportgen.roles.facts import look_at
from reportgen.roles.header import Header, parse_header
from reportgen.roles.lesser_ids import with_whole_id
from reportgen.roles.mixed_currencies import refuse_mixed_currencies
from reportgen.roles.paths import by_path
from reportgen.roles.rounded_ids import refuse_rounded
from reportgen.roles.rules import RULES
from reportgen.roles.series import refuse_series
from reportgen.roles.shifted_names import refuse_shifted
from reportgen.roles.signs_apart import refuse_signs_apart
from reportgen.roles.subject import FEW_LEVELS, LIKELY, Subject, Verdict, header_says
from reportgen.roles.unrepeated_labels import refuse_unrepeated
from reportgen.roles.vocabulary import Vocabulary, load_vocabulary

READABLE_SHARE = 0.5
"""A column that the settings call a number must hold at least so many numbers, else the setting is a mistake."""

OF_RECORDS = frozenset({"json", "json lines", "parquet", "sqlite", "sql"})
"""Formats that no pivot table is printed in."""

ENVELOPES = frozenset({"_source", "node", "attributes", "properties", "fields", "item"})
"""Keys under which an answer wraps the record itself, in small letters."""

LEVEL_ROLES = frozenset({Role.CATEGORY, Role.FLAG, Role.CODE})


def assign_roles(table: RawTable, settings: Settings, engine: Engine) -> tuple[Column, ...]:
    """What each column means, in file order; among several ids the customer's has the highest confidence.

    Raises ReportgenError: RG-007 where amounts have sign or currency apart or numbers became dates, RG-009 where ids
    were rounded, RG-012 where the names are moved or customers named once a group, RG-062 where a setting names a
    column that is not there, RG-063 where it calls text a number.
    """
    vocabulary = load_vocabulary()
    headers = [parse_header(name, vocabulary) for name in table.columns]
    labels = distinct_labels([_unwrapped(header, vocabulary) for header in headers])
    chosen = chosen_roles(settings, labels)
    budget = settings.clean.column_budget
    named = {*chosen, *wanted_columns(settings, labels)}
    unseen = past_budget(headers, budget.most_columns, named, vocabulary) if budget.on else frozenset()
    seen = [header.name for header in headers if header.name not in unseen]
    facts, cells = look_at(table, seen, settings.clean.missing_words.words, engine, settings.input.decimal)
    subjects = {h.name: Subject(h, facts[h.name], vocabulary) for h in headers if h.name not in unseen}
    refuse_rounded(subjects, chosen)
    refuse_became_dates(subjects, cells, chosen)
    have_names = any(subject.says("family_name") or subject.says("given_name") for subject in subjects.values())
    refuse_shifted(tuple(subjects.values()), is_sure=settings.input.header is True)
    columns, rules = [], by_path(decide, table.columns)
    for header in headers:
        if header.name in unseen:
            columns.append(_unseen(header, labels[header.name], budget.reason))
            continue
        subject = subjects[header.name]
        verdict = _settled(subject, chosen) or (name_alone(subject) if have_names else None) or rules(subject)
        columns.append(_column(subject, labels[header.name], verdict))
    columns = list(with_whole_id(columns, subjects, chosen))
    columns = list(with_answers(columns, subjects, chosen))
    refuse_unrepeated(columns, subjects, cells, chosen, is_printed=table.report.format not in OF_RECORDS)
    if settings.orders.mode != "never" and not settings.input.id_column:
        refuse_series(columns, subjects, cells)
    if not settings.orders.currency:
        refuse_mixed_currencies(columns, subjects, chosen)
    refuse_signs_apart([column for column in columns if column.name in subjects], subjects, chosen)
    return tuple(_with_twins(columns, cells))


def past_budget(
    headers: Sequence[Header], most: int, chosen: Collection[str], vocabulary: Vocabulary
) -> frozenset[str]:
    """Header names past the number of columns that are looked at, but for ids and what the settings name."""

    def is_wanted(header: Header) -> bool:
        return header.name in chosen or bool(vocabulary.find("id", header.words))

    return frozenset(header.name for header in headers[most:] if not is_wanted(header))


def _unseen(header: Header, label: str, reason: str) -> Column:
    return Column(header.name, label, header.unit, header.scale, Role.IGNORED, reason, 1.0, "text")


def name_alone(column: Subject) -> Verdict | None:
    """`Nombre`, `Name` beside a column of family names or of given ones, however few names there are."""
    phrase = column.says("name")
    if column.header.words != (phrase,) or column.is_numeric or not column.facts.n_known:
        return None
    return Verdict(Role.PERSONAL, header_says(phrase, language.text("it says who or where a customer is")), LIKELY)


def decide(column: Subject) -> Verdict:
    """The answer of the first rule that has one."""
    rules = (*RULES, *AMOUNT_RULES)
    return next(verdict for verdict in (rule(column) for rule in rules) if verdict is not None)


def chosen_roles(settings: Settings, labels: Mapping[str, str]) -> dict[str, tuple[Role, str]]:
    """Header name → (role, reason) that the settings ask for. Raises ReportgenError (RG-062)."""
    chosen: dict[str, tuple[Role, str]] = {}
    for wanted in in_export(settings.columns.roles, labels):
        role = settings.columns.roles[wanted]
        chosen[resolve_column("columns.roles", wanted, labels)] = (role, language.text("the settings say so"))
    for wanted in in_export(settings.columns.ignore, labels):
        chosen[resolve_column("columns.ignore", wanted, labels)] = (
            Role.IGNORED,
            language.text("the settings leave it out"),
        )
    if settings.input.id_column:
        name = resolve_column("input.id_column", settings.input.id_column, labels)
        chosen[name] = (Role.ID, language.text("the settings name it as the customer id"))
    return chosen


def in_export(names: Iterable[str], labels: Mapping[str, str]) -> list[str]:
    """The names without those of columns that only order lines give, later."""
    return [name for name in names if name in labels or name not in DERIVED_NAMES]


def wanted_columns(settings: Settings, labels: Mapping[str, str]) -> list[str]:
    """Header names that the settings use. Raises ReportgenError (RG-062)."""
    wanted = [("columns.features", name) for name in in_export(settings.columns.features, labels)]
    wanted += [("columns.value", name) for name in in_export([settings.columns.value], labels) if name]
    return [resolve_column(setting, name, labels) for setting, name in wanted]


def _settled(column: Subject, chosen: Mapping[str, tuple[Role, str]]) -> Verdict | None:
    """The role that the settings give, or None. Raises ReportgenError (RG-063) for text called a number."""
    name, facts = column.header.name, column.facts
    if name not in chosen:
        return None
    role, reason = chosen[name]
    if role is Role.SCORE and (scale := worded_scale(facts.levels)):
        return Verdict(role, reason, 1.0, scale)
    is_read = max(facts.numbers, facts.dates) >= READABLE_SHARE or (role is Role.MEASURE and are_lengths(facts.levels))
    if role in NUMERIC_ROLES and facts.n_known and not is_read:
        raise ReportgenError(
            "RG-063",
            f"The settings give {name} the role {role.value}, but only {wording.format_share(facts.numbers)} "
            f"of its values are numbers, for example not {wording.scrub(next(iter(facts.levels)), 40)!r}.",
            "Take the column out of [columns] roles, or give it the role category.",
        )
    return Verdict(role, reason, 1.0)


def distinct_labels(headers: Iterable[Header]) -> dict[str, str]:
    """Header name → label; where two headers would share one, both keep their header as the label."""
    headers = list(headers)
    counted = Counter(header.label.casefold() for header in headers)
    return {
        header.name: header.label if counted[header.label.casefold()] == 1 else wording.scrub(header.name)
        for header in headers
    }


def _unwrapped(header: Header, vocabulary: Vocabulary) -> Header:
    """The header with the label of what an answer's wrapping holds: `attributes.spend` is spend to a reader."""
    start, dot, rest = header.name.partition(".")
    if not dot or start.casefold() not in ENVELOPES or not rest:
        return header
    return replace(header, label=parse_header(rest, vocabulary).label)


def _column(subject: Subject, label: str, verdict: Verdict) -> Column:
    header, facts = subject.header, subject.facts
    return Column(
        name=header.name,
        label=label,
        unit=header.unit or (facts.unit if verdict.role in NUMERIC_ROLES else ""),
        scale=header.scale or verdict.scale,
        role=verdict.role,
        reason=verdict.reason,
        confidence=verdict.confidence,
        kind=kind_of(verdict.role),
        tells_person=verdict.role is Role.PERSONAL and subject.names_person,
        contact=subject.contact if verdict.role is Role.PERSONAL else None,
    )


def kind_of(role: Role) -> str:
    """How a column of that role is stored after cleaning."""
    if role in NUMERIC_ROLES:
        return "number"
    if role is Role.DATE:
        return "date"
    return "category" if role in LEVEL_ROLES else "text"


def _with_twins(columns: Sequence[Column], cells: Mapping[str, Sequence[str | None]]) -> list[Column]:
    """The columns; one that says the same as an earlier one in other words (Gender_B, Gender) says so."""
    told: list[Column] = []
    first: dict[tuple[int, ...], Column] = {}
    for column in columns:
        pattern = level_pattern(column, cells.get(column.name, ()))
        twin = first.setdefault(pattern, column) if pattern else column
        if twin is not column:
            column = replace(
                column,
                reason=language.text("{reason}; tells the same as {label}", reason=column.reason, label=twin.label),
            )
        told.append(column)
    return told


def level_pattern(column: Column, cells: Sequence[str | None]) -> tuple[int, ...]:
    """The levels numbered as they first come, record by record; empty where there are many, or the column has none.

    Two columns have one pattern where each level of one stands beside one level of the other.
    """
    if column.role not in LEVEL_ROLES:
        return ()
    numbers: dict[str | None, int] = {}
    pattern = tuple(numbers.setdefault(cell, len(numbers)) for cell in cells)
    return pattern if 2 <= len(numbers) <= FEW_LEVELS else ()
