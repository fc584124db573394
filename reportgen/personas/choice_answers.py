"""What another choice would have given: the runner-up's segments, one column less, no filled-in values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportgen import wording
from reportgen.claims import Phrase, counted, joined, phrase, say
from reportgen.language import msgid, text
from reportgen.personas.answers import Names
from reportgen.personas.numbers import Numbers, in_sentence, listed, show_amount, show_first_word, show_index
from reportgen.records.segments import OtherDivision
from reportgen.records.study import Claim
from reportgen.records.table import Column
from reportgen.small_cells import is_small

MOST_CHANGES = 2
"""Splits or mergers that are told, the largest first."""

MOST_LISTED = 6
"""Columns whose absence is told, the ones that matter most first."""

SAME_WITHOUT = 0.8
"""Adjusted Rand index from which segments count as the same (Steinley 2004: .8 is good agreement)."""


@dataclass(frozen=True, slots=True)
class Change:
    """One segment that falls apart, or several that become one."""

    segments: tuple[int, ...]
    """Places (from 0) of chosen segments: one where it splits."""
    others: tuple[int, ...]
    """Places of the runner-up's segments: one where segments merge."""
    n_customers: int


def changes_of(division: OtherDivision) -> tuple[list[Change], list[Change]]:
    """(splits, mergers) from the chosen segments to the others, the largest first.

    A segment splits into the others that have most of their customers from it; segments merge in the other that has
    most of the customers of each.
    """
    counts = division.counts
    places, others = range(len(counts)), range(len(counts[0]))
    origin = {c: max(places, key=lambda i: counts[i][c]) for c in others if any(counts[i][c] for i in places)}
    target = {i: max(others, key=lambda c: counts[i][c]) for i in places}
    splits = [
        Change((i,), parts, sum(counts[i][c] for c in parts))
        for i in places
        if len(parts := tuple(c for c in origin if origin[c] == i)) > 1
    ]
    mergers = [
        Change(parts, (c,), sum(counts[i][c] for i in parts))
        for c in others
        if len(parts := tuple(i for i in places if target[i] == c)) > 1
    ]
    return tuple(sorted(found, key=lambda change: -change.n_customers) for found in (splits, mergers))  # type: ignore[return-value]


def answer_runner_up(numbers: Numbers, names: Names) -> Claim | None:
    """Which segments the runner-up splits or merges, and what that gains and costs; absent without a runner-up."""
    division = numbers.facts.evidence.other
    if division is None or not numbers.facts.profile.segments:
        return None
    if numbers.facts.profile.untold:
        return None  # what becomes of the other segments would tell of these
    splits, mergers = changes_of(division)
    clauses = [_split(numbers, names, division, change) for change in splits[:MOST_CHANGES]]
    clauses += [_merger(numbers, names, change) for change in mergers[:MOST_CHANGES]]
    other, chosen = numbers.at("evidence.runner_up", show_first_word, unit="segments"), numbers.k()
    if not clauses:
        template = msgid(
            "{other} segments instead of {k} would draw the borders anew rather than split or merge segments."
        )
        return say("answer.runner_up", template, other=other, k=chosen)
    return say(
        "answer.runner_up",
        "{other} segments instead of {k} would {changes}.{balance}",
        other=other,
        k=chosen,
        changes=listed(clauses, last=f"; {text('and')} ", between="; "),
        balance=_balance(numbers, splits=bool(splits), mergers=bool(mergers)),
    )


def _balance(numbers: Numbers, *, splits: bool, mergers: bool) -> str:
    """What marketing would gain and lose, a space before it."""
    stability = {score.k: score.stability for score in numbers.facts.evidence.scores}
    evidence = numbers.facts.evidence
    gained, lost = [], []
    if splits:
        gained.append(text("parts that can be addressed on their own"))
    if mergers:
        lost.append(text("the difference between those who would be put together"))
        if not splits:
            gained.append(text("fewer campaigns to run"))
    if stability.get(evidence.runner_up or 0, 1.0) < stability.get(evidence.k, 0.0):
        lost.append(text("some of the certainty that the segments come back"))
    ends = [text("Gained: {what}.", what=wording.join_words(gained))] if gained else []
    ends += [text("Lost: {what}.", what=wording.join_words(lost))] if lost else []
    return "".join(f" {end}" for end in ends)


