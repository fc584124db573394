"""The named sentences: what they say, and when they are absent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from persona_facts import UNTRUSTED, column, facts, number, segment
from studies import mall_like_facts, many_feature_facts, no_structure_facts

from reportgen.personas import answers, column_answers, data_answers, evidence_answers
from reportgen.personas.answers import best_segment, write_headline
from reportgen.personas.naming import name_segments
from reportgen.personas.numbers import Numbers
from reportgen.records.profile import Association
from reportgen.records.study import Claim, Facts
from reportgen.records.table import Role

MALL, NONE, SHOP = mall_like_facts(), no_structure_facts(), many_feature_facts()


def ask(write: object, made: Facts) -> str:
    claim = write(Numbers(made), name_segments(made.profile))  # type: ignore[operator]
    return claim.text if isinstance(claim, Claim) else ""


def test_the_headline_names_the_segment_that_carries_most() -> None:
    """Size, share of customers and share of value of one named segment."""
    assert ask(write_headline, MALL) == (
        "Five segments; the 37 High-Income Spenders, 18% of customers, carry 30% of spending score."
    )


def test_without_value_the_headline_names_the_most_different() -> None:
    """The largest may be the dullest: what sets one apart is worth reading."""
    two = [segment(1, number("Income", 0.6), share=0.6), segment(2, number("Income", -1.0), share=0.4)]
    made = facts((column("Income"),), two)
    assert ask(write_headline, made) == (
        "Two segments; the 40 Low-Income Customers, 40% of customers, differ most: income 30.0 on average, against "
        "50.0 for all."
    )
    assert ask(answers.answer_value, made) == ("Value is unknown: no column can share it out among the 200 customers.")


def test_without_structure_the_headline_says_so() -> None:
    """The verdict, not five invented segments."""
    assert ask(write_headline, NONE) == "No segments beyond chance: the 200 customers form one group."


def test_segments_too_small_to_use_are_not_called_chance() -> None:
    """There is structure, but every division leaves a segment below the smallest size."""
    found = replace(NONE.evidence.structure, found=True)
    made = replace(NONE, evidence=replace(NONE.evidence, structure=found))
    assert ask(write_headline, made) == "No segments of a useful size: the 200 customers form one group."
    assert "no grouping has segments of sizes that can be used" in ask(answers.answer_segments, made)
    assert "no grouping has sizes that can be used" in ask(answers.answer_trust, made)


def test_segments_that_only_the_settings_ask_for_say_so() -> None:
    """A number of segments that was asked for where there is no structure."""
    asked = replace(MALL.evidence, structure=replace(MALL.evidence.structure, found=False))
    assert "the settings asked for this number" in ask(answers.answer_trust, replace(MALL, evidence=asked))
    assert "settings" not in ask(answers.answer_trust, MALL)


def test_the_best_segment_is_neither_the_largest_nor_a_handful() -> None:
    """Its share of value exceeds its share of customers most; an untrusted segment does not lead."""
    largest = segment(1, number("Income", 0.0), share=0.5, value_share=0.52)
    best = segment(2, number("Income", 1.0), share=0.2, value_share=0.3)
    handful = segment(3, number("Income", 2.0), share=0.01, value_share=0.04)
    weak = segment(4, number("Income", 2.0), share=0.1, value_share=0.5, trust=UNTRUSTED)
    assert best_segment([largest, best, handful, weak]) is best
    assert best_segment([replace(best, value_share=None)]) is None


def test_singular_and_plural_are_right() -> None:
    """One record was, two records were."""
    aside = tuple(entry for entry in MALL.set_aside if entry.action == "set aside")
    assert "2 records were set aside" in ask(answers.answer_customers, MALL)
    assert "1 record was set aside" in ask(answers.answer_customers, replace(MALL, set_aside=aside[:1]))
    assert "no record was set aside" in ask(answers.answer_customers, replace(MALL, set_aside=()))


def test_trust_is_said_in_plain_words() -> None:
    """Kind, and how many segments come back, without a term of statistics."""
    assert ask(answers.answer_trust, MALL) == (
        "The segments are groups by nature: gaps separate them; all five come back when the customers are drawn again."
    )


def test_the_vote_is_said_in_plain_words() -> None:
    """How many tests choose the number; which ones stands further back."""
    said = ask(answers.answer_segments, MALL)
    assert said.startswith("Five segments: ")
    assert "tests of their number" in said
    assert not any(vote.label in said for vote in MALL.evidence.votes)


def test_trust_names_the_segments_not_to_target() -> None:
    """By name, so that nobody has to look them up."""
    first, *rest = MALL.profile.segments
    made = replace(MALL, profile=replace(MALL.profile, segments=(replace(first, trust=UNTRUSTED), *rest)))
    said = ask(answers.answer_trust, made)
    assert "four of five can be relied on" in said
    assert "Do not target Middle-Income Average Spenders on their own." in said


def test_segments_that_do_not_come_back_are_of_no_kind() -> None:
    """Where none holds, the answer says so and calls them neither reproducible nor natural."""
    segments = tuple(replace(segment, trust=UNTRUSTED) for segment in MALL.profile.segments)
    said = ask(answers.answer_trust, replace(MALL, profile=replace(MALL.profile, segments=segments)))
    assert said.startswith("The segments do not come back when the customers are drawn again; none of five can be")


def test_the_choice_tells_how_many_agree_and_the_price_of_the_runner_up() -> None:
    """Which test says what stands in the reason below and in the chart of the votes."""
    told = ask(evidence_answers.answer_k_choice, SHOP)
    assert told.startswith("Three of five tests choose four segments. The runner-up")
    assert "The runner-up, five, would have silhouette" in told


def test_a_sampled_score_says_so() -> None:
    """The number of customers the scores come from."""
    made = replace(SHOP, evidence=replace(SHOP.evidence, n_rows_silhouette=1_000))
    assert "sample of 1,000 customers" in ask(evidence_answers.answer_k_choice, made)
    assert "sample" not in ask(evidence_answers.answer_k_choice, SHOP)


def test_gender_does_not_differ_is_stated() -> None:
    """The test's verdict for every describing column, both ways."""
    told = ask(column_answers.answer_descriptors, MALL)
    assert told.startswith(
        "Age differs between the segments (p < 0.001). Gender does not differ between the segments (p = "
    )


