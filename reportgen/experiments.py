"""Which customers an action is tried on, as the settings ask for it."""

from __future__ import annotations

import numpy as np

from reportgen import wording
from reportgen.config import Settings, resolve_column
from reportgen.errors import ReportgenError
from reportgen.following import MOST_FOLLOWED, Followed
from reportgen.history.groups import draw_groups
from reportgen.records.profile import Profile
from reportgen.records.table import CleanTable


def outcome_column(table: CleanTable, profile: Profile, settings: Settings) -> str:
    """Header name of the column that tells whether an action worked. Raises ReportgenError (RG-062, RG-063)."""
    labels = {column.name: column.label for column in table.columns}
    wanted = settings.experiment.outcome
    name = resolve_column("experiment.outcome", wanted, labels) if wanted else profile.value_column
    if not name or table.column(name).kind != "number":
        found = f"the column {wording.scrub(name, 40)!r} holds no numbers" if name else "the export has no value column"
        raise ReportgenError(
            "RG-063",
            f"A test needs a column of numbers that tells whether it worked, but {found}.",
            "Name one under [experiment] outcome.",
        )
    return name


def draw_experiments(
    followed: Followed, n_customers: int, identities: tuple[int, ...], period: str, settings: Settings
) -> tuple[int, ...]:
    """Test or control group of each customer (see history.groups), in the order of the table; empty: none is asked for.

    Raises ReportgenError (RG-063) for a segment that is not there, and for an export whose customers have no ids or are
    too many to be followed.
    """
    wanted = settings.experiment.segments
    if not wanted:
        return ()
    if missing := sorted(set(wanted) - set(identities)):
        known = wording.join_words([str(identity) for identity in sorted(identities)], "or") or "none"
        raise ReportgenError(
            "RG-063",
            f"The settings ask for a test in segment {missing[0]}, which this month does not have.",
            f"The numbers of its segments, as in segments.csv: {known}.",
        )
    if n_customers > MOST_FOLLOWED:
        raise ReportgenError(
            "RG-063",
            f"A test needs customers who are followed one by one, and past {wording.format_count(MOST_FOLLOWED)} of "
            f"them nobody is: the export has {wording.format_count(n_customers)}.",
            "Export the segment's customers alone to test an action on them.",
        )
    if not len(followed.keys):
        raise ReportgenError(
            "RG-063",
            "A test needs customers who can be found again next month, but they have no ids here.",
            "Name the id's column under [input] id_column, or ask for no test.",
        )
    by_identity = np.array([0, *identities], dtype=np.int32)[followed.labels]
    return tuple(draw_groups(followed.keys, by_identity, period, wanted).tolist())
