"""Reads delimited text: CSV, TSV and their kin, whatever the delimiter, quotes, line ends and encoding."""

from __future__ import annotations

import io
import re
from itertools import islice

from reportgen.config import InputSettings
from reportgen.ingest._body import Body, read_body
from reportgen.ingest._bulk import BULK_FROM, read_bulk
from reportgen.ingest._decode import decode
from reportgen.ingest._dialect import Sample, find_dialect
from reportgen.ingest._head import Head, read_head
from reportgen.ingest._kinds import TEXT
from reportgen.ingest._tidy import drop_nameless
from reportgen.ingest.base import Reading, Snapshot

_SEPARATOR_LINE = re.compile(r'\ufeff?"?sep=(.)"?(?:\r\n|\r|\n)', re.IGNORECASE)
"""Excel's own way to name the delimiter, as the first line."""


class DelimitedReader:
    """See `reportgen.ingest.base.Reader`."""

    kinds = frozenset({TEXT})

    def read(self, snapshot: Snapshot, settings: InputSettings) -> Reading:
        decoded = decode(snapshot.data)
        text, notes = decoded.text, list(decoded.notes)
        stated = _SEPARATOR_LINE.match(text)
        if stated:
            text = text[stated.end() :]
            notes.append(f"The first line names the delimiter: {stated[0].strip()}.")
        sample = find_dialect(text, stated[1] if stated else "")
        head = read_head(sample, settings.header)
        n_above = 1 if stated else 0
        body = _body_of(text, sample, head, n_above)
        body.account.check_share(settings.max_set_aside)
        names, cells, column_notes = drop_nameless(body.columns, head.names)
        return Reading(
            columns=names,
            cells=cells,
            records=body.records,
            set_aside=body.account.sorted_entries(),
            n_records=body.account.n_records,
            header_line=head.header_line + 1 + n_above if head.header else 0,
            format="csv",
            encoding=decoded.encoding,
            delimiter=sample.dialect.delimiter,
            quote=sample.dialect.quote if sample.dialect.quote in text else "",
            notes=(*notes, *head.notes, *column_notes, *body.notes),
        )


def _body_of(text: str, sample: Sample, head: Head, n_lines_before: int) -> Body:
    """The records below the header: the fast way where it is proved to lose nothing."""
    if len(text) >= BULK_FROM:
        n_characters = sum(map(len, islice(io.StringIO(text, newline=""), head.data_line)))
        if body := read_bulk(text[n_characters:], sample.dialect, head):
            return body
    return read_body(text, sample.dialect, head, n_lines_before)


READER = DelimitedReader()
