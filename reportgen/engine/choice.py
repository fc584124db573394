"""Chooses the engine for a table: memory while it fits, DuckDB past that, Spark where it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType

from reportgen.engine.base import Engine
from reportgen.engine_settings import EngineSettings
from reportgen.errors import ReportgenError
from reportgen.records.engine import FITS, NOT_TOLD, READS_ALONE, SET, TOO_LARGE, EngineChoice

MIB = 1 << 20
HERE = "session"
"""The master that is the session of this process."""


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """A started engine, closed at the end of a `with`, however that ends."""

    engine: Engine
    why: EngineChoice

    def __enter__(self) -> Chosen:
        return self

    def __exit__(self, _type: type[BaseException] | None, _fault: object, _trace: TracebackType | None) -> None:
        self.engine.close()


def decide(settings: EngineSettings, n_bytes: int | None, is_of_spark: bool = False) -> EngineChoice:
    """Which engine, and why: the one that the settings name, or by the bytes that the table would take in memory.

    `n_bytes`: None if not known, then memory. `is_of_spark`: only Spark can read the table.
    Raises ReportgenError (RG-063) where another engine is set for such a table.
    """
    if is_of_spark and settings.use == "auto":
        return EngineChoice("spark", READS_ALONE, None, settings.memory_mib)
    if is_of_spark and settings.use != "spark":
        raise read_by_spark_alone(settings.use)
    if settings.use != "auto":
        return EngineChoice(settings.use, SET, None, settings.memory_mib)
    if n_bytes is None:
        return EngineChoice("memory", NOT_TOLD, None, settings.memory_mib)
    n_mib = max(1, round(n_bytes / MIB))
    name, reason = ("duckdb", TOO_LARGE) if n_mib > settings.memory_mib else ("memory", FITS)
    return EngineChoice(name, reason, n_mib, settings.memory_mib)


def read_by_spark_alone(engine: str) -> ReportgenError:
    return ReportgenError(
        "RG-063",
        f"This table is read by Spark alone, and the engine is to be {engine}.",
        "Leave use under [engine] out, or write --engine spark.",
    )


def start_engine(name: str, settings: EngineSettings, folder: Path) -> Engine:
    """The engine of that name, started; its files go into `folder`, which is its own.

    Raises ReportgenError (RG-064) if Spark is not installed.
    """
    if name == "memory":
        from reportgen.engine.in_memory import InMemoryEngine

        return InMemoryEngine()
    if name == "duckdb":
        from reportgen.engine.duckdb import DuckDbEngine

        return DuckDbEngine(folder, settings.memory_mib)
    if find_spec("pyspark") is None:
        raise ReportgenError(
            "RG-064", "Spark is not installed.", "Install it with pip install 'reportgen[spark]', or leave use = auto."
        )
    master = settings.master
    if master == HERE and settings.spark:
        raise ReportgenError(
            "RG-063",
            "A session that is already there has its own settings, and [engine.spark] holds others.",
            "Leave [engine.spark] out, and give them to the session when it is built.",
        )
    if master == HERE:
        master = import_module("reportgen.engine.spark_session").session_here()
    start = import_module("reportgen.engine.spark").SparkEngine
    engine: Engine = start(folder, settings.memory_mib, master, settings.spark)
    return engine
