"""Missing words and label variants."""

from __future__ import annotations

import unicodedata

import pytest
from raw_tables import cells, cleaned, raw_table, raw_table_of, settings_of

from reportgen.clean._variants import is_slip
from reportgen.records.table import CleaningNote, CleanTable, Role

N = 200
IDS = [f"C{i}" for i in range(N)]
SCORES = [str(i % 90) for i in range(N)]


def notes(table: CleanTable, step: str) -> list[CleaningNote]:
    return [note for note in table.notes if note.step == step]


def with_level(*levels: str | None) -> CleanTable:
    """A category of these levels repeated, beside an id and a score."""
    return cleaned(raw_table(ID=IDS, Score=SCORES, Plan=[levels[i % len(levels)] for i in range(N)]))


def test_missing_words_are_listed_with_their_cells() -> None:
    """`?` and `N/A` become missing, and the note says how often each stood there."""
    score = [{0: "?", 1: " N/A "}.get(i % 20, str(i)) for i in range(N)]
    (note,) = notes(cleaned(raw_table(ID=IDS, Score=score)), "missing_words")
    assert (note.n_rows, note.before, note.after) == (20, "'?' in 10 cells, 'n/a' in 10 cells", "missing")


def test_missing_words_are_found_where_every_cell_differs() -> None:
    """Among numbers of many digits too, in capitals, with spaces around and with signs alone."""
    for word in ("?", "-", "...", "N/A", " n/a ", "NULL"):
        score = [{0: word}.get(i % 20, f"{i}.{i + 7}") for i in range(N)]
        (note,) = notes(cleaned(raw_table(ID=IDS, Score=score)), "missing_words")
        assert (note.n_rows, note.column) == (10, "Score"), word


def test_blank_cells_are_missing() -> None:
    """A cell of spaces is missing, and said so."""
    score = [" " if i < 11 else str(i) for i in range(N)]
    (note,) = notes(cleaned(raw_table(ID=IDS, Score=score)), "missing_words")
    assert note.before == "blank in 11 cells"


def test_na_is_a_country_among_country_codes() -> None:
    """NA beside DE and FR is Namibia; beside words it is missing."""
    assert set(cells(with_level("NA", "DE", "FR"), "Plan")) == {"NA", "DE", "FR"}
    assert set(cells(with_level("NA", "Gold", "Silver"), "Plan")) == {None, "Gold", "Silver"}


def test_none_is_an_answer_in_a_category_and_missing_among_numbers() -> None:
    """`Discount: none` is a level; a score of none is not known."""
    assert "none" in cells(with_level("none", "10 off"), "Plan")
    score = ["None" if i < 20 else str(i) for i in range(N)]
    assert len(notes(cleaned(raw_table(ID=IDS, Score=score)), "missing_words")) == 1


@pytest.mark.parametrize(
    "word", ["n.v.", "k. A.", "entfällt", "n/v", "s.o.", "#NV", "NSP", "n/c", "s/d", "####", "o. A."]
)
def test_words_of_other_languages_are_missing_among_numbers(word: str) -> None:
    """German, French and Spanish short forms, a spreadsheet's errors in their languages."""
    score = [word if i % 5 == 0 else str(i) for i in range(N)]
    (note,) = notes(cleaned(raw_table(ID=IDS, Score=score)), "missing_words")
    assert (note.n_rows, note.before) == (40, f"'{word.lower()}' in 40 cells")


@pytest.mark.parametrize("word", ["entfällt", "s.o.", "not applicable", "weiß nicht", "KA", "NV", "NS", "SO"])
def test_what_may_be_an_answer_stays_one_in_a_category(word: str) -> None:
    """An answer of a survey, the state of Nevada and the like are labels."""
    assert word in cells(with_level(word, "Gold", "Silver"), "Plan")


def test_settings_add_words() -> None:
    """Words of the settings are missing too."""
    table = raw_table(ID=IDS, Score=SCORES, Plan=["Gold", "Silver", "XX", "Gold"] * 50)
    table_now = cleaned(table, settings_of(clean={"missing_words": {"words": ["xx"]}}))
    assert set(cells(table_now, "Plan")) == {"Gold", "Silver", None}


def test_variants_of_a_label_become_one() -> None:
    """Case, spaces, dots and abbreviations merge into the most frequent writing; every variant is in the notes."""
    table = with_level("Male", "male", " M ", "Male", "FEMALE", "Female", "Female", "f.")
    assert set(cells(table, "Plan")) == {"Male", "Female"}
    listed = " ".join(note.before for note in notes(table, "label_variants"))
    assert all(f"'{text}'" in listed for text in ("male", "M", "FEMALE", "f."))


