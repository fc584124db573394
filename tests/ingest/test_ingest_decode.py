"""Bytes to text: stated, proved or guessed encodings, and damage that is counted."""

from __future__ import annotations

import codecs

import pytest
from ingest_exports import actions, cells, read, refusal

NAMES = "id,name\n1,Zoë\n2,Jürgen\n3,Łukasz\n"


@pytest.mark.parametrize(
    ("bom", "codec", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
        (b"", "utf-8", "utf-8"),
        (b"", "utf-16-le", "utf-16-le"),
        (b"", "utf-16-be", "utf-16-be"),
    ],
)
def test_unicode_is_read_with_and_without_its_mark(bom: bytes, codec: str, encoding: str) -> None:
    """UTF-8, UTF-16 and UTF-32 in both byte orders; the mark is no part of the first column's name."""
    table = read(bom + NAMES.encode(codec))
    assert table.columns == ("id", "name")
    assert [row[1] for row in cells(table)] == ["Zoë", "Jürgen", "Łukasz"]
    assert table.report.encoding == encoding


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("id;Ort\n1;Köln\n2;Düsseldorf\n", "cp1252"),
        ("id;ville\n1;Orléans\n2;Besançon à l’été\n", "cp1252"),
        ("id;note\n1;€ 5 – fair\n2;“fine”\n", "cp1252"),
        ("id;Miasto\n1;Łódź\n2;Gdańsk\n3;Wrocław\n4;Częstochowa\n5;Żywiec\n", "cp1250"),
        ("id;Wartość;Miasto\n1;5;Łódź\n2;6;Kraków\n3;7;Łódź\n4;8;Poznań\n", "cp1250"),
        ("id;Wartość;Miasto\n1;5;Łódź\n2;6;Świdnica\n3;7;Łódź\n4;8;Żary\n", "iso8859_2"),
        ("Číslo;Město;Příjmení\n1;Plzeň;Dvořák\n2;Děčín;Veselý\n", "cp1250"),
        ("Müşteri No;Şehir\n1;İstanbul\n2;Çankaya\n3;Ağrı\n4;Diyarbakır\n", "cp1254"),
        ("id;Straße;Ort\n1;Weg;Köln\n2;Gaß;München\n3;Öde;Grün\n", "mac_roman"),
        ("id;Straße;Ort\n1;Weg;Köln\n2;Gaß;München\n3;Öde;Grün\n", "cp850"),
        ("id;Straße;Ort\n1;Weg;Århus\n2;Gaß;São João\n3;Öde;Orléans\n", "cp1252"),
        ("id;nafn;staður\n1;Þórður;Ísafjörður\n2;Guðrún;Höfn\n", "cp1252"),
        ("id;Город\n1;Москва\n2;Казань\n3;Самара\n4;Новосибирск\n", "cp1251"),
    ],
)
def test_older_encodings_are_guessed_and_said(text: str, codec: str) -> None:
    """The letters come out right, and a note says that the encoding is a guess."""
    table = read(text.encode(codec))
    assert [row[1] for row in cells(table)] == [line.split(";")[1] for line in text.splitlines()[1:]]
    assert table.report.encoding == codec
    assert "guessed" in table.report.notes[0]


@pytest.mark.parametrize(
    "content",
    ["id,名前\n1,田中太郎\n2,鈴木花子\n".encode("shift_jis"), "id;Ort\n1;Köln\n2;Jülich\n".encode("cp850")],
)
def test_an_encoding_that_cannot_be_told_is_asked_for(content: bytes) -> None:
    """Where several encodings give words, none is picked: RG-008 and how to save as UTF-8."""
    fault = refusal(content)
    assert fault.code == "RG-008"
    assert "UTF-8" in fault.hint


def test_broken_utf8_in_a_cell_is_shown_and_listed() -> None:
    """U+FFFD stands for the lost bytes, the record counts as repaired; a U+FFFD of the source's own does not."""
    table = read("id,name\n1,Zoë Bär\n2,Jürg".encode() + b"\xff" + "en\n3,as it was \ufffd\n".encode())
    assert cells(table)[1:] == [["2", "Jürg\ufffden"], ["3", "as it was \ufffd"]]
    assert [(line, action) for line, action, _ in actions(table)] == [(2, "repaired")]


