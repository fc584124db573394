"""What a month takes from the months before it, and what it leaves for the next one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reportgen import __version__
from reportgen.config import Settings
from reportgen.engine.base import Engine
from reportgen.experiments import outcome_column
from reportgen.features.scaling import matrix_of
from reportgen.features.stored import names_of, why_unfit
from reportgen.following import Followed
from reportgen.history.disclosure import withhold_moves
from reportgen.history.match import match_segments
from reportgen.history.stage import compare_months
from reportgen.history.states import describe_columns
from reportgen.history.trials import read_trials
from reportgen.parallel import Worker
from reportgen.personas.naming import Name
from reportgen.records.history import (
    NO_IDENTITIES,
    Change,
    Descent,
    KeyArray,
    KnownSegment,
    Model,
    Month,
    Past,
)
from reportgen.records.profile import Profile, SegmentProfile
from reportgen.records.segments import Evidence, Features, FloatArray, Segmentation
from reportgen.records.study import Basis, Decided
from reportgen.records.table import CleanTable, RawTable
from reportgen.segment.known import Scored, n_inhabited
from reportgen.segment.stage import find_segments, score_segments

FEWEST_INHABITED = 2
"""Stored segments that must have customers for the stored model to divide them."""


NO_BASIS = Basis()


def modelled(past: Past) -> Month | None:
    """The newest month with a model."""
    return next((month for month in reversed(past.months) if month.model is not None), None)


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """What a run knows of the months before it."""

    past: Past | None = None
    """None in the first month, and where nothing can be remembered."""
    keys_of: Callable[[Sequence[str]], KeyArray] | None = None
    """Ids → pseudonymous keys; None: customers are not followed."""
    basis: Basis = NO_BASIS
    """The same in the few words that the manifest keeps."""

    @property
    def model(self) -> Model | None:
        """The newest model; None where a new fit is asked for."""
        newest = None if self.past is None or self.basis.is_refit else modelled(self.past)
        return newest.model if newest else None


NOTHING = Memory()


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """The segments of a month, and which of them are known."""

    evidence: Evidence
    segmentation: Segmentation
    model: Model | None
    """The stored model that divided the customers; None: they were divided anew."""
    scored: Scored | None


@dataclass(frozen=True, slots=True, eq=False)
class Identified:
    """Which segment is which."""

    identities: tuple[int, ...]
    """By segment id; empty without segments."""
    next_identity: int
    descents: tuple[Descent, ...] = ()


def usable_model(memory: Memory, table: CleanTable, settings: Settings) -> Model | None:
    """The stored model, where it can divide these customers."""
    model = memory.model
    return None if model is None or why_unfit(model, table, settings) else model


def divide(features: Features, settings: Settings, model: Model | None, helper: Worker | None) -> Division:
    """The segments: those of the stored model, or found anew without one."""
    if model is not None and n_inhabited(features.matrix, model.centroids) >= FEWEST_INHABITED:
        evidence, segmentation, scored = score_segments(features, settings.segments, model.centroids, helper)
        return Division(evidence, segmentation, model, scored)
    evidence, segmentation = find_segments(features, settings.segments, helper)
    return Division(evidence, segmentation, None, None)


def identify(division: Division, memory: Memory, features: Features, followed: Followed) -> Identified:
    """The identity of each segment: that of the stored model, or of the segment before that it resembles most."""
    k = division.segmentation.k
    has_segments = division.evidence.k > 1
    past = memory.past
    if past is None:
        return Identified(tuple(range(1, k + 1)) if has_segments else (), k + 1 if has_segments else 1)
    if not has_segments:
        return Identified((), past.last.next_identity)
    if division.model is not None and division.scored is not None:
        identities = tuple(division.model.identities[place] for place in division.scored.places)
        return Identified(identities, past.last.next_identity)
    known = modelled(past) or past.last
    centers = in_scale_of(known.model, division, features)
    matching = match_segments(known, followed.keys, followed.labels, centers, k)
    return Identified(matching.identities, max(matching.next_identity, past.last.next_identity), matching.descents)


def in_scale_of(model: Model | None, division: Division, features: Features) -> FloatArray | None:
    """k × p centres of the new segments in the scale of the stored model; None where other columns shape them now."""
    if model is None or names_of(model) != features.names or model.categories:
        return None
    labels, k = division.segmentation.labels, division.segmentation.k
    arrays = dict(zip((feature.name for feature in features.features), features.raw.T, strict=True))
    scaled = matrix_of(arrays, model.features)
    return np.array([scaled[labels == segment].mean(axis=0) for segment in range(1, k + 1)])


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A month's customers, divided, followed and named."""

    period: str
    raw: RawTable
    table: CleanTable
    features: Features
    division: Division
    identified: Identified
    profile: Profile
    names: Mapping[int, Name]
    followed: Followed


