"""Says why records have a field too many: amounts with a decimal comma, which parts the fields, too."""

from __future__ import annotations

import re
from itertools import islice

from reportgen.errors import ReportgenError
from reportgen.ingest._parse import iter_lines

_AMOUNT = re.compile(r"(?:^|,)-?[0-9]{1,7},[0-9]{2}(?=,|$)")
SEEN_LINES, SHARE = 200, 0.8
"""Lines that are looked at, and the share of those that are too long from which the amounts are to blame."""


def explained(fault: ReportgenError, text: str) -> ReportgenError:
    """The fault with the advice that mends it, where fields are too many (RG-012, RG-013) for that reason."""
    if fault.code not in ("RG-012", "RG-013") or '"' in text[:10_000]:
        return fault
    lines = [line.rstrip("\r\n") for line in islice(iter_lines(text), SEEN_LINES)]
    n_fields = lines[0].count(",") if lines else 0
    longer = [line for line in lines[1:] if line.count(",") > n_fields > 0]
    if not longer or sum(bool(_AMOUNT.search(line)) for line in longer) < SHARE * len(longer):
        return fault
    return ReportgenError(
        fault.code,
        f"{fault.sentence.rstrip('.')}: amounts have a decimal comma, and a comma parts the fields.",
        "Export with semicolons between the fields, or with quotes around amounts.",
    )
