"""Every record is used, repaired or set aside, and the last two say why."""

from __future__ import annotations

import pytest
from ingest_exports import CUSTOMERS, actions, cells, read, records, refusal

from reportgen.ingest._repair import split_damaged


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("6,Fay,20", "3 fields where the header has 4"),
        ("6,Fay,20,2,9", "5 fields where the header has 4"),
        (",6,Fay,20,2", "5 fields where the header has 4"),
        ("6;Fay;20;2", "1 field where the header has 4"),
        ("6 Fay,20,2", "3 fields where the header has 4"),
    ],
)
def test_a_record_of_another_width_is_set_aside(line: str, reason: str) -> None:
    """Shorter, longer, shifted, with another delimiter: never filled up, never cut, always listed."""
    table = read(f"{CUSTOMERS}{line}\n7,Gil,21,3\n")
    assert actions(table) == [(6, "set aside", reason)]
    assert records(table) == [1, 2, 3, 4, 5, 7]
    assert table.set_aside[0].sample == line


def test_empty_fields_at_the_end_are_repaired() -> None:
    """Two fields too many, both empty: taken, and listed as repaired."""
    table = read(f"{CUSTOMERS}6,Fay,20,2,,\n7,Gil,21,3\n")
    assert actions(table) == [(6, "repaired", "2 empty fields cut at its end")]
    assert cells(table)[5] == ["6", "Fay", "20", "2"]


def test_missing_fields_of_nameless_columns_are_repaired() -> None:
    """The columns that are missing have no name: nothing is lost."""
    table = read("id,name,score,,\n1,Ann,5,,\n2,Ben,6\n3,Cem,7,,\n")
    assert [row[:3] for row in cells(table)] == [["1", "Ann", "5"], ["2", "Ben", "6"], ["3", "Cem", "7"]]
    assert actions(table) == [(2, "repaired", "2 empty fields added at its end")]


def test_a_stray_quote_costs_its_own_record_alone() -> None:
    """A quote that opens and never closes does not swallow the records below."""
    table = read(f'{CUSTOMERS}6,"Fay,20,2\n7,Gil,21,3\n8,"Hal, jr.",22,4\n')
    assert cells(table)[5:] == [["6", '"Fay', "20", "2"], ["7", "Gil", "21", "3"], ["8", "Hal, jr.", "22", "4"]]
    assert actions(table) == [(6, "repaired", "a quote that never closes read as text")]


def test_a_quote_inside_a_quoted_field_is_text() -> None:
    """`"24" screen, flat"`: the field ends where a delimiter follows the quote."""
    table = read('id,item,score\n1,"a, b",5\n2,"24" screen, flat",6\n3,"c, d",7\n')
    assert cells(table)[1] == ["2", '24" screen, flat', "6"]
    assert actions(table) == [(2, "repaired", "a stray quote read as text")]


BLANK_PARTED = "id day score kind note\n" + "".join(
    f'{n} 2024-01-{n:02d} {n}.5 boot "some text"\n' for n in range(1, 21)
)


def test_words_without_quotes_are_joined_where_one_column_can_hold_them() -> None:
    """Parted by blanks, `trail boot` is one field where numbers, dates and the quoted text behind are then in place."""
    table = read(f'{BLANK_PARTED}21 2024-01-21 7.5 trail running boot "some text"\n')
    assert cells(table)[20] == ["21", "2024-01-21", "7.5", "trail running boot", "some text"]
    assert actions(table) == [(21, "repaired", "words without quotes joined to one field")]


@pytest.mark.parametrize("line", ["21 2024-01-21 7.5 trail boot some text", "21 2024-01-21 trail boot 7.5 x y"])
def test_words_that_two_columns_can_hold_are_set_aside(line: str) -> None:
    """Nothing is guessed: the record is listed."""
    table = read(f"{BLANK_PARTED}{line}\n")
    assert [action for _, action, _ in actions(table)] == ["set aside"]


def test_quotes_that_no_reading_pairs_up_set_one_line_aside() -> None:
    """Where no reading gives the table's width, the line is set aside and the next record is read."""
    table = read('id,item,score\n1,"a, b",5\n2,"x"y"z\n3,"c, d",7\n')
    assert actions(table) == [(2, "set aside", "its quotes do not pair up")]
    assert records(table) == [1, 3]


def test_a_swallowed_record_is_given_back() -> None:
    """Two stray quotes that happen to pair up over two lines: both lines are read by themselves."""
    table = read('id,name,note\n1,"a, b",x\n2,"Ann,x\n3,Ben,y\n4,Cem",z\n5,"c, d",w\n')
    assert [row[0] for row in cells(table)] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("text", "width", "fields"),
    [
        ('"a,"b, c",d', 3, ['"a', "b, c", "d"]),
        ('1,"5" pipe",2', 3, ["1", '5" pipe', "2"]),
        ('1,"a" ,2', 3, ["1", "a", "2"]),
        ('1,"a""b",2', 3, ["1", 'a"b', "2"]),
        ('"a,b","c,d"', 5, None),
        ('"a","b"c","d"', 9, None),
    ],
)
def test_damaged_records_are_split_in_the_one_cheapest_way(text: str, width: int, fields: list[str] | None) -> None:
    """One reading of the table's width, or none."""
    assert split_damaged(text, ",", '"', width) == fields


