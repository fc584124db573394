"""Names over the months: kept from before, given by a person, apart from one another."""

from __future__ import annotations

from dataclasses import replace

from persona_facts import facts, two_columns

from reportgen.personas.keeping import settle_names
from reportgen.personas.stage import write_study
from reportgen.records.study import Decided, Facts
from reportgen.theme import Theme

THREE = two_columns({1: (-0.2, 0.0), 2: (1.0, 1.2), 3: (-1.3, -1.1)})
FRESH = ["Middle-Income Average Spenders", "High-Income Spenders", "Low-Income Savers"]
THEME = Theme(primary="#1F3A5F", accent="#B3541E")


def told_facts() -> Facts:
    return facts(THREE.columns, THREE.segments)


def texts(known: dict[int, str], given: dict[int, str]) -> list[str]:
    return [name.text for name in settle_names(THREE, known, given).values()]


def test_without_a_past_the_data_name_the_segments() -> None:
    """The first month has the names that are proved."""
    assert texts({}, {}) == FRESH


def test_a_name_stays_even_where_the_data_would_give_another() -> None:
    """A segment keeps its name; what this month would say is kept beside it."""
    name = settle_names(THREE, {1: "Quiet Regulars"}, {})[1]
    assert (name.text, name.origin, name.otherwise) == ("Quiet Regulars", "kept", FRESH[0])


def test_a_name_that_is_proved_again_needs_no_word() -> None:
    """The same name from the data: nothing is said of where it comes from."""
    assert settle_names(THREE, {2: "High-Income Spenders"}, {})[2].origin == ""


def test_a_persons_name_is_stronger_than_the_past() -> None:
    """What the settings say goes first."""
    assert texts({2: "High-Income Spenders"}, {2: "VIPs"})[1] == "VIPs"


def test_a_new_segment_never_takes_a_known_name() -> None:
    """A known segment keeps its name, the new one that would have it too gets a letter."""
    assert texts({3: "High-Income Spenders"}, {})[1:] == ["High-Income Spenders B", "High-Income Spenders"]


def test_the_proof_says_that_a_name_is_old() -> None:
    """The sentence behind a kept name says that this month alone would say something else, and proves that."""
    told = write_study(told_facts(), THEME, settle_names(THREE, {2: "Friends"}, {})).persona(2)
    assert told.proof is not None
    assert told.proof.text.startswith(
        "The name is that of the months before; this month's 40 customers alone would be called High-Income Spenders."
    )


def test_what_a_person_has_decided_stands_in_the_report() -> None:
    """What to do and a remark come from the settings where they say so."""
    made = replace(told_facts(), decided={2: Decided(do="Invite to the club.", note="Ask Anna first.")})
    told = write_study(made, THEME).persona(2)
    assert (told.do, told.note) == ("Invite to the club.", "Ask Anna first.")
