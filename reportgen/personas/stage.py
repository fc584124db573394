"""Turns the facts into words: names, sentences, answers, actions; every number a claim."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from reportgen.language import msgid, text
from reportgen.personas import (
    alert_answers,
    answers,
    change_answers,
    choice_answers,
    column_answers,
    data_answers,
    evidence_answers,
    model_answers,
    order_answers,
    proofs,
    sentences,
    trial_answers,
    withheld,
)
from reportgen.personas.actions import nearest_trusted, write_actions, write_do
from reportgen.personas.answers import Names, write_headline
from reportgen.personas.limits import write_collect, write_limits
from reportgen.personas.naming import name_segments
from reportgen.personas.numbers import Numbers
from reportgen.personas.scorecard import answer_priority, write_scorecard
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Claim, Decided, Facts, Persona, Study
from reportgen.theme import Theme

ANSWERS: dict[str, str] = {
    "segments": "the answer: how many segments and why, or that there are none",
    "value": "the answer: the best segment's share of value, or that value is unknown; absent without segments",
    "trust": "the answer: how far to trust the segments, in plain words",
    "customers": "the answer: customers, records, records set aside",
    "change": "what changed: who moved, against noise; in the first month that it is not compared with another",
    "moves": "what changed: the largest moves between segments; absent where they are noise",
    "shares": "what changed: segments whose share changed beyond noise; absent where none did",
    "fates": "what changed: new, retired, empty, split and merged segments; absent where all were kept",
    "trials": "what changed: what became of the tests of the month before; absent where none can be read back",
    "renewal": "what changed: that the segments should be made anew; absent where not",
    "drift": "what changed: columns that are spread as when the segments were made; absent in the first month",
    "confirmed": "what changed: names proved again this month; absent in the first month",
    "alerts": "the cover: what to look at before believing the month; absent where there is nothing",
    "refit": "how far to trust this: what a new fit would give; absent where the model is this month's own",
    "everyone": "the customers: their averages",
    "priority": "side by side: the segments that the scorecard puts first; absent where fewer than two are scored",
    "features": "the segment map: which columns shape, which describe",
    "features_reason": "the segment map: the feature stage's reason, where it prints numbers",
    "alternatives": "how far to trust this: what other columns would have given; absent where none was tried",
    "descriptors": "how far to trust this: which describing columns differ between the segments and which do not",
    "k_choice": "how far to trust this: votes, runner-up and what it would change; absent without segments",
    "k_reason": "how far to trust this: the segment stage's reason, where it prints numbers",
    "runner_up": "how far to trust this: which segments the runner-up splits or merges; absent without one",
    "structure": "how far to trust this: the silhouette against data without structure",
    "stability": "how far to trust this: agreement of resamples, customers moved by refitting; absent without segments",
    "scaling": "how far to trust this: standardised and transformed columns, agreement of other scalings",
    "left_out": "how far to trust this: agreement with each column left out; absent where none was",
    "filled_in": "how far to trust this: the segments without customers with filled-in values; absent without any",
    "reading": "the data: format, encoding, header line",
    "no_id": "the data: record numbers serve as ids; absent where the export has an id",
    "cleaning": "the data: the records add up; cells filled in and capped",
    "orders": "the data: which order lines count, to which day; absent where the export has one row a customer",
    "duplicates": "the data: duplicate records found",
    "same_person": "the data: records that look like one person",
    "missing": "the data: missing cells, where most, filled in",
    "outliers": "the data: far values, where most, capped",
    "meaning": "the data: what cleaning means for the segments",
}
"""Every name in `Study.answers` → where it stands and when it is absent."""

REMARKS: dict[str, str] = {
    "typical": "a segment's page: how the bands of a typical customer are made",
    "collect": "the answer without segments: what to collect next; absent with segments",
}
"""Every name in `Study.remarks` → where it stands and when it is absent."""

TYPICAL = msgid(
    "The bands of a typical customer hold the middle half of the segment, rounded outward to round numbers."
)

WRITERS: dict[str, Callable[[Numbers, Names], Claim | None]] = {
    "segments": answers.answer_segments,
    "value": answers.answer_value,
    "trust": answers.answer_trust,
    "customers": answers.answer_customers,
    "change": change_answers.answer_change,
    "moves": change_answers.answer_moves,
    "shares": change_answers.answer_shares,
    "fates": change_answers.answer_fates,
    "trials": trial_answers.answer_trials,
    "renewal": model_answers.answer_renewal,
    "drift": alert_answers.answer_drift,
    "confirmed": model_answers.answer_confirmed,
    "alerts": alert_answers.answer_alerts,
    "refit": model_answers.answer_refit,
    "everyone": answers.answer_everyone,
    "priority": answer_priority,
    "features": column_answers.answer_features,
    "features_reason": evidence_answers.answer_features_reason,
    "alternatives": evidence_answers.answer_alternatives,
    "descriptors": column_answers.answer_descriptors,
    "k_choice": evidence_answers.answer_k_choice,
    "k_reason": evidence_answers.answer_k_reason,
    "runner_up": choice_answers.answer_runner_up,
    "structure": evidence_answers.answer_structure,
    "stability": evidence_answers.answer_stability,
    "scaling": column_answers.answer_scaling,
    "left_out": choice_answers.answer_left_out,
    "filled_in": choice_answers.answer_filled_in,
    "reading": data_answers.answer_reading,
    "no_id": data_answers.answer_no_id,
    "cleaning": data_answers.answer_cleaning,
    "orders": order_answers.answer_orders,
    "duplicates": data_answers.answer_duplicates,
    "same_person": data_answers.answer_same_person,
    "missing": data_answers.answer_missing,
    "outliers": data_answers.answer_outliers,
    "meaning": data_answers.answer_meaning,
}


def write_study(facts: Facts, theme: Theme, names: Names | None = None) -> Study:
    """The facts with what is said of them; `names`: where months before or the settings have a say in them."""
    numbers = Numbers(facts)
    names = names or name_segments(facts.profile)
    written = {name: write(numbers, names) for name, write in WRITERS.items()}
    personas = tuple(write_persona(numbers, segment, names, theme) for segment in facts.profile.segments)
    return Study(
        facts=facts,
        personas=personas,
        headline=write_headline(numbers, names),
        answers={name: claim for name, claim in written.items() if claim is not None},
        limits=write_limits(facts),
        remarks=write_remarks(facts),
    )


def write_persona(numbers: Numbers, segment: SegmentProfile, names: Names, theme: Theme) -> Persona:
    """The persona of one segment."""
    if segment.id in numbers.facts.profile.untold:
        return write_untold(numbers, segment, names, theme)
    actions = write_actions(numbers, segment)
    partner = nearest_trusted(numbers, segment, names) if segment.trust.do_not_target else ""
    name, decided = names[segment.id], numbers.facts.decided.get(segment.id, Decided())
    return Persona(
        segment=segment.id,
        name=name.text,
        slug=slug_of(name.text, segment.id, names),
        color=theme.segment_color(segment.id),
        words=tuple(word.evidence for word in name.words),
        who=sentences.write_who(numbers, segment),
        sentences=sentences.write_sentences(numbers, segment),
        do=decided.do or write_do(actions, partner),
        actions=actions,
        typical=sentences.write_typical(numbers, segment),
        proof=proofs.write_proof(numbers, segment, name, names),
        trust=proofs.write_trust(numbers, segment, partner),
        rule=proofs.write_rule(numbers, segment),
        descriptors=sentences.write_descriptors(numbers, segment),
        scorecard=write_scorecard(numbers, segment),
        note=decided.note,
    )


def write_untold(numbers: Numbers, segment: SegmentProfile, names: Names, theme: Theme) -> Persona:
    """The persona of a segment that may not be described."""
    name, decided = names[segment.id].text, numbers.facts.decided.get(segment.id, Decided())
    partner = nearest_trusted(numbers, segment, names) if segment.trust.do_not_target else ""
    why = withheld.write_why_untold(numbers, segment)
    return Persona(
        segment=segment.id,
        name=name,
        slug=slug_of(name, segment.id, names),
        color=theme.segment_color(segment.id),
        words=(),
        who=why,
        sentences=(why,),
        do=decided.do or write_do((), partner) if segment.trust.do_not_target else decided.do,
        actions=(),
        typical=None,
        trust=withheld.write_trust_untold(numbers, segment, partner),
        note=decided.note,
    )


def write_remarks(facts: Facts) -> Mapping[str, str]:
    """Sentences without numbers, by name."""
    return {"typical": text(TYPICAL)} if facts.profile.segments else {"collect": write_collect(facts)}


def slug_of(name: str, segment: int, names: Names) -> str:
    """The name for file names and anchors: ASCII letters, digits and hyphens; distinct within the study."""
    slugs = {other: _ascii(entry.text) for other, entry in names.items()}
    slug = _ascii(name)
    is_shared = list(slugs.values()).count(slug) > 1
    return f"{slug}-{segment}".strip("-") if is_shared or not slug else slug


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
