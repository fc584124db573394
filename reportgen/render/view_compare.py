"""The segments side by side: every column's mean and every category's leading level, segment by segment."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen import wording
from reportgen.language import msgid, spoken, text
from reportgen.records.profile import LevelProfile, SegmentProfile
from reportgen.records.study import Facts, Persona, Scorecard, Study
from reportgen.render.few import UNTOLD
from reportgen.render.pieces import Cell, Grid, amount, figure_cell, further_columns, head, label_in_sentence, words
from reportgen.small_cells import is_small

SEGMENTS_ABREAST = 6
"""Most segments beside the row's name and all customers; fewer where their amounts have many digits."""

READABLE = 6.8
"""Points of type, that of a footnote, below which fewer segments stand abreast."""

MOST_COLUMNS = 16
"""Rows of means: a page's height; further columns are in study.json."""

MOST_LEVELS = 8
"""Rows of categories, by the largest difference between segments."""


SCORECARD = msgid("Which segments first: the scorecard")
SCORECARD_NOTE = msgid(
    "Points of a hundred, weighted as the header says. Measurable: members that a short rule finds. Substantial: share "
    "of value against the largest segment's (of customers where value is unknown). Accessible: members with contact "
    "data; left out where the export has none. Differentiable: agreement with resampled customers. Actionable: size "
    "against what a test of a small effect needs. A segment that does not come back is knocked out. (Kotler's criteria)"
)


@dataclass(frozen=True, slots=True)
class CompareView:
    """The tables of the page `Side by side`."""

    grids: tuple[Grid, ...]
    """Up to six segments each."""
    scorecard: Grid
    """Which segments are worth a campaign first; no rows where the settings give no criterion a weight."""


def compare_view(study: Study) -> CompareView:
    return CompareView(_grids(study), _scorecard(study))


def _grids(study: Study) -> tuple[Grid, ...]:
    """As many segments abreast as can be read."""
    profiles = study.facts.profile.segments
    for abreast in range(SEGMENTS_ABREAST, 0, -1):
        parts = [profiles[start : start + abreast] for start in range(0, len(profiles), abreast)]
        grids = tuple(_grid(study, part) for part in parts)
        if all(grid.print_size >= READABLE for grid in grids):
            break
    return grids


def _grid(study: Study, part: Sequence[SegmentProfile]) -> Grid:
    facts = study.facts
    everyone = facts.profile.overall
    names = {persona.segment: persona.name for persona in study.personas}
    header = (
        head(text("Mean by segment")),
        *(head(names[profile.id], is_number=True, segment=profile.id) for profile in part),
        head(text("All customers"), is_number=True),
    )
    rows = (*_size_rows(facts, part), *_number_rows(facts, part, everyone), *_level_rows(facts, part, everyone))
    left = len(everyone.numbers) - MOST_COLUMNS
    notes = [further_columns(left)] if left > 0 else []
    if any(cell.text == UNTOLD for row in rows for cell in row):
        untold = msgid("{sign}: fewer than {n} customers, or a cell that would give them away.")
        notes.append(text(untold, sign=UNTOLD, n=facts.profile.min_cell))
    note = " ".join(notes)
    return Grid(text("Segments side by side: sizes, means and categories"), header, rows, note)


def _scorecard(study: Study) -> Grid:
    """A row a segment, the best first; those that are knocked out last."""
    cards = [(persona, persona.scorecard) for persona in study.personas if persona.scorecard]
    if all(card.score is None for _, card in cards):
        cards = []  # every segment is knocked out, as its page says: there is nothing to put first
    cards.sort(key=lambda entry: (-(entry[1].score or 0.0) if entry[1].score is not None else 1.0, entry[0].segment))
    measured = {name for _, card in cards for name, mark in card.marks if mark is not None}
    weights = [(name, weight) for name, weight in study.facts.weights if weight > 0 and name in measured]
    header = (
        head(text("Segment")),
        head(text("Points"), is_number=True),
        *(head(_criterion(name, weight), is_number=True) for name, weight in weights),
    )
    rows = tuple(_card_row(persona, card, measured) for persona, card in cards)
    return Grid(text(SCORECARD), header, rows, text(SCORECARD_NOTE))


def _criterion(name: str, weight: float) -> str:
    """`Substantial ×2`."""
    return f"{wording.sentence_case(text(name))} ×{shown_weight(weight)}"


