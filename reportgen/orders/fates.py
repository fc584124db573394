"""Asks every rule, gives each line the fate that the first rule says, and counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from reportgen import language, wording
from reportgen.engine.base import Engine
from reportgen.orders import (
    amounts,
    further_lines,
    missing_customers,
    no_goods,
    not_taken_off,
    order_totals,
    other_currencies,
    refunded_twice,
    returns,
    statuses,
    unread_days,
)
from reportgen.orders._parts import held, split, whole
from reportgen.orders.base import AMOUNT, DAY, NOT_DECIDING, Fate, Finding, Lines, Rule, fate_of, to_money
from reportgen.records.orders import LinesAside, Part
from reportgen.records.table import LINE_COLUMN, CleaningNote, SetAside

RULES: tuple[Rule, ...] = (
    other_currencies.find,
    missing_customers.find,
    further_lines.find,
    unread_days.find,
    statuses.find,
    no_goods.find,
    amounts.find,
    refunded_twice.find,
    returns.find,
    order_totals.find,
    not_taken_off.find,
)
"""In order: what has no place in the table first, then what is no sale, then what went back."""

CODE = "__fate__"
"""Column of the lines: the place of the finding that decides on it, from 1; 0 for a plain purchase."""
USED, BOUGHT, BACK, NET, REFUND = "__used__", "__bought__", "__back__", "__net__", "__refund__"
"""Columns of the lines, numbers: 1 where the rules leave it in the table, 1 for a purchase, 1 for what went back, what
it adds to the customer's spending, the amount that went back."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """The lines that count, and what became of the others."""

    parts: Sequence[nw.LazyFrame[Any]]
    """The lines used, all of one customer in one part: the columns of `asked_behind` + BOUGHT, BACK, NET, REFUND."""
    n_purchases: int
    n_returns: int
    aside: tuple[LinesAside, ...]
    """By finding, those of no line left out."""
    listed: tuple[SetAside, ...]
    notes: tuple[CleaningNote, ...]


def judge(lines: Lines, n_lines: int, engine: Engine) -> Judged:
    """Every line used or set aside for one reason. Raises what the rules raise."""
    findings = [finding for rule in RULES for finding in rule(lines)]
    deciding = [finding for finding in findings if finding.fate not in NOT_DECIDING]
    frame = lines.frame.with_columns(code_of(deciding).alias(CODE))
    last = len(deciding)
    deciding += [*of_customers(lines, last)]
    beside = [finding for finding in findings if finding.fate in NOT_DECIDING]
    order = lines.name(Part.ORDER) if any(finding.fate is Fate.ONCE for finding in beside) else ""
    frame = with_amounts(frame, deciding, order).select(*asked_behind(lines), CODE, USED, BOUGHT, BACK, NET, REFUND)
    parts = split(frame, lines.name(Part.CUSTOMER), n_lines, engine)
    returned = codes_of(deciding, Fate.RETURN)
    n_by_code = count_codes(whole(parts))
    if any(code in n_by_code for code in returned):
        parts = [held(judge_customers(part, lines, last, returned), engine) for part in parts]
        n_by_code = count_codes(whole(parts))
    counted = [(finding, n_by_code.get(code, 0)) for code, finding in enumerate(deciding, start=1)]
    kept = [(finding, count_of(lines.frame, finding)) for finding in beside]
    asides = [(finding, n) for finding, n in counted if n and finding.fate is Fate.SET_ASIDE]
    used = [code for code, (finding, _) in enumerate(counted, start=1) if finding.fate is not Fate.SET_ASIDE]
    n_returns = sum(n for finding, n in counted if finding.fate in (Fate.RETURN, Fate.REFUNDED))
    return Judged(
        parts=[part.filter(nw.col(CODE).is_in([0, *used])) for part in parts],
        n_purchases=n_by_code.get(0, 0),
        n_returns=n_returns,
        aside=tuple(LinesAside(finding.reason, n) for finding, n in asides),
        listed=listed(whole(parts), deciding),
        notes=tuple(note_of(finding, n) for finding, n in [*counted, *kept] if n),
    )


def asked_behind(lines: Lines) -> list[str]:
    """What is asked of lines that have been judged: whose they are, of which order, when, and what is the customer's
    own. The others are not worth the room."""
    parts = (Part.CUSTOMER, Part.ORDER, Part.PRODUCT, Part.DESCRIPTION)
    asked = {lines.name(part) for part in parts}
    played = {part.column for part in lines.orders.parts.values()}
    names = [column.name for column in lines.orders.columns if column.name in asked or column.name not in played]
    return [*names, LINE_COLUMN, DAY]


