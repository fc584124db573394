"""What every engine promises: the same answers as all others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from engines import ENGINES, EVERY_ENGINE, MEMORY_MIB, send_by_value
from odd_exports import EXPORTS
from order_tables import order_lines
from outcomes import settings_of
from pytest import approx

from reportgen.config import Settings
from reportgen.engine.base import Engine
from reportgen.engine.batches import BATCH_ROWS, added
from reportgen.engine.duckdb import ROWS_A_MIB
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.errors import ReportgenError
from reportgen.orders.base import AMOUNT, Lines
from reportgen.orders.order_totals import count_several
from reportgen.orders.recognise import Orders
from reportgen.records.everyone import Batch
from reportgen.records.orders import Part, PartColumn
from reportgen.records.source import Source
from reportgen.records.table import LINE_COLUMN, CleanTable, ColumnQuality
from reportgen.roles.stage import assign_roles
from reportgen.tabulate import tabulate
from reportgen.together import read_one_or_several

ROOT = Path(__file__).parents[2]
N_LONG = 2 * BATCH_ROWS + 17
"""Rows of a table that is folded in three stretches, the last one short."""


send_by_value(__name__)


@pytest.fixture(params=EVERY_ENGINE)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    started = ENGINES[request.param](tmp_path / "engine")
    yield started
    started.close()


def small(engine: Engine) -> Any:
    """Three rows, neither in order nor complete."""
    return engine.keep(
        engine.from_columns({"name": ["x", None, "y"], "amount": [1.5, 2.0, None], LINE_COLUMN: [3, 1, 2]})
    )


def long(engine: Engine) -> Any:
    """A row for each number from 0 on; every third one is called `b`."""
    numbers = np.arange(N_LONG)
    names = pa.array(np.where(numbers % 3 == 0, "b", "a"))
    return engine.keep(engine.from_columns({"name": names, "amount": numbers.astype(float), LINE_COLUMN: numbers + 1}))


def test_kept_rows_lie_by_line(engine: Engine) -> None:
    """A kept frame gives its rows by rising line, numbers as floats and text as objects."""
    arrays = engine.to_arrays(small(engine), ["name", "amount", LINE_COLUMN])
    assert arrays["name"].tolist() == [None, "y", "x"]
    np.testing.assert_array_equal(arrays["amount"], [2.0, np.nan, 1.5])
    assert arrays[LINE_COLUMN].tolist() == [1.0, 2.0, 3.0]


def test_rows_are_taken_by_position(engine: Engine) -> None:
    """Rows at positions come as the same arrays, from every stretch of a long table."""
    positions = np.array([0, 3, BATCH_ROWS, N_LONG - 1])
    taken = engine.take(long(engine), ["name", "amount"], positions)
    assert taken["amount"].tolist() == positions.tolist()
    assert taken["name"].tolist() == ["b" if place % 3 == 0 else "a" for place in positions.tolist()]


def test_no_rows_are_taken(engine: Engine) -> None:
    """No position, no value."""
    assert len(engine.take(small(engine), ["amount"], np.empty(0, dtype=np.intp))["amount"]) == 0


def test_batches_have_one_size(engine: Engine) -> None:
    """Stretches are cut at the same rows by every engine, so that their sums are the same to the last digit."""
    batches = list(engine.batches(long(engine), ["name", "amount"]))
    assert [(batch.start, batch.n_rows) for batch in batches] == [
        (0, BATCH_ROWS),
        (BATCH_ROWS, BATCH_ROWS),
        (2 * BATCH_ROWS, 17),
    ]
    assert [batch.numbers["amount"][0] for batch in batches] == [0.0, BATCH_ROWS, 2 * BATCH_ROWS]


def test_text_comes_as_codes(engine: Engine) -> None:
    """A column of text in a batch is a few texts and their places; −1 where nothing is known."""
    (batch,) = engine.batches(small(engine), ["name"])
    coded = batch.coded["name"]
    assert [None if code < 0 else coded.texts[code] for code in coded.codes.tolist()] == [None, "y", "x"]


def count_and_sum(batch: Batch) -> dict[str, Any]:
    """Of the long table: rows called `b`, and the sum of all amounts."""
    coded = batch.coded["name"]
    is_b = np.array([text == "b" for text in coded.texts])[coded.codes]
    return {"n": np.array([is_b.sum()]), "sum": np.array([batch.numbers["amount"].sum()])}


def test_folding_looks_at_every_row_once(engine: Engine) -> None:
    """A fold over three stretches counts and adds up all rows."""
    found = engine.fold(long(engine), ["name", "amount"], count_and_sum, added)
    assert found["n"].tolist() == [(N_LONG + 2) // 3]
    assert found["sum"].tolist() == [N_LONG * (N_LONG - 1) / 2]


def start_of(batch: Batch) -> dict[str, Any]:
    return {"starts": np.array([batch.start])}


def behind(one: Any, other: Any) -> dict[str, Any]:
    return {"starts": np.concatenate([one["starts"], other["starts"]])}


def test_stretches_are_merged_in_order(engine: Engine) -> None:
    """What the stretches give is merged in the order of the rows, whichever is looked at first."""
    found = engine.fold(long(engine), ["amount"], start_of, behind)
    assert found["starts"].tolist() == [0, BATCH_ROWS, 2 * BATCH_ROWS]


def test_a_look_that_fails_is_heard(engine: Engine) -> None:
    """What goes wrong in one stretch ends the fold."""

    def fail(_batch: Batch) -> dict[str, Any]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine.fold(small(engine), ["amount"], fail, added)


def test_staged_files_are_one_frame(engine: Engine, tmp_path: Path) -> None:
    """Parquet files that were staged follow one another, text as text and a column without values too."""
    folder = tmp_path / "engine"
    folder.mkdir(exist_ok=True)
    for place, line in enumerate((1, 2)):
        table = pa.table(
            {
                "name": pa.array([f"n{line}"], pa.large_string()),
                "empty": pa.array([None], pa.large_string()),
                LINE_COLUMN: pa.array([line], pa.int64()),
            }
        )
        pq.write_table(table, folder / f"part{place}.parquet")
    frame = engine.from_parquet([folder / "part0.parquet", folder / "part1.parquet"])
    arrays = engine.to_arrays(engine.keep(frame), ["name", "empty"])
    assert arrays["name"].tolist() == ["n1", "n2"]
    assert pd.isna(arrays["empty"]).all()


def test_sums_are_held(engine: Engine) -> None:
    """What is held needs no lines, and can be asked as the table that it came from."""
    frame = nw.from_native(long(engine)).lazy()
    held = nw.from_native(engine.hold(frame.group_by("name").agg(nw.col("amount").sum()).to_native())).lazy()
    found = held.filter(nw.col("name") == "b").collect()
    n_b = (N_LONG + 2) // 3
    assert found["amount"].to_list() == [3 * n_b * (n_b - 1) / 2]


def test_split_rows_of_one_value_stay_together(engine: Engine) -> None:
    """The parts hold every row once, a value stands in one part only, and rows without it are not lost."""
    frame = nw.from_native(long(engine)).lazy()
    amount = nw.col("amount")
    group = nw.when(amount % 7 != 0).then(amount % 7).alias("group")
    n_told = 100 * ROWS_A_MIB * MEMORY_MIB // 32
    parts = engine.split(frame.with_columns(group).to_native(), "group", n_told)
    found = [engine.to_arrays(part, ["group", "amount"]) for part in parts]
    amounts = np.sort(np.concatenate([part["amount"] for part in found]))
    assert amounts.tolist() == list(range(N_LONG))
    held = [tuple(np.unique(part["group"])) for part in found]
    assert sum(map(len, held)) == 7, held


def test_halves_are_rounded_alike(engine: Engine, tmp_path: Path) -> None:
    """Averages that end in a half of the last decimal kept are the same on every engine."""
    orders = [(n % 64, n % 512, f"2026-01-{n % 28 + 1:02}", 0.01 * (1 + n % 64 + n // 512)) for n in range(64 * 33)]
    lines = pd.DataFrame(orders, columns=["Customer ID", "Invoice", "Invoice Date", "Amount"])
    lines.to_csv(tmp_path / "lines.csv", index=False)
    check_alike(tmp_path / "lines.csv", settings_of(), engine)


def test_order_totals_are_told_in_parts(engine: Engine) -> None:
    """Every order is looked at once, whole, however few lines the engine takes at a time."""
    n_orders = 3_000
    order = np.arange(N_LONG) % n_orders
    columns = {"order": np.char.mod("o%d", order), AMOUNT: np.where(order % 30 == 0, np.arange(N_LONG), order) * 1.0}
    frame = nw.from_native(engine.from_columns(columns)).lazy()
    n_told = 100 * ROWS_A_MIB * MEMORY_MIB // 32
    orders = Orders({Part.ORDER: PartColumn(Part.ORDER, "order", "")}, ())
    parts = Lines(frame, orders, settings_of(), n_told, engine).parts_by("order", AMOUNT)
    counted = [count_several(part, "order") for part in parts]
    assert [sum(numbers) for numbers in zip(*counted, strict=True)] == [n_orders, n_orders - n_orders // 30]


def cleaned(path: Path, settings: Settings, engine: Engine) -> CleanTable:
    """The customers of an export. Raises ReportgenError."""
    raw = read_one_or_several(Source(path.name, path), settings.input, engine)
    return tabulate(raw, assign_roles(raw, settings, engine), settings, engine)


def numbers_of(quality: ColumnQuality) -> list[float]:
    """Everything in it but the name; quantiles are interpolated by each engine's own formula, to the last digit but
    one."""
    boxes = [*(quality.box_before or ()), *(quality.box_after or ()), *(quality.tails or ())]
    return [quality.n_missing, quality.n_imputed, quality.n_outliers, quality.n_capped, *boxes]


def check_alike(path: Path, settings: Settings, engine: Engine) -> None:
    """The export ends in the same customers, notes and records set aside as in memory, or in the same refusal."""
    memory = InMemoryEngine()
    try:
        expected = cleaned(path, settings, memory)
    except ReportgenError as refusal:
        with pytest.raises(ReportgenError) as refused:
            cleaned(path, settings, engine)
        assert str(refused.value) == str(refusal)
        return
    found = cleaned(path, settings, engine)
    for field in fields(CleanTable):
        if field.name not in {"frame", "quality"}:
            assert getattr(found, field.name) == getattr(expected, field.name), field.name
    assert [entry.name for entry in found.quality] == [entry.name for entry in expected.quality]
    for entry, one in zip(found.quality, expected.quality, strict=True):
        assert numbers_of(entry) == approx(numbers_of(one), rel=1e-12), entry.name
    names = [*(column.name for column in expected.columns), LINE_COLUMN]
    for column, values in memory.to_arrays(expected.frame, names).items():
        same = engine.to_arrays(found.frame, [column])[column]
        if values.dtype == object and all(value is None for value in values):
            assert pd.isna(same).all(), column
            continue
        if values.dtype == object:
            assert same.tolist() == values.tolist(), column
        else:
            np.testing.assert_allclose(same, values, rtol=1e-12, err_msg=column)


@pytest.mark.parametrize("name", EXPORTS)
def test_every_engine_cleans_alike(engine: Engine, name: str, tmp_path: Path) -> None:
    """Odd exports end the same on every engine."""
    odd = EXPORTS[name]()
    path = tmp_path / odd.name
    path.write_bytes(odd.content)
    check_alike(path, settings_of(**odd.settings), engine)


def test_every_engine_adds_order_lines_up_alike(engine: Engine, tmp_path: Path) -> None:
    """Order lines become the same customers on every engine."""
    columns = order_lines()
    path = tmp_path / "lines_2026-06.csv"
    lines = [",".join(columns), *(",".join(row) for row in zip(*columns.values(), strict=True))]
    path.write_text("\n".join(lines), encoding="utf-8")
    check_alike(path, Settings(), engine)


HEADERS = ("Customer.Id", "a.b", "x`y", "Avg. Order (k.€)", "select *", "city")


def test_headers_are_names_on_every_engine(engine: Engine, tmp_path: Path) -> None:
    """Points, backticks, blanks and words of SQL in headers are no more than signs."""
    path = tmp_path / "headers.csv"
    rows = [f"C{i:03};{i * 7 % 31};{i * i % 97};{i * 3.5:.2f};{i % 5};{'Bonn' if i % 3 else 'Ulm'}" for i in range(60)]
    path.write_text("\n".join([";".join(HEADERS), *rows]), encoding="utf-8")
    check_alike(path, Settings(), engine)


TEXTS = ("12", " 12 ", "1 2", "a\u2028b", "x$", "$1", "[a", "Ä", "x y", "")
EXPRESSIONS = {
    "the very end": nw.col("text").str.contains("^[0-9]+$"),
    "any sign": nw.col("text").str.contains("^a.b$"),
    "signs in a class": nw.col("text").str.contains("[$[]"),
    "a replacement with a dollar": nw.col("text").str.replace_all("[0-9]+", "$0"),
    "small letters": nw.col("text").str.to_lowercase(),
    "one of many": nw.col("line").is_in(list(range(0, 2_000, 2))),
    "many for many": nw.col("text").replace_strict(
        [str(n) for n in range(2_000)], [str(n + 1) for n in range(2_000)], default=None, return_dtype=nw.String
    ),
    "a large floor": nw.col("amount").floor(),
    "a share": nw.col("amount") / nw.col("line"),
}
AGGREGATES = {
    "truth": (nw.col("line") > 3).sum(),
    "texts": nw.col("text").n_unique(),
    "quantile": nw.col("amount").quantile(0.3, "linear"),
    "median": nw.col("amount").median(),
    "unknown": nw.col("amount").null_count(),
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_expressions_answer_alike(engine: Engine, name: str) -> None:
    """What engines might read each in its own way."""
    answers = [answer(which, EXPRESSIONS[name]) for which in (engine, InMemoryEngine())]
    assert answers[0] == answers[1]


def answer(engine: Engine, expression: nw.Expr) -> list[Any]:
    """The expression's values, row by row; what is not known is None."""
    frame = nw.from_native(engine.keep(engine.from_columns(odd_columns()))).lazy()
    told = frame.select("line", expression.alias("said")).sort("line").collect()
    values = engine.to_arrays(told.to_native(), ["said"])["said"].tolist()
    return [None if pd.isna(value) else value for value in values]


def odd_columns() -> dict[str, Any]:
    lines = list(range(1, len(TEXTS) + 1))
    amounts = [1.5, 2.5, 1e300, -1e19, 0.1, None, -0.5, 2.0**53, 7.0, 3.0]
    return {"text": list(TEXTS), "amount": amounts, "line": lines, LINE_COLUMN: lines}


def test_aggregates_answer_alike(engine: Engine) -> None:
    """Sums of truth values, quantiles and counts are the same numbers."""
    asked = [expression.alias(name) for name, expression in AGGREGATES.items()]
    found = []
    for which in (engine, InMemoryEngine()):
        frame = nw.from_native(which.keep(which.from_columns(odd_columns()))).lazy()
        found.append({name: float(value) for name, value in frame.select(*asked).collect().rows(named=True)[0].items()})
    assert found[0] == approx(found[1], rel=1e-12)


@pytest.mark.parametrize("path", sorted((ROOT / "sample_data").glob("*.csv")), ids=lambda path: path.name)
def test_every_engine_cleans_the_sample_alike(engine: Engine, path: Path) -> None:
    """The sample's months end the same on every engine."""
    check_alike(path, Settings(), engine)
