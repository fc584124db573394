"""Whose orders they are where no column says customer id: other persons' numbers, names, what can only be asked."""

from __future__ import annotations

import pytest
from order_tables import Columns, N, order_lines, story_of, table_of

from reportgen.errors import ReportgenError
from reportgen.records.orders import Part


def orders_of(header: str, cell: str = "{n}") -> Columns:
    """One row an order under Order No, Date, Amount and a header for whose it is; `n`: the customer's number."""
    lines = order_lines()
    keys = lines["Customer ID"][::2]
    return {
        "Date": lines["Order Date"][::2],
        header: [cell.format(n=key[1:]) for key in keys],
        "Amount": [f"{20 + i % 37}.50" for i in range(len(keys))],
    }


@pytest.mark.parametrize(
    "header",
    [
        *("donor_id", "PatientID", "Passenger Number", "Loyalty Number", "Member Code", "guest_key", "Account Number"),
        *("Gastnummer", "Käufer-ID", "Mietnr. Mieter-Nr", "Spender-ID", "Abonnenten-Nr.", "Code adhérent"),
        *("ID comprador", "Número de socio", "codice paziente", "relatienummer", "customer_unique_id", "Sold-to party"),
    ],
)
def test_whoever_buys_or_gives_is_a_customer(header: str) -> None:
    """Each gift of a donor was a customer of its own, and the report counted 2,384 for 139."""
    story = story_of(orders_of(header, "7{n}"))
    assert {played.part: played.column for played in story.parts}[Part.CUSTOMER] == header


@pytest.mark.parametrize("header", ["Customer Name", "Kundenname", "Nom du client", "NAME_CUSTOMER", "Klantnaam"])
def test_whole_names_tell_customers_apart_but_for_namesakes(header: str) -> None:
    """A list of sales with nothing but names is one of orders; the reason says what that means."""
    table = table_of(orders_of(header, "Robin Person {n}"))
    assert table.n_customers == N
    assert table.orders is not None
    (reason,) = [played.reason for played in table.orders.parts if played.part is Part.CUSTOMER]
    assert reason.endswith("no column numbers the customers, so namesakes count as one")
    assert not any("Robin" in note.before + note.after + note.reason for note in table.notes)


def test_a_number_goes_before_a_name() -> None:
    """Two persons of one name are told apart where a telephone number does."""
    columns = orders_of("Phone", "0170 55501{n}")
    columns["Customer Name"] = ["Robin Person"] * len(columns["Phone"])
    table = table_of(columns)
    assert (table.n_customers, table.id_column) == (N, "Phone")


@pytest.mark.parametrize("header", ["Name", "Firma", "xyz_id", "Empfänger", "Company", "Id interno nr"])
def test_what_may_name_customers_is_asked_about(header: str) -> None:
    """RG-009 names the column and both answers; each of them works."""
    columns = orders_of(header, "Alpha {n}")
    with pytest.raises(ReportgenError, match="nothing says whether it names") as fault:
        table_of(columns)
    assert (fault.value.code, f'customer = "{header}"' in fault.value.hint) == ("RG-009", True)
    assert table_of(columns, orders={"columns": {"customer": header}}).n_customers == N
    assert table_of(columns, orders={"mode": "never"}).n_customers == len(columns[header])


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("branch_id", "{n}"),
        ("Artikelname", "Mug {n}"),
        ("employee no", "E{n}"),
        ("Store Name", "Shop {n}"),
        ("PLZ", "10{n}"),
    ],
)
def test_what_names_no_customers_is_not_asked_about(header: str, cell: str) -> None:
    """Numbers of branches, goods, staff and places are nobody's: each record is a customer, and the log says so."""
    table = table_of(orders_of(header, cell))
    assert table.id_column == ""
    assert [note.after for note in table.notes if note.step == "missing_ids"] == ["the record number is the id"]


def test_few_names_are_no_customers() -> None:
    """Ten names that come again are sellers, or too few for segments."""
    columns = orders_of("Name", "Robin {n}")
    columns["Name"] = [name[:-1] + "0" for name in columns["Name"]]
    assert table_of(columns).n_customers == len(columns["Name"])


