"""Shows what stands in a file as if it were held, without holding it."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import cast

HELD_BYTES = 1 << 26
"""Files up to 64 MiB are read; the system pages longer ones in and out."""


def view_file(path: Path) -> bytes:
    """The content of a file, or a read-only view that is compared, hashed and written as bytes are. Raises OSError."""
    with path.open("rb") as file:
        if path.stat().st_size <= HELD_BYTES:
            return file.read()
        return cast("bytes", memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
