"""The words that a column has for names and sentences: vocabulary.toml, looked up by header."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from reportgen.language import text_in
from reportgen.personas._toml import Part, no_digits, placeholders, read_file
from reportgen.records.table import Column, Role
from reportgen.wording import header_words

Side = Literal["high", "middle", "low"]

SENSITIVE_ROLES = frozenset({Role.AGE, Role.BIRTH})


def _only_mean(text: str) -> str:
    if text and placeholders(text) != ["mean"]:
        raise ValueError(f"the phrase must hold {{mean}} once and no other braces: {text!r}")
    return text


Text = Annotated[str, AfterValidator(no_digits)]
Phrase = Annotated[Text, AfterValidator(_only_mean)]


REST = "{rest}"
"""In a word: the one word of the header that a keyword's `*` stands for."""


def _only_rest(text: str) -> str:
    if placeholders(text) not in ([], ["rest"]):
        raise ValueError(f"a word may hold {REST} once and no other braces: {text!r}")
    return text


NameWord = Annotated[Text, AfterValidator(_only_rest)]


def name_word(text: str, **parts: str) -> str:
    """A word of names in the language of the report; empty for none."""
    return text_in("name", text, **parts) if text else ""


class Entry(Part):
    """The words of one kind of column."""

    topic: str
    keywords: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    derived: bool = False
    is_noun: bool = False
    high: NameWord = ""
    middle: NameWord = ""
    low: NameWord = ""
    higher: NameWord = ""
    lower: NameWord = ""
    before: Mapping[Side, Text] = {}
    noun: Text = ""
    needs_noun: bool = False
    says: Phrase = ""
    more: Text = "more than"
    less: Text = "less than"
    rest: str = Field(default="", exclude=True)
    """The header's own word, where a keyword's `*` stands for one; not of the file."""

    @property
    def sentence(self) -> str:
        """What the entry says, of the segment's customers."""
        return f"They {self.says}"

    def comparison(self, side: Side) -> str:
        """How that sentence goes on where the mean is higher or lower than all customers'."""
        return f"{{opening}}, {{gap}} {self.more if side == 'high' else self.less} the average customer"

    def about(self, rest: str) -> Entry:
        """The same entry with the header's own word in its words."""
        return self.model_copy(update={"rest": rest})

    def spoken(self, text: str) -> str:
        """A word of this entry in the language of the report."""
        return name_word(text).replace(REST, self.rest)


class KnownPersona(Part):
    """A name of its own for customers who lie on given sides of several columns that order lines gave."""

    name: Text
    sides: Mapping[str, Side]
    most_share: Annotated[float, Field(gt=0, le=1)] = 1.0


class Vocabulary(Part):
    """The whole file; its own comments explain every key."""

    default_noun: Text
    average: Text
    mixed: Text
    high: Text
    middle: Text
    low: Text
    higher: Text
    lower: Text
    sensitive: frozenset[str]
    neutral: frozenset[str]
    filler: frozenset[str]
    entry: tuple[Entry, ...]
    persona: tuple[KnownPersona, ...] = ()

    def entry_for(self, column: Column) -> Entry | None:
        """The first entry whose keywords say all that the header says."""
        # The label of a column of ours is in the language of the report, its name is not.
        words = header_words(column.name if column.is_derived else column.label or column.name)
        for entry in self.entry:
            if (entry.roles and column.role not in entry.roles) or (entry.derived and not column.is_derived):
                continue
            for phrase in entry.keywords:
                needed = frozenset(phrase.split()) - {"*"}
                rest = [word for word in words if word not in needed and word not in self.neutral]
                if needed <= set(words) and len(rest) == ("*" in phrase):
                    return entry.about(rest[0].capitalize()) if rest else entry
        return None

    def is_sensitive(self, column: Column) -> bool:
        """True for age, gender, origin, belief, health: traits that describe people and never name them."""
        words = {*header_words(column.name), *header_words(column.label)}
        return column.role in SENSITIVE_ROLES or bool(words & self.sensitive)

    def plain_word(self, prefix: str, label: str) -> str:
        """The plain word for a column without an entry: `High-Grocery`, `Low Day Minutes`."""
        joint = " " if " " in label else "-"
        return name_word(f"{prefix}{joint}{{label}}", label=label, hyphenated=label.replace(" ", "-"))

    @property
    def prefixes(self) -> tuple[str, str, str]:
        """By side: high, middle, low."""
        return (self.high, self.middle, self.low)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary file. Raises ReportgenError (RG-060)."""
    return read_file("vocabulary.toml", Vocabulary)
