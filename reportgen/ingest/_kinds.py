"""Names what a file's bytes are by their content; the file's extension is never asked."""

from __future__ import annotations

import codecs
import io
import re
import zipfile

XLSX, XLS, ODS, TEXT = "xlsx", "xls", "ods", "text"
JSON, PARQUET, ARROW, SQLITE = "JSON", "a Parquet file", "an Arrow file", "an SQLite database"
GZIP, BZIP2, XZ, ZSTD, ZIP = (
    "a gzip archive",
    "a bzip2 archive",
    "an xz archive",
    "a Zstandard archive",
    "a zip archive",
)
DUCKDB, ORC = "a DuckDB database", "an ORC file"
READABLE = frozenset({XLSX, XLS, ODS, TEXT, JSON, PARQUET, ARROW, SQLITE})
ARCHIVES = frozenset({GZIP, BZIP2, XZ, ZSTD, ZIP})

HEAD = 4096
"""Bytes looked at for a signature."""
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ARROW_STREAM = b"\xff\xff\xff\xff"
"""Begins each message where they follow one another without a file around them (Arrow, Encapsulated message format)."""
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", GZIP),
    (b"BZh", BZIP2),
    (b"\xfd7zXZ\x00", XZ),
    (b"\x28\xb5\x2f\xfd", ZSTD),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"PAR1", PARQUET),
    (b"PARE", PARQUET),
    (b"ARROW1", ARROW),
    (ARROW_STREAM, ARROW),
    (b"SQLite format 3\x00", SQLITE),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "an audio, video or image file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p)\b", re.IGNORECASE)
_XML = re.compile(rb"<\?xml|<!--|<[A-Za-z][\w:.-]*[\s/>]")
_SQL = re.compile(rb"^(?:INSERT INTO|CREATE TABLE|DROP TABLE)\b[^,;\t]{1,200}?[(;]", re.IGNORECASE | re.MULTILINE)
_TAR, _TAR_AT = b"ustar", 257
_DUCK, _DUCK_AT = b"DUCK", 8
"""Behind a checksum (duckdb.org, Storage versions and format); a word of a text may stand there, too."""
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_JSON = re.compile(rb"""\{\s*(?:"|\}\s*$)|\[\s*(?:[\[{"\d\-\]]|true|false|null)""")
_NEARLY_JSON = re.compile(
    rb"""(?:(?://[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)\s*)+[\[{]\s*["{\[]"""
    rb"""|(?:(?:var|let|const)\s+)?[A-Za-z_$][\w.$]{0,80}\s*[=(]\s*(?:\{\s*"|\[\s*\{)"""
    rb"""|(?:\[\s*)?\{\s*'[^'\n]{1,200}'\s*:""",
    re.DOTALL,
)
"""Behind comments, in a line of JavaScript, or as Python prints it."""
_YAML = re.compile(rb"(?:---[^\n]*\n)?- [\w .-]+: [^\n]*\n  [\w .-]+: ")
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "a Word document"),
    ("PowerPoint Document", "a PowerPoint presentation"),
    ("__properties_version1.0", "an Outlook message"),
)


_OTHER_DOCUMENTS: tuple[tuple[bytes, str], ...] = (
    (b"opendocument.text", "an OpenDocument text"),
    (b"opendocument.presentation", "an OpenDocument presentation"),
    (b"opendocument.graphics", "an OpenDocument drawing"),
)


def kind_of(data: bytes) -> str:
    """One of READABLE or ARCHIVES, or a noun for what cannot be read as a table, as in `a PDF document`."""
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return next((noun for stream, noun in _OLE_STREAMS if stream.encode("utf-16-le") in data), XLS)
    for signature, noun in _SIGNATURES:
        if data.startswith(signature):
            return noun
    if data[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR:
        return "a tar archive"
    if b"\0" in data[:HEAD] and data[_DUCK_AT : _DUCK_AT + len(_DUCK)] == _DUCK:
        return DUCKDB
    if b"\0" in data[:HEAD] and data.startswith(b"ORC"):
        return ORC
    return _text_kind(_eight_bit(data[:HEAD]).lstrip())


def _eight_bit(head: bytes) -> bytes:
    """The head as UTF-8 where its first bytes name another encoding, without a byte order mark."""
    mark = next((name for bom, name in _WIDE if head.startswith(bom)), "")
    return head.decode(mark, "ignore").encode("utf-8", "ignore") if mark else head.removeprefix(codecs.BOM_UTF8)


def _zip_kind(data: bytes) -> str:
    """A damaged archive is taken for a workbook, whose reader says what is wrong with it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        return XLSX
    if "xl/workbook.bin" in names:
        return "an Excel binary workbook (.xlsb)"
    if any(name.startswith("xl/") for name in names):
        return XLSX
    if "content.xml" in names:
        return next((noun for mark, noun in _OTHER_DOCUMENTS if mark in data[:HEAD]), ODS)
    if any(name.startswith("word/") for name in names):
        return "a Word document"
    return "a PowerPoint presentation" if any(name.startswith("ppt/") for name in names) else ZIP


def _text_kind(head: bytes) -> str:
    if _HTML.match(head) or (_XML.match(head) and b"<html" in head.lower()):
        return "an HTML page"
    if _XML.match(head):
        return "an XML document"
    if _SQL.search(head):
        return "a dump of a database in SQL"
    if _YAML.match(head):
        return "a YAML document"
    return JSON if _JSON.match(head) or _NEARLY_JSON.match(head) else TEXT
