"""How order lines became customers, in two sentences."""

from __future__ import annotations

from reportgen import wording
from reportgen.claims import Phrase, joined, phrase, say
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

    purchases = counted("n_purchases")
    told = phrase("Of {lines} order lines, {purchases} are purchases", lines=counted("n_lines"), purchases=purchases)
    if orders.n_returns:
        told = phrase(
            "Of {lines} order lines, {purchases} are purchases and {returns} returns, whose amounts are taken off",
            lines=counted("n_lines"),
            purchases=purchases,
            returns=counted("n_returns"),
        )
    aside = Phrase("")
    if orders.n_set_aside:
        aside = joined("; ", phrase("{n} were set aside", n=counted("n_set_aside")))
    return say(
        "answer.orders",
        "{lines}. They are {orders} orders of {customers} customers, and days are counted to {day}.",
        lines=joined(told, aside),
        orders=counted("n_orders"),
        customers=numbers.all_customers(),
        day=numbers.quoted("orders.reference_day"),
    )
