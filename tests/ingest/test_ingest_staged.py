"""Reading in pieces, from disk, gives the same as reading whole."""

from __future__ import annotations

import csv
import datetime
import decimal
import hashlib
import io
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_exports import CUSTOMERS
from odd_exports import EXPORTS
from untidy_texts import untidy_text

from reportgen.config import InputSettings
from reportgen.engine.duckdb import DuckDbEngine
from reportgen.errors import ReportgenError
from reportgen.ingest import _staged_text, _staging
from reportgen.ingest._line_starts import LineStarts
from reportgen.ingest.base import Reading, Snapshot
from reportgen.ingest.stage import misnamed, read_export, read_whole, report_of
from reportgen.records.source import source_of, together
from reportgen.records.table import LINE_COLUMN
from reportgen.together import read_one_or_several

TEXTS = st.text(st.sampled_from("ab1 ,;\"'\n\r\té#"), max_size=6)
SPANNING = "id,name,score\n" + "".join(f'{number},"a ""{number}"",\né",{number / 7}\n' for number in range(999))


def texts_of(reading: Reading) -> dict[str, list[str | None]]:
    """Column → texts, wherever they are held."""
    if not reading.paths:
        return {name: list(as_list(cells)) for name, cells in zip(reading.columns, reading.cells, strict=True)}
    found: dict[str, list[Any]] = {name: [] for name in (*reading.columns, LINE_COLUMN)}
    for path in reading.paths:
        table = pq.read_table(path, partitioning=None)
        for name, cells in found.items():
            cells += table[name].to_pylist()
    assert found.pop(LINE_COLUMN) == list(reading.records)
    return found


def as_list(cells: Any) -> list[str | None]:
    return cells.to_pylist() if hasattr(cells, "to_pylist") else list(cells)


def told(snapshot: Snapshot, reading: Reading) -> tuple[object, ...]:
    """All that a reading tells."""
    report = report_of(snapshot, reading)
    n_records = report.n_physical
    places = [reading.places.of(record) for record in range(1, n_records + 1)]
    entries = [(entry, reading.places.of(entry.line)) for entry in reading.set_aside]
    return report, misnamed(report), texts_of(reading), [int(at) for at in reading.records], entries, places


def check_same(content: bytes, block_bytes: int, name: str = "export.csv", **wanted: Any) -> bool:
    """Compares both ways; whether the text could be read in pieces at all."""
    chosen = InputSettings(**wanted)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(_staging, "STAGED_FROM", 0)
        path = Path(folder) / name
        path.write_bytes(content)
        place = Path(folder) / "staged"
        place.mkdir()
        staged = _staging.read_staged(path, name, chosen, place, block_bytes)
        if staged is None:
            assert not list(place.iterdir())
            return False
        assert told(*staged) == told(*read_whole(source_of(path), chosen))
        return True


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=15),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.integers(1, 200),
)
def test_pieces_of_any_size_give_the_same(rows: list[tuple[str, str]], line_end: str, block_bytes: int) -> None:
    """Wherever the text is cut, cells, record numbers, lines and notes are those of the whole."""
    buffer = io.StringIO(newline="")
    table = [("id", "name", "note"), *((number, *row) for number, row in enumerate(rows, start=1))]
    csv.writer(buffer, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(table)
    check_same(buffer.getvalue().encode(), block_bytes)


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_untidy_text_is_the_same_in_pieces(start: int) -> None:
    """In any dialect, with totals, blanks and slips of the keyboard."""
    for seed in range(start, start + 50):
        check_same(untidy_text(seed).encode(), 64)


@pytest.mark.parametrize("name", EXPORTS)
def test_odd_exports_are_the_same_in_pieces(name: str) -> None:
    """Exports of shops, banks and old machines."""
    odd = EXPORTS[name]()
    given = {key: value for key, value in odd.settings.items() if key in InputSettings.model_fields}
    check_same(odd.content, 100, odd.name, **given)


REGULAR = {
    "plain": CUSTOMERS,
    "no end of line": CUSTOMERS.rstrip("\n"),
    "blank lines at the end": CUSTOMERS + "\n\n",
    "old line ends": CUSTOMERS.replace("\n", "\r"),
    "a byte order mark": "\ufeff" + CUSTOMERS,
    "the delimiter named": "sep=;\n" + CUSTOMERS.replace(",", ";"),
    "lines above": "Customers of May\n\n" + CUSTOMERS * 3,
    "records of several lines": SPANNING,
    "totals below": CUSTOMERS + "Total,,85,243\n",
    "a column without a name": CUSTOMERS.replace("score", "").replace("39", ""),
    "an empty column without a name": "".join(f"{line},\n" for line in CUSTOMERS.splitlines()),
    "foreign letters": CUSTOMERS.replace("Ann", "Ännchen 漢字"),
}


@pytest.mark.parametrize("block_bytes", [1, 30, 1 << 20])
@pytest.mark.parametrize("name", REGULAR)
def test_regular_text_is_read_in_pieces(name: str, block_bytes: int) -> None:
    """What large exports look like is not read whole."""
    is_staged = check_same(REGULAR[name].encode(), block_bytes)
    assert is_staged or name == "lines above"


def test_what_is_said_of_a_large_export_is_the_same() -> None:
    """An export past what the head shows: a subtotal's word, a header come again and a lost field are met."""
    lines = [f"C{at:06},{at % 90},North,{at / 8}" for at in range(9_000)]
    text = "\n".join(["id,age,region,spent", *lines]).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_staged_text, "HEAD_BYTES", 80_000)
        assert check_same(text + b"\nTotal,,,9\n", 10_000)
        for line in (b"id,age,region,spent", b"Subtotal,,,9", b"C1,2,3", b",,,", b"C1,2,\xff,3", b"C\x00,1,2,3"):
            at = text.rfind(b"\n", 0, 150_000)
            assert not check_same(text[:at] + b"\n" + line + text[at:], 10_000, max_set_aside=0.5), line


