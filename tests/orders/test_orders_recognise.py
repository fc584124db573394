"""Which exports are order lines, and which column plays which part."""

from __future__ import annotations

import pytest
from order_tables import HEADER, N, order_lines, story_of, table_of

from reportgen.errors import ReportgenError

GERMAN = ("Rechnungsnr", "Rechnungsdatum", "Kunden-Nr.", "Artikelnummer", "Bezeichnung", "Menge", "Einzelpreis")


def renamed(names: tuple[str, ...]) -> dict[str, list[str | None]]:
    return dict(zip(names, order_lines().values(), strict=True))


def test_order_lines_become_one_row_a_customer() -> None:
    """Ids that repeat beside a date, a quantity and a price are order lines."""
    table = table_of(order_lines())
    assert table.n_customers == N
    assert table.shaping == ("Days since last purchase", "Orders", "Spending")


@pytest.mark.parametrize("names", [HEADER, GERMAN])
def test_every_column_plays_its_part_and_says_why(names: tuple[str, ...]) -> None:
    """Parts are told from the headers, in English and in German."""
    parts = {played.part.value: (played.column, played.reason) for played in story_of(renamed(names)).parts}
    order, date, key, product, text, quantity, price = names
    wanted = {"customer": key, "date": date, "order": order, "quantity": quantity, "price": price}
    wanted |= {"product": product, "description": text}
    assert {part: column for part, (column, _) in parts.items()} == wanted
    assert all(reason.startswith("header says ") for _, reason in parts.values())


def test_an_amount_goes_before_a_price() -> None:
    """Where a line total is given, the price of a piece has no part."""
    columns = order_lines()
    columns["Line Total"] = ["50.00"] * len(columns["Quantity"])
    columns["Line Total"][0] = "51.00"
    parts = {played.part.value: played.column for played in story_of(columns).parts}
    assert parts["amount"] == "Line Total"
    assert "price" not in parts


def test_a_list_price_will_do_where_nothing_says_what_was_paid() -> None:
    """Exports of web shops hold the price by the catalogue alone; any other price goes before."""
    columns = order_lines()
    listed = {("List Price" if name == "Unit Price" else name): cells for name, cells in columns.items()}
    parts = {played.part.value: (played.column, played.reason) for played in story_of(listed).parts}
    assert parts["price"] == ("List Price", "the price by the catalogue; no column says what was paid")
    both = {**columns, "List Price": listed["List Price"]}
    assert {played.part.value: played.column for played in story_of(both).parts}["price"] == "Unit Price"


def test_settings_name_the_columns() -> None:
    """Headers that say nothing are named in [orders.columns]."""
    columns = renamed(("A", "B", "Customer ID", "D", "E", "F", "G"))
    named = {"date": "B", "order": "A", "quantity": "F", "price": "G"}
    story = story_of(columns, orders={"columns": named})
    assert {played.part.value: played.column for played in story.parts} == {**named, "customer": "Customer ID"}


def test_a_setting_that_names_no_column_is_refused() -> None:
    """RG-062, with the setting's name."""
    with pytest.raises(ReportgenError, match=r"orders\.columns\.date") as fault:
        table_of(order_lines(), orders={"columns": {"date": "Nowhere"}})
    assert fault.value.code == "RG-062"


def test_order_lines_are_left_alone_where_the_settings_say_so() -> None:
    """mode = never: repeated ids are refused as before."""
    with pytest.raises(ReportgenError) as fault:
        table_of(order_lines(), orders={"mode": "never"})
    assert fault.value.code == "RG-009"


def test_another_way_with_repeated_ids_goes_first() -> None:
    """Who asks for sums of repeated ids gets them."""
    table = table_of(order_lines(), clean={"repeated_ids": {"keep": "sum"}})
    assert table.orders is None
    assert table.n_customers == N


@pytest.mark.parametrize(("gone", "said"), [("Order Date", "date of the purchase"), ("Unit Price", "nor a price")])
def test_what_is_missing_is_named_with_its_setting(gone: str, said: str) -> None:
    """RG-009 says what keeps the records from being order lines, and what to write."""
    columns = order_lines()
    del columns[gone]
    with pytest.raises(ReportgenError, match=said) as fault:
        table_of(columns)
    assert fault.value.code == "RG-009"
    assert "[orders.columns]" in fault.value.hint