def test_names_that_come_again_without_dates_are_asked_about() -> None:
    """Positions of a portfolio were a customer each."""
    columns = orders_of("NAME_CUSTOMER", "Robin Person {n}")
    del columns["Date"]
    with pytest.raises(ReportgenError, match="NAME_CUSTOMER names customers again and again") as fault:
        table_of(columns)
    assert (fault.value.code, 'id_column = "NAME_CUSTOMER"' in fault.value.hint) == ("RG-009", True)
    assert table_of(columns, orders={"mode": "never"}).n_customers == len(columns["Amount"])


def test_a_way_to_pay_is_no_currency() -> None:
    """`currency_type` of Credit Card and Check: their amounts can be added up."""
    columns = orders_of("donor_id", "7{n}")
    columns["currency_type"] = ["Credit Card" if i % 3 else "ACH" for i in range(len(columns["Date"]))]
    assert Part.CURRENCY not in {played.part for played in story_of(columns).parts}
    columns["currency_type"] = ["US Dollar" if i % 3 else "Euro" for i in range(len(columns["Date"]))]
    with pytest.raises(ReportgenError, match="2 currencies"):
        table_of(columns)


@pytest.mark.parametrize("line", ["order_item_id", "Line ID", "Bestellpositions-ID"])
def test_lines_of_orders_without_a_date_are_no_customers(line: str) -> None:
    """A table of order items was 21,629 customers with one purchase each."""
    lines = order_lines()
    columns: Columns = {name: lines[name] for name in ("Order No", "Article No", "Quantity", "Unit Price")}
    columns[line] = [f"{i:05d}" for i in range(len(columns["Order No"]))]
    with pytest.raises(ReportgenError, match="no column names the customers") as fault:
        table_of(columns)
    assert fault.value.code == "RG-009"


@pytest.mark.parametrize("number", ["id_venta", "Folio", "N° de vente", "id_vendita", "Sale ID", "payment_id"])
def test_sales_of_nobody_are_asked_about_in_other_languages(number: str) -> None:
    """A list of a thousand sales was a thousand customers."""
    columns = orders_of(number)
    columns[number] = [f"V{i:05d}" for i in range(len(columns["Date"]))]
    with pytest.raises(ReportgenError, match="no column names the customers") as fault:
        table_of(columns)
    assert fault.value.code == "RG-009"


@pytest.mark.parametrize(
    ("article", "amount"), [("Product", "Total Sales"), ("producto", "ventas"), ("Artikel", "Umsatz")]
)
def test_sales_without_any_number_are_no_customers(article: str, amount: str) -> None:
    """Day, region, article and amount of 12,313 sales were as many customers; who means that can say so."""
    columns = orders_of("Region")
    n = len(columns["Date"])
    columns["Region"] = [("North", "South")[i % 2] for i in range(n)]
    columns[article] = [("Mug", "Plate", "Bowl")[i % 3] for i in range(n)]
    columns[amount] = columns.pop("Amount")
    with pytest.raises(ReportgenError, match="each has a date, an article and an amount") as fault:
        table_of(columns)
    assert (fault.value.code, 'mode = "never"' in fault.value.hint) == ("RG-009", True)
    assert table_of(columns, orders={"mode": "never"}).n_customers == n


@pytest.mark.parametrize("header", ["Gift Amount", "donation_amount", "Spendenbetrag", "Donation"])
def test_what_donors_give_is_the_amount(header: str) -> None:
    """Gifts are no part of an order's price; where nothing else is an amount, they are it."""
    columns = orders_of("Donor ID", "7{n}")
    columns[header] = columns.pop("Amount")
    played = {part.part: part.column for part in story_of(columns).parts}
    assert (played[Part.CUSTOMER], played[Part.AMOUNT]) == ("Donor ID", header)
    columns["Total"] = columns[header]
    assert {part.part: part.column for part in story_of(columns).parts}[Part.AMOUNT] == "Total"


def contacts(header: str, cell: str, number: str = "Appointment ID") -> Columns:
    """Records with an own number, a day, money, and somebody's address that comes again; no known word says what."""
    columns = orders_of(header, cell)
    n = len(columns["Date"])
    return {
        number: [f"A{i:04d}" for i in range(n)],
        "Handled": columns.pop("Date"),
        **columns,
        "Cost": columns.pop("Amount"),
    }


