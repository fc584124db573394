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

    Each is imported when it is first asked for; the order is the alphabet's.
    """

    def __init__(self, package: str, attribute: str) -> None:
        """`package` is the dotted folder, `attribute` the name each module must define."""
        self._package = package
        self._attribute = attribute
        self._names: tuple[str, ...] | None = None
        self._plugins: dict[str, Plugin] = {}

    def __iter__(self) -> Iterator[str]:
        if self._names is None:
            package = importlib.import_module(self._package)
            names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
            self._names = tuple(name for name in names if name not in NOT_PLUGINS and not name.startswith("_"))
        return iter(self._names)

    def __getitem__(self, name: str) -> Plugin:
        if name not in self._plugins:
            if name not in iter(self):
                raise KeyError(name)
            module = importlib.import_module(f"{self._package}.{name}")
            self._plugins[name] = getattr(module, self._attribute)
        return self._plugins[name]

    def items(self) -> Iterator[tuple[str, Plugin]]:
        """Name and plug-in, one after the other."""
        return ((name, self[name]) for name in self)
