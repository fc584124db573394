"""Says what is wrong with a workbook."""

from __future__ import annotations

from reportgen.errors import ReportgenError
from reportgen.wording import format_count

AS_CSV = "Save the table of customers alone, as CSV or as a new workbook."


def encrypted() -> ReportgenError:
    return ReportgenError("RG-033", "the workbook is protected by a password.", "Save it without a password.")


def damaged(what: str) -> ReportgenError:
    return ReportgenError("RG-032", f"the workbook is damaged: {what}.", "Download or export it again.")


def expands(ratio: int) -> ReportgenError:
    return ReportgenError("RG-031", f"the workbook unpacks to more than {format_count(ratio)} times its size.", AS_CSV)


def too_far(n_cells: int, max_cells: int) -> ReportgenError:
    return ReportgenError(
        "RG-031",
        f"a sheet spans {format_count(n_cells)} cells; at most {format_count(max_cells)} can be read. One stray cell"
        " far from the table is enough.",
        AS_CSV,
    )
