"""What columns mean."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from raw_tables import raw_table, raw_table_of, roles_of, settings_of
from real_data import real_data

from reportgen.errors import ReportgenError
from reportgen.records.table import Role

N = 60
RANDOM = random.Random(1)
IDS = [f"{i:04d}" for i in range(N)]


def numbers(low: int, high: int) -> list[str]:
    return [str(RANDOM.randint(low, high)) for _ in range(N)]


def role_of(header: str, cells: Sequence[str | None]) -> Role:
    """The role of one column beside an id."""
    return roles_of(raw_table_of({"Customer ID": IDS[: len(cells)], header: cells}))[header].role


AMOUNTS = [f"{RANDOM.uniform(5, 900):.2f}" for _ in range(N)]
SMALL = numbers(1, 3)
COUNTS = numbers(0, 40)


@pytest.mark.parametrize(
    ("header", "cells", "role"),
    [
        ("Annual Income (k$)", COUNTS, Role.MONEY),
        ("Umsatz in EUR", AMOUNTS, Role.MONEY),
        ("Dépenses annuelles", AMOUNTS, Role.MONEY),
        ("Gasto anual", AMOUNTS, Role.MONEY),
        ("PURCHASES", AMOUNTS, Role.MONEY),
        ("Purchases", COUNTS, Role.COUNT),
        ("NumWebVisitsMonth", COUNTS, Role.COUNT),
        ("Anzahl Bestellungen", COUNTS, Role.COUNT),
        ("Visits per Month", SMALL, Role.COUNT),
        ("Orders last quarter", SMALL, Role.COUNT),
        ("Bestellungen pro Monat", SMALL, Role.COUNT),
        ("Achats par mois", SMALL, Role.COUNT),
        ("Purchase month", SMALL, Role.CODE),
        ("Frequency", COUNTS, Role.COUNT),
        ("Percent opened", COUNTS, Role.MEASURE),
        ("Average order value", AMOUNTS, Role.MONEY),
        ("Spending Score (1-100)", COUNTS, Role.SCORE),
        ("Kundenzufriedenheit (1-10)", COUNTS, Role.SCORE),
        ("Recency", COUNTS, Role.MEASURE),
        ("Grocery", AMOUNTS, Role.MEASURE),
        ("Alter", numbers(18, 80), Role.AGE),
        ("âge", numbers(18, 80), Role.AGE),
        ("Account age (days)", numbers(18, 80), Role.MEASURE),
        ("Geburtsjahr", numbers(1940, 2000), Role.BIRTH),
        ("Model year", numbers(1990, 2020), Role.CODE),
        ("Channel", SMALL, Role.CODE),
        ("Vertriebskanal", SMALL, Role.CODE),
        ("Region", SMALL, Role.CODE),
        ("Postal Code", numbers(10000, 99999), Role.CODE),
        ("Invoice no", numbers(100, 130), Role.CODE),
        ("Fancy", SMALL, Role.CODE),
        ("SeniorCitizen", numbers(0, 1), Role.FLAG),
        ("Newsletter", ["ja", "nein", "Ja"] * 20, Role.FLAG),
        ("Geschlecht", ["m", "w", "d"] * 20, Role.CATEGORY),
        ("Phone", ["Yes", "No"] * 30, Role.FLAG),
        ("Branch code", [f"00{i % 7}" for i in range(N)], Role.CODE),
        ("Constant", ["3"] * N, Role.CONSTANT),
        ("Nothing", ["?", "n/a", None] * 20, Role.EMPTY),
        ("Dt_Customer", [f"{i % 28 + 1:02d}-09-2012" for i in range(N)], Role.DATE),
    ],
)
def test_roles_from_header_and_figures(header: str, cells: Sequence[str | None], role: Role) -> None:
    """Header words in four languages and the look of the values decide together."""
    assert role_of(header, cells) == role


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Contact", [f"a{i}@example.org" for i in range(N)]),
        ("Mobile", [f"+49 170 {i:07d}" for i in range(N)]),
        ("Customer Name", [f"Given{i} Family{i}" for i in range(N)]),
        ("Nachname", [f"Meier{i}" for i in range(N)]),
        ("Street", [f"High Street {i}" for i in range(N)]),
        ("latitude", AMOUNTS),
    ],
)
def test_personal_columns_are_recognised(header: str, cells: Sequence[str]) -> None:
    """Names, e-mails, telephones and addresses are personal, by header or by look."""
    assert role_of(header, cells) == Role.PERSONAL


def test_the_customer_id_is_the_surest() -> None:
    """Of a row number, an order number and a customer id, all unique, the customer's has the highest confidence."""
    rows = [str(i) for i in range(1, N + 1)]
    columns = roles_of(raw_table_of({"Row ID": rows, "Order ID": [f"O{i}" for i in range(N)], "Customer ID": IDS}))
    assert {column.role for column in columns.values()} == {Role.ID}
    assert max(columns.values(), key=lambda column: column.confidence).name == "Customer ID"


