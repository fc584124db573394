"""Where the segments lie: every customer a dot, every segment named where it stands."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reportgen import language, wording
from reportgen.charts._axis import Axis, feature_axis, moved, near_bounds
from reportgen.charts._outline import inner_points, rounded_hull
from reportgen.charts._place import Box, place_labels
from reportgen.charts._scale import Scale
from reportgen.charts._sheet import Sheet
from reportgen.charts._tell import Named, customers_text, label_in, say, told_of, untold_text
from reportgen.charts._ticks import write_ticks
from reportgen.charts._type import BODY, SMALL, STRONG, text_width, widest, wrap
from reportgen.charts.base import FULL_WIDTH, Chart, Scope, TableRow
from reportgen.claims import Phrase, fact, phrase, size
from reportgen.records.segments import FloatArray, IntArray
from reportgen.records.study import Claim, Study, Table

HEIGHT = 4.25
"""Inches."""

OUTLINED = 0.9
"""Share of a segment inside its outline: a single customer far out must not blow it up."""

OUTLINE_MARGIN, OUTLINE_GRID = 5.0, 6.0
"""Points around the outermost customers; the cells to which these are rounded, so that no corner is a customer."""

HEAD, FOOT = 16.0, 28.0
"""Points above the plot for the vertical axis' title, below it for ticks and title."""

NAME_WIDTH = 118.0
"""Points of a line of a name on the map."""

MOST_NOTED = 10
"""Segments up to which the map tells sizes beside names; with more, the names alone need the room."""

MANY_DOTS = 1_500
"""From here on dots are smaller and fainter."""

GOLDEN = (math.sqrt(5) - 1) / 2
"""Spreads dots evenly where their height means nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class SegmentMap:
    x: Axis
    y: Axis
    points: FloatArray
    """m × 2 customers, in the axes' units."""
    segment: IntArray
    """m ids."""
    centroids: FloatArray
    """k × 2, of `segments`."""
    segments: tuple[Named, ...]
    """Those that may be described; the customers of the others are grey."""
    sizes: tuple[tuple[int, float], ...]
    """Customers and share by segment."""
    k: int
    has_far: bool
    """Whether customers beyond the axes stand at their ends."""
    n_customers: int
    kind: str
    """As in Evidence."""
    axes_words: Phrase
    """What the plane is made of, inside a sentence."""
    explained: float | None
    """Share of the variance in the plane; None where the axes are the features themselves."""
    n_features: int
    centers_table: tuple[tuple[str, tuple[float, ...]], ...]
    """Mean of the first two features by segment, in the export's units."""
    untold: str
    """A clause on segments that may not be described, or nothing."""


def numbers(study: Study) -> SegmentMap:
    facts, profile = study.facts, study.facts.profile
    told = told_of(study)
    x, y, points, centroids = _projected(study) if profile.projection else _as_they_are(study)
    shown = profile.features[:2]
    labels = [label_in(facts, feature.name) for feature in shown]
    words = phrase("{a} and {b}", a=labels[0], b=labels[1]) if len(labels) > 1 else labels[0]
    return SegmentMap(
        x=x,
        y=y,
        points=points,
        segment=profile.sample.segment,
        centroids=centroids[[named.id - 1 for named, _ in told]],
        segments=tuple(named for named, _ in told),
        sizes=tuple((segment.n_customers, segment.share) for _, segment in told),
        untold=untold_text(study),
        k=facts.evidence.k,
        has_far=profile.projection is not None and not np.array_equal(points, profile.projection.points),
        n_customers=facts.n_customers,
        kind=facts.evidence.kind,
        axes_words=words,
        explained=sum(profile.projection.explained) if profile.projection else None,
        n_features=len(profile.features),
        centers_table=tuple((named.name, tuple(segment.centroid[:2])) for named, segment in told),
    )


def _projected(study: Study) -> tuple[Axis, Axis, FloatArray, FloatArray]:
    plane = study.facts.profile.projection
    assert plane is not None
    x, y = (
        Axis(wording.scrub(label), *near_bounds(plane.points[:, place], plane.centroids[:, place]), ticks=())
        for place, label in enumerate(plane.labels)
    )
    return x, y, np.clip(plane.points, (x.low, y.low), (x.high, y.high)), plane.centroids


