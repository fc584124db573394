"""Which columns shape the segments where the settings name none, and how many at most."""

from __future__ import annotations

import numpy as np
from feature_tables import N, features, names

from reportgen.config import ColumnSettings
from reportgen.features.choice import most_telling
from reportgen.records.table import Role

GENERATOR = np.random.default_rng(2)
GROUP = GENERATOR.integers(0, 3, N)
TELLING = {f"told {j}": GROUP * (j + 1) + GENERATOR.normal(0, 0.7, N) for j in range(3)}
NOISE = {f"noise {j}": GENERATOR.normal(0, 1, N) for j in range(12)}
MEASURES = {name: (values, Role.MEASURE, "number") for name, values in (NOISE | TELLING).items()}


def test_no_more_columns_shape_than_the_setting_allows() -> None:
    """Past the limit a column neither shapes nor describes, and says why; with all of them the run never ended."""
    built = features(ColumnSettings(most_features=4), **MEASURES)
    past = [entry for entry in built.left_out if entry.reason.startswith("past the 4 columns that shape")]
    assert len(built.features) == 4
    assert len(past) == len(MEASURES) - 2
    assert not any(entry.describes for entry in past)
    assert "of all that customers have and do, they tell most of the rest" in built.reason


def test_money_and_scores_come_before_unexplained_measures() -> None:
    """Income and score are kept, and of the measures those that the others follow."""
    built = features(ColumnSettings(most_features=3), **MEASURES)
    assert {"Annual Income (k$)", "Spending Score (1-100)"} < set(names(built))
    assert len(set(names(built)) & set(TELLING)) == 1


def test_columns_that_the_settings_name_all_shape() -> None:
    """The limit is for what is found, not for what is asked for."""
    assert names(features(ColumnSettings(most_features=2, features=tuple(NOISE)), **MEASURES)) == list(NOISE)


def test_each_column_tells_what_those_before_it_do_not() -> None:
    """Of two groups of columns that move together, the second column comes from the other group."""
    first, second = GENERATOR.normal(size=(2, 500))
    columns = [first + GENERATOR.normal(0, 0.3, 500) for _ in range(4)]
    columns += [second + GENERATOR.normal(0, 0.3, 500) for _ in range(3)]
    picked = most_telling(np.corrcoef(columns), np.zeros(7, dtype=bool), 2)
    assert picked[0] < 4 <= picked[1]


def test_columns_without_anything_left_to_tell_still_fill_the_number() -> None:
    """Copies of one column are picked in the order of the export."""
    assert most_telling(np.ones((4, 4)), np.zeros(4, dtype=bool), 3) == [0, 1, 2]
