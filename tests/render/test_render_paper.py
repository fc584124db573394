"""Pictures are fitted to the paper beside their words, alike on every segment's page."""

from __future__ import annotations

import dataclasses

from any_study import Shape, report_of_shape
from render_studies import pictured, report

from reportgen.render.paper import SMALLEST, contents_fit_cover, fit_to_paper
from reportgen.render.ruler import count_lines, text_width
from reportgen.render.view import Report


def with_heights(*heights: float) -> Report:
    """The mall's report whose segments each have pictures of those heights, in inches."""
    one = dataclasses.replace(pictured("<svg/>"), width=6.7, print_width=6.7)
    pictures = tuple(dataclasses.replace(one, height=height) for height in heights)
    shown = report("mall")
    return dataclasses.replace(
        shown, segments=tuple(dataclasses.replace(segment, pictures=pictures) for segment in shown.segments)
    )


def widths(shown: Report) -> set[tuple[float, ...]]:
    """The widths of the pictures on each segment's page."""
    return {tuple(one.print_width for one in segment.pictures) for segment in shown.segments}


def test_pictures_that_fit_stay_as_they_are() -> None:
    """Low pictures stand on their segment's page in full width."""
    fitted = fit_to_paper(with_heights(1.0, 1.0))
    assert (widths(fitted), fitted.gallery) == ({(6.7, 6.7)}, ())


def test_pictures_that_nearly_fit_shrink_alike() -> None:
    """A little too much shrinks the pictures, never under four fifths, to one width on all pages."""
    (pair,) = widths(fit_to_paper(with_heights(1.8, 1.8)))
    assert len(set(pair)) == 1
    assert SMALLEST * 6.7 <= pair[0] < 6.7


def test_pictures_that_do_not_fit_go_to_the_gallery() -> None:
    """A tall second picture leaves every segment's page; the first always stays."""
    shown = with_heights(1.0, 9.0)
    fitted = fit_to_paper(shown)
    assert widths(fitted) == {(6.7,)}
    assert len(fitted.gallery) == len(shown.segments)
    assert all(len(segment.pictures) == 1 for segment in fit_to_paper(with_heights(12.0)).segments)


def test_lines_are_counted_as_they_are_set() -> None:
    """A text breaks at blanks and after hyphens; a word too long for a line takes one of its own."""
    width = text_width("High-Income", 10)
    assert count_lines("", width, 10) == 0
    assert count_lines("High-Income", width, 10) == 1
    assert count_lines("High-Income Spenders", width, 10) == 2
    assert count_lines("High-Income", width - 1, 10) == 2
    assert text_width("High", 10, 600) > text_width("High", 10)


def test_the_contents_stand_on_the_cover_where_it_has_room() -> None:
    """Six short names leave room on A4; seven long ones, or a report without segments, do not."""
    assert contents_fit_cover(report_of_shape(Shape(6, 3, 2, "plain")))
    assert not contents_fit_cover(report_of_shape(Shape(7, 3, 0, "Chinese")))
    assert not contents_fit_cover(report("cloud"))


def test_what_a_page_told_is_not_told_again_on_paper() -> None:
    """Both shares stand beside each other on the page of the segments; slopes of the same shares are for screens."""
    shown = report("mall")
    named = {one.name for section in shown.sections for one in section.pictures}
    printed = {one.name for section in fit_to_paper(shown).sections for one in section.pictures}
    assert named - printed == {"value_concentration"}
    alone = tuple(
        dataclasses.replace(section, pictures=tuple(one for one in section.pictures if one.name != "segment_sizes"))
        for section in shown.sections
    )
    kept = fit_to_paper(dataclasses.replace(shown, sections=alone))
    assert "value_concentration" in {one.name for section in kept.sections for one in section.pictures}


def test_tables_of_one_group_stay_with_its_pictures() -> None:
    """Without segments the pictures of the columns make room for the table of their numbers."""
    shown = report("cloud")
    widths = [one.print_width / one.width for one in fit_to_paper(shown).sections[1].pictures]
    assert SMALLEST <= min(widths) == max(widths) <= 1.0
