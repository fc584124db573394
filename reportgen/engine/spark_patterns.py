"""Patterns and replacements as Java understands them, for what Python and RE2 read alike."""

from __future__ import annotations

from functools import lru_cache

ONE_LINE_END = "(?d)"
"""Only `\\n` ends a line for `.` and `^`: Java would take five other signs for ends too."""
END = r"\z"
"""The very end: Java's `$` also matches before a last line end, as Python's does and RE2's does not."""


@lru_cache(maxsize=1_024)
def java_pattern(pattern: str) -> str:
    """The pattern for Java's regular expressions: `$` is the very end, and no sign in a class opens another one."""
    found, in_class, place = [ONE_LINE_END], False, 0
    while place < len(pattern):
        sign = pattern[place]
        if sign == "\\":
            found.append(pattern[place : place + 2])
            place += 2
            continue
        is_first = in_class and pattern[place - 1] in "[^" and found[-1] in ("[", "[^")
        if in_class:
            in_class = sign != "]" or is_first
            found.append(rf"\{sign}" if sign in "[&" or (sign == "]" and is_first) else sign)
        elif sign == "[":
            in_class, opening = True, pattern[place : place + 2]
            found.append("[^" if opening == "[^" else "[")
            place += opening == "[^"
        else:
            found.append(END if sign == "$" else sign)
        place += 1
    return "".join(found)


def java_replacement(text: str) -> str:
    """The text as what stands in place of a match, no sign of it meaning a group."""
    return text.replace("\\", r"\\").replace("$", r"\$")
