"""What mail programs are known not to show, and why the message does without it: data of "Can I email"."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

UNIVERSAL = frozenset({"color", "font-family"})
"""In every mail program since HTML 3.2; the source does not list them."""
SAME_AS = re.compile(r"^(border|padding|margin)-(top|right|bottom|left|color)$")
"""`border-top` stands and falls with `border`."""
DISPENSABLE = {
    "max-height": "hides the line for the mailbox, as do display and the smallest type",
    "overflow": "the same",
    "height": "pictures have their height as an attribute",
    "white-space": "numbers are short, and only their line could break",
}
"""Property → why a program that drops it shows the message as meant."""
_DECLARATION = re.compile(r"(?:^|;)\s*([a-z-]+)\s*:")


@cache
def support() -> dict[str, dict[str, Any]]:
    """css → property → the programs by answer: y yes, a in part, n no, u not known."""
    table: dict[str, dict[str, Any]] = tomllib.loads(
        files("reportgen.render").joinpath("mail_support.toml").read_text(encoding="utf-8")
    )
    return table


def unsupported(style: str) -> list[str]:
    """What in a style attribute is not shown by some program and not known to be dispensable, a clause each."""
    faults = []
    for name in dict.fromkeys(_DECLARATION.findall(style.lower())):
        listed = SAME_AS.sub(r"\1", name)
        if name in UNIVERSAL or listed in DISPENSABLE:
            continue
        known = support()["css"].get(listed)
        if known is None:
            faults.append(f"{name} in a style: nobody has said which programs show it")
        elif dropped := known.get("n"):
            faults.append(f"{name} in a style: {', '.join(dropped)} drop it")
    return faults
