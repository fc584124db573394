"""What records need to be order lines and do not have, and the settings that name it: asked for all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from reportgen import wording
from reportgen.records.orders import Part, PartColumn
from reportgen.records.table import Column, Role
from reportgen.settings_file import toml_value

WANTED: dict[Part, str] = {
    Part.CUSTOMER: "no column names the customers",
    Part.DATE: "no column is the date of the purchase",
    Part.AMOUNT: "no column is the amount of the purchase, nor a price",
}
LIKELY: dict[Part, Role] = {Part.DATE: Role.DATE, Part.AMOUNT: Role.MONEY}
"""Role of the columns that may be meant: where there is one alone, the question names it."""
SECTION = "the section [orders.columns]"


def is_there(part: Part, parts: Collection[Part]) -> bool:
    """Whether a part is played; a price will do for the amount."""
    return part in parts or (part is Part.AMOUNT and Part.PRICE in parts)


def missing_parts(parts: Collection[Part]) -> tuple[Part, ...]:
    """Those of WANTED that no column plays."""
    return tuple(part for part in WANTED if not is_there(part, parts))


def said_missing(missing: Iterable[Part]) -> str:
    """`no column names the customers and no column is the date of the purchase`."""
    return wording.join_words([WANTED[part] for part in missing])


def asked_for(missing: Iterable[Part], columns: Iterable[Column], parts: Mapping[Part, PartColumn]) -> str:
    """`date = "Wann" and amount = "…"`, a header where one column alone may be meant."""
    taken = {played.column for played in parts.values()}
    free = [column for column in columns if column.name not in taken]
    settings = []
    for part in missing:
        likely = [column.name for column in free if column.role is LIKELY.get(part)]
        settings.append(f"{part.value} = {toml_value(wording.scrub(likely[0]) if len(likely) == 1 else '…')}")
    return wording.join_words(settings)
