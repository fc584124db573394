"""Finds the columns of fixed width text: strips of blanks that run through all lines, or a ruler of dashes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from reportgen.ingest._parse import Dialect, cut_line, is_ruler

LEAST_LINES = 3
"""A header and two records: in fewer lines blanks stand below each other by chance."""
SEEN_LINES = 400
RULER_WITHIN = 50
"""Lines among which a ruler is looked for; more notes do not stand above a table."""
LEAST_FIT = 0.9
"""Share of lines that the columns must cut cleanly; the others are notes, or text too long for its column."""
LEAST_PADDED = 0.8
"""Share of lines with a run of blanks between words; prose has hardly any."""
HEAD_LINES = 3
"""Lines among which the header is, mostly."""
TOLERATED = 0.02
"""Share of lines that may have text in a gutter: some cells are too long for their column."""
_RUN = re.compile(r"[-=]+")
_BLANKS = re.compile(r" +")
_PADDING = re.compile(r"\S {2,}\S")
_SIGNS = ",;|"
"""A column whose cells all end or begin with one of these is one of padded delimited text."""

Gutters = tuple[tuple[int, int], ...]


def find_fixed_width(text: str) -> Dialect | None:
    """The columns, if the lines have any."""
    lines = text.splitlines()[:SEEN_LINES]
    block = _largest_block(lines)
    if len(block) < LEAST_LINES or any("\t" in line for line in block):
        return None
    gutters = _by_ruler(lines) or _by_blanks(block, lines)
    if not gutters:
        return None
    cut = [cut_line(line, gutters) for line in block if not is_ruler([line])]
    fitting = [fields for fields in cut if fields is not None]
    if len(fitting) < max(LEAST_LINES - 1, LEAST_FIT * len(cut)) or _is_padded_text(fitting):
        return None
    return Dialect(" ", gutters=gutters)


def _largest_block(lines: Sequence[str]) -> list[str]:
    """The longest run of lines that no blank one interrupts: titles and notes stand apart from the table."""
    best: list[str] = []
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
            continue
        best = max(best, block, key=len)
        block = []
    return best


def _by_ruler(lines: Sequence[str]) -> Gutters:
    """The gaps of a ruler such as `--- -------- ----`, which is as wide as the columns."""
    for line in lines[:RULER_WITHIN]:
        runs = [found.span() for found in _RUN.finditer(line)]
        if len(runs) > 1 and is_ruler([line]) and not line.strip(" -="):
            return tuple((left[1], right[0]) for left, right in pairwise(runs))
    return ()


def _by_blanks(block: Sequence[str], lines: Sequence[str]) -> Gutters:
    """Strips that are blank in all lines but a few, and two wide in one at least: a single blank may part two words."""
    if sum(bool(_PADDING.search(line)) for line in block) < LEAST_PADDED * (len(block) - 1):
        return ()
    width = max(map(len, block))
    n_written = [sum(line[at : at + 1] not in ("", " ") for line in block) for at in range(width)]
    is_blank = [n <= TOLERATED * len(block) for n in n_written]
    edges = [at for at in range(width + 1) if at in (0, width) or is_blank[at] != is_blank[at - 1]]
    strips = [(first, behind) for first, behind in pairwise(edges) if is_blank[first] and first > 0 and behind < width]
    heads = [*[line for line in lines if line.strip()][:HEAD_LINES], block[0]]
    wide = [strip for strip in strips if _is_wide(strip, block)]
    narrowed = tuple(_narrowed(strip, heads) for strip in wide)
    single = frozenset(new for new, old in zip(narrowed, wide, strict=True) if old[1] - old[0] == 1)
    return _merged(narrowed, single, block)


def _narrowed(strip: tuple[int, int], heads: Sequence[str]) -> tuple[int, int]:
    """The widest blank of the first lines inside the strip: a name of several words may be longer than its cells."""
    first, behind = strip
    for lines in (heads, heads[-1:]):
        drawn = "".join(" " if all(line[at : at + 1] in ("", " ") for line in lines) else "x" for at in range(behind))
        gaps = [found.span() for found in _BLANKS.finditer(drawn, first, behind)]
        if gaps:
            return max(gaps, key=lambda gap: (gap[1] - gap[0], gap[1]))
    return strip


def _merged(strips: Gutters, single: frozenset[tuple[int, int]], block: Sequence[str]) -> Gutters:
    """The strips but those inside a name of several words, and those between a name and its cells below.

    `single`: those of one position in the lines below the header.
    """
    header, *rows = (cut_line(line, strips) for line in block)
    if header is None:
        return strips
    columns = zip(*(fields for fields in rows if fields is not None), strict=True)
    least = TOLERATED * len(rows)
    facts = [(bool(name), sum(map(bool, cells)) > least) for name, cells in zip(header, columns, strict=False)]
    kept = []
    left = facts[0] if facts else (False, False)
    for strip, right in zip(strips, facts[1:], strict=False):
        is_inside = (strip in single and not all(right)) or (strip[1] - strip[0] == 1 and right == (True, False))
        is_between = {left, right} == {(True, False), (False, True)}
        if is_inside or is_between:
            left = (left[0] or right[0], left[1] or right[1])
        else:
            kept.append(strip)
            left = right
    return tuple(kept)


def _is_wide(strip: tuple[int, int], block: Sequence[str]) -> bool:
    """Whether some line is blank beside a strip of one position, too."""
    first, behind = strip
    return behind - first > 1 or any(
        line[behind:].strip() and (line[first - 1] == " " or line[behind : behind + 1] == " ") for line in block
    )


def _is_padded_text(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column's cells all end or begin with one sign: then it is the delimiter, and the blanks fill up."""
    columns = list(zip(*rows, strict=True))
    is_behind = any(all(cell.endswith(sign) for cell in cells) for cells in columns[:-1] for sign in _SIGNS)
    return is_behind or any(all(cell.startswith(sign) for cell in cells) for cells in columns[1:] for sign in _SIGNS)
