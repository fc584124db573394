"""Ids that differ only in what the eye skips, and the marks around an id that show nothing."""

from __future__ import annotations

import unicodedata
from typing import Any

import narwhals as nw

from reportgen import language, wording
from reportgen.engine.shortcuts import characters_in, count_distinct
from reportgen.engine.text_marks import HIDDEN
from reportgen.records.table import CleaningNote

NOT_ASCII = r"[^\x00-\x7f]"
LEADING_ZEROS = r"^0+"
_AROUND = "(?:[\\t\\n\\r \u00a0\u2000-\u200a\u202f\u205f\u3000]|" + HIDDEN + ")+"
AROUND = f"^{_AROUND}|{_AROUND}$"
"""Blanks of every width and characters without one at either end; RE2 counts only ASCII's as blanks."""
PLAIN = "__plain__"


def count_alike(named: nw.LazyFrame[Any], key: str, n_ids: int) -> int:
    """Ids that another one equals but for case, blanks, leading zeros and Unicode form; no id is null."""
    if _is_plain(named, key) and not _has_leading_zeros(named, key):
        return 0
    return n_ids - count_distinct(named.select(_plain(named, key).alias(PLAIN)), [PLAIN])[PLAIN]


def note_of_alike(step: str, key: str, n_alike: int) -> CleaningNote:
    """What the log says of them."""
    before = language.text(
        "{ids} equal to another but for case, spaces, leading zeros and Unicode form",
        ids=wording.plural(n_alike, "id"),
    )
    reason = language.text("ids are compared exactly, never merged in silence")
    return CleaningNote(step, key, n_alike, before, language.text("kept"), reason)


def may_have_marks_around(frame: nw.LazyFrame[Any], key: str) -> bool:
    """False where no id holds a blank or anything but plain characters."""
    characters = characters_in(frame, key)
    return characters is None or not all(sign.isprintable() and not sign.isspace() for sign in characters)


def _is_plain(named: nw.LazyFrame[Any], key: str) -> bool:
    """Whether there are only digits and a few letters, each in one case."""
    characters = characters_in(named, key)
    plain = None if characters is None else {character.lower() for character in characters if not character.isspace()}
    return plain is not None and len(plain) == len(characters or ())


def _has_leading_zeros(named: nw.LazyFrame[Any], key: str) -> bool:
    return bool(named.select(nw.col(key).str.starts_with("0").any()).collect().item())


def _plain(named: nw.LazyFrame[Any], key: str) -> nw.Expr:
    """The ids without what the eye skips: case, blanks, zeros in front, Unicode form (NFKC)."""
    text = nw.col(key)
    plain = text.str.strip_chars().str.replace_all(" ", "", literal=True).str.to_lowercase()
    odd = named.filter(text.str.contains(NOT_ASCII)).select(key).unique().collect().rows()
    if odd:
        forms = {str(value): "".join(unicodedata.normalize("NFKC", value).split()).lower() for (value,) in odd}
        found = text.replace_strict(list(forms), list(forms.values()), default=None, return_dtype=nw.String)
        plain = nw.when(found.is_null()).then(plain).otherwise(found)
    return plain.str.replace_all(LEADING_ZEROS, "")
