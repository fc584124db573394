"""Turns bytes into text: the encoding is stated, proved or guessed, and no byte vanishes unsaid."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from reportgen.errors import ReportgenError
from reportgen.ingest._control_signs import control_delimiter, lines_by_record_sign
from reportgen.ingest._doubts import Doubts
from reportgen.ingest._encodings import likely_encodings
from reportgen.ingest._letter_habits import by_habit
from reportgen.wording import format_count, join_words, plural, scrub

DAMAGE = "\udcff"
"""Stands in the text for bytes that could not be decoded; a lone surrogate, so that no export can hold it."""
REPLACEMENT = "\ufffd"
"""What the reader sees instead."""
GUESS_SAMPLE = 1 << 16
"""Bytes of lines with foreign letters that the guess is made from; more does not change it."""
UTF16_NUL_SHARE = 0.3
"""Share of NUL bytes at odd or even places that makes a file UTF-16; text in Latin letters has .5 at one of them."""
MAX_CONTROL_SHARE = 0.01
"""Share of control characters beyond which content is no text; exports in the wild hold none or a few."""
FEW_DAMAGED = 0.001
"""Share of bytes up to which wrong ones are damage, not another encoding: a language's own letters are 1 % or more."""

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HALF_PAIR = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""Half of a surrogate pair, as programs write it that cut texts of UTF-16: damage in what is UTF-8 otherwise."""
_OTHER_CONTROLS = b"\x1b\x7f"
"""Controls that encodings of text use: ESC opens the shifts of ISO-2022."""
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_HIGH_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŠšŽžŒœŸ]*[^\x00-\x7f][^\W\d_]*")
_WESTERN_LETTER = re.compile(r"[À-ÖØ-öø-ÿŠšŽžŒœŸ]")
_WESTERN_SIGN = re.compile(r"[\xa0€‚„…‰‹‘’“”•–—™›¡¢£¥§©ª«®°±²³´µ·¹º»¼½¾¿×]")
_BETWEEN_WORDS = re.compile(r"[\xa0‘’‚–—´·…•]")
_RESTORED = {code: sign for code in range(0x80, 0xA0) if (sign := bytes([code]).decode("cp1252", "ignore"))}
"""Quotes and dashes of Windows-1252, by the control characters that they became where a program took it for Latin-1."""
_LOST_SIGNS = re.compile(f"[{''.join(map(chr, _RESTORED))}]")
FEW_MIXED = 0.01
"""Share of lines that make another encoding; in fewer, wrong bytes are damage."""
FEWEST_UTF8 = 0.1
"""Lines with a letter of UTF-8 to those with other bytes below which they are so by chance."""
SENSE = re.compile("[\u00a0-\u017f\u0218-\u021b\u0370-\u04ff\u2010-\u2026\u20ac\u2122]")
"""Letters of Europe, dashes, quotes, the euro: bytes of another page seldom make one."""
DENSE = 0.5
"""Share of bytes beyond ASCII in the words that hold any, from which the script is not Latin: in Western words .3."""
_HIGH_BYTES = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_UTF8_HINT = "Save the export as UTF-8 (in Excel: CSV UTF-8)."


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    """Without BOM, NULs and a final Ctrl-Z; DAMAGE where bytes could not be decoded."""
    encoding: str
    """Python codec name."""
    notes: tuple[str, ...]
    fixes: tuple[str, ...]


def decode(data: bytes, wanted: str, doubts: Doubts) -> Decoded:
    """The text of the bytes, in the encoding `wanted` if that is not empty.

    Raises ReportgenError (RG-005 for what is no text, RG-008 for an unknown encoding, RG-063 if there is none of the
    name wanted).
    """
    encoding = _checked(wanted) or _stated(data) or _by_nul_pattern(data)
    notes: list[str] = []
    fixes: list[str] = []
    if encoding:
        text = data.decode(encoding, "mark-damage")
    else:
        text, encoding, notes, fixes = _decode_unstated(data, doubts)
    if text.startswith("\ufeff"):
        fixes += ["A second byte order mark removed."] * (encoding.endswith("-sig") or text.startswith("\ufeff" * 2))
        text = text.lstrip("\ufeff")
    if n_damaged := text.count(DAMAGE):
        fixes.append(f"{plural(n_damaged, 'place')} held bytes that are no {encoding} text, shown as {REPLACEMENT}.")
    if not text.isascii() and (n_lost := len(_LOST_SIGNS.findall(text))):
        text = text.translate(_RESTORED)
        fixes.append(f"{plural(n_lost, 'sign')} of Windows-1252 that had been saved as control characters restored.")
    n_nul = text.count("\0")
    if n_nul - (len(text) - len(text.rstrip("\0"))) > UTF16_NUL_SHARE * len(text):
        raise _not_text()
    if n_nul:
        text = text.replace("\0", "")
        fixes.append(f"{plural(n_nul, 'NUL character')} removed.")
    if "\x1a" in text and text.rstrip("\r\n").endswith("\x1a"):
        text = text.rstrip("\r\n\x1a")
        fixes.append("The end-of-file character of old DOS programs (Ctrl-Z) removed.")
    text = lines_by_record_sign(text)
    _check_controls(text[:GUESS_SAMPLE])
    text, said = _without_inner_marks(text)
    fixes += said
    return Decoded(text, encoding, tuple(notes), tuple(fixes))


def _check_controls(sample: str) -> None:
    """Raises ReportgenError (RG-005) for more control characters than text has, but for one that parts the fields."""
    limit = max(2, MAX_CONTROL_SHARE * len(sample))
    n_controls = len(_CONTROLS.findall(sample))
    if n_controls > limit and n_controls - sample.count(control_delimiter(sample) or DAMAGE * 2) > limit:
        raise _not_text()


def _without_inner_marks(text: str) -> tuple[str, list[str]]:
    """The text without byte order marks at the start of lines, where files were joined, and what to say of them.

    Where the file before had no end of line, the mark and the first line again behind it start a line.
    """
    if "\ufeff" not in text:
        return text, []
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    text, n_glued = re.subn(f"(?<=[^\\r\\n])\ufeff(?={re.escape(first)})", "\n", text) if first else (text, 0)
    text, n_marks = re.subn("(?<=[\\r\\n])\ufeff+", "", text)
    n = n_glued + n_marks
    return text, [f"{plural(n, 'byte order mark')} inside the text removed: files were joined."] if n else []


def _checked(wanted: str) -> str:
    """The wanted encoding, if Python can read text in it; the mark of UTF-8 and UTF-16 stays out of the text."""
    if not wanted:
        return ""
    try:
        name = codecs.lookup(wanted.strip()).name
        "".encode(name)  # refuses the codecs that are none of text, as rot13
    except (LookupError, ValueError):
        raise ReportgenError(
            "RG-063",
            f"there is no text encoding named {scrub(wanted, 40)}.",
            'Set encoding under [input] to one such as "utf-8", "cp1252", "shift_jis" or "gb18030", or leave it out.',
        ) from None
    return "utf-8-sig" if name == "utf-8" else name


def _stated(data: bytes) -> str:
    return next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "")


def _by_nul_pattern(data: bytes) -> str:
    head = data[:GUESS_SAMPLE]
    if b"\0" not in head or len(data) % 2:
        return ""
    half = len(head) / 2
    even, odd = head[::2].count(0) / half, head[1::2].count(0) / half
    if odd > UTF16_NUL_SHARE and even < odd / 10:
        return "utf-16-le"
    return "utf-16-be" if even > UTF16_NUL_SHARE and odd < even / 10 else ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_unstated(data: bytes, doubts: Doubts) -> tuple[str, str, list[str], list[str]]:
    """Text, encoding, notes, fixes."""
    try:
        return data.decode("utf-8"), "utf-8", [], []
    except UnicodeDecodeError:
        text = data.decode("utf-8", "mark-damage")
    if _is_utf8(_HALF_PAIR.sub(b"", data)):
        return text, "utf-8", [], []
    _check_controls(data[:GUESS_SAMPLE].translate(None, _OTHER_CONTROLS).decode("latin-1"))
    n_damaged = text.count(DAMAGE)
    n_foreign = sum(len(run) for run in re.findall(r"[^\x00-\x7f\udcff]+", text))
    if n_foreign and (mixed := _decode_mixed(data)):
        return mixed
    if n_foreign > n_damaged:
        return text, "utf-8", [], []
    sample = b"\n".join(line for line in data.split(b"\n") if not line.isascii())[:GUESS_SAMPLE]
    if encodings := [encoding for encoding in by_habit(sample) if _reads(data, encoding)]:
        return _decode_as(encodings, data, sample, doubts)
    western = data.decode("cp1252", "mark-damage")
    if DAMAGE not in western and not _is_dense(sample) and _is_western(sample.decode("cp1252")):
        return western, "cp1252", [_guess_note("Windows-1252")], []
    if n_damaged <= FEW_DAMAGED * len(data):
        return text, "utf-8", [], []
    return _decode_hinted(data, sample, doubts)


def _decode_mixed(data: bytes) -> tuple[str, str, list[str], list[str]] | None:
    """Two encodings in one file, as when exports were joined: UTF-8, and Windows-1252 where that is no UTF-8.

    None where the bytes in question make no sense as Windows-1252.
    """
    others = [
        (number, line.decode("utf-8", "as-windows-1252"))
        for number, line in enumerate(data.split(b"\n"), start=1)
        if DAMAGE in line.decode("utf-8", "mark-damage")
    ]
    n_lines = data.count(b"\n") + 1
    n_utf8 = sum(bool(SENSE.search(line.decode("utf-8", "mark-damage"))) for line in data.split(b"\n"))
    is_some = len(others) >= max(2, FEW_MIXED * n_lines) and n_utf8 >= FEWEST_UTF8 * len(others)
    if not is_some or not _is_western("\n".join(line for _, line in others)[:GUESS_SAMPLE]):
        return None
    shown = join_words([format_count(number) for number, _ in others[:5]])
    note = (
        f"Two encodings in one file: {plural(len(others), 'line')} held bytes that are not UTF-8, read as Windows-1252"
        f" (first: {'line' if len(others) == 1 else 'lines'} {shown})."
    )
    return data.decode("utf-8", "as-windows-1252"), "utf-8", [], [note]


def _decode_hinted(data: bytes, sample: bytes, doubts: Doubts) -> tuple[str, str, list[str], list[str]]:
    readings = [encoding for encoding in likely_encodings(sample) if _reads(data, encoding)]
    if not readings:
        raise ReportgenError("RG-008", "the text encoding cannot be told from the bytes.", _UTF8_HINT)
    return _decode_as(readings, data, sample, doubts)


def _decode_as(
    readings: list[str], data: bytes, sample: bytes, doubts: Doubts
) -> tuple[str, str, list[str], list[str]]:
    """In the first encoding; if there is another one, that is asked about."""
    encoding = readings[0]
    if len(readings) == 1:
        return data.decode(encoding), encoding, [_guess_note(encoding)], []
    shown = [f"{scrub(' '.join(sample.decode(name, 'replace').split()), 30)} ({name})" for name in readings[:2]]
    doubts.settle(
        ReportgenError(
            "RG-008",
            f"the text encoding cannot be told from the bytes: they may read {join_words(shown, 'or')}.",
            f'Name it: encoding = "{readings[0]}" or encoding = "{readings[1]}" under [input]; or s{_UTF8_HINT[1:]}',
        ),
        f"The text encoding is not sure; read as {shown[0]}.",
    )
    return data.decode(encoding), encoding, [], []


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _guess_note(encoding: str) -> str:
    return f"The encoding is not stated in the file and was guessed from its letters: {encoding}."


def _is_dense(sample: bytes) -> bool:
    """Whether words consist mostly of bytes beyond ASCII, and are longer than a sign that stands alone."""
    words = [word for word in _HIGH_BYTES.findall(sample) if len(word) > 2]
    n_high = sum(sum(byte > 0x7F for byte in word) for word in words)
    return n_high > DENSE * sum(map(len, words))


def _is_western(text: str) -> bool:
    """Whether text read as Windows-1252 makes sense: foreign letters are a part of words, other signs stand apart."""
    if DAMAGE in text:
        return False
    n_fair = n_odd = 0
    for word in _HIGH_WORD.findall(_BETWEEN_WORDS.sub(" ", text)):
        high = [character for character in word if character > "\x7f"]
        letters = sum(bool(_WESTERN_LETTER.match(character)) for character in high)
        signs = sum(bool(_WESTERN_SIGN.match(character)) for character in high)
        is_fair = len(word) <= 2 or letters <= len(word) / 2
        if is_fair and letters + signs == len(high) and (signs == 0 or len(word) - len(high) <= 1):
            n_fair += 1
        else:
            n_odd += 1
    return n_fair >= 2 * n_odd


def _not_text() -> ReportgenError:
    return ReportgenError(
        "RG-005", "this is binary data, not text.", "Export the table as CSV or as an Excel workbook."
    )


def _mark_damage(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return DAMAGE, fault.end


def _as_windows_1252(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return fault.object[fault.start : fault.end].decode("cp1252", "mark-damage"), fault.end


codecs.register_error("mark-damage", _mark_damage)
codecs.register_error("as-windows-1252", _as_windows_1252)
