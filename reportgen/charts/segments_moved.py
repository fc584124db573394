"""Who went where since the month before: segments then at the left, now at the right, customers as bands between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen import language, wording
from reportgen.charts._flows import Block, Flow, blocks_and_flows, blocks_of
from reportgen.charts._months import change_in, known_segments
from reportgen.charts._sheet import POINTS, Align, Point, Sheet
from reportgen.charts._spread import LEAST_APART, spread
from reportgen.charts._tell import customers_text, say, tell
from reportgen.charts._type import BODY, SMALL, STRONG, fit, text_width, widest
from reportgen.charts.base import FULL_WIDTH, Chart, Scope
from reportgen.claims import Piece, counted, fact, phrase
from reportgen.errors import NotApplicable
from reportgen.records.study import Claim, Study, Table

LEAST_HEIGHT, TALLEST = 2.9, 6.0
"""Inches; between them as many labels as stand on a side decide."""

HEAD, GAP, BLOCK, AIR = 20.0, 5.0, 8.0, 6.0
"""Points: the months above, between two blocks, a block's width, between a block and its words."""

NAME_SHARE = 0.33
"""Of the sheet's width, at most, for the names on each side."""

STAYED_ALPHA, MOVED_ALPHA, TURNOVER_ALPHA = 0.2, 0.75, 0.22
"""Those who moved are the finding; those who stayed, came and left are its ground."""

STUB, STUB_ALPHA = 30.0, 0.3
"""Points from a block to the point of the wedge that stands for its flows of few customers; its opacity."""

CURVE_POINTS = 14
"""Points along each edge of a band."""

MOST_ROWS = 60

NEW, GONE = language.msgid("New customers"), language.msgid("No longer there")


@dataclass(frozen=True, slots=True)
class Moved:
    since: str
    period: str
    """As the reader says them: `October 2026`."""
    before: tuple[Block, ...]
    now: tuple[Block, ...]
    flows: tuple[Flow, ...]
    """By start, then by end."""
    n_moved: int
    n_shared: int | None
    """Customers of both months, or None where that would tell of few."""
    n_then: int

    @property
    def has_open(self) -> bool:
        return any(block.n_open for block in (*self.before, *self.now))

    @property
    def largest(self) -> Flow | None:
        """The largest move, the first of equals; None where nobody moved."""
        moves = [flow for flow in self.flows if flow.is_move]
        return max(moves, key=lambda flow: flow.n, default=None)


def numbers(study: Study) -> Moved:
    change = change_in(study)
    movement = change.movement
    if movement is None:
        raise NotApplicable(language.text("customers cannot be followed from the month before"))
    if change.is_quiet:
        raise NotApplicable(language.text("nothing moved beyond noise"))
    if movement.n_shared == 0:
        raise NotApplicable(language.text("no customer of the month before is in this export"))
    if movement.n_moved is None:
        raise NotApplicable(language.text("too few customers moved to be shown"))
    if any(n is None for entry in change.segments for n in (entry.n_before, entry.n_now)):
        raise NotApplicable(language.text("a segment has too few customers for its flows to be told"))
    known = known_segments(study, change)
    before, now, flows = blocks_and_flows(change, movement)
    return Moved(
        since=wording.month_label(change.since),
        period=wording.month_label(study.facts.period),
        before=blocks_of(known, before, [(flow.start, flow.n) for flow in flows]),
        now=blocks_of(known, now, [(flow.end, flow.n) for flow in flows]),
        flows=tuple(flows),
        n_moved=movement.n_moved,
        n_shared=movement.n_shared,
        n_then=change.n_before,
    )


def extent(shown: Moved) -> tuple[float, float]:
    n_labels = max(len(shown.before), len(shown.now))
    return FULL_WIDTH, min(TALLEST, max(LEAST_HEIGHT, (HEAD + 1.7 * LEAST_APART * n_labels) / POINTS))


