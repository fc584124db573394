"""Archives: one level, one table, by content; what is damaged, locked or a bomb is said."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable

import pyarrow as pa
import pytest
from ingest_exports import CUSTOMERS, archive, cells, read, refusal, workbook

from reportgen.ingest import _containers

TEXT = CUSTOMERS.encode()
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": lambda data: pa.Codec("zstd").compress(data, asbytes=True),
}


@pytest.mark.parametrize("word", PACKERS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_a_packed_text_reads_like_the_text(word: str, encoding: str) -> None:
    """C45: cells, encoding and all; hash and size are those of the file."""
    packed = PACKERS[word](CUSTOMERS.encode(encoding))
    table, plain = read(packed, "customers.dat"), read(CUSTOMERS.encode(encoding))
    assert cells(table) == cells(plain)
    assert (table.report.container, table.report.encoding) == (word, plain.report.encoding)
    assert (table.report.sha256, table.report.n_bytes) == (hashlib.sha256(packed).hexdigest(), len(packed))


@pytest.mark.parametrize("word", PACKERS)
def test_a_broken_archive_is_said_to_be_damaged(word: str) -> None:
    """C47: cut off anywhere behind its signature, RG-032."""
    packed = PACKERS[word](TEXT)
    assert {refusal(packed[:cut]).code for cut in (len(packed) // 2, len(packed) - 3)} == {"RG-032"}


def test_a_wrong_checksum_is_found() -> None:
    """C47: gzip and zip carry one."""
    packed = bytearray(gzip.compress(TEXT))
    packed[-8] ^= 1
    assert refusal(bytes(packed)).code == "RG-032"
    zipped = archive({"a.csv": CUSTOMERS}).replace(struct.pack("<I", zlib.crc32(TEXT)), b"\1\2\3\4")
    assert refusal(zipped).code == "RG-032"


@pytest.mark.parametrize("word", PACKERS)
def test_a_bomb_is_refused_by_what_comes_out(word: str) -> None:
    """C47: 60 MB of one letter."""
    assert refusal(PACKERS[word](b"a" * (60 << 20))).code == "RG-031"


def test_joined_streams_are_read_to_the_end() -> None:
    """Two gzip or xz streams in one file are one text."""
    first, second = TEXT[:40], TEXT[40:]
    for pack in (gzip.compress, lzma.compress, bz2.compress):
        assert read(pack(first) + pack(second)).report.n_physical == 5


def test_an_xz_that_asks_for_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dictionary's size stands in the file."""
    monkeypatch.setattr(_containers, "XZ_MEMORY", 1 << 20)
    assert refusal(lzma.compress(TEXT, preset=9)).code == "RG-031"


def test_a_zip_with_one_table_is_read() -> None:
    """C45: what macOS adds and a text that explains are left out, the latter said."""
    content = archive({"out/june.csv": CUSTOMERS, "__MACOSX/._june.csv": "x", "README.txt": "from the shop"})
    report = read(content).report
    assert (report.n_physical, report.container) == (5, "zip, out/june.csv")
    assert report.notes == ("Left out of the archive: README.txt.",)


def test_a_workbook_in_a_zip_is_read() -> None:
    """One level: a workbook is no archive to its user."""
    assert read(archive({"june.xlsx": workbook({"S": [["id", "name"], [1, "Ann"]]})})).report.format == "xlsx"


def test_several_tables_in_a_zip_are_asked_about() -> None:
    """C46: the setting decides, by name with or without folder; guessing takes the largest and says so."""
    content = archive({"a/june.csv": CUSTOMERS, "a/july.csv": CUSTOMERS + "6,Fay,20,41\n"})
    fault = refusal(content)
    assert fault.code == "RG-007"
    assert "a/june.csv and a/july.csv" in fault.sentence
    assert read(content, sheet="june.csv").report.n_physical == 5
    guessed = read(content, when_unsure="guess").report
    assert (guessed.n_physical, len(guessed.fixes)) == (6, 1)


@pytest.mark.parametrize("name", ["../june.csv", "/etc/june.csv", "C:\\june.csv", "a/..\\..\\june.csv"])
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    """C46: nothing is written, but such an archive is no export."""
    assert refusal(archive({name: CUSTOMERS})).code == "RG-005"


@pytest.mark.parametrize(
    "inner",
    [archive({"a.csv": CUSTOMERS}), gzip.compress(TEXT), b"a".ljust(257, b"\0") + b"ustar\x0000" + bytes(300)],
    ids=["zip", "gzip", "tar"],
)
def test_an_archive_in_an_archive_is_refused(inner: bytes) -> None:
    """C46: one level only, tar among them."""
    assert refusal(archive({"inner": inner})).code == "RG-005"
    assert refusal(gzip.compress(inner)).code == "RG-005"


def test_a_zip_with_a_password_is_refused() -> None:
    """The flag in the directory says so."""
    packed = bytearray(archive({"a.csv": CUSTOMERS}))
    packed[6] |= 1
    packed[packed.index(b"PK\1\2") + 8] |= 1
    assert refusal(bytes(packed)).code == "RG-033"


def test_unusual_packing_in_a_zip_is_said() -> None:
    """Only stored and deflated: what every system's own tool writes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("a.csv", CUSTOMERS)
    assert refusal(buffer.getvalue()).code == "RG-005"


def test_empty_archives_are_empty() -> None:
    """RG-001, whether no file is in it or an empty one."""
    assert refusal(archive({"folder/": ""})).code == "RG-001"
    assert refusal(archive({"a.csv": ""})).code == "RG-001"
    assert refusal(gzip.compress(b"")).code == "RG-001"


@pytest.mark.parametrize("name", [".", "./", ""])
def test_an_entry_without_a_name_is_no_file(name: str) -> None:
    """Damage can leave a directory entry without its name; the table beside it is read."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        zipped.writestr(zipfile.ZipInfo(name), b"")
        zipped.writestr("customers.csv", TEXT)
    assert cells(read(packed.getvalue(), "export.zip")) == cells(read(TEXT))
