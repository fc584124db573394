"""Registry[T]: one public file of a folder is one plug-in, named by its file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Generic, TypeVar

Plugin = TypeVar("Plugin")

NOT_PLUGINS = frozenset({"base", "stage"})


class Registry(Generic[Plugin]):
    """The plug-ins of one package: every module not named `base`, `stage` or `_x` offers one attribute.

    Nothing is imported before the first look; the order is the alphabet's.
    """

    def __init__(self, package: str, attribute: str) -> None:
        """`package` is the dotted folder, `attribute` the name each module must define."""
        self._package = package
        self._attribute = attribute
        self._plugins: dict[str, Plugin] | None = None

    def _load(self) -> dict[str, Plugin]:
        if self._plugins is None:
            package = importlib.import_module(self._package)
            names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
            self._plugins = {
                name: getattr(importlib.import_module(f"{self._package}.{name}"), self._attribute)
                for name in names
                if name not in NOT_PLUGINS and not name.startswith("_")
            }
        return self._plugins

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __getitem__(self, name: str) -> Plugin:
        return self._load()[name]

    def items(self) -> list[tuple[str, Plugin]]:
        return list(self._load().items())
