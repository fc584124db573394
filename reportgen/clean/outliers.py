"""Finds values far from all others and caps them, keeps them or sets their customers aside, as the settings say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._fences import (
    NEAR_FENCE,
    Fences,
    Shape,
    deviations_of,
    median_fences,
    shapes_of,
    tukey_fences,
)
from reportgen.clean._forest import strange_lines
from reportgen.clean._look import aggregate, show_number
from reportgen.clean.base import Plan, Step, Work
from reportgen.records.table import LINE_COLUMN, SHAPING_ROLES, CleaningNote, Column, ColumnQuality, Role

NAME = "outliers"
TAIL_SHARE = 0.02
"""More cells than this beyond a far fence are a long tail, not mistakes: they stay, and scaling deals with them."""
CAPPED, KEPT, SET_ASIDE = "cap", "keep", "set aside"
TOGETHER = {
    CAPPED: language.msgid("their measures capped at the ends of all others"),
    KEPT: language.msgid("kept"),
    SET_ASIDE: language.msgid("set aside"),
}
ALONE = {
    CAPPED: language.msgid("capped at {limit}"),
    KEPT: language.msgid("kept"),
    SET_ASIDE: language.msgid("customers beyond {limit} set aside"),
}
"""Treatment → what became of customers strange in all, and of values far out in one column."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One column against its fences."""

    shape: Shape
    n_outliers: int
    """Beyond the near fences."""
    fences: Fences | None
    """Far fences; None where the method gives none: equal quartiles, or all measures judged at once."""
    n_low: int
    """Below the far fence."""
    n_high: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What was seen of the columns of numbers."""

    columns: Mapping[str, Seen]
    strange: tuple[int, ...]
    """Lines of customers who are strange in all measures together, whose fences are then the ends of all others."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done to which cells or customers, what was seen, and the log."""

    caps: Mapping[str, Fences]
    """Header name → fences to cap at."""
    leave: Mapping[str, Fences]
    """Header name → fences beyond which customers leave."""
    strange: tuple[int, ...]
    """Lines that leave."""
    quality: tuple[ColumnQuality, ...]
    notes: tuple[CleaningNote, ...]


def is_judged(column: Column) -> bool:
    """Whether a far value of the column may be a mistake: scores and scales have ends, sums of order lines add up."""
    is_measured = column.role in SHAPING_ROLES and column.role is not Role.SCORE
    return is_measured and column.scale is None and not column.is_derived


def look(work: Work) -> Facts:
    plan, chosen = work.plan, work.plan.settings.clean.outliers
    shapes = shapes_of(work, [column.name for column in plan.of_kind("number")])
    if chosen.method == "isolation forest":
        judged = {name: shape for name, shape in shapes.items() if is_judged(plan.column(name))}
        strange = strange_lines(work, judged, chosen.score)
        ends = ends_without(work, list(judged), strange) if strange else {}
        return Facts({name: seen_of(work, name, shape, ends.get(name)) for name, shape in shapes.items()}, strange)
    fences = {name: tukey_fences(shape, chosen.fence) for name, shape in shapes.items()}
    if chosen.method == "robust z":
        deviations = deviations_of(work, shapes)
        fences = {name: median_fences(shape, deviations[name], chosen.z) for name, shape in shapes.items()}
    return Facts({name: seen_of(work, name, shape, fences[name]) for name, shape in shapes.items()}, ())


def seen_of(work: Work, name: str, shape: Shape, fences: Fences | None) -> Seen:
    """The column's cells beyond its fences, counted."""
    value, spread = nw.col(name), shape.q75 - shape.q25
    fences = fences if spread > 0 else None
    if fences and work.plan.column(name).role is Role.COUNT:
        fences = Fences(math.ceil(fences.low), math.floor(fences.high), fences.is_log)
    near = (shape.q25 - NEAR_FENCE * spread, shape.q75 + NEAR_FENCE * spread)
    asked = {"outliers": ((value < near[0]) | (value > near[1])).sum()}
    if fences:
        asked |= {"low": (value < fences.low).sum(), "high": (value > fences.high).sum()}
    counts = aggregate(work.frame, asked)
    n_outliers = int(counts["outliers"]) if spread > 0 else 0
    return Seen(shape, n_outliers, fences, int(counts.get("low", 0)), int(counts.get("high", 0)))


def ends_without(work: Work, names: list[str], strange: tuple[int, ...]) -> dict[str, Fences]:
    """Header name → least and greatest value among the customers who are not strange."""
    others = work.frame.filter(~nw.col(LINE_COLUMN).is_in(list(strange)))
    lows = aggregate(others, {name: nw.col(name).min() for name in names})
    highs = aggregate(others, {name: nw.col(name).max() for name in names})
    return {
        name: Fences(float(lows[name]), float(highs[name]), is_log=False) for name in names if lows[name] is not None
    }


def decide(facts: Facts, plan: Plan) -> Decision:
    if plan.settings.clean.outliers.method == "isolation forest":
        return decide_together(facts, plan)
    chosen: dict[str, dict[str, Fences]] = {CAPPED: {}, SET_ASIDE: {}, KEPT: {}}
    quality, notes = [], []
    for name, seen in facts.columns.items():
        treatment, reason = treat(name, seen, plan)
        if reason and seen.fences:
            chosen[treatment][name] = seen.fences
            notes.append(_note(name, seen, seen.fences, treatment, reason))
        fences = chosen[CAPPED].get(name)
        quality.append(_quality(name, seen, fences, seen.n_low + seen.n_high if fences else 0))
    return Decision(chosen[CAPPED], chosen[SET_ASIDE], (), tuple(quality), tuple(notes))


