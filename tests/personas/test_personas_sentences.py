"""Who the segments are, in sentences."""

from __future__ import annotations

from dataclasses import replace

from persona_facts import UNTRUSTED, column, facts, level, number, segment
from studies import mall_like_facts

from reportgen.personas import proofs
from reportgen.personas.naming import name_segments
from reportgen.personas.numbers import Numbers
from reportgen.personas.sentences import find_traits, write_descriptors, write_sentences, write_typical, write_who
from reportgen.records.profile import Association, SegmentProfile
from reportgen.records.study import Facts
from reportgen.records.table import Column, Role

INCOME = column("Annual Income", unit="k$")
SCORE = column("Spending Score", Role.SCORE)
AGE = column("Age", Role.AGE)
CITY = Column("City", "City", "", None, Role.CATEGORY, "given", 1.0, "category")
DIFFERS = Association("City", "chi-square", 9.0, 0.001, 0.3, differs=True)


def spoken(made: Facts, place: int = 0) -> list[str]:
    return [claim.text for claim in write_sentences(Numbers(made), made.profile.segments[place])]


def one(*numbers_: tuple[Column, float], **changes: object) -> Facts:
    columns = tuple(entry for entry, _ in numbers_)
    numbers = (number(entry.name, difference) for entry, difference in numbers_)
    return facts(columns, [replace(segment(1, *numbers), **changes)])


def with_city(*levels: tuple[str, float, float, int], association: Association = DIFFERS) -> Facts:
    made_levels = tuple(level("City", text, share, overall, n) for text, share, overall, n in levels)
    only = segment(1, number("Annual Income", 1.0), levels=made_levels)
    return facts((INCOME, CITY), [only], associations=[association])


def test_a_header_that_says_annual_income_lends_its_verb() -> None:
    """With the mean, the gap and its direction."""
    assert spoken(one((INCOME, 1.0), (SCORE, -1.0))) == [
        "They earn 70.0 k$ a year, 20.0 k$ more than the average customer.",
        "In spending score they average 30.0, 20.0 points below the average customer.",
    ]


def test_a_header_without_an_entry_gets_a_plain_sentence() -> None:
    """Both means, no verb that the header does not carry."""
    assert (
        spoken(one((column("Milk", unit="€"), 1.0)))[0]
        == "In milk they average €70.0, against €50.0 for all customers."
    )


def test_a_small_difference_is_called_close() -> None:
    """Below a tenth of an SD there is no more or less."""
    assert spoken(one((INCOME, 0.05)))[0] == "They earn 51.0 k$ a year, close to the 50.0 k$ of all customers."


def bent(header: Column, difference: float, mean: float) -> Facts:
    """A column that is clustered as its logarithm: the mean of all is 50, and can lie on the other side."""
    made = facts((header,), [segment(1, number(header.name, difference, mean=mean))])
    logged = replace(made.profile.features[0], transform="log1p")
    return replace(made, profile=replace(made.profile, features=(logged,)))


def test_more_and_less_are_told_by_the_means_that_are_printed() -> None:
    """`They average 40, 10 more than the average customer` was said where the logarithm pointed the other way."""
    assert spoken(bent(SCORE, 0.4, 40.0))[0] == (
        "In spending score they average 40.0, 10.0 points below the average customer."
    )


def test_close_on_a_logarithm_is_not_close() -> None:
    """Means that print differently are told with their gap where the difference is measured on another scale."""
    assert spoken(bent(INCOME, 0.05, 45.0))[0] == "They earn 45.0 k$ a year, 5.0 k$ less than the average customer."
    assert spoken(bent(INCOME, 0.05, 50.0))[0] == "They earn 50.0 k$ a year, close to the 50.0 k$ of all customers."


def test_one_column_still_gives_two_sentences() -> None:
    """The size stands in."""
    assert spoken(one((INCOME, 1.0)))[1] == "They are 20% of all 200 customers."


def test_age_is_told_only_where_the_segments_differ_in_it() -> None:
    """The same figures, with and without the test's verdict."""
    columns, only = (
        (INCOME, SCORE, AGE),
        segment(1, *(number(name, 1.0) for name in ("Annual Income", "Spending Score", "Age"))),
    )
    shaping = ("Annual Income", "Spending Score")
    told = Association("Age", "Kruskal–Wallis", 30.0, 1e-6, 0.3, differs=True)
    differing = facts(columns, [only], associations=[told], shaping=shaping)
    alike = facts(columns, [only], associations=[replace(told, differs=False)], shaping=shaping)
    assert "They are 70.0 years old on average, 20.0 years older than the average customer." in spoken(differing)
    assert not any("years" in sentence for sentence in spoken(alike))


def test_a_level_is_told_by_lift_and_points() -> None:
    """42 % against 25 % of all customers is worth a clause."""
    made = with_city(("Ulm", 0.42, 0.25, 17), ("Bath", 0.58, 0.75, 23))
    assert "City is Ulm for 42% of them, against 25% of all customers." in spoken(made)


def test_levels_that_hardly_differ_or_are_rare_are_not_told() -> None:
    """92 against 90 %, 2 against 1 %, and five customers are not worth a clause."""
    for levels in (("Ulm", 0.92, 0.90, 37), ("Ulm", 0.02, 0.01, 20), ("Ulm", 0.40, 0.10, 5), ("other", 0.6, 0.2, 24)):
        made = with_city(levels)
        assert not find_traits(Numbers(made), made.profile.segments[0])


def test_a_category_that_does_not_differ_is_not_told() -> None:
    """The test of association decides, not one striking level."""
    made = with_city(("Ulm", 0.42, 0.25, 17), association=replace(DIFFERS, differs=False))
    assert "Ulm" not in " ".join(spoken(made))


