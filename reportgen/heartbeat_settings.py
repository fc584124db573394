"""The section [heartbeat] of the settings: whom a run tells that it went well, so that silence can raise an alarm."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from reportgen.section import Section

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts to which an address may go in clear: it does not leave the machine."""


def is_allowed(url: str) -> bool:
    """Whether the address is https, or http to this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK))


def check_address(url: str) -> str:
    if url and not is_allowed(url):
        raise PydanticCustomError("address", "should begin with https:// (http:// for this machine alone)")
    return url


class HeartbeatSettings(Section):
    """Stays out of the report, its manifest and its digest: it says nothing about the segments."""

    url: Annotated[str, AfterValidator(check_address)] = ""
    """Address that is asked for once after a run that went well (https); empty: none."""
    file: str = ""
    """File that holds the time of the last run that went well; empty: none."""
