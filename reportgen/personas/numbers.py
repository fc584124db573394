"""The numbers that sentences print, each with the way to compute it again."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen import wording
from reportgen.claims import Phrase, Piece, fact, joined, measure, phrase, quote, size, value_at
from reportgen.language import spoken, text
from reportgen.records.profile import LevelProfile, NumberProfile, SegmentProfile
from reportgen.records.study import Facts, Quantity
from reportgen.records.table import Column, Role
from reportgen.small_cells import is_small, rounded

Show = Callable[[float], str]

BANDS_PER_SPREAD = 4
"""Steps that a segment's middle half is cut into: its ends are round numbers, not two customers' values."""

LABEL_CHARACTERS = 40
"""Of a label inside a sentence: six of them still leave a sentence that can be read."""

CLOSE = 0.1
"""SD below which a mean is called close to that of all customers: half of what Cohen (1988) calls a small effect."""

ROUND_STEPS = (1.0, 2.0, 5.0, 10.0)


def listed(items: Sequence[Piece | tuple[Piece, ...]], last: str = "", between: str = ", ") -> Phrase:
    """`a, b and c` of pieces; `last` stands before the last one, if not the language's `and`."""
    last = last or f" {text('and')} "
    pieces: list[Piece] = []
    for place, item in enumerate(items):
        if place:
            pieces.append(last if place == len(items) - 1 else between)
        pieces.append(joined(*item) if isinstance(item, tuple) else item)
    return joined(*pieces)


def labelled(column: Column, amount: Piece) -> Phrase:
    """`annual income 86.5 k$`."""
    return joined(in_sentence(column), " ", amount)


def in_sentence(column: Column) -> str:
    """The label as it stands inside a sentence: `annual income`, `GB download`."""
    label = wording.scrub(column.label or column.name, LABEL_CHARACTERS)
    return wording.inner_case(label)


def show_amount(column: Column, value: float) -> str:
    """A value of the column with its unit; a calendar year without a separator."""
    if column.role is Role.BIRTH:
        return wording.format_year(value)
    return wording.format_amount(value, wording.unit_of(column))


def show_index(value: float) -> str:
    """A silhouette, Rand or Jaccard index: two decimals."""
    return wording.format_number(value, 2)


def show_word(value: float) -> str:
    return wording.number_word(round(value))


def show_first_word(value: float) -> str:
    return wording.sentence_case(show_word(value))


