"""The pictures of the tree behind the rules, of how clearly customers belong, and of what cleaning did."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from chart_studies import mall_study, no_structure_study, with_facts

from reportgen.charts import cleaning_steps, clearness, missing_values, rule_tree
from reportgen.errors import NotApplicable
from reportgen.profile.clearness import clearness_of
from reportgen.records.profile import RulePath
from reportgen.records.study import Study


def with_profile(study: Study, **changes: object) -> Study:
    return with_facts(study, profile=replace(study.facts.profile, **changes))


def test_the_tree_leads_to_every_segment() -> None:
    """Each leaf stands in its row, its shares add up, and its conditions are those of the printed rules."""
    tree = rule_tree.numbers(mall_study())
    assert {leaf.segment.id for leaf in tree.leaves} == {1, 2, 3, 4, 5}
    assert [leaf.place for leaf in tree.leaves] == list(range(len(tree.leaves)))
    assert sum(leaf.share or 0.0 for leaf in tree.leaves) == pytest.approx(1)
    assert all(" > " in words or " ≤ " in words for words in tree.conditions)


def test_a_refused_tree_is_not_drawn() -> None:
    """Rules that put too few into their segment have no picture, nor has a tree too large to be read."""
    with pytest.raises(NotApplicable, match="faithfully"):
        rule_tree.numbers(with_profile(mall_study(), rule_fidelity=None, rule_paths=()))
    deep = RulePath((("Annual Income (k$)", "<=", 5.0),) * 9, ("5 k$",) * 9, 1, 0.5)
    with pytest.raises(NotApplicable, match="too large"):
        rule_tree.numbers(with_profile(mall_study(), rule_paths=(deep, deep)))


def test_a_leaf_of_few_has_no_share() -> None:
    """Its place in the table is empty, and the subtitle says why."""
    study = mall_study()
    first, *others = study.facts.profile.rule_paths
    tree = rule_tree.numbers(with_profile(study, rule_paths=(replace(first, share=None), *others)))
    assert rule_tree.table(tree).rows[0][1] is None
    assert "not told" in rule_tree.subtitle(tree)


def test_a_handful_of_gaps_is_no_picture() -> None:
    """One missing cell is told in a sentence; a matrix of it would show nothing."""
    study = mall_study()
    first, *others = (replace(entry, n_missing=0, n_imputed=0) for entry in study.facts.quality)
    one = with_facts(study, quality=(replace(first, n_missing=1), *others))
    with pytest.raises(NotApplicable, match="too few cells are missing"):
        missing_values.numbers(one)


def test_clearness_tells_no_few() -> None:
    """Tenths hold nobody or ten at least, or share them with their neighbours; a segment of nine has no mean."""
    many, few = np.array([0.05] * 12 + [0.55] * 4 + [0.65] * 20), np.full(9, 0.5)
    first, second = clearness_of([many, few], 10)
    assert sum(first.counts) == len(many)
    assert first.counts[0] == 12
    assert first.counts[5:7] == (0, 24)
    assert (second.mean, second.counts) == (None, ())
    assert clearness_of([many], 10) == ()


def test_clearness_names_best_and_worst() -> None:
    """The title has the highest and the lowest mean."""
    shown = clearness.numbers(mall_study())
    means = sorted(mean for _, mean in shown.known)
    text = clearness.finding(shown).text
    assert f"({means[-1]:.2f})" in text
    assert text.endswith(f"least ({means[0]:.2f})")


def test_clearness_needs_segments() -> None:
    """Without segments nobody belongs anywhere."""
    with pytest.raises(NotApplicable):
        clearness.numbers(no_structure_study())


def test_cleaning_is_told_before_and_after() -> None:
    """Records in the export less those set aside are the customers; cells filled in and capped are counted."""
    study = mall_study()
    shown = cleaning_steps.numbers(study)
    records, cells = ({step.name: step.n for step in part.steps} for part in shown.parts)
    assert records["In the export"] - records["Set aside"] == records["Customers"] == study.facts.n_customers
    assert cells["Filled in"] == sum(entry.n_imputed for entry in study.facts.quality)
    assert cells["Capped"] == sum(entry.n_capped for entry in study.facts.quality)


def test_nothing_cleaned_is_no_picture() -> None:
    """An export that is used as it stands has no before and after."""
    study = mall_study()
    quality = tuple(replace(entry, n_imputed=0, n_capped=0) for entry in study.facts.quality)
    read = replace(study.facts.read, n_physical=study.facts.n_customers)
    with pytest.raises(NotApplicable, match="no record and no cell"):
        cleaning_steps.numbers(with_facts(study, quality=quality, read=read, set_aside=()))
