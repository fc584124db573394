"""What the history beside the runs knows when a month begins, or is made again to be checked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from reportgen import __version__
from reportgen.config import Settings
from reportgen.errors import ReportgenError
from reportgen.history.keys import customer_keys, key_mark
from reportgen.history.store import History
from reportgen.months import Memory, digest_of
from reportgen.records.history import NO_IDENTITIES, NO_KEYS, Past
from reportgen.records.study import Basis, RunResult
from reportgen.records.table import RawTable
from reportgen.verify.manifest import check_manifest, read_sealed_run


def recall(history: History, out: Path, period: str, *, is_refit: bool) -> Memory:
    """The months before `period`."""
    past = history.past(period)
    months = tuple(month.label for month in past.months) if past else ()
    return Memory(past, partial(customer_keys, out), Basis(months, is_refit, history.trouble))


def recall_again(history: History, out: Path, period: str, basis: Basis) -> Memory:
    """The months that a finished run was compared with.

    Raises ReportgenError (RG-084) if they are not kept as they were.
    """
    if not basis.months:
        return Memory(None, partial(customer_keys, out) if key_mark(out) else None, basis)
    found = [history.month(*_period_and_revision(label)) for label in basis.months]
    kept = tuple(month for month in found if month is not None)
    if len(kept) < len(found):
        raise ReportgenError(
            "RG-084",
            f"The months that {period} was compared with are not all in the history beside it.",
            "Put back the history file of that time, or make the month again from its export.",
        )
    if kept[-1].key_mark and kept[-1].key_mark == key_mark(out):
        return Memory(Past(kept), partial(customer_keys, out), basis)
    last = replace(kept[-1], keys=NO_KEYS, identities=NO_IDENTITIES)
    return Memory(Past((*kept[:-1], last)), None, basis)


def _period_and_revision(label: str) -> tuple[str, int]:
    period, _, revision = label.partition(".")
    return period, int(revision)


def find_finished(  # noqa: PLR0917 - everything that makes a run what it is
    history: History, out: Path, period: str, raw: RawTable, settings: Settings, memory: Memory
) -> RunResult | None:
    """The run that was published of the same export with the same settings after the same months; None without one.

    A newer reportgen makes the newest month anew, but not all the months before it.
    """
    month = history.same_run(period, raw.report.sha256, digest_of(settings), _software_for(history, period))
    run = out / period
    if month is None or memory.basis.is_refit or memory.basis.trouble or not _is_whole(run):
        return None
    sealed = read_sealed_run(run)
    made_from = (sealed.source_sha256, digest_of(sealed.settings), sealed.basis)
    if made_from != (raw.report.sha256, digest_of(settings), memory.basis):
        return None
    return RunResult(
        directory=run,
        verdict=month.verdict,
        k=max(1, len(month.segments)),
        headline=f"{period} was made from this export before; nothing to do.",
        n_customers=month.n_customers,
        documents=tuple(sorted(file.name for file in run.iterdir())),
        notes=(),
        seconds={},
        is_repeat=True,
    )


def _software_for(history: History, period: str) -> str:
    """The version that a finished month must be made with to count as done."""
    versions = [month.software for month in history.months if month.period == period]
    is_past = bool(versions) and period < history.months[-1].period
    return versions[-1] if is_past else __version__


def _is_whole(run: Path) -> bool:
    try:
        return all(check.ok for check in check_manifest(run))
    except ReportgenError:
        return False
