"""One suite over all charts, on studies with two, four, five, eight and no segments, long names and hostile labels."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import pytest
from chart_studies import PLANTED, STUDIES, THEME, drawn, figures, mall_study
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from PIL import Image
from studies import ENGINE

from reportgen import wording
from reportgen.charts._picture import drawing_style, to_svg
from reportgen.charts._sheet import POINTS, Sheet
from reportgen.charts._type import is_in_family
from reportgen.charts.base import CHARTS, FULL_WIDTH, HALF_WIDTH, Scope
from reportgen.charts.stage import (
    MAIL_FIGURES,
    MAIL_WIDTH,
    READING_ORDER,
    Wanted,
    draw_figures,
    draw_sheet,
    plan_figures,
)
from reportgen.errors import NotApplicable
from reportgen.records.study import Figure, Skipped, Study
from reportgen.verify.customers import customers_of
from reportgen.verify.stage import check_claims

LARGEST_SVG = 150 * 1024
LARGEST_MAIL_PICTURE = 120 * 1024
TOUCH = 1.2
"""Points by which the boxes of two texts may overlap: a descender over an ascender is no collision."""

FINE = 4
"""Pixels a point when texts are measured: at one, letters are widened to whole pixels."""

SVG_ELEMENTS = {"svg", "defs", "g", "path", "use", "image", "clipPath", "rect"}
KINDS = [(name, chart) for name in STUDIES for chart in CHARTS]
ALWAYS = {"distribution", "correlations", "missing_values", "outliers", "null_comparison", "silhouette_by_k"}
"""What remains to be said of customers without segments."""


def sheets_of(study: Study, chart_name: str, width: float | None = None) -> Iterator[tuple[Wanted, Sheet]]:
    """Every figure of one chart that applies, drawn."""
    chart = CHARTS[chart_name]
    for name, segment in plan_figures(study):
        head, _, column = name.partition(":")
        if head != chart_name:
            continue
        arguments = [part for part in (segment, column) if part]
        if chart.scope is Scope.SEGMENT and segment is None:
            continue
        try:
            numbers = chart.numbers(study, *arguments)
        except NotApplicable:
            continue
        yield (name, segment), draw_sheet(chart, numbers, THEME, width or chart.extent(numbers)[0])


def text_boxes(sheet: Sheet) -> list[tuple[str, Any]]:
    """Every text with its place in points."""
    sheet.figure.set_dpi(POINTS * FINE)
    renderer = RendererAgg(sheet.width * FINE, sheet.height * FINE, POINTS * FINE)
    texts = [text for text in sheet.figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [
        (text.get_text(), text.get_window_extent(renderer).transformed(Affine2D().scale(1 / FINE))) for text in texts
    ]


@cache
def all_boxes(name: str, chart: str, width: float | None = None) -> tuple[tuple[Wanted, Sheet, Any], ...]:
    with drawing_style():
        return tuple((wanted, s, text_boxes(s)) for wanted, s in sheets_of(STUDIES[name](), chart, width))


@pytest.mark.parametrize(("name", "chart"), KINDS)
def test_no_text_is_cut_off(name: str, chart: str) -> None:
    """Every text lies within its sheet."""
    for wanted, sheet, boxes in all_boxes(name, chart):
        outside = [
            text
            for text, box in boxes
            if box.x0 < -0.5 or box.y0 < -0.5 or box.x1 > sheet.width + 0.5 or box.y1 > sheet.height + 0.5
        ]
        assert not outside, wanted


def test_the_largest_number_of_segments_is_marked_within_the_sheet() -> None:
    """Where the last k is chosen, the word beside its dot stays on the paper."""
    elbow = CHARTS["elbow"]
    numbers = elbow.numbers(mall_study())
    shown = replace(numbers, chosen=numbers.ks[-1])
    with drawing_style():
        sheet = draw_sheet(elbow, shown, THEME, elbow.extent(shown)[0])
        (box,) = [box for text, box in text_boxes(sheet) if text == "chosen"]
    assert box.x1 <= sheet.width + 0.5


@pytest.mark.parametrize(("name", "chart"), KINDS)
def test_no_text_lies_on_another(name: str, chart: str) -> None:
    """No two texts of a picture overlap, in the report or in the mail."""
    for width in (None, MAIL_WIDTH) if chart in MAIL_FIGURES else (None,):
        for wanted, _, boxes in all_boxes(name, chart, width):
            colliding = [
                (one, other)
                for (one, a), (other, b) in combinations(boxes, 2)
                if min(a.x1, b.x1) - max(a.x0, b.x0) > TOUCH and min(a.y1, b.y1) - max(a.y0, b.y0) > TOUCH
            ]
            assert not colliding, wanted


@pytest.mark.parametrize("name", STUDIES)
def test_every_planned_figure_is_drawn_or_declines(name: str) -> None:
    """A figure comes back for each one planned, in that order, each under a name of its own."""
    names = [figure.name for figure in drawn(name)]
    assert len(names) == len(plan_figures(STUDIES[name]()))
    assert len(set(names)) == len(names)
    assert all(figure.reason for figure in drawn(name) if isinstance(figure, Skipped))


@pytest.mark.parametrize("name", STUDIES)
def test_every_finding_holds(name: str) -> None:
    """Each number in a title recomputes from the customers, and no other number stands there."""
    study = STUDIES[name]()
    customers = customers_of(PLANTED[name]().table, study.facts.features, study.facts.segmentation, ENGINE)
    claims = [figure.finding for figure in figures(name)]
    checks = check_claims(claims, customers, study.facts, [persona.name for persona in study.personas])
    assert [check for check in checks if not check.ok] == []
    assert len({claim.id for claim in claims}) == len(claims)


@pytest.mark.parametrize("name", STUDIES)
def test_pictures_are_lean_and_safe(name: str) -> None:
    """Each SVG is valid, at most 150 KB, holds shapes, pixels and (in print) letters, and refers to nothing outside."""
    for figure in figures(name):
        for svg, allowed in ((figure.svg, SVG_ELEMENTS), (figure.print_svg, SVG_ELEMENTS | {"text"})):
            root = ElementTree.fromstring(svg)
            tags = {element.tag.rpartition("}")[2] for element in root.iter()}
            links = [value for element in root.iter() for key, value in element.attrib.items() if key.endswith("href")]
            assert tags <= allowed, figure.name
            assert all(link.startswith(("#", "data:image/png;base64,")) for link in links), figure.name
            assert len(svg) <= LARGEST_SVG, figure.name
            assert "<!" not in svg, figure.name


@pytest.mark.parametrize("name", STUDIES)
def test_every_shape_that_is_used_is_defined(name: str) -> None:
    """Each `use` finds its shape, no shape is there in vain, and no name is given twice."""
    for figure in figures(name):
        for svg in (figure.svg, figure.print_svg):
            ids = re.findall(r' id="([^"]*)"', svg)
            assert len(ids) == len(set(ids)), figure.name
            assert set(re.findall(r'(?:href="#|url\(#)([\w-]+)', svg)) == set(ids), figure.name


@pytest.mark.parametrize(("name", "chart"), KINDS)
def test_the_printed_picture_says_the_same(name: str, chart: str) -> None:
    """Letters of the bundled family are printed as text, in the order in which they were written; others as shapes."""
    with drawing_style():
        for wanted, sheet, _ in all_boxes(name, chart):
            root = ElementTree.fromstring(to_svg(sheet).printed)
            printed = [element.text for element in root.iter() if element.tag.endswith("}text")]
            assert printed == [written.text for written in sheet.texts if is_in_family(written.text)], wanted


@pytest.mark.parametrize("name", STUDIES)
def test_pictures_are_drawn_at_the_size_shown(name: str) -> None:
    """Each SVG is as wide and high, in points, as its figure says, and full or half as wide as the text."""
    for figure in figures(name):
        width, height = (float(value) for value in re.findall(r'(?:width|height)="([\d.]+)pt"', figure.svg)[:2])
        assert (width, height) == pytest.approx((figure.width * POINTS, figure.height * POINTS), abs=0.01)
        assert figure.width in {FULL_WIDTH, HALF_WIDTH}
        assert figure.height <= 8.0


@pytest.mark.parametrize("name", STUDIES)
def test_pictures_for_the_mail_are_opaque_and_sharp(name: str) -> None:
    """The three figures of the mail, and no others, have a PNG of 1,120 pixels' width without transparency."""
    assert {figure.name for figure in figures(name) if figure.png} <= set(MAIL_FIGURES)
    for figure in figures(name):
        if figure.name not in MAIL_FIGURES:
            continue
        with Image.open(io.BytesIO(figure.png)) as picture:
            assert picture.width == 1120
            assert "transparency" not in picture.info
            assert picture.convert("RGB").getpixel((picture.width - 1, picture.height - 1)) == (255, 255, 255)
        assert len(figure.png) <= LARGEST_MAIL_PICTURE


