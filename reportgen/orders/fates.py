"""Asks every rule, gives each line the fate that the first rule says, and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from reportgen.orders import amounts, missing_customers, no_goods, other_currencies, returns, statuses, unread_days
from reportgen.orders.base import AMOUNT, Fate, Finding, Lines, Rule
from reportgen.records.orders import LinesAside, Part
from reportgen.records.table import LINE_COLUMN, CleaningNote, SetAside

RULES: tuple[Rule, ...] = (
    other_currencies.find,
    missing_customers.find,
    unread_days.find,
    statuses.find,
    no_goods.find,
    amounts.find,
    returns.find,
)
"""In order: what has no place in the table first, then what is no sale, then what went back."""

CODE = "__fate__"
"""Column of the lines: the place of the finding that decides on it, from 1; 0 for a plain purchase."""
BOUGHT, BACK, NET, REFUND = "__bought__", "__back__", "__net__", "__refund__"
"""Columns of the lines, numbers: 1 for a purchase, 1 for what went back, what the line adds to the customer's spending,
the amount that went back."""
LISTED_LINES = 1_000
"""Lines of one reason that quarantine.csv lists one by one; notes and totals count all."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """The lines that count, and what became of the others."""

    frame: nw.LazyFrame[Any]
    """The lines used + BOUGHT, BACK, NET, REFUND."""
    n_purchases: int
    n_returns: int
    aside: tuple[LinesAside, ...]
    """By finding, those of no line left out."""
    listed: tuple[SetAside, ...]
    notes: tuple[CleaningNote, ...]


def judge(lines: Lines) -> Judged:
    """Every line used or set aside for one reason. Raises what the rules raise."""
    findings = [finding for rule in RULES for finding in rule(lines)]
    deciding = [finding for finding in findings if finding.fate is not Fate.KEPT]
    frame = lines.frame.with_columns(code_of(deciding).alias(CODE))
    deciding.append(only_returns(lines, len(deciding) + 1))
    frame = without_purchase(frame, deciding, lines.name(Part.CUSTOMER))
    n_by_code = {int(code): int(n) for code, n in frame.group_by(CODE).agg(nw.len().alias("__n__")).collect().rows()}
    counted = [(finding, n_by_code.get(code, 0)) for code, finding in enumerate(deciding, start=1)]
    kept = [(finding, count_of(frame, finding)) for finding in findings if finding.fate is Fate.KEPT]
    asides = [(finding, n) for finding, n in counted if n and finding.fate is Fate.SET_ASIDE]
    used = [code for code, (finding, _) in enumerate(counted, start=1) if finding.fate is not Fate.SET_ASIDE]
    n_returns = sum(n for finding, n in counted if finding.fate in (Fate.RETURN, Fate.REFUNDED))
    return Judged(
        frame=with_amounts(frame.filter(nw.col(CODE).is_in([0, *used])), deciding),
        n_purchases=n_by_code.get(0, 0),
        n_returns=n_returns,
        aside=tuple(LinesAside(finding.reason, n) for finding, n in asides),
        listed=listed(frame, deciding),
        notes=tuple(note_of(finding, n) for finding, n in [*counted, *kept] if n),
    )


def code_of(findings: Sequence[Finding]) -> nw.Expr:
    """The place of the first finding that holds, from 1; 0 where none does."""
    code: nw.Expr = nw.lit(0)
    for place in range(len(findings), 0, -1):
        code = nw.when(findings[place - 1].where).then(nw.lit(place)).otherwise(code)
    return code


def codes_of(findings: Sequence[Finding], *fates: Fate) -> list[int]:
    return [place for place, finding in enumerate(findings, start=1) if finding.fate in fates]


def only_returns(lines: Lines, code: int) -> Finding:
    """What is said of lines whose customer bought nothing in the export."""
    return Finding(
        "returns",
        lines.name(Part.CUSTOMER),
        nw.col(CODE) == code,
        Fate.SET_ASIDE,
        "its customer only returned",
        "customers without a purchase in the export",
        "who bought nothing here has no last purchase",
    )


def without_purchase(frame: nw.LazyFrame[Any], findings: Sequence[Finding], key: str) -> nw.LazyFrame[Any]:
    """The lines with the last finding on those used whose customer has no purchase among them."""
    code, last = nw.col(CODE), len(findings)
    bought = code.is_in([0, *codes_of(findings, Fate.REFUNDED)]).cast(nw.Int64)
    counted = frame.with_columns(bought.alias(BOUGHT)).with_columns(nw.col(BOUGHT).sum().over(key).alias(BACK))
    is_used = code.is_in([0, *codes_of(findings, Fate.RETURN, Fate.REFUNDED)])
    none = is_used & (nw.col(BACK) == 0)
    return counted.with_columns(nw.when(none).then(nw.lit(last)).otherwise(code).alias(CODE)).drop(BOUGHT, BACK)


def with_amounts(frame: nw.LazyFrame[Any], findings: Sequence[Finding]) -> nw.LazyFrame[Any]:
    """The lines used, with what each counts for."""
    code, size = nw.col(CODE), nw.col(AMOUNT).abs()
    is_return = code.is_in(codes_of(findings, Fate.RETURN))
    is_refunded = code.is_in(codes_of(findings, Fate.REFUNDED))
    is_back = is_return | is_refunded
    return frame.with_columns(
        nw.when(is_return).then(nw.lit(0)).otherwise(nw.lit(1)).alias(BOUGHT),
        nw.when(is_back).then(nw.lit(1)).otherwise(nw.lit(0)).alias(BACK),
        nw.when(is_return).then(-size).otherwise(nw.when(is_refunded).then(nw.lit(0.0)).otherwise(size)).alias(NET),
        nw.when(is_back).then(size).otherwise(nw.lit(0.0)).alias(REFUND),
    )


def count_of(frame: nw.LazyFrame[Any], finding: Finding) -> int:
    return int(frame.filter(finding.where).select(nw.len()).collect().item())


def listed(frame: nw.LazyFrame[Any], findings: Sequence[Finding]) -> tuple[SetAside, ...]:
    """The first lines of each reason to set lines aside."""
    entries = []
    for place in codes_of(findings, Fate.SET_ASIDE):
        found = frame.filter(nw.col(CODE) == place).select(LINE_COLUMN).sort(LINE_COLUMN).head(LISTED_LINES).collect()
        entries += [SetAside(int(line), Fate.SET_ASIDE, findings[place - 1].reason, "") for (line,) in found.rows()]
    return tuple(entries)


def note_of(finding: Finding, n: int) -> CleaningNote:
    why = finding.why
    if finding.fate is Fate.SET_ASIDE and n > LISTED_LINES:
        why = f"{why}; the first {LISTED_LINES:,} records are listed"
    return CleaningNote(finding.rule, finding.column, n, finding.shown, finding.fate.value, why)