def test_a_column_that_numbers_the_records_is_no_measure() -> None:
    """1, 2, 3 … under a header that says nothing is an id."""
    assert role_of("Lot", [str(i) for i in range(7, N + 7)]) == Role.ID


def test_a_repeated_id_is_still_an_id() -> None:
    """Order lines repeat their customer id: it must not become a measure."""
    assert roles_of(raw_table(CustomerID=[str(i % 9) for i in range(N)], Sales=AMOUNTS))["CustomerID"].role == Role.ID


def test_a_code_that_mirrors_a_category_says_so() -> None:
    """Gender_B, 0 and 1, tells the same as Gender, and describes only."""
    sex = ["Male", "Female", "Female"] * 20
    columns = roles_of(raw_table(Gender=sex, Gender_B=["1" if value == "Male" else "0" for value in sex]))
    assert columns["Gender_B"].role == Role.FLAG
    assert columns["Gender_B"].reason.endswith("tells the same as Gender")


def test_shares_have_the_scale_of_shares() -> None:
    """A frequency in 0..1 declares that range, so that 1.5 can be called impossible."""
    cells = [f"{i / N:.4f}" for i in range(N)]
    column = roles_of(raw_table(CASH_ADVANCE_FREQUENCY=cells, ID=IDS))["CASH_ADVANCE_FREQUENCY"]
    assert (column.role, column.scale) == (Role.MEASURE, (0.0, 1.0))


def test_units_beside_the_values_are_taken() -> None:
    """Cells such as `€1,234.50` make a money column in euros."""
    column = roles_of(raw_table(Basket=[f"€1,{i:03d}.50" for i in range(N)], ID=IDS))["Basket"]
    assert (column.role, column.unit) == (Role.MONEY, "€")


def test_labels_are_distinct() -> None:
    """Two headers that would read alike keep their own writing."""
    columns = roles_of(raw_table_of({"ID": IDS, "Net Sales": AMOUNTS, "net_sales": COUNTS}))
    assert [columns["Net Sales"].label, columns["net_sales"].label] == ["Net Sales", "net_sales"]


def test_settings_decide() -> None:
    """A role from the settings has confidence 1; headers may be written loosely; ignored columns are left out."""
    table = raw_table_of({"Customer_ID": IDS, "Grocery": AMOUNTS, "Region": SMALL})
    settings = settings_of(columns={"roles": {"grocery": "money"}, "ignore": ["region"]})
    columns = roles_of(table, settings)
    assert (columns["Grocery"].role, columns["Grocery"].confidence) == (Role.MONEY, 1.0)
    assert columns["Region"].role == Role.IGNORED


@pytest.mark.parametrize("section", [{"roles": {"Grocey": "money"}}, {"ignore": ["Grocey"]}, {"features": ["Grocey"]}])
def test_unknown_columns_are_refused_with_close_matches(section: dict[str, object]) -> None:
    """A misspelt column in any setting is RG-062 and names the likely one."""
    with pytest.raises(ReportgenError) as fault:
        roles_of(raw_table(ID=IDS, Grocery=AMOUNTS), settings_of(columns=section))
    assert fault.value.code == "RG-062"
    assert "Grocery" in fault.value.hint


