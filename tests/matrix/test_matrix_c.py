"""C1 to C43: what can be wrong with the structure of delimited text. (C44 to C48 are in test_matrix_c_files.py.)"""

from __future__ import annotations

import re

import pytest
from ingest_exports import archive, workbook
from outcomes import (
    CITIES,
    HEADER,
    N_LONG,
    Rows,
    asked,
    assert_said,
    assert_strict_refuses,
    column,
    customers,
    delimited,
    documents,
    fixed,
    joined,
    lines,
    listed,
    meet,
    noted,
    ok,
    parted,
    refused,
    replaced,
    said,
    texts,
    with_column,
)

from reportgen.errors import ReportgenError

PLAIN = delimited(customers())
UMLAUTS = ("Köln", "Zürich", "Malmö", "Besançon")


def in_cities(names: tuple[str, ...], n: int = N_LONG) -> Rows:
    """Customers of these cities in turn."""
    return replaced("city", [names[i % len(names)] for i in range(n)])


def without(rows: Rows, *numbers: int) -> Rows:
    """The rows but those of these records, counted from 1."""
    return [row for number, row in enumerate(rows, start=1) if number not in numbers]


# --- nothing, or next to nothing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\xff\xfe"], ids=["c1 no bytes", "c1 a BOM", "c1 UTF-16"])
def test_c01_an_empty_file_is_refused(content: bytes) -> None:
    """REFUSE RG-001: no byte, or a byte order mark alone."""
    fault = refused(content, "RG-001")
    assert content or "empty" in fault.sentence


@pytest.mark.parametrize("content", ["\n\n\n", "\r\n \t\r\n", ",,,\n,,,\n", "   "], ids=lambda text: f"c2 {text!r}")
def test_c02_blank_lines_only_are_refused(content: str) -> None:
    """REFUSE RG-001: lines without a character that counts are an empty file."""
    refused(content, "RG-001")


@pytest.mark.parametrize("content", ["id,city,income\n", "id;city;income\r\n\r\n\r\n", "id\tcity\tincome"])
def test_c03_a_header_only_is_refused(content: str) -> None:
    """REFUSE RG-002: a header of three columns, and no data row."""
    fault = refused(content, "RG-002")
    assert "no data row" in fault.sentence
    assert "3" in fault.sentence


@pytest.mark.parametrize("n", [1, 5, 19])
def test_c04_few_rows_are_refused(n: int) -> None:
    """REFUSE RG-003: how many customers there are and how many are needed."""
    fault = refused(delimited(customers(n)), "RG-003")
    assert_said([fault.sentence], [f"{n} customer", "20"])


# --- the header ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sep", [",", ";", "\t"], ids=["c5 comma", "c5 semicolon", "c5 tab"])
def test_c05_a_missing_header_is_asked_about(sep: str) -> None:
    """ASK: is the first row names or a customer? `header = false` reads all rows under `column 1` and so on."""
    content = delimited(customers(), header=(), sep=sep)
    question = asked(content, "C0001", "customer", setting="header")
    seen = question.decided(content, value=False)
    assert texts(seen) == customers()
    assert seen.raw.columns == tuple(f"column {i}" for i in range(1, 6))
    guessed = meet(content, when_unsure="guess")
    assert texts(guessed) == customers()
    assert guessed.raw.report.fixes


def test_c05_a_missing_header_over_numbers_alone() -> None:
    """ASK: in a file of numbers only no customer may become the names, as none may be lost."""
    rows = [row[2:] for row in customers()]
    assert texts(asked(delimited(rows, ()), setting="header").decided(delimited(rows, ()), value=False)) == rows


def test_c06_two_header_rows_are_joined() -> None:
    """FIX: the names of a group and those below it are one header, and no row of words becomes a customer."""
    content = "Customer,,Shop,,Web,\n" + delimited(
        [[*row[:3], row[4], row[3], row[4]] for row in customers()],
        ("id", "city", "spend", "orders", "spend", "orders"),
    )
    seen = fixed(content, "header")
    assert len(texts(seen)) == len(customers())
    shop, web = seen.raw.columns[2:4], seen.raw.columns[4:6]
    assert all("Shop" in name for name in shop)
    assert all("Web" in name for name in web)
    assert ["spend" in name for name in (*shop, *web)] == [True, False, True, False]


