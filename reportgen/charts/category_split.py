"""How a category is shared out in every segment, beside all customers."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._ramp import mixed, readable_on
from reportgen.charts._rows import GAP, WIDEST_BESIDE, WIDEST_NAME, has_long_name, name_gutter, write_name
from reportgen.charts._sheet import POINTS, Sheet
from reportgen.charts._tell import Named, customers_text, label_in, label_of, quoted, say
from reportgen.charts._type import BODY, SMALL, fit, text_width
from reportgen.charts.base import FULL_WIDTH, HALF_WIDTH, Chart, Scope
from reportgen.claims import Phrase, fact, measure
from reportgen.errors import NotApplicable
from reportgen.records.profile import Association, SegmentProfile
from reportgen.records.study import Claim, Quantity, Study, Table
from reportgen.records.table import Column

ROW, TALL_ROW, BAR, KEY_LINE, GROUND = 17.0, 21.0, 12.0, 14.0, 4.0
"""Points: a row, one whose name takes two lines, its bar, a line of the key, the white below all customers."""

INSET, LEAST_KEY = 3.0, 110.0
"""Points: between a bar's edge and the share in it; what a level's name may take in the key of any sheet."""

MOST_LEVELS = 5
"""Levels with a colour of their own; further ones are drawn together."""

DARKEST, LIGHTEST = 0.95, 0.2
"""How much of the brand's colour the levels get: one hue, dark to light, because the segments own the other hues."""

EVERYONE = language.msgid("All customers")
REST = language.msgid("Other")
UNTOLD = language.msgid("not told: too few customers")


@dataclass(frozen=True, slots=True)
class Split:
    """One row: shares of the levels, in the order of CategorySplit.levels, summing to 1 if all are told."""

    name: str
    segment: Named | None
    """None for all customers."""
    shares: tuple[float | None, ...]
    """None where the level is not told."""

    @property
    def untold(self) -> float:
        """Share of the levels that are not told, together."""
        if None not in self.shares:
            return 0.0
        return max(0.0, 1 - sum(share for share in self.shares if share is not None))


@dataclass(frozen=True, slots=True)
class CategorySplit:
    column: Column
    words: Phrase
    levels: tuple[str, ...]
    level_names: tuple[str, ...]
    """The same before they are cut for the eye."""
    level_words: tuple[Phrase, ...]
    """Each level inside a sentence."""
    rows: tuple[Split, ...]
    """All customers first."""
    association: Association | None
    """None where there are no segments."""
    association_place: int
    n_customers: int
    n_known: int
    """Customers whose level is known: shares are of these."""


def numbers(study: Study, column: str) -> CategorySplit:
    facts = study.facts
    profile = facts.profile
    overall = [(place, level) for place, level in enumerate(profile.overall.levels) if level.column == column]
    if len(overall) < 2:
        raise NotApplicable(language.text("the column has a single level"))
    shown = overall[:MOST_LEVELS] if len(overall) > MOST_LEVELS else overall
    has_rest = len(overall) > len(shown)
    named = [Named(persona.segment, wording.scrub(persona.name)) for persona in study.personas]
    names = [level.level for _, level in overall]
    rows = [Split(language.text(EVERYONE), None, _shares(profile.overall, column, names))]
    rows += [
        Split(segment.name, segment, _shares(numbers_of, column, names))
        for segment, numbers_of in zip(named, profile.segments, strict=True)
    ]
    found = next((i for i, a in enumerate(profile.associations) if a.column == column), -1)
    if len(rows) > 1 and all(set(row.shares) == {None} for row in rows[1:]):
        raise NotApplicable(language.text("too few customers a level in every segment"))
    return CategorySplit(
        column=facts.column(column),
        words=label_in(facts, column),
        levels=(*(wording.scrub(level.level, 40) for _, level in shown), *([language.text(REST)] if has_rest else [])),
        level_names=tuple(level.level for _, level in shown),
        level_words=tuple(quoted(facts, f"profile.overall.levels[{place}].level") for place, _ in shown),
        rows=tuple(rows),
        association=profile.associations[found] if found >= 0 else None,
        association_place=found,
        n_customers=facts.n_customers,
        n_known=sum(level.n_customers for _, level in overall),
    )


