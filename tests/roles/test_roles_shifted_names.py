"""A header that lost a delimiter is refused, not read one column too far."""

from __future__ import annotations

import pytest
from raw_tables import raw_table_of, roles_of, settings_of

from reportgen.errors import ReportgenError

N = 30
CITIES = [("Oslo", "Bergen", "Turku")[i % 3] for i in range(N)]
AMOUNTS = [f"{20 + i * 7 % 13}.50" for i in range(N)]
COUNTS = [str(i % 9) for i in range(N)]
IDS = [f"K{i:03d}" for i in range(N)]


def test_names_that_fit_the_next_column_alone_are_refused() -> None:
    """RG-012 shows two of them over what is no such thing; the settings may say that the header is right."""
    table = {"idcity": IDS, "revenue": CITIES, "units": AMOUNTS, "quantity": CITIES, "note": COUNTS}
    with pytest.raises(ReportgenError) as refusal:
        roles_of(raw_table_of(table))
    assert refusal.value.code == "RG-012"
    assert "“revenue” over “Bergen” and “quantity” over “Bergen”" in refusal.value.sentence
    roles_of(raw_table_of(table), settings_of(input={"header": True}))


@pytest.mark.parametrize(
    "table",
    [
        {"id": IDS, "revenue": CITIES, "units": AMOUNTS, "orders": COUNTS},
        {"id": IDS, "revenue": CITIES, "units": AMOUNTS, "quantity": COUNTS, "note": CITIES},
        {"id": IDS, "price": CITIES, "cost": CITIES, "note": CITIES},
        {"id": IDS, "price code": CITIES, "units": AMOUNTS, "charge code": CITIES, "visits": COUNTS},
    ],
    ids=["one name", "a later one is right", "the next ones fit no better", "codes"],
)
def test_odd_names_alone_are_no_moved_header(table: dict[str, list[str]]) -> None:
    """Words for money over words are told from a header that is moved by what stands beside them."""
    assert len(roles_of(raw_table_of(table))) == len(table)
