"""The evidence in a few sentences: columns, the number of segments, structure, stability, scaling, descriptors."""

from __future__ import annotations

from reportgen import wording
from reportgen.claims import Phrase, Piece, counted, joined, phrase, tell
from reportgen.language import msgid, text
from reportgen.personas.answers import Names
from reportgen.personas.numbers import Numbers, in_sentence, listed, show_first_word, show_index, show_word
from reportgen.records.study import Claim, Facts

MOST_LISTED = 6
"""Columns that a sentence names; of more it names these."""

MORE_THAN_CHANCE = msgid(
    "In {n} data sets of each kind without structure it rarely passes {gaussian} (Gaussian) or {uniform} (uniform): "
    "more than chance ({p})."
)
NO_MORE_THAN_CHANCE = msgid(
    "In {n} data sets of each kind without structure it rarely passes {gaussian} (Gaussian) or {uniform} (uniform): no "
    "more than chance ({p})."
)


def answer_features_reason(numbers: Numbers, _names: Names) -> Claim | None:
    """Why these columns, as the feature stage says it; absent where it prints no number, or there are no segments."""
    if not numbers.facts.profile.segments:
        return None
    return _quote("answer.features_reason", numbers, "features.reason")


def answer_k_reason(numbers: Numbers, _names: Names) -> Claim | None:
    """Why this number of segments, as the segment stage says it; absent where it prints no number."""
    return _quote("answer.k_reason", numbers, "evidence.reason")


def _quote(claim_id: str, numbers: Numbers, path: str) -> Claim | None:
    said = numbers.quoted(path)
    return tell(claim_id, said) if said.numbers else None


def answer_alternatives(numbers: Numbers, _names: Names) -> Claim | None:
    """What another choice of columns would have given; absent where none was tried."""
    facts = numbers.facts
    told = [
        phrase(
            "{choice}: {k} segments, silhouette {silhouette}, agreement with these segments {agreement} (adjusted Rand "
            "index).",
            choice=_other_choice(facts, other.names),
            k=numbers.at(f"evidence.alternatives[{place}].k", show_word, unit="segments"),
            silhouette=numbers.at(f"evidence.alternatives[{place}].silhouette", show_index),
            agreement=numbers.at(f"evidence.alternatives[{place}].agreement", show_index),
        )
        for place, other in enumerate(facts.evidence.alternatives)
    ]
    return tell("answer.alternatives", listed(told, last=" ", between=" ")) if told else None


def _other_choice(facts: Facts, names: tuple[str, ...]) -> str:
    """`With age as well`, `Without orders`, `With age instead of orders`."""
    chosen = facts.features.names

    def labels(some: list[str]) -> str:
        shown = [in_sentence(facts.column(name)) for name in some[:MOST_LISTED]]
        return wording.join_words([*shown, text("others")] if len(some) > MOST_LISTED else shown)

    added = labels([name for name in names if name not in chosen])
    dropped = labels([name for name in chosen if name not in names])
    if not dropped:
        return text("With {added} as well", added=added)
    if not added:
        return text("Without {dropped}", dropped=dropped)
    return text("With {added} instead of {dropped}", added=added, dropped=dropped)


def answer_k_choice(numbers: Numbers, _names: Names) -> Claim | None:
    """How many criteria chose this number, the runner-up and what would change; absent without segments.

    Which criterion says what stands in the segment stage's reason and in the chart of the votes.
    """
    facts = numbers.facts
    if not facts.profile.segments:
        return None
    pieces: list[Piece] = [_tests(numbers), _runner_up(numbers)]
    if 0 < facts.evidence.n_rows_silhouette < facts.n_customers:
        n_rows = numbers.at("evidence.n_rows_silhouette", wording.format_count, unit="customers")
        error = numbers.at("segmentation.silhouette_error", show_error)
        told = phrase(
            "Silhouettes come from a sample of {n} customers: their mean is out by {error} or so.",
            n=n_rows,
            error=error,
        )
        pieces += [" ", told]
    if facts.profile.n_drawn:
        drawn = numbers.at("profile.n_drawn", wording.format_count, unit="customers")
        told = phrase(
            "Sizes, shares, means and quartiles count all customers; tests of numbers, correlations and pictures "
            "take {n} of them, drawn at random.",
            n=drawn,
        )
        pieces += [" ", told]
    return tell("answer.k_choice", *pieces)


def show_error(value: float) -> str:
    """A standard error of a silhouette: .003."""
    return wording.format_number(value, 3)


