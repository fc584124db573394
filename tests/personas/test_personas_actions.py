"""What to do, why, and the test that could refute it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from persona_facts import UNTRUSTED, column, facts, number, segment

from reportgen.errors import ReportgenError
from reportgen.personas._toml import FOLDER, parse_file
from reportgen.personas.actions import nearest_trusted, value_side, write_actions, write_do
from reportgen.personas.naming import name_segments
from reportgen.personas.numbers import Numbers
from reportgen.personas.playbook import Playbook, playbook
from reportgen.personas.trials import write_test
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Facts
from reportgen.records.table import Contact, Role

FILE = (FOLDER / "actions.toml").read_text(encoding="utf-8")
INCOME, SCORE = column("Annual Income", unit="k$"), column("Spending Score", Role.SCORE)


def mall(income: float, spending: float, **changes: object) -> tuple[Facts, SegmentProfile]:
    only = replace(segment(1, number("Annual Income", income), number("Spending Score", spending)), **changes)
    return facts((INCOME, SCORE), [only], value="Spending Score"), only


def test_the_most_specific_action_comes_first() -> None:
    """Both conditions met go before one; the reason prints both means."""
    made, only = mall(1.0, 1.2, value_share=0.35)
    actions = write_actions(Numbers(made), only)
    assert actions[0].do == "Give early access to new and premium ranges"
    assert actions[0].reason.text == (
        "They can and do spend: income 70.0 k$ and spending 74.0, against 50.0 k$ and 50.0 for all customers."
    )
    assert actions[1].reason.text == "They carry 35% of spending score with 20% of customers."


def test_the_message_for_everybody_names_its_topic() -> None:
    """Two segments never get the same empty advice; a sensitive column or a label with digits stays unnamed."""
    for header, said in {
        "Grocery": "Write one message on grocery, where they are below average",
        "Age": "Write one message on what sets them apart",
        "Wave 3": "Write one message on what sets them apart",
    }.items():
        made = facts((column(header),), [segment(1, number(header, -1.0))])
        assert said in [action.do for action in write_actions(Numbers(made), made.profile.segments[0])]


def test_the_topic_lies_where_its_mean_lies() -> None:
    """Above on the logarithm, below in the means that stand beside it: below is said."""
    made = facts((column("Grocery"),), [segment(1, number("Grocery", 0.6, mean=40.0))])
    said = [action.do for action in write_actions(Numbers(made), made.profile.segments[0])]
    assert "Write one message on grocery, where they are below average" in said


@pytest.mark.parametrize(
    ("contacts", "channel"),
    [((), ""), (("post",), ""), (("e-mail",), "E-mail"), (("telephone", "e-mail"), "E-mail, then telephone")],
)
def test_a_channel_is_named_only_where_the_export_knows_it(contacts: tuple[Contact, ...], channel: str) -> None:
    """No contact column, no channel; several in the order of the proposal; the offer stands in any case."""
    made, only = mall(1.0, 1.2)
    known = tuple(replace(column(way, Role.PERSONAL), kind="text", contact=way) for way in contacts)
    first, *_ = write_actions(Numbers(replace(made, columns=(*made.columns, *known))), only)
    assert (first.offer, first.channel) == ("Early access", channel)


def test_no_two_actions_stand_on_one_column() -> None:
    """Low spending is used once, so that a high-income segment is not offered small packs as well."""
    made, only = mall(1.0, -1.2)
    done = [action.do for action in write_actions(Numbers(made), only)]
    assert done[0].startswith("Show quality")
    assert "Offer entry products and small packs" not in done


@pytest.mark.parametrize("differences", [(1.0, 1.0), (0.0, 0.0), (-1.0, 0.6), (0.3, -2.0)])
def test_every_trusted_segment_gets_two_or_three_actions(differences: tuple[float, float]) -> None:
    """Two fit every segment, three are the most."""
    made, only = mall(*differences)
    assert 2 <= len(write_actions(Numbers(made), only)) <= 3


def test_an_unproved_side_meets_no_condition() -> None:
    """High spending that does not persist gives no action for spenders."""
    columns = (INCOME, SCORE)
    shaky = segment(1, number("Annual Income", 1.0), number("Spending Score", 1.0, persistence=0.5))
    made = facts(columns, [shaky])
    done = [action.do for action in write_actions(Numbers(made), made.profile.segments[0])]
    assert "Give early access to new and premium ranges" not in done


def test_an_untrusted_segment_is_not_targeted() -> None:
    """No actions, and the line for the table names the nearest trusted segment."""
    weak = segment(1, number("Annual Income", 1.0), number("Spending Score", 1.0), trust=UNTRUSTED)
    near = segment(2, number("Annual Income", 0.9), number("Spending Score", -0.8))
    far = segment(3, number("Annual Income", -2.0), number("Spending Score", -2.0))
    made = facts((INCOME, SCORE), [weak, near, far])
    numbers, names = Numbers(made), name_segments(made.profile)
    assert write_actions(numbers, weak) == ()
    assert write_do((), nearest_trusted(numbers, weak, names)) == "Do not target: merge with High-Income Savers"


def test_without_a_trusted_neighbour_there_is_nothing_to_merge_with() -> None:
    """The advice stands alone."""
    weak = segment(1, number("Annual Income", 1.0), trust=UNTRUSTED)
    made = facts((INCOME,), [weak])
    assert write_do((), nearest_trusted(Numbers(made), weak, name_segments(made.profile))) == "Do not target"


def test_a_small_segment_says_what_its_split_can_show() -> None:
    """39 customers: 20 and 19, nine tenths of an SD."""
    made, only = mall(1.0, 1.0, n_customers=39)
    assert write_test(Numbers(made), only, "mean", "test").text == (
        "With 39 customers a split of 20 and 19 can show only a difference of 0.9 SD or more."
    )
    assert write_test(Numbers(made), only, "share", "test").text == (
        "With 39 customers a split of 20 and 19 can show only a rise from 5% (assumed) to 39% or more."
    )


def test_a_large_segment_says_the_sample_it_needs() -> None:
    """The assumptions are printed as assumed."""
    made, only = mall(1.0, 1.0, n_customers=10_000)
    assert write_test(Numbers(made), only, "mean", "test").text == (
        "Draw 393 customers at random for the action and 393 who are left alone: enough to show a difference of 0.2 SD "
        "(assumed) with a chance of 80%."
    )
    assert "a rise from 5% to 8% (assumed)" in write_test(Numbers(made), only, "share", "test").text


def test_just_too_few_customers_are_a_small_segment() -> None:
    """Twice the group's size is needed, not one customer less."""
    made, only = mall(1.0, 1.0)
    enough = write_test(Numbers(made), replace(only, n_customers=786), "mean", "test")
    short = write_test(Numbers(made), replace(only, n_customers=785), "mean", "test")
    assert enough.text.startswith("Draw 393")
    assert short.text.startswith("With 785")


