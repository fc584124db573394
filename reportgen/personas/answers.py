"""The finding in a few sentences: headline, customers, segments, value, trust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen import wording
from reportgen.claims import Piece, tell
from reportgen.personas.naming import Name
from reportgen.personas.numbers import Numbers, in_sentence, listed, show_first_word, show_index, show_word
from reportgen.personas.sentences import shaping_columns
from reportgen.personas.vocabulary import vocabulary
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Claim
from reportgen.records.table import Column

Names = Mapping[int, Name]

MOST_MEANS = 4
"""Columns in the sentence on all customers."""

KINDS = {
    "natural": "The segments are groups by nature: gaps separate them",
    "reproducible": "The segments are reproducible, though they touch or the tests of their number disagree",
    "constructive": "The segments are useful cuts through a continuum, not groups by nature",
}
"""`Evidence.kind` in plain words (Dolnicar, Grün & Leisch 2018, ch. 7)."""


PAIR = 2
"""Segments too few for `all two`."""


def write_headline(numbers: Numbers, names: Names) -> Claim:
    """The finding as one sentence."""
    segments = numbers.facts.profile.segments
    if not segments:
        verdict = "No segments of a useful size" if _is_too_small(numbers) else "No segments beyond chance"
        return tell("headline", f"{verdict}: the ", numbers.all_customers(), " customers form one group.")
    opening: tuple[Piece, ...] = (numbers.k(show_first_word), " segments; ")
    best = best_segment(segments)
    if best is None:
        segment, column = most_different(numbers)
        closing: tuple[Piece, ...] = (
            "the ",
            numbers.customers(segment),
            f" {names[segment.id].text}, ",
            numbers.share(segment),
            f" of customers, differ most: {in_sentence(column)} ",
            numbers.mean(segment, column),
            " on average, against ",
            numbers.overall_mean(column),
            " for all.",
        )
    else:
        closing = (
            "the ",
            numbers.customers(best),
            f" {names[best.id].text}, ",
            numbers.share(best),
            " of customers, carry ",
            numbers.value_share(best),
            f" of {value_label(numbers)}.",
        )
    return tell("headline", *opening, *closing)


def most_different(numbers: Numbers) -> tuple[SegmentProfile, Column]:
    """The segment furthest from all customers in one shaping column, and that column: the finding without a value.

    Untrusted segments and sensitive columns only where there is nothing else.
    """
    segments = numbers.facts.profile.segments
    trusted = [segment for segment in segments if not segment.trust.do_not_target] or segments
    columns = shaping_columns(numbers, trusted[0])
    tellable = [column for column in columns if not vocabulary().is_sensitive(column)] or columns
    pairs = [(segment, column) for segment in trusted for column in tellable]
    return max(pairs, key=lambda pair: abs(pair[0].number(pair[1].name).difference))


def _is_too_small(numbers: Numbers) -> bool:
    """True where there is structure, but no division keeps to the sizes that the settings allow."""
    return not numbers.facts.profile.segments and numbers.facts.evidence.structure.found


def best_segment(segments: Sequence[SegmentProfile]) -> SegmentProfile | None:
    """The segment whose share of value exceeds its share of customers most; None where value is unknown.

    Neither the largest share (size alone) nor the largest ratio (a handful of customers); untrusted segments last.
    """
    valued = [(segment.value_share - segment.share, segment) for segment in segments if segment.value_share is not None]
    trusted = [pair for pair in valued if not pair[1].trust.do_not_target]
    return max(trusted or valued, key=lambda pair: (pair[0], -pair[1].id), default=(0.0, None))[1]


def value_label(numbers: Numbers) -> str:
    """The value column inside a sentence: `spending score`."""
    return in_sentence(numbers.facts.column(numbers.facts.profile.value_column))


def answer_customers(numbers: Numbers, _names: Names) -> Claim:
    """How many customers, from how many records, what was set aside."""
    if numbers.facts.orders:
        return _answer_customers_of_lines(numbers)
    n_aside = numbers.tally("set_aside", action="set aside")
    records = numbers.at("read.n_physical", wording.format_count, unit="records")
    pieces: list[Piece] = [numbers.all_customers(), " customers from ", records, " records"]
    if n_aside.value:
        was = "record was" if n_aside.value == 1 else "records were"
        pieces += ["; ", n_aside, f" {was} set aside, each with its reason"]
    else:
        pieces += ["; ", numbers.tally("set_aside", show_word, action="set aside"), " record was set aside"]
    return tell("answer.customers", *pieces, ".")


def _answer_customers_of_lines(numbers: Numbers) -> Claim:
    lines = numbers.at("orders.n_lines", wording.format_count, unit="lines")
    n_aside = numbers.at("orders.n_set_aside", _count_or_no, unit="lines")
    were = "line was" if n_aside.value <= 1 else "lines were"
    why = ", each for a stated reason" if n_aside.value else ""
    pieces: list[Piece] = [numbers.all_customers(), " customers from ", lines, " order lines; ", n_aside]
    return tell("answer.customers", *pieces, f" {were} set aside{why}.")


def _count_or_no(n: float) -> str:
    return wording.format_count(n) if n else show_word(n)


def answer_segments(numbers: Numbers, _names: Names) -> Claim:
    """How many segments, and why in one sentence."""
    facts = numbers.facts
    segments = facts.profile.segments
    if not segments:
        return _answer_no_segments(numbers)
    agreeing = numbers.tally("evidence.votes", show_word, k=facts.evidence.k)
    tests = numbers.size("evidence.votes", show_word)
    of = " of " if agreeing.value else " test of "
    choose = " choose it" if agreeing.value > 1 else " chooses it"
    reason: tuple[Piece, ...] = ("the tests of their number are divided, ", agreeing, of, tests, choose)
    if 2 * agreeing.value > tests.value:
        reason = (agreeing, " of ", tests, " tests of their number choose it")
    pieces: list[Piece] = [numbers.k(show_first_word), " segments: ", *reason]
    largest, smallest = numbers.share(segments[0]), numbers.share(segments[-1])
    pieces += [". The largest holds ", largest, " of customers, the smallest ", smallest, "."]
    return tell("answer.segments", *pieces)


def _answer_no_segments(numbers: Numbers) -> Claim:
    structure = numbers.facts.evidence.structure
    observed = numbers.at("evidence.structure.observed", show_index)
    opening = ("The best grouping has a silhouette of ", observed)
    if _is_too_small(numbers):
        return tell("answer.segments", *opening, ", but no grouping has segments of sizes that can be used.")
    reached = max("gaussian_p95", "uniform_p95", key=lambda name: getattr(structure, name))
    chance = numbers.at(f"evidence.structure.{reached}", show_index)
    verb = "reaches" if chance.value >= observed.value else "sometimes passes"
    closing = (f", and data without structure {verb} ", chance, ": no segments beyond chance.")
    return tell("answer.segments", *opening, *closing)


def answer_value(numbers: Numbers, names: Names) -> Claim | None:
    """The best segment's share of value, or that value is unknown; absent without segments."""
    segments = numbers.facts.profile.segments
    if not segments:
        return None
    best = best_segment(segments)
    if best is None:
        customers = numbers.all_customers()
        return tell("answer.value", "Value is unknown: no column can share it out among the ", customers, " customers.")
    return tell(
        "answer.value",
        f"{names[best.id].text} carry ",
        numbers.value_share(best),
        f" of {value_label(numbers)} with ",
        numbers.share(best),
        " of customers.",
    )


