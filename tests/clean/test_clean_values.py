"""Impossible values, stand-ins, outliers, filling in, columns that say nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from raw_tables import cells, cleaned, raw_table_of, settings_of

from reportgen.clean._fences import Shape, tukey_fences
from reportgen.config import Settings
from reportgen.records.table import IMPUTED_PREFIX, CleaningNote, CleanTable, ColumnQuality, Role

N = 400
GENERATOR = np.random.default_rng(5)
NORMAL = [f"{value:.2f}" for value in GENERATOR.normal(60, 15, N)]
SKEWED = [f"{value:.2f}" for value in GENERATOR.lognormal(5, 1, N)]


def beside(settings: Settings | None = None, **columns: Sequence[str | None]) -> CleanTable:
    """These columns beside an id and a normal measure."""
    return beside_of(columns, settings)


def beside_of(columns: dict[str, Sequence[str | None]], settings: Settings | None = None) -> CleanTable:
    table = raw_table_of({"ID": [f"C{i}" for i in range(N)], "Fee": NORMAL, **columns})
    return cleaned(table, settings or Settings())


def put(values: Sequence[str | None], **at: str | None) -> list[str | None]:
    """The values with some replaced: `put(NORMAL, _3="x")`."""
    changed = list(values)
    for place, value in at.items():
        changed[int(place[1:])] = value
    return changed


def quality(table: CleanTable, name: str) -> ColumnQuality:
    return next(entry for entry in table.quality if entry.name == name)


def note(table: CleanTable, step: str, column: str) -> CleaningNote:
    return next(entry for entry in table.notes if (entry.step, entry.column) == (step, column))


AGES = [str(20 + i % 60) for i in range(N)]


def test_impossible_ages_are_set_missing_and_listed() -> None:
    """−4 and 150 years are typing errors; 101 is a long life."""
    table = beside(Age=put(AGES, _1="-4", _2="150", _3="101"))
    assert [entry.line for entry in table.set_aside] == [2, 3]
    assert "Age 150 is impossible" in table.set_aside[1].reason
    assert cells(table, "Age")[3] == 101.0
    assert cells(table, IMPUTED_PREFIX + "Age")[:4] == [False, True, True, False]


def test_births_are_measured_by_the_latest_date_of_the_export() -> None:
    """With orders up to 2014, someone born in 1903 would be 111; no clock is asked."""
    births = put([str(1950 + i % 40) for i in range(N)], _0="1903", _1="1904")
    table = beside_of({"Year_Birth": births, "Order date": ["2013-05-01", "2014-06-30"] * (N // 2)})
    assert cells(table, "Year_Birth")[1] == 1904.0
    assert [entry.line for entry in table.set_aside] == [1]


def test_births_before_1900_are_impossible_without_a_date() -> None:
    """Without any date in the export only the century decides."""
    table = beside(Year_Birth=put([str(1950 + i % 40) for i in range(N)], _0="1899", _1="1903"))
    assert [entry.line for entry in table.set_aside] == [1]


def test_values_off_the_declared_scale_are_impossible() -> None:
    """A score of 120 on a scale of 1 to 100 is none."""
    table = beside_of({"Score (1-100)": put([str(1 + i % 100) for i in range(N)], _7="120")})
    assert note(table, "impossible_values", "Score (1-100)").before == "'120'"


def test_a_scale_that_does_not_hold_is_in_doubt() -> None:
    """If a third of the values lie outside, the header is wrong and not the customers."""
    table = beside_of({"Score (1-100)": [str(i % 150) for i in range(N)]})
    assert note(table, "impossible_values", "Score (1-100)").after == "kept"
    assert table.set_aside == ()


@pytest.mark.parametrize("text", ["1e308", "-1e308", "9223372036854775808"])
def test_numbers_past_all_counting_are_capped(text: str) -> None:
    """One such cell would turn every mean into nothing: it becomes the largest of the others, and is said."""
    table = beside(Sales=put(SKEWED, _9=text))
    others = [float(value) for i, value in enumerate(SKEWED) if i != 9]
    assert note(table, "impossible_values", "Sales").n_rows == 1
    assert cells(table, "Sales")[9] == (min(others) if text.startswith("-") else max(others))


def test_infinite_numbers_are_missing() -> None:
    """1e400 is past every number: missing, counted, filled in and flagged."""
    table = beside(Sales=put(SKEWED, _9="1e400", _11="-1e400"))
    assert note(table, "impossible_values", "Sales").n_rows == 2
    assert cells(table, IMPUTED_PREFIX + "Sales")[9:12] == [True, False, True]


def test_spikes_among_the_values_are_only_noticed() -> None:
    """999 in a third of a column that goes up to 990 may be a value: it is named and kept."""
    days = ["999" if i % 3 == 0 else str(i * 7 % 991) for i in range(N)]
    assert note(beside(Days=days), "stand_in_numbers", "Days").after == "kept"


def test_negative_money_is_only_noted() -> None:
    """Refunds are possible."""
    table = beside(Sales=put(SKEWED, _3="-50.00"))
    assert note(table, "impossible_values", "Sales").after == "kept"


def test_checks_can_be_switched_off() -> None:
    """impossible_values off keeps an age of 150."""
    table = beside(settings_of(clean={"impossible_values": {"on": False}}), Age=put(AGES, _2="150"))
    assert cells(table, "Age")[2] == 150.0


def test_stand_ins_are_missing() -> None:
    """999 in a tenth of a column of days up to 30 stands for `never`; 99 beside 98 is a value."""
    days = ["999" if i % 10 == 0 else str(i % 30) for i in range(N)]
    table = beside(Days=days, Points=[str(i % 100) for i in range(N)])
    assert note(table, "stand_in_numbers", "Days").n_rows == N // 10
    assert max(float(str(value)) for value in cells(table, "Points")) == 99.0


@pytest.mark.parametrize(
    ("header", "texts", "odd"),
    [
        ("Plan price", ["9", "19", "29", "9", "19", "99"], 99),
        ("Monthly fee", ["49", "99", "199", "49", "999"], 999),
        ("Credit limit", ["500", "1000", "2000", "9999"], 9999),
        ("Bestellungen", ["1", "2", "3", "1", "2", "5", "99"], 99),
        ("Bestellungen", [*map(str, range(1, 21)), "99"], 99),
        ("Sentiment", ["-1", "0", "1", "1", "0"], -1),
        ("Gewinn je Kauf", ["-1", "0.5", "2.25", "3.75", "1.5", "0.25", "4.5"], -1),
        ("Temperature", ["-1", *map(str, range(15))], -1),
        ("Etage", ["-1", "0", "1", "2", "3"], -1),
        ("Mean rate", ["-1", *(f"{i}.25" for i in range(20))], -1),
    ],
)
def test_true_numbers_are_never_taken_for_missing(header: str, texts: list[str], odd: float) -> None:
    """Prices, levels, profits and degrees stay; what may stand for a missing value is told with the setting."""
    table = beside(**{header: [texts[i % len(texts)] for i in range(N)]})
    assert odd in cells(table, header) and not any(cells(table, IMPUTED_PREFIX + header))
    if any(found.step == "stand_in_numbers" for found in table.notes):
        said = note(table, "stand_in_numbers", header)
        assert (said.after, said.is_fix) == ("kept", False)
        assert f'numbers = {{ "{header}" = [{odd}] }} under [clean.stand_in_numbers]' in said.reason


def test_a_number_that_is_taken_out_is_a_fix() -> None:
    """Strict runs refuse an export in which 999 had to be taken for missing; the settings take out what they name."""
    days = ["999" if i % 10 == 0 else str(i % 30) for i in range(N)]
    assert note(beside(Days=days), "stand_in_numbers", "Days").is_fix
    plans = [("9", "19", "29", "99")[i % 4] for i in range(N)]
    settings = settings_of(clean={"stand_in_numbers": {"numbers": {"Plan price": [99]}}})
    said = note(beside(settings, **{"Plan price": plans}), "stand_in_numbers", "Plan price")
    assert (said.n_rows, said.after, said.is_fix) == (N // 4, "missing", False)


def test_codes_above_a_scale_are_told() -> None:
    """98 and 99 among answers of 1 to 5, and 9 alone, are kept and told with the setting."""
    for codes in (("98", "99"), ("9",)):
        answers = [codes[i // 12 % len(codes)] if i % 12 == 0 else str(i % 5 + 1) for i in range(N)]
        table = beside(Satisfaction=answers)
        told = [found.before for found in table.notes if found.step == "stand_in_numbers"]
        assert told == list(codes), codes
        assert float(codes[0]) in cells(table, "Satisfaction")


def test_minus_one_stands_for_missing_beside_counts() -> None:
    """−1 in a column that is never negative otherwise."""
    table = beside(Days=["-1" if i % 10 == 0 else str(i % 30) for i in range(N)])
    assert quality(table, "Days").n_missing == N // 10


def test_ordinary_outliers_stay() -> None:
    """Between the fences of 1.5 and 3 interquartile ranges values are counted, shown and kept."""
    table = beside(Sales=put(NORMAL, _0="110.00"))
    seen = quality(table, "Sales")
    assert (seen.n_outliers >= 1, seen.n_capped, seen.box_before == seen.box_after) == (True, 0, True)


def test_far_outliers_are_capped() -> None:
    """666,666 beside incomes of 60 is capped at the far fence, with a note."""
    table = beside(Sales=put(NORMAL, _0="666666"))
    seen = quality(table, "Sales")
    assert seen.n_capped == 1
    assert seen.box_before is not None and seen.box_after is not None
    assert seen.box_after[:4] == seen.box_before[:4]
    assert cells(table, "Sales")[0] == pytest.approx(seen.box_after[4])
    assert note(table, "outliers", "Sales").after.startswith("capped at")


def test_outliers_can_be_kept() -> None:
    """treatment = "keep" caps nothing and says so."""
    table = beside(settings_of(clean={"outliers": {"treatment": "keep"}}), Sales=put(NORMAL, _0="666666"))
    assert cells(table, "Sales")[0] == 666666.0
    assert note(table, "outliers", "Sales").reason == "the settings keep outliers"


def test_a_long_tail_is_no_mistake() -> None:
    """A log-normal column keeps its richest customers."""
    assert quality(beside(Sales=SKEWED), "Sales").n_capped == 0


def test_mostly_zeros_have_no_fences() -> None:
    """Where the quartiles are equal, every other value would be an outlier."""
    sales = ["0" if i % 10 else str(i) for i in range(N)]
    seen = quality(beside(Sales=sales), "Sales")
    assert (seen.n_outliers, seen.n_capped) == (0, 0)


def test_fences_of_a_skewed_column_are_set_on_the_log_scale() -> None:
    """Only the upper one: on the log scale every small value would be far out."""
    fences = tukey_fences(Shape(0, 10, 20, 60, 500, 100), 3.0)
    assert fences.is_log
    assert fences.low == 10 - 3 * 50
    assert np.log1p(fences.high) == pytest.approx(np.log(61) + 3 * (np.log(61) - np.log(11)))


def test_a_hundredth_of_wild_values_leaves_the_rest_alone() -> None:
    """1 % at 1e12 does not move the scale: after capping the spread is that of the others."""
    wild = put(NORMAL, _0="1e12", _100="1e12", _200="1e12", _300="1e12")
    values = np.array(cells(beside(Sales=wild), "Sales"), dtype=float)
    assert values.std() < 1.5 * np.array(NORMAL, dtype=float).std()


def test_filled_cells_are_flagged() -> None:
    """The median for numbers; labels stay unknown, for that is no level. Flags say which cells, and counts how many."""
    plan = ["a", "b", None, "a"] * (N // 4)
    table = beside(Sales=put(SKEWED, _5=None), Plan=plan)
    assert cells(table, IMPUTED_PREFIX + "Sales")[4:7] == [False, True, False]
    assert sum(bool(flag) for flag in cells(table, IMPUTED_PREFIX + "Plan")) == N // 4
    assert set(cells(table, "Plan")) == {"a", "b", None}
    assert (quality(table, "Plan").n_missing, quality(table, "Plan").n_imputed) == (N // 4, 0)


def test_whole_numbers_are_filled_with_whole_numbers() -> None:
    """Nobody has 2.5 visits."""
    table = beside(Visits=put(["1", "2", "3", "12"] * (N // 4), _0=None, _1=None, _2=None, _3=None))
    assert float(str(cells(table, "Visits")[0])).is_integer()


def test_mostly_missing_columns_are_left_out() -> None:
    """Past 60 % missing, filling in would invent the column."""
    table = beside(Sales=[value if i % 10 < 3 else None for i, value in enumerate(SKEWED)])
    assert table.column("Sales").role == Role.EMPTY
    assert "missing in 70%" in table.column("Sales").reason


def test_columns_that_become_constant_are_left_out() -> None:
    """Two ways to write one label are one value."""
    assert beside(Plan=["Gold", "gold "] * (N // 2)).column("Plan").role == Role.CONSTANT


def test_the_missing_picture_is_evenly_spaced() -> None:
    """Up to 500 rows × the columns of `quality`, as they stood before filling in."""
    table = beside(Sales=put(SKEWED, _5=None))
    place = [entry.name for entry in table.quality].index("Sales")
    assert len(table.missing_rows) == N
    assert [i for i, row in enumerate(table.missing_rows) if row[place]] == [5]


def test_a_birth_in_1900_is_no_birth() -> None:
    """Systems give it to whoever told none, and nobody else is nearly as old; beside births of every age it is one."""
    years = [str(1950 + i % 50) for i in range(N)]
    table = beside(**{"Birth year": [year if i % 20 else "1900" for i, year in enumerate(years)]})
    said = note(table, "stand_in_numbers", "Birth year")
    assert (said.n_rows, said.before, said.after, said.is_fix) == (N // 20, "1900", "missing", True)
    for kept in (put(years, _3="1900"), [str(1900 + i % 100) for i in range(N)]):
        assert not [one for one in beside(**{"Birth year": kept}).notes if one.step == "stand_in_numbers"]


def test_an_age_of_nought_is_no_age() -> None:
    """Age 0 among grown customers was never said, however often it stands there; beside children it is a child's."""
    grown = ["0" if i % 5 == 0 else str(18 + i % 50) for i in range(N)]
    assert note(beside(Age=grown), "stand_in_numbers", "Age").n_rows == N // 5
    family = beside(Age=[str(i % 40) for i in range(N)])
    assert cells(family, "Age")[0] == 0.0


