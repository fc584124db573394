"""What becomes of lines that are no sale: each rule both ways."""

from __future__ import annotations

from typing import Any

import pytest
from order_tables import Columns, add, aside, customer, order_lines, story_of, table_of

from reportgen.errors import ReportgenError

BASE = story_of(order_lines())


def with_line(**cells: str | None) -> Columns:
    """The order lines and one more of customer C030, whose last order has two."""
    columns = order_lines()
    add(columns, **cells)
    return columns


def test_lines_add_up() -> None:
    """Lines = purchases + returns + set aside."""
    columns = with_line(Order_No="C10001", Quantity="-1")
    add(columns, Order_No="10001", Quantity="1", Article_No="POST", Article_Name="Postage")
    add(columns, Customer_ID=None)
    story = story_of(columns)
    assert story.n_lines == len(columns["Order No"]) == story.n_purchases + story.n_returns + story.n_set_aside
    assert sum(aside(story).values()) == story.n_set_aside == 2
    assert story.n_returns == 1


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Customer_ID": None}, "no customer id"),
        ({"Order_Date": None}, "no readable date"),
        ({"Order_Date": "soon"}, "no readable date"),
        ({"Unit_Price": None}, "no amount"),
        ({"Unit_Price": "0.00"}, "amount 0"),
        ({"Article_No": "POST", "Article_Name": "POSTAGE"}, "postage, no goods"),
        ({"Article_No": "99000", "Article_Name": "Versandkosten DHL"}, "postage, no goods"),
        ({"Article_No": "M", "Article_Name": "Manual"}, "manual entry, no goods"),
        ({"Article_No": "AMAZONFEE", "Article_Name": "AMAZON FEE"}, "fee, no goods"),
        ({"Article_No": "99001", "Article_Name": "Bankgebühren"}, "fee, no goods"),
        ({"Article_No": "D", "Article_Name": "Discount", "Quantity": "-1"}, "discount, no goods"),
        ({"Article_No": "S", "Article_Name": "SAMPLES"}, "sample, no goods"),
        ({"Article_No": "gift_0001_20", "Article_Name": "Gift Voucher £20.00"}, "voucher, no goods"),
        ({"Article_No": "99002", "Article_Name": "Geschenkgutschein 50 €"}, "voucher, no goods"),
        ({"Article_No": "B", "Article_Name": "Adjust bad debt", "Unit_Price": "-11062.06"}, "bad debt, no goods"),
        ({"Article_No": "CRATE", "Article_Name": None}, "no product number"),
        ({"Order_No": "A563185"}, "A before the order number"),
    ],
)
def test_what_is_no_sale_is_set_aside_with_its_reason(cells: dict[str, str | None], reason: str) -> None:
    """One line more, one line set aside: customers and totals stay as they were."""
    story = story_of(with_line(**cells))
    assert aside(story) == {reason: 1}
    assert (story.n_purchases, story.spending) == (BASE.n_purchases, BASE.spending)


def test_lines_whose_days_are_mostly_unread_are_asked_about() -> None:
    """July with the day first, August with the month first: two lines of five were set aside, and a report made."""
    columns = order_lines()
    n = len(columns["Order No"])
    columns["Order Date"] = [f"{1 + i % 28:02}/07/2026" if i % 2 else f"08/{1 + i % 28:02}/2026" for i in range(n)]
    for chosen, code in (("ask", "RG-007"), ("guess", "RG-003")):
        with pytest.raises(ReportgenError) as caught:
            table_of(columns, input={"when_unsure": chosen})
        assert caught.value.code == code


@pytest.mark.parametrize("name", ["POSTAGE STAMP CARD", "Manual coffee grinder", "Sample box of tea", "Carriage clock"])
def test_goods_whose_names_hold_such_a_word_are_goods(name: str) -> None:
    """With a digit in the number, the whole description must say that the line is no goods."""
    assert aside(story_of(with_line(Article_No="22999", Article_Name=name))) == {}


def test_a_number_without_digits_is_goods_where_its_description_says_so() -> None:
    """DCGSSGIRL is a party bag; the log says that it was looked at."""
    table = table_of(with_line(Article_No="DCGSSGIRL", Article_Name="GIRLS PARTY BAG"))
    assert table.orders is not None
    assert aside(table.orders) == {}
    (note,) = [note for note in table.notes if note.step == "no_goods"]
    assert (note.before, note.after) == ("'DCGSSGIRL'", "kept")