def answer_trust(numbers: Numbers, names: Names) -> Claim:
    """How far to trust the segments, in plain words."""
    facts = numbers.facts
    if not facts.profile.segments:
        p_value = numbers.at("evidence.structure.p_value", wording.format_p_value)
        observed = numbers.at("evidence.structure.observed", show_index)
        chance = "is more than chance" if facts.evidence.structure.found else "could be chance"
        opening = "Do not group these customers: the best silhouette, "
        closing = ", but no grouping has sizes that can be used." if facts.evidence.structure.found else "."
        return tell("answer.trust", opening, observed, f", {chance} (", p_value, f"){closing}")
    kind = KINDS.get(facts.evidence.kind, "The segments are a description")
    n_weak = sum(segment.trust.do_not_target for segment in facts.profile.segments)
    all_or_the = "the" if facts.evidence.k == PAIR else "all"
    held: tuple[Piece, ...] = (f"{all_or_the} ", numbers.k(), " come back when the customers are drawn again")
    if n_weak:
        held = (numbers.held(), " of ", numbers.k(), " can be relied on")
    pieces: list[Piece] = [f"{kind}; ", *held, "."]
    if not facts.evidence.structure.found:
        pieces.append(" The data show no structure beyond chance; the settings asked for this number.")
    weak = [names[segment.id].text for segment in facts.profile.segments if segment.trust.do_not_target]
    if weak:
        pieces.append(f" Do not target {wording.join_words(weak)} on their own.")
    return tell("answer.trust", *pieces)


def answer_everyone(numbers: Numbers, _names: Names) -> Claim:
    """What all customers are on average."""
    facts = numbers.facts
    columns = [facts.column(feature.name) for feature in facts.profile.features][:MOST_MEANS]
    items: list[tuple[Piece, ...]] = [(in_sentence(column), " ", numbers.overall_mean(column)) for column in columns]
    return tell(
        "answer.everyone", "All ", numbers.all_customers(), " customers on average: ", *listed(items, ", "), "."
    )