def test_a_significant_but_negligible_difference_is_called_slight() -> None:
    """p below .05 with an effect too small to matter is neither a difference nor none."""
    tested = [
        Association("A", "chi-square", 40.0, 0.001, 0.4, differs=True),
        Association("B", "chi-square", 30.0, 0.004, 0.3, differs=True),
        Association("C", "chi-square", 10.0, 0.01, 0.05, differs=False),
        Association("D", "chi-square", 1.0, 0.8, 0.01, differs=False),
        Association("E", "chi-square", 1.0, 0.6, 0.01, differs=False),
    ]
    columns = tuple(column(name) for name in "ABCDE")
    made = facts(columns, [segment(1, *(number(name, 1.0) for name in "ABCDE"))], associations=tested)
    assert ask(column_answers.answer_descriptors, made) == (
        "A and b differ between the segments (largest p = 0.004). C differs only slightly between the segments "
        "(p = 0.010). D and e do not differ between the segments (smallest p = 0.600)."
    )


def test_the_alternatives_are_told_with_their_figures() -> None:
    """Columns, number of segments, silhouette, agreement."""
    told = ask(evidence_answers.answer_alternatives, MALL)
    assert told.startswith("With age as well: five segments, silhouette ")


def test_refitting_noise_is_told() -> None:
    """Mean and 95th percentile of the customers moved; left out where it was not measured."""
    assert "Refitting alone moves 1.0% of customers on average and rarely more than 2.5%" in ask(
        evidence_answers.answer_stability, MALL
    )
    still = replace(MALL, evidence=replace(MALL.evidence, moved_by_refit=(0.0, 0.0)))
    assert "Refitting" not in ask(evidence_answers.answer_stability, still)


def test_reasons_are_quoted_only_where_they_print_numbers() -> None:
    """A reason without a number is no claim; one with numbers vouches for each."""
    assert not ask(evidence_answers.answer_k_reason, MALL)
    reason = "Silhouette is highest at .555, for 5 segments."
    made = replace(MALL, evidence=replace(MALL.evidence, reason=reason))
    claim = evidence_answers.answer_k_reason(Numbers(made), {})
    assert claim is not None
    assert claim.text == reason
    assert [quantity.value for quantity in claim.quantities] == [0.555, 5.0]


