"""Writes study.json: every number and every claim on any page, in one file that a program can read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportgen.claims import all_claims, claim_to_json
from reportgen.language import spoken
from reportgen.records.profile import Profile, SegmentProfile
from reportgen.records.segments import Evidence
from reportgen.records.study import Action, Claim, Document, Facts, Figure, Persona, Scorecard, Skipped, Study
from reportgen.records.table import ColumnQuality
from reportgen.render._json import json_bytes, plain
from reportgen.render.few import told_note, told_share, told_sizes
from reportgen.small_cells import absorbed, is_small, rounded

SCHEMA_VERSION = 1
"""Raised when a field is renamed, removed or changes its meaning; `study.schema.json` describes this version."""


def render_study_json(study: Study, figures: Sequence[Figure | Skipped]) -> Document:
    """The study as JSON. Raises ValueError if two claims share an id."""
    drawn = [figure for figure in figures if isinstance(figure, Figure)]
    claims = all_claims(study, drawn)
    content = {
        "schema_version": SCHEMA_VERSION,
        **_findings(study),
        "answers": {name: claim.id for name, claim in study.answers.items()},
        "figures": [_figure(figure) for figure in drawn],
        "skipped": [figure for figure in figures if isinstance(figure, Skipped)],
        "claims": [claim_to_json(claim) for claim in claims],
    }
    return Document("study.json", json_bytes(content))


def _findings(study: Study) -> dict[str, Any]:
    """Everything computed and named."""
    facts = study.facts
    return {
        "language": spoken().code,
        "title": facts.title,
        "period": facts.period,
        "source": facts.read,
        "verdict": study.verdict,
        "k": facts.evidence.k,
        "n_customers": facts.n_customers,
        "id_column": facts.id_column or None,
        "silhouette": facts.segmentation.silhouette,
        "inertia": facts.segmentation.inertia,
        "seed": facts.seed,
        "headline": study.headline.text,
        "limits": study.limits,
        "remarks": study.remarks,
        "criteria": _criteria(facts.evidence),
        "evidence": _evidence(facts.evidence, facts.profile),
        "features": _features(facts),
        "columns": facts.columns,
        "segments": _segments(study),
        "all_customers": _profile(facts, facts.profile.overall),
        "distributions": facts.profile.distributions,
        "correlations": facts.profile.correlations,
        "associations": facts.profile.associations,
        "rule_fidelity": facts.profile.rule_fidelity,
        "cleaning": _cleaning(facts),
        "orders": facts.orders,
        "change": facts.change,
        "basis": facts.basis,
    }


def _criteria(evidence: Evidence) -> list[dict[str, Any]]:
    """Every criterion's vote, with its score by k."""
    return [
        {**plain(vote), "values": [{"k": k, "value": value} for k, value in vote.values]} for vote in evidence.votes
    ]


def _evidence(evidence: Evidence, profile: Profile) -> dict[str, Any]:
    """The evidence; counts of few customers stand with larger ones."""
    min_cell = profile.min_cell
    fields: dict[str, Any] = plain(evidence)
    del fields["votes"]
    for score, shown in zip(fields["scores"], evidence.scores, strict=True):
        score["sizes"] = told_sizes(shown, evidence.k, profile)
    if profile.untold:
        # Their groups are those of the segments, but for a few customers.
        fields["other"] = fields["neighbours"] = None
    elif evidence.other:
        counts = evidence.other.counts
        fields["other"]["counts"] = [[0 if n < min_cell else rounded(n, min_cell) for n in row] for row in counts]
    if evidence.neighbours and not profile.untold:
        columns = zip(*evidence.neighbours.fewer, strict=True)
        fewer = zip(*(absorbed(column, min_cell) for column in columns), strict=True)
        more = [absorbed(row, min_cell) for row in evidence.neighbours.more]
        fields["neighbours"] = {"fewer": list(fewer), "more": more}
    fields["scalings"] = [{"scaling": name, "agreement": agreement} for name, agreement in evidence.scalings]
    fields["left_out"] = [{"feature": name, "agreement": agreement} for name, agreement in evidence.left_out]
    mean, p95 = evidence.moved_by_refit
    fields["moved_by_refit"] = {"mean": mean, "p95": p95}
    return fields


