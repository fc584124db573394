"""Records that end early, and headers that lack the name of R's row numbers."""

from __future__ import annotations

import random

import pytest
from ingest_exports import cells, read, refusal

N = 60
HEADER = "customer,city,revenue,visits,note,remark"
FULL = [[f"K{i:03d}", ("Oslo", "Köln")[i % 2], f"{i * 3}.5", str(i), "call", "late"] for i in range(1, N + 1)]


def text(*rows: list[str], header: str = HEADER, sep: str = ",") -> str:
    return "\n".join([header.replace(",", sep), *(sep.join(row) for row in rows), ""])


def cut(every: int, at: int) -> list[list[str]]:
    """Full records, of which some end before the column `at`."""
    return [row[:at] if i % every == 0 else row for i, row in enumerate(FULL)]


@pytest.mark.parametrize(("every", "at"), [(10, 4), (4, 4), (10, 5), (2, 4)])
def test_empty_ends_that_a_program_left_out_are_missing(every: int, at: int) -> None:
    """Where many records end before the last columns, those are empty there: each is listed, the habit is said."""
    table = read(text(*cut(every, at)))
    assert cells(table) == [[*row, *[None] * (6 - len(row))] for row in cut(every, at)]
    assert len(table.set_aside) == sum(len(row) < 6 for row in cut(every, at))
    assert "ended before the last columns" in table.report.fixes[0]


def test_damage_in_a_record_that_ends_early_is_shown_as_such() -> None:
    """Bytes that are no text are replaced there as elsewhere, and both repairs are listed."""
    content = text(*cut(4, 4)).encode().replace(b"K005,K", b"K005,K\xff")
    table = read(content)
    assert cells(table)[4][1] == "K\ufffdöln"
    assert any("bytes that are no text" in entry.reason for entry in table.set_aside)


def test_every_record_may_end_elsewhere() -> None:
    """Four, five and six fields in turn, as spreadsheets write them: no width is frequent, the header's counts."""
    rows = [row[: 4 + i % 3] for i, row in enumerate(FULL)]
    assert cells(read(text(*rows))) == [[*row, *[None] * (6 - len(row))] for row in rows]


@pytest.mark.parametrize("lost", [0, 1, 2, 3])
def test_a_field_lost_in_the_middle_is_never_made_up(lost: int) -> None:
    """Such records are no shorter than those that end early, but their cells stand in the wrong columns."""
    rows = [[*row[:lost], *row[lost + 1 :]] if i % 10 == 0 else row for i, row in enumerate(FULL)]
    assert refusal(text(*rows)).code == "RG-013"
    both = [row[:4] if i % 7 == 3 else row for i, row in enumerate(rows)]
    table = read(text(*both), max_set_aside=0.5)
    assert all(row[:4] in [full[:4] for full in FULL] for row in cells(table))


def test_a_record_that_may_have_lost_any_field_is_set_aside() -> None:
    """Numbers alone do not tell which is missing: nothing is filled up."""
    draw = random.Random(1)
    rows = [[str(draw.randrange(100)) for _ in range(4 - (i % 10 == 0))] for i in range(N)]
    assert refusal(text(*rows, header="a,b,c,d")).code == "RG-013"


def test_a_program_that_writes_empty_ends_loses_none() -> None:
    """Where other records end in an empty field, a short one is damaged."""
    rows = [[*row[:4], "", ""] if i % 10 == 5 else row for i, row in enumerate(cut(10, 4))]
    assert refusal(text(*rows)).code == "RG-013"


