"""Spark on a cluster of a master and two workers."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest
from engines import ON_SPARK, send_by_value
from spark_cluster import START_SECONDS, running_cluster, start_engine

from reportgen.engine.batches import BATCH_ROWS
from reportgen.engine.spark import SparkEngine
from reportgen.records.everyone import Batch
from reportgen.records.table import LINE_COLUMN

pytestmark = list(ON_SPARK)
send_by_value(__name__)

N_STRETCHES = 6
N_ROWS = N_STRETCHES * BATCH_ROWS - 5
SLOW_SECONDS = 1.0
"""Of a stretch, so that a worker can be killed while others are waiting."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkEngine]:
    started = start_engine(tmp_path_factory.mktemp("engine"))
    yield started
    started.close()


@pytest.fixture(scope="module")
def numbers(engine: SparkEngine) -> Any:
    """A kept table of the numbers from 0, their lines backwards."""
    values = np.arange(N_ROWS)
    return engine.keep(engine.from_columns({"number": values[::-1].astype(float), LINE_COLUMN: values[::-1] + 1}))


def killed_once(mark: Path) -> Thread:
    """Kills a worker as soon as the mark is there, and starts another one."""
    cluster = running_cluster()

    def wait_and_kill() -> None:
        until = time.monotonic() + START_SECONDS
        while not mark.exists() and time.monotonic() < until:
            time.sleep(0.05)
        cluster.kill_worker(0)
        cluster.workers.append(cluster.start_worker())

    thread = Thread(target=wait_and_kill)
    thread.start()
    return thread


def slow_look(mark: str) -> Callable[[Batch], dict[str, Any]]:
    """Adds up a stretch's numbers, leaving a mark that it has begun."""

    def look(batch: Batch) -> dict[str, Any]:
        Path(mark).touch()
        time.sleep(SLOW_SECONDS)
        return {"start": np.array([batch.start]), "sum": np.array([batch.numbers["number"].sum()])}

    return look


def joined(one: Any, other: Any) -> dict[str, Any]:
    return {name: np.concatenate([one[name], other[name]]) for name in one}


def test_a_killed_worker_does_not_end_a_fold(engine: SparkEngine, numbers: Any, tmp_path: Path) -> None:
    """A worker is killed while stretches are looked at: the answer is the same, each stretch counted once."""
    thread = killed_once(tmp_path / "begun")
    found = engine.fold(numbers, ["number"], slow_look(str(tmp_path / "begun")), joined)
    thread.join()
    assert found["start"].tolist() == [n * BATCH_ROWS for n in range(N_STRETCHES)]
    assert found["sum"].sum() == N_ROWS * (N_ROWS - 1) / 2


def slowly(mark: str) -> Callable[[Any], Any]:
    """Cells as they are, one part after the other."""

    def same(cells: Any) -> Any:
        Path(mark).touch()
        time.sleep(SLOW_SECONDS / 10)
        return cells

    return same


def test_a_killed_worker_does_not_end_keeping(engine: SparkEngine, numbers: Any, tmp_path: Path) -> None:
    """A worker is killed while a table is computed and written: every row is there once, in order."""
    from pyspark.sql.types import DoubleType

    from reportgen.engine.spark_frames import SparkFrame, cellwise

    slow = cellwise(slowly(str(tmp_path / "begun")), DoubleType())
    frame = SparkFrame(numbers.table.repartition(8).withColumn("number", slow("number")))
    thread = killed_once(tmp_path / "begun")
    kept = engine.keep(frame)
    thread.join()
    batches = list(engine.batches(kept, ["number"]))
    assert [batch.start for batch in batches] == [n * BATCH_ROWS for n in range(N_STRETCHES)]
    np.testing.assert_array_equal(np.concatenate([batch.numbers["number"] for batch in batches]), np.arange(N_ROWS))


def test_workers_need_no_reportgen(engine: SparkEngine, numbers: Any) -> None:
    """Workers know reportgen by the code that is sent to them, whether it is installed there or not."""

    def look(batch: Batch) -> dict[str, Any]:
        import narwhals

        import reportgen

        return {"places": np.array([reportgen.__file__, narwhals.__file__])}

    places = engine.fold(numbers, ["number"], look, joined)["places"]
    assert all("reportgen_code.zip" in place for place in places.tolist())


def test_lines_with_gaps_are_cut_where_rows_are(engine: SparkEngine) -> None:
    """Stretches are counted in rows, wherever lines are missing, and whatever order rows come in."""
    lines = np.delete(np.arange(1, 3 * BATCH_ROWS), slice(5, BATCH_ROWS, 3))
    mixed = np.random.default_rng(1).permutation(lines)
    kept = engine.keep(engine.from_columns({LINE_COLUMN: mixed}))
    batches = list(engine.batches(kept, [LINE_COLUMN]))
    assert [batch.n_rows for batch in batches[:-1]] == [BATCH_ROWS] * (len(batches) - 1)
    np.testing.assert_array_equal(np.concatenate([batch.numbers[LINE_COLUMN] for batch in batches]), lines)
    places = np.array([0, BATCH_ROWS - 1, BATCH_ROWS, len(lines) - 1])
    assert engine.take(kept, [LINE_COLUMN], places)[LINE_COLUMN].tolist() == lines[places].tolist()


QUIET = """
from pathlib import Path
from reportgen.engine.spark import SparkEngine
from reportgen.records.table import LINE_COLUMN
engine = SparkEngine(Path({folder!r}), 512, "local[1]")
engine.fold(engine.from_columns({{LINE_COLUMN: [2, 1]}}), [LINE_COLUMN], lambda batch: {{"n": batch.numbers}}, None)
"""


def test_java_says_nothing_to_the_terminal(tmp_path: Path) -> None:
    """Neither Java nor Spark writes to the terminal, not even where a look fails; what is said is Python's error."""
    code = QUIET.format(folder=str(tmp_path / "engine"))
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.stdout == ""
    assert "WARN" not in told.stderr
    assert told.stderr.startswith("Traceback")
