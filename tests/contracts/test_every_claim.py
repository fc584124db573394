"""Every sentence of the study is proved: each number recomputes, and no other number stands in it."""

from __future__ import annotations

import re
from functools import cache, partial

import changed_facts
import pytest
import studies

from reportgen.claims import all_claims
from reportgen.personas.stage import write_study
from reportgen.records.study import Claim, Study
from reportgen.report_settings import BrandSettings
from reportgen.theme import theme_of
from reportgen.verify.customers import customers_of
from reportgen.verify.stage import check_claims

PLANTED = {
    "five segments": (studies.mall_like, studies.mall_like_facts),
    "no segments": (studies.structureless, studies.no_structure_facts),
    "six features": (studies.shop, studies.many_feature_facts),
    **{
        f"five segments, {kind}": (studies.mall_like, partial(changed_facts.of_mall, kind))
        for kind in changed_facts.CHANGED
    },
}
NUMBER_WORDS = re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third)\b", re.I)


@cache
def study(name: str) -> Study:
    return write_study(PLANTED[name][1](), theme_of(BrandSettings()))


@cache
def claims(name: str) -> tuple[Claim, ...]:
    return all_claims(study(name), [])


@pytest.mark.parametrize("name", PLANTED)
def test_every_claim_holds(name: str) -> None:
    """Computed again from the rows, each number is the one that is printed; no digit stands beside them."""
    made = study(name)
    customers = customers_of(PLANTED[name][0]().table, made.facts.features, made.facts.segmentation, studies.ENGINE)
    checks = check_claims(claims(name), customers, made.facts, [persona.name for persona in made.personas])
    assert [check for check in checks if not check.ok] == []


@pytest.mark.parametrize("name", PLANTED)
def test_number_words_are_quantities(name: str) -> None:
    """Five, written as a word, is a number too."""
    for claim in claims(name):
        left = claim.text
        for quantity in claim.quantities:
            left = left.replace(quantity.shown, " ", 1) if NUMBER_WORDS.fullmatch(quantity.shown) else left
        assert not NUMBER_WORDS.search(left), claim.text


@pytest.mark.parametrize("name", PLANTED)
def test_texts_that_are_no_claims_print_no_number(name: str) -> None:
    """Limits, remarks and what to do: digits only inside the export's own labels and names."""
    made = study(name)
    texts = [*made.limits, *made.remarks.values()]
    texts += [
        text
        for one in made.personas
        for action in one.actions
        for text in (action.do, action.offer, action.channel, action.measure)
    ]
    assert not [text for text in texts if re.search(r"\d", text)]
