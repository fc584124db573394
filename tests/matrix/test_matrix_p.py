"""P1 to P10: what can be wrong with a Parquet file."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe
import pytest
from outcomes import HEADER, Look, customers, delimited, fixed, meet, ok, refused, said, texts

ROWS = customers()
COLUMNS: dict[str, Any] = {
    name: [row[i] if i < 2 else int(row[i]) for row in ROWS] for i, name in enumerate(HEADER)
}  # fmt: skip
N_ODD = 1_234_567
"""A count whose bytes are met nowhere else in a small footer."""


def parquet(columns: dict[str, Any] | pa.Table, **options: Any) -> bytes:
    table = columns if isinstance(columns, pa.Table) else pa.table(columns)
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **options)
    return buffer.getvalue()


def met(more: dict[str, Any], **options: Any) -> Look:
    return meet(parquet(COLUMNS | more, **options), "a.parquet")


def cells(seen: Look, name: str) -> list[str]:
    return [row[seen.raw.columns.index(name)] for row in texts(seen)]


def varint(n: int) -> bytes:
    """A number as Thrift's compact protocol writes it."""
    left, written = n << 1, bytearray()
    while left > 0x7F:
        written.append(left & 0x7F | 0x80)
        left >>= 7
    return bytes([*written, left])


def with_footer(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The file with its metadata changed and the length behind it set right."""
    size = int.from_bytes(content[-8:-4], "little")
    footer = change(content[-8 - size : -8])
    return content[: -8 - size] + footer + len(footer).to_bytes(4, "little") + content[-4:]


def test_a_plain_file_reads_like_the_csv() -> None:
    """OK: whole numbers without a decimal point, text as it is, whatever the compression."""
    for compression in ("none", "zstd"):
        seen = ok(parquet(COLUMNS, compression=compression), name="a.parquet")
        assert (seen.raw.report.format, seen.raw.columns) == ("parquet", HEADER)


@pytest.mark.parametrize("cut", [1, 4, 40, 400])
def test_p01_a_truncated_footer(cut: int) -> None:
    """REFUSE RG-032: the end is missing."""
    refused(parquet(COLUMNS)[:-cut], "RG-032", name="a.parquet")


def test_p02_a_billion_rows() -> None:
    """REFUSE RG-021: told from the metadata, before a row is read."""
    content = parquet({"a": pa.array([1] * N_ODD, pa.int8()), "b": pa.array([1] * N_ODD, pa.int8())})
    forged = with_footer(content, lambda footer: footer.replace(varint(N_ODD), varint(10**9)))
    assert pq.read_metadata(io.BytesIO(forged)).num_rows == 10**9
    refused(forged, "RG-021", "RG-032", name="a.parquet")


def test_p03_a_small_file_that_expands() -> None:
    """REFUSE RG-031: 5,000 times one text of 200 kB is a gigabyte from some kilobytes."""
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 5_000, pa.int32()), pa.array(["x" * 200_000]))
    content = parquet({"id": pa.array(range(5_000)), "text": text}, compression="zstd")
    assert len(content) < 100_000
    refused(content, "RG-031", name="a.parquet")


def test_p04_a_forged_number_of_values() -> None:
    """REFUSE: a page that claims 2,000,000,000 values ends no process but the reader's own."""
    n = 12_345
    content = parquet({"a": pa.array(range(n)), "b": pa.array(range(n))}, compression="none", use_dictionary=False)
    place = content.rindex(varint(n), 0, len(content) - 8 - int.from_bytes(content[-8:-4], "little"))
    forged = content[:place] + varint(2_000_000_000)[: len(varint(n))] + content[place + len(varint(n)) :]
    refused(forged, "RG-031", "RG-032", name="a.parquet")


def test_p05_nested_columns() -> None:
    """Flattened one level, or set aside; either is said, and no customer is lost."""
    seen = met({"address": [{"city": "Oslo", "zip": str(i)} for i in range(40)], "tags": [["a", "b"]] * 40})
    assert len(texts(seen)) == 40
    assert "tags" in said(seen)
    assert ("address.city" in seen.raw.columns) or "address" in said(seen)
    if "address.zip" in seen.raw.columns:
        assert cells(seen, "address.zip") == [str(i) for i in range(40)]


def test_p06_columns_of_one_name() -> None:
    """FIX: the second `income` is `income (2)`."""
    names = ["customer_id", "city", "income", "income", "visits"]
    content = parquet(pa.Table.from_arrays([pa.array(COLUMNS[name]) for name in HEADER], names=names))
    seen = fixed(content, "income (2)", name="a.parquet")
    assert cells(seen, "income (2)") == [row[3] for row in ROWS]


class KeyService(pe.KmsClient):
    """Wraps no key: enough to write an encrypted file."""

    def wrap_key(self, key_bytes: bytes, master_key_identifier: str) -> bytes:
        return key_bytes

    def unwrap_key(self, wrapped_key: bytes, master_key_identifier: str) -> bytes:
        return wrapped_key


@pytest.mark.parametrize("plain_footer", [False, True], ids=["p7 all", "p7 with a plain footer"])
def test_p07_encrypted_columns(plain_footer: bool) -> None:
    """REFUSE RG-033: no key is asked for anywhere, least of all where the file says."""
    keys = pe.EncryptionConfiguration("foot", column_keys={"key": ["income"]}, plaintext_footer=plain_footer)
    service = pe.CryptoFactory(lambda _: KeyService())
    properties = service.file_encryption_properties(pe.KmsConnectionConfig(), keys)
    refused(parquet(COLUMNS, encryption_properties=properties), "RG-033", name="a.parquet")


def test_p07_types_of_other_programs() -> None:
    """REFUSE or read as what is stored: a type that has to be looked up elsewhere is never loaded."""
    ids = pa.array([bytes([i] * 16) for i in range(40)], pa.binary(16))
    content = parquet(pa.table({**COLUMNS, "uuid": pa.ExtensionArray.from_storage(pa.uuid(), ids)}))
    assert len(texts(meet(content, "a.parquet"))) == 40


def test_p08_exact_numbers_and_times() -> None:
    """Exact: 38 digits, int64, and times to the microsecond; int96 too."""
    amounts = [Decimal(f"{10**33 + i}.{i:02d}") for i in range(40)]
    times = [datetime(2026, 3, 1, 12, 0, 0, i + 1) + timedelta(days=i) for i in range(40)]
    columns = {"amount": pa.array(amounts, pa.decimal128(38, 2)), "big": pa.array([2**63 - 1 - i for i in range(40)]),
               "at": pa.array(times, pa.timestamp("us"))}  # fmt: skip
    for options in ({}, {"use_deprecated_int96_timestamps": True}):
        seen = met(columns, **options)
        assert cells(seen, "amount") == [str(amount) for amount in amounts]
        assert cells(seen, "big") == [str(2**63 - 1 - i) for i in range(40)]
        assert [datetime.fromisoformat(cell) for cell in cells(seen, "at")] == times


def test_p08_nanoseconds_and_time_zones() -> None:
    """Exact: a stamp in nanoseconds keeps its day, one with a zone its moment."""
    moment = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    stamps = [int(moment.timestamp()) * 10**9 + i for i in range(40)]
    columns = {"at": pa.array(stamps, pa.timestamp("ns")), "zoned": pa.array(stamps, pa.timestamp("ns", "Europe/Oslo"))}
    seen = met(columns)
    assert all(cell.replace("T", " ").startswith("2026-03-01 23:30:00") for cell in cells(seen, "at"))
    assert all(cell[:10] in {"2026-03-01", "2026-03-02"} for cell in cells(seen, "zoned"))


def test_p09_the_index_of_pandas_is_a_column() -> None:
    """Restored: ids that were the index are a column like others, under their name."""
    table = pa.table(COLUMNS)
    frame = table.to_pandas().set_index("customer_id")
    seen = meet(parquet(pa.Table.from_pandas(frame)), "a.parquet")
    assert sorted(seen.raw.columns) == sorted(HEADER)
    assert cells(seen, "customer_id") == [row[0] for row in ROWS]


@pytest.mark.parametrize("name", ["customers.csv", "customers.xlsx", "customers.json", "customers"])
def test_p10_another_name_changes_nothing(name: str) -> None:
    """OK by content: Parquet under another name is read, CSV under .parquet too."""
    assert texts(meet(parquet(COLUMNS), name)) == ROWS
    assert texts(meet(delimited(ROWS), "customers.parquet")) == ROWS
