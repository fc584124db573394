"""Tells the control characters that part fields, as old machines and Hive write them, from those of binary data."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

CONTROL_SIGNS = "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1c\x1d\x1e\x1f"
"""Control characters that stand between fields somewhere; not ESC, which opens shifts, nor Ctrl-Z, an end of file."""
SEEN_LINES = 200
LEAST_LINES = 2
REGULAR = 0.75
"""Share of lines in which the sign stands equally often: binary data is nowhere near."""
RECORD_SIGN, UNIT_SIGN = "\x1e", "\x1f"
"""ASCII's own signs between records and between fields."""
_LINE = re.compile(r"[^\r\n]+")


def control_delimiter(text: str) -> str:
    """The control character that parts the fields of most lines, or empty."""
    lines = [found[0] for found in islice(_LINE.finditer(text), SEEN_LINES)]
    totals = Counter(sign for line in lines for sign in line if sign in CONTROL_SIGNS)
    for sign, _ in sorted(totals.items(), key=lambda entry: (-entry[1], entry[0])):
        counts = Counter(line.count(sign) for line in lines)
        n_signs, n_lines = max(counts.items(), key=lambda entry: (entry[1], entry[0]))
        if n_signs and n_lines >= max(LEAST_LINES, REGULAR * len(lines)):
            return sign
    return ""


def lines_by_record_sign(text: str) -> str:
    """The text with line ends where ASCII's record separator stands, if that and no line end parts its records."""
    is_so = RECORD_SIGN in text and UNIT_SIGN in text and "\n" not in text.replace(f"{RECORD_SIGN}\n", "")
    return re.sub(f"{RECORD_SIGN}\n?", "\n", text) if is_so else text
