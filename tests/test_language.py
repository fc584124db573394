"""The language of the report: numbers and dates as its readers write them, and a language added by one file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen import language, wording
from reportgen.claims import measure, say
from reportgen.errors import ReportgenError
from reportgen.language import counted, languages, month_name, speaking, text
from reportgen.report_settings import ReportSettings
from reportgen.verify.printed import agrees, stray_numbers

FRENCH = """
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "{n} of {all}"
msgstr "{n} sur {all}"

msgid "{n} customer"
msgid_plural "{n} customers"
msgstr[0] "{n} client"
msgstr[1] "{n} clients"
"""


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "fr.po").write_text(FRENCH, encoding="utf-8")
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    yield
    language.load.cache_clear()


@pytest.mark.usefixtures("french")
def test_a_language_is_one_file() -> None:
    """A catalogue in the folder is a language: its texts, its plurals and the signs of its numbers."""
    assert languages() == ("en", "fr")
    with speaking(ReportSettings(language="fr").language):
        assert text("{n} of {all}", n=2, all=5) == "2 sur 5"
        assert [wording.plural(n, "customer") for n in (0, 1, 2)] == ["0 client", "1 client", "2 clients"]
        assert wording.format_number(1234.5, 1) == "1\u202f234,5"
        assert text("not in the catalogue") == "not in the catalogue"


def test_german_numbers_look_german() -> None:
    """Comma, point, a no-break space before the per cent sign, the currency behind."""
    with speaking("de"):
        assert wording.format_count(1234567) == "1.234.567"
        assert wording.format_share(0.2) == "20\xa0%"
        assert wording.format_amount(-1204.5, "€", 2) == "−1.204,50\xa0€"
        assert wording.format_p_value(0.0123) == "p = 0,012"
        assert wording.format_sd(1.04) == "+1,0 SD"
        assert (month_name(2026, 3), wording.number_word(5)) == ("März 2026", "fünf")


@pytest.mark.parametrize("value", [0.04, 1.0, 12.0, -86.5, 1204.0, 1e6 + 0.25, -0.001])
def test_german_numbers_are_read_back(value: float) -> None:
    """What is printed with a comma agrees with its value, and no part of it is a number of its own."""
    with speaking("de"):
        shown = wording.format_amount(value, "k$")
        assert agrees(shown, value, "k$")
        assert stray_numbers(f"Im Mittel {shown}, mehr nicht.", [shown]) == ""
        assert [number.shown for number in wording.numbers_in(f"Es sind {shown}.")] == [shown.removesuffix(" k$")]


def test_a_translator_may_reorder_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quantities keep the order of the English text, whatever the order of the translation."""
    monkeypatch.setattr(language.spoken().catalogue, "gettext", lambda _: "Bei {share} sind es {n}.", raising=False)
    n = measure("count", 5, "5", segment=1)
    share = measure("share", 0.2, "20%", segment=1)
    claim = say("order", "{n} customers, {share} of all.", n=n, share=share)
    assert (claim.text, claim.quantities) == ("Bei 20% sind es 5.", (n, share))


def test_counted_texts_follow_the_plural_rule() -> None:
    """One is singular, all else plural, a part of one too."""
    assert [counted("{n} day", "{n} days", n, n=n) for n in (0, 1, 2, 0.5)] == ["0 days", "1 day", "2 days", "0.5 days"]


def test_the_language_ends_with_its_block() -> None:
    """After a German report everything is English again."""
    with speaking("de"):
        assert text("Customers") == "Kunden"
    assert text("Customers") == "Customers"


def test_an_unknown_language_is_refused() -> None:
    """The settings name the languages there are."""
    from reportgen.config import Settings

    with pytest.raises(ReportgenError, match=r"should be 'en'.*'de'|'de'.*'en'"):
        Settings().with_overrides("report", language="xx")


def test_english_loads_no_babel() -> None:
    """Neither an English text nor the list of languages imports Babel."""
    import subprocess
    import sys

    script = (
        "import sys; from reportgen.language import languages, text, month_name; "
        "languages(), text('a'), month_name(2026, 1); print('babel' in sys.modules)"
    )
    outcome = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert outcome.stdout.strip() == "False"
