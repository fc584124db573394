"""A second header inside the table, page heads of sheets, figures at the end: none is a customer."""

from __future__ import annotations

import pytest
from ingest_exports import cells, read, refusal, workbook

N = 40
SPEND = [f"{i * 7 % 90 + 10}.50" for i in range(N)]
VISITS = [str(i % 9 + 1) for i in range(N)]


def joined(second: str, *, swapped: bool, gap: str = "") -> str:
    """Forty customers, the last twenty below a header of their own."""
    lines = ["id,spend,visits", *(f"{1000 + i},{SPEND[i]},{VISITS[i]}" for i in range(20))]
    lines += [gap] * bool(gap) + [second]
    lines += [
        f"{1000 + i},{VISITS[i]},{SPEND[i]}" if swapped else f"{1000 + i},{SPEND[i]},{VISITS[i]}" for i in range(20, N)
    ]
    return "\n".join(lines) + "\n"


EXPECTED = [[str(1000 + i), SPEND[i], VISITS[i]] for i in range(N)]


def test_columns_in_another_order_below_a_second_header() -> None:
    """Half of the customers had spend for visits; a report was published from them."""
    table = read(joined("id,visits,spend", swapped=True))
    assert cells(table) == EXPECTED
    assert "From line 22 on the columns stand in another order" in " ".join(table.report.fixes)
    assert [entry.reason for entry in table.set_aside] == ["the header again, its columns in another order"]


def test_the_same_in_a_workbook() -> None:
    """Rows pasted from another sheet bring their header along."""
    rows: list[list[object]] = [line.split(",") for line in joined("id,visits,spend", swapped=True).splitlines()]
    table = read(workbook({"S": rows}))
    assert cells(table) == EXPECTED
    assert "From row 22 on" in " ".join(table.report.fixes)


def test_the_same_in_a_large_file() -> None:
    """The fast way of reading leaves such a file to the careful one."""
    head, second = joined("id,visits,spend", swapped=True).split("id,visits,spend\n")
    text = head + "".join(f"{5000 + i},20.50,3\n" for i in range(20_000)) + "id,visits,spend\n" + second
    table = read(text)
    assert table.report.n_used == N + 20_000
    assert cells(table)[-1] == EXPECTED[-1]


def test_a_second_header_in_capitals() -> None:
    """The names in another way of writing are the header again."""
    table = read(joined("ID,Spend,VISITS", swapped=False))
    assert cells(table) == EXPECTED
    assert [entry.reason for entry in table.set_aside] == ["the header again"]


@pytest.mark.parametrize("second", ["customer_id,calls,turnover", "id,calls,turnover"])
def test_a_second_header_of_other_names_is_asked_about(second: str) -> None:
    """Calls may not be spend: nothing is read under the wrong name."""
    fault = refusal(joined(second, swapped=True))
    assert fault.code == "RG-007"
    assert f"a second header stands in line 22: {second.replace(',', ', ')}" in fault.sentence


def below_a_title(second: list[object], order: list[int]) -> list[list[object]]:
    """Forty customers in a sheet, the last twenty below a title and a header of their own."""
    rows: list[list[object]] = [["Shops"], ["id", "spend", "visits", "age"]]
    rows += [[1000 + i, i + 10.5, i % 9 + 1, 30 + i] for i in range(20)]
    rows += [["Web"], second]
    return rows + [[[2000 + i, i + 10.5, i % 9 + 1, 30 + i][at] for at in order] for i in range(20)]


@pytest.mark.parametrize(
    ("second", "order"),
    [(["id", "visits", "spend"], [0, 2, 1]), (["id", "visits", "turnover"], [0, 2, 1]), (["ID", "age"], [0, 3])],
)
def test_a_second_header_of_fewer_names_below_a_title_is_asked_about(second: list[object], order: list[int]) -> None:
    """Revenue stood under age: 120 customers were said to be 187 years old."""
    fault = refusal(workbook({"S": below_a_title(second, order)}))
    assert fault.code == "RG-007"
    assert f"a second header stands in row 24: {', '.join(map(str, second))};" in fault.sentence


