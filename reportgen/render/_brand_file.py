"""Reads a file that the brand's settings name."""

from __future__ import annotations

from pathlib import Path

from reportgen.errors import ReportgenError


def read_brand_file(path: str, what: str, most: int, smaller: str) -> bytes:
    """The content of the brand's `what` (logo, font), at most `most` bytes; `smaller`: how to come under that.

    Raises ReportgenError (RG-060).
    """
    try:
        content = Path(path).read_bytes()
    except OSError as fault:
        raise ReportgenError("RG-060", f"The brand's {what} {path} cannot be read: {fault.strerror}.") from None
    if len(content) > most:
        sentence = f"The brand's {what} {path} has {len(content):,} bytes; {most:,} are allowed."
        raise ReportgenError("RG-060", sentence, smaller)
    return content
