"""The sentences of one persona: who they are, what else differs, a typical customer."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from reportgen import wording
from reportgen.claims import Phrase, Piece, joined, phrase, say, tell
from reportgen.personas.numbers import Numbers, in_sentence, labelled, listed
from reportgen.personas.vocabulary import vocabulary
from reportgen.records.profile import OTHER_LEVEL, LevelProfile, SegmentProfile
from reportgen.records.study import Claim
from reportgen.records.table import NUMERIC_ROLES, Column

DESCRIBES_FROM = 0.2
"""SD from which a describing number is worth a clause: a small effect (Cohen 1988)."""

DESCRIBES_FROM_POINTS = 0.1
"""Percentage points (as a share) by which a level must exceed all customers', and"""

DESCRIBES_FROM_LIFT = 1.2
"""its share over theirs: both, so that neither 90 to 92 % nor 1 to 2 % counts."""

LEAST_CELL = 10
"""Customers behind a level that is told: fewer could point at persons (small cells, HandbookSDC ch. 5)."""

MOST_COLUMNS = 3
"""Columns in a line of a table or in a typical customer."""

MOST_TRAITS = 2
"""Describing columns in a typical customer."""

MOST = 0.5
"""Share from which a level is typical: more than half of the members."""

MOST_DESCRIPTORS = 4

LEAST_SENTENCES = 2
MOST_SENTENCES = 3

LEVEL_CHARACTERS = 40


def shaping_columns(numbers: Numbers, segment: SegmentProfile) -> list[Column]:
    """The columns that shape the segments, this segment's largest difference first."""
    facts = numbers.facts
    columns = [facts.column(feature.name) for feature in facts.profile.features]
    return sorted(columns, key=lambda column: -abs(segment.number(column.name).difference))


def write_who(numbers: Numbers, segment: SegmentProfile) -> Claim:
    """One line for the table: the means of the columns that tell most."""
    chosen = {column.name for column in shaping_columns(numbers, segment)[:MOST_COLUMNS]}
    columns = [column for column in numbers.facts.profile.columns if column.name in chosen]
    items = [labelled(column, numbers.mean(segment, column)) for column in columns]
    first = replace(items[0], text=wording.sentence_case(items[0].text))
    return tell(f"segment.{segment.id}.who", listed([first, *items[1:]], last=", "))


def write_sentences(numbers: Numbers, segment: SegmentProfile) -> tuple[Claim, ...]:
    """Two or three sentences: the two columns that tell most, then who they are besides."""
    columns = shaping_columns(numbers, segment)
    told = [joined(compare_clause(numbers, segment, column), ".") for column in columns[:LEAST_SENTENCES]]
    besides = [joined(trait_clause(numbers, segment, trait), ".") for trait in find_traits(numbers, segment)[:1]]
    third = columns[LEAST_SENTENCES : LEAST_SENTENCES + 1]
    told += besides or [joined(compare_clause(numbers, segment, column), ".") for column in third]
    if len(told) < LEAST_SENTENCES:
        size = {"share": numbers.share(segment), "n": numbers.all_customers()}
        told.append(phrase("They are {share} of all {n} customers.", **size))
    return tuple(
        tell(f"segment.{segment.id}.is{place}", said) for place, said in enumerate(told[:MOST_SENTENCES], start=1)
    )


def compare_clause(numbers: Numbers, segment: SegmentProfile, column: Column) -> Phrase:
    """`They earn 86.5 k$ a year, 26.0 k$ more than the average customer`; plain where the header lends no verb."""
    entry = vocabulary().entry_for(column)
    mean = numbers.mean(segment, column)
    if entry and entry.says:
        opening = phrase(entry.sentence, mean=mean)
    else:
        opening = phrase("In {label} they average {mean}", label=in_sentence(column), mean=mean)
    if entry is None:
        overall = numbers.overall_mean(column)
        return phrase("{opening}, against {overall} for all customers", opening=opening, overall=overall)
    if numbers.is_close(segment, column):
        overall = numbers.overall_mean(column)
        return phrase("{opening}, close to the {overall} of all customers", opening=opening, overall=overall)
    template = entry.comparison("high" if numbers.is_above(segment, column) else "low")
    return phrase(template, opening=opening, gap=numbers.gap(segment, column))


