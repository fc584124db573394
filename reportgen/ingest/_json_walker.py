"""Walks through the text of a JSON, value by value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.ingest._json_values import DECODER, RepeatedKeyError
from reportgen.wording import format_count, scrub

MAX_DEPTH = 32
"""Levels of nesting; exports have two or three, and each one costs the parser a stack frame."""
_SPACE = re.compile(r"[ \t\r\n]*")
_AGAIN = "Download or export it again."


@dataclass(slots=True)
class Walker:
    """Goes through the text value by value and knows where it is."""

    text: str
    at: int = 0
    wanted: str = ""
    """See `Records.wanted`."""

    def skip(self) -> str:
        """The next character that is no white space, unread; empty at the end."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def take(self, wanted: str) -> None:
        if self.skip() != wanted:
            raise self.damaged(f"`{wanted}` is expected")
        self.at += 1

    def value(self) -> Any:
        """The next value. Raises ReportgenError (RG-032, 035, 036)."""
        self.skip()
        try:
            found, self.at = DECODER.raw_decode(self.text, self.at)
        except json.JSONDecodeError as fault:
            self.at = fault.pos
            raise self.damaged(fault.msg[:1].lower() + fault.msg[1:]) from None
        except RepeatedKeyError as fault:
            raise ReportgenError(
                "RG-036",
                f"an object names the key {scrub(fault.args[0])} twice, {self.place()}.",
                "Give each value a key of its own.",
            ) from None
        except RecursionError:
            raise too_deep() from None
        check_depth(found)
        return found

    def elements(self) -> Iterator[Any]:
        """The elements of the array that starts here."""
        self.take("[")
        if self.skip() == "]":
            self.at += 1
            return
        while True:
            yield self.value()
            if self.skip() == "]":
                self.at += 1
                return
            self.take(",")

    def place(self) -> str:
        line = self.text.count("\n", 0, self.at) + 1
        return f"on line {format_count(line)}, at character {format_count(self.at + 1)} of the file"

    def damaged(self, what: str) -> ReportgenError:
        end = "the JSON breaks off" if not self.text[self.at :].strip() else "the JSON is broken"
        return ReportgenError("RG-032", f"{end} {self.place()}: {scrub(what)}.", _AGAIN)


def too_deep() -> ReportgenError:
    return ReportgenError(
        "RG-035",
        f"the JSON is nested more than {MAX_DEPTH} levels deep.",
        "Export the customers as a list of flat objects, or as CSV.",
    )


def check_depth(value: Any) -> None:
    """Raises ReportgenError (RG-035); works level by level, so that depth costs no stack."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise too_deep()
