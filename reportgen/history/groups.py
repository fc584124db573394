"""Draws a test and a control group from a segment: by chance, but the same however often it is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from reportgen.records.history import KeyArray

NO_GROUP, TEST, CONTROL = 0, 1, 2


def draw_groups(
    keys: KeyArray, identities: npt.NDArray[np.int32], period: str, tested: Collection[int]
) -> npt.NDArray[np.int8]:
    """NO_GROUP, TEST or CONTROL of each customer, in the order of `keys`; of an odd number the test group has one more.

    Customers are ordered by a hash of key and period: neither the export's order nor the customers themselves decide,
    and another month draws other groups.
    """
    groups = np.zeros(len(keys), dtype=np.int8)
    for identity in tested:
        members = np.flatnonzero(identities == identity)
        lots = [hashlib.blake2b(keys[row].tobytes() + period.encode(), digest_size=16).digest() for row in members]
        drawn = members[sorted(range(len(members)), key=lots.__getitem__)]
        n_test = (len(drawn) + 1) // 2
        groups[drawn[:n_test]], groups[drawn[n_test:]] = TEST, CONTROL
    return groups
