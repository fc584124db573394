"""The engines that the same tests run over, each with a folder of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import spark_cluster

from reportgen.engine.base import Engine
from reportgen.engine.duckdb import DuckDbEngine
from reportgen.engine.in_memory import InMemoryEngine

MEMORY_MIB = 256

ENGINES: dict[str, Callable[[Path], Engine]] = {
    "memory": lambda folder: InMemoryEngine(),
    "duckdb": lambda folder: DuckDbEngine(folder, MEMORY_MIB),
    "spark": spark_cluster.start_engine,
}
"""Name → how to start one in a folder that does not exist yet."""
ON_SPARK = (
    pytest.mark.slow,
    pytest.mark.xdist_group("spark"),
    pytest.mark.skipif(bool(spark_cluster.missing()), reason=spark_cluster.missing()),
)
"""Marks of tests that need a cluster: one process runs them all, for it takes long to start."""
EMBEDDED = ("memory", "duckdb")
EVERY_ENGINE = [*EMBEDDED, pytest.param("spark", marks=ON_SPARK)]


def send_by_value(module: str) -> None:
    """Functions of a module of tests reach the workers, who cannot import it."""
    if not spark_cluster.missing():
        from pyspark import cloudpickle

        cloudpickle.register_pickle_by_value(sys.modules[module])
