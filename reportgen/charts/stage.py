"""Plans and draws the figures of a study, each from its own numbers alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reportgen import language
from reportgen.charts._picture import drawing_style, to_png, to_svg
from reportgen.charts._sheet import Sheet
from reportgen.charts.base import CHARTS, Chart, Scope
from reportgen.errors import NotApplicable
from reportgen.records.figures import with_pngs
from reportgen.records.study import Figure, Skipped, Study
from reportgen.records.table import NUMERIC_ROLES
from reportgen.theme import Theme

Wanted = tuple[str, int | None]
"""A figure to draw: the chart's name, with `:` and a header name where it is about one column, and the segment id."""

READING_ORDER = (
    "segment_map",
    "segment_sizes",
    "value_concentration",
    "profile_heat_map",
    "snake",
    "segments_side_by_side",
    "rule_tree",
    "difference_chart",
    "segment_distributions",
    "segments_moved",
    "share_trend",
    "votes",
    "segment_stability",
    "silhouette_by_k",
    "elbow",
    "stability_by_k",
    "null_comparison",
    "segments_by_k",
    "silhouette_plot",
    "clearness",
    "cleaning_steps",
    "distribution",
    "category_split",
    "missing_values",
    "outliers",
    "correlations",
)
"""As the report shows them; a chart that is not named here comes last."""

MAIL_FIGURES = ("segment_map", "segment_sizes", "profile_heat_map")

MAIL_WIDTH = 5.0
"""Inches of a picture in the mail, which shows it 560 px wide: type of 8.5 points is then 13 px high."""

MOST_COLUMN_FIGURES = 6
"""Figures of one kind about single columns; further columns stand in the tables."""


def get_ready() -> None:
    """Imports every chart and finds the fonts, which the first drawing would do otherwise."""
    with drawing_style():
        list(CHARTS.items())


def plan_figures(study: Study) -> tuple[Wanted, ...]:
    """Every figure that may be drawn, in reading order; charts that decline do so when they are drawn."""
    order = {name: place for place, name in enumerate(READING_ORDER)}
    names = sorted(CHARTS, key=lambda name: (order.get(name, len(order)), name))
    return tuple(wanted for name in names for wanted in _figures_of(study, name))


def draw_figures(
    study: Study, theme: Theme, wanted: Sequence[Wanted] | None = None, mail: Sequence[str] = MAIL_FIGURES
) -> tuple[Figure | Skipped, ...]:
    """The figures in the order wanted (all planned ones if None), or why they do not apply.

    Each depends on the study and the theme alone, so any split over processes gives the same pictures. `Figure.name`
    is the chart's name; `-<segment id>` or `-<place of the column in the export>` follows where a chart has several
    figures. Charts named in `mail` also get a PNG.
    """
    planned = plan_figures(study) if wanted is None else wanted
    with drawing_style():
        drawn = tuple(_draw(study, theme, name, segment) for name, segment in planned)
    return with_pngs(drawn, _draw_pngs(study, theme, [wanted for wanted in planned if wanted[0] in mail]))


def draw_for_mail(study: Study, theme: Theme) -> dict[str, bytes]:
    """Figure's name → its PNG, of those that the mail shows and that apply."""
    return _draw_pngs(study, theme, [wanted for wanted in plan_figures(study) if wanted[0] in MAIL_FIGURES])


def _draw_pngs(study: Study, theme: Theme, wanted: Sequence[Wanted]) -> dict[str, bytes]:
    with drawing_style():
        told = [(CHARTS[name], *_tell(study, name, segment)) for name, segment in wanted]
        return {
            figure.name: to_png(draw_sheet(chart, numbers, theme, MAIL_WIDTH))
            for chart, figure, numbers in told
            if isinstance(figure, Figure)
        }


def tell_figures(study: Study) -> tuple[Figure | Skipped, ...]:
    """Every planned figure with its words and its size, not yet drawn, or why it does not apply."""
    with drawing_style():
        return tuple(_tell(study, name, segment)[0] for name, segment in plan_figures(study))


def draw_planned(study: Study, theme: Theme, places: Sequence[int]) -> tuple[Figure | Skipped, ...]:
    """The planned figures at these places (0-based), as `draw_figures` draws them, without those for the mail."""
    planned = plan_figures(study)
    return draw_figures(study, theme, [planned[place] for place in places], mail=())


def _figures_of(study: Study, name: str) -> list[Wanted]:
    scope = CHARTS[name].scope
    if scope is Scope.SEGMENT and study.facts.profile.segments:
        return [(name, profile.id) for profile in study.facts.profile.segments]
    if scope in {Scope.STUDY, Scope.SEGMENT}:
        return [(name, None)]
    return [(f"{name}:{column}", None) for column in _columns_to_draw(study, scope)[:MOST_COLUMN_FIGURES]]


def _columns_to_draw(study: Study, scope: Scope) -> list[str]:
    """Numeric columns, the shaping ones first; or categories, those first that set the segments apart most."""
    profile = study.facts.profile
    numeric = [column.name for column in profile.columns if column.role in NUMERIC_ROLES]
    if scope is Scope.NUMBER:
        shaping = {feature.name for feature in profile.features}
        return sorted(numeric, key=lambda name: name not in shaping)
    effects = {association.column: association.effect for association in profile.associations if association.differs}
    others = [column.name for column in profile.columns if column.role not in NUMERIC_ROLES]
    return sorted(others, key=lambda name: -effects.get(name, 0.0))


def _tell(study: Study, name: str, segment: int | None) -> tuple[Figure | Skipped, Any]:
    """(the figure without its drawing, the numbers to draw)."""
    chart_name, _, column = name.partition(":")
    chart = CHARTS[chart_name]
    figure_name = _figure_name(study, chart_name, segment, column)
    try:
        numbers = _numbers(study, chart, segment, column)
    except NotApplicable as reason:
        return Skipped(figure_name, str(reason)), None
    width, height = chart.extent(numbers)
    figure = Figure(
        name=figure_name,
        segment=segment,
        finding=chart.finding(numbers),
        subtitle=chart.subtitle(numbers),
        alt=chart.alt(numbers),
        table=chart.table(numbers),
        width=width,
        height=height,
    )
    return figure, numbers


def _draw(study: Study, theme: Theme, name: str, segment: int | None) -> Figure | Skipped:
    figure, numbers = _tell(study, name, segment)
    if isinstance(figure, Skipped):
        return figure
    svg = to_svg(draw_sheet(CHARTS[name.partition(":")[0]], numbers, theme, figure.width))
    return replace(figure, svg=svg.shown, print_svg=svg.printed)


def draw_sheet(chart: Chart[Any], numbers: Any, theme: Theme, width: float) -> Sheet:
    """The chart drawn that many inches wide; call within `drawing_style`."""
    sheet = Sheet(width, chart.extent(numbers)[1], theme)
    chart.draw(sheet, numbers)
    return sheet


def _numbers(study: Study, chart: Chart[Any], segment: int | None, column: str) -> Any:
    match chart.scope:
        case Scope.STUDY:
            return chart.numbers(study)
        case Scope.SEGMENT if segment is None:
            raise NotApplicable(language.text("no segments were found"))
        case Scope.SEGMENT:
            return chart.numbers(study, segment)
        case _:
            return chart.numbers(study, column)


def _figure_name(study: Study, chart_name: str, segment: int | None, column: str) -> str:
    if segment is not None:
        return f"{chart_name}-{segment}"
    if not column:
        return chart_name
    place = next(i for i, known in enumerate(study.facts.columns, start=1) if known.name == column)
    return f"{chart_name}-{place}"
