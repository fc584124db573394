"""V1 to V25: what the text of a cell can mean. (Dates and odd texts, V26 to V45, are in test_matrix_v_dates.py.)"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pytest
from outcomes import (
    ENGINE,
    HEADER,
    N_LONG,
    Look,
    asked,
    assert_said,
    assert_strict_refuses,
    by_record,
    cleaning,
    column,
    customers,
    delimited,
    fixed,
    listed,
    meet,
    n_missing,
    noted,
    ok,
    parted,
    refused,
    replaced,
    said,
    values,
    with_column,
)
from pytest import approx

from reportgen.records.table import NUMERIC_ROLES, Role


def with_ids(ids: Sequence[str], header: str = "customer_id") -> str:
    """As many customers as there are ids, under these ids."""
    return delimited(
        [[id_, *row[1:]] for id_, row in zip(ids, customers(len(ids)), strict=True)], (header, *HEADER[1:])
    )


def added(name: str, cells: Sequence[str], sep: str = ";") -> str:
    """As many customers as there are cells, with this column at the end."""
    header, rows = with_column(name, cells)
    return delimited(rows, header, sep=sep)


def spread(pattern: str, n: int = N_LONG) -> list[str]:
    """`n` different whole numbers written after a pattern with `{}` in it."""
    return [pattern.format(i * 37 % 900 + 100) for i in range(n)]


def of_kind_number(content: str, name: str, **settings: object) -> Look:
    seen = meet(content, **settings)
    assert column(seen, name).kind == "number", said(seen)
    return seen


# --- ids and words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "pattern"), [("customer_id", "{:05d}"), ("Kundennummer", "{:010d}"), ("account no", "000{}")]
)
def test_v01_ids_keep_their_zeros(header: str, pattern: str) -> None:
    """OK: 00123 stays 00123, from the file to the table of customers."""
    ids = [pattern.format(i) for i in range(1, 41)]
    seen = meet(with_ids(ids, header))
    assert seen.table.id_column == header
    assert values(seen, header) == ids
    assert not listed(seen)


@pytest.mark.parametrize("pattern", ["{}E5", "{}e1", "1E{}", "{}.5E3"])
def test_v02_ids_that_look_like_powers_of_ten(pattern: str) -> None:
    """OK: 1E5 is an id, not 100,000."""
    ids = [pattern.format(i) for i in range(1, 41)]
    assert values(meet(with_ids(ids)), "customer_id") == ids


@pytest.mark.parametrize("first", [2**53, 10**19 + 1, 9_223_372_036_854_775_790, 123_456_789_012_345_678_901])
def test_v03_long_ids_keep_every_digit(first: int) -> None:
    """OK: neighbours above 2^53 and of 20 digits stay different."""
    ids = [str(first + i) for i in range(40)]
    assert values(meet(with_ids(ids)), "customer_id") == ids


def test_v04_ids_with_a_decimal_point() -> None:
    """FIX: 1.0, 2.0 … as a gap makes them elsewhere are 1, 2 …, and that is said; the gap is a missing id."""
    ids = [f"{i}.0" for i in range(1, N_LONG + 1)]
    assert values(fixed(with_ids(ids), "customer_id", ".0"), "customer_id")[:3] == ["1", "2", "3"]
    seen = meet(with_ids([*ids[:99], "", *ids[100:]]))
    assert values(seen, "customer_id")[97:100] == ["98", "99", "101"]
    assert [entry.line for entry in listed(seen) if entry.action == "set aside"] == [100]


def test_v05_a_few_repeated_ids_are_said() -> None:
    """ASK's default: under 1 % of repeats the run goes on, the record that gives way is listed."""
    ids = [f"C{i}" for i in range(N_LONG)]
    ids[200] = ids[100]
    seen = meet(with_ids(ids))
    assert {entry.line for entry in listed(seen)} & {101, 201}
    assert seen.table.n_customers == N_LONG - 1


def test_v05_many_repeated_ids_are_asked_about() -> None:
    """ASK: over 1 % RG-009 counts them; latest, sum or refuse is a setting, and each that reads gives 270 customers."""
    ids = [f"C{i % 270}" for i in range(N_LONG)]
    question = asked(with_ids(ids), "latest", "sum", codes=("RG-009",))
    assert "30" in question.fault.sentence
    latest, summed = (question.decided(with_ids(ids), value) for value in ("latest", "sum"))
    rows = customers(N_LONG)
    assert (latest.table.n_customers, summed.table.n_customers) == (270, 270)
    assert dict(zip(values(latest, "customer_id"), values(latest, "visits"), strict=True))["C0"] == float(rows[270][4])
    total = float(rows[0][4]) + float(rows[270][4])
    assert dict(zip(values(summed, "customer_id"), values(summed, "visits"), strict=True))["C0"] == total