def test_what_is_asked_for_must_be_there() -> None:
    """mode = always without a date: RG-063."""
    columns = order_lines()
    del columns["Order Date"]
    with pytest.raises(ReportgenError, match="no column is the date") as fault:
        table_of(columns, orders={"mode": "always"})
    assert fault.value.code == "RG-063"


def test_states_on_the_same_dates_are_no_purchases() -> None:
    """Each customer once on each date, and nothing that an order has: RG-009, not a sum of balances."""
    n, days = 40, ("2026-01-31", "2026-02-28", "2026-03-31")
    columns = {
        "Customer ID": [f"C{i:03d}" for _ in days for i in range(n)],
        "Date": [day for day in days for _ in range(n)],
        "Amount": [str(100 + i * k * 7 % 90) for k, _ in enumerate(days) for i in range(n)],
    }
    with pytest.raises(ReportgenError, match="as states have") as fault:
        table_of(columns)
    assert fault.value.code == "RG-009"
    assert table_of(columns, orders={"mode": "always"}).n_customers == n


def test_one_row_a_customer_is_no_order_line() -> None:
    """A table of customers with a last order's number and date stays one."""
    columns = order_lines()
    columns["Customer ID"] = [f"C{i:04d}" for i in range(len(columns["Customer ID"]))]
    assert table_of(columns).orders is None


def test_everything_that_is_missing_is_asked_for_at_once() -> None:
    """Customer, date and amount were three refusals one after the other; what one column alone may be is filled in."""
    columns = order_lines()
    columns["Wann"], columns["Foo"] = columns.pop("Order Date"), columns.pop("Unit Price")
    columns["Fertig"] = list(reversed(columns["Wann"]))
    with pytest.raises(ReportgenError, match="date of the purchase and no column is the amount") as fault:
        table_of(columns)
    assert 'write date = "…" and amount = "…" in the section [orders.columns]' in fault.value.hint
    with pytest.raises(ReportgenError, match="date of the purchase and no column is the amount") as always:
        table_of(columns, orders={"mode": "always"})
    assert 'date = "…" and amount = "…" in the section [orders.columns]' in always.value.hint
    columns["Due date"] = columns.pop("Wann")
    del columns["Fertig"]
    columns["Unit Price"] = columns.pop("Foo")
    columns["Name"] = columns.pop("Customer ID")
    with pytest.raises(ReportgenError, match="Name") as whose:
        table_of(columns)
    assert 'customer = "Name" and date = "Due date" in the section [orders.columns]' in whose.value.hint


@pytest.mark.parametrize(("header", "is_date"), [("Wann", True), ("Due date", False), ("Mitglied seit", False)])
def test_the_only_column_of_dates_is_the_day(header: str, is_date: bool) -> None:
    """Unless it speaks of another day: what was the only date of an export was asked for."""
    columns = order_lines()
    columns[header] = columns.pop("Order Date")
    if is_date:
        assert table_of(columns).n_customers == N
    else:
        with pytest.raises(ReportgenError, match="no column is the date"):
            table_of(columns)


@pytest.mark.parametrize("header", ["Last Order Date", "Ultimo acquisto", "Letzte Bestellung", "Dernier achat"])
def test_customers_with_the_day_of_their_last_order_are_no_orders(header: str) -> None:
    """Contacts of firms, each with an id, were asked whether the firm's name names the customers."""
    lines = order_lines()
    n = len(lines["Order No"])
    columns = {
        "Record Id": [f"zcrm_{5_000 + i * 7}" for i in range(n)],
        "Account Name": [f"Firm {key}" for key in lines["Customer ID"]],
        "Total Sales": [f"{20 + i % 37}.50" for i in range(n)],
        header: lines["Order Date"],
        "Created Time": list(reversed(lines["Order Date"])),
    }
    assert (table_of(columns).orders, table_of(columns).n_customers) == (None, n)
    columns["Last Modified"] = columns.pop(header)
    with pytest.raises(ReportgenError, match="Account Name"):
        table_of(columns)
