"""Sections of the settings."""

from __future__ import annotations

from reportgen.config import InputSettings
from reportgen.section import Section, comments_of


def test_a_setting_has_its_comment() -> None:
    """What stands below a setting in the code is its comment in a settings file."""
    assert comments_of(InputSettings)["query"] == "One SELECT, for a database."


def test_a_section_has_the_comments_of_the_one_it_extends() -> None:
    """A step's section says what `on` means, as all steps do."""

    class Shared(Section):
        on: bool = True
        """Whether it is done."""

    class Own(Shared):
        least: int = 1
        """The fewest,
        counted."""

    assert comments_of(Own) == {"on": "Whether it is done.", "least": "The fewest, counted."}
