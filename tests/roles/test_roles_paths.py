"""Headers that are paths to keys of nested records: the last part says what a value is."""

from __future__ import annotations

import pytest
from lone_columns import N, drawn, role_of, whole
from raw_tables import raw_table_of, roles_of

from reportgen.config import Settings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.records.table import Role
from reportgen.roles.stage import assign_roles

COUNTS = drawn(*map(str, range(30)))
FEW = drawn("0", "1", "2", "3", "5")
NAMES = drawn("Ann", "Bo", "Cy", "Di")
STAMPS = [f"2025-{1 + i % 12:02}-{1 + i % 28:02}T10:{i % 60:02}:00Z" for i in range(N)]


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        ("_source.orders_12m", COUNTS, Role.COUNT),
        ("address.orders_shipped", COUNTS, Role.COUNT),
        ("email_stats.clicked", FEW, Role.COUNT),
        ("email_stats.last_opened_at", STAMPS, Role.DATE),
        ("custom_attributes.team_mates", FEW, Role.COUNT),
        ("fields.orders.integerValue", COUNTS, Role.COUNT),
        ("plan.revenue", whole(1_000, 90_000), Role.MONEY),
        ("bank_account.balance", whole(1_000, 90_000), Role.MONEY),
        ("address.customer_no", [f"K{i:05}" for i in range(N)], Role.ID),
    ],
)
def test_the_name_of_the_object_does_not_hide_what_a_key_measures(name: str, cells: list[str], role: Role) -> None:
    assert role_of(name, cells) is role


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("address.line1", [f"{i} High Street" for i in range(N)]),
        ("address.number", whole(1, 900)),
        ("address.value", whole(1, 900)),
        ("address.box", whole(1, 900)),
        ("address.size", whole(1, 900)),
        ("coordinates.length", [f"48.{i:05}" for i in range(N)]),
        ("fields.address.integerValue", whole(1, 900)),
        ("address.id", whole(1, 900)),
        ("billing_address.name", [f"Ann Lee {i}" for i in range(N)]),
        ("contact.email", [f"a{i}@example.org" for i in range(N)]),
        ("email.primary", [f"mail to {i}" for i in range(N)]),
        ("bank_account.number", whole(10_000, 90_000)),
        ("orders.address", [f"{i} High Street" for i in range(N)]),
        ("orders.email", [f"a{i}@example.org" for i in range(N)]),
        ("name.first", NAMES),
        ("customer.name.last", NAMES),
    ],
)
def test_what_the_object_says_of_a_person_stays_personal(name: str, cells: list[str]) -> None:
    assert role_of(name, cells) is Role.PERSONAL


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        ("customer.id", whole(10_000, 90_000), Role.ID),
        ("address.city", drawn("Bonn", "Ulm", "Trier"), Role.CATEGORY),
        ("store.code", COUNTS, Role.CODE),
        ("Month.Joined", drawn(*map(str, range(1, 13))), Role.CODE),
        ("Days.Since.Last.Order", whole(1, 900), Role.COUNT),
        ("level.maths", drawn(*map(str, range(30))), Role.CODE),
    ],
)
def test_what_the_whole_header_says_holds_where_the_last_part_says_nothing(
    name: str, cells: list[str], role: Role
) -> None:
    assert role_of(name, cells) is role


def test_an_object_of_several_keys_makes_no_code_of_them() -> None:
    draws = {f"plan.{key}": drawn(*map(str, range(low, low + 25))) for low, key in ((0, "upgraded"), (3, "snoozed"))}
    ids = {"id": [f"C{i}" for i in range(N)]}
    assert {column.role for name, column in roles_of(raw_table_of(ids | draws)).items() if name != "id"} == {
        Role.MEASURE
    }


def test_what_wraps_a_record_stands_in_no_label() -> None:
    """A segment was named Attributes-High-Spend; where two keys end alike, both keep their whole names."""
    ids = [f"K{i:05}" for i in range(N)]
    table = raw_table_of({"id": ids, "attributes.spend": COUNTS, "address.city": NAMES, "attributes.id": ids})
    labels = {column.name: column.label for column in assign_roles(table, Settings(), InMemoryEngine())}
    assert labels == {
        "id": "id",
        "attributes.spend": "Spend",
        "address.city": "Address city",
        "attributes.id": "attributes.id",
    }
