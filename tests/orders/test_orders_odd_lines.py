"""Odd lines: ids with marks around them, guests, days far ahead, refunds told twice, totals in one line alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from engines import ENGINES, EVERY_ENGINE
from order_tables import START, Columns, N, add, aside, customer, order_lines, story_of, table_of, table_on

from reportgen.engine.base import Engine
from reportgen.orders.unread_days import days_ahead
from reportgen.records.table import LINE_COLUMN, CleaningNote, CleanTable


def notes_of(table: CleanTable, step: str) -> list[CleaningNote]:
    return [note for note in table.notes if note.step == step]


@pytest.mark.parametrize("mark", [" ", "\u00a0", "\u200b", "\ufeff", "\t"])
def test_marks_around_an_id_make_no_other_customer(mark: str) -> None:
    """`K0001 ` and `K0001` were two customers, without a word."""
    columns = order_lines()
    columns["Customer ID"] = [f"{key}{mark}" if i % 3 else key for i, key in enumerate(columns["Customer ID"])]
    n_marked = sum(key.endswith(mark) for key in columns["Customer ID"])
    table = table_of(columns)
    assert table.n_customers == N
    (note,) = notes_of(table, "customer_ids")
    assert (note.n_rows, note.after, note.is_fix) == (n_marked, "taken off", True)


@pytest.mark.parametrize("change", [str.lower, lambda key: f"0{key[1:]}"])
def test_ids_that_look_alike_are_counted_and_kept(change: Any) -> None:
    """Case and leading zeros may mean another customer: never merged, always said."""
    columns = order_lines()
    if change("C1") == "01":
        columns["Customer ID"] = [key[1:].lstrip("0") for key in columns["Customer ID"]]
    for i in (0, 1):
        columns["Customer ID"][i] = change(columns["Customer ID"][i]) if change("C1") != "01" else "001"
    table = table_of(columns)
    (note,) = notes_of(table, "customer_ids")
    assert (note.n_rows, note.after, table.n_customers) == (1, "kept", N + 1)


def with_guests(n_lines: int) -> Columns:
    """The lines of customers 1 to 30 and so many of customer 0."""
    columns = order_lines()
    columns["Customer ID"] = [str(int(key[1:])) for key in columns["Customer ID"]]
    for i in range(n_lines):
        add(columns, Customer_ID="0", Order_No=str(20_000 + i))
    return columns


def test_guests_are_no_customer() -> None:
    """Customer 0 with a third of the lines is everyone without an account; with as many as others, a customer."""
    assert aside(story_of(with_guests(40))) == {"customer id 0": 40}
    assert aside(story_of(with_guests(6))) == {}


def test_a_day_far_ahead_moves_nobody() -> None:
    """One line of 2028 made every customer two years older."""
    columns = order_lines()
    add(columns, Customer_ID="C001", Order_No="20000", Order_Date="2028-01-01")
    table, before = table_of(columns), story_of(order_lines())
    assert table.orders is not None
    assert aside(table.orders) == {"a day far ahead of all others": 1}
    assert table.orders.reference_day == before.reference_day
    kept = story_of(columns, orders={"reference_date": "2028-01-01"})
    assert (aside(kept), kept.reference_day) == ({}, "2028-01-01")


@pytest.mark.parametrize(
    ("days", "n_ahead"),
    [
        ([*range(0, 300, 5), 900], 1),
        ([*range(0, 300, 5), 900, 905], 0),
        ([*range(0, 300, 5), 450], 0),
        ([*range(0, 3_000, 200), 3_200], 0),
        ([0, 900], 0),
    ],
)
def test_only_a_slip_is_far_ahead(days: Sequence[int], n_ahead: int) -> None:
    """One line or a hundredth, half a year and three times the longest pause away, from a habit of days."""
    assert len(days_ahead([(float(day), 1) for day in days])) == n_ahead


def test_the_first_day_is_known() -> None:
    """The invented lines reach over half a year, so that no test above hangs on today."""
    assert dt.date(2026, 1, 1) == START


def with_refunds(statuses: str, n_lines: int) -> Columns:
    """The first line of C029 refunded by its status or not, and so many lines that take its goods back."""
    columns = order_lines()
    first = columns["Customer ID"].index("C029")
    columns["Status"] = ["completed"] * len(columns["Order No"])
    columns["Status"][first] = statuses
    given = {name.replace(" ", "_"): cells[first] for name, cells in columns.items()}
    for i in range(n_lines):
        add(columns, **{**given, "Order_No": str(20_000 + i), "Status": "completed", "Quantity": "-3"})
    return columns


@pytest.mark.parametrize(
    ("status", "n_lines", "n_off"),
    [("returned", 0, 1), ("returned", 1, 1), ("returned", 2, 2), ("completed", 1, 1)],
)
def test_a_refund_is_taken_off_once(status: str, n_lines: int, n_off: int) -> None:
    """The status says returned and a line below zero says it again: 12 less, not 24."""
    before = customer(table_of(order_lines()), "C029")["Spending"]
    assert customer(table_of(with_refunds(status, n_lines)), "C029")["Spending"] == before - 12 * n_off


def test_of_a_refund_told_twice_the_line_is_listed() -> None:
    """Every line has its reason."""
    story = story_of(with_refunds("returned", 1))
    assert aside(story) == {"a refund that the status of its purchase tells already": 1}
    assert story.n_returns == 1


def shopify() -> Columns:
    """Orders of two lines whose total, and all else but the e-mail, stands in the first line alone."""
    lines = order_lines()
    n = len(lines["Order No"])
    return {
        "Name": [f"#{number}" for number in lines["Order No"]],
        "Email": [f"{key}@mail.example" for key in lines["Customer ID"]],
        "Created at": lines["Order Date"],
        "Subtotal": [None if i % 2 else f"{20 + i % 8}.50" for i in range(n)],
        "Lineitem quantity": lines["Quantity"],
        "Lineitem name": lines["Article Name"],
        "Lineitem price": lines["Unit Price"],
    }


def test_further_lines_of_an_order_are_no_missing_amounts() -> None:
    """They belong to their customer; the total counts once."""
    columns = shopify()
    n_orders = len(columns["Name"]) // 2
    story, spent = story_of(columns), sum(float(cell) for cell in columns["Subtotal"] if cell)
    assert aside(story) == {"a further line of its order": n_orders}
    assert (story.n_purchases, story.n_orders, story.spending) == (n_orders, n_orders, spent)


@pytest.mark.parametrize(
    ("header", "cells", "beside", "is_said"),
    [
        ("discount_percent", ("0", "10", "20"), "", True),
        ("refunded_quantity", ("0", "1"), "", True),
        ("Rabatt %", ("0", "5,5", "7"), "", True),
        ("discount_percent", ("0", "10", "20"), "Line Total", False),
        ("Refunded Amount", ("0.00", "4.00", "5.50"), "Line Total", True),
        ("Discount Code", ("SUMMER10", "NEW5", "A1"), "", False),
        ("Return Deadline", ("2026-07-05", "2026-08-05", "2026-09-05"), "", False),
    ],
)
def test_what_is_not_taken_off_is_said(header: str, cells: tuple[str, ...], beside: str, is_said: bool) -> None:
    """Quantity times price knows of no discount, and a total of no later refund."""
    columns = order_lines()
    n = len(columns["Order No"])
    columns[header] = [cells[i % len(cells)] for i in range(n)]
    if beside:
        columns[beside] = [f"{20 + i % 30}.00" for i in range(n)]
    notes = [(note.column, note.n_rows, note.after) for note in notes_of(table_of(columns), "not_taken_off")]
    n_more = sum(any(digit in "123456789" for digit in cell) for cell in columns[header])
    assert notes == ([(header, n_more, "not taken off")] if is_said else [])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("Gift card 50 EUR", "voucher"), ("E-Gift Card", "voucher"), ("Bon cadeau", "voucher")),
        *(("Store credit", "voucher"), ("Pfand", "deposit"), ("Trinkgeld", "tip"), ("Spende", "donation")),
        *(("Gutschein im Wert von 50 €", "voucher"), ("Spende an das Tierheim", "donation")),
    ],
)
def test_vouchers_deposits_tips_and_donations_are_no_goods(text: str, kind: str) -> None:
    """In the words of several languages."""
    columns = order_lines()
    add(columns, Article_No="99000", Article_Name=text)
    assert aside(story_of(columns)) == {f"{kind}, no goods": 1}


@pytest.mark.parametrize("text", ["Tip jar", "Gift card holder", "Pfandflaschenkorb", "Donation box"])
def test_goods_with_such_a_word_are_goods(text: str) -> None:
    """The whole description must say so."""
    columns = order_lines()
    add(columns, Article_No="22999", Article_Name=text)
    assert aside(story_of(columns)) == {}


def untidy() -> Columns:
    """All of it in one export."""
    columns = with_refunds("returned", 1)
    columns["Customer ID"] = [f" {key}\u200b" if i % 5 == 0 else key for i, key in enumerate(columns["Customer ID"])]
    columns["Cancelled at"] = [None] * len(columns["Order No"])
    columns["Refunded Amount"] = ["0.00"] * len(columns["Order No"])
    add(columns, Order_No="20010", Cancelled_at="2026-03-01 10:00:00")
    add(columns, Order_No="20011", Cancelled_at=None, Status="on-hold")
    add(columns, Order_No="20012", Status="wc-cancelled")
    add(columns, Order_No="20013", Status="partially refunded", Refunded_Amount="4.00")
    add(columns, Order_No="20014", Customer_ID="c030", Status="completed")
    for i in range(40):
        add(columns, Order_No=str(20_020 + i), Customer_ID="0")
    add(columns, Order_No="20100", Customer_ID="C001", Order_Date="2029-01-01")
    return columns


def look(engine: Engine, columns: Columns) -> tuple[list[Any], list[Any], Any]:
    """(notes, cells, what became of the lines)."""
    table = table_on(engine, columns)
    names = [table.id_column, "Days since last purchase", "Orders", "Spending", LINE_COLUMN]
    arrays = engine.to_arrays(table.frame, names)
    return list(table.notes), sorted(zip(*(arrays[name].tolist() for name in names), strict=True)), table.orders


@pytest.mark.parametrize("columns", [untidy(), shopify()], ids=["untidy", "shopify"])
@pytest.mark.parametrize("name", EVERY_ENGINE[1:])
def test_every_engine_gives_the_same(name: str, columns: Columns, tmp_path: Path) -> None:
    """Notes, customers and counts are those of the engine in memory."""
    memory, other = (look(ENGINES[each](tmp_path / each), columns) for each in ("memory", name))
    assert memory[0] == other[0]
    assert memory[1:] == other[1:]
