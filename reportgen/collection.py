"""Holds the garbage collector off while what is made is there to stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Inside, modules are loaded that stay until the process ends: later on the collector passes over them.

    It would walk a hundred thousand objects of libraries in the middle of a run: a twentieth of a second each time.
    """
    with collection_paused():
        yield
    gc.freeze()


@contextmanager
def collection_paused() -> Iterator[None]:
    """Inside, nothing is collected.

    The collector walks what grows again and again: a sixth of the time of a print, an eighth of that of imports.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
