"""Measures layouts: what overflows or overlaps in a browser's page, and which words of a PDF collide."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen.render.pieces import PAGE_WIDTH

PDFTOTEXT = shutil.which("pdftotext") or ""
needs_pdftotext = pytest.mark.skipif(not PDFTOTEXT, reason="needs pdftotext: apt-get install poppler-utils")

FAULTS = (Path(__file__).parent / "web" / "layout.js").read_text(encoding="utf-8")
"""What a page runs to tell the faults of its layout."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word on paper, in points from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', re.DOTALL)


OPTICAL = 2.0
"""Points by which the box of a letter may stand out at the side."""


def paper_faults(pdf: Path) -> list[str]:
    """Words beyond the margins of a sheet and words that collide, with the page they stand on."""
    text = subprocess.run([PDFTOTEXT, "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    found: list[str] = []
    for number, (width, height, inside) in enumerate(_PAGE.findall(text), 1):
        words = [
            Word(html.unescape(word), *map(float, (left, top, right, bottom)))
            for left, top, right, bottom, word in _WORD.findall(inside)
        ]
        side = (float(width) - PAGE_WIDTH * 72) / 2 - OPTICAL
        beyond = [w for w in words if w.left < side or w.right > float(width) - side]
        beyond += [w for w in words if w.top < 0 or w.bottom > float(height)]
        found += [f"page {number}: {word.text} is beyond the margin" for word in beyond]
        found += [f"page {number}: {one.text} | {other.text}" for one, other in collisions(words)]
    return found


LEAST_SHARED = 0.4
"""Share of a line's height that a collision covers: boxes are higher than lines, Chinese ones by half."""


def collisions(words: list[Word]) -> Iterator[tuple[Word, Word]]:
    """Pairs of words that lie upon each other; sorted from the top, so that only near ones are compared."""
    by_top = sorted(words, key=lambda word: word.top)
    for place, one in enumerate(by_top):
        for other in by_top[place + 1 :]:
            if other.top >= one.bottom:
                break
            wide = min(one.right, other.right) - max(one.left, other.left)
            high = min(one.bottom, other.bottom) - max(one.top, other.top)
            if wide > 1 and high > LEAST_SHARED * min(word.bottom - word.top for word in (one, other)):
                yield one, other
