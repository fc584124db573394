"""Finds delimiter, quote and escape from the text alone: the dialect in which most records have one width wins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product

from reportgen.errors import ReportgenError
from reportgen.ingest._cells import is_typed
from reportgen.ingest._control_signs import CONTROL_SIGNS
from reportgen.ingest._doubts import Doubts
from reportgen.ingest._fixed_width import RULER_WITHIN, find_fixed_width
from reportgen.ingest._layout import TYPED_SHARE
from reportgen.ingest._parse import Dialect, Parsed, is_blank, is_ruler, iter_lines, lines_of, parse
from reportgen.ingest._row_names import lacks_row_name
from reportgen.ingest._tables import first_table, is_wordy
from reportgen.ingest._trailing import drops_ends
from reportgen.wording import format_count, format_share, scrub

DELIMITERS = ",;\t|:^~ "
"""In order of preference, should two explain the file equally well."""
SURE_DELIMITERS = ",;\t|"
"""A cell that holds one of these unquoted was probably split at the wrong place."""
SURE_SIGNS = SURE_DELIMITERS + CONTROL_SIGNS
QUOTES = "\"'"
SAMPLE_CHARACTERS = 1 << 16
SAMPLE_LINES = 20
"""The sample is 64 KiB, or longer if that is fewer than 20 lines."""
SCORED_CELLS = 4_000
"""Cells looked at, of at least five records; the shares below move little beyond."""
LEAST_FIT = 0.4
"""Share of records of one width below which text is no table: in prose under any delimiter it stays below, while two
tables of one length in a file leave half each."""
WRAPPED, RIVAL, DECIMAL_OR_PROSE, PADDED = 0.2, 0.3, 0.7, 0.9
"""How much a cell speaks for the dialect, 0..1, if it keeps its quotes, another sure delimiter, a comma or a space."""
LEAST_UNSURE_FIT = 0.9
"""The same for delimiters that stand in any text, as spaces do."""
HEADLESS = 0.9
"""Weight of a sure delimiter whose width the first record does not have; the others stand in times and words too."""
PADDED_ROWS = 0.5
"""Share of records with runs of blanks inside a field from which columns of fixed width are looked for as well."""
SIGN_NAMES = {" ": "space", "\t": "tab"}
UNFIT_WITHOUT_ESCAPE = 2
"""A backslash counts as an escape if reading it so leaves at most half as many records unfit."""
_FIELD_END = re.compile(rf"[{DELIMITERS.strip()}\r\n]")
_DECIMAL_COMMA = re.compile(r"^[+-]?\d+(?:\.\d{3})*,\d+$")


@dataclass(frozen=True, slots=True)
class Sample:
    """The first records under the dialect that was found."""

    dialect: Dialect
    parsed: Parsed
    width: int
    """Most frequent number of fields, 2 at least."""
    lacks_row_name: bool = False
    """Whether the header names all columns but the first, which names or counts the rows."""


LEAST_FULL = 3
"""Records of the header's width that show what its last columns hold."""


def find_dialect(text: str, delimiter: str, doubts: Doubts) -> Sample:
    """The dialect and the first records under it; `delimiter` if the file itself or the settings name one.

    Raises ReportgenError (RG-001 without any record, RG-004 for one column, RG-005 for text that is no table, RG-007).
    """
    if _is_void(text[:SAMPLE_CHARACTERS]) and _is_void(text):
        raise ReportgenError("RG-001", "it holds blank lines only.", "Export it again.")
    sample, is_all = _sample_of(text)
    trials, fault = _tried(sample, _candidates(sample, delimiter), not is_all)
    best = max((trial for trial in trials if _explains(trial, delimiter)), key=lambda trial: trial.score, default=None)
    if not delimiter and _may_be_fixed(best) and (columns := find_fixed_width(sample)):
        n_least = best.width if best and best.dialect.delimiter in SURE_SIGNS else 2
        if len(columns.gutters) + 1 >= n_least:
            return _sample_in(_try(sample, columns, is_cut=False))
    if best is None:
        best = max((trial for trial in trials if _full_width(trial)), key=lambda trial: trial.score, default=None)
        if best is not None:
            return _sample_in(best)
        best = max((trial for trial in trials if _is_likely(trial)), key=lambda trial: trial.score, default=None)
        if best is None:
            raise fault or _no_table(sample)
        doubts.settle(*_unsure(best))
    return _sample_in(best)


def _explains(trial: _Trial, delimiter: str) -> bool:
    """Whether so many records have the same width that no chance does it."""
    is_sure = trial.dialect.delimiter in (delimiter or SURE_SIGNS)
    return trial.width >= 2 and trial.score > 0 and trial.fit >= (LEAST_FIT if is_sure else LEAST_UNSURE_FIT)


