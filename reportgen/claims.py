"""Makes claims: sentences whose every number says how to compute it again.

A recompute record is plain JSON with a `measure`:

=============  =============================================================================================
count          customers in `segment` (null: all), optionally with `column` = `level`
share          count of `segment` over all customers; with `column` and `level`: over those whose value is known
mean median minimum maximum total sd   of `column` in `segment`
quantile       of `column` in `segment` at `q` (0..1)
difference     (mean in `segment` − overall mean) / overall SD (population)
value_share    total of `column` in `segment` over its total
share_above    share of `segment` above the overall median of `column`; share_below likewise
share_between  share of `segment` with `low` ≤ `column` ≤ `high` (either may be null)
fact           the number at `path` of the study rebuilt from source (a `Facts`): `evidence.scores[3].silhouette`
size           how many entries stand at `path` of the rebuilt study
tally          entries at `path` whose fields equal every item of `where`; with `total`: the sum of that field
               over them: `{"path": "set_aside", "where": {"action": "repaired"}}`
quoted         the number at place `n` (0-based) of `wording.numbers_in` of the text at `path`, scrubbed to QUOTE_LIMIT
gap            |mean of `column` in `segment` − overall mean|, in the column's unit
band           quantile of `column` in `segment` at `q`, rounded down to a multiple of `step` (`up` false) or up (true)
split          customers of `segment` in the test (`part` = `test`: ⌈n / 2⌉) or left alone (`control`: ⌊n / 2⌋)
assumed        `value`: a stated assumption, `name`d in reportgen/personas/actions.toml
sample_size    customers a group needs: ⌈2 ((z₁ + z₂) / e)²⌉, z₁ = Φ⁻¹(1 − `significance` / 2), z₂ = Φ⁻¹(`power`);
               e = `effect` in SD, or 2 arcsin √`raised` − 2 arcsin √`baseline` for shares (Cohen 1988, ch. 2 and 6)
detectable_difference   smallest difference in SD that a split of `segment` shows: (z₁ + z₂) √(1 / n₁ + 1 / n₂),
               n₁ and n₂ as in split
detectable_share        smallest raised share over `baseline` that a split of `segment` shows:
               sin²(min(π / 2, arcsin √`baseline` + h / 2)), h = detectable_difference
=============  =============================================================================================
"""

from __future__ import annotations

import string
from typing import Any

from reportgen import wording
from reportgen.records.study import Claim, Quantity

ALL = None


def measure(
    name: str,
    value: float,
    shown: str,
    *,
    unit: str = "",
    column: str | None = None,
    segment: int | None = ALL,
    **parameters: Any,
) -> Quantity:
    """One number with its recompute record: `measure("mean", 86.5, "86.5 k$", unit="k$", column=…, segment=2)`."""
    recompute: dict[str, Any] = {"measure": name, "segment": segment}
    if column is not None:
        recompute["column"] = column
    recompute.update(parameters)
    columns = (column,) if column is not None else ()
    return Quantity(float(value), unit, shown, columns, segment, recompute)


def fact(value: float, path: str, shown: str, *, unit: str = "", segment: int | None = ALL) -> Quantity:
    """A number that stands at `path` of the study."""
    return Quantity(float(value), unit, shown, (), segment, {"measure": "fact", "path": path})


def size(value: int, path: str, *, shown: str | None = None, unit: str = "") -> Quantity:
    """How many entries stand at `path` of the study."""
    text = wording.format_count(value) if shown is None else shown
    return Quantity(float(value), unit, text, (), ALL, {"measure": "size", "path": path})


def say(claim_id: str, template: str, /, **parts: Quantity | str) -> Claim:
    """A claim from a template: `say("cover", "{n} segments", n=size(5, "personas"))`.

    Quantities count in the order in which they stand in the text. Raises ValueError if none does.
    """
    shown = {name: part.shown if isinstance(part, Quantity) else part for name, part in parts.items()}
    order = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    quantities = [parts[name] for name in dict.fromkeys(order)]
    numbers = tuple(part for part in quantities if isinstance(part, Quantity))
    if not numbers:
        raise ValueError(f"claim {claim_id} states no number")
    return Claim(claim_id, template.format_map(shown), numbers)
