"""Reads answers to questions as steps of a scale: `Strongly agree` is 5 of 5, `4 (rather)` is 4."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from reportgen.wording import fold

FILE = Path(__file__).with_name("answers.toml")
_NUMBERED = re.compile(r"^([+-]?[0-9]{1,2})(?:\s*[-–—=:.,)(/|]+\s*\S.*|\s+[^\W\d_].*)?$")
_SIGNS = re.compile(r"[^\w]+")

Scale = tuple[frozenset[str], ...]
"""The wordings of each step, the lowest step first."""


@cache
def _wordings() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def scales() -> tuple[Scale, ...]:
    """The scales that answers are told by, the shortest first. Steps of one scale share no wording."""
    found = [tuple(frozenset(map(plain, step)) for step in steps) for steps in _wordings()["scales"].values()]
    return tuple(sorted(found, key=len))


@cache
def no_answers() -> frozenset[str]:
    """What stands for no answer beside the steps: `Don't know`."""
    return frozenset(map(plain, _wordings()["none"]))


@cache
def plain(text: str) -> str:
    """Small letters without accents and signs."""
    return _SIGNS.sub(" ", fold(text)).strip()


def numbered_step(text: str) -> int | None:
    """The number at the start of `4`, `4 (rather)` and `4 - rather`; None for any other text."""
    found = _NUMBERED.match(text.strip())
    return int(found[1]) if found else None


def scale_of(texts: Collection[str], n_steps: int | None = None) -> Scale | None:
    """The shortest scale (of so many steps) that has every text for one of its steps or for no answer; None without."""
    said = {plain(text) for text in texts} - no_answers()
    fitting = (scale for scale in scales() if n_steps in (None, len(scale)) and said <= frozenset().union(*scale))
    return next(fitting, None) if said else None


def step_on(scale: Scale, text: str) -> int | None:
    """The step of a text, from 1; None for one that is none."""
    said = plain(text)
    return next((place for place, step in enumerate(scale, start=1) if said in step), None)


def steps_in(texts: Iterable[str]) -> dict[str, int] | None:
    """Text → the number it begins with; None where one begins with none, or where all are numbers alone."""
    steps = {
        text: step for text in texts if plain(text) not in no_answers() and (step := numbered_step(text)) is not None
    }
    n_answers = sum(plain(text) not in no_answers() for text in texts)
    has_words = any(any(map(str.isalpha, text)) for text in steps)
    return steps if steps and has_words and len(steps) == n_answers else None
