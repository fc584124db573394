"""Reads JSON: an array of objects, JSON lines, an object of columns, or an object that holds one of them."""

from __future__ import annotations

from typing import Any

from reportgen.config import InputSettings
from reportgen.ingest._account import Account
from reportgen.ingest._answer import Answer, read_answer
from reportgen.ingest._child import run_in_child
from reportgen.ingest._json_drift import join_keys, leave_out_values
from reportgen.ingest._kinds import JSON
from reportgen.ingest._typed import table_of
from reportgen.ingest.base import Reading, Snapshot
from reportgen.records.table import Places
from reportgen.wording import format_count, join_words, plural, scrub

FALSE = "FALSE"
FEWEST_VALUES, FEWEST_FIELDS = 12, 2
"""Other values beside `false` in a field that may be empty, and such fields, that make a habit of it; fewer values are
levels, of which no is one."""
SHOWN = 5
"""Names that a note lists."""


class JsonReader:
    """See `reportgen.ingest.base.Reader`."""

    kinds = frozenset({JSON})

    def read(self, snapshot: Snapshot, settings: InputSettings) -> Reading:
        parser = "reportgen.ingest._json_text:parse_json"
        answer = read_answer(
            run_in_child(parser, snapshot.data, settings.encoding, settings.sheet, settings.when_unsure)
        )
        facts = answer.facts
        leave_out_values(answer)
        fixes = [*facts["fixes"], *join_keys(answer), *_empty_falses(answer)]
        account = Account(n_records=facts["n_records"])
        for record, reason, sample, line in facts["misfits"]:
            account.set_aside_misfit(record, reason, sample, line)
        return table_of(
            answer,
            account,
            settings,
            format=facts["format"],
            encoding=facts["encoding"],
            notes=_notes(facts),
            fixes=fixes,
            places=_places(facts),
        )


def _empty_falses(answer: Answer) -> list[str]:
    """Takes `false` out in place where several fields have it beside many other values: Odoo writes it for empty."""
    found = {}
    for at in answer.facts["false_alone"]:
        column = [row[at + 1] if at + 1 < len(row) else None for row in answer.rows]
        if len({cell for cell in column if cell not in (None, FALSE)}) > FEWEST_VALUES:
            found[at] = column
    if len(found) < FEWEST_FIELDS:
        return []
    for at, column in found.items():
        for row, cell in zip(answer.rows, column, strict=True):
            if cell == FALSE:
                row[at + 1] = None
    names = [answer.facts["names"][at] for at in found]
    return [f"False read as empty among other values, as Odoo writes it: {_listed(names)}."]


def _places(facts: dict[str, Any]) -> Places:
    """Lines where each is a record of its own, blank ones left out; records elsewhere."""
    if facts["format"] != "json lines":
        return Places()
    blank = set(facts["blank_lines"])
    lines = range(1, facts["n_records"] + len(blank) + 1)
    return Places("line", [line for line in lines if line not in blank] if blank else lines)


def _notes(facts: dict[str, Any]) -> list[str]:
    notes = list(facts["notes"])
    n_records = facts["n_records"] - len(facts["misfits"])
    partial = [name for name, n in zip(facts["names"], facts["n_present"], strict=True) if n < n_records]
    if partial:
        notes.append(f"{plural(len(partial), 'key')} not in every record, read as empty there: {_listed(partial)}.")
    if facts["n_changes"]:
        notes.append(f"Changes of a database: of {format_count(facts['n_changes'])} the state behind each was read.")
    if facts["n_pages"] > 1:
        notes.append(f"{format_count(facts['n_pages'])} pages of an answer, read one behind the other.")
    for name, keys in facts["lists"].items():
        if any(column.startswith(f"{name}.") for column in facts["names"]):
            continue
        notes.append(
            f"{scrub(name)} holds a list of records in a record, left out ({_listed(keys)}); to read each of them as"
            f' a line of its own, set sheet = "{scrub(name)}" under [input].'
        )
    if facts["left_out"]:
        notes.append(f"Left out, being lists or nested too deeply: {_listed(list(facts['left_out']))}.")
    if facts["n_missing"]:
        notes.append(f"{plural(facts['n_missing'], 'number')} read as empty, being NaN or infinite.")
    return notes


def _listed(names: list[str]) -> str:
    return join_words([scrub(name) for name in names[:SHOWN]] + (["others"] if len(names) > SHOWN else []))


READER = JsonReader()
