"""Looks at a workbook before it is parsed: refuses what would expand, lie or load from elsewhere.

The parser is compiled code that ends its whole process when it runs out of memory, which no exception handler can
catch; so the size of every sheet is known before it is called. Runs in the limited child, as the parser does.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from reportgen.errors import ReportgenError
from reportgen.ingest._gate_ods import facts_of, scan_ods
from reportgen.ingest._gate_xls import scan_xls
from reportgen.ingest._gate_xlsx import SheetFacts, scan_sheet
from reportgen.ingest._kinds import ODS, XLS
from reportgen.ingest._number_formats import special_styles
from reportgen.ingest._workbook_faults import AS_CSV, damaged, encrypted, expands, too_far
from reportgen.wording import format_count, scrub

MAX_ENTRIES = 5_000
"""Parts of a workbook; a sheet, a chart or a picture is one, hundreds are already many."""
MAX_EXPANDED = 512 << 20
"""Bytes of all parts unpacked: about 20 million cells."""
MAX_RATIO = 200
"""Unpacked to packed, beyond RATIO_FROM: sheets of real exports reach 10 to 40, deflate at its best 1,030."""
RATIO_FROM = 8 << 20
MAX_AREA = 20_000_000
"""Cells between a sheet's first and last corner: a million rows of twenty columns, about 1 GiB in the parser."""
_INDEX = frozenset({"xl/workbook.xml", "xl/_rels/workbook.xml.rels"})
"""Parts that name the sheets."""
_MANIFEST = "META-INF/manifest.xml"
"""Of .ods: it is looked at first, since encrypted parts look damaged."""
_STYLES = "xl/styles.xml"
"""It is looked at before the sheets, whose cells it explains."""
_ATTACHED = "customXml/"
"""What programs attach to a workbook, queries for instance, in UTF-16 too: no reader of tables looks at it."""
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """What the parser does not tell."""

    sheets: dict[str, SheetFacts] = field(default_factory=dict)
    """By sheet name; sheets that are not listed have nothing to say."""
    notes: tuple[str, ...] = ()


def check_workbook(kind: str, data: bytes) -> WorkbookFacts:
    """What is worth a note, if the workbook is safe to parse. Raises ReportgenError (RG-031, 032, 033, 034)."""
    if kind == XLS:
        area, formats = scan_xls(data)
        _check_area(area)
        return WorkbookFacts({name: SheetFacts(formats=found) for name, found in formats.items()})
    kept: dict[str, bytes] = {}
    sheets: dict[str, SheetFacts] = {}
    paths: set[str] = set()
    styles: dict[bytes, str] = {}
    for path, content in _parts(data):
        paths.add(path)
        if path in _INDEX:
            kept[path] = content
        elif path == _STYLES:
            styles = special_styles(content)
        if path == "content.xml":
            sheets = {sheet.name: facts_of(sheet) for sheet in scan_ods(content)}
            _check_area(max(facts.area for facts in sheets.values()))
        elif b"sheetData" in content:
            sheets[path] = scan_sheet(content, styles)
            _check_area(sheets[path].area)
    if kind == ODS:
        return WorkbookFacts(sheets)
    names = _sheet_names(kept)
    return WorkbookFacts({names.get(path, path): facts for path, facts in sheets.items()}, _part_notes(paths))


def _part_notes(paths: set[str]) -> tuple[str, ...]:
    has_macros = "xl/vbaProject.bin" in paths
    has_links = any(path.startswith("xl/externalLinks/") for path in paths)
    return (
        *(["The workbook's macros were not run."] if has_macros else []),
        *(["Links to other workbooks were not followed."] if has_links else []),
    )


def _check_area(area: int) -> None:
    if area > MAX_AREA:
        raise too_far(area, MAX_AREA)


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Path and content of the archive's parts, one unpacked at a time; those of XML declare nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        raise damaged("its archive is damaged or cut off") from None
    if len(entries) > MAX_ENTRIES:
        raise ReportgenError("RG-031", f"the workbook has {format_count(len(entries))} parts.", AS_CSV)
    seen: set[str] = set()
    most = min(MAX_EXPANDED, max(RATIO_FROM, MAX_RATIO * len(data)))
    left = most
    for entry in sorted(entries, key=lambda entry: entry.filename not in (_MANIFEST, _STYLES)):
        if entry.flag_bits & 1:
            raise encrypted()
        if entry.filename in seen:
            raise damaged(f"it holds two parts named {scrub(entry.filename)}")
        seen.add(entry.filename)
        content = _inflated(data, entry, left, most)
        left -= len(content)
        if entry.filename == _MANIFEST and b"encryption-data" in content:
            raise encrypted()
        is_xml = entry.filename.lower().endswith((".xml", ".rels")) and not entry.filename.startswith(_ATTACHED)
        if is_xml or b"sheetData" in content:
            _check_declarations(content)
        yield entry.filename, content


def _inflated(data: bytes, entry: zipfile.ZipInfo, limit: int, most: int) -> bytes:
    """The part's bytes, counted while they are unpacked: the size that the archive states may be a lie."""
    try:
        magic, n_name, n_extra = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
        start = entry.header_offset + _LOCAL_HEADER.size + n_name + n_extra
        packed = data[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_STORED:
            content = packed[: limit + 1]
        elif entry.compress_type == zipfile.ZIP_DEFLATED:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, limit + 1)
        else:
            raise damaged("it is packed in an unusual way")
    except (struct.error, zlib.error):
        raise damaged("a part of it cannot be unpacked") from None
    if len(content) > limit:
        raise expands(max(1, most // len(data)))
    if magic != b"PK\x03\x04" or len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise damaged("a part of it is damaged or cut off")
    return content


def _check_declarations(xml: bytes) -> None:
    """Refuses document types and entities, and text in another encoding that would hide them."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")) or b"\x00" in xml[:64]:
        raise damaged("a part of it is not UTF-8")
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ReportgenError("RG-034", "the workbook declares a document type or entities.", AS_CSV)


def _sheet_names(parts: dict[str, bytes]) -> dict[str, str]:
    """Path of each sheet's part → the sheet's name."""
    try:
        workbook = ElementTree.fromstring(parts["xl/workbook.xml"])  # noqa: S314 - without declarations it cannot expand
        links = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])  # noqa: S314
    except (KeyError, ElementTree.ParseError, ValueError, LookupError):
        raise damaged("its list of sheets cannot be read") from None
    targets = {link.get("Id"): (link.get("Target") or "").removeprefix("/xl/") for link in links}
    sheets = [element for element in workbook.iter() if element.tag.endswith("}sheet")]
    names = {f"xl/{targets.get(sheet.get(f'{_OFFICE}id'))}": sheet.get("name") or "" for sheet in sheets}
    if any(_ATTACHED in path for path in names):
        raise damaged("a sheet stands among what programs attach")
    return names
