"""Facts of a second month: the customers of a planted study, and a month before it that differs in a known way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import months
import numpy as np
from studies import mall_like_facts, no_structure_facts

from reportgen.history.disclosure import withhold_moves
from reportgen.history.stage import compare_months
from reportgen.personas.naming import name_segments
from reportgen.records.history import Alert, ColumnState, Descent, Month, Past, Refit
from reportgen.records.segments import IntArray
from reportgen.records.study import Facts

Members = dict[int, list[int]]

ALERTS = (
    Alert("same file", "", 0.0, 0.0),
    Alert("old data", "", 0.0, 2.0),
    Alert("row count", "", 500.0, 200.0),
    Alert("column gone", "Q3 2025 sales", 0.0, 0.0),
    Alert("column new", "Age", 0.0, 0.0),
)


def members_of(labels: IntArray) -> Members:
    """Customers, by their row, in each segment."""
    return {int(i): np.flatnonzero(labels == i).tolist() for i in np.unique(labels)}


def moved(members: Members, n: int, before: int, now: int) -> Members:
    """The month before, in which the first n of `now` were still in `before`."""
    return {
        **members,
        before: [*members[before], *members[now][:n]],
        now: members[now][n:],
    }


def month_of(facts: Facts, period: str, members: Mapping[int, list[int]], shift: int = 0) -> Month:
    """A month of those customers; the segments are called as this month's personas."""
    names = {segment: name.text for segment, name in name_segments(facts.profile).items()}
    made = months.month(period, members)
    segments = tuple(
        replace(known, name=names.get(known.identity, f"Patient {known.identity}s"), born="2025-11", named=period)
        for known in made.segments
    )
    return replace(made, segments=segments, columns=columns_of(facts, shift))


def columns_of(facts: Facts, shift: int) -> tuple[ColumnState, ...]:
    """The numeric columns in quarters; the first of them shifted by so many customers to the top, with some missing."""
    names = [column.name for column in facts.columns if column.kind == "number"]
    rest = [months.number_state(name, (1, 2, 3), (50, 50, 50, 50)) for name in names[1:]]
    shifted = months.number_state(names[0], (1, 2, 3), (50 - 2 * shift, 50, 50, 50 + 2 * shift), shift)
    levels = {"Rome": 150, "Bonn": 50 - shift} | ({"Oslo <b>": shift} if shift else {})
    labels = [column.name for column in facts.columns if column.kind == "category"][:1]
    return (shifted, *rest, *(months.level_state(name, levels) for name in labels))


def compare(facts: Facts, before: Members, now: Members | None = None, shift: int = 0, **given: object) -> Facts:
    """The facts with the change since the month before; `shift`: customers by which the columns have drifted."""
    here = members_of(facts.segmentation.labels) if now is None else now
    last = month_of(facts, "2026-09", before)
    older = month_of(facts, "2026-08", before)
    this = month_of(facts, facts.period, here, shift)
    order = tuple(segment.id for segment in facts.profile.segments)
    settings = {"mode": "scored", "moved_by_refit": facts.evidence.moved_by_refit} | given
    change = compare_months(Past((older, last)), this, order, **settings)  # type: ignore[arg-type]
    return replace(facts, change=withhold_moves(change, facts.profile.min_cell))


def busy(facts: Facts, shift: int = 0) -> Facts:
    """A fifth of the second segment came from the first; twelve customers are new, twelve are gone."""
    members = members_of(facts.segmentation.labels)
    before = moved(members, max(12, len(members[2]) // 3), 1, 2)
    before = {**before, 1: [*before[1][12:], *range(10_000, 10_012)]}
    return compare(facts, before, shift=shift)


def thin(facts: Facts) -> Facts:
    """Twelve came from the first segment to the second, three from the third to the first; three are new."""
    members = members_of(facts.segmentation.labels)
    before = moved(moved(members, 12, 1, 2), 3, 3, 1)
    return compare(facts, {**before, 2: before[2][3:]})


def quiet(facts: Facts) -> Facts:
    """The same customers in the same segments."""
    return compare(facts, members_of(facts.segmentation.labels))


def renewed(facts: Facts) -> Facts:
    """Fitted anew: the last segment is new, the first came out of a merge, and one is retired."""
    members = members_of(facts.segmentation.labels)
    last = max(members)
    half = len(members[1]) // 2
    before = {
        **{i: customers for i, customers in members.items() if i not in {1, last}},
        1: members[1][half:],
        last + 1: members[1][:half],
        last + 2: members[last],
    }
    return compare(facts, before, mode="refitted", descents=(Descent("merge", (1, last + 1), (1,)),))


def alarmed(facts: Facts) -> Facts:
    """A month whose export a person should look at, and whose segments no longer fit."""
    made = busy(facts, shift=20)
    k = facts.evidence.k
    assert made.change is not None
    refit = Refit(k, k + 1, 0.31, 0.44, 0.62, is_recommended=True)
    return replace(made, change=replace(made.change, alerts=ALERTS, refit=refit))


def without_ids(facts: Facts) -> Facts:
    """Customers without ids: nobody can be followed."""
    made = busy(facts)
    assert made.change is not None
    still = tuple(replace(entry, stayed=0, came=0, went=0, joined=0, lost=0) for entry in made.change.segments)
    return replace(made, change=replace(made.change, movement=None, segments=still))


def formless() -> Facts:
    """A month without segments, after one with two."""
    facts = no_structure_facts()
    n = facts.n_customers
    last = months.month("2026-09", {1: range(n // 2), 2: range(n // 2, n)})
    nobody = replace(months.month(facts.period, {1: range(n)}), segments=(), verdict="no_segments")
    change = compare_months(Past((last,)), nobody, (), mode="refitted", moved_by_refit=(0.0, 0.0))
    return replace(facts, change=change)


CHANGED: dict[str, Callable[[Facts], Facts]] = {
    "busy": busy,
    "quiet": quiet,
    "renewed": renewed,
    "alarmed": alarmed,
    "without ids": without_ids,
}


@cache
def of_mall(kind: str) -> Facts:
    """The mall-like customers in a second month of that kind."""
    return CHANGED[kind](mall_like_facts())
