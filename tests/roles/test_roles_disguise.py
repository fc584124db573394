"""Records that reading set aside tell nobody who they are from."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.config import Settings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.ingest.stage import read_export
from reportgen.roles.disguise import disguised
from reportgen.roles.stage import assign_roles


@pytest.mark.parametrize(
    ("header", "sample"),
    [
        ("id,e-mail,visits,spent", "X9;xxx9@xxx.xx;9;9.9;9"),
        ("id,plan,visits,spent", "K7;ann7@web.de;7;8.5;9"),
    ],
)
def test_samples_of_personal_records_show_how_they_are_written_alone(tmp_path: Path, header: str, sample: str) -> None:
    """A record whose fields have moved cannot be told column by column."""
    place = tmp_path / "customers.csv"
    others = [f"K{i};ann{i}@web.de;{i % 9};{i}.5" for i in range(10, 300)]
    if "plan" in header:
        others = [f"K{i};{'basic' if i % 3 else 'plus'};{i % 9};{i}.5" for i in range(10, 300)]
    place.write_text("\n".join([header.replace(",", ";"), *others, "K7;ann7@web.de;7;8.5;9", ""]), "utf-8")
    settings, engine = Settings(), InMemoryEngine()
    raw = read_export(place, settings.input, engine)
    (entry,) = disguised(raw, assign_roles(raw, settings, engine)).set_aside
    assert entry.sample == sample
