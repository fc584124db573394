"""The words of order lines: vocabulary.toml, and how texts are compared with it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reportgen.orders._phrases import Phrase, Phrases, contains, fits
from reportgen.records.orders import Part
from reportgen.wording import fold, header_words

FILE = Path(__file__).with_name("vocabulary.toml")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class PartWords:
    """Headers of one part."""

    says: Phrases
    """The surest first."""
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatusWords:
    """Phrases inside a status; the comments of the file explain them."""

    partly: tuple[Phrase, ...]
    returned: tuple[Phrase, ...]
    void: tuple[Phrase, ...]
    waiting: tuple[Phrase, ...]
    parcel: tuple[Phrase, ...]
    sold: tuple[Phrase, ...]
    won: tuple[Phrase, ...]
    lost: tuple[Phrase, ...]
    trials: tuple[Phrase, ...]
    paid: tuple[Phrase, ...]
    late: tuple[Phrase, ...]
    unsent: tuple[Phrase, ...]
    payment: tuple[Phrase, ...]
    open: tuple[Phrase, ...]
    invoices: tuple[Phrase, ...]
    payments: tuple[Phrase, ...]
    sales: tuple[Phrase, ...]
    takes_back: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    vague: frozenset[str]


@dataclass(frozen=True, slots=True)
class TaxWords:
    """What an amount says of its tax: `inc tax`."""

    beside: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class TakenOff:
    """Header words of what was taken off an amount, and of what is counted."""

    discounts: tuple[str, ...]
    refunds: tuple[str, ...]
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A shop's export whose headers say little by themselves."""

    line_item: str
    """First word of the columns of single lines."""
    order: Phrase
    """The header that then names the order."""
    line_price: Phrase
    """The price of a whole line beside a column that numbers lines so."""
    line_numbers: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of line that is no goods."""

    whole: frozenset[Phrase]
    anywhere: tuple[Phrase, ...]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrderWords:
    """The whole file; its own comments explain every key."""

    parts: Mapping[Part, PartWords]
    person: PartWords
    person_names: Phrases
    """Headers of whole names, which tell persons apart but for namesakes."""
    may_be: PartWords
    """Headers of what may be customers, and words of what is none."""
    numbered: frozenset[str]
    """Words for the number of something: `id`, `nr`."""
    tax: TaxWords
    status: StatusWords
    taken_off: TakenOff
    layout: Layout
    order_lines: tuple[Phrase, ...]
    """Headers of what numbers the lines of orders."""
    list_price: tuple[Phrase, ...]
    donated: tuple[Phrase, ...]
    sides: Mapping[str, frozenset[str]]
    """`from` and `to` → words of headers."""
    last: Mapping[str, tuple[str, ...]]
    """`words` of the day on which somebody did something for the last time; `never` beside these."""
    returned_letters: frozenset[str]
    booked_letters: frozenset[str]
    beside: frozenset[str]
    kinds: Mapping[str, Kind]

    def rank(self, part: Part, header: str) -> tuple[int, str] | None:
        """(place of the phrase, phrase) of the first phrase of that part in a header, None where it does not fit."""
        words, known = words_in(header), self.parts[part]
        if is_barred(self.without_tax(words) if part is Part.AMOUNT else words, known):
            return None
        names_thing = part in (Part.CUSTOMER, Part.ORDER, Part.PRODUCT)
        for place, phrase in known.says.found_in(words):
            is_plain = names_thing and len(phrase) == 1 and phrase[0] in PLAIN_NOUNS
            if not is_plain or words == phrase:
                return place, " ".join(phrase)
        return None

    def rank_person(self, header: str) -> tuple[int, str] | None:
        """The same for what tells persons from each other where nothing numbers them."""
        words = words_in(header)
        if is_barred(words, self.person):
            return None
        if told := self.person.says.found_in(words):
            return told[0][0], " ".join(told[0][1])
        if named := self.person_names.found_in(words):
            return len(self.person.says.said) + named[0][0], " ".join(named[0][1])
        return None

    def numbers_orders(self, header: str) -> bool:
        """Whether a header names orders, their lines, or goods: nothing of that is a customer."""
        said = words_in(header)
        is_line = any(contains(said, phrase) for phrase in self.order_lines)
        return is_line or any(self.rank(part, header) for part in (Part.ORDER, Part.PRODUCT))

    def is_persons_name(self, header: str) -> bool:
        """Whether a header says that it holds customers' whole names."""
        words = words_in(header)
        return not is_barred(words, self.person) and bool(self.person_names.found_in(words))

    def is_other_person(self, header: str) -> bool:
        """Whether a header speaks of persons who are no customers: sellers, recipients."""
        return is_barred(words_in(header), self.person)

    def is_other_day(self, header: str) -> bool:
        """Whether a header speaks of another day than that of a purchase: due, shipped, born, last."""
        return is_barred(words_in(header), self.parts[Part.DATE])

    def is_last_day(self, header: str) -> bool:
        """Whether a header speaks of the last time: a table of customers says it, a list of orders does not."""
        said = words_in(header)
        found = {key: any(fits(word, one) for word in said for one in words) for key, words in self.last.items()}
        return found["words"] and not found["never"]

    def may_name(self, header: str) -> bool:
        """Whether a header may name customers though it does not say so: `Name`, `Firma`, `xyz_id`."""
        words = words_in(header)
        if is_barred(words, self.may_be) or self.numbers_orders(header):
            return False
        return words in self.may_be.says.exact or bool(self.numbered & {*words[:1], *words[-1:]})

    def without_tax(self, words: Phrase) -> Phrase:
        """The words of a header without what it says of its tax: `inc tax`, `incl 19 MwSt`."""
        kept: list[str] = []
        for word in words:
            behind = [other for other in kept if not other.isdigit()]
            if word in self.tax.names and behind and behind[-1] in self.tax.beside:
                del kept[len(kept) - 1 - kept[::-1].index(behind[-1]) :]
            else:
                kept.append(word)
        return tuple(kept)


