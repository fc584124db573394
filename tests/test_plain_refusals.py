"""Refusals read the same whatever language the report speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.config import Settings
from reportgen.errors import ReportgenError
from reportgen.language import ENGLISH, speaking
from reportgen.pipeline import analyse

N = 1_200

REPEATED = ["Customer ID,Spending", *(f"C{i % 600},{i * 7 % 90}" for i in range(N))]
MIXED_AMOUNTS = ["Customer ID,Spending", *(f"C{i},{'€' if i % 2 else '$'}{i * 7 % 90}" for i in range(N))]
UNPAID = [
    "Order ID,Customer ID,Date,Amount,Status",
    *(f"{i},C{i % 19},2026-01-{1 + i % 28:02},{5 + i * 7 % 90},{'paid' if i % 6 else 'pending'}" for i in range(60)),
]
THREE_WAYS = ["Customer ID,Spending", *(f"C{i},{10.5 + i % 3}" for i in range(N))]
LABELS_ALONE = [
    "Customer ID,City,Tier,Plan",
    *(f"C{i},{'AB'[i % 2]}x,{'CD'[i % 2]}y,{'EF'[i % 3 > 0]}z" for i in range(N)),
]


@pytest.mark.parametrize(
    ("lines", "features", "code"),
    [
        (REPEATED, [], "RG-009"),
        (MIXED_AMOUNTS, [], "RG-007"),
        (UNPAID, [], "RG-003"),
        (LABELS_ALONE, [], "RG-010"),
        (THREE_WAYS, ["Spending"], "RG-063"),
    ],
)
def test_a_refusal_is_in_english(lines: list[str], features: list[str], code: str, tmp_path: Path) -> None:
    """`374.277 of 391.014 Datensätze repeat the id of another one`, said a German run."""
    (tmp_path / "export.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    settings = Settings.model_validate(
        {"columns": {"features": features}, "segments": {"k": 8 if features else "auto"}}
    )
    said = []
    for spoken in (ENGLISH, "de"):
        with pytest.raises(ReportgenError) as fault, speaking(spoken):
            analyse(tmp_path / "export.csv", "2026-10", settings)
        said.append((fault.value.code, str(fault.value), fault.value.hint))
    assert said[0] == said[1]
    assert said[0][0] == code
