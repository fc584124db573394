"""The words that columns lend to names, and whether a segment's figures prove them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportgen import wording
from reportgen.personas.vocabulary import Side, Vocabulary, name_word, vocabulary
from reportgen.records.profile import NumberProfile, Profile, SegmentProfile
from reportgen.records.table import Column

SIDES: tuple[Side, ...] = ("high", "middle", "low")

LEAST_DIFFERENCE = 0.5
"""A word for more or less needs half a standard deviation: a medium effect (Cohen 1988, ch. 2)."""

LEAST_COVERAGE = 0.7
"""Members that must lie on the claimed side of the overall median, so that the word is true of most of them."""

LEAST_PERSISTENCE = 0.9
"""Bootstraps in which the difference must hold, so that next month's sample would have given the same word."""

MOST_LABEL_WORDS = 3
"""Words of a header that a name of four words can carry beside High or Low."""

MOST_LABEL_CHARACTERS = 28
"""The same in characters: a name stands in a table cell."""


UNIT_WORD = 4
"""Letters of a unit that is a word: `Total minutes` is what the header says, and `High-Total` would say nothing."""


@dataclass(frozen=True, slots=True)
class Term:
    """What one column can say in a name."""

    column: str
    """Header name."""
    label: str
    """The reader's name of the column, short enough for a name."""
    texts: tuple[str, ...]
    """For high, middle, low; empty: no word."""
    comparatives: tuple[str, str]
    """For higher and lower than the other of two segments; empty: no word."""
    is_noun: bool
    noun: str
    """Who the customers are, or empty."""
    befores: tuple[str, ...]
    """A noun's words before another noun; empty: none."""
    needs_noun: bool
    """True if the words mean something else before another noun than its own."""
    shapes: bool
    """True if the column shapes the segments."""
    place: int
    """Its place among the columns, for the order of the words."""
    is_derived: bool = False
    """True if order lines gave the column: it tells of the same purchases as those that shape."""

    def text(self, side: Side) -> str:
        return self.texts[SIDES.index(side)]

    def before(self, side: Side) -> str:
        return self.befores[SIDES.index(side)]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a segment's name, with its evidence."""

    text: str
    is_noun: bool
    term: Term
    side: Side
    difference: float
    coverage: float
    """Share of members on the claimed side of the overall median; for a middle word, on the fuller side."""
    persistence: float
    """Share of bootstraps in which the word would have been earned."""

    @property
    def evidence(self) -> tuple[str, str, float, float, float]:
        return (self.text, self.term.column, self.difference, self.coverage, self.persistence)


def prove_side(number: NumberProfile, overall: NumberProfile) -> Side | None:
    """The side of all customers on which a segment lies in one column, or None where no side is proved.

    Middle means more than a small mean difference: the middle half of the members lies within the middle half of all
    customers, so that a segment of two extremes is not called average.
    """
    if abs(number.difference) >= LEAST_DIFFERENCE:
        proved = fuller_side(number) >= LEAST_COVERAGE and number.persistence >= LEAST_PERSISTENCE
        # A few large values can lift the mean of all above a segment that lies high on the scale that is clustered.
        if not proved or (number.mean - overall.mean) * number.difference <= 0:
            return None
        return "high" if number.difference > 0 else "low"
    is_inside = overall.q25 <= number.q25 and number.q75 <= overall.q75
    return "middle" if is_inside and 1 - number.persistence >= LEAST_PERSISTENCE else None


def fuller_side(number: NumberProfile) -> float:
    """Share of members on the side of the overall median to which the mean leans."""
    if abs(number.difference) >= LEAST_DIFFERENCE:
        return number.share_above if number.difference > 0 else number.share_below
    return max(number.share_above, number.share_below)


def terms_of(profile: Profile) -> tuple[Term, ...]:
    """Every column that may lend a word, those that shape the segments first; sensitive columns lend none."""
    words = vocabulary()
    shaping = [feature.name for feature in profile.features]
    known = {column.name: column for column in profile.columns}
    names = [number.column for number in profile.overall.numbers if number.column in known]
    ordered = [name for name in shaping if name in names] + [name for name in names if name not in shaping]
    columns = [known[name] for name in ordered if not words.is_sensitive(known[name])]
    return tuple(_with_words(columns, set(shaping), words))


def _with_words(columns: Sequence[Column], shaping: set[str], words: Vocabulary) -> Iterator[Term]:
    taken: set[str] = set()
    plain = Counter(short_label(column, words) for column in columns)
    for place, column in enumerate(columns):
        entry, label, shapes = words.entry_for(column), short_label(column, words), column.name in shaping
        if entry and entry.high and entry.spoken(entry.high) not in taken:
            taken.add(entry.spoken(entry.high))
            yield Term(
                column=column.name,
                label=label,
                texts=tuple(entry.spoken(text) for text in (entry.high, entry.middle, entry.low)),
                comparatives=(entry.spoken(entry.higher), entry.spoken(entry.lower)),
                is_noun=entry.is_noun,
                noun=name_word(entry.noun),
                befores=tuple(name_word(entry.before.get(side, "")) for side in SIDES),
                needs_noun=entry.needs_noun,
                shapes=shapes,
                place=place,
                is_derived=column.is_derived,
            )
        elif label and plain[label] == 1:
            texts = tuple(words.plain_word(prefix, label) for prefix in words.prefixes)
            comparatives = (words.plain_word(words.higher, label), words.plain_word(words.lower, label))
            yield Term(column.name, label, texts, comparatives, False, "", ("", "", ""), False, shapes, place)


def short_label(column: Column, words: Vocabulary) -> str:
    """The label as it can stand in a name, at most three words; empty where it is longer."""
    parts = wording.scrub(column.label or column.name).replace("_", " ").split()
    if len(parts) == 1 and column.unit.isalpha() and len(column.unit) >= UNIT_WORD:
        parts.append(column.unit)
    if len(parts) > MOST_LABEL_WORDS:
        parts = [part for part in parts if part.lower() not in words.filler]
    label = " ".join(part[:1].upper() + part[1:] for part in parts)
    fits = 0 < len(parts) <= MOST_LABEL_WORDS and len(label) <= MOST_LABEL_CHARACTERS
    return label if fits else ""


def proved_words(segment: SegmentProfile, profile: Profile, terms: Iterable[Term]) -> tuple[Word, ...]:
    """The words that a segment's figures prove: of shaping columns before others, the largest difference first."""
    numbers = {number.column: number for number in segment.numbers}
    overall = {number.column: number for number in profile.overall.numbers}
    found = []
    for term in terms:
        number = numbers[term.column]
        side = prove_side(number, overall[term.column])
        if side is None or not term.text(side):
            continue
        persistence = 1 - number.persistence if side == "middle" else number.persistence
        found.append(
            Word(term.text(side), term.is_noun, term, side, number.difference, fuller_side(number), persistence)
        )
    return tuple(sorted(found, key=lambda word: (not word.term.shapes, -abs(word.difference), word.term.place)))
