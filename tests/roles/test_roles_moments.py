"""Stamps of time below headers that say when something happened."""

from __future__ import annotations

import random

import pytest
from lone_columns import N, role_of, whole

from reportgen.records.table import Role

SECONDS = [str(random.Random(i).randrange(1_546_300_800, 1_766_000_000)) for i in range(N)]
SORTED = [str(1_735_689_600 + i) for i in range(N)]


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("signed_up_at", SECONDS),
        ("signedUpAt", SECONDS),
        ("customer_created_at", SECONDS),
        ("created_at", SORTED),
        ("updatedAt", [f"{second}123" for second in SECONDS]),
        ("profile.verified_at", SECONDS),
        ("event_ts", SECONDS),
        ("ts_ms", [f"{second}123" for second in SECONDS]),
    ],
)
def test_seconds_below_a_header_of_moments_are_dates_and_no_ids(name: str, cells: list[str]) -> None:
    assert role_of(name, cells) is Role.DATE


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        ("Umsatz AT", whole(40_000, 46_000), Role.MONEY),
        ("at", SECONDS, Role.ID),
        ("customer_no", SECONDS, Role.ID),
    ],
)
def test_other_figures_and_headers_keep_their_role(name: str, cells: list[str], role: Role) -> None:
    assert role_of(name, cells) is role
