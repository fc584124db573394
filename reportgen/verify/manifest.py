"""Seals a run: what it was made from, with what, and the hash of every file; and finds what was changed since."""

from __future__ import annotations

import ctypes
import hashlib
import json
import platform
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reportgen import __version__
from reportgen.config import Settings, parse_settings
from reportgen.errors import ReportgenError
from reportgen.file_views import view_file
from reportgen.records.engine import IN_MEMORY, EngineChoice, read_choice
from reportgen.records.source import Export, Source, read_source_note, source_of
from reportgen.records.study import Basis, Check, Document, Facts
from reportgen.system_libraries import find_library
from reportgen.wording import join_words

MANIFEST = "manifest.json"
SOURCE_NOTE = "source.json"
"""Where the export lay on the machine of the run: not sealed, since moving the file changes nothing that was found."""

LABEL = re.compile(r"\d{4}-\d{2}\.\d{1,6}", re.ASCII)
"""Period and revision of a month: `2026-09.2`."""

SCHEMA_VERSION = 2
"""2: `basis`, the months that the run was compared with."""
SEAL = "manifest_sha256"

DEPENDENCIES = (
    "babel",
    "charset-normalizer",
    "css-inline",
    "fonttools",
    "jinja2",
    "matplotlib",
    "missingno",
    "narwhals",
    "numpy",
    "pandas",
    "pillow",
    "pydantic",
    "python-calamine",
    "scipy",
    "seaborn",
    "weasyprint",
)
"""What can change a number or a pixel."""


@dataclass(frozen=True, slots=True)
class SealedRun:
    """What it takes to make a finished run again."""

    period: str
    verdict: str
    settings: Settings
    source_name: str
    """The export's name at the run: it is printed, and moving the file may have changed it."""
    source_sha256: str
    basis: Basis
    """What it was compared with."""
    engine: EngineChoice
    """What worked through its rows, as its pages say."""


def build_manifest(documents: Iterable[Document], facts: Facts, verdict: str, settings: Settings) -> Document:
    """manifest.json for these documents, which are all of the run but source.json and the manifest itself."""
    read = facts.read
    by_cleaning = sum(record.action == "set aside" for record in facts.set_aside) - read.n_set_aside
    by_cleaning += facts.orders.n_unlisted if facts.orders else 0
    repaired = {record.line for record in facts.set_aside if record.action == "repaired"}
    content = {
        "schema_version": SCHEMA_VERSION,
        "reportgen": __version__,
        "verdict": verdict,
        "period": facts.period,
        "source": {"file_name": read.file_name, "sha256": read.sha256, "n_bytes": read.n_bytes},
        "settings": settings.model_dump(mode="json"),
        "basis": asdict(facts.basis),
        "engine": asdict(facts.engine),
        "seed": facts.seed,
        "n_records": {
            "physical": read.n_physical,
            "used": read.n_used,
            "repaired": read.n_repaired,
            "repaired_by_cleaning": max(0, len(repaired) - read.n_repaired),
            "set_aside_by_reading": read.n_set_aside,
            "set_aside_by_cleaning": by_cleaning,
            "customers": facts.n_customers,
        },
        "versions": versions(),
        "outputs": {
            document.name: {"sha256": digest(document.content), "n_bytes": len(document.content)}
            for document in documents
        },
        "volatile": [SOURCE_NOTE],
    }
    return Document(MANIFEST, canonical_json(content | {SEAL: digest(canonical_json(content))}))


def versions() -> dict[str, str]:
    """What this machine would make the run with."""
    system = {"python": platform.python_version(), "machine": platform.machine(), "pango": pango_version()}
    return system | {name: version(name) for name in DEPENDENCIES}


def pango_version() -> str:
    """Version of the system's library that sets the PDF's lines, empty without it."""
    name = find_library("pango-1.0")
    if not name:
        return ""
    told = ctypes.CDLL(name).pango_version_string
    told.restype = ctypes.c_char_p
    return str(told().decode("ascii"))


def is_same_software(run: Path) -> bool:
    """True if a run made here and now would have the same bytes, also of the pages."""
    content, _ = open_seal(manifest_bytes(run))
    return (content.get("reportgen"), content.get("versions")) == (__version__, versions())


def canonical_json(content: Any) -> bytes:
    """The one way to write it: sorted keys, two spaces, ASCII, a newline at the end. Raises ValueError on NaN."""
    return f"{json.dumps(content, sort_keys=True, indent=2, allow_nan=False)}\n".encode("ascii")


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def check_manifest(run: Path) -> tuple[Check, ...]:
    """One check for the manifest, one for each file it lists, one for each file too many.

    Raises ReportgenError (RG-081) if `run` is not a run.
    """
    sealed = manifest_bytes(run)
    content, fault = open_seal(sealed)
    if fault:
        return (Check(MANIFEST, ok=False, sentence=fault),)
    return (Check(MANIFEST, ok=True, sentence="is whole"), *check_files(run, content), check_source_note(run))


def manifest_bytes(run: Path) -> bytes:
    """Raises ReportgenError (RG-081)."""
    try:
        return (run / MANIFEST).read_bytes()
    except OSError as fault:
        raise ReportgenError(
            "RG-081",
            f"{run} is not a finished run: {MANIFEST} cannot be read ({fault.strerror}).",
            "Give a directory that reportgen run has published.",
        ) from None


