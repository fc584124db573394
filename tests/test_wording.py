"""Numbers, units and labels as the reader sees them."""

from __future__ import annotations

import pytest
from persona_facts import column

from reportgen import language, wording
from reportgen.records.table import Role
from reportgen.verify.printed import stands_in


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, "0%"), (0.004, "<1%"), (0.195, "20%"), (0.996, ">99%"), (1.0, "100%")]
)
def test_only_nothing_is_nought_per_cent(share: float, shown: str) -> None:
    """A share that is not 0 or 1 never prints as 0% or 100%."""
    assert wording.format_share(share) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(8512.4, "8,512"), (86.54, "86.5"), (0.554, "0.554"), (0.04, "0.040"), (-0.0001, "0.000")]
)
def test_numbers_have_three_or_four_digits(value: float, shown: str) -> None:
    """Decimals fall as the number grows, and nothing prints as minus nought."""
    assert wording.format_number(value) == shown


def test_one_is_singular() -> None:
    """One year is no years, and a unit of the export is left as it is."""
    assert wording.format_amount(1, "years", 0) == "1 year"
    assert wording.format_amount(-1, "points", 0) == "−1 point"
    assert wording.format_amount(1.04, "days", 1) == "1.0 days"
    assert wording.format_amount(1, "pieces", 0) == "1 pieces"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(1204, "€", "€1,204"), (-150, "$", "−$150"), (12, "%", "12.0%"), (86.5, "k$", "86.5 k$")],
)
def test_units_stand_where_the_reader_expects_them(value: float, unit: str, shown: str) -> None:
    """Currency signs before, behind the minus; a per cent sign without a space; any other unit after one."""
    assert wording.format_amount(value, unit) == shown


def test_ages_are_years() -> None:
    """Ages have a unit without being told; others have the header's."""
    units = [wording.unit_of(column("Column", role, unit=unit)) for role, unit in ((Role.AGE, ""), (Role.MONEY, "k$"))]
    assert units == ["years", "k$"]


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Annual income", "annual income"),
        ("GB download", "GB download"),
        ("Q3 sales", "Q3 sales"),
        ("iPad", "iPad"),
        ("", ""),
    ],
)
def test_labels_stand_in_lower_case_unless_they_are_abbreviations(label: str, shown: str) -> None:
    """Annual income, but GB and Q3."""
    assert wording.inner_case(label) == shown


def test_printed_numbers_are_found_in_order() -> None:
    """Thousands, decimals and minus signs; a digit inside a word is none."""
    found = wording.numbers_in("In Q3 1,234 customers spent −5.5 less, .5 of them")
    assert [(number.shown, number.value) for number in found] == [("1,234", 1234.0), ("−5.5", -5.5), (".5", 0.5)]


@pytest.mark.parametrize(
    "text",
    [
        *("Flight miles 12mo ≤ 0: 5", "1,234x and 3.5mo, 7. End", "2nd of 4k, 30%", "5,5,5 of 7", "1,5,1.5 or 30"),
        *("3−4 of 9", "1.5,2 and 4", "1,2; 3,4: 8"),
    ],
)
@pytest.mark.parametrize("code", ["en", "de"])
def test_every_number_that_is_found_stands_in_its_text(text: str, code: str) -> None:
    """`12` of a column called `12mo`, `5` of a label `5,5,5` were found once and not again, so no report could be
    verified that tells of them."""
    with language.speaking(code):
        assert all(stands_in(number.shown, text) for number in wording.numbers_in(text))
        assert wording.numbers_in(text)


def test_nothing_invisible_is_shown() -> None:
    """Control characters and bidi overrides become spaces, long text is cut with an ellipsis."""
    assert wording.scrub("a\u202eb\x00c") == "a b c"
    assert wording.scrub("x" * 50, 10) == "x" * 9 + "…"