@pytest.mark.parametrize("name", STUDIES)
def test_words_and_tables_stand_beside_every_picture(name: str) -> None:
    """Subtitle, alternative text and a table of at most 60 rows, as wide as its header; nothing needs scrubbing."""
    for figure in figures(name):
        assert figure.subtitle
        assert len(figure.alt) > len(figure.subtitle) / 4
        assert figure.alt.endswith(".")
        assert 1 <= len(figure.table.rows) <= 60
        assert {len(row) for row in figure.table.rows} == {len(figure.table.header)}
        for text in (figure.finding.text, figure.subtitle, figure.alt):
            assert wording.scrub(text, 10_000) == text


def test_no_table_lists_customers() -> None:
    """Tables grow with segments, columns and bins, never with the customers."""
    few, many = ({f.name: len(f.table.rows) for f in figures(name)} for name in ("two segments", "eight segments"))
    per_customer = [name for name in few.keys() & many.keys() if many[name] - few[name] > 8]
    assert not [name for name in per_customer if not name.startswith(("distribution", "difference"))]


@pytest.mark.parametrize("name", ["five segments", "no structure"])
def test_pictures_repeat_byte_for_byte(name: str) -> None:
    """Drawn again, one by one and backwards, every figure has the same bytes."""
    study = STUDIES[name]()
    again = [draw_figures(study, THEME, [wanted])[0] for wanted in reversed(plan_figures(study))]
    assert again[::-1] == list(drawn(name))


