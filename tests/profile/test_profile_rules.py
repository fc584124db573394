"""The rule card."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.tree import DecisionTreeClassifier

from reportgen.profile._tree import LEAST_LEAF, best_split, follow, grow_leaves, round_threshold
from reportgen.profile.rules import RuleCard, card_of, choose_leaves, count_leaves, path_text, tighten
from reportgen.records.segments import FloatArray, IntArray
from reportgen.records.table import Column, Role

steady = settings(deadline=None, derandomize=True)

INCOME = Column("Annual Income (k$)", "Annual income", "k$", None, Role.MONEY, "", 1.0, "number")
SCORE = Column("Spending Score (1-100)", "Spending score", "", (1, 100), Role.SCORE, "", 1.0, "number")


def quarters(n: int = 400) -> tuple[FloatArray, IntArray]:
    """Customers of income × score, one segment a quarter of the plane, cut at 60 and 50."""
    generator = np.random.default_rng(1)
    x = np.column_stack([generator.uniform(15, 105, n), generator.uniform(1, 99, n)])
    return x, np.where(x[:, 0] > 60, 1, 3) + (x[:, 1] > 50)


def card_for(x: FloatArray, y: IntArray, k: int = 4) -> RuleCard:
    leaves = choose_leaves(x, y, k)
    return card_of(leaves, count_leaves(leaves, x, y, k), (INCOME, SCORE), 10)


def test_planted_borders_are_found_at_round_numbers() -> None:
    """Borders at 60 k$ and 50 come back, near enough, in the reader's labels and units."""
    x, y = quarters()
    card = card_for(x, y)
    assert card.fidelity is not None
    assert card.fidelity >= 0.99
    assert card.n_leaves == 4
    assert card.rules[0] is not None
    assert card.rules[0].text == "Annual income > 60 k$ and Spending score ≤ 50"


def test_precision_and_coverage_are_those_of_the_printed_rule() -> None:
    """Applying the printed conditions gives the printed precision and coverage, rounding included."""
    x, y = quarters()
    y = np.where(np.random.default_rng(2).random(len(y)) < 0.05, 1, y)
    for segment, rule in enumerate(card_for(x, y).rules, start=1):
        assert rule is not None
        names = (INCOME.name, SCORE.name)
        caught = follow(tuple((names.index(name), sign, limit) for name, sign, limit in rule.conditions), x)
        assert rule.precision == pytest.approx((y[caught] == segment).mean())
        assert rule.coverage == pytest.approx(caught[y == segment].mean())


def test_fidelity_counts_all_customers_under_all_paths() -> None:
    """Fidelity is the share of customers whose path names their own segment."""
    x, y = quarters()
    card = card_for(x, y)
    right = sum(rule.coverage * (y == i).sum() for i, rule in enumerate(card.rules, start=1) if rule)
    assert card.fidelity == pytest.approx(right / len(y))


def test_an_unfaithful_card_is_refused() -> None:
    """Labels that no small tree can follow give no rules at all."""
    x, _ = quarters()
    noise = np.random.default_rng(3).integers(1, 5, len(x))
    assert card_for(x, noise) == RuleCard((None,) * 4, None, 0)


def test_one_segment_needs_no_rule() -> None:
    """k = 1 gives no rules."""
    x, y = quarters()
    assert card_for(x, np.ones_like(y), 1) == RuleCard((None,), None, 0)


def test_the_tree_is_as_faithful_as_an_exact_one() -> None:
    """With round thresholds the tree follows planted segments within half a per cent of scikit-learn's."""
    x, y = quarters()
    noisy = np.where(np.random.default_rng(4).random(len(y)) < 0.04, 2, y)
    exact = DecisionTreeClassifier(max_leaf_nodes=4, min_samples_leaf=LEAST_LEAF, random_state=0).fit(x, noisy)
    fidelity = card_for(x, noisy).fidelity
    assert fidelity is not None
    assert fidelity >= exact.score(x, noisy) - 0.005


def test_two_leaves_of_one_segment_make_one_path() -> None:
    """A split both of whose halves name the same segment is taken back."""
    x = np.arange(30.0)[:, None]
    y = np.repeat([0, 1, 0], 10)
    y[14] = 0
    for leaves in grow_leaves(x, y, 2, 6):
        paths = [leaf.conditions for leaf in leaves]
        assert len(set(paths)) == len(paths)
    assert [leaf.segment for leaf in leaves] == [0, 1, 0]


def test_a_segment_of_a_few_customers_gets_no_leaf_of_its_own() -> None:
    """No split leaves fewer than LEAST_LEAF customers on a side."""
    x = np.arange(20.0)[:, None]
    few = np.eye(2)[(x[:, 0] >= 20 - LEAST_LEAF + 1).astype(int)]
    split = best_split(x, few, np.arange(20))
    assert split is not None
    assert (x[:, 0] > split.threshold).sum() >= LEAST_LEAF


@steady
@given(st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=12, max_size=40, unique=True), st.data())
def test_rounding_moves_nobody_in_a_small_table(values: list[float], data: st.DataObject) -> None:
    """Up to 200 customers, the rounded threshold separates exactly as the midpoint does."""
    ordered = np.sort(np.array(values))
    cut = data.draw(st.integers(LEAST_LEAF, len(ordered) - LEAST_LEAF))
    threshold = round_threshold(ordered, cut)
    assert (ordered <= threshold).sum() == cut


def test_only_the_tightest_bounds_are_said() -> None:
    """Conditions that another implies are dropped; both bounds of a label share it."""
    conditions = tighten(((0, ">", 20.0), (1, "<=", 65.0), (0, ">", 40.0), (0, "<=", 70.5)))
    assert conditions == ((0, ">", 40.0), (0, "<=", 70.5), (1, "<=", 65.0))
    assert path_text(conditions, (INCOME, SCORE)) == "Annual income > 40 k$ and ≤ 70.5 k$ and Spending score ≤ 65"


def test_years_and_ages_read_as_such() -> None:
    """A birth year has no separator; an age is in years even where the header does not say so."""
    born = Column("Born", "Born", "", None, Role.BIRTH, "", 1.0, "number")
    age = Column("Age", "Age", "", None, Role.AGE, "", 1.0, "number")
    conditions = ((0, ">", 1985.0), (1, "<=", 42.5))
    assert path_text(conditions, (born, age)) == "Born > 1985 and Age ≤ 42.5 years"
