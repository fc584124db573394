"""Names that are true and distinct: one or two proved words and a noun, a further word only where two names collide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase

from reportgen import wording
from reportgen.language import text_in
from reportgen.personas.known import known_personas
from reportgen.personas.lexicon import LEAST_DIFFERENCE, Term, Word, proved_words, terms_of
from reportgen.personas.vocabulary import name_word, vocabulary
from reportgen.records.profile import Profile, SegmentProfile

MOST_WORDS = 4
"""Words of a name before a suffix: it must fit a table cell and a sentence."""

FIRST_WORDS = 2
"""Differences that a name tells to begin with."""

GROWS = "+"
"""Ends a word of a language that makes compounds; see `with_noun`."""

FEW_TERMS = 2
"""Up to so many columns a name says something of each, `Middle-Income` included, so that the names are parallel."""


@dataclass(frozen=True, slots=True)
class Than:
    """A comparison with the other of two segments: all that is claimed is which mean is higher."""

    text: str
    column: str
    other: int
    """Id of the segment it is compared with."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what proves it."""

    text: str
    words: tuple[Word, ...]
    than: Than | None = None
    """What a name without words of its own compares, or None."""
    is_known: bool = False
    """Whether the words do not stand in the name but earn it: `Champions`."""
    origin: str = ""
    """`kept` from the months before or `given` in the settings where this month's data would say otherwise; else
    empty."""
    otherwise: str = ""
    """What this month's data would say; empty where they say this name. The words prove that."""


def name_segments(profile: Profile) -> dict[int, Name]:
    """Segment id → name; all distinct."""
    terms = terms_of(profile)
    proved = {segment.id: proved_words(segment, profile, terms) for segment in profile.segments}
    are_few = sum(term.shapes for term in terms) <= FEW_TERMS
    chosen = {segment: _first_words(words, are_few) for segment, words in proved.items()}
    plain = {segment.id: _plain_adjective(segment, profile) if terms else "" for segment in profile.segments}
    while _add_differentiator(chosen, proved, terms, plain):
        pass
    texts = {segment: compose(words, plain[segment]) for segment, words in chosen.items()}
    names = {segment: Name(texts[segment], tuple(settle(chosen[segment]))) for segment in texts}
    names |= _compared(names, profile)
    for group in _collisions({segment: name.text for segment, name in names.items()}):
        names |= _suffixed(group, names, profile, terms)
    for segment_id, (persona, earned) in known_personas(profile, proved).items():
        names[segment_id] = Name(name_word(persona.name), earned, is_known=True)
    return _lettered(names)


def settle(words: Sequence[Word]) -> list[Word]:
    """The words in the columns' order; a noun steps before the noun that another word needs."""
    ordered = sorted(words, key=lambda word: word.term.place)
    if not any(word.term.needs_noun for word in ordered):
        return ordered
    return [
        replace(word, text=before, is_noun=False) if (before := word.term.before(word.side)) else word
        for word in ordered
    ]


def compose(words: Sequence[Word], plain: str) -> str:
    """The words as a name: adjectives, then a noun where four words leave room; `plain` where there are no words."""
    if not words:
        return with_noun([plain], name_word(vocabulary().default_noun))
    full = _spelt_out(words)
    if len(full.split()) <= MOST_WORDS:
        return full
    return with_noun([word.text for word in settle(words)], "")


def with_noun(adjectives: Sequence[str], noun: str) -> str:
    """`High-Income Spenders`; a word that ends in a hyphen is joined with the next, as in `Grocery-starke Kunden`.

    One that ends in a plus stands last and grows into the noun: `Sparsame Vielbesucher`.
    """
    growing = [word.removesuffix(GROWS) for word in adjectives if word.endswith(GROWS)]
    ordered = [word for word in adjectives if not word.endswith(GROWS)]
    if growing:
        stem = noun or name_word(vocabulary().default_noun)
        ordered, noun = [*ordered, *(f"{word}-" for word in growing[:-1])], f"{growing[-1]}{stem[:1].lower()}{stem[1:]}"
    name = name_word("{adjectives} {noun}", adjectives=" ".join(ordered), noun=noun).strip()
    return wording.sentence_case(name.replace("- ", "-"))


def _spelt_out(words: Sequence[Word]) -> str:
    """Adjectives and noun: a noun among the words, else one that a word needs, else one that a word offers."""
    settled = settle(words)
    nouns = [word.text for word in settled if word.is_noun]
    needed = [word.term.noun for word in settled if word.term.needs_noun]
    offered = [word.term.noun for word in settled if word.term.noun]
    noun = [*nouns, *needed, *offered, name_word(vocabulary().default_noun)][0]
    return with_noun([word.text for word in settled if not word.is_noun], noun)


def _fits(words: Sequence[Word]) -> bool:
    """True if the words make a name: one noun at most, and with it four words at most."""
    n_nouns = sum(word.is_noun for word in words)
    n_needed = len({word.term.noun for word in words if word.term.needs_noun})
    return n_nouns <= 1 and n_needed <= 1 and len(_spelt_out(words).split()) <= MOST_WORDS


