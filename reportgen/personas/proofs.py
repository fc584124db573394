"""What stands behind one persona: the proof of its name, the trust in its segment, the rule for its members."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import wording
from reportgen.claims import Piece, tell
from reportgen.personas.answers import Names
from reportgen.personas.lexicon import Word
from reportgen.personas.naming import Name, Than
from reportgen.personas.numbers import Numbers, in_sentence, show_index
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Claim

TRUST_WORDS = {
    "highly stable": "finds the same segment again",
    "stable": "finds the segment again",
    "a pattern, members doubtful": "finds the pattern again, but not all of its members",
    "do not trust": "often does not find the segment again",
    "dissolved": "does not find the segment again",
}
"""`Trust.label` → what drawing the customers again does."""


def write_proof(numbers: Numbers, segment: SegmentProfile, name: Name, names: Names) -> Claim | None:
    """Why each word of the name is true; None for a name without words that this month's data give."""
    if name.than and not name.origin:
        return _proof_of_comparison(numbers, segment, name.than, names)
    pieces: list[Piece] = [*_origin_of(numbers, segment, name)]
    if name.is_known:
        pieces.append(f"{name.otherwise or name.text} are told by {wording.number_word(len(name.words))} words. ")
    for place, word in enumerate(name.words):
        pieces += ["; " if place else "", *_proof_of(numbers, segment, word)]
    if not name.words:
        return tell(f"segment.{segment.id}.name", *pieces) if pieces else None
    return tell(f"segment.{segment.id}.name", *pieces, ".")


ORIGINS = {"kept": "The name is that of the months before", "given": "The name was given in the settings"}
"""`Name.origin` in words."""


def _origin_of(numbers: Numbers, segment: SegmentProfile, name: Name) -> Iterator[Piece]:
    """Where a name comes from that this month's data would not give; nothing for one that they give."""
    if name.origin:
        yield f"{ORIGINS[name.origin]}; this month's "
        yield numbers.customers(segment)
        yield f" customers alone would be called {name.otherwise}. "


def _proof_of_comparison(numbers: Numbers, segment: SegmentProfile, than: Than, names: Names) -> Claim:
    column = numbers.facts.column(than.column)
    other = next(other for other in numbers.facts.profile.segments if other.id == than.other)
    quoted = "" if any(character.isdigit() for character in than.text) else f"“{than.text}”: "
    return tell(
        f"segment.{segment.id}.name",
        f"{quoted or 'In '}{'in ' if quoted else ''}{in_sentence(column)} they average ",
        numbers.mean(segment, column),
        ", against ",
        numbers.mean(other, column),
        f" for {names[other.id].text}.",
    )


def _proof_of(numbers: Numbers, segment: SegmentProfile, word: Word) -> Iterator[Piece]:
    column = numbers.facts.column(word.term.column)
    # A word with a digit is part of a header, which is said anyway; quoted in another case it would read as a number.
    quoted = "" if any(character.isdigit() for character in word.text) else f"“{word.text}”: "
    yield f"{quoted}in {in_sentence(column)} they lie "
    yield numbers.difference(segment, column)
    yield " from the mean of all customers"
    if word.side == "middle":
        yield ", and the middle half of the members lies between all customers' quartiles"
        return
    above = word.side == "high"
    place = [number.column for number in segment.numbers].index(column.name)
    persistence = f"{numbers.path(segment)}.numbers[{place}].persistence"
    yield ", "
    yield from numbers.rest_hidden(segment, numbers.side_share(segment, column, above=above))
    yield f" of the members lie {'above' if above else 'below'} the middle customer, and the difference holds in "
    yield numbers.at(persistence, wording.format_share, unit="share", segment=segment.id)
    yield " of the draws"


def write_trust(numbers: Numbers, segment: SegmentProfile, partner: str) -> Claim:
    """What drawing the customers again does to the segment; `partner`: the name it should merge with, or empty."""
    trust, path = segment.trust, f"{numbers.path(segment)}.trust"
    jaccard = numbers.at(f"{path}.jaccard", show_index, segment=segment.id)
    pieces: list[Piece] = [f"Drawing the customers again {TRUST_WORDS[trust.label]} (mean Jaccard ", jaccard]
    if trust.dissolved:
        dissolved = numbers.at(f"{path}.dissolved", wording.format_share, unit="share", segment=segment.id)
        pieces += [", dissolved in ", dissolved, " of the draws"]
    pieces.append(")")
    if trust.n_borderline:
        borderline = numbers.at(f"{path}.n_borderline", wording.format_count, unit="customers", segment=segment.id)
        told = numbers.few_hidden(borderline)
        stand = "stands" if borderline.value == 1 and len(told) == 1 else "stand"
        pieces += [
            "; ",
            *told,
            " of its ",
            numbers.customers(segment),
            f" customers {stand} close to another segment",
        ]
    pieces.append(".")
    if trust.do_not_target:
        end = f"; merge it with {partner}." if partner else "."
        pieces += [" Do not target its ", numbers.customers(segment), " customers on their own", end]
    return tell(f"segment.{segment.id}.trust", *pieces)


def write_rule(numbers: Numbers, segment: SegmentProfile) -> Claim | None:
    """How to recognise the members; None where no rule is faithful enough or it is too long to remember."""
    path = f"{numbers.path(segment)}.rule"
    if segment.rule is None or len(segment.rule.text) > wording.QUOTE_LIMIT // 2:
        return None
    return tell(
        f"segment.{segment.id}.rule",
        *numbers.quoted(f"{path}.text"),
        ": ",
        numbers.at(f"{path}.precision", wording.format_share, unit="share", segment=segment.id),
        " of the customers it picks belong to the segment, and it finds ",
        numbers.at(f"{path}.coverage", wording.format_share, unit="share", segment=segment.id),
        " of the segment.",
    )