@pytest.mark.parametrize("sep", [",", " ", "\t", ";"])
@pytest.mark.parametrize("first", [0, 1])
def test_row_numbers_without_a_name_are_named(sep: str, first: int) -> None:
    """R's write.table: the header has one name less than the rows, whose first field counts them."""
    rows = [[str(i), *row[:4]] for i, row in enumerate(FULL, start=first)]
    table = read(text(*rows, header="customer,city,revenue,visits", sep=sep))
    assert table.columns == ("row", "customer", "city", "revenue", "visits")
    assert cells(table) == rows
    assert "lacks a name" in table.report.fixes[0]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("customer,revenue", lambda i: f"{i},{i * 7},{i * 3 % 100:02d}"),
        ("customer,revenue", lambda i: f"{i * 2},K{i},{i}.5"),
        ("customer,revenue", lambda i: f"K{i},x,{i}.5"),
        ("1,2", lambda i: f"{i},{i}.5,3"),
    ],
    ids=["a decimal comma", "no row numbers", "a name cut in two", "numbers for names"],
)
def test_a_field_too_many_is_no_row_number(header: str, row: object) -> None:
    """A decimal comma that splits amounts, ids with gaps, words: the header is refused as before."""
    lines = [header, *(row(i) for i in range(1, N))]  # type: ignore[operator]
    assert refusal("\n".join(lines) + "\n").code in ("RG-012", "RG-007")


CARS = [("Mazda RX4", "21", "6"), ("Datsun 710", "22.8", "4"), ("Valiant", "18.1", "6"), ("Merc 240D", "24.4", "4")]


@pytest.mark.parametrize("sign", [" ", "\t", ";", ","])
def test_rows_that_r_names_keep_their_names(sign: str) -> None:
    """Text in quotes, numbers bare, a header of one name less: the first column is called row, and it is said."""
    text = sign.join(['"mpg"', '"cyl"']) + "\n" + "".join(f'"{name}"{sign}{a}{sign}{b}\n' for name, a, b in CARS)
    table = read(text + "".join(f'"Car {n}"{sign}{n}.5{sign}8\n' for n in range(10)))
    assert table.columns == ("row", "mpg", "cyl")
    assert cells(table)[0] == ["Mazda RX4", "21", "6"]
    assert "names or counts the rows" in " ".join(table.report.fixes)


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_header_that_lost_a_delimiter_names_no_rows(quote: str) -> None:
    """Not quoted as R does, or with the quotes of two names side by side: nothing is shifted, RG-012."""
    names = "id,namecity,score" if not quote else '"id","name""city","score"'
    lines = [f"{quote}K{n}{quote},{quote}Ann {n}{quote},{quote}Oslo{quote},{n * 3}" for n in range(1, 9)]
    assert refusal("\n".join([names, *lines]) + "\n").code == "RG-012"


def test_few_whole_records_beside_many_short_ones() -> None:
    """121 of 300 records were refused because their town could be the remark, which a tenth of them have."""
    towns = ["Leeds", "York", "Bath"]
    rows = [
        [str(1000 + i), f"{i}.5", towns[i % 3], f"0{3000 + i} {i}", "ok"][: 5 if i % 10 == 0 else 4 - i % 2]
        for i in range(300)
    ]
    table = read(text(*rows, header="id,spend,town,phone,remark"))
    assert table.report.n_used + table.report.n_repaired == 300
    assert cells(table)[1] == ["1001", "1.5", "York", None, None]


def test_a_field_lost_in_the_middle_is_no_empty_end() -> None:
    """The town is gone and the remark stands below it: such a record is not read."""
    towns = ["Leeds", "York", "Bath"]
    rows = [[str(1000 + i), f"{i}.5", towns[i % 3], "ok"][: 4 if i % 2 else 3] for i in range(300)]
    rows[7] = ["1007", "7.5", "ok"]
    table = read(text(*rows, header="id,spend,town,remark"))
    assert [entry.line for entry in table.set_aside if entry.action == "set aside"] == [8]


@pytest.mark.parametrize("every", [1, 4])
def test_a_decimal_comma_between_commas_is_named(every: int) -> None:
    """The advice was to put text in quotes; it is the amounts."""
    body = "".join(
        f"{1000 + i},{i + 100},{i % 9}\n" if i % 4 >= every else f"{1000 + i},{i + 100},{i % 90 + 10},{i % 9}\n"
        for i in range(80)
    )
    fault = refusal("Kunde,Umsatz,Besuche\n" + body)
    assert "amounts have a decimal comma" in fault.sentence
    assert fault.hint.startswith("Export with semicolons")
