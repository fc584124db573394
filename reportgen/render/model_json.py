"""Writes model.json: scaling and centroids as plain numbers, enough to put a new customer into a segment."""

from __future__ import annotations

from typing import Any

from reportgen.records.study import Document, Study
from reportgen.render._json import json_bytes

SCHEMA_VERSION = 1


def render_model_json(study: Study) -> Document:
    """x → (transform(x) − center) / spread for every feature, then the nearest centroid; one segment if none was found.

    Behind the features, for each category one column a level: (has it − share) × factor; 0 where it is not known.
    transform: `none`; `log1p`: ln(1 + x − offset); `yeo-johnson` with `power` (Yeo & Johnson 2000).
    """
    facts = study.facts
    return Document(
        "model.json",
        json_bytes(
            {
                "schema_version": SCHEMA_VERSION,
                "period": facts.period,
                "k": facts.evidence.k,
                "seed": facts.seed,
                "features": [
                    {
                        "name": feature.name,
                        "transform": feature.transform,
                        "offset": feature.offset,
                        "power": feature.power,
                        "center": feature.center,
                        "spread": feature.spread,
                    }
                    for feature in facts.features.features
                ],
                "categories": facts.features.categories,
                "segments": _segments(study),
            }
        ),
    )


def _segments(study: Study) -> list[dict[str, Any]]:
    """With the centroid in scaled units, in the order of the features and the categories' levels."""
    named = {persona.segment: persona for persona in study.personas}
    return [
        {
            "id": study.facts.identity(segment),
            "name": named[segment].name if segment in named else None,
            "color": named[segment].color if segment in named else None,
            "centroid": centroid,
        }
        for segment, centroid in enumerate(study.facts.segmentation.centroids.tolist(), start=1)
    ]
