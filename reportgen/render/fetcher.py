"""Fetches what a page may name: `data:` addresses and the bundled fonts. Everything else stops the rendering."""

from __future__ import annotations

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reportgen.resources import find_resource

FONT_SCHEME = "font:"
FONTS = {
    name: f"{FONT_SCHEME}{name}"
    for name in ("IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf", "IBMPlexSans-Italic.ttf")
}
"""File under `templates/fonts` → the address a style sheet names it by."""


class BundledOnly(URLFetcher):  # type: ignore[misc]
    """Refuses the network and the disk, fonts apart: text from an export may hold any address (CVE-2025-68616)."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The resource. Raises FatalURLFetchingError for any address but `data:` and a bundled font."""
        if url.startswith(FONT_SCHEME) and url.removeprefix(FONT_SCHEME) in FONTS:
            content = (find_resource("templates") / "fonts" / url.removeprefix(FONT_SCHEME)).read_bytes()
            return URLFetcherResponse(url, content, {"Content-Type": "font/ttf"})
        if url.startswith("data:"):
            return super().fetch(url, headers)
        raise FatalURLFetchingError(f"a page names an address that is not allowed: {url[:80]!r}")
