"""How the export was read and where every record went: from the file's records to the customers of the report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportgen import wording
from reportgen.engine_words import engine_said
from reportgen.language import msgid, text, text_in
from reportgen.records.study import Facts
from reportgen.records.table import SetAside
from reportgen.render.pieces import Cell, Grid, Pair, figure_cell, head, sentence, words

MOST_REASONS = 12
"""Reasons listed on paper for one fate; quarantine.csv lists every record."""
HASH_DIGITS = 12
"""Hex digits of the export's hash on paper: enough to tell two months apart; the manifest has all 64."""
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_PARTICULAR = re.compile(r"'[^']*'|“[^”]*”|[-−+]?\d[\d.,]*")
"""What differs from record to record in a reason: values and the numbers of other records."""
_PLACES = ("record {n}", "line {n}", "row {n}")


@dataclass(frozen=True, slots=True)
class ReadingView:
    """The opening of the page `The data`."""

    facts: tuple[Pair, ...]
    """The file, what was mended in it, what is worth knowing."""
    records: Grid
    """What became of every record; the lines add up."""


def reading_view(facts: Facts) -> ReadingView:
    read = facts.read
    told = [Pair(text("Export"), _export(facts))]
    told += [Pair(text("Mended") if not place else "", sentence(fix)) for place, fix in enumerate(read.fixes)]
    told += [Pair(text("Noted") if not place else "", sentence(note)) for place, note in enumerate(read.notes)]
    told.append(Pair(text("Worked out"), sentence(engine_said(facts.engine))))
    return ReadingView(tuple(told), _records(facts))


def _export(facts: Facts) -> str:
    read = facts.read
    size = text("{n} bytes", n=wording.format_count(read.n_bytes))
    parts = [wording.scrub(read.file_name), size if read.n_bytes else ""]
    parts += [text("unpacked from {name}", name=wording.scrub(read.container)) if read.container else ""]
    return ", ".join([*filter(None, parts), f"SHA-256 {read.sha256[:HASH_DIGITS]}…"])


def _records(facts: Facts) -> Grid:
    """Records in the export, less those set aside by reason, are the customers; then what was repaired on the way."""
    header = (
        head(text("Records")),
        head(text("Number"), is_number=True),
        head(text("Share"), is_number=True),
        head(text("What became of them")),
    )
    n_records = facts.read.n_physical
    repaired = _by_reason(facts.set_aside, "repaired")
    n_repaired = len({entry.line for entry in facts.set_aside if entry.action == "repaired"})

    def line(name: str, n: int, what: str) -> tuple[Cell, ...]:
        share = wording.format_share(n / n_records, 1) if n_records else "–"
        return (words(name), figure_cell(wording.format_count(n), n), figure_cell(share, n), words(what))

    rows = [line(text("In the export"), n_records, text("every record, below the header"))]
    rows += [line(text("Set aside"), n, reason) for reason, n in _first(_aside(facts))]
    rows += [line(*used) for used in _used(facts)]
    if n_repaired:
        whose = msgid("of these: {reasons}") if facts.orders else msgid("of these customers: {reasons}")
        rows.append(line(text("Repaired"), n_repaired, text(whose, reasons=_reasons(repaired))))
    return Grid(text("Where every record went"), header, tuple(rows), _where_listed(facts))


def _used(facts: Facts) -> list[tuple[str, int, str]]:
    """(name, records, what they are) of the records used."""
    orders = facts.orders
    if orders is None:
        return [(text("Customers"), facts.n_customers, text("in this report"))]
    customers = wording.plural(facts.n_customers, "customer")
    whose = text("of {customers}, {orders}", customers=customers, orders=wording.plural(orders.n_orders, "order"))
    returned = [(text("Returns"), orders.n_returns, text("taken off the customer's spending"))]
    return [(text("Purchases"), orders.n_purchases, whose), *(returned if orders.n_returns else [])]


def _where_listed(facts: Facts) -> str:
    if facts.orders and facts.orders.n_unlisted:
        n = wording.format_count(facts.orders.n_unlisted)
        return text(
            "quarantine.csv lists the first records of each reason; {n} more are counted here and in cleaning_log.csv.",
            n=n,
        )
    listed = text(
        "Each record set aside or repaired is in quarantine.csv, with its place in the export and the reason."
    )
    return listed if facts.set_aside else ""


def _aside(facts: Facts) -> list[tuple[str, int]]:
    orders, read = facts.orders, facts.read
    if orders is None:
        return _by_reason(facts.set_aside, "set aside")
    unread = [(text("could not be read"), read.n_set_aside)] if read.n_set_aside else []
    by_reason = unread + [(entry.reason, entry.n_lines) for entry in orders.set_aside]
    return sorted(by_reason, key=lambda pair: (-pair[1], pair[0]))


def _first(reasons: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The most frequent reasons; the others share a line, so that the lines still add up."""
    yield from reasons[:MOST_REASONS]
    if rest := reasons[MOST_REASONS:]:
        yield wording.plural(len(rest), "other reason"), sum(n for _, n in rest)


def _reasons(reasons: Sequence[tuple[str, int]]) -> str:
    said = [f"{reason} ({wording.format_count(n)})" for reason, n in reasons[:3]]
    return "; ".join([*said, "…"] if len(reasons) > 3 else said)


def _by_reason(entries: Iterable[SetAside], action: str) -> list[tuple[str, int]]:
    """(reason, records), the most frequent first; reasons that differ in a value or a record number alone are one."""
    exact = Counter(entry.reason for entry in entries if entry.action == action)
    general: dict[str, Counter[str]] = {}
    for reason, n in exact.items():
        general.setdefault(_shape(reason), Counter())[reason] += n
    named = [(next(iter(found)) if len(found) == 1 else shape, found.total()) for shape, found in general.items()]
    return sorted(named, key=lambda pair: (-pair[1], pair[0]))


def _shape(reason: str) -> str:
    """The reason without what is particular to one record: `exact duplicate of another record`."""
    shape = _PARTICULAR.sub("…", _BRACKETS.sub("", reason))
    for place in _PLACES:
        shape = re.sub(rf"\b{text_in('place', place, n='…')}", text("another record"), shape)
    return shape
