"""J1 to J10: what can be wrong with JSON."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from outcomes import HEADER, Look, Rows, asked, customers, meet, n_missing, noted, ok, refused, said, texts

ROWS = customers()


def records(rows: Rows = ROWS) -> list[dict[str, Any]]:
    return [
        {name: cell if i < 2 else int(cell) for i, (name, cell) in enumerate(zip(HEADER, row, strict=True))}
        for row in rows
    ]


def as_lines(items: list[Any], end: str = "\n") -> str:
    return end.join(json.dumps(item) for item in items) + end


PLAIN = json.dumps(records())


def cells(seen: Look, name: str) -> list[str]:
    return [row[seen.raw.columns.index(name)] for row in texts(seen)]


@pytest.mark.parametrize("indent", [None, 2, 8])
def test_j01_an_array_of_objects(indent: int | None) -> None:
    """OK: a row an object, numbers as they are written."""
    seen = ok(json.dumps(records(), indent=indent), name="a.json")
    assert (seen.raw.columns, seen.raw.report.format) == (HEADER, "json")


def test_j01_an_array_inside_an_object_is_found_and_said() -> None:
    """NOTE: {"meta": …, "customers": […]}: the array is the table."""
    content = json.dumps({"meta": {"page": 1, "total": 40}, "customers": records()})
    assert texts(noted(content, "customers", name="a.json")) == ROWS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_j02_json_lines(end: str) -> None:
    """OK: an object a line, with or without blank lines and a last line end."""
    seen = ok(as_lines(records(), end), name="a.jsonl")
    assert seen.raw.report.format == "json lines"
    ok(as_lines(records(), end).rstrip(), name="a.ndjson")


def test_j02_a_broken_line_is_set_aside() -> None:
    """PART: one line that is no JSON is listed by its number, the others are read."""
    parts = as_lines(records(customers(300))).splitlines()
    parts[149] = parts[149][:20]
    seen = meet("\n".join(parts), "a.jsonl")
    assert [entry.line for entry in seen.raw.set_aside] == [150]
    assert len(texts(seen)) == 299


def test_j03_an_object_of_columns() -> None:
    """OK: {"customer_id": […], "income": […]}, as pandas' dict or with numbered rows."""
    columns = {name: [record[name] for record in records()] for name in HEADER}
    ok(json.dumps(columns), name="a.json")
    ok(json.dumps({name: dict(enumerate(column)) for name, column in columns.items()}), name="a.json")


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'], ids=["j4 arrays", "j4 objects", "j4 both"])
def test_j04_two_hundred_thousand_levels(opening: str) -> None:
    """REFUSE RG-035: refused before any parser recurses."""
    refused(opening * 200_000, "RG-035", name="a.json")
    refused(f"[{PLAIN[1:-1]}, {opening * 100_000}", "RG-035", name="a.json")


def test_j05_a_number_of_thirty_digits() -> None:
    """Exact: as an id it keeps every digit, and a price its cents."""
    ids = [123_456_789_012_345_678_901_234_567_890 + i for i in range(40)]
    items = [{**record, "customer_id": id_, "price": 0} for id_, record in zip(ids, records(), strict=True)]
    seen = meet(json.dumps(items).replace('"price": 0', '"price": 1234567890123456.70'), "a.json")
    assert cells(seen, "customer_id") == list(map(str, ids))
    assert set(cells(seen, "price")) == {"1234567890123456.70"}


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e999", "null"])
def test_j06_what_is_no_number_is_missing(word: str) -> None:
    """Missing, and said: NaN, Infinity and 1e999 are no amounts."""
    items = records()
    content = json.dumps(items).replace(f'"income": {items[6]["income"]}', f'"income": {word}')
    seen = meet(content, "a.json")
    assert n_missing(seen, "income") == 1
    assert "income" in said(seen)
    assert len(texts(seen)) == 40


@pytest.mark.parametrize("depth", [0, 1], ids=["j7 in a record", "j7 in a part of it"])
def test_j07_a_key_twice_in_one_object(depth: int) -> None:
    """REFUSE RG-036: the key is named; neither value is taken."""
    twice = '"income": 1, "income": 2'
    first = records()[0]
    inner = twice if depth == 0 else f'"more": {{{twice}}}'
    content = PLAIN.replace(f'"income": {first["income"]}', inner, 1)
    assert "income" in refused(content, "RG-036", name="a.json").sentence


def test_j08_truncated_json_says_where() -> None:
    """REFUSE RG-032: with the place at which it ends."""
    fault = refused(PLAIN[:1_000], "RG-032", name="a.json")
    assert re.search(r"\d", fault.sentence.removeprefix("a.json")), fault.sentence


@pytest.mark.parametrize("content", [PLAIN[:-1] + ",]", PLAIN.replace("}", ",}", 1), PLAIN + "x"])
def test_j08_json_that_is_none(content: str) -> None:
    """REFUSE: a trailing comma, something behind the end."""
    refused(content, "RG-005", "RG-032", name="a.json")


def test_j08_single_quotes_are_pythons() -> None:
    """OK: as Python prints records, which is said."""
    assert texts(meet(str(records()).encode(), "a.json")) == ROWS


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_j08_a_byte_order_mark(codec: str) -> None:
    """OK: JSON in any Unicode encoding."""
    mark = "\ufeff" if codec == "utf-16-be" else ""
    assert texts(meet((mark + PLAIN).encode(codec), "a.json")) == ROWS


def test_j09_keys_that_differ_from_row_to_row() -> None:
    """NOTE: the columns are the union, what a record lacks is empty."""
    items = [{**record, **({"phone_calls": i} if i % 3 == 0 else {})} for i, record in enumerate(records())]
    del items[4]["visits"]
    seen = noted(json.dumps(items), "phone_calls", name="a.json")
    assert seen.raw.columns == (*HEADER, "phone_calls")
    assert [cell for cell in cells(seen, "phone_calls") if cell] == [str(i) for i in range(0, 40, 3)]
    assert cells(seen, "visits")[4] == ""


@pytest.mark.parametrize(
    "content",
    [
        "42",
        '"customers"',
        "null",
        '{"error": "token expired", "code": 401}',
        '{"error": {"code": 5}}',
        "[1, 2, 3]",
        "{}",
    ],
)
def test_j10_what_is_no_table_is_refused(content: str) -> None:
    """REFUSE RG-005: the body of an error; of a number or a word alone it is as true that it is one column."""
    is_thin = content[0] not in "{[" or content in {"{}", "[1, 2, 3]"}
    refused(content, *(["RG-001", "RG-002", "RG-004"] if is_thin else []), "RG-005", name="a.json")


def test_two_arrays_are_asked_about() -> None:
    """ASK: two tables in one object: both keys are shown, `sheet` decides."""
    content = json.dumps({"customers": records(), "orders": records(customers(38))})
    question = asked(content, "customers", "orders", setting="sheet", name="a.json")
    assert texts(question.decided(content, "orders", "a.json")) == customers(38)
