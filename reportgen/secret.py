"""Passwords and the like: from the environment, from a file that it names, from the system's keyring; never shown."""

from __future__ import annotations

import base64
import importlib
import os
import stat
from pathlib import Path

from reportgen.errors import ReportgenError

KEYRING_SERVICE = "reportgen"
HIDDEN = "(hidden)"


class Secret:
    """A text that shows itself to nobody who does not ask for it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def hide_in(self, text: str) -> str:
        """The text without the secret, also where it is encoded as servers echo it."""
        encoded = base64.b64encode(self._text.encode()).decode()
        for form in (self._text, encoded):
            text = text.replace(form, HIDDEN) if form else text
        return text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return f"Secret{HIDDEN}"


def first_line(path: str, variable: str) -> str:
    """The first line of the file that the environment names. Raises ReportgenError (RG-063)."""
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        raise ReportgenError(
            "RG-063", f"the password file that {variable} names cannot be read.", "Check its path."
        ) from None


def find_secret(name: str, user: str = "") -> Secret:
    """The variable NAME, else the first line of the file that NAME_FILE names, else the keyring's entry; may be empty.

    Raises ReportgenError (RG-063, RG-097).
    """
    if text := os.environ.get(name):
        return Secret(text)
    variable = f"{name}_FILE"
    if path := os.environ.get(variable):
        _refuse_open_file(path, variable)
        return Secret(first_line(path, variable))
    return Secret(_in_keyring(user or name))


def _refuse_open_file(path: str, variable: str) -> None:
    """Raises ReportgenError (RG-097) for a file that others than its owner may read."""
    if os.name == "nt":  # where rights are not in the mode
        return
    try:
        mode = Path(path).stat().st_mode
    except OSError:
        return  # reading it says why
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ReportgenError(
            "RG-097",
            f"The password file that {variable} names may be read by others (mode {stat.S_IMODE(mode):04o}).",
            "Let its owner alone read it: chmod 600 FILE",
        )


def _in_keyring(user: str) -> str:
    """The entry of the system's keyring, if the package keyring is installed; empty where there is none."""
    try:
        keyring = importlib.import_module("keyring")
    except ImportError:
        return ""
    try:
        return keyring.get_password(KEYRING_SERVICE, user) or ""
    except Exception:  # noqa: BLE001 - a keyring that is locked or missing is none; each of its backends has its own faults
        return ""
