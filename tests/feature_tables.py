"""A small clean table and the features built from it, for tests of the features stage."""

from __future__ import annotations

import numpy as np

from reportgen.config import ColumnSettings, Settings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.features.stage import build_features
from reportgen.records.segments import Features
from reportgen.records.table import LINE_COLUMN, CleanTable, Column, Role

GENERATOR = np.random.default_rng(1)
N = 120
VALUES = {
    "ID": ([f"{i:03d}" for i in range(N)], Role.ID, "text"),
    "Gender": (["Female", "Male"] * (N // 2), Role.CATEGORY, "category"),
    "Age": (GENERATOR.integers(18, 70, N).astype(float), Role.AGE, "number"),
    "Annual Income (k$)": (GENERATOR.normal(60, 20, N), Role.MONEY, "number"),
    "Spending Score (1-100)": (GENERATOR.normal(50, 20, N), Role.SCORE, "number"),
    "Flat fee": (np.ones(N), Role.CONSTANT, "number"),
}
LABELS = {"Annual Income (k$)": "Annual income", "Spending Score (1-100)": "Spending score"}


def table(**more: tuple[object, Role, str]) -> CleanTable:
    data = VALUES | more
    frame = InMemoryEngine().from_columns({name: values for name, (values, _, _) in data.items()})  # type: ignore[misc]
    frame[LINE_COLUMN] = np.arange(1, N + 1)
    columns = tuple(
        Column(name, LABELS.get(name, name), "", None, role, "by hand", 1.0, kind)
        for name, (_, role, kind) in data.items()
    )
    return CleanTable(frame, columns, "ID", N, (), (), ())


def features(settings: ColumnSettings | None = None, **more: tuple[object, Role, str]) -> Features:
    return build_features(table(**more), Settings(columns=settings or ColumnSettings()), InMemoryEngine())


def names(built: Features) -> list[str]:
    return [feature.name for feature in built.features]
