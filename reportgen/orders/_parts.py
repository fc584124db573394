"""Order lines in parts: all of one customer lie in one, so that adding up needs the room of one part at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from reportgen.engine.base import Engine


def split(frame: nw.LazyFrame[Any], key: str, n_rows: int, engine: Engine) -> list[nw.LazyFrame[Any]]:
    """See `reportgen.engine.base.Engine.split`."""
    return [nw.from_native(part).lazy() for part in engine.split(frame.to_native(), key, n_rows)]


def held(frame: nw.LazyFrame[Any], engine: Engine) -> nw.LazyFrame[Any]:
    """See `reportgen.engine.base.Engine.hold`."""
    kept: nw.LazyFrame[Any] = nw.from_native(engine.hold(frame.to_native())).lazy()
    return kept


def whole(parts: Sequence[nw.LazyFrame[Any]]) -> nw.LazyFrame[Any]:
    """All lines of the parts."""
    return nw.concat(parts) if len(parts) > 1 else parts[0]