def _as_they_are(study: Study) -> tuple[Axis, Axis, FloatArray, FloatArray]:
    facts, sample = study.facts, study.facts.profile.sample
    features = facts.profile.features[:2]
    raw = [sample.columns[feature.name] for feature in features]
    axes = [feature_axis(f, facts.column(f.name), values) for f, values in zip(features, raw, strict=True)]
    points: list[FloatArray] = [moved(feature, values) for feature, values in zip(features, raw, strict=True)]
    centers: list[FloatArray] = [
        facts.segmentation.centroids[:, place] * feature.spread + feature.center
        for place, feature in enumerate(features)
    ]
    if len(features) == 1:
        axes.append(Axis("", 0.0, 1.0, ()))
        points.append(np.asarray(np.arange(1, len(points[0]) + 1) * GOLDEN % 0.8 + 0.1, dtype=np.float64))
        centers.append(np.full(len(centers[0]), 0.5))
    return axes[0], axes[1], np.column_stack(points), np.column_stack(centers)


def extent(_: SegmentMap) -> tuple[float, float]:
    return FULL_WIDTH, HEIGHT


def draw(sheet: Sheet, shown: SegmentMap) -> None:
    left = widest([text for _, text in shown.y.ticks], SMALL) + 8 if shown.y.ticks else 2.0
    bottom = sheet.height - FOOT
    x = Scale(shown.x.low, shown.x.high, left, sheet.width)
    y = Scale(shown.y.low, shown.y.high, bottom, HEAD)
    _draw_axes(sheet, shown, x, y)
    places: FloatArray = np.array([(x(px), y(py)) for px, py in shown.points.tolist()])
    centers = [(x(cx), y(cy)) for cx, cy in shown.centroids.tolist()]
    _draw_customers(sheet, shown, places)
    for named, center in zip(shown.segments, centers, strict=True):
        color = sheet.theme.segment_color(named.id)
        sheet.dots([center[0]], [center[1]], color, size=9, edge=sheet.theme.paper, edge_width=1.6)
    frame = Box((left + sheet.width) / 2, (HEAD + bottom) / 2, sheet.width - left - 8, bottom - HEAD - 12)
    _write_names(sheet, shown, places, centers, frame)


def _draw_axes(sheet: Sheet, shown: SegmentMap, x: Scale, y: Scale) -> None:
    theme = sheet.theme
    bottom, top, left, right = y.start, y.end, x.start, x.end
    across = [((left, y(tick)), (right, y(tick))) for tick, _ in shown.y.ticks]
    down = [((x(tick), top), (x(tick), bottom)) for tick, _ in shown.x.ticks]
    sheet.rules(across + down, theme.rule)
    sheet.rule((left, bottom), (right, bottom), theme.ink_soft, 0.8)
    if not shown.y.ticks:
        sheet.rule((left, bottom), (left, top), theme.ink_soft, 0.8)
    for tick, text in shown.y.ticks:
        sheet.text(left - 6, y(tick), text, size=SMALL, color=theme.ink_soft, align="right")
    places, texts = [tick for tick, _ in shown.x.ticks], [text for _, text in shown.x.ticks]
    write_ticks(sheet, x, places, bottom + 9, bounds=(left, right), texts=texts)
    arrow = " →" if not shown.x.ticks else ""
    up = "↑ " if not shown.y.ticks and shown.y.title else ""
    sheet.text(right, sheet.height - 6, shown.x.title + arrow, size=SMALL, align="right")
    sheet.text(0, SMALL / 2 + 1, up + shown.y.title, size=SMALL)


def _draw_customers(sheet: Sheet, shown: SegmentMap, places: FloatArray) -> None:
    """Customers as pixels, because a vector dot would carry a person's values into the file; outlines round bins."""
    diameter = min(4.6, max(1.7, 90 / math.sqrt(len(places))))
    alpha = 0.75 if len(places) < MANY_DOTS else 0.5
    others = places[~np.isin(shown.segment, [named.id for named in shown.segments])]
    if len(others):
        sheet.dots(others[:, 0], others[:, 1], sheet.theme.neutral, size=diameter, alpha=alpha, as_pixels=True)
    for named in shown.segments:
        color = sheet.theme.segment_color(named.id)
        own = places[shown.segment == named.id]
        if len(own) == 0:
            continue
        binned = np.round(inner_points(own, OUTLINED) / OUTLINE_GRID) * OUTLINE_GRID
        sheet.area(rounded_hull(binned, OUTLINE_MARGIN), color, 0.10)
        edge = sheet.theme.paper if len(places) < MANY_DOTS else None
        sheet.dots(own[:, 0], own[:, 1], color, size=diameter, edge=edge, edge_width=0.4, alpha=alpha, as_pixels=True)


