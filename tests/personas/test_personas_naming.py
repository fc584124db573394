"""Names are true, short and distinct."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from persona_facts import column, number, profile, segment, two_columns

from reportgen.language import speaking
from reportgen.personas.lexicon import LEAST_COVERAGE, LEAST_DIFFERENCE, LEAST_PERSISTENCE
from reportgen.personas.naming import MOST_WORDS, name_segments, with_noun
from reportgen.personas.vocabulary import name_word
from reportgen.records.profile import Profile
from reportgen.records.table import Role


def texts(made: Profile) -> list[str]:
    return [name.text for name in name_segments(made).values()]


def test_income_and_spending_give_the_five_known_names() -> None:
    """The classic five of income × spending."""
    made = two_columns({1: (-0.2, 0.0), 2: (1.0, 1.2), 3: (1.1, -1.3), 4: (-1.3, -1.1), 5: (-1.3, 1.1)})
    assert texts(made) == [
        "Middle-Income Average Spenders",
        "High-Income Spenders",
        "High-Income Savers",
        "Low-Income Savers",
        "Low-Income Spenders",
    ]


def test_german_words_grow_into_their_noun() -> None:
    """`Vielbesucher` and `Gelegenheitskäufer`, as an analyst writes them, whatever stands before; never `häufige`."""
    with speaking("de"):
        frequent, rare, often = (name_word(word) for word in ("Frequent", "Infrequent", "Frequent {rest}"))
        assert with_noun([frequent, name_word("Low-Spending")], name_word("Visitors")) == "Sparsame Vielbesucher"
        assert with_noun([name_word("Average")], name_word("Customers")) == "Durchschnittskunden"
        assert with_noun([frequent], "") == "Vielkunden"
        assert with_noun([name_word("Frequent {rest}", rest="Web"), rare], "Käufer") == "Web-Viel-Seltenkäufer"
        assert often.endswith("+")


def test_an_unproved_word_stays_out_of_the_name() -> None:
    """Income that does not persist is not named, however large the difference."""
    columns = (column("Income"), column("Spending Score", Role.SCORE))
    shaky = segment(1, number("Income", 1.5, persistence=0.5), number("Spending Score", 1.0))
    assert texts(profile(columns, [shaky])) == ["Spenders"]


def test_a_segment_without_a_difference_is_average() -> None:
    """No word is stretched to give a segment a name."""
    columns = tuple(column(name) for name in ("Fresh", "Milk", "Grocery"))
    dull = segment(1, *(number(entry.name, 0.2) for entry in columns))
    assert texts(profile(columns, [dull])) == ["Average Customers"]


def test_differences_that_members_do_not_share_are_mixed_not_average() -> None:
    """Average would be untrue of a segment whose mean is an SD away."""
    columns = tuple(column(name) for name in ("Fresh", "Milk", "Grocery"))
    torn = segment(1, *(number(entry.name, 1.0, share_above=0.6) for entry in columns))
    assert texts(profile(columns, [torn])) == ["Mixed Customers"]


def test_of_two_segments_the_unproved_is_named_by_comparison() -> None:
    """The larger lies closer to the mean of all, which is mostly its own: `Mixed` would say nothing."""
    columns = (column("Fresh"), column("Milk"), column("Grocery"))
    large = segment(
        1, number("Fresh", 0.1), number("Milk", 0.6, persistence=0.5), number("Grocery", -0.5, persistence=0.5)
    )
    small = segment(2, number("Fresh", -0.1), number("Milk", -0.9, persistence=0.5), number("Grocery", 0.8))
    names = name_segments(profile(columns, [large, small]))
    assert [name.text for name in names.values()] == ["Lower-Grocery Customers", "High-Grocery Customers"]
    assert not names[1].words


def test_a_kind_of_orders_reads_as_a_kind_of_buyers() -> None:
    """`Store purchases` gives Frequent Store Buyers, not High Store Purchases Customers."""
    columns = (column("Income"), column("Store purchases", Role.COUNT))
    made = segment(1, number("Income", 1.0), number("Store purchases", -1.0))
    assert texts(profile(columns, [made])) == ["High-Income Infrequent Store Buyers"]


def test_many_columns_give_the_two_strongest_words() -> None:
    """Three differences, two words."""
    columns = tuple(column(name) for name in ("Fresh", "Milk", "Grocery"))
    made = segment(1, number("Fresh", 0.7), number("Milk", 2.0), number("Grocery", -1.0))
    assert texts(profile(columns, [made])) == ["High-Milk Low-Grocery Customers"]


def test_a_name_ends_in_a_noun_where_a_proved_word_leaves_room() -> None:
    """A longer label goes first only where nothing else is proved."""
    columns = tuple(column(name) for name in ("Day call minutes", "Night calls", "Fresh"))
    both = segment(1, number("Day call minutes", 2.0), number("Night calls", 1.0), number("Fresh", 0.0))
    alone = segment(2, number("Day call minutes", 2.0), number("Night calls", 0.0), number("Fresh", 0.0))
    assert texts(profile(columns, [both, alone])) == ["High Night Calls Customers", "High Day Call Minutes"]


def test_names_that_collide_get_the_differentiator() -> None:
    """The third column tells the two apart; the third segment keeps its short name."""
    columns = tuple(column(name) for name in ("Fresh", "Milk", "Grocery"))
    differences = {1: (1.0, 1.5, 0.7), 2: (1.0, 1.5, -0.7), 3: (-1.0, -1.5, 0.0)}
    made = [
        segment(place, *(number(c.name, d) for c, d in zip(columns, values, strict=True)))
        for place, values in differences.items()
    ]
    assert texts(profile(columns, made)) == [
        "High-Fresh High-Milk High-Grocery Customers",
        "High-Fresh High-Milk Low-Grocery Customers",
        "Low-Fresh Low-Milk Customers",
    ]


def test_two_names_without_a_proved_differentiator_get_a_neutral_suffix() -> None:
    """The column that separates the two says which is higher, without claiming high."""
    made = two_columns({1: (0.9, 1.0), 2: (2.0, 1.1)})
    assert texts(made) == [
        "High-Income Spenders (Lower Annual Income)",
        "High-Income Spenders (Higher Annual Income)",
    ]


def test_names_that_nothing_separates_get_letters() -> None:
    """Letters by falling size, where no column differs by half an SD."""
    assert texts(two_columns({1: (0.9, 1.0), 2: (1.0, 1.1)})) == ["High-Income Spenders A", "High-Income Spenders B"]


def test_segments_told_apart_by_age_alone_do_not_say_so() -> None:
    """A sensitive column is neither a word nor a suffix."""
    columns = (column("Age", Role.AGE, unit="years"),)
    made = profile(columns, [segment(1, number("Age", 1.0)), segment(2, number("Age", -1.0))])
    assert texts(made) == ["Customers A", "Customers B"]


def test_savers_step_back_before_a_noun_that_another_word_needs() -> None:
    """Frequent Savers would say that they save often."""
    columns = (column("Spending", Role.MONEY), column("Orders", Role.COUNT), column("Balance"))
    made = segment(1, number("Spending", -1.0), number("Orders", 1.0), number("Balance", 0.0))
    assert texts(profile(columns, [made])) == ["Low-Spending Frequent Buyers"]


DIFFERENCES = st.floats(-3, 3, allow_nan=False)
EVIDENCE = st.floats(0, 1, allow_nan=False)
HEADERS = ("Annual Income", "Spending Score", "Orders", "Day call minutes", "Age", "Recency", "Wine <b> {0} $x$")


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    headers = draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=6, unique=True))
    columns = [column(name, Role.AGE if name == "Age" else Role.MEASURE) for name in headers]

    def one(place: int) -> list:
        return [
            number(name, draw(DIFFERENCES), share_above=draw(EVIDENCE), share_below=draw(EVIDENCE)) for name in headers
        ]

    return profile(columns, [segment(place, *one(place)) for place in range(1, draw(st.integers(2, 10)) + 1)])


@given(profiles())
@settings(max_examples=60, deadline=None)
def test_names_are_distinct_short_and_proved(made: Profile) -> None:
    """For any figures: distinct names of at most four words and a suffix, each word earned, never an age."""
    names = name_segments(made)
    assert len({name.text for name in names.values()}) == len(made.segments)
    for name in names.values():
        body = re.sub(r"( \((Higher|Lower) .*\)|( [A-Z])+)$", "", name.text)
        assert len(body.split()) <= MOST_WORDS
        assert "Age" not in name.text.split()
        for _, _, difference, coverage, persistence in (word.evidence for word in name.words):
            assert persistence >= LEAST_PERSISTENCE
            assert abs(difference) < LEAST_DIFFERENCE or coverage >= LEAST_COVERAGE


@pytest.mark.parametrize("n_segments", [2, 10])
def test_equal_segments_still_have_distinct_names(n_segments: int) -> None:
    """Even segments without any difference."""
    made = two_columns(dict.fromkeys(range(1, n_segments + 1), (0.0, 0.0)))
    assert len(set(texts(made))) == n_segments
