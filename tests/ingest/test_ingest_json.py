"""JSON: arrays, lines, columns and what wraps them, every value as written."""

from __future__ import annotations

import json

import pytest
from ingest_exports import actions, cells, read, refusal

from reportgen.ingest import _json_walker
from reportgen.ingest._json_text import parse_json

TWO = '[{"id": "001", "income": 1.50}, {"id": "002", "income": null}]'
ANSWER = [["001", "1.50"], ["002", None]]


@pytest.mark.parametrize(
    "content",
    [
        TWO,
        "\ufeff" + TWO,
        '{"id": "001", "income": 1.50}\n\n{"id": "002", "income": null}',
        '{"id": ["001", "002"], "income": [1.50, null]}',
        '{"id": {"0": "001", "1": "002"}, "income": {"0": 1.50, "1": null}}',
        '{"columns": ["id", "income"], "index": [0, 1], "data": [["001", 1.50], ["002", null]]}',
        '{"meta": {"n": 2}, "data": ' + TWO + "}",
        '{"response": {"customers": ' + TWO + "}}",
    ],
    ids=["array", "mark", "lines", "columns", "pandas columns", "pandas split", "wrapped", "wrapped twice"],
)
def test_every_shape_gives_the_same_table(content: str) -> None:
    """J1, J2, J3, J8: numbers keep their digits, null is missing."""
    table = read(content, "customers.csv")
    assert table.columns == ("id", "income")
    assert cells(table) == ANSWER


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "utf-8-sig"])
def test_wide_encodings_are_recognised(encoding: str) -> None:
    """J8: with a byte order mark."""
    assert cells(read(("" if "be" not in encoding else "\ufeff").join(["", TWO]).encode(encoding))) == ANSWER


def test_a_key_for_each_record_becomes_a_column() -> None:
    """Objects in an object, by customer number."""
    table = read('{"c1": {"income": 1}, "c2": {"income": 2}}')
    assert (table.columns, cells(table)) == (("key", "income"), [["c1", "1"], ["c2", "2"]])


def test_large_numbers_are_exact() -> None:
    """J5."""
    assert cells(read('[{"id":123456789012345678901234567890,"x":0.10000000000000000001}]')) == [
        ["123456789012345678901234567890", "0.10000000000000000001"]
    ]


def test_numbers_that_are_none_are_missing_and_said() -> None:
    """J6."""
    table = read('[{"id":1,"x":NaN},{"id":2,"x":-Infinity},{"id":3,"x":1e999}]')
    assert [row[1] for row in cells(table)] == [None, None, None]
    assert table.report.notes == ("3 numbers read as empty, being NaN or infinite.",)


def test_inner_objects_become_dotted_columns() -> None:
    """Two levels; lists and deeper ones are left out and said. Two names that then are equal are numbered."""
    table = read('[{"id":1,"a":{"b":2,"c":{"d":3,"e":{"f":1}}},"tags":["x"],"a.b":4}]')
    assert table.columns == ("id", "a.b", "a.c.d", "a.b (2)")
    assert "a.c.e and tags" in table.report.notes[0]
    assert table.report.fixes


def test_keys_that_differ_are_united_and_said() -> None:
    """J9."""
    table = read('[{"id":1,"x":5},{"id":2,"y":6}]')
    assert cells(table) == [["1", "5", None], ["2", None, "6"]]
    assert table.report.notes == ("2 keys not in every record, read as empty there: x and y.",)


def test_a_broken_line_is_set_aside() -> None:
    """Of JSON lines the others are read, the line is listed."""
    table = read('{"id":1,"x":5}\n{"id":2,"x"\n{"id":3,"x":7}\n42\n', max_set_aside=0.5)
    assert cells(table) == [["1", "5"], ["3", "7"]]
    assert actions(table) == [(2, "set aside", "not a whole JSON object"), (4, "set aside", "not an object")]
    assert table.report.n_physical == 4


