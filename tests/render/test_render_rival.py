"""The runner-up stands beside the chosen segments: what stays together, splits or merges, and at what cost."""

from __future__ import annotations

from dataclasses import replace

from render_studies import mall, report
from told_studies import no_segments_told

from reportgen.records.segments import OtherDivision
from reportgen.records.study import Study
from reportgen.render.html import render_html
from reportgen.render.pdf import print_html
from reportgen.render.view_rival import RivalView, rival_view

COUNTS = ((83, 0, 0, 0, 0, 0), (0, 20, 17, 0, 0, 0), (0, 0, 0, 34, 0, 0), (0, 0, 0, 1, 23, 0), (8, 0, 0, 0, 7, 7))
"""The first stays whole, the second splits, the fourth leaves a customer behind, the fifth is shared out."""


def rivalled() -> Study:
    study, _ = mall()
    division = OtherDivision(COUNTS, ((0.0, 0.0),) * 6, ((0.0, 0.0),) * 6)
    return replace(study, facts=replace(study.facts, evidence=replace(study.facts.evidence, other=division)))


def shown() -> RivalView:
    view = rival_view(rivalled())
    assert view is not None
    return view


def test_fate_of_each_segment_is_told() -> None:
    """A segment stays together, splits in two or is shared out; a customer on the border changes no verdict."""
    assert [fate.what for fate in shown().today] == [
        "stays together",
        "splits",
        "stays together",
        "stays together",
        "is shared out",
    ]


def test_parts_add_up() -> None:
    """Both sides place every customer once, and each bar is the share of all customers."""
    for side in (shown().today, shown().instead):
        parts = [part for fate in side for part in fate.parts]
        assert sum(int(part.n_customers) for part in parts) == 200
        assert abs(sum(part.width for part in parts) - 100) < 0.1


def test_groups_are_lettered_by_size() -> None:
    """Group A is the largest of the runner-up's; its parts name the segments they come from."""
    first = shown().instead[0]
    assert (first.name, first.n_customers, [part.segment for part in first.parts]) == ("Group A", "about 90", [1, 5])


def test_few_customers_are_not_told_by_themselves() -> None:
    """Parts of fewer than ten are counted with the largest of their segment; the runner-up's sizes are rounded."""
    parts = [part for side in (shown().today, shown().instead) for fate in side for part in fate.parts]
    assert all(int(part.n_customers) >= 10 for part in parts)
    largest, smallest = shown().scores.rows[1][3:]
    assert int(largest.text) % 10 == int(smallest.text) % 10 == 0


def test_scores_of_both_are_shown() -> None:
    """The silhouette and the stability of either choice stand beside each other."""
    assert [row[0].text for row in shown().scores.rows] == ["5, this report", "6, the runner-up"]


def test_nothing_to_compare_without_a_runner_up() -> None:
    """Without segments, or where only one number was tried, there is no comparison."""
    assert rival_view(no_segments_told()) is None
    assert report("mall").rival is None


def test_comparison_is_on_screen_alone() -> None:
    """The HTML has the comparison, readable without script; the PDF tells it in its sentence."""
    both = replace(report("mall"), rival=shown())
    assert b'id="what-if"' in render_html(both).content
    assert 'id="what-if"' not in print_html(both)
