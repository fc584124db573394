"""One column of cells beside an id and an amount, and the role that it is given."""

from __future__ import annotations

import random

from raw_tables import raw_table_of, roles_of

from reportgen.records.table import Role

N = 120


def role_of(name: str, cells: list[str]) -> Role:
    draw = random.Random(7)
    ids, spent = [f"C{i}" for i in range(len(cells))], [f"{draw.lognormvariate(5, 1):.2f}" for _ in cells]
    return roles_of(raw_table_of({"customer id": ids, name: cells, "spent": spent}))[name].role


def drawn(*texts: str) -> list[str]:
    return random.Random(5).choices(texts, k=N)


def whole(first: int, last: int) -> list[str]:
    return [str(number) for number in random.Random(3).sample(range(first, last), N)]