def test_c06_a_row_of_units_belongs_to_the_header() -> None:
    """FIX: below the names stand their units; no customer is made of them."""
    content = joined([lines()[0], ",,EUR,points,count", *lines()[1:]])
    seen = fixed(content, "header")
    assert texts(seen) == customers()
    assert all(name.startswith(plain) for name, plain in zip(seen.raw.columns, HEADER, strict=True))


def test_c06_three_header_rows_are_joined() -> None:
    """FIX: year, channel and measure above each other."""
    header = ",,2025,,2026,\n,,Shop,Web,Shop,Web\nid,city,spend,spend,spend,spend\n"
    rows = [[*row[:3], row[3], row[2], row[4]] for row in customers()]
    seen = fixed(header + delimited(rows, ()), "header")
    assert texts(seen) == rows
    last = seen.raw.columns[-1]
    assert all(word in last for word in ("2026", "Web", "spend"))


PREAMBLES = {
    "c7 a title and a blank line": "Customer export of the shop\n\n",
    "c7 keys and values": "Report:,Customers\nCreated:,2026-11-01\nUser:,jane\n\n",
    "c7 no blank line": "Export of 2026-11-01 - customers - all regions\n",
    "c7 blank lines first": "\n\nCustomers\n\n\n",
    "c7 a title padded with delimiters": "All customers,,,,\nas of 2026-11-01,,,,\n,,,,\n",
}


@pytest.mark.parametrize("case", PREAMBLES)
def test_c07_lines_above_the_header_are_skipped(case: str) -> None:
    """FIX: what stands above the header is left out, and that is said."""
    fixed(PREAMBLES[case] + PLAIN, "above", expected=customers())


FOOTERS = {
    "c8 short": "Total,5\n",
    "c8 full width": "Total,,1534000,,600\n",
    "c8 German": "Summe;;1534000;;600\n",
    "c8 a blank line before": "\nGrand Total,,1534000,,600\n",
    "c8 the word last": ",,1534000,,Total\n",
    "c8 a count": "40 rows\n",
}


@pytest.mark.parametrize("case", FOOTERS)
def test_c08_a_total_below_is_no_customer(case: str) -> None:
    """FIX: the row of totals is set aside by that name, the customers above are as they were."""
    sep = ";" if ";" in FOOTERS[case] else ","
    seen = fixed(delimited(customers(), sep=sep) + FOOTERS[case], "", expected=customers())
    footer = [entry for entry in listed(seen) if entry.action == "set aside"]
    assert [entry.line for entry in footer] == [len(customers()) + 1]


def test_c09_two_tables_are_asked_about() -> None:
    """ASK: both tables are shown with their lines; `table` chooses, and what is not chosen is said."""
    second = delimited([[row[0], row[2]] for row in customers(30)], ("order_id", "amount"))
    content = f"{PLAIN}\n{second}"
    question = asked(content, "order_id", "customer_id", setting="table")
    first = question.decided(content, value=1)
    assert texts(first) == customers()
    assert_said([said(first)], ["30"]) if not listed(first) else None
    assert meet(content, when_unsure="guess").raw.report.fixes


def test_c09_a_second_table_of_the_same_width() -> None:
    """ASK: below a blank line and a title another header of as many columns begins."""
    rows = [[f"O{row[0]}", *row[1:]] for row in customers(25)]
    content = f"{PLAIN}\n\nOrders\n" + delimited(rows, ("order", "shop", "net", "tax", "items"))
    assert texts(asked(content, setting="table").decided(content, value=2)) == rows


@pytest.mark.parametrize("n_more", [1, 2], ids=["c10 one field more", "c10 two fields more"])
def test_c10_rows_longer_than_the_header_are_refused(n_more: int) -> None:
    """REFUSE RG-012: how wide the header is and how wide the rows; nothing is shifted."""
    content = delimited([[*row, *("7" * n_more)] for row in customers()])
    fault = refused(content, "RG-012")
    assert_said([fault.sentence], ["5", str(5 + n_more)])


def test_c10_a_header_longer_than_the_rows() -> None:
    """REFUSE RG-012: the mirror image, one name too many; no column is guessed."""
    refused(delimited(customers(), (*HEADER, "segment", "rating")), "RG-012")