@pytest.mark.parametrize("empty", ["", "  ", "n/a"])
def test_v06_a_customer_without_id_is_set_aside(empty: str) -> None:
    """PART: listed by record with the reason."""
    ids = [f"C{i}" for i in range(N_LONG)]
    ids[41] = empty
    assert parted(with_ids(ids), {42: "id"}).table.n_customers == N_LONG - 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("ab12", "AB12"), ("AB 12", "AB12 "), (unicodedata.normalize("NFC", "é1"), unicodedata.normalize("NFD", "é1"))],
    ids=["v7 case", "v7 space", "v7 Unicode form"],
)
def test_v07_ids_that_differ_by_little_are_counted_never_merged(one: str, other: str) -> None:
    """NOTE: how many ids are alike; both customers stay."""
    ids = [f"C{i}" for i in range(N_LONG)]
    ids[3], ids[250] = one, other
    seen = noted(with_ids(ids), "customer_id", "1")
    assert seen.table.n_customers == N_LONG
    assert not listed(seen)


@pytest.mark.parametrize("header", ["phone", "Telefon", "mobile no."])
def test_v08_phones_are_text(header: str) -> None:
    """OK: +49… keeps its sign and is a personal detail, never an amount."""
    cells = [f"+49{1_512_345_000 + i * 7}" for i in range(40)]
    seen = meet(added(header, cells))
    assert values(seen, header) == cells
    assert column(seen, header).role is Role.PERSONAL


@pytest.mark.parametrize("header", ["last_name", "Nachname", "name"])
def test_v09_names_that_are_words_for_nothing(header: str) -> None:
    """OK: Mr Null, Ms None and Mr True are customers with names."""
    odd = ["Null", "None", "NA", "Nan", "True", "null", "nil"]
    cells = [odd[i // 5] if i % 5 == 0 else f"Name{i}" for i in range(35)]
    seen = meet(added(header, cells))
    assert values(seen, header) == cells


@pytest.mark.parametrize("header", ["country", "Land", "country_code", "pays"])
def test_v10_namibia_is_a_country(header: str) -> None:
    """OK: NA beside DE, FR, ZA is no missing value."""
    cells = [("NA", "DE", "FR", "ZA")[i % 4] for i in range(40)]
    seen = meet(added(header, cells))
    assert values(seen, header) == cells


WORDS = ["-", "n/a", "?", "#N/A", "(blank)", "", "   "]


@pytest.mark.parametrize("name", ["income", "city"])
def test_v11_words_for_missing_are_listed(name: str) -> None:
    """Missing: each word counts as empty, in numbers and in labels, and the log lists the words."""
    seen = meet(delimited(replaced(name, {10 * i + 1: word for i, word in enumerate(WORDS)}, N_LONG)))
    assert n_missing(seen, name) == len(WORDS)
    assert_said(cleaning(seen), [name, *(f"'{word}'" for word in ("-", "n/a", "?", "#N/A", "(blank)"))])
    assert not listed(seen)


@pytest.mark.parametrize(
    ("header", "cells", "word"),
    [
        ("days_since_order", [("999" if i % 8 == 0 else str(i * 7 % 180)) for i in range(N_LONG)], "999"),
        ("discount_rate", [("-1" if i % 9 == 0 else f"{i * 7 % 100 / 100:.2f}") for i in range(N_LONG)], "1"),
        ("last_order", [("1900-01-01" if i % 8 == 0 else f"2026-{i % 12 + 1:02d}-15") for i in range(N_LONG)], "1900"),
        ("amount", [("999999" if i % 10 == 0 else f"{i * 13 % 400}.50") for i in range(N_LONG)], "999"),
    ],
    ids=["v12 999", "v12 -1", "v12 1900", "v12 999999"],
)
def test_v12_stand_in_values_are_noticed(header: str, cells: list[str], word: str) -> None:
    """NOTE: a spike at 999, −1 or 1900-01-01 is named with its count."""
    spike = max(set(cells), key=cells.count)
    noted(added(header, cells), header, word, str(cells.count(spike)))


# --- numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "value"),
    [("1.{},56", 1_000.56), ("1,{}.56", 1_000.56), ("12.345.{},5", 12_345_000.5), ("12,345,{}.5", 12_345_000.5),
     ("{},25", 0.25), ("{}.25", 0.25)],
    ids=lambda value: f"v13 {value}",
)  # fmt: skip
def test_v13_decimal_comma_or_point_is_voted_by_the_column(pattern: str, value: float) -> None:
    """OK: read in one way for the whole column, exact to the cent."""
    cells = spread(pattern)
    seen = of_kind_number(added("amount", cells), "amount")
    assert values(seen, "amount") == approx([value + i * 37 % 900 + 100 for i in range(N_LONG)])
    assert not listed(seen)


def test_v13_both_ways_in_one_column_are_asked_about() -> None:
    """ASK: 1.234,56 and 1,234.56 in one column: both are shown, `decimal` decides."""
    content = added("amount", [*spread("1.{},56", 150), *spread("1,{}.56", 150)])
    seen = asked(content, "1.100,56", "1,100.56", setting="decimal").decided(content, ",")
    assert by_record(seen, "amount")[1] == approx(1_100.56)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1'234.50", 1_234.5), ("1’234.50", 1_234.5), ("1\u00a0234,50", 1_234.5), ("1\u202f234,50", 1_234.5),
     ("1\u2009234,50", 1_234.5), ("1 234,50", 1_234.5), ("12,34,567.50", 1_234_567.5)],
    ids=["v14 '", "v14 ’", "v14 NBSP", "v14 narrow", "v14 thin", "v14 blank", "v14 Indian"],
)  # fmt: skip
def test_v14_thousands_of_any_country(cell: str, value: float) -> None:
    """OK: apostrophes, invisible spaces, Indian groups."""
    cells = [cell.replace("234", f"{i * 7 % 900 + 100}") if "234" in cell else cell.replace("34", f"{i % 90 + 10}")
             for i in range(40)]  # fmt: skip
    seen = of_kind_number(added("amount", cells), "amount")
    step = value - (234 if "234" in cell else 34_000)
    expected = [step + (i * 7 % 900 + 100 if "234" in cell else (i % 90 + 10) * 1_000) for i in range(40)]
    assert values(seen, "amount") == approx(expected)


