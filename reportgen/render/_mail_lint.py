"""Finds what mail programs drop, block or break, in the HTML of a message after its styles are inlined."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from reportgen.render._mail_support import unsupported

HTML_LIMIT = 90_000
"""Bytes: Gmail clips a message at about 102 kB, headers of its own included."""

MOST_ROWS = 15
"""Rows of one table."""

TAGS = frozenset(
    {
        *("svg", "math", "canvas", "video", "audio", "object", "embed", "iframe", "frame", "picture", "source"),
        *("script", "form", "input", "button", "select", "textarea", "link", "base", "template", "dialog"),
    }
)

STYLES = (
    (re.compile(r"\bflex\b|inline-flex|\bgrid\b"), "flex or grid"),
    (re.compile(r"var\("), "a CSS variable"),
    (re.compile(r"gradient\("), "a gradient"),
    (re.compile(r"url\("), "an address in a style"),
    (re.compile(r"@import|@font-face"), "a web font or imported style"),
    (re.compile(r"\b(position|float|transform|animation)\s*:"), "positioned or moving content"),
    (re.compile(r"\b(calc|min|max|clamp)\("), "a computed length"),
)

OUTLOOK_TABLE = (
    '[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" align="center">'
    "<tr><td><![endif]",
    "[if mso]></td></tr></table><![endif]",
)
"""The only comments: Outlook on Windows reads what stands in them as markup."""

ADDRESSES = {"src": re.compile(r"cid:[a-z0-9-]+"), "href": re.compile(r"mailto:[^\s]+|#[a-z0-9-]*")}
"""Attribute → the only addresses it may hold: nothing is loaded from anywhere."""

LOADING = frozenset({"src", "srcset", "href", "background", "poster", "action", "data", "formaction", "xlink:href"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._rows: list[int] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in TAGS:
            self.faults.append(f"<{tag}>")
        if tag == "style":
            self._in_style = True
        if tag == "table":
            self._rows.append(0)
        if tag == "tr" and self._rows:
            self._rows[-1] += 1
        if tag == "img":
            self._picture(given)
        for name, value in given.items():
            self._attribute(tag, name, value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._in_style = False
        if tag == "table" and self._rows:
            rows = self._rows.pop()
            if rows > MOST_ROWS:
                self.faults.append(f"a table of {rows} rows; {MOST_ROWS} are allowed")

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._style(data)

    def handle_comment(self, data: str) -> None:
        if data not in OUTLOOK_TABLE:
            self.faults.append(f"a comment: {data[:40]}")

    def _picture(self, given: dict[str, str]) -> None:
        if not given.get("alt"):
            self.faults.append("a picture without alt text")
        if not re.fullmatch(r"\d+", given.get("width", "")):
            self.faults.append("a picture without a width in pixels")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.faults.append(f"{name} on <{tag}>")
        if name in LOADING:
            allowed = ADDRESSES.get(name)
            if allowed is None or not allowed.fullmatch(value):
                self.faults.append(f"{name}={value[:60]!r} on <{tag}>")
        if name == "style":
            self._style(value)
            self.faults += unsupported(value)

    def _style(self, style: str) -> None:
        self.faults += [f"{what} in a style" for pattern, what in STYLES if pattern.search(style.lower())]


def find_faults(html: str) -> list[str]:
    """What mail programs would not show as meant, one clause each; empty if the HTML can be sent."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    size = len(html.encode("utf-8", "replace"))
    too_large = [f"{size:,} bytes; {HTML_LIMIT:,} are allowed"] if size > HTML_LIMIT else []
    return [*dict.fromkeys(reader.faults), *too_large]
