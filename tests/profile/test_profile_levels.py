"""Levels of categories."""

from __future__ import annotations

from typing import Any

import numpy as np

from reportgen.profile.levels import level_codes, level_counts, profile_levels
from reportgen.small_cells import protect


def column(*values: Any) -> Any:
    return np.array(values, dtype=object)


def test_shares_are_of_the_known_values() -> None:
    """Customers whose level is not known count in no share."""
    levels = level_codes(column("a", "a", "b", None, "b", ""))
    first = profile_levels("x", levels, np.array([0, 1, 2, 3]))[0]
    assert (first.level, first.n_customers, first.share, first.overall) == ("a", 2, 2 / 3, 0.5)
    assert first.lift == (2 / 3) / 0.5


def test_frequent_levels_come_first_ties_by_name() -> None:
    """The order depends on counts and names alone, never on the order of the rows."""
    assert level_codes(column("b", "a", "c", "c")).names == ("c", "a", "b")


def test_past_ten_levels_the_rest_is_pooled() -> None:
    """Eleven levels become ten and `other`."""
    names = [f"level {i:02d}" for i in range(13)]
    levels = level_codes(column(*(name for i, name in enumerate(names) for _ in range(20 - i))))
    assert levels.names == (*names[:10], "other")
    assert level_counts(levels, None)[-1] == 10 + 9 + 8


def test_a_level_called_other_joins_the_pool() -> None:
    """No two lines bear the same name, even where the export has a level `other`."""
    names = ["other", *(f"level {i:02d}" for i in range(11))]
    levels = level_codes(column(*(name for i, name in enumerate(names) for _ in range(20 - i))))
    assert levels.names.count("other") == 1
    assert level_counts(levels, None)[-1] == 20 + 9


def test_codes_stored_as_numbers_read_as_codes() -> None:
    """A code of 3.0 is called `3`; NaN is not a level."""
    assert level_codes(np.array([3.0, 3.0, 12.0, np.nan])).names == ("3", "12")


def test_few_unknown_values_hide_no_share_of_the_others() -> None:
    """Two customers without a known level are no level of few: of every segment each level is told."""
    values = np.array(["a", "b"] * 60, dtype=object)
    values[[0, 7]] = None
    groups = tuple(np.arange(start, start + 40) for start in (0, 40, 80))
    levels = level_codes(values, 10)
    counts = [level_counts(levels, rows).tolist() for rows in groups]
    assert levels.names == ("a", "b")
    assert protect(counts, 10, in_order=False) == (((0,), (1,)),) * 3
