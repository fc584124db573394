"""The engines that the same tests run over, each with a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reportgen.engine.base import Engine
from reportgen.engine.duckdb import DuckDbEngine
from reportgen.engine.in_memory import InMemoryEngine

MEMORY_MIB = 256

ENGINES: dict[str, Callable[[Path], Engine]] = {
    "memory": lambda folder: InMemoryEngine(),
    "duckdb": lambda folder: DuckDbEngine(folder, MEMORY_MIB),
}
"""Name → how to start one in a folder that does not exist yet."""