@pytest.mark.parametrize(
    ("setting", "cells"),
    [
        ("non_product", {"Article_No": "POST", "Article_Name": "POSTAGE"}),
        ("bad_debt", {"Article_No": "B", "Article_Name": "Adjust bad debt"}),
        ("zero_price", {"Unit_Price": "0.00"}),
    ],
)
def test_a_setting_keeps_them(setting: str, cells: dict[str, str | None]) -> None:
    """keep: the line is a purchase like any other, and the log says so."""
    table = table_of(with_line(**cells), orders={setting: "keep"})
    assert table.orders is not None
    assert table.orders.n_purchases == BASE.n_purchases + 1
    assert any(note.after == "kept" for note in table.notes)


RETURNS: list[dict[str, str | None]] = [
    {"Order_No": "C10101", "Quantity": "-1"},
    {"Order_No": "C10101"},
    {"Quantity": "-1"},
    {"Unit_Price": "-40.00"},
]


@pytest.mark.parametrize("cells", RETURNS)
def test_returns_are_taken_off(cells: dict[str, str | None]) -> None:
    """A letter before the number, a quantity or an amount below zero: 40 less to spend, no order more."""
    before, after = customer(table_of(order_lines()), "C030"), customer(table_of(with_line(**cells)), "C030")
    assert after["Spending"] == before["Spending"] - 40
    assert after["Orders"] == before["Orders"]
    assert after["Days since last purchase"] == before["Days since last purchase"]
    assert after["Returns share"] == pytest.approx(100 / 7)


@pytest.mark.parametrize("cells", RETURNS)
def test_returns_can_be_dropped(cells: dict[str, str | None]) -> None:
    """returns = drop: spending is what was bought."""
    table = table_of(with_line(**cells), orders={"returns": "drop"})
    assert customer(table, "C030")["Spending"] == customer(table_of(order_lines()), "C030")["Spending"]
    assert table.orders is not None
    assert (table.orders.n_returns, table.orders.n_set_aside) == (0, 1)


def with_status(**statuses: str) -> Columns:
    """Order lines with a status: all completed but for the first lines of these customers."""
    columns = order_lines()
    columns["Order Status"] = ["completed"] * len(columns["Order No"])
    for key, status in statuses.items():
        columns["Order Status"][columns["Customer ID"].index(key)] = status
    return columns


@pytest.mark.parametrize("status", ["Cancelled", "canceled", "storniert", "FAILED"])
def test_what_never_took_place_is_set_aside(status: str) -> None:
    """A cancelled line is no purchase; the setting keeps it."""
    columns = with_status(C029=status)
    assert aside(story_of(columns)) == {"the status says cancelled": 1}
    assert aside(story_of(columns, orders={"cancelled": "keep"})) == {}


@pytest.mark.parametrize("status", ["refunded", "Returned", "retourniert"])
def test_a_refunded_purchase_counts_and_pays_nothing(status: str) -> None:
    """The customer did buy, and the money went back: 12 less (three mugs), one line of four returned."""
    before, after = (customer(table_of(columns), "C029") for columns in (order_lines(), with_status(C029=status)))
    assert after["Spending"] == before["Spending"] - 12
    assert (after["Orders"], after["Returns share"]) == (before["Orders"], 25.0)


def test_a_column_that_answers_yes_is_read_by_its_header() -> None:
    """Returned: Yes."""
    columns = with_status()
    columns["Returned"] = ["No"] * len(columns["Order No"])
    del columns["Order Status"]
    columns["Returned"][0] = "Yes"
    assert story_of(columns).n_returns == 1


def test_equal_lines_count_once() -> None:
    """An exact duplicate is set aside; [clean.exact_duplicates] on = false keeps it."""
    columns = with_line()
    assert aside(story_of(columns)) == {"exact duplicate": 1}
    kept = story_of(columns, clean={"exact_duplicates": {"on": False}})
    assert kept.n_purchases == BASE.n_purchases + 1


def test_who_only_returned_is_no_customer_of_the_export() -> None:
    """Nothing was bought here: the line is set aside, and recency is not invented."""
    story = story_of(with_line(Customer_ID="C099", Quantity="-1"))
    assert aside(story) == {"its customer only returned": 1}


