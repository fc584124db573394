"""The evidence in a few sentences: columns, the number of segments, structure, stability, scaling, descriptors."""

from __future__ import annotations

from collections.abc import Callable

from reportgen import wording
from reportgen.claims import Piece, tell
from reportgen.personas.answers import Names
from reportgen.personas.numbers import Numbers, in_sentence, listed, show_first_word, show_index, show_word
from reportgen.records.profile import Association
from reportgen.records.study import Claim, Facts

MOST_LISTED = 6
"""Columns that a sentence names; of more it names these."""

Tested = tuple[int, Association]
"""Place in `Profile.associations`, and what stands there."""

SCALINGS = {"raw": "raw values", "z-score": "plain z-scores", "robust": "robust scaling"}
"""`Evidence.scalings` names in the reader's words."""


def answer_features(numbers: Numbers, _names: Names) -> Claim:
    """How many columns shape the segments and how many describe them; the feature stage's reason names them."""
    facts = numbers.facts
    is_one = len(facts.features.names) == 1
    verb = f"shape{'s' if is_one else ''} the segments"
    if not facts.profile.segments:
        verb = f"w{'as' if is_one else 'ere'} tried"
    pieces: list[Piece] = [*_shaping(numbers), verb]
    n_describing = numbers.tally("features.left_out", show_word, describes=True)
    if n_describing.value:
        describe = "describes" if n_describing.value == 1 else "describe"
        whom = "who is in them" if facts.profile.segments else "the customers"
        pieces += ["; ", n_describing, f" {describe} {whom}"]
    return tell("answer.features", *pieces, ".")


def _shaping(numbers: Numbers) -> tuple[Piece, ...]:
    """`Two columns `, `Two columns of numbers and one category `."""
    features = numbers.facts.features
    columns = "column" if len(features.features) == 1 else "columns"
    opening = numbers.size("features.features", show_first_word)
    if not features.categories:
        return (opening, f" {columns} ")
    word = "category" if len(features.categories) == 1 else "categories"
    return (opening, f" {columns} of numbers and ", numbers.size("features.categories", show_word), f" {word} ")


def _named(facts: Facts, names: list[str]) -> str:
    """`: age and gender`, or the first few of many."""
    labels = [in_sentence(facts.column(name)) for name in names[:MOST_LISTED]]
    opening = ", among them" if len(names) > MOST_LISTED else ":"
    return f"{opening} {wording.join_words(labels)}"


def answer_features_reason(numbers: Numbers, _names: Names) -> Claim | None:
    """Why these columns, as the feature stage says it; absent where it prints no number."""
    return _quote("answer.features_reason", numbers, "features.reason")


def answer_k_reason(numbers: Numbers, _names: Names) -> Claim | None:
    """Why this number of segments, as the segment stage says it; absent where it prints no number."""
    return _quote("answer.k_reason", numbers, "evidence.reason")


def _quote(claim_id: str, numbers: Numbers, path: str) -> Claim | None:
    pieces = numbers.quoted(path)
    return tell(claim_id, *pieces) if len(pieces) > 1 else None


def answer_alternatives(numbers: Numbers, _names: Names) -> Claim | None:
    """What another choice of columns would have given; absent where none was tried."""
    facts = numbers.facts
    pieces: list[Piece] = []
    for place, other in enumerate(facts.evidence.alternatives):
        path = f"evidence.alternatives[{place}]"
        pieces += [
            f"{' ' if place else ''}{_other_choice(facts, other.names)}: ",
            numbers.at(f"{path}.k", show_word, unit="segments"),
            " segments, silhouette ",
            numbers.at(f"{path}.silhouette", show_index),
            ", agreement with these segments ",
            numbers.at(f"{path}.agreement", show_index),
            " (adjusted Rand index).",
        ]
    return tell("answer.alternatives", *pieces) if pieces else None


