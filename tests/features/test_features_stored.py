"""A stored model's columns and scaling on another month's customers."""

from __future__ import annotations

import numpy as np
import pytest
from feature_tables import N, features, table

from reportgen.config import ColumnSettings, SegmentSettings, Settings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.features.stage import build_features
from reportgen.features.stored import why_unfit
from reportgen.records.history import Model
from reportgen.records.table import Role

FEATURES = features()
MODEL = Model("2026-09", FEATURES.features, (), (1, 2), np.zeros((2, 2)), 0.5, 0.9)
OTHERS = {"Annual Income (k$)": (np.full(N, 60.0) + np.arange(N), Role.MONEY, "number")}


def test_a_new_month_is_measured_on_the_stored_scale() -> None:
    """x → (transform(x) − center) / spread with the model's center and spread, whatever this month's mean."""
    built = build_features(table(**OTHERS), Settings(), InMemoryEngine(), MODEL)
    income = MODEL.features[0]
    assert built.features == MODEL.features
    assert built.matrix[:, 0] == pytest.approx((np.full(N, 60.0) + np.arange(N) - income.center) / income.spread)
    assert "those of the months before" in built.reason


def test_a_model_fits_its_own_export() -> None:
    """Nothing stands in the way of scoring an export of the same columns."""
    assert why_unfit(MODEL, table(), Settings()) == ""


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (Settings(columns=ColumnSettings(features=("Age",))), "name other columns"),
        (Settings(segments=SegmentSettings(k=4)), "another number of segments"),
        (Settings(columns=ColumnSettings(ignore=("Annual Income (k$)",))), "is missing"),
    ],
)
def test_settings_that_ask_for_other_segments_end_the_model(settings: Settings, why: str) -> None:
    """Who changes the question gets a new fit."""
    assert why in why_unfit(MODEL, table(), settings)


def test_a_column_that_lost_its_numbers_ends_the_model() -> None:
    """A shaping column of words cannot be scored."""
    words = {"Annual Income (k$)": (np.array(["a"] * N, dtype=object), Role.TEXT, "text")}
    assert "holds no numbers" in why_unfit(MODEL, table(**words), Settings())
