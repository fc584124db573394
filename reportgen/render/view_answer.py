"""The figures strip of the answer page: four numbers a director may repeat in a meeting."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import wording
from reportgen.records.study import Study

TRUSTED = frozenset({"highly stable", "stable"})


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number of the strip."""

    value: str
    label: str
    """What it counts, in two or three words."""
    note: str
    """One clause below, or empty."""


def key_figures(study: Study) -> tuple[KeyFigure, ...]:
    return _with_segments(study) if study.personas else _without_segments(study)


def _with_segments(study: Study) -> tuple[KeyFigure, ...]:
    facts = study.facts
    profiles = facts.profile.segments
    names = {persona.segment: persona.name for persona in study.personas}
    n_trusted = sum(profile.trust.label in TRUSTED for profile in profiles)
    valued = [(profile.value_share, profile.id) for profile in profiles if profile.value_share is not None]
    if valued:
        share, best = max(valued, key=lambda pair: (pair[0], -pair[1]))
        label = wording.scrub(facts.column(facts.profile.value_column).label)
        lead = KeyFigure(wording.format_share(share), f"of {label}", f"from {names[best]}")
    else:
        lead = KeyFigure(wording.format_share(profiles[0].share), "of customers", f"in {names[profiles[0].id]}")
    return (
        KeyFigure(wording.format_count(facts.n_customers), "customers", ""),
        KeyFigure(wording.format_count(len(profiles)), "segments", facts.evidence.kind),
        lead,
        KeyFigure(f"{n_trusted} of {len(profiles)}", "segments hold", "when the customers are drawn again"),
    )


def _without_segments(study: Study) -> tuple[KeyFigure, ...]:
    facts = study.facts
    structure = facts.evidence.structure
    nulls = max(structure.gaussian_p95, structure.uniform_p95)
    return (
        KeyFigure(wording.format_count(facts.n_customers), "customers", ""),
        KeyFigure("None", "segments beyond chance", ""),
        KeyFigure(
            wording.format_number(structure.observed, 2),
            "best silhouette",
            f"chance reaches {wording.format_number(nulls, 2)}",
        ),
        KeyFigure(wording.format_p_value(structure.p_value), "", "against data without structure"),
    )
