"""The finding in a few sentences: headline, customers, segments, value, trust."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportgen import wording
from reportgen.claims import Phrase, Piece, counted, joined, phrase, say, tell
from reportgen.language import msgid, text
from reportgen.personas.naming import Name
from reportgen.personas.numbers import Numbers, in_sentence, labelled, listed, show_first_word, show_index, show_word
from reportgen.personas.sentences import shaping_columns
from reportgen.personas.vocabulary import vocabulary
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Claim
from reportgen.records.table import Column

Names = Mapping[int, Name]

MOST_MEANS = 4
"""Columns in the sentence on all customers."""

KINDS = {
    "natural": msgid("The segments are groups by nature: gaps separate them"),
    "reproducible": msgid("The segments are reproducible, though they touch or the tests of their number disagree"),
    "constructive": msgid("The segments are useful cuts through a continuum, not groups by nature"),
}
"""`Evidence.kind` in plain words (Dolnicar, Grün & Leisch 2018, ch. 7)."""


UNNAMED_KIND = msgid("The segments are a description")

NONE_HOLDS = msgid("The segments do not come back when the customers are drawn again")
"""In place of their kind, where none of them holds."""

P_VALUE = "evidence.structure.p_value"

PAIR = 2
"""Segments too few for `all two`."""


def write_headline(numbers: Numbers, names: Names) -> Claim:
    """The finding as one sentence."""
    profile = numbers.facts.profile
    if not profile.segments:
        if _is_too_small(numbers):
            template = msgid("No segments of a useful size: the {n} customers form one group.")
        else:
            template = msgid("No segments beyond chance: the {n} customers form one group.")
        return say("headline", template, n=numbers.all_customers())
    if not profile.told:
        return say("headline", "{k} segments, too small to be described.", k=numbers.k(show_first_word))
    best = best_segment(profile.told)
    if best is None:
        segment, column = most_different(numbers)
        return say(
            "headline",
            "{k} segments; the {n} {name}, {share} of customers, differ most: {label} {mean} on average, against "
            "{overall} for all.",
            k=numbers.k(show_first_word),
            n=numbers.customers(segment),
            name=names[segment.id].text,
            share=numbers.share(segment),
            label=in_sentence(column),
            mean=numbers.mean(segment, column),
            overall=numbers.overall_mean(column),
        )
    return say(
        "headline",
        "{k} segments; the {n} {name}, {share} of customers, carry {value_share} of {value}.",
        k=numbers.k(show_first_word),
        n=numbers.customers(best),
        name=names[best.id].text,
        share=numbers.share(best),
        value_share=numbers.value_share(best),
        value=value_label(numbers),
    )


def most_different(numbers: Numbers) -> tuple[SegmentProfile, Column]:
    """The segment furthest from all customers in one shaping column, and that column: the finding without a value.

    Untrusted segments and sensitive columns only where there is nothing else.
    """
    segments = numbers.facts.profile.told
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
    if n_aside.value:
        aside = counted(
            "{n} record was set aside, each with its reason",
            "{n} records were set aside, each with its reason",
            n_aside,
        )
    else:
        aside = phrase("{n} record was set aside", n=numbers.tally("set_aside", show_word, action="set aside"))
    customers = numbers.all_customers()
    return say(
        "answer.customers",
        "{customers} customers from {records} records; {aside}.",
        customers=customers,
        records=records,
        aside=aside,
    )


def _answer_customers_of_lines(numbers: Numbers) -> Claim:
    lines = numbers.at("orders.n_lines", wording.format_count, unit="lines")
    n_aside = numbers.at("orders.n_set_aside", _count_or_no, unit="lines")
    if not n_aside.value:
        aside = phrase("{n} line was set aside", n=n_aside)
    else:
        aside = counted(
            "{n} line was set aside, each for a stated reason",
            "{n} lines were set aside, each for a stated reason",
            n_aside,
        )
    customers = numbers.all_customers()
    return say(
        "answer.customers",
        "{customers} customers from {lines} order lines; {aside}.",
        customers=customers,
        lines=lines,
        aside=aside,
    )


def _count_or_no(n: float) -> str:
    return wording.format_count(n) if n else show_word(n)


def answer_segments(numbers: Numbers, _names: Names) -> Claim:
    """How many segments, and why in one sentence."""
    facts = numbers.facts
    if not facts.profile.segments:
        return _answer_no_segments(numbers)
    agreeing = numbers.tally("evidence.votes", show_word, k=facts.evidence.k)
    tests = numbers.size("evidence.votes", show_word)
    if 2 * agreeing.value > tests.value:
        reason = phrase("{n} of {tests} tests of their number choose it", n=agreeing, tests=tests)
    elif agreeing.value > 1:
        reason = phrase("the tests of their number are divided, {n} of {tests} choose it", n=agreeing, tests=tests)
    elif agreeing.value:
        reason = phrase("the tests of their number are divided, {n} of {tests} chooses it", n=agreeing, tests=tests)
    else:
        reason = phrase(
            "the tests of their number are divided, {n} test of {tests} chooses it", n=agreeing, tests=tests
        )
    return tell("answer.segments", *_with_sizes(numbers, reason))


def _with_sizes(numbers: Numbers, reason: Phrase) -> Iterator[Piece]:
    """How many segments, and how large the largest and the smallest are, as far as that is told."""
    profile, k = numbers.facts.profile, numbers.k(show_first_word)
    if not profile.told:
        yield phrase("{k} segments: {reason}.", k=k, reason=reason)
        return
    template = msgid("{k} segments: {reason}. The largest holds {largest} of customers, the smallest {smallest}.")
    smallest: Piece = numbers.share(profile.segments[-1])
    if profile.untold:
        template = msgid(
            "{k} segments: {reason}. The largest holds {largest} of customers, the smallest {n} customers."
        )
        smallest = joined(*numbers.few_hidden(numbers.customers(profile.segments[-1])))
    yield phrase(template, k=k, reason=reason, largest=numbers.share(profile.told[0]), smallest=smallest, n=smallest)


def _answer_no_segments(numbers: Numbers) -> Claim:
    structure = numbers.facts.evidence.structure
    observed = numbers.at("evidence.structure.observed", show_index)
    if _is_too_small(numbers):
        return say(
            "answer.segments",
            "The best grouping has a silhouette of {observed}, but no grouping has segments of sizes that can be used.",
            observed=observed,
        )
    reached = max("gaussian_p95", "uniform_p95", key=lambda name: getattr(structure, name))
    chance = numbers.at(f"evidence.structure.{reached}", show_index)
    template = msgid(
        "The best grouping has a silhouette of {observed}, and data without structure sometimes passes {chance}: no "
        "segments beyond chance."
    )
    if chance.value >= observed.value:
        template = msgid(
            "The best grouping has a silhouette of {observed}, and data without structure reaches {chance}: no "
            "segments beyond chance."
        )
    return say("answer.segments", template, observed=observed, chance=chance)


def answer_value(numbers: Numbers, names: Names) -> Claim | None:
    """The best segment's share of value, or that value is unknown; absent without segments."""
    segments = numbers.facts.profile.told
    if not segments:
        return None
    best = best_segment(segments)
    if best is None:
        return say(
            "answer.value",
            "Value is unknown: no column can share it out among the {n} customers.",
            n=numbers.all_customers(),
        )
    return say(
        "answer.value",
        "{name} carry {value_share} of {value} with {share} of customers.",
        name=names[best.id].text,
        value_share=numbers.value_share(best),
        value=value_label(numbers),
        share=numbers.share(best),
    )


