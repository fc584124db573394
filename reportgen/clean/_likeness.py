"""Finds pairs of records that look like one person: few candidates by shared beginnings, each compared in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

MOST_FIELDS = 8
"""Fields whose beginnings make candidates, the most telling ones: 28 pairs of fields, each one sort of the records."""
BEGINNING = 4
"""Letters that two records share where a field makes them a candidate: few enough to miss most slips of the hand."""
LARGEST_BLOCK = 12
"""Records that share two beginnings; a larger block (a common name in a big town) tells nobody apart."""
SHARED_PAIRS = 3
"""Pairs of fields with shared beginnings that make a candidate where there are fields enough: three fields agree."""
FIELDS_ENOUGH = 6
LIKE, LIKE_DIGITS = 0.7, 0.85
"""Similarity from which two texts are the same but for slips; digits are ten, so that any two dates share many."""
SPARE_BITS = 7.0
"""Evidence beyond what singles out one record among all: by chance one wrong pair in a hundred records."""
SAME_PERSON = 0.5
"""Mean likeness that the fields which tell persons apart need: one of two the same, or both nearly."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of what is known of persons, tidied."""

    texts: npt.NDArray[np.object_]
    """n records; empty where not known."""
    bits: float
    """What an agreement says, −log2 of the chance that two records agree (Fellegi & Sunter 1969)."""
    tells_person: bool
    """Whether it tells persons of one household apart, who share their family name, address and telephone: a given
    name, a day of birth."""
    like: float
    """Similarity from which two texts of it are taken for the same, 0..1."""
    may_swap: bool
    """Whether it may stand in the place of another such field: given and family name, two lines of an address."""


def field_of(texts: Sequence[str], *, tells_person: bool = False, may_swap: bool = False) -> Field:
    """The field with the bits that its values give it; 0 where nothing is known."""
    _, counts = np.unique([text for text in texts if text], return_counts=True)
    n = int(counts.sum())
    n_digits = sum(character.isdigit() for text in texts for character in text)
    like = LIKE_DIGITS if 2 * n_digits > sum(map(len, texts)) else LIKE
    if n < 2:
        return Field(np.array(texts, dtype=object), 0.0, tells_person, like, may_swap)
    agreeing = (counts * (counts - 1.0)).sum() + 1.0
    bits = float(-np.log2(min(1.0, agreeing / (n * (n - 1.0)))))
    return Field(np.array(texts, dtype=object), bits, tells_person, like, may_swap)


def alike(fields: Sequence[Field], least_similarity: float) -> list[tuple[int, int, float]]:
    """(record, record, similarity 0..1) of pairs that look the same, most similar first; records by place from 0.

    The similarity is the mean over the fields known in both, weighted by what they say. Cost grows with the records,
    not with their square.
    """
    telling = sorted((field for field in fields if field.bits > 0), key=lambda field: -field.bits)
    if not telling:
        return []
    n = len(telling[0].texts)
    first, second = np.divmod(candidates(telling[:MOST_FIELDS], n), n)
    score, evidence, is_household = compare(telling, first, second)
    found = (score >= least_similarity) & (evidence >= np.log2(n) + SPARE_BITS) & ~is_household
    pairs = zip(first[found].tolist(), second[found].tolist(), score[found].tolist(), strict=True)
    return sorted(pairs, key=lambda pair: (-round(pair[2], 3), pair[0], pair[1]))


def candidates(fields: Sequence[Field], n: int) -> IntArray:
    """Pairs as first × n + second, each once, rising."""
    codes = [code(np.array([text[:BEGINNING] for text in field.texts], dtype=object)) for field in fields]
    pairs = [block_pairs(a * (b.max() + 1) + b, (a >= 0) & (b >= 0), n) for a, b in combinations(codes, 2)]
    least = SHARED_PAIRS if len(fields) >= FIELDS_ENOUGH else 1
    shared, times = np.unique(np.concatenate([*pairs, np.empty(0, np.int64)]), return_counts=True)
    same = [block_pairs(whole, whole >= 0, n) for whole in (code(field.texts) for field in fields)]
    return np.unique(np.concatenate([shared[times >= least], *same]))


def code(texts: npt.NDArray[np.object_]) -> IntArray:
    """A number for every text, −1 for the empty one."""
    _, numbers = np.unique(texts.astype(str), return_inverse=True)
    return np.where(texts == "", -1, numbers).astype(np.int64)


def block_pairs(keys: IntArray, known: npt.NDArray[np.bool_], n: int) -> IntArray:
    """The pairs of records with equal keys, from blocks that are not too large."""
    places = np.flatnonzero(known)
    places = places[np.argsort(keys[places], kind="stable")]
    ordered = keys[places]
    _, block, sizes = np.unique(ordered, return_inverse=True, return_counts=True)
    small = sizes[block] <= LARGEST_BLOCK
    places, ordered = places[small], ordered[small]
    found = list(offsets(places, ordered, n))
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def offsets(places: IntArray, ordered: IntArray, n: int) -> Iterator[IntArray]:
    for offset in range(1, min(LARGEST_BLOCK, len(ordered))):
        same = np.flatnonzero(ordered[:-offset] == ordered[offset:])
        yield places[same] * n + places[same + offset]


def compare(
    fields: Sequence[Field], first: IntArray, second: IntArray
) -> tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]]:
    """(similarity, bits of agreement, whether they are two persons of one household) of each pair."""
    likeness = [similarity(field.texts[first], field.texts[second]) for field in fields]
    for i, j in combinations([i for i, field in enumerate(fields) if field.may_swap], 2):
        odd = np.flatnonzero((likeness[i] < fields[i].like) & (likeness[j] < fields[j].like))
        a, b = first[odd], second[odd]
        crossed = np.minimum(
            similarity(fields[i].texts[a], fields[j].texts[b]), similarity(fields[j].texts[a], fields[i].texts[b])
        )
        swapped = crossed >= max(fields[i].like, fields[j].like)
        for likeness_here in (likeness[i], likeness[j]):
            likeness_here[odd[swapped]] = crossed[swapped]
    nothing = np.zeros(len(first))
    agreed, known, same_person, told_apart = nothing.copy(), nothing.copy(), nothing.copy(), nothing.copy()
    for field, here in zip(fields, likeness, strict=True):
        counts = np.where(here >= field.like, here, 0.0)  # NaN, not known in both, counts nothing
        agreed += field.bits * counts
        known += field.bits * ~np.isnan(here)
        if field.tells_person:
            same_person += counts
            told_apart += ~np.isnan(here)
    is_household = same_person < SAME_PERSON * told_apart
    return agreed / np.where(known > 0, known, 1.0), agreed, is_household


def similarity(a: npt.NDArray[np.object_], b: npt.NDArray[np.object_]) -> FloatArray:
    """1 − edits / letters of the longer text (Damerau 1964), pair by pair; NaN where either is not known."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cpdist

    found = np.full(len(a), np.nan)
    both = np.flatnonzero((a != "") & (b != ""))
    found[both] = cpdist(a[both], b[both], scorer=OSA.normalized_similarity, dtype=np.float64)
    return found