@pytest.mark.parametrize("sep", [",", "\t"], ids=["c11 comma", "c11 tab"])
def test_c11_one_longer_row_is_set_aside(sep: str) -> None:
    """PART: the row with one field more is listed by its number; over 1 % the file is refused with RG-013."""
    rows = customers(N_LONG)
    rows[149] = [*rows[149], "extra"]
    assert texts(parted(delimited(rows, sep=sep), {150: "field"})) == without(rows, 150)
    longer = [[*row, "extra"] if i % 20 == 0 else row for i, row in enumerate(customers(N_LONG))]
    assert "15" in refused(delimited(longer, sep=sep), "RG-013").sentence
    assert len(texts(meet(delimited(longer, sep=sep), max_set_aside=0.1))) == N_LONG - 15


@pytest.mark.parametrize("n_fields", [4, 2, 1])
def test_c12_a_shorter_row_is_never_filled_up(n_fields: int) -> None:
    """PART: the row with fields missing is listed, not padded."""
    rows = customers(N_LONG)
    rows[99] = rows[99][:n_fields]
    assert texts(parted(delimited(rows), {100: ""})) == without(rows, 100)


def test_c12_empty_fields_too_many_are_repaired() -> None:
    """FIX: where only empty fields at the end differ, the row is taken and listed as repaired."""
    parts = lines(N_LONG)
    parts[50] += ",,"
    seen = fixed(joined(parts), "field", expected=customers(N_LONG))
    assert [(entry.line, entry.action) for entry in listed(seen)] == [(50, "repaired")]


@pytest.mark.parametrize("sep", [",", ";", "|"])
@pytest.mark.parametrize("has_header", [True, False], ids=["c13 header too", "c13 rows alone"])
def test_c13_a_delimiter_behind_every_row(sep: str, has_header: bool) -> None:
    """FIX: the column without name and value is dropped, none is called Unnamed."""
    parts = delimited(customers(), sep=sep).splitlines()
    content = joined([part + sep if i or has_header else part for i, part in enumerate(parts)])
    seen = fixed(content, "column", expected=customers())
    assert seen.raw.columns == HEADER


def test_c14_equal_names_are_told_apart() -> None:
    """FIX: `income`, `income (2)`, `income (3)`."""
    rows = [[row[0], row[1], row[2], row[3], row[4]] for row in customers()]
    seen = fixed(delimited(rows, ("id", "city", "income", "income", "income")), "(2)", expected=rows)
    assert seen.raw.columns[2:] == ("income", "income (2)", "income (3)")


def test_c14_a_made_up_name_meets_no_other() -> None:
    """FIX: where `a (2)` is there already, the second `a` gets another name."""
    header = ("id", "city", "a", "a (2)", "a")
    assert len(set(fixed(delimited(customers(), header), "a").raw.columns)) == 5


@pytest.mark.parametrize(("place", "name"), [(1, "column 2"), (0, "column 1"), (4, "column 5")])
@pytest.mark.parametrize("empty", ["", "  "], ids=["c15 empty", "c15 blanks"])
def test_c15_a_column_without_a_name(place: int, name: str, empty: str) -> None:
    """FIX: it is named by its place, its cells are kept."""
    header = [*HEADER[:place], empty, *HEADER[place + 1 :]]
    assert fixed(delimited(customers(), header), "no name", expected=customers()).raw.columns[place] == name


@pytest.mark.parametrize(
    "first_line",
    [" customer_id , city ,income ,\tscore, visits", "\ufeff\ufeffcustomer_id,city,income,score,visits",
     "customer_id\u00a0,city,\u200bincome,score,visits", '" customer_id",city,"income\n",score,visits'],
    ids=["c16 spaces", "c16 two BOMs", "c16 invisible spaces", "c16 inside quotes"],
)  # fmt: skip
def test_c16_names_are_trimmed(first_line: str) -> None:
    """FIX: blanks and byte order marks around a name are no part of it."""
    content = first_line + "\n" + delimited(customers(), ())
    seen = fixed(f"\ufeff{content}" if "\ufeff" in first_line else content, "", expected=customers())
    assert seen.raw.columns == HEADER


def test_c17_an_endless_name_is_clipped() -> None:
    """FIX: names of 100,000 characters are cut and stay different where they differ only at the end."""
    header = (*HEADER[:3], "x" * 100_000 + "1", "x" * 100_000 + "2")
    seen = fixed(delimited(customers(), header), "name", expected=customers())
    assert len(set(seen.raw.columns)) == 5
    assert max(map(len, seen.raw.columns)) <= 200


