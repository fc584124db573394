"""How each segment's share of customers has run over all months that are kept."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from reportgen import language, wording
from reportgen.charts._months import Known, change_in, known_segments
from reportgen.charts._scale import Scale, tick_texts, ticks_around
from reportgen.charts._sheet import LINE, POINTS, Sheet
from reportgen.charts._spread import LEAST_APART, spread
from reportgen.charts._tell import say
from reportgen.charts._ticks import write_ticks
from reportgen.charts._type import BODY, SMALL, STRONG, fit, text_width, widest
from reportgen.charts.base import FULL_WIDTH, Chart, Scope
from reportgen.claims import fact
from reportgen.errors import NotApplicable
from reportgen.records.study import Claim, Quantity, Study, Table

LEAST_HEIGHT, TALLEST = 2.3, 5.0
"""Inches; between them as many labels as stand at the right decide."""

HEAD, FOOT, AIR = 10.0, 22.0, 8.0
DOT = 5.0
NAME_SHARE = 0.42
"""Of the sheet's width, at most, for the names at the right."""

MOST_TICKS = 5
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Point:
    """One segment in one month."""

    month: int
    """Months since the year 0."""
    share: float
    place: int
    """In `Change.trend`."""


@dataclass(frozen=True, slots=True)
class Run:
    """One segment over the months."""

    known: Known
    points: tuple[Point, ...]
    """By month."""

    @property
    def rise(self) -> float:
        """From its first month to its last."""
        return self.points[-1].share - self.points[0].share


@dataclass(frozen=True, slots=True)
class Trend:
    runs: tuple[Run, ...]
    """By identity."""
    first: int
    last: int
    """Months since the year 0."""

    @property
    def steepest(self) -> Run:
        """The segment of this month whose share changed most since its first month."""
        here = [run for run in self.runs if run.points[-1].month == self.last]
        return max(here, key=lambda run: abs(run.rise))


def month_number(period: str) -> int:
    year, month = period.split("-")
    return 12 * int(year) + int(month) - 1


def period_of(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02d}"


def numbers(study: Study) -> Trend:
    change = change_in(study)
    known = known_segments(study, change)
    by_identity: dict[int, list[Point]] = {}
    for place, point in enumerate(change.trend):
        if point.share is not None:
            month = month_number(point.period)
            by_identity.setdefault(point.identity, []).append(Point(month, point.share, place))
    runs = tuple(Run(known[identity], tuple(by_identity[identity])) for identity in sorted(by_identity))
    months = [point.month for run in runs for point in run.points]
    if len(set(months)) < 2:
        raise NotApplicable(language.text("no earlier month has segments"))
    if max(months) < month_number(study.facts.period):
        raise NotApplicable(language.text("every segment has too few customers to be described"))
    return Trend(runs, min(months), max(months))


def extent(shown: Trend) -> tuple[float, float]:
    return FULL_WIDTH, min(TALLEST, max(LEAST_HEIGHT, (HEAD + FOOT + LEAST_APART * len(shown.runs)) / POINTS))


def draw(sheet: Sheet, shown: Trend) -> None:
    theme = sheet.theme
    ticks = ticks_around(0.0, max(point.share for run in shown.runs for point in run.points) * 100, MOST_TICKS)
    signs = language.spoken().signs
    texts = tuple(f"{signs.before_percent}{text}{signs.after_percent}" for text in tick_texts(ticks))
    left = widest(texts, SMALL) + 7
    names = [run.known.name for run in shown.runs]
    gutter = min(NAME_SHARE * sheet.width, widest(names, BODY, STRONG) + widest(_ends(shown)) + 3 * AIR)
    x = Scale(shown.first, shown.last, left + 10, sheet.width - gutter)
    y = Scale(0.0, ticks[-1] / 100, sheet.height - FOOT, HEAD)
    sheet.rules([((left, y(tick / 100)), (x.end, y(tick / 100))) for tick in ticks if tick])
    sheet.rule((left, y(0)), (x.end, y(0)), theme.ink_soft, LINE)
    for tick, text in zip(ticks, texts, strict=True):
        sheet.text(left - 6, y(tick / 100), text, size=SMALL, color=theme.ink_soft, align="right")
    _write_months(sheet, shown, x, left)
    for run in shown.runs:
        xs, ys = [x(point.month) for point in run.points], [y(point.share) for point in run.points]
        for place, (before, after) in enumerate(pairwise(run.points)):
            ends = [(xs[place], ys[place]), (xs[place + 1], ys[place + 1])]
            if after.month - before.month > 1:
                sheet.rule(ends[0], ends[1], run.known.color, LINE, dashed=True)
            else:
                sheet.line(ends, run.known.color)
        sheet.dots(xs, ys, run.known.color, size=DOT, edge=theme.paper, edge_width=0.8)
    _write_names(sheet, shown, x, y)


