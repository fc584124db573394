"""Delimiters of several characters, and signs that seldom part fields."""

from __future__ import annotations

import pytest
from ingest_exports import cells, read, refusal

NAMES = ["id", "town", "spent", "remark"]
ROWS = [[f"K{i}", ["Bonn", "Rome"][i % 2], f"{i},5", ["", "a | b; c", 'said "no"'][i % 3]] for i in range(40)]


def written(sign: str) -> str:
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' if '"' in cell else cell for cell in row] for row in ROWS]
    return "\n".join(sign.join(row) for row in [NAMES, *quoted]) + "\n"


@pytest.mark.parametrize("sign", ["||", "|~|", "::", "^|^", "\t\t", ";;", "#", "§", "¦", "*", " ; ", " : "])
def test_what_parts_the_fields_is_found_and_said(sign: str) -> None:
    """Neither the characters of a long sign nor a decimal comma part them."""
    table = read(written(sign))
    assert table.columns == tuple(NAMES)
    assert [[cell or "" for cell in row] for row in cells(table)] == ROWS
    assert f"“{sign.strip()}” parts" in table.report.fixes[0].replace("“ ", "“").replace(" ”", "”") or sign.isspace()


@pytest.mark.parametrize("sign", ["||", "#"])
def test_a_sign_in_quotes_stays(sign: str) -> None:
    """It is a part of its cell."""
    lines = [sign.join([f"K{i}", f'"a{sign}b"', "x"]) for i in range(20)]
    table = read("\n".join([sign.join(["id", "words", "kind"]), *lines]) + "\n")
    assert cells(table)[0] == ["K0", f"a{sign}b", "x"]


@pytest.mark.parametrize(
    "text",
    [
        "id;name;;\n" + "1;Ann;;\n" * 20,
        "id,mail\n" + "1,a@b.de\n" * 20,
        "id;no\n" + "1;#12\n" * 20,
        "a,b\n" + "1,x::y\n" * 20,
    ],
)
def test_a_usual_delimiter_comes_first(text: str) -> None:
    """Empty ends, addresses of mail and numbers behind # make no delimiter."""
    table = read(text)
    assert len(table.columns) == 2
    assert not any("parts the fields" in fix for fix in table.report.fixes)


def test_a_sign_of_values_is_no_delimiter_though_the_usual_one_is_irregular() -> None:
    """Two tables in one file, each with one tag a record."""
    first = "id,tag,spent,remark\n" + "".join(f"{i},#{i},1.5,x\n" for i in range(20))
    second = "id,tag,spent\n" + "".join(f"{i},#{i},1.5\n" for i in range(20))
    assert refusal(first + second).code == "RG-007"


def test_a_comma_in_a_title_is_no_sign_of_the_table() -> None:
    """Nor are decimal commas below it, which are fewer than the long signs."""
    table = read("Customers, all regions\n\n" + written("|~|"))
    assert table.columns == tuple(NAMES)