@pytest.mark.parametrize(
    "name", ["=cmd|'/c calc'!A1", "<script>alert(1)</script>", "@SUM(A1)", "-2+3", '"><img src=x>']
)
def test_c18_a_hostile_name_is_only_text(name: str) -> None:
    """OK: read as it stands; no spreadsheet runs it, no page holds it as markup."""
    header = (*HEADER[:2], name, *HEADER[3:])
    content = delimited(customers(60), header)
    seen = ok(content, customers(60))
    assert seen.raw.columns[2] == name
    files = documents(content, columns={"features": [name, "score"]})
    assert "<script>alert" not in files["report.html"]
    assert "<img src=x" not in files["report.html"]


# --- delimiters and quotes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sep", [";", "\t", "|", " ", ", ", "; ", "~", "^", ":"], ids=lambda sep: f"c19 {sep!r}")
def test_c19_any_delimiter(sep: str) -> None:
    """OK: found from the content, every cell exact."""
    ok(delimited(customers(), sep=sep))


def test_c19_the_delimiter_is_not_the_decimal_comma() -> None:
    """OK: with a comma in every number the file is still one of semicolons."""
    rows = [[*row[:2], f"{row[2]},50", *row[3:]] for row in customers()]
    ok(delimited(rows, sep=";"), rows)


@pytest.mark.parametrize(("sep", "other"), [(",", ";"), (";", ","), ("\t", " "), (",", "|")])
def test_c20_a_row_with_another_delimiter(sep: str, other: str) -> None:
    """PART: that row alone is set aside; with a second such row the message counts two."""
    parts = delimited(customers(N_LONG), sep=sep).splitlines()
    parts[200] = parts[200].replace(sep, other)
    seen = parted(joined(parts), {200: ""})
    assert texts(seen) == without(customers(N_LONG), 200)


@pytest.mark.parametrize(("first", "sep"), [("sep=;", ";"), ("SEP=,", ","), ('"sep=|"', "|"), ("sep=\t", "\t")])
def test_c21_a_line_that_names_the_delimiter(first: str, sep: str) -> None:
    """FIX: Excel's `sep=` line is no header."""
    fixed(f"{first}\r\n{delimited(customers(), sep=sep, end=chr(13) + chr(10))}", "sep=", expected=customers())


COMMENTS = {
    "c22 above": joined(["# export of 2026-11-01", "# by jane, all regions", *lines()]),
    "c22 above and with a blank line": joined(["# export", "", *lines()]),
    "c22 between": joined([*lines()[:20], "# second page", *lines()[20:]]),
    "c22 below": joined([*lines(), "# end of export"]),
}


@pytest.mark.parametrize("case", COMMENTS)
def test_c22_comment_lines_are_skipped(case: str) -> None:
    """FIX: a line that starts with # is no customer and no header, and that is said."""
    fixed(COMMENTS[case], "", expected=customers())


def test_c23_single_quotes() -> None:
    """OK: 'Paris, Texas' is one cell."""
    rows = in_cities(("Paris, Texas", "Rome, Georgia"), 40)
    ok(delimited([[row[0], f"'{row[1]}'", *row[2:]] for row in rows]).replace('"', ""), rows)


def test_c23_a_single_quote_in_a_name_opens_nothing() -> None:
    """OK: L'Aquila and 's-Gravenhage are as they are."""
    rows = in_cities(("L'Aquila", "'s-Gravenhage", "Sant'Elia"), 40)
    ok(delimited(rows), rows)


def test_c24_a_quote_behind_a_backslash() -> None:
    r"""OK: "The \"Old\" Town, Oslo" is one cell with two quotes in it."""
    rows = in_cities(('The "Old" Town, Oslo', "Paris"), 40)
    ok(joined([lines()[0], *(f'{a},"{b}",{c},{d},{e}'.replace('"Old"', r"\"Old\"") for a, b, c, d, e in rows)]), rows)