@pytest.mark.parametrize(
    ("header", "levels", "left"),
    [
        ("Stadt", ["München", "Muenchen", "MUENCHEN", "Köln"], {"München", "Köln"}),
        ("Ville", ["Orléans"] * 4 + ["Orleans", "Paris"], {"Orléans", "Paris"}),
        ("Miasto", ["Łódź", "Lodz", "Kraków", "Krakow"], {"Łódź", "Kraków"}),
        ("Statut", ["Retraité", "Retraite", "Actif"], {"Retraité", "Retraite", "Actif"}),
        ("City", ["İzmir", "izmir", "İZMİR", "Iğdır", "IĞDIR"], {"İzmir", "Iğdır"}),
        ("Plan", ["Café", unicodedata.normalize("NFD", "Café"), "Bar"], {"Café", "Bar"}),
        ("Stadt", ["Münster", "Munster", "Köln"], {"Münster", "Munster", "Köln"}),
        ("Plan", ["pêche", "péché", "peche"], {"pêche", "péché", "peche"}),
        ("Город", ["Елец", "Ёлец", "Йошкар"], {"Елец", "Ёлец", "Йошкар"}),
    ],
)
def test_a_label_without_its_accents_is_the_one_with_them(header: str, levels: list[str], left: set[str]) -> None:
    """Two halves of one town stood in a report; where two labels with accents may be meant, or two towns, both stay."""
    table = cleaned(raw_table_of({"ID": IDS, "Score": SCORES, header: (levels * N)[:N]}))
    assert set(cells(table, header)) == left


@pytest.mark.parametrize(
    ("levels", "left"),
    [
        (["Hombre", "Mujer", "M", "F"], {"Hombre", "Mujer", "M", "F"}),
        (["Hombre", "Mujer", "M"], {"Hombre", "Mujer", "M"}),
        (["Hombre", "Mujer", "M", "H"], {"Hombre", "Mujer"}),
        (["Male", "Female", "M", "F"], {"Male", "Female"}),
    ],
)
def test_a_letter_with_two_meanings_is_merged_only_where_another_tells(levels: list[str], left: set[str]) -> None:
    """M beside F is a man in Spanish too, beside H a woman, and alone nobody knows."""
    assert set(cells(with_level(*levels), "Plan")) == left