def test_who_returned_more_than_was_bought_leaves_or_stays() -> None:
    """What they sent back was bought before the export; the setting keeps them with less than nothing."""
    columns = with_line(Order_No="C10999", Quantity="-100")
    assert aside(story_of(columns)) == {"its customer returned more than was bought": 7}
    kept = table_of(columns, orders={"over_returned": "keep"})
    assert customer(kept, "C030")["Spending"] < 0


def test_lists_are_bounded_and_counts_are_not() -> None:
    """1,500 lines without an id: a thousand are listed, all are counted."""
    columns = order_lines()
    for _ in range(1_500):
        add(columns, Customer_ID=None, Order_No=str(20_000 + len(columns["Order No"])))
    table = table_of(columns)
    assert table.orders is not None
    assert (aside(table.orders), table.orders.n_unlisted) == ({"no customer id": 1_500}, 500)
    assert sum(entry.action == "set aside" for entry in table.set_aside) == 1_000
    (note,) = [note for note in table.notes if note.step == "missing_customers"]
    assert (note.n_rows, "the first 1,000" in note.reason) == (1_500, True)


def with_currencies(*codes: str) -> Columns:
    columns = order_lines()
    columns["Currency"] = [codes[i % len(codes)] for i in range(len(columns["Order No"]))]
    return columns


def test_two_currencies_are_not_added_up() -> None:
    """RG-007 counts both and names the setting; with it, the lines of the other are set aside."""
    columns = with_currencies("EUR", "EUR", "EUR", "CHF")
    with pytest.raises(ReportgenError, match="2 currencies") as fault:
        table_of(columns)
    assert (fault.value.code, "orders.currency=EUR" in fault.value.hint) == ("RG-007", True)
    table = table_of(columns, orders={"currency": "EUR"})
    assert table.orders is not None
    assert set(aside(table.orders)) == {"in another currency"}
    assert table.column("Spending").unit == "€"


def test_a_currency_that_no_line_has_is_refused() -> None:
    """RG-063."""
    with pytest.raises(ReportgenError, match="No order line is in USD") as fault:
        table_of(with_currencies("EUR", "CHF"), orders={"currency": "USD"})
    assert fault.value.code == "RG-063"


@pytest.mark.parametrize("settings", [{}, {"cancelled": "set aside"}])
def test_no_purchase_at_all_is_refused(settings: dict[str, Any]) -> None:
    """All cancelled: RG-003 says so."""
    columns = order_lines()
    columns["Status"] = ["cancelled", "storniert"] * (len(columns["Order No"]) // 2)
    with pytest.raises(ReportgenError, match=r"No order line is a purchase.*the status says cancelled") as fault:
        table_of(columns, orders=settings)
    assert fault.value.code == "RG-003"


def test_one_customer_is_too_few() -> None:
    """RG-003, whatever the number of lines."""
    columns = order_lines()
    columns["Customer ID"] = ["C001" if i else "C002" for i in range(len(columns["Customer ID"]))]
    with pytest.raises(ReportgenError) as fault:
        table_of(columns)
    assert fault.value.code == "RG-003"


def test_an_orders_total_in_each_of_its_lines_counts_once() -> None:
    """Two lines of one order, both with its total: the order costs it once, and the log says so."""
    columns = order_lines()
    total = dict.fromkeys(columns["Order No"], 0.0)
    for number, quantity, price in zip(
        *(columns[name] for name in ("Order No", "Quantity", "Unit Price")), strict=True
    ):
        total[number] += float(quantity) * float(price)
    columns["Order Total"] = [f"{total[number]:.2f}" for number in columns["Order No"]]
    table = table_of(columns)
    assert table.orders is not None
    assert table.orders.spending == BASE.spending
    assert customer(table, "C030") == customer(table_of(order_lines()), "C030") | {"Order Total": None}
    (note,) = [note for note in table.notes if note.step == "order_totals"]
    assert (note.column, note.after) == ("Order Total", "counted once an order")


def test_amounts_that_differ_within_an_order_are_those_of_its_lines() -> None:
    """A column called Total that differs from line to line is added up."""
    columns = order_lines()
    columns["Total"] = [
        f"{float(quantity) * float(price):.2f}"
        for quantity, price in zip(columns["Quantity"], columns["Unit Price"], strict=True)
    ]
    assert story_of(columns).spending == BASE.spending
