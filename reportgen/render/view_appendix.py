"""The appendix: settings, pictures left out and why, and what identifies this run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import reportgen
from reportgen import wording
from reportgen.language import text, text_in
from reportgen.records.study import Facts, Skipped, Study
from reportgen.render.glossary import GLOSSARY
from reportgen.render.pieces import Cell, Grid, Pair, head, sentence
from reportgen.render.places import chart_of

if TYPE_CHECKING:
    from reportgen.config import Settings

PRINTED_SECTIONS = ("input", "columns", "clean", "segments", "report")
"""Settings on paper: those that change a number. Brand and addresses do not, and addresses are nobody's business."""

CLEANING = "clean"
"""The section of the cleaning steps, each with settings of its own."""

NOTHING: tuple[object, ...] = ("", [], {}, None)
"""What a setting without a value holds."""
LEFT_OPEN: tuple[object, ...] = (*NOTHING, "auto")
"""What a setting holds that leaves the choice to the data: the pages say what was chosen."""

SEEN_ANYWAY = (("report", "language"), ("report", "title"))
"""The settings that every page shows."""


@dataclass(frozen=True, slots=True)
class AppendixView:
    """The tables and sentences of the appendix."""

    settings: tuple[tuple[Pair, ...], tuple[Pair, ...]]
    """In two halves, which stand side by side on paper."""
    skipped: Grid | None
    """Pictures that this data cannot carry, by reason."""
    glossary: tuple[Pair, ...]
    manifest: tuple[Pair, ...]
    n_null: str
    seed: str


def appendix_view(study: Study, skipped: Sequence[Skipped], settings: Settings) -> AppendixView:
    facts = study.facts
    return AppendixView(
        settings=halves(tuple(_settings(settings))),
        skipped=_skipped(skipped),
        glossary=tuple(Pair(text(pair.term), text(pair.text)) for pair in GLOSSARY),
        manifest=tuple(_manifest(facts)),
        n_null=wording.format_count(facts.evidence.structure.n_null),
        seed=str(facts.seed),
    )


def _settings(settings: Settings) -> Iterator[Pair]:
    """Those that decide something, of the cleaning steps those that were changed; manifest.json holds all."""
    given, usual = settings.model_dump(mode="json"), type(settings)().model_dump(mode="json")
    for section in PRINTED_SECTIONS:
        for name, value in _parts(given[section]):
            before = dict(_parts(usual[section])).get(name)
            is_changed = value != before
            if (section, name) in SEEN_ANYWAY or not (is_changed or (value not in LEFT_OPEN and section != CLEANING)):
                continue
            mark = f" ({text('changed')})" if is_changed else ""
            yield Pair(f"{section}.{name}", wording.scrub(_shown(value)) + mark)


def _parts(section: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Name → value; a cleaning step's settings one by one, as `outliers.method`."""
    for name, value in section.items():
        if isinstance(value, dict) and "on" in value:
            yield from ((f"{name}.{part}", own) for part, own in value.items())
        else:
            yield name, value


def halves(pairs: tuple[Pair, ...]) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """The first half, the longer one, and the second."""
    middle = (len(pairs) + 1) // 2
    return pairs[:middle], pairs[middle:]


def _shown(value: Any) -> str:
    match value:
        case bool():
            return text("yes" if value else "no")
        case _ if value in NOTHING:
            return "–"
        case dict():
            return wording.join_words(
                [text("{name} as {meaning}", name=name, meaning=meaning) for name, meaning in value.items()]
            )
        case list():
            return wording.join_words([str(entry) for entry in value])
        case _:
            return str(value)


def _skipped(skipped: Sequence[Skipped]) -> Grid | None:
    if not skipped:
        return None
    by_reason: dict[str, dict[str, None]] = {}
    for one in skipped:
        by_reason.setdefault(one.reason, {})[text_in("chart", chart_of(one).replace("_", " "))] = None
    rows = tuple(
        (Cell(sentence(wording.sentence_case(wording.join_words(list(names))))), Cell(sentence(reason)))
        for reason, names in by_reason.items()
    )
    return Grid(text("Pictures that this data cannot carry"), (head(text("Pictures")), head(text("Why"))), rows)


def _manifest(facts: Facts) -> Iterator[Pair]:
    read = facts.read
    yield Pair(text("Source file"), wording.scrub(read.file_name))
    yield Pair("SHA-256", read.sha256)
    yield Pair(text("Size"), text("{n} bytes", n=wording.format_count(read.n_bytes)))
    yield Pair(text("Records in the source"), wording.format_count(read.n_physical))
    yield Pair(text("Period"), facts.period)
    yield Pair(text("Random seed"), str(facts.seed))
    yield Pair(text("Made with"), f"reportgen {reportgen.__version__}")