def _write_months(sheet: Sheet, shown: Trend, x: Scale, left: float) -> None:
    """The first and the last month, and those between that have room."""
    months = [*range(shown.first, shown.last), shown.last]
    texts = [wording.month_label(period_of(month)) for month in months]
    step = max(1, -(-len(months) * int(widest(texts, SMALL) + AIR) // int(x.end - x.start)))
    kept = [place for place in range(len(months)) if (len(months) - 1 - place) % step == 0]
    write_ticks(
        sheet,
        x,
        [months[place] for place in kept],
        sheet.height - FOOT + 10,
        bounds=(left, sheet.width),
        texts=[texts[place] for place in kept],
    )


def _ends(shown: Trend) -> list[str]:
    """Each segment's last share; of one that is gone, nothing."""
    return [_end(run, shown) for run in shown.runs]


def _end(run: Run, shown: Trend) -> str:
    return wording.format_share(run.points[-1].share) if run.points[-1].month == shown.last else ""


def _write_names(sheet: Sheet, shown: Trend, x: Scale, y: Scale) -> None:
    """At the right, each as near to the end of its line as the others allow."""
    places = spread([y(run.points[-1].share) for run in shown.runs], HEAD, sheet.height - FOOT)
    for run, place in zip(shown.runs, places, strict=True):
        ends = x(run.points[-1].month), y(run.points[-1].share)
        sheet.rule((ends[0] + DOT, ends[1]), (x.end + AIR, place), run.known.color)
        share = _end(run, shown)
        start = x.end + AIR + 4
        behind = start + (text_width(share, BODY, STRONG) + AIR if share else 0.0)
        sheet.text(start, place, share, weight=STRONG, color=run.known.ink)
        name = fit(run.known.name, sheet.width - behind, BODY, STRONG if share else 400)
        sheet.text(behind, place, name, weight=STRONG if share else 400, color=run.known.ink)


def finding(shown: Trend) -> Claim:
    run = shown.steepest
    first, last = run.points[0], run.points[-1]
    since = wording.month_label(period_of(first.month))
    if wording.format_share(first.share) == wording.format_share(last.share):
        template = language.msgid("the shares hold: {name} have {share}, as in {since}")
        return say("chart.share_trend", template, name=run.known.name, share=_share(last), since=since)
    template = language.msgid("{name} shrank from {before} to {now} since {since}")
    if last.share > first.share:
        template = language.msgid("{name} grew from {before} to {now} since {since}")
    before, now = _share(first), _share(last)
    return say("chart.share_trend", template, name=run.known.name, before=before, now=now, since=since)


def _share(point: Point) -> Quantity:
    return fact(point.share, f"change.trend[{point.place}].share", wording.format_share(point.share), unit="share")


def subtitle(shown: Trend) -> str:
    n_months = len({point.month for run in shown.runs for point in run.points})
    months = wording.plural(n_months, "month")
    return language.text("Share of customers by segment; {months} kept, dashed where one is missing", months=months)


def alt(shown: Trend) -> str:
    told = [
        language.text(
            "{name} from {before} in {since} to {now} in {month}",
            name=run.known.name,
            before=wording.format_share(run.points[0].share),
            since=wording.month_label(period_of(run.points[0].month)),
            now=wording.format_share(run.points[-1].share),
            month=wording.month_label(period_of(run.points[-1].month)),
        )
        for run in shown.runs
    ]
    return language.text("Lines of each segment's share of customers: {rows}.", rows="; ".join(told))


def table(shown: Trend) -> Table:
    """The latest months; earlier ones are in study.json."""
    points = [(point, run.known.name) for run in shown.runs for point in run.points]
    latest = sorted(points, key=lambda entry: (-entry[0].month, -entry[0].share))[:MOST_ROWS]
    rows = tuple((wording.month_label(period_of(point.month)), name, point.share * 100) for point, name in latest)
    return Table((language.text("Month"), language.text("Segment"), language.text("Share of customers, %")), rows)


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
