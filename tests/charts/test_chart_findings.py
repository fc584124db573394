"""What the titles say, on figures made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from chart_studies import mall_study, no_structure_study, shop_study, with_facts

from reportgen.charts import (
    category_split,
    correlations,
    difference_chart,
    distribution,
    elbow,
    missing_values,
    null_comparison,
    outliers,
    profile_heat_map,
    segment_distributions,
    segment_map,
    segment_sizes,
    segment_stability,
    silhouette_by_k,
    silhouette_plot,
    stability_by_k,
    value_concentration,
    votes,
)
from reportgen.charts._k_panel import scores_of
from reportgen.errors import NotApplicable
from reportgen.records.profile import SegmentProfile
from reportgen.records.segments import Vote
from reportgen.records.study import Study
from reportgen.records.table import Role


def with_evidence(study: Study, **changes: object) -> Study:
    return with_facts(study, evidence=replace(study.facts.evidence, **changes))


def with_profile(study: Study, **changes: object) -> Study:
    return with_facts(study, profile=replace(study.facts.profile, **changes))


def test_sizes_name_who_carries_more_than_their_number() -> None:
    """The title of the sizes names the segment whose share of value exceeds its share of customers most."""
    claim = segment_sizes.finding(segment_sizes.numbers(mall_study()))
    assert claim.text == "High-Income Spenders are 18% of customers and carry 30% of spending score"


def test_sizes_without_value_name_the_largest() -> None:
    """Where value is unknown, the largest segment is named."""
    claim = segment_sizes.finding(segment_sizes.numbers(with_profile(mall_study(), value_column="")))
    assert claim.text == "Middle-Income Average Spenders are 42% of customers"


def test_sizes_on_both_panels_share_a_scale() -> None:
    """Shares sum to one on either side."""
    rows = segment_sizes.numbers(mall_study()).rows
    assert sum(row.share for row in rows) == pytest.approx(1)
    assert sum(row.value_share or 0 for row in rows) == pytest.approx(1)


def test_value_needs_a_value_column() -> None:
    """Without a column of value the concentration declines."""
    with pytest.raises(NotApplicable, match="worth"):
        value_concentration.numbers(with_profile(mall_study(), value_column=""))


def test_the_map_claims_gaps_only_for_natural_segments() -> None:
    """Segments that are cuts through one cloud are said to divide it, not to stand apart."""
    apart = segment_map.finding(segment_map.numbers(mall_study())).text
    cut = segment_map.finding(segment_map.numbers(with_evidence(mall_study(), kind="constructive"))).text
    assert apart == "Five segments stand apart by annual income and spending score"
    assert cut == "Five segments divide the customers by annual income and spending score"


def test_the_map_shows_one_feature_too() -> None:
    """With one feature the dots are spread in height, and the subtitle says that it means nothing."""
    study = mall_study()
    facts = study.facts
    profile = replace(facts.profile, features=facts.profile.features[:1])
    one = with_facts(
        study,
        profile=profile,
        segmentation=replace(facts.segmentation, centroids=facts.segmentation.centroids[:, :1]),
    )
    shown = segment_map.numbers(one)
    assert "height has no meaning" in segment_map.subtitle(shown)
    assert np.ptp(shown.points[:, 1]) > 0.5


def test_separation_at_the_chosen_number() -> None:
    """Where the silhouette peaks elsewhere than at the choice, both are told."""
    peak = silhouette_by_k.finding(silhouette_by_k.numbers(mall_study())).text
    other = silhouette_by_k.finding(silhouette_by_k.numbers(with_evidence(mall_study(), k=4))).text
    assert peak.startswith("Separation peaks at five segments")
    assert "the chosen four reach 0." in other


def test_separation_within_reach_of_chance() -> None:
    """Without structure the title says that chance reaches as far."""
    claim = silhouette_by_k.finding(silhouette_by_k.numbers(no_structure_study()))
    assert claim.text.startswith("Separation stays within reach of chance")


def test_stability_names_a_steadier_number() -> None:
    """Where another number of segments comes back more alike, it is named."""
    claim = stability_by_k.finding(stability_by_k.numbers(with_evidence(mall_study(), k=4)))
    assert "five agree more, at 1.00" in claim.text


def test_equal_stability_is_not_called_more() -> None:
    """Three and two at 1.00: nobody agrees more; the chosen one is among those that agree most."""
    shown = stability_by_k.numbers(with_evidence(mall_study(), k=4))
    level = replace(shown, means=tuple(1.0 for _ in shown.means))
    assert stability_by_k.finding(level).text == "Four segments come back most alike in new draws: agreement 1.00"
    nearly = replace(shown, means=tuple(0.998 if k == 4 else 1.0 for k in shown.ks))
    assert stability_by_k.finding(nearly).text == "Four segments agree as well between new draws as two, at 1.00"


@pytest.mark.parametrize(
    ("k", "start"), [(None, "Spread within segments falls without a clear elbow"), (4, "Beyond four segments")]
)
def test_the_elbow_may_be_missing(k: int | None, start: str) -> None:
    """The elbow is told where Kneedle sees one, and only there."""
    study = with_evidence(mall_study(), votes=(Vote("elbow", "Elbow", k, "a reason"),))
    assert elbow.finding(elbow.numbers(study)).text.startswith(start)


def test_two_dots_are_no_curve() -> None:
    """With two numbers of segments tried, the curves decline."""
    few = replace(mall_study().facts.evidence, scores=mall_study().facts.evidence.scores[:2])
    with pytest.raises(NotApplicable, match="too few"):
        scores_of(few)


def test_votes_are_counted() -> None:
    """The title counts the criteria that agree with the choice."""
    assert votes.finding(votes.numbers(mall_study())).text == "Four criteria of five vote for five segments"
    alone = with_evidence(mall_study(), votes=(Vote("gap", "Gap", 5, "x"), Vote("silhouette", "Silhouette", 4, "y")))
    assert votes.finding(votes.numbers(alone)).text == "One criterion of two votes for five segments"


def test_numbers_of_segments_are_thinned_around_the_choice() -> None:
    """Twenty numbers of segments do not fit in a line; the chosen one is always written."""
    assert votes.written(tuple(range(1, 21)), 6, 5.0) == (3, 6, 9, 12, 15, 18)
    assert votes.written((2, 3, 4), 3, 30.0) == (2, 3, 4)


def test_the_null_comparison_takes_the_stricter_null() -> None:
    """The title sets the customers against the kind of noise that separates better."""
    study = mall_study()
    test = replace(study.facts.evidence.structure, gaussian_p95=0.31, uniform_p95=0.44, observed=0.55)
    shown = null_comparison.numbers(with_evidence(study, structure=test))
    assert null_comparison.finding(shown).text.endswith("0.55 where structureless data rarely pass 0.44")


def test_an_unstable_segment_is_named() -> None:
    """A segment below .75 is said not to come back."""
    study = mall_study()
    segments = list(study.facts.profile.segments)
    segments[2] = replace(segments[2], trust=replace(segments[2].trust, jaccard=0.58))
    claim = segment_stability.finding(segment_stability.numbers(with_profile(study, segments=tuple(segments))))
    assert claim.text == "High-Income Savers do not come back reliably in new draws: 0.58"


def test_a_pattern_comes_back_with_other_members() -> None:
    """Between .6 and .75 the page says that the segment comes back, and so does the title, with what is doubtful."""
    study = mall_study()
    weak = replace(study.facts.profile.segments[2], trust=replace(study.facts.profile.segments[2].trust, jaccard=0.7))
    segments = (*study.facts.profile.segments[:2], weak, *study.facts.profile.segments[3:])
    claim = segment_stability.finding(segment_stability.numbers(with_profile(study, segments=segments)))
    assert claim.text == "Every segment comes back in new draws, but High-Income Savers with other members: 0.70"


def test_misplaced_customers_are_counted() -> None:
    """The silhouette plot gives each segment's share below zero."""
    study = mall_study()
    silhouettes = study.facts.segmentation.silhouettes.copy()
    silhouettes[np.flatnonzero(study.facts.segmentation.labels == 5)[:11]] = -0.1
    made = with_facts(study, segmentation=replace(study.facts.segmentation, silhouettes=silhouettes))
    assert [blade.share_misplaced for blade in silhouette_plot.numbers(made).blades] == [0, 0, 0, 0, 0.5]


