"""How clearly customers belong to their segment: how many stand near its centre, how many between two."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from reportgen import language, wording
from reportgen.charts._rows import WIDEST_BESIDE, name_gutter, write_name
from reportgen.charts._scale import Scale
from reportgen.charts._sheet import LINE, POINTS, Sheet
from reportgen.charts._tell import Named, customers_text, index_text, names_of, say
from reportgen.charts._type import SMALL, STRONG
from reportgen.charts.base import HALF_WIDTH, Chart, Scope
from reportgen.claims import fact
from reportgen.errors import NotApplicable
from reportgen.records.study import Claim, Study, Table

ROW, HEAD, FOOT = 22.0, 13.0, 22.0
"""Points: a segment, the word above the means, the words under the axis."""

MEAN_ROOM = 32.0
"""Points at the right for the mean."""

BINS = 10
"""Tenths, as the profile counts them."""

FILLED = 0.86
"""Of a row's height, the tallest bar."""

LOW_WORDS, HIGH_WORDS = language.msgid("between two"), language.msgid("at its centre")


@dataclass(frozen=True, slots=True)
class ClearnessRow:
    """One segment's members by tenths of the confidence."""

    segment: Named
    mean: float | None
    """None where they are few."""
    shares: tuple[float, ...]
    """Of the segment, 0..1; empty where they are too few for bars."""


@dataclass(frozen=True, slots=True)
class ClearnessPlot:
    rows: tuple[ClearnessRow, ...]
    n_customers: int

    @property
    def known(self) -> tuple[tuple[ClearnessRow, float], ...]:
        """Rows with their mean, of those that tell one."""
        return tuple((row, row.mean) for row in self.rows if row.mean is not None)


def numbers(study: Study) -> ClearnessPlot:
    names, found = names_of(study), study.facts.profile.clearness
    rows = tuple(
        ClearnessRow(named, one.mean, tuple(count / sum(one.counts) for count in one.counts))
        for named, one in zip(names, found, strict=False)
        if named.id not in study.facts.profile.untold
    )
    shown = ClearnessPlot(rows, study.facts.n_customers)
    if not shown.known:
        raise NotApplicable(language.text("every segment is too small to tell how its customers lie"))
    return shown


def extent(shown: ClearnessPlot) -> tuple[float, float]:
    return HALF_WIDTH, (HEAD + ROW * len(shown.rows) + FOOT) / POINTS


def draw(sheet: Sheet, shown: ClearnessPlot) -> None:
    theme = sheet.theme
    gutter = name_gutter(sheet, [row.segment for row in shown.rows], WIDEST_BESIDE)
    x = Scale(0.0, 1.0, gutter, sheet.width - MEAN_ROOM)
    tallest = max((share for row in shown.rows for share in row.shares), default=1.0)
    bottom = sheet.height - FOOT
    sheet.rules([((x(tick), HEAD), (x(tick), bottom)) for tick in (0.0, 0.5, 1.0)])
    sheet.text(sheet.width, HEAD / 2 - 1, language.text("mean"), size=SMALL, color=theme.ink_soft, align="right")
    for place, row in enumerate(shown.rows):
        foot = HEAD + ROW * (place + 1)
        write_name(sheet, row.segment, foot - ROW / 2, gutter)
        for tenth, share in enumerate(row.shares):
            height = share / tallest * ROW * FILLED
            start, end = x(tenth / len(row.shares)), x((tenth + 1) / len(row.shares))
            if share:
                sheet.box(start + 0.4, foot - height, end - start - 0.8, height, theme.segment_color(row.segment.id))
        if not row.shares:
            sheet.frame(x.start, foot - ROW * FILLED, x.end - x.start, ROW * FILLED, theme.ink_soft)
        sheet.rule((x.start, foot), (x.end, foot), theme.ink_soft, LINE)
        mean = language.text("few") if row.mean is None else index_text(row.mean)
        sheet.text(sheet.width, foot - ROW / 2, mean, weight=STRONG, align="right")
    for value, text in ((0.0, "0"), (0.5, wording.format_number(0.5, 1)), (1.0, "1")):
        sheet.text(x(value), bottom + 7, text, size=SMALL, color=theme.ink_soft, align="center")
    sheet.text(x.start, bottom + 17, language.text(LOW_WORDS), size=SMALL, color=theme.ink_soft)
    sheet.text(x.end, bottom + 17, language.text(HIGH_WORDS), size=SMALL, color=theme.ink_soft, align="right")


def finding(shown: ClearnessPlot) -> Claim:
    best, _ = max(shown.known, key=lambda known: known[1])
    weakest, _ = min(shown.known, key=lambda known: known[1])
    first, last = (
        fact(
            row.mean or 0.0,
            f"profile.clearness[{row.segment.id - 1}].mean",
            index_text(row.mean or 0.0),
            segment=row.segment.id,
        )
        for row in (best, weakest)
    )
    if best is weakest:
        return say("chart.clearness", "{best} belong together by {first}", best=best.segment.name, first=first)
    return say(
        "chart.clearness",
        "{best} belong most clearly ({first}), {weakest} least ({last})",
        best=best.segment.name,
        first=first,
        weakest=weakest.segment.name,
        last=last,
    )


def subtitle(shown: ClearnessPlot) -> str:
    return language.text(
        "Confidence: 0 = as near to the next segment, 1 = at the centre of the own; {customers}",
        customers=customers_text(shown.n_customers),
    )


def alt(shown: ClearnessPlot) -> str:
    rows = "; ".join(
        language.text("{name}: mean {mean}", name=row.segment.name, mean=index_text(mean)) for row, mean in shown.known
    )
    return language.text("Bars by tenths of the confidence, a row a segment. {rows}.", rows=rows)


def table(shown: ClearnessPlot) -> Table:
    ends = [wording.format_number(place / BINS, 1) for place in range(BINS + 1)]
    header = (language.text("Segment"), language.text("Mean"), *(f"{low}–{high}, %" for low, high in pairwise(ends)))
    blank: tuple[float | None, ...] = (None,) * BINS
    rows = tuple(
        (row.segment.name, row.mean, *(tuple(share * 100 for share in row.shares) or blank)) for row in shown.rows
    )
    return Table(header, rows)


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