@pytest.mark.parametrize(
    ("header", "cell"),
    [("Guest Name", "Robin Person {n}"), ("Contact", "shopper{n}@mail.example"), ("Telefon", "0170 55501{n}")],
)
def test_addresses_that_come_again_are_asked_about_whatever_the_record_is(header: str, cell: str) -> None:
    """Stays, visits and payments under headers that no list knows were a customer each."""
    with pytest.raises(ReportgenError, match=f"{header} comes again and again") as fault:
        table_of(contacts(header, cell))
    assert (fault.value.code, f'customer = "{header}"' in fault.value.hint) == ("RG-009", True)
    named = {"columns": {"customer": header, "date": "Handled", "amount": "Cost"}}
    assert table_of(contacts(header, cell), orders=named).n_customers == N


def test_customers_with_an_id_may_share_an_address() -> None:
    """The header says whose number it is: families have one telephone."""
    columns = contacts("Telefon", "0170 55501{n}", "Customer ID")
    assert table_of(columns).n_customers == len(columns["Cost"])


def test_records_with_an_address_of_their_own_are_persons() -> None:
    """Contacts of some companies: each has its own address."""
    columns = contacts("Company telephone", "0170 55501{n}", "Record ID")
    columns["E-mail"] = [f"shopper{i}@mail.example" for i in range(len(columns["Cost"]))]
    assert table_of(columns).n_customers == len(columns["Cost"])


@pytest.mark.parametrize("kind", ["sum", "latest"])
def test_a_choice_for_repeated_ids_is_of_the_customers(kind: str) -> None:
    """A record number beside them was the id, and the choice changed nothing."""
    columns = orders_of("Loyalty Number", "48{n}")
    columns["Record ID"] = [f"A{i:04d}" for i in range(len(columns["Date"]))]
    assert table_of(columns, clean={"repeated_ids": {"keep": kind}}).n_customers == N


def test_a_telephone_tells_more_customers_apart_than_their_names() -> None:
    """`Customer` of first names: 29 for 98."""
    columns = orders_of("Mobile No", "98765{n}0000")
    columns["Customer"] = [("Robin", "Kim", "Jo")[i % 3] for i in range(len(columns["Date"]))]
    assert table_of(columns).id_column == "Mobile No"


def test_few_customers_who_come_again_are_customers_of_orders_all_the_same() -> None:
    """Of 1,200 orders eleven were set aside as records of one customer exported twice."""
    once = orders_of("Customer ID")
    columns = {name: cells * 3 for name, cells in once.items()}
    n = len(columns["Date"])
    columns["Customer ID"] = ["C000" if i == n - 1 else f"C{i:03d}" for i in range(n)]
    columns |= {"Order ID": [f"R{i:03d}" for i in range(n)], "Quantity": [str(1 + i % 3) for i in range(n)]}
    assert story_of(columns).n_purchases == n
    del columns["Quantity"]
    assert table_of(columns).orders is None


@pytest.mark.parametrize(
    ("number", "name"), [("No. Cliente", "Cliente"), ("Klant nr", "Klant"), ("Num client", "Client")]
)
def test_the_customers_number_goes_before_a_column_of_names(number: str, name: str) -> None:
    """`Cliente` was the key beside `No. Cliente`, and namesakes one customer."""
    columns = orders_of(number, "{n}")
    columns[name] = [f"Robin Person {int(n) % 25}" for n in columns[number]]
    table = table_of(columns)
    assert (table.id_column, table.n_customers) == (number, N)


def test_an_address_that_stands_beside_every_name_goes_before_it() -> None:
    """Seven namesakes of 239 customers were one customer each with another."""
    columns = orders_of("Kunde", "Robin Person {n}")
    columns["E-Mail Beleg"] = [f"{cell[-3:]}@mail.example" for cell in columns["Kunde"]]
    columns["Kunde"] = [cell.replace("007", "008") for cell in columns["Kunde"]]
    table = table_of(columns)
    assert (table.id_column, table.n_customers) == ("E-Mail Beleg", N)


def test_a_flag_about_mail_names_nobody() -> None:
    """`Unsubscribed from all email` was the customers' address: true in 161 of 162 records."""
    columns = orders_of("Company", "Firm {n}")
    columns["Record ID"] = [f"{15_200_000_000 + i}" for i in range(len(columns["Company"]))]
    columns["Unsubscribed from all email"] = ["true" if i % 3 else "" for i in range(len(columns["Company"]))]
    columns["Create Date"] = columns.pop("Date")
    columns["Last Activity Date"] = list(reversed(columns["Create Date"]))
    assert table_of(columns).id_column == "Record ID"


