"""The vocabulary of header words."""

from __future__ import annotations

import pytest

from reportgen.roles.vocabulary import load_vocabulary
from reportgen.wording import fold


@pytest.mark.parametrize(
    ("meaning", "header", "found"),
    [
        ("money", "annual income", "income"),
        ("money", "jahresumsatz", "jahresumsatz"),
        ("age", "edad", "edad"),
        ("postcode", "zip code", "zip code"),
        ("postcode", "code", ""),
        ("birth", "geburtsjahr", "geburtsjahr"),
    ],
)
def test_phrases_and_stars(meaning: str, header: str, found: str) -> None:
    """Words, phrases of consecutive words and compounds are found, and nothing else."""
    assert load_vocabulary().find(meaning, header.split()) == found


def test_folding_takes_accents_off() -> None:
    """Words are written without accents in the file."""
    assert fold("Größe âgé Año") == "grosse age ano"


def test_every_word_is_folded_already() -> None:
    """A word with an accent or capital in the file would never be found."""
    phrases = [phrase for meaning in load_vocabulary().meanings.values() for phrase in meaning]
    assert [word for phrase in phrases for word in phrase if fold(word) != word] == []
