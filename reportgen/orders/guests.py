"""Gives the order lines of who bought without an account to a customer: the one of their e-mail address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import narwhals as nw

from reportgen import language, wording
from reportgen.orders._words import order_words
from reportgen.orders.base import Lines, plain
from reportgen.orders.missing_customers import GUEST, has_guests
from reportgen.records.orders import Part
from reportgen.records.table import CleaningNote

NAME = "guests"
ADDRESS, ACCOUNT, N_ACCOUNTS = "__address__", "__account__", "__n_accounts__"
LEAST_APART = 0.5
"""Addresses a customer with an id from which they tell customers apart; fewer are the shop's own."""


def name_guests(lines: Lines) -> tuple[Lines, tuple[CleaningNote, ...]]:
    """The lines with an e-mail address in place of an id that is missing, or 0; an account's id where it has one.

    An address that stands in lines of one id alone is that customer's, however the order was placed.
    """
    key, mail = lines.name(Part.CUSTOMER), mail_column(lines)
    if not mail:
        return lines, ()
    is_zero = nw.col(key).str.contains(GUEST)
    frame = lines.frame.with_columns(plain(mail).str.to_lowercase().alias(ADDRESS))
    is_guest = nw.col(key).is_null() | is_zero if are_guests(lines, frame.filter(is_zero)) else nw.col(key).is_null()
    n_named, n_apart = counted(frame.filter(is_guest))
    if not n_named or not tells_apart(frame.filter(~is_guest), key):
        return lines, ()
    accounts = accounts_of(frame.filter(~is_guest), key)
    owner = nw.when(nw.col(ACCOUNT).is_null()).then(nw.col(ADDRESS)).otherwise(nw.col(ACCOUNT))
    named = frame.join(accounts, on=ADDRESS, how="left").with_columns(
        nw.when(is_guest).then(owner).otherwise(nw.col(key)).alias(key)
    )
    return replace(lines, frame=named.drop(ADDRESS, ACCOUNT)), (note_of(mail, n_named, n_apart),)


def mail_column(lines: Lines) -> str:
    """The column of the customers' e-mail addresses, or empty; the one whose header says so best."""
    ranked = [(rank[0], name) for name in lines.addresses() if (rank := order_words().rank_person(name))]
    return min(ranked)[1] if ranked else ""


def are_guests(lines: Lines, zeros: nw.LazyFrame[Any]) -> bool:
    """Whether the id 0 is that of guests: no one customer has several addresses, or so many lines."""
    return counted(zeros)[1] > 1 or has_guests(lines, lines.name(Part.CUSTOMER))


def counted(frame: nw.LazyFrame[Any]) -> tuple[int, int]:
    """(lines with an address, distinct addresses)."""
    address = nw.col(ADDRESS)
    known = frame.filter(~address.is_null()).group_by(ADDRESS).agg(nw.len().alias(N_ACCOUNTS))
    n_lines, n_apart = known.select(nw.col(N_ACCOUNTS).sum().alias("n"), nw.len().alias("m")).collect().rows()[0]
    return int(n_lines or 0), int(n_apart)


def tells_apart(frame: nw.LazyFrame[Any], key: str) -> bool:
    """Whether customers with an id and an address have addresses of their own."""
    known = frame.filter(~nw.col(ADDRESS).is_null())
    n_ids, n_addresses = (
        known.select(nw.col(key).n_unique().alias("n"), nw.col(ADDRESS).n_unique().alias("m")).collect().rows()[0]
    )
    return bool(n_addresses >= LEAST_APART * n_ids)


def accounts_of(frame: nw.LazyFrame[Any], key: str) -> nw.LazyFrame[Any]:
    """ADDRESS and ACCOUNT of each address that stands in lines of one id alone."""
    known = frame.filter(~nw.col(ADDRESS).is_null()).group_by(ADDRESS)
    each = known.agg(nw.col(key).min().alias(ACCOUNT), nw.col(key).n_unique().alias(N_ACCOUNTS))
    return each.filter(nw.col(N_ACCOUNTS) == 1).select(ADDRESS, ACCOUNT)


def note_of(mail: str, n_named: int, n_apart: int) -> CleaningNote:
    before = language.text("no customer id, or 0, in {lines}", lines=wording.plural(n_named, "line"))
    after = language.text(
        "{addresses} in {column}", addresses=wording.plural(n_apart, "e-mail address", "e-mail addresses"), column=mail
    )
    reason = language.text("who buys as a guest is told by the address; one that an account has is that account's")
    return CleaningNote(NAME, mail, n_named, before, after, reason, is_fix=True)
