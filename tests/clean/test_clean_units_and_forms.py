"""Lengths of time, several units in a column, `5+`, `4/5` and stars."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from raw_tables import DEFAULTS, ENGINE, cells, cleaned, raw_table_of, settings_of

from reportgen.engine.text_lengths import are_lengths, lengths_in, minutes_of, unit_for
from reportgen.engine.text_number_forms import number_forms
from reportgen.engine.text_sizes import sizes_in
from reportgen.records.table import CleanTable, Column, RawTable, Role
from reportgen.roles.stage import assign_roles

N = 120


def table(texts: Sequence[str], header: str) -> RawTable:
    return raw_table_of({"ID": [f"C{i}" for i in range(N)], header: [texts[i % len(texts)] for i in range(N)]})


def column_of(done: CleanTable, header: str) -> Column:
    return next(column for column in done.columns if column.name == header)


def role_of(texts: Sequence[str], header: str) -> Column:
    return assign_roles(table(texts, header), DEFAULTS, ENGINE)[1]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("00:52:16", 52 + 16 / 60),
        ("26:00:00", 1560),
        ("2h 30m", 150),
        ("1 Std. 20 Min.", 80),
        ("1,5 h", 90),
        ("2 jours et 3 heures", 3060),
        ("PT9H25M", 565),
        ("P1DT30M", 1470),
        ("P1Y2M", 14 * 30.4375 * 1440),
        ("1y 2m", 14 * 30.4375 * 1440),
        ("1 J. 2 M.", 14 * 30.4375 * 1440),
        ("1 Jhr. 2 Mon.", 14 * 30.4375 * 1440),
        ("1a 2m", 14 * 30.4375 * 1440),
        ("1 año 2 meses", 14 * 30.4375 * 1440),
        ("1 an 2 mois", 14 * 30.4375 * 1440),
        ("1 J 10 T", (12 * 30.4375 + 10) * 1440),
        ("3 j 4 h", 76 * 60),
        ("2 mois 6 j", (2 * 30.4375 + 6) * 1440),
        ("3 days 04:10:00", 4570),
        ("26 days ago", 26 * 1440),
        ("vor 3 Wochen", 21 * 1440),
        ("il y a 2 mois", 2 * 30.4375 * 1440),
        ("0:18", 18),
    ],
)
def test_lengths_of_time_in_minutes(text: str, minutes: float) -> None:
    """However programs and people write them."""
    assert minutes_of(text) == pytest.approx(minutes)


@pytest.mark.parametrize(
    "text", ["90", "12 C", "5 J", "5 T", "2 a 3 m", "7 days a week", "3 x 20 min", "1:75", "Order 12 h", "", "P1", "h"]
)
def test_what_is_no_length(text: str) -> None:
    """Numbers, sentences and clocks that no clock shows."""
    assert minutes_of(text) is None


def test_one_word_behind_all_numbers_is_a_unit() -> None:
    """`6 nights` and `45 min` are numbers with a unit already; of `45 min` and `2 h` only the lengths compare."""
    assert not are_lengths(["45 min", "50 min"])
    assert not are_lengths(["1 day", "2 days"])
    assert are_lengths(["45 min", "2 h"])
    assert are_lengths(["3 days ago", "5 days ago"])
    assert are_lengths(["PT5M", "PT9M"])


@pytest.mark.parametrize(
    ("texts", "text", "days"),
    [
        (["6 J. 4 M.", "8 M.", "18 Monate"], "8 M.", 8 * 30.4375),
        (["6 J.", "18 Monate"], "6 J.", 72 * 30.4375),
        (["18 mois", "20 j"], "20 j", 20.0),
        (["2a 3m", "5 m"], "5 m", 5 * 30.4375),
        (["1y 2m", "8m"], "8m", 8 * 30.4375),
        (["2 h", "8 m"], "8 m", 8 / 1440),
    ],
)
def test_a_letter_means_what_the_cells_beside_it_say(texts: list[str], text: str, days: float) -> None:
    """8 M. are months beside 6 J. 4 M.; minutes where hours stand beside them."""
    assert lengths_in(texts)[text] == pytest.approx(days * 1440)
    assert are_lengths(texts)


def test_millions_are_no_months() -> None:
    """5 M beside 3 M or 300 K are amounts."""
    assert not are_lengths(["5 M", "3 M"])
    assert not are_lengths(["5 M", "300 K"])
    assert not are_lengths(["5 T", "3 M"])


def test_clocks_past_a_day_below_minutes_are_minutes_and_seconds() -> None:
    """33:17 to 400:59 below callMinutes are no times of day; below a mere duration it is asked for as before."""
    texts = [f"{33 + i * 6}:{i * 7 % 60:02d}" for i in range(60)]
    assert cells(cleaned(table(texts, "callMinutes"), DEFAULTS), "callMinutes")[0] == 33.0
    assert role_of(texts, "Talk duration").role is Role.TEXT
    assert role_of([f"{8 + i % 12}:{i:02d}" for i in range(60)], "Minutes of the meeting").role is Role.TEXT


def test_minutes_of_seconds_where_the_header_says_so() -> None:
    """3:21 is three hours below (h:mm) and three minutes below (mm:ss); below neither it is asked for."""
    texts = [f"{i % 9 + 1}:{i * 7 % 60:02d}" for i in range(60)]
    long, short = "Call (h:mm)", "Call (mm:ss)"
    assert cells(cleaned(table(texts, long), DEFAULTS), long)[0] == 60.0 / (1 if unit(texts, long) == "minutes" else 60)
    assert unit(texts, short) == "minutes"
    assert cells(cleaned(table(texts, short), DEFAULTS), short)[:2] == [1.0, pytest.approx(2 + 7 / 60, abs=1e-4)]
    open_column = role_of(texts, "Call duration")
    assert open_column.role is Role.TEXT
    assert "(h:mm) or (mm:ss)" in open_column.reason


def unit(texts: Sequence[str], header: str) -> str:
    return column_of(cleaned(table(texts, header), DEFAULTS), header).unit


def test_a_duration_is_read_in_a_unit_of_its_size() -> None:
    """Talks of minutes in minutes, stays of days in days; the header's own unit wins."""
    talks = [f"00:{i + 5:02d}:30" for i in range(40)]
    stays = [f"{i + 3} days 12:00:00" for i in range(40)]
    assert unit(talks, "Talk time") == "minutes"
    assert cells(cleaned(table(talks, "Talk time"), DEFAULTS), "Talk time")[0] == 5.5
    assert unit(stays, "Stay") == "days"
    assert cells(cleaned(table(stays, "Stay"), DEFAULTS), "Stay")[0] == 3.5
    assert unit(talks, "Duration (seconds)") == "seconds"
    assert [unit_for(minutes) for minutes in (0.01, 5, 500, 9_000)] == ["seconds", "minutes", "hours", "days"]


