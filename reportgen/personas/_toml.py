"""Reads the data files that a marketer can edit, and says what is wrong with them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from string import Formatter
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from reportgen import wording
from reportgen.errors import ReportgenError

FOLDER = Path(__file__).parent


class Part(BaseModel):
    """A table of such a file; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


File = TypeVar("File", bound=Part)


def read_file(name: str, shape: type[File]) -> File:
    """The content of reportgen/personas/`name`. Raises ReportgenError (RG-060)."""
    return parse_file(name, (FOLDER / name).read_text(encoding="utf-8"), shape)


def parse_file(name: str, text: str, shape: type[File]) -> File:
    """The same from its text. Raises ReportgenError (RG-060)."""
    try:
        return shape.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise ReportgenError("RG-060", f"{name} is not valid TOML: {fault}.") from None
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReportgenError(
            "RG-060",
            f"In {name}, {where}: {first['msg'].removeprefix('Value error, ')}.",
            "Its first lines explain it.",
        ) from None


def no_digits(text: str) -> str:
    """The text itself. Raises ValueError where it prints a number: numbers come from the data, as claims."""
    if wording.numbers_in(text):
        raise ValueError(f"the text prints a number: {text!r}")
    return text


def placeholders(text: str) -> list[str]:
    """The names in braces, in order. Raises ValueError for braces that do not close or hold more than a name."""
    fields = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None]
    if any(not name.isidentifier() or spec or conversion for name, spec, conversion in fields):
        raise ValueError(f"braces hold a name and nothing else: {text!r}")
    return [name for name, _, _ in fields]
