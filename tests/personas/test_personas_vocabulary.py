"""The file that a marketer can edit."""

from __future__ import annotations

import pytest
from persona_facts import column

from reportgen.errors import ReportgenError
from reportgen.personas._toml import FOLDER, parse_file
from reportgen.personas.vocabulary import Vocabulary, vocabulary
from reportgen.records.table import Role
from reportgen.wording import header_words

FILE = (FOLDER / "vocabulary.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("header", ["Annual Income", "annual_income", "AnnualIncome", "ANNUAL-INCOME"])
def test_a_header_is_read_however_it_is_written(header: str) -> None:
    """Spaces, underscores, hyphens and capitals part words."""
    assert header_words(header) == ["annual", "income"]


def test_a_header_that_says_more_has_no_entry() -> None:
    """Income of the partner is not income."""
    assert vocabulary().entry_for(column("Partner income")) is None


def test_roles_part_entries_of_one_word() -> None:
    """Purchases in money are revenue, purchases counted are orders."""
    topics = [vocabulary().entry_for(column("Purchases", role)) for role in (Role.MONEY, Role.COUNT)]
    assert [entry.topic for entry in topics if entry] == ["purchases", "orders"]


@pytest.mark.parametrize("header", ["Gender", "Genre", "birth_year", "MaritalStatus", "Ethnic group", "Health index"])
def test_sensitive_headers_are_known(header: str) -> None:
    """Words of protected traits, however the header is written."""
    assert vocabulary().is_sensitive(column(header))
    assert not vocabulary().is_sensitive(column("Page views"))


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('high = "Spenders"', 'high = "Top 10 Spenders"', "prints a number"),
        ("{mean} a year", "a lot", "must hold {mean} once"),
        ('topic = "income"', 'topik = "income"', "topi"),
        ("[[entry]]", "[[entry", "not valid TOML"),
    ],
)
def test_a_mistake_in_the_file_is_named(before: str, after: str, complaint: str) -> None:
    """The message names the file and what is wrong."""
    with pytest.raises(ReportgenError, match=r"vocabulary\.toml") as raised:
        parse_file("vocabulary.toml", FILE.replace(before, after, 1), Vocabulary)
    assert raised.value.code == "RG-060"
    assert complaint in raised.value.sentence


@pytest.mark.parametrize(
    ("header", "words"),
    [("Währung", ["währung"]), ("ÜBERSICHT", ["übersicht"]), ("ÄrzteKammer", ["ärzte", "kammer"]), ("Łódź", ["łódź"])],
)
def test_a_capital_before_an_accent_is_no_word_of_its_own(header: str, words: list[str]) -> None:
    assert header_words(header) == words
