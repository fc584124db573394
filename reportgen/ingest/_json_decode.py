"""Decodes JSON: in the encodings of its standard, or in an old one that some program wrote all the same."""

from __future__ import annotations

import json

from reportgen.errors import ReportgenError
from reportgen.ingest._decode import decode
from reportgen.ingest._doubts import Doubts
from reportgen.wording import plural, scrub


def decoded(data: bytes, stated: str) -> tuple[str, str, list[str]]:
    """Text, encoding and what was mended: by standard JSON is UTF-8, -16 or -32 (RFC 8259, 8.1; RFC 4627, 3)."""
    encoding = stated or json.detect_encoding(data)
    try:
        return data.decode(encoding).removeprefix("\ufeff"), encoding, []
    except LookupError:
        raise ReportgenError(
            "RG-063", f"there is no encoding named {scrub(stated)}.", "Name it as in utf-8 or cp1252."
        ) from None
    except UnicodeDecodeError:
        if not stated and (found := _of_old_encoding(data)):
            return found
        text = data.decode(encoding, "replace").removeprefix("\ufeff")
    n_damaged = text.count("\ufffd")
    return text, encoding, [f"{plural(n_damaged, 'place')} held bytes that are no {encoding} text, shown as \ufffd."]


def _of_old_encoding(data: bytes) -> tuple[str, str, list[str]] | None:
    """Text in an encoding of eight bits, which no standard allows and old programs write; None where there is none."""
    try:
        found = decode(data, "", Doubts(is_guessing=True))
    except ReportgenError:
        return None
    if found.fixes or found.encoding.startswith("utf"):
        return None
    return found.text, found.encoding, [f"The JSON is no UTF-8, as its standard wants, but {found.encoding}; read so."]
