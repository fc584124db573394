"""What is said of the change since the month before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from changed_facts import CHANGED, compare, formless, members_of, moved, of_mall, thin
from studies import mall_like_facts

from reportgen.engine.everyone import TableOfEveryone
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.personas.naming import name_segments
from reportgen.personas.numbers import Numbers
from reportgen.personas.stage import WRITERS
from reportgen.records.history import Alert, Refit
from reportgen.records.study import Facts


def said(facts: Facts, name: str) -> str:
    """The answer of that name, or empty."""
    claim = WRITERS[name](Numbers(facts), name_segments(facts.profile))
    return claim.text if claim else ""


def with_change(facts: Facts, **changes: object) -> Facts:
    assert facts.change is not None
    return replace(facts, change=replace(facts.change, **changes))


def test_the_first_month_is_the_baseline() -> None:
    """Without an earlier month nothing is compared."""
    facts = mall_like_facts()
    assert said(facts, "change").startswith("This run is not compared with an earlier month")
    assert not any(said(facts, name) for name in ("moves", "shares", "fates", "alerts", "drift", "confirmed", "refit"))


def test_movement_is_told_beside_the_noise() -> None:
    """How many moved, and how many would move anyway; the new and the gone are told apart."""
    assert said(of_mall("busy"), "change") == (
        "12 of 188 customers are in another segment than in September 2026; chance alone would move 2 to 5. 12 "
        "are new, 12 are gone."
    )


def test_a_quiet_month_is_one_sentence() -> None:
    """Nothing moved beyond noise: no moves, no shares, no fates."""
    facts = of_mall("quiet")
    assert said(facts, "change").startswith("Nothing moved beyond noise since September 2026: 0 of 200 customers")
    assert not any(said(facts, name) for name in ("moves", "shares", "fates", "renewal", "alerts"))


def test_turnover_of_few_is_not_told() -> None:
    """Three new customers stand in no sentence, nor the number of both months, from which they would follow."""
    text = said(thin(mall_like_facts()), "change")
    assert text.startswith("15 of the then 197 customers are in another segment")
    assert text.endswith("How many are new or gone is not told: it would tell of fewer than 10 customers.")


def test_a_move_within_noise_is_not_told() -> None:
    """Four customers of two hundred move anyway: the month is quiet, though they are counted."""
    facts = mall_like_facts()
    few = compare(facts, moved(members_of(facts.segmentation.labels), 4, 1, 2))
    assert said(few, "change").startswith(
        "Nothing moved beyond noise since September 2026: fewer than 10 of 200 customers"
    )
    assert not said(few, "moves")


def test_a_merge_a_birth_and_a_death_are_told_by_name() -> None:
    """Segments that became one are named with their customers, and each other change of a segment once."""
    text = said(of_mall("renewed"), "fates")
    first = name_segments(mall_like_facts().profile)[1].text
    assert text.startswith(f"{first} (42) and Patient 6s (41) are now one segment, {first} (83).")
    assert text.count("is a new segment") == 1
    assert text.count("Patient 7s is retired") == 1


def test_shares_beyond_noise_are_told_with_value() -> None:
    """The segments that grew or shrank most, with their part of the value column."""
    text = said(of_mall("busy"), "shares")
    assert "High-Income Spenders grew from 12% to 18% of customers (of spending score: 12% to 18%)" in text
    assert text.count("shrank") == 1


def test_without_ids_no_movement_is_claimed() -> None:
    """Sizes are compared, and why nobody is followed is said."""
    text = said(of_mall("without ids"), "change")
    assert text == (
        "The export holds 200 customers, against 200 in September 2026; who moved is not known: there is no id to "
        "follow them by."
    )


def test_too_many_customers_are_not_followed() -> None:
    """Where customers are too many to be followed one by one, that is the reason that is given."""
    facts = replace(of_mall("without ids"), id_column="CustomerID")
    everyone = TableOfEveryone(InMemoryEngine(), None, facts.n_customers, (), lambda _batch: np.empty((0, 0)))
    facts = replace(facts, features=replace(facts.features, everyone=everyone))
    assert said(facts, "change").endswith("who moved is not known: they are too many to be followed one by one.")


def test_new_ids_are_noticed() -> None:
    """Where no customer of the month before is found again, that is what is said."""
    facts = mall_like_facts()
    members = {i: [n + 10_000 for n in rows] for i, rows in members_of(facts.segmentation.labels).items()}
    assert said(compare(facts, members), "change").startswith("None of the 200 customers of September 2026 is in")


def test_a_month_without_segments_is_told() -> None:
    """After a month with segments, one without compares the number of customers alone and retires nothing."""
    facts = formless()
    assert said(facts, "change").endswith("who moved is not known: a month has no segments.")
    assert said(facts, "alerts").endswith("Its customers form one group; in September 2026 there were two segments.")
    assert not said(facts, "fates")


@pytest.mark.parametrize(
    ("alert", "sentence"),
    [
        (Alert("old data", "", 0.0, 2.0), "its newest date lies two months before the period."),
        (Alert("old data", "", 1.0, 2.0), "two months before the period, against one in September 2026."),
        (Alert("later data", "", 0.0, 1.0), "It may be a later one: its newest date lies one month after the period."),
        (Alert("row count", "", 500.0, 200.0), "It holds 200 records, against 500 in September 2026."),
        (Alert("no structure", "", 5.0, 1.0), "in September 2026 there were five segments."),
        (Alert("column gone", "Tier 3", 0.0, 0.0), "One column of September 2026 is missing: Tier 3."),
        (Alert("column kind", "Age", 0.0, 0.0), "One column holds another kind of data than in September 2026: age."),
        (Alert("missing values", "Age", 0.02, 0.31), "Age is missing for 31% of customers, against 2%."),
        (Alert("unseen levels", "Gender", 0.0, 14.0), "14 customers have a gender that was never seen before."),
        (Alert("drift", "Age", 0.25, 0.4), "One column is spread otherwise than when the segments were made: age."),
    ],
)
def test_every_alert_is_a_sentence(alert: Alert, sentence: str) -> None:
    """Each kind of alert says in figures what is to be checked."""
    text = said(with_change(of_mall("quiet"), alerts=(alert,)), "alerts")
    assert text.startswith("Check the export before you rely on this month. ")
    assert text.endswith(sentence)


def test_many_columns_are_pooled() -> None:
    """Past three columns of one kind the others are only counted."""
    alerts = tuple(Alert("column new", name, 0.0, 0.0) for name in ("a", "b", "c", "d"))
    assert said(with_change(of_mall("quiet"), alerts=alerts), "alerts").endswith(
        "Four columns are new: a, b, c and others."
    )


@pytest.mark.parametrize(
    ("k_found", "sentence"),
    [(6, "fall into six, not into the five"), (5, "five new ones would fit"), (1, "no longer fall into the five")],
)
def test_a_refit_is_recommended_in_plain_words(k_found: int, sentence: str) -> None:
    """What to do is on the answer page, the figures stand with the evidence."""
    facts = with_change(of_mall("quiet"), refit=Refit(5, k_found, 0.31, 0.44, 0.62, is_recommended=True))
    assert sentence in said(facts, "renewal")
    assert "0.31 on this month's customers, new ones 0.44" in said(facts, "refit")
    kept = with_change(facts, refit=Refit(5, 5, 0.4, 0.41, 0.97, is_recommended=False))
    assert not said(kept, "renewal")
    assert said(kept, "refit").endswith("There is no reason to make them anew.")


def test_names_tell_when_they_were_last_proved() -> None:
    """A name that this month no longer proves says since when."""
    facts = of_mall("quiet")
    assert facts.change is not None
    first, second, *others = facts.change.segments
    older = (replace(first, named="2026-08"), replace(second, named="2026-08"))
    names = name_segments(facts.profile)
    assert said(with_change(facts, segments=(*older, *others)), "confirmed") == (
        f"Three of five names were proved again this month; {names[1].text} and {names[2].text} were last proved in "
        "August 2026."
    )
    all_older = tuple(replace(entry, named="2026-08") for entry in facts.change.segments)
    assert said(with_change(facts, segments=all_older), "confirmed").endswith("names were last proved in August 2026.")
    assert said(facts, "confirmed") == "All five names were proved again this month."


@pytest.mark.parametrize("kind", CHANGED)
def test_sentences_fit_where_they_are_set(kind: str) -> None:
    """No sentence of the change is cut off on a page."""
    names = ("change", "moves", "shares", "fates", "renewal", "drift", "confirmed", "alerts", "refit")
    assert all(len(said(of_mall(kind), name)) < 600 for name in names)
