"""Names what a file's bytes are by their content; the file's extension is never asked."""

from __future__ import annotations

import io
import re
import zipfile

XLSX, XLS, ODS, TEXT = "xlsx", "xls", "ods", "text"

HEAD = 4096
"""Bytes looked at for a signature."""
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"SQLite format 3\x00", "an SQLite database"),
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
_JSON = re.compile(rb"""\{\s*(?:"|\}\s*$)|\[\s*(?:[\[{"\d\-\]]|true|false|null)""")
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
    """One of XLSX, XLS, ODS, TEXT, or a noun for what cannot be read as a table, as in `a PDF document`."""
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return next((noun for stream, noun in _OLE_STREAMS if stream.encode("utf-16-le") in data), XLS)
    for signature, noun in _SIGNATURES:
        if data.startswith(signature):
            return noun
    return _text_kind(data[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip())


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
    return "a PowerPoint presentation" if any(name.startswith("ppt/") for name in names) else "a zip archive"


def _text_kind(head: bytes) -> str:
    if _HTML.match(head) or (_XML.match(head) and b"<html" in head.lower()):
        return "an HTML page"
    if _XML.match(head):
        return "an XML document"
    return "JSON" if _JSON.match(head) else TEXT
