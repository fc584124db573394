"""Says what kind of file or database an export came from."""

from __future__ import annotations

from reportgen.language import msgid, text
from reportgen.records.table import ReadReport
from reportgen.wording import scrub

DELIMITERS = {
    ",": msgid("a comma-separated file"),
    ";": msgid("a semicolon-separated file"),
    "\t": msgid("a tab-separated file"),
    "|": msgid("a bar-separated file"),
    " ": msgid("a space-separated file"),
}
WORKBOOKS = ("xlsx", "xls", "ods")
"""Formats whose table stands on a sheet."""
DATABASES = {
    "sqlite": msgid("an SQLite database"),
    "postgresql": msgid("a PostgreSQL database"),
    "mysql": msgid("a MySQL database"),
    "spark": msgid("Spark"),
}
"""Format → how a sentence names the place of a table."""
COLUMNAR = {"parquet": msgid("a Parquet file"), "arrow": msgid("an Arrow file")}
"""Formats whose columns have types."""
MARKED = "-sig"
"""Ends Python's name of an encoding with a byte order mark."""
SHOWN_NAME = 40
"""Characters of a sheet's or table's name in a sentence."""


def encoding_of(read: ReadReport) -> str:
    """The encoding's name without what it says of a byte order mark."""
    return scrub(read.encoding.removesuffix(MARKED))


def kind_of_source(read: ReadReport) -> str:
    """`a comma-separated file in utf-8`, `the sheet Customers of a workbook`."""
    encoding = encoding_of(read)
    if read.encoding.endswith(MARKED):
        encoding = text("{encoding} with a byte order mark", encoding=encoding)
    name = scrub(read.sheet, SHOWN_NAME)
    kinds = {
        "csv": DELIMITERS.get(read.delimiter, msgid("a delimited file")),
        "fixed width": msgid("a file of columns of fixed width"),
        "json": msgid("a JSON file"),
        "json lines": msgid("a file of JSON lines"),
    }
    if read.format in kinds:
        return text("{file} in {encoding}", file=text(kinds[read.format]), encoding=encoding)
    if read.format in COLUMNAR:
        return text(COLUMNAR[read.format])
    if read.format in WORKBOOKS:
        return text("the sheet {name} of a workbook", name=name)
    database = text(DATABASES.get(read.format, msgid("a database")))
    return (
        text("the table {name} of {database}", name=name, database=database)
        if name
        else text("a query of {database}", database=database)
    )


def has_header(read: ReadReport) -> bool:
    """Whether the columns' names stand in a row of the source; in other formats they are part of the structure."""
    return read.format in ("csv", "fixed width", *WORKBOOKS)