def large(path: Path, irregular: bytes = b"") -> Path:
    line = b"C1,20,North,5\n"
    path.write_bytes(b"id,age,region,spent\n" + line * 90_000 + irregular + line * 10)
    return path


def test_too_large_to_be_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past what can be held a record that does not fit is named with its line, and what to do."""
    monkeypatch.setattr(_staging, "MAX_BYTES", 1 << 20)
    path = large(tmp_path / "big.csv", b"C1,20\n")
    with pytest.raises(ReportgenError) as refused:
        _staging.read_staged(path, "big.csv", InputSettings(), tmp_path)
    assert refused.value.code == "RG-021"
    assert refused.value.sentence.startswith("big.csv: it holds 1 MiB")
    assert "a record has not 4 fields (line 90,002)" in refused.value.sentence


def test_an_export_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """RG-006, as when it is read whole."""
    path = large(tmp_path / "big.csv")
    run = _staged_text._Stager.run

    def grow(*given: Any) -> Any:
        with path.open("ab") as file:
            file.write(b"C1,20,North,5\n")
        return run(*given)

    monkeypatch.setattr(_staged_text._Stager, "run", grow)
    with pytest.raises(ReportgenError) as refused:
        _staging.read_staged(path, "big.csv", InputSettings(), tmp_path)
    assert refused.value.code == "RG-006"


def test_an_engine_with_a_folder_reads_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The export is never held whole, and its hash is that of the file."""
    monkeypatch.setattr("reportgen.ingest.stage.read_whole", lambda *_given: pytest.fail("read whole"))
    path = large(tmp_path / "big.csv")
    engine = DuckDbEngine(tmp_path / "engine", 256)
    table = read_export(path, InputSettings(), engine)
    assert table.report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert table.report.n_used == 90_010
    assert len(engine.to_arrays(table.frame, ["spent"])["spent"]) == 90_010
    engine.close()
    assert [entry.name for entry in tmp_path.iterdir()] == ["big.csv"]


def test_lines_of_records_are_told_by_block() -> None:
    """Blocks of one line a record and of several follow one another."""
    lines = LineStarts(2)
    lines.add(3, 3, None)
    lines.add(2, 4, [0, 3, 4])
    lines.add(2, 2, None)
    assert list(lines.numbers()) == [2, 3, 4, 5, 8, 9, 10]


