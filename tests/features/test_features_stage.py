"""Which columns shape the segments, which describe them, which stay out."""

from __future__ import annotations

import numpy as np
import pytest
from feature_tables import GENERATOR, VALUES, N, features, names, table

from reportgen.config import ColumnSettings, Settings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.errors import ReportgenError
from reportgen.features.stage import build_features
from reportgen.records.table import CleanTable, Role


def test_money_and_scores_shape_by_default() -> None:
    """Income and score shape; age and gender describe; the id stays out."""
    built = features()
    describing = [entry.name for entry in built.left_out if entry.describes]
    assert names(built) == ["Annual Income (k$)", "Spending Score (1-100)"]
    assert describing == ["Gender", "Age"]
    assert built.reason.startswith("Annual income and Spending score shape the segments")


def test_settings_move_a_column_across() -> None:
    """Named features shape, in the export's order, however they are written."""
    built = features(ColumnSettings(features=("spending score", "AGE")))
    assert names(built) == ["Age", "Spending Score (1-100)"]
    assert built.chosen_by_settings


def test_an_unknown_feature_is_named_with_the_closest() -> None:
    """A typo is refused with what was probably meant."""
    with pytest.raises(ReportgenError) as fault:
        features(ColumnSettings(features=("Anual Income",)))
    assert fault.value.code == "RG-062"
    assert "Annual Income (k$)" in fault.value.hint


@pytest.mark.parametrize("name", ["Gender", "Flat fee"])
def test_a_column_that_cannot_shape_is_refused(name: str) -> None:
    """Categories and constants cannot be features, even when named."""
    with pytest.raises(ReportgenError) as fault:
        features(ColumnSettings(features=(name,)))
    assert fault.value.code == "RG-063"


def test_a_column_that_says_the_same_counts_once() -> None:
    """Income in another unit is left out, with the reason."""
    income = VALUES["Annual Income (k$)"][0]
    built = features(**{"Income in cents": (np.asarray(income) * 1e5, Role.MONEY, "number")})
    twin = next(entry for entry in built.left_out if entry.name == "Income in cents")
    assert "Income in cents" not in names(built)
    assert "says the same as Annual income" in twin.reason
    assert twin.echoes


def test_no_usable_column_is_refused() -> None:
    """Without money, counts, scores or measures there is nothing to segment by."""
    settings = ColumnSettings(ignore=("Annual Income (k$)", "Spending Score (1-100)"))
    with pytest.raises(ReportgenError) as fault:
        features(settings)
    assert fault.value.code == "RG-010"


def test_the_value_is_the_spending() -> None:
    """A spending score is the value unless an amount was spent; income is never what a customer is worth."""
    spent = GENERATOR.gamma(2, 100, N)
    assert features().value_column == "Spending Score (1-100)"
    assert features(**{"Total spent": (spent, Role.MONEY, "number")}).value_column == "Total spent"


def test_parts_of_the_spending_are_not_the_value() -> None:
    """Two spending columns without a total leave the value unknown."""
    parts = {name: (GENERATOR.gamma(2, 100, N), Role.MONEY, "number") for name in ("Wine sales", "Meat sales")}
    assert features(**parts).value_column == ""


def test_alternatives_include_age() -> None:
    """The question that every reader asks is prepared: what if age shaped too?"""
    assert ("Age", "Annual Income (k$)", "Spending Score (1-100)") in [s.names for s in features().alternatives]


def test_the_matrix_is_scaled_and_raw_is_not() -> None:
    """n × p with mean 0 beside the export's own units."""
    built = features()
    assert built.matrix.shape == built.raw.shape == (N, 2)
    assert built.matrix.mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
    assert built.raw[:, 0] == pytest.approx(VALUES["Annual Income (k$)"][0])


def test_the_whole_of_the_spending_is_the_value() -> None:
    """Purchases is the whole of one-off and installment purchases."""
    parts = {
        name: (GENERATOR.gamma(2, 100, N), Role.MONEY, "number")
        for name in ("One-off purchases", "Purchases", "Installments purchases")
    }
    assert features(**parts).value_column == "Purchases"


def test_income_and_balances_are_never_the_value() -> None:
    """Without spending, the one other money column that a customer brings counts; what they own does not."""
    columns = ColumnSettings(ignore=("Spending Score (1-100)",))
    balance = {"Balance": (GENERATOR.gamma(2, 100, N), Role.MONEY, "number")}
    margin = {"Margin": (GENERATOR.gamma(2, 10, N), Role.MONEY, "number")}
    assert features(columns, **balance).value_column == ""
    assert features(columns, **balance, **margin).value_column == "Margin"


def test_of_a_few_features_the_least_alike_pair_is_an_alternative() -> None:
    """Three features, two of them close: the pair that differs is worth comparing."""
    income = np.asarray(VALUES["Annual Income (k$)"][0])
    wealth = (income + GENERATOR.normal(0, 8, N), Role.MEASURE, "number")
    sets = [alternative.names for alternative in features(Wealth=wealth).alternatives]
    assert any(len(names) == 2 and "Spending Score (1-100)" in names for names in sets)


def test_the_value_of_the_settings_must_be_a_number() -> None:
    """A category cannot be summed."""
    with pytest.raises(ReportgenError) as fault:
        features(ColumnSettings(value="gender"))
    assert fault.value.code == "RG-063"


def test_equal_customers_are_called_so() -> None:
    """Where every column but the id is constant, the sentence says that the customers are the same."""
    same = CleanTable(
        table().frame, tuple(c for c in table().columns if c.name in {"ID", "Flat fee"}), "ID", N, (), (), ()
    )
    with pytest.raises(ReportgenError) as fault:
        build_features(same, Settings(), InMemoryEngine())
    assert fault.value.code == "RG-011"
    assert "All 120 customers are the same" in fault.value.sentence
