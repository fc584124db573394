"""Keeps one record a customer: the latest, or the sum of all; unasked only while few ids repeat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._look import SHOWN_VALUES, key_of, list_cells, quote
from reportgen.clean.base import Plan, Step, Work, is_shown
from reportgen.engine.alike_ids import count_alike, note_of_alike
from reportgen.engine.shortcuts import count_distinct, count_texts
from reportgen.errors import ReportgenError
from reportgen.records.table import LINE_COLUMN, CleaningNote, Role
from reportgen.wording import fold, header_words

NAME = "repeated_ids"
SUMMED_ROLES = frozenset({Role.MONEY, Role.COUNT})
"""What adds up over a customer's records; of scores, ages and other measures the latest counts."""
LAST, SAME, WHEN = "__last__", "__same__", "__when__"
CHANGED = frozenset(
    {
        *("updated", "modified", "changed", "refreshed", "synced", "aktualisiert", "aktualisierung", "geandert"),
        *("anderung", "anderungsdatum", "aktualisierungsdatum", "modifie", "modification", "maj", "actualizado"),
        *(
            "actualizacion",
            "modificado",
            "modificato",
            "aggiornato",
            "atualizado",
            "gewijzigd",
            "bijgewerkt",
            "zmieniono",
        ),
    }
)
"""Header words of the date on which a record was last changed, without accents."""
LINES_A_DAY = 1e8
"""More than any export has: day and record number make one number that grows with both."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """What was seen of repeated ids; records without an id repeat none."""

    n_equal: int
    """Surplus records that are equal to another of their id after cleaning."""
    n_different: int
    """Surplus records that differ from the others of their id."""
    records: tuple[tuple[int, int, int], ...]
    """(line, last line of the id, last equal line) of every surplus record, unless the run is about to stop."""
    examples: tuple[tuple[str, tuple[int, ...]], ...]
    """(id, its lines) of some repeated ids."""
    by: str
    """The column of dates that tells which record is the latest; empty: the one that stands last."""
    n_alike: int
    """Ids that another one equals but for case, spaces, leading zeros and Unicode form."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Lines to set aside with their reasons, the columns that are summed in between, and the log."""

    equal: Mapping[int, str]
    """Records that say nothing new: they are not summed."""
    earlier: Mapping[int, str]
    summed: tuple[str, ...]
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> Repeats:
    plan, key = work.plan, work.plan.id_column
    if not key:
        return Repeats(0, 0, (), (), "", 0)
    named = work.frame.filter(~nw.col(key).is_null())
    n = {"rows": int(named.select(nw.len()).collect().item())}
    n |= count_distinct(named, [key])
    n_surplus, n_alike = n["rows"] - n[key], count_alike(named, key, n[key])
    if n_surplus == 0:
        return Repeats(0, 0, (), (), "", n_alike)
    columns = [column for column in plan.columns if column.role is not Role.EMPTY]
    names = [column.name for column in columns]
    keys = [key_of(column.name, column.kind == "number").alias(column.name) for column in columns]
    by = changed_column(plan)
    keyed = named.select(LINE_COLUMN, when_of(named, by).alias(WHEN), *keys)
    n_equal = n["rows"] - int(keyed.select(*names).unique().select(nw.len()).collect().item())
    newest = nw.col(WHEN).max().over(key)
    records = (
        keyed.with_columns(newest.alias(LAST), nw.col(LINE_COLUMN).max().over(*names).alias(SAME))
        .with_columns(nw.when(nw.col(WHEN) == nw.col(LAST)).then(nw.col(LINE_COLUMN)).alias(LAST))
        .with_columns(nw.col(LAST).max().over(key).alias(LAST))
        .filter(nw.col(LINE_COLUMN) != nw.col(LAST))
    )
    goes_on = not stops(n_surplus - n_equal, plan)
    rows = records.select(LINE_COLUMN, LAST, SAME).sort(LINE_COLUMN).collect().rows() if goes_on else []
    some = records.select(key).unique().sort(key).head(SHOWN_VALUES).collect().rows()
    lines = list_cells(named, key, nw.col(key).is_in([value for (value,) in some]))
    examples = tuple((str(value), tuple(line for line, other in lines if other == value)) for (value,) in some)
    return Repeats(
        n_equal, n_surplus - n_equal, tuple((int(a), int(b), int(c)) for a, b, c in rows), examples, by, n_alike
    )


def changed_column(plan: Plan) -> str:
    """The first column of dates whose header says that a record was changed then, or empty."""
    for column in plan.columns:
        if column.role is Role.DATE and column.kind == "date" and CHANGED & {*map(fold, header_words(column.name))}:
            return column.name
    return ""