def test_characters_that_are_no_text_are_mended_and_listed() -> None:
    """NULs go, lone surrogates show as U+FFFD, emoji stay."""
    table = read('[{"id":1,"x":"a\\u0000b"},{"id":2,"x":"\\ud800"},{"id":3,"x":"\\ud83d\\ude00 \\\\u0000"}]')
    assert [row[1] for row in cells(table)] == ["ab", "\ufffd", "\U0001f600 \\u0000"]
    assert [(line, action) for line, action, _ in actions(table)] == [(1, "repaired"), (2, "repaired")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[" * 200_000, "RG-035"),
        ('[{"a":' * 40 + "1" + "}]" * 40, "RG-035"),
        ('{"a":' * 100_000, "RG-035"),
        ('[{"id":1,"x":2,"id":3}]', "RG-036"),
        ('{"data":[],"data":[{"id":1}]}', "RG-036"),
        ('[{"id":1,"x":2},{"id":', "RG-032"),
        ('[{"id":1,"x":2},]', "RG-032"),
        ('[{"id":1,"x":2}] and more', "RG-032"),
        ('{"error": "session expired"}', "RG-005"),
        ("[1, 2, 3]", "RG-005"),
        ('{"id": 1}', "RG-005"),
        ('{"id":[1,2],"x":[1]}', "RG-012"),
        ('{"june":[{"id":1,"x":2}],"july":[{"id":1,"x":2}]}', "RG-007"),
        ("[]", "RG-004"),
    ],
)
def test_what_is_no_table_is_refused(content: str, code: str) -> None:
    """J4, J7, J8, J10: depth, keys named twice, broken, not a table."""
    assert refusal(content).code == code


def test_a_break_is_told_by_line_and_character() -> None:
    """J8."""
    assert "line 2, at character 18" in refusal('[{"id":1,"x":2},\n]').sentence


def test_the_setting_chooses_among_arrays() -> None:
    """Or guessing does, and says so as a fix."""
    content = '{"june":[{"id":1,"x":2}],"july":[{"id":1,"x":2},{"id":2,"x":2}]}'
    assert read(content, sheet="June").report.n_physical == 1
    assert "july" in read(content, when_unsure="guess").report.fixes[0]


