"""Of each row's cases the first is quick; the variations run with the slow tests, so that `make test` stays short."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    met: set[str] = set()
    for item in items:
        if not item.path.is_relative_to(HERE) or not isinstance(item, pytest.Function):
            continue
        test = f"{item.path.name}::{item.originalname}"
        if test in met:
            item.add_marker(pytest.mark.slow)
        met.add(test)
