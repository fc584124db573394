"""Says which labels mean the same: by key, by abbreviation, by a rare slip of one letter."""

from __future__ import annotations

from collections.abc import Mapping

ABBREVIATIONS: tuple[Mapping[str, tuple[str, ...]], ...] = (
    {"male": ("m", "masc", "masculine"), "female": ("f", "fem", "feminine")},
    {"man": ("m",), "woman": ("w", "f")},
    {"männlich": ("m", "männl"), "weiblich": ("w", "weibl"), "divers": ("d",)},
    {"mann": ("m",), "frau": ("w", "f")},
    {"homme": ("h", "m"), "femme": ("f",)},
    {"masculin": ("m", "masc"), "féminin": ("f", "fém")},
    {"hombre": ("h",), "mujer": ("m",)},
    {"masculino": ("m", "masc"), "femenino": ("f", "fem")},
    {"yes": ("y",), "no": ("n",)},
    {"true": ("t",), "false": ("f",)},
    {"ja": ("j",), "nein": ("n",)},
    {"oui": ("o",), "non": ("n",)},
    {"sí": ("s", "si"), "no": ("n",)},
)
"""Full words that belong together, each with its abbreviations; two of the full words must stand in the column."""

SLIP_LETTERS = 6
"""A label of fewer letters has too many true neighbours for a slip to be sure."""
SLIP_SHARE = 0.005
"""A slip is rarer than one cell in two hundred …"""
SLIP_RATIO = 50
"""… and the label it slipped from this many times as frequent: two frequent labels are never merged."""


def label_key(text: str) -> str:
    """What labels that differ by case, spaces or trailing dots share."""
    tidy = " ".join(text.split()).casefold().rstrip(".")
    return tidy.rstrip() or text


def abbreviation_of(key: str, sizes: Mapping[str, int]) -> str:
    """The full word in the column that the key abbreviates, or empty."""
    for words in ABBREVIATIONS:
        if sum(word in sizes for word in words) < 2:
            continue
        for word, short in words.items():
            if key in short and word in sizes:
                return word
    return ""


def slip_of(key: str, sizes: Mapping[str, int]) -> str:
    """The one frequent label from which a rare one is a slip of one letter, or empty."""
    total = sum(sizes.values())
    if len(key) < SLIP_LETTERS or not key.replace(" ", "").isalpha() or sizes[key] > SLIP_SHARE * total:
        return ""
    near = [
        other
        for other, n in sizes.items()
        if n >= SLIP_RATIO * sizes[key] and other[:1] == key[:1] and other.replace(" ", "").isalpha()
        if is_one_slip(key, other)
    ]
    return near[0] if len(near) == 1 else ""


def is_one_slip(a: str, b: str) -> bool:
    """True where one letter is missing, added, changed or swapped with its neighbour; an ending is no slip.

    Words that differ in their last letter alone (`divorced`, `divorcee`) may be two labels.
    """
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    end_a, end_b = a[start:], b[start:]
    if len(end_a) <= 1 and len(end_b) <= 1:
        return False
    swapped = end_a[:2] == end_b[:2][::-1] and end_a[2:] == end_b[2:]
    return swapped or end_a[1:] == end_b[1:] or end_a[1:] == end_b or end_a == end_b[1:]
