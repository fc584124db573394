"""Reads the brand's logo into a `data:` address, so that every output carries it inside."""

from __future__ import annotations

import base64

from reportgen.errors import ReportgenError
from reportgen.render._brand_file import read_brand_file

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_LOGO_BYTES = 300_000
"""A logo is printed two centimetres high; more than this would only weigh on the mail."""


def load_logo(path: str) -> str:
    """The PNG as a `data:` address; empty for an empty path. Raises ReportgenError (RG-060)."""
    if not path:
        return ""
    content = read_brand_file(path, "logo", MAX_LOGO_BYTES, "Save it smaller: 600 pixels across are enough.")
    if not content.startswith(PNG_SIGNATURE):
        raise ReportgenError("RG-060", f"The brand's logo {path} is not a PNG.", "Save it as PNG, two inches wide.")
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"
