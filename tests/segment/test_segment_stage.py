"""The whole stage: records that hold together, determinism, and what data can do to it."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import pytest
from segment_data import features_of, groups, z_scored

from reportgen.config import SegmentSettings
from reportgen.errors import ReportgenError
from reportgen.parallel import Worker
from reportgen.records.segments import Evidence, Features, FeatureSet, FloatArray, Segmentation
from reportgen.segment import _rows
from reportgen.segment.stage import find_segments

SIZES = (40, 30, 20)
POINTS = groups(SIZES)
Found = tuple[Evidence, Segmentation]


def segmented(features: Features | FloatArray, **settings: Any) -> Found:
    given = features if isinstance(features, Features) else features_of(features)
    return find_segments(given, SegmentSettings(**{"n_bootstraps": 20, "max_segments": 4, **settings}))


@pytest.fixture(scope="module")
def found() -> Found:
    return segmented(features_of(POINTS * 10 + 100, (FeatureSet(("a",), z_scored(POINTS[:, :1])),)))


def test_a_helper_changes_no_byte(found: Found) -> None:
    """Half of the evidence gathered in another process is the same evidence."""
    helper = Worker(())
    given = features_of(POINTS * 10 + 100, (FeatureSet(("a",), z_scored(POINTS[:, :1])),))
    helped = find_segments(given, SegmentSettings(n_bootstraps=20, max_segments=4), helper)
    helper.end()
    assert [as_bytes(record) for record in helped] == [as_bytes(record) for record in found]


@pytest.fixture(scope="module")
def noise() -> FloatArray:
    return np.random.default_rng(8).standard_normal((80, 2))


def as_bytes(record: Any) -> list[bytes]:
    values = [getattr(record, field.name) for field in dataclasses.fields(record)]
    return [value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode() for value in values]


def all_numbers(value: Any) -> list[float]:
    """Every number anywhere in a record."""
    if dataclasses.is_dataclass(value):
        return [number for field in dataclasses.fields(value) for number in all_numbers(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [number for part in value for number in all_numbers(part)]
    if isinstance(value, np.ndarray):
        return [float(number) for number in value.ravel()]
    return [float(value)] if isinstance(value, int | float) else []


def test_clear_groups_are_found(found: Found) -> None:
    """Three natural segments, named by falling size."""
    evidence, segmentation = found
    assert (evidence.k, evidence.kind, evidence.structure.found) == (3, "natural", True)
    assert segmentation.labels.tolist() == np.repeat([1, 2, 3], SIZES).tolist()


def test_the_records_hold_together(found: Found) -> None:
    """The chosen k's score, the segmentation and the counts say the same."""
    evidence, segmentation = found
    (score,) = (score for score in evidence.scores if score.k == evidence.k)
    assert (score.inertia, score.silhouette) == (segmentation.inertia, segmentation.silhouette)
    assert score.sizes == tuple(np.bincount(segmentation.labels)[1:].tolist())
    assert segmentation.silhouette == pytest.approx(segmentation.silhouettes.mean())
    assert len(segmentation.jaccard) == len(segmentation.dissolved) == segmentation.k
    assert segmentation.bootstrap_means.shape == (evidence.n_bootstraps, 3, 2)
    assert (evidence.n_rows, evidence.n_rows_silhouette, evidence.n_rows_stability) == (90, 90, 90)


def test_centroids_are_means_and_labels_the_nearest(found: Found) -> None:
    """The stored model gives every customer the segment that the report gives."""
    _, segmentation = found
    matrix = z_scored(POINTS * 10 + 100)
    distances = np.linalg.norm(matrix[:, None] - segmentation.centroids[None], axis=2)
    order = distances.argsort(axis=1)
    assert (order[:, 0] + 1).tolist() == segmentation.labels.tolist()
    assert (order[:, 1] + 1).tolist() == segmentation.runner_up.tolist()
    nearest, second = np.sort(distances, axis=1)[:, :2].T
    assert segmentation.confidence == pytest.approx(1 - nearest / second)
    means = [matrix[segmentation.labels == segment].mean(axis=0) for segment in (1, 2, 3)]
    assert segmentation.centroids == pytest.approx(np.array(means))


def test_alternatives_and_scalings_are_compared(found: Found) -> None:
    """One of the columns alone, and three scalings of both."""
    evidence, _ = found
    assert [alternative.names for alternative in evidence.alternatives] == [("a",)]
    assert [name for name, _ in evidence.scalings] == ["raw", "z-score", "robust"]


def test_the_same_input_gives_the_same_bytes(found: Found) -> None:
    """Twice the same, to the last digit."""
    again = segmented(features_of(POINTS * 10 + 100, (FeatureSet(("a",), z_scored(POINTS[:, :1])),)))
    assert [as_bytes(record) for record in again] == [as_bytes(record) for record in found]


def test_shuffled_customers_keep_their_segments(found: Found) -> None:
    """The order of the rows changes nothing: evidence, labels, confidence, silhouettes."""
    evidence, segmentation = found
    order = np.random.default_rng(1).permutation(len(POINTS))
    raw, matrix = POINTS[order] * 10 + 100, z_scored(POINTS * 10 + 100)[order]
    alternative = FeatureSet(("a",), z_scored(POINTS[:, :1])[order])
    shuffled, placed = segmented(features_of(raw, (alternative,), matrix=matrix))
    assert shuffled == evidence
    for name in ("labels", "runner_up", "confidence", "silhouettes"):
        assert getattr(placed, name).tolist() == getattr(segmentation, name)[order].tolist()


def test_another_seed_gives_the_same_clear_segments() -> None:
    """Clear groups do not hang on the seed."""
    _, segmentation = segmented(POINTS, seed=7)
    assert segmentation.labels.tolist() == np.repeat([1, 2, 3], SIZES).tolist()


