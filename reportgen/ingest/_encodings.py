"""Ranks the encodings that bytes without any mark may be in, by how much their letters look like words."""

from __future__ import annotations

import re

CLOSE_CHAOS = 0.05
CLEAR_LEAD = 0.2
"""charset-normalizer's rivals count if their mess is within .05 of the best's, and a winner leads by .2 in coherence:
measured on exports of four lines in twelve languages, less leaves cp1252 and cp775 apart by chance."""
_NO_LETTERS = re.compile(rb"[\x00-\x3f]+")
"""Digits, delimiters and spaces; no second byte of a Chinese, Japanese or Korean letter is one of them."""
FIRST_NOT_LATIN = "\u0370"
"""Greek is the first script behind the Latin letters and their accents."""


def likely_encodings(sample: bytes) -> list[str]:
    """Codecs, the likeliest first; one alone if charset-normalizer finds it clearly ahead of the others."""
    from charset_normalizer import from_bytes

    words = _NO_LETTERS.sub(b" ", sample)
    matches = [
        match for match in from_bytes(words) if not match.encoding.startswith("utf") and not _mixes_scripts(str(match))
    ]
    if not matches:
        return []
    least = min(match.chaos for match in matches)
    rivals = sorted(
        (match for match in matches if match.chaos <= least + CLOSE_CHAOS),
        key=lambda match: (-match.coherence, match.encoding),
    )
    is_clear = len(rivals) == 1 or rivals[0].coherence - rivals[1].coherence >= CLEAR_LEAD
    return [match.encoding for match in rivals[: 1 if is_clear else None]]


def _mixes_scripts(text: str) -> bool:
    """Whether words mix Latin letters with others, as `K罵n`, a `Köln` decoded wrongly."""
    foreign = [word for word in text.split() if any(character >= FIRST_NOT_LATIN for character in word)]
    n_mixed = sum(any(character.isascii() and character.isalpha() for character in word) for word in foreign)
    return n_mixed > len(foreign) / 4
