"""Checks that a query is one SELECT, by its words: comments and quoted text are skipped as the database skips them."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
    "sqlserver": rf"{_COMMENT}|{_QUOTED}|\[[^\]]*\]",
    "standard": rf"{_COMMENT}|{_QUOTED}",
    "spark": r"--(?:\\\n|[^\r\n])*|/\*(?![+!M])(?:(?!/\*).)*?\*/|[rR]'[^']*'|[rR]\"[^\"]*\""
    r"|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`(?:[^`]|``)*`",
}
"""Database → what its words do not stand in."""
_COMMENTS = ("--", "/*", "#")
_TEXT = "\0"
"""Stands for a quoted text or name where words are looked at."""
_WORD = re.compile(r"[^\W\d]\w*|/\*|;|'|\"|`|\0")
_WRITING = frozenset(
    ("insert", "update", "delete", "merge", "replace", "create", "alter", "drop", "truncate", "grant", "call", "copy")
)
"""Behind WITH any of these may follow; in a plain SELECT they are names or functions."""
_OF_THE_SERVER = re.compile(
    r"pg_read_\w+|pg_ls_\w+|pg_(?:terminate|cancel)_backend|lo_\w+|dblink\w*|load_file|load_extension"
    r"|(?:try_)?reflect|java_method|openrowset|openquery|opendatasource|utl_\w+|file_(?:read|write)|csv(?:read|write)"
)
"""Functions that leave the tables: files of the server, other servers, other sessions, any method of Java."""
_OF_SPARK = re.compile(r"\busing\s*\0|\bidentifier\s*\(", re.IGNORECASE)
"""A command of the system (TRANSFORM … USING '…'), names made of texts; ${…} is put in before Spark reads a query."""
_HINT = "Write one SELECT under query, without a semicolon inside and without anything that writes."


def check_query(query: str, database: str) -> str:
    """The query up to its last word: no semicolon and no comment behind it.

    Raises ReportgenError (RG-041) unless it is one SELECT or WITH that only reads tables.
    """
    quoted = list(re.finditer(_PARTS[database], query, re.DOTALL))
    query, quoted = _without_end(query, quoted)
    bare = re.sub(_PARTS[database], lambda part: " " if _is_comment(part) else f" {_TEXT} ", query, flags=re.DOTALL)
    words = [word.casefold() for word in _WORD.findall(bare)]
    if not words or words[0] not in ("select", "with"):
        raise _refusal(f"it starts with {scrub(words[0].strip(_TEXT) or 'a text', 20)}" if words else "it is empty")
    if ";" in words:
        raise _refusal("it holds several statements")
    if {"/*", "'", '"', "`"} & set(words):
        raise _refusal("a quote or a comment in it does not end, or holds another")
    if "into" in words:
        raise _refusal("it writes INTO a table or a file")
    if words[0] == "with" and (found := _WRITING & set(words)):
        raise _refusal(f"it holds {scrub(sorted(found)[0].upper())}")
    _check_calls(query, quoted, words)
    if database == "spark" and (_OF_SPARK.search(bare) or "${" in query):
        raise _refusal("it runs a command, or holds ${…} or IDENTIFIER(…)")
    return query


def _check_calls(query: str, quoted: Sequence[re.Match[str]], words: Sequence[str]) -> None:
    """Raises ReportgenError (RG-041) for functions that leave the tables, their names in quotes or not."""
    called = [part[0][1:-1].casefold() for part in quoted if query[part.end() :].lstrip().startswith("(")]
    if outside := next(filter(_OF_THE_SERVER.fullmatch, [*words, *called]), ""):
        raise _refusal(f"it calls {scrub(outside)}, which does more than read tables")


def _without_end(query: str, quoted: list[re.Match[str]]) -> tuple[str, list[re.Match[str]]]:
    """The query without blanks, semicolons and comments at its end, and the quoted parts and comments left in it."""
    while True:
        query = query.rstrip().rstrip(";").rstrip()
        quoted = [part for part in quoted if part.end() <= len(query)]
        if not quoted or quoted[-1].end() != len(query) or not _is_comment(quoted[-1]):
            return query, quoted
        query = query[: quoted[-1].start()]


def _is_comment(part: re.Match[str]) -> bool:
    return part[0].startswith(_COMMENTS)


def too_many_rows(max_rows: int) -> ReportgenError:
    return ReportgenError(
        "RG-021",
        f"the query gives more than {format_count(max_rows)} rows.",
        "Write a query that gives one row a customer.",
    )


def _refusal(what: str) -> ReportgenError:
    return ReportgenError("RG-041", f"the query is not one SELECT: {what}.", _HINT)
