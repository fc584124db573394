"""How strongly numeric columns move together, pair by pair."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._ramp import ramp_color, readable_on
from reportgen.charts._sheet import POINTS, Sheet
from reportgen.charts._tell import customers_text, label_in, label_of, not_drawn_text, say
from reportgen.charts._type import BODY, SMALL, STRONG, fit, widest, wrap
from reportgen.charts.base import FULL_WIDTH, HALF_WIDTH, Chart, Scope
from reportgen.claims import Phrase, fact
from reportgen.errors import NotApplicable
from reportgen.records.profile import Correlation
from reportgen.records.study import Claim, Study, Table
from reportgen.records.table import NUMERIC_ROLES

CELL, SEAM, FOOT = 26.0, 1.5, 26.0
MOST_COLUMNS = 10
FEW_COLUMNS = 4
"""Up to so many share a line with another chart."""

MOST_PAIRS_LISTED = 60
"""Rows of the data table."""

LABEL_SHARE = 0.42
"""Of the sheet's width, at most, for the labels at the left."""

STRONG_LINK, WEAK_LINK = 0.5, 0.3
"""|r| from which a link is called strong or weak: large and medium effects (Cohen 1988)."""

LINKS = {
    (True, True): language.msgid("{a} and {b} rise together ({r})"),
    (True, False): language.msgid("{a} and {b} rise together, loosely ({r})"),
    (False, True): language.msgid("{a} and {b} move against each other ({r})"),
    (False, False): language.msgid("{a} and {b} move against each other, loosely ({r})"),
}
"""(rise together, strongly) → what is said of the strongest pair."""


@dataclass(frozen=True, slots=True)
class Pair:
    place: int
    """Among the study's correlations."""
    a: str
    b: str
    r: float
    """Pearson, −1..1."""


@dataclass(frozen=True, slots=True)
class Correlations:
    labels: tuple[str, ...]
    cells: tuple[tuple[float, ...], ...]
    """Row i holds r of column i with columns 0..i − 1."""
    pairs: tuple[Pair, ...]
    """By falling strength."""
    strongest_words: tuple[Phrase, Phrase]
    n_customers: int
    n_left_out: int


def numbers(study: Study) -> Correlations:
    facts = study.facts
    columns = [column for column in facts.profile.columns if column.role in NUMERIC_ROLES]
    found = facts.profile.correlations
    if not found or len(columns) < 2:
        raise NotApplicable(language.text("fewer than two columns are numeric"))
    ranked = sorted(enumerate(found), key=lambda item: -abs(item[1].r))
    first = ranked[0][1]
    labels = {column.name: label_of(column) for column in columns}
    shaping = {feature.name for feature in facts.profile.features}
    ordered = sorted(columns, key=lambda column: column.name not in shaping)[:MOST_COLUMNS]
    known = {frozenset((pair.a, pair.b)): pair.r for pair in found}
    return Correlations(
        labels=tuple(labels[column.name] for column in ordered),
        cells=tuple(
            tuple(known[frozenset((row.name, column.name))] for column in ordered[:i]) for i, row in enumerate(ordered)
        ),
        pairs=tuple(_pair(place, pair, labels) for place, pair in ranked),
        strongest_words=(label_in(facts, first.a), label_in(facts, first.b)),
        n_customers=facts.n_customers,
        n_left_out=len(columns) - len(ordered),
    )


def _pair(place: int, pair: Correlation, labels: dict[str, str]) -> Pair:
    return Pair(place, labels[pair.a], labels[pair.b], pair.r)


def extent(shown: Correlations) -> tuple[float, float]:
    width = HALF_WIDTH if len(shown.labels) <= FEW_COLUMNS else FULL_WIDTH
    return width, (CELL * (len(shown.labels) - 1) + FOOT) / POINTS


def draw(sheet: Sheet, shown: Correlations) -> None:
    n = len(shown.labels) - 1
    limit = LABEL_SHARE * sheet.width
    gutter = min(limit, widest(shown.labels[1:])) + 10
    width = min((sheet.width - gutter) / n, 64.0)
    for i in range(1, n + 1):
        y = CELL * (i - 0.5)
        sheet.text(gutter - 8, y, fit(shown.labels[i], gutter - 6), align="right")
        for j, r in enumerate(shown.cells[i]):
            _draw_cell(sheet, gutter + j * width, y, width, r)
    for j in range(n):
        lines = wrap(shown.labels[j], width - 3, 2, SMALL)
        middle = CELL * n + 5 + SMALL * 0.6 * len(lines)
        sheet.lines(gutter + (j + 0.5) * width, middle, lines, size=SMALL, color=sheet.theme.ink_soft, align="center")


def _draw_cell(sheet: Sheet, x: float, y: float, width: float, r: float) -> None:
    theme = sheet.theme
    ground = ramp_color(theme, r, 1.0)
    sheet.box(x + SEAM / 2, y - CELL / 2 + SEAM / 2, width - SEAM, CELL - SEAM, ground)
    weight = STRONG if abs(r) >= WEAK_LINK else 400
    text = fit(wording.format_number(r, 2), width - 2, BODY, weight)
    sheet.text(x + width / 2, y, text, weight=weight, color=readable_on(theme, ground), align="center")


def finding(shown: Correlations) -> Claim:
    strongest = shown.pairs[0]
    r = fact(strongest.r, f"profile.correlations[{strongest.place}].r", f"r = {wording.format_number(strongest.r, 2)}")
    a, b = shown.strongest_words
    if abs(strongest.r) < WEAK_LINK:
        return say("chart.correlations", "no two columns move together; closest are {a} and {b} ({r})", a=a, b=b, r=r)
    return say("chart.correlations", LINKS[strongest.r > 0, abs(strongest.r) >= STRONG_LINK], a=a, b=b, r=r)


def subtitle(shown: Correlations) -> str:
    told = language.text(
        "Pearson correlation, −1 to 1, blue together, brown against; {customers}",
        customers=customers_text(shown.n_customers),
    )
    return f"{told}{not_drawn_text(shown.n_left_out)}"


def alt(shown: Correlations) -> str:
    pairs = "; ".join(
        f"{wording.join_words([pair.a, pair.b])} {wording.format_number(pair.r, 2)}" for pair in shown.pairs[:15]
    )
    return language.text("Triangle of correlations between columns, strongest first. {rows}.", rows=pairs)


def table(shown: Correlations) -> Table:
    rows = tuple((pair.a, pair.b, pair.r) for pair in shown.pairs[:MOST_PAIRS_LISTED])
    return Table((language.text("Column"), language.text("With"), language.text("Pearson r")), rows)


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
