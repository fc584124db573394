"""Cleaning of public exports as they are."""

from __future__ import annotations

import numpy as np
import pytest
from raw_tables import DEFAULTS, ENGINE, cells, cleaned, read_plainly
from real_data import real_data

from reportgen.errors import ReportgenError
from reportgen.features.stage import build_features
from reportgen.ingest.stage import read_export
from reportgen.records.table import CleanTable, Role

pytestmark = pytest.mark.real_data


def clean_export(*parts: str) -> CleanTable:
    return cleaned(read_plainly(real_data(*parts)))


def test_mall_comes_out_as_published() -> None:
    """Nothing to clean: means and standard deviations of age, income and score are the published ones; 137 k$ stays."""
    table = clean_export("mall_customers", "Mall_Customers.csv")
    columns = [
        np.array(cells(table, name), dtype=float) for name in ("Age", "Annual Income (k$)", table.columns[4].name)
    ]
    seen = [(len(column), round(column.mean(), 2), round(column.std(ddof=1), 3)) for column in columns]
    assert seen == [(200, 38.85, 13.969), (200, 60.56, 26.265), (200, 50.2, 25.824)]
    assert (table.notes, table.set_aside, max(columns[1])) == ((), (), 137)


def test_mall_features_are_left_as_they_are() -> None:
    """Income and score enter k-means without a transform."""
    built = build_features(clean_export("mall_customers", "Mall_Customers.csv"), DEFAULTS, ENGINE)
    assert [(feature.name, feature.transform) for feature in built.features] == [
        ("Annual Income (k$)", "none"),
        ("Spending Score (1-100)", "none"),
    ]


def test_a_mutilated_copy_is_accounted_for() -> None:
    """12 duplicates leave, 100 `?` cells are filled in and flagged."""
    table = clean_export("mall_customers", "Mall_Customers_altered_800.csv")
    words = {note.column: note.n_rows for note in table.notes if note.step == "missing_words"}
    assert list(words.values()) == [10, 30, 60]
    assert (table.n_customers, len(table.set_aside)) == (800, 12)
    assert sum(entry.n_imputed for entry in table.quality) == 100


def test_three_dialects_give_the_same_values() -> None:
    """Tabs with dd-mm-yyyy, a byte-order mark with ISO dates, and a workbook hold one truth."""
    names = ("marketing_campaign.csv", "marketing_campaign_bom_semicolon.csv", "marketing_campaign.xlsx")
    tables = [cleaned(read_export(real_data("customer_personality", name), DEFAULTS.input, ENGINE)) for name in names]
    columns = [column.name for column in tables[0].columns]
    values = [[cells(table, name) for name in columns] for table in tables]
    assert values[0] == values[1] == values[2]
    assert tables[0].columns == tables[1].columns == tables[2].columns


def test_impossible_births_and_one_income_of_a_wide_export() -> None:
    """1893, 1899 and 1900 are listed; 666,666 is capped; customers alike but for their id all stay."""
    table = clean_export("customer_personality", "marketing_campaign.csv")
    births = next(note for note in table.notes if note.step == "impossible_values")
    income = next(note for note in table.notes if (note.step, note.column) == ("outliers", "Income"))
    assert (births.n_rows, births.before) == (3, "'1900', '1893', '1899'")
    assert income.before == "1 cell up to 666,666"
    assert table.n_customers == 2240
    assert [c.name for c in table.columns if c.role is Role.CONSTANT] == ["Z_CostContact", "Z_Revenue"]


def test_missing_payments_and_impossible_frequencies_of_a_bank() -> None:
    """313 missing minimum payments are flagged, eight frequencies above 1 are impossible."""
    table = clean_export("cc_general", "CC GENERAL.csv")
    found = {(note.step, note.column): note.n_rows for note in table.notes}
    assert found["imputation", "MINIMUM_PAYMENTS"] == 313
    assert found["impossible_values", "CASH_ADVANCE_FREQUENCY"] == 8


def test_blank_charges_of_a_telephone_company() -> None:
    """Eleven blank totals are missing values in a column of money."""
    table = clean_export("telco_churn", "Telco-Customer-Churn.csv")
    blanks = next(note for note in table.notes if note.step == "missing_words")
    assert (blanks.column, blanks.before) == ("TotalCharges", "blank in 11 cells")
    assert table.column("TotalCharges").role == Role.MONEY


def test_stand_ins_and_duplicates_without_an_id() -> None:
    """`unknown` and 999 are missing, thirteen equal records leave, the record number is the id."""
    table = clean_export("bank_marketing", "bank-additional-full.csv")
    assert (table.id_column, 41_188 - table.n_customers, len(table.set_aside)) == ("", 13, 13)
    assert table.column("pdays").role == Role.EMPTY
    assert {note.column for note in table.notes if note.step == "missing_words"} >= {"job", "default", "loan"}


def test_order_lines_are_refused() -> None:
    """Many lines a customer: sum up first."""
    with pytest.raises(ReportgenError, match="Customer ID are not unique") as fault:
        clean_export("superstore", "Sample - Superstore.csv")
    assert fault.value.code == "RG-009"