def draw(sheet: Sheet, shown: Moved) -> None:
    scale = _scale(sheet, shown)
    lefts, rights = _tops(shown.before, scale), _tops(shown.now, scale)
    gutters = [
        _gutter(sheet, blocks, other)
        for blocks, other in ((shown.before, language.text(NEW)), (shown.now, language.text(GONE)))
    ]
    start, end = gutters[0], sheet.width - gutters[1]
    for flow, (top_left, top_right) in _bands(shown, lefts, rights, scale):
        known = shown.before[flow.start].known
        alpha = MOVED_ALPHA if flow.is_move else STAYED_ALPHA if known.name else TURNOVER_ALPHA
        sheet.area(_band((start + BLOCK, top_left), (end - BLOCK, top_right), flow.n * scale), known.color, alpha)
    for blocks, tops, x in ((shown.before, lefts, start), (shown.now, rights, end - BLOCK)):
        for block, top in zip(blocks, tops, strict=True):
            sheet.box(x, top, BLOCK, block.n * scale, block.known.color)
    _draw_stubs(sheet, shown, (lefts, rights), scale, (start + BLOCK, end - BLOCK))
    _write_side(sheet, shown.before, lefts, scale, (start, -1, language.text(NEW), shown.since))
    _write_side(sheet, shown.now, rights, scale, (end, 1, language.text(GONE), shown.period))


def _scale(sheet: Sheet, shown: Moved) -> float:
    """Points a customer: both sides hold equally many, if those who are new or gone are told."""
    n_gaps = max(len(shown.before), len(shown.now)) - 1
    most = max(sum(block.n for block in blocks) for blocks in (shown.before, shown.now))
    return (sheet.height - HEAD - 6 - GAP * n_gaps) / most


def _tops(blocks: Sequence[Block], scale: float) -> list[float]:
    heights = [block.n * scale + GAP for block in blocks]
    return [HEAD + sum(heights[:place]) for place in range(len(blocks))]


def _bands(
    shown: Moved, lefts: Sequence[float], rights: Sequence[float], scale: float
) -> list[tuple[Flow, tuple[float, float]]]:
    """Each flow with the tops of its band, those who moved last, so that they lie on top."""
    used_left, used_right = list(lefts), list(rights)
    placed = []
    for flow in shown.flows:
        placed.append((flow, (used_left[flow.start], used_right[flow.end])))
        used_left[flow.start] += flow.n * scale
        used_right[flow.end] += flow.n * scale
    return sorted(placed, key=lambda band: band[0].is_move)


