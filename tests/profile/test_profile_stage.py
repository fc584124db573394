"""The profile of a whole study."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import studies
from real_data import real_data

from reportgen.profile.stage import profile_segments
from reportgen.profile.value import value_shares
from reportgen.records.profile import Profile
from reportgen.records.study import Facts

ALL_FACTS = [studies.mall_like_facts, studies.no_structure_facts, studies.many_feature_facts]


def profile_again(planted: studies.Planted) -> Profile:
    parts = (planted.table, planted.features, planted.evidence, planted.segmentation)
    return profile_segments(*parts, studies.SETTINGS, studies.ENGINE)


@pytest.mark.parametrize("facts_of", [studies.mall_like_facts, studies.many_feature_facts])
def test_segments_add_up_to_all_customers(facts_of: Callable[[], Facts]) -> None:
    """Customers, shares, value shares and totals of the segments sum to those of everyone; each fills its bins."""
    profile: Profile = facts_of().profile
    assert sum(s.n_customers for s in profile.segments) == profile.overall.n_customers
    assert sum(s.share for s in profile.segments) == pytest.approx(1)
    assert sum(s.value_share or 0 for s in profile.segments) == pytest.approx(1)
    for everyone in profile.overall.numbers:
        parts = [s.number(everyone.column) for s in profile.segments]
        assert sum(part.total for part in parts) == pytest.approx(everyone.total)
        assert sum(sum(part.counts) for part in parts) == pytest.approx(sum(everyone.counts))


@pytest.mark.parametrize("facts_of", ALL_FACTS)
def test_segments_tell_the_levels_of_all_customers(facts_of: Callable[[], Facts]) -> None:
    """Segments list levels in the order of all customers, those of few customers left out."""
    profile: Profile = facts_of().profile
    names = [(level.column, level.level) for level in profile.overall.levels]
    assert min(level.n_customers for level in profile.overall.levels) >= profile.min_cell
    for segment in profile.segments:
        told = [(level.column, level.level) for level in segment.levels]
        assert told == [name for name in names if name in set(told)]
        assert not any(0 < level.n_customers < profile.min_cell for level in segment.levels)


def test_bins_of_few_customers_are_put_together() -> None:
    """Of all customers no bin holds one to nine; of a segment such bins stand at the mean of their neighbours."""
    profile = studies.mall_like_facts().profile
    for found in profile.distributions:
        assert not any(0 < count < profile.min_cell for count in found.counts)
    for number in (number for segment in profile.segments for number in segment.numbers):
        thin = [count for count in number.counts if 0 < count < profile.min_cell]
        assert len(thin) != 1, number.column


def test_with_a_least_cell_of_one_everything_is_told() -> None:
    """Whoever lowers the limit to one customer sees every cell."""
    planted = studies.shop()
    settings = studies.SETTINGS.with_overrides("report", min_cell=1)
    parts = (planted.table, planted.features, planted.evidence, planted.segmentation)
    profile = profile_segments(*parts, settings, studies.ENGINE)
    sums = np.sum([[level.n_customers for level in s.levels] for s in profile.segments], axis=0)
    assert sums.tolist() == [level.n_customers for level in profile.overall.levels]


def test_features_come_first() -> None:
    """Numbers start with the features, in their order; describing numbers follow in file order."""
    facts = studies.mall_like_facts()
    assert [number.column for number in facts.profile.overall.numbers] == [*studies.MALL_FEATURES, "Age"]
    assert [column.name for column in facts.profile.columns] == [c.name for c in studies.MALL_COLUMNS[1:]]


def test_centroids_are_means_in_the_exports_units() -> None:
    """A centroid is the mean of the raw features of its members, log transform or not."""
    facts = studies.many_feature_facts()
    for segment in facts.profile.segments:
        members = facts.segmentation.labels == segment.id
        assert segment.centroid == pytest.approx(facts.features.raw[members].mean(axis=0))
        assert segment.centroid == pytest.approx([segment.number(name).mean for name in studies.SHOP_FEATURES])


def test_without_structure_only_everyone_is_described() -> None:
    """k = 1 gives overall figures, distributions and correlations, and no segment, rule or association."""
    profile = studies.no_structure_facts().profile
    assert (profile.segments, profile.associations, profile.rule_fidelity, profile.rule_leaves) == ((), (), None, 0)
    assert len(profile.distributions) == len(profile.overall.numbers) == 3
    assert set(profile.sample.segment.tolist()) == {1}


def test_planted_groups_keep_their_differences() -> None:
    """A difference of one SD survives every bootstrap; a difference of nothing survives none."""
    for segment in studies.mall_like_facts().profile.segments:
        for number in segment.numbers[:2]:
            if abs(number.difference) > 0.9:
                assert number.persistence == 1
            if abs(number.difference) < 0.1:
                assert number.persistence == 0


def test_columns_that_made_the_segments_are_not_tested_against_them() -> None:
    """Associations name describing columns only (Chen & Witten 2023)."""
    columns = [association.column for association in studies.many_feature_facts().profile.associations]
    assert columns == ["City <b>", "Newsletter", "Age"]


def test_columns_that_echo_what_made_the_segments_are_not_tested_either() -> None:
    """A near-copy of a column that shapes, or spending over orders, would differ because it helped to make them."""
    planted = studies.mall_like()
    left_out = tuple(replace(left, echoes=left.name == "Age") for left in planted.features.left_out)
    echoing = replace(planted, features=replace(planted.features, left_out=left_out))
    assert "Age" in {a.column for a in profile_again(planted).associations}
    assert "Age" not in {a.column for a in profile_again(echoing).associations}


def test_the_sample_holds_numbers_alone() -> None:
    """No id, personal column or text enters the sample that pictures are drawn from."""
    sample = studies.many_feature_facts().profile.sample
    assert set(sample.columns) == {*studies.SHOP_FEATURES, "Age"}
    assert all(values.dtype == np.float64 and len(values) == 1500 for values in sample.columns.values())


def test_two_features_are_shown_as_they_are() -> None:
    """A projection is made from three features on."""
    assert studies.mall_like_facts().profile.projection is None
    assert studies.many_feature_facts().profile.projection is not None


def test_the_same_study_gives_the_same_profile() -> None:
    """Profiling draws nothing that the seed does not fix, and changes nothing it was given."""
    planted = studies.mall_like()
    before = planted.features.raw.copy(), planted.segmentation.labels.copy()
    assert profile_again(planted).segments == profile_again(planted).segments
    assert (planted.features.raw == before[0]).all()
    assert (planted.segmentation.labels == before[1]).all()


def test_a_silhouette_sample_may_miss_a_segment() -> None:
    """Where no member was sampled, the mean confidence stands in for the silhouette."""
    planted = studies.mall_like()
    known = planted.segmentation.labels[planted.segmentation.silhouette_rows] != 5
    missed = replace(
        planted.segmentation,
        silhouettes=planted.segmentation.silhouettes[known],
        silhouette_rows=planted.segmentation.silhouette_rows[known],
    )
    profile = profile_again(replace(planted, segmentation=missed))
    confidence = missed.confidence[missed.labels == 5].mean()
    assert profile.segments[4].silhouette == pytest.approx(confidence)


@pytest.mark.parametrize("values", [[0.0, 0.0, 0.0], [5.0, -1.0, -2.0], [-3.0, 1.0, 1.0]])
def test_value_that_cannot_be_shared_out_is_unknown(values: list[float]) -> None:
    """A sum of nothing, or negative for a segment, gives no shares."""
    planted = studies.mall_like()
    frame = studies.ENGINE.from_columns({"Spending Score (1-100)": values})
    table = replace(planted.table, frame=frame)
    groups = (np.array([0]), np.array([1, 2]))
    assert value_shares(table, planted.features, groups, studies.ENGINE) is None


def test_without_a_value_column_value_is_unknown() -> None:
    """No value column: value shares are None, for everyone too."""
    planted = studies.mall_like()
    profile = profile_again(replace(planted, features=replace(planted.features, value_column="")))
    assert {segment.value_share for segment in (*profile.segments, profile.overall)} == {None}


@pytest.mark.real_data
def test_the_mall_customers_give_their_published_profile() -> None:
    """Income × score at k = 5: published sizes, centres and ages, a 5-leaf card of 97.5 %, and no word on gender."""
    with real_data("mall_customers", "Mall_Customers.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    values = {
        c.name: [float(r[c.name]) if c.kind == "number" else r[c.name] for r in rows] for c in studies.MALL_COLUMNS
    }
    table = studies.clean_table(studies.MALL_COLUMNS, values, {}, {})
    features = studies.z_features(table, studies.MALL_FEATURES, value="Spending Score (1-100)")
    segmentation = studies.cluster(features, 5)
    evidence = studies.mall_like().evidence
    profile = profile_again(studies.Planted(table, features, evidence, segmentation))
    assert [segment.n_customers for segment in profile.segments] == [81, 39, 35, 23, 22]
    centres = [(55.30, 49.52), (86.54, 82.13), (88.20, 17.11), (26.30, 20.91), (25.73, 79.36)]
    assert [segment.centroid for segment in profile.segments] == [pytest.approx(c, abs=0.005) for c in centres]
    ages = [42.7, 32.7, 41.1, 45.2, 25.3]
    assert [segment.number("Age").mean for segment in profile.segments] == pytest.approx(ages, abs=0.05)
    gender, age = profile.associations
    assert (gender.column, gender.differs, age.column, age.differs) == ("Gender", False, "Age", True)
    assert gender.p_value == pytest.approx(0.69, abs=0.005)
    assert (profile.rule_leaves, profile.rule_fidelity) == (5, pytest.approx(0.975))
