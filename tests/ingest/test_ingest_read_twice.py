"""Text that was UTF-8 and had been read as Windows-1252."""

from __future__ import annotations

import pytest
from ingest_exports import cells, read, workbook

from reportgen.ingest._read_twice import mend_text


def twice(text: str) -> str:
    return text.encode().decode("cp1252")


def test_some_lines_of_a_file_are_put_right() -> None:
    """Two towns of one name stood in a report."""
    lines = [f"{i};{town};{i % 9}" for i, town in enumerate(["Köln", "Düsseldorf", twice("Köln"), twice("Düsseldorf")])]
    table = read("\n".join(["Kunde;Ort;Käufe", *lines]) + "\n")
    assert [row[1] for row in cells(table)] == ["Köln", "Düsseldorf"] * 2
    assert table.report.fixes == (
        "Text that was UTF-8 and had been read as Windows-1252 put right in 2 lines: “Ã¶” is “ö”.",
    )


def test_a_workbook_made_from_such_a_file() -> None:
    """Excel opens a CSV in UTF-8 so; who saves it has it in the cells."""
    rows: list[list[object]] = [["Kunde", twice("Umsätze")], *([i, twice("Straße")] for i in range(5))]
    table = read(workbook({"S": rows}))
    assert table.columns == ("Kunde", "Umsätze")
    assert cells(table)[0][1] == "Straße"
    assert "put right in 6 rows" in table.report.fixes[0]


@pytest.mark.parametrize(
    "text", ["Привет", "М", "£ 12.50", "à la carte", "± 5", "zł – “quote – €", "Ørsted Ålesund", "łódź", "São João"]
)
def test_it_reads_back(text: str) -> None:
    """Whatever letters of Europe were read twice."""
    broken = twice(text)
    assert mend_text(f"{broken};{broken}")[0] == f"{text};{text}"


@pytest.mark.parametrize(
    "text",
    [
        "JOÃO;SÃO;Ângela",
        "«CAFÉ»;«CAFÉ»",
        "LOJA “ROMÃ”;LOJA “CANAÃ”",
        "Â;Ã",
        "plain",
        "ÄÖÜ;Å¿",
        "Ã©",
        "1,Ð\xa0,Ð\xa0",
    ],
)
def test_letters_that_are_meant_stay(text: str) -> None:
    """Portuguese capitals, guillemets behind a letter, one place alone, and places that stand in no word."""
    assert mend_text(text) == (text, [])