def test_a_single_wrong_byte_is_damage_not_another_encoding() -> None:
    """One byte in a thousand that no word explains: U+FFFD in its cell, the rest untouched."""
    rows = "".join(f"{number},Customer,{number}\n" for number in range(100))
    table = read(f"id,name,score\n{rows}".encode() + b"100,Cust\x81omer,7\n")
    assert cells(table)[100] == ["100", "Cust\ufffdomer", "7"]
    assert actions(table) == [(101, "repaired", "bytes that are no text shown as \ufffd")]


def test_two_encodings_in_one_file_are_both_read() -> None:
    """UTF-8 lines beside Windows-1252 lines, as when exports are joined: both right, the lines named."""
    table = read("id,name\n1,Zoë\n".encode() + "2,Jürgen\n3,Bär\n4,Möller\n".encode("cp1252"))
    assert [row[1] for row in cells(table)] == ["Zoë", "Jürgen", "Bär", "Möller"]
    assert "lines 3, 4 and 5" in table.report.fixes[0]


def test_nul_characters_are_removed_and_counted() -> None:
    """A NUL inside a cell neither ends nor stays in it."""
    table = read(b"id,name\n1,A\0nn\n2,B\0e\0n\n")
    assert cells(table) == [["1", "Ann"], ["2", "Ben"]]
    assert table.report.fixes == ("3 NUL characters removed.",)


def test_the_end_mark_of_old_systems_is_removed() -> None:
    """Ctrl-Z behind the last line is no record."""
    table = read(b"id,name\r\n1,Ann\r\n2,Ben\r\n\x1a")
    assert table.report.n_physical == 2
    assert "Ctrl-Z" in table.report.fixes[0]


def test_blanks_that_do_not_break_at_the_edge_of_fields_are_no_letters() -> None:
    """As a web page leaves them: the bytes are those of `á` in DOS."""
    rows = "".join(f"\u00a0K{i}\u00a0;\u00a0Bonn\u00a0;\u00a0{i}.5\u00a0\n" for i in range(30))
    table = read(("\u00a0id\u00a0;\u00a0town\u00a0;\u00a0spent\u00a0\n" + rows).encode("cp1252"))
    assert table.columns == ("id", "town", "spent")


def test_blanks_that_do_not_break_speak_against_no_encoding() -> None:
    """Beside the letters of DOS they are blanks of DOS."""
    rows = "".join(f"\u00a0K{i}\u00a0;\u00a0São Paulo é\u00a0;\u00a0{i}.5\u00a0\n" for i in range(30))
    table = read(("\u00a0Código\u00a0;\u00a0Cidade\u00a0;\u00a0Valor\u00a0\n" + rows).encode("cp850"))
    assert table.columns == ("Código", "Cidade", "Valor")


def test_a_sign_behind_every_amount_does_not_decide_on_the_letters() -> None:
    """`Kč` in each record outvoted all towns, and Děčín was read in the page of the West."""
    towns = ["Děčín", "Plzeň", "Třebíč", "Žďár"]
    body = "".join(f"{i};{towns[i % 4]};{i + 100},50 Kč\n" for i in range(80))
    table = read(f"Číslo;Město;Útrata\n{body}".encode("cp1250"))
    assert table.columns == ("Číslo", "Město", "Útrata")
    assert table.report.encoding == "cp1250"


def test_the_page_of_dos_in_central_europe() -> None:
    """A Czech file was read as two encodings, 244 of its 260 lines in one of them."""
    names = ["Jiří Veselý", "Řehoř Růžička", "Ondřej Šťastný", "Věra Dvořáková", "Žaneta Kučerová"]
    towns = ["Děčín", "Plzeň", "Třebíč"]
    body = "".join(f"{i};{names[i % 5]};{towns[i % 3]};{i + 100},50\n" for i in range(90))
    table = read(f"Zákazník;Jméno;Město;Útrata\n{body}".encode("cp852"))
    assert table.columns == ("Zákazník", "Jméno", "Město", "Útrata")
