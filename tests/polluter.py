"""Pollutes a table of our own in the ways that tables are found polluted: the families of Pollock, made from scratch.

The families are those of Vitagliano et al., "Pollock: A Data Loading Benchmark", PVLDB 16(8), 2023; the table, its
words and this code are ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Row = list[str]

N_ROWS = 24
_TOWNS = ("Oslo", "Bern", "Kyiv", "São Paulo", "Köln", "Łódź")
_NOTES = ("likes tea, coffee", 'a 5" screen', 'calls it "fine", it\'s fine', "", "no; never", "x")


def source_table() -> list[Row]:
    """A header and 24 customers: words, numbers, dates, text with delimiters and quotes in it, empty cells."""
    header = ["id", "joined", "town", "spent", "visits", "note"]
    return [
        header,
        *(
            [
                f"K-{100 + 7 * number}",
                f"2026-{1 + number % 12:02}-{1 + number:02}",
                _TOWNS[number % len(_TOWNS)],
                f"{19 + 3.75 * number:.2f}",
                str(number * number % 17),
                _NOTES[number % len(_NOTES)],
            ]
            for number in range(1, N_ROWS + 1)
        ),
    ]


@dataclass(frozen=True)
class Polluted:
    """A file and what it should give."""

    name: str
    content: bytes
    rows: list[Row]
    """The records of the table, cell by cell; without a header's row."""
    is_whole: bool = False
    """Whether every record must be read: the pollution leaves no doubt."""


def write(
    table: Sequence[Row], delimiter: str = ",", quote: str = '"', escape: str = "", line_end: str = "\r\n"
) -> list[str]:
    """The table's lines. `escape` stands before a quote inside a field; empty: the quote is doubled."""
    return [delimiter.join(_field(cell, delimiter, quote, escape) for cell in row) + line_end for row in table]


def _field(cell: str, delimiter: str, quote: str, escape: str) -> str:
    if not any(sign in cell for sign in (delimiter.strip() or " ", quote, "\n")):
        return cell
    return f"{quote}{cell.replace(quote, (escape or quote) + quote)}{quote}"


def polluted_files() -> Iterator[Polluted]:
    """All files: one a family of file and table, one a row and column of the others."""
    yield from _of_the_file()
    yield from _of_the_table()
    yield from _of_the_dialect()
    yield from _of_delimiters()
    yield from _of_quotes()
    yield from _of_one_row()


def _file(name: str, lines: Sequence[str], rows: Sequence[Row], is_whole: bool = False) -> Polluted:
    return Polluted(name, "".join(lines).encode(), list(rows), is_whole)


def _of_the_file() -> Iterator[Polluted]:
    header, *rows = source_table()
    lines = write([header, *rows])
    yield _file("source", lines, rows, True)
    yield _file("empty", [], [])
    yield _file("header_only", lines[:1], [])
    yield _file("one_data_row", lines[:2], rows[:1])
    yield _file("no_final_line_end", [*lines[:-1], lines[-1].rstrip()], rows, True)
    yield _file("two_final_line_ends", [*lines, "\r\n"], rows, True)


def _of_the_table() -> Iterator[Polluted]:
    header, *rows = source_table()
    lines = write([header, *rows])
    yield _file("no_header", lines[1:], rows)
    groups = ["who", "who", "where", "how much", "how much", "other"]
    yield _file("header_of_2_rows", [*write([groups]), *lines], rows, True)
    yield _file("header_of_3_rows", [*write([groups, ["-text"] * 6]), *lines], rows, True)
    yield _file("preamble", ["Customers of the shop,,,,,\r\n", ",,,,,\r\n", *lines], rows, True)
    narrow = write([row[:4] for row in (header, *rows)])
    wide = write([[*row, f"x{number}"] for number, row in enumerate((header, *rows))])
    other = write([[f"{name} b" for name in header], *rows])
    yield _file("second_table_narrower", [*lines, *narrow], rows)
    yield _file("second_table_wider", [*lines, *wide], rows)
    yield _file("second_table_below_a_gap", [*lines, "\r\n", *other], rows)


def _of_the_dialect() -> Iterator[Polluted]:
    table = source_table()
    for name, delimiter in (("semicolon", ";"), ("tab", "\t"), ("comma_and_space", ", "), ("space", " ")):
        yield _file(f"delimiter_{name}", write(table, delimiter), table[1:], name != "space")
    yield _file("quote_apostrophe", write(table, quote="'"), table[1:])
    yield _file("escape_backslash", write(table, escape="\\"), table[1:], True)
    unescaped = [line.replace('""', '"') for line in write(table)]
    yield _file("escape_none", unescaped, table[1:])
    for name, line_end in (("lf", "\n"), ("cr", "\r")):
        yield _file(f"line_end_{name}", write(table, line_end=line_end), table[1:], True)


def _of_delimiters() -> Iterator[Polluted]:
    table = source_table()
    lines = write(table)
    for number, row in enumerate(table):
        fields = [_field(cell, ",", '"', "") for cell in row]
        for column in range(len(row)):
            more = ",".join([*fields[:column], "", *fields[column:]]) + "\r\n"
            yield _file(f"more_row{number}_column{column}", [*lines[:number], more, *lines[number + 1 :]], table[1:])
            if column:
                less = ",".join(fields[:column]) + ",".join(fields[column:]) + "\r\n"
                yield _file(
                    f"less_row{number}_column{column}", [*lines[:number], less, *lines[number + 1 :]], table[1:]
                )


def _of_quotes() -> Iterator[Polluted]:
    table = source_table()
    lines = write(table)
    for number, row in enumerate(table):
        fields = [_field(cell, ",", '"', "") for cell in row]
        for column in range(len(row)):
            stray = ",".join([*fields[:column], f'"{fields[column]}', *fields[column + 1 :]]) + "\r\n"
            yield _file(f"quote_row{number}_column{column}", [*lines[:number], stray, *lines[number + 1 :]], table[1:])


def _of_one_row() -> Iterator[Polluted]:
    table = source_table()
    lines = write(table)
    for number, row in enumerate(table):
        spaced = write([row], " ")
        yield _file(f"space_row{number}", [*lines[:number], *spaced, *lines[number + 1 :]], table[1:])
