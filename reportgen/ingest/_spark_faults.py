"""Says what Spark, or a database behind it, refused, in our words and without the password."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.ingest._database_faults import LOGIN, QUERY, SHOWN, code_of_state, without_password
from reportgen.wording import scrub

if TYPE_CHECKING:
    from reportgen.engine.spark_sources import Asked, SourceError

ON_WORKER = "PYTHON_EXCEPTION"
"""Spark's name of an error that Python raised on a worker."""
_OTHER_PYTHON = re.compile(r"ModuleNotFoundError|ImportError|PYTHON_VERSION_MISMATCH")
_CONDITION = re.compile(r"^\[[A-Z_.]+\] | SQLSTATE: \w+")
_NAMELESS = frozenset(
    {
        "CATALOG_NOT_FOUND",
        "PARSE_SYNTAX_ERROR",
        "PATH_NOT_FOUND",
        "REQUIRES_SINGLE_PART_NAMESPACE",
        "SCHEMA_NOT_FOUND",
        "TABLE_OR_VIEW_NOT_FOUND",
    }
)
"""Spark's names of what is not there, or cannot be the name of a table."""
_NO_DRIVER = frozenset({"java.lang.ClassNotFoundException", "No suitable driver"})
_NO_TABLE = re.compile(r"42(?:P01|S02|704|X05)|S000[12]|3D000|3F000")
"""SQLSTATEs of PostgreSQL, MySQL, DB2, Derby and SQL Server for a table that is not there."""
_IN_ORACLE = {"ORA-00942": "RG-042", "ORA-01017": "RG-043"}
"""Oracle says with its own numbers what others say with an SQLSTATE."""
_SAID = {
    "RG-041": ("the query cannot be answered", QUERY),
    "RG-042": ("what was asked for is not there", "Check the name of the table, and of its schema and catalog."),
    "RG-043": ("the login or the table was refused", LOGIN),
    "RG-044": ("the table cannot be read now", "Check the address and whether the place answers, or try again later."),
}
_OPTION = re.compile(r"\w*(?:pass|pwd|secret|token)\w*\s*=\s*[^&;,\s]+", re.IGNORECASE)
"""Of an address that a driver repeats."""


def refusal_of(fault: SourceError, asked: Asked) -> ReportgenError:
    """What Spark or the database said, in our words and without the password. Raises the fault if it is our own."""
    from reportgen.engine.spark_sources import NO_CELLS

    said = _said(fault, asked)
    if fault.condition == NO_CELLS:
        return ReportgenError("RG-004", f"{said}.", "Name a table of customers, one column for each measure.")
    if asked.database and _NO_DRIVER & {fault.condition, str(fault)}:
        return ReportgenError(
            "RG-064",
            f"Spark has no driver for {asked.database.kind}.",
            f'Name its file under [engine.spark], for example "spark.jars" = "/opt/jdbc/{asked.database.kind}.jar"; '
            "a session that is already there must have it.",
        )
    if fault.condition == ON_WORKER:
        if not _OTHER_PYTHON.search(str(fault)):
            raise fault
        return ReportgenError(
            "RG-064",
            f"Spark's workers cannot do the work: {said}.",
            "They need this Python's minor version with numpy and pyarrow: name it in PYSPARK_PYTHON.",
        )
    code = _code_of(fault, asked)
    sentence, hint = _SAID[code]
    return ReportgenError(code, f"{sentence}: {said}." if said else f"{sentence}.", hint)


def _said(fault: SourceError, asked: Asked) -> str:
    """One line of what was said; nothing where the address may stand in it and cannot be told apart."""
    database = asked.database
    if database and not database.is_plain:
        return ""
    lines = [line for line in str(fault).split("\n") if line.strip() and not line.startswith(" SQLSTATE")]
    text = _CONDITION.sub("", lines[-1 if fault.condition == ON_WORKER else 0] if lines else "")
    if database:
        text = _OPTION.sub("***", text.replace(database.connect, database.shown))
    return scrub(without_password(text, asked.password), SHOWN).rstrip(".…")


def _code_of(fault: SourceError, asked: Asked) -> str:
    """A query's own fault is the query's, without one it is a name's or the moment's."""
    if fault.condition.partition(".")[0] in _NAMELESS and not asked.query:
        return "RG-042"
    if code := next((code for number, code in _IN_ORACLE.items() if number in str(fault)), ""):
        return code
    if _NO_TABLE.fullmatch(fault.state) or fault.condition == "TABLE_OR_VIEW_NOT_FOUND":
        return "RG-042"
    code = code_of_state(fault.state) if fault.state else "RG-044"
    if code == "RG-041" and not asked.query:
        return "RG-042" if fault.state.startswith("42") else "RG-044"
    return "RG-041" if asked.query and not asked.database else code
