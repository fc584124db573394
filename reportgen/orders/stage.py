"""Turns typed order lines into one row a customer; every line is used or set aside for a stated reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import narwhals as nw

from reportgen import language, wording
from reportgen.config import Settings
from reportgen.engine.base import Engine
from reportgen.errors import ReportgenError
from reportgen.orders import counterparts, customer_ids, customers, guests, refunded_twice
from reportgen.orders._lines import lines_of
from reportgen.orders._parts import held, whole
from reportgen.orders._whose import PERSONAL_CONFIDENCE
from reportgen.orders.base import DAY, Lines, show_counts
from reportgen.orders.fates import NET, REFUND, Judged, judge
from reportgen.orders.recognise import Orders
from reportgen.orders.traits import Traits, last_cells, tell_traits
from reportgen.orders.unread_days import iso, last_day
from reportgen.records.orders import LinesAside, OrderLines, Part
from reportgen.records.table import CleaningNote, Column, SetAside, TypedTable

NAME = "orders"
DUPLICATES = language.msgid("exact duplicate")


def make_customers(table: TypedTable, orders: Orders, settings: Settings, engine: Engine) -> TypedTable:
    """One row a customer. Raises ReportgenError: RG-003 no purchase is left, RG-007 several currencies."""
    orders = replace(orders, columns=table.columns)
    lines, of_ids = customer_ids.trim(lines_of(table, orders, settings, engine))
    lines, of_sides = counterparts.exchange(lines)
    lines, of_guests = guests.name_guests(lines)
    lines = refunded_twice.mark(lines)
    judged = judge(lines, table.n_rows, engine)
    if not judged.n_purchases:
        raise no_purchase(judged)
    key, last = lines.name(Part.CUSTOMER), last_day(lines)
    columns = customers.derived_columns(lines, has_returns=judged.n_returns > 0)
    traits = tell_traits(judged.parts, lines)

    def row_each(part: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        rows = customers.add_up(part, lines, columns, last, engine)
        if traits.kept:
            rows = rows.join(last_cells(part, key, traits.kept), on=key, how="left")
        return held(rows, engine)

    empty = [nw.lit(None, dtype=nw.String).alias(c.name) for c in traits.others if c.name != key]
    frame = engine.keep(whole(list(map(row_each, judged.parts))).with_columns(*empty).to_native())
    rows = nw.from_native(frame).lazy()
    n_rows = int(rows.select(nw.len()).collect().item())
    story = story_of(table, lines, judged, last, n_orders=int(customers.total_of(rows, columns[customers.ORDERS].name)))
    whose = (
        language.text("as the settings say")
        if settings.orders.reference_date
        else language.text("the last day in the export")
    )
    return TypedTable(
        frame=frame,
        columns=in_order(
            shown_as(table.columns, key, is_personal=bool(of_guests)), key, tuple(columns.values()), traits
        ),
        id_column=key,
        n_rows=n_rows,
        notes=(*table.notes, *of_ids, *of_sides, *of_guests, *judged.notes, summary(story, n_rows, whose)),
        set_aside=(*shortened(table), *judged.listed),
        orders=story,
        shaping=tuple(customers.names_of(columns)),
    )


def shown_as(source: tuple[Column, ...], key: str, *, is_personal: bool) -> tuple[Column, ...]:
    """The columns; an id among whose values are addresses is none whose values are shown."""
    if not is_personal:
        return source
    return tuple(replace(c, confidence=PERSONAL_CONFIDENCE) if c.name == key else c for c in source)


def in_order(source: tuple[Column, ...], key: str, derived: tuple[Column, ...], traits: Traits) -> tuple[Column, ...]:
    """The id, what the lines gave, then the source columns in file order."""
    known = {column.name: column for column in (*traits.kept, *traits.others)}
    the_id = next(column for column in source if column.name == key)
    return (the_id, *derived, *(known[column.name] for column in source if column.name != key))


def story_of(table: TypedTable, lines: Lines, judged: Judged, last: int, n_orders: int) -> OrderLines:
    """What became of every line."""
    used = whole(judged.parts)
    n_doubles = sum(entry.action == "set aside" for entry in table.set_aside)
    doubles = (LinesAside(language.text(DUPLICATES), n_doubles),) if n_doubles else ()
    aside = (*doubles, *judged.aside)
    n_aside = sum(reason.n_lines for reason in aside)
    first = int(used.select(nw.col(DAY).min()).collect().item())
    return OrderLines(
        parts=tuple(lines.orders.parts[part] for part in Part if part in lines.orders.parts),
        n_lines=table.n_rows + n_doubles,
        n_purchases=judged.n_purchases,
        n_returns=judged.n_returns,
        n_set_aside=n_aside,
        set_aside=aside,
        n_unlisted=sum(max(0, reason.n_lines - wording.LISTED_RECORDS) for reason in aside),
        n_orders=n_orders,
        first_day=iso(first),
        reference_day=iso(last),
        spending=customers.total_of(used, NET),
        returned=customers.total_of(used, REFUND),
    )


def shortened(table: TypedTable) -> tuple[SetAside, ...]:
    """What typing repaired or set aside, of duplicates as many as any reason lists."""
    repairs = [entry for entry in table.set_aside if entry.action != "set aside"]
    doubles = sorted((e for e in table.set_aside if e.action == "set aside"), key=lambda entry: entry.line)
    return (*repairs, *doubles[: wording.LISTED_RECORDS])


def summary(story: OrderLines, n_customers: int, whose: str) -> CleaningNote:
    """How the lines became customers."""
    n_used = story.n_purchases + story.n_returns
    before = language.text(
        "{lines} of {orders}", lines=wording.plural(n_used, "line"), orders=wording.plural(story.n_orders, "order")
    )
    reason = language.text(
        "one row a customer; days are counted to {day}, {whose}", day=story.reference_day, whose=whose
    )
    return CleaningNote(NAME, "", n_used, before, wording.plural(n_customers, "customer"), reason)


def no_purchase(judged: Judged) -> ReportgenError:
    """That no line is a purchase, and why."""
    reasons = [(entry.reason, entry.n_lines) for entry in judged.aside]
    return ReportgenError(
        "RG-003",
        f"No order line is a purchase: {show_counts(reasons)}.",
        "See what each rule sets aside with: reportgen inspect EXPORT. The section [orders] of the settings decides.",
    )
