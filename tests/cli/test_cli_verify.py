"""What verify finds when somebody has sealed a changed run again, and what it forgives."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from runs import SAMPLE, reportgen, run_export

from reportgen.verify.manifest import MANIFEST, SEAL, canonical_json, digest


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(a run with its page but without a PDF, the export, which has another name since)."""
    folder = tmp_path_factory.mktemp("verify")
    export = folder / "customers_2026-10.csv"
    shutil.copy(SAMPLE, export)
    published = run_export(export, folder / "out", "--formats", "html")
    return published, export.rename(folder / "archived.csv")


def copy_of(run: Path, folder: Path) -> Path:
    copy = folder / "run"
    shutil.copytree(run, copy)
    return copy


def seal_again(run: Path) -> None:
    """What somebody who knows how manifests are made does after changing a file: new hashes, and theirs."""
    content = json.loads((run / MANIFEST).read_bytes())
    del content[SEAL]
    content["outputs"] = {
        name: {"sha256": digest(data), "n_bytes": len(data)}
        for name, data in ((name, (run / name).read_bytes()) for name in content["outputs"] if (run / name).exists())
    }
    (run / MANIFEST).write_bytes(canonical_json(content | {SEAL: digest(canonical_json(content))}))


def test_a_renamed_export_is_the_same_export(moved: tuple[Path, Path]) -> None:
    """Not found where it was: RG-082; with --source every check holds, though the report prints the old name."""
    run, export = moved
    lost = reportgen("verify", run)
    assert (lost.returncode, "[RG-082]" in lost.stderr, "--source" in lost.stderr) == (66, True, True)
    assert reportgen("verify", run, "--source", export).returncode == 0


def one_figure(name: str, before: bytes, after: bytes) -> Callable[[Path], None]:
    def change(run: Path) -> None:
        whole = (run / name).read_bytes()
        assert before in whole
        (run / name).write_bytes(whole.replace(before, after, 1))

    return change


FORGERIES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a figure of the study": (one_figure("study.json", b'"n_customers": ', b'"n_customers": 1'), "study.json"),
    "a figure of the page": (one_figure("report.html", b"%</", b"0%</"), "report.html"),
    "a verdict": (one_figure(MANIFEST, b'"verdict": "segments', b'"verdict": "no segments'), MANIFEST),
    "no study": (lambda run: (run / "study.json").unlink(), "study.json"),
}


@pytest.mark.parametrize("case", FORGERIES)
def test_a_forgery_with_fitting_hashes_is_found(case: str, moved: tuple[Path, Path], tmp_path: Path) -> None:
    """Hashes only show what was changed by accident: the run is made again from the export and compared."""
    change, named = FORGERIES[case]
    run = copy_of(moved[0], tmp_path)
    change(run)
    seal_again(run)
    outcome = reportgen("verify", run, "--source", moved[1], "--json")
    faults = [check["check"] for check in json.loads(outcome.stdout)["checks"] if not check["ok"]]
    assert (outcome.returncode, "Traceback" in outcome.stderr) == (1, False)
    assert any(named in fault for fault in faults)


@pytest.mark.parametrize("key", ["outputs", "source", "settings", "period"])
def test_a_manifest_without_its_parts_is_no_traceback(key: str, moved: tuple[Path, Path], tmp_path: Path) -> None:
    """A part taken out and the rest sealed again is one check that does not hold."""
    run = copy_of(moved[0], tmp_path)
    content = json.loads((run / MANIFEST).read_bytes())
    del content[SEAL], content[key]
    (run / MANIFEST).write_bytes(canonical_json(content | {SEAL: digest(canonical_json(content))}))
    outcome = reportgen("verify", run, "--source", moved[1])
    assert (outcome.returncode, outcome.stderr) == (1, "")
    assert "manifest.json: does not tell what manifests tell" in outcome.stdout
