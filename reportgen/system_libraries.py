"""Finds libraries of the system by their names."""

from __future__ import annotations

import ctypes.util
import sys
from pathlib import Path

USUAL = Path("/usr/lib", getattr(sys.implementation, "_multiarch", "none"))
"""Where Debian and its kin keep the libraries of this machine's kind."""


def find_library(name: str) -> str | None:
    """What the loader opens for a name as `pango-1.0`: `libpango-1.0.so.0`; None where there is none.

    The usual folder is looked into first: `ctypes` starts a process for each name, two more for one that is missing.
    """
    found = sorted(file.name for file in USUAL.glob(f"lib{name}.so.*"))
    return found[0] if found else ctypes.util.find_library(name)
