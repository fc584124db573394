"""The outcome classes of the matrix of bad inputs as assertions, OK, NOTE, FIX, PART, ASK, REFUSE; a table to spoil.

Everything goes the way that `reportgen inspect` goes: read, cleaned, features chosen, every record accounted for.
"""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reportgen.config import Settings, parse_settings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.errors import ReportgenError
from reportgen.outputs import customer_lists, machine_documents
from reportgen.pipeline import Look, analyse, look
from reportgen.records.table import LINE_COLUMN, Column, SetAside
from reportgen.render.html import render_html
from reportgen.render.view import build_report
from reportgen.theme import theme_of

ENGINE = InMemoryEngine()
HEADER = ("customer_id", "city", "income", "score", "visits")
CITIES = ("Berlin", "Paris", "Madrid", "Oslo")
N_SHORT, N_LONG = 40, 300
"""A short table; and one in which a single record is less than the 1 % that may be set aside."""

Rows = list[list[str]]


# --- the table that tests spoil ------------------------------------------------------------------------------------


def customers(n: int = N_SHORT) -> Rows:
    """`n` customers under HEADER: an id, a city, and three numbers that differ enough to shape segments."""
    return [
        [f"C{i:04d}", CITIES[i % 4], str(20_000 + i * 7919 % 50_000), str(i * 37 % 100 + 1), str(i * 13 % 29 + 1)]
        for i in range(1, n + 1)
    ]


def with_column(name: str, values: Sequence[str], at: int | None = None) -> tuple[tuple[str, ...], Rows]:
    """Header and rows of as many customers as there are values, with one more column."""
    place = len(HEADER) if at is None else at
    header = (*HEADER[:place], name, *HEADER[place:])
    return header, [
        [*row[:place], value, *row[place:]] for row, value in zip(customers(len(values)), values, strict=True)
    ]


def replaced(name: str, values: Mapping[int, str] | Sequence[str], n: int = N_SHORT) -> Rows:
    """Customers with the cells of one column replaced: all of them, or those of the records given (from 1)."""
    given = values if isinstance(values, Mapping) else dict(enumerate(values, start=1))
    rows = customers(n if isinstance(values, Mapping) else len(values))
    for number, value in given.items():
        rows[number - 1][HEADER.index(name)] = value
    return rows


def delimited(rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER, sep: str = ",", end: str = "\n") -> str:
    """The table as text; a cell is quoted where it must be."""

    def field(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in (sep, '"', "\r", "\n")) else cell

    rows = [header, *rows] if header else rows
    return "".join(sep.join(map(field, row)) + end for row in rows)


def lines(n: int = N_SHORT) -> list[str]:
    """The plain file, line by line, header first, without line ends."""
    return delimited(customers(n)).splitlines()


def joined(parts: Sequence[str]) -> str:
    return "\n".join(parts) + "\n"


# --- meeting a file ------------------------------------------------------------------------------------------------


def settings_of(**values: Any) -> Settings:
    """Settings: names of sections take a mapping, any other name is one of [input]."""
    sections = {name: value for name, value in values.items() if name in Settings.model_fields}
    rest = {name: value for name, value in values.items() if name not in sections}
    sections["input"] = {**sections.get("input", {}), **rest}
    return parse_settings(sections, origin="a test")


def written(content: str | bytes, folder: str | Path, name: str) -> Path:
    path = Path(folder) / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def meet(content: str | bytes, name: str = "customers.csv", **settings: Any) -> Look:
    """What is seen of a file with that content; its account adds up. Raises ReportgenError."""
    with tempfile.TemporaryDirectory() as folder:
        seen = look(written(content, folder, name), settings_of(**settings))
    check_account(seen)
    return seen