@pytest.mark.parametrize("cell", ['"Oslo', 'Os"lo', 'Oslo"', '19" rack', '"19" rack'], ids=lambda cell: f"c25 {cell}")
@pytest.mark.parametrize("number", [1, 150])
def test_c25_a_stray_quote_costs_its_own_row_alone(cell: str, number: int) -> None:
    """PART or FIX: that row is listed, every other row is as it was; inside a word a quote is a character."""
    parts = lines(N_LONG)
    fields = parts[number].split(",")
    parts[number] = ",".join([fields[0], cell, *fields[2:]])
    seen = meet(joined(parts))
    rest = without(customers(N_LONG), number)
    assert [row for row in texts(seen) if row[0] != fields[0]] == rest
    own = [row for row in texts(seen) if row[0] == fields[0]]
    assert not own or own[0][2:] == fields[2:]
    is_plain = own and not cell.startswith('"') and own[0][1] == cell
    assert is_plain or number in {entry.line for entry in listed(seen)}


@pytest.mark.parametrize("number", [N_LONG - 1, N_LONG, 150])
def test_c26_a_quote_that_never_closes(number: int) -> None:
    """PART or FIX: the record is listed with its number; no row above is touched, none below is lost."""
    parts = lines(N_LONG)
    parts[number] = parts[number].replace(",", ',"', 1)
    seen = parted(joined(parts), {number: "quot"})
    others = [row for row in texts(seen) if row[0] != f"C{number:04d}"]
    assert others == without(customers(N_LONG), number)


@pytest.mark.parametrize("inside", ["\n", "\r\n", "\n\n", "\n#5,"], ids=lambda text: f"c27 {text!r}")
def test_c27_a_line_break_inside_quotes(inside: str) -> None:
    """OK: a cell may hold lines, blank ones too."""
    rows = replaced("city", {7: f"New{inside}York", 8: f'"Old"{inside}"Town"'})
    ok(delimited(rows), rows)


def test_c28_lines_that_end_in_a_carriage_return() -> None:
    """OK: CR only, as old Macs write it."""
    ok(delimited(customers(), end="\r"))


def test_c28_mixed_line_ends() -> None:
    """OK: CRLF and LF in one file, in runs and in turns."""
    ok("".join(part + ("\r\n" if i % 2 else "\n") for i, part in enumerate(lines())))
    ok("".join(part + ("\r\n" if i < 20 else "\n") for i, part in enumerate(lines())))


@pytest.mark.parametrize("end", ["", "\n\n\n\n", "\r\n \r\n", "\n" * 500])
def test_c29_no_final_line_end_or_many(end: str) -> None:
    """OK: the last customer is there, no empty one behind."""
    ok(PLAIN.rstrip("\n") + end)


# --- bytes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [PLAIN.replace("Berlin", "Ber\0lin"), PLAIN.replace(",", ",\0"), PLAIN + "\0" * 512],
    ids=["c30 in cells", "c30 everywhere", "c30 behind the end"],
)
def test_c30_nul_characters_are_removed(content: str) -> None:
    """FIX: removed and counted."""
    seen = fixed(content, "NUL", expected=customers())
    assert f"{content.count(chr(0)):,}" in said(seen)


@pytest.mark.parametrize("end", ["\x1a", "\r\n\x1a\r\n", "\x1a" * 100])
def test_c31_an_end_mark_of_old_systems(end: str) -> None:
    """FIX: Ctrl-Z behind the last line is no customer."""
    fixed(PLAIN + end, "", expected=customers())


@pytest.mark.parametrize(
    ("codec", "mark"),
    [("utf-8-sig", ""), ("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff"), ("utf-32-le", "\ufeff"),
     ("utf-32-be", "\ufeff"),
     ("utf-16-le", ""), ("utf-16-be", "")],
)  # fmt: skip
def test_c32_any_unicode_encoding(codec: str, mark: str) -> None:
    """OK: UTF-8 with BOM, UTF-16 and UTF-32 of both orders."""
    rows = in_cities((*UMLAUTS, "Łódź"), 40)
    ok((mark + delimited(rows, sep=";")).encode(codec), rows)


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "iso8859-15"])
def test_c33_western_code_pages_are_guessed(codec: str) -> None:
    """NOTE: the encoding is a guess, and named as one; every letter is right."""
    names = UMLAUTS if codec != "cp1252" else (*UMLAUTS, "„Altstadt“ – Köln")
    seen = noted(delimited(in_cities(names), sep=";").encode(codec), "encoding")
    assert texts(seen) == in_cities(names)


