"""Numbers that are names, of customers, documents, shops and articles, beside those that count."""

from __future__ import annotations

import random

import pytest
from raw_tables import raw_table_of, roles_of

from reportgen.errors import ReportgenError
from reportgen.records.table import Role

N = 300
RANDOM = random.Random(3)
REPEATED = [str(RANDOM.randint(20_001, 20_060)) for _ in range(N)]
OFTEN = [str(RANDOM.randint(0, 60)) for _ in range(N)]
AMOUNTS = [f"{RANDOM.uniform(5, 90):.2f}" for _ in range(N)]
UNIQUE = [str(90_000 + i) for i in range(N)]


@pytest.mark.parametrize(
    ("header", "cells", "role"),
    [
        ("Numéro client", REPEATED, Role.ID),
        ("N° client", REPEATED, Role.ID),
        ("Code client", REPEATED, Role.ID),
        ("Código do cliente", REPEATED, Role.ID),
        ("Codice cliente", REPEATED, Role.ID),
        ("Numer klienta", REPEATED, Role.ID),
        ("Klantnr", REPEATED, Role.ID),
        ("Mitgliedsnr.", REPEATED, Role.ID),
        ("Customer No", REPEATED, Role.ID),
        ("Kunden-Nr.", REPEATED, Role.ID),
        ("Number of customers", OFTEN, Role.COUNT),
        ("Nr clients", OFTEN, Role.COUNT),
        ("Numéro de commande", UNIQUE, Role.ID),
        ("Numéro de commande", REPEATED, Role.CODE),
        ("Nº do pedido", REPEATED, Role.CODE),
        ("Nr zamówienia", REPEATED, Role.CODE),
        ("No of orders", OFTEN, Role.COUNT),
        ("Nombre de commandes", OFTEN, Role.COUNT),
        ("store_id", REPEATED, Role.CODE),
        ("campaign key", REPEATED, Role.CODE),
        ("Filialnr", OFTEN, Role.CODE),
        ("Bestellnummer", REPEATED, Role.CODE),
        ("Letzter Artikel EAN", [f"43012345{cell}" for cell in REPEATED], Role.CODE),
        ("Payment terms", [("14", "30", "60")[i % 3] for i in range(N)], Role.CODE),
        ("Kartenende", [f"{RANDOM.randint(1000, 9999)}" for _ in range(N)], Role.PERSONAL),
        ("C.P.", [f"{RANDOM.randint(10_000, 50_000)}" for _ in range(N)], Role.CODE),
        ("Average days between orders", [f"{RANDOM.uniform(5, 90):.1f}" for _ in range(N)], Role.MEASURE),
        ("Average orders", [f"{RANDOM.uniform(5, 90):.2f}" for _ in range(N)], Role.MONEY),
        ("Letzter Kauf am", [f"{RANDOM.randint(45_000, 45_900)}" for _ in range(N)], Role.DATE),
        ("Last order", OFTEN, Role.COUNT),
        ("Last order amount", [f"{RANDOM.randint(45_000, 45_900)}" for _ in range(N)], Role.MONEY),
    ],
)
def test_a_number_that_is_a_name_shapes_nothing(header: str, cells: list[str], role: Role) -> None:
    """As an amount, a shop's or an order's number would make segments of numbers that mean nothing."""
    table = raw_table_of({"id": [f"K{i}" for i in range(N)], header: cells})
    assert roles_of(table)[header].role is role


def test_the_number_of_something_else_is_not_the_customer_id() -> None:
    """`Rechnungsnummer` names invoices, however unique; of two ids the customer's is the surer one."""
    columns = roles_of(raw_table_of({"Rechnungsnummer": UNIQUE, "Kundennr": [f"{i:05}" for i in range(N)]}))
    assert columns["Kundennr"].confidence > columns["Rechnungsnummer"].confidence


@pytest.mark.parametrize(
    "ids",
    [
        [str(1_234_567_890_123_000 + 10 * i) for i in range(N)],
        [str(int(float(9_007_199_254_740_993 + 3 * i))) for i in range(N)],
    ],
    ids=["fifteen digits", "a float"],
)
def test_ids_that_lost_their_last_digits_are_refused(ids: list[str]) -> None:
    """Sixteen digits of which the last is always 0, or which all are floats: different customers may be one."""
    with pytest.raises(ReportgenError, match="rounded") as fault:
        roles_of(raw_table_of({"Customer ID": ids, "Spent": AMOUNTS}))
    assert fault.value.code == "RG-009"


def test_long_ids_that_are_exact_are_ids() -> None:
    """Sixteen digits and more, as services count."""
    ids = [str(1_234_567_890_123_456_789 + 7 * i) for i in range(N)]
    assert roles_of(raw_table_of({"Customer ID": ids, "Spent": AMOUNTS}))["Customer ID"].role is Role.ID


def test_the_customer_of_a_group_named_once_beside_order_numbers() -> None:
    """The number of an order is no customer's: the rows below the customer's first are the customer's, too."""
    columns = {
        "Bestellnr": [f"R{i}" for i in range(N)],
        "Kundennr": [f"K{i}" if i % 4 == 0 else None for i in range(N)],
    }
    with pytest.raises(ReportgenError, match="not repeated"):
        roles_of(raw_table_of({**columns, "Betrag": AMOUNTS}))
    roles_of(raw_table_of({"Kunde Nr": UNIQUE, "Werber Kundennr": columns["Kundennr"], "Betrag": AMOUNTS}))


@pytest.mark.parametrize(
    ("header", "cells", "role"),
    [
        ("@odata.etag", [f'W/"{i}"' for i in range(N)], Role.TEXT),
        ("_rev", [f"1-{i:08x}" for i in range(N)], Role.TEXT),
        ("row_version", [f"{1_600_000_000 + 17 * i}" for i in range(N)], Role.CODE),
        ("person_hash", [f"{i * 7919:08x}" for i in range(N)], Role.ID),
        ("revision hours", [f"{i % 40}" for i in range(N)], Role.MEASURE),
        ("customer_hash", [f"{i * 7919:08x}" for i in range(N)], Role.ID),
        ("version_id", [f"v{i:05}" for i in range(N)], Role.ID),
        ("revision_date", [f"20{10 + i // 12 % 15}-{1 + i % 12:02}-03" for i in range(N)], Role.DATE),
        ("rev", AMOUNTS, Role.MEASURE),
        ("App version", [f"{i % 4}.{i % 3}" for i in range(N)], Role.CODE),
    ],
)
def test_what_changes_with_each_change_of_a_record_names_no_customer(header: str, cells: list[str], role: Role) -> None:
    assert roles_of(raw_table_of({"Customer": [f"K{i}" for i in range(N)], header: cells}))[header].role is role


def test_a_customers_guid_is_the_id_beside_the_stamp_of_its_version() -> None:
    table = {
        "@odata.etag": [f'W/"{i}"' for i in range(N)],
        "contactid": [f"{i * 7919:08x}-0000-4000" for i in range(N)],
    }
    ids = [
        name for name, column in roles_of(raw_table_of({**table, "spent": AMOUNTS})).items() if column.role is Role.ID
    ]
    assert ids == ["contactid"]
