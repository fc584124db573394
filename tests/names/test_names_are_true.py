"""Names and sentences of made exports, contradicted by a recomputation that shares no code with the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from names.contradictions import check_run
from names.made_exports import make_export
from names.told_exports import tell_export

N_EXPORTS = 200
QUICK = (7, 11, 14, 25, 36, 53, 98, 101, 119, 140, 162, 176)
"""Small ones of every kind: segments and none, order lines, missing cells, long tails."""


def contradictions(seed: int, folder: Path) -> list[str]:
    export = make_export(seed, folder)
    return check_run(export, tell_export(export, folder / "run")).found


@pytest.mark.parametrize("seed", QUICK)
def test_no_name_and_no_sentence_is_contradicted(seed: int, tmp_path: Path) -> None:
    """Every name, number and comparison of the study and its figures holds by the rows of the export."""
    assert contradictions(seed, tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [seed for seed in range(N_EXPORTS) if seed not in QUICK])
def test_no_name_and_no_sentence_of_many_is_contradicted(seed: int, tmp_path: Path) -> None:
    """The same over two hundred exports."""
    assert contradictions(seed, tmp_path) == []


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("told")
    export = make_export(36, folder)
    return export, tell_export(export, folder / "run")


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("Small-Basket", "Big-Basket"),
        ("Spenders", "Luxury Lovers"),
        ("above the average customer", "below the average customer"),
        ("The largest holds", "The largest, by far, holds 99 or"),
    ],
)
def test_a_false_word_is_found(true: str, false: str, told: tuple[Path, Path], tmp_path: Path) -> None:
    """The checker can fail: a name turned round, an invented motive, a false comparison, a number of nobody's."""
    export, run = told
    assert not check_run(export, run).found
    for name in ("study.json", "segments.csv"):
        (tmp_path / name).write_text((run / name).read_text(encoding="utf-8").replace(true, false), encoding="utf-8")
    assert check_run(export, tmp_path).found


def test_one_customer_in_another_segment_is_found(told: tuple[Path, Path], tmp_path: Path) -> None:
    """Moving a single customer contradicts counts and means of both segments."""
    export, run = told
    study = json.loads((run / "study.json").read_text(encoding="utf-8"))
    lines = (run / "segments.csv").read_text(encoding="utf-8").splitlines()
    own = int(lines[1].split(",")[1])
    lines[1] = lines[1].replace(f",{own},", f",{own % study['k'] + 1},", 1)
    (tmp_path / "segments.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "study.json").write_text(json.dumps(study), encoding="utf-8")
    assert len(check_run(export, tmp_path).found) > 5
