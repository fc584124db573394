"""The database servers that the tests of reading share.

Not in pytest's own folder: every session that starts closes that to other users, and a server is another user.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from database_servers import mariadb, postgresql


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    try:
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder, postgresql(Path(folder)) as address:
            yield address
    except FileNotFoundError as fault:
        pytest.skip(str(fault))


@pytest.fixture(scope="session")
def mariadb_address() -> Iterator[str]:
    try:
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder, mariadb(Path(folder)) as address:
            yield address
    except FileNotFoundError as fault:
        pytest.skip(str(fault))
