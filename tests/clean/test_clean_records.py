"""Duplicates, ids, and what is refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from raw_tables import cells, cleaned, raw_table, raw_table_of, settings_of

from reportgen.errors import ReportgenError
from reportgen.records.table import SetAside

N = 300


def people(n: int = N) -> dict[str, list[Any]]:
    return {
        "Customer ID": [f"{i:05d}" for i in range(n)],
        "Sales": [str(i * 7 % 1000) for i in range(n)],
        "Visits": [str(i % 23) for i in range(n)],
    }


def repeat(columns: dict[str, list[Any]], line: int, times: int = 1) -> None:
    """Appends the record of that line again."""
    for values in columns.values():
        values += [values[line - 1]] * times


def test_exact_duplicates_are_set_aside() -> None:
    """The second record leaves, and says which one it repeats."""
    columns = people()
    repeat(columns, 17)
    table = cleaned(raw_table_of(columns))
    (entry,) = table.set_aside
    assert (entry.line, entry.action, entry.reason) == (N + 1, "set aside", "exact duplicate of record 17")
    assert table.n_customers == N


def test_records_that_are_equal_once_cleaned_count_once() -> None:
    """`€5` and `5` of one customer are one record."""
    columns = people()
    repeat(columns, 17)
    columns["Visits"][-1] = f" {columns['Visits'][-1]} "
    (entry,) = cleaned(raw_table_of(columns)).set_aside
    assert (entry.line, entry.reason) == (17, f"equal to record {N + 1} once cleaned")


def test_a_few_repeated_ids_keep_their_last_record() -> None:
    """Up to one in a hundred records: the later one counts."""
    columns = people()
    repeat(columns, 17)
    columns["Sales"][-1] = "999"
    table = cleaned(raw_table_of(columns))
    assert [(entry.line, entry.reason) for entry in table.set_aside] == [
        (17, f"id repeated; record {N + 1} is kept, being later")
    ]
    assert cells(table, "Sales")[-1] == 999.0


def test_many_repeated_ids_are_refused_with_examples() -> None:
    """Order lines are no customers: RG-009 names ids and records, and lists the three ways out."""
    columns = people()
    columns["Customer ID"] = [f"{i % 60:05d}" for i in range(N)]
    with pytest.raises(
        ReportgenError, match=r"'00000' in record 1, record 61, record 121, record 181 and record 241"
    ) as fault:
        cleaned(raw_table_of(columns))
    assert fault.value.code == "RG-009"
    assert all(f'keep = "{rule}"' in fault.value.hint for rule in ("latest", "sum", "refuse"))


def test_without_an_id_rare_equal_records_leave() -> None:
    """Three equal records among three hundred are one record three times."""
    columns = people()
    del columns["Customer ID"]
    columns["Fee"] = [f"{i}.25" for i in range(N)]
    repeat(columns, 17, times=2)
    table = cleaned(raw_table_of(columns))
    assert (table.id_column, table.n_customers) == ("", N)
    assert any(note.after == "the record number is the id" for note in table.notes)


def test_without_an_id_many_equal_records_stay() -> None:
    """With few columns, equal records are customers who are alike."""
    table = cleaned(raw_table(Visits=[str(i % 23) for i in range(N)], Sales=[str(i % 9) for i in range(N)]))
    assert table.n_customers == N
    assert any(note.after == "kept" and "alike" in note.reason for note in table.notes)


def test_records_without_an_id_are_set_aside() -> None:
    """`n/a` as an id is no id."""
    columns = people()
    columns["Customer ID"][4] = "n/a"
    table = cleaned(raw_table_of(columns))
    assert [(entry.line, entry.reason) for entry in table.set_aside] == [(5, "no customer id")]


def test_ids_stay_as_they_are_written() -> None:
    """Leading zeros, signs and twenty digits survive."""
    columns = people()
    columns["Customer ID"][:3] = ["+491234", "00000000000000000017", " 7 "]
    assert cells(cleaned(raw_table_of(columns)), "Customer ID")[:3] == ["+491234", "00000000000000000017", " 7 "]


def test_ids_alike_but_for_case_are_counted_never_merged() -> None:
    """`a1` and `A1` are two customers, and the note says so."""
    columns = people()
    columns["Customer ID"][:2] = ["a1", "A1"]
    table = cleaned(raw_table_of(columns))
    assert table.n_customers == N
    assert any("but for case, spaces, leading zeros and Unicode form" in note.before for note in table.notes)


def test_too_few_customers_are_refused() -> None:
    """Nineteen customers are no segments; the message says found and needed."""
    with pytest.raises(ReportgenError, match=r"19 customers.*at least 20") as fault:
        cleaned(raw_table_of(people(19)))
    assert fault.value.code == "RG-003"


def test_too_few_customers_name_the_records_that_were_set_aside() -> None:
    """One broken record short of twenty: the refusal says which record it was, and what is wrong with it."""
    broken = SetAside(7, "set aside", "7 fields where the header has 4", "")
    table = replace(raw_table_of(people(19)), set_aside=(broken,))
    with pytest.raises(ReportgenError, match=r"1 record .* set aside \(\w+ 7: 7 fields where the header has 4\)"):
        cleaned(table)


def test_too_few_customers_name_the_quote_that_never_closes() -> None:
    """It may have swallowed the others: the refusal names it and its line, beside the records set aside."""
    mended = SetAside(1, "repaired", "a quote that never closes read as text", "")
    broken = SetAside(7, "set aside", "7 fields where the header has 4", "")
    table = replace(raw_table_of(people(19)), set_aside=(mended, broken))
    with pytest.raises(ReportgenError, match=r"and 1 record had to be repaired \(\w+ 1: a quote that never closes"):
        cleaned(table)


def test_equal_customers_are_refused() -> None:
    """Where every measure has one value there is nothing to tell apart."""
    columns = people() | {"Sales": ["5"] * N, "Visits": ["3", "3 "] * (N // 2)}
    settings = settings_of(columns={"roles": {"Sales": "money", "Visits": "count"}})
    with pytest.raises(ReportgenError) as fault:
        cleaned(raw_table_of(columns), settings)
    assert fault.value.code == "RG-011"


def test_a_customer_without_any_measure_is_set_aside() -> None:
    """Nobody is segmented on medians alone."""
    columns = people()
    columns["Sales"][8] = columns["Visits"][8] = None
    assert [entry.reason for entry in cleaned(raw_table_of(columns)).set_aside] == ["no measure is known"]


def test_the_setting_sets_aside_instead_of_filling_in() -> None:
    """method = "set aside": one missing measure is enough."""
    columns = people()
    columns["Sales"][8] = None
    table = cleaned(raw_table_of(columns), settings_of(clean={"imputation": {"method": "set aside"}}))
    assert [(entry.line, entry.reason) for entry in table.set_aside] == [(9, "a measure is missing")]


def test_samples_hold_no_personal_column() -> None:
    """A listed record shows its cells, but not who the customer is."""
    columns = people() | {"E-mail": [f"person{i}@example.org" for i in range(N)]}
    columns["Customer ID"][4] = None
    (entry,) = cleaned(raw_table_of(columns)).set_aside
    assert entry.sample == ", 28, 4"


@pytest.mark.parametrize("header", ["updated_at", "Last Modified", "Geändert am", "Änderungsdatum"])
def test_the_latest_record_is_the_one_with_the_latest_date(header: str) -> None:
    """An export with the newest record first: the later line was kept, which is the older state."""
    n = 300
    days = [(dt.date(2026, 1, 1) - dt.timedelta(days=i)).isoformat() for i in range(n)]
    table = raw_table_of(
        {
            "customer_id": [f"C{i:04d}" for i in range(n - 1)] + ["C0004"],
            "income": [str(20_000 + i * 7_919 % 60_000) for i in range(n)],
            header: days,
        }
    )
    result = cleaned(table)
    kept = dict(zip(cells(result, "customer_id"), cells(result, header), strict=True))
    assert kept["C0004"] == days[4]
    (note,) = [note for note in result.notes if note.step == "repeated_ids"]
    assert note.reason == f"one record a customer: the one with the latest {header} counts"
    assert [entry.line for entry in result.set_aside] == [n]


@pytest.mark.parametrize(("ids", "n_alike"), [(("001", "1"), 1), (("010", "10"), 1), (("100", "10"), 0)])
def test_ids_that_differ_in_leading_zeros_are_counted(ids: tuple[str, str], n_alike: int) -> None:
    """A spreadsheet takes zeros off: never merged, always said."""
    table = raw_table(
        customer_id=[*ids, *(str(500 + i) for i in range(60))], income=[str(20_000 + i * 79 % 997) for i in range(62)]
    )
    notes = [note.n_rows for note in cleaned(table).notes if note.step == "repeated_ids"]
    assert notes == ([n_alike] if n_alike else [])