def _is_likely(trial: _Trial) -> bool:
    """Whether the text may be a table all the same: one field is a number or a date in most records."""
    fitting = [row for row in trial.parsed.rows if len(row) == trial.width]
    n_typed = max((sum(map(is_typed, cells)) for cells in zip(*fitting, strict=True)), default=0)
    return trial.score > 0 and trial.fit >= LEAST_FIT and n_typed >= TYPED_SHARE * len(fitting)


def _full_width(trial: _Trial) -> int:
    """The header's width, if most records are shorter and a program may have dropped their empty ends; else 0."""
    filled = [row for row in trial.parsed.rows if not is_blank(row)]
    head, below = filled[0] if filled else [], filled[1:]
    n = len(head)
    if trial.dialect.delimiter not in SURE_SIGNS or n < trial.width or not is_wordy(head) or trial.parsed.damaged:
        return 0
    full = [row for row in below if len(row) == n]
    short = [row for row in below if 1 < len(row) < n]
    are_all = len(full) + len(short) == len(below) and len(full) >= LEAST_FULL
    return n if are_all and drops_ends(short, full) and all(row[-1].strip() for row in short) else 0


def _may_be_fixed(best: _Trial | None) -> bool:
    """Whether no sure delimiter explains the text, or its fields hold runs of blanks inside."""
    if best is None or best.dialect.delimiter not in SURE_SIGNS:
        return True
    fitting = [row for row in best.parsed.rows if len(row) == best.width]
    n_padded = sum(any("   " in cell.strip() for cell in row) for row in fitting)
    return n_padded > PADDED_ROWS * len(fitting) and not best.dialect.ruled


def _sample_in(trial: _Trial) -> Sample:
    """The trial's records, those of the first table alone if another one of other width follows."""
    parsed, width = first_table(trial.parsed, trial.width)
    full_width = _full_width(trial) if parsed is trial.parsed else 0
    return Sample(trial.dialect, parsed, full_width or width, trial.lacks_row_name)


def _unsure(trial: _Trial) -> tuple[ReportgenError, str]:
    """The question whether a sign that stands in any text is the delimiter, and the reading that says yes."""
    name = SIGN_NAMES.get(trial.dialect.delimiter, trial.dialect.delimiter)
    split = f"at each {name}, {format_share(trial.fit)} of its lines have {format_count(trial.width)} fields"
    shown = scrub(" | ".join(next(row for row in trial.parsed.rows if len(row) == trial.width)), 60)
    question = ReportgenError(
        "RG-007",
        f"no delimiter is sure. Split {split}, as in {shown}; or it is no table.",
        f'If it is a table, name the delimiter: delimiter = "{trial.dialect.delimiter}" under [input].',
    )
    return question, f"No delimiter is sure; read with {name} as the delimiter: {split}."


@dataclass(frozen=True, slots=True)
class _Trial:
    """The sample read in one dialect."""

    dialect: Dialect
    parsed: Parsed
    width: int = 0
    """Most frequent number of fields from two on, 0 if there is none."""
    n_unfit: int = 0
    """Records of another width."""
    fit: float = 0.0
    """Share of records of that width."""
    score: float = 0.0
    """0..1: the fit, weighed by how much the cells look like cells."""
    lacks_row_name: bool = False
    """See `Sample`."""


def _is_void(text: str) -> bool:
    return not text.strip().strip(DELIMITERS + QUOTES + "\r\n")


def _sample_of(text: str) -> tuple[str, bool]:
    if len(text) <= SAMPLE_CHARACTERS:
        return text, True
    lines, size = [], 0
    for line in iter_lines(text):
        lines.append(line)
        size += len(line)
        if size >= SAMPLE_CHARACTERS and len(lines) >= SAMPLE_LINES:
            break
    return "".join(lines), size >= len(text)


def _tried(sample: str, dialects: Iterable[Dialect], is_cut: bool) -> tuple[list[_Trial], ReportgenError | None]:
    """(the sample in each dialect that can be read to its end, what stopped the first of the others)."""
    trials, faults = list[_Trial](), list[ReportgenError]()
    for dialect in dialects:
        try:
            trials.append(_escaped_or_not(sample, dialect, is_cut))
        except ReportgenError as fault:
            faults.append(fault)
    return trials, next(iter(faults), None)


