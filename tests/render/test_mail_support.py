"""The message uses what mail programs show, by the data of "Can I email"."""

from __future__ import annotations

import re

import pytest

from reportgen.render import _mail_support
from reportgen.render._mail_support import DISPENSABLE, support, unsupported

PROGRAMS = {
    *("gmail", "gmail-ios", "gmail-android", "outlook-windows", "outlook-macos", "outlook-web", "outlook-ios"),
    *("outlook-android", "apple-mail", "apple-mail-ios", "yahoo", "yahoo-ios", "yahoo-android"),
}


def test_the_data_covers_every_program() -> None:
    """Gmail, Outlook on Windows, Mac, web and phone, Apple Mail, Yahoo: each feature has an answer for each."""
    assert re.fullmatch(r"[0-9a-f]{40}", str(support()["commit"]))
    for kind in ("css", "html"):
        for name, answers in support()[kind].items():
            assert {one for key in "yanu" for one in answers.get(key, ())} == PROGRAMS, name


def test_what_a_program_drops_has_a_reason() -> None:
    """Everything dispensable is dropped by some program; nothing else that is dropped passes."""
    dropped = {name for name, answers in support()["css"].items() if answers.get("n")}
    assert set(DISPENSABLE) <= dropped
    assert {name for name in dropped if unsupported(f"{name}: 1px") and name.isidentifier()} == set()
    assert unsupported("color-scheme: dark")


@pytest.mark.parametrize("style", ["color: red; border-top: 0; padding-left: 2px", "width: 100%; max-width: 600px", ""])
def test_what_is_shown_passes(style: str) -> None:
    """Longhands stand and fall with their shorthand."""
    assert unsupported(style) == []


@pytest.mark.parametrize("style", ["border-radius: 3px", "background-image: none", "margin: 0; opacity: .5"])
def test_what_nobody_has_listed_is_refused(style: str) -> None:
    """A property that is new to the template needs its facts first."""
    assert unsupported(style)


def test_a_dropped_property_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its reason the width of the sheet would be a fault, and says which program drops it."""
    monkeypatch.setattr(_mail_support, "DISPENSABLE", {})
    assert unsupported("max-height: 0") == ["max-height in a style: outlook-windows drop it"]
