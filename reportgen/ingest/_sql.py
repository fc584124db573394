"""Checks that a query is one SELECT, by its words: comments and quoted text are skipped as the database skips them."""

from __future__ import annotations

import re

from reportgen.errors import ReportgenError
from reportgen.wording import format_count, scrub

MAX_ROWS = 10_000_000
"""Rows that a database may send: what memory is meant for, at twenty columns."""
_COMMENT = r"--[^\n]*|/\*(?![!M])(?:(?!/\*).)*?\*/"
"""One that holds another, or that MySQL runs (/*! … */), is none of these and is refused."""
_QUOTED = r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`"
_PARTS = {
    "sqlite": rf"{_COMMENT}|{_QUOTED}|\[[^\]]*\]",
    "postgresql": rf"{_COMMENT}|[eE]'(?:[^'\\]|\\.|'')*'|{_QUOTED}|\$(?P<tag>[A-Za-z_]\w*|)\$.*?\$(?P=tag)\$",
    "mysql": rf"{_COMMENT}|#[^\n]*|'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.|\"\")*\"|`(?:[^`]|``)*`",
    "spark": rf"{_COMMENT}|[rR]?'(?:[^'\\]|\\.)*'|[rR]?\"(?:[^\"\\]|\\.)*\"|`(?:[^`]|``)*`",
}
"""Database → what its words do not stand in."""
_WORD = re.compile(r"[^\W\d]\w*|/\*|;|'|\"|`")
_WRITING = frozenset(
    ("insert", "update", "delete", "merge", "replace", "create", "alter", "drop", "truncate", "grant", "call", "copy")
)
"""Behind WITH any of these may follow; in a plain SELECT they are names or functions."""
_OF_THE_SERVER = re.compile(
    r"pg_read_\w+|pg_ls_\w+|pg_(?:terminate|cancel)_backend|lo_\w+|dblink\w*|load_file|load_extension"
    r"|(?:try_)?reflect|java_method"
)
"""Functions that leave the tables: files of the server, other servers, other sessions, any method of Java."""
_HINT = "Write one SELECT under query, without a semicolon inside and without anything that writes."


def check_query(query: str, database: str) -> str:
    """The query without the semicolon at its end. Raises ReportgenError (RG-041) unless it is one SELECT or WITH."""
    bare = re.sub(_PARTS[database], " ", query, flags=re.DOTALL)
    words = [word.casefold() for word in _WORD.findall(bare)]
    while words and words[-1] == ";":
        words.pop()
    if not words or words[0] not in ("select", "with"):
        raise _refusal(f"it starts with {scrub(words[0], 20)}" if words else "it is empty")
    if ";" in words:
        raise _refusal("it holds several statements")
    if {"/*", "'", '"', "`"} & set(words):
        raise _refusal("a quote or a comment in it does not end, or holds another")
    if "into" in words:
        raise _refusal("it writes INTO a table or a file")
    if words[0] == "with" and (found := _WRITING & set(words)):
        raise _refusal(f"it holds {scrub(sorted(found)[0].upper())}")
    if outside := next(filter(_OF_THE_SERVER.fullmatch, words), ""):
        raise _refusal(f"it calls {scrub(outside)}, which does more than read tables")
    return query.rstrip().rstrip(";")


def too_many_rows(max_rows: int) -> ReportgenError:
    return ReportgenError(
        "RG-021",
        f"the query gives more than {format_count(max_rows)} rows.",
        "Write a query that gives one row a customer.",
    )


def _refusal(what: str) -> ReportgenError:
    return ReportgenError("RG-041", f"the query is not one SELECT: {what}.", _HINT)
