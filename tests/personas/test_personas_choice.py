"""What another choice would have given, in sentences: the runner-up, one column less, filled-in values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from studies import mall_like_facts, no_structure_facts

from reportgen.personas import choice_answers, evidence_answers
from reportgen.personas.choice_answers import changes_of
from reportgen.personas.naming import name_segments
from reportgen.personas.numbers import Numbers
from reportgen.records.segments import FilledIn, OtherDivision
from reportgen.records.structure import Standout
from reportgen.records.study import Claim, Facts

MALL, NONE = mall_like_facts(), no_structure_facts()
SPLIT = ((80, 0, 0, 0, 0, 0), (0, 27, 10, 0, 0, 0), (0, 0, 0, 36, 0, 0), (0, 0, 0, 0, 24, 0), (0, 0, 0, 0, 0, 23))
MERGER = ((80, 0, 0, 0), (0, 37, 0, 0), (0, 0, 36, 0), (0, 0, 0, 24), (0, 0, 0, 23))


def division(counts: tuple[tuple[int, ...], ...]) -> OtherDivision:
    """Others whose first feature rises from one to the next."""
    others = range(len(counts[0]))
    return OtherDivision(counts, tuple((10.0 * c, 50.0) for c in others), tuple((float(c), 0.0) for c in others))


def told(write: Any, **changes: Any) -> str:
    made: Facts = replace(MALL, evidence=replace(MALL.evidence, **changes))
    claim = write(Numbers(made), name_segments(made.profile))
    return claim.text if isinstance(claim, Claim) else ""


def test_a_split_names_the_segment_its_parts_and_what_sets_them_apart() -> None:
    """Sizes and means of the parts, what is gained."""
    text = told(choice_answers.answer_runner_up, runner_up=6, other=division(SPLIT))
    assert text.startswith(
        "Six segments instead of five would split High-Income Spenders into parts of 27 and 10 customers, whose annual "
        "income averages 10.0 k$ and 20.0 k$. Gained: parts that can be addressed on their own."
    )


def test_a_merger_names_those_put_together() -> None:
    """And that their difference would be lost."""
    text = told(choice_answers.answer_runner_up, runner_up=4, other=division(MERGER))
    assert text.startswith("Four segments instead of five would put ")
    assert "together, whose spending score averages" in text
    assert "Gained: fewer campaigns to run. Lost: the difference between those who would be put together" in text


def test_no_split_and_no_merger_is_said() -> None:
    """Borders that move are neither."""
    text = told(choice_answers.answer_runner_up, runner_up=5, other=division(tuple(row[:5] for row in SPLIT_EVEN)))
    assert text.endswith("would draw the borders anew rather than split or merge segments.")


SPLIT_EVEN = tuple(tuple(40 if c == i else 2 for c in range(5)) for i in range(5))


def test_changes_are_counted_from_the_table() -> None:
    """One split and no merger; one merger and no split."""
    splits, mergers = changes_of(division(SPLIT))
    assert ([change.segments for change in splits], mergers) == ([(1,)], [])
    splits, mergers = changes_of(division(MERGER))
    assert (splits, [change.segments for change in mergers]) == ([], [(3, 4)])


def test_without_a_runner_up_nothing_is_said() -> None:
    assert told(choice_answers.answer_runner_up, other=None) == ""


@pytest.mark.parametrize(
    ("agreements", "verdict"),
    [((0.4, 0.9), "they hang most on annual income"), ((0.85, 0.9), "no single column decides")],
)
def test_the_column_that_matters_most_is_named(agreements: tuple[float, float], verdict: str) -> None:
    """The lowest agreement first."""
    names = [feature.name for feature in MALL.features.features]
    text = told(choice_answers.answer_left_out, left_out=tuple(zip(names, agreements, strict=True)))
    assert f"agree with these by {agreements[0]:.2f} without annual income" in text
    assert text.endswith(f"(adjusted Rand index): {verdict}.")


def test_filled_in_values_are_weighed() -> None:
    """How many customers, and what their absence changes for the others."""
    text = told(choice_answers.answer_filled_in, filled_in=FilledIn(12, 0.97, 0.013))
    assert text.startswith("12 customers have a filled-in value in a column that shapes.")
    assert "agree by 0.97" in text
    assert text.endswith("1.3% of the other customers would be in another segment.")
    assert told(choice_answers.answer_filled_in, filled_in=None) == ""


def test_structure_is_told_where_it_stands_out() -> None:
    """With the number of segments at which it does."""
    test = replace(MALL.evidence.structure, standout=Standout(5, 0.55, 0.36, 0.42))
    text = told(evidence_answers.answer_structure, structure=test)
    assert text.startswith("With five segments the silhouette is 0.55. In ")
    assert "rarely passes 0.36 (Gaussian) or 0.42 (uniform): more than chance" in text


def test_no_vote_for_the_choice_is_said() -> None:
    """Not `no of eight`."""
    votes = tuple(replace(vote, k=2) for vote in MALL.evidence.votes)
    assert told(evidence_answers.answer_k_choice, votes=votes).startswith("No test of ")
