"""Months as a history keeps them, drawn by a seed."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from reportgen.history.store import customer_keys
from reportgen.records.history import ColumnState, KnownSegment, Model, Month
from reportgen.records.segments import CategoryFeature, Feature

IDS = tuple(f"C{number:05d}" for number in range(60))


def some_periods() -> list[str]:
    """Sixty years of months."""
    return [f"{year}-{month:02d}" for year in range(2026, 2086) for month in range(1, 13)]


def month_of(period: str, out: Path | None = None, seed: int = 0, **changed: object) -> Month:
    """A month of three segments; `out`: where its customers' secret lies, None where it has no ids."""
    draw = np.random.default_rng([seed, int(period.replace("-", ""))])
    segments = tuple(
        KnownSegment(
            identity, f"Group é {identity}", 20, 1 / 3, None, 0.9, tuple(draw.normal(size=2).tolist()), period, period
        )
        for identity in (1, 2, 4)
    )
    feature = Feature("Income (k$)", "log1p", 0.5, 1.0, 2.25, 1 / 3, float("nan"), "skewed")
    model = Model(
        period, (feature,), (CategoryFeature("Tariff", ("a", "b"), (0.6, 0.4), 0.3),), (1, 2, 4),
        draw.normal(size=(3, 3)), 0.5, 0.95,
    )  # fmt: skip
    columns = (
        ColumnState("Income (k$)", "money", "number", 60, 2, edges=(1.0, 2.5), counts=(10, 20, 30)),
        ColumnState("Tariff", "category", "category", 58, 4, levels=(("a", 40), ("b", 18))),
        ColumnState("Joined", "date", "date", 60, 0, last_day="2026-10-31"),
    )
    values: dict[str, object] = {
        "period": period, "revision": 0, "source_name": f"customers_{period}.csv", "source_sha256": f"{seed:064d}",
        "settings_digest": "s" * 64, "software": "reportgen 0.1.0", "verdict": "segments", "n_records": 62,
        "n_customers": 60, "value_total": 1234.5, "columns": columns, "segments": segments, "model": model,
        "next_identity": 5, "baseline": period, "based_on": "2026-06.2",
    }  # fmt: skip
    if out:
        keys = customer_keys(out, IDS)
        order = np.argsort(keys)
        identities = draw.choice([1, 2, 4], len(IDS)).astype(np.int32)
        values |= {"keys": keys[order], "identities": identities[order]}
    return Month(**values | changed)  # type: ignore[arg-type]


def as_plain(month: Month | None) -> object:
    """All of a month, comparable; None stays None."""
    if month is None:
        return None
    parts = {name: getattr(month, name) for name in Month.__slots__ if name not in ("keys", "identities", "model")}
    model = month.model and {name: repr(getattr(month.model, name)) for name in Model.__slots__}
    return repr(parts), model, month.keys.tobytes(), month.identities.tolist()
