"""C44 to C48: files that still grow, archives, and file names."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zlib
from pathlib import Path

import pytest
from ingest_exports import archive
from outcomes import ENGINE, N_LONG, asked, customers, delimited, meet, ok, refused, settings_of, texts

from reportgen.errors import ReportgenError
from reportgen.ingest.stage import read_export
from reportgen.pipeline import look

PLAIN = delimited(customers())


def test_c44_a_file_that_still_grows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """REFUSE RG-006, exit code 75: while it was read the file became longer."""
    export = tmp_path / "customers.csv"
    export.write_text(PLAIN)
    read = os.read

    def read_while_written(handle: int, size: int) -> bytes:
        with export.open("a") as file:
            file.write("C9999,Rome,1,2,3\n")
        return read(handle, size)

    monkeypatch.setattr(os, "read", read_while_written)
    with pytest.raises(ReportgenError) as caught:
        look(export, settings_of())
    assert (caught.value.code, caught.value.exit_code) == ("RG-006", 75)


PACKED = {
    "c45 gzip": ("customers.csv.gz", gzip.compress(PLAIN.encode())),
    "c45 zip": ("customers.zip", archive({"customers.csv": PLAIN})),
    "c45 gzip of UTF-16": ("a.gz", gzip.compress(PLAIN.encode("utf-16"))),
    "c45 gzip of two members": ("a.csv.gz", gzip.compress(PLAIN[:500].encode()) + gzip.compress(PLAIN[500:].encode())),
    "c45 zip with a Mac's leftovers": (
        "a.zip",
        archive({"export/": "", "export/a.csv": PLAIN, "__MACOSX/export/._a.csv": b"\0\5\x16\7", ".DS_Store": b"\0"}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PACKED)
def test_c45_one_packed_table_reads_like_the_plain_one(case: str) -> None:
    """OK: gz or zip with one table; what it was unpacked from is in the report, hash and size are the file's."""
    name, content = PACKED[case]
    seen = ok(content, name=name)
    assert seen.raw.report.container
    assert seen.raw.report.n_bytes == len(content)


def test_c46_a_zip_of_two_tables_is_asked_about() -> None:
    """ASK: both names are shown, `sheet` decides."""
    content = archive({"october.csv": PLAIN, "november.csv": delimited(customers(38))})
    question = asked(content, "october.csv", "november.csv", setting="sheet", name="a.zip")
    assert texts(question.decided(content, "november.csv", "a.zip")) == customers(38)


def test_c46_an_archive_in_an_archive_is_refused() -> None:
    """REFUSE: one level only, in any mix of formats."""
    inner = archive({"customers.csv": PLAIN})
    for content in (archive({"a.zip": inner}), gzip.compress(inner), gzip.compress(gzip.compress(PLAIN.encode()))):
        refused(content, "RG-005", "RG-031", name="a.zip")


@pytest.mark.parametrize("path", ["../../etc/cron.d/x.csv", "/etc/x.csv", "C:\\x.csv", "a/../../x.csv", "..\\x.csv"])
def test_c46_names_that_lead_outside_are_refused(path: str, tmp_path: Path) -> None:
    """REFUSE: an archive that would write elsewhere is no honest export."""
    refused(archive({path: PLAIN}), "RG-005", "RG-031", "RG-032", "RG-034", name="a.zip")


def test_c46_a_tar_is_named_as_such() -> None:
    """REFUSE RG-005: not read as one table of everything in it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as packed:
        entry = tarfile.TarInfo("a.csv")
        entry.size = len(PLAIN)
        packed.addfile(entry, io.BytesIO(PLAIN.encode()))
    refused(buffer.getvalue(), "RG-005", name="a.tar")
    refused(gzip.compress(buffer.getvalue()), "RG-005", "RG-031", name="a.tgz")


def bomb(n_mib: int) -> bytes:
    """A gzip file of `n_mib` MiB of blanks in about a thousandth of that."""
    deflate = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = deflate.compress(b" " * (1 << 20)) + deflate.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + block * n_mib + deflate.flush() + b"\0" * 8


def test_c47_a_gzip_bomb_is_refused() -> None:
    """REFUSE RG-031: 1.5 GiB in 1.5 MiB, counted while it is unpacked."""
    refused(bomb(1_500), "RG-031", name="a.csv.gz")


def test_c47_many_small_members_are_one_bomb() -> None:
    """REFUSE RG-031: the limit holds for all members together."""
    refused(gzip.compress(b" " * (16 << 20)) * 100, "RG-031", name="a.csv.gz")


def test_c47_a_damaged_archive_is_refused() -> None:
    """REFUSE RG-032: cut off, or with a checksum that is not that of the content."""
    packed = gzip.compress(delimited(customers(N_LONG)).encode())
    wrong = packed[:-8] + bytes([packed[-8] ^ 1]) + packed[-7:]
    for content in (packed[: len(packed) // 2], packed[:-4], wrong):
        refused(content, "RG-032", name="a.csv.gz")
    zipped = archive({"a.csv": delimited(customers(N_LONG))})
    refused(zipped[:200] + bytes([zipped[200] ^ 1]) + zipped[201:], "RG-032", name="a.zip")


NAMES = [
    "x*.csv", "x?ther.csv", "[xy]other.csv", "{x,y}.csv", "two words.csv", 'quo"te.csv', "it's.csv", "new\nline.csv",
    "-rf.csv", "--strict.csv", "$(id).csv", "%s.csv", "ü.csv", "ü.csv", "\u202ecsv.exe", "~root.csv", "a;b.csv",
    "&.csv",
]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids these names")
@pytest.mark.parametrize("name", [*NAMES, os.fsdecode(b"caf\xe9.csv")], ids=ascii)
def test_c48_a_name_means_that_file_alone(name: str, tmp_path: Path) -> None:
    """OK: never a pattern, never an option; what is shown of the name can be printed."""
    (tmp_path / "xother.csv").write_text(delimited(customers(25)))
    (tmp_path / name).write_text(PLAIN)
    table = read_export(tmp_path / name, settings_of().input, ENGINE)
    assert table.report.n_physical == 40
    assert table.report.file_name.isprintable()
    assert table.report.file_name.encode()


def test_the_bomb_is_one() -> None:
    """What the tests unpack is a well-formed stream until it is too long."""
    assert len(zlib.decompress(bomb(3)[10:-8], wbits=-zlib.MAX_WBITS)) == 3 << 20
    assert texts(meet(PLAIN)) == customers()
