"""The seal of a run."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
import studies

from reportgen.config import Settings
from reportgen.deliver.publish import publish
from reportgen.errors import ReportgenError
from reportgen.records.source import source_of
from reportgen.records.study import Document, Facts
from reportgen.verify.manifest import (
    MANIFEST,
    build_manifest,
    canonical_json,
    check_manifest,
    check_source,
    digest,
    find_source,
    read_sealed_run,
)

EXPORT = b"id,income\n1,20\n2,30\n"
DOCUMENTS = (
    Document("report.pdf", bytes(range(256))),
    Document("study.json", b'{"k": 5}\n'),
    Document("segments.csv", "id,segment\n1,Köln\n".encode()),
)


def facts() -> Facts:
    known = studies.mall_like_facts()
    return replace(known, read=replace(known.read, sha256=digest(EXPORT), n_bytes=len(EXPORT), file_name="export.csv"))


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A published run of three documents and its manifest."""
    export = tmp_path / "export.csv"
    export.write_bytes(EXPORT)
    sealed = build_manifest(DOCUMENTS, facts(), "segments", Settings())
    return publish([*DOCUMENTS, sealed], tmp_path / "output", "2026-10", export)


def faults(run: Path) -> list[str]:
    return [check.name for check in check_manifest(run) if not check.ok]


def test_a_published_run_is_intact(run: Path) -> None:
    """The manifest, every file and the source note check out."""
    assert {check.name for check in check_manifest(run)} == {
        MANIFEST, "source.json", *(document.name for document in DOCUMENTS)
    }  # fmt: skip
    assert faults(run) == []


def test_any_flipped_byte_is_found(run: Path) -> None:
    """A hundred single-byte flips anywhere in the run: each shows in a check, or the source is not where it was."""
    chance = random.Random(0)
    files = sorted(run.iterdir())
    for turn in range(100):
        file = files[turn % len(files)]
        whole = file.read_bytes()
        place, mask = chance.randrange(len(whole)), 1 << chance.randrange(8)
        file.write_bytes(whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :])
        assert faults(run) or not source_is_found(run), (file.name, place, mask)
        file.write_bytes(whole)
    assert faults(run) == []


def source_is_found(run: Path) -> bool:
    try:
        return check_source(run, find_source(run)).ok
    except ReportgenError as fault:
        return fault.code != "RG-082"


def test_a_missing_file_is_found(run: Path) -> None:
    """A listed file that is gone fails by name."""
    (run / "report.pdf").unlink()
    assert faults(run) == ["report.pdf"]


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "report.pdf.bak"])
def test_a_file_too_many_is_found(run: Path, name: str) -> None:
    """A file that the run did not publish fails by name."""
    (run / name).write_bytes(b"")
    assert faults(run) == [name]


def test_a_folder_too_many_is_found(run: Path) -> None:
    """A folder, empty or not, is no part of a run."""
    (run / "more").mkdir()
    (run / "more" / "file").write_bytes(b"x")
    assert faults(run) == ["more", "more/file"]


def test_a_missing_source_note_is_found(run: Path) -> None:
    """source.json is not sealed, yet must be there."""
    (run / "source.json").unlink()
    assert faults(run) == ["source.json"]


def test_a_manifest_rewritten_with_a_fitting_seal_still_needs_fitting_files(run: Path) -> None:
    """Who forges the list must forge the files too; a name that leads elsewhere opens nothing."""
    content = json.loads((run / MANIFEST).read_bytes())
    del content["manifest_sha256"]
    content["outputs"]["../../export.csv"] = {"sha256": digest(EXPORT), "n_bytes": len(EXPORT)}
    seal = digest(canonical_json(content))
    (run / MANIFEST).write_bytes(canonical_json(content | {"manifest_sha256": seal}))
    assert faults(run) == ["../../export.csv"]


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"null", b"[" * 100_000, b'{"a": NaN}\n', b"\xff\xfe"])
def test_a_broken_manifest_is_one_fault(run: Path, content: bytes) -> None:
    """Whatever stands in the manifest, the answer is a failed check and no exception."""
    (run / MANIFEST).write_bytes(content)
    assert faults(run) == [MANIFEST]
    with pytest.raises(ReportgenError) as fault:
        read_sealed_run(run)
    assert fault.value.code == "RG-081"


def test_a_directory_without_manifest_is_not_a_run(tmp_path: Path) -> None:
    """A folder that is missing or holds no manifest is refused with a hint."""
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ReportgenError, match="is not a finished run") as fault:
            check_manifest(place)
        assert (fault.value.code, bool(fault.value.hint)) == ("RG-081", True)


def test_the_manifest_says_what_the_run_was_made_from() -> None:
    """Source, settings, seed, versions and the accounting of records, in canonical JSON with a hash over itself."""
    sealed = build_manifest(DOCUMENTS, facts(), "segments", Settings())
    content = json.loads(sealed.content)
    assert canonical_json(content) == sealed.content
    assert (
        digest(canonical_json({k: v for k, v in content.items() if k != "manifest_sha256"}))
        == content["manifest_sha256"]
    )
    assert content["source"] == {"file_name": "export.csv", "sha256": digest(EXPORT), "n_bytes": len(EXPORT)}
    assert content["n_records"] == {
        "physical": 202,
        "used": 200,
        "repaired": 1,
        "repaired_by_cleaning": 0,
        "set_aside_by_reading": 1,
        "set_aside_by_cleaning": 1,
        "customers": 200,
    }
    assert {"python", "numpy", "scipy", "weasyprint"} <= content["versions"].keys()
    assert content["volatile"] == ["source.json"]


def test_the_same_run_has_the_same_manifest() -> None:
    """The order of the documents does not matter, nor does anything outside the run."""
    first, second = (build_manifest(d, facts(), "segments", Settings()) for d in (DOCUMENTS, DOCUMENTS[::-1]))
    assert first == second


def test_a_run_can_be_made_again_from_its_manifest(run: Path) -> None:
    """Period, verdict, settings and source come back as they were."""
    settings = Settings().with_overrides("segments", seed=7, k=4)
    (run / MANIFEST).write_bytes(build_manifest(DOCUMENTS, facts(), "segments", settings).content)
    sealed = read_sealed_run(run)
    assert (sealed.period, sealed.verdict, sealed.settings) == ("2026-10", "segments", settings)
    assert sealed.source_sha256 == digest(EXPORT)


def test_the_source_is_found_where_it_lay_or_where_it_is_said_to_lie(run: Path, tmp_path: Path) -> None:
    """source.json leads to the export; --source overrides it."""
    moved = tmp_path / "moved.csv"
    assert find_source(run).path == (tmp_path / "export.csv").resolve()
    (tmp_path / "export.csv").rename(moved)
    assert find_source(run, moved).path == moved
    with pytest.raises(ReportgenError, match="is not at") as fault:
        find_source(run)
    assert (fault.value.code, "--source" in fault.value.hint) == ("RG-082", True)


def test_a_run_that_does_not_say_where_its_source_lay_asks_for_it(run: Path) -> None:
    """Without a readable source.json the export must be given."""
    (run / "source.json").unlink()
    with pytest.raises(ReportgenError, match="does not say") as fault:
        find_source(run)
    assert fault.value.code == "RG-082"


def test_another_export_is_not_the_source(run: Path, tmp_path: Path) -> None:
    """The export must be the same byte for byte."""
    assert check_source(run, source_of(tmp_path / "export.csv")).ok
    (tmp_path / "export.csv").write_bytes(EXPORT + b"\n")
    assert not check_source(run, source_of(tmp_path / "export.csv")).ok