def check_account(seen: Look) -> None:
    """Physical records = used + repaired + set aside, and each of the last two is listed with a reason."""
    read = seen.raw.report
    assert read.n_physical == read.n_used + read.n_repaired + read.n_set_aside
    listed = [entry.action for entry in seen.raw.set_aside]
    assert (listed.count("repaired"), listed.count("set aside")) == (read.n_repaired, read.n_set_aside)
    assert all(entry.reason and entry.line >= 1 for entry in (*seen.raw.set_aside, *seen.table.set_aside))
    if orders := seen.table.orders:
        n_used = orders.n_purchases + orders.n_returns
        assert orders.n_lines == read.n_used + read.n_repaired == n_used + sum(e.n_lines for e in orders.set_aside)
        return
    gone = {entry.line for entry in seen.table.set_aside if entry.action == "set aside"}
    assert seen.table.n_customers == read.n_used + read.n_repaired - len(gone)


def texts(seen: Look) -> Rows:
    """The records taken, as text before any cleaning; an empty cell is ''."""
    arrays = ENGINE.to_arrays(seen.raw.frame, seen.raw.columns)
    return [["" if cell is None else str(cell) for cell in row] for row in zip(*arrays.values(), strict=True)]


def values(seen: Look, name: str) -> list[Any]:
    """One column after cleaning, in source order; a missing number is None."""
    cells = ENGINE.to_arrays(seen.table.frame, [name])[name].tolist()
    return [None if isinstance(cell, float) and math.isnan(cell) else cell for cell in cells]


def by_record(seen: Look, name: str) -> dict[int, Any]:
    """Record number → cell after cleaning, of the customers kept."""
    numbers = ENGINE.to_arrays(seen.table.frame, [LINE_COLUMN])[LINE_COLUMN].tolist()
    return dict(zip(map(int, numbers), values(seen, name), strict=True))


def column(seen: Look, name: str) -> Column:
    return seen.table.column(name)


def n_missing(seen: Look, name: str) -> int:
    """Cells of a column that were empty or stood for nothing."""
    return next(entry.n_missing for entry in seen.table.quality if entry.name == name)


def listed(seen: Look) -> tuple[SetAside, ...]:
    """Every record repaired or set aside, in reading or in cleaning."""
    return seen.raw.set_aside + seen.table.set_aside


def cleaning(seen: Look) -> list[str]:
    """The cleaning log, one sentence a note."""
    return [f"{n.step} {n.column}: {n.n_rows} rows, {n.before} → {n.after}, {n.reason}" for n in seen.table.notes]


def said(seen: Look) -> str:
    """All that a reader is told, in one text."""
    read = seen.raw.report
    reasons = [f"record {entry.line} {entry.action}: {entry.reason}" for entry in listed(seen)]
    roles = [f"{c.name} is {c.role.value}: {c.reason}" for c in seen.table.columns]
    return "\n".join([*read.notes, *read.fixes, *reasons, *cleaning(seen), *roles])


# --- the classes ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A question of the program: which setting decides it, and the values it offers."""

    fault: ReportgenError
    section: str
    """`input`, or `clean.repeated_ids` for a section in another."""
    setting: str

    def decided(self, content: str | bytes, value: Any, name: str = "customers.csv", **more: Any) -> Look:
        """What is seen once the setting has that value."""
        outer, _, inner = self.section.partition(".")
        chosen = {self.setting: value}
        return meet(content, name, **{outer: {inner: chosen} if inner else chosen}, **more)


def ok(content: str | bytes, expected: Rows | None = None, name: str = "customers.csv", **settings: Any) -> Look:
    """OK: read without a note, a fix, a repair or a record set aside; every cell as it stands in the file."""
    seen = meet(content, name, **settings)
    read = seen.raw.report
    assert (read.notes, read.fixes, seen.raw.set_aside) == ((), (), ())
    assert texts(seen) == (customers() if expected is None else expected)
    return seen


def noted(content: str | bytes, *words: str, name: str = "customers.csv", **settings: Any) -> Look:
    """NOTE: read, one note holds all the words, and a strict run takes it too."""
    seen = meet(content, name, **settings)
    assert_said([*seen.raw.report.notes, *cleaning(seen)], words)
    meet(content, name, **{**settings, "strict": True})
    return seen