def remember(found: Found, memory: Memory, settings: Settings, engine: Engine) -> tuple[Month, Change | None]:
    """What the month leaves for the next one, and what has changed since the one before; None in the first month."""
    month = describe_month(found, memory, settings, engine)
    if memory.past is None:
        return month, None
    scored = found.division.scored
    change = compare_months(
        memory.past,
        month,
        found.identified.identities,
        mode="scored" if scored else "refitted",
        moved_by_refit=found.division.evidence.moved_by_refit,
        descents=found.identified.descents,
        refit=scored.refit if scored else None,
        trials=read_trials(
            memory.past.last,
            found.followed.keys,
            outcomes_of(memory.past.last, found.table, engine),
            settings.report.min_cell,
        ),
        columns_as_before=None if scored else describe_columns(found.table, engine, memory.past.last.columns),
    )
    return month, withhold_moves(change, settings.report.min_cell)


def outcomes_of(last: Month, table: CleanTable, engine: Engine) -> dict[str, FloatArray]:
    """This month's values of the columns that tell whether last month's tests worked."""
    wanted = {segment.tested_by for segment in last.segments}
    return engine.to_arrays(table.frame, [c.name for c in table.columns if c.name in wanted and c.kind == "number"])


def describe_month(found: Found, memory: Memory, settings: Settings, engine: Engine) -> Month:
    """The month as the history keeps it; its revision is given there."""
    read, profile, known = found.raw.report, found.profile, baseline_of(found, memory)
    segments = tuple(known_segment(found, memory, settings, segment) for segment in profile.segments)
    keys, labels = found.followed.keys, found.followed.labels
    by_key = np.argsort(keys, kind="stable")
    identities = np.array([0, *found.identified.identities], dtype=np.int32)
    labels = labels if segments else np.zeros_like(labels)
    return Month(
        period=found.period,
        revision=0,
        source_name=read.file_name,
        source_sha256=read.sha256,
        settings_digest=digest_of(settings),
        software=__version__,
        verdict="segments" if segments else "no_segments",
        n_records=read.n_physical,
        n_customers=found.table.n_customers,
        value_total=profile.overall.number(profile.value_column).total if profile.value_column else None,
        columns=describe_columns(found.table, engine, known.columns if known else None),
        segments=segments,
        model=(found.division.model or fitted_model(found)) if segments else None,
        next_identity=found.identified.next_identity,
        keys=keys[by_key],
        identities=identities[labels][by_key] if len(keys) else NO_IDENTITIES,
        baseline=known.period if known else found.period,
        based_on=memory.past.last.label if memory.past else "",
    )


def digest_of(settings: Settings) -> str:
    """sha256 of the settings as JSON."""
    return hashlib.sha256(settings.model_dump_json().encode()).hexdigest()


def baseline_of(found: Found, memory: Memory) -> Month | None:
    """The month whose bins this one shares: that of the stored model; None where it was fitted anew."""
    if memory.past is None or found.division.model is None:
        return None
    fitted = found.division.model.fitted
    return next((month for month in memory.past.months if month.period == fitted), None)


def fitted_model(found: Found) -> Model:
    """The model of a month whose customers were divided anew."""
    evidence, segmentation = found.division.evidence, found.division.segmentation
    return Model(
        fitted=found.period,
        features=found.features.features,
        categories=found.features.categories,
        identities=found.identified.identities,
        centroids=segmentation.centroids,
        silhouette=segmentation.silhouette,
        stability=next((score.stability for score in evidence.scores if score.k == evidence.k), 0.0),
    )


def known_segment(found: Found, memory: Memory, settings: Settings, segment: SegmentProfile) -> KnownSegment:
    """A segment as it will be known: born in the first month that had it, named when its name was last proved."""
    identity, name = found.identified.identities[segment.id - 1], found.names[segment.id]
    before = [
        known
        for month in (memory.past.months if memory.past else ())
        for known in month.segments
        if known.identity == identity
    ]
    return KnownSegment(
        identity=identity,
        name=name.text,
        n_customers=segment.n_customers,
        share=segment.share,
        value_share=segment.value_share,
        jaccard=segment.trust.jaccard,
        centroid=tuple(found.division.segmentation.centroids[segment.id - 1].tolist()),
        born=before[0].born if before else found.period,
        named=before[-1].named if before and name.origin == "kept" else found.period,
        tested_by=outcome_column(found.table, found.profile, settings)
        if identity in settings.experiment.segments
        else "",
    )


def known_names(identified: Identified, memory: Memory) -> dict[int, str]:
    """Segment id → the name that its identity had last."""
    months = memory.past.months if memory.past else ()
    last = {known.identity: known.name for month in months for known in month.segments}
    return {
        segment: last[identity] for segment, identity in enumerate(identified.identities, start=1) if identity in last
    }


def decided(identified: Identified, settings: Settings) -> dict[int, Decided]:
    """Segment id → what a person has decided about its identity."""
    given = settings.personas
    found = {
        segment: Decided(*(texts.get(str(identity), "") for texts in (given.names, given.do, given.notes)))
        for segment, identity in enumerate(identified.identities, start=1)
    }
    return {segment: what for segment, what in found.items() if what != Decided()}
