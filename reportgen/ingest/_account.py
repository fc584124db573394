"""Accounts for records: each one is used, repaired or set aside, and the last two say why."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from reportgen.errors import ReportgenError
from reportgen.ingest._group_names import HEADING, TITLE, find_headings, titles_of_groups
from reportgen.ingest._layout import MAX_BELOW, Profile, find_above, find_below
from reportgen.ingest._subtotals import SUBTOTAL, TOTAL, find_subtotals
from reportgen.ingest._sums_above import find_sums_above
from reportgen.records.table import SetAside
from reportgen.wording import format_count, format_share, join_words, plural, scrub

SAMPLE_LENGTH = 80
"""Characters of a record that the list of set aside records shows."""
SOME = 2
"""So few records may be set aside whatever their share is: in a short file one is already more than 1 %."""
N_NAMED = 3
"""Lines named when too many records had to be set aside."""


@dataclass(slots=True)
class Account:
    """Collects what happens to records while a source is read, in the order of the records."""

    n_records: int = 0
    entries: list[SetAside] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What is worth knowing of the records kept, one sentence each."""
    fixes: list[str] = field(default_factory=list)
    """What was mended in many records at once, one sentence each."""
    misfits: list[tuple[int, str]] = field(default_factory=list)
    """Line and reason of records set aside because they could not be read; totals and notes are none of them."""

    def repaired(self, record: int, reason: str, sample: str) -> None:
        """Adds the repair; a record repaired twice keeps one entry with both reasons."""
        if self.entries and self.entries[-1].line == record:
            before = self.entries.pop()
            reason = f"{before.reason}; {reason}"
        self.entries.append(SetAside(record, "repaired", reason, scrub(sample, SAMPLE_LENGTH)))

    def set_aside(self, record: int, reason: str, sample: str) -> None:
        self.entries.append(SetAside(record, "set aside", reason, scrub(sample, SAMPLE_LENGTH)))

    def set_aside_misfit(self, record: int, reason: str, sample: str, line: int) -> None:
        """`line`: where the record starts in the source, 1-based."""
        self.set_aside(record, reason, sample)
        self.misfits.append((line, reason))

    def set_below_aside(self, rows: list[list[str]], records: list[int], profile: Profile, delimiter: str) -> None:
        """Takes totals and notes at the end out of `rows` and `records`: they are no customers, but no misfits."""
        start = max(0, len(rows) - MAX_BELOW)
        for position, reason in sorted(find_below(rows[start:], profile).items(), reverse=True):
            row, record = rows.pop(start + position), records.pop(start + position)
            self.entries = [entry for entry in self.entries if entry.line != record]
            self.set_aside(record, reason, delimiter.join(row))
        for position, reason in sorted(find_above(rows, profile).items(), reverse=True):
            self.set_aside(records.pop(position), reason, delimiter.join(rows.pop(position)))
        self._set_subtotals_aside(rows, records, profile, delimiter)
        self._carry_names(rows, records, delimiter)

    def _set_subtotals_aside(self, rows: list[list[str]], records: list[int], profile: Profile, delimiter: str) -> None:
        """The same for subtotals between groups; a row that only looks like one stays, and is noted."""
        found = find_subtotals(rows, profile)
        if found.doubtful:
            shown = join_words([format_count(records[at]) for at in found.doubtful[:N_NAMED]])
            one = f"{plural(len(found.doubtful), 'record')} named like a subtotal, but not the sum of those above, kept"
            self.notes.append(f"{one} (record {shown}{' and others' if len(found.doubtful) > N_NAMED else ''}).")
        reasons = {at: SUBTOTAL if at else TOTAL for at in found.proved}
        for at in sorted(reasons or dict.fromkeys(find_sums_above(rows, profile)), reverse=True):
            row, record = rows.pop(at), records.pop(at)
            self.entries = [entry for entry in self.entries if entry.line != record]
            self.set_aside(record, reasons.get(at, TOTAL), delimiter.join(row))

    def _carry_names(self, rows: list[list[str]], records: list[int], delimiter: str) -> None:
        """Writes a name that stands alone above a group of records into each of them; its own line is none."""
        heads = find_headings(rows)
        if not heads:
            return self._set_titles_aside(rows, records, delimiter)
        for first, behind in pairwise([*heads, len(rows)]):
            for at in range(first + 1, behind):
                rows[at] = [rows[first][0], *rows[at][1:]]
        for at in reversed(heads):
            row, record = rows.pop(at), records.pop(at)
            self.set_aside(record, HEADING, delimiter.join(row))
        n_groups = format_count(len(heads))
        self.fixes.append(
            f"The names above {n_groups} groups of records, alone on a line, written into each record below."
        )
        return None

    def _set_titles_aside(self, rows: list[list[str]], records: list[int], delimiter: str) -> None:
        """The same for names of groups above records that have a first cell themselves."""
        titles = titles_of_groups(rows, f"record {format_count(records[0])}") if rows else []
        for at in reversed(titles):
            self.set_aside(records.pop(at), TITLE, delimiter.join(rows.pop(at)))

    def forget_from(self, record: int) -> None:
        """Takes back what was said of the records from that one on."""
        self.entries = [entry for entry in self.entries if entry.line < record]

    def sorted_entries(self) -> tuple[SetAside, ...]:
        return tuple(sorted(self.entries, key=lambda entry: entry.line))

    def check_share(self, max_share: float) -> None:
        """Refuses if too many records could not be read. Raises ReportgenError (RG-013)."""
        n = len(self.misfits)
        n_other = sum(entry.action == "set aside" for entry in self.entries) - n
        n_body = self.n_records - n_other
        if n == 0 or (n < n_body and (n <= SOME or n <= max_share * n_body)):
            return
        first = join_words([f"line {format_count(line)} ({reason})" for line, reason in self.misfits[:N_NAMED]])
        raise ReportgenError(
            "RG-013",
            f"{format_count(n)} of {format_count(n_body)} records cannot be read as the header says; at most"
            f" {format_share(max_share, 1)} may be set aside. First: {first}.",
            "Mend these lines, or raise max_set_aside under [input].",
        )
