"""A column before the rules, and what a rule answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from reportgen import language, wording
from reportgen.engine.text_units import CURRENCY_CODES
from reportgen.records.table import Contact, Role
from reportgen.roles.facts import ColumnFacts
from reportgen.roles.header import Header
from reportgen.roles.vocabulary import Vocabulary

NUMERIC_SHARE = 0.95
"""A column is one of numbers if so many known cells are; cleaning lists the others and sets them missing."""
UNIQUE_SHARE = 0.9
"""Distinct values over records from which a column names its records; below 1 for ids that repeat by mistake."""
KEY_SHARE = 0.99
"""The same where the header does not say id: a key that repeats more often would be refused for it."""
CONTACT_SHARE = 0.2
"""Share of cells that are addresses of mail or telephone numbers from which a column is one of contacts."""
FEW_ROWS = 20
"""Below so many records, all different says nothing."""
SURE, LIKELY, GUESSED = 0.95, 0.8, 0.6
"""Confidence: header and figures agree; one of them speaks; neither contradicts."""
FEW_LEVELS = 12
"""More distinct values than a reader takes in at a glance; personal data and equal columns are told apart by it."""
LEVEL_SHARE = 0.05
"""More texts are levels if each stands for twenty records on average; cleaning pools the rare ones."""
LONG_TEXT = 40
"""Mean characters from which text of several words is free text."""
DATE_SHARE = 0.9
"""Dates among the cells from which a column is one of dates."""


class Verdict(NamedTuple):
    """A role with its reason."""

    role: Role
    reason: str
    confidence: float
    """0..1."""
    scale: tuple[float, float] | None = None
    """A range that header and figures declare together: shares lie in 0..1."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A column before the rules."""

    header: Header
    facts: ColumnFacts
    vocabulary: Vocabulary

    def says(self, meaning: str) -> str:
        """The header's phrase of that meaning, or empty."""
        return self.vocabulary.find(meaning, self.header.words)

    def tells(self, meaning: str) -> str:
        """As `says`, but of what is told: `Visits per Month` says month and tells visits."""
        words = self.header.words
        told_for = (i for i, word in enumerate(words) if i and self.vocabulary.find("per", (word,)))
        return self.vocabulary.find(meaning, words[: next(told_for, len(words))])

    def ends(self, *meanings: str) -> bool:
        """True where the header's last word has one of the meanings."""
        return any(self.vocabulary.find(meaning, self.header.words[-1:]) for meaning in meanings)

    def starts(self, meaning: str) -> bool:
        return bool(self.vocabulary.find(meaning, self.header.words[:1]))

    def numbers(self, meaning: str) -> bool:
        """True where the header names the number of one such thing and nothing else: `N° client`, `Kunden-Nr.`.

        `Number of customers` counts them, and `Code pays client` is the code of something else.
        """
        words = self.header.words
        thing, number = self.says(meaning), self.says("numbered")
        rest = [word for word in words if word not in {*thing.split(), *number.split()}]
        if (
            not thing
            or not number
            or self.says("counter")
            or not all(self.vocabulary.find("particle", (w,)) for w in rest)
        ):
            return False
        return self.ends("numbered") or not self.vocabulary.find("plural", tuple(thing.split()))

    @property
    def id_word(self) -> str:
        """What of the header says id, or is the number of something in one word (`Filialnr`, not `INR`); else empty."""
        compound = self.says("compound_number")
        if compound.upper() in CURRENCY_CODES:
            compound = ""
        is_bare = bool(self.vocabulary.find("numbered", (compound,)))
        return self.says("id") or ("" if is_bare else compound)

    @property
    def is_event(self) -> str:
        """The header where all of it asks when something was: `Last order`, `Letzter Kauf am`; else empty."""
        words = self.header.words
        asked = words[:-1] if words[-1:] in {("am",), ("on",), ("at",), ("le",), ("el",)} else words
        phrase = self.vocabulary.find("event", asked)
        return phrase if phrase == " ".join(asked) else ""

    @property
    def is_stamp(self) -> str:
        """`created_at`, `signedUpAt`: the header where it is of a moment, whatever happened then; else empty."""
        words = self.header.words
        return " ".join(words) if len(words) > 1 and words[-1] == "at" else ""

    @property
    def counts_seconds(self) -> bool:
        """Whether the header asks when something was, and the figures are seconds since 1970."""
        asks = self.says("date") or self.is_event or self.is_stamp
        return bool(asks) and self.facts.epoch_dates >= DATE_SHARE

    @property
    def names_person(self) -> bool:
        """True for given and full names: they tell persons of one household apart."""
        return bool(self.says("given_name") or (self.says("name") and not self.says("family_name")))

    @property
    def is_persons_name(self) -> bool:
        """True for `First name`, `Nachname` over text: personal however few there are; `Firma` may be a kind."""
        is_said = self.says("given_name") or (self.says("family_name") and self.says("personal"))
        return bool(is_said) and not self.is_numeric

    @property
    def contact(self) -> Contact | None:
        """The way in which the column's content reaches a customer, or None."""
        if self.facts.looks["mails"] >= CONTACT_SHARE:
            return "e-mail"
        if self.says("phone") or self.facts.looks["phones"] >= CONTACT_SHARE:
            return "telephone"
        return "post" if self.says("postal") else None

    @property
    def is_numeric(self) -> bool:
        return self.facts.numbers >= NUMERIC_SHARE

    @property
    def is_whole(self) -> bool:
        """Numbers, and all of them whole."""
        return self.is_numeric and self.facts.wholes >= self.facts.numbers

    @property
    def is_key(self) -> bool:
        return self.facts.n_rows >= FEW_ROWS and self.facts.distinct_share >= KEY_SHARE

    @property
    def is_unique(self) -> bool:
        return self.facts.distinct_share >= UNIQUE_SHARE


Rule = Callable[[Subject], Verdict | None]


def distinct(facts: ColumnFacts, noun: str = "value") -> str:
    return wording.plural(facts.n_distinct, f"distinct {noun}")


def header_says(phrase: str, evidence: str) -> str:
    return language.text("header says {phrase}; {evidence}", phrase=wording.scrub(phrase), evidence=evidence)
