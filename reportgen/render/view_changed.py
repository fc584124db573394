"""What changed since the month before: the tables of that section, and what the first two pages say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from reportgen import language, wording
from reportgen.records.history import Change, ColumnDrift, Movement, SegmentChange
from reportgen.records.study import Study
from reportgen.render.pieces import Cell, Grid, figure_cell, further_columns, head, sentence, words
from reportgen.render.view_compare import SEGMENTS_ABREAST

TOLD_FIRST = ("change", "moves", "shares", "fates", "renewal")
"""Names in `Study.answers` that the answer page opens with."""

MOST_COLUMNS = 14
"""Rows of the columns' table, beside the others a page's height; the others are in study.json."""

MOST_UNSEEN = 3
"""Levels never seen before that a cell names."""

FATES = {
    "kept": "",
    "new": language.msgid(" (new)"),
    "retired": language.msgid(" (retired)"),
    "empty": language.msgid(" (no customer)"),
}

UNKNOWN = "–"

WITHHELD = "*"
"""In the place of a number of few customers, or one from which such a number would follow."""

WITHHELD_NOTE = language.msgid("* Fewer than {least} customers, or a number from which fewer would follow.")

SHIFT_NOTE = language.msgid(
    "Shift adds up how much more or less often each tenth or level of a column occurs than before; a shift that chance "
    "explains is steady."
)


@dataclass(frozen=True, slots=True)
class ChangedView:
    """The section `What changed`, and its beginning on the first pages."""

    alert: str
    """What to check before believing the month, or empty."""
    first: tuple[str, ...]
    """What the answer page opens with."""
    is_quiet: bool
    """Nothing moved beyond noise: the section is short."""
    segments: Grid
    shares: Grid
    moves: tuple[Grid, ...]
    """Customers by segment then and now, up to six segments each; empty where nobody can be followed."""
    columns: Grid
    """No rows where every column is as it was: the sentence above says so."""


def changed_view(study: Study) -> ChangedView | None:
    """None in the first month."""
    change = study.facts.change
    if change is None:
        return None
    alerts = study.answers.get("alerts")
    return ChangedView(
        alert=sentence(alerts) if alerts else "",
        first=tuple(sentence(study.answers[name]) for name in TOLD_FIRST if name in study.answers),
        is_quiet=change.is_quiet,
        segments=_segments(study, change),
        shares=_shares(study, change),
        moves=tuple(_moves(study, change, change.movement)) if _is_shown(change.movement) else (),
        columns=_columns(study, change),
    )


def _name(study: Study, entry: SegmentChange) -> str:
    """As this month's persona is called; of a segment that is gone, as it was."""
    named = study.persona(entry.segment).name if entry.segment else entry.name
    fate = FATES[entry.fate]
    return f"{named}{language.text(fate)}" if fate else named


def _row_head(study: Study, entry: SegmentChange) -> Cell:
    return words(_name(study, entry), segment=entry.segment or 0)


def _months(study: Study, change: Change) -> tuple[str, str]:
    return wording.month_label(change.since), wording.month_label(study.facts.period)


def _segments(study: Study, change: Change) -> Grid:
    """A row a segment: customers then and now, and where they came from and went."""
    flows = (
        (
            language.text("Stayed"),
            language.text("Came from others"),
            language.text("Went to others"),
            language.text("New"),
            language.text("Gone"),
        )
        if change.movement
        else ()
    )
    header = (
        head(language.text("Customers")),
        *(head(text, is_number=True) for text in (*_months(study, change), *flows)),
    )

    def row(entry: SegmentChange) -> tuple[Cell, ...]:
        moves = (entry.stayed, entry.came, entry.went, entry.joined, entry.lost) if change.movement else ()
        counts = (entry.n_before, entry.n_now, *moves)
        return (_row_head(study, entry), *(_count(n) for n in counts))

    rows = tuple(row(entry) for entry in change.segments)
    # A column of nothing but withheld numbers is left out.
    kept = [place for place, cells in enumerate(zip(*rows, strict=True)) if {cell.text for cell in cells} != {WITHHELD}]
    told = tuple(tuple(cells[place] for place in kept) for cells in rows)
    header = tuple(header[place] for place in kept)
    return Grid(language.text("The segments then and now"), header, told, _withheld_note(study, told))


def _count(n: int | None, nobody: str = "") -> Cell:
    """`nobody`: what stands for no customer, or empty."""
    return figure_cell(WITHHELD) if n is None else figure_cell((not n and nobody) or wording.format_count(n), n)


def _withheld_note(study: Study, rows: Sequence[Sequence[Cell]]) -> str:
    is_needed = any(cell.text == WITHHELD for row in rows for cell in row)
    return language.text(WITHHELD_NOTE, least=study.facts.profile.min_cell) if is_needed else ""


