"""What a user would do instead: scripts beside this file, run by the project's Python or by one of their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measuring import PYTHON, ROOT

SCRIPTS = Path(__file__).with_name("peer_scripts")
HOME = ROOT / ".venv" / "peers"
"""A virtual environment of their own: what they need never meets what reportgen needs."""
PEERS_PYTHON = HOME / "bin" / "python"


@dataclass(frozen=True)
class Peer:
    """One way to do without reportgen."""

    work: str
    script: str
    packages: tuple[str, ...] = ()
    """What it needs beyond the project's own packages; empty: nothing, it runs on those."""
    module: str = ""
    """What has to be there."""

    def is_installed(self) -> bool:
        if not self.packages:
            return True
        asked = [str(PEERS_PYTHON), "-c", f"import {self.module}"]
        return PEERS_PYTHON.is_file() and subprocess.run(asked, capture_output=True, check=False).returncode == 0

    def command(self, export: Path, folder: Path) -> list[str]:
        python = str(PEERS_PYTHON) if self.packages else PYTHON
        return [python, str(SCRIPTS / self.script), str(export), str(folder)]

    def missing(self) -> str:
        """How to have it."""
        venv = f"{HOME.relative_to(ROOT)}"
        return f"not installed: {venv}/bin/pip install {' '.join(self.packages)}, or make bench BENCH=--peers"


NOTEBOOK = ("papermill", "nbconvert", "ipykernel", "pandas", "scikit-learn", "matplotlib", "weasyprint")
SMALL = (
    Peer("plain pandas, scikit-learn and matplotlib script", "plain_script.py"),
    Peer("the same as a notebook: papermill, nbconvert", "notebook.py", NOTEBOOK, "papermill, nbconvert, ipykernel"),
    Peer("ydata-profiling, minimal: columns only", "profile_columns.py", ("ydata-profiling",), "ydata_profiling"),
)
"""For 200 customers."""
LARGE = (
    Peer("plain pandas, scikit-learn and matplotlib script", "plain_script.py"),
    Peer("pandas and MiniBatchKMeans, k given: labels only", "minibatch.py"),
    Peer("pyspark.ml KMeans, k given: labels only", "spark_kmeans.py", ("pyspark", "numpy"), "pyspark, numpy"),
)
"""For a million and more."""


def install(peers: Sequence[Peer]) -> None:
    """Puts what the peers need into their own environment. Raises CalledProcessError."""
    if not PEERS_PYTHON.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
    needed = sorted({package for peer in peers for package in peer.packages})
    subprocess.run([str(PEERS_PYTHON), "-m", "pip", "install", "--quiet", *needed], check=True)
