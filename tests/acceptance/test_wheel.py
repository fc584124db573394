"""The built wheel works outside the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from runs import ROOT, reportgen


def test_the_wheel_runs_its_demo_outside_the_tree(tmp_path: Path) -> None:
    """Templates, fonts, schema and sample data are in the wheel, and `demo` needs nothing else."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path / "dist", ROOT],
        check=True,
        capture_output=True,
    )
    wheel = next((tmp_path / "dist").glob("*.whl"))
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    outcome = reportgen("demo", "--out", tmp_path / "out", "--json", cwd=tmp_path, PYTHONPATH=str(tmp_path / "site"))
    assert outcome.returncode == 0, outcome.stderr
    where = subprocess.run(
        [sys.executable, "-c", "import reportgen; print(reportgen.__file__)"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(tmp_path) in where.stdout