def _escaped_or_not(sample: str, dialect: Dialect, is_cut: bool) -> _Trial:
    trial = _try(sample, dialect, is_cut)
    if not trial.n_unfit or not any(f"\\{sign}" in sample for sign in (dialect.quote, dialect.delimiter)):
        return trial
    escaped = _try(sample, replace(dialect, escaped=True), is_cut)
    return escaped if escaped.n_unfit * UNFIT_WITHOUT_ESCAPE <= trial.n_unfit else trial


def _candidates(sample: str, delimiter: str) -> list[Dialect]:
    delimiters = [delimiter] if delimiter else [sign for sign in CONTROL_SIGNS + DELIMITERS if sign in sample]
    has_apostrophes = any(cell.lstrip(" ").startswith("'") for cell in re.split(_FIELD_END, sample))
    quotes = QUOTES if has_apostrophes else QUOTES[0]
    first_line = next((line for line in sample.splitlines() if line.strip()), "")
    dialects = []
    for sign, quote in product(delimiters, quotes):
        spaced = is_spaced(first_line, sign)
        ruled = sign == "|" and any(is_ruler([line]) for line in sample.splitlines()[:RULER_WITHIN])
        dialects.append(Dialect(sign, quote, spaced=spaced and not ruled, ruled=ruled))
        if not (spaced or ruled or sign.isspace()) and f"{sign} {quote}" in sample:
            dialects.append(Dialect(sign, quote, spaced=True))
    return dialects


def is_spaced(line: str, delimiter: str) -> bool:
    """Whether a blank follows every delimiter of the line."""
    return delimiter != " " and 0 < line.count(delimiter) == line.count(f"{delimiter} ")


def _try(sample: str, dialect: Dialect, is_cut: bool) -> _Trial:
    lines = lines_of(sample, dialect)
    parsed = parse(lines, dialect, is_cut=is_cut)
    records = [position for position, row in enumerate(parsed.rows) if not is_blank(row) and not is_ruler(row)]
    records = _without_comments(records, [lines[parsed.starts[at]] for at in records])
    sound = [parsed.rows[position] for position in records if position not in parsed.damaged]
    widths = Counter(len(row) for row in sound if len(row) >= 2)
    if not widths:
        return _Trial(dialect, parsed)
    width, n_fitting = max(widths.items(), key=lambda item: (item[1], item[0]))
    fit = n_fitting / len(records)
    fitting = [row for row in sound if len(row) == width][: max(5, SCORED_CELLS // width)]
    quality = sum(_cell_quality(cell, dialect) for row in fitting for cell in row) / (width * len(fitting))
    head, *below = (parsed.rows[at] for at in records)
    written = [lines[parsed.starts[at]] for at in records]
    is_unnamed = lacks_row_name(head, below, written, dialect.delimiter)
    has_head = records[0] in parsed.damaged or len(head) == width or is_unnamed
    weight = 1.0 if has_head else (HEADLESS if dialect.delimiter in SURE_SIGNS else 0.0)
    return _Trial(dialect, parsed, width, len(records) - n_fitting, fit, fit * quality * weight, is_unnamed)


def _without_comments(records: list[int], lines: list[str]) -> list[int]:
    """The positions but for those of comments (`# exported by …`), where these are few: their words are no fields."""
    left = [at for at, line in zip(records, lines, strict=True) if not line.startswith("# ")]
    return left if 2 * len(left) > len(records) else records


def _cell_quality(cell: str, dialect: Dialect) -> float:
    if not cell or dialect.delimiter in cell or "\n" in cell or "\r" in cell or _DECIMAL_COMMA.match(cell):
        return 1.0
    is_wrapped = len(cell) > 1 and cell[0] == cell[-1] and cell[0] in QUOTES
    if is_wrapped or cell[0] == QUOTES[0] or cell[-1] == QUOTES[0]:
        return WRAPPED
    if not cell.isprintable() and any(sign in cell for sign in CONTROL_SIGNS):
        return RIVAL
    if any(sign in cell for sign in SURE_DELIMITERS):
        return DECIMAL_OR_PROSE if ";" not in cell and "\t" not in cell and "|" not in cell else RIVAL
    return 1.0 if is_typed(cell) or cell == cell.strip() else PADDED


def _no_table(sample: str) -> ReportgenError:
    lines = [line for line in sample.splitlines() if line.strip()]
    if not any(sign in line for line in lines for sign in SURE_DELIMITERS):
        return ReportgenError(
            "RG-004",
            "no delimiter splits its lines: the table has only one column.",
            "Export the customers with what they bought, spent or answered, one column each.",
        )
    return ReportgenError(
        "RG-005",
        "its lines do not split into the same number of columns with any delimiter.",
        "Export the table as CSV or as an Excel workbook.",
    )
