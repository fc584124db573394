"""Names and claims on exports that nobody wrote for us."""

from __future__ import annotations

import pytest
from real_data import real_data

from reportgen.claims import all_claims
from reportgen.config import Settings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.pipeline import analyse
from reportgen.verify.customers import customers_of
from reportgen.verify.stage import check_claims

pytestmark = pytest.mark.real_data


def test_the_mall_has_its_five_names_and_every_claim_holds() -> None:
    """Income × spending at k = 5, from the file to the sentences."""
    found = analyse(real_data("mall_customers", "Mall_Customers.csv"), "2026-10", Settings())
    study, names = found.study, [persona.name for persona in found.study.personas]
    assert names == [
        "Middle-Income Average Spenders",
        "High-Income Spenders",
        "High-Income Savers",
        "Low-Income Savers",
        "Low-Income Spenders",
    ]
    assert study.headline.text == (
        "Five segments; the 39 High-Income Spenders, 20% of customers, carry 32% of spending score."
    )
    assert "Gender does not differ between the segments (p = 0.693)" in study.answers["descriptors"].text
    customers = customers_of(found.table, study.facts.features, study.facts.segmentation, InMemoryEngine())
    checks = check_claims(all_claims(study, []), customers, study.facts, names)
    assert [check for check in checks if not check.ok] == []
