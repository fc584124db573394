"""Claims: sentences whose every number says how to compute it again."""

from __future__ import annotations

import json

import pytest
from studies import mall_like_facts

from reportgen.claims import claim_from_json, claim_to_json, measure, quote, say, size, tell, value_at

FACTS = mall_like_facts()
FIVE = size(5, "profile.segments")


def test_a_path_leads_through_fields_and_places() -> None:
    """The same grammar as verification: dots and brackets."""
    assert value_at(FACTS, "evidence.scores[3].silhouette") == FACTS.evidence.scores[3].silhouette
    assert value_at(FACTS, "evidence.scalings[1][1]") == FACTS.evidence.scalings[1][1]


def test_text_with_braces_is_text() -> None:
    """A label cannot break a sentence's template."""
    claim = tell("brace", "The column {0} {n} holds ", FIVE, " segments.")
    assert claim.text == "The column {0} {n} holds 5 segments."


def test_a_claim_states_a_number() -> None:
    """A sentence without a number is no claim."""
    with pytest.raises(ValueError, match="states no number"):
        tell("empty", "Nothing to count.")


def test_quantities_stand_in_the_order_of_the_text() -> None:
    """The template's order counts, not the order of the arguments."""
    mean = measure("mean", 86.5, "86.5 k$", unit="k$", column="Income", segment=2)
    claim = say("order", "{mean} in one of {k}", k=FIVE, mean=mean)
    assert claim.quantities == (mean, FIVE)


def test_quoted_text_is_taken_apart_and_lost_nowhere() -> None:
    """Every number of a quotation is a quantity with its place; the text stays as it is."""
    quoted = quote("k = 5 won by 0.55", "evidence.reason")
    assert quoted.text == "k = 5 won by 0.55"
    assert [(number.value, number.recompute["n"]) for number in quoted.numbers] == [(5.0, 0), (0.55, 1)]


def test_a_claim_survives_its_json() -> None:
    """What study.json holds is read back as the same claim."""
    claim = tell("there", "There are ", FIVE, " segments.")
    assert claim_from_json(json.loads(json.dumps(claim_to_json(claim)))) == claim


def test_a_foreign_claim_is_refused() -> None:
    """JSON that `claim_to_json` did not write is an error."""
    with pytest.raises(ValueError, match="not written as claims are"):
        claim_from_json({"id": "x", "text": "5", "quantities": []})
