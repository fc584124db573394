"""What stands behind one persona: the proof of its name, the trust in its segment, the rule for its members."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import wording
from reportgen.claims import Phrase, Piece, joined, phrase, say, tell
from reportgen.language import msgid, text
from reportgen.personas.answers import Names
from reportgen.personas.lexicon import Word
from reportgen.personas.naming import GROWS, Name, Than
from reportgen.personas.numbers import Numbers, in_sentence, listed, show_index
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Claim

TRUST_WORDS = {
    "highly stable": msgid("Drawing the customers again finds the same segment again ({evidence})"),
    "stable": msgid("Drawing the customers again finds the segment again ({evidence})"),
    "a pattern, members doubtful": msgid(
        "Drawing the customers again finds the pattern again, but not all of its members ({evidence})"
    ),
    "do not trust": msgid("Drawing the customers again often does not find the segment again ({evidence})"),
    "dissolved": msgid("Drawing the customers again does not find the segment again ({evidence})"),
}
"""`Trust.label` → what drawing the customers again does."""

LIE_ABOVE = msgid("{label} {difference}, {share} of members above the median, in {persistence} of draws")
LIE_BELOW = msgid("{label} {difference}, {share} of members below the median, in {persistence} of draws")


def write_proof(numbers: Numbers, segment: SegmentProfile, name: Name, names: Names) -> Claim | None:
    """Why each word of the name is true; None for a name without words that this month's data give."""
    if name.than and not name.origin:
        return _proof_of_comparison(numbers, segment, name.than, names)
    pieces: list[Piece] = [*_origin_of(numbers, segment, name)]
    if not name.words:
        return tell(f"segment.{segment.id}.name", *pieces) if pieces else None
    if name.is_known:
        n = wording.number_word(len(name.words))
        pieces += [text("{name} are told by {n} words.", name=name.otherwise or name.text, n=n), " "]
    proofs = [_proof_of(numbers, segment, word) for word in name.words]
    return tell(f"segment.{segment.id}.name", *pieces, listed(proofs, last="; ", between="; "), ".")


ORIGINS = {
    "kept": msgid(
        "The name is that of the months before; this month's {n} customers alone would be called {otherwise}."
    ),
    "given": msgid("The name was given in the settings; this month's {n} customers alone would be called {otherwise}."),
}
"""`Name.origin` in words."""


def _origin_of(numbers: Numbers, segment: SegmentProfile, name: Name) -> Iterator[Piece]:
    """Where a name comes from that this month's data would not give; nothing for one that they give."""
    if name.origin:
        n = numbers.customers(segment)
        yield phrase(ORIGINS[name.origin], n=n, otherwise=name.otherwise)
        yield " "


def _proof_of_comparison(numbers: Numbers, segment: SegmentProfile, than: Than, names: Names) -> Claim:
    column = numbers.facts.column(than.column)
    if than.other in numbers.facts.profile.untold:
        template = msgid("In {label} they average {mean}; {other}, of the same name else, is not described.")
        mean = numbers.mean(segment, column)
        return say(
            f"segment.{segment.id}.name", template, label=in_sentence(column), mean=mean, other=names[than.other].text
        )
    other = next(other for other in numbers.facts.profile.segments if other.id == than.other)
    parts: dict[str, Piece] = {
        "label": in_sentence(column),
        "mean": numbers.mean(segment, column),
        "other_mean": numbers.mean(other, column),
        "other": names[other.id].text,
    }
    claim_id = f"segment.{segment.id}.name"
    if _has_digits(than.text):
        return say(claim_id, "In {label} they average {mean}, against {other_mean} for {other}.", **parts)
    template = msgid("“{word}”: in {label} they average {mean}, against {other_mean} for {other}.")
    return say(claim_id, template, word=than.text, **parts)


