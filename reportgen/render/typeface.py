"""Reads the brand's font into a `data:` address, after a check that it may be embedded and can set a heading."""

from __future__ import annotations

import base64
import io
import string

from fontTools.ttLib import TTFont, TTLibError

from reportgen.errors import ReportgenError
from reportgen.render._brand_file import read_brand_file

MAX_FONT_BYTES = 400_000
"""It stands in the HTML a third larger than here; two megabytes are the page's limit."""

RESTRICTED = 0x0002
"""OS/2 fsType, bit 1: the maker forbids embedding (OpenType specification)."""

NEEDED = string.ascii_letters + string.digits + ".,%–’"


def load_typeface(path: str) -> str:
    """The font as a `data:` address; empty for an empty path. Raises ReportgenError (RG-060)."""
    if not path:
        return ""
    smaller = "Cut it to the Latin letters: pyftsubset font.ttf --unicodes=U+0020-024F"
    content = read_brand_file(path, "font", MAX_FONT_BYTES, smaller)
    refuse_unusable(content, path)
    return f"data:font/ttf;base64,{base64.b64encode(content).decode()}"


def refuse_unusable(content: bytes, path: str) -> None:
    """Raises ReportgenError (RG-060) for a file that is no font, may not be embedded or lacks letters."""
    try:
        with TTFont(io.BytesIO(content), lazy=True) as font:
            letters, rights = font.getBestCmap() or {}, font["OS/2"].fsType
    except (TTLibError, KeyError, AssertionError, ValueError, EOFError, OSError):
        raise ReportgenError(
            "RG-060", f"The brand's font {path} is no TTF or OTF that can be read.", "Give a single font, not a family."
        ) from None
    if rights & 0x000F == RESTRICTED:
        raise ReportgenError(
            "RG-060", f"The brand's font {path} forbids embedding (fsType {rights}).", "Ask its maker for a licence."
        )
    lacking = [letter for letter in NEEDED if ord(letter) not in letters]
    if lacking:
        raise ReportgenError("RG-060", f"The brand's font {path} lacks {' '.join(lacking[:8])}.")
