"""Dates of a whole column: order, century, zone, days that are none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from raw_tables import cells, cleaned, raw_table_of, settings_of

from reportgen.errors import ReportgenError
from reportgen.records.table import CleaningNote, CleanTable

N = 120
OPEN = ["03/04/2012", "05/06/2012"]


def dated(texts: Sequence[str], header: str = "Signup", other: Sequence[str] = (), **settings: str) -> CleanTable:
    """A table of an id, points, this column of dates and perhaps another, the texts repeated."""
    columns = {"ID": [f"C{i}" for i in range(N)], "Points": [str(i * 37 % 83) for i in range(N)]}
    columns[header] = [texts[i % len(texts)] for i in range(N)]
    columns |= {"Last order": [other[i % len(other)] for i in range(N)]} if other else {}
    return cleaned(raw_table_of(columns), settings_of(input=settings))


def days(texts: Sequence[str], header: str = "Signup", other: Sequence[str] = (), **settings: str) -> list[object]:
    return cells(dated(texts, header, other, **settings), header)[: len(texts)]


def note_of(table: CleanTable, header: str = "Signup") -> CleaningNote:
    """The last note of the step on that column: how it was read."""
    return [note for note in table.notes if (note.step, note.column) == ("dates", header)][-1]


def test_an_order_that_nothing_proves_is_asked_about() -> None:
    """03/04/2012 everywhere: both readings with an example, and the setting; the setting then decides."""
    with pytest.raises(ReportgenError, match=r"3 April 2012 .* 4 March 2012") as fault:
        dated(OPEN)
    assert (fault.value.code, 'dates = "day first"' in fault.value.hint) == ("RG-007", True)
    assert days(OPEN, dates="day first")[0] == "2012-04-03"
    assert days(OPEN, dates="month first")[0] == "2012-03-04"


def test_a_guess_is_a_fix() -> None:
    """when_unsure = "guess" reads the day first and says that nothing decides; strict runs refuse that."""
    note = note_of(dated(OPEN, when_unsure="guess"))
    assert note.is_fix and "no date in the export decides" in note.reason


@pytest.mark.parametrize(
    ("texts", "other", "read"),
    [
        (["01/01/2012", "02/02/2012"], [], ["2012-01-01", "2012-02-02"]),
        (["03.04.2012", "05.06.2012"], [], ["2012-04-03", "2012-06-05"]),
        (OPEN, ["25/12/2012", "01/02/2012"], ["2012-04-03", "2012-06-05"]),
        (OPEN, ["12-25-2012", "01-02-2012"], ["2012-03-04", "2012-05-06"]),
        ([*OPEN, "06/25/2012"], ["25/12/2012"], ["2012-03-04", "2012-05-06", "2012-06-25"]),
    ],
    ids=["alike either way", "dots", "another column", "another separator", "its own proof counts most"],
)
def test_what_proves_an_order(texts: list[str], other: list[str], read: list[str]) -> None:
    """No question where both readings agree, where dots stand, or where a column of the export proves the order."""
    assert days(texts, other=other) == read


def test_a_birth_date_needs_no_order() -> None:
    """Only the year is kept, and it is the same either way."""
    assert days(["03/04/1980", "05/06/1981"], header="Date of birth") == [1980.0, 1981.0]


def test_two_orders_in_one_column() -> None:
    """25/12 and 12/25 are read each by itself; 03/04 has two readings, is set missing and listed."""
    table = dated(["25/12/2012", "11/26/2012", "03/04/2012"])
    assert cells(table, "Signup")[:3] == ["2012-12-25", "2012-11-26", None]
    assert (len(table.set_aside), table.set_aside[0].reason) == (N // 3, "Signup has two readings; set missing")


@pytest.mark.parametrize("mark", ["-", "/", "."])
def test_a_year_of_two_digits_may_stand_first(mark: str) -> None:
    """23-01-03 is January 2023 or 2003: asked about where no cell tells, and read so where one does."""
    written = [f"{23 + i % 3}-{i % 12 + 1:02d}-{i % 28 + 1:02d}".replace("-", mark) for i in range(N)]
    with pytest.raises(ReportgenError, match=r"is \d+ \w+ 20\d\d with the day first, .* with the year first") as fault:
        dated(written)
    assert (fault.value.code, 'dates = "year first"' in fault.value.hint) == ("RG-007", True)
    assert days(written, dates="year first")[:2] == ["2023-01-01", "2024-02-02"]
    assert days(written, dates="day first")[0] == "2001-01-23"
    assert days(["85-03-14".replace("-", mark), *written[1:]])[:2] == ["1985-03-14", "2024-02-02"]


@pytest.mark.parametrize("texts", [["01.05.23", "01.06.24", "01.07.25"], ["25/12/12", "24/12/11"], ["31-12-24"]])
def test_short_years_stand_last_where_days_are_more(texts: list[str]) -> None:
    """First days of a month over some years, and days that are as many as years, are no question."""
    assert str(days([*texts, "28" + texts[0][2:]])[0])[:2] == "20"


def test_each_sign_between_the_numbers_has_its_order() -> None:
    """Dots have the day first whatever slashes prove, and prove nothing for slashes."""
    dots, slashes = ["03.04.2025", "25.12.2024"], ["06/17/2025", "06/02/2025"]
    table = dated([*dots, *slashes])
    assert cells(table, "Signup")[:4] == ["2025-04-03", "2024-12-25", "2025-06-17", "2025-06-02"]
    assert not table.set_aside and note_of(table).is_fix
    assert days(["03.04.2025", *slashes])[0] == "2025-04-03"
    with pytest.raises(ReportgenError, match="written with '/'"):
        dated([*dots, "02/01/2025"])
    assert days([*dots, "02/01/2025"], dates="month first")[::2] == ["2025-04-03", "2025-02-01"]
    with pytest.raises(ReportgenError, match="tells which"):
        dated(OPEN, other=["25.12.2024", "26.12.2024"])


def test_the_setting_is_kept_to_or_the_column_refused() -> None:
    """A lone cell in the other order is set missing and listed; more of them, and the column mixes two orders."""
    texts = ["25/12/2012", "03/04/2012"] * (N // 2 - 1) + ["26/12/2012", "12/26/2012"]
    table = dated(texts, dates="day first")
    assert cells(table, "Signup")[1::118] == ["2012-04-03", None]
    said = "Signup '12/26/2012' is no date with the day first, as the settings say; set missing"
    assert [(entry.line, entry.reason) for entry in table.set_aside] == [(N, said)]
    with pytest.raises(ReportgenError, match=r"mixes orders .* 60 cells can only have the month") as fault:
        dated(["25/12/2012", "12/26/2012"], dates="day first")
    assert 'ignore = ["Signup"]' in fault.value.hint


@pytest.mark.parametrize(
    ("texts", "header", "read"),
    [
        (["45660,0000", "45665,0139"], "Created date", ["2025-01-03", "2025-01-08"]),
        (["3. Jän 2025", "8. Feber 2025"], "Signup", ["2025-01-03", "2025-02-08"]),
        (["Fr, 03.01.2025", "Mi, 08.01.2025"], "Signup", ["2025-01-03", "2025-01-08"]),
        (["03.01.2025 um 10:00 Uhr", "18.01.2025 um 09:30 Uhr"], "Signup", ["2025-01-03", "2025-01-18"]),
        (["03/01/2025 à 14h26", "18/01/2025 à 9h05"], "Signup", ["2025-01-03", "2025-01-18"]),
        (["'03.01.2025", "18.01.2025"], "Signup", ["2025-01-03", "2025-01-18"]),
    ],
)
def test_dates_as_people_and_programs_write_them(texts: list[str], header: str, read: list[str]) -> None:
    """Day numbers with a decimal comma, Austria's months, weekdays, a word before the time, a text's apostrophe."""
    assert days(texts, header=header) == read


def test_no_birth_date_is_shown() -> None:
    """The log shows how birth dates are written and no person's; what is listed names none either."""
    texts = [f"{i % 28 + 1:02d}.{i % 12 + 1:02d}.19{i % 60 + 30}" for i in range(N)]
    table = dated(["31.02.1971", *texts[1:]], header="Date of birth")
    told = [f"{found.before} {found.after}" for found in table.notes if found.step == "dates"]
    assert told == ["'##.##.####' in 1 cell missing", "'##.##.####' '####'"]
    assert "1971" not in table.set_aside[0].reason


