"""Every catalogue translates every text, with the same names in braces."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from catalogue_messages import messages

from reportgen.language import FOLDER
from reportgen.personas._toml import no_digits

CATALOGUES = sorted(FOLDER.glob("*.po"))
HELPS = frozenset({"hyphenated", "label"})
"""Names that a word of a persona's name may use or leave: the label with blanks or with hyphens."""


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def texts(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def used() -> list[Message]:
    return [message for message in messages() if message.id]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_text_is_translated(path: Path) -> None:
    """No text that the code, a template or a data file looks up is missing from a catalogue."""
    catalogue = read(path)
    found = [(message, catalogue.get(texts(message.id)[0], message.context)) for message in used()]
    assert [message.id for message, known in found if known is None or not all(texts(known.string))] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_no_translation_is_left_over(path: Path) -> None:
    """A text that nothing looks up any more leaves the catalogue."""
    known = {(texts(message.id)[0], message.context) for message in used()}
    assert [m.id for m in read(path) if m.id and (texts(m.id)[0], m.context) not in known] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_translations_hold_the_same_names(path: Path) -> None:
    """Every name in braces stands in every form, and no other does."""
    faults = []
    for message in read(path):
        if message.id:
            wanted = set().union(*map(names, texts(message.id))) - HELPS
            faults += [text for text in texts(message.string) if names(text) - HELPS != wanted]
    assert faults == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_names_and_actions_print_no_number(path: Path) -> None:
    """Words of names hold no digit: numbers come from the data, as claims."""
    for message in read(path):
        if message.context == "name":
            no_digits(str(message.string))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_no_word_grows_out_of_a_number(path: Path) -> None:
    """`Das {n}e Merkmal` became `Das eine Merkmal`, in which the claim's number, `ein`, is not found again."""
    forms = [form for message in read(path) if message.id for form in (*texts(message.id), *texts(message.string))]
    assert [form for form in forms if re.search(r"\}[^\W\d_]", form)] == []
