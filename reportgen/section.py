"""What every section of the settings has in common."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from textwrap import dedent

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """Unknown names are refused, defaults are checked, docstrings become the comments of a settings file."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


def comments_of(section: type[BaseModel]) -> dict[str, str]:
    """Setting → the docstring below it, on one line.

    Read from the source by who writes a settings file: pydantic would do so for every section at each start.
    """
    comments: dict[str, str] = {}
    for one in reversed(section.__mro__):
        if issubclass(one, Section):
            comments |= dict(_docstrings_in(dedent(inspect.getsource(one))))
    return comments


def _docstrings_in(source: str) -> Iterator[tuple[str, str]]:
    (made,) = ast.parse(source).body
    for one in pairwise(made.body if isinstance(made, ast.ClassDef) else ()):
        match one:
            case ast.AnnAssign(target=ast.Name(id=setting)), ast.Expr(value=ast.Constant(value=str(comment))):
                yield setting, " ".join(comment.split())
