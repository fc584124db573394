"""Reads through lines that stand in quotes as a whole, as a table has that was exported twice: `"a,b,c"`."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import islice

from reportgen.ingest._parse import iter_lines
from reportgen.wording import plural

DELIMITERS = ",;\t|"
"""What may part the fields inside."""
QUOTE = '"'
WRAPPED_SHARE = 0.9
"""Share of lines in quotes from which the file was wrapped line by line; the header may stand without."""
SEEN_LINES = 100
"""Lines that tell whether it is worth looking at all of them."""
SAME_WIDTH = 0.9
"""Share of those lines that must have one number of fields inside the quotes, two at least."""


def unwrap_lines(text: str) -> tuple[str, str]:
    """(the text without the quotes around whole lines, what to say of it); the text as it is and nothing otherwise."""
    first = [line for line in islice(iter_lines(text), SEEN_LINES) if line.strip()]
    if not _are_wrapped(first) or not _are_records(first):
        return text, ""
    lines = list(iter_lines(text))
    if not _are_wrapped([line for line in lines if line.strip()]):
        return text, ""
    n_wrapped = sum(is_wrapped(line) for line in lines)
    said = f"{plural(n_wrapped, 'line')} stood in quotes as a whole, now read through."
    return "".join(map(without_wrapping, lines)), said


def is_wrapped(line: str) -> bool:
    """Whether the line is one quoted field with a delimiter in it."""
    bare = line.strip()
    inside = bare[1:-1]
    is_one = len(bare) > 2 and bare[0] == bare[-1] == QUOTE and QUOTE not in inside.replace(QUOTE * 2, "")
    return is_one and any(sign in inside for sign in DELIMITERS)


def without_wrapping(line: str) -> str:
    """The line without its outer quotes, those inside single again; its end stays."""
    if not is_wrapped(line):
        return line
    bare = line.strip()
    return bare[1:-1].replace(QUOTE * 2, QUOTE) + line[len(line.rstrip("\r\n")) :]


def _are_wrapped(lines: list[str]) -> bool:
    return len(lines) > 1 and sum(map(is_wrapped, lines)) >= WRAPPED_SHARE * (len(lines) - 1)


def _are_records(lines: list[str]) -> bool:
    """Whether one delimiter gives most of the lines the same number of fields inside the quotes."""
    inside = [without_wrapping(line).strip("\r\n") for line in lines]
    for sign in DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(inside, delimiter=sign))
        width, n = widths.most_common(1)[0]
        if width > 1 and n >= SAME_WIDTH * len(inside):
            return True
    return False
