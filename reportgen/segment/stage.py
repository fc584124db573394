"""The segment stage: tests for structure, scores every k, chooses one, and measures how far each segment holds."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

from reportgen.parallel import Worker
from reportgen.records.everyone import Everyone
from reportgen.records.segments import (
    AlternativeSet,
    Evidence,
    Features,
    FilledIn,
    FloatArray,
    IntArray,
    KScore,
    OtherDivision,
    Segmentation,
    Vote,
)
from reportgen.records.structure import StructureTest
from reportgen.segment._rows import RowSamples, canonical_order, draw_samples
from reportgen.segment.alternatives import compare_alternatives, compare_scalings, neighbours_of
from reportgen.segment.choose_k import SizeLimits, decide, largest_k
from reportgen.segment.criteria.base import ByK, Scorecard, cast_votes
from reportgen.segment.everyone import divide_everyone_otherwise
from reportgen.segment.kmeans import Fit
from reportgen.segment.known import Scored, compare_with_refit, fit_known
from reportgen.segment.segmentation import (
    Chosen,
    final_fit,
    in_source_order,
    one_segment,
    place_customers,
    segment_customers,
    silhouettes_in,
)
from reportgen.segment.sensitivity import divide_otherwise, leave_out_each, leave_out_filled_in
from reportgen.segment.stability import (
    Bootstraps,
    draw_bootstraps,
    instability,
    pair_tables,
    prediction_strengths,
    segment_stability,
)
from reportgen.segment.structure import Structure, examine_structure
from reportgen.segment.sweep import Sweep, score_every_k, sweep_every_k

if TYPE_CHECKING:
    from reportgen.config import SegmentSettings


class Stream(IntEnum):
    """Independent streams of random numbers under one seed: more draws in one leave the others as they are."""

    SAMPLES = 1
    FITS = 2
    STRUCTURE = 3
    BOOTSTRAPS = 4
    HALVES = 5
    ALTERNATIVES = 6
    SCALINGS = 7
    LEFT_OUT = 8
    FILLED_IN = 9


def find_segments(
    features: Features, settings: SegmentSettings, helper: Worker | None = None
) -> tuple[Evidence, Segmentation]:
    """The evidence for k and the segments; k = 1 where the data show no structure and no k was asked for.

    Customers in another order give each customer the same segment. Every sum runs on one thread, because sums over
    several differ in their last digits; a `helper` does half of the work at the same time, to the same result.
    Raises ReportgenError (RG-003, RG-011, RG-063).
    """
    evidence, segmentation, _ = _in_canonical_order(features, settings, None, helper)
    return evidence, segmentation


def score_segments(
    features: Features, settings: SegmentSettings, centroids: FloatArray, helper: Worker | None = None
) -> tuple[Evidence, Segmentation, Scored]:
    """The same with the segments of a stored model: each customer belongs to the nearest of its centroids.

    The evidence is that of new fits to these customers; `Scored.refit` compares them with the stored segments. Raises
    ReportgenError (RG-003, RG-011).
    """
    evidence, segmentation, scored = _in_canonical_order(features, settings, centroids, helper)
    if scored is None:
        raise ValueError("a stored model scores the customers")
    return evidence, segmentation, scored


def _in_canonical_order(
    features: Features, settings: SegmentSettings, known: FloatArray | None, helper: Worker | None
) -> tuple[Evidence, Segmentation, Scored | None]:
    if not np.isfinite(features.matrix).all():
        raise ValueError("the features hold values that are not finite")
    order = canonical_order(features.raw, features.matrix, *(choice.matrix for choice in features.alternatives))
    with threadpool_limits(limits=1):
        return _find(features, order, settings, known, helper)


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """Everything that is known before k is chosen."""

    structure: StructureTest
    sweep: Sweep
    bootstraps: Bootstraps
    scores: tuple[KScore, ...]
    votes: tuple[Vote, ...]


def _find(
    features: Features, order: IntArray, settings: SegmentSettings, known: FloatArray | None, helper: Worker | None
) -> tuple[Evidence, Segmentation, Scored | None]:
    matrix, raw = features.matrix[order], features.raw[order]
    everyone, n_customers = features.everyone, features.n_customers
    rows = draw_samples(len(matrix), matrix.shape[1], _generator(settings.seed, Stream.SAMPLES))
    stored = None if known is None else fit_known(matrix, known, everyone)
    kept = None if stored is None else stored[0].k
    limits = settings if kept is None else settings.model_copy(update={"k": "auto"})
    ks = range(2, max(largest_k(n_customers, matrix[rows.scored], limits), kept or 0) + 1)
    findings = _examine(matrix, rows, ks, settings, helper, everyone)
    decision = decide(findings.scores, findings.votes, findings.structure.found, settings, kept)
    scored = None
    if stored is not None:
        chosen, scored = _score(matrix, raw, rows, findings, settings, stored, everyone)
    elif decision.k > 1:
        chosen = segment_customers(
            matrix, raw, rows, findings.sweep, findings.bootstraps, k=decision.k, everyone=everyone
        )
    else:
        chosen = one_segment(matrix, everyone)
    compared = _compare(features, order, rows, chosen.segmentation, ks=ks, settings=settings)
    evidence = Evidence(
        structure=findings.structure,
        scores=findings.scores,
        votes=findings.votes,
        k=decision.k,
        runner_up=decision.runner_up,
        reason=decision.reason,
        kind=decision.kind,
        n_rows=len(rows.scored),
        n_bootstraps=settings.n_bootstraps,
        alternatives=compared.alternatives,
        scalings=compared.scalings,
        moved_by_refit=chosen.moved,
        n_rows_silhouette=len(rows.silhouette),
        n_rows_stability=len(rows.stability),
        other=_divided_otherwise(features, order, chosen.segmentation, findings.sweep, decision.runner_up),
        neighbours=neighbours_of(findings.sweep.fits, chosen.segmentation.labels[rows.scored] - 1, decision.k),
        left_out=compared.left_out,
        filled_in=compared.filled_in,
    )
    return evidence, in_source_order(chosen.segmentation, order), scored


def _score(  # noqa: PLR0917 - what is known before the customers are placed
    matrix: FloatArray,
    raw: FloatArray,
    rows: RowSamples,
    findings: Findings,
    settings: SegmentSettings,
    stored: tuple[Fit, tuple[int, ...]],
    everyone: Everyone | None,
) -> tuple[Chosen, Scored]:
    """The customers in the known segments; what refitting moves is that of a new fit, which drift leaves alone."""
    has_structure = findings.structure.found
    fit, places = stored
    values = silhouettes_in(matrix, rows, fit)
    chosen = place_customers(matrix, raw, rows, findings.bootstraps, fit=fit, values=values)
    anew, anew_values = final_fit(matrix, rows, findings.sweep, fit.k, everyone)
    held = segment_stability(findings.bootstraps, anew.labels[rows.stability], raw[rows.stability], fit.k)
    refit = compare_with_refit(
        fit,
        float(values.mean()),
        anew,
        float(anew_values.mean()),
        k_found=decide(findings.scores, findings.votes, has_structure, settings).k,
        has_structure=has_structure,
    )
    return replace(chosen, moved=held.moved), Scored(places, refit)


def _examine(  # noqa: PLR0917 - what is examined, and by whom
    matrix: FloatArray,
    rows: RowSamples,
    ks: range,
    settings: SegmentSettings,
    helper: Worker | None,
    everyone: Everyone | None,
) -> Findings:
    """Tests for structure, scores every k and takes the votes.

    In two parts of about the same work; each kind of evidence has its own random numbers, so that neither who does it
    nor when changes anything.
    """
    drawn_from = matrix[rows.stability]
    beside = (matrix[rows.null], ks, settings.n_null, settings.seed)
    answer = helper.call(__name__, search_nulls.__name__, *beside) if helper else None
    sweep = sweep_every_k(matrix[rows.scored], matrix[rows.silhouette], ks, _generator(settings.seed, Stream.FITS))
    bootstraps = draw_bootstraps(drawn_from, ks, settings.n_bootstraps, _generator(settings.seed, Stream.BOOTSTRAPS))
    strengths = prediction_strengths(drawn_from, ks, _generator(settings.seed, Stream.HALVES))
    scores = score_every_k(matrix, rows, sweep, bootstraps, everyone)
    instabilities = tuple((k, instability(pair_tables(bootstraps, k))) for k in ks)
    structure = answer.get() if answer else search_nulls(*beside)
    card = Scorecard(
        scores=scores,
        total_inertia=sweep.total_inertia,
        prediction_strength=tuple(zip(ks, strengths, strict=True)),
        instability=instabilities,
        gap=_by_k(structure.gap),
        gap_error=_by_k(structure.gap_error),
    )
    return Findings(structure.test, sweep, bootstraps, scores, cast_votes(card))


def search_nulls(null_rows: FloatArray, ks: range, n_null: int, seed: int) -> Structure:
    """The test for structure, on one thread."""
    with threadpool_limits(limits=1):
        return examine_structure(null_rows, ks, n_null, _generator(seed, Stream.STRUCTURE))


def _generator(seed: int, stream: Stream) -> np.random.Generator:
    return np.random.default_rng([seed, stream])


def _by_k(values: FloatArray) -> ByK:
    return tuple((k, float(value)) for k, value in enumerate(values, start=1))


@dataclass(frozen=True, slots=True)
class Comparisons:
    """What other columns, other scalings and fewer customers would have given; the fields are those of Evidence."""

    alternatives: tuple[AlternativeSet, ...] = ()
    scalings: tuple[tuple[str, float], ...] = ()
    left_out: tuple[tuple[str, float | None], ...] = ()
    filled_in: FilledIn | None = None


def _compare(
    features: Features,
    order: IntArray,
    rows: RowSamples,
    segmentation: Segmentation,
    *,
    ks: range,
    settings: SegmentSettings,
) -> Comparisons:
    """Nothing to compare with where k = 1."""
    k, labels = segmentation.k, segmentation.labels - 1
    if k == 1:
        return Comparisons()
    few, many = order[rows.stability], order[rows.scored]
    alternatives = compare_alternatives(
        [replace(choice, matrix=choice.matrix[few]) for choice in features.alternatives],
        labels[rows.stability],
        ks,
        SizeLimits(math.ceil(settings.min_segment_size * len(few) / features.n_customers), settings.max_share),
        _generator(settings.seed, Stream.ALTERNATIVES),
    )
    levels = features.matrix[many, len(features.features) :]
    scalings = compare_scalings(
        features.raw[many], levels, labels[rows.scored], k, _generator(settings.seed, Stream.SCALINGS)
    )
    left_out = leave_out_each(
        features.matrix[many], labels[rows.scored], k, features.blocks, _generator(settings.seed, Stream.LEFT_OUT)
    )
    filled_in = None
    if len(features.filled_in):
        generator = _generator(settings.seed, Stream.FILLED_IN)
        filled_in = leave_out_filled_in(
            features.matrix[many], labels[rows.scored], k, features.filled_in[many], generator
        )
    return Comparisons(alternatives, scalings, tuple(zip(features.names, left_out, strict=False)), filled_in)


def _divided_otherwise(
    features: Features, order: IntArray, segmentation: Segmentation, sweep: Sweep, runner_up: int | None
) -> OtherDivision | None:
    """How the runner-up divides the customers; labels in this order of them."""
    if segmentation.k == 1 or runner_up is None:
        return None
    (fit,) = (fit for fit in sweep.fits if fit.k == runner_up)
    if features.everyone:
        return divide_everyone_otherwise(features.everyone, segmentation.centroids, fit.centroids, features.features)
    matrix, raw = features.matrix[order], features.raw[order]
    return divide_otherwise(matrix, raw, segmentation.labels - 1, segmentation.k, fit.centroids)