@dataclass(frozen=True, slots=True)
class Numbers:
    """Quantities about one study's facts."""

    facts: Facts

    def at(
        self, path: str, show: Show = wording.format_number, *, unit: str = "", segment: int | None = None
    ) -> Quantity:
        """The number at a path of the facts."""
        value = float(value_at(self.facts, path))
        return fact(value, path, show(value), unit=unit, segment=segment)

    def size(self, path: str, show: Show = wording.format_count) -> Quantity:
        """How many entries stand at a path."""
        n = len(value_at(self.facts, path))
        return size(n, path, shown=show(n))

    def tally(self, path: str, show: Show = wording.format_count, *, total: str = "", **where: Any) -> Quantity:
        """How many entries at a path have those values; with `total`, the sum of that field over them.

        A field may be a path within the entry: `{"trust.do_not_target": False}`.
        """
        known = value_at(self.facts, path)
        entries = [entry for entry in known if all(value_at(entry, name) == is_ for name, is_ in where.items())]
        n = sum(getattr(entry, total) for entry in entries) if total else len(entries)
        extra: dict[str, Any] = {"total": total} if total else {}
        return measure("tally", n, show(n), path=path, where=where, **extra)

    def quoted(self, path: str) -> Phrase:
        """The text at a path, taken apart so that each of its numbers counts as one."""
        return quote(wording.scrub(value_at(self.facts, path), wording.QUOTE_LIMIT), path)

    @staticmethod
    def path(segment: SegmentProfile) -> str:
        """Where the segment's profile stands in the facts."""
        return f"profile.segments[{segment.id - 1}]"

    def held(self, show: Show = show_word) -> Quantity:
        """How many segments come back when the customers are drawn again."""
        where: dict[str, Any] = {"trust.do_not_target": False}
        return self.tally("profile.segments", show, **where)

    def k(self, show: Show = show_word) -> Quantity:
        return self.at("evidence.k", show, unit="segments")

    def customers(self, segment: SegmentProfile, show: Show = wording.format_count) -> Quantity:
        n = segment.n_customers
        return measure("count", n, show(n), unit="customers", segment=_id(segment))

    def all_customers(self, show: Show = wording.format_count) -> Quantity:
        return self.at("n_customers", show, unit="customers")

    def share(self, segment: SegmentProfile) -> Quantity:
        shown = wording.format_share(segment.share)
        return measure("share", segment.share, shown, unit="share", segment=_id(segment))

    def value_share(self, segment: SegmentProfile) -> Quantity:
        """The segment's share of value, which must be known."""
        value = segment.value_share or 0.0
        column = self.facts.profile.value_column
        shown = wording.format_share(value)
        return measure("value_share", value, shown, unit="share", column=column, segment=_id(segment))

    def mean(self, segment: SegmentProfile, column: Column, unit: str | None = None) -> Quantity:
        """The segment's mean; `unit`: printed even where the label says it."""
        value = segment.number(column.name).mean
        shown = show_amount(column, value) if unit is None else wording.format_amount(value, unit)
        unit = wording.unit_of(column) if unit is None else unit
        return measure("mean", value, shown, unit=unit, column=column.name, segment=_id(segment))

    def overall_mean(self, column: Column) -> Quantity:
        return self.mean(self.facts.profile.overall, column)

    def is_above(self, segment: SegmentProfile, column: Column) -> bool:
        """Whether the segment's mean lies above that of all: told by the means, which a reader sees beside it.

        The difference in SD of a column that is clustered on another scale can point the other way.
        """
        return segment.number(column.name).mean > self.facts.profile.overall.number(column.name).mean

    def is_close(self, segment: SegmentProfile, column: Column) -> bool:
        """Whether the segment's mean is close to that of all; on another scale only where both print alike."""
        if any(feature.name == column.name and feature.transform != "none" for feature in self.facts.profile.features):
            return self.mean(segment, column).shown == self.overall_mean(column).shown
        return abs(segment.number(column.name).difference) < CLOSE

    def gap(self, segment: SegmentProfile, column: Column) -> Quantity:
        """How far the segment's mean is from all customers', as a positive number with its unit."""
        mean, overall = segment.number(column.name).mean, self.facts.profile.overall.number(column.name).mean
        value, unit = abs(mean - overall), wording.unit_of(column)
        decimals = min(wording.sensible_decimals(value), wording.sensible_decimals(mean))
        is_points = column.role is Role.SCORE and not unit
        shown = wording.format_amount(value, "points" if is_points else unit, decimals)
        return measure("gap", value, shown, unit=unit, column=column.name, segment=_id(segment))

    def difference(self, segment: SegmentProfile, column: Column) -> Quantity:
        value = segment.number(column.name).difference
        return measure(
            "difference", value, wording.format_sd(value), unit="SD", column=column.name, segment=_id(segment)
        )

    def side_share(self, segment: SegmentProfile, column: Column, *, above: bool) -> Quantity:
        """Share of the members above, or below, the median of all customers."""
        number = segment.number(column.name)
        name, value = ("share_above", number.share_above) if above else ("share_below", number.share_below)
        shown = wording.format_share(value)
        return measure(name, value, shown, unit="share", column=column.name, segment=_id(segment))

    def level_share(self, segment: SegmentProfile, level: LevelProfile) -> Quantity:
        shown = wording.format_share(level.share)
        segment_id = _id(segment)
        return measure(
            "share", level.share, shown, unit="share", column=level.column, segment=segment_id, level=level.level
        )

    def few_hidden(self, counted: Quantity) -> tuple[Piece, ...]:
        """The count, or `fewer than 10` where it may not be told."""
        least = self.facts.profile.min_cell
        if not is_small(counted.value, least):
            return (counted,)
        told = wording.format_count(least)
        limit: dict[str, Any] = {"of": dict(counted.recompute), "low": 1, "high": least - 1, "told": least}
        bound = measure("bound", least, told, unit=counted.unit, segment=counted.segment, **limit)
        return (phrase("fewer than {n}", n=bound),)

    def about(self, counted: Quantity) -> tuple[Piece, ...]:
        """`about 20`, a multiple of the least that may be told, as sizes of other divisions are; or `fewer than 10`."""
        least = self.facts.profile.min_cell
        told = rounded(int(counted.value), least)
        if is_small(counted.value, least) or least == 1:
            return self.few_hidden(counted)
        limit: dict[str, Any] = {"of": dict(counted.recompute), "low": told - least / 2, "high": told + least / 2}
        shown = wording.format_count(told)
        bound = measure("bound", told, shown, unit=counted.unit, segment=counted.segment, **limit, told=told)
        return (phrase("about {n}", n=bound),)

    def rest_hidden(self, segment: SegmentProfile, share: Quantity) -> tuple[Piece, ...]:
        """The share of the segment, or `at least 74%` where too few are left over for it to be told."""
        least, n = self.facts.profile.min_cell, segment.n_customers
        if not is_small(round(n * (1 - share.value)), least) or n <= least:
            return (share,)
        low = math.floor(100 * (1 - least / n)) / 100
        limit: dict[str, Any] = {"of": dict(share.recompute), "low": low, "high": 1, "told": low}
        told = wording.format_share(low)
        bound = measure("bound", low, told, unit="share", segment=share.segment, **limit)
        return (phrase("at least {share}", share=bound),)

    def overall_level_share(self, level: LevelProfile) -> Quantity:
        shown = wording.format_share(level.overall)
        return measure("share", level.overall, shown, unit="share", column=level.column, level=level.level)

    def band(self, segment: SegmentProfile, column: Column) -> Piece:
        """The middle half of the segment, rounded outward to round numbers: `75 to 95 k$`."""
        number = segment.number(column.name)
        step = band_step(number, is_count=column.role is Role.COUNT)
        low = math.floor(round(number.q25 / step, 9)) * step
        high = math.ceil(round(number.q75 / step, 9)) * step
        unit = wording.unit_of(column)
        where: dict[str, Any] = {"column": column.name, "segment": _id(segment), "step": step}
        show = self._band_shower(column, 1.0 if low.is_integer() and high.is_integer() else step)
        upper = measure("band", high, show(high, unit), unit=unit, q=0.75, up=True, **where)
        if low == high:
            return upper
        lower_unit = unit if unit in wording.CURRENCY_SIGNS and spoken().signs.before_amount else ""
        lower = measure("band", low, show(low, lower_unit), unit=unit, q=0.25, up=False, **where)
        return phrase("{low} to {high}", low=lower, high=upper)

    @staticmethod
    def _band_shower(column: Column, step: float) -> Callable[[float, str], str]:
        decimals = max(0, -math.floor(math.log10(step)))
        if column.role is Role.BIRTH:
            return lambda value, _: wording.format_year(value)
        return lambda value, unit: wording.format_amount(value, unit, decimals)


def band_step(number: NumberProfile, *, is_count: bool) -> float:
    """A round step: about a quarter of the spread of the segment's middle half; whole for counts."""
    spread = (number.q75 - number.q25) or abs(number.median) or 1.0
    rough = spread / BANDS_PER_SPREAD
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in ROUND_STEPS if factor * power >= rough * (1 - 1e-9))
    return max(step, 1.0) if is_count else step


def _id(segment: SegmentProfile) -> int | None:
    """The id that a recompute record names: None for all customers."""
    return segment.id or None
