"""What holds for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import spark_cluster
from hypothesis import settings

# The quick suite says the same about the same code each time; `make test-all` looks for new examples.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="session", autouse=True)
def _cluster_ends() -> Iterator[None]:
    """A Spark cluster that some test has started ends with the tests, however they end."""
    yield
    spark_cluster.SHARED.stop()
