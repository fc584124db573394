"""The database servers that the tests of reading share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from database_servers import mariadb, postgresql


@pytest.fixture(scope="session")
def postgresql_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    try:
        with postgresql(tmp_path_factory.mktemp("postgresql")) as address:
            yield address
    except FileNotFoundError as fault:
        pytest.skip(str(fault))


@pytest.fixture(scope="session")
def mariadb_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    try:
        with mariadb(tmp_path_factory.mktemp("mariadb")) as address:
            yield address
    except FileNotFoundError as fault:
        pytest.skip(str(fault))
