"""Categories among the features: levels as columns, with a stated weight."""

from __future__ import annotations

import numpy as np
import pytest
from feature_tables import features, names

from reportgen.config import ColumnSettings
from reportgen.errors import ReportgenError
from reportgen.features.categories import fit_category, indicators
from reportgen.records.segments import FloatArray
from reportgen.records.table import Role

INCOME, SCORE = "Annual Income (k$)", "Spending Score (1-100)"


def columns_of(values: list[object], weight: float = 0.2) -> FloatArray:
    given = np.array(values, dtype=object)
    return indicators(given, fit_category("city", given, weight))


@pytest.mark.parametrize("values", [["a", "b"] * 20, ["a"] * 37 + ["b", "c", "d"], [f"l{i % 9}" for i in range(90)]])
@pytest.mark.parametrize("weight", [0.2, 1.0])
def test_a_category_weighs_what_is_stated(values: list[object], weight: float) -> None:
    """However many levels it has: the variances of its columns add up to the weight, a column of numbers' to 1."""
    assert columns_of(values, weight).var(axis=0).sum() == pytest.approx(weight)


def test_an_unknown_level_stands_at_the_mean() -> None:
    """It draws a customer to no side."""
    found = columns_of(["a", None, "b", "", "a"])
    assert found[[1, 3]].tolist() == [[0.0, 0.0], [0.0, 0.0]]
    assert found.mean(axis=0) == pytest.approx([0.0, 0.0])


def test_rare_levels_are_pooled() -> None:
    """A postcode of a hundred levels makes eleven columns."""
    values = [f"{i % 100:05d}" for i in range(300)] + ["00001"] * 50
    assert fit_category("postcode", np.array(values, dtype=object), 0.2).levels[0] == "00001"
    assert columns_of(values).shape == (350, 11)


def test_a_named_category_shapes_beside_numbers() -> None:
    """Behind the features in the matrix, in no mean, and said."""
    built = features(ColumnSettings(features=(INCOME, "Gender")))
    assert (names(built), built.names) == ([INCOME], (INCOME, "Gender"))
    assert built.matrix.shape[1] == 3
    assert built.raw.shape[1] == 1
    assert [built.matrix[:, block].shape[1] for block in built.blocks] == [1, 2]
    assert "Gender enters as a category with no more weight than a column of numbers" in built.reason
    assert "Gender" not in [entry.name for entry in built.left_out]


def test_codes_shape_as_levels_never_as_amounts() -> None:
    """Channel 1 and 2 are two levels: no mean of 1.5, whether stored as number or text."""
    channel = (np.array([1.0, 2.0] * 60), Role.CODE, "number")
    built = features(ColumnSettings(features=(INCOME, "Channel")), Channel=channel)
    assert [(one.name, one.levels) for one in built.categories] == [("Channel", ("1", "2"))]
    assert "Channel" not in names(features(Channel=channel))


def test_categories_alone_are_refused() -> None:
    """They would only be counted."""
    with pytest.raises(ReportgenError, match="Categories alone cannot shape segments") as fault:
        features(ColumnSettings(features=("Gender",)))
    assert fault.value.code == "RG-063"


def test_a_category_of_one_level_is_refused() -> None:
    """It tells no customers apart."""
    given = ColumnSettings(features=(INCOME, "Country"))
    with pytest.raises(ReportgenError, match="all customers have the same value"):
        features(given, Country=(["Ulm"] * 120, Role.CATEGORY, "category"))


def test_the_choice_without_the_category_is_an_alternative() -> None:
    """So that the reader sees what it changed."""
    built = features(ColumnSettings(features=(INCOME, SCORE, "Gender")))
    assert (INCOME, SCORE) in [choice.names for choice in built.alternatives]
