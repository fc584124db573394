"""What a user can hand over by mistake: one clear sentence, the documented exit code, nothing half-written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from runs import SAMPLE, reportgen

HEADER = "CustomerID,Gender,Age,Annual Income (k$),Spending Score (1-100)\n"
EQUAL_ROWS = "".join(f"{i},Female,30,50,50\n" for i in range(1, 60))
FEW_ROWS = "1,Male,19,15,39\n2,Female,21,15,81\n3,Female,20,16,6\n"


def content(data: bytes | str, name: str = "export.csv") -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


CASES: dict[str, tuple[Callable[[Path], Path], int, set[str]]] = {
    "an empty file": (content(b""), 65, {"RG-001"}),
    "blank lines only": (content("\n\n\n"), 65, {"RG-001"}),
    "a header only": (content(HEADER), 65, {"RG-002"}),
    "text only": (content("Dear all,\nplease find the list below.\nRegards\n"), 65, {"RG-004", "RG-005"}),
    "one column": (content("Age\n" + "\n".join(map(str, range(100))) + "\n"), 65, {"RG-004"}),
    "fewer rows than segments": (content(HEADER + FEW_ROWS), 65, {"RG-003"}),
    "all rows equal": (content(HEADER + EQUAL_ROWS), 65, {"RG-011"}),
    "a missing file": (lambda folder: folder / "nowhere.csv", 66, {"RG-051"}),
    "a directory": (lambda folder: folder, 66, {"RG-052"}),
    "a PDF renamed .csv": (content(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"), 65, {"RG-005"}),
    "an HTML login page": (content("<!DOCTYPE html><html><body>Log in</body></html>"), 65, {"RG-005"}),
    "a web address": (lambda _folder: Path("https://example.org/export.csv"), 78, {"RG-054"}),
}


@pytest.mark.parametrize("case", CASES)
def test_a_bad_export_is_one_clear_sentence(case: str, tmp_path: Path) -> None:
    """Each mistake has its code and exit code; no traceback, no output."""
    make, exit_code, codes = CASES[case]
    out = tmp_path / "out"
    outcome = reportgen("run", make(tmp_path), "--out", out)
    first = outcome.stderr.splitlines()[0]
    assert (outcome.returncode, first[-7:-1] in codes) == (exit_code, True), outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert not out.exists()


SETTINGS = {
    "an unknown setting": ("[segments]\nn_segments = 5\n", "segments.n_segments"),
    "a wrong type": ('[segments]\nk = "many"\n', "segments.k"),
    "not TOML": ("k: 5\n", "TOML"),
    "a secret": ('[email]\npassword = "x"\n', "secret"),
    "an unknown column": ('[columns]\nfeatures = ["Incme"]\n', "Incme"),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_wrong_settings_are_named(case: str, tmp_path: Path) -> None:
    """A wrong settings file is refused with the setting's name and exit code 78."""
    text, named = SETTINGS[case]
    config = tmp_path / "reportgen.toml"
    config.write_text(text, encoding="utf-8")
    outcome = reportgen("run", SAMPLE, "--config", config, "--out", tmp_path / "out")
    assert outcome.returncode == 78
    assert named in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """--out naming a file is said before anything is computed."""
    target = tmp_path / "out"
    target.write_text("mine", encoding="utf-8")
    outcome = reportgen("run", SAMPLE, "--out", target)
    assert outcome.returncode == 73
    assert target.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("period", ["2026-13", "october", "../2026-10", "2026-1"])
def test_a_wrong_period_is_refused(period: str, tmp_path: Path) -> None:
    """A period is a year and a month, nothing else: it becomes a directory's name."""
    outcome = reportgen("run", SAMPLE, "--out", tmp_path / "out", "--period", period)
    assert outcome.returncode == 78
    assert not (tmp_path / "out").exists()
