"""Libraries are found as the loader names them, without a process where they lie in the usual folder."""

from __future__ import annotations

import ctypes.util
import sys
from pathlib import Path

import pytest

from reportgen import system_libraries


def test_the_usual_folder_is_looked_into_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The name that every version answers to is given, not that of a longer name; nobody else is asked."""
    for name in ("libpango-1.0.so.0", "libpango-1.0.so.0.5000.12", "libpangoft2-1.0.so.0"):
        (tmp_path / name).touch()
    monkeypatch.setattr(system_libraries, "USUAL", tmp_path)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _name: "asked")
    assert system_libraries.find_library("pango-1.0") == "libpango-1.0.so.0"
    assert system_libraries.find_library("harfbuzz") == "asked"


@pytest.mark.skipif(sys.platform != "linux", reason="the folder is one of Linux")
@pytest.mark.parametrize("name", ["pango-1.0", "fontconfig"])
def test_both_ways_find_the_same(name: str) -> None:
    """What stands in the usual folder is what the loader knows."""
    assert system_libraries.find_library(name) == ctypes.util.find_library(name)
