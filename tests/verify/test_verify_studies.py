"""Whole studies, told and checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import studies

from reportgen.claims import all_claims
from reportgen.personas.stage import write_study
from reportgen.records.study import Check, Facts, Study
from reportgen.report_settings import BrandSettings
from reportgen.theme import theme_of
from reportgen.verify.customers import Customers, customers_of
from reportgen.verify.stage import check_claims

STUDIES = [
    (studies.mall_like, studies.mall_like_facts),
    (studies.structureless, studies.no_structure_facts),
    (studies.shop, studies.many_feature_facts),
]
Planted = Callable[[], studies.Planted]
FactsOf = Callable[[], Facts]


def told(planted: Planted, facts_of: FactsOf) -> tuple[Study, Customers]:
    facts = facts_of()
    study = write_study(facts, theme_of(BrandSettings()))
    return study, customers_of(planted().table, facts.features, facts.segmentation, studies.ENGINE)


def faults(study: Study, customers: Customers) -> list[Check]:
    names = [persona.name for persona in study.personas]
    checks = check_claims(all_claims(study, []), customers, study.facts, names)
    assert checks
    return [check for check in checks if not check.ok]


@pytest.mark.parametrize(("planted", "facts_of"), STUDIES)
def test_everything_that_is_said_holds(planted: Planted, facts_of: FactsOf) -> None:
    """Every claim of a told study recomputes, with segments and without, hostile names and all."""
    assert faults(*told(planted, facts_of)) == []


def test_one_customer_in_another_segment_is_found() -> None:
    """Moving a single customer makes claims about both segments fail."""
    study, customers = told(studies.mall_like, studies.mall_like_facts)
    labels = customers.segment.copy()
    labels[0] = labels[0] % 5 + 1
    assert len(faults(study, replace(customers, segment=labels))) > 5


def test_one_changed_cell_is_found() -> None:
    """Adding a thousandth to one customer's income makes claims fail."""
    study, customers = told(studies.mall_like, studies.mall_like_facts)
    incomes = customers.columns["Annual Income (k$)"].copy()
    incomes[0] += 0.001
    assert faults(study, replace(customers, columns={**customers.columns, "Annual Income (k$)": incomes}))