def test_a_workbook_is_read_from_a_sheet() -> None:
    """No delimiter where there is none; no header line where there is no header."""
    book = replace(MALL.read, format="xlsx", sheet="Customers", header_line=3)
    assert ask(data_answers.answer_reading, replace(MALL, read=book)) == (
        "202 records read from the sheet Customers of a workbook; the header stands on line 3."
    )
    bare = replace(MALL.read, delimiter=";", header_line=0)
    assert ask(data_answers.answer_reading, replace(MALL, read=bare)) == (
        "202 records read from a semicolon-separated file in utf-8 without a header."
    )


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ({"format": "parquet"}, "a Parquet file"),
        ({"format": "json lines"}, "a file of JSON lines in utf-8"),
        ({"format": "fixed width", "header_line": 0}, "a file of columns of fixed width in utf-8 without a header"),
        ({"format": "sqlite", "sheet": "customers"}, "the table customers of an SQLite database"),
        ({"format": "postgresql"}, "a query of a PostgreSQL database"),
    ],
)
def test_every_format_is_named(source: dict[str, Any], said: str) -> None:
    """A header line is told only where names stand in a row."""
    found = ask(data_answers.answer_reading, replace(MALL, read=replace(MALL.read, **source)))
    assert found == f"202 records read from {said}."


def test_what_cleaning_means_names_the_column_changed_most() -> None:
    """Filled in and capped cells of the worst shaping column; none at all is said too."""
    quality = tuple(replace(entry, n_imputed=0, n_capped=0) for entry in MALL.quality)
    clean = replace(MALL, quality=quality)
    assert ask(data_answers.answer_meaning, clean) == (
        "The segments of these 200 customers rest on values as exported alone."
    )
    alone = replace(clean, profile=replace(clean.profile, segments=()))
    assert ask(data_answers.answer_meaning, alone) == (
        "What is said of these 200 customers rests on values as exported alone."
    )
    place = next(i for i, entry in enumerate(quality) if entry.name == MALL.features.features[0].name)
    worse = [replace(entry, n_imputed=3, n_capped=1) if i == place else entry for i, entry in enumerate(quality)]
    assert "of its 200 values, 3 filled in, which" in ask(
        data_answers.answer_meaning, replace(MALL, quality=tuple(worse))
    )


def test_the_records_add_up_in_words() -> None:
    """Read, repaired and set aside, what cleaning changed, and how many customers all of that leaves."""
    assert ask(data_answers.answer_cleaning, MALL) == (
        "202 records = 200 read as they are + 1 repaired + 1 set aside in reading. "
        "Cleaning filled in 6 cells and capped 1 outlying value. "
        "In all, 2 records were set aside, which leaves 200 customers."
    )


def test_clean_data_is_called_clean() -> None:
    """Nothing missing, nothing far out, no duplicate: said with a number all the same."""
    quality = tuple(replace(entry, n_missing=0, n_imputed=0, n_outliers=0, n_capped=0) for entry in MALL.quality)
    made = replace(MALL, quality=quality, notes=())
    assert ask(data_answers.answer_missing, made) == "No cell is missing."
    assert ask(data_answers.answer_outliers, made) == "No value lies beyond Tukey's fences."
    assert ask(data_answers.answer_duplicates, made) == "No duplicate records were found."


def test_record_numbers_are_named_as_ids() -> None:
    """Only where the export has no id of its own."""
    assert not ask(data_answers.answer_no_id, MALL)
    assert "record numbers identify the 200 customers" in ask(data_answers.answer_no_id, replace(MALL, id_column=""))


@pytest.mark.parametrize(
    "write",
    [
        answers.answer_value,
        evidence_answers.answer_k_choice,
        evidence_answers.answer_stability,
        column_answers.answer_descriptors,
        evidence_answers.answer_alternatives,
    ],
)
def test_answers_about_segments_are_absent_without_segments(write: object) -> None:
    """Nothing is said of segments that were not found."""
    assert not ask(write, NONE)


def test_columns_are_counted_not_named_twice() -> None:
    """The feature stage's reason, printed below, names them."""
    columns = tuple(column(f"Column {letter}", Role.MEASURE) for letter in "abcdefghij")
    made = facts(columns, [segment(1, *(number(entry.name, 1.0) for entry in columns))])
    assert ask(column_answers.answer_features, made) == "Ten columns shape the segments."