@pytest.mark.parametrize("header", ["Stadt", "Billing city", "Wohnort", "ShipToCountry", "Filiale", "ciudad"])
def test_places_are_never_slips(header: str) -> None:
    """Freiberg and Freiburg, Homburg and Hamburg are towns, however rare one is."""
    towns = ["Freiburg", "Hamburg"] * (N // 2)
    towns[0], towns[1] = "Freiberg", "Homburg"
    table = cleaned(raw_table_of({"ID": IDS, "Score": SCORES, header: towns}))
    assert {"Freiberg", "Homburg"} <= set(cells(table, header))


def test_a_slip_that_is_merged_is_a_fix() -> None:
    """Strict runs refuse it; labels that differ by case alone are no repair."""
    for odd, is_fix in (("Femlae", True), ("female", False)):
        plan = ["Female", "Male"] * (N // 2)
        plan[0] = odd
        (note,) = notes(cleaned(raw_table(ID=IDS, Score=SCORES, Plan=plan)), "label_variants")
        assert (note.before, note.is_fix) == (f"'{odd}'", is_fix)


@pytest.mark.parametrize("levels", [["*", "**", "***", "****"], ["+", "++", "-", "--", "o"]])
def test_signs_among_signs_are_levels(levels: list[str]) -> None:
    """`*` is one star and `-` the opposite of `+`; beside words both stand for a missing value."""
    table = with_level(*levels)
    assert set(cells(table, "Plan")) == set(levels)
    assert {note.after for note in notes(table, "missing_words")} == {"kept"}
    assert None in cells(with_level(levels[0].replace("+", "-"), "Gold", "Silver"), "Plan")


def test_lone_abbreviations_stay() -> None:
    """Without the full words in the column, nobody knows what m and w mean."""
    assert set(cells(with_level("m", "w"), "Plan")) == {"m", "w"}


def test_a_rare_slip_joins_its_frequent_label() -> None:
    """One `Femlae` among hundreds of `Female` is a slip of the hand."""
    plan = ["Female", "Male"] * (N // 2)
    plan[0] = "Femlae"
    assert set(cells(cleaned(raw_table(ID=IDS, Score=SCORES, Plan=plan)), "Plan")) == {"Female", "Male"}


def test_frequent_neighbours_never_merge() -> None:
    """Two labels one letter apart that are both frequent are two labels."""
    levels = {"Platform", "Platforn"}
    assert set(cells(with_level(*sorted(levels)), "Plan")) == levels


def test_what_a_slip_is() -> None:
    """Few letters missing, added, changed or swapped for the word's length; not an ending, not half the word."""
    assert all(is_slip("graduation", text, 0.8) for text in ("gradution", "graduattion", "grabuation", "gradaution"))
    assert not any(is_slip("graduation", text, 0.8) for text in ("graduation", "graduations", "grdulatoni", "grad"))


def test_flags_of_digits_read_as_yes_and_no() -> None:
    """A reader sees Yes and No, not 1 and 0."""
    table = raw_table_of({"ID": IDS, "Score": SCORES, "Newsletter": ["0", "1"] * (N // 2)})
    assert set(cells(cleaned(table), "Newsletter")) == {"No", "Yes"}


@pytest.mark.parametrize(
    ("levels", "left"),
    [
        (("true", "false", "yes", "no"), {"yes", "no"}),
        (("TRUE", "FALSE", "ja", "nein", "ja", "nein"), {"ja", "nein"}),
        (("1", "0", "true", "false", "true", "false"), {"true", "false"}),
        (("true", "false", "yes", "no", "maybe"), {"true", "false", "yes", "no", "maybe"}),
        (("true", "false", "yes"), {"true", "false", "yes"}),
    ],
)
def test_two_ways_of_saying_yes_and_no_are_one_flag(levels: tuple[str, ...], left: set[str]) -> None:
    """Two programs wrote the column; a third answer makes it a category whose labels all stay."""
    table = with_level(*levels)
    assert set(cells(table, "Plan")) == left
    role = next(column.role for column in table.columns if column.name == "Plan")
    assert (role is Role.FLAG) == (len(left) == 2)


def test_merging_can_be_switched_off() -> None:
    """With label_variants off, every writing stays a label."""
    table = raw_table(ID=IDS, Score=SCORES, Plan=["Gold", "gold"] * (N // 2))
    assert set(cells(cleaned(table, settings_of(clean={"label_variants": {"on": False}})), "Plan")) == {"Gold", "gold"}


def test_postcodes_of_a_country_stay() -> None:
    """More labels than are compared: none is lost, though one has a space behind it."""
    n = 6_000
    codes = [f"{10_000 + i}" for i in range(n)]
    codes[3] += " "
    table = raw_table_of({"ID": [f"C{i}" for i in range(n)], "Score": [str(i % 90) for i in range(n)], "ZIP": codes})
    assert cells(cleaned(table), "ZIP") == codes


@pytest.mark.parametrize(("yes", "no"), [("x", "no"), ("✓", "no"), ("Y", "N"), ("ja", "nein"), ("TRUE", "FALSE")])
def test_a_blank_beside_nothing_but_yes_is_no(yes: str, no: str) -> None:
    """Who is not ticked is no customer of whom nothing is known; said, and a fix."""
    n = 60
    ticks = [yes if i % 3 == 0 else None for i in range(n)]
    columns = {"ID": [f"C{i}" for i in range(n)], "Newsletter": ticks, "Spent": [f"{i}.5" for i in range(n)]}
    table = cleaned(raw_table_of(columns))
    assert cells(table, "Newsletter") == [tick or no for tick in ticks]
    note = next(note for note in table.notes if note.step == "blank_marks")
    assert (note.n_rows, note.is_fix) == (40, True)


@pytest.mark.parametrize("other", ["n/a", "?"])
def test_a_word_for_missing_beside_yes_leaves_the_blank_unknown(other: str) -> None:
    """Somebody has said there that it is not known."""
    n = 60
    ticks = ["x" if i % 3 == 0 else (other if i % 3 == 1 else None) for i in range(n)]
    columns = {"ID": [f"C{i}" for i in range(n)], "Newsletter": ticks, "Spent": [f"{i}.5" for i in range(n)]}
    table = cleaned(raw_table_of(columns))
    assert not any(note.step == "blank_marks" for note in table.notes)


def test_a_word_in_nearly_all_cells_is_no_mark() -> None:
    """One blank among many is rather an answer that is missing."""
    n = 60
    columns = {
        "ID": [f"C{i}" for i in range(n)],
        "Member": ["yes" if i else None for i in range(n)],
        "Spent": [f"{i}.5" for i in range(n)],
    }
    table = cleaned(raw_table_of(columns))
    assert not any(note.step == "blank_marks" for note in table.notes)
