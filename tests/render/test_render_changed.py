"""Where the report says what has changed: the cover, the answer, a section of its own and the e-mail."""

from __future__ import annotations

from functools import cache

import pytest
from changed_facts import CHANGED, formless, of_mall
from render_studies import SETTINGS, mall, report_of
from told_studies import THEME

from reportgen.charts.stage import draw_figures
from reportgen.personas.stage import write_study
from reportgen.records.study import Figure, Skipped, Study
from reportgen.render.email import render_email
from reportgen.render.html import render_html
from reportgen.render.view import Report, Section, build_report
from reportgen.render.view_changed import ChangedView

PICTURES = [("segments_moved", None), ("share_trend", None)]


@cache
def told(kind: str) -> tuple[Study, tuple[Figure | Skipped, ...]]:
    study = write_study(of_mall(kind), THEME)
    return study, draw_figures(study, THEME, PICTURES, mail=())


@cache
def report(kind: str) -> Report:
    return report_of(told(kind))


def changed(kind: str) -> ChangedView:
    view = report(kind).changed
    assert view is not None
    return view


def section(kind: str, anchor: str = "changed") -> Section:
    return next(one for one in report(kind).sections if one.anchor == anchor)


def mail(kind: str) -> str:
    """The plain text of the message, on one line."""
    text = render_email(report(kind), *told(kind), SETTINGS, None)[1]
    assert text.name == "email.txt"
    return " ".join(text.content.decode().split())


def test_the_first_month_has_no_such_section() -> None:
    """Nothing to compare with: the answer says that this is the baseline."""
    first = report_of(mall())
    assert first.changed is None
    assert "changed" not in [one.anchor for one in first.sections]
    assert first.change.startswith("This run is not compared")


@pytest.mark.parametrize("kind", CHANGED)
def test_the_section_stands_behind_side_by_side(kind: str) -> None:
    """From the second month on, between the segments side by side and how far to trust them."""
    anchors = [one.anchor for one in report(kind).sections if one.anchor != "compare"]
    assert anchors[anchors.index("segments") :][:3] == ["segments", "changed", "trust"]


def test_the_answer_opens_with_what_has_changed() -> None:
    """Movement, moves, shares and segments that came or went, before any other figure."""
    page = render_html(report("renewed")).content.decode()
    answer = page[page.index('id="answer"') :]
    assert changed("renewed").first[0].startswith("63 of 200 customers")
    assert 0 < answer.index("63 of 200 customers") < answer.index('class="strip')
    assert any("is retired" in text for text in changed("renewed").first)


def test_alerts_stand_on_the_cover() -> None:
    """What to check is on the first page, and nothing is where there is nothing to check."""
    page = render_html(report("alarmed")).content.decode()
    assert "Check the export" in page[: page.index('id="answer"')]
    assert changed("busy").alert == ""
    assert "Check the export" not in render_html(report("busy")).content.decode()


def test_a_quiet_month_is_short() -> None:
    """One table and the trend; no picture of the movement, no matrix."""
    page = render_html(report("quiet")).content.decode()
    assert [picture.name for picture in section("quiet").pictures] == ["share_trend"]
    assert "Who went where" not in page
    assert section("quiet").said.lede.startswith("Nothing moved beyond noise")


def test_a_quiet_month_has_a_short_report() -> None:
    """Side by side, the data and the pictures of the evidence are left out, which is said; a setting brings them."""
    short = report("quiet")
    assert [one.anchor for one in short.sections] == ["answer", "segments", "changed", "trust", "appendix"]
    assert section("quiet", "trust").pictures == ()
    assert "this report is short" in render_html(short).content.decode()
    study, figures = told("quiet")
    full = build_report(study, figures, SETTINGS.with_value(("report", "length"), "full"), THEME)
    assert {"compare", "data"} <= {one.anchor for one in full.sections}


def test_tables_add_up() -> None:
    """The customers of the tables are those of both months; the matrix has a row for the new."""
    view = changed("busy")
    counts = [[int(cell.text) for cell in row[1:]] for row in view.segments.rows]
    assert [sum(column) for column in zip(*counts, strict=True)] == [200, 200, 176, 12, 12, 12, 12]
    (moves,) = view.moves
    assert [row[0].text for row in moves.rows][-1] == "New customers"
    assert sum(int(cell.text) for row in moves.rows for cell in row[1:] if cell.text != "–") == 200


def test_segments_that_are_gone_are_marked() -> None:
    """A retired segment stands last, with its fate, and without another segment's colour."""
    names = [(row[0].text, row[0].segment) for row in changed("renewed").segments.rows]
    assert names[-2:] == [("Patient 6s (retired)", 0), ("Patient 7s (retired)", 0)]
    assert names[4][0].endswith("(new)")


def test_columns_are_listed_where_one_has_shifted() -> None:
    """Shift, missing values and levels never seen before, the largest shift first."""
    columns = changed("alarmed").columns
    assert [row[0].text for row in columns.rows][:2] == ["Age", "Gender"]
    assert columns.rows[1][4].text == "Oslo <b> (20 customers)"
    assert changed("busy").columns.rows == ()


def test_without_ids_no_flows_are_printed() -> None:
    """Where nobody can be followed the tables hold sizes alone."""
    view = changed("without ids")
    assert len(view.segments.header) == 3
    assert view.moves == ()


def test_the_mail_begins_with_what_has_changed() -> None:
    """Its first sentence below the headline; the alerts follow; it is not said twice."""
    text = mail("alarmed")
    headline = " ".join(report("alarmed").headline.split())
    assert (
        text.split(headline)[1].strip().startswith("12 of 188 customers are in another segment than in September 2026")
    )
    assert text.index("Check the export") < text.index("THE SEGMENTS")
    assert text.count("are in another segment than") == 1


def test_the_mail_of_the_first_month_ends_with_the_baseline() -> None:
    """As ever: the comparison begins next month."""
    study, drawn = mall()
    text = render_email(report_of((study, drawn)), study, drawn, SETTINGS, None)[1].content.decode()
    assert text.index("THE SEGMENTS") < text.index("This run is not compared")


def test_a_month_without_segments_has_the_section_too() -> None:
    """Sizes of the segments before, and no picture of what is not there."""
    made = write_study(formless(), THEME)
    drawn = draw_figures(made, THEME, PICTURES, mail=())
    page = render_html(report_of((made, drawn))).content.decode()
    assert "Big Spenders (no customer)" in page
    assert "Its customers form one group" in page[: page.index('id="answer"')]
    assert not [figure for figure in drawn if isinstance(figure, Figure)]
