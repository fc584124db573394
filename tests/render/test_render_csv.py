"""The CSV files hold what was found, line by line, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from studies import ENGINE, mall_like, shop, structureless
from told_studies import TOLD, mall_told, no_segments_told, shop_told

from reportgen.records.segments import BORDERLINE_CONFIDENCE
from reportgen.records.study import Study
from reportgen.records.table import LINE_COLUMN, CleaningNote, SetAside
from reportgen.render._csv import csv_bytes, quote
from reportgen.render.cleaning_csv import render_cleaning_csv
from reportgen.render.quarantine_csv import render_quarantine_csv
from reportgen.render.segment_list import COLUMNS, fixed_texts, id_cells, render_segments

TABLES = {"mall": mall_like, "shop": shop, "no segments": structureless}
TRIGGERS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "＋1", "－1", "＠A"]
HIDDEN = [" =1+1", '"=1+1', "'=1+1", "\u00a0=1+1", "\ufeff=1+1"]


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def segment_lines(name: str) -> list[dict[str, str]]:
    return read(render_segments(TABLES[name]().table, TOLD[name](), ENGINE).content)


# --- segments.csv --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_every_customer_kept_has_one_line(name: str) -> None:
    """segments.csv lists the ids of the table, once each, in source order."""
    planted = TABLES[name]()
    ids = ENGINE.to_arrays(planted.table.frame, [planted.table.id_column])[planted.table.id_column].tolist()
    assert [line["customer_id"] for line in segment_lines(name)] == ids


def test_lines_say_what_the_segmentation_says() -> None:
    """Segment, confidence, runner-up and borderline are the segmentation's, names the personas'."""
    study = mall_told()
    found = study.facts.segmentation
    for place, line in enumerate(segment_lines("mall")):
        segment, second = int(found.labels[place]), int(found.runner_up[place])
        assert line == {
            "customer_id": line["customer_id"],
            "segment_id": str(segment),
            "segment": study.persona(segment).name,
            "confidence": f"{found.confidence[place]:.4f}",
            "runner_up": study.persona(second).name,
            "runner_up_id": str(second),
            "borderline": "yes" if found.confidence[place] < BORDERLINE_CONFIDENCE else "no",
            "schema_version": "1",
        }


def test_borderline_lines_are_those_the_profiles_count() -> None:
    """The lines marked borderline sum to the borderline customers of the segments' trust."""
    marked = sum(line["borderline"] == "yes" for line in segment_lines("mall"))
    assert marked == sum(profile.trust.n_borderline for profile in mall_told().facts.profile.segments)


def test_without_segments_everybody_is_in_one() -> None:
    """With k = 1 every line says segment 1, `All customers`, no runner-up, not borderline."""
    cells = [tuple(line.values())[1:] for line in segment_lines("no segments")]
    assert set(cells) == {("1", "All customers", "1.0000", "", "", "no", "1")}


def test_without_an_id_column_the_record_number_is_the_id() -> None:
    """The physical record numbers of the source stand in for ids, with the gaps that set-aside records leave."""
    table = replace(mall_like().table, id_column="")
    lines = read(render_segments(table, mall_told(), ENGINE).content)
    numbers = ENGINE.to_arrays(table.frame, [LINE_COLUMN])[LINE_COLUMN].astype(int)
    assert [line["customer_id"] for line in lines] == [str(number) for number in numbers]


def test_names_with_separators_and_formulas_stay_one_cell() -> None:
    """Quotes, commas and a leading `=` in a persona's name neither break the line nor start a formula."""
    names = {line["segment"] for line in segment_lines("shop")}
    assert names == {
        persona.name if not persona.name.startswith("=") else f"'{persona.name}" for persona in shop_told().personas
    }


def test_bytes_are_lf_and_utf8_without_mark() -> None:
    """Line ends are LF, the encoding is UTF-8 without a byte-order mark, the last line ends."""
    content = render_segments(mall_like().table, mall_told(), ENGINE).content
    assert content.startswith(f'"{COLUMNS[0]}",'.encode())
    assert b"\r" not in content
    assert content.endswith(b"\n")


# --- escaping ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", TRIGGERS + HIDDEN)
def test_formulas_get_an_apostrophe(text: str) -> None:
    """A text that a spreadsheet could run begins with an apostrophe."""
    assert quote(text).startswith("\"'")


