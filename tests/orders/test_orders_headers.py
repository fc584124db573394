"""Headers of shop systems in several languages: what is the amount, who is the customer, what is nobody's number."""

from __future__ import annotations

import pytest
from order_tables import Columns, N, order_lines, story_of, table_of

from reportgen.errors import ReportgenError
from reportgen.orders._words import order_words
from reportgen.records.orders import Part
from reportgen.records.table import Role


def orders(**renamed: str) -> Columns:
    """One row an order: Order No, Order Date, Customer ID and Total, renamed as given (underscores for spaces)."""
    lines = order_lines()
    columns = {name: lines[name][::2] for name in ("Order No", "Order Date", "Customer ID")}
    columns["Total"] = [f"{20 + i % 37}.50" for i in range(len(columns["Order No"]))]
    return {renamed.get(name.replace(" ", "_"), name): cells for name, cells in columns.items()}


def parts_of(columns: Columns) -> dict[str, str]:
    return {played.part.value: played.column for played in story_of(columns).parts}


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Refunded Amount",
            "Amount Refunded",
            "Erstattungsbetrag",
            "Betrag erstattet",
            "Montant remboursé",
            "Tip Amount",
        ),
        *("Importe reembolsado", "Importo rimborsato", "Bedrag terugbetaald", "Returned Amount", "Deposit Amount"),
        *(
            "Insurance Amount",
            "Gift Card Amount",
            "Points Total",
            "Voucher Amount",
            "Discount Amount",
            "Shipping Total",
        ),
        *("Tax Total", "Amount Due", "Trinkgeldbetrag", "Total Orders"),
    ],
)
def test_what_went_back_or_was_added_is_never_the_amount(header: str) -> None:
    """Refunded Amount before Total was taken for what the customer paid."""
    assert order_words().rank(Part.AMOUNT, header) is None
    columns = orders()
    beside = {header: [f"{i % 3}.00" for i in range(len(columns["Total"]))], **columns}
    assert parts_of(beside)["amount"] == "Total"


@pytest.mark.parametrize(
    "header",
    [
        "Order Total (inc tax)",
        "Total incl. 19% MwSt",
        "Montant TTC",
        "Amount excluding VAT",
        "Gesamtbetrag inkl. MwSt.",
    ],
)
def test_an_amount_that_says_whether_tax_is_in_it_is_one(header: str) -> None:
    """The word tax beside `inc` barred the order's total."""
    assert order_words().rank(Part.AMOUNT, header) is not None


@pytest.mark.parametrize(
    ("customer", "amount"),
    [
        *(("Kunden-Nr.", "Gesamtsumme"), ("Kundennr.", "Gesamt"), ("Kundennummer", "Netto"), ("Kunden-Nr.", "Brutto")),
        *(("customers_id", "order_total_gross"), ("Numéro client", "Montant TTC"), ("ID cliente", "Importe")),
        *(
            ("Codice cliente", "Totale"),
            ("Código cliente", "Valor"),
            ("Klantnummer", "Totaal"),
            ("Nr klienta", "Kwota"),
        ),
        *(("Customer ID", "Total Collected"), ("customer_number", "amount_total"), ("Customer ID", "Net")),
    ],
)
def test_customers_and_amounts_are_known_in_several_languages(customer: str, amount: str) -> None:
    """Without the amount's word each order became a customer."""
    played = parts_of(orders(Customer_ID=customer, Total=amount))
    assert (played["customer"], played["amount"]) == (customer, amount)


@pytest.mark.parametrize("header", ["event_ts", "Event time", "eventTimestamp"])
def test_the_time_of_an_event_is_the_date_of_an_order(header: str) -> None:
    """It was the only column of dates, and the question was which column is the date."""
    assert order_words().rank(Part.DATE, header) is not None


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("Währung", Part.CURRENCY),
        ("Käufer-ID", Part.CUSTOMER),
        ("Rückerstattungsbetrag", None),
        ("NUMÉRO CLIENT", Part.CUSTOMER),
    ],
)
def test_a_capital_before_an_accent_is_no_word_of_its_own(header: str, part: Part | None) -> None:
    """W-ährung was no currency."""
    assert next((known for known in Part if order_words().rank(known, header)), None) is part