def open_seal(sealed: bytes) -> tuple[dict[str, Any], str]:
    """(content of an intact manifest, empty) or (nothing, what is wrong with it)."""
    try:
        content = json.loads(sealed)
        is_canonical = canonical_json(content) == sealed
    except (ValueError, RecursionError):
        return {}, "is not JSON"
    if not is_canonical or not isinstance(content, dict):
        return {}, "is not written as manifests are"
    seal = content.pop(SEAL, None)
    if digest(canonical_json(content)) != seal:
        return {}, "was changed: its own hash does not fit"
    if content.get("schema_version") != SCHEMA_VERSION:
        return {}, f"is of another version of reportgen ({content.get('reportgen')})"
    if not is_formed(content):
        return {}, "does not tell what manifests tell"
    return content, ""


def is_formed(content: dict[str, Any]) -> bool:
    """True if it has what verifying reads, so that a forged manifest is a fault found and not a fault of ours."""
    source, outputs = content.get("source"), content.get("outputs")
    if not isinstance(source, dict) or not isinstance(outputs, dict) or not isinstance(content.get("settings"), dict):
        return False
    if not is_basis(content.get("basis")) or noted_engine(content) is None:
        return False
    texts = [content.get("period"), content.get("verdict"), source.get("file_name"), source.get("sha256")]
    texts += [listed.get("sha256") if isinstance(listed, dict) else None for listed in outputs.values()]
    return all(isinstance(text, str) for text in texts)


def is_basis(basis: Any) -> bool:
    """True if it is what `Basis` becomes in JSON."""
    if not isinstance(basis, dict) or basis.keys() != {"months", "is_refit", "trouble"}:
        return False
    months = basis["months"]
    return (
        isinstance(months, list)
        and all(isinstance(label, str) and LABEL.fullmatch(label) for label in months)
        and isinstance(basis["is_refit"], bool)
        and isinstance(basis["trouble"], str)
    )


def noted_engine(content: dict[str, Any]) -> EngineChoice | None:
    """What the manifest says of the engine, memory where it says nothing; None if it is no such choice."""
    return read_choice(content["engine"]) if "engine" in content else IN_MEMORY


def check_contents(run: Path, facts: Facts, verdict: str, settings: Settings) -> Check:
    """Whether the manifest tells of the run what the rebuilt one gives; versions and engine may be others now."""
    content, _ = open_seal(manifest_bytes(run))
    documents = [Document(name, view_file(run / name)) for name in content["outputs"] if (run / name).is_file()]
    again, _ = open_seal(build_manifest(documents, facts, verdict, settings).content)
    other = sorted(name for name in content.keys() | again.keys() if content.get(name) != again.get(name))
    faults = [name for name in other if name not in {"versions", "reportgen", "engine"}]
    sentence = f"differs in {join_words(faults)}" if faults else "tells what the export gives"
    return Check(f"{MANIFEST} made again", not faults, sentence)


def check_files(run: Path, content: dict[str, Any]) -> Iterator[Check]:
    """Only names found in the directory are opened, so that a forged manifest leads nowhere else."""
    found = {path.relative_to(run).as_posix(): path for path in run.rglob("*")}
    for name, listed in sorted(content["outputs"].items()):
        path = found.get(name)
        if path is None or not path.is_file():
            yield Check(name, ok=False, sentence="is missing")
        elif digest(view_file(path)) != listed["sha256"]:
            yield Check(name, ok=False, sentence="was changed: its hash does not fit")
        else:
            yield Check(name, ok=True, sentence="is as published")
    for name in sorted(found.keys() - content["outputs"].keys() - {MANIFEST, SOURCE_NOTE}):
        yield Check(name, ok=False, sentence="is not part of the run")


def check_source_note(run: Path) -> Check:
    if noted_source(run) is None:
        return Check(SOURCE_NOTE, ok=False, sentence="is missing or not written as it was published")
    return Check(SOURCE_NOTE, ok=True, sentence="is readable")


def noted_source(run: Path) -> Source | None:
    """Where source.json says the export came from; None if it is missing or changed in form."""
    try:
        return read_source_note((run / SOURCE_NOTE).read_bytes())
    except OSError:
        return None


def read_sealed_run(run: Path) -> SealedRun:
    """What the run was made with. Raises ReportgenError (RG-081) if the manifest is not intact."""
    content, fault = open_seal(manifest_bytes(run))
    if fault:
        raise ReportgenError("RG-081", f"{run / MANIFEST} {fault}.", "Make the run again from its export.")
    settings = parse_settings(content["settings"], origin=str(run / MANIFEST))
    source, basis = content["source"], content["basis"]
    return SealedRun(
        content["period"],
        content["verdict"],
        settings,
        source["file_name"],
        source["sha256"],
        Basis(tuple(basis["months"]), basis["is_refit"], basis["trouble"]),
        noted_engine(content) or IN_MEMORY,
    )


def find_source(run: Path, given: Export | None = None) -> Source:
    """The export of the run: as given, else where source.json says. Raises ReportgenError (RG-082)."""
    source = noted_source(run) if given is None else source_of(given)
    if source is None:
        raise ReportgenError(
            "RG-082", f"{run / SOURCE_NOTE} does not say where the export of this run lies.", "Give it with --source."
        )
    if source.is_standard_input and given is None:
        raise ReportgenError(
            "RG-082", "The export of this run came in by standard input.", "Give a copy of it with --source."
        )
    gone = next((s.path for s in (source, *source.parts) if s.path is not None and not s.path.is_file()), None)
    if gone is not None:
        raise ReportgenError(
            "RG-082", f"The export of this run is not at {gone}.", "Say where it lies now with --source."
        )
    return source


def check_source(run: Path, source: Source, sha256: str = "") -> Check:
    """Whether the export is still the one that the run was made from; `sha256` of what was read, where it was read."""
    if not sha256 and source.path is not None:
        with source.path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    is_same = sha256 == read_sealed_run(run).source_sha256
    return Check(source.name, is_same, "is the export of this run" if is_same else "is another one than at the run")
