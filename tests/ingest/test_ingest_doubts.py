"""Where two readings are possible: the question shows both and a setting decides, or the likelier one is taken."""

from __future__ import annotations

import pytest
from ingest_exports import CUSTOMERS, actions, cells, read, refusal

BODY = CUSTOMERS.split("\n", 1)[1]
SECOND = "shop,town\n1,Rome\n2,Oslo\n3,Bern\n4,Kyiv\n"


def test_the_question_on_two_tables_names_both_and_the_setting() -> None:
    """RG-007 shows the columns of each, the line, and how to choose."""
    fault = refusal(CUSTOMERS + SECOND)
    assert fault.code == "RG-007"
    assert all(word in fault.sentence for word in ("income", "shop", "line 7"))
    assert "table = 2" in fault.hint


@pytest.mark.parametrize(("number", "n_used", "first"), [(1, 5, "1"), (2, 4, "1")])
def test_the_table_asked_for_is_read_and_the_other_listed(number: int, n_used: int, first: str) -> None:
    """Each record of the other table is set aside, one by one."""
    table = read(CUSTOMERS + SECOND, table=number)
    assert (table.report.n_used, cells(table)[0][0]) == (n_used, first)
    assert {reason for _, _, reason in actions(table)} == {"in another table"}
    assert table.report.n_physical == table.report.n_used + table.report.n_set_aside


def test_a_table_that_is_not_there_is_refused() -> None:
    """RG-063 says how many there are."""
    assert refusal(CUSTOMERS, table=2).code == "RG-063"


@pytest.mark.parametrize(
    ("text", "columns", "n_used"),
    [
        (BODY, ("column 1", "column 2", "column 3", "column 4"), 5),
        (CUSTOMERS + SECOND, ("id", "name", "income", "score"), 5),
        ("id;name;income;score\n" + BODY, ("id", "name", "income", "score"), 5),
        ("id,,name,income,score\n" + BODY, ("id", "name", "income", "score"), 5),
        ("id,name,income,score,more\n" + BODY, ("id", "name", "income", "score", "more"), 5),
        ("id,name\n" + BODY, ("column 1", "column 2", "column 3", "column 4"), 5),
    ],
)
def test_a_guess_loses_no_record_and_is_said(text: str, columns: tuple[str, ...], n_used: int) -> None:
    """No header, two tables, a header of other signs, too long or too short: asked about, or guessed and said."""
    assert refusal(text).code in ("RG-007", "RG-012")
    table = read(text, when_unsure="guess")
    assert (table.columns, table.report.n_used) == (columns, n_used)
    assert table.report.fixes


def test_a_delimiter_that_is_no_sure_one_is_asked_about() -> None:
    """Spaces between words that are not quoted: the question counts the lines that fit; a guess joins the others."""
    text = "id joined town\n" + "".join(
        f"{n} 2026-01-{n:02} {'New York' if n % 4 == 0 else 'Oslo'}\n" for n in range(1, 13)
    )
    assert "space" in refusal(text).sentence
    table = read(text, when_unsure="guess", max_set_aside=1.0)
    assert (table.report.n_used, table.report.n_repaired, table.report.n_set_aside) == (9, 3, 0)
    assert cells(table)[3] == ["4", "2026-01-04", "New York"]
    assert [action for _, action, _ in actions(table)] == 3 * ["repaired"]


def test_settings_say_delimiter_and_encoding() -> None:
    """What the settings name is not looked for."""
    assert read("a;b,c\n1;2,5\n3;4,5\n", delimiter=";").columns == ("a", "b,c")
    text = "id,名前\n1,田中太郎\n2,鈴木花子\n"
    assert read(text.encode("shift_jis"), encoding="Shift_JIS").columns == ("id", "名前")


@pytest.mark.parametrize("encoding", ["utf8000", "rot13", "hex"])
def test_an_encoding_that_does_not_exist_is_refused(encoding: str) -> None:
    """RG-063, and some that exist."""
    assert refusal(CUSTOMERS, encoding=encoding).code == "RG-063"


def test_a_missing_delimiter_before_a_quote_is_no_field() -> None:
    """`8"Oak, red"`: the comma inside the quotes would make the width right by chance."""
    table = read('id,size,wood\n1,7,"Ash, grey"\n2,8"Oak, red"\n3,9,"Elm, old"\n')
    assert actions(table) == [(2, "set aside", "a delimiter is missing before a quote")]