@pytest.mark.parametrize("header", ["email_opens", "properties.hs_email_open", "Mail clicks"])
def test_numbers_of_mails_name_nobody(header: str) -> None:
    """Customers who opened as many mails were one customer: 77 instead of 200."""
    columns = orders_of("Ref", "{n}")
    columns["id"] = [str(5_000 + i) for i in range(len(columns.pop("Ref")))]
    columns[header] = [str(i % 40) for i in range(len(columns["id"]))]
    assert table_of(columns).id_column == "id"


@pytest.mark.parametrize("header", ["Bankrekening consument", "Naam consument", "Login kupującego"])
def test_payers_are_told_by_account_name_or_login(header: str) -> None:
    """Each payment of a list was a customer."""
    columns = orders_of(header, "NL49INGB0003446{n}")
    assert (table_of(columns).id_column, table_of(columns).n_customers) == (header, N)


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("AccNo", "7{n}"),
        ("driver_id", "drv-50{n}"),
        ("Donor", "Robin Person {n}"),
        ("Payer", "Firm {n}"),
        ("XY hash", "a{n}f"),
    ],
)
@pytest.mark.parametrize("number", ["JobNo", "ID"])
def test_what_comes_again_is_asked_about_beside_the_number_of_each_record(header: str, cell: str, number: str) -> None:
    """Trips, gifts and payments were a customer each: an unknown header of the day, or a number called ID."""
    columns = orders_of(header, cell)
    columns["PickupDT"] = columns.pop("Date")
    columns[number] = [f"{880_000 + i * 3}" for i in range(len(columns[header]))]
    with pytest.raises(ReportgenError, match="nothing says whether it names") as fault:
        table_of(columns)
    assert f'customer = "{header}"' in fault.value.hint


def test_staff_and_tariffs_are_not_asked_about() -> None:
    """A handful of values that come again and again name no customers."""
    columns = orders_of("tariff no", "{n}")
    columns = {name: cells * 40 for name, cells in columns.items()}
    columns["ID"] = [f"{880_000 + i * 3}" for i in range(len(columns["Date"]))]
    assert table_of(columns).n_customers == len(columns["ID"])


@pytest.mark.parametrize(
    "header",
    [
        "Identificador cliente",
        "NIP nabywcy",
        "DNI",
        "Carte fidélité",
        "Kaartnummer",
        "cc_num",
        "Nome de usuário (comprador)",
    ],
)
def test_cards_tax_numbers_and_user_names_tell_buyers_apart(header: str) -> None:
    """Each line of a receipt was a customer."""
    table = table_of(orders_of(header, "23890{n}X"))
    assert (table.id_column, table.n_customers) == (header, N)


def test_a_list_of_articles_is_asked_about() -> None:
    """A price list was a report on 300 customers; a column about persons, or the id in the settings, makes it one."""
    columns = {
        "Artikel-Nr.": [f"{10_000 + i * 7}" for i in range(60)],
        "Listenpreis EUR": [f"{5 + i % 31}.50" for i in range(60)],
        "Gewicht kg": [f"{1 + i % 17}.25" for i in range(60)],
    }
    with pytest.raises(ReportgenError, match="look like articles") as fault:
        table_of(columns)
    assert fault.value.code == "RG-009"
    assert table_of(columns, input={"id_column": "Artikel-Nr."}).n_customers == 60
    assert table_of({**columns, "Age": [str(20 + i * 7 % 50) for i in range(60)]}).n_customers == 60


def test_claims_of_persons_are_asked_about_whatever_else_they_hold() -> None:
    """Claims with a day, money and the insured's number, but neither goods nor the amount of a purchase."""
    columns = orders_of("Partnernummer", "90{n}")
    columns["Schadennummer"] = [f"S{880_000 + i * 3}" for i in range(len(columns["Date"]))]
    columns["Schadendatum"] = columns.pop("Date")
    columns["Zahlung"] = columns.pop("Amount")
    with pytest.raises(ReportgenError, match="Partnernummer comes again"):
        table_of(columns)
    columns["Last login"] = columns.pop("Partnernummer")
    assert table_of(columns).n_customers == len(columns["Zahlung"])
