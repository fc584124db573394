"""Takes the address of a database behind JDBC apart, and shows no part of it that may hold a secret.

Every driver has a syntax of its own for logins and options. What is not surely harmless is left out of what is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

_ADDRESS = re.compile(
    r"(?P<scheme>jdbc:(?P<kind>[\w+-]+):(?:[\w+-]+:)*)(?P<place>[^?;]*)(?P<options>.*)", re.IGNORECASE | re.DOTALL
)
_OPTIONS_BEHIND_COLON = re.compile(r":(?=\w+=)")
"""As DB2 has them: `//db:50000/shop:user=ann;`."""
_HOSTS = re.compile(r"(?:(?:[\w.-]+|\[[0-9a-fA-F:]+\])(?::\d+)?(?:,(?!$)|$))*")
_PATH = re.compile(r"[\w./~$ \\:-]*")
_HARMLESS = re.compile(
    r"user(?:name)?|database(?:name)?|db|(?:current)?schema|warehouse|role|create|ssl(?:mode)?|usessl|encrypt"
    r"|trustservercertificate|servertimezone",
    re.IGNORECASE,
)
"""Options that are shown: a table can be read again only where they are known."""


@dataclass(frozen=True, slots=True)
class JdbcAddress:
    """An address in its parts."""

    kind: str
    """`postgresql`, `sqlserver`: what stands behind `jdbc:`."""
    shown: str
    """Without anything that may be a secret; `jdbc:postgresql:` alone where the rest cannot be told apart."""
    connect: str = field(repr=False)
    """As the driver takes it; where it has no other scheme than its kind's, a login before the host is taken out."""
    user: str = field(repr=False)
    """Of that login."""
    password: str = field(repr=False)
    is_plain: bool
    """Whether it could be told apart; else nothing that names it may be repeated."""

    @property
    def name(self) -> str:
        """For pages: without options, of a file without its folder."""
        bare = re.split(r"[?;]", self.shown)[0].rstrip(":")
        scheme, folder, path = bare.partition(":/")
        return f"{scheme}:{re.split('[/:]', path.rstrip('/'))[-1]}" if folder and path[:1] != "/" else bare


def read_jdbc(address: str) -> JdbcAddress:
    """The parts of `jdbc:…`, whatever stands in it."""
    found = _ADDRESS.fullmatch(address)
    if not found:
        return JdbcAddress("", "jdbc:", address, "", "", is_plain=False)
    scheme, kind, place, options = found["scheme"], found["kind"].casefold(), found["place"], found["options"]
    if colon := _OPTIONS_BEHIND_COLON.search(place):
        place, options = place[: colon.start()], place[colon.start() :] + options
    start, user, password, host, path = _parted(place)
    is_cut = kind.startswith("oracle") and not start and "@" in options  # a password with a sign that parts options
    if is_cut or not (_HOSTS.fullmatch(host) and _PATH.fullmatch(path)):
        return JdbcAddress(kind, f"jdbc:{kind}:", address, "", "", is_plain=False)
    before = f"{start}{user}@" if start == "//" and user else f"{user}{start}"
    shown = f"{scheme}{before}{host}{path}{_shown_options(options)}"
    if start == "//" and scheme.count(":") == 2:
        return JdbcAddress(
            kind, shown, f"{scheme}//{host}{path}{options}", unquote(user), unquote(password), is_plain=True
        )
    return JdbcAddress(kind, shown, address, "", "", is_plain=True)


def _parted(place: str) -> tuple[str, str, str, str, str]:
    """How it starts (`//`, `@` or nothing), user, password, hosts, and the path with its slash."""
    if place.startswith("//"):
        authority, slash, path = place[2:].partition("/")
        login, _, host = authority.rpartition("@")
        user, _, password = login.partition(":")
        return "//", user, password, host, slash + path
    login, at, path = place.rpartition("@")
    user, _, password = login.partition("/")
    return at, user, password, "", path


def _shown_options(options: str) -> str:
    """The harmless ones, parted as they were."""
    start, parted = options[:1], options[1:]
    sign = "&" if start == "?" else ";"
    kept = [option for option in re.split("[&;]", parted) if _HARMLESS.fullmatch(option.partition("=")[0].strip())]
    return f"{start}{sign.join(kept)}" if kept else ""