def months(january: list[str | None], total: list[str]) -> CleanTable:
    """Sixty customers with two months and the sum of them."""
    n = 60
    columns = {
        "ID": [f"C{i}" for i in range(n)],
        "Jan 2026": [january[i % len(january)] for i in range(n)],
        "Feb 2026": [f"{i + 1}.5" for i in range(n)],
        "Grand Total": [str(i + 1.5 + float(total[i % len(total)])) for i in range(n)],
    }
    return cleaned(raw_table_of(columns))


def test_a_blank_that_a_total_counts_as_nought_is_nought() -> None:
    """A pivot table leaves out what nobody bought; a fifth of the months were filled in with the median."""
    table = months(["12.25", "7.5", None], ["12.25", "7.5", "0"])
    assert cells(table, "Jan 2026")[:3] == [12.25, 7.5, 0.0]
    note = next(note for note in table.notes if note.step == "blanks_in_sums")
    assert (note.column, note.n_rows, note.after, note.is_fix) == ("Jan 2026", 20, "0", True)
    assert note.reason == "Grand total is the sum of the filled cells in every record, and none of them is 0"


@pytest.mark.parametrize(
    ("january", "total"),
    [
        (["12.25", "7.5", None], ["12.25", "7.5", "9"]),
        (["12.25", "0", "7.5", None], ["12.25", "0", "7.5", "0"]),
        ([*["12.25", "7.5"] * 15, *["3.5"] * 29, None], [*["12.25", "7.5"] * 15, *["3.5"] * 29, "0"]),
    ],
    ids=["the total knows more", "a zero is written", "one blank alone"],
)
def test_a_blank_that_may_be_missing_stays_so(january: list[str | None], total: list[str]) -> None:
    """Nothing shows that zeros are left out."""
    assert not any(note.step == "blanks_in_sums" for note in months(january, total).notes)
