"""Names that shops know, only where every side is proved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from persona_facts import column, number, profile, segment

from reportgen.personas.naming import name_segments
from reportgen.records.orders import FREQUENCY, MONETARY, RECENCY, TENURE
from reportgen.records.profile import SegmentProfile
from reportgen.records.table import Role

COLUMNS = tuple(
    replace(column(name, role, label=name), is_derived=True)
    for name, role in (
        (RECENCY, Role.MEASURE),
        (FREQUENCY, Role.COUNT),
        (MONETARY, Role.MONEY),
        (TENURE, Role.MEASURE),
    )
)
Sides = tuple[float, float, float, float]


def made(place: int, sides: Sides, share: float = 0.2) -> SegmentProfile:
    """A segment by its differences in recency, orders, spending and tenure."""
    numbers = (number(entry.name, side) for entry, side in zip(COLUMNS, sides, strict=True))
    return segment(place, *numbers, share=share)


def names(*segments: SegmentProfile) -> list[str]:
    shaping = [RECENCY, FREQUENCY, MONETARY]
    return [name.text for name in name_segments(profile(COLUMNS, segments, shaping)).values()]


@pytest.mark.parametrize(
    ("sides", "name"),
    [
        ((-0.9, 1.4, 1.4, 0.8), "Champions"),
        ((0.1, 0.8, 0.9, 0.0), "Loyal Customers"),
        ((1.2, 0.7, 0.8, 0.5), "At-Risk Customers"),
        ((-0.7, 0.0, 1.2, 0.0), "Big Spenders"),
        ((-0.8, -0.9, -0.7, -1.3), "New Customers"),
        ((1.4, -0.9, -0.8, 0.4), "Hibernating Customers"),
    ],
)
def test_recency_orders_and_money_together_give_the_name(sides: Sides, name: str) -> None:
    """High recency days are long ago: the same orders and money make Champions or customers at risk."""
    assert names(made(1, sides)) == [name]


@pytest.mark.parametrize(
    ("sides", "name"),
    [
        ((-0.4, 1.4, 1.4, 0.0), "Frequent High-Spending Buyers"),
        ((1.4, -0.9, -0.3, 0.0), "Lapsed Occasional Buyers"),
        ((-0.8, -0.9, -0.7, -0.2), "Recent Occasional Buyers"),
    ],
)
def test_one_side_that_is_not_proved_leaves_plain_words(sides: Sides, name: str) -> None:
    """A difference under half an SD earns nothing: what is proved is said."""
    unproved = made(1, sides)
    torn = tuple(replace(n, q25=0.0, q75=100.0) if abs(n.difference) < 0.5 else n for n in unproved.numbers)
    assert names(replace(unproved, numbers=torn)) == [name]


def test_half_of_all_customers_are_no_champions() -> None:
    """An elite is a part: past its share the words that are proved stand alone."""
    assert names(made(1, (-0.9, 1.4, 1.4, 0.8), share=0.48)) == ["Frequent High-Spending Buyers"]


def test_a_name_that_two_segments_earn_is_given_to_neither() -> None:
    """Names are distinct."""
    both = names(made(1, (1.4, -0.9, -0.8, 0.9)), made(2, (1.2, -0.9, -0.8, -0.9)))
    assert "Hibernating Customers" not in both
    assert len(set(both)) == 2


def test_columns_of_a_customer_table_earn_no_such_name() -> None:
    """Without order lines the same headers give the words of their own."""
    plain = tuple(replace(entry, is_derived=False) for entry in COLUMNS)
    (name,) = name_segments(profile(plain, [made(1, (-0.9, 1.4, 1.4, 0.8))])).values()
    assert name.text != "Champions"


def test_tenure_names_a_segment_that_nothing_else_tells() -> None:
    """Newly won customers who are average otherwise."""
    assert names(made(1, (-0.4, -0.3, -0.2, -1.1))) == ["Newly Won Buyers"]
