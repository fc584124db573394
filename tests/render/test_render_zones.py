"""Each row of a figure's table is found in its drawing, so that a screen can tell its values under the pointer."""

from __future__ import annotations

from dataclasses import replace

from render_studies import mall, pictured

from reportgen.records.study import Figure
from reportgen.render.pieces import Cell, Grid, Picture, figure_cell, head, picture
from reportgen.render.zones import Zone, zones_of

WITHOUT_ZONES = {"cleaning_steps", "segment_map", "correlations"}
"""Names stand where their segment lies; a pair of columns names a row."""


def written(*labels: tuple[str, int, int]) -> Picture:
    """A drawing of 234 × 144 points that writes those labels at (x, y), with a table of a row each and one more."""
    texts = "".join(f'<text x="{x}" y="{y}" font-size="7.5" font-weight="400">{text}</text>' for text, x, y in labels)
    rows = tuple((Cell(text), figure_cell("7", 7)) for text, *_ in labels)
    grid = Grid("", (head("What"), head("Number", is_number=True)), rows)
    return replace(pictured("<svg/>"), print_svg=f"<svg>{texts}</svg>", table=grid)


def places(found: tuple[Zone, ...]) -> list[tuple[int, int, int, int, int]]:
    return [(zone.row, round(zone.x), round(zone.y), round(zone.width), round(zone.height)) for zone in found]


def test_labels_below_each_other_have_bands_across() -> None:
    """Rows written one below the other are found from the middle between two labels to the next."""
    found = zones_of(written(("Age", 0, 22), ("Income", 0, 62)))
    assert places(found) == [(0, 0, 0, 234, 40), (1, 0, 40, 234, 40)]


def test_labels_side_by_side_have_bands_down() -> None:
    """Rows written along an axis are found around their label; the bands are as high as the drawing."""
    found = zones_of(written(("2", 28, 133), ("3", 52, 133), ("4", 76, 133)))
    assert [(zone.row, round(zone.width), round(zone.height)) for zone in found] == [(row, 24, 144) for row in range(3)]
    assert found[0].x < 28 < found[0].x + found[0].width


def test_labels_over_panels_start_bands() -> None:
    """Titles at the left edge of panels are found to the next title, however long each is."""
    found = zones_of(written(("A", 0, 10), ("A much longer title", 80, 10), ("B", 160, 10)))
    assert [round(zone.x) for zone in found] == [0, 79, 159]


def test_labels_that_do_not_line_up_have_no_zone() -> None:
    """Names strewn over a map name no bands."""
    assert zones_of(written(("A", 10, 20), ("B", 90, 70), ("C", 50, 120))) == ()


def test_bars_stand_for_rows() -> None:
    """As many bars on one line as rows of a histogram are their zones; a row of none has no bar."""
    bars = "".join(f'<path d="M{x} 90L{x + 20} 90L{x + 20} 40L{x} 40z" style="fill: #8a9099"/>' for x in (10, 30, 70))
    grid = Grid("", (), tuple((Cell(f"{n} to"), figure_cell(str(n), n)) for n in (4, 2, 0, 9)))
    found = zones_of(replace(pictured("<svg/>"), svg=bars, print_svg="", table=grid))
    assert [(zone.row, zone.x) for zone in found] == [(0, 10), (1, 30), (3, 70)]


def test_nearly_every_chart_has_zones() -> None:
    """In all charts of the mall but the map and the correlations, most rows are found."""
    drawn = [picture(one) for one in mall()[1] if isinstance(one, Figure)]
    poor = {one.name for one in drawn if len(zones_of(one)) < 0.6 * len(one.table.rows)}
    assert poor == WITHOUT_ZONES
