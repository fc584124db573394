"""Keeps one record a customer: the latest, or the sum of all; unasked only while few ids repeat."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._look import SHOWN_VALUES, key_of, list_cells, quote
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.shortcuts import characters_in, count_distinct
from reportgen.errors import ReportgenError
from reportgen.records.table import LINE_COLUMN, CleaningNote, Role

NAME = "repeated_ids"
SUMMED_ROLES = frozenset({Role.MONEY, Role.COUNT})
"""What adds up over a customer's records; of scores, ages and other measures the latest counts."""
NOT_ASCII = r"[^\x00-\x7f]"
SURE_ID = 0.8
"""Confidence from which the header says that a column is an id; below, its values may be names and are not shown."""
LAST, SAME, PLAIN = "__last__", "__same__", "__plain__"


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
    n_alike: int
    """Ids that another one equals but for case, spaces and Unicode form."""


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
        return Repeats(0, 0, (), (), 0)
    named = work.frame.filter(~nw.col(key).is_null())
    n = {"rows": int(named.select(nw.len()).collect().item())}
    n |= count_distinct(named, [key])
    n_surplus, n_alike = n["rows"] - n[key], _n_alike(named, key, n[key])
    if n_surplus == 0:
        return Repeats(0, 0, (), (), n_alike)
    columns = [column for column in plan.columns if column.role is not Role.EMPTY]
    names = [column.name for column in columns]
    keys = [key_of(column.name, column.kind == "number").alias(column.name) for column in columns]
    keyed = named.select(LINE_COLUMN, *keys)
    n_equal = n["rows"] - int(keyed.select(*names).unique().select(nw.len()).collect().item())
    records = keyed.with_columns(
        nw.col(LINE_COLUMN).max().over(key).alias(LAST), nw.col(LINE_COLUMN).max().over(*names).alias(SAME)
    ).filter(nw.col(LINE_COLUMN) != nw.col(LAST))
    goes_on = not stops(n_surplus - n_equal, plan)
    rows = records.select(LINE_COLUMN, LAST, SAME).sort(LINE_COLUMN).collect().rows() if goes_on else []
    some = records.select(key).unique().sort(key).head(SHOWN_VALUES).collect().rows()
    lines = list_cells(named, key, nw.col(key).is_in([value for (value,) in some]))
    examples = tuple((str(value), tuple(line for line, other in lines if other == value)) for (value,) in some)
    return Repeats(n_equal, n_surplus - n_equal, tuple((int(a), int(b), int(c)) for a, b, c in rows), examples, n_alike)


def _n_alike(named: nw.LazyFrame[Any], key: str, n_ids: int) -> int:
    """Ids that another one equals but for what the eye skips."""
    characters = characters_in(named, key)
    plain = None if characters is None else {character.lower() for character in characters if not character.isspace()}
    if plain is not None and len(plain) == len(characters or ()):
        return 0  # digits and a few letters, each in one case
    return n_ids - count_distinct(named.select(_plain(named, key).alias(PLAIN)), [PLAIN])[PLAIN]


def _plain(named: nw.LazyFrame[Any], key: str) -> nw.Expr:
    """The ids without what the eye skips: case, blanks, and how a program composes its letters (Unicode NFKC)."""
    text = nw.col(key)
    plain = text.str.strip_chars().str.replace_all(" ", "", literal=True).str.to_lowercase()
    odd = named.filter(text.str.contains(NOT_ASCII)).select(key).unique().collect().rows()
    if not odd:
        return plain
    forms = {str(value): "".join(unicodedata.normalize("NFKC", value).split()).lower() for (value,) in odd}
    found = text.replace_strict(list(forms), list(forms.values()), default=None, return_dtype=nw.String)
    return nw.when(found.is_null()).then(plain).otherwise(found)


def stops(n_different: int, plan: Plan) -> bool:
    """Whether so many records that differ from another of their id end the run."""
    rule = plan.settings.clean.repeated_ids
    most = {"ask": rule.most_repeated * plan.n_rows, "refuse": 0.0}
    return n_different > most.get(rule.keep, plan.n_rows)


def decide(facts: Repeats, plan: Plan) -> Decision:
    """Which records are set aside. Raises ReportgenError (RG-009) where too many ids repeat with different values."""
    notes = []
    if facts.n_alike:
        before = language.text(
            "{ids} equal to another but for case, spaces and Unicode form", ids=wording.plural(facts.n_alike, "id")
        )
        reason = language.text("ids are compared exactly, never merged in silence")
        notes.append(CleaningNote(NAME, plan.id_column, facts.n_alike, before, language.text("kept"), reason))
    if stops(facts.n_different, plan):
        raise _not_customers(facts, plan)
    adds = plan.settings.clean.repeated_ids.keep == "sum"
    why = language.msgid("id repeated; {place} is kept, being later")
    if adds:
        why = language.msgid("id repeated; summed into {place}")
    place = plan.places.of
    equal = {
        line: language.text("equal to {place} once cleaned", place=place(same))
        for line, _, same in facts.records
        if same != line
    }
    earlier = {line: language.text(why, place=place(last)) for line, last, same in facts.records if same == line}
    n_surplus = len(facts.records)
    numbers = plan.of_kind("number") if adds else ()
    summed = tuple(column.name for column in numbers if column.role in SUMMED_ROLES)
    if n_surplus:
        before = language.text("{records} with an id that comes again", records=wording.plural(n_surplus, "record"))
        reason = language.text("one record a customer: the last one counts")
        if adds:
            reason = language.text(
                "one record a customer: {columns} summed, of the rest the last one counts",
                columns=wording.join_words(summed[:SHOWN_VALUES]) or language.text("nothing"),
            )
        notes.append(CleaningNote(NAME, plan.id_column, n_surplus, before, language.text("set aside"), reason))
    return Decision(equal, earlier, summed, tuple(notes))


def _not_customers(facts: Repeats, plan: Plan) -> ReportgenError:
    key = plan.column(plan.id_column)
    is_person = key.contact is not None or key.tells_person or key.confidence < SURE_ID
    shown = []
    for value, lines in facts.examples[:3]:
        places = wording.join_words([plan.places.of(line) for line in lines[:SHOWN_VALUES]])
        shown.append(f"{'one' if is_person else quote(value)} in {places}")
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