@pytest.mark.parametrize("codec", ["cp1250", "iso8859-2", "cp1251", "koi8-r", "cp1253", "cp850", "mac_roman"])
def test_c33_other_code_pages_are_read_right_or_asked_about(codec: str) -> None:
    """NOTE or ASK: a guess is named as one, with the setting that decides; `encoding` reads every letter right."""
    names = {
        "cp1250": ("Łódź", "Kraków", "Wrocław"), "iso8859-2": ("Plzeň", "Košice", "Győr"),
        "cp1251": ("Москва", "Казань", "Омск"), "koi8-r": ("Москва", "Казань", "Омск"),
        "cp1253": ("Αθήνα", "Πάτρα", "Βόλος"), "cp850": UMLAUTS, "mac_roman": UMLAUTS,
    }[codec]  # fmt: skip
    content = delimited(in_cities(names), sep=";").encode(codec)
    try:
        assert_said(meet(content).raw.report.notes, ["encoding"])
    except ReportgenError:
        asked(content, setting="encoding", codes=("RG-007", "RG-008"))
    assert texts(meet(content, encoding=codec)) == in_cities(names)


ASIAN = {
    "shift_jis": ("東京", "大阪", "名古屋", "札幌市中央区"),
    "gb18030": ("北京市", "上海市浦东新区", "广州", "深圳"),
    "euc-kr": ("서울", "부산광역시", "인천", "대구"),
    "big5": ("臺北市", "高雄", "臺中市西區", "臺南"),
}


@pytest.mark.parametrize("codec", ASIAN)
@pytest.mark.parametrize("n", [25, N_LONG])
def test_c34_east_asian_encodings(codec: str, n: int) -> None:
    """ASK where the guess is weak, else read right: never other letters; `encoding` under [input] decides."""
    rows = in_cities(ASIAN[codec], n)
    content = delimited(rows).encode(codec)
    try:
        seen = meet(content)
    except ReportgenError:
        asked(content, setting="encoding", codes=("RG-007", "RG-008"))
    else:
        assert texts(seen) == rows
        assert_said(seen.raw.report.notes, ["encoding"])
    assert texts(meet(content, encoding=codec)) == rows


@pytest.mark.parametrize("damage", [b"K\xf6ln", b"K\xc3", b"\xff\xfe\xfd"], ids=["c35 latin", "c35 half", "c35 noise"])
def test_c35_a_broken_cell_is_shown_as_such(damage: bytes) -> None:
    """FIX: one cell of an UTF-8 file is broken: shown with U+FFFD and listed by record; all others exact."""
    names = in_cities(UMLAUTS)
    content = delimited(names).encode().replace(b"C0150," + names[149][1].encode(), b"C0150," + damage)
    seen = fixed(content, "utf-8")
    assert [row for row in texts(seen) if row[0] != "C0150"] == without(names, 150)
    assert (150, "repaired") in {(entry.line, entry.action) for entry in listed(seen)}


def test_c36_two_encodings_in_one_file() -> None:
    """FIX or NOTE: months of UTF-8 with a month of cp1252 between: both read right, and which lines were which."""
    rows = in_cities(UMLAUTS)
    parts = delimited(rows, sep=";").splitlines(keepends=True)
    content = "".join(parts[:100]).encode() + "".join(parts[100:200]).encode("cp1252") + "".join(parts[200:]).encode()
    seen = meet(content)
    assert texts(seen) == rows
    assert re.search(r"\b10[01]\b", said(seen)), said(seen)


# --- too narrow, too wide, too much --------------------------------------------------------------------------------


@pytest.mark.parametrize("cells", [[str(i) for i in range(50)], list(CITIES) * 12, [f"C{i}," for i in range(30)]])
def test_c37_one_column_is_refused(cells: list[str]) -> None:
    """REFUSE RG-004: numbers, words, or words before a comma that ends the line."""
    refused(joined(["customer", *cells]), "RG-004")


@pytest.mark.slow
def test_c38_ten_thousand_columns() -> None:
    """NOTE: read; how many of them are used and how many left out is said."""
    header = [*HEADER, *(f"m{i}" for i in range(9_995))]
    rows = [[*row, *(str(i * j % 97) for j in range(9_995))] for i, row in enumerate(customers(), start=1)]
    seen = noted(delimited(rows, header), "10,000 columns", "9,500", "500 columns that are used")
    assert len(seen.raw.columns) == 10_000


