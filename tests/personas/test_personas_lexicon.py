"""Which words a segment's figures prove."""

from __future__ import annotations

from dataclasses import replace

import pytest
from persona_facts import MEAN, OUTER, column, number, profile, segment

from reportgen.personas.lexicon import prove_side, proved_words, terms_of
from reportgen.records.table import Role

OVERALL = replace(number("Income", 0.0), q25=MEAN - OUTER, q75=MEAN + OUTER)


@pytest.mark.parametrize(("difference", "side"), [(1.0, "high"), (-1.0, "low"), (0.1, "middle"), (0.5, "high")])
def test_a_proved_difference_gives_its_side(difference: float, side: str) -> None:
    """Half an SD, most members and nearly all bootstraps give high or low; a small difference gives middle."""
    assert prove_side(number("Income", difference), OVERALL) == side


def test_a_difference_below_half_an_sd_gives_no_high() -> None:
    """All members above the median do not make .49 SD high."""
    assert prove_side(number("Income", 0.49, share_above=1.0), OVERALL) == "middle"


def test_a_difference_that_few_members_share_gives_no_word() -> None:
    """A mean pulled up by some is neither high nor middle."""
    assert prove_side(number("Income", 1.0, share_above=0.69), OVERALL) is None
    assert prove_side(number("Income", 1.0, share_above=0.70), OVERALL) == "high"


def test_a_difference_that_does_not_persist_gives_no_word() -> None:
    """89 of 100 bootstraps are too few."""
    assert prove_side(number("Income", -1.0, persistence=0.89), OVERALL) is None
    assert prove_side(number("Income", -1.0, persistence=0.90), OVERALL) == "low"


def test_a_unit_that_is_a_word_stays_in_the_name() -> None:
    """`High-Total Customers` says nothing; grams and euros are no words of a name."""
    for unit, text in (("minutes", "High Total Minutes"), ("k$", "High-Total"), ("kg", "High-Total")):
        (term,) = terms_of(profile((column("Total", unit=unit),), []))
        assert term.text("high") == text


def test_a_mean_on_the_other_side_gives_no_word() -> None:
    """High on the logarithm, but with a lower mean than all customers: neither high nor low."""
    assert prove_side(number("Income", 0.6, mean=MEAN - 1), OVERALL) is None


def test_two_extremes_are_not_middle() -> None:
    """A segment whose middle half reaches beyond that of all customers is not called average."""
    wide = number("Income", 0.0, q25=MEAN - OUTER - 1, q75=MEAN + OUTER)
    assert prove_side(wide, OVERALL) is None


def test_a_middle_that_often_becomes_high_is_no_middle() -> None:
    """Middle, too, must hold in nine of ten bootstraps."""
    assert prove_side(number("Income", 0.45, persistence=0.2), OVERALL) is None


def test_sensitive_columns_lend_no_word() -> None:
    """Age by role, gender and religion by header: none of them enters a name."""
    columns = (column("Years", Role.AGE), column("religion_code", Role.SCORE), column("Income"))
    terms = terms_of(profile(columns, []))
    assert [term.column for term in terms] == ["Income"]


def test_spenders_need_a_column_on_spending_alone() -> None:
    """Wine spending gets its own label; the spending score gets Spenders and Savers."""
    columns = (column("Wine spending"), column("Spending Score", Role.SCORE))
    by_column = {term.column: term for term in terms_of(profile(columns, []))}
    assert by_column["Wine spending"].texts == ("High Wine Spending", "Average Wine Spending", "Low Wine Spending")
    assert by_column["Spending Score"].texts == ("Spenders", "Average Spenders", "Savers")


def test_two_columns_never_share_a_word() -> None:
    """A second income column falls back to its own label."""
    columns = (column("Income"), column("Household Income"))
    texts = [term.texts[0] for term in terms_of(profile(columns, []))]
    assert texts == ["High-Income", "High Household Income"]


def test_a_label_too_long_for_a_name_lends_no_word() -> None:
    """Four telling words do not fit; fillers are dropped first."""
    columns = (column("Average day call minutes last quarter"), column("Total number of day calls", Role.COUNT))
    terms = terms_of(profile(columns, []))
    assert [term.texts[0] for term in terms] == ["High Day Calls"]


def test_words_come_strongest_first() -> None:
    """The largest difference leads; a column that only describes comes after those that shape."""
    columns = (column("Income"), column("Balance"), column("Tenure", Role.MEASURE))
    numbers = (number("Income", 0.6), number("Balance", -1.4), number("Tenure", 2.0))
    made = profile(columns, [segment(1, *numbers)], shaping=("Income", "Balance"))
    words = proved_words(made.segments[0], made, terms_of(made))
    assert [word.text for word in words] == ["Low-Balance", "High-Income", "Long-Tenure"]
