"""What is written holds nothing that a spreadsheet would run (40 triggers), and lies in place (60 hostile names)."""

from __future__ import annotations

import csv
import io
import os
import re
from datetime import date
from pathlib import Path

import pytest
from outcomes import HEADER, Rows, customers, delimited, documents, settings_of

from reportgen.deliver.publish import publish
from reportgen.errors import ReportgenError
from reportgen.periods import choose_period
from reportgen.pipeline import look
from reportgen.records.study import Document

# --- 40 triggers ---------------------------------------------------------------------------------------------------

STARTS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)"]
HIDDEN = [
    " =1+1",
    '"=1+1',
    "'=1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\u3000=1+1",
    '"\t=1+1',
    "  \t@A1",
    "''=1+1",
]
ATTACKS = [
    *(f"{sign}cmd|'/c calc'!A0" for sign in "=+-@"),
    '=HYPERLINK("http://x","y")',
    '=IMPORTXML("http://x","//a")',
    '=WEBSERVICE("http://x")',
    "=1+1;=2+2",
    "-2+3+cmd|'/c calc'!A0",
    "+1-cmd|'/c calc'!A0",
]
INSIDE = ["a;=1+1", "a,=1+1", "a\t=1+1", "a\n=1+1", 'a";=1+1', 'a",=1+1', "a\r=1+1", "a|=1+1"]
TRIGGERS = [*STARTS, *HIDDEN, *ATTACKS, *INSIDE]
NUMBER = re.compile(r"[+-]?[\d.,]+([eE][+-]?\d+)?")


def runs(cell: str) -> bool:
    """Whether a spreadsheet may take the cell for a formula, blanks and invisible characters in front aside.

    Where another delimiter is taken, a whole line is the cell: one that starts with a number and a comma is no formula.
    """
    return bool(re.match(r"[\s\u200b\ufeff\u00a0\u3000\0]*[=+\-@＝＋－＠]", cell)) and not NUMBER.fullmatch(
        cell.partition(',"')[0]
    )


def hostile_table() -> Rows:
    """A customer for each trigger in id and city, twice so that it is listed; as many with signed numbers as ids."""
    rows = customers(2 * len(TRIGGERS))
    for i, trigger in enumerate(TRIGGERS):
        rows[i][0], rows[i][1] = f"{trigger}|{i}", trigger
        rows[len(TRIGGERS) + i][0] = f"{'-+'[i % 2]}{i + 10}"
    return rows + rows[: len(TRIGGERS)]


def cells_of(text: str, delimiter: str = ",") -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row]


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """Every file that a run of the hostile table writes: triggers in all headers but one, in ids and labels."""
    header = ("customer_id", "=city", "+income", "@score", "-visits")
    return documents(delimited(hostile_table(), header), columns={"features": list(header[2:])})