@dataclass(frozen=True, slots=True)
class Trait:
    """A describing column in which a segment differs."""

    column: Column
    level: LevelProfile | None
    """The level that stands out; None for a number."""
    strength: float
    """Difference in SD; for a level that of its share, so that numbers and levels compare."""


def find_traits(numbers: Numbers, segment: SegmentProfile) -> list[Trait]:
    """The columns in which the segment differs besides its features, strongest first.

    Describing columns where a test says that segments do; what shapes, or echoes what shapes, needs none.
    """
    profile = numbers.facts.profile
    differing = {association.column for association in profile.associations if association.differs}
    differing |= {category.name for category in numbers.facts.features.categories}
    differing |= {left.name for left in numbers.facts.features.left_out if left.echoes}
    traits = [
        trait
        for column in profile.columns
        if column.name in differing and (trait := _trait_of(segment, column)) is not None
    ]
    told: dict[tuple[object, ...], Trait] = {}
    for trait in sorted(traits, key=lambda trait: -trait.strength):
        told.setdefault(_who_is_meant(trait), trait)
    return list(told.values())


def _who_is_meant(trait: Trait) -> tuple[object, ...]:
    """What two traits share that say the same of the same customers: `No internet service` in six columns."""
    level = trait.level
    return (trait.column.name,) if level is None else (level.n_customers, level.share, level.overall)


def _trait_of(segment: SegmentProfile, column: Column) -> Trait | None:
    if column.role in NUMERIC_ROLES and column.kind == "number":
        difference = abs(segment.number(column.name).difference)
        return Trait(column, None, difference) if difference >= DESCRIBES_FROM else None
    level = telling_level(segment, column)
    if level is None:
        return None
    return Trait(column, level, (level.share - level.overall) / math.sqrt(level.overall * (1 - level.overall)))


def trait_clause(numbers: Numbers, segment: SegmentProfile, trait: Trait) -> Phrase:
    """`City is Ulm for 42% of them, against 25% of all customers`, or the comparison of a number."""
    if trait.level is None:
        return compare_clause(numbers, segment, trait.column)
    return phrase(
        "{label} is {level} for {share} of them, against {overall} of all customers",
        label=wording.sentence_case(in_sentence(trait.column)),
        level=wording.scrub(trait.level.level, LEVEL_CHARACTERS),
        share=numbers.level_share(segment, trait.level),
        overall=numbers.overall_level_share(trait.level),
    )


def telling_level(segment: SegmentProfile, column: Column) -> LevelProfile | None:
    """The level that stands out most from all customers, by points; None where none is large and frequent enough."""
    levels = [
        level
        for level in segment.levels
        if level.column == column.name
        and level.level != OTHER_LEVEL
        and level.n_customers >= LEAST_CELL
        and level.lift >= DESCRIBES_FROM_LIFT
        and level.share - level.overall >= DESCRIBES_FROM_POINTS
    ]
    return max(levels, key=lambda level: level.share - level.overall, default=None)


def write_descriptors(numbers: Numbers, segment: SegmentProfile) -> Claim | None:
    """The describing columns in which it differs beyond the one that `write_sentences` tells; None where none does."""
    traits = find_traits(numbers, segment)[1 : 1 + MOST_DESCRIPTORS]
    if not traits:
        return None
    clauses = [trait_clause(numbers, segment, trait) for trait in traits]
    return tell(f"segment.{segment.id}.descriptors", listed(clauses, last=". ", between=". "), ".")


def write_typical(numbers: Numbers, segment: SegmentProfile) -> Claim:
    """A typical customer: the middle half of the members in rounded bands, and the levels that stand out."""
    chosen = {column.name for column in shaping_columns(numbers, segment)[:MOST_COLUMNS]}
    typical = [trait for trait in find_traits(numbers, segment) if trait.level is None or trait.level.share > MOST]
    traits = {trait.column.name: trait for trait in typical[:MOST_TRAITS]}
    items: list[Piece] = []
    for column in numbers.facts.profile.columns:
        level = traits[column.name].level if column.name in traits else None
        if level is not None:
            items.append(
                phrase(
                    "{label} {level} ({share} of them)",
                    label=in_sentence(column),
                    level=wording.scrub(level.level, LEVEL_CHARACTERS),
                    share=numbers.level_share(segment, level),
                )
            )
        elif column.name in chosen or column.name in traits:
            items.append(labelled(column, numbers.band(segment, column)))
    return say(f"segment.{segment.id}.typical", "Typical: {bands}.", bands=listed(items, last=", "))