def test_a_close_segment_is_called_close() -> None:
    """A segment within half a standard deviation everywhere is not said to differ."""
    first = difference_chart.finding(difference_chart.numbers(mall_study(), 1)).text
    second = difference_chart.finding(difference_chart.numbers(mall_study(), 2)).text
    assert "stand out in no column; the widest gap is in" in first
    assert second.startswith("High-Income Spenders differ most in spending score: 80.7 on average, against 50.2")


def test_the_heat_map_names_the_widest_gap() -> None:
    """Of all cells of the picture, also of columns that describe, the one furthest from all customers is told."""
    shown = profile_heat_map.numbers(mall_study())
    largest = max(abs(n.difference) for row in shown.rows for n in row.segments)
    assert profile_heat_map.finding(shown).quantities[-1].value == pytest.approx(-largest)
    *shaping, age = shown.rows
    wide = replace(age, segments=tuple(replace(number, difference=-2.0) for number in age.segments))
    assert "in age" in profile_heat_map.finding(replace(shown, rows=(*shaping, wide))).text


def test_a_half_that_shares_one_value_is_told_by_its_median() -> None:
    """`Between 1 and 1` says nothing: the median is told instead."""
    claim = segment_distributions.finding(segment_distributions.numbers(shop_study(), 4))
    assert claim.text == "Median items returned is 7 among Discount-Led Frequent Returners, 1 among all"


