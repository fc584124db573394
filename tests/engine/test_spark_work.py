"""What runs on the workers of a cluster."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from reportgen.engine.batches import BATCH_ROWS
from reportgen.engine.spark_work import (
    FAULT,
    FOUND,
    POSITION,
    STRETCH,
    looker,
    lookup,
    membership,
    packed,
    raised_again,
    stretch_finder,
    unpacked,
    whole_stretches,
)
from reportgen.records.everyone import Batch


def part(*positions: int) -> pa.RecordBatch:
    """Rows at those positions, whose amount is their position."""
    return pa.RecordBatch.from_pydict(
        {POSITION: pa.array(positions, pa.int64()), "c0": pa.array(positions, pa.float64())}
    )


def test_stretches_are_put_together_from_parts() -> None:
    """Rows that come in parts of any size, stretch by stretch in any order, are whole stretches in the rows' order."""
    parts = [part(BATCH_ROWS), part(BATCH_ROWS + 2, BATCH_ROWS + 1, 0), part(1), part()]
    found = [(number, rows.column(0).to_pylist()) for number, rows in whole_stretches(parts)]
    assert found == [(1, [BATCH_ROWS, BATCH_ROWS + 1, BATCH_ROWS + 2]), (0, [0, 1])]


def test_arrays_travel_as_bytes() -> None:
    """Arrays of any shape and name come back as they were, and in their order."""
    arrays = {"b": np.array([[1.5, np.nan]]), "a.b/c": np.array([3]), "": np.empty((0, 2), dtype=np.int32)}
    back = unpacked(packed(arrays))
    assert list(back) == list(arrays)
    for name, array in arrays.items():
        np.testing.assert_array_equal(back[name], array)
        assert back[name].dtype == array.dtype


def test_objects_do_not_travel() -> None:
    """Arrays of Python objects are refused: reading them would run what they say."""
    with pytest.raises(ValueError, match="allow_pickle"):
        packed({"a": np.array([object()])})


def test_a_look_sees_its_own_columns_and_place() -> None:
    """A look gets the names that were asked for, and where its stretch begins."""

    def look(batch: Batch) -> dict[str, np.ndarray]:
        return {"start": np.array([batch.start]), "sum": np.array([batch.numbers["x.y"].sum()])}

    (told,) = looker(look, ["x.y"])(iter([part(BATCH_ROWS, BATCH_ROWS + 1)]))
    assert told[STRETCH].to_pylist() == [1]
    found = unpacked(told[FOUND][0].as_py())
    assert (found["start"].tolist(), found["sum"].tolist()) == ([BATCH_ROWS], [2.0 * BATCH_ROWS + 1])


def test_a_fault_is_told_once() -> None:
    """What a look raises comes back as that, or as an error that names it where Python does not know its kind."""

    def look(batch: Batch) -> dict[str, np.ndarray]:
        raise ZeroDivisionError("no rows")

    (told,) = looker(look, ["c0"])(iter([part(0)]))
    fault = raised_again(told[FAULT][0].as_py())
    assert (type(fault), str(fault)) == (ZeroDivisionError, "no rows")
    assert str(raised_again('["OddError", "why"]')) == "OddError: why"


def test_lines_find_their_stretch() -> None:
    """The first line of a stretch belongs to it, the one before to the stretch before."""
    assert stretch_finder(np.array([10, 20]))(pa.array([1, 9, 10, 19, 20, 99])).to_pylist() == [0, 0, 1, 1, 2, 2]


def test_many_values_are_found_among_cells() -> None:
    """A cell is one of the values or not; what is not known stays so."""
    assert membership([1, 2])(pa.array([1.0, 3.0, None])).to_pylist() == [True, False, None]
    assert membership(["a"])(pa.array(["a", "b", None])).to_pylist() == [True, False, None]


def test_many_values_are_replaced() -> None:
    """A cell becomes the value that stands for it; others become null."""
    assert lookup(["a", "b"], [1, None])(pa.array(["b", "a", "c", None])).to_pylist() == [None, 1.0, None, None]
    assert lookup([1.0], ["one"])(pa.array([1.0, 2.0])).to_pylist() == ["one", None]