def _shares(profile: SegmentProfile, column: str, names: list[str]) -> tuple[float | None, ...]:
    """Shares of the first MOST_LEVELS levels, and of all others together; None for what is not told."""
    told = {level.level: level.share for level in profile.levels if level.column == column}
    shares = [told.get(name) for name in names]
    first, rest = shares[:MOST_LEVELS], shares[MOST_LEVELS:]
    if not rest:
        return tuple(first)
    known = [share for share in rest if share is not None]
    return (*first, sum(known) if len(known) == len(rest) else None)


def extent(shown: CategorySplit) -> tuple[float, float]:
    width = _width(shown)
    ground = GROUND if len(shown.rows) > 1 else 0.0
    return width, (
        KEY_LINE * len(_key_lines(shown, width * POINTS)) + 4 + _row(shown) * len(shown.rows) + ground
    ) / POINTS


def _width(shown: CategorySplit) -> float:
    """Inches: segments that are alike are worth half a line."""
    return HALF_WIDTH if shown.association and not shown.association.differs else FULL_WIDTH


def _row(shown: CategorySplit) -> float:
    """Points of a row."""
    named = [row.segment for row in shown.rows if row.segment]
    return TALL_ROW if has_long_name(named, _width(shown) * POINTS, _widest_name(shown)) else ROW


def _widest_name(shown: CategorySplit) -> float:
    """Share of the sheet that names may take."""
    return WIDEST_NAME if _width(shown) == FULL_WIDTH else WIDEST_BESIDE


def draw(sheet: Sheet, shown: CategorySplit) -> None:
    colors = _level_colors(sheet, shown)
    lines = _key_lines(shown, sheet.width)
    colors.append(sheet.theme.paper)
    for line, entries in enumerate(lines):
        for x, level, place in entries:
            y = KEY_LINE * (line + 0.5)
            if place == len(shown.levels):
                sheet.frame(x, y - 4, 8, 8, sheet.theme.neutral)
            else:
                sheet.box(x, y - 4, 8, 8, colors[place])
            sheet.text(x + 12, y, level, size=SMALL)
    names = name_gutter(sheet, [row.segment for row in shown.rows if row.segment], _widest_name(shown))
    gutter = max(names, text_width(shown.rows[0].name) + GAP)
    top, row_height = KEY_LINE * len(lines) + 4, _row(shown)
    for place, row in enumerate(shown.rows):
        y = top + row_height * (place + 0.5) + (GROUND if place else 0.0)
        if row.segment:
            write_name(sheet, row.segment, y, gutter)
        else:
            sheet.text(0, y, row.name)
        _draw_bar(sheet, row, y, gutter, colors)


def _level_colors(sheet: Sheet, shown: CategorySplit) -> list[str]:
    theme = sheet.theme
    n_named = len(shown.level_words)
    steps = [DARKEST - (DARKEST - LIGHTEST) * place / max(1, n_named - 1) for place in range(n_named)]
    colors = [mixed(theme.paper, theme.primary_ink, strength) for strength in steps]
    return colors if n_named == len(shown.levels) else [*colors, theme.rule]


def _key_lines(shown: CategorySplit, width: float) -> list[list[tuple[float, str, int]]]:
    """The key in lines of (x, level, place), broken where the sheet ends."""
    lines: list[list[tuple[float, str, int]]] = [[]]
    x = 0.0
    untold = [language.text(UNTOLD)] if any(row.untold for row in shown.rows) else []
    for place, level in enumerate((*shown.levels, *untold)):
        text = fit(level, max(width / 3, LEAST_KEY), SMALL)
        need = 12 + text_width(text, SMALL) + 14
        if lines[-1] and x + need > width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, text, len(shown.levels) if level == language.text(UNTOLD) else place))
        x += need
    return lines


