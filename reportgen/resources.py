"""Finds the files that ship with reportgen: templates, fonts, sample data, in a checkout or an installed wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def find_resource(folder: str) -> Path:
    """The folder `templates` or `sample_data`, inside the package (wheel) or beside it (checkout)."""
    inside = PACKAGE / folder
    return inside if inside.is_dir() else PACKAGE.parent / folder