def test_the_reading_order_names_charts_that_exist() -> None:
    """READING_ORDER and the mail's figures name files of the folder, and no chart is without a place."""
    assert set(READING_ORDER) == set(CHARTS)
    assert set(MAIL_FIGURES) <= set(CHARTS)


def test_without_segments_the_customers_are_still_described() -> None:
    """Where no structure was found, charts of segments decline and the others stay."""
    kept = {figure.name.partition("-")[0] for figure in figures("no structure")}
    assert kept >= ALWAYS
    assert "segment_map" not in kept
    assert not [figure for figure in figures("no structure") if figure.segment is not None]


@pytest.mark.parametrize("name", ["a busy month", "six features"])
def test_numbers_are_frozen_records(name: str) -> None:
    """What a chart is drawn from can be looked at, not changed."""
    study = STUDIES[name]()
    for chart_name, segment in plan_figures(study):
        head, _, column = chart_name.partition(":")
        chart = CHARTS[head]
        try:
            numbers = chart.numbers(study, *(part for part in (segment, column) if part))
        except NotApplicable:
            assert study.facts.change is None
            continue
        assert is_dataclass(numbers)
        with pytest.raises(AttributeError):
            setattr(numbers, fields(numbers)[0].name, None)


@pytest.mark.parametrize("name", STUDIES)
def test_figures_say_which_segment_they_are_about(name: str) -> None:
    """A figure of one segment carries its id in record and name; the others carry none."""
    for figure in figures(name):
        assert isinstance(figure, Figure)
        if figure.segment is not None:
            assert figure.name.endswith(f"-{figure.segment}")
            assert STUDIES[name]().persona(figure.segment).name in figure.finding.text