def test_text_cannot_be_called_a_number() -> None:
    """A role that the values contradict is refused with the column and a value."""
    settings = settings_of(columns={"roles": {"Gender": "money"}})
    with pytest.raises(ReportgenError, match=r"Gender.*'Female'") as fault:
        roles_of(raw_table(Gender=["Female", "Male"] * 30, ID=IDS), settings)
    assert fault.value.code == "RG-063"


def test_every_reason_is_one_clause() -> None:
    """Reasons are short, and none shows a value of a personal column."""
    columns = roles_of(raw_table_of({"Customer ID": IDS, "E-mail": [f"x{i}@y.org" for i in range(N)], "A": AMOUNTS}))
    assert all(0 < len(column.reason) < 120 and "@" not in column.reason for column in columns.values())


def test_large_tables_are_looked_at_in_part() -> None:
    """Past the sample, distinct values are still counted over all records."""
    n = 12_000
    column = roles_of(raw_table(ID=[f"C{i}" for i in range(n)], Sales=[f"{i}.5" for i in range(n)]))["Sales"]
    assert "12,000 distinct numbers" in column.reason


@pytest.mark.real_data
def test_wholesale_channel_and_region_are_codes() -> None:
    """Channel and Region are names in figures; the six product lines are measures."""
    from raw_tables import read_plainly

    columns = roles_of(read_plainly(real_data("wholesale", "Wholesale customers data.csv")))
    found = [columns[name].role for name in columns]
    assert found == [Role.CODE] * 2 + [Role.MEASURE] * 6


@pytest.mark.real_data
def test_customer_personality_roles() -> None:
    """Births, dates, money, counts, flags and constants of a wide export are told apart."""
    from raw_tables import read_plainly

    columns = roles_of(read_plainly(real_data("customer_personality", "marketing_campaign.csv")))
    expected = {
        "ID": Role.ID,
        "Year_Birth": Role.BIRTH,
        "Education": Role.CATEGORY,
        "Income": Role.MONEY,
        "Kidhome": Role.COUNT,
        "Dt_Customer": Role.DATE,
        "MntWines": Role.MONEY,
        "NumWebVisitsMonth": Role.COUNT,
        "AcceptedCmp3": Role.FLAG,
        "Z_Revenue": Role.CONSTANT,
    }
    assert {name: columns[name].role for name in expected} == expected