def test_one_cell_in_the_other_order_is_listed() -> None:
    """Among many 25/12/2012 a single 12/26/2012 is read as it can only be, and its record is named."""
    table = dated(["25/12/2012"] * (N - 2) + ["03/04/2012", "12/26/2012"])
    assert cells(table, "Signup")[-2:] == ["2012-04-03", "2012-12-26"]
    assert [entry.line for entry in table.set_aside] == [N]


@pytest.mark.parametrize(
    ("texts", "read", "said"),
    [
        (["2012-09-04", "13.04.2012", "4 Sep 2012"], ["2012-09-04", "2012-04-13", "2012-09-04"], "ISO and named"),
        (["41156", "2012-09-05"], ["2012-09-04", "2012-09-05"], "spreadsheet day numbers"),
        (["1346716800", "1346803200"], ["2012-09-04", "2012-09-05"], "seconds since 1970"),
        (["2012-09-04T23:30:00-05:00", "2012-09-04T10:00:00Z"], ["2012-09-05", "2012-09-04"], "to one, UTC"),
    ],
)
def test_what_had_to_be_mended(texts: list[str], read: list[str], said: str) -> None:
    """Several ways of writing, spreadsheet days, epochs and mixed zones are read and said to be fixes."""
    table = dated(texts, header="Created date")
    note = note_of(table, "Created date")
    assert cells(table, "Created date")[: len(texts)] == read
    assert note.is_fix and said in note.reason