def _cleaning(facts: Facts) -> dict[str, Any]:
    notes = [told_note(note, facts.profile.min_cell) for note in facts.notes]
    return {"notes": notes, "quality": [_quality(entry) for entry in facts.quality]}


def _quality(entry: ColumnQuality) -> dict[str, Any]:
    """The column's counts and quantiles; its ends are single customers' values."""
    fields: dict[str, Any] = plain(entry)
    box, _ = fields.pop("box_before"), fields.pop("box_after")
    return {**fields, "quartiles": box and box[1:4]}


def _features(facts: Facts) -> dict[str, Any]:
    features = facts.features
    return {
        "used": features.features,
        "categories": features.categories,
        "left_out": features.left_out,
        "reason": features.reason,
        "chosen_by_settings": features.chosen_by_settings,
        "value_column": features.value_column or None,
    }


def _segments(study: Study) -> list[dict[str, Any]]:
    profiles = {profile.id: profile for profile in study.facts.profile.segments}
    least = study.facts.profile.min_cell
    return [
        {
            **_profile(study.facts, profiles[one.segment]),
            "identity": study.facts.identity(one.segment),
            **_persona(one, profiles[one.segment].n_customers, least),
        }
        for one in study.personas
    ]


def _profile(facts: Facts, profile: SegmentProfile) -> dict[str, Any]:
    """The profile with centroid and numbers keyed by header name, in the export's own units."""
    fields: dict[str, Any] = plain(profile)
    names = [feature.name for feature in facts.features.features]
    fields["centroid"] = dict(zip(names, profile.centroid, strict=True))
    least = facts.profile.min_cell
    if profile.id in facts.profile.untold:
        return _withheld(fields)
    for number in fields["numbers"]:
        for side in ("share_above", "share_below"):
            number[side] = told_share(number[side], profile.n_customers, least)
    fields["numbers"] = {number.pop("column"): number for number in fields["numbers"]}
    if is_small(profile.trust.n_borderline, least):
        fields["trust"]["n_borderline"] = None
    if profile.rule is not None:
        fields["rule"]["conditions"] = [
            {"column": column, "comparison": comparison, "threshold": threshold}
            for column, comparison, threshold in profile.rule.conditions
        ]
    return fields


def _withheld(fields: dict[str, Any]) -> dict[str, Any]:
    """What is told of a segment that may not be described: its id and how far to trust it."""
    unknown = dict.fromkeys(("n_customers", "share", "value_share", "silhouette", "reach", "rule"))
    empty: dict[str, Any] = {"centroid": {}, "numbers": {}, "levels": []}
    return {**fields, **unknown, **empty, "trust": {**fields["trust"], "n_borderline": None}}


def _persona(persona: Persona, n_customers: int, min_cell: int) -> dict[str, Any]:
    """What is said of the segment; sentences by the ids of their claims."""
    return {
        "name": persona.name,
        "slug": persona.slug,
        "color": persona.color,
        "words": [
            {
                "word": word,
                "column": column,
                "difference": difference,
                "coverage": told_share(coverage, n_customers, min_cell),
                "persistence": persistence,
            }
            for word, column, difference, coverage, persistence in persona.words
        ],
        "who": persona.who.text,
        "do": persona.do,
        "note": persona.note,
        "actions": [_action(action) for action in persona.actions],
        "scorecard": _scorecard(persona.scorecard) if persona.scorecard else None,
        "claims": {
            "who": persona.who.id,
            "sentences": [claim.id for claim in persona.sentences],
            "typical": _id(persona.typical),
            "proof": _id(persona.proof),
            "trust": _id(persona.trust),
            "rule": _id(persona.rule),
            "descriptors": _id(persona.descriptors),
        },
    }


def _id(claim: Claim | None) -> str | None:
    return None if claim is None else claim.id


def _action(action: Action) -> dict[str, Any]:
    return {
        "do": action.do,
        "offer": action.offer,
        "channel": action.channel,
        "measure": action.measure,
        "reason": action.reason.id,
        "test": action.test.id,
    }


def _scorecard(card: Scorecard) -> dict[str, Any]:
    return {"score": card.score, "marks": dict(card.marks), "claim": card.claim.id}


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "segment": figure.segment,
        "finding": figure.finding.id,
        "subtitle": figure.subtitle,
        "alt": figure.alt,
        "table": figure.table,
    }
