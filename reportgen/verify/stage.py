"""Checks the claims of a run: computes every number again and reads every sentence for numbers nobody vouched for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from reportgen import wording
from reportgen.claims import claim_from_json
from reportgen.engine.base import Engine
from reportgen.records.history import Change
from reportgen.records.study import Check, Claim, Facts, Quantity, Study
from reportgen.records.table import CleanTable
from reportgen.source_words import encoding_of
from reportgen.verify.customers import Customers, customers_of
from reportgen.verify.paths import RecomputeError
from reportgen.verify.printed import agrees, stands_in, stray_numbers
from reportgen.verify.recompute import recompute

RELATIVE_TOLERANCE = 1e-9
"""Room for sums taken in another order; a wrong row shows far above it."""

ABSOLUTE_TOLERANCE = 1e-12
"""The same around zero."""


def check_claims(
    claims: Iterable[Claim], customers: Customers, facts: Facts, names: Sequence[str] = ()
) -> tuple[Check, ...]:
    """One check a claim, in order. `names`: given names that may hold digits, such as those of personas.

    A claim holds if each number recomputes from the rebuilt run, stands in the text as it is said to, is printed
    rightly, and no other number stands there.
    """
    allowed = (*names_in(facts), *names)
    checks: list[Check] = []
    texts: dict[str, str] = {}
    for claim in claims:
        faults = list(faults_of(claim, customers, facts, allowed))
        if texts.setdefault(claim.id, claim.text) != claim.text:
            faults.append("another claim has the same id")
        checks.append(Check(claim.id, not faults, "; ".join(faults) if faults else "holds"))
    return tuple(checks)


def check_study(study_json: bytes, customers: Customers, facts: Facts, names: Sequence[str]) -> tuple[Check, ...]:
    """`check_claims` of a study.json, or one check that it is none."""
    try:
        claims = read_claims(study_json)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return (Check("study.json", ok=False, sentence="is not written as studies are"),)
    return check_claims(claims, customers, facts, names)


def check_made(study_json: bytes, table: CleanTable, study: Study, engine: Engine) -> tuple[Check, ...]:
    """`check_study` against the customers and facts that the study was made from."""
    customers = customers_of(table, study.facts.features, study.facts.segmentation, engine)
    return check_study(study_json, customers, study.facts, tuple(persona.name for persona in study.personas))


def faults_of(claim: Claim, customers: Customers, facts: Facts, allowed: Sequence[str]) -> Iterator[str]:
    """What does not hold, one clause each."""
    for quantity in claim.quantities:
        yield from faults_of_number(quantity, claim.text, customers, facts)
    stray = stray_numbers(claim.text, [*(quantity.shown for quantity in claim.quantities), *allowed])
    if stray:
        yield f"nothing vouches for {stray!r} in {claim.text!r}"


def faults_of_number(quantity: Quantity, text: str, customers: Customers, facts: Facts) -> Iterator[str]:
    if not stands_in(quantity.shown, text):
        yield f"{quantity.shown!r} does not stand in {text!r}"
    if not agrees(quantity.shown, quantity.value, quantity.unit):
        yield f"{quantity.shown!r} is not how {quantity.value!r} is printed"
    try:
        found = recompute(quantity.recompute, customers, facts)
    except RecomputeError as fault:
        yield f"{quantity.shown!r} cannot be computed again: {fault}"
        return
    if not abs(found - quantity.value) <= max(RELATIVE_TOLERANCE * abs(quantity.value), ABSOLUTE_TOLERANCE):
        yield f"{quantity.shown!r} is {quantity.value!r} in the run and {found!r} when computed again"


def names_in(facts: Facts) -> tuple[str, ...]:
    """Texts of the export that may hold digits without being a number of ours."""
    named = {facts.title, facts.period, facts.read.file_name, facts.read.sheet, encoding_of(facts.read)}
    for column in facts.columns:
        named |= {column.name, column.label, column.unit, lower_first(column.label)}
    named |= {level.level for level in facts.profile.overall.levels}
    named |= names_of_months(facts.change) if facts.change else set()
    shown = {form for text in named for form in (text, wording.scrub(text))}
    return tuple(sorted(text for text in shown if any(character.isdigit() for character in text)))


def names_of_months(change: Change) -> set[str]:
    """What earlier months were called, and their segments and columns, which this month may no longer have."""
    months = {change.since, *(point.period for point in change.trend), *(segment.named for segment in change.segments)}
    segments = {name for segment in change.segments for name in (segment.name, segment.name_before)}
    columns = {alert.column for alert in change.alerts} | {drift.column for drift in change.drift}
    levels = {level for drift in change.drift for level in drift.unseen}
    return {*(wording.month_label(month) for month in months), *segments, *columns, *levels}


def lower_first(label: str) -> str:
    return label[:1].lower() + label[1:]


def read_claims(study_json: bytes) -> tuple[Claim, ...]:
    """The claims of a study.json, in its order. Raises ValueError if it is not one."""
    study = json.loads(study_json)
    claims = study.get("claims") if isinstance(study, dict) else None
    if not isinstance(claims, list):
        raise ValueError("study.json lists no claims")  # noqa: TRY004 - a file's content, not a caller's mistake
    return tuple(claim_from_json(claim) for claim in claims)
