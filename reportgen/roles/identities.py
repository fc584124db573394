"""What a column identifies: customers, records, documents, articles, accounts; by its header, else by its look."""

from __future__ import annotations

from reportgen import language
from reportgen.records.table import Role
from reportgen.roles.subject import (
    DATE_SHARE,
    FEW_LEVELS,
    FEW_ROWS,
    GUESSED,
    LIKELY,
    LONG_TEXT,
    UNIQUE_SHARE,
    Subject,
    Verdict,
    distinct,
    header_says,
)

LONG_ID = 10
"""Digits from which numbers of one length, all different, are ids: no amount is written so."""
MOST_SPACED = 0.5
"""Share of texts of several words from which what names customers is their names: then none is shown."""
PHONE_LENGTH = 9
"""Mean digits from which numbers with zeros in front may be telephone numbers: then none is shown."""
BARCODE_DIGITS = 8
"""Digits of the shortest one (EAN-8)."""
LEAST_ACCOUNT = 100
"""Numbers of accounts have three digits and more; smaller ones count something."""
ROW_NUMBER = 0.5
"""Confidence in a row number as an id: any other id is the better key."""
LEAST_RISING = 50
"""Records from which rising numbers are no measure that the export happens to be sorted by."""
NUMBER_AND_THING = 2
"""Words of a header that numbers one thing."""
AMOUNTS = (
    "money",
    "measure",
    "score",
    "share",
    "frequency",
    "rate",
    "counter",
    "counted",
    "purchases",
    "age",
    "duration",
)
"""Meanings of headers whose numbers may rise because the export is sorted by them."""
CUSTOMER_ID = 0.98
"""Confidence where the header names the customer: among several ids this one is the key."""
PLAIN_ID = 0.97
"""Confidence where it says `id` alone, which may be the record's: beside an id that names the customer, that counts."""


def customer_id(column: Subject) -> Verdict | None:
    """`Customer ID`, `N° client`, `Kundennr`, or `id` alone."""
    facts, words = column.facts, column.header.words
    names = column.id_word
    is_alone = words == (column.says("id"),) and not column.says("row_number")
    is_of_customer = bool(names and column.says("customer")) or (
        column.numbers("customer") and (facts.n_distinct > FEW_LEVELS or column.is_unique)
    )
    is_of_group = not column.is_unique and bool(column.says("grouping"))
    if facts.n_distinct <= 2 or is_of_group or not (is_alone or is_of_customer):
        return None
    confidence = CUSTOMER_ID if is_of_customer else PLAIN_ID
    return Verdict(Role.ID, header_says(" ".join(words), _evidence(column)), confidence)


def registry(column: Subject) -> Verdict | None:
    """`USt-ID`, `SIREN`, `IMEI`: one tells customers apart, but is a worse key than any number of the house's own."""
    phrase, facts = column.says("registry"), column.facts
    if not phrase or facts.n_distinct <= 2 or not (column.is_whole or facts.spaced < MOST_SPACED):
        return None
    reason = header_says(phrase, language.text("{values}, names rather than amounts", values=distinct(facts)))
    return Verdict(Role.ID if facts.apart_share >= UNIQUE_SHARE else Role.CODE, reason, ROW_NUMBER)


def revision(column: Subject) -> Verdict | None:
    """`@odata.etag`, `_rev`, `row_version`: another one with each change; the hash of a customer's id is an id."""
    phrase, facts = column.says("revision"), column.facts
    if not phrase or column.id_word or any(map(column.says, (*AMOUNTS, "customer", "email", "date"))):
        return None
    if column.is_numeric and column.ends("revision") and phrase != "rev" and not column.header.unit:  # rev: revenue
        reason = language.text("{values}, names rather than amounts", values=distinct(facts))
        return Verdict(Role.CODE, header_says(phrase, reason), LIKELY)
    if max(facts.numbers, facts.dates) >= MOST_SPACED or not column.is_unique or facts.n_rows < FEW_ROWS:
        return None
    reason = language.text("{values}, too many for a category", values=distinct(facts, "text"))
    return Verdict(Role.TEXT, header_says(phrase, reason), LIKELY)


def identifier(column: Subject) -> Verdict | None:
    """Any other column whose header says that it names the records, or that numbers them."""
    facts, words = column.facts, column.header.words
    if facts.n_distinct <= 2 or not column.is_unique or column.counts_seconds:
        return None
    if column.says("customer") and column.says("number_of"):
        return Verdict(Role.ID, header_says(" ".join(words), _evidence(column)), CUSTOMER_ID)
    if _numbers_one_thing(column):
        return Verdict(Role.ID, header_says(" ".join(words), _evidence(column)), LIKELY)
    if (row := _row_word(column)) and column.is_whole:
        return Verdict(
            Role.ID if column.is_key else Role.CODE,
            header_says(row, language.text("it numbers the records")),
            ROW_NUMBER,
        )
    if names := column.id_word:
        return Verdict(Role.ID, header_says(names, _evidence(column)), LIKELY)
    if (phrase := column.says("customer") or column.says("ledger")) and _are_numbers(column):
        return Verdict(Role.ID, header_says(phrase, _evidence(column)), LIKELY)
    is_rising = facts.rises and facts.n_rows >= LEAST_RISING and not any(map(column.says, AMOUNTS))
    if (facts.counts_rows and facts.n_rows >= FEW_ROWS) or is_rising:
        return Verdict(Role.ID, language.text("it numbers the records"), ROW_NUMBER)
    return None