PLAIN_NOUNS = frozenset(
    {
        "customer",
        "kunde",
        "client",
        "debitor",
        "invoice",
        "order",
        "receipt",
        "bestellung",
        "auftrag",
        "rechnung",
        "beleg",
    }
    | {"cliente", "klant", "klient", "commande", "pedido", "ordine", "bestelling", "zamowienie"}
    | {"articulo", "articolo", "producto", "prodotto"}
    | {"product", "item", "article", "artikel", "produkt"}
)
"""Words that name the thing itself: alone they stand for its number, beside another word for something of it."""


@cache
def order_words() -> OrderWords:
    """The vocabulary that ships with reportgen."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    number, no_goods, person = data["number"], data["no_goods"], data["person"]
    parts = {
        Part(part): PartWords(Phrases.of(phrases(words["says"])), tuple(words["never"]))
        for part, words in data["part"].items()
    }
    customer = parts[Part.CUSTOMER]
    numbered = Phrases.of((*customer.says.said, *numbers_of(data["who"]), *phrases(data["who"]["bare"])))
    return OrderWords(
        parts={**parts, Part.CUSTOMER: PartWords(numbered, customer.never)},
        person=PartWords(Phrases.of(phrases(person["says"])), tuple(person["never"])),
        person_names=Phrases.of(phrases(person["names"])),
        may_be=PartWords(
            Phrases.of(phrases([*data["who"]["maybe"], *data["who"]["persons"]])), tuple(data["who"]["other"])
        ),
        numbered=frozenset(data["who"]["numbered"]),
        tax=TaxWords(*(frozenset(data["tax"][key]) for key in ("beside", "names"))),
        status=status_words(data["status"], data["part"]["status"]["vague"]),
        taken_off=TakenOff(*(tuple(data["taken_off"][key]) for key in ("discounts", "refunds", "counts"))),
        layout=layout_of(data["layout"]),
        order_lines=phrases(data["order_line"]["says"]),
        list_price=phrases(data["list_price"]["says"]),
        donated=phrases(data["donated"]["says"]),
        sides={side: frozenset(said) for side, said in data["sides"].items()},
        last={key: tuple(said) for key, said in data["last"].items()},
        returned_letters=frozenset(number["returned"]),
        booked_letters=frozenset(number["booked"]),
        beside=frozenset(no_goods["beside"]),
        kinds={
            name: Kind(frozenset(phrases(kind["is"])), phrases(kind["has"]), frozenset(kind["codes"]))
            for name, kind in no_goods["kind"].items()
        },
    )


def layout_of(words: Mapping[str, Any]) -> Layout:
    order, price = (tuple(words[key].split()) for key in ("order", "line_price"))
    return Layout(words["line_item"], order, price, phrases(words["line_numbers"]))


def numbers_of(who: Mapping[str, Sequence[str]]) -> tuple[Phrase, ...]:
    """Each header that may number such persons: `donor id`, `id donante`, `Gastnummer`."""
    persons = who["persons"]
    behind = [f"{person} {number}" for person in persons for number in who["behind"]]
    before = [f"{number} {person}" for person in persons for number in who["before"]]
    joined = [f"{person.replace(' ', '')}{number}" for person in persons for number in who["joined"]]
    return phrases([*behind, *before, *joined])


def status_words(words: Mapping[str, Sequence[str]], vague: Sequence[str]) -> StatusWords:
    sets = {"takes_back": "not", "yes": "yes", "no": "no"}
    said: dict[str, Any] = {kind: phrases(texts) for kind, texts in words.items() if kind not in sets.values()}
    said |= {field: frozenset(words[key]) for field, key in sets.items()}
    return StatusWords(
        **said,
        vague=frozenset(vague),
    )


def is_barred(words: Sequence[str], known: PartWords) -> bool:
    return any(fits(word, pattern) for word in words for pattern in known.never)


def phrases(texts: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(tuple(text.split()) for text in texts)


def words_in(header: str) -> Phrase:
    """The words of a header or a status, lower case without accents: `wc-cancelled` → wc, cancelled."""
    return tuple(fold(word) for word in header_words(unicodedata.normalize("NFC", header)))


def text_words(text: str) -> Phrase:
    """The words of a text, lower case without accents, digits and signs left out: `Porto 5,90 €` → porto."""
    return tuple(_LETTERS.findall(fold(text)))
