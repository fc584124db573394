"""How order lines became customers, in two sentences."""

from __future__ import annotations

from reportgen import wording
from reportgen.claims import Piece, tell
from reportgen.personas.answers import Names
from reportgen.personas.numbers import Numbers
from reportgen.records.study import Claim, Quantity


def answer_orders(numbers: Numbers, _names: Names) -> Claim | None:
    """Which lines count, and from which day recency is counted; absent where the export has one row a customer."""
    orders = numbers.facts.orders
    if orders is None:
        return None

    def counted(name: str) -> Quantity:
        return numbers.at(f"orders.{name}", wording.format_count)

    pieces: list[Piece] = ["Of ", counted("n_lines"), " order lines, ", counted("n_purchases"), " are purchases"]
    if orders.n_returns:
        pieces += [" and ", counted("n_returns"), " returns, whose amounts are taken off"]
    if orders.n_set_aside:
        pieces += ["; ", counted("n_set_aside"), " were set aside"]
    pieces += [". They are ", counted("n_orders"), " orders of ", numbers.all_customers(), " customers, and days are "]
    return tell("answer.orders", *pieces, "counted to ", *numbers.quoted("orders.reference_day"), ".")