def shown_weight(weight: float) -> str:
    """`2`, `0.5`: as the settings give it."""
    return f"{weight:g}".replace(".", spoken().signs.decimal)


def _card_row(persona: Persona, card: Scorecard, measured: Collection[str]) -> tuple[Cell, ...]:
    score = Cell(text("Do not target")) if card.score is None else figure_cell(wording.format_count(round(card.score)))
    told = [mark for name, mark in card.marks if name in measured]
    marks = [figure_cell("–" if mark is None else wording.format_count(round(100 * mark))) for mark in told]
    return (words(persona.name, segment=persona.segment), score, *marks)


def _size_rows(facts: Facts, part: Sequence[SegmentProfile]) -> Iterator[tuple[Cell, ...]]:
    count, share = wording.format_count, wording.format_share

    def row(label: str, own: Callable[[SegmentProfile], str], everyone: str) -> tuple[Cell, ...]:
        cells = [figure_cell(UNTOLD if profile.id in facts.profile.untold else own(profile)) for profile in part]
        return (words(label), *cells, figure_cell(everyone))

    customers = row(text("Customers"), lambda profile: count(profile.n_customers), count(facts.n_customers))
    yield _with_few(facts, part, customers)
    yield row(text("Share of customers"), lambda profile: share(profile.share), share(1))
    if facts.profile.value_column:
        label = label_in_sentence(facts.column(facts.profile.value_column))
        yield row(text("Share of {value}", value=label), lambda profile: share(profile.value_share or 0), share(1))


def _with_few(facts: Facts, part: Sequence[SegmentProfile], row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The row of sizes with `<10` for a segment of fewer customers."""
    least = facts.profile.min_cell
    few = [False, *(is_small(profile.n_customers, least) for profile in part), False]
    return tuple(figure_cell(f"<{least}") if is_few else cell for is_few, cell in zip(few, row, strict=True))


def _number_rows(facts: Facts, part: Sequence[SegmentProfile], everyone: SegmentProfile) -> Iterator[tuple[Cell, ...]]:
    for number in everyone.numbers[:MOST_COLUMNS]:
        column = facts.column(number.column)
        untold = facts.profile.untold
        means = [None if profile.id in untold else profile.number(number.column).mean for profile in part]
        cells = [figure_cell(UNTOLD if mean is None else amount(column, mean)) for mean in (*means, number.mean)]
        yield (words(column.label), *cells)


def _level_rows(facts: Facts, part: Sequence[SegmentProfile], everyone: SegmentProfile) -> Iterator[tuple[Cell, ...]]:
    told = [{(level.column, level.level): level.share for level in profile.levels} for profile in part]
    shares = {
        (level.column, level.level): [levels.get((level.column, level.level)) for levels in told]
        for level in everyone.levels
    }
    telling = _telling(everyone.levels, shares)
    ranked = sorted(telling, key=lambda level: -_spread(shares[level.column, level.level]))[:MOST_LEVELS]
    kept = {(level.column, level.level) for level in ranked}
    for level in everyone.levels:
        if (level.column, level.level) in kept:
            label = f"{facts.column(level.column).label}: {level.level}"
            own = shares[level.column, level.level]
            yield (words(label), *(figure_cell(_share_or_dash(share)) for share in (*own, level.share)))


def _telling(
    levels: Sequence[LevelProfile], shares: Mapping[tuple[str, str], Sequence[float | None]]
) -> list[LevelProfile]:
    """The levels without one of every two that make up a column: that is what the other leaves.

    Of two the rarer stays, which is the Yes of most questions, unless more segments tell of the other.
    """
    columns: dict[str, list[LevelProfile]] = {}
    for level in levels:
        columns.setdefault(level.column, []).append(level)
    told = []
    for pair in columns.values():
        best = min(reversed(pair), key=lambda level: shares[level.column, level.level].count(None))
        told += [best] if len(pair) == 2 else pair
    return told


def _share_or_dash(share: float | None) -> str:
    return UNTOLD if share is None else wording.format_share(share)


def _spread(shares: Sequence[float | None]) -> float:
    """Difference of the largest and the smallest that are told; those that are told for nobody come last."""
    told = [share for share in shares if share is not None]
    return max(told) - min(told) if told else -1.0
