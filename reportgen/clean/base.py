"""What a cleaning step is: look at all rows, decide on small facts, apply; and the table on its way through them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

import narwhals as nw

from reportgen import language
from reportgen.config import Settings
from reportgen.records.table import (
    LINE_COLUMN,
    CleaningNote,
    Column,
    ColumnQuality,
    Places,
    Role,
    SetAside,
)

Facts = TypeVar("Facts")
Decision = TypeVar("Decision")

SET_ASIDE, REPAIRED = "set aside", "repaired"

UNUSED_ROLES = frozenset({Role.PERSONAL, Role.TEXT, Role.IGNORED, Role.CONSTANT, Role.EMPTY})
"""Columns that no later stage reads: cleaning leaves their text as it is."""


SURE_ID = 0.8
"""Confidence from which the header says that a column is an id; below, its values may be names."""


def is_shown(column: Column) -> bool:
    """Whether cells of the column may be shown: no personal data, birthdays, text or ids that may name a person."""
    is_of_person = column.contact is not None or column.tells_person
    is_guess = column.role is Role.ID and column.confidence < SURE_ID
    return not (column.role in (Role.PERSONAL, Role.TEXT, Role.BIRTH) or is_of_person or is_guess)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why records whose ids repeat were not taken for order lines."""

    why: str = ""
    """A clause, or empty."""
    asks_for: str = ""
    """The setting that would decide, or empty."""


NO_DOUBT = Doubt()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a decision may know besides its facts; no rows."""

    columns: tuple[Column, ...]
    """In file order, roles as the steps so far left them."""
    id_column: str
    """Header name, or empty."""
    n_rows: int
    """Records still in the table."""
    settings: Settings
    is_typed: bool = False
    """Whether the source knows numbers from text (a workbook, a database): plain numbers then say nothing on how
    people write."""
    places: Places = field(default=Places(), repr=False)
    """Where each record stands in the source, for reasons that name another record."""
    text_numbers: Mapping[str, int] = field(default_factory=dict, repr=False)
    """Header name → cells that the source stores as text although they show a plain number."""
    doubt: Doubt = NO_DOUBT
    shown: frozenset[str] = field(default=frozenset(), repr=False)
    """Header names of columns whose numbers the source holds and the reader wrote as their formats show them."""
    _by_name: Mapping[str, Column] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {column.name: column for column in self.columns})

    def used(self) -> tuple[Column, ...]:
        """The columns that later stages read."""
        return tuple(column for column in self.columns if column.role not in UNUSED_ROLES)

    def of_kind(self, kind: str) -> tuple[Column, ...]:
        """The used columns stored so: `number`, `date` or `category`."""
        return tuple(column for column in self.used() if column.kind == kind)

    def column(self, name: str) -> Column:
        """The column of that header name. Raises KeyError."""
        return self._by_name[name]


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """The table between two steps; each step returns a new one."""

    frame: nw.LazyFrame[Any]
    """n_rows × source columns + LINE_COLUMN; text until a step types it."""
    plan: Plan
    notes: tuple[CleaningNote, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    """`sample` and `place` are still empty; the driver fills them from the source."""
    quality: tuple[ColumnQuality, ...] = ()
    missing_rows: tuple[tuple[bool, ...], ...] = ()
    near_duplicates: tuple[tuple[int, int, float], ...] = ()

    def rewrite(self, expressions: Mapping[str, nw.Expr]) -> Work:
        """The same with columns replaced by expressions."""
        if not expressions:
            return self
        return replace(self, frame=self.frame.with_columns(**expressions))

    def with_notes(self, notes: Iterable[CleaningNote]) -> Work:
        return replace(self, notes=(*self.notes, *notes))

    def with_quality(self, quality: Iterable[ColumnQuality]) -> Work:
        return replace(self, quality=tuple(quality))

    def with_columns(self, changed: Iterable[Column]) -> Work:
        """The same with columns of these names described anew."""
        by_name = {column.name: column for column in changed}
        columns = tuple(by_name.get(column.name, column) for column in self.plan.columns)
        return replace(self, plan=replace(self.plan, columns=columns))

    def leave_out(self, kind: str, reason: str) -> Work:
        """The same without the columns of that kind among the used ones."""
        columns = self.plan.of_kind(kind)
        return self.with_columns(
            replace(column, role=Role.IGNORED, kind="text", reason=reason, confidence=1.0) for column in columns
        )

    def with_repairs(self, repairs: Iterable[tuple[int, str]]) -> Work:
        """The same with (line, reason) of records in which a cell had to be given up."""
        return replace(self, set_aside=(*self.set_aside, *(SetAside(n, REPAIRED, why, "") for n, why in repairs)))

    def without(self, reasons: Mapping[int, str]) -> Work:
        """The same without the records of these lines, each set aside with its reason."""
        if not reasons:
            return self
        entries = tuple(SetAside(line, SET_ASIDE, reasons[line], "") for line in sorted(reasons))
        return replace(
            self,
            frame=self.frame.filter(~nw.col(LINE_COLUMN).is_in(list(reasons))),
            plan=replace(self.plan, n_rows=self.plan.n_rows - len(reasons)),
            set_aside=self.set_aside + entries,
        )


def unchanged(work: Work) -> Work:
    return work


@dataclass(frozen=True, slots=True)
class Step(Generic[Facts, Decision]):
    """One cleaning step, named by its file; its section of the settings is `clean.<name>`."""

    name: str
    look: Callable[[Work], Facts]
    """Aggregates over the table; changes nothing."""
    decide: Callable[[Facts, Plan], Decision]
    """Plain Python on the facts."""
    apply: Callable[[Work, Decision], Work]
    """Expressions on the columns, and the log entries."""
    when_off: Callable[[Work], Work] = unchanged
    """What later steps must be told if this one is switched off: no cell changes."""

    def run(self, work: Work) -> Work:
        """The table after the step. Raises ReportgenError where the export cannot be used."""
        if not work.plan.settings.clean.is_on(self.name):
            note = CleaningNote(
                self.name,
                "",
                0,
                language.text("not looked for"),
                language.text("as it stood"),
                language.text("the step is switched off"),
            )
            return self.when_off(work).with_notes([note])
        return self.apply(work, self.decide(self.look(work), work.plan))
