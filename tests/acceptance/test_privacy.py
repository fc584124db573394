"""What a report gives away of single customers: nothing, however it is taken apart."""

from __future__ import annotations

import csv
import email
import json
import random
import re
import zlib
from collections.abc import Iterator
from email import policy
from pathlib import Path
from typing import Any

import pytest
from runs import read_study, reportgen, run_export

N_CUSTOMERS = 1_000
LEAST = 10
PERSONAL = ("Client No", "Surname", "E-mail", "Phone", "Street", "Card")
EXTREMES = {"Basket value": ("13", "98761"), "Satisfaction": ("2", "97"), "Age": ("15", "98")}
"""Column → its lowest and its highest value, each of one customer; other values keep away from them."""

FOR_READERS = ("report.html", "report.pdf", "email.html", "email.txt", "email.eml", "study.json", "manifest.json")
FLOWS = ("stayed", "came", "went", "joined", "lost")
TOTALS = ("n_shared", "n_stayed", "n_moved", "n_new", "n_lost")
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
MOST_SHAPES = 60
"""Vector shapes of a map that are not letters: axes, grid, plates, centres of segments, never customers."""


def write_export(path: Path) -> dict[str, list[str]]:
    """An export with canaries in every personal column and levels of few; returns its columns."""
    draw = random.Random(5)
    towns = ["Ulm"] * 500 + ["Bern"] * 300 + ["Graz"] * 188 + ["Vaduz"] * 9 + ["Sark"] * 3
    draw.shuffle(towns)
    rows = []
    for i in range(N_CUSTOMERS):
        rich = i % 3 == 0
        basket = str(round(draw.gauss(60_000 if rich else 20_000, 5_000)))
        score = str(min(90, max(8, round(draw.gauss(70 if rich else 30, 8)))))
        age = str(min(80, max(20, round(draw.gauss(60 if i % 2 else 35, 6)))))
        card = f"4929{i:04d}8177{(i * 7919) % 10000:04d}"
        person = (
            f"ZQ{i:05d}",
            f"Canarybird{i:04d}",
            f"canary{i:04d}@birds.example",
            f"+49 731 55{i:05d}",
            f"Feather Lane {i + 2000}",
            card,
        )
        rows.append([*person, basket, score, age, towns[i]])
    for place, (lowest, highest) in enumerate(EXTREMES.values(), start=len(PERSONAL)):
        rows[place][place], rows[place + 20][place] = lowest, highest
    header = [*PERSONAL, *EXTREMES, "Town"]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return {name: [row[place] for row in rows] for place, name in enumerate(header)}


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[str]]]:
    path = tmp_path_factory.mktemp("export") / "clients.csv"
    return path, write_export(path)


