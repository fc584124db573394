"""Writes that survive a crash, and what a failing disk is called in the user's words."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.errors import ReportgenError

NOT_ALLOWED = frozenset(
    {
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ENOTDIR,
        errno.EISDIR,
        errno.EEXIST,
        errno.ELOOP,
        errno.ENAMETOOLONG,
    }
)
"""Faults of the place, RG-071; every other one is a fault of the writing, RG-072."""

NO_LINKS = frozenset({errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL})
"""What `make_link` answers where links do not exist: FAT, some network shares, Windows."""

NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def faults_of(out: Path) -> Iterator[None]:
    """Turns an OSError into the user's sentence. Raises ReportgenError (RG-071, RG-072)."""
    try:
        yield
    except OSError as fault:
        why = fault.strerror or str(fault)
        if fault.errno in NOT_ALLOWED:
            raise ReportgenError(
                "RG-071",
                f"The output directory {out} cannot be used: {why}.",
                "Choose another one with --out, or change its permissions.",
            ) from fault
        raise ReportgenError(
            "RG-072",
            f"Writing into {out} failed: {why}.",
            "Reports that were there are whole. Run again once there is room and the disk answers.",
        ) from fault


def write_file(path: Path, content: bytes, mode: int) -> None:
    """A new file with all its bytes on the disk. Raises OSError, also if the file exists."""
    descriptor = os.open(path, NEW_FILE, mode)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_directory(path: Path) -> None:
    """The directory's entries are on the disk; does nothing where directories cannot be opened (Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_link(path: Path, target: str) -> None:
    """A new link that a later one can replace. Raises OSError, with a number of NO_LINKS where that cannot be."""
    if os.name == "nt":  # its rename replaces no link to a directory
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    path.symlink_to(target)


def digest_files(files: Iterable[tuple[str, bytes]]) -> str:
    """Hex SHA-256 over names and contents, in the order of the names."""
    return _digest_all((name, hashlib.sha256(content).hexdigest()) for name, content in files)


def _digest_all(digests: Iterable[tuple[str, str]]) -> str:
    whole = hashlib.sha256()
    for name, digest in sorted(digests):
        whole.update(f"{name}\0{digest}\n".encode())
    return whole.hexdigest()


def plain_files(path: Path) -> list[Path]:
    """The files of a directory in the order of their names; none if it is no real one or holds anything else."""
    if path.is_symlink() or not path.is_dir():
        return []
    entries = sorted(path.iterdir())
    return entries if all(stat.S_ISREG(entry.lstat().st_mode) for entry in entries) else []


def digest_directory(path: Path) -> str:
    """`digest_files` of `plain_files`, empty if there are none."""
    files = plain_files(path)
    return _digest_all((file.name, _digest_of(file)) for file in files) if files else ""


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
