"""Customers under a pseudonym: followed from month to month without their ids being kept."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from reportgen.records.history import KEY_BYTES, KeyArray
from reportgen.records.places import KEY_FILE

SECRET_BYTES = 32
MARK_BYTES = 8
MARKED = b"which secret made the keys"
OWNER_ONLY = 0o600


def customer_keys(out: Path, ids: Sequence[str]) -> KeyArray:
    """The keys of the customers in the order of their ids; empty where the secret can neither be read nor made.

    A key is BLAKE2b of the id, 16 bytes long, under a secret of 32 random bytes that is made once and kept in
    `history.key`, readable for its owner alone. The keys are pseudonymous, not anonymous: whoever holds that file and
    knows an id can tell its key. They remain personal data; keep or delete the file as you would the export.
    """
    try:
        secret = _secret(out) or _make_secret(out)
    except OSError:
        return np.empty(0, dtype=f"V{KEY_BYTES}")
    keyed = hashlib.blake2b(key=secret, digest_size=KEY_BYTES)

    def key_of(customer: str) -> bytes:
        copy = keyed.copy()
        copy.update(customer.encode("utf-8", "surrogatepass"))
        return copy.digest()

    return np.frombuffer(b"".join([key_of(customer) for customer in ids]), dtype=f"V{KEY_BYTES}")


def key_mark(out: Path) -> str:
    """Which secret makes the keys, told without telling it; empty where there is none that can be read."""
    with contextlib.suppress(OSError):
        if secret := _secret(out):
            return hashlib.blake2b(MARKED, key=secret, digest_size=MARK_BYTES).hexdigest()
    return ""


def _secret(out: Path) -> bytes:
    """The secret, empty if there is none or the file is not whole. Raises OSError if it cannot be read."""
    try:
        secret = (out / KEY_FILE).read_bytes()
    except FileNotFoundError:
        return b""
    return secret if len(secret) == SECRET_BYTES else b""


def _make_secret(out: Path) -> bytes:
    """A new secret on the disk; what stood in its place and was not whole is set aside."""
    place, secret = out / KEY_FILE, secrets.token_bytes(SECRET_BYTES)
    if os.path.lexists(place):
        place.rename(free_place(place))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(place, flags, OWNER_ONLY)
    try:
        os.write(descriptor, secret)
        os.fsync(descriptor)
    except OSError:
        place.unlink()
        raise
    finally:
        os.close(descriptor)
    return secret


def free_place(place: Path, companions: Sequence[str] = ("",)) -> Path:
    """`history.key.damaged-1`, or the next number under which nothing stands, nor with any of these endings."""
    places = (place.with_name(f"{place.name}.damaged-{number}") for number in itertools.count(1))
    return next(free for free in places if not any(os.path.lexists(f"{free}{end}") for end in companions))
