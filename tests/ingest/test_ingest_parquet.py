"""Parquet and Arrow: exact values as text; what lies about its size is refused."""

from __future__ import annotations

import datetime
import decimal
import io
import uuid
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ingest_exports import cells, read, refusal
from pyarrow import feather

from reportgen.errors import ReportgenError
from reportgen.ingest import _parquet_table
from reportgen.ingest._parquet_table import parse_parquet


def parquet(table: Any, **options: Any) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **options)
    return buffer.getvalue()


def column(values: list[Any], kind: Any = None) -> list[str | None]:
    """How the values of a column read, beside an id."""
    table = pa.table({"id": list(range(len(values))), "x": pa.array(values, kind)})
    return [row[1] for row in cells(read(parquet(table), "customers.csv"))]


STAMP = datetime.datetime(2020, 1, 2, 3, 4, 5, 678000)


@pytest.mark.parametrize(
    ("values", "kind", "texts"),
    [
        ([1.0, None, 86.5, 1e-7], None, ["1", None, "86.5", "0.0000001"]),
        ([0.1, -0.0, 16777216.0], pa.float32(), ["0.1", "0", "16777216"]),
        ([2**63 - 1, -1], None, ["9223372036854775807", "-1"]),
        ([2**64 - 1], pa.uint64(), ["18446744073709551615"]),
        ([decimal.Decimal("12345678901234567890123456789012345.67")], pa.decimal128(38, 2), None),
        ([decimal.Decimal("0.0000000001")], pa.decimal128(38, 10), ["0.0000000001"]),
        ([True, False, None], None, ["TRUE", "FALSE", None]),
        ([datetime.date(2020, 1, 2)], None, ["2020-01-02"]),
        ([STAMP], pa.timestamp("us"), ["2020-01-02 03:04:05.678"]),
        ([1], pa.timestamp("ns"), ["1970-01-01 00:00:00.000000001"]),
        ([0], pa.timestamp("s"), ["1970-01-01 00:00:00"]),
        ([STAMP], pa.timestamp("ms", "UTC"), ["2020-01-02 03:04:05.678Z"]),
        ([datetime.time(3, 4)], None, ["03:04:00"]),
        ([datetime.timedelta(hours=30)], None, ["30:00:00"]),
        (["001", "", None], None, ["001", None, None]),
        ([b"Ann", b"\xff", None], None, ["Ann", None, None]),
        ([float("nan"), float("inf")], None, [None, None]),
    ],
)
def test_values_are_the_text_that_a_csv_would_hold(values: list[Any], kind: Any, texts: list[str | None]) -> None:
    """P8: no digit lost, none invented."""
    assert column(values, kind) == (texts or [str(value) for value in values])


def test_old_timestamps_are_exact() -> None:
    """P8: int96, the year 9999 among them, which nanoseconds cannot hold."""
    far = datetime.datetime(9999, 12, 31)
    table = pa.table({"id": [1, 2], "x": pa.array([STAMP, far], pa.timestamp("us"))})
    content = parquet(table, use_deprecated_int96_timestamps=True)
    assert [row[1] for row in cells(read(content))] == ["2020-01-02 03:04:05.678", "9999-12-31 00:00:00"]


def test_structs_are_opened_one_level_and_lists_left_out() -> None:
    """P5: both are said."""
    table = read(parquet(pa.table({"id": [1], "s": [{"a": 2, "q": [1]}], "tags": [["x"]]})))
    assert (table.columns, cells(table)) == (("id", "s.a"), [["1", "2"]])
    assert table.report.notes == ("Left out, being lists or nested too deeply: s.q and tags.",)


def test_duplicate_names_are_numbered() -> None:
    """P6."""
    report = read(parquet(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["x", "x"])))
    assert report.columns == ("x", "x (2)")
    assert report.report.fixes


def test_labels_are_written_out() -> None:
    """Categories stored as numbers with a list of labels."""
    table = pa.table({"id": [1, 2], "x": pa.array(["a", "b"]).dictionary_encode()})
    assert [row[1] for row in cells(read(parquet(table)))] == ["a", "b"]


def test_the_index_of_pandas_is_a_column() -> None:
    """P9: stored as a column, as a named range, or unnamed."""
    import pandas as pd

    frame = pd.DataFrame({"x": [5, 6], "y": [7, 8]})
    named = frame.set_index(pd.Index(["a", "b"], name="customer"))
    ranged = frame.set_index(pd.RangeIndex(1, 3, name="customer"))
    unnamed = frame.set_index(pd.Index(["a", "b"]))
    assert "customer" in read(parquet(pa.Table.from_pandas(named))).columns
    assert cells(read(parquet(pa.Table.from_pandas(ranged)))) == [["1", "5", "7"], ["2", "6", "8"]]
    assert "index" in read(parquet(pa.Table.from_pandas(unnamed))).columns