def _draw_bar(sheet: Sheet, row: Split, y: float, left: float, colors: list[str]) -> None:
    """One stacked bar, shares written where they fit."""
    room = sheet.width - left
    x = left
    for place, (share, color) in enumerate(zip((*row.shares, row.untold), colors, strict=True)):
        length = (share or 0.0) * room
        if length <= 0:
            continue
        if place == len(row.shares):
            sheet.frame(x, y - BAR / 2, max(0.4, length - 0.8), BAR, sheet.theme.neutral)
            continue
        sheet.box(x, y - BAR / 2, max(0.4, length - 0.8), BAR, color)
        text = wording.format_share(share or 0.0)
        if text_width(text) + INSET + 1 <= length:
            sheet.text(x + INSET, y, text, size=BODY, color=readable_on(sheet.theme, color))
        x += length


def finding(shown: CategorySplit) -> Claim:
    """Whether the segments differ, and where most; without segments, the most frequent level."""
    claim_id = f"chart.category_split.{shown.column.name}"
    if shown.association is None:
        return say(
            claim_id,
            "{column}: “{level}” holds for {share} of customers",
            column=shown.words,
            level=shown.level_words[0],
            share=_share(shown, shown.rows[0], 0),
        )
    p = fact(
        shown.association.p_value,
        f"profile.associations[{shown.association_place}].p_value",
        wording.format_p_value(shown.association.p_value),
    )
    if shown.association.differs_slightly:
        return say(claim_id, "{column}: the segments differ only slightly ({p})", column=shown.words, p=p)
    if not shown.association.differs:
        return say(
            claim_id, "{column}: no difference between the segments beyond chance ({p})", column=shown.words, p=p
        )
    everyone = shown.rows[0]
    gaps = [
        (share - (everyone.shares[place] or 0.0), row, place)
        for row in shown.rows[1:]
        for place, share in enumerate(row.shares[: len(shown.level_words)])
        if share is not None
    ]
    if not gaps:
        template = language.msgid("segments differ in {column} ({p}); too few customers a level to tell how")
        return say(claim_id, template, column=shown.words, p=p)
    _, row, place = max(gaps, key=lambda gap: gap[0])
    return say(
        claim_id,
        "segments differ in {column}: “{level}” holds for {share} of {name}, {overall} of all customers",
        column=shown.words,
        level=shown.level_words[place],
        share=_share(shown, row, place),
        name=row.name,
        overall=_share(shown, everyone, place),
    )


def _share(shown: CategorySplit, row: Split, place: int) -> Quantity:
    share = row.shares[place] or 0.0
    return measure(
        "share",
        share,
        wording.format_share(share),
        unit="share",
        column=shown.column.name,
        segment=row.segment.id if row.segment else None,
        level=shown.level_names[place],
    )


def subtitle(shown: CategorySplit) -> str:
    found, label = shown.association, wording.inner_case(label_of(shown.column))
    customers = customers_text(shown.n_known)
    if shown.n_known < shown.n_customers:
        customers = language.text("{customers} with a known value", customers=customers)
    if found is None:
        return language.text("Share of customers by {column}; {customers}", column=label, customers=customers)
    return language.text(
        "Share of customers by {column}; {test} test, {p}; {customers}",
        column=label,
        test=found.test,
        p=wording.format_p_value(found.p_value),
        customers=customers,
    )


def alt(shown: CategorySplit) -> str:
    rows = []
    for row in shown.rows:
        parts = ", ".join(
            f"{level} {'not told' if share is None else wording.format_share(share)}"
            for level, share in zip(shown.levels, row.shares, strict=True)
        )
        rows.append(f"{row.name}: {parts}")
    template = language.msgid("Stacked bars of {column}. {rows}.")
    return language.text(template, column=label_of(shown.column), rows="; ".join(rows))


def table(shown: CategorySplit) -> Table:
    header = ("", *(f"{level}, %" for level in shown.levels))
    return Table(
        header,
        tuple((row.name, *(None if share is None else share * 100 for share in row.shares)) for row in shown.rows),
    )


CHART = Chart(Scope.CATEGORY, numbers, extent, draw, finding, subtitle, alt, table)