@pytest.mark.parametrize(
    "negative",
    ["({}.50)", "{}.50-", "−{}.50", "-{}.50", "‑{}.50", "- {}.50", "-${}.50", "(${}.50)"],
    ids=lambda p: f"v15 {p}",
)
def test_v15_negative_numbers_of_any_form(negative: str) -> None:
    """OK: in brackets, with the sign behind, with any minus; that they are negative is said where it is not plain."""
    cells = [(negative if i % 10 == 0 else "{}.50").format(i % 90 + 10) for i in range(N_LONG)]
    seen = of_kind_number(added("balance", cells), "balance")
    expected = [(-1 if i % 10 == 0 else 1) * (i % 90 + 10.5) for i in range(N_LONG)]
    assert values(seen, "balance") == approx(expected)


def test_v15_a_sign_in_an_unusual_place_is_said() -> None:
    """OK, said: numbers in brackets are read as negative, and the log says so."""
    cells = [("({})" if i % 10 == 0 else "{}").format(i % 90 + 10) for i in range(N_LONG)]
    assert_said(cleaning(meet(added("balance", cells))), ["balance", "negative"])


@pytest.mark.parametrize(
    "pattern", ["${}.50", "{}.50 €", "€ {}.50", "EUR {}.50", "{}.50 CHF", "£{}.50", "{}.50 zł", "₹{}.50"]
)
def test_v16_one_currency(pattern: str) -> None:
    """OK: the sign is the column's unit, the rest a number."""
    seen = of_kind_number(added("spend", spread(pattern)), "spend")
    assert values(seen, "spend") == approx([i * 37 % 900 + 100.5 for i in range(N_LONG)])
    assert column(seen, "spend").unit


@pytest.mark.parametrize(("one", "other"), [("${}", "€{}"), ("{} CHF", "{} €"), ("£{}", "{} €")])
def test_v16_mixed_currencies_are_asked_about(one: str, other: str) -> None:
    """ASK: both currencies are shown; nothing adds dollars to euros unasked."""
    cells = [(one if i % 3 else other).format(i * 37 % 900 + 100) for i in range(N_LONG)]
    question = asked(added("spend", cells), one.strip("{} "), other.strip("{} "))
    assert "spend" in question.fault.sentence


def test_v17_per_cent_and_shares_in_one_column_are_asked_about() -> None:
    """ASK: is 12% beside 0.12 the same or a hundredth? Both readings with an example, and a setting that decides."""
    cells = [f"{i % 80 + 10}%" if i % 2 else f"0.{i % 80 + 10}" for i in range(N_LONG)]
    assert "rate" in asked(added("rate", cells), "%", "0.").fault.sentence


@pytest.mark.parametrize(
    ("zero", "name"), [("٠", "Arabic"), ("०", "Devanagari"), ("０", "full width"), ("۰", "Persian")]
)
def test_v18_digits_of_other_scripts(zero: str, name: str) -> None:
    """OK: they count like any others."""
    table = {ord("0") + i: ord(zero) + i for i in range(10)}
    seen = of_kind_number(added("amount", [cell.translate(table) for cell in spread("{}")]), "amount")
    assert values(seen, "amount") == [float(cell) for cell in spread("{}")]


