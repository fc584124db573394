"""For whom the export knows a way to write or call."""

from __future__ import annotations

import numpy as np
from raw_tables import cleaned, raw_table

from reportgen.engine.in_memory import InMemoryEngine
from reportgen.profile.reach import reach_by_segment

N = 40
HALVES = (np.arange(20), np.arange(20, N))
IDS, SCORES = [f"C{i}" for i in range(N)], [str(i) for i in range(N)]


def test_either_way_reaches_a_customer() -> None:
    """Mail or telephone; a word for missing is no address."""
    mails = [f"c{i}@example.org" if i < 20 else "n/a" for i in range(N)]
    phones = [f"+49 30 12345{i:02d}" if i % 2 == 0 else None for i in range(N)]
    table = cleaned(raw_table(ID=IDS, Score=SCORES, Email=mails, Phone=phones))
    assert [column.contact for column in table.columns] == [None, None, "e-mail", "telephone"]
    assert reach_by_segment(table, HALVES, InMemoryEngine()) == (30 / N, 1.0, 0.5)


def test_without_contact_data_reach_is_not_known() -> None:
    """None, not nobody."""
    table = cleaned(raw_table(ID=IDS, Score=SCORES, City=["Bonn", "Kiel"] * 20))
    assert reach_by_segment(table, HALVES, InMemoryEngine()) == (None, None, None)
