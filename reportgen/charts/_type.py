"""The one type family of every chart: its fonts, what they can draw, how wide it runs and where it breaks."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from matplotlib import get_data_path
from matplotlib.font_manager import FontEntry, FontProperties, fontManager, get_font
from matplotlib.textpath import text_to_path

from reportgen import wording
from reportgen.resources import find_resource

FAMILY, FALLBACK = "reportgen charts", "reportgen charts fallback"
"""Names of our own, so that a font of that family on the machine is never drawn in place of the bundled file."""

SMALL, BODY = 7.5, 8.5
"""Points on paper: tick labels and notes; names and values."""

REGULAR, STRONG = 400, 600
FILES = {REGULAR: "IBMPlexSans-Regular.ttf", STRONG: "IBMPlexSans-SemiBold.ttf"}
FALLBACK_FILES = {REGULAR: "DejaVuSans.ttf", STRONG: "DejaVuSans-Bold.ttf"}
"""Ships with matplotlib; draws Greek, Cyrillic, Arabic, Hebrew and symbols that the family lacks."""

UNDRAWABLE = "□"
"""Stands for a character that neither font holds; the page itself, set in the reader's fonts, shows it."""

CAP_HEIGHT = 0.698
"""Height of capitals and figures over the type size (IBM Plex Sans)."""


HINTED = 1.02
"""Letters drawn as pixels are fitted to whole ones and run wider than the same letters as shapes, by up to so much."""


@cache
def install_fonts() -> None:
    """Registers the bundled files under our names, once a process."""
    for weight, (path, name) in _faces():
        fontManager.ttflist.append(
            FontEntry(fname=str(path), name=name, style="normal", variant="normal", weight=weight, size="scalable")
        )


def _faces() -> list[tuple[int, tuple[Path, str]]]:
    bundled = find_resource("templates") / "fonts"
    shipped = Path(get_data_path()) / "fonts" / "ttf"
    return [(weight, (bundled / file, FAMILY)) for weight, file in FILES.items()] + [
        (weight, (shipped / file, FALLBACK)) for weight, file in FALLBACK_FILES.items()
    ]


@cache
def font(size: float, weight: int = REGULAR) -> FontProperties:
    install_fonts()
    return FontProperties(family=[FAMILY, FALLBACK], size=size, weight=weight)


@cache
def _drawable_characters() -> frozenset[int]:
    return frozenset(
        character for weight, (path, _) in _faces() if weight == REGULAR for character in get_font(path).get_charmap()
    )


@cache
def _family_characters() -> frozenset[int]:
    return frozenset(get_font(find_resource("templates") / "fonts" / FILES[REGULAR]).get_charmap())


def is_in_family(text: str) -> bool:
    """True if the bundled family alone draws the text."""
    return all(ord(character) in _family_characters() for character in text)


def drawable(text: str) -> str:
    """The text scrubbed, characters that no font holds replaced by a box."""
    shown = wording.scrub(text)
    if shown.isascii():
        return shown
    return "".join(character if ord(character) in _drawable_characters() else UNDRAWABLE for character in shown)


@lru_cache(4096)
def text_width(text: str, size: float = BODY, weight: int = REGULAR) -> float:
    """Points that the text takes on one line."""
    if not text:
        return 0.0
    width, _, _ = text_to_path.get_text_width_height_descent(drawable(text), font(size, weight), False)
    return float(width) * HINTED


def fit(text: str, width: float, size: float = BODY, weight: int = REGULAR) -> str:
    """The text, cut with an ellipsis where it is wider than `width` points."""
    shown = drawable(text)
    if text_width(shown, size, weight) <= width:
        return shown
    low, high = 0, len(shown)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(shown[:middle].rstrip() + "…", size, weight) <= width:
            low = middle
        else:
            high = middle - 1
    return shown[:low].rstrip() + "…"


def wrap(text: str, width: float, n_lines: int, size: float = BODY, weight: int = REGULAR) -> tuple[str, ...]:
    """The text on at most `n_lines` lines of `width` points, broken at spaces and hyphens, the last one cut."""
    lines: list[str] = []
    rest = _breakable(drawable(text))
    while rest and len(lines) < n_lines - 1:
        n_taken = len(rest)
        while n_taken > 1 and text_width("".join(rest[:n_taken]).rstrip(), size, weight) > width:
            n_taken -= 1
        lines.append(fit("".join(rest[:n_taken]).rstrip(), width, size, weight))
        rest = rest[n_taken:]
    if rest:
        lines.append(fit("".join(rest).rstrip(), width, size, weight))
    return tuple(lines)


def _breakable(text: str) -> list[str]:
    """The text in pieces that each end where a line may end."""
    pieces = [""]
    for character in text:
        pieces[-1] += character
        if character in " -/–":
            pieces.append("")
    return [piece for piece in pieces if piece]


def widest(texts: tuple[str, ...] | list[str], size: float = BODY, weight: int = REGULAR) -> float:
    """Points of the widest text; 0 for none."""
    return max((text_width(text, size, weight) for text in texts), default=0.0)
