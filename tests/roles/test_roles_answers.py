"""Answers on one scale: 1 to 5 in several columns, numbers with words behind them, the wordings of a scale."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from raw_tables import ENGINE, raw_table_of, settings_of

from reportgen.engine.text_answers import scales
from reportgen.errors import ReportgenError
from reportgen.records.table import CleanTable, Column, Role
from reportgen.roles.stage import assign_roles
from reportgen.tabulate import tabulate

N = 60
QUESTIONS = ("I buy online", "Price matters to me", "I would recommend the brand", "Is our service good?")
AGREEMENT = ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")


def survey(answer: Callable[[int], str], headers: tuple[str, ...] = QUESTIONS, steps: int = 5) -> dict[str, list[str]]:
    """A respondent's id, an age and answers; the i-th respondent's step differs from question to question."""
    columns = {"Respondent ID": [f"R{i:03d}" for i in range(N)], "Age": [str(20 + i % 50) for i in range(N)]}
    for k, header in enumerate(headers, start=2):
        columns[header] = [answer((i * k + i // 7) % steps + 1) for i in range(N)]
    return columns


def columns_of(answers: dict[str, list[str]], **settings: object) -> dict[str, Column]:
    table = raw_table_of(answers)
    return {column.name: column for column in assign_roles(table, settings_of(**settings), ENGINE)}


def cleaned(answers: dict[str, list[str]], **settings: object) -> CleanTable:
    table, chosen = raw_table_of(answers), settings_of(**settings)
    return tabulate(table, assign_roles(table, chosen, ENGINE), chosen, ENGINE)


def roles_in(found: dict[str, Column], headers: tuple[str, ...]) -> set[tuple[Role, tuple[float, float] | None]]:
    return {(found[header].role, found[header].scale) for header in headers}


@pytest.mark.parametrize(
    ("answer", "headers"),
    [
        (str, QUESTIONS),
        (str, ("Q1", "Q2", "Q3", "Q4", "Q5")),
        (str, ("Seat comfort", "Cleanliness", "Food and drink", "Online boarding")),
        (lambda step: f"{step} - {AGREEMENT[step - 1]}", QUESTIONS),
        (lambda step: f"{step} (not at all)" if step == 1 else str(step), QUESTIONS),
        (lambda step: AGREEMENT[step - 1], QUESTIONS[:2]),
        (
            lambda step: ("sehr unzufrieden", "unzufrieden", "teils/teils", "zufrieden", "sehr zufrieden")[step - 1],
            QUESTIONS,
        ),
        (lambda step: ("Jamais", "Rarement", "Parfois", "Souvent", "Toujours")[step - 1], QUESTIONS),
    ],
)
def test_answers_on_one_scale_are_scores(answer: Callable[[int], str], headers: tuple[str, ...]) -> None:
    """A survey was refused: no column could shape segments."""
    columns = survey(answer, headers)
    assert roles_in(columns_of(columns), headers) == {(Role.SCORE, (1.0, 5.0))}
    table = cleaned(columns)
    values = ENGINE.to_arrays(table.frame, list(headers))
    expected = survey(str, headers)
    assert all(values[header].tolist() == [float(step) for step in expected[header]] for header in headers)


def test_codes_that_each_have_their_own_range_are_none() -> None:
    """Codes of schooling, trade and region beside one another; three columns of 1 to 5; 1 to 4; steps of RFM."""
    codes = survey(str, ("Schooling", "Trade", "Segment", "Band"))
    codes["Trade"] = [str(1 + i % 6) for i in range(N)]
    codes["Band"] = [str(1 + i % 3) for i in range(N)]
    for columns in (codes, survey(str, ("V1", "V2", "V3")), survey(str, ("V1", "V2", "V3", "V4"), 4)):
        assert Role.SCORE not in {column.role for column in columns_of(columns).values()}
    labels = survey(lambda step: f"{step} - {('North', 'South', 'East', 'West', 'Centre')[step - 1]}", ("Region",))
    assert columns_of(labels)["Region"].role is Role.CATEGORY


def test_no_answer_is_missing_and_said() -> None:
    columns = survey(lambda step: AGREEMENT[step - 1])
    columns[QUESTIONS[0]][3] = "No opinion"
    notes = [note for note in cleaned(columns).notes if note.step == "answers" and note.column == QUESTIONS[0]]
    assert [(note.n_rows, note.before, note.after) for note in notes] == [
        (N - 1, "'Strongly disagree' to 'Strongly agree'", "1 to 5"),
        (1, "'No opinion'", "missing"),
    ]


def test_one_column_of_wordings_is_a_score_where_the_settings_say_so() -> None:
    """And a category where they do not; other text cannot be one (RG-063)."""
    columns = survey(lambda step: AGREEMENT[step - 1], ("Loyal",))
    assert columns_of(columns)["Loyal"].role is Role.CATEGORY
    assert cleaned(columns, columns={"roles": {"Loyal": "score"}}).columns[2].scale == (1.0, 5.0)
    columns["Loyal"] = ["Bonn" if i % 2 else "Ulm" for i in range(N)]
    with pytest.raises(ReportgenError) as fault:
        columns_of(columns, columns={"roles": {"Loyal": "score"}})
    assert fault.value.code == "RG-063"


def test_the_step_can_be_switched_off() -> None:
    """Then words are no numbers, and the columns no scores."""
    table = cleaned(survey(lambda step: AGREEMENT[step - 1]), clean={"answers": {"on": False}})
    assert {column.role for column in table.columns if column.name in QUESTIONS} == {Role.TEXT}


@pytest.mark.parametrize(
    ("headers", "labels"),
    [
        (
            QUESTIONS,
            {"“I buy online”", "“Price matters to me”", "“I would recommend the brand”", "“Is our service good?”"},
        ),
        (("Q1", "Q2", "Q3", "Q4"), {"Q1", "Q2", "Q3", "Q4"}),
        (
            tuple(f"How satisfied are you with: [{item}]" for item in ("Price", "Range", "Advice", "Time to deliver")),
            {"Price", "Range", "Advice", "“Time to deliver”"},
        ),
        (
            tuple(
                f"All in all and on the whole I do like the {item}"
                for item in ("shop", "staff", "prices", "parking lot")
            ),
            {"shop", "staff", "prices", "parking lot"},
        ),
        (
            (
                "I think that all of the prices are far too high here",
                "I think that all of the prices are far too low here",
                *("What a long question about so many things is it?", "Short?"),
            ),
            {"“…of the prices are far too high here”", "“…of the prices are far too low here”"}
            | {"“What a long question about so many…”", "“Short?”"},
        ),
    ],
)
def test_questions_are_shown_in_quotes_and_short(headers: tuple[str, ...], labels: set[str]) -> None:
    """`In i buy online they average 2.1` was no sentence; what all questions begin with says nothing."""
    found = columns_of(survey(str, headers))
    assert {found[header].label for header in headers} == labels


def test_no_wording_stands_for_two_steps() -> None:
    for scale in scales():
        wordings = [wording for step in scale for wording in step]
        assert len(wordings) == len(set(wordings))


def test_a_question_about_money_is_quoted_too() -> None:
    """`They contribute 21 % of how much do you spend?`: any header that asks, and marks beside it."""
    columns = survey(str, ("Rate the advice", "Please rate the price"))
    columns["How much do you spend here? (€)"] = [f"{10 + i % 40}" for i in range(N)]
    found = columns_of(columns)
    assert found["How much do you spend here? (€)"].label == "“How much do you spend here?”"
    assert found["Please rate the price"].label == "“Please rate the price”"
    assert found["Age"].label == "Age"
