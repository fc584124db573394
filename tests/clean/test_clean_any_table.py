"""Cleaning of any table: it ends with an account of every record, or with a user's mistake."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from raw_tables import DEFAULTS, ENGINE, cleaned, raw_table_of

from reportgen.errors import ReportgenError
from reportgen.features.stage import build_features
from reportgen.records.table import IMPUTED_PREFIX, LINE_COLUMN

HEADERS = st.sampled_from(
    [
        "Customer ID",
        "Age",
        "Income (k$)",
        "Score (1-10)",
        "Year_Birth",
        "Joined",
        "Gender",
        "Orders",
        "Region",
        "x",
        "€",
    ]
)
CELLS = st.one_of(
    st.none(),
    st.sampled_from(["?", "NA", "", " ", "Male", "male", "m", "Yes", "0", "1", "999", "-1", "1e308", "inf", "nan"]),
    st.integers(-5, 200).map(str),
    st.floats(allow_nan=False, width=32).map(str),
    st.dates().map(str),
    st.text(max_size=6),
    st.sampled_from(
        ["€1.234,50", "1,234.50 $", "(12)", "12%", "04.09.2012", "9/4/12", "a@b.org", "00123", "٣", "\x00"]
    ),
)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[str | None]]:
    """Two to five columns, each drawn from a few cells, 20 to 60 records."""
    n_rows = draw(st.integers(20, 60))
    names = draw(st.lists(HEADERS, min_size=2, max_size=5, unique=True))
    columns = {}
    for name in names:
        some = draw(st.lists(CELLS, min_size=1, max_size=8))
        start = draw(st.integers(0, 100))
        varied = draw(st.booleans())
        columns[name] = [
            str(start + i) if varied and i % 3 else some[(i * 7 + start) % len(some)] for i in range(n_rows)
        ]
    return columns


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_any_table_is_accounted_for_or_refused(columns: dict[str, list[str | None]]) -> None:
    """No traceback, no lost record, no missing value among numbers, finite features."""
    table = raw_table_of(columns)
    n_rows = len(next(iter(columns.values())))
    try:
        clean = cleaned(table)
        features = build_features(clean, DEFAULTS, ENGINE)
    except ReportgenError:
        return
    gone = [entry for entry in clean.set_aside if entry.action == "set aside"]
    assert clean.n_customers + len(gone) == n_rows
    assert [column.name for column in clean.columns] == list(columns)
    assert not (features.matrix != features.matrix).any()
    assert features.matrix.shape == (clean.n_customers, len(features.features))
    assert all(len(row) == len(clean.quality) for row in clean.missing_rows)
    frame = list(clean.frame.columns)
    assert frame[: len(columns) + 1] == [*columns, LINE_COLUMN]
    assert all(name.startswith(IMPUTED_PREFIX) for name in frame[len(columns) + 1 :])
