"""The segment stage: tests for structure, scores every k, chooses one, and measures how far each segment holds."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from threadpoolctl import threadpool_limits

from reportgen.config import SegmentSettings
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
    StructureTest,
    Vote,
)
from reportgen.segment._rows import RowSamples, canonical_order, draw_samples
from reportgen.segment.alternatives import compare_alternatives, compare_scalings, neighbours_of
from reportgen.segment.choose_k import SizeLimits, decide, largest_k
from reportgen.segment.criteria.base import ByK, Scorecard, cast_votes
from reportgen.segment.segmentation import in_source_order, one_segment, segment_customers
from reportgen.segment.sensitivity import divide_otherwise, leave_out_each, leave_out_filled_in
from reportgen.segment.stability import (
    Bootstraps,
    draw_bootstraps,
    instability,
    pair_tables,
    prediction_strengths,
)
from reportgen.segment.structure import examine_structure
from reportgen.segment.sweep import Sweep, score_every_k, sweep_every_k


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


def find_segments(features: Features, settings: SegmentSettings) -> tuple[Evidence, Segmentation]:
    """The evidence for k and the segments; k = 1 where the data show no structure and no k was asked for.

    Customers in another order give each customer the same segment. Every sum runs on one thread, because sums over
    several differ in their last digits. Raises ReportgenError (RG-003, RG-011, RG-063).
    """
    if not np.isfinite(features.matrix).all():
        raise ValueError("the features hold values that are not finite")
    order = canonical_order(features.raw, features.matrix, *(choice.matrix for choice in features.alternatives))
    with threadpool_limits(limits=1):
        return _find(features, order, settings)


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """Everything that is known before k is chosen."""

    structure: StructureTest
    sweep: Sweep
    bootstraps: Bootstraps
    scores: tuple[KScore, ...]
    votes: tuple[Vote, ...]


def _find(features: Features, order: IntArray, settings: SegmentSettings) -> tuple[Evidence, Segmentation]:
    matrix = features.matrix[order]
    rows = draw_samples(len(matrix), matrix.shape[1], _generator(settings, Stream.SAMPLES))
    ks = range(2, largest_k(len(matrix), matrix[rows.scored], settings) + 1)
    findings = _examine(matrix, rows, ks, settings)
    decision = decide(findings.scores, findings.votes, findings.structure.found, settings)
    if decision.k > 1:
        raw = features.raw[order]
        chosen = segment_customers(matrix, raw, rows, findings.sweep, findings.bootstraps, k=decision.k)
    else:
        chosen = one_segment(matrix)
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
        other=_divided_otherwise(matrix, features.raw[order], chosen.segmentation, findings.sweep, decision.runner_up),
        neighbours=neighbours_of(findings.sweep.fits, chosen.segmentation.labels[rows.scored] - 1, decision.k),
        left_out=compared.left_out,
        filled_in=compared.filled_in,
    )
    return evidence, in_source_order(chosen.segmentation, order)


def _examine(matrix: FloatArray, rows: RowSamples, ks: range, settings: SegmentSettings) -> Findings:
    """Tests for structure, scores every k and takes the votes.

    In two threads of about the same work; each kind of evidence has its own random numbers, so that the order in which
    they end changes nothing.
    """
    drawn_from = matrix[rows.stability]
    with ThreadPoolExecutor(max_workers=1) as beside:
        tested = beside.submit(
            examine_structure, matrix[rows.null], ks, settings.n_null, _generator(settings, Stream.STRUCTURE)
        )
        halved = beside.submit(prediction_strengths, drawn_from, ks, _generator(settings, Stream.HALVES))
        sweep = sweep_every_k(matrix[rows.scored], matrix[rows.silhouette], ks, _generator(settings, Stream.FITS))
        bootstraps = draw_bootstraps(drawn_from, ks, settings.n_bootstraps, _generator(settings, Stream.BOOTSTRAPS))
        structure, strengths = tested.result(), halved.result()
    scores = score_every_k(matrix, rows, sweep, bootstraps)
    card = Scorecard(
        scores=scores,
        total_inertia=sweep.total_inertia,
        prediction_strength=tuple(zip(ks, strengths, strict=True)),
        instability=tuple((k, instability(pair_tables(bootstraps, k))) for k in ks),
        gap=_by_k(structure.gap),
        gap_error=_by_k(structure.gap_error),
    )
    return Findings(structure.test, sweep, bootstraps, scores, cast_votes(card))


def _generator(settings: SegmentSettings, stream: Stream) -> np.random.Generator:
    return np.random.default_rng([settings.seed, stream])


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
        SizeLimits(math.ceil(settings.min_segment_size * len(few) / len(order)), settings.max_share),
        _generator(settings, Stream.ALTERNATIVES),
    )
    levels = features.matrix[many, len(features.features) :]
    scalings = compare_scalings(
        features.raw[many], levels, labels[rows.scored], k, _generator(settings, Stream.SCALINGS)
    )
    left_out = leave_out_each(
        features.matrix[many], labels[rows.scored], k, features.blocks, _generator(settings, Stream.LEFT_OUT)
    )
    filled_in = None
    if len(features.filled_in):
        generator = _generator(settings, Stream.FILLED_IN)
        filled_in = leave_out_filled_in(
            features.matrix[many], labels[rows.scored], k, features.filled_in[many], generator
        )
    return Comparisons(alternatives, scalings, tuple(zip(features.names, left_out, strict=False)), filled_in)


def _divided_otherwise(
    matrix: FloatArray, raw: FloatArray, segmentation: Segmentation, sweep: Sweep, runner_up: int | None
) -> OtherDivision | None:
    """How the runner-up divides the customers; matrix, raw values and labels in one order."""
    if segmentation.k == 1 or runner_up is None:
        return None
    (fit,) = (fit for fit in sweep.fits if fit.k == runner_up)
    return divide_otherwise(matrix, raw, segmentation.labels - 1, segmentation.k, fit.centroids)