def _tests(numbers: Numbers) -> Phrase:
    """`Six of eight tests choose six segments.`"""
    n = numbers.tally("evidence.votes", show_first_word, k=numbers.facts.evidence.k)
    tests = numbers.size("evidence.votes", show_word)
    if not n.value:
        return phrase("{n} test of {tests} chooses {k} segments.", n=n, tests=tests, k=numbers.k())
    return counted(
        "{n} of {tests} tests chooses {k} segments.",
        "{n} of {tests} tests choose {k} segments.",
        n,
        tests=tests,
        k=numbers.k(),
    )


def _runner_up(numbers: Numbers) -> Phrase:
    """What the next best number of segments would change, a space before it; or nothing."""
    evidence = numbers.facts.evidence
    places = {score.k: place for place, score in enumerate(evidence.scores)}
    if evidence.runner_up not in places or evidence.k not in places:
        return Phrase("")
    other, chosen = f"evidence.scores[{places[evidence.runner_up]}]", f"evidence.scores[{places[evidence.k]}]"
    # Exact sizes of two divisions, set beside each other, would tell how few customers they part differently.
    smallest = numbers.at(f"{other}.sizes[{evidence.runner_up - 1}]", wording.format_count, unit="customers")
    own_smallest = numbers.at(f"{chosen}.sizes[{evidence.k - 1}]", wording.format_count, unit="customers")
    told = phrase(
        "The runner-up, {other}, would have silhouette {silhouette} instead of {own_silhouette}, stability {stability} "
        "instead of {own_stability}, and a smallest segment of {smallest} customers instead of {own_smallest}.",
        other=numbers.at("evidence.runner_up", show_word, unit="segments"),
        silhouette=numbers.at(f"{other}.silhouette", show_index),
        own_silhouette=numbers.at(f"{chosen}.silhouette", show_index),
        stability=numbers.at(f"{other}.stability", show_index),
        own_stability=numbers.at(f"{chosen}.stability", show_index),
        smallest=joined(*numbers.about(smallest)),
        own_smallest=joined(*numbers.few_hidden(own_smallest)),
    )
    return joined(" ", told)


def answer_structure(numbers: Numbers, _names: Names) -> Claim:
    """The silhouette against data without structure: at the k that stands out, or the best of all where none does."""
    test = numbers.facts.evidence.structure
    path, told = test.told
    observed = numbers.at(f"{path}.observed", show_index)
    opening = phrase("The best silhouette is {silhouette}.", silhouette=observed)
    if told is not test:
        opening = phrase(
            "With {k} segments the silhouette is {silhouette}.",
            k=numbers.at(f"{path}.k", show_word, unit="segments"),
            silhouette=observed,
        )
    chance = phrase(
        MORE_THAN_CHANCE if test.found else NO_MORE_THAN_CHANCE,
        n=numbers.at("evidence.structure.n_null", wording.format_count),
        gaussian=numbers.at(f"{path}.gaussian_p95", show_index),
        uniform=numbers.at(f"{path}.uniform_p95", show_index),
        p=numbers.at("evidence.structure.p_value", wording.format_p_value),
    )
    hopkins = numbers.at("evidence.structure.hopkins", show_index)
    return tell(
        "answer.structure", opening, " ", chance, " ", phrase("The Hopkins statistic is {hopkins}.", hopkins=hopkins)
    )


def answer_stability(numbers: Numbers, _names: Names) -> Claim | None:
    """How well the segments come back, and how many customers refitting alone moves; absent without segments."""
    evidence = numbers.facts.evidence
    place = next((place for place, score in enumerate(evidence.scores) if score.k == evidence.k), None)
    if not numbers.facts.profile.segments or place is None:
        return None
    pieces: list[Piece] = [
        phrase(
            "In {n} draws of the customers the segments agree with a mean adjusted Rand index of {mean}, mostly {low} "
            "to {high}.",
            n=numbers.at("evidence.n_bootstraps", wording.format_count),
            mean=numbers.at(f"evidence.scores[{place}].stability", show_index),
            low=numbers.at(f"evidence.scores[{place}].stability_low", show_index),
            high=numbers.at(f"evidence.scores[{place}].stability_high", show_index),
        )
    ]
    if evidence.moved_by_refit[1] > 0:
        moved = phrase(
            "Refitting alone moves {mean} of customers on average and rarely more than {most}: smaller movements "
            "between months are noise.",
            mean=numbers.at("evidence.moved_by_refit[0]", _show_tenths, unit="share"),
            most=numbers.at("evidence.moved_by_refit[1]", _show_tenths, unit="share"),
        )
        pieces += [" ", moved]
    return tell("answer.stability", *pieces)


def _show_tenths(share: float) -> str:
    return wording.format_share(share, 1)