def _first_words(proved: Sequence[Word], are_few: bool) -> list[Word]:
    """The strongest words that leave room for a noun; failing that, the strongest one without."""
    telling = [word for word in proved if word.term.shapes and (word.side != "middle" or are_few)]
    telling = telling or [word for word in proved if word.term.is_derived and word.side != "middle"]
    chosen: list[Word] = []
    for word in telling:
        if len(chosen) < FIRST_WORDS and _fits([*chosen, word]):
            chosen.append(word)
    return chosen or telling[:1]


def _plain_adjective(segment: SegmentProfile, profile: Profile) -> str:
    """`Average` if no shaping column differs by half a standard deviation, else `Mixed`."""
    words = vocabulary()
    shaping = {feature.name for feature in profile.features}
    differs = any(abs(n.difference) >= LEAST_DIFFERENCE for n in segment.numbers if n.column in shaping)
    return name_word(words.mixed if differs else words.average)


def _compared(names: dict[int, Name], profile: Profile) -> Iterator[tuple[int, Name]]:
    """Of two segments the one without a word, named by the other's word: `Lower-Grocery` beside `High-Grocery`.

    The larger of two differs less from the mean of all, which is mostly its own; the gap between the two proves it.
    """
    unnamed = [segment for segment in profile.segments if not names[segment.id].words]
    named = [segment for segment in profile.segments if names[segment.id].words]
    if len(unnamed) != 1 or len(named) != 1:
        return
    (one,), (other,) = unnamed, named
    for word in sorted(names[other.id].words, key=lambda word: -abs(word.difference)):
        gap = _gap(one, other, word.term)
        text = word.term.comparatives[gap < 0]
        if text and abs(gap) >= LEAST_DIFFERENCE:
            full = with_noun([text], word.term.noun or name_word(vocabulary().default_noun))
            if len(full.split()) <= MOST_WORDS:
                yield one.id, Name(full, (), Than(text, word.term.column, other.id))
                return


def _gap(one: SegmentProfile, other: SegmentProfile, term: Term) -> float:
    """From the other to the one in SD; 0 where their means, which prove a comparison, say otherwise."""
    own, others = one.number(term.column), other.number(term.column)
    gap = own.difference - others.difference
    return gap if gap * (own.mean - others.mean) > 0 else 0.0


def _collisions(texts: dict[int, str]) -> list[list[int]]:
    groups = defaultdict(list)
    for segment, text in texts.items():
        groups[text].append(segment)
    return [group for group in groups.values() if len(group) > 1]


def _add_differentiator(
    chosen: dict[int, list[Word]], proved: dict[int, tuple[Word, ...]], terms: Sequence[Term], plain: dict[int, str]
) -> bool:
    """Adds one column's words to the first group of equal names that it tells apart; False where none can."""
    texts = {segment: compose(words, plain[segment]) for segment, words in chosen.items()}
    for group in _collisions(texts):
        for term in terms:
            longer = {segment: _with_term(chosen[segment], proved[segment], term) for segment in group}
            if len({compose(words, plain[segment]) for segment, words in longer.items()}) > 1:
                chosen.update(longer)
                return True
    return False


def _with_term(chosen: list[Word], proved: Sequence[Word], term: Term) -> list[Word]:
    """The words and the term's, where it is proved, not yet there and fits."""
    new = [word for word in proved if word.term is term and word not in chosen]
    return [*chosen, *new] if _fits([*chosen, *new]) else chosen


def _suffixed(
    group: Sequence[int], names: dict[int, Name], profile: Profile, terms: Sequence[Term]
) -> Iterator[tuple[int, Name]]:
    """Two segments with one name told apart by the column that separates them most, in neutral words."""
    if len(group) > 2:
        return
    segments = {segment.id: segment for segment in profile.segments}
    first, second = (segments[segment] for segment in group)
    gaps = [
        (abs(gap), term.place, gap, term)
        for term in terms
        if term.label and abs(gap := _gap(first, second, term)) >= LEAST_DIFFERENCE
    ]
    if not gaps:
        return
    _, _, gap, term = max(gaps, key=lambda entry: (entry[0], -entry[1]))
    for segment, is_higher in ((first, gap > 0), (second, gap < 0)):
        suffix = text_in("suffix of a name", "Higher {label}" if is_higher else "Lower {label}", label=term.label)
        name = names[segment.id]
        yield segment.id, Name(f"{name.text} ({suffix})", name.words)


def _lettered(names: dict[int, Name]) -> dict[int, Name]:
    """The same names; those still equal get a letter, by falling size."""
    collisions = _collisions({segment: name.text for segment, name in names.items()})
    if not collisions:
        return names
    lettered = dict(names)
    for group in collisions:
        for letter, segment in zip(ascii_uppercase, group, strict=False):
            name = names[segment]
            lettered[segment] = Name(f"{name.text} {letter}", name.words)
    return _lettered(lettered)
