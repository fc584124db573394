"""Patterns as Java understands them."""

from __future__ import annotations

import pytest

from reportgen.engine.spark_patterns import java_pattern, java_replacement


@pytest.mark.parametrize(
    ("pattern", "java"),
    [
        ("^[0-9]+$", r"(?d)^[0-9]+\z"),
        (r"[$]\$", r"(?d)[$]\$"),
        ("[[(]", r"(?d)[\[(]"),
        ("[]a]b$", r"(?d)[\]a]b\z"),
        (r"[^]&&]", r"(?d)[^\]\&\&]"),
        (r"[\]$]$", r"(?d)[\]$]\z"),
    ],
)
def test_patterns_keep_their_meaning(pattern: str, java: str) -> None:
    """A `$` outside a class is the very end; no sign within a class opens another class or cuts two."""
    assert java_pattern(pattern) == java


def test_a_replacement_names_no_group() -> None:
    """Dollars and backslashes stand for themselves."""
    assert java_replacement(r"$1 \ 2") == r"\$1 \\ 2"
