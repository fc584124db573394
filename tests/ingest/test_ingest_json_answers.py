"""JSON as services answer it: pages, changes, wrapped values, keys that drift, text that is nearly JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ingest_exports import cells, read, refusal

from reportgen.ingest._json_relaxed import relaxed
from reportgen.ingest._kinds import kind_of

MANY = [{"id": i, "spend": f"{i}.50"} for i in range(1, 31)]
"""As many as segments need."""
TWO = [{"id": 1, "spend": 2.5}, {"id": 2, "spend": 3.5}]
ANSWER = [["1", "2.5"], ["2", "3.5"]]


def one_behind_the_other(*pages: Any) -> str:
    return "\n".join(map(json.dumps, pages))


@pytest.mark.parametrize(
    "content",
    [
        one_behind_the_other({"data": TWO[:1], "has_more": True}, {"data": TWO[1:], "has_more": False}),
        json.dumps([{"results": TWO[:1], "page": 1, "pages": 2}, {"results": TWO[1:], "page": 2, "pages": 2}]),
        json.dumps([TWO[:1], TWO[1:]]),
        json.dumps({"items": TWO[:1], "count": 1}, indent=1) + json.dumps({"items": TWO[1:], "count": 1}, indent=1),
    ],
    ids=["lines", "array", "lists", "objects"],
)
def test_pages_are_read_one_behind_the_other(content: str) -> None:
    """Three pages of a hundred customers each were three customers, too few for a report."""
    table = read(content)
    assert cells(table) == ANSWER
    assert "2 pages of an answer, read one behind the other." in table.report.notes


@pytest.mark.parametrize(
    "record",
    [
        {"id": "K1", "name": "x"},
        {"code": "K1", "status": "gold", "total": 812.5},
        {"object": "customer", "code": "K1", "count": 7},
        {"kind": "shop", "size": 3, "version": 2},
    ],
)
def test_a_customer_with_a_list_of_orders_is_no_page(record: dict[str, Any]) -> None:
    """Its keys tell of more than pages, and its total counts no records."""
    table = read(one_behind_the_other(*({**record, "orders": TWO} for _ in range(3))))
    assert table.report.n_physical == 3
    assert any('set sheet = "orders" under [input]' in note for note in table.report.notes)


@pytest.mark.parametrize(
    "around",
    [
        {"LastEvaluatedKey": {"id": {"N": "30"}}},
        {"offset": "itr4/rec9"},
        {"page": 1, "pages": 12},
        {"total": 5000, "limit": 30},
        {"totalCount": 5000},
    ],
)
def test_more_pages_are_asked_for(around: dict[str, Any]) -> None:
    """A hundred of five thousand customers were the report."""
    fault = refusal(json.dumps({"customers": MANY, **around}))
    assert fault.code == "RG-007" and "more follow" in fault.sentence
    sums = {"start": "2026-01-01", "total": 88_231, "totalItems": 900}
    assert read(json.dumps({"customers": MANY, **sums})).report.n_physical == 30
    whole = {"LastEvaluatedKey": None, "offset": 0, "page": 3, "pages": 3, "total": 30, "limit": 30, "totalCount": 30}
    assert read(json.dumps({"customers": MANY, **whole})).report.n_physical == 30


def test_a_total_of_hits_counts_records() -> None:
    """As Elasticsearch says it, around the list of the same name."""
    hits = [{"_id": str(i), "_source": record} for i, record in enumerate(MANY)]
    fault = refusal(json.dumps({"took": 3, "hits": {"total": {"value": 5000, "relation": "eq"}, "hits": hits}}))
    assert "5,000 in all" in fault.sentence


def test_lists_too_small_for_customers_are_passed_over() -> None:
    """`_links` with one record was asked about; what an answer's records refer to is another table."""
    table = read(json.dumps({"members": MANY, "_links": [{"rel": "self", "href": "x"}]}))
    assert table.report.n_physical == 30 and "left out: _links" in table.report.notes[0]
    assert read(json.dumps({"data": MANY, "included": MANY})).report.n_physical == 30
    few = MANY[:9]
    for others in ({"countries": MANY, "clients": few}, {"2025": MANY, "2026": few}, {"regular": MANY, "vip": few}):
        assert refusal(json.dumps(others)).code == "RG-007"
    fault = refusal(json.dumps({"products": MANY * 2, "customers": MANY}))
    assert fault.code == "RG-007" and 'sheet = "customers"' in fault.hint


