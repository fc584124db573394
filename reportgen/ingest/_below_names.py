"""Rows that stand below the names of columns and are no records: units (`EUR`, `[kg]`) and kinds (`VARCHAR`, `y/n`)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportgen.engine.text_units import CURRENCY_CODES
from reportgen.ingest._layout import Row

UNITS = frozenset(
    (
        *("%", "k€", "t€", "teur", "tsd.", "k$", "k£", "mio.", "mio", "kg", "g", "t"),
        *("lbs", "lb", "oz", "km", "m", "cm", "mm", "mi", "l", "ml", "h", "hrs"),
        *("hours", "min", "minutes", "s", "sec", "d", "day", "days", "tag", "tage", "jours", "dias"),
        *("días", "giorni", "dni", "dagen", "weeks", "wochen", "months", "monate", "mois", "meses", "years", "jahre"),
        *("ans", "años", "stück", "stk", "stk.", "pcs", "pieces", "pc", "units", "points", "punkte", "pts"),
    )
)
"""In small letters: what stands alone below a name and is no name."""
KINDS = frozenset(
    (
        *("varchar", "varchar2", "nvarchar", "char", "nchar", "text", "string", "str", "object", "character", "clob"),
        *("int", "int32", "int64", "integer", "bigint", "smallint", "tinyint", "serial", "number", "numeric"),
        *("decimal", "float", "float64", "double", "double precision", "real", "money", "bool", "boolean", "bit"),
        *("uuid", "count", "date", "datetime", "datetime2", "timestamp", "timestamptz", "time", "category", "factor"),
        *("y/n", "yes/no", "j/n", "ja/nein", "o/n", "oui/non", "0/1", "t/f", "true/false"),
        *("dd.mm.yyyy", "dd/mm/yyyy", "mm/dd/yyyy", "yyyy-mm-dd", "tt.mm.jjjj", "jj/mm/aaaa", "dd-mm-yyyy"),
        *("dd/mm/aaaa", "yyyymmdd"),
    )
)
"""In small letters: what a column holds, where a program says it below the names."""


ANSWERS = frozenset(
    (
        *("response", "open-ended response", "answer", "antwort", "offene antwort", "réponse", "réponse libre"),
        *("respuesta", "respuesta abierta", "risposta", "risposta aperta", "resposta", "antwoord", "odpowiedź"),
    )
)
"""In small letters, below a question that is answered by one cell."""


def is_below_names(names: Row, below: Row) -> bool:
    """Whether a row says unit or kind of the columns that are named above it, and nothing else."""
    filled = [at for at, cell in enumerate(below) if cell.strip()]
    is_named = len(names) == len(below) and all(names[at].strip() for at in filled)
    return bool(filled) and is_named and all(is_unit(below[at]) or is_kind(below[at]) for at in filled)


def are_kinds(row: Row) -> bool:
    """Whether each filled cell of the row, two at least, is a kind."""
    filled = [cell for cell in row if cell.strip()]
    return len(filled) > 1 and all(map(is_kind, filled))


def name_rows(rows: Sequence[Row]) -> list[list[str]]:
    """The rows of a header without what is no part of a name: kinds below names, and `Response` below a question."""
    parts = [list(rows[0]), *(_without_kinds(above, row) for above, row in pairwise(rows))]
    return [parts[0], *filter(any, parts[1:])]


def _without_kinds(names: Row, below: Row) -> list[str]:
    if is_below_names(names, below):
        return [cell if is_unit(cell) else "" for cell in below]
    return ["" if is_answer(cell) and at < len(names) and names[at].strip() else cell for at, cell in enumerate(below)]


def is_unit(cell: str) -> bool:
    bare = _bare(cell)
    return bare.upper() in CURRENCY_CODES or bare.casefold() in UNITS


def is_answer(cell: str) -> bool:
    """Whether a survey tool says with it that the question above has one answer."""
    return _bare(cell).casefold() in ANSWERS


def is_kind(cell: str) -> bool:
    name, bracket, size = _bare(cell).casefold().partition("(")
    return name.strip() in KINDS and (not bracket or size.rstrip(")").replace(",", "").strip().isdecimal())


def _bare(cell: str) -> str:
    return cell.strip().strip("()[]").strip() if cell.strip()[:1] in "([" else cell.strip()
