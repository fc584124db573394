"""Writes every label of a category in one way, whatever its case, spaces, abbreviation or slip of the hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw

from reportgen import language
from reportgen.clean._look import SHOWN_VALUES, Counts, count_values, quote, quote_values
from reportgen.clean._variants import abbreviation_of, accented_by_plain, label_key, slip_of
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.text_headers import names_places
from reportgen.engine.text_yes import one_answer
from reportgen.records.table import CleaningNote, Column, Role

NAME = "label_variants"
MOST_LABELS = 5_000
"""Distinct texts of a category that are compared; with more (postcodes of a country) every text is its own label."""
LISTED_MERGES = 50
"""Merges of one column that are listed one by one; the rest share a note."""
SLIP = language.msgid("a rare slip of the hand")
YES_NO = {"0": "No", "1": "Yes", "0.0": "No", "1.0": "Yes"}
"""How a flag of digits reads."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Header name → text → label for the columns that change, and the log."""

    labels: Mapping[str, Mapping[str, str]]
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> dict[str, Counts]:
    """Header name → texts as they stand with their cells, for every category, flag and code."""
    names = [column.name for column in work.plan.of_kind("category")]
    return {name: count_values(work.frame, nw.col(name), MOST_LABELS + 1) for name in names}


def decide(facts: dict[str, Counts], plan: Plan) -> Decision:
    labels, notes = {}, []
    for name, counts in facts.items():
        if len(counts) > MOST_LABELS:
            continue
        mapping, reasons = merge(plan.column(name), counts, plan.settings.clean.label_variants.least_similarity)
        if any(text != label for text, label in mapping.items()):
            labels[name] = mapping
            notes += _notes(name, dict(counts), mapping, reasons)
    return Decision(labels, tuple(notes))


def merge(column: Column, counts: Counts, least_similarity: float) -> tuple[dict[str, str], dict[str, str]]:
    """(text → label, text → why) of one column; the most frequent way of writing becomes the label."""
    if column.role is Role.FLAG and {text.strip() for text, _ in counts} <= set(YES_NO):
        return {text: YES_NO[text.strip()] for text, _ in counts}, dict.fromkeys(
            (text for text, _ in counts), language.text("0 and 1 read as no and yes")
        )
    if column.role is Role.CODE:
        return {text: text.strip() for text, _ in counts}, dict.fromkeys((text for text, _ in counts), "spaces")
    groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for text, n in counts:
        groups[label_key(text)].append((text, n))
    sizes = {key: sum(n for _, n in texts) for key, texts in groups.items()}
    may_differ = names_places(column.name)  # Freiberg is no slip of Freiburg
    accented = accented_by_plain(sizes, are_places=may_differ)
    answers = one_answer(groups)
    mapping: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for key, texts in groups.items():
        full, why = key, language.text("the same but for case, spaces or dots")
        if found := accented.get(key, ""):
            full, why = found, language.text("the same without its accents")
        elif found := abbreviation_of(key, sizes):
            full, why = found, language.text("an abbreviation")
        elif found := answers.get(key, ""):
            full, why = found, language.text("another way of saying yes and no")
        elif not may_differ and (found := slip_of(key, sizes, least_similarity)):
            full, why = found, language.text(SLIP)
        label = best_writing(groups[full])
        mapping |= {text: label for text, _ in texts}
        reasons |= {text: why for text, _ in texts}
    return mapping, reasons


def best_writing(texts: Sequence[tuple[str, int]]) -> str:
    """The most frequent way of writing, tidied; among equals the one in mixed case."""
    tidy: dict[str, int] = defaultdict(int)
    for text, n in texts:
        tidy[" ".join(text.split())] += n
    return max(tidy, key=lambda text: (tidy[text], text.istitle(), not text.endswith("."), text))


def _notes(
    name: str, counts: Mapping[str, int], mapping: Mapping[str, str], reasons: Mapping[str, str]
) -> list[CleaningNote]:
    """One note for every label that others were merged into; labels that were only tidied share one note a reason."""
    sources: dict[str, list[str]] = defaultdict(list)
    for text, label in mapping.items():
        sources[label].append(text)
    notes: list[CleaningNote] = []
    pooled: dict[str, list[str]] = defaultdict(list)
    for label, texts in sources.items():
        changed = [text for text in texts if text != label]
        if len(texts) == 1 or len(notes) >= LISTED_MERGES:
            for text in changed:
                pooled[reasons[text]].append(text)
        elif changed:
            for some in (changed[i : i + SHOWN_VALUES] for i in range(0, len(changed), SHOWN_VALUES)):
                why = ", ".join(dict.fromkeys(reasons[text] for text in some))
                n_cells = sum(counts[text] for text in some)
                is_fix = any(reasons[text] == language.text(SLIP) for text in some)
                notes.append(CleaningNote(NAME, name, n_cells, quote_values(some), quote(label), why, is_fix))
    for why, texts in pooled.items():
        labels = quote_values(mapping[text] for text in texts)
        n_cells, is_fix = sum(counts[text] for text in texts), why == language.text(SLIP)
        notes.append(CleaningNote(NAME, name, n_cells, quote_values(texts), labels, why, is_fix))
    return notes


def apply(work: Work, decision: Decision) -> Work:
    rewritten = {
        name: nw.col(name).replace_strict(list(mapping), list(mapping.values()), default=None, return_dtype=nw.String)
        for name, mapping in decision.labels.items()
    }
    return work.rewrite(rewritten).with_notes(decision.notes)


STEP: Step[dict[str, Counts], Decision] = Step(NAME, look, decide, apply)