@pytest.mark.parametrize(("share", "side"), [(0.25, "high"), (0.2, "middle"), (0.16, "low"), (None, None)])
def test_value_is_judged_against_the_share_of_customers(share: float | None, side: str | None) -> None:
    """A quarter more or less; nothing where value is unknown."""
    assert value_side(segment(1, number("Income", 1.0), value_share=share)) == side


def test_every_action_of_the_file_can_be_said() -> None:
    """Every template has its numbers, so that no edit surprises in the middle of a run."""
    assert all(
        proposal.do and proposal.offer and proposal.channel and proposal.measure for proposal in playbook().action
    )
    assert sum(not proposal.when for proposal in playbook().action) >= 2


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("They are {customers} customers, {share} of all.", "They are many.", "states no number"),
        ("They are {customers} customers, {share} of all.", "They carry {value_share}.", "not known here"),
        ("Welcome series", "Series of 5", "prints a number"),
        ("raised = 0.08", "raised = 0.04", "more than baseline"),
        ('outcome = "mean"', 'outcome = "median"', "outcome"),
        ("They are {customers}", "They are {customers!r}", "braces hold a name"),
    ],
)
def test_a_mistake_in_the_file_is_named(before: str, after: str, complaint: str) -> None:
    """The message names the file and what is wrong."""
    with pytest.raises(ReportgenError, match=r"actions\.toml") as raised:
        parse_file("actions.toml", FILE.replace(before, after, 1), Playbook)
    assert complaint in raised.value.sentence
