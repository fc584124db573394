"""Fetches what a page may name: `data:` addresses, bundled fonts, our drawings. Everything else stops the rendering."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reportgen.resources import find_resource

FONT_SCHEME = "font:"
FONTS = {
    name: f"{FONT_SCHEME}{name}"
    for name in ("IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf", "IBMPlexSans-Italic.ttf")
}
"""File under `templates/fonts` → the address a style sheet names it by."""


DRAWING_SCHEME = "drawing:"


class BundledOnly(URLFetcher):  # type: ignore[misc]
    """Refuses the network and the disk, fonts apart: text from an export may hold any address (CVE-2025-68616)."""

    def __init__(self, drawings: Mapping[str, str] = MappingProxyType({})) -> None:
        """`drawings`: SVGs by the name that an address gives after DRAWING_SCHEME."""
        self._drawings = drawings
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The resource. Raises FatalURLFetchingError for any address but `data:`, a bundled font and a drawing."""
        if (name := url.removeprefix(DRAWING_SCHEME)) != url and name in self._drawings:
            return URLFetcherResponse(url, self._drawings[name].encode(), {"Content-Type": "image/svg+xml"})
        if url.startswith(FONT_SCHEME) and url.removeprefix(FONT_SCHEME) in FONTS:
            content = (find_resource("templates") / "fonts" / url.removeprefix(FONT_SCHEME)).read_bytes()
            return URLFetcherResponse(url, content, {"Content-Type": "font/ttf"})
        if url.startswith("data:"):
            return super().fetch(url, headers)
        raise FatalURLFetchingError(f"a page names an address that is not allowed: {url[:80]!r}")