def test_a_record_that_splits_two_ways_is_left_alone() -> None:
    """Either comma may be the one inside the quotes that are missing: nothing is guessed."""
    assert split_damaged('"a,"b,"c', ",", '"', 2) is None


@pytest.mark.parametrize("word", ["Total", "TOTAL:", "Grand total", "Summe", "Gesamt", "Somme", "Итого"])
def test_totals_at_the_end_are_no_customer(word: str) -> None:
    """Set aside by name; they do not count as unreadable."""
    table = read(f"{CUSTOMERS}{word},,85,243\n", max_set_aside=0.0)
    assert actions(table) == [(6, "set aside", "a row of totals")]


def test_a_customer_named_total_is_kept() -> None:
    """Above the last record, or with an id before it, the word is a name."""
    table = read("name,income,score\nTotal,15,39\nAnn,16,81\n")
    assert len(cells(table)) == len(cells(read(CUSTOMERS + "6,Total,1,1\n"))) - 4 == 2


def test_notes_below_the_table_are_no_customers() -> None:
    """Lines of words behind the last record: set aside one by one, without counting as unreadable."""
    table = read(f"{CUSTOMERS}\nSource: shop\nMade by Jo\nall rights\nExported,,,\n", max_set_aside=0.0)
    assert [reason for _, _, reason in actions(table)] == ["a note below the table"] * 4
    assert table.report.n_used == 5


def test_a_header_that_comes_again_is_set_aside() -> None:
    """Pages or files joined: the header's copies are no customers, the records behind them are."""
    table = read(CUSTOMERS + "id,name,income,score\n6,Fay,20,2\n", max_set_aside=0.0)
    assert actions(table) == [(6, "set aside", "the header again")]
    assert records(table) == [1, 2, 3, 4, 5, 7]


@pytest.mark.parametrize(
    "second", ["shop,town\n1,Rome\n2,Oslo\n3,Bern\n4,Kyiv\n", "\nid,shop,rent,staff\n1,Rome,4,5\n2,Oslo,6,7\n"]
)
def test_a_second_table_is_asked_about(second: str) -> None:
    """Of another width or below a blank line: RG-007 names its line."""
    fault = refusal(CUSTOMERS + second)
    assert fault.code == "RG-007"
    assert f"line {7 + second.startswith(chr(10))}" in fault.sentence


def test_blank_rows_are_no_records() -> None:
    """Blank lines and rows of delimiters are left out; the latter are counted in a note."""
    table = read(CUSTOMERS.replace("3,Cem", "\n,,,\n,,,\n3,Cem") + "\n\n")
    assert table.report.n_physical == 5
    assert table.report.notes == ("2 rows without any value left out.",)


def test_too_many_unreadable_records_are_refused() -> None:
    """Beyond the share of the settings: RG-013 counts them and names the first lines."""
    text = CUSTOMERS + "".join(f"{number},{'x,' * (number % 5)}y\n" for number in range(6, 12))
    fault = refusal(text)
    assert fault.code == "RG-013"
    assert "line 7 (" in fault.sentence
    assert read(text, max_set_aside=1.0).report.n_used == 6


def test_two_unreadable_records_refuse_no_short_file() -> None:
    """In a short file a single line is more than 1 %: two are set aside all the same."""
    assert read(CUSTOMERS + "6,Fay\n7,Gil,2\n").report.n_set_aside == 2


def test_a_file_without_one_readable_record_is_refused() -> None:
    """Fewer than three misfits, but nothing else."""
    assert refusal("id,name,score,town\n1,Ann\n").code == "RG-012"


def test_a_last_line_that_was_cut_off_is_said() -> None:
    """A download that broke off: the last record is set aside, the note says why that matters."""
    table = read(CUSTOMERS + "6,Fa")
    assert table.report.n_set_aside == 1
    assert table.report.notes == ("The last line is cut off: the file may be incomplete.",)


def test_samples_are_clipped_and_scrubbed() -> None:
    """The first 80 characters, no control characters."""
    entry = read(CUSTOMERS + "6,\x1b[2J" + "x" * 200 + "\n").set_aside[0]
    assert len(entry.sample) == 80
    assert "\x1b" not in entry.sample


def test_the_head_of_every_page_is_no_record() -> None:
    """A printed list repeats title, page number and header: they are listed, and are no damage to the export."""
    page = (
        "Muster AG   Kundenliste   Seite {n}\nLISTE/20   2{n}.11.2026\n-----------\n|Kunde|Umsatz|Bel.|\n-----------\n"
    )
    rows = [[f"1{i:04}", f"{i}.019,37", str(i % 30)] for i in range(60)]
    pages = [
        page.format(n=at // 20 + 1) + "".join(f"|{'|'.join(row)}|\n" for row in rows[at : at + 20]) + "-----------\n\n"
        for at in range(0, 60, 20)
    ]
    table = read("".join(pages))
    assert [row[:3] for row in cells(table)] == rows
    reasons = [entry.reason for entry in table.set_aside]
    assert reasons.count("the head of a page again") == 4
    assert reasons.count("the header again") == 2