@pytest.mark.parametrize("text", ["-5", "+3.5", "-1,234.50", "+491234", "1e-5", "-.5", "00123", "plain", "a=b", ""])
def test_numbers_and_harmless_texts_stay(text: str) -> None:
    """Signed numbers and texts without a trigger are unchanged but for the quotes."""
    assert quote(text) == f'"{text}"'


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=4))
def test_any_text_reads_back(rows: list[list[str]]) -> None:
    """Whatever the cells hold, a reader gets the same rows back, but for the apostrophes."""
    back = list(csv.reader(io.StringIO(csv_bytes(("a", "b"), rows).decode(), newline="")))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in back] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]


def test_half_a_surrogate_pair_is_written_as_a_question_mark() -> None:
    """Text that UTF-8 cannot hold does not stop the file."""
    assert csv_bytes(("a",), [("\ud800",)]) == b'"a"\n"?"\n'


@given(st.lists(st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=4)), max_size=30))
def test_ids_are_quoted_many_at_once_as_one_by_one(ids: list[str | None]) -> None:
    """Arrow's way is that of `quote`, whatever an id holds."""
    cells = id_cells(pa.array(ids, pa.string())).to_pylist()
    assert cells == [quote(text or "") for text in ids]


@given(st.lists(st.one_of(st.floats(0, 1), st.integers(0, 20_000).map(lambda n: n / 20_000)), max_size=30))
def test_confidences_are_written_many_at_once_as_one_by_one(values: list[float]) -> None:
    """To Python's last digit, also half-way between two."""
    assert fixed_texts(np.array(values)).to_pylist() == [f"{value:.4f}" for value in values]


# --- the logs ------------------------------------------------------------------------------------------------------


def study_with(study: Study, **changes: object) -> Study:
    return replace(study, facts=replace(study.facts, **changes))


def test_cleaning_log_has_one_line_a_note() -> None:
    """cleaning_log.csv holds the notes in their order, counts as numbers."""
    facts = mall_told().facts
    lines = read(render_cleaning_csv(facts).content)
    expected = [(str(i), note.step, note.column, str(note.n_rows)) for i, note in enumerate(facts.notes, start=1)]
    assert [(line["order"], line["step"], line["column"], line["n_rows"]) for line in lines] == expected


def test_cleaning_log_keeps_hostile_cells_apart() -> None:
    """Before and after cells with separators, quotes and formulas come back as one cell each."""
    note = CleaningNote("labels", "=cmd", 3, 'a, "b"', "@x", "why; not")
    line = read(render_cleaning_csv(study_with(mall_told(), notes=(note,)).facts).content)[0]
    assert tuple(line.values()) == ("1", "labels", "'=cmd", "3", 'a, "b"', "'@x", "why; not")


def test_quarantine_lists_every_record_set_aside() -> None:
    """quarantine.csv has the record number, its place, what was done, why and how the record began, by record."""
    facts = mall_told().facts
    lines = read(render_quarantine_csv(facts).content)
    assert [(int(line["record"]), line["place"], *list(line.values())[2:]) for line in lines] == [
        (entry.line, entry.place, entry.action, entry.reason, entry.sample) for entry in facts.set_aside
    ]
    assert lines[0]["place"] == "line 9"


def test_quarantine_without_records_is_a_header() -> None:
    """Where nothing was set aside the file says so by its header alone."""
    content = render_quarantine_csv(study_with(no_segments_told(), set_aside=()).facts).content
    assert content == b'"record","place","action","reason","sample"\n'


def test_quarantine_escapes_samples() -> None:
    """A record that begins with a formula does not run."""
    entry = SetAside(3, "set aside", "too short", '=HYPERLINK("http://x"),2')
    content = render_quarantine_csv(study_with(mall_told(), set_aside=(entry,)).facts).content
    assert b'"\'=HYPERLINK(""http://x""),2"' in content


def test_a_formula_inside_a_text_does_not_run_behind_a_semicolon() -> None:
    """Quotes hold nothing together for a spreadsheet that splits at semicolons; signed numbers stay as they are."""
    entry = SetAside(3, "set aside", "too short", "7;=1+1;-5;+3,5;-x", "line 4")
    content = render_quarantine_csv(study_with(mall_told(), set_aside=(entry,)).facts).content.decode()
    assert "7;'=1+1;-5;+3,5;'-x" in content