def test_days_of_the_other_calendar_of_spreadsheets() -> None:
    """Day numbers that fit the other dates of the export only if counted from 1904 are."""
    serials = [str(39_694 + i * 7 % 30) for i in range(N)]
    other = [f"2012-09-{i % 28 + 1:02d}" for i in range(N)] + ["2012-10-05"]
    assert days(serials, header="Signup date", other=other)[0] == "2012-09-04"


def test_the_window_of_short_years_is_named() -> None:
    """24.12.69 is 1969 and 24.12.68 would be 2068."""
    table = dated(["25/12/12", "24/12/11"])
    assert "years 69 to 99 are 1969 to 1999" in note_of(table).reason


def test_one_zone_keeps_the_local_day() -> None:
    """Half past midnight in Berlin stays that day where no cell is of another zone, and UTC has several names."""
    table = dated(["2024-04-01T00:30:00Z", "2024-04-02T00:30:00+00:00"])
    assert not [note for note in table.notes if note.is_fix]
    assert days(["2024-04-01T00:30:00+02:00", "2024-04-02T00:30:00+02:00"])[0] == "2024-04-01"


def test_days_that_are_none_are_listed() -> None:
    """The years 1 and 9999, 30 February and a century too late: set missing, each record named."""
    odd = ["0001-01-01", "9999-12-31", "2012-02-30", "2112-01-01"]
    table = dated([*odd, *(f"2012-{i % 12 + 1:02d}-{i % 28 + 1:02d}" for i in range(N - 4))])
    assert cells(table, "Signup")[:4] == [None] * 4
    assert [entry.line for entry in table.set_aside] == [1, 2, 3, 4]


def test_the_first_day_of_a_calendar_stands_for_no_date() -> None:
    """1900-01-01 in a tenth of the cells, a century before all others, is missing, and its cells are counted."""
    table = dated(["1900-01-01", *(f"2012-0{i}-15" for i in range(1, 10))])
    assert cells(table, "Signup")[0] is None
    assert ("'1900-01-01'", N // 10) in [(note.before, note.n_rows) for note in table.notes]
    assert not table.set_aside


def test_a_month_is_its_first_day() -> None:
    """202511 is read as the first of November, and the log says so."""
    texts = [f"2025{i % 12 + 1:02d}" for i in range(N)]
    assert days(texts, header="Last purchase")[:2] == ["2025-01-01", "2025-02-01"]
    assert "first day" in dated(texts, header="Last purchase").notes[0].reason


def test_dates_that_a_spreadsheet_turned_around_are_turned_back() -> None:
    """Days up to the twelfth are ISO, all others texts with the day first: 2025-10-12 was 12/10/2025."""
    known = [f"2025-{day:02d}-{month:02d}" for day, month in zip(range(1, 11), range(3, 13), strict=True)]
    texts = [*known, *(f"{day}/0{day % 9 + 1}/2025" for day in range(13, 29))]
    table = dated(texts)
    assert cells(table, "Signup")[0] == "2025-03-01"
    assert note_of(table).is_fix and "exchanged back" in note_of(table).reason


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ([f"2025-01-{day:02d}" for day in range(1, 28)], [f"{day}/05/2025" for day in range(13, 29)]),
        ([f"2025-01-{day:02d}" for day in range(1, 11)], [f"{day}/05/2025" for day in range(5, 29)]),
        ([f"20{year}-05-01" for year in range(10, 25)], [f"{day}/05/2025" for day in range(13, 29)]),
    ],
    ids=["known days past the twelfth", "written days up to it", "bills of the first of May"],
)
def test_what_is_not_turned_back(known: list[str], written: list[str]) -> None:
    """Two ways of writing in one column, where not every day past the twelfth is of the second."""
    assert days([*known, *written])[0] == known[0]


def test_midnights_of_several_zones_are_days_there() -> None:
    """Midnight in Berlin is the day before in UTC, in summer and winter; what is meant is the day."""
    table = dated(["2025-03-10 00:00:00+0100", "2025-07-10 00:00:00+0200"])
    assert cells(table, "Signup")[:2] == ["2025-03-10", "2025-07-10"]
    assert "the day there is kept" in note_of(table).reason


def test_days_that_programs_count() -> None:
    """Days since 1970 would be days of the fifties for a spreadsheet; SQLite counts days from 4713 BC."""
    assert days([str(20_000 + i * 7 % 90) for i in range(N)], header="Signup date")[0] == "2024-10-04"
    assert days([str(2_459_320.5 + i * 7 % 90) for i in range(N)], header="Signup date")[0] == "2021-04-16"