def test_missing_words_do_not_hide_numbers() -> None:
    """A third of `NA`, `None` or a word of the settings leaves a column of numbers a column of numbers."""
    cells = [("NA", "None", "XX")[i // 3 % 3] if i % 3 == 0 else cell for i, cell in enumerate(AMOUNTS)]
    settings = settings_of(clean={"missing_words": {"words": ["xx"]}})
    assert roles_of(raw_table(ID=IDS, Grocery=cells), settings)["Grocery"].role == Role.MEASURE


def test_amounts_are_no_spreadsheet_dates() -> None:
    """60234.12 could be a day number: only a header that says date makes it one."""
    cells = [f"{40_000 + i * 97}.25" for i in range(N)]
    assert (role_of("Income", cells), role_of("Joined", cells)) == (Role.MONEY, Role.DATE)


@pytest.mark.parametrize("written", ["€€{0}.50", "{0}.50|x", "{0}.99 =", "${0}x"])
def test_amounts_that_cannot_be_read_are_no_id(written: str) -> None:
    """A way of writing that is not known makes a column of text whose reason shows a cell, never a customer's id."""
    table = raw_table_of(
        {"Kunde": [f"K{i}" for i in range(40)], "xyz": [written.format(i * 7 + 100) for i in range(40)]}
    )
    found = roles_of(table)["xyz"]
    assert found.role is Role.TEXT
    assert "not known" in found.reason


@pytest.mark.parametrize("written", ["AB-{0}", "v{0}.1.2", "{0}.{0}.1", "{0:010d}", "a{0}@", "{0}-2.5x4"])
def test_names_with_digits_are_no_unread_amounts(written: str) -> None:
    """Article numbers and versions are ids as before."""
    table = raw_table_of(
        {"Kunde": [f"K{i}" for i in range(40)], "xyz": [written.format(i * 7 + 100) for i in range(40)]}
    )
    assert roles_of(table)["xyz"].role is Role.ID


MONTHS = [f"{2024 + i % 2}{i % 12 + 1:02d}" for i in range(N)]
ACCOUNTS = [str(10_000 + i % 40 * 7) for i in range(N)]


@pytest.mark.parametrize(
    ("header", "cells", "role"),
    [
        ("last purchase", MONTHS, Role.DATE),
        ("Monat", MONTHS, Role.DATE),
        ("xyz", MONTHS, Role.DATE),
        ("Umsatz", MONTHS, Role.MONEY),
        ("xyz", [*MONTHS[:-1], "202413"], Role.MEASURE),
        ("Konto", ACCOUNTS, Role.CODE),
        ("Gegenkonto", ["8400" if i % 3 else ACCOUNTS[i] for i in range(N)], Role.CODE),
        ("Konto", [f"{account}.50" for account in ACCOUNTS], Role.MEASURE),
        ("Kontostand", ACCOUNTS, Role.MONEY),
        ("Konto", COUNTS, Role.MEASURE),
    ],
)
def test_months_and_accounts_are_no_amounts(header: str, cells: Sequence[str], role: Role) -> None:
    """202511 is a month if all cells are such; numbers under Konto are names, balances and counts are amounts."""
    assert role_of(header, cells) is role


@pytest.mark.parametrize(
    "cells",
    [
        [f"06.48.{i:02}.46.22" for i in range(N)],
        [f"496-492-1{i:03}" for i in range(N)],
        [f"(212) 555-{1000 + i}" for i in range(N)],
        [f"123-45-{1000 + i}" for i in range(N)],
    ],
)
def test_numbers_of_persons_are_told_by_their_look(cells: list[str]) -> None:
    """Under a header that says nothing they would be taken for an id, and shown."""
    assert role_of("Feld3", cells) is Role.PERSONAL


def test_a_few_given_names_beside_family_names_are_personal() -> None:
    """Twenty first names would else be a category that the report prints."""
    table = raw_table(id=IDS, Nombre=["Ana", "Luis", "Eva"] * 20, Apellidos=[f"García {i}" for i in range(N)])
    assert roles_of(table)["Nombre"].role is Role.PERSONAL
    assert role_of("Nombre", ["Ana", "Luis", "Eva"] * 20) is Role.CATEGORY


def test_what_may_be_a_telephone_or_a_name_is_no_sure_id() -> None:
    """Cells of a sure id are shown where records are listed."""
    phones = raw_table(Feld3=[f"0171{1000000 + i * 7919}" for i in range(N)], Sales=AMOUNTS)
    assert roles_of(phones)["Feld3"].confidence < 0.8
    names = raw_table(Kunde=[f"Anna Bach{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(N)], Sales=AMOUNTS)
    assert roles_of(names)["Kunde"].confidence < 0.8


def test_a_gender_of_0_and_1_is_no_yes_or_no() -> None:
    assert role_of("Gender", ["0", "1", "1"] * 20) is Role.CODE
    assert role_of("Newsletter", ["0", "1", "1"] * 20) is Role.FLAG


def test_customers_named_once_a_group_are_asked_for_in_every_record() -> None:
    """A pivot table leaves its labels out below the first: each record would count as a customer of its own."""
    names = [f"K{i:03}" if i % 3 == 0 else None for i in range(N)]
    table = raw_table(Kunde=names, Jahr=[str(2022 + i % 3) for i in range(N)], Betrag=AMOUNTS)
    with pytest.raises(ReportgenError, match="names a customer in 20 of 60 records") as found:
        roles_of(table)
    assert found.value.code == "RG-012"
    assert roles_of(table, settings_of(columns={"ignore": ["Kunde"]}))["Betrag"].role is Role.MONEY
    roles_of(raw_table(id=IDS, Kunde=names, Betrag=AMOUNTS))
    gaps = [f"K{i:03}" if i % 3 == 1 else None for i in range(N)]
    roles_of(raw_table(Kunde=gaps, Betrag=AMOUNTS))


@pytest.mark.parametrize(
    ("header", "levels"),
    [("Soll/Haben-Kennzeichen", "SH"), ("S/H", "SH"), ("Debit/Credit", "DC"), ("Dr/Cr", ("Dr", "Cr"))],
)
def test_amounts_with_their_sign_in_a_column_of_its_own_are_asked_about(header: str, levels: Sequence[str]) -> None:
    """Credits would be added to debits."""
    columns = {"Kundennr": IDS, "Betrag": AMOUNTS, header: [levels[i % 2] for i in range(N)]}
    with pytest.raises(ReportgenError, match="no sign of its own") as found:
        roles_of(raw_table_of(columns))
    assert found.value.code == "RG-007"
    assert roles_of(raw_table_of(columns), settings_of(columns={"ignore": [header]}))["Betrag"].role is Role.MONEY
    signed = [f"-{amount}" if i % 2 else amount for i, amount in enumerate(AMOUNTS)]
    roles_of(raw_table_of({**columns, "Betrag": signed}))
    roles_of(raw_table_of({"Kundennr": IDS, "Betrag": AMOUNTS, "Size": ["S" if i % 2 else "H" for i in range(N)]}))


def test_days_in_an_unknown_way_of_writing_are_no_amount() -> None:
    """`101` to `2504` under Belegdatum are days of a month."""
    assert role_of("Belegdatum", [f"{i % 28 + 1}{i % 12 + 1:02}" for i in range(N)]) is Role.TEXT
    assert role_of("Days to date", COUNTS) is Role.MEASURE


def test_a_japanese_export_is_understood() -> None:
    table = raw_table_of(
        {
            "会員番号": IDS,
            "氏名": [f"山田{i}" for i in range(N)],
            "年齢": numbers(18, 80),
            "購入回数": COUNTS,
            "売上": AMOUNTS,
        }
    )
    roles = [column.role for column in roles_of(table).values()]
    assert roles == [Role.ID, Role.PERSONAL, Role.AGE, Role.COUNT, Role.MONEY]


def test_ids_that_a_spreadsheet_has_rounded_are_refused() -> None:
    """All differ in the digits that are left, and yet nobody can be found by them."""
    rounded = [f"1.{23457 + 7 * i}E+11" for i in range(N)]
    with pytest.raises(ReportgenError, match=r"rounded by a spreadsheet, as in 1\.23457E\+11") as found:
        roles_of(raw_table(Kundennr=rounded, Sales=AMOUNTS))
    assert found.value.code == "RG-009"
    assert roles_of(raw_table(Kundennr=rounded, Sales=AMOUNTS), settings_of(columns={"ignore": ["Kundennr"]}))
    assert roles_of(raw_table(id=IDS, Sales=rounded))["Sales"].role is Role.MONEY


def test_customers_in_several_currencies_are_asked_about() -> None:
    """A column of codes says that amounts do not compare; order lines, which repeat customers, choose one later."""
    mixed = {"Customer ID": IDS, "Spent": AMOUNTS, "Currency": [("EUR", "USD")[i % 2] for i in range(N)]}
    with pytest.raises(ReportgenError, match=r"Currency says that amounts such as Spent .* EUR and USD") as fault:
        roles_of(raw_table_of(mixed))
    assert (fault.value.code, 'ignore = ["Currency"]' in fault.value.hint) == ("RG-007", True)
    roles_of(raw_table_of({**mixed, "Currency": ["EUR"] * N}))
    roles_of(raw_table_of({**mixed, "Customer ID": [str(i % 9) for i in range(N)]}))


def test_numbers_that_a_spreadsheet_took_for_dates_are_asked_about() -> None:
    """6.9 is 6 September to it, 6 is not; under a header of dates a number is a slip, and 0 alone stands for none."""
    grades = [f"2025-0{i % 9 + 1}-0{i % 6 + 1}" if i % 5 else str(i % 6 + 1) for i in range(N)]
    with pytest.raises(ReportgenError, match="Grade mixes dates with numbers") as fault:
        roles_of(raw_table(ID=IDS, Grade=grades))
    assert fault.value.code == "RG-007"
    roles_of(raw_table_of({"ID": IDS, "Signup date": grades}))
    roles_of(raw_table(ID=IDS, Grade=["0" if cell.isdigit() else cell for cell in grades]))
