"""Reads the brand's logo into a `data:` address, so that every output carries it inside."""

from __future__ import annotations

import base64
from pathlib import Path

from reportgen.errors import ReportgenError

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_LOGO_BYTES = 300_000
"""A logo is printed two centimetres high; more than this would only weigh on the mail."""


def load_logo(path: str) -> str:
    """The PNG as a `data:` address; empty for an empty path. Raises ReportgenError (RG-060)."""
    if not path:
        return ""
    try:
        content = Path(path).read_bytes()
    except OSError as fault:
        raise ReportgenError("RG-060", f"The brand's logo {path} cannot be read: {fault.strerror}.") from None
    if not content.startswith(PNG_SIGNATURE):
        raise ReportgenError("RG-060", f"The brand's logo {path} is not a PNG.", "Save it as PNG, two inches wide.")
    if len(content) > MAX_LOGO_BYTES:
        raise ReportgenError(
            "RG-060",
            f"The brand's logo {path} has {len(content):,} bytes; {MAX_LOGO_BYTES:,} are allowed.",
            "Save it smaller: 600 pixels across are enough.",
        )
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"