def answer_trust(numbers: Numbers, names: Names) -> Claim:
    """How far to trust the segments, in plain words."""
    facts = numbers.facts
    if not facts.profile.segments:
        return _trust_without_segments(numbers)
    kind = text(KINDS.get(facts.evidence.kind, UNNAMED_KIND))
    if not numbers.held().value:
        kind = text(NONE_HOLDS)
    weak = [names[segment.id].text for segment in facts.profile.segments if segment.trust.do_not_target]
    if not numbers.held().value:
        held = phrase("none of {k} can be relied on", k=numbers.k())
    elif weak:
        held = phrase("{n} of {k} can be relied on", n=numbers.held(), k=numbers.k())
    elif facts.evidence.k == PAIR:
        held = phrase("the {k} come back when the customers are drawn again", k=numbers.k())
    else:
        held = phrase("all {k} come back when the customers are drawn again", k=numbers.k())
    pieces: list[Piece] = [kind, "; ", held, "."]
    if not facts.evidence.structure.found:
        pieces += [" ", text("The data show no structure beyond chance; the settings asked for this number.")]
    if weak:
        pieces += [" ", text("Do not target {names} on their own.", names=wording.join_words(weak))]
    return tell("answer.trust", *pieces)


def _trust_without_segments(numbers: Numbers) -> Claim:
    template = msgid(
        "Do not group these customers: {share} of data sets without any structure look at least as grouped."
    )
    if numbers.facts.evidence.structure.found:
        template = msgid(
            "Do not group these customers: only {share} of data sets without any structure look as grouped, but no "
            "grouping has sizes that can be used."
        )
    return say("answer.trust", template, share=numbers.at(P_VALUE, wording.format_share, unit="share"))


def answer_everyone(numbers: Numbers, _names: Names) -> Claim:
    """What all customers are on average."""
    facts = numbers.facts
    columns = [facts.column(feature.name) for feature in facts.profile.features][:MOST_MEANS]
    means = listed([labelled(column, numbers.overall_mean(column)) for column in columns], ", ")
    return say("answer.everyone", "All {n} customers on average: {means}.", n=numbers.all_customers(), means=means)