def test_the_fullest_bin_is_told() -> None:
    """A distribution's title names its most frequent range and counts it."""
    shown = distribution.numbers(mall_study(), "Age")
    claim = distribution.finding(shown)
    assert claim.text == "Age: most often 30 to under 35 years, for 40 of 200 customers"
    assert claim.quantities[2].value == max(shown.counts)


def test_a_bin_of_one_whole_number_is_that_number() -> None:
    """Where a bin holds a single value, the value is told; the ends hold what lies beyond."""
    shown = replace(distribution.numbers(mall_study(), "Age"), edges=(0.0, 1.0, 2.0, 3.0), counts=(7, 90, 3))
    assert distribution.finding(shown).text == "Age: most often 1 year, for 90 of 200 customers"
    assert [row[0] for row in distribution.table(shown).rows] == ["under 1 year", "1 year", "2 years or more"]


def test_nothing_lies_below_a_count_of_none() -> None:
    """The first bin of a count that begins at 0 holds the value 0 alone, and is not called `under 1`."""
    shown = distribution.numbers(mall_study(), "Age")
    counted = replace(shown.column, role=Role.COUNT, unit="")
    shown = replace(shown, column=counted, edges=(0.0, 1.0, 2.0, 3.0), counts=(90, 7, 3))
    assert distribution.finding(shown).text == "Age: most often 0, for 90 of 200 customers"
    assert distribution.table(shown).rows[0][0] == "0"


def test_a_skewed_column_is_told_by_its_middle_half() -> None:
    """Where k-means needed a transform, the title tells the quartiles and the median, and nobody's own value."""
    claim = distribution.finding(distribution.numbers(shop_study(), "Orders"))
    assert claim.text == "Orders: the middle half lies between 2 and 9, the median is 5"


def test_categories_that_do_not_differ_are_said_not_to() -> None:
    """Gender, spread by chance, is no trait of a segment."""
    claim = category_split.finding(category_split.numbers(mall_study(), "Gender"))
    assert claim.text.startswith("Gender: no difference between the segments beyond chance (p = ")


def test_a_slight_difference_is_not_called_chance() -> None:
    """Beyond chance but negligible: `no difference beyond chance (p = 0.010)` would contradict its own figure."""
    shown = category_split.numbers(mall_study(), "Gender")
    assert shown.association is not None
    slight = replace(shown.association, p_value=0.01, effect=0.05, differs=False)
    claim = category_split.finding(replace(shown, association=slight))
    assert claim.text == "Gender: the segments differ only slightly (p = 0.010)"