def test_a_list_in_each_record_can_be_read_line_by_line() -> None:
    """Orders inside their customers, beside what the customer has."""
    records = [{"id": i, "city": "Graz", "orders": [{"total": 5, "on": "2026-01-01"}, {"total": 6}]} for i in (1, 2)]
    table = read(json.dumps(records), sheet="orders")
    assert table.columns == ("id", "city", "orders.total", "orders.on")
    assert cells(table)[1:3] == [["1", "Graz", "6", None], ["2", "Graz", "5", "2026-01-01"]]


def test_changes_of_a_database_are_the_state_behind_them() -> None:
    """The time of the change named the customers, and every change was one."""
    before, after = {"id": 1, "spend": 2}, {"id": 1, "spend": 3}
    changes = [
        {"before": None, "after": before, "op": "c", "ts_ms": 5},
        {"before": before, "after": after, "op": "u", "ts_ms": 6},
    ]
    assert cells(read(one_behind_the_other(*changes))) == [["1", "2", "5"], ["1", "3", "6"]]
    fault = refusal(one_behind_the_other(*changes, {"before": after, "after": None, "op": "d", "ts_ms": 7}))
    assert fault.code == "RG-007" and "record 3 is a deletion" in fault.sentence
    audit = [{"op": "view", "before": None, "after": None, "patient": i} for i in range(3)]
    assert read(json.dumps(audit)).columns[-1] == "patient"


def test_keys_that_drift_are_one_column() -> None:
    """Both halves shaped segments, each filled in with the other's median; half had no id where case alone differed."""
    table = read('[{"id":1,"total_spent":5},{"Id":2,"totalSpent":6}]')
    assert (table.columns, cells(table)) == (("id", "total_spent"), [["1", "5"], ["2", "6"]])
    assert table.report.fixes == (
        "Keys that records write differently read as one: id and Id; total_spent and totalSpent.",
    )
    assert read('[{"id":1,"note":5,"Note":6},{"id":2,"Note":6}]').columns == ("id", "note", "Note")
    for one, other in (("amount (€)", "amount ($)"), ("q1_1", "q11"), ("discount", "discount%")):
        assert len(read(json.dumps([{"id": 1, one: 5}, {"id": 2, other: 6}])).columns) == 3
    assert len(read('[{"x":1,"user_id":"u3"},{"x":2,"userid":49}]').columns) == 3
    assert read('[{"id":1,"имя":5},{"id":2,"город":6}]').columns == ("id", "имя", "город")


def test_records_inside_an_object_are_like_the_others() -> None:
    """Two of three customers were set aside, for their id stood elsewhere."""
    table = read('[{"customer":{"id":1,"spend":5}},{"id":2,"spend":6},{"id":3,"spend":7}]')
    assert (table.columns, len(cells(table))) == (("id", "spend"), 3)
    assert cells(table)[0] == ["1", "5"]
    beside = read('[{"customer":{"id":1},"id":7},{"customer":{"id":2},"id":8}]')
    assert beside.columns == ("customer.id", "id")


def test_false_among_other_values_is_empty() -> None:
    """Odoo writes it so: a tenth of the revenue made text of the others. A flag stays one, and a level no."""
    records = [
        {"id": i, "total": i % 7 and i + 0.5, "phone": i % 5 and f"0151-{i}", "vip": i % 2 == 0, "off": i % 3 and 5}
        for i in range(1, 31)
    ]
    written = [{key: value if value or key == "vip" else False for key, value in one.items()} for one in records]
    table = read(json.dumps(written))
    assert [row[1] for row in cells(table)][5:7] == ["6.5", None]
    assert {row[3] for row in cells(table)} == {"TRUE", "FALSE"}
    assert {row[4] for row in cells(table)} == {"5", "FALSE"}
    assert table.report.fixes == ("False read as empty among other values, as Odoo writes it: total and phone.",)
    alone = [{"id": one["id"], "total": one["total"]} for one in written]
    assert not read(json.dumps(alone)).report.fixes


