"""The whole study: every name documented, ids unique, nothing hostile gets through."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from persona_facts import UNTRUSTED, column, facts, number, segment
from studies import mall_like_facts, many_feature_facts, no_structure_facts

from reportgen.claims import all_claims
from reportgen.personas.stage import ANSWERS, REMARKS, WRITERS, write_study
from reportgen.records.study import Facts, Study
from reportgen.records.table import Role
from reportgen.report_settings import BrandSettings
from reportgen.theme import theme_of

THEME = theme_of(BrandSettings())
FACTS = [mall_like_facts, no_structure_facts, many_feature_facts]
MOTIVES = re.compile(r"\b(luxury|motive|saving[s]?|wealthy|poor|rich|churn risk)\b", re.IGNORECASE)


def study_of(made: Facts) -> Study:
    return write_study(made, THEME)


@pytest.mark.parametrize("of", FACTS)
def test_every_answer_and_remark_is_documented(of: Callable[[], Facts]) -> None:
    """A template finds each name, and when it is absent, in ANSWERS and REMARKS."""
    study = study_of(of())
    assert list(WRITERS) == list(ANSWERS)
    assert set(study.answers) <= set(ANSWERS)
    assert set(study.remarks) <= set(REMARKS)


@pytest.mark.parametrize("of", FACTS)
def test_ids_are_unique_and_sentences_end(of: Callable[[], Facts]) -> None:
    """One id, one sentence; dotted lower-case ids."""
    claims = all_claims(study_of(of()), [])
    assert len({claim.id for claim in claims}) == len(claims)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*", claim.id) for claim in claims)
    assert all(claim.text.endswith(".") or claim.id.endswith(".who") for claim in claims)
    assert all("  " not in claim.text and " ," not in claim.text and ".." not in claim.text for claim in claims)


@pytest.mark.parametrize("of", FACTS)
def test_no_word_goes_beyond_the_columns(of: Callable[[], Facts]) -> None:
    """No savings, luxury or motive without a column that carries it."""
    study = study_of(of())
    assert not MOTIVES.search(" ".join(claim.text for claim in all_claims(study, [])))


def test_personas_keep_the_order_and_colours_of_their_segments() -> None:
    """By id, with the palette's colour of that id and a slug for file names."""
    study = study_of(mall_like_facts())
    assert [persona.segment for persona in study.personas] == [1, 2, 3, 4, 5]
    assert [persona.color for persona in study.personas] == [THEME.segment_color(i) for i in range(1, 6)]
    assert study.persona(2).slug == "high-income-spenders"


def test_every_persona_has_two_or_three_sentences_and_actions() -> None:
    """Of a trusted segment."""
    for of in (mall_like_facts, many_feature_facts):
        for persona in study_of(of()).personas:
            assert 2 <= len(persona.sentences) <= 3
            assert 2 <= len(persona.actions) <= 3


def test_an_untrusted_segment_has_a_persona_without_actions() -> None:
    """It is named and described, and offered for merging."""
    columns = (column("Income"), column("Spending Score", Role.SCORE))
    weak = segment(1, number("Income", 1.0), number("Spending Score", 1.0), trust=UNTRUSTED)
    solid = segment(2, number("Income", -1.0), number("Spending Score", -1.0))
    first, second = study_of(facts(columns, [weak, solid])).personas
    assert first.actions == ()
    assert first.do == "Do not target: merge with Low-Income Savers"
    assert second.actions


def test_no_structure_gives_no_personas() -> None:
    """The verdict, what to collect next, and the customers as they are."""
    study = study_of(no_structure_facts())
    assert study.verdict == "no_segments"
    assert study.remarks["collect"].startswith("To find segments, collect ")
    assert study.answers["everyone"].text.startswith("All 200 customers on average: ")


def test_slugs_are_ascii_and_distinct() -> None:
    """Names that ASCII cannot tell apart get the segment's id."""
    columns = (column("收入", label="收入"), column("支出", label="支出"))
    made = facts(columns, [segment(i, number("收入", d), number("支出", -d)) for i, d in ((1, 1.0), (2, -1.0))])
    slugs = [persona.slug for persona in study_of(made).personas]
    assert len(set(slugs)) == 2
    assert all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in slugs)


def test_hostile_labels_end_up_scrubbed() -> None:
    """Braces, controls and endless headers neither break a sentence nor reach the page."""
    names = ("{0} {n!r}", "a\x00\u202eb", "x" * 5_000, "<script>alert(1)</script>")
    columns = tuple(column(name, Role.MEASURE, label=name) for name in names)
    segments = [segment(i, *(number(name, d) for name in names)) for i, d in ((1, 1.0), (2, -1.0))]
    study = study_of(replace(facts(columns, segments), id_column=""))
    said = [claim.text for claim in all_claims(study, [])] + [persona.name for persona in study.personas]
    assert not any(re.search(r"[\x00-\x1f\u202a-\u202e]", text) for text in said)
    assert max(len(text) for text in said) <= 600
    assert max(len(persona.name) for persona in study.personas) < 120


def test_the_same_facts_give_the_same_study() -> None:
    """No clock, no chance."""
    first, second = study_of(mall_like_facts()), study_of(mall_like_facts())
    assert all_claims(first, []) == all_claims(second, [])
    assert first.personas == second.personas
