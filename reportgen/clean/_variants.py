"""Says which labels mean the same: by key, by accents left out, by abbreviation, by a rare slip of the hand."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
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

UNSURE: Mapping[tuple[str, str], tuple[str, str]] = {("mujer", "m"): ("h", "f")}
"""Full word and a letter that may also mean its counterpart (`masculino`) → the letter that must stand beside it, and
the one that must not: M is a woman beside H, a man beside F."""

DOTTED = "i\u0307"
"""What Turkish İ becomes in small letters; I becomes ı there, and i elsewhere."""
SPELLED_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
"""How a letter is written where a keyboard or a system lacks it."""
OTHER_LETTERS = {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe"}
"""Letters that are no letter of ASCII with an accent, and what is written for them."""
UMLAUTS = frozenset("äöü")

LEAST_LOST, LOST_RATIO = 2, 4
"""Words of a column that stand with and without accents, and how much rarer a single one is without."""

CLOSED_LIST = 50
"""Distinct labels up to which a rare one may be a slip; in open lists (cities) a rare neighbour is often real."""
SLIP_LETTERS = 6
"""A word of fewer letters has too many true neighbours for a slip to be sure."""
SLIP_SHARE = 0.005
"""A slip is rarer than one cell in two hundred, or stands there once …"""
SLIP_RATIO = 20
"""… and the label it slipped from this many times as frequent: two frequent labels are never merged."""


def label_key(text: str) -> str:
    """What labels that differ by case, spaces or trailing dots share."""
    tidy = unicodedata.normalize("NFC", " ".join(text.split())).casefold().rstrip(".")
    return tidy.replace(DOTTED, "i").replace("ı", "i").rstrip() or text


def accented_by_plain(sizes: Mapping[str, int], *, are_places: bool) -> dict[str, str]:
    """Key without its accents → the key with them, where no other key has that plain form. `sizes`: key → cells.

    Of places an umlaut is spelled out or stays: `Muenchen` is `München`, Munster is another town than Münster. A mere
    accent may make another word (`sale`, `salé`): its loss is seen where it is rare, or happened to two words.
    """
    spelled, bare = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for key in sizes:
        if not key.isascii():
            spelled_out = "".join(SPELLED_OUT.get(letter, letter) for letter in key)
            if spelled_out != key:
                spelled[_unaccented(spelled_out, frozenset())].add(key)
            bare[_unaccented(key, UMLAUTS if are_places else frozenset())].add(key)
    lost = {plain: key for plain, key in _told(bare).items() if plain in sizes and plain != key}
    if len(lost) < LEAST_LOST:
        lost = {plain: key for plain, key in lost.items() if LOST_RATIO * sizes[plain] <= sizes[key]}
    return lost | _told(spelled)


def _told(found: Mapping[str, set[str]]) -> dict[str, str]:
    return {plain: next(iter(keys)) for plain, keys in found.items() if len(keys) == 1}


def _unaccented(text: str, kept: frozenset[str]) -> str:
    """The text with letters of ASCII in the place of accented ones, but for those kept."""
    return "".join(letter if letter in kept else _bare(letter) for letter in text)


def _bare(letter: str) -> str:
    """The letter without its accent; other scripts keep theirs, where a mark makes another letter (й)."""
    first = unicodedata.normalize("NFD", letter)[0]
    return OTHER_LETTERS.get(letter, first if first.isascii() else letter)


def abbreviation_of(key: str, sizes: Mapping[str, int]) -> str:
    """The full word in the column that the key abbreviates, or empty."""
    for words in ABBREVIATIONS:
        if sum(word in sizes for word in words) < 2:
            continue
        for word, short in words.items():
            if key in short and word in sizes and _is_sure(word, key, sizes):
                return word
    return ""


def _is_sure(word: str, key: str, sizes: Mapping[str, int]) -> bool:
    beside, against = UNSURE.get((word, key), ("", ""))
    return not beside or (beside in sizes and against not in sizes)


def slip_of(key: str, sizes: Mapping[str, int], least_similarity: float) -> str:
    """The one frequent label from which a rare one is a slip of the hand, or empty."""
    rare = max(1.0, SLIP_SHARE * sum(sizes.values()))
    if len(sizes) > CLOSED_LIST or sizes[key] > rare:
        return ""
    frequent = (other for other, n in sizes.items() if n >= SLIP_RATIO * sizes[key])
    near = [other for other in frequent if is_slip(key, other, least_similarity)]
    return near[0] if len(near) == 1 else ""


def is_slip(a: str, b: str, least_similarity: float) -> bool:
    """True where each differing word of one label is a slip of the word in the other's place, or only a space is lost.

    `plan a` and `plan b`, `level 1` and `level 2`, `north side` and `south side` differ in a word that is no slip.
    """
    words, others = a.split(), b.split()
    if len(words) != len(others):
        return "".join(words) == "".join(others)
    differing = [(word, other) for word, other in zip(words, others, strict=True) if word != other]
    return bool(differing) and all(is_word_slip(word, other, least_similarity) for word, other in differing)


def is_word_slip(a: str, b: str, least_similarity: float) -> bool:
    """True where letters are missing, added, changed or swapped, few for the word's length; an ending is no slip.

    The similarity is 1 − restricted Damerau–Levenshtein distance (Damerau 1964) / the longer word's letters. Words
    that differ in their end alone (`divorced`, `divorcee`) may be two labels, as may words with another first letter
    (`active`, `inactive`).
    """
    if min(len(a), len(b)) < SLIP_LETTERS - 1 or max(len(a), len(b)) < SLIP_LETTERS:
        return False
    from rapidfuzz.distance import OSA, Prefix

    is_ending = Prefix.similarity(a, b) >= min(len(a), len(b)) - (len(a) == len(b))
    if not (a + b).isalpha() or a[0] != b[0] or is_ending:
        return False
    return OSA.normalized_similarity(a, b) >= least_similarity
