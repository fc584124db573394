"""Numbers and dates of a whole column."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace

import pytest
from raw_tables import cells, cleaned, raw_table, raw_table_of, settings_of

from reportgen.errors import ReportgenError
from reportgen.records.table import IMPUTED_PREFIX, CleanTable

N = 100
IDS = [f"C{i}" for i in range(N)]


def column(texts: Sequence[str | None], header: str = "Sales", **input_settings: str) -> CleanTable:
    """A table of an id and this column, the texts repeated."""
    table = raw_table_of({"ID": IDS, header: [texts[i % len(texts)] for i in range(N)]})
    return cleaned(table, settings_of(input=input_settings))


def values(*texts: str, header: str = "Sales") -> list[object]:
    """The cleaned values of these texts, repeated to a column."""
    return cells(column(texts, header), header)[: len(texts)]


def test_decimal_points_with_thousands() -> None:
    """$1,234.50 is a number."""
    assert values("$1,234.50", "$99.00", "($12.50)") == [1234.5, 99.0, -12.5]


def test_decimal_commas_with_thousands() -> None:
    """1.234,50 € is the same number."""
    assert values("1.234,50 €", "99,00 €", "-12,50 €") == [1234.5, 99.0, -12.5]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["1'234.50", "1’234.50", "99"], [1234.5, 1234.5, 99.0]),
        (["1\u00a0234,50", "1\u2009234,60", "1\u202f234,70"], [1234.5, 1234.6, 1234.7]),
        (["12,34,567.50", "1,00,000", "12"], [1234567.5, 100000.0, 12.0]),
        (["(1,234.50)", "123-", "−5", "\u20115", "- 7"], [-1234.5, -123.0, -5.0, -5.0, -7.0]),
        (["12.50 CR", "7.00 DR", "1.00 Cr"], [12.5, -7.0, 1.0]),
        (["R$ 1.234,56", "R$ 7,00"], [1234.56, 7.0]),
        (["12,50 zł", "1 234,50 zł"], [12.5, 1234.5]),
        (["٣", "٤٥٫٥", "१२", "１２"], [3.0, 45.5, 12.0, 12.0]),
        (["1 day", "2 days", "3 Days"], [1.0, 2.0, 3.0]),
        (["3 (est.)", "4"], [3.0, 4.0]),
        (["₹ 11,17,103.00", "₹ 2,000.50"], [1117103.0, 2000.5]),
        (["~117", "ca. 20", "≈ 3", "4"], [117.0, 20.0, 3.0, 4.0]),
        (["1_000", "12_500_000", "7"], [1000.0, 12500000.0, 7.0]),
        (["&euro;12.50", "&#8364;13", "&amp;euro;14", "15&nbsp;&#x20AC;"], [12.5, 13.0, 14.0, 15.0]),
        (["1.234,--", "101,--", "99,—", "1.000 €"], [1234.0, 101.0, 99.0, 1000.0]),
        (["CHF 101.--", "1'200.50"], [101.0, 1200.5]),
        (["99:-", "1 200:-"], [99.0, 1200.0]),
        (["Rs 500/-", "Rs. 1,250/-"], [500.0, 1250.0]),
        (["4-star", "5-star", "3 star"], [4.0, 5.0, 3.0]),
        (["3-mal", "3 - mal", "4.5-mal"], [3.0, 3.0, 4.5]),
        (["3,50-EUR", "1000 - EUR", "12,00- EUR", "12,00-"], [3.5, 1000.0, -12.0, -12.0]),
        (["12,00 €-", "1.234,00 €", "-€12,00", "€ -12,00"], [-12.0, 1234.0, -12.0, -12.0]),
        (["1 Person", "2 Personen", "3 Person"], [1.0, 2.0, 3.0]),
        (["1 yr", "2 yrs"], [1.0, 2.0]),
        (["1`234.50", "1´234.50", "1‘234.00", "7.25"], [1234.5, 1234.5, 1234.0, 7.25]),
        (["1.2 Mio", "1,2 Mio.", "900 Tsd."], [1_200_000.0, 1_200_000.0, 900_000.0]),
    ],
)
def test_numbers_of_any_country(written: list[str], read: list[float]) -> None:
    """Thousands, signs, currencies, digits and units as they are written around the world."""
    assert values(*written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["1.2k", "12k", "900"], [1200.0, 12000.0, 900.0]),
        (["1.2M", "350K", "1.1B"], [1_200_000.0, 350_000.0, 1.1e9]),
        (["1,2 Mio. €", "350 T€", "900 €", "5 TEUR", "6k€"], [1_200_000.0, 350_000.0, 900.0, 5000.0, 6000.0]),
        (["$12k", "-$1.5k", "($2k)", "$300"], [12000.0, -1500.0, -2000.0, 300.0]),
        (["2 lakh", "1.5 crore", "1.5 lakh crore"], [200_000.0, 15_000_000.0, 1.5e12]),
        (["1.10万", "4130", "3.5亿"], [11_000.0, 4_130.0, 350_000_000.0]),
        (["5 тыс.", "1.5 млн", "900"], [5_000.0, 1_500_000.0, 900.0]),
    ],
)
def test_thousands_and_millions_by_letter(written: list[str], read: list[float]) -> None:
    """`1.2k` is 1,200 where the column proves that k is a thousand; the log says so."""
    table = column(written)
    assert cells(table, "Sales")[: len(read)] == pytest.approx(read)
    assert any("letters behind are thousands" in note.reason for note in table.notes)


@pytest.mark.parametrize(
    ("written", "unit"), [(["14k", "18k", "24k"], "k"), (["12M", "24M"], "M"), (["3 m", "9 m"], "m")]
)
def test_a_letter_that_may_be_a_unit_stays_one(written: list[str], unit: str) -> None:
    """Carats, months and metres are no thousands and millions."""
    table = column(written, "Size")
    assert (cells(table, "Size")[0], table.column("Size").unit) == (float(written[0][:-1]), unit)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["12,50 S", "1.013,20 H", "7,00 S"], [-12.5, 1013.2, -7.0]),
        (["12,50 € S", "13,20 € H"], [-12.5, 13.2]),
        (["12.50 D", "13.20 C"], [-12.5, 13.2]),
        (["12,50 Soll", "13,20 Haben"], [-12.5, 13.2]),
        (["₹ 1,17,103.00 Dr", "₹ 2,000.50 Cr"], [-117103.0, 2000.5]),
        (["₹ 12.00 Dr", "₹ 500.00 Cr", "₹ 5 Cr"], [-12.0, 500.0, 5.0]),
    ],
)
def test_debit_is_negative(written: list[str], read: list[float]) -> None:
    """S and H, D and C, Soll and Haben: what is owed is negative, and the log says so."""
    table = column(written)
    assert cells(table, "Sales")[: len(read)] == read
    assert any("debit is negative" in note.reason for note in table.notes)


@pytest.mark.parametrize(
    ("written", "read", "unit"),
    [
        (["₹ 500.00 Cr", "₹ 1.25 crore", "3.5 lakh", "12 L"], [5e9, 1.25e7, 3.5e5, 1.2e6], "₹"),
        (["₹12.5L", "₹ 2 Cr", "-₹ 1.5 Cr.", "₹ 20,000"], [1.25e6, 2e7, -1.5e7, 20_000], "₹"),
        (["PKR 5.5 Cr", "PKR 3.25 Cr"], [5.5e7, 3.25e7], "PKR"),
        (["12 L", "1.2 Cr", "90 K"], [1.2e6, 1.2e7, 90_000], ""),
        (["12 L", "3.5 lakh"], [1.2e6, 3.5e5], ""),
    ],
)
def test_lakh_and_crore_by_letter(written: list[str], read: list[float], unit: str) -> None:
    """`L` and `Cr` are lakh and crore where rupees, a word or each other say so; the log tells it."""
    table = column(written)
    assert cells(table, "Sales")[: len(read)] == pytest.approx(read)
    assert table.column("Sales").unit == unit
    assert any("L and Cr are lakh and crore" in note.reason for note in table.notes)


@pytest.mark.parametrize(
    ("written", "unit"), [(["12 L", "3.5 L"], "L"), (["12 l", "3 l"], "l"), (["5.00 Cr", "3.00 Cr"], "Cr")]
)
def test_letters_that_nothing_explains_stay_as_written(written: list[str], unit: str) -> None:
    """Litres may be lakh, and course credits crore: the number stands as it is, the letter beside it."""
    table = column(written, "Size")
    assert (cells(table, "Size")[0], table.column("Size").unit) == (float(written[0].split()[0]), unit)


@pytest.mark.parametrize("written", [["₹ 500.00 Cr", "₹ 12.00 Cr"], ["500.00 Cr", "12.00"]])
def test_cr_is_asked_about_where_it_may_be_credit_or_crore(written: list[str]) -> None:
    """Two decimals and no debit: a book's credit or a company's crores. Both are shown, the setting decides."""
    with pytest.raises(ReportgenError, match=r"is credit \(500\) or crore \(5,000,000,000\)") as fault:
        column([*written[:1], *written])
    assert (fault.value.code, 'cr = "credit"' in fault.value.hint) == ("RG-007", True)
    assert cells(column(written, cr="credit"), "Sales")[0] == 500
    assert cells(column(written, cr="crore"), "Sales")[0] == 5e9


def test_a_guess_takes_small_sums_of_rupees_for_crores() -> None:
    """₹ 1,500.00 Cr is a balance, ₹ 5.25 Cr the size of a firm."""
    assert cells(column(["₹ 5.25 Cr", "₹ 7.00 Cr"], when_unsure="guess"), "Sales")[0] == 5.25e7
    assert cells(column(["₹ 1,500.00 Cr", "₹ 7.00 Cr"], when_unsure="guess"), "Sales")[0] == 1500


def test_seconds_and_hours_are_no_debit_and_credit() -> None:
    """`12 s` and `3 h`, in small letters or without cents, stay text: two units do not add up."""
    for written in (["12 s", "3 h"], ["12 S", "3 H"]):
        assert column(written, "Time on site").column("Time on site").kind != "number"


def test_plain_cells_follow_the_column() -> None:
    """In a column of decimal commas, 1.234 is a thousand."""
    assert values("1.234", "7,50", "12") == [1234.0, 7.5, 12.0]


def test_an_undecided_column_follows_the_others() -> None:
    """Only `1.234` in one column, decimal commas in another: it is a thousand there too."""
    table = raw_table_of({"ID": IDS, "Sales": ["1.234", "5.678"] * 50, "Fee": ["1,5", "2,25"] * 50})
    assert cells(cleaned(table), "Sales")[:2] == [1234.0, 5678.0]


@pytest.mark.parametrize("sign", [".", ","])
def test_without_any_evidence_the_sign_is_asked_about(sign: str) -> None:
    """1.234 in an export of whole numbers is one and a bit, or a thousand: both are shown, the setting decides."""
    texts = [f"1{sign}234", f"5{sign}678"]
    with pytest.raises(ReportgenError, match=r"is \d\.\d{3} or \d,\d{3}") as fault:
        column(texts)
    assert (fault.value.code, "decimal =" in fault.value.hint) == ("RG-007", True)
    assert cells(column(texts, decimal=sign), "Sales")[:2] == [1.234, 5.678]
    assert cells(column(texts, when_unsure="guess"), "Sales")[0] == (1.234 if sign == "." else 1234)


def test_a_contradicting_column_is_read_as_the_setting_says() -> None:
    """1.5 beside 2,5: once the setting has decided, a cell with a single reading keeps it, and that is a fix."""
    table = column(["1.5", "2,5"], decimal=",")
    assert cells(table, "Sales")[:2] == [1.5, 2.5]
    assert [note.is_fix for note in table.notes] == [True]


def test_a_few_cells_with_the_other_sign_keep_their_one_reading() -> None:
    """`1.234,56` among `1,234.56` can be nothing else: read, counted and no cell lost."""
    texts = [f"{i % 7 + 1},{i % 900 + 100}.{i % 90 + 10}" for i in range(N)]
    texts[3], texts[9] = "1.234,56", "17,5"
    columns = {"ID": IDS, "Points": [str(i * 37 % 83) for i in range(N)], "Sales": texts}
    table = cleaned(raw_table_of(columns))
    assert (cells(table, "Sales")[3], cells(table, "Sales")[9]) == (1234.56, 17.5)
    assert not table.set_aside
    note = next(note for note in table.notes if note.column == "Sales")
    assert note.is_fix
    assert "2 cells with the other sign" in note.reason


@pytest.mark.parametrize("decimal", [".", ","])
def test_two_readings_among_both_signs_are_missing_and_listed(decimal: str) -> None:
    """12,50 and 12.50 in one column: whatever the setting says, 1.234 there has two readings."""
    texts = ["12,50", "13.90", "1.234", "11.70", "14,20", "12.90", "1,234", "13.40"]
    columns = {"ID": IDS, "Points": [str(i * 37 % 83) for i in range(N)], "Sales": [texts[i % 8] for i in range(N)]}
    table = cleaned(raw_table_of(columns), settings_of(input={"decimal": decimal}))
    assert cells(table, "Sales")[:6:5] == [12.5, 12.9]
    assert all(cells(table, IMPUTED_PREFIX + "Sales")[2::4])
    assert (len(table.set_aside), table.set_aside[0].reason) == (N // 4, "Sales '1.234' has two readings; set missing")
    assert (table.notes[0].n_rows, table.notes[0].before) == (N // 4, "'1.234' in 13 cells, '1,234' in 12 cells")


def test_the_question_tells_what_the_setting_costs() -> None:
    """Cells that no setting decides are counted before one is chosen; where there is no other cell, none is named."""
    with pytest.raises(
        ReportgenError, match=r"as in '99\.90', and a decimal comma in 25 cells, as in '12,50'"
    ) as fault:
        column(["12,50", "1.234", "99.90", "7"])
    assert "as in '1.234', is then set missing in 25 cells" in fault.value.hint
    with pytest.raises(ReportgenError) as fault:
        column(["1,234", "1.234"], decimal=".")
    assert "decimal" not in fault.value.hint


@pytest.mark.parametrize(
    ("texts", "point", "comma"),
    [
        (["12.50", "1.234", "99.90", "999"], 1.234, 1234.0),
        (["12,50", "1,234", "99,90", "7"], 1234.0, 1.234),
        (["$12.50", "$1.234", "$99.90"], 1.234, 1234.0),
    ],
)
def test_three_decimals_among_cents_are_asked_about(texts: list[str], point: float, comma: float) -> None:
    """1.234 beside 12.50 is a thousand or one and a bit: the cell is shown, and the setting decides for it alone."""
    with pytest.raises(ReportgenError, match=r"is 1\.234 or 1,234 among .* as in '\$?(12.50|99.90)', in") as fault:
        column([text.replace(",", ".") for text in texts])
    assert (fault.value.code, 'decimal = "." (1.234)' in fault.value.hint) == ("RG-007", True)
    for decimal, value in ((".", point), (",", comma)):
        assert cells(column(texts, decimal=decimal), "Sales")[:2] == [12.5, value]
    table = column(texts, when_unsure="guess")
    assert (cells(table, "Sales")[1], table.notes[0].is_fix) == (1234.0, True)


@pytest.mark.parametrize(
    "texts",
    [
        ["12.5", "1.234", "99.9"],
        ["12.505", "1.234", "0.125", "99.50"],
        [f"{i}.{i % 9 + 1}{i % 7 + 1}" for i in range(1, 60)] + ["1.234"],
        ["KWD 12.50", "KWD 1.234"],
    ],
)
def test_three_decimals_throughout_are_no_question(texts: list[str]) -> None:
    """A program that cuts to three decimals writes 12.5 and never 12.50; a dinar has a thousand parts."""
    assert cells(column(texts), "Sales")[texts.index(next(text for text in texts if "1.234" in text))] == 1.234


def test_amounts_typed_into_a_workbook_are_asked_about() -> None:
    """12.5 as a number and 1.234 as text in one column of money: the text is what somebody typed."""
    table = raw_table_of({"ID": IDS, "Sales": ["12.5", "1.234"] * (N // 2)})
    table = replace(table, report=replace(table.report, format="xlsx"), text_numbers={"Sales": N // 2})
    with pytest.raises(ReportgenError, match=r"'1\.234' is 1\.234 or 1,234"):
        cleaned(table)
    for decimal, value in ((".", 1.234), (",", 1234.0)):
        read = cleaned(table, settings_of(input={"decimal": decimal}))
        assert cells(read, "Sales")[:2] == [12.5, value]
        assert any(note.is_fix for note in read.notes)


def test_a_dash_beside_the_currency_is_nought() -> None:
    """`$-`, `-   €` and `€ -` are how spreadsheets show 0; the log says so, and nothing is listed."""
    for texts in (["$-", "$1,234.50"], ["-   €", "1.234,50 €"], ["€ -", "€ 1.234,50"]):
        table = column(texts)
        assert cells(table, "Sales")[:2] == [0.0, 1234.5], texts
        assert "a dash beside the currency is 0" in table.notes[0].reason and not table.set_aside


def test_the_setting_decides() -> None:
    """decimal = "," reads 1.234 as a thousand."""
    assert cells(column(["1.234", "5.678"], decimal=","), "Sales")[0] == 1234.0


def test_contradicting_cells_are_refused() -> None:
    """Points and commas in one column have two readings: RG-007 names the column and the setting."""
    with pytest.raises(ReportgenError, match="Sales") as fault:
        column(["1.5", "2,5"])
    assert fault.value.code == "RG-007"
    assert "decimal" in fault.value.hint


def test_two_currencies_are_refused() -> None:
    """Euros and dollars do not add up."""
    with pytest.raises(ReportgenError, match="€ and \\$"):
        column(["€ 1", "€ 2", "$ 1"])


@pytest.mark.parametrize("header", ['Umsatz "netto"', "Umsatz\\Preis", "Umsätze"])
def test_a_setting_that_names_a_column_is_valid_toml(header: str) -> None:
    """A hint can be copied into the settings file, whatever the header holds."""
    with pytest.raises(ReportgenError) as fault:
        column(["12,50 €", "3,00 $"], header)
    setting = fault.value.hint[fault.value.hint.index("ignore = ") :].partition(" under")[0]
    assert tomllib.loads(setting) == {"ignore": [header]}


def test_a_few_cells_of_another_currency_are_listed() -> None:
    """One amount in dollars among euros is no euro: set missing and listed."""
    table = column([*["€ 1", "€ 2", "€ 3"] * 33, "$ 2"])
    assert "'$ 2' is in another currency" in table.set_aside[0].reason
    assert {entry.line for entry in table.set_aside} == {100}


@pytest.mark.parametrize(("percent", "read"), [("share", 12.0), ("per cent", 0.12)])
def test_shares_among_per_cents_are_asked_about(percent: str, read: float) -> None:
    """0.12 beside 12% is 0.12% or 12%: RG-007 shows both, the setting decides."""
    texts = ["12%", "0.12", "5%"]
    with pytest.raises(ReportgenError, match=r"0\.12% or 12%") as fault:
        column(texts, header="Discount")
    assert fault.value.code == "RG-007"
    assert cells(column(texts, header="Discount", percent=percent), "Discount")[:2] == [12.0, read]


def test_numbers_stored_as_text_in_a_workbook_follow_their_own_sign() -> None:
    """A workbook writes 1.5 itself; 2,5 was typed. No contradiction, but a fix."""
    table = raw_table_of({"ID": IDS, "Sales": ["1.5", "2,5", "1.234", "7"] * 25})
    table = cleaned(replace(table, report=replace(table.report, format="xlsx")))
    assert cells(table, "Sales")[:3] == [1.5, 2.5, 1.234]
    assert [(note.step, note.is_fix) for note in table.notes] == [("numbers", True)]


def test_units_beside_numbers_are_taken_off() -> None:
    """`12 kg` is 12 with the unit kg."""
    table = column(["12 kg", "3.5 kg"], header="Weight")
    assert cells(table, "Weight")[:2] == [12.0, 3.5]
    assert table.column("Weight").unit == "kg"


def test_per_cent_is_taken_off() -> None:
    """12% is 12 with the unit %."""
    table = column(["12%", "3.5 %"], header="Discount")
    assert (cells(table, "Discount")[0], table.column("Discount").unit) == (12.0, "%")


def test_stray_text_is_listed_and_set_missing() -> None:
    """One `soon` among numbers: missing, in the notes, and its record is listed."""
    sales: list[str | None] = [str(i) for i in range(N)]
    sales[41] = "soon"
    table = cleaned(raw_table(ID=IDS, Sales=sales, Visits=["1", "2", "3", "4"] * 25))
    (entry,) = table.set_aside
    assert (entry.line, entry.action) == (42, "repaired")
    assert "'soon' is not a number" in entry.reason
    assert entry.sample == "C41, soon, 2"
    assert "'soon' in 1 cell" in [note.before for note in table.notes]


@pytest.mark.parametrize(
    "written",
    [
        ["31-08-2012", "04-09-2012"],
        ["31/08/2012", "04/09/2012"],
        ["2012-08-31", "2012-09-04"],
        ["08/31/2012", "09/04/2012"],
        ["31.08.12 10:00", "04.09.12 11:30"],
        ["20120831", "20120904"],
        ["41152", "41156"],
    ],
)
def test_dates_of_any_order_become_iso(written: list[str]) -> None:
    """One cell past the twelfth decides for the whole column."""
    table = cleaned(raw_table_of({"ID": IDS, "Sales": IDS_AS_SALES, "Order date": written * 50}))
    assert cells(table, "Order date")[:2] == ["2012-08-31", "2012-09-04"]
    assert table.column("Order date").kind == "date"


IDS_AS_SALES = [str(i * 3 % 97) for i in range(N)]


def test_days_that_do_not_exist_are_listed() -> None:
    """30 February is set missing, never moved to March."""
    days = [f"{i % 28 + 1:02d}.03.2012" for i in range(N)]
    days[4] = "30.02.2012"
    table = cleaned(raw_table_of({"ID": IDS, "Sales": IDS_AS_SALES, "Order date": days}))
    assert cells(table, "Order date")[4] is None
    assert [entry.line for entry in table.set_aside] == [5]


def test_of_a_birth_date_only_the_year_stays() -> None:
    """A full date of birth is personal; the year describes."""
    table = cleaned(
        raw_table_of({"ID": IDS, "Sales": IDS_AS_SALES, "Date of birth": ["31.08.1970", "04.09.1985"] * 50})
    )
    assert cells(table, "Date of birth")[:2] == [1970.0, 1985.0]
    assert table.column("Date of birth").kind == "number"


def test_rare_stray_text_among_many_writings_is_listed() -> None:
    """With thousands of distinct formatted amounts, the one that is no number is still found and listed."""
    n = 3_000
    sales = [f"€{1 + i % 9},{i % 1000:03d}.{i % 97:02d}" for i in range(n)]
    sales[2_900] = "to be told"
    table = cleaned(
        raw_table_of({"ID": [f"C{i}" for i in range(n)], "Sales": sales, "Visits": ["1", "2", "3"] * 1_000})
    )
    assert [(entry.line, entry.action) for entry in table.set_aside] == [(2_901, "repaired")]


def test_two_digit_birth_years_are_of_the_last_century() -> None:
    """04.09.45 is a customer of old age, not of the future."""
    table = cleaned(raw_table_of({"ID": IDS, "Sales": IDS_AS_SALES, "Geburtsdatum": ["31.08.45", "04.09.85"] * 50}))
    assert cells(table, "Geburtsdatum")[:2] == [1945.0, 1985.0]


def test_numbers_that_a_sheet_stores_as_text_are_said() -> None:
    """A mended column, with its cells counted; of ids nothing is said, for text is what they are."""
    table = raw_table_of(
        {"customer_id": [f"{i}" for i in range(1, N + 1)], "income": [f"{i}.5" for i in range(1, N + 1)]}
    )
    table = replace(table, text_numbers={"customer_id": N, "income": 7})
    (note,) = [note for note in cleaned(table).notes if note.step == "numbers"]
    assert (note.column, note.n_rows, note.is_fix) == ("income", 7, True)
    assert "stored as text in 7 cells" in note.before


def test_per_cents_that_a_format_shows_are_no_texts() -> None:
    """The workbook holds 0.29 and shows 29%: read so, that is no mending, as a text of 29% is."""
    rows = {"ID": [f"K{i}" for i in range(40)], "Discount": [f"{i}%" for i in range(40)]}
    table = raw_table_of(rows)
    table = replace(table, report=replace(table.report, format="xlsx"))
    for one, is_fix in ((table, True), (replace(table, shown=frozenset({"Discount"})), False)):
        assert [note.is_fix for note in cleaned(one).notes if note.column == "Discount"] == [is_fix]


@pytest.mark.parametrize(
    ("dash", "others", "after"),
    [
        (" -   ", ("80.00",), 0.0),
        ("-", ("(120.00)", "80.00"), 0.0),
        ("-", ("80.00",), None),
        (" -   ", ("80.00", "0.00"), None),
        ("-", ("(120.00)", "0"), None),
    ],
)
def test_the_dash_of_an_accounting_format_is_nought(dash: str, others: tuple[str, ...], after: float | None) -> None:
    """Half of the claims were missing, and filled in with the median of the others: −77.8."""
    table = column([dash, *others, "12.50", "40.00"])
    n_dashes = N // (3 + len(others))
    assert table.n_customers == (N if after == 0 else N - n_dashes)
    assert after is None or cells(table, "Sales")[0] == after
