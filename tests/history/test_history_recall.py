"""What counts as done when reportgen itself has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from history_months import month_of

from reportgen import recall
from reportgen.history.store import open_history


@pytest.mark.parametrize(("period", "software"), [("2026-08", "0.0.1"), ("2026-09", "9.9.9"), ("2026-10", "9.9.9")])
def test_an_upgrade_makes_only_the_newest_month_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, period: str, software: str
) -> None:
    """Months before the newest are done whatever made them; the newest, and one not yet made, are this version's."""
    monkeypatch.setattr(recall, "__version__", "9.9.9")
    with open_history(tmp_path) as history:
        for month in ("2026-08", "2026-09"):
            history.remember(month_of(month, tmp_path, software="0.0.1"))
        assert recall._software_for(history, period) == software
