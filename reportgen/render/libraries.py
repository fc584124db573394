"""Imports WeasyPrint without the compiler that Python asks where a library lies."""

from __future__ import annotations

import contextlib
import ctypes.util
import io
import sys


def find_nothing(name: str) -> str | None:  # noqa: ARG001
    """None, whatever is asked for."""
    return None


def import_weasyprint() -> None:
    """Has it find Pango and the others by the names that the loader knows, a quarter of a second faster.

    For each name of a library that is not there, `ctypes` runs ldconfig, gcc and ld. WeasyPrint tries the loader's own
    names too; where they do not do, the next import searches as ever.
    """
    if sys.platform != "linux":
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = find_nothing
    try:
        # It prints advice where a library is missing; that is for the import that counts.
        with contextlib.suppress(OSError), contextlib.redirect_stdout(io.StringIO()):
            import weasyprint  # noqa: F401
    finally:
        ctypes.util.find_library = search
