"""Numbers as sentences print them, each with its way back."""

from __future__ import annotations

import pytest
from persona_facts import column, facts, number, segment
from studies import mall_like_facts

from reportgen.claims import tell
from reportgen.personas.numbers import Numbers, band_step, in_sentence, listed
from reportgen.records.study import Claim, Facts
from reportgen.records.table import Role

FACTS = mall_like_facts()
NUMBERS = Numbers(FACTS)


def one_column(role: Role, unit: str = "", **changes: float) -> tuple[Facts, Claim]:
    """Facts of one column in one segment, and its band as a claim."""
    columns = (column("Column", role, unit=unit),)
    made = facts(columns, [segment(1, number("Column", 1.0, **changes))])
    return made, tell("band", Numbers(made).band(made.profile.segments[0], columns[0]))


def test_a_list_reads_as_a_list() -> None:
    """Commas, then and."""
    assert listed(["a", "b", "c"]).text == "a, b and c"


@pytest.mark.parametrize(
    ("label", "shown"), [("Annual income", "annual income"), ("GB download", "GB download"), ("Q3 sales", "Q3 sales")]
)
def test_labels_stand_in_lower_case_unless_they_are_abbreviations(label: str, shown: str) -> None:
    """Annual income, but GB and Q3."""
    assert in_sentence(column(label, label=label)) == shown


def test_a_hostile_label_is_scrubbed_and_clipped() -> None:
    """No control character, no bidi override, at most forty characters."""
    shown = in_sentence(column("a\u202eb\x00c " + "x" * 500))
    assert len(shown) <= 40
    assert "\u202e" not in shown
    assert "\x00" not in shown


def test_a_band_is_rounded_outward() -> None:
    """Quartiles 61.3 and 78.8 become 60 and 80."""
    _, claim = one_column(Role.MONEY, "k$", q25=61.3, q75=78.8)
    assert claim.text == "60 to 80 k$"
    low, high = claim.quantities
    assert low.recompute == {"measure": "band", "column": "Column", "segment": 1, "step": 5.0, "q": 0.25, "up": False}
    assert (low.value, high.value) == (60.0, 80.0)


@pytest.mark.parametrize(
    ("role", "unit", "quartiles", "shown"),
    [
        (Role.COUNT, "", (50.0, 50.0), "40 to 60"),
        (Role.COUNT, "", (1.2, 2.1), "1 to 3"),
        (Role.MONEY, "€", (1210.0, 1890.0), "€1,200 to €2,000"),
        (Role.BIRTH, "", (1961.0, 1979.0), "1960 to 1980"),
        (Role.MEASURE, "%", (0.12, 0.19), "0.12 to 0.20%"),
        (Role.MONEY, "$", (-45.0, -12.0), "−$50 to −$10"),
    ],
)
def test_bands_suit_their_column(role: Role, unit: str, quartiles: tuple[float, float], shown: str) -> None:
    """Whole counts, currencies before both ends, years without a separator."""
    assert one_column(role, unit, q25=quartiles[0], q75=quartiles[1])[1].text == shown


def test_a_constant_column_still_has_a_step() -> None:
    """No spread anywhere does not divide by zero."""
    flat = number("Column", 0.0, median=0.0, q25=0.0, q75=0.0)
    assert band_step(flat, is_count=False) > 0


def test_a_tally_counts_and_sums() -> None:
    """Entries that match, or the total of a field over them."""
    assert NUMBERS.tally("set_aside", action="set aside").value == 2
    assert NUMBERS.tally("quality", total="n_imputed").value == 6


def test_quoted_text_counts_each_of_its_numbers() -> None:
    """A rule's thresholds become quantities that stand where they stood."""
    rule = FACTS.profile.segments[1].rule
    assert rule is not None
    claim = tell("quote", NUMBERS.quoted("profile.segments[1].rule.text"))
    assert claim.text == rule.text
    assert [quantity.recompute["n"] for quantity in claim.quantities] == [0, 1]


def test_a_gap_is_positive_and_as_precise_as_the_mean() -> None:
    """Two low means do not print a minus or three decimals."""
    made = facts((column("Column", Role.SCORE),), [segment(1, number("Column", -0.4))])
    gap = Numbers(made).gap(made.profile.segments[0], made.columns[0])
    assert gap.value == pytest.approx(8.0)
    assert gap.shown == "8.0 points"
