"""The section [engine] of the settings: what works through the customers' rows, and how much memory it may take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from reportgen.section import Section


class EngineSettings(Section):
    """Stays out of the digest of a run: every engine gives the same segments."""

    use: Literal["auto", "memory", "duckdb", "spark"] = "auto"
    """memory: pandas; duckdb: tables larger than memory; spark: a cluster; auto: memory, duckdb past memory_mib."""
    memory_mib: Annotated[int, Field(ge=64)] = 1024
    """MiB that a table may take in memory; what is larger is kept in files and read in pieces."""
    folder: str = ""
    """Folder for those files while a run lasts; empty: inside the output directory."""
    master: str = "local[*]"
    """Address of the Spark master; session: the session of this process, a notebook's or spark-submit's."""
    spark: dict[str, str] = Field(default_factory=dict)
    """More of Spark's own settings, as "spark.jars" = "postgresql.jar"."""

    @field_validator("spark", mode="before")
    @classmethod
    def _dotted(cls, given: Any) -> Any:
        """A name without quotes is a section of sections to TOML; numbers and truth values are texts to Spark."""
        return dict(_flat(given)) if isinstance(given, Mapping) else given


def _flat(given: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, str]]:
    for name, value in given.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{start}{name}.")
        else:
            yield f"{start}{name}", str(value).lower() if isinstance(value, bool) else str(value)
