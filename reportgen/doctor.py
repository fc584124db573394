"""Examines the machine: Python, libraries, Pango, fonts, write rights; each finding names the command that mends it."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import ReportgenError
from reportgen.resources import find_resource
from reportgen.system_fonts import has_font_for
from reportgen.system_libraries import find_library
from reportgen.wording import join_words

MINIMUM_PYTHON = (3, 11)
PANGO_LIBRARIES = ("pango-1.0", "pangoft2-1.0", "gobject-2.0", "harfbuzz", "harfbuzz-subset")
"""What WeasyPrint loads at import; it comes from the system, not from PyPI."""

PANGO_COMMANDS = {
    "apt-get": "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "sudo dnf install -y pango",
    "apk": "sudo apk add pango",
    "pacman": "sudo pacman -S --noconfirm pango",
    "zypper": "sudo zypper install -y libpango-1_0-0",
    "brew": "brew install pango",
}
ASIAN_LANGUAGES = {"zh": "Chinese", "ja": "Japanese", "ko": "Korean"}
ASIAN_COMMANDS = {
    "apt-get": "sudo apt-get install -y fonts-noto-cjk",
    "dnf": "sudo dnf install -y google-noto-sans-cjk-fonts",
    "apk": "sudo apk add font-noto-cjk",
    "pacman": "sudo pacman -S --noconfirm noto-fonts-cjk",
}
FONTS = ("IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf", "IBMPlexSans-Italic.ttf")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    check: str
    ok: bool
    found: str
    mend: str
    """The command that mends it; empty if ok."""
    is_needed: bool = True
    """Whether reports cannot be made without it; otherwise some of them look worse."""


def examine(out: Path) -> tuple[Finding, ...]:
    """Every finding, in the order in which they should be mended."""
    return (check_python(), *check_libraries(), check_pango(), check_fonts(), check_asian_fonts(), check_output(out))


def check_python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    ok = sys.version_info >= MINIMUM_PYTHON
    return Finding("Python", ok, found, "" if ok else "install Python 3.11 or newer from python.org")


def check_libraries() -> tuple[Finding, ...]:
    """One finding for all that is well, or one for each library that is missing or too old."""
    faults = []
    wanted = [line for line in importlib.metadata.requires("reportgen") or () if "extra ==" not in line]
    for requirement in wanted:
        name, _, least = requirement.partition(">=")
        try:
            version = importlib.metadata.version(name.partition("[")[0])
        except importlib.metadata.PackageNotFoundError:
            version = ""
        if not version or release(version) < release(least):
            found = f"{version or 'not installed'}, wanted {least or 'any'} or newer"
            faults.append(Finding(name, False, found, f'{sys.executable} -m pip install "{requirement}"'))
    return tuple(faults) or (Finding("Python libraries", True, f"all {len(wanted)} present", ""),)


def release(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def check_pango() -> Finding:
    missing = [name for name in PANGO_LIBRARIES if not find_library(name)]
    if not missing:
        return Finding("Pango", True, "present", "")
    return Finding("Pango", False, f"{', '.join(missing)} not found; the PDF needs it", pango_command())


def pango_command() -> str:
    return install_command(PANGO_COMMANDS, "see https://doc.courtbouillon.org/weasyprint/stable/first_steps.html")


def install_command(commands: Mapping[str, str], otherwise: str) -> str:
    """The command of the package manager that is here."""
    for manager, command in commands.items():
        if shutil.which(manager):
            is_root = hasattr(os, "geteuid") and os.geteuid() == 0
            return command.removeprefix("sudo ") if is_root else command
    return otherwise


def check_fonts() -> Finding:
    folder = find_resource("templates") / "fonts"
    missing = [name for name in FONTS if not (folder / name).is_file()]
    if not missing:
        return Finding("Fonts", True, f"{len(FONTS)} bundled files present", "")
    mend = f"{sys.executable} -m pip install --force-reinstall reportgen"
    return Finding("Fonts", False, f"{', '.join(missing)} not in {folder}", mend)


def check_asian_fonts() -> Finding:
    """Whether names in Chinese, Japanese or Korean can be printed; the bundled fonts do not hold them."""
    missing = [name for code, name in ASIAN_LANGUAGES.items() if has_font_for(code) is False]
    if not missing:
        return Finding("Asian fonts", True, "present, or left to the system", "")
    found = f"no font for {join_words(missing)}: names in it are printed as boxes, and the PDF is not accessible"
    return Finding("Asian fonts", False, found, install_command(ASIAN_COMMANDS, "install Noto Sans CJK"), False)


def check_output(out: Path) -> Finding:
    """Tries to write a file where runs would go, and removes it."""
    try:
        folder = out if out.exists() else next(parent for parent in out.absolute().parents if parent.exists())
    except OSError as fault:  # the current folder itself was removed or may not be read
        return Finding("Output", False, f"{out} cannot be reached: {fault.strerror}", "cd ~")
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as fault:
        return Finding("Output", False, f"{folder} cannot be written: {fault.strerror}", f"chmod u+w {folder}")
    return Finding("Output", True, f"{folder} can be written", "")


def require_printing() -> None:
    """Refuses a PDF early, with the command that mends it. Raises ReportgenError (RG-064)."""
    pango = check_pango()
    if not pango.ok:
        raise ReportgenError(
            "RG-064",
            f"The PDF cannot be made: {pango.found}.",
            f"Mend it with: {pango.mend} (or leave the PDF out with --formats html,email)",
        )


if __name__ == "__main__":
    pango = check_pango()
    sys.exit(0 if pango.ok else f"{pango.check}: {pango.found}")