def treat(name: str, seen: Seen, plan: Plan) -> tuple[str, str]:
    """(treatment, why) of the cells beyond the far fences; no reason where they are ordinary values of their column."""
    n_far, chosen = seen.n_low + seen.n_high, plan.settings.clean.outliers
    if not n_far or not seen.fences or (chosen.treatment != KEPT and not is_judged(plan.column(name))):
        return KEPT, ""
    if chosen.treatment == KEPT:
        return KEPT, language.text("the settings keep outliers")
    if n_far > TAIL_SHARE * seen.shape.n_known:
        return KEPT, language.text("so many that they are the column's tail, not mistakes")
    scale = language.text("on the log scale") if seen.fences.is_log else language.text("of its values")
    if chosen.method == "robust z":
        return chosen.treatment, language.text(
            "more than {z} robust deviations {scale} from the median", z=f"{chosen.z:g}", scale=scale
        )
    return (
        chosen.treatment,
        language.text(
            "more than {fence} interquartile ranges {scale} beyond the quartiles (Tukey 1977)",
            fence=f"{chosen.fence:g}",
            scale=scale,
        ),
    )


def decide_together(facts: Facts, plan: Plan) -> Decision:
    """The same for customers who are strange in all measures together."""
    chosen, n_strange = plan.settings.clean.outliers, len(facts.strange)
    treatment: str = chosen.treatment
    reason = language.text("anomaly score above {score} (Liu, Ting & Zhou 2008)", score=f"{chosen.score:g}")
    if treatment != KEPT and n_strange > TAIL_SHARE * plan.n_rows:
        treatment, reason = KEPT, language.text("{reason}; so many that they are a group, not mistakes", reason=reason)
    after = language.text(TOGETHER[treatment])
    before = language.text("{customers} unlike all others", customers=wording.plural(n_strange, "customer"))
    notes = (CleaningNote(NAME, "", n_strange, before, after, reason),) if n_strange else ()
    found = facts.columns if treatment == CAPPED else {}
    caps = {name: seen.fences for name, seen in found.items() if seen.fences and seen.n_low + seen.n_high}
    quality = tuple(
        _quality(name, seen, caps.get(name), seen.n_low + seen.n_high if name in caps else 0)
        for name, seen in facts.columns.items()
    )
    return Decision(caps, {}, facts.strange if treatment == SET_ASIDE else (), quality, notes)


def capped_box(shape: Shape, fences: Fences | None) -> tuple[float, float, float, float, float]:
    """The five numbers after capping: quartiles lie inside the fences and stay."""
    if fences is None:
        return shape.box
    low, q25, median, q75, high = shape.box
    return (max(low, fences.low), q25, median, q75, min(high, fences.high))


def _quality(name: str, seen: Seen, fences: Fences | None, n_capped: int) -> ColumnQuality:
    shape = seen.shape
    return ColumnQuality(name, 0, 0, seen.n_outliers, n_capped, shape.box, capped_box(shape, fences), shape.tails)


def _note(name: str, seen: Seen, fences: Fences, treatment: str, reason: str) -> CleaningNote:
    far = []
    if seen.n_low:
        far.append(
            language.text(
                "{cells} down to {n}", cells=wording.plural(seen.n_low, "cell"), n=show_number(seen.shape.minimum)
            )
        )
    if seen.n_high:
        far.append(
            language.text(
                "{cells} up to {n}", cells=wording.plural(seen.n_high, "cell"), n=show_number(seen.shape.maximum)
            )
        )
    ends = ([fences.low] if seen.n_low else []) + ([fences.high] if seen.n_high else [])
    limit = wording.join_words([show_number(end) for end in ends])
    after = language.text(ALONE[treatment], limit=limit)
    return CleaningNote(NAME, name, seen.n_low + seen.n_high, wording.join_words(far), after, reason)


def apply(work: Work, decision: Decision) -> Work:
    capped = {name: nw.col(name).clip(fences.low, fences.high) for name, fences in decision.caps.items()}
    changed = work.rewrite(capped).with_notes(decision.notes).with_quality(decision.quality)
    leaving = dict.fromkeys(decision.strange, language.text("unlike all other customers")) | lines_beyond(
        work, decision.leave
    )
    if not leaving:
        return changed
    left = changed.without(leaving)
    boxes = {name: shape.box for name, shape in shapes_of(left, [entry.name for entry in left.quality]).items()}
    return left.with_quality(replace(entry, box_after=boxes.get(entry.name)) for entry in left.quality)


def lines_beyond(work: Work, leave: Mapping[str, Fences]) -> dict[int, str]:
    """Line → why its customer leaves."""
    reasons: dict[int, str] = {}
    for name, fences in leave.items():
        value = nw.col(name)
        far = work.frame.filter((value < fences.low) | (value > fences.high)).select(LINE_COLUMN, name).collect()
        for line, number in far.rows():
            reasons.setdefault(
                int(line), language.text("{name} {n} is an outlier", name=wording.scrub(name), n=show_number(number))
            )
    return reasons


STEP: Step[Facts, Decision] = Step(NAME, look, decide, apply)