def _other_choice(facts: Facts, names: tuple[str, ...]) -> str:
    """`With age as well`, `Without orders`, `With age instead of orders`."""
    chosen = facts.features.names

    def labels(some: list[str]) -> str:
        shown = [in_sentence(facts.column(name)) for name in some[:MOST_LISTED]]
        return wording.join_words([*shown, "others"] if len(some) > MOST_LISTED else shown)

    added = labels([name for name in names if name not in chosen])
    dropped = labels([name for name in chosen if name not in names])
    if not dropped:
        return f"With {added} as well"
    return f"With {added} instead of {dropped}" if added else f"Without {dropped}"


def answer_k_choice(numbers: Numbers, _names: Names) -> Claim | None:
    """How many criteria chose this number, the runner-up and what would change; absent without segments.

    Which criterion says what stands in the segment stage's reason and in the chart of the votes.
    """
    facts = numbers.facts
    if not facts.profile.segments:
        return None
    pieces: list[Piece] = [*_tests(numbers), *_runner_up(numbers)]
    if 0 < facts.evidence.n_rows_silhouette < facts.n_customers:
        n_rows = numbers.at("evidence.n_rows_silhouette", wording.format_count, unit="customers")
        pieces += [" Silhouettes come from a sample of ", n_rows, " customers."]
    return tell("answer.k_choice", *pieces)


def _tests(numbers: Numbers) -> tuple[Piece, ...]:
    """`Six of eight tests choose six segments.`"""
    agreeing = numbers.tally("evidence.votes", show_first_word, k=numbers.facts.evidence.k)
    tests = numbers.size("evidence.votes", show_word)
    if not agreeing.value:
        return (agreeing, " test of ", tests, " chooses ", numbers.k(), " segments.")
    choose = " tests chooses " if agreeing.value == 1 else " tests choose "
    return (agreeing, " of ", tests, choose, numbers.k(), " segments.")


def _runner_up(numbers: Numbers) -> tuple[Piece, ...]:
    """What the next best number of segments would change, or nothing."""
    evidence = numbers.facts.evidence
    places = {score.k: place for place, score in enumerate(evidence.scores)}
    if evidence.runner_up not in places or evidence.k not in places:
        return ()
    other, chosen = f"evidence.scores[{places[evidence.runner_up]}]", f"evidence.scores[{places[evidence.k]}]"
    return (
        " The runner-up, ",
        numbers.at("evidence.runner_up", show_word, unit="segments"),
        ", would have silhouette ",
        numbers.at(f"{other}.silhouette", show_index),
        " instead of ",
        numbers.at(f"{chosen}.silhouette", show_index),
        ", stability ",
        numbers.at(f"{other}.stability", show_index),
        " instead of ",
        numbers.at(f"{chosen}.stability", show_index),
        ", and a smallest segment of ",
        numbers.at(f"{other}.sizes[{evidence.runner_up - 1}]", wording.format_count, unit="customers"),
        " customers instead of ",
        numbers.at(f"{chosen}.sizes[{evidence.k - 1}]", wording.format_count, unit="customers"),
        ".",
    )


def answer_structure(numbers: Numbers, _names: Names) -> Claim:
    """The silhouette against data without structure: at the k that stands out, or the best of all where none does."""
    test = numbers.facts.evidence.structure
    opening: tuple[Piece, ...] = ("The best silhouette is ",)
    path, told = test.told
    if told is not test:
        opening = ("With ", numbers.at(f"{path}.k", show_word, unit="segments"), " segments the silhouette is ")
    return tell(
        "answer.structure",
        *opening,
        numbers.at(f"{path}.observed", show_index),
        ". In ",
        numbers.at("evidence.structure.n_null", wording.format_count),
        " data sets of each kind without structure it rarely passes ",
        numbers.at(f"{path}.gaussian_p95", show_index),
        " (Gaussian) or ",
        numbers.at(f"{path}.uniform_p95", show_index),
        f" (uniform): {'more' if test.found else 'no more'} than chance (",
        numbers.at("evidence.structure.p_value", wording.format_p_value),
        "). The Hopkins statistic is ",
        numbers.at("evidence.structure.hopkins", show_index),
        ".",
    )