def test_there_are_forty_triggers() -> None:
    """Each is another one, and the test would notice it unescaped."""
    assert len(set(TRIGGERS)) == 40
    assert all(runs(trigger) for trigger in STARTS[:7] + STARTS[8:])
    assert not any(runs(text) for text in ("-5", "+3.5", "-1,234.50", "'=1", "a=b"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_of_any_list_runs(written: dict[str, str], delimiter: str) -> None:
    """Read back with any delimiter that a spreadsheet may take, no header and no cell starts a formula."""
    lists = {name: text for name, text in written.items() if name.endswith(".csv")}
    assert len(lists) >= 3
    for name, text in lists.items():
        assert not [cell for cell in cells_of(text, delimiter) if runs(cell)], name


def test_signed_numbers_stay(written: dict[str, str]) -> None:
    """−10 and +11 are ids as they were; every trigger is there behind its apostrophe."""
    ids = {line["customer_id"] for line in csv.DictReader(io.StringIO(written["segments.csv"], newline=""))}
    assert {"-10", "+11", "-12"} <= ids
    assert "'=1+1|0" in ids
    assert len(ids) == 2 * len(TRIGGERS)


@pytest.mark.parametrize("trigger", TRIGGERS, ids=ascii)
def test_a_trigger_as_a_header(trigger: str) -> None:
    """A column named by a trigger shows in the lists of what was cleaned, and does not run there."""
    rows = [[row[0], row[1], row[2], "n/a" if i % 7 == 0 else row[3], row[4]] for i, row in enumerate(customers(60))]
    content = delimited(rows, (*HEADER[:3], f"{trigger} score", HEADER[4]))
    for name, text in documents(content).items():
        if name.endswith(".csv"):
            assert not [cell for cell in cells_of(text) if runs(cell)], name


# --- 60 hostile names ----------------------------------------------------------------------------------------------

NAMES = [
    *("..csv", "...", "....csv", " .csv", ". .csv", "a..csv", "-rf", "--out", "-", "~", "~root", "a.", "a ", "a.csv."),
    *("$HOME", "${HOME}", "$(id)", "`id`", "a;b", "a&b", "a|b", "a>b", "a<b", "a'b", 'a"b', "a\\b", "..\\..\\x.csv"),
    *(
        "C:\\x.csv",
        "C:x.csv",
        "\\\\server\\x",
        "a:b.csv",
        "CON",
        "con.csv",
        "NUL",
        "nul.txt",
        "COM1",
        "LPT1.csv",
        "AUX",
    ),
    *("PRN.csv", "a\tb.csv", "a\nb.csv", "a\rb.csv", "a\x1b[2Jb.csv", "\u202egnp.csv", "\u200b.csv", "ﬁ.csv", "é.csv"),
    *("e\u0301.csv", "İ.csv", "%2e%2e%2f", "%00.csv", "*.csv", "?.csv", "[a].csv", "{a,b}.csv", "x" * 200 + ".csv"),
    *("<script>alert(1)<script>.csv", "{{7*7}}.csv", "2026-13.csv", "latest"),
]
"""Names that a file of this system can have; those with a slash or a NUL cannot reach us as one."""


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below, but those in out/."""
    places = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {str(place): path.read_bytes() for place, path in places.items() if place.parts[0] != "out"}


def test_there_are_sixty_names() -> None:
    """Each is another one."""
    assert len(set(NAMES)) == 60


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids most of these names")
def test_hostile_names_write_nothing_elsewhere(tmp_path: Path) -> None:
    """From an export of any name: its month or today's, every file below out/, and names that Windows takes too."""
    for name in NAMES:
        folder = tmp_path / str(NAMES.index(name))
        folder.mkdir()
        export = folder / name
        export.write_text("mine")
        before = tree(folder)
        period = choose_period(export, None, date(2026, 11, 25))
        assert period == "2026-11", name
        shown = publish([Document("report.html", b"<p>")], folder / "out", period, export)
        assert {path.name for path in shown.iterdir()} == {"report.html", "source.json"}
        written = [path.name for path in (folder / "out").rglob("*")]
        assert all(re.fullmatch(r"\.?[a-z0-9][a-z0-9._-]*", part) and not part.endswith(".") for part in written), (
            written
        )
        assert tree(folder) == before, name
    assert {path.name for path in tmp_path.iterdir()} == {str(i) for i in range(len(NAMES))}


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids most of these names")
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_hostile_names_are_read_and_printed(name: str, tmp_path: Path) -> None:
    """The file is read under its name alone, and what is shown of it is one line that can be printed."""
    (tmp_path / name).write_text(delimited(customers()))
    seen = look(tmp_path / name, settings_of())
    shown = seen.raw.report.file_name
    assert seen.raw.report.n_physical == 40
    assert shown.isprintable()
    assert len(shown) <= 255


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>.csv", "{{7*7}}.csv", "\u202e<script>alert(1)<script>.csv"]
)
def test_a_hostile_name_is_text_on_the_page(name: str) -> None:
    """No markup, no template, no reversed text."""
    page = documents(delimited(customers(60)), name)["report.html"]
    assert not [live for live in ("<img src=x", "<script>alert", "49.csv", "\u202e") if live in page]


@pytest.mark.parametrize("place", ["a/b.csv", "/etc/passwd/x", "nowhere/../x.csv", "a\0b.csv", "x" * 300])
def test_paths_that_lead_nowhere_are_refused(place: str, tmp_path: Path) -> None:
    """RG-051 or RG-052: no path of any shape is a traceback."""
    with pytest.raises(ReportgenError) as caught:
        look(tmp_path / place, settings_of())
    assert caught.value.code in {"RG-051", "RG-052"}
