"""What became of the actions that the month before tried on half of a segment."""

from __future__ import annotations

from reportgen import wording
from reportgen.claims import Piece, tell
from reportgen.language import msgid, text
from reportgen.personas.answers import Names
from reportgen.personas.change_answers import fill
from reportgen.personas.numbers import Numbers, in_sentence
from reportgen.records.study import Claim, Quantity
from reportgen.records.trials import Trial


def answer_trials(numbers: Numbers, _names: Names) -> Claim | None:
    """Each test's two groups, their outcome and the interval of the difference; absent where none can be read back."""
    change = numbers.facts.change
    if change is None or not change.trials:
        return None
    pieces: list[Piece] = []
    for place, trial in enumerate(change.trials):
        pieces += [" " if place else "", *tell_trial(numbers, trial, f"change.trials[{place}]")]
    return tell("answer.trials", *pieces)


def tell_trial(numbers: Numbers, trial: Trial, path: str) -> tuple[Piece, ...]:
    column = numbers.facts.column(trial.outcome)
    unit = wording.unit_of(column)
    decimals = wording.sensible_decimals(max(abs(trial.mean_test), abs(trial.mean_control)))

    def amount(name: str) -> Quantity:
        return numbers.at(f"{path}.{name}", lambda value: wording.format_amount(value, unit, decimals), unit=unit)

    def count(name: str) -> Quantity:
        return numbers.at(f"{path}.{name}", wording.format_count, unit="customers")

    parts: dict[str, Piece | tuple[Piece, ...]] = {
        name: amount(name) for name in ("mean_test", "mean_control", "difference", "low", "high")
    }
    parts |= {name: count(name) for name in ("n_test", "n_control", "here_test", "here_control")}
    template = msgid(
        "Test in {name}: of {n_test} customers in the test group and {n_control} left alone, {here_test} and "
        "{here_control} are in this export. In {outcome} they average {mean_test} and {mean_control}: a difference of "
        "{difference} (interval {low} to {high}, right nineteen times in twenty), {verdict}."
    )
    verdict = text("more than chance explains" if trial.is_beyond_chance else "no more than chance explains")
    return fill(template, name=wording.scrub(trial.name), outcome=in_sentence(column), verdict=verdict, **parts)
