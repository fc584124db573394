"""Guests: order lines without a customer id are those of their e-mail address."""

from __future__ import annotations

from pathlib import Path

import pytest
from engines import ENGINES, EVERY_ENGINE
from order_tables import ENGINE, Columns, N, add, aside, customer, order_lines, story_of, table_of, table_on

from reportgen.records.table import CleanTable


def with_mail(guest: str | None) -> Columns:
    """Customers 1 to 30, each with an address; four lines of three guests, and one of account 7 not logged in."""
    columns = order_lines()
    columns["Customer ID"] = [str(int(key[1:])) for key in columns["Customer ID"]]
    columns["E-mail"] = [f"k{key}@mail.example" for key in columns["Customer ID"]]
    mails = ["anna@post.example", "Anna@post.example", "bert@post.example", "carl@post.example", "K7@mail.example"]
    for i, mail in enumerate(mails):
        add(columns, Customer_ID=guest, Order_No=str(20_000 + i), **{"E-mail": mail})
    return columns


def ids_of(table: CleanTable) -> set[str]:
    return set(ENGINE.to_arrays(table.frame, [table.id_column])[table.id_column])


@pytest.mark.parametrize("guest", [None, "0"])
def test_a_guest_is_told_by_the_address(guest: str | None) -> None:
    """A third of a shop's lines was set aside as nobody's although each had an address."""
    table = table_of(with_mail(guest))
    assert table.orders is not None
    assert (aside(table.orders), table.n_customers) == ({}, N + 3)
    assert {key for key in ids_of(table) if "@" in key} == {f"{name}@post.example" for name in ("anna", "bert", "carl")}
    assert customer(table, "anna@post.example")["Orders"] == 2
    before = table_of({name: cells[:-5] for name, cells in with_mail(guest).items()})
    assert customer(table, "7")["Orders"] == customer(before, "7")["Orders"] + 1
    (note,) = [note for note in table.notes if note.step == "guests"]
    assert (note.n_rows, note.after, note.is_fix) == (5, "4 e-mail addresses in E-mail", True)


def test_ids_among_which_addresses_stand_are_not_shown() -> None:
    """The id's confidence is that of a key which says who a person is."""
    shown, hidden = (
        next(c.confidence for c in table_of(columns).columns if c.name == "Customer ID")
        for columns in (order_lines(), with_mail("0"))
    )
    assert hidden < shown


def test_the_shops_own_address_tells_no_guest() -> None:
    """One address in most lines is nobody's; two accounts of one address leave the guest to it."""
    columns = with_mail(None)
    columns["E-mail"] = ["shop@mail.example" if i % 30 else mail for i, mail in enumerate(columns["E-mail"])]
    assert aside(story_of(columns)) == {"no customer id": 5}
    columns = with_mail(None)
    columns["E-mail"] = [mail.replace("k8@", "k7@") for mail in columns["E-mail"]]
    assert "k7@mail.example" in ids_of(table_of(columns))


def test_a_guest_without_an_address_is_nobody() -> None:
    columns = with_mail("0")
    add(columns, Customer_ID="0", Order_No="30000", **{"E-mail": None})
    assert aside(story_of(columns)) == {"no customer id": 1}


def test_an_address_is_one_in_any_case() -> None:
    """Where it is the customer's key: `Eva@` and `eva@` were two customers."""
    columns = order_lines()
    columns["E-mail"] = [
        f"{'K' if i % 2 else 'k'}{key}@mail.example" for i, key in enumerate(columns.pop("Customer ID"))
    ]
    table = table_of(columns)
    assert (table.id_column, table.n_customers) == ("E-mail", N)
    (note,) = [note for note in table.notes if note.step == "customer_ids"]
    assert (note.n_rows, note.after) == (len(columns["E-mail"]), "in small letters")


@pytest.mark.parametrize("name", EVERY_ENGINE[1:])
def test_every_engine_names_the_same_guests(name: str, tmp_path: Path) -> None:
    seen = []
    for each in ("memory", name):
        engine = ENGINES[each](tmp_path / each)
        table = table_on(engine, with_mail("0"))
        ids = engine.to_arrays(table.frame, [table.id_column])[table.id_column]
        seen.append((sorted(ids), table.notes))
        engine.close()
    assert seen[0] == seen[1]