def test_times_of_day_are_no_lengths() -> None:
    """Half past two as the time of a purchase measures nothing, and the reason says how a length would be told."""
    texts = [f"{8 + i % 12:02d}:{i % 60:02d}:10" for i in range(60)]
    column = role_of(texts, "Purchase at")
    assert column.role is Role.TEXT
    assert "times of day" in column.reason
    assert role_of(texts, "Working time").role is Role.MEASURE


def test_the_settings_make_a_clock_a_measure() -> None:
    """Whoever knows that the times are lengths says so."""
    texts = [f"{8 + i % 12:02d}:{i % 60:02d}:10" for i in range(60)]
    settings = settings_of(columns={"roles": {"Purchase at": "measure"}})
    assert column_of(cleaned(table(texts, "Purchase at"), settings), "Purchase at").role is Role.MEASURE


def test_a_contract_of_some_terms_stays_a_kind() -> None:
    """Three terms in words are labels."""
    assert role_of(["6 months", "1 year", "2 years"], "Contract").role is Role.CATEGORY


def test_a_stray_word_among_lengths_is_listed() -> None:
    """What is no length becomes missing, and its record is named."""
    texts = [f"{i % 3 + 1} h {i % 60} min" for i in range(59)] + ["later"]
    done = cleaned(table(texts, "Visit"), DEFAULTS)
    assert column_of(done, "Visit").role is Role.MEASURE
    assert sum("'later'" in entry.reason for entry in done.set_aside) == N // 60