def _proof_of(numbers: Numbers, segment: SegmentProfile, word: Word) -> Phrase:
    column = numbers.facts.column(word.term.column)
    where: dict[str, Piece] = {"label": in_sentence(column), "difference": numbers.difference(segment, column)}
    if word.side == "middle":
        proof = phrase(
            "{label} {difference}, the middle half of members between all customers' quartiles",
            **where,
        )
    else:
        place = [number.column for number in segment.numbers].index(column.name)
        persistence = f"{numbers.path(segment)}.numbers[{place}].persistence"
        proof = phrase(
            LIE_ABOVE if word.side == "high" else LIE_BELOW,
            share=joined(*numbers.rest_hidden(segment, numbers.side_share(segment, column, above=word.side == "high"))),
            persistence=numbers.at(persistence, wording.format_share, unit="share", segment=segment.id),
            **where,
        )
    # A word with a digit is part of a header, which is said anyway; quoted in another case it would read as a number.
    shown = f"{word.text.removesuffix(GROWS)}-" if word.text.endswith(GROWS) else word.text
    return proof if _has_digits(shown) else phrase("“{word}”: {proof}", word=shown, proof=proof)


def _has_digits(text: str) -> bool:
    return any(character.isdigit() for character in text)


def write_trust(numbers: Numbers, segment: SegmentProfile, partner: str) -> Claim:
    """What drawing the customers again does to the segment; `partner`: the name it should merge with, or empty."""
    trust, path = segment.trust, f"{numbers.path(segment)}.trust"
    pieces: list[Piece] = [held_clause(numbers, segment)]
    if trust.n_borderline:
        borderline = numbers.at(f"{path}.n_borderline", wording.format_count, unit="customers", segment=segment.id)
        told = numbers.few_hidden(borderline)
        template = msgid("{n} of its {customers} customers stand close to another segment")
        if borderline.value == 1 and told == (borderline,):
            template = msgid("{n} of its {customers} customers stands close to another segment")
        pieces += ["; ", phrase(template, n=joined(*told), customers=numbers.customers(segment))]
    pieces.append(".")
    if trust.do_not_target:
        template = msgid("Do not target its {n} customers on their own.")
        if partner:
            template = msgid("Do not target its {n} customers on their own; merge it with {partner}.")
        pieces += [" ", phrase(template, n=numbers.customers(segment), partner=partner)]
    return tell(f"segment.{segment.id}.trust", *pieces)


def held_clause(numbers: Numbers, segment: SegmentProfile) -> Phrase:
    """`Drawing the customers again finds the segment again (mean Jaccard 0.81)`."""
    trust, path = segment.trust, f"{numbers.path(segment)}.trust"
    jaccard = numbers.at(f"{path}.jaccard", show_index, segment=segment.id)
    evidence: Piece = phrase("mean Jaccard {jaccard}", jaccard=jaccard)
    if trust.dissolved:
        dissolved = numbers.at(f"{path}.dissolved", wording.format_share, unit="share", segment=segment.id)
        evidence = phrase(
            "mean Jaccard {jaccard}, dissolved in {dissolved} of the draws", jaccard=jaccard, dissolved=dissolved
        )
    return phrase(TRUST_WORDS[trust.label], evidence=evidence)


def write_rule(numbers: Numbers, segment: SegmentProfile) -> Claim | None:
    """How to recognise the members; None where no rule is faithful enough or it is too long to remember."""
    path = f"{numbers.path(segment)}.rule"
    if segment.rule is None or len(segment.rule.text) > wording.QUOTE_LIMIT // 2:
        return None
    rest = phrase(
        "{precision} of the customers it picks belong to the segment, and it finds {coverage} of the segment.",
        precision=numbers.at(f"{path}.precision", wording.format_share, unit="share", segment=segment.id),
        coverage=numbers.at(f"{path}.coverage", wording.format_share, unit="share", segment=segment.id),
    )
    return tell(f"segment.{segment.id}.rule", numbers.quoted(f"{path}.text"), ": ", rest)