def _split(numbers: Numbers, names: Names, division: OtherDivision, change: Change) -> Phrase:
    """`split High-Income Spenders into parts of 29 and 10 customers, whose annual income averages 79 k$ and 110 k$`."""
    (place,) = change.segments
    sizes = [
        numbers.at(f"evidence.other.counts[{place}][{c}]", wording.format_count, unit="customers")
        for c in change.others
    ]
    smallest = min(sizes, key=lambda size: size.value)
    elsewhere = sum(division.counts[place]) - sum(size.value for size in sizes)
    if is_small(elsewhere, numbers.facts.profile.min_cell):
        parts = phrase("parts")
    elif is_small(smallest.value, numbers.facts.profile.min_cell):
        # The sizes of the other parts would tell the small one: the segment's own is known.
        parts = phrase("parts, the smallest of {n} customers", n=joined(*numbers.few_hidden(smallest)))
    else:
        parts = phrase("parts of {sizes} customers", sizes=listed(sizes))
    feature, column = _most_different(numbers, division.centroids, change.others)
    show = _amount_of(column)
    means = [
        numbers.at(f"evidence.other.means[{c}][{feature}]", show, unit=wording.unit_of(column)) for c in change.others
    ]
    return phrase(
        "split {name} into {parts}, whose {label} averages {means}",
        name=names[place + 1].text,
        parts=parts,
        label=in_sentence(column),
        means=listed(means),
    )


def _merger(numbers: Numbers, names: Names, change: Change) -> Phrase:
    """`put A and B together, whose spending score averages 21 and 79`."""
    segments = [numbers.facts.profile.segments[place] for place in change.segments]
    centroids = numbers.facts.segmentation.centroids.tolist()
    _, column = _most_different(numbers, centroids, change.segments)
    return phrase(
        "put {names} together, whose {label} averages {means}",
        names=wording.join_words([names[segment.id].text for segment in segments]),
        label=in_sentence(column),
        means=listed([numbers.mean(segment, column) for segment in segments]),
    )


def _most_different(
    numbers: Numbers, centroids: Sequence[Sequence[float]], places: Sequence[int]
) -> tuple[int, Column]:
    """The feature, with its place, in which those centroids lie furthest apart."""
    features = numbers.facts.profile.features

    def spread(feature: int) -> float:
        values = [centroids[place][feature] for place in places]
        return max(values) - min(values)

    place = max(range(len(features)), key=spread)
    return place, numbers.facts.column(features[place].name)


def _amount_of(column: Column) -> Callable[[float], str]:
    return lambda value: show_amount(column, value)


def answer_left_out(numbers: Numbers, _names: Names) -> Claim | None:
    """How far the segments hang on each column; absent where no column was left out."""
    facts = numbers.facts
    tried = [(place, name, value) for place, (name, value) in enumerate(facts.evidence.left_out) if value is not None]
    if not tried:
        return None
    ordered = sorted(tried, key=lambda entry: entry[2])
    items = [
        phrase(
            "{agreement} without {label}",
            agreement=numbers.at(f"evidence.left_out[{place}][1]", show_index),
            label=in_sentence(facts.column(name)),
        )
        for place, name, _ in ordered[:MOST_LISTED]
    ]
    agreements: Phrase = listed(items)
    if len(ordered) > MOST_LISTED:
        agreements = phrase("{agreements}, and by more without any other", agreements=agreements)
    most = in_sentence(facts.column(ordered[0][1]))
    verdict = text("they hang most on {label}", label=most)
    if ordered[0][2] >= SAME_WITHOUT:
        verdict = text("no single column decides")
    return say(
        "answer.left_out",
        "With one column left out, the segments agree with these by {agreements} (adjusted Rand index): {verdict}.",
        agreements=agreements,
        verdict=verdict,
    )


def answer_filled_in(numbers: Numbers, _names: Names) -> Claim | None:
    """What the segments owe to filled-in values; absent where none was filled in."""
    evidence = numbers.facts.evidence
    if evidence.filled_in is None:
        return None
    n = numbers.at("evidence.filled_in.n_customers", wording.format_count, unit="customers")
    sampled: Phrase = joined()
    if evidence.n_rows < numbers.facts.n_customers:
        n_rows = numbers.at("evidence.n_rows", wording.format_count, unit="customers")
        sampled = joined(phrase("Of a sample of {n} customers", n=n_rows), ", ")
    filled = counted(
        "{n} customer has a filled-in value in a column that shapes.",
        "{n} customers have a filled-in value in a column that shapes.",
        n,
    )
    return say(
        "answer.filled_in",
        "{filled} Segments found without them agree by {agreement} (adjusted Rand index): {moved} of the other "
        "customers would be in another segment.",
        filled=joined(sampled, filled),
        agreement=numbers.at("evidence.filled_in.agreement", show_index),
        moved=numbers.at("evidence.filled_in.moved", lambda share: wording.format_share(share, 1), unit="share"),
    )