def _numbers_one_thing(column: Subject) -> bool:
    """`Nº Ficha`, `N. tessera`: a word for a number before one thing, over whole numbers that all differ."""
    words = column.header.words
    is_said = len(words) == NUMBER_AND_THING and column.starts("numbered") and not words[-1].endswith("s")
    is_counted = any(map(column.ends, ("counted", "counter", "plural")))
    return is_said and not is_counted and column.is_key and column.is_whole and column.facts.n_rows >= LEAST_RISING


def _are_numbers(column: Subject) -> bool:
    """Whether whole numbers of one length count nothing, as far as the header says."""
    return column.is_whole and column.facts.same_length and not any(map(column.says, AMOUNTS))


def _row_word(column: Subject) -> str:
    """The header's word for the number of a row, if it says nothing else (`Index`, `Unnamed: 0`); else empty."""
    row, words = column.says("row_number"), column.header.words
    length = len(row.split())
    is_all = " ".join(words[:length]) == row and all(word.isdigit() for word in words[length:])
    return row if is_all else ""


def _evidence(column: Subject) -> str:
    facts = column.facts
    return language.text("all values differ") if facts.n_distinct == facts.n_rows else distinct(facts)


def account(column: Subject) -> Verdict | None:
    """`Konto`, `Client`: the customer's word alone over values that all differ."""
    customer = column.says("customer")
    are_names = column.facts.spaced > MOST_SPACED and not column.facts.numbers
    is_key = column.is_key if are_names else column.is_unique and column.facts.n_rows >= FEW_ROWS
    if not customer or not is_key or column.header.words != (customer,):
        return None
    return Verdict(Role.ID, header_says(customer, distinct(column.facts)), GUESSED if are_names else LIKELY)


def identifier_by_look(column: Subject) -> Verdict | None:
    facts = column.facts
    if not column.is_key or facts.dates >= DATE_SHARE:
        return None
    if facts.digits == facts.numbers and column.is_whole and facts.same_length and facts.length >= LONG_ID:
        return Verdict(
            Role.ID, language.text("numbers of {length} digits, all different", length=f"{facts.length:.0f}"), GUESSED
        )
    if facts.numbers < 0.5 and facts.spaced < 0.1 and facts.length <= LONG_TEXT:
        return Verdict(Role.ID, language.text("one word a record, all different"), GUESSED)
    return None


def barcode(column: Subject) -> Verdict | None:
    """`EAN`, `Letzter Artikel EAN`: digits under which an article is sold."""
    phrase, facts = column.says("barcode"), column.facts
    if not phrase or not column.is_whole or facts.length < BARCODE_DIGITS:
        return None
    reason = language.text("{values}, names rather than amounts", values=distinct(facts))
    return Verdict(Role.CODE, header_says(phrase, reason), LIKELY)


def numbering(column: Subject) -> Verdict | None:
    """`Invoice no`, `Filialnr`, `store_id`, `Numéro de commande`: the number is a name, however often it stands."""
    facts, words = column.facts, column.header.words
    is_behind = len(words) > 1 and column.ends("numbered") and not column.starts("number_of")
    is_behind = is_behind and not _counts_plural(column)
    is_before = column.starts("numbered") and column.numbers("document") and facts.n_distinct > FEW_LEVELS
    is_at_end = column.ends("id", "compound_number") or column.starts("id")
    is_named = bool(column.id_word) and is_at_end and not column.says("counter")
    if not column.is_whole or facts.n_distinct <= 2 or not (is_behind or is_before or is_named):
        return None
    reason = header_says(" ".join(words), language.text("{values}, names rather than amounts", values=distinct(facts)))
    return Verdict(Role.ID if column.is_key else Role.CODE, reason, LIKELY)


def _counts_plural(column: Subject) -> bool:
    """`orders_no`: how many there are, unlike `Order no`; nothing has the number 0."""
    thing = column.header.words[-2]
    is_said = column.vocabulary.find("counted", (thing,)) or column.facts.minimum == 0
    return thing.endswith("s") and bool(is_said) and not column.is_key


def account_number(column: Subject) -> Verdict | None:
    """`Konto`, `Gegenkonto`: whole numbers of three digits and more are names of accounts, not amounts."""
    facts, words = column.facts, column.header.words
    phrase = column.says("ledger")
    if not phrase or len(words) > len(phrase.split()) or facts.n_distinct <= 2:
        return None
    if not column.is_whole or facts.digits < facts.numbers or facts.minimum < LEAST_ACCOUNT:
        return None
    return Verdict(
        Role.ID if column.is_key else Role.CODE,
        header_says(phrase, language.text("{values}, names of accounts rather than amounts", values=distinct(facts))),
        LIKELY,
    )


def coded_digits(column: Subject) -> Verdict | None:
    facts = column.facts
    if facts.leading_zeros == 0 or not column.is_numeric:
        return None
    role = Role.ID if column.is_key else Role.CODE
    may_be_phone = facts.length >= PHONE_LENGTH
    reason = language.text("digits with leading zeros, not amounts")
    return Verdict(role, reason, GUESSED if may_be_phone else LIKELY)