STAMP = datetime.datetime(2020, 1, 2, 3, 4, 5, 678000)
N = 2_500
TYPED: dict[str, Any] = {
    "whole numbers": pa.table({"id": range(N), "x": [2**63 - 1 - at for at in range(N)]}),
    "decimals": pa.table({"id": range(N), "x": [at / 7 for at in range(N - 3)] + [1e-7, 1e300, -0.0]}),
    "short decimals": pa.table({"id": range(N), "x": pa.array([at / 10 for at in range(N)], pa.float32())}),
    "whole as decimals": pa.table({"id": range(N), "x": [float(at) if at % 3 else None for at in range(N)]}),
    "infinite and none": pa.table({"id": range(N), "x": [float("inf"), float("nan"), None, 1.5, 2.0] * (N // 5)}),
    "flags": pa.table({"id": range(N), "x": [True, False, None, True, True] * (N // 5)}),
    "money": pa.table({"id": range(N), "x": [decimal.Decimal(at) / 100 for at in range(N)]}),
    "days": pa.table({"id": range(N), "x": [datetime.date(2020, 1, 1 + at % 28) for at in range(N)]}),
    "stamps": pa.table({"id": range(N), "x": pa.array([STAMP] * N, pa.timestamp("ms", "UTC"))}),
    "labels": pa.table({"id": range(N), "x": pa.array(["a", "b", "", None, "e"] * (N // 5)).dictionary_encode()}),
    "bytes": pa.table({"id": range(N), "x": pa.array([b"Ann", b"\xff", None, b"", b"1"] * (N // 5))}),
    "lists and structs": pa.table({"id": range(N), "s": [{"a": at, "q": [1]} for at in range(N)], "t": [["x"]] * N}),
    "one name twice": pa.Table.from_arrays([pa.array(range(N)), pa.array(range(N))], names=["x", "x"]),
    "text like thousands": pa.table({"id": range(N), "x": [f"{1 + at % 9}.{at % 1000:03}" for at in range(N)]}),
    "no name": pa.Table.from_arrays(
        [pa.array(range(N)), pa.array([None] * N), pa.array(["a"] * N)], names=["x", "", ""]
    ),
    "a range as index": pa.Table.from_pandas(
        pd.DataFrame({"a": range(N), "b": range(N)}, index=pd.RangeIndex(5, 5 + 3 * N, 3, name="id"))
    ),
}


@pytest.mark.parametrize("name", TYPED)
def test_typed_columns_are_the_same_in_pieces(name: str) -> None:
    """Parquet in several pieces becomes the same text as Parquet read whole."""
    buffer = io.BytesIO()
    pq.write_table(TYPED[name], buffer, row_group_size=1_000)
    assert check_same(buffer.getvalue(), 1 << 20, "export.parquet")


@pytest.mark.parametrize("values", [["a\0b", "c"], ["x" * (2 << 20), "y"]])
def test_typed_columns_that_need_mending_are_read_whole(values: list[str]) -> None:
    """What is mended cell by cell, or refused, is left to the careful way."""
    buffer = io.BytesIO()
    pq.write_table(pa.table({"id": [1, 2], "x": values}), buffer)
    assert not check_same(buffer.getvalue(), 1 << 20, "export.parquet")


def test_files_together_are_read_in_pieces(tmp_path: Path) -> None:
    """Two files of an engine with a folder are one table, their records counted on."""
    for name in ("a.csv", "b.csv"):
        large(tmp_path / name, b"C2,30,South,7\n")
    engine = DuckDbEngine(tmp_path / "engine", 256)
    source = together([source_of(tmp_path / name) for name in ("a.csv", "b.csv")])
    table = read_one_or_several(source, InputSettings(), engine)
    kept = engine.to_arrays(engine.keep(table.frame), ["region", LINE_COLUMN])
    n = 90_011
    assert table.report.n_used == 2 * n
    assert (kept[LINE_COLUMN] == range(1, 2 * n + 1)).all()
    assert [at for at, region in enumerate(kept["region"]) if region == "South"] == [90_000, n + 90_000]
    assert table.places.of(n + 1) == "b.csv, line 2"
    engine.close()
