"""Finds the column that names the customers where several may, or none numbers them; else what may do so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from reportgen import language
from reportgen.orders._repeats import count_known, share_repeated
from reportgen.orders._words import order_words, words_in
from reportgen.records.orders import Part, PartColumn
from reportgen.records.table import Column, RawTable, Role

LEAST_REPEATED = 0.2
"""Share of records that must repeat a customer where nothing else tells orders: fewer are customers exported twice."""
LEAST_PERSONS = 20
"""Distinct names or numbers that are customers: fewer are branches, or too few for segments."""
LEAST_SHARE = 0.02
"""Distinct names or numbers over records below which they are staff, tariffs or branches."""
ONE_EACH = 0.9
"""Distinct addresses over records from which each record is a person."""
LEAST_AGAIN = 1.5
"""Records of an address on average from which they are what persons did: families share one, too."""
KNOWN_TOO = 0.95
"""Records with an address over those with a name from which the address tells whatever the name does."""
MORE_APART = 1.2
"""Times as many addresses as names from which some names are of several customers."""
MAY_NAME_PERSONS = frozenset({Role.CATEGORY, Role.TEXT, Role.PERSONAL})
"""Of a customer's key: its texts may be names, so that none of them is shown."""
MAY_NAME = MAY_NAME_PERSONS | {Role.ID, Role.CODE}
MEASURED = frozenset({Role.COUNT, Role.SCORE, Role.MONEY, Role.AGE, Role.BIRTH, Role.MEASURE})
PERSONAL_CONFIDENCE = 0.6
"""Of a key that says who a person is: below what cleaning takes for an id whose values it may show."""


def one_that_repeats(raw: RawTable, columns: Iterable[Column], roles: frozenset[Role]) -> PartColumn | None:
    """Of the columns whose header says customer id the surest in which customers come again; else the surest."""
    ranked = [
        (rank, column)
        for column in columns
        if column.role in roles and (rank := order_words().rank(Part.CUSTOMER, column.name))
    ]
    ranked.sort(key=lambda entry: entry[0][0])
    best = ranked[0] if ranked else None
    if len(ranked) > 1:
        best = next((entry for entry in ranked if share_repeated(raw, entry[1].name) >= LEAST_REPEATED), best)
    return best and PartColumn(Part.CUSTOMER, best[1].name, language.text("header says {phrase}", phrase=best[0][1]))


def person(raw: RawTable, columns: Iterable[Column], parts: Mapping[Part, PartColumn]) -> PartColumn | None:
    """Where orders have no customer id: an address of mail, a user name, a number or a whole name that comes again."""
    if Part.DATE not in parts or not {Part.AMOUNT, Part.PRICE, Part.ORDER} & set(parts):
        return None
    taken = {played.column for played in parts.values()}
    ranked = [
        (rank, column.name)
        for column in columns
        if column.name not in taken
        and column.role not in (Role.EMPTY, Role.CONSTANT, Role.IGNORED, Role.DATE, Role.FLAG)
        and (rank := order_words().rank_person(column.name))
        and not is_measured(column, rank[1])
    ]
    for (_, phrase), name in sorted(ranked, key=lambda entry: entry[0][0]):
        if share_repeated(raw, name) >= LEAST_REPEATED:
            reason = language.text("header says {phrase}; no column numbers the customers", phrase=phrase)
            if order_words().is_persons_name(phrase):
                reason = language.text("{reason}, so namesakes count as one", reason=reason)
            return PartColumn(Part.CUSTOMER, name, reason)
    return None


def is_measured(column: Column, phrase: str) -> bool:
    """Whether a column of numbers counts mails, or what else stands beside that word: `email_opens`."""
    return column.role in MEASURED and (column.role is not Role.MEASURE or "mail" in phrase)


def told_better(raw: RawTable, columns: Collection[Column], parts: Mapping[Part, PartColumn]) -> PartColumn | None:
    """Where `Customer` holds names: the address or telephone that tells more customers apart than those do."""
    named = parts[Part.CUSTOMER].column
    role = next(column.role for column in columns if column.name == named)
    if role not in MAY_NAME_PERSONS or len(words_in(named)) > 1:
        return None
    found = person(raw, columns, {part: played for part, played in parts.items() if part is not Part.CUSTOMER})
    if not found or found.column == named or order_words().is_persons_name(found.column):
        return None
    (known, by_name), (addressed, by_address) = (count_known(raw, name, [name]) for name in (named, found.column))
    n_named, n_found = by_name[named], by_address[found.column]
    is_everywhere = addressed >= KNOWN_TOO * known and n_found >= n_named
    return found if is_everywhere or n_found >= MORE_APART * n_named else None


def may_name(raw: RawTable, columns: Iterable[Column], parts: Mapping[Part, PartColumn], *, are_orders: bool) -> str:
    """Of records that no known word gives to a customer: the column that may do so and comes again, or empty.

    Of orders any column of names or numbers; of others one of customers' names alone.
    """
    words, taken = order_words(), {played.column for played in parts.values()}
    for column in columns:
        says = words.may_name(column.name) if are_orders else words.is_persons_name(column.name)
        if not says or column.name in taken or column.role not in MAY_NAME:
            continue
        n_known, counts = count_known(raw, column.name, [column.name])
        least = max(LEAST_PERSONS, LEAST_SHARE * n_known)
        if counts[column.name] >= least and n_known - counts[column.name] >= LEAST_REPEATED * n_known:
            return column.name
    return ""


def who_comes_again(raw: RawTable, columns: Collection[Column]) -> str:
    """Of records with a day and an amount of money: the column of addresses of mail, telephones, cards or whole names
    that come again and again; empty where there is none, or where one of them stands in each record alone."""
    if not {Role.DATE, Role.MONEY} <= {column.role for column in columns}:
        return ""
    words, found = order_words(), ""
    for column in columns:
        rank = words.rank_person(column.name)
        tells = column.contact in ("e-mail", "telephone") or (rank and not is_measured(column, rank[1]))
        if not tells or words.is_other_person(column.name):
            continue
        n_known, counts = count_known(raw, column.name, [column.name])
        if counts[column.name] >= ONE_EACH * n_known > 0:
            return ""
        if counts[column.name] >= LEAST_PERSONS and n_known >= LEAST_AGAIN * counts[column.name]:
            found = found or column.name
    return found