@pytest.fixture(scope="module")
def published(export: tuple[Path, dict[str, list[str]]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_export(export[0], tmp_path_factory.mktemp("run"))


def contents(path: Path) -> Iterator[bytes]:
    """The file as it stands, and everything that is packed in it."""
    stored = path.read_bytes()
    yield stored
    if path.suffix == ".pdf":
        yield from unpacked(stored)
    if path.suffix == ".eml":
        for part in email.message_from_bytes(stored, policy=policy.default).walk():
            if not part.is_multipart():
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                yield content
                yield from unpacked(content)


def unpacked(pdf: bytes) -> Iterator[bytes]:
    for stream in STREAM.findall(pdf):
        try:
            yield zlib.decompress(stream)
        except zlib.error:
            yield stream


@pytest.mark.parametrize("name", FOR_READERS)
def test_no_canary_leaves_the_export(name: str, published: Path, export: tuple[Path, dict[str, list[str]]]) -> None:
    """No id, name, address or number of a thousand customers stands in what readers get, streams taken apart."""
    canaries = [value.encode() for column in PERSONAL for value in export[1][column]]
    for content in contents(published / name):
        assert not [canary for canary in canaries if canary in content]


def test_ids_stand_in_the_users_own_list_alone(published: Path) -> None:
    """segments.csv holds every id and can be read by its owner only."""
    path = published / "segments.csv"
    assert path.read_text(encoding="utf-8").count("ZQ0") == N_CUSTOMERS
    assert path.stat().st_mode & 0o077 == 0


def numbers_in(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        for item in value.values():
            yield from numbers_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from numbers_in(item)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield float(value)


def test_nobodys_extreme_is_told(published: Path) -> None:
    """The lowest and the highest value of a column, each of one customer, stand nowhere in the study or on a page."""
    study = read_study(published)
    told = set(numbers_in({key: study[key] for key in ("segments", "all_customers", "distributions", "figures")}))
    page = (published / "report.html").read_text(encoding="utf-8")
    shown = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    assert not [text for text in ("98,761", "98761") if text in shown]
    assert not told & {13.0, 98761.0}
    for found in study["distributions"]:
        lowest, highest = (float(end) for end in EXTREMES[found["column"]])
        assert found["edges"][0] > lowest
        assert found["edges"][-1] < highest


def test_no_cell_of_few_is_in_the_study(published: Path) -> None:
    """Levels and bins hold nobody or ten customers at least; rare towns are pooled."""
    study = read_study(published)
    levels = [level for profile in (study["all_customers"], *study["segments"]) for level in profile["levels"]]
    assert levels
    assert not [level for level in levels if 0 < level["n_customers"] < LEAST]
    assert not {"Vaduz", "Sark"} & {level["level"] for level in levels}
    assert not [count for found in study["distributions"] for count in found["counts"] if 0 < count < LEAST]


def test_no_vector_carries_a_customer(published: Path) -> None:
    """The map's customers are pixels in one picture: its other shapes are no more than axes and labels need."""
    page = (published / "report.html").read_text(encoding="utf-8")
    figure = page[page.index('id="figure-segment-map"') :]
    svg = figure[figure.index("<svg") : figure.index("</svg>")]
    assert "<image" in svg
    drawn = re.sub(r"<defs>.*?</defs>", "", svg, flags=re.DOTALL)
    assert len(re.findall(r"<path\b", drawn)) <= MOST_SHAPES


def test_what_is_hidden_still_verifies(published: Path, export: tuple[Path, dict[str, list[str]]]) -> None:
    """`verify` holds: bounds in the place of few customers are computed again too."""
    outcome = reportgen("verify", published, "--source", export[0])
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_the_limit_is_a_setting(export: tuple[Path, dict[str, list[str]]], tmp_path: Path) -> None:
    """With `report.min_cell = 1` the rare towns are told."""
    study = read_study(
        run_export(export[0], tmp_path, "--set", "report.min_cell=1", "--set", 'report.formats=["html"]')
    )
    assert "Sark" in json.dumps(study["all_customers"]["levels"])


def write_next_month(export: Path, path: Path) -> None:
    """The next month's export: four customers are new, six are gone, and some spend like others."""
    with export.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    basket, score = (header.index(name) for name in ("Basket value", "Satisfaction"))
    kept = [list(row) for row in rows[:-6]]
    for place in range(30, 30 + 3 * 25, 3):
        kept[place][basket], kept[place][score] = kept[place + 1][basket], kept[place + 1][score]
    new = [[f"ZQ9{i:04d}", *row[1:]] for i, row in enumerate(rows[200:204])]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *kept, *new])


@pytest.fixture(scope="module")
def second_month(export: tuple[Path, dict[str, list[str]]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out, path = tmp_path_factory.mktemp("months"), tmp_path_factory.mktemp("next") / "clients.csv"
    run_export(export[0], out)
    write_next_month(export[0], path)
    outcome = reportgen("run", path, "--out", out, "--period", "2026-11")
    assert outcome.returncode == 0, outcome.stderr
    checked = reportgen("verify", out / "2026-11", "--source", path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    return out / "2026-11"


def test_two_months_tell_no_few(second_month: Path) -> None:
    """Nobody or ten at least stayed, came, went, are new or gone, of all and of each segment; and `verify` holds."""
    study = read_study(second_month)
    movement = study["change"]["movement"]
    flows = [entry[name] for entry in study["change"]["segments"] for name in FLOWS]
    told = [*(n for row in movement["counts"] for n in row), *flows, *(movement[name] for name in TOTALS)]
    assert [n for n in told if n is not None and 0 < n < LEAST] == []
    assert movement["n_new"] is movement["n_lost"] is movement["n_shared"] is None
    assert movement["n_moved"] is None or movement["n_moved"] >= LEAST
    page = (second_month / "report.html").read_text(encoding="utf-8")
    assert "4 are new" not in page
    assert "6 were gone" not in page
    assert "How many are new or gone is not told" in page
