"""Finds the customers that two months share, by their keys."""

from __future__ import annotations

import numpy as np

from reportgen.records.history import KEY_BYTES, KeyArray
from reportgen.records.segments import IntArray


def share_customers(before: KeyArray, now: KeyArray) -> tuple[IntArray, IntArray]:
    """Positions of the shared customers in each month, in the order of their keys; each key occurs once in a month."""
    # NumPy compares byte strings several times as fast as raw bytes; of fixed length they are the same.
    first, second = (np.ascontiguousarray(keys).view(f"S{KEY_BYTES}") for keys in (before, now))
    _, in_before, in_now = np.intersect1d(first, second, assume_unique=True, return_indices=True)
    return in_before, in_now
