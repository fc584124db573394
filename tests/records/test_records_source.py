"""What names an export's place, what is shown of it, and what is noted for verify."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.records.source import read_source_note, source_note, source_of


@pytest.mark.parametrize(
    ("url", "name", "shown"),
    [
        ("postgresql://ann:s3cr:et@host:5432/shop", "postgresql://host:5432/shop", "postgresql://ann@host:5432/shop"),
        ("postgres://host/shop?password=s3cret", "postgres://host/shop", "postgres://host/shop"),
        ("mysql+pymysql://ann:p@s3cret@host/shop", "mysql://host/shop", "mysql://ann@host/shop"),
        ("MARIADB://:s3cret@host/shop", "mariadb://host/shop", "mariadb://host/shop"),
    ],
)
def test_no_password_is_shown(url: str, name: str, shown: str) -> None:
    """Neither in the name, the noted address nor the record's own text."""
    source = source_of(url)
    assert (source.name, source.shown_url, source.url) == (name, shown, url)
    assert "s3c" not in repr(source) + source_note(source).decode()


def test_a_path_is_named_by_its_last_part() -> None:
    """Pages must not tell the folders of a machine; a web address is a path that does not exist."""
    assert source_of("exports/a.csv").name == "a.csv"
    assert source_of("https://shop.example/a.csv").url == ""
    assert source_of("-").is_standard_input


@pytest.mark.parametrize("place", ["/data/a.csv", "-", "postgresql://ann@host/shop"])
def test_what_is_noted_can_be_read_back(place: str) -> None:
    """source.json leads to the same source."""
    source = source_of(place)
    assert read_source_note(source_note(source)) == source


@pytest.mark.parametrize(
    "note",
    [b"", b"{}", b"[]", b'{"path": "a.csv"}\n', b'{"path":"/a.csv"}', b'{"url": "file:///a"}\n', b'{"path": 7}\n'],
)
def test_a_note_of_another_form_is_none(note: bytes) -> None:
    """Relative paths, other spacing, other keys: not as it was published."""
    assert read_source_note(note) is None


def test_a_path_that_is_not_utf8_survives() -> None:
    """Names of old file systems."""
    source = source_of(Path("/data/caf\udce9.csv"))
    assert read_source_note(source_note(source)) == source