@pytest.mark.parametrize("word", ["1e400", "inf", "-Infinity", "NaN", "-1e400", "nan", "∞"])
def test_v19_what_is_no_finite_number_is_missing(word: str) -> None:
    """Missing and counted: no infinity gets into an average."""
    seen = of_kind_number(delimited(replaced("income", {50: word, 60: word}, N_LONG)), "income")
    assert n_missing(seen, "income") == 2
    assert_said(cleaning(seen), ["income", "2"])


@pytest.mark.parametrize("cells", [{50: "1e308"}, {50: "1e308", 60: "-1e308"}, {50: "1e200"}])
def test_v20_a_number_of_308_digits_is_capped(cells: dict[int, str]) -> None:
    """NOTE: winsorised and said; the features stay finite."""
    seen = noted(delimited(replaced("income", cells, N_LONG)), "income", str(len(cells)))
    assert max(abs(value) for value in values(seen, "income")) < 1e9
    assert all(abs(value) < 100 for value in seen.features.matrix.ravel())


def test_v21_hexadecimal_is_text() -> None:
    """Text: 0x1A is a code, not 26."""
    cells = [f"0x{i % 16:02X}" for i in range(N_LONG)]
    seen = meet(added("device", cells))
    assert column(seen, "device").kind != "number"
    assert set(values(seen, "device")) == set(cells)


def test_v22_the_largest_whole_numbers_are_exact() -> None:
    """Exact: 9223372036854775808 and its neighbours keep every digit, as ids and as text."""
    cells = [str(9_223_372_036_854_775_800 + i) for i in range(40)]
    assert values(meet(with_ids(cells)), "customer_id") == cells
    seen = meet(added("account number", cells))
    assert ENGINE.to_arrays(seen.raw.frame, ["account number"])["account number"].tolist() == cells
    assert column(seen, "account number").role not in NUMERIC_ROLES


@pytest.mark.parametrize(("pattern", "unit"), [("{} kg", "kg"), ("{}kg", "kg"), ("{} km", "km"), ("{} min", "min")])
def test_v23_one_unit_is_taken_off(pattern: str, unit: str) -> None:
    """NOTE: 12 kg is 12, and the unit is said."""
    seen = noted(added("weight", spread(pattern)), "weight", unit)
    assert values(seen, "weight") == [float(i * 37 % 900 + 100) for i in range(N_LONG)]


def test_v23_several_units_stay_text() -> None:
    """Text: 12 kg beside 3 lb is no column of numbers; neither is a remark behind every number."""
    mixed = [f"{i % 90 + 10} {('kg', 'lb', 'oz')[i % 3]}" for i in range(N_LONG)]
    assert column(meet(added("weight", mixed)), "weight").kind != "number"
    remarks = [f"{i % 90 + 10} ({('est.', 'sure', 'old')[i % 3]})" for i in range(N_LONG)]
    assert column(meet(added("weight", remarks)), "weight").kind != "number"


def test_v24_a_column_of_numbers_with_a_few_words() -> None:
    """From 95 % numbers on it is one; the words are listed."""
    words = {20: "call back", 80: "3 (est.)", 140: "see remark"}
    seen = of_kind_number(delimited(replaced("income", words, N_LONG)), "income")
    assert n_missing(seen, "income") == 3
    told = [*cleaning(seen), *(f"record {entry.line}: {entry.reason}" for entry in listed(seen))]
    assert any("call back" in line for line in told) or {entry.line for entry in listed(seen)} == set(words)


def test_v24_a_column_of_numbers_and_words_is_text() -> None:
    """Under 95 % numbers it stays text, no word is lost."""
    words = {i: ("low", "high", "none given")[i % 3] for i in range(1, N_LONG, 4)}
    seen = meet(delimited(replaced("income", words, N_LONG)))
    assert column(seen, "income").kind != "number"


@pytest.mark.parametrize(
    "pair", [("yes", "no"), ("Y", "N"), ("0", "1"), ("ja", "nein"), ("TRUE", "FALSE"), ("oui", "non"), ("sí", "no")]
)
def test_v25_flags(pair: tuple[str, str]) -> None:
    """OK: two words for yes and no are a flag, in any common language."""
    seen = meet(added("newsletter", [pair[i * 7 % 5 % 2] for i in range(N_LONG)]))
    assert column(seen, "newsletter").role is Role.FLAG, said(seen)


def test_ok_means_that_nothing_is_said() -> None:
    """The table that the tests spoil is itself read without a word, and strict runs take it."""
    assert not cleaning(ok(delimited(customers()), strict=True))
    with pytest.raises(AssertionError):
        ok(delimited(customers()) + "Total,1,2,3,4\n")
    with pytest.raises(BaseException, match="DID NOT RAISE"):
        assert_strict_refuses(delimited(customers()))
    refused("", "RG-001")