def test_orders_without_an_amount_are_no_customers() -> None:
    """A customer's number that is no id by its looks, an order's that is: RG-009 asks for the amount."""
    columns = orders(Total="Foo")
    columns["Customer ID"] = [f"2{cell[1:]}" for cell in columns["Customer ID"]]
    columns["Kunden-Nr."] = columns.pop("Customer ID")
    with pytest.raises(ReportgenError, match="no column is the amount") as fault:
        table_of(columns)
    assert fault.value.code == "RG-009"
    assert 'amount = "…" in the section [orders.columns]' in fault.value.hint


def test_the_number_of_an_order_is_nobodys() -> None:
    """RG-009 asks for the customers' column; who means each record to be a customer says so."""
    columns = orders()
    del columns["Customer ID"]
    with pytest.raises(ReportgenError, match="no column names the customers") as fault:
        table_of(columns)
    assert (fault.value.code, "customer = " in fault.value.hint) == ("RG-009", True)
    n = len(columns["Order No"])
    assert table_of(columns, input={"id_column": "Order No"}).n_customers == n


def test_without_date_and_amount_the_number_of_an_order_is_no_id_either() -> None:
    """A customer's last transaction: the record number is the id, and the log says so."""
    n = 60
    columns: Columns = {
        "Transaction ID": [f"T{i:05d}" for i in range(n)],
        "Age": [str(20 + i % 50) for i in range(n)],
        "Visits": [str(1 + i * 7 % 23) for i in range(n)],
    }
    table = table_of(columns)
    assert table.id_column == ""
    assert [note.after for note in table.notes if note.step == "missing_ids"] == ["the record number is the id"]


def test_of_two_customer_columns_the_one_that_comes_again_counts() -> None:
    """order_customer_id numbers each order's copy of the address, customer_number the customer."""
    columns = orders(Customer_ID="customer_number")
    columns = {"order_customer_id": [f"{i:032x}" for i in range(len(columns["Total"]))], **columns}
    assert parts_of(columns)["customer"] == "customer_number"


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        *(("Email", "shopper{n}@mail.example"), ("Buyer Username", "buyer_{n}"), ("Kartennummer", "28000000{n}")),
        *(("Absender E-Mail-Adresse", "shopper{n}@mail.example"), ("Client", "Robin Person {n}")),
    ],
)
def test_orders_without_a_customer_id_go_by_what_tells_persons_apart(header: str, cell: str) -> None:
    """An e-mail address that comes again is the customer, and none of it is shown."""
    columns = orders(Customer_ID=header)
    columns[header] = [cell.format(n=text[1:]) for text in columns[header]]
    columns["Total"][3] = None
    table = table_of(columns)
    assert (table.n_customers, table.id_column, table.column(header).role) == (N, header, Role.ID)
    assert table.orders is not None
    (reason,) = [played.reason for played in table.orders.parts if played.part is Part.CUSTOMER]
    assert reason.endswith("no column numbers the customers") == (header != "Client")
    secret = cell.format(n="")[:6]
    assert [entry.reason for entry in table.set_aside] == ["no amount"]
    assert not any(secret in entry.sample for entry in table.set_aside)
    assert not any(secret in note.before + note.after + note.reason for note in table.notes)


def test_a_refusal_shows_no_address() -> None:
    """Orders by e-mail without an amount: the question names lines, not persons."""
    columns = orders(Customer_ID="Email", Total="Foo")
    columns["Email"] = [f"{text}@mail.example" for text in columns["Email"]]
    with pytest.raises(ReportgenError) as fault:
        table_of(columns)
    assert fault.value.code == "RG-009"
    assert "@" not in str(fault.value) + fault.value.hint


def test_a_name_that_each_customer_has_alone_is_not_shown() -> None:
    """Names repeat over the lines of a customer as categories do; over the customers they do not."""
    columns = order_lines()
    columns["Billing Name"] = [f"Person {chr(65 + int(key[1:]) % 26)}{key}" for key in columns["Customer ID"]]
    column = table_of(columns).column("Billing Name")
    assert (column.role, column.reason) == (Role.IGNORED, "nearly every customer has another one: it names them")


def test_what_was_paid_goes_before_what_the_shop_kept_of_it() -> None:
    """A payment provider's Netto is what its fee left over; the customer paid Brutto."""
    columns = orders(Total="Brutto")
    columns = {"Netto": [f"{18 + i % 37}.10" for i in range(len(columns["Brutto"]))], **columns}
    assert parts_of(columns)["amount"] == "Brutto"