def test_a_title_above_a_second_header_is_no_customer() -> None:
    """The same names in another order are read by name; the title goes with the header."""
    table = read(workbook({"S": below_a_title(["id", "age", "visits", "spend"], [0, 3, 2, 1])}))
    assert cells(table)[20:22] == [["2000", "10.5", "1", "30"], ["2001", "11.5", "2", "31"]]
    assert [(entry.line, entry.reason) for entry in table.set_aside] == [
        (21, "a title of the records below it"),
        (22, "the header again, its columns in another order"),
    ]


def test_a_second_header_without_the_last_names_is_the_header_again() -> None:
    """Each name stands where it stood above: nothing is read under another one."""
    table = read(workbook({"S": below_a_title(["id", "spend", "visits"], [0, 1, 2])}))
    assert cells(table)[20] == ["2000", "10.5", "1", None]
    assert [entry.line for entry in table.set_aside] == [21, 22]


def test_a_second_header_in_a_text_of_one_width() -> None:
    """A sheet saved as text keeps its empty fields."""
    text = "id,spend,visits,age\n" + "".join(f"{1000 + i},{i}.5,{i % 9},{30 + i}\n" for i in range(20))
    text += "id,age,spend,\n" + "".join(f"{2000 + i},{30 + i},{i}.5,\n" for i in range(20))
    assert "a second header stands in line 22: id, age, spend;" in refusal(text).sentence


def test_a_record_without_a_number_is_no_header() -> None:
    """A customer called after a column, of whom nothing is known, stays one."""
    rows: list[list[object]] = [["name", "spend", "visits"], *([f"Ann {i}", i + 1.5, i % 7] for i in range(30))]
    rows[9] = ["visits", "unknown", "later"]
    assert read(workbook({"S": rows})).report.n_used == 30


def test_words_for_missing_are_no_header() -> None:
    """A customer of whom nothing is known stays one."""
    text = joined("id,spend,visits", swapped=False).replace("1005,45.50,6", "1005,unknown,NULL")
    assert "1005,unknown" in text
    assert read(text).report.n_used == N


def test_a_page_head_in_a_sheet_is_no_customer() -> None:
    """A printed list: its title stands above the header of every page."""
    rows: list[list[object]] = []
    for page in range(4):
        rows += [[f"List of customers, page {page + 1}"], ["No.", "spend", "visits"]]
        rows += [list(row) for row in EXPECTED[page * 10 : page * 10 + 10]]
    table = read(workbook({"S": rows}))
    assert cells(table) == EXPECTED
    assert {entry.reason for entry in table.set_aside} == {"the header again", "the head of a page again"}


STATISTICS = ["Mittelwert", "Median", "Min", "Max", "Anzahl", "StAbw"]


def test_statistics_at_the_end_are_no_customers() -> None:
    """Sum went, mean, median, minimum, maximum, count and deviation stayed."""
    body = joined("id,spend,visits", swapped=False) + "".join(f"{name},45.1,5\n" for name in ["Summe", *STATISTICS])
    table = read(body)
    assert cells(table) == EXPECTED


@pytest.mark.parametrize("last", [["Ø pro Kunde", "bester Kunde"], ["davon A-Kunden", "Anteil A", "Vorjahr"]])
def test_words_where_every_record_has_a_number_are_figures(last: list[str]) -> None:
    """Two of them, or one beside a total, at the end of the table."""
    table = read(joined("id,spend,visits", swapped=False) + "".join(f"{name},45.1,5\n" for name in last))
    assert cells(table) == EXPECTED


def test_one_word_at_the_end_alone_stays_a_customer() -> None:
    """A customer without a number yet is no figure on all of them."""
    assert read(joined("id,spend,visits", swapped=False) + "new,45.1,5\n").report.n_used == N + 1


def test_a_total_on_top_with_its_parts() -> None:
    """Total and "of these" above the first record."""
    head, body = joined("id,spend,visits", swapped=False).split("\n", 1)
    text = f"{head}\nGesamtergebnis,4000.5,200\ndavon A-Kunden,2000.5,90\n{body}"
    table = read(text)
    assert cells(table) == EXPECTED


def test_a_total_with_stars_is_added_up() -> None:
    """SAP marks its sums so; the cell that says it is no amount to compare."""
    total = f"* Summe,{sum(map(float, SPEND)):.2f},{sum(map(int, VISITS))}\n"
    assert cells(read(joined("id,spend,visits", swapped=False) + total)) == EXPECTED