def fixed(
    content: str | bytes, *words: str, expected: Rows | None = None, name: str = "customers.csv", **settings: Any
) -> Look:
    """FIX: read right, one entry of what was mended holds all the words, and a strict run refuses with exit code 4."""
    seen = meet(content, name, **settings)
    if expected is not None:
        assert texts(seen) == expected
    told = [entry.reason for entry in listed(seen)]
    assert_said([*seen.raw.report.fixes, *told, *cleaning(seen)], words)
    assert_strict_refuses(content, name, **settings)
    return seen


def assert_strict_refuses(content: str | bytes, name: str = "customers.csv", **settings: Any) -> None:
    fault = fault_of(content, name, **{**settings, "strict": True})
    assert (fault.code, fault.exit_code) == ("RG-014", 4)


def parted(content: str | bytes, set_aside: Mapping[int, str], name: str = "customers.csv", **settings: Any) -> Look:
    """PART: these records, and no other, are listed as set aside or with a cell given up, each for the reason given."""
    seen = meet(content, name, **settings)
    entries = listed(seen)
    assert {entry.line for entry in entries} == set(set_aside), said(seen)
    for line, word in set_aside.items():
        assert any(word.lower() in entry.reason.lower() for entry in entries if entry.line == line), said(seen)
    return seen


def asked(
    content: str | bytes,
    *readings: str,
    setting: str = "",
    codes: Iterable[str] = ("RG-007",),
    name: str = "customers.csv",
    **settings: Any,
) -> Asked:
    """ASK: refused with exit code 65; both readings stand in the message, and the setting that decides in the hint."""
    fault = fault_of(content, name, **settings)
    assert (fault.code in set(codes), fault.exit_code) == (True, 65), f"{fault.code}: {fault.sentence}"
    message = f"{fault.sentence} {fault.hint}"
    for reading in readings:
        assert reading.lower() in message.lower(), f"{reading!r} is not in: {message}"
    section = re.search(r"\[([a-z_.]+)\]", message)
    named = re.search(rf"\b({setting or '[a-z_]+'})\s*=", message)
    assert section, f"no section of the settings is named: {message}"
    assert named, f"the setting {setting} is not named: {message}"
    return Asked(fault, section[1], named[1])


def refused(content: str | bytes, *codes: str, name: str = "customers.csv", **settings: Any) -> ReportgenError:
    """REFUSE: one of the codes, one sentence that names the file, and what to do."""
    fault = fault_of(content, name, **settings)
    assert fault.code in codes, f"{fault.code}: {fault.sentence}"
    return fault


def fault_of(content: str | bytes, name: str = "customers.csv", **settings: Any) -> ReportgenError:
    """The user's mistake that is met; a plain sentence, and a hint."""
    with pytest.raises(ReportgenError) as caught:
        meet(content, name, **settings)
    fault = caught.value
    assert fault.hint
    assert "\n" not in fault.sentence
    assert "Traceback" not in fault.sentence
    return fault


def assert_said(told: Iterable[str], words: Sequence[str]) -> None:
    """One of the sentences holds all the words, whatever their case."""
    told = list(told)
    assert any(all(word.lower() in line.lower() for word in words) for line in told), f"{words} not in {told}"


# --- what is published ---------------------------------------------------------------------------------------------


def documents(content: str | bytes, name: str = "customers.csv", **settings: Any) -> dict[str, str]:
    """File name → text of what a run of that export writes, without pictures and paper."""
    chosen = settings_of(**{"segments": {"k": 2, "n_bootstraps": 20}, **settings})
    with tempfile.TemporaryDirectory() as folder:
        analysis = analyse(written(content, folder, name), "2026-10", chosen)
    files = machine_documents(analysis.study, (), customer_lists(analysis, Settings(), ENGINE, Path()))
    files.append(render_html(build_report(analysis.study, (), chosen, theme_of(chosen.brand))))
    return {file.name: file.content.decode() for file in files}