def count_codes(frame: nw.LazyFrame[Any]) -> dict[int, int]:
    """Lines by CODE."""
    return {int(code): int(n) for code, n in frame.group_by(CODE).agg(nw.len().alias("__n__")).collect().rows()}


def code_of(findings: Sequence[Finding]) -> nw.Expr:
    """The place of the first finding that holds, from 1; 0 where none does."""
    code: nw.Expr = nw.lit(0)
    for place in range(len(findings), 0, -1):
        code = nw.when(findings[place - 1].where).then(nw.lit(place)).otherwise(code)
    return code


def codes_of(findings: Sequence[Finding], *fates: Fate) -> list[int]:
    return [place for place, finding in enumerate(findings, start=1) if finding.fate in fates]


def of_customers(lines: Lines, last: int) -> Iterator[Finding]:
    """What is said of the lines of customers who bought nothing, or sent back more than they bought, behind `last`."""
    key, code, more = lines.name(Part.CUSTOMER), nw.col(CODE), fate_of(lines.rules.over_returned)
    shown, why = (
        language.text("customers without a purchase in the export"),
        language.text("who bought nothing here has no last purchase"),
    )
    yield Finding(
        returns.NAME, key, code == last + 1, Fate.SET_ASIDE, language.text("its customer only returned"), shown, why
    )
    shown, why = (
        language.text("customers who returned more than they bought"),
        language.text("what they bought before the export is not known"),
    )
    yield Finding(
        returns.NAME,
        key,
        code == last + 2,
        more,
        language.text("its customer returned more than was bought"),
        shown,
        why,
    )


def judge_customers(frame: nw.LazyFrame[Any], lines: Lines, last: int, returned: Sequence[int]) -> nw.LazyFrame[Any]:
    """The lines with the findings of their customers. A customer without an id is judged before.

    returned: codes of lines that went back. Who sent nothing back has bought something, and no more went back.
    """
    key, code, is_used = lines.name(Part.CUSTOMER), nw.col(CODE), nw.col(USED) == 1
    counting = [(nw.col(name) * nw.col(USED)).alias(name + key) for name in (BOUGHT, NET)]
    bought, net = nw.col(BOUGHT + key), nw.col(NET + key)
    returners = frame.filter(code.is_in(list(returned)) & ~nw.col(key).is_null()).select(key).unique()
    sums = frame.select(key, *counting).join(returners, on=key, how="semi").group_by(key).agg(bought.sum(), net.sum())
    is_over = to_money(net) < 0
    over = nw.lit(last + 2) if lines.rules.over_returned == "set aside" else code
    judged = (
        nw.when(is_used & (bought == 0))
        .then(nw.lit(last + 1))
        .otherwise(nw.when(is_used & is_over).then(over).otherwise(code))
    )
    # A window over the customers would sort all lines; sums that are joined to them need room for the customers only.
    joined = frame.join(sums, on=key, how="left").with_columns(judged.alias(CODE))
    return joined.drop(BOUGHT + key, NET + key)


def with_amounts(frame: nw.LazyFrame[Any], findings: Sequence[Finding], order: str) -> nw.LazyFrame[Any]:
    """The lines with what each counts for, if used. `order`: the column of orders whose total stands in each line."""
    code, size = nw.col(CODE), nw.col(AMOUNT).abs()
    is_return = code.is_in(codes_of(findings, Fate.RETURN))
    is_refunded = code.is_in(codes_of(findings, Fate.REFUNDED))
    is_back = is_return | is_refunded
    is_used = code.is_in([0, *codes_of(findings, Fate.RETURN, Fate.REFUNDED)])
    frame = frame.with_columns(nw.when(is_used).then(nw.lit(1)).otherwise(nw.lit(0)).alias(USED))
    if order:
        n_used = nw.col(USED).sum().over(order)
        size = nw.when(~nw.col(order).is_null() & (n_used > 0)).then(size / n_used).otherwise(size)
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
        lines = frame.filter(nw.col(CODE) == place).select(LINE_COLUMN).sort(LINE_COLUMN)
        found = lines.head(wording.LISTED_RECORDS).collect()
        entries += [SetAside(int(line), Fate.SET_ASIDE, findings[place - 1].reason, "") for (line,) in found.rows()]
    return tuple(entries)


def note_of(finding: Finding, n: int) -> CleaningNote:
    why = wording.up_to_listed(n, finding.why) if finding.fate is Fate.SET_ASIDE else finding.why
    return CleaningNote(
        finding.rule, finding.column, n, finding.shown, language.text_in("fate", finding.fate.value), why
    )