def test_noise_gives_one_segment(noise: FloatArray) -> None:
    """No structure: k = 1, everybody together, and the evidence says why."""
    evidence, segmentation = segmented(noise)
    assert (evidence.k, evidence.kind, evidence.runner_up, segmentation.k) == (1, "none", None, 1)
    assert segmentation.labels.tolist() == [1] * 80
    assert segmentation.runner_up.tolist() == [0] * 80
    assert segmentation.confidence.tolist() == [1.0] * 80
    assert segmentation.centroids == pytest.approx(np.zeros((1, 2)), abs=1e-9)
    assert (evidence.alternatives, evidence.scalings, evidence.moved_by_refit) == ((), (), (0.0, 0.0))


def test_asked_for_segments_of_noise_are_constructive(noise: FloatArray) -> None:
    """An explicit k is honoured, and called what it is."""
    evidence, segmentation = segmented(noise, k=3)
    assert (evidence.k, evidence.kind, segmentation.k) == (3, "constructive", 3)
    assert "no structure" in evidence.reason


def test_an_explicit_k_beyond_the_setting_is_scored() -> None:
    """The sweep reaches the k asked for."""
    evidence, segmentation = segmented(POINTS, k=5)
    assert segmentation.k == evidence.k == evidence.scores[-1].k == 5


HARD = {
    "two distinct rows": np.repeat([[0.0, 1.0], [1.0, 0.0]], 15, axis=0),
    "three distinct rows": np.repeat([[0.0, 1.0], [1.0, 0.0], [5.0, 5.0]], 10, axis=0),
    "one feature": groups((30, 20), n_features=1),
    "one feature, mostly zero": np.array([[0.0]] * 40 + [[1.0]] * 5 + [[2.0]] * 5),
    "a constant feature": np.hstack([POINTS, np.ones((90, 1))]),
    "the same feature twice": np.hstack([POINTS, POINTS[:, :1]]),
    "many duplicates": np.repeat(groups((4, 4, 4)), 8, axis=0),
    "a grid of ties": np.array([[x, y] for x in range(6) for y in range(6)], dtype=float),
    "twenty rows": groups((10, 10)),
    "a heavy tail": np.exp(3 * np.random.default_rng(2).standard_normal((60, 2))),
    "more features than rows": np.random.default_rng(3).standard_normal((25, 40)),
    "a tiny scale": POINTS * 1e-12,
    "a large offset": POINTS + 1e6,
}


@pytest.mark.parametrize("rows", HARD.values(), ids=list(HARD))
def test_hard_data_gives_finite_records(rows: FloatArray) -> None:
    """No NaN, no infinity and no warning, whatever the data; only means of dissolved segments are unknown."""
    evidence, segmentation = segmented(rows)
    known = dataclasses.replace(segmentation, bootstrap_means=np.empty(0))
    assert all(math.isfinite(number) for record in (evidence, known) for number in all_numbers(record))
    assert set(segmentation.labels.tolist()) == set(range(1, segmentation.k + 1))


@pytest.mark.parametrize(
    ("rows", "code"),
    [(np.empty((0, 2)), "RG-003"), (np.ones((1, 2)), "RG-003"), (POINTS[:19], "RG-003"), (np.ones((50, 2)), "RG-011")],
    ids=["no row", "one row", "too few rows", "all the same"],
)
def test_what_cannot_be_segmented_is_a_users_mistake(rows: FloatArray, code: str) -> None:
    """A sentence with a code, not a traceback."""
    with pytest.raises(ReportgenError) as refusal:
        segmented(features_of(rows, matrix=rows))
    assert refusal.value.code == code


def test_features_that_are_not_finite_are_a_fault() -> None:
    """The features stage promises finite numbers; a broken promise rises."""
    with pytest.raises(ValueError, match="not finite"):
        segmented(features_of(POINTS, matrix=np.full((90, 2), np.nan)))


@pytest.fixture
def small_budgets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_rows, "SCORED_ROWS", 60)
    monkeypatch.setattr(_rows, "SILHOUETTE_ROWS", 50)
    monkeypatch.setattr(_rows, "STABILITY_ROWS", 45)
    monkeypatch.setattr(_rows, "FEWEST_STABILITY_ROWS", 45)
    monkeypatch.setattr(_rows, "NULL_ROWS", 40)


@pytest.mark.usefixtures("small_budgets")
def test_past_the_budget_samples_are_stated_and_everybody_is_placed() -> None:
    """Scores say how many rows they used; sizes and labels cover all customers."""
    evidence, segmentation = segmented(POINTS)
    used = (evidence.n_rows, evidence.n_rows_silhouette, evidence.n_rows_stability, evidence.structure.n_rows)
    assert used == (60, 50, 45, 40)
    assert {sum(score.sizes) for score in evidence.scores} == {90}
    assert segmentation.labels.tolist() == np.repeat([1, 2, 3], SIZES).tolist()
    assert len(segmentation.silhouettes) == len(segmentation.silhouette_rows) == 50


@pytest.mark.usefixtures("small_budgets")
def test_silhouette_rows_name_the_customers_they_belong_to() -> None:
    """In rising order of the source, each with its own silhouette."""
    _, segmentation = segmented(POINTS)
    rows = segmentation.silhouette_rows
    assert (np.diff(rows) > 0).all()
    sample = z_scored(POINTS)[rows]
    labels = segmentation.labels[rows]
    distances = np.linalg.norm(sample[0] - sample, axis=1)
    own = distances[labels == labels[0]].sum() / ((labels == labels[0]).sum() - 1)
    other = min(distances[labels == segment].mean() for segment in {1, 2, 3} - {labels[0]})
    assert segmentation.silhouettes[0] == pytest.approx((other - own) / max(own, other))
