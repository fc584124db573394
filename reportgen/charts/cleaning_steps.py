"""What cleaning did, before and after: records read, repaired, set aside and kept; cells filled in and capped."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._sheet import POINTS, Sheet
from reportgen.charts._tell import tell
from reportgen.charts._type import BODY, SMALL, STRONG, widest
from reportgen.charts.base import HALF_WIDTH, Chart, Scope
from reportgen.claims import counted, fact, joined, measure, phrase
from reportgen.errors import NotApplicable
from reportgen.records.study import Claim, Facts, Quantity, Study, Table

ROW, HEAD, BAR = 13.5, 15.0, 7.5
"""Points: a step, the word above a part, a bar."""

THINNEST = 1.2
"""Points of a bar that stands for anything at all."""

AIR, BETWEEN = 8.0, 9.0
"""Points: between a name and its bar, a bar and its number; between both parts."""


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    n: int
    is_change: bool
    """Whether cleaning did it; else it is what there was before or is after."""
    starts_at: int
    """Where its bar begins, so that what is set aside ends where the export ends."""


@dataclass(frozen=True, slots=True)
class Part:
    """Records, or cells."""

    name: str
    total: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class CleaningSteps:
    parts: tuple[Part, Part]
    n_records: int
    n_kept: int
    kept_path: str
    n_filled: int
    n_capped: int


def numbers(study: Study) -> CleaningSteps:
    facts = study.facts
    n_records = facts.read.n_physical
    n_kept, kept_path = (
        (facts.n_customers, "n_customers") if facts.orders is None else (facts.orders.n_purchases, "orders.n_purchases")
    )
    n_aside = n_records - n_kept - (facts.orders.n_returns if facts.orders else 0)
    n_repaired = len({entry.line for entry in facts.set_aside if entry.action == "repaired"})
    n_filled, n_capped = (sum(getattr(entry, name) for entry in facts.quality) for name in ("n_imputed", "n_capped"))
    if not (n_aside or n_repaired or n_filled or n_capped):
        raise NotApplicable(language.text("cleaning changed no record and no cell"))
    records = Part(language.text("Records"), n_records, _record_steps(facts, n_kept, n_aside, n_repaired))
    n_cells = facts.n_customers * len(facts.quality)
    cells = Part(language.text("Cells"), n_cells, _cell_steps(n_cells, n_filled, n_capped))
    return CleaningSteps((records, cells), n_records, n_kept, kept_path, n_filled, n_capped)


def _record_steps(facts: Facts, n_kept: int, n_aside: int, n_repaired: int) -> tuple[Step, ...]:
    n_records = facts.read.n_physical
    steps = [
        Step(language.text("In the export"), n_records, is_change=False, starts_at=0),
        Step(language.text("Repaired"), n_repaired, is_change=True, starts_at=0),
        Step(language.text("Set aside"), n_aside, is_change=True, starts_at=n_records - n_aside),
    ]
    if facts.orders and facts.orders.n_returns:
        steps.append(Step(language.text("Returns"), facts.orders.n_returns, is_change=False, starts_at=n_kept))
    return (
        *steps,
        Step(language.text("Purchases" if facts.orders else "Customers"), n_kept, is_change=False, starts_at=0),
    )


def _cell_steps(n_cells: int, n_filled: int, n_capped: int) -> tuple[Step, ...]:
    return (
        Step(language.text("Of customers"), n_cells, is_change=False, starts_at=0),
        Step(language.text("Filled in"), n_filled, is_change=True, starts_at=n_cells - n_filled),
        Step(language.text("Capped"), n_capped, is_change=True, starts_at=n_cells - n_filled - n_capped),
    )


def extent(shown: CleaningSteps) -> tuple[float, float]:
    return HALF_WIDTH, (sum(_height(part) for part in shown.parts) + BETWEEN) / POINTS


def _height(part: Part) -> float:
    """Points."""
    return HEAD + ROW * len(part.steps)


def draw(sheet: Sheet, shown: CleaningSteps) -> None:
    """Records above cells, their bars from one line on."""
    steps = [step for part in shown.parts for step in part.steps]
    left = widest([step.name for step in steps]) + AIR
    right = widest([wording.format_count(step.n) for step in steps], BODY, STRONG) + AIR
    records, cells = shown.parts
    _draw_part(sheet, records, 0.0, left, sheet.width - right)
    _draw_part(sheet, cells, _height(records) + BETWEEN, left, sheet.width - right)


def _draw_part(sheet: Sheet, part: Part, top: float, left: float, right: float) -> None:
    """Its bars stand between `left` and `right`."""
    theme, room = sheet.theme, right - left
    sheet.text(0, top + HEAD / 2 - 1, part.name, size=SMALL, weight=STRONG, color=theme.ink_soft)
    sheet.rule((0, top + HEAD - 3), (sheet.width, top + HEAD - 3))
    for place, step in enumerate(part.steps):
        y = top + HEAD + ROW * (place + 0.5)
        sheet.text(0, y, step.name)
        sheet.text(sheet.width, y, wording.format_count(step.n), weight=STRONG, align="right")
        if step.n:
            length = max(THINNEST, room * step.n / part.total)
            start = left + min(room * step.starts_at / part.total, room - length)
            sheet.box(start, y - BAR / 2, length, BAR, theme.primary_ink if step.is_change else theme.neutral)


def finding(shown: CleaningSteps) -> Claim:
    """What is kept, and what was filled in or capped on the way."""
    records = fact(shown.n_records, "read.n_physical", wording.format_count(shown.n_records), unit="records")
    told = phrase("all {records} records are kept", records=records)
    if shown.n_kept < shown.n_records:
        kept = fact(shown.n_kept, shown.kept_path, wording.format_count(shown.n_kept))
        told = phrase("{kept} of {records} records are kept", kept=kept, records=records)
    parts = [told]
    if shown.n_filled:
        filled = _cells(shown.n_filled, "n_imputed")
        parts.append(counted("{n} cell filled in", "{n} cells filled in", filled))
    if shown.n_capped:
        capped = _cells(shown.n_capped, "n_capped")
        parts.append(counted("{n} cell capped", "{n} cells capped", capped))
    pieces = [piece for part in parts for piece in ("; ", part)][1:]
    return tell("chart.cleaning_steps", joined(*pieces))


def _cells(n: int, name: str) -> Quantity:
    return measure("tally", n, wording.format_count(n), unit="cells", path="quality", where={}, total=name)


def subtitle(shown: CleaningSteps) -> str:
    n_cells = wording.format_count(shown.parts[1].total)
    return language.text("Strong: what cleaning did; {n} cells of customers", n=n_cells)


def alt(shown: CleaningSteps) -> str:
    told = [
        f"{part.name}: "
        + ", ".join(f"{wording.inner_case(step.name)} {wording.format_count(step.n)}" for step in part.steps)
        for part in shown.parts
    ]
    return language.text("Bars of what cleaning did. {rows}.", rows=". ".join(told))


def table(shown: CleaningSteps) -> Table:
    rows = tuple(
        (part.name, step.name, step.n, step.n / part.total * 100) for part in shown.parts for step in part.steps
    )
    return Table((language.text("Of"), language.text("Step"), language.text("Number"), language.text("Share, %")), rows)


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
