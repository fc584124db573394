"""Asks one address and no other: no redirect is followed, and nothing goes in clear beyond this machine."""

from __future__ import annotations

from typing import Any

from reportgen.heartbeat_settings import is_allowed


def ask(url: str, timeout: float, data: bytes | None = None) -> int:
    """The status of the answer. Raises OSError, ValueError, HTTPException for any but success from this address."""
    from urllib.request import HTTPRedirectHandler, Request, build_opener

    class Refuse(HTTPRedirectHandler):
        def redirect_request(self, *_redirect: Any) -> None:
            """None: the address that was named is asked, and no other."""

    if not is_allowed(url):
        raise ValueError("it is neither https nor on this machine")
    headers = {"Content-Type": "application/json"} if data else {}
    with build_opener(Refuse).open(Request(url, data, headers), timeout=timeout) as answer:  # noqa: S310 - checked
        return int(answer.status)