def test_a_key_for_every_record_does_not_make_a_table_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes a record would claim a square of cells."""
    monkeypatch.setattr(_json_walker, "MAX_DEPTH", 32)
    content = "[" + ",".join(f'{{"k{at}":1}}' for at in range(9_000)) + "]"
    with pytest.raises(Exception, match="of which only"):
        parse_json(content.encode(), "", "", "ask")


def test_the_types_of_mongodb_are_read_through() -> None:
    """A number that is typed in one document and bare in the next is one column; NaN is missing, a date is a day."""
    content = (
        '{"_id":{"$oid":"5f"},"spent":{"$numberDecimal":"8.50"},"seen":{"$date":{"$numberLong":"1737176831000"}}}\n'
        '{"_id":{"$oid":"60"},"spent":7,"seen":{"$date":"2025-01-19T00:00:00Z"}}\n'
        '{"_id":{"$oid":"61"},"spent":{"$numberDouble":"NaN"},"seen":{"$date":{"$numberLong":"-1"}}}\n'
    )
    frame = read(content).frame
    assert list(frame["_id"]) == ["5f", "60", "61"]
    assert list(frame["spent"].fillna("")) == ["8.50", "7", ""]
    assert [text[:10] for text in frame["seen"]] == ["2025-01-18", "2025-01-19", "1969-12-31"]


def test_the_table_in_a_dump_of_a_database_is_read() -> None:
    """phpMyAdmin writes objects that say what they are; the records stand in the one of the table."""
    rows = ",".join(f'{{"id":"{i}","spent":"{i}.5"}}' for i in range(3))
    dump = f'[{{"type":"header","version":"5"}},{{"type":"table","name":"customers","database":"shop","data":[{rows}]}}'
    assert list(read(f"{dump}]").frame["spent"]) == ["0.5", "1.5", "2.5"]
    two = f'{dump},{{"type":"table","name":"orders","data":[{{"id":"7","spent":"1"}}]}}]'
    assert refusal(two).code == "RG-007"
    assert list(read(two, sheet="orders").frame["id"]) == ["7"]
    assert refusal('[{"type":"header"},{"type":"database","name":"shop"}]').code == "RG-005"


def test_ids_on_lines_of_their_own_belong_to_the_next_record() -> None:
    """The bulk format of Elasticsearch: the lines of actions are no records."""
    lines = "".join(f'{{"index":{{"_index":"c","_id":"K{i}"}}}}\n{{"city":"Wien","spent":{i}.5}}\n' for i in range(5))
    table = read(lines)
    assert list(table.frame["_id"]) == [f"K{i}" for i in range(5)]
    assert table.report.n_physical == table.report.n_used == 5
    assert table.places.of(2) == "line 4"


ROWS = [[f"K{i}", f"{i}.5"] for i in range(5)]


@pytest.mark.parametrize(
    "content",
    [
        [["id", "spent"], *ROWS],
        {"range": "A1:B6", "values": [["id", "spent"], *ROWS]},
        {"fields": ["id", "spent"], "rows": ROWS},
        {"columns": [{"name": "id", "type": "text"}, {"name": "spent"}], "rows": ROWS},
        {"schema": {"fields": [{"name": "id"}, {"name": "spent"}]}, "data": [{"id": a, "spent": b} for a, b in ROWS]},
        {"customers": {f"-N{i}": {"id": a, "spent": b} for i, (a, b) in enumerate(ROWS)}},
        {a: {"id": a, "spent": b} for a, b in ROWS},
        {str(i): {"id": a, "spent": b} for i, (a, b) in enumerate(ROWS)},
        [{"id": {"S": a}, "spent": {"N": b}} for a, b in ROWS],
    ],
    ids=["rows", "sheet", "names", "described", "schema", "pushed", "keyed", "counted", "DynamoDB"],
)
def test_the_names_of_the_columns_are_found(content: object) -> None:
    """In the first row, in an array of their own, in objects that describe columns; keys that say no more are left."""
    table = read(json.dumps(content))
    assert list(table.columns)[-2:] == ["id", "spent"]
    assert [row[-2:] for row in cells(table)] == ROWS


def test_rows_without_names_are_numbered() -> None:
    """Their first row is data."""
    assert read(json.dumps(ROWS)).columns == ("column 1", "column 2")


@pytest.mark.parametrize("joint", ["", ",", "\n", " ,\n"])
def test_objects_one_behind_the_other_are_records(joint: str) -> None:
    """Logs and some programs write no array around them; that is mended."""
    table = read(joint.join(json.dumps({"id": a, "x": {"spent": b}}, indent=1) for a, b in ROWS))
    assert (cells(table), len(table.report.fixes)) == (ROWS, 1)


@pytest.mark.parametrize(
    "around",
    [
        {"has_more": True},
        {"done": False},
        {"paging": {"next": {"after": "5"}}},
        {"@odata.nextLink": "https://shop.example/?skip=5"},
        {"page": 1, "total_pages": 9},
    ],
)
def test_one_page_of_several_is_asked_about(around: dict[str, object]) -> None:
    """The other customers are elsewhere; the last page says nothing of the kind."""
    records = [{"id": a, "spent": b} for a, b in ROWS]
    fault = refusal(json.dumps({"data": records, **around}))
    assert fault.code == "RG-007" and "one page of 5 records" in fault.sentence
    assert read(json.dumps({"data": records, **around}), when_unsure="guess").report.fixes
    last = {"has_more": False, "done": True, "paging": {"next": None}, "page": 9, "total_pages": 9}
    assert read(json.dumps({"data": records, **last})).report.n_physical == 5


def test_what_an_answer_wraps_is_opened_one_level_deeper() -> None:
    """GraphQL's nodes, Elasticsearch's sources: the record is in there."""
    table = read('[{"node":{"id":1,"spent":{"amount":"5.5"},"a":{"b":{"c":{"d":1}}}}},{"node":{"id":2}}]')
    assert table.columns == ("node.id", "node.spent.amount")


def test_times_of_old_services_are_written_out() -> None:
    """`/Date(…)/` of ASP.NET and OData 2, with or without the zone that shows it."""
    table = read('[{"id":1,"t":"/Date(1564574400000)/"},{"id":2,"t":"/Date(1564610400000+0200)/"}]')
    assert [row[1] for row in cells(table)] == ["2019-07-31T12:00:00Z", "2019-08-01T00:00:00+02:00"]


def test_json_of_an_old_encoding_is_read_in_it() -> None:
    """No standard allows it; umlauts are not lost for that."""
    content = json.dumps([{"id": i, "city": "Köln", "street": "Große Straße"} for i in range(9)], ensure_ascii=False)
    table = read(content.encode("cp1252"))
    assert cells(table)[0][1] == "Köln" and table.report.fixes
