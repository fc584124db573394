"""Near duplicates: proposed, never merged, and no name in sight."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from raw_tables import cleaned, raw_table, raw_table_of, read_plainly, settings_of
from real_data import real_data

from reportgen.records.table import CleanTable, RawTable

N = 300
GIVEN = ["Anna", "Bruno", "Carla", "Dieter", "Elif", "Fabian", "Greta", "Hanno", "Ines", "Jonas", "Karin", "Luis"]
FAMILY = ["Abendroth", "Berger", "Castillo", "Dubois", "Eichhorn", "Fontaine", "Gonzalez", "Hoffmann", "Iversen"]

PERSON_17 = {"Vorname": "Elif", "Nachname": "Iversendubois"}


def people(**changes: str) -> RawTable:
    """Persons under ids; the last is person 17 again with these fields changed."""
    pick = random.Random(5)
    columns = {
        "Kundennummer": [f"K{i:04d}" for i in range(N)],
        "Vorname": [pick.choice(GIVEN) for _ in range(N)],
        "Nachname": [pick.choice(FAMILY) + pick.choice(FAMILY).lower() for _ in range(N)],
        "Geburtsdatum": [
            f"{pick.randint(1, 28):02d}.{pick.randint(1, 12):02d}.{pick.randint(1940, 1999)}" for _ in range(N)
        ],
        "Strasse": [f"{pick.choice(FAMILY)}weg {pick.randint(1, 211)}" for _ in range(N)],
        "Ort": [pick.choice(GIVEN) + "stadt" for _ in range(N)],
        "Umsatz": [f"{i * 37 % 1000}.50" for i in range(N)],
    }
    for name, value in PERSON_17.items():
        columns[name][16] = value
    for name, values in columns.items():
        values.append(changes.get(name, values[16]))
    columns["Kundennummer"][-1] = "K9999"
    return raw_table_of(columns)


def proposed(table: CleanTable) -> list[tuple[int, int]]:
    return [(a, b) for a, b, _ in table.near_duplicates]


def test_a_person_with_slips_under_another_id_is_proposed() -> None:
    """A letter swapped in the name, another town: proposed with both record numbers, and both customers stay."""
    table = cleaned(people(Nachname="Iversendubosi", Ort="Berlin"))
    assert proposed(table) == [(17, N + 1)]
    assert table.n_customers == N + 1


def test_swapped_names_are_seen() -> None:
    """The given name in the place of the family name."""
    assert proposed(cleaned(people(Vorname="Iversendubois", Nachname="Elif"))) == [(17, N + 1)]


def test_persons_of_one_household_are_two() -> None:
    """Family name, street and town are shared; given name and birth date tell them apart."""
    assert proposed(cleaned(people(Vorname="Rosalinde", Geburtsdatum="27.02.1971"))) == []


def test_the_note_shows_record_numbers_and_no_name() -> None:
    """Who reads the log learns where to look, not who it is."""
    table = cleaned(people(Ort="Berlin"))
    (note,) = [note for note in table.notes if note.step == "near_duplicates"]
    assert f"records 17 and {N + 1}" in note.after
    assert "Iversen" not in repr(note)


def test_without_personal_columns_nobody_is_proposed() -> None:
    """Customers who spend alike are not one person."""
    table = cleaned(raw_table(ID=[f"C{i}" for i in range(N)], Score=[str(i % 90) for i in range(N)]))
    assert table.near_duplicates == ()


def test_a_higher_similarity_proposes_less() -> None:
    """least_similarity = 1 proposes only persons with all fields the same."""
    settings = settings_of(clean={"near_duplicates": {"least_similarity": 1.0}})
    assert proposed(cleaned(people(Ort="Berlin"), settings)) == []
    assert proposed(cleaned(people(), settings)) == [(17, N + 1)]


@pytest.mark.real_data
def test_known_duplicates_are_found() -> None:
    """Of 500 persons given twice, nine in ten are proposed, and of a hundred proposals ninety-eight are right."""
    raw = read_plainly(real_data("febrl_dedupe", "dataset1.csv"))
    owners = [str(key).strip().split("-")[1] for key in raw.frame["rec_id"]]
    truth = {(a, b) for a, b in combinations(range(1, 1001), 2) if owners[a - 1] == owners[b - 1]}
    found = set(proposed(cleaned(with_amounts(raw))))
    assert len(found & truth) / len(found) >= 0.98
    assert len(found & truth) / len(truth) >= 0.9


def with_amounts(raw: RawTable) -> RawTable:
    """The same beside a measure: segments need one."""
    cells = {name.strip(): [str(cell or "").strip() or None for cell in raw.frame[name]] for name in raw.columns}
    return raw_table_of(cells | {"Sales": [f"{i * 37 % 1000}.50" for i in range(len(raw.frame))]})
