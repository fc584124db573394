"""N1 to N34: what clustering must survive, each with the behaviour it ends in."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from noise_and_blobs import noise_sets
from outcomes import ENGINE, cleaning, column, customers, delimited, meet, refused, replaced, values, with_column
from segment_data import features_of, groups, z_scored
from threadpoolctl import threadpool_limits

from reportgen.config import SegmentSettings
from reportgen.errors import ReportgenError
from reportgen.pipeline import Look
from reportgen.records.segments import Evidence, FloatArray, Segmentation
from reportgen.records.table import Role
from reportgen.segment.stage import find_segments

N = 40
THREE = groups((40, 30, 20))
QUICK: dict[str, Any] = {"n_bootstraps": 20, "max_segments": 4}


def generator() -> np.random.Generator:
    """The same draws in every test, whichever ran before."""
    return np.random.default_rng(0)


def segmented(rows: npt.ArrayLike, **settings: Any) -> tuple[Evidence, Segmentation]:
    return find_segments(features_of(rows), SegmentSettings(**{**QUICK, **settings}))


def code_of(rows: npt.ArrayLike, **settings: Any) -> str:
    with pytest.raises(ReportgenError) as refusal:
        segmented(rows, **settings)
    return refusal.value.code


def with_extra(cells: list[str]) -> Look:
    header, rows = with_column("extra", cells)
    return meet(delimited(rows, header))


def with_income(cells: list[str] | dict[int, str]) -> Look:
    return meet(delimited(replaced("income", cells)))


def shaping(seen: Look) -> list[str]:
    return [feature.name for feature in seen.features.features]


def logged(seen: Look, *words: str) -> bool:
    """One line of the cleaning log holds all the words."""
    return any(all(word in line for word in words) for line in cleaning(seen))


def test_n1_a_constant_column_is_dropped_and_said() -> None:
    seen = with_extra(["7"] * N)
    assert "extra" not in shaping(seen)
    assert column(seen, "extra").reason == "the same value in every record"


def test_n2_all_columns_constant_is_refused() -> None:
    alike = [[row[0], "Ulm", "5", "5", "5"] for row in customers()]
    assert "same in every column" in refused(delimited(alike), "RG-011").sentence


def test_n3_all_rows_identical_is_one_group() -> None:
    assert code_of(np.ones((50, 2))) == "RG-011"


def test_n4_k_is_capped_at_the_distinct_rows() -> None:
    evidence, _ = segmented(np.repeat([[0.0, 1.0], [1.0, 0.0]], 15, axis=0))
    assert [score.k for score in evidence.scores] == [2]
    assert code_of(np.repeat([[0.0, 1.0], [1.0, 0.0]], 15, axis=0), k=3) == "RG-063"


@pytest.mark.parametrize("n_rows", [2, 9, 19], ids=["N5", "N6", "under two segments of ten"])
def test_n5_n6_too_few_rows_for_their_segments_are_refused(n_rows: int) -> None:
    assert code_of(THREE[:n_rows]) == "RG-003"


def test_n7_one_row_is_refused() -> None:
    refused(delimited(customers(1)), "RG-003")


def test_n8_no_row_is_refused() -> None:
    refused(delimited([]), "RG-002")


def test_n9_no_usable_column_is_refused() -> None:
    refused(delimited([row[:2] for row in customers()], ("customer_id", "city")), "RG-010")


def test_n10_gaps_are_filled_flagged_and_counted() -> None:
    seen = with_income({3: "", 9: ""})
    assert logged(seen, "missing in 2 cells", "flagged")
    assert np.flatnonzero(seen.features.filled_in).tolist() == [2, 8]


def test_n11_an_empty_column_is_dropped_and_said() -> None:
    seen = with_extra([""] * N)
    assert (column(seen, "extra").role, "extra" in shaping(seen)) == (Role.EMPTY, False)


def test_n12_a_customer_of_whom_nothing_is_known_is_set_aside() -> None:
    rows = customers()
    rows[4] = [rows[4][0], "", "", "", ""]
    assert logged(meet(delimited(rows)), "no measure is known for 1 customer", "set aside")


def test_n13_infinities_are_missing() -> None:
    seen = with_income({3: "inf", 9: "-inf"})
    assert logged(seen, "inf", "missing")
    assert np.isfinite(seen.features.matrix).all()


@pytest.mark.parametrize("cells", [{3: "1e308"}, {3: "1e308", 4: "-1e308"}], ids=["N14", "N15"])
def test_n14_n15_the_largest_floats_are_capped_to_the_others(cells: dict[int, str]) -> None:
    seen = with_income(cells)
    assert logged(seen, "capped to", "too large to be counted exactly")
    assert max(abs(value) for value in values(seen, "income")) < 1e6


@pytest.mark.parametrize("digits", ["0.{}e200", "1.{}e200"])
def test_n16_a_column_of_nothing_but_huge_numbers_is_left_out(digits: str) -> None:
    seen = with_income([digits.format(1000 + i * 37) for i in range(N)])
    assert shaping(seen) == ["score", "visits"]
    assert np.isfinite(seen.features.matrix).all()


def test_n17_subnormal_numbers_are_a_constant() -> None:
    seen = with_income(["1e-320" if i % 2 else "2e-320" for i in range(N)])
    assert logged(seen, "closer to 0 than 1e-150")
    assert shaping(seen) == ["score", "visits"]


def test_n18_a_large_offset_keeps_the_segments_or_is_said() -> None:
    """As far as floats tell whole numbers apart, an offset changes nothing; past that the column is left out."""
    _, plain = segmented(THREE)
    _, shifted = segmented(THREE * 1e3 + 1e12)
    assert shifted.labels.tolist() == plain.labels.tolist()
    seen = with_income([str(10**16 + 2 * i) for i in range(N)])
    assert "income" not in shaping(seen)


def test_n19_a_column_nearly_all_zero_does_not_decide() -> None:
    """Its quartiles are equal, so that a scaling by them would divide by nothing."""
    mostly = with_income(["0"] * 38 + ["5", "9"])
    assert np.isfinite(mostly.features.matrix).all()
    assert mostly.features.features[0].transform != "none"
    assert "income" not in shaping(with_income(["0"] * 39 + ["9"]))


def test_n20_a_heavy_tail_is_transformed() -> None:
    """Lognormal with sigma 3."""
    seen = with_income([f"{value:.3f}" for value in generator().lognormal(3, 3, N)])
    assert seen.features.features[0].transform in {"log1p", "yeo-johnson"}
    assert seen.features.features[0].reason.startswith("a long tail to the right: ")


@pytest.mark.parametrize("start", [2**63 - 1_000_000, 2**53 + 1], ids=["N21", "N22"])
def test_n21_n22_whole_numbers_past_exact_floats_are_text(start: int) -> None:
    """As ids every digit stays; as an amount they are never read as floats that run together."""
    ids = [str(start + i) for i in range(N)]
    seen = meet(delimited([[id_, *row[1:]] for id_, row in zip(ids, customers(), strict=True)]))
    assert values(seen, "customer_id") == ids
    assert "income" not in shaping(with_income(ids))


def test_n23_booleans_describe() -> None:
    seen = with_extra(["true", "false"] * (N // 2))
    assert column(seen, "extra").role is Role.FLAG
    assert "extra" not in shaping(seen)


def test_n24_the_same_column_twice_counts_once_and_is_said() -> None:
    seen = with_extra([row[2] for row in customers()])
    assert logged(seen, "would count twice")
    in_cents = with_extra([f"{int(row[2]) * 100 + 1}" for row in customers()])
    (reason,) = (left.reason for left in in_cents.features.left_out if left.name == "extra")
    assert "says the same as" in reason


def test_n25_more_columns_than_rows_stay_within_the_budget() -> None:
    """40 columns on 100 rows, each noise: a verdict, in seconds."""
    start = time.process_time()
    evidence, _ = segmented(np.random.default_rng(1).standard_normal((100, 40)))
    assert (evidence.k, evidence.kind) == (1, "none")
    assert time.process_time() - start < 30


def test_n25_a_very_wide_export_is_cut_to_the_budget_and_said() -> None:
    header = ("customer_id", *(f"m{i}" for i in range(30)))
    table = generator().integers(0, 999, (30, 30))
    rows = [[f"C{i}", *map(str, row)] for i, row in enumerate(table)]
    seen = meet(delimited(rows, header), clean={"column_budget": {"most_columns": 10}})
    assert len(shaping(seen)) < 10
    assert logged(seen, "column_budget")


def test_n26_one_feature_is_enough() -> None:
    evidence, segmentation = segmented(groups((40, 30), n_features=1))
    assert (segmentation.k, evidence.left_out) == (2, ())


def test_n27_k_is_capped_by_the_smallest_segment() -> None:
    evidence, _ = segmented(THREE[:45], max_segments=30)
    assert evidence.scores[-1].k == 4


def test_n28_ties_on_a_border_have_one_order() -> None:
    """Segments by falling size, then by the first coordinate, whatever the order of the rows."""
    grid = np.array([[x, y] for x in range(6) for y in range(6)], dtype=float)
    order = generator().permutation(len(grid))
    _, found = segmented(grid, k=2)
    _, again = segmented(grid[order], k=2)
    assert again.labels.tolist() == found.labels[order].tolist()
    assert found.centroids[0, 0] <= found.centroids[1, 0]


def test_n29_shuffled_rows_keep_their_segments() -> None:
    order = generator().permutation(len(THREE))
    matrix = z_scored(THREE)
    _, found = find_segments(features_of(THREE, matrix=matrix), SegmentSettings(**QUICK))
    _, again = find_segments(features_of(THREE[order], matrix=matrix[order]), SegmentSettings(**QUICK))
    assert again.labels.tolist() == found.labels[order].tolist()


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_n30_n31_threads_change_no_byte(threads: int) -> None:
    with threadpool_limits(limits=threads):
        _, found = segmented(THREE)
    _, plain = segmented(THREE)
    assert found.labels.tolist() == plain.labels.tolist()
    assert found.centroids.tobytes() == plain.centroids.tobytes()


def test_n32_equal_optima_are_chosen_alike() -> None:
    """A square has two best halves; another seed gives the same one."""
    square = np.repeat([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], 15, axis=0)
    labels = [segmented(square, k=2, seed=seed)[1].labels.tolist() for seed in (0, 1, 2)]
    assert labels[0] == labels[1] == labels[2]


def test_n33_past_the_budget_a_sample_is_said_and_everybody_is_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.segment._rows.SCORED_ROWS", 60)
    evidence, segmentation = segmented(THREE)
    assert (evidence.n_rows, len(segmentation.labels)) == (60, 90)
    assert {sum(score.sizes) for score in evidence.scores} == {90}


@pytest.mark.parametrize("kind", ["even", "normal"])
def test_n34_noise_is_no_segments(kind: Any) -> None:
    """Five sets of each kind; a hundred stand in test_segment_structure.py."""
    verdicts = [segmented(points)[0].kind for points in noise_sets(kind, 80, 5)]
    assert verdicts.count("none") >= 4


def test_every_case_stays_finite() -> None:
    """The matrix that k-means meets never holds what is no number."""
    seen = with_extra([f"{value:.3e}" for value in generator().lognormal(0, 20, N)])
    matrix: FloatArray = seen.features.matrix
    assert np.isfinite(matrix).all()
    assert len(matrix) == len(ENGINE.to_arrays(seen.table.frame, ["income"])["income"])
