"""Personal data in oddly named columns: recognised by what it is, and kept out of everything a page may show."""

from __future__ import annotations

import pytest
from raw_tables import cleaned, raw_table_of, roles_of

from reportgen.records.table import Role

N = 200
CANARIES = {
    "field_7": [f"zquill{i}@canary-mail.example" for i in range(N)],
    "x1": [f"+49 171 55{i:05d}" for i in range(N)],
    "konto": [f"DE{(98 - int(f'37040044{i:010d}131400') % 97):02d}37040044{i:010d}" for i in range(N)],
    "host": [f"10.{i % 7}.{i % 250}.{i % 199 + 1}" for i in range(N)],
    "Nachname": [f"Zquillmann{i}" for i in range(N)],
    "Straße": [f"Zquillweg {i}" for i in range(N)],
}


@pytest.mark.parametrize("name", CANARIES)
def test_personal_data_is_recognised(name: str) -> None:
    """E-mail, telephone, IBAN and internet addresses by their look alone; names and streets by their header."""
    columns = {
        "Customer ID": [f"C{i}" for i in range(N)],
        name: CANARIES[name],
        "Sales": [str(i % 97) for i in range(N)],
    }
    assert roles_of(raw_table_of(columns))[name].role is Role.PERSONAL


def test_nothing_that_cleaning_tells_holds_personal_data() -> None:
    """Notes, reasons and samples of records set aside, and the quality of columns."""
    columns = {"Customer ID": [f"C{i}" for i in range(N)], **CANARIES, "Sales": [str(i % 97) for i in range(N)]}
    doubled = {name: [*values, values[3]] for name, values in columns.items()}
    doubled["Sales"][5] = "not a number"
    table = cleaned(raw_table_of(doubled))
    told = repr((table.notes, table.set_aside, table.quality, [column.reason for column in table.columns]))
    assert (
        len(table.set_aside) == 3
    )  # the duplicate; the cell that is no number, and the customer then without a measure
    assert not [mark for mark in ("zquill", "Zquill", "canary", "+49 171", "37040044") if mark in told]