def _band(start: Point, end: Point, height: float) -> list[Point]:
    """A band of equal height that leaves and arrives level."""
    t = np.linspace(0.0, 1.0, CURVE_POINTS)
    xs = start[0] + (end[0] - start[0]) * t
    ys = start[1] + (end[1] - start[1]) * t * t * (3 - 2 * t)
    upper = [(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]
    return [*upper, *((x, y + height) for x, y in reversed(upper))]


def _draw_stubs(
    sheet: Sheet,
    shown: Moved,
    tops: tuple[Sequence[float], Sequence[float]],
    scale: float,
    edges: tuple[float, float],
) -> None:
    """A wedge at the foot of each block for its customers whose ways are not told one by one."""
    for blocks, heights, x, way in zip((shown.before, shown.now), tops, edges, (STUB, -STUB), strict=True):
        for block, top in zip(blocks, heights, strict=True):
            foot, rise = top + block.n * scale, block.n_open * scale
            wedge = [(x, foot - rise), (x + way, foot - rise / 2), (x, foot)]
            if block.n_open:
                sheet.area(wedge, block.known.color, STUB_ALPHA)


def _name(block: Block, other: str) -> str:
    return block.known.name or other


def _gutter(sheet: Sheet, blocks: Sequence[Block], other: str) -> float:
    """Points for the counts and names beside the blocks."""
    counts = widest([wording.format_count(block.n) for block in blocks], BODY)
    names = min(NAME_SHARE * sheet.width - counts, widest([_name(block, other) for block in blocks], BODY, STRONG))
    return names + counts + 2 * AIR


def _write_side(
    sheet: Sheet, blocks: Sequence[Block], tops: Sequence[float], scale: float, side: tuple[float, int, str, str]
) -> None:
    """Counts and names beside the blocks; `side`: the blocks' outer edge, its direction, the word for no segment and
    the month."""
    edge, direction, other, month = side
    align: Align = "left" if direction > 0 else "right"
    sheet.text(edge, SMALL / 2 + 1, month, size=SMALL, color=sheet.theme.ink_soft, align=align)
    middles = [top + block.n * scale / 2 for block, top in zip(blocks, tops, strict=True)]
    counts = [wording.format_count(block.n) for block in blocks]
    room = NAME_SHARE * sheet.width - widest(counts, BODY)
    for block, count, y in zip(blocks, counts, spread(middles, HEAD + 4, sheet.height - 6), strict=True):
        near = edge + direction * AIR
        sheet.text(near, y, count, align=align)
        far = near + direction * (text_width(count) + AIR)
        name = fit(_name(block, other), room - AIR, BODY, STRONG)
        sheet.text(far, y, name, weight=STRONG, color=block.known.ink, align=align)


def finding(shown: Moved) -> Claim:
    moved = fact(shown.n_moved, "change.movement.n_moved", wording.format_count(shown.n_moved), unit="customers")
    told = counted(
        "{n} of {shared} customers is in another segment than in {since}",
        "{n} of {shared} customers are in another segment than in {since}",
        moved,
        shared=_followed(shown),
        since=shown.since,
    )
    if not (largest := shown.largest):
        return tell("chart.segments_moved", told)
    return say(
        "chart.segments_moved",
        "{moved}; the largest move: {n} from {before} to {now}",
        moved=told,
        n=fact(largest.n, largest.path, wording.format_count(largest.n), unit="customers"),
        before=shown.before[largest.start].known.name,
        now=shown.now[largest.end].known.name,
    )


def _followed(shown: Moved) -> Piece:
    """The customers of both months; where that would tell of few, those of the month before."""
    if shown.n_shared is None:
        n_then = fact(shown.n_then, "change.n_before", wording.format_count(shown.n_then), unit="customers")
        return phrase("the then {n}", n=n_then)
    return fact(shown.n_shared, "change.movement.n_shared", wording.format_count(shown.n_shared), unit="customers")


def subtitle(shown: Moved) -> str:
    said = [
        language.text(
            "Customers by segment in {since} and {period}; strong bands: those who moved",
            since=shown.since,
            period=shown.period,
        )
    ]
    if shown.has_open:
        said.append(language.text("wedges: ways of few, not told one by one"))
    if shown.n_shared is not None:
        said.append(language.text("{customers} of both months", customers=customers_text(shown.n_shared)))
    return "; ".join(said)


def alt(shown: Moved) -> str:
    moves = sorted((flow for flow in shown.flows if flow.is_move), key=lambda flow: -flow.n)
    told = [
        language.text(
            "{n} from {before} to {now}",
            n=wording.format_count(flow.n),
            before=shown.before[flow.start].known.name,
            now=shown.now[flow.end].known.name,
        )
        for flow in moves[:6]
    ]
    if not told:
        moved = language.text("Every move is of few." if shown.n_moved else "Nobody moved.")
    elif len(moves) > len(told) or shown.has_open:
        moved = language.text("Moved: {moves}, and smaller moves.", moves=", ".join(told))
    else:
        moved = language.text("Moved: {moves}.", moves=", ".join(told))
    template = language.msgid("Bands between the segments of {since} and those of {period}. {moved}")
    return language.text(template, since=shown.since, period=shown.period, moved=moved)


def table(shown: Moved) -> Table:
    flows = sorted(shown.flows, key=lambda flow: (not flow.is_move, -flow.n))
    rows = tuple(
        (_name(shown.before[flow.start], language.text(NEW)), _name(shown.now[flow.end], language.text(GONE)), flow.n)
        for flow in flows[:MOST_ROWS]
    )
    return Table((shown.since, shown.period, language.text("Customers")), rows)


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
