"""The rows that `make bench` prints, and the table of them that is kept in the README beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measuring import Cost

README = Path(__file__).with_name("README.md")
START, END = "<!-- figures -->", "<!-- end of figures -->"
HEADER = ("work", "wall s", "cpu s", "peak MiB", "× ours", "budget (two cores)")


@dataclass(frozen=True)
class Row:
    """One line."""

    work: str
    cost: Cost | None = None
    budget: str = ""
    ours: Cost | None = None
    """What reportgen took for the same job, where this is something else."""
    said: str = ""
    """In place of figures: why there are none, or a figure that is no time."""

    @property
    def cells(self) -> tuple[str, ...]:
        if self.cost is None:
            return (self.work, "", "", "", "", f"{self.said}; {self.budget}" if self.budget else self.said)
        peak = f"{self.cost.peak_mib:,.0f}" if self.cost.peak_mib else ""
        times = f"{self.cost.wall / self.ours.wall:.2f}" if self.ours else ""
        cpu = f"{self.cost.cpu:.2f}" if self.cost.cpu else ""
        return (self.work, f"{self.cost.wall:.2f}", cpu, peak, times, "; ".join(filter(None, (self.budget, self.said))))


def line(cells: Sequence[str]) -> str:
    """One line for a terminal."""
    work, wall, cpu, peak, times, budget = cells
    return f"{work:<52} {wall:>8} {cpu:>8} {peak:>8} {times:>6}   {budget}".rstrip()


class Table:
    """Rows, printed as they come."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        print(line(HEADER), flush=True)

    def add(self, row: Row) -> None:
        self._rows.append(row)
        print(line(row.cells), flush=True)

    def keep(self, said: str) -> None:
        """Puts the rows into the README in place of those kept before; `said`: how they came about."""
        lines = [HEADER, ("---", "---:", "---:", "---:", "---:", "---"), *(row.cells for row in self._rows)]
        table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        text = README.read_text(encoding="utf-8")
        before, after = text.split(START)[0], text.split(END)[1]
        README.write_text(f"{before}{START}\n{said}\n\n{table}\n{END}{after}", encoding="utf-8")