def _write_names(
    sheet: Sheet, shown: SegmentMap, places: FloatArray, centers: list[tuple[float, float]], frame: Box
) -> None:
    texts = [wrap(named.name, NAME_WIDTH, 2, BODY, STRONG) for named in shown.segments]
    has_notes = len(shown.segments) <= MOST_NOTED
    notes = [
        f"{wording.format_count(n)} · {wording.format_share(share)}" if has_notes else "" for n, share in shown.sizes
    ]
    anchors = [
        Box(
            cx,
            cy,
            max(widest(lines, BODY, STRONG), text_width(note, SMALL)) + 2,
            BODY * 1.2 * len(lines) + SMALL * 1.3 * has_notes,
        )
        for (cx, cy), lines, note in zip(centers, texts, notes, strict=True)
    ]
    rings = [Box(cx, cy, 12, 12) for cx, cy in centers]
    for named, lines, note, box in zip(
        shown.segments, texts, notes, place_labels(anchors, places, frame, rings), strict=True
    ):
        top = box.y - box.height / 2
        sheet.plate(box.x - box.width / 2, top, box.width, box.height)
        ink = sheet.theme.segment_ink(named.id)
        sheet.lines(box.x, top + BODY * 0.6 * len(lines), lines, weight=STRONG, color=ink, align="center")
        sheet.text(box.x, top + box.height - SMALL * 0.6, note, size=SMALL, color=sheet.theme.ink_soft, align="center")


def finding(shown: SegmentMap) -> Claim:
    k = shown.k
    word = fact(k, "evidence.k", wording.sentence_case(wording.number_word(k)), unit="segments")
    is_natural = shown.kind == "natural"
    if shown.explained is None:
        template = language.msgid("{k} segments divide the customers by {columns}")
        if is_natural:
            template = language.msgid("{k} segments stand apart by {columns}")
        return say("chart.segment_map", template, k=word, columns=shown.axes_words)
    features = size(shown.n_features, "profile.features", shown=wording.number_word(shown.n_features))
    template = language.msgid("{k} segments divide the customers by {n} columns taken together")
    if is_natural:
        template = language.msgid("{k} segments stand apart by {n} columns taken together")
    return say("chart.segment_map", template, k=word, n=features)


def subtitle(shown: SegmentMap) -> str:
    """Says what a dot, an outline and the plane are."""
    m = len(shown.points)
    dots = customers_text(m)
    if m != shown.n_customers:
        drawn, everyone = wording.format_count(m), wording.format_count(shown.n_customers)
        dots = language.text("{n} of {all} drawn", n=drawn, all=everyone)
    parts = [
        language.text("Each dot is a customer ({dots})", dots=dots),
        language.text("outlines hold the {share} nearest the centre", share=wording.format_share(OUTLINED)),
    ]
    if shown.explained is not None:
        kept = wording.format_share(shown.explained)
        parts.append(language.text("the plane keeps {share} of the spread", share=kept))
    if not shown.y.title:
        parts.append(language.text("height has no meaning"))
    if shown.has_far:
        parts.append(language.text("those far off stand at the edge"))
    return f"{'; '.join(parts)}{shown.untold}"


def alt(shown: SegmentMap) -> str:
    placed = "; ".join(
        f"{named.name} ({wording.plural(n, 'customer')})"
        for named, (n, _) in zip(shown.segments, shown.sizes, strict=True)
    )
    template = language.msgid("Scatter plot of customers by {x} (across), coloured by segment: {rows}.")
    if shown.y.title:
        template = language.msgid(
            "Scatter plot of customers by {x} (across) and {y} (upwards), coloured by segment: {rows}."
        )
    return language.text(template, x=shown.x.title, y=shown.y.title, rows=placed)


def table(shown: SegmentMap) -> Table:
    titles = (shown.x.title, shown.y.title) if shown.explained is None else ()
    rows: list[TableRow] = [
        (name, n, share * 100, *(center if titles else ()))
        for (name, center), (n, share) in zip(shown.centers_table, shown.sizes, strict=True)
    ]
    header = (language.text("Segment"), language.text("Customers"), language.text("Share, %"))
    means = [language.text("Mean: {column}", column=title) for title in titles if title]
    return Table((*header, *means), tuple(rows))


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