def test_a_share_of_a_category_is_of_the_known_values() -> None:
    """Where some customers' level is not known, the subtitle says of how many the shares are."""
    shown = category_split.numbers(mall_study(), "Gender")
    assert "known" not in category_split.subtitle(shown)
    told = category_split.subtitle(replace(shown, n_known=shown.n_customers - 12))
    assert f"n = {shown.n_customers - 12} customers with a known value" in told


def test_categories_that_differ_are_told_by_the_widest_gap() -> None:
    """The level that one segment has most more often than all customers is told with both shares."""
    claim = category_split.finding(category_split.numbers(shop_study(), "Newsletter"))
    assert claim.text.startswith("Segments differ in newsletter: “yes” holds for 84% of Discount-Led")


def test_the_share_of_a_long_level_is_computed_from_its_whole_name() -> None:
    """Cut to what is drawn, it is no level of the column: its share came out as 0 when computed again."""
    study = shop_study()
    long = "University of Colorado Hospital Authority, Aurora"

    def renamed(profile: SegmentProfile) -> SegmentProfile:
        levels = (replace(one, level=long) if one.level == "yes" else one for one in profile.levels)
        return replace(profile, levels=tuple(levels))

    profile = study.facts.profile
    changed = with_profile(study, overall=renamed(profile.overall), segments=tuple(map(renamed, profile.segments)))
    shown = category_split.numbers(changed, "Newsletter")
    assert long not in shown.levels
    assert {quantity.recompute["level"] for quantity in category_split.finding(shown).quantities} == {long}


def test_rare_levels_are_drawn_together() -> None:
    """Of forty cities five have a colour, the others share one, and every row is shared out, the untold included."""
    shown = category_split.numbers(shop_study(), "City <b>")
    assert len(shown.levels) == category_split.MOST_LEVELS + 1
    assert shown.levels[-1] == category_split.REST
    assert all(sum(share or 0.0 for share in row.shares) + row.untold == pytest.approx(1) for row in shown.rows)


def test_weak_links_are_called_weak() -> None:
    """Below .3 no columns are said to move together."""
    assert correlations.finding(correlations.numbers(shop_study())).text == (
        "Items returned and discounts rise together (r = 0.87)"
    )
    study = mall_study()
    weak = tuple(replace(pair, r=pair.r / 10) for pair in study.facts.profile.correlations)
    claim = correlations.finding(correlations.numbers(with_profile(study, correlations=weak)))
    assert claim.text.startswith("No two columns move together")


def test_the_triangle_holds_every_pair_once() -> None:
    """Row i holds the correlations with the columns before it."""
    shown = correlations.numbers(shop_study())
    assert [len(row) for row in shown.cells] == list(range(len(shown.labels)))
    assert sum(len(row) for row in shown.cells) == len(shown.pairs)


@pytest.mark.parametrize(
    ("found", "capped", "end"),
    [(3, 3, "among 200 customers, all of them capped"), (3, 1, "1 of them capped"), (1, 0, "kept as it is")],
)
def test_outliers_say_what_was_done(found: int, capped: int, end: str) -> None:
    """All capped, some, or none: the title tells."""
    study = mall_study()
    quality = [replace(q, n_outliers=0, n_capped=0) for q in study.facts.quality]
    quality[2] = replace(quality[2], n_outliers=found, n_capped=capped)
    claim = outliers.finding(outliers.numbers(with_facts(study, quality=tuple(quality))))
    assert claim.text.startswith("Age: ")
    assert claim.text.endswith(end)


def test_no_outlier_is_a_finding_too() -> None:
    """Where nothing lies far out the title says so, with the customers looked at."""
    study = mall_study()
    calm = tuple(replace(q, n_outliers=0, n_capped=0) for q in study.facts.quality)
    claim = outliers.finding(outliers.numbers(with_facts(study, quality=calm)))
    assert claim.text == "No value of the 200 customers lies far out in any numeric column"


def test_gaps_are_counted_by_column() -> None:
    """The column with most gaps is told, and that they were filled in."""
    claim = missing_values.finding(missing_values.numbers(mall_study()))
    assert claim.text == "Age has most gaps: 4 of 200 cells, all filled in"
