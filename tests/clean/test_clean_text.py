"""Text that is kept as it is, and marks that show nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from raw_tables import cells, cleaned, raw_table_of, roles_of

from reportgen.records.table import NUMERIC_ROLES, CleanTable, Role

N = 60
POINTS = [str(i * 37 % 53) for i in range(N)]


def beside(header: str, texts: Sequence[str | None]) -> CleanTable:
    """A table of an id, points and this column, the texts repeated."""
    ids = [f"C{i}" for i in range(N)]
    return cleaned(raw_table_of({"ID": ids, "Points": POINTS, header: [texts[i % len(texts)] for i in range(N)]}))


@pytest.mark.parametrize(
    "texts",
    [
        [f"{i}E5" for i in range(N)],
        [str(12_345_678_901_234_567_890 + i % 30) for i in range(N)],
        [str(9_223_372_036_854_775_808 + i) for i in range(N)],
        [f"0x{i:X}" for i in range(N)],
        [f"+49151{1_000_000 + i}" for i in range(N)],
        [f"{i:05d}" for i in range(N)],
    ],
    ids=["power of ten", "20 digits", "2^63", "hex", "telephone", "leading zeros"],
)
def test_names_made_of_digits_are_no_amounts(texts: list[str]) -> None:
    """Under a header that says nothing they are an id, a code or text, and keep every character."""
    table = raw_table_of({"Customer ID": [f"C{i}" for i in range(N)], "Points": POINTS, "Ref": texts})
    assert roles_of(table)["Ref"].role not in NUMERIC_ROLES
    assert cells(cleaned(table), "Ref") == texts


def test_ids_lose_the_decimals_that_a_gap_gave_them() -> None:
    """12347.0 is customer 12347; the gap is set aside; strict runs refuse the export."""
    ids = [None if i == 3 else f"{12_300 + i * 7}.0" for i in range(N)]
    table = cleaned(raw_table_of({"Customer ID": ids, "Points": POINTS}))
    assert cells(table, "Customer ID")[:4] == ["12300", "12307", "12314", "12328"]
    assert [note.is_fix for note in table.notes if note.step == "whole_ids"] == [True]


def test_ids_with_other_decimals_stay() -> None:
    """Version 1.5 beside 2.0 is no whole number."""
    ids = [f"{i}.5" if i % 2 else f"{i}.0" for i in range(N)]
    assert cells(cleaned(raw_table_of({"Customer ID": ids, "Points": POINTS})), "Customer ID") == ids


def test_hidden_characters_leave_labels_and_stay_in_ids() -> None:
    """Directions of writing, widthless marks and colours of terminals hide no label from its like."""
    ids = [f"C{i}\u200b" for i in range(N)]
    city = ["Bonn", "Bo\u200bnn", "\u202eUlm", "\x1b[31mUlm\x1b[0m"] * (N // 4)
    table = cleaned(raw_table_of({"ID": ids, "Points": POINTS, "City": city}))
    assert (set(cells(table, "City")), cells(table, "ID")[0]) == ({"Bonn", "Ulm"}, "C0\u200b")
    assert [note.is_fix for note in table.notes if note.step == "hidden_characters"] == [True]


@pytest.mark.parametrize(
    ("header", "texts", "n_missing"),
    [
        ("Country", ["NA", "DE", "FR", "US"], 0),
        ("State", ["NC", "ny", "CA", "nd"], 0),
        ("Region", ["NC", "Cebu", "AZ", "TX", "CO", "GA", "WA", "UT", "OK", "WY", "WI", "FL"], 0),
        ("Answer", ["NA", "often", "never"], N // 3),
    ],
)
def test_codes_of_places_are_no_missing_words(header: str, texts: list[str], n_missing: int) -> None:
    """Namibia and North Carolina are places among codes, and nothing among answers."""
    found = next(entry for entry in beside(header, texts).quality if entry.name == header)
    assert found.n_missing == n_missing


def test_infinity_is_a_missing_word_among_numbers() -> None:
    """inf, −Infinity and NaN are taken out and counted; no record has to be repaired."""
    table = beside("Sales", ["inf", "-Infinity", "NaN", *(str(i) for i in range(N - 3))])
    assert (table.column("Sales").role, table.set_aside) == (Role.MONEY, ())
    assert next(note.n_rows for note in table.notes if note.step == "missing_words") == 3
