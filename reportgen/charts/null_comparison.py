"""How well these customers separate, beside what the same search finds in data without structure."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._scale import Scale, tick_texts, ticks_around
from reportgen.charts._sheet import LINE, POINTS, Sheet
from reportgen.charts._tell import customers_text, index_text, say
from reportgen.charts._ticks import write_ticks
from reportgen.charts._type import BODY, REGULAR, SMALL, STRONG, widest
from reportgen.charts.base import HALF_WIDTH, Chart, Scope
from reportgen.claims import fact
from reportgen.records.study import Claim, Study, Table

ROW, BAR, FOOT = 34.0, 12.0, 18.0
"""Points: a row of a name above its bar, the bar, the line of ticks."""


@dataclass(frozen=True, slots=True)
class NullComparison:
    path: str
    """Where the three figures stand in the facts."""
    observed: float
    """Mean silhouette, −1..1: at the number of segments that stands out, the best of all where none does."""
    gaussian_p95: float
    uniform_p95: float
    """What 95 of 100 structureless sets stay below."""
    p_value: float
    n_null: int
    n_rows: int
    is_found: bool

    @property
    def nulls(self) -> tuple[tuple[str, float], ...]:
        return (
            (language.text("One round cloud, 95th percentile"), self.gaussian_p95),
            (language.text("Even spread, 95th percentile"), self.uniform_p95),
        )


def numbers(study: Study) -> NullComparison:
    test = study.facts.evidence.structure
    path, shown = test.told
    return NullComparison(
        path,
        shown.observed,
        shown.gaussian_p95,
        shown.uniform_p95,
        test.p_value,
        test.n_null,
        test.n_rows,
        test.found,
    )


def extent(_: NullComparison) -> tuple[float, float]:
    return HALF_WIDTH, (3 * ROW + FOOT) / POINTS


def draw(sheet: Sheet, shown: NullComparison) -> None:
    theme = sheet.theme
    rows = [
        (language.text("These customers"), shown.observed, theme.primary_ink),
        *((name, value, theme.neutral) for name, value in shown.nulls),
    ]
    ticks = ticks_around(0.0, max(0.1, *(value for _, value, _ in rows)), 4)
    texts = tick_texts(ticks)
    x = Scale(0.0, ticks[-1], 0.0, sheet.width - widest(texts, SMALL) - 14)
    bottom = 3 * ROW
    sheet.rules([((x(tick), 2), (x(tick), bottom)) for tick in ticks[1:]])
    for place, (name, value, color) in enumerate(rows):
        top = place * ROW
        weight = STRONG if place == 0 else REGULAR
        sheet.text(x(0) + 3, top + 8, name, weight=weight, on_plate=True)
        sheet.box(x(0), top + 16, x(max(value, 0.0)) - x(0), BAR, color)
        sheet.text(
            x(max(value, 0.0)) + 5, top + 16 + BAR / 2, index_text(value), weight=weight, size=BODY, on_plate=True
        )
    sheet.rule((x(0), 2), (x(0), bottom), theme.ink_soft, LINE)
    write_ticks(sheet, x, ticks[1:], bottom + 9, bounds=(0, sheet.width), texts=texts[1:])


def finding(shown: NullComparison) -> Claim:
    observed = fact(shown.observed, f"{shown.path}.observed", index_text(shown.observed))
    field = "uniform_p95" if shown.uniform_p95 >= shown.gaussian_p95 else "gaussian_p95"
    chance = max(shown.uniform_p95, shown.gaussian_p95)
    reached = fact(chance, f"{shown.path}.{field}", index_text(chance))
    if shown.is_found:
        template = language.msgid(
            "these customers separate better than chance: {observed} where structureless data rarely pass {chance}"
        )
    elif chance >= shown.observed:
        template = language.msgid(
            "these customers separate no better than chance: {observed} where structureless data reach {chance}"
        )
    else:
        template = language.msgid(
            "these customers separate no better than chance: {observed} where structureless data sometimes pass "
            "{chance}"
        )
    return say("chart.null_comparison", template, observed=observed, chance=reached)


def subtitle(shown: NullComparison) -> str:
    return language.text(
        "Mean silhouette against {sets} of each kind ({p}); {customers}",
        sets=wording.plural(shown.n_null, "structureless set"),
        p=wording.format_p_value(shown.p_value),
        customers=customers_text(shown.n_rows),
    )


def alt(shown: NullComparison) -> str:
    nulls = "; ".join(f"{name}: {index_text(value)}" for name, value in shown.nulls)
    template = language.msgid("Bars of the mean silhouette. These customers: {observed}; {nulls}.")
    return language.text(template, observed=index_text(shown.observed), nulls=nulls)


def table(shown: NullComparison) -> Table:
    header = (language.text("Data"), language.text("Mean silhouette"))
    return Table(header, ((language.text("These customers"), shown.observed), *shown.nulls))


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
