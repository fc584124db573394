"""Says what a database server refused, in our words and without the password."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, quote_plus

from sqlalchemy.engine import URL

from reportgen.errors import ReportgenError
from reportgen.wording import scrub

NO_SUCH = "Check the names of the database and the table: sheet under [input]."
LOGIN = "Check the user in the address, and the password in REPORTGEN_SQL_PASSWORD or REPORTGEN_SQL_PASSWORD_FILE."
LATER = "Check the host and the port in the address, or try again later."
QUERY = "Check query under [input]: one SELECT that the database understands."
SHOWN = 120
_STATES: tuple[tuple[str, str, str], ...] = (
    ("42P01", "RG-042", NO_SUCH),
    ("3D000", "RG-042", NO_SUCH),
    ("3F000", "RG-042", NO_SUCH),
    ("28", "RG-043", LOGIN),
    ("08004", "RG-043", LOGIN),
    ("42501", "RG-043", LOGIN),
    ("57014", "RG-044", "It was stopped after its time: ask for fewer rows, or try again later."),
    ("57", "RG-044", LATER),
    ("08", "RG-044", LATER),
    ("53", "RG-044", LATER),
    ("40", "RG-044", LATER),
    ("55P03", "RG-044", LATER),
)
"""Beginning of the SQLSTATE → code and hint; all others are the query's fault."""
_NUMBERS: dict[int, str] = {
    **dict.fromkeys((1049, 1146, 1109), "RG-042"),
    **dict.fromkeys((1044, 1045, 1142, 1143, 1227, 1698, 1370), "RG-043"),
    **dict.fromkeys((1040, 1203, 1205, 1213, 1317, 1969, 2002, 2003, 2005, 2006, 2013, 2014, 3024), "RG-044"),
}
"""MySQL's and MariaDB's error number → code."""
_HINTS = {"RG-042": NO_SUCH, "RG-043": LOGIN, "RG-044": LATER, "RG-041": QUERY}
_NO_DATABASE = re.compile(r"FATAL:.*\bdatabase \".*\" does not exist")
_NOT_NOW = re.compile(r"too many|starting up|shutting down|recovery", re.IGNORECASE)


def refusal_of(fault: BaseException, address: URL) -> ReportgenError:
    """The refusal for a driver's error."""
    cause: Any = getattr(fault, "orig", None) or fault
    code, hint = _code_of(cause)
    place = scrub(f"{address.host or 'localhost'}/{address.database or ''}")
    text = scrub(
        without_password(str(cause.args[-1] if cause.args else ""), str(address.password or "")).split("\n")[0], SHOWN
    )
    said = {
        "RG-041": f"the database at {place} cannot answer the query",
        "RG-042": f"the database at {place} does not have what was asked for",
        "RG-043": f"the database at {place} refused the login or the table",
        "RG-044": f"the database at {place} does not answer",
    }[code]
    return ReportgenError(code, f"{said}: {text}." if text else f"{said}.", hint)


def code_of_state(state: str) -> str:
    """The code for an SQLSTATE, whoever says it."""
    return _of_state(state)[0]


def _of_state(state: str) -> tuple[str, str]:
    return next(((code, hint) for start, code, hint in _STATES if state.startswith(start)), ("RG-041", QUERY))


def _code_of(cause: Any) -> tuple[str, str]:
    number = cause.args[0] if cause.args else None
    if isinstance(number, int) and type(cause).__module__.startswith("pymysql"):
        code = _NUMBERS.get(number, "RG-041" if number else "RG-044")
        return code, _HINTS[code]
    if state := getattr(cause, "sqlstate", None):
        return _of_state(state)
    text = str(cause)
    if _NO_DATABASE.search(text):
        return "RG-042", NO_SUCH
    is_answer = "FATAL:" in text or "password" in text
    return ("RG-043", LOGIN) if is_answer and not _NOT_NOW.search(text) else ("RG-044", LATER)


def without_password(text: str, password: str) -> str:
    """Drivers do not print it, but a server may echo it."""
    for form in (password, quote(password), quote_plus(password)):
        text = text.replace(form, "***") if form else text
    return text