def test_traits_of_numbers_and_levels_are_ranked_alike() -> None:
    """In SD: age by 1.0 goes before a city by .39, and both before one by .3."""
    told = replace(DIFFERS, column="Age")
    only = segment(1, number("Annual Income", 1.0), number("Age", 1.0), levels=(level("City", "Ulm", 0.42, 0.25),))
    made = facts((INCOME, CITY, AGE), [only], associations=[DIFFERS, told], shaping=("Annual Income",))
    traits = find_traits(Numbers(made), only)
    assert [trait.column.name for trait in traits] == ["Age", "City"]
    assert traits[1].strength < 0.5 < traits[0].strength
    descriptors = write_descriptors(Numbers(made), only)
    assert descriptors is not None
    assert descriptors.text == "City is Ulm for 42% of them, against 25% of all customers."


def test_a_hostile_level_is_scrubbed_and_clipped() -> None:
    """Forty characters, no control characters; markup is left to the templates to escape."""
    made = with_city(("<script>\x00" + "x" * 300, 0.42, 0.25, 17))
    sentence = next(text for text in spoken(made) if "script" in text)
    assert "\x00" not in sentence
    assert len(sentence) < 120


def test_the_table_line_names_the_columns_in_file_order() -> None:
    """Columns that tell most, in the export's order."""
    made = one((INCOME, 0.6), (SCORE, 2.0))
    assert write_who(Numbers(made), made.profile.segments[0]).text == "Annual income 62.0 k$, spending score 90.0"


def test_a_typical_customer_is_banded() -> None:
    """Bands, not a customer's values, and never an id."""
    made = with_city(("Ulm", 0.62, 0.25, 25))
    claim = write_typical(Numbers(made), made.profile.segments[0])
    assert claim.text == "Typical: annual income 65 to 75 k$, city Ulm (62% of them)."


def test_what_most_members_are_not_is_not_typical() -> None:
    """42% may stand out from all customers; a typical member is something else."""
    made = with_city(("Ulm", 0.42, 0.25, 17))
    assert write_typical(Numbers(made), made.profile.segments[0]).text == "Typical: annual income 65 to 75 k$."


def test_the_same_customers_are_told_once() -> None:
    """Six columns say `No internet service` of the same third: one sentence does."""
    levels = tuple(level(name, "none", 0.42, 0.25, 17) for name in ("City", "Region"))
    region = replace(CITY, name="Region", label="Region")
    associations = [DIFFERS, replace(DIFFERS, column="Region")]
    only = segment(1, number("Annual Income", 1.0), levels=levels)
    made = facts((INCOME, CITY, region), [only], associations=associations)
    assert [trait.column.name for trait in find_traits(Numbers(made), only)] == ["City"]


def test_further_descriptors_go_beyond_the_sentences() -> None:
    """Nothing is said twice; None where nothing is left to say."""
    made = with_city(("Ulm", 0.42, 0.25, 17))
    assert write_descriptors(Numbers(made), made.profile.segments[0]) is None


def proof_of(only: SegmentProfile, *columns: Column) -> str:
    made = facts(columns, [only])
    names = name_segments(made.profile)
    claim = proofs.write_proof(Numbers(made), only, names[1], names)
    return claim.text if claim else ""


def test_each_word_of_a_name_is_proved() -> None:
    """Difference, coverage, persistence; quartiles for a middle word."""
    only = segment(1, number("Annual Income", 1.0), number("Spending Score", 0.0))
    assert proof_of(only, INCOME, SCORE) == (
        "“High-Income”: annual income +1.0 SD, at least 75% of members above the median, in 100% of draws; “Average "
        "Spenders”: spending score 0.0 SD, the middle half of members between all customers' quartiles."
    )


def test_a_name_by_comparison_says_what_it_compares() -> None:
    """Two means, and nothing on most members or on draws."""
    columns = (column("Grocery"),)
    made = facts(
        columns,
        [
            segment(1, number("Grocery", -0.6, persistence=0.5), share=0.6),
            segment(2, number("Grocery", 1.0), share=0.4),
        ],
    )
    names = name_segments(made.profile)
    claim = proofs.write_proof(Numbers(made), made.profile.segments[0], names[1], names)
    assert claim is not None
    assert claim.text == "“Lower-Grocery”: in grocery they average 38.0, against 70.0 for High-Grocery Customers."


def test_a_name_without_words_has_no_proof() -> None:
    """Mixed Customers claim nothing."""
    assert not proof_of(segment(1, number("Income", 1.0, persistence=0.1)), column("Income"))


def test_an_untrusted_segment_says_not_to_target_it() -> None:
    """With the Jaccard, the dissolved share and the segment to merge with."""
    made = one((INCOME, 1.0), trust=UNTRUSTED)
    assert proofs.write_trust(Numbers(made), made.profile.segments[0], "Low-Income Customers").text == (
        "Drawing the customers again does not find the segment again (mean Jaccard 0.40, dissolved in 58% of the "
        "draws); fewer than 10 of its 40 customers stand close to another segment. Do not target its 40 "
        "customers on their own; merge it with Low-Income Customers."
    )


def test_a_rule_prints_its_thresholds_precision_and_coverage() -> None:
    """Every number of the rule is a quantity."""
    made = mall_like_facts()
    claim = proofs.write_rule(Numbers(made), made.profile.segments[1])
    assert claim is not None
    assert claim.text.startswith("Annual income > ")
    assert len(claim.quantities) == 4


def test_a_segment_without_a_faithful_rule_has_none() -> None:
    """No rule is better than a misleading one."""
    made = one((INCOME, 1.0))
    assert proofs.write_rule(Numbers(made), made.profile.segments[0]) is None