def _shares(study: Study, change: Change) -> Grid:
    """A row a segment: shares then and now, since when it is known, when its name was last proved."""
    months = _months(study, change)
    valued = [entry for entry in change.segments if entry.value_share_now is not None]
    texts = [language.text("Of customers, {month}", month=month) for month in months] + [
        language.text("Of value, {month}", month=month) for month in months
    ] * bool(valued)
    header = (
        head(language.text("Share")),
        *(head(text, is_number=True) for text in texts),
        head(language.text("Known since")),
        head(language.text("Name last proved")),
    )

    def row(entry: SegmentChange) -> tuple[Cell, ...]:
        shares = [_told(share, share) for share in (entry.share_before, entry.share_now)]
        if valued:
            shares += [
                _told(entry.share_before, entry.value_share_before),
                _told(entry.share_now, entry.value_share_now),
            ]
        months = (Cell(wording.month_label(entry.born)), Cell(wording.month_label(entry.named)))
        return (_row_head(study, entry), *shares, *months)

    rows = tuple(row(entry) for entry in change.segments)
    note = _withheld_note(study, rows)
    return Grid(language.text("Shares, and how old each segment is"), header, rows, note)


def _told(of_customers: float | None, share: float | None) -> Cell:
    """The share; of a segment whose size is withheld, so is every share."""
    return figure_cell(WITHHELD) if of_customers is None else _share(share)


def _share(share: float | None) -> Cell:
    return figure_cell(UNKNOWN) if share is None else figure_cell(wording.format_share(share, 1), share)


def _is_shown(movement: Movement | None) -> TypeGuard[Movement]:
    """Whether any way of a customer is told."""
    return movement is not None and any(n is not None for counts in movement.counts for n in counts)


def _moves(study: Study, change: Change, movement: Movement) -> Iterator[Grid]:
    """Rows: the segment then; columns: the segment now."""
    entries = {entry.identity: entry for entry in change.segments}
    then, now = _months(study, change)
    for start in range(0, len(movement.now), SEGMENTS_ABREAST):
        places = range(start, min(start + SEGMENTS_ABREAST, len(movement.now)))
        columns = [entries[movement.now[place]] for place in places]
        header = (
            head(language.text("In {then}, by {now}", then=then, now=now)),
            *(head(_name(study, entry), is_number=True, segment=entry.segment or 0) for entry in columns),
        )
        rows = [
            (_row_head(study, entries[identity]), *_counts([counts[place] for place in places]))
            for identity, counts in _as_now(movement)
        ]
        rows.append((words(language.text("New customers")), *_counts([entry.joined for entry in columns])))
        caption = language.text("Who went where: customers by segment then and now")
        yield Grid(caption, header, tuple(rows), _withheld_note(study, rows))


def _as_now(movement: Movement) -> list[tuple[int, Sequence[int | None]]]:
    """(segment then, its customers by segment now) in the order of the columns, so that who stayed is the diagonal."""
    places = {identity: place for place, identity in enumerate(movement.now)}
    rows = zip(movement.before, movement.counts, strict=True)
    return sorted(rows, key=lambda row: places.get(row[0], len(places)))


def _counts(counts: Sequence[int | None]) -> list[Cell]:
    return [_count(n, UNKNOWN) for n in counts]


def _columns(study: Study, change: Change) -> Grid:
    """A row a column, the largest shift first."""
    header = (
        head(language.text("Column")),
        head(language.text("Shift"), is_number=True),
        head(language.text("Missing then"), is_number=True),
        head(language.text("Missing now"), is_number=True),
        head(language.text("Never seen before")),
        head(language.text("Verdict")),
    )
    told = [drift for drift in change.drift if drift.psi is not None or drift.missing_before != drift.missing_now]
    left = len(change.drift) - min(len(told), MOST_COLUMNS)
    further = f" {further_columns(left)}" if left else ""
    is_as_it_was = all(drift.verdict == "steady" and not drift.unseen for drift in told)
    is_asked_for = any(alert.column for alert in change.alerts)
    shown = told[:MOST_COLUMNS] if is_asked_for or not is_as_it_was else []
    rows = tuple(_column_row(study, drift) for drift in shown)
    before = (
        language.text("in {month}", month=wording.month_label(change.since))
        if change.mode == "refitted"
        else language.text("when the segments were made")
    )
    return Grid(
        language.text("The columns beside those {before}", before=before),
        header,
        rows,
        f"{language.text(SHIFT_NOTE)}{further}",
    )


def _column_row(study: Study, drift: ColumnDrift) -> tuple[Cell, ...]:
    column = study.facts.column(drift.column)
    shift = figure_cell(UNKNOWN) if drift.psi is None else figure_cell(wording.format_number(drift.psi, 2), drift.psi)
    return (
        words(column.label or column.name),
        shift,
        _share(drift.missing_before),
        _share(drift.missing_now),
        words(_unseen(drift)),
        words(language.text_in("drift", drift.verdict)),
    )


def _unseen(drift: ColumnDrift) -> str:
    """`Rome and Oslo (14 customers)`, or empty."""
    if drift.n_unseen is None:
        return WITHHELD
    if not drift.unseen:
        return ""
    named = [wording.scrub(level, 30) for level in drift.unseen[:MOST_UNSEEN]]
    others = [language.text("others")] if len(drift.unseen) > MOST_UNSEEN else []
    return f"{wording.join_words([*named, *others])} ({wording.plural(drift.n_unseen, 'customer')})"
