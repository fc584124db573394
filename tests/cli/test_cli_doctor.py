"""What doctor finds missing, and the exact command that mends it."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sys
from pathlib import Path

import pytest

from reportgen import doctor
from reportgen.errors import ReportgenError
from reportgen.system_fonts import has_font_for


def test_an_old_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.10 is named with the version wanted."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))
    found = doctor.check_python()
    assert (found.ok, found.found, found.mend) == (False, "3.10.4", "install Python 3.11 or newer from python.org")


def test_a_library_that_is_missing_or_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has its pip command, for this very interpreter."""
    known = {"numpy": "1.0"}

    def version(name: str) -> str:
        if name not in known:
            raise importlib.metadata.PackageNotFoundError(name)
        return known[name]

    monkeypatch.setattr(importlib.metadata, "requires", lambda _name: ["numpy>=2.0", "scipy>=1.11", "x; extra == 'y'"])
    monkeypatch.setattr(importlib.metadata, "version", version)
    assert [(f.found, f.mend) for f in doctor.check_libraries()] == [
        ("1.0, wanted 2.0 or newer", f'{sys.executable} -m pip install "numpy>=2.0"'),
        ("not installed, wanted 1.11 or newer", f'{sys.executable} -m pip install "scipy>=1.11"'),
    ]


@pytest.mark.parametrize(("manager", "command"), doctor.PANGO_COMMANDS.items())
def test_a_missing_pango(manager: str, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command is that of the package manager that is here; a PDF is refused with it before anything is read."""
    monkeypatch.setattr(doctor, "find_library", lambda _name: None)
    monkeypatch.setattr(shutil, "which", lambda name: name if name == manager else None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    found = doctor.check_pango()
    assert (found.ok, found.mend) == (False, command)
    with pytest.raises(ReportgenError) as refusal:
        doctor.require_printing()
    assert (refusal.value.code, command in refusal.value.hint) == ("RG-064", True)


def test_missing_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An installation without its fonts is installed again."""
    monkeypatch.setattr(doctor, "find_resource", lambda _name: tmp_path)
    found = doctor.check_fonts()
    assert (found.ok, found.mend) == (False, f"{sys.executable} -m pip install --force-reinstall reportgen")


def test_a_missing_font_for_chinese_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said with the command, and doctor still ends with 0: only names in that writing suffer."""
    monkeypatch.setattr(doctor, "has_font_for", lambda language: language != "zh")
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "apt-get" else None)
    found = doctor.check_asian_fonts()
    assert (found.ok, found.is_needed) == (False, False)
    assert "no font for Chinese:" in found.found
    assert found.mend.endswith("apt-get install -y fonts-noto-cjk")


def test_fontconfig_is_asked() -> None:
    """No font can write a language that there is none of; without fontconfig nothing is claimed."""
    assert not has_font_for("xx")
    assert has_font_for("en") in {True, None}


def test_an_output_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The folder that refused is the one named."""

    def refuse(**_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    found = doctor.check_output(tmp_path / "not" / "yet")
    assert (found.ok, found.mend) == (False, f"chmod u+w {tmp_path}")


def test_a_current_folder_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a finding, not a traceback."""

    def gone() -> str:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(os, "getcwd", gone)
    assert not doctor.check_output(Path("not-here-yet")).ok
