"""Takes the formula off cells that programs write as `="00123"`, so that a spreadsheet leaves their text alone."""

from __future__ import annotations

import re

from reportgen.wording import plural

SIGN = '="'
_BESIDE = r"[,;\t|\r\n]"
_BARE = re.compile(rf'(?:(?<={_BESIDE})|\A)="([^"\r\n]*)"(?={_BESIDE}|\Z)')
"""A whole field; an `="` inside of one belongs to its text."""
_QUOTED = re.compile(rf'(?:(?<={_BESIDE})|\A)"=""([^"\r\n]*)"""(?={_BESIDE}|\Z)')
"""The same as the rules of CSV write it."""


def plain_texts(text: str) -> tuple[str, str]:
    """The text with such cells as quoted fields, and what to say of it or nothing."""
    if SIGN[0] not in text or SIGN not in text:  # one character is sought ten times as fast as two
        return text, ""
    text, n_bare = _BARE.subn(r'"\1"', text)
    text, n_quoted = _QUOTED.subn(r'"\1"', text)
    n = n_bare + n_quoted
    return text, f'{plural(n, "cell")} written as formulas (="…") read as the text in them.' if n else ""
