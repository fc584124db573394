"""Exchanges two directories in one step, where the system can."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path

NO_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What `exchange` answers where system, C library or file system has no such step: Windows, NFS, SMB, exFAT."""

FROM_HERE = -100
"""AT_FDCWD of Linux: relative paths start at the current folder."""
SWAP = 2
"""RENAME_EXCHANGE of Linux (linux/fs.h) and, as it happens, RENAME_SWAP of macOS (sys/stdio.h)."""


def exchange(one: Path, other: Path) -> None:
    """Each has the other's name afterwards: renameat2(2) of Linux, renamex_np(2) of macOS.

    Raises OSError; with a number of NO_EXCHANGE nothing was done.
    """
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else object()
    here, there = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(FROM_HERE, here, FROM_HERE, there, SWAP)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(here, there, SWAP)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(one), None, str(other))
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one), None, str(other))