def answer_stability(numbers: Numbers, _names: Names) -> Claim | None:
    """How well the segments come back, and how many customers refitting alone moves; absent without segments."""
    evidence = numbers.facts.evidence
    place = next((place for place, score in enumerate(evidence.scores) if score.k == evidence.k), None)
    if not numbers.facts.profile.segments or place is None:
        return None
    pieces: list[Piece] = [
        "In ",
        numbers.at("evidence.n_bootstraps", wording.format_count),
        " draws of the customers the segments agree with a mean adjusted Rand index of ",
        numbers.at(f"evidence.scores[{place}].stability", show_index),
        ", mostly ",
        numbers.at(f"evidence.scores[{place}].stability_low", show_index),
        " to ",
        numbers.at(f"evidence.scores[{place}].stability_high", show_index),
        ".",
    ]
    if evidence.moved_by_refit[1] > 0:
        pieces += [
            " Refitting alone moves ",
            numbers.at("evidence.moved_by_refit[0]", _show_tenths, unit="share"),
            " of customers on average and rarely more than ",
            numbers.at("evidence.moved_by_refit[1]", _show_tenths, unit="share"),
            ": smaller movements between months are noise.",
        ]
    return tell("answer.stability", *pieces)


def _show_tenths(share: float) -> str:
    return wording.format_share(share, 1)


def answer_scaling(numbers: Numbers, _names: Names) -> Claim:
    """How the columns were made comparable, and what other scalings would have given."""
    facts = numbers.facts
    n = numbers.size("features.features", show_word)
    moved = [feature.name for feature in facts.features.features if feature.transform != "none"]
    alike = " columns weigh alike: each is standardised" if n.value > 1 else " column that shapes is standardised"
    pieces: list[Piece] = ["The ", n, alike]
    if moved:
        bring = "its" if len(moved) == 1 else "their"
        pieces.append(f", after a transform that takes {bring} skew away{_named(facts, moved)}")
    pieces.append(".")
    others: list[tuple[Piece, ...]] = [
        (f"{SCALINGS.get(name, wording.scrub(name))} ", numbers.at(f"evidence.scalings[{place}][1]", show_index))
        for place, (name, _) in enumerate(facts.evidence.scalings)
    ]
    if others:
        pieces += [" Agreement of other scalings with these segments (adjusted Rand index): ", *listed(others), "."]
    return tell("answer.scaling", *pieces)


def answer_descriptors(numbers: Numbers, _names: Names) -> Claim | None:
    """Which describing columns differ between the segments and which do not; absent where none was tested.

    Of several columns the p-value is printed that is hardest to pass: the largest of those that differ, the smallest
    of those that do not.
    """
    tested = list(enumerate(numbers.facts.profile.associations))
    differing = [entry for entry in tested if entry[1].differs]
    slight = [entry for entry in tested if entry[1].differs_slightly]
    alike = [entry for entry in tested if not entry[1].differs and not entry[1].differs_slightly]
    clauses = [
        _tested(numbers, differing, ("differs", "differ"), "", max),
        _tested(numbers, slight, ("differs", "differ"), " only slightly", max),
        _tested(numbers, alike, ("does not differ", "do not differ"), "", min),
    ]
    return (
        tell("answer.descriptors", *listed([c for c in clauses if c], last=". ", between=". "), ".") if tested else None
    )


def _tested(
    numbers: Numbers, found: list[Tested], verbs: tuple[str, str], degree: str, pick: Callable[..., Tested]
) -> tuple[Piece, ...]:
    """`Age differs between the segments (p < 0.001)` of the columns with one verdict, the largest effect first."""
    if not found:
        return ()
    ordered = sorted(found, key=lambda entry: -entry[1].effect)
    labels = [in_sentence(numbers.facts.column(association.column)) for _, association in ordered[:MOST_LISTED]]
    more = " and others" if len(found) > MOST_LISTED else ""
    subject = wording.sentence_case(", ".join(labels) + more if more else wording.join_words(labels))
    place, _ = pick(found, key=lambda entry: entry[1].p_value)
    p_value = numbers.at(f"profile.associations[{place}].p_value", wording.format_p_value)
    bound = "" if len(found) == 1 else "largest " if pick is max else "smallest "
    return (f"{subject} {verbs[len(found) > 1]}{degree} between the segments ({bound}", p_value, ")")