def test_feather_is_read() -> None:
    """P10: by its content, whatever the name."""
    buffer = io.BytesIO()
    feather.write_feather(pa.table({"id": [1, 2], "x": [1.5, None]}), buffer, compression="zstd")
    table = read(buffer.getvalue(), "customers.xlsx")
    assert (table.report.format, cells(table)) == ("arrow", [["1", "1.5"], ["2", None]])


def stream(table: Any) -> bytes:
    """The table as messages of Arrow, one behind the other."""
    buffer = io.BytesIO()
    with pa.ipc.new_stream(buffer, table.schema) as writer:
        writer.write_table(table, max_chunksize=2)
    return buffer.getvalue()


STREAM = stream(pa.table({"id": [1, 2, 3], "x": pa.array(["a", None, "a"]).dictionary_encode()}))


def test_a_stream_of_arrow_is_read() -> None:
    """What programs send each other has no file around it; it was called binary data."""
    table = read(STREAM, "customers.arrows")
    assert (table.report.format, cells(table)) == ("arrow", [["1", "a"], ["2", None], ["3", "a"]])
    assert table.report.notes == ()


def test_a_stream_without_its_end_is_said() -> None:
    """Cut between two messages, nothing else shows that customers are missing."""
    assert read(STREAM[:-8]).report.notes == ("The end of the stream is not marked: the file may be incomplete.",)


SMALL = parquet(pa.table({"id": [1, 2], "x": ["a", "b"]}))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (SMALL[:-10], "RG-032"),
        (SMALL[:4] + SMALL[60:], "RG-032"),
        (SMALL[:-8] + b"\xff\xff\xff\x7f" + SMALL[-4:], "RG-032"),
        (b"PARE" + SMALL[4:-4] + b"PARE", "RG-033"),
        (b"PAR1\x15\x04", "RG-032"),
        (b"ARROW1\0\0" + b"\xff" * 60, "RG-032"),
        (STREAM[:-30], "RG-032"),
        (STREAM[:6] + b"\xff" * 60, "RG-032"),
    ],
    ids=["footer", "middle", "length of the footer", "encrypted", "head alone", "arrow", "stream", "its length"],
)
def test_damaged_and_locked_files_are_refused(content: bytes, code: str) -> None:
    """P1, P7."""
    assert refusal(content).code == code


def test_text_beyond_its_share_is_refused() -> None:
    """P3: a dictionary holds one long text, a million rows point at it."""
    table = pa.table({"id": pa.array([1] * 200_000), "x": pa.array(["a" * 1_000] * 200_000)})
    content = parquet(table, use_dictionary=True)
    assert len(content) < 100_000
    assert refusal(content).code == "RG-031"


def test_a_billion_rows_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """P2: by the footer's own count; here ten rows where four cells are allowed."""
    monkeypatch.setattr(_parquet_table, "MAX_CELLS", 4)
    with pytest.raises(ReportgenError) as caught:
        parse_parquet(parquet(pa.table({"id": list(range(10))})))
    assert caught.value.code == "RG-021"


def test_keys_of_bytes_are_written_out() -> None:
    """UUIDs and digests are ids, however many of them could be read as text; pictures are none."""
    keys = [uuid.UUID(int=at * 7919 + 1) for at in range(3)]
    table = read(
        parquet(
            pa.table(
                {
                    "id": pa.array([key.bytes for key in keys], pa.uuid()),
                    "plain": pa.array([key.bytes for key in keys], pa.binary(16)),
                    "digest": pa.array([bytes([at]) * 20 for at in range(3)], pa.binary(20)),
                    "picture": pa.array([b"\xff\xd8" * 9] * 3, pa.binary()),
                }
            )
        )
    )
    assert cells(table)[1] == [str(keys[1]), str(keys[1]), "01" * 20, None]


def test_numbers_stored_as_text_may_have_two_readings() -> None:
    """`1.234` was 1.234 without a word, where the same text in a CSV is asked about."""
    kinds = {"text": ["1.234", "5.678", "9"], "number": [1.234, 5.678, 9.0], "word": ["a", "b", None]}
    coded = pa.array(kinds["text"]).dictionary_encode()
    assert read(parquet(pa.table({**kinds, "coded": coded}))).text_numbers == {"text": 2, "coded": 2}