@pytest.mark.parametrize(
    "content",
    [
        '{"documents":[{"fields":{"id":{"integerValue":"1"},"spend":{"doubleValue":2.5}}},'
        '{"fields":{"id":{"integerValue":"2"},"spend":{"doubleValue":3.5},"x":{"nullValue":null}}}]}',
        '{"schema":{"fields":[{"name":"id"},{"name":"spend"}]},'
        '"rows":[{"f":[{"v":"1"},{"v":"2.5"}]},{"f":[{"v":"2"},{"v":"3.5"}]}]}',
        '{"data":{"rows":[["1",2.5],["2",3.5]],"cols":[{"name":"id"},{"name":"spend"}]}}',
        '{"data":[{"id":"1","field_data":[{"name":"spend","values":["2.5"]}]},'
        '{"id":"2","field_data":[{"name":"spend","values":["3.5"]}]}]}',
    ],
    ids=["Firestore", "BigQuery", "Metabase", "pairs"],
)
def test_what_services_wrap_is_unwrapped(content: str) -> None:
    """The names of the columns were taken for the table, or the values left out."""
    assert [row[:2] for row in cells(read(content))] == ANSWER


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('// export, 1 October\n[{"id":1, /* EUR */ "spend":2.5,},{"id":2,"spend":3.5},]', "Comments"),
        ('window.__DATA__ = {"customers": [{"id":1,"spend":2.5},{"id":2,"spend":3.5}]};', "JavaScript"),
        ('callback([{"id":1,"spend":2.5},{"id":2,"spend":3.5}]);', "JavaScript"),
        ("{'id': 1, 'spend': 2.5}\n{'id': 2, 'spend': 3.5}\n", "Python"),
        ("[{'id': 1, 'spend': 2.5, 'x': None}, {'id': 2, 'spend': 3.5, 'x': None}]", "Python"),
    ],
)
def test_what_is_nearly_json_is_read(content: str, said: str) -> None:
    """It was read as CSV, and the advice helped nobody."""
    table = read(content, "export.json")
    assert [row[:2] for row in cells(table)] == ANSWER
    assert said in " ".join(table.report.fixes)


def test_what_looks_like_a_comment_in_a_text_stays() -> None:
    """An address of the web, and a comma before a bracket."""
    table = read('// list\n[{"id":"http://x.org/*a*/,]","spend":"a,]"}]')
    assert cells(table) == [["http://x.org/*a*/,]", "a,]"]]


def test_numbers_as_texts_may_have_two_readings() -> None:
    """`"1.234"` was 1.234 without a word, where the same text in a CSV is asked about."""
    table = read('[{"id":1,"spend":"1.234"},{"id":2,"spend":"5.678"},{"id":3,"spend":1.5}]')
    assert table.text_numbers == {"spend": 2}
    assert not read('[{"id":1,"spend":1.234},{"id":2,"spend":5.678}]').text_numbers


def test_yaml_is_named() -> None:
    """It was read as fixed columns."""
    fault = refusal("- id: 1\n  spend: 2.5\n- id: 2\n  spend: 3.5\n")
    assert fault.code == "RG-005" and "YAML" in fault.sentence


def test_names_of_persons_become_no_columns() -> None:
    """They stood in the report, for they were the names of columns; ids of payments made a thousand of them."""
    records = [
        {
            "id": i,
            "contacts": [{"name": f"Bert Maier {i}", "value": "+49 170 1"}],
            "family": {"birthdays": {f"Clara Wolf {i}": "2010-01-01"}},
            "payments": [{"id": f"pi_{i}", "value": 12.5}],
            "stats": {"orders": {"open": i, "paid": i + 1}},
        }
        for i in range(30)
    ]
    table = read(json.dumps(records))
    assert table.columns == ("id", "stats.orders.open", "stats.orders.paid")
    assert not any("Maier" in note or "Clara" in note for note in table.report.notes)
    assert any("payments holds a list of records" in note for note in table.report.notes)


@pytest.mark.parametrize(
    "content", ["/* a */ " * 500 + "b,c", "[1, " + "/* " * 50_000, "// x\n" * 800 + "b", '"' * 50_001]
)
def test_comments_without_json_take_no_time(content: str) -> None:
    """Each comment might be a part of the one before: a hundred of them took for ever."""
    relaxed(content)
    kind_of(content.encode())