def when_of(named: nw.LazyFrame[Any], by: str) -> nw.Expr:
    """A number that grows with the date of that column, then with the record's place; without a date with the place."""
    line = nw.col(LINE_COLUMN).cast(nw.Float64)
    if not by:
        return line
    known = [str(text) for text, _ in count_texts(named, by).collect().rows()]
    days = [float(dt.date.fromisoformat(text).toordinal()) for text in known]
    day = nw.col(by).replace_strict(known, days, default=None, return_dtype=nw.Float64)
    return day.fill_null(0.0) * LINES_A_DAY + line


def stops(n_different: int, plan: Plan) -> bool:
    """Whether so many records that differ from another of their id end the run."""
    rule = plan.settings.clean.repeated_ids
    most = {"ask": rule.most_repeated * plan.n_rows, "refuse": 0.0}
    return n_different > most.get(rule.keep, plan.n_rows)


def decide(facts: Repeats, plan: Plan) -> Decision:
    """Which records are set aside. Raises ReportgenError (RG-009) where too many ids repeat with different values."""
    notes = [note_of_alike(NAME, plan.id_column, facts.n_alike)] if facts.n_alike else []
    if stops(facts.n_different, plan):
        raise _not_customers(facts, plan)
    adds = plan.settings.clean.repeated_ids.keep == "sum"
    place, by = plan.places.of, wording.scrub(facts.by)
    why = language.msgid("id repeated; {place} is kept, being later")
    if by:
        why = language.msgid("id repeated; {place} is kept, its {column} being later")
    if adds:
        why = language.msgid("id repeated; summed into {place}")
    equal = {
        line: language.text("equal to {place} once cleaned", place=place(same))
        for line, _, same in facts.records
        if same != line
    }
    earlier = {
        line: language.text(why, place=place(last), column=by) for line, last, same in facts.records if same == line
    }
    numbers = plan.of_kind("number") if adds else ()
    summed = tuple(column.name for column in numbers if column.role in SUMMED_ROLES)
    notes += [_note_of(facts, plan, summed, adds=adds)] if facts.records else []
    return Decision(equal, earlier, summed, tuple(notes))


def _note_of(facts: Repeats, plan: Plan, summed: tuple[str, ...], *, adds: bool) -> CleaningNote:
    """Which records of a customer count."""
    n_surplus = len(facts.records)
    before = language.text("{records} with an id that comes again", records=wording.plural(n_surplus, "record"))
    reason = language.text("one record a customer: the last one counts")
    if facts.by:
        reason = language.text(
            "one record a customer: the one with the latest {column} counts", column=wording.scrub(facts.by)
        )
    if adds:
        reason = language.text(
            "one record a customer: {columns} summed, of the rest the last one counts",
            columns=wording.join_words(summed[:SHOWN_VALUES]) or language.text("nothing"),
        )
    return CleaningNote(NAME, plan.id_column, n_surplus, before, language.text("set aside"), reason)


def _not_customers(facts: Repeats, plan: Plan) -> ReportgenError:
    are_shown, shown = is_shown(plan.column(plan.id_column)), []
    for value, lines in facts.examples[:3]:
        places = wording.join_words([plan.places.of(line) for line in lines[:SHOWN_VALUES]])
        shown.append(f"{quote(value) if are_shown else 'one'} in {places}")
    n_surplus = facts.n_equal + facts.n_different
    return ReportgenError(
        "RG-009",
        f"The customer ids in {plan.id_column} are not unique: {wording.format_count(n_surplus)} of "
        f"{wording.plural(plan.n_rows, 'record')} repeat the id of another one, for example {'; '.join(shown)}."
        + (f" They may be order lines, but {plan.doubt.why}." if plan.doubt.why else ""),
        "reportgen needs one row a customer. In the section [clean.repeated_ids] of the settings say which holds: "
        'keep = "latest" for states of one customer, the last one counting; keep = "sum" for order lines or visits, '
        'money and counts added up by customer; keep = "refuse" where no id may ever repeat. If another column names '
        "the customers, say so with id_column in the section [input]."
        + (f" If the records are order lines, write {plan.doubt.asks_for}." if plan.doubt.asks_for else ""),
    )


def total(name: str, key: str) -> nw.Expr:
    """The column's sum over the records of each id; missing where none is known, as it stands where there is no id."""
    value = nw.col(name)
    known = value.count().over(key) > 0
    return nw.when(nw.col(key).is_null()).then(value).otherwise(nw.when(known).then(value.sum().over(key)))


def apply(work: Work, decision: Decision) -> Work:
    sums = {name: total(name, work.plan.id_column) for name in decision.summed}
    return work.without(decision.equal).rewrite(sums).without(decision.earlier).with_notes(decision.notes)


STEP: Step[Repeats, Decision] = Step(NAME, look, decide, apply)
