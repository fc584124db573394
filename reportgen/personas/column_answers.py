"""The columns in a few sentences: which shape and which describe, how they are scaled, where segments differ."""

from __future__ import annotations

from collections.abc import Callable

from reportgen import wording
from reportgen.claims import Phrase, Piece, counted, joined, phrase, tell
from reportgen.language import msgid, text
from reportgen.personas.answers import Names
from reportgen.personas.numbers import Numbers, in_sentence, listed, show_first_word, show_index, show_word
from reportgen.records.profile import Association
from reportgen.records.study import Claim, Facts

MOST_LISTED = 6
"""Columns that a sentence names; of more it names these."""

Tested = tuple[int, Association]
"""Place in `Profile.associations`, and what stands there."""

SCALINGS = {"raw": msgid("raw values"), "z-score": msgid("plain z-scores"), "robust": msgid("robust scaling")}
"""`Evidence.scalings` names in the reader's words."""

SKEW_OF = {
    (False, False): msgid(
        "The {n} column that shapes is standardised, after a transform that takes its skew away{columns}."
    ),
    (True, False): msgid(
        "The {n} columns weigh alike: each is standardised, after a transform that takes its skew away{columns}."
    ),
    (True, True): msgid(
        "The {n} columns weigh alike: each is standardised, after a transform that takes their skew away{columns}."
    ),
}
"""(several columns shape, several are transformed) → how they were made comparable."""

DIFFER = (
    msgid("{columns} differs between the segments ({p})"),
    msgid("{columns} differ between the segments (largest {p})"),
)
DIFFER_SLIGHTLY = (
    msgid("{columns} differs only slightly between the segments ({p})"),
    msgid("{columns} differ only slightly between the segments (largest {p})"),
)
DO_NOT_DIFFER = (
    msgid("{columns} does not differ between the segments ({p})"),
    msgid("{columns} do not differ between the segments (smallest {p})"),
)
"""Of one column, of several."""


def answer_features(numbers: Numbers, _names: Names) -> Claim:
    """How many columns shape the segments and how many describe them; the feature stage's reason names them."""
    facts = numbers.facts
    columns = _shaping(numbers)
    is_one = len(facts.features.names) == 1
    if facts.profile.segments:
        template = msgid("{columns} shapes the segments") if is_one else msgid("{columns} shape the segments")
    else:
        template = msgid("{columns} was tried") if is_one else msgid("{columns} were tried")
    pieces: list[Piece] = [phrase(template, columns=columns)]
    n = numbers.tally("features.left_out", show_word, describes=True)
    if n.value and facts.profile.segments:
        pieces += ["; ", counted("{n} describes who is in them", "{n} describe who is in them", n)]
    elif n.value:
        pieces += ["; ", counted("{n} describes the customers", "{n} describe the customers", n)]
    return tell("answer.features", *pieces, ".")


def _shaping(numbers: Numbers) -> Phrase:
    """`Two columns`, `Two columns of numbers and one category`."""
    n = numbers.size("features.features", show_first_word)
    if not numbers.facts.features.categories:
        return counted("{n} column", "{n} columns", n)
    return phrase(
        "{columns} and {categories}",
        columns=counted("{n} column of numbers", "{n} columns of numbers", n),
        categories=counted("{n} category", "{n} categories", numbers.size("features.categories", show_word)),
    )


def _named(facts: Facts, names: list[str]) -> str:
    """`: age and gender`, or the first few of many."""
    labels = wording.join_words([in_sentence(facts.column(name)) for name in names[:MOST_LISTED]])
    return f", {text('among them {labels}', labels=labels)}" if len(names) > MOST_LISTED else f": {labels}"


def answer_scaling(numbers: Numbers, _names: Names) -> Claim:
    """How the columns were made comparable, and what other scalings would have given."""
    facts = numbers.facts
    n = numbers.size("features.features", show_word)
    moved = [feature.name for feature in facts.features.features if feature.transform != "none"]
    if not moved:
        pieces: list[Piece] = [
            counted(
                "The {n} column that shapes is standardised.", "The {n} columns weigh alike: each is standardised.", n
            )
        ]
    else:
        skewed = {"columns": _named(facts, moved)}
        pieces = [phrase(SKEW_OF[n.value > 1, len(moved) > 1], n=n, **skewed)]
    others = [
        joined(
            f"{text(SCALINGS[name]) if name in SCALINGS else wording.scrub(name)} ",
            numbers.at(f"evidence.scalings[{place}][1]", show_index),
        )
        for place, (name, _) in enumerate(facts.evidence.scalings)
    ]
    if others:
        told = phrase(
            "Agreement of other scalings with these segments (adjusted Rand index): {others}.", others=listed(others)
        )
        pieces += [" ", told]
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
    verdicts = (
        _tested(numbers, differing, DIFFER, max),
        _tested(numbers, slight, DIFFER_SLIGHTLY, max),
        _tested(numbers, alike, DO_NOT_DIFFER, min),
    )
    clauses = [clause for clause in verdicts if clause is not None]
    return tell("answer.descriptors", listed(clauses, last=". ", between=". "), ".") if clauses else None


def _tested(
    numbers: Numbers, found: list[Tested], templates: tuple[str, str], pick: Callable[..., Tested]
) -> Phrase | None:
    """`Age differs between the segments (p < 0.001)` of the columns with one verdict, the largest effect first."""
    if not found:
        return None
    ordered = sorted(found, key=lambda entry: -entry[1].effect)
    labels = [in_sentence(numbers.facts.column(association.column)) for _, association in ordered[:MOST_LISTED]]
    if len(found) > MOST_LISTED:
        subject = text("{labels} and others", labels=", ".join(labels))
    else:
        subject = wording.join_words(labels)
    place, _ = pick(found, key=lambda entry: entry[1].p_value)
    p_value = numbers.at(f"profile.associations[{place}].p_value", wording.format_p_value)
    return phrase(templates[len(found) > 1], columns=wording.sentence_case(subject), p=p_value)
