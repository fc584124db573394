"""Where each picture and each named sentence stands; whatever has no place goes to the appendix, so nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportgen.language import msgid, text
from reportgen.records.study import Figure, Skipped, Study
from reportgen.render.pieces import Pair, Picture, Said, picture, sentence

ABOUT_COLUMNS = ("distribution", "category_split", "correlations")

PICTURES: dict[str, tuple[str, ...]] = {
    "segments": ("segment_map", "segment_sizes"),
    "compare": ("profile_heat_map", "snake", "segments_side_by_side", "value_concentration", "rule_tree"),
    "changed": ("segments_moved", "share_trend"),
    "trust": (
        *("silhouette_by_k", "elbow", "votes", "stability_by_k", "null_comparison"),
        *("segment_stability", "segments_by_k", "silhouette_plot", "clearness"),
    ),
    "data": (*ABOUT_COLUMNS, "cleaning_steps", "missing_values", "outliers"),
}
"""Section → charts by file name, in the order in which they are read."""

PICTURES_WITHOUT_SEGMENTS: dict[str, tuple[str, ...]] = {
    **PICTURES,
    "segments": ("segment_map", *ABOUT_COLUMNS),
    "data": ("cleaning_steps", "missing_values", "outliers"),
}
"""Where there are no segments, the columns themselves are what there is to say of the customers."""

SENTENCES: dict[str, dict[str, str]] = {
    "answer": {"headline": "", "segments": "", "value": "", "trust": "", "customers": ""},
    "segments": {"features": "", "features_reason": ""},
    "compare": {"priority": "", "everyone": ""},
    "changed": {
        "change": "",
        "moves": "",
        "shares": "",
        "fates": "",
        "trials": "Tests",
        "renewal": "",
        "drift": "",
        "confirmed": "",
    },
    "trust": {
        "k_choice": msgid("Number of segments"),
        "k_reason": msgid("The choice"),
        "runner_up": msgid("The next best"),
        "structure": msgid("Structure"),
        "stability": msgid("Stability"),
        "scaling": msgid("Scaling"),
        "alternatives": msgid("Other columns"),
        "left_out": msgid("One column less"),
        "descriptors": msgid("Describing columns"),
        "filled_in": msgid("Filled-in values"),
        "refit": msgid("A new fit"),
    },
    "data": {
        "reading": msgid("Reading"),
        "cleaning": msgid("Cleaning"),
        "orders": msgid("Order lines"),
        "no_id": msgid("Ids"),
        "duplicates": msgid("Duplicates"),
        "same_person": msgid("One person?"),
        "missing": msgid("Missing"),
        "outliers": msgid("Far values"),
        "meaning": msgid("What it means"),
    },
}
"""Section → names in `Study.answers` in the order in which they are read, each with the word that stands before it.
The first that exists is the lede."""

SENTENCES_WITHOUT_SEGMENTS: dict[str, dict[str, str]] = {
    **SENTENCES,
    "segments": {"everyone": "", **SENTENCES["segments"]},
}

KINDS = {
    "natural": msgid("The customers fall into groups by themselves: gaps separate them, and every method finds them."),
    "reproducible": msgid(
        "Drawing the customers again gives the same groups; they touch, or tests differ on their number."
    ),
    "constructive": msgid(
        "The customers form a continuum; the segments are useful cuts through it, not groups by nature."
    ),
    "none": msgid("Nothing in these columns separates the customers into groups beyond what chance gives."),
}
"""Natural, reproducible, constructive segmentation (Dolnicar, Grün & Leisch 2018, ch. 7), in plain words."""


NONE_HOLDS = msgid("Drawing the customers again does not give these groups: take them as a description of this month.")
"""Where no segment can be relied on, whatever their number is like."""

OF_NO_USE = msgid("The customers do fall into groups, but no division has sizes that a team could work with.")
"""Where there is structure and still no segments."""

ALSO = {"segments": "", "trust": msgid("The choice")}
"""Section → the word before the stage's own reason."""

PLACED_ELSEWHERE = frozenset({"alerts", "collect"})

_OF_ONE = re.compile(r"-\d+$")
"""What a chart with several figures appends: a segment id, or a column's place."""


def said_in(study: Study, section: str, reason: str = "") -> Said:
    """The section's sentences that this study has: the first as its lede, then the stage's reason, then the others."""
    spoken = {**study.answers, "headline": study.headline}
    names = (SENTENCES if study.personas else SENTENCES_WITHOUT_SEGMENTS)[section]
    found = {sentence(spoken[name]): term for name, term in names.items() if name in spoken}
    lede = next(iter(found), "")
    more = {sentence(reason): ALSO[section]} if reason else {}
    if section == "trust":
        evidence = study.facts.evidence
        is_of_no_use = evidence.kind == "none" and evidence.structure.found
        segments = study.facts.profile.segments
        is_weak = bool(segments) and all(segment.trust.do_not_target for segment in segments)
        kind = NONE_HOLDS if is_weak else OF_NO_USE if is_of_no_use else KINDS[evidence.kind]
        more[text(kind)] = msgid("Kind")
    more |= {said: term for said, term in found.items() if said not in more}
    return Said(lede, tuple(Pair(text(term) if term else "", said) for said, term in more.items() if said != lede))


def other_sentences(study: Study) -> tuple[Pair, ...]:
    """Sentences and remarks that no section asks for, by name."""
    placed = PLACED_ELSEWHERE.union(*SENTENCES.values())
    spoken = {**study.answers, **study.remarks}
    return tuple(Pair("", sentence(spoken[name])) for name in sorted(spoken) if name not in placed)


def pictures_in(study: Study, figures: Iterable[Figure], section: str) -> tuple[Picture, ...]:
    """The section's pictures that were drawn, in reading order."""
    places = PICTURES if study.personas else PICTURES_WITHOUT_SEGMENTS
    drawn = [figure for figure in figures if figure.segment is None]
    names = places.get(section, ())
    return in_lines([picture(figure) for name in names for figure in drawn if chart_of(figure) == name])


def other_pictures(figures: Iterable[Figure]) -> tuple[Picture, ...]:
    """Pictures of all customers that no section asks for."""
    placed = frozenset().union(*PICTURES.values())
    drawn = [figure for figure in figures if figure.segment is None]
    return in_lines([picture(figure) for figure in drawn if chart_of(figure) not in placed])


def segment_pictures(figures: Iterable[Figure], segment: int) -> tuple[Picture, ...]:
    """The pictures of one segment, as they come."""
    return in_lines([picture(figure) for figure in figures if figure.segment == segment])


def chart_of(figure: Figure | Skipped) -> str:
    """The chart's file name: `distribution` of `distribution-3`."""
    return _OF_ONE.sub("", figure.name)


def in_lines(pictures: Sequence[Picture]) -> tuple[Picture, ...]:
    """The pictures in reading order, except that a half one draws the next half one to its side."""
    waiting = list(pictures)
    placed: list[Picture] = []
    while waiting:
        first = waiting.pop(0)
        halves = [other for other in waiting if other.is_half] if first.is_half else []
        if halves:
            waiting.remove(halves[0])
            placed += [replace(first, side="left"), replace(halves[0], side="right")]
        else:
            placed.append(first)
    return tuple(placed)