def test_several_units_of_one_kind() -> None:
    """900 MB beside 1.5 GB: in the unit of most texts; metres beside kilograms are nothing."""
    assert sizes_in(["900 MB", "1.5 GB", "2 GB"]) == ("GB", {"900 MB": 0.9, "1.5 GB": 1.5, "2 GB": 2.0})
    assert sizes_in(["900 g", "1,2 kg", "80 g"]) == ("g", {"900 g": 900, "1,2 kg": 1200, "80 g": 80})
    assert sizes_in(["9 m", "4 kg"]) is None
    assert sizes_in(["9 kg", "4 kg"]) is None
    texts = [f"{i * 25} MB" if i < 40 else f"{i / 20:.2f} GB" for i in range(1, 61)]
    done = cleaned(table(texts, "Data used"), DEFAULTS)
    assert (column_of(done, "Data used").role, column_of(done, "Data used").unit) == (Role.MEASURE, "MB")
    assert cells(done, "Data used")[39] == 2000.0


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (("0", "1", "2", "3+"), {"3+": "3"}),
        (("0", "1", "2 oder mehr"), {"2 oder mehr": "2"}),
        (("1/5", "4/5", "5/5"), {"1/5": "1", "4/5": "4", "5/5": "5"}),
        (("3.5 out of 5 stars", "4.0 out of 5 stars"), {"3.5 out of 5 stars": "3.5", "4.0 out of 5 stars": "4.0"}),
        (("★★★☆☆", "★★★★★"), {"★★★☆☆": "3", "★★★★★": "5"}),
        (("6+", "12+", "18+"), {}),
        (("18+",), {}),
        (("0", "7", "5+"), {}),
        (("1/5", "4/6"), {}),
        (("120/80", "140/80"), {}),
        (("1/2", "2/2"), {}),
        (("1", "2", "A+"), {}),
    ],
)
def test_forms_of_a_number(texts: Sequence[str], numbers: dict[str, str]) -> None:
    """An open end above the others, all out of one number, stars; ages of films, ratios and grades are none."""
    assert number_forms(texts) == numbers


def test_an_open_end_is_a_number_of_a_count() -> None:
    """Children 0, 1, 2, 3+ measure; the log says what 3+ counts as."""
    done = cleaned(table(["0", "1", "2", "3+"], "Children"), DEFAULTS)
    assert column_of(done, "Children").role is Role.COUNT
    assert cells(done, "Children")[:4] == [0, 1, 2, 3]
    assert [note.reason for note in done.notes if note.step == "number_forms"] == ["an open end counts as its number"]


def test_marks_out_of_five_are_a_score() -> None:
    """4/5 is no date and no label."""
    done = cleaned(table(["1/5", "2/5", "3/5", "4/5", "5/5"], "Rating"), DEFAULTS)
    assert column_of(done, "Rating").role is Role.SCORE
    assert cells(done, "Rating")[:5] == [1, 2, 3, 4, 5]


def test_a_few_words_among_many_numbers_are_missing() -> None:
    """`noch offen` in 4 % of the cells was mended, in 6 % the column was lost; a report was published without it."""
    for every in (25, 15, 8):
        texts = ["noch offen" if i % every == 0 else f"{i * 7 % 97 + 100}.5" for i in range(N)]
        done = cleaned(table(texts, "Sales"), DEFAULTS)
        assert column_of(done, "Sales").role is Role.MONEY
        said = [note for note in done.notes if "noch offen" in note.before]
        assert [note.after for note in said] == ["missing"]


def test_a_few_words_among_many_dates_are_missing() -> None:
    """A customer who does not remember has no day, and the column stays one of dates."""
    texts = ["weiß nicht mehr" if i % 8 == 0 else f"2025-{i % 12 + 1:02d}-{i % 28 + 1:02d}" for i in range(N)]
    done = cleaned(table(texts, "Last purchase"), DEFAULTS)
    assert column_of(done, "Last purchase").role is Role.DATE
    assert cells(done, "Last purchase")[0] is None


@pytest.mark.parametrize(
    "texts",
    [
        ["S", "M", "L", "36", "38", "40"],
        ["free" if i % 8 == 0 else f"{i}.5" for i in range(60)],
        [f"{i}.5" if i % 10 else f"word {'abcdefghijkl'[i % 12]}" for i in range(60)],
    ],
)
def test_words_that_say_something_are_labels_or_text(texts: list[str]) -> None:
    """Sizes, what costs nothing, and many different words: none of them is a number that is not known yet."""
    assert role_of(texts, "Grade").role in (Role.CATEGORY, Role.TEXT)


def test_marks_of_notes_and_apostrophes_are_no_part_of_a_number() -> None:
    """`191,04*)`, `86¹`, `'14` and `0x` beside `12x` were text."""
    texts = [f"{i + 100},04{('', '*)', '¹')[i % 3]}" for i in range(60)]
    assert cells(cleaned(table(texts, "Umsatz"), DEFAULTS), "Umsatz")[:3] == [100.04, 101.04, 102.04]
    assert cells(cleaned(table([f"'{i}" for i in range(60)], "visits"), DEFAULTS), "visits")[:3] == [0, 1, 2]
    assert cells(cleaned(table([f"{i}x" for i in range(60)], "visits"), DEFAULTS), "visits")[:3] == [0, 1, 2]
