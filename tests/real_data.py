"""Finds public exports that are not part of this project, for tests that need files as they are in the wild."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FALLBACK = Path(__file__).parents[2] / "shared" / "data"


def real_data(*parts: str) -> Path:
    """The path of a public export; skips the test where the folder is absent."""
    root = Path(os.environ.get("REPORTGEN_REAL_DATA", FALLBACK))
    path = root.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"public export {'/'.join(parts)} is not here; set REPORTGEN_REAL_DATA")
    return path