def test_c39_a_hundred_thousand_columns_are_refused() -> None:
    """REFUSE RG-021: how many columns there are and how many can be read."""
    header = [f"m{i}" for i in range(100_000)]
    fault = refused(delimited([["1"] * 100_000] * 2, header), "RG-021")
    assert "100,000" in fault.sentence


@pytest.mark.parametrize(
    "size", [2 << 20, pytest.param(50 << 20, marks=pytest.mark.slow)], ids=["c40 2 MiB", "c40 50 MiB"]
)
def test_c40_a_giant_cell_is_clipped_or_refused(size: int) -> None:
    """FIX, clipped at 1 MiB and listed, or REFUSE RG-022: which record it is."""
    content = delimited(replaced("city", {5: "x" * size}))
    try:
        seen = meet(content)
    except ReportgenError as fault:
        assert fault.code == "RG-022"
        assert_said([fault.sentence], ["5"])
    else:
        assert max(len(row[1]) for row in texts(seen)) <= 1 << 20
        assert (5, "repaired") in {(entry.line, entry.action) for entry in listed(seen)}
        assert_strict_refuses(content)


PAGES = {
    "c41 a login page": "<!DOCTYPE html>\n<html><head><title>Log in</title></head><body>a,b<br>1,2</body></html>",
    "c41 after blank lines": "\n\n  <html lang=en><body>Session expired, please log in</body></html>",
    "c41 XHTML": '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>x</body></html>',
    "c41 a fragment": "<div class='error'>403, forbidden, sorry</div>\n<p>1,2,3</p>\n",
}


@pytest.mark.parametrize("case", PAGES)
def test_c41_a_web_page_is_refused_by_name(case: str) -> None:
    """REFUSE RG-005: this is HTML."""
    assert "HTML" in refused(PAGES[case], "RG-005").sentence


def test_c42_the_content_decides_not_the_name() -> None:
    """NOTE: a workbook, JSON or an archive named .csv goes to the reader of its content, and that is said."""
    sheet = [list(HEADER), *([*row[:2], *map(int, row[2:])] for row in customers())]
    records = ",".join(
        f'{{"customer_id":"{a}","city":"{b}","income":{c},"score":{d},"visits":{e}}}' for a, b, c, d, e in customers()
    )
    for content, word in (
        (workbook({"S": sheet}), "workbook"),
        (f"[{records}]".encode(), "JSON"),
        (archive({"customers.csv": PLAIN}), "zip"),
    ):
        seen = noted(content, word, name="customers.csv")
        assert texts(seen) == customers()


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
        b"\x7fELF" + b"\1" * 99,
    ],
    ids=["c42 a PDF", "c42 a picture", "c42 a program"],
)
def test_c42_what_is_no_table_is_refused(content: bytes) -> None:
    """REFUSE RG-005: what it is, whatever its name says."""
    refused(content, "RG-005")


@pytest.mark.parametrize("keep", [2, 9, 12, 18])
def test_c43_a_download_that_broke_off(keep: int) -> None:
    """PART and NOTE: the last row is cut; it is set aside, and the note says that the file may not be whole."""
    parts = lines(N_LONG)
    content = joined(parts[:-1]) + parts[-1][:keep].rstrip(",")
    seen = parted(content, {N_LONG: ""})
    assert texts(seen) == customers(N_LONG)[:-1]
    assert_said([*seen.raw.report.notes, *seen.raw.report.fixes], ["last"])


def test_c43_cut_inside_quotes() -> None:
    """PART: the last cell was opened and never closed."""
    seen = parted(joined(lines(N_LONG)[:-1]) + 'C0300,"Ber', {N_LONG: ""})
    assert texts(seen) == customers(N_LONG)[:-1]


def test_a_note_column_of_any_text_changes_nothing_else() -> None:
    """A column of free text with commas, quotes and line breaks leaves the others exact."""
    notes = [f'said "{i}", then\nleft; {i}|{i}\t#' for i in range(40)]
    header, rows = with_column("remark", notes, at=2)
    seen = ok(delimited(rows, header), rows)
    assert column(seen, "income").kind == "number"
