"""What a column is: the rules for everything but amounts, asked in one order, the first answer counts."""

from __future__ import annotations

from reportgen import language, wording
from reportgen.engine.text_yes import is_answer, one_answer
from reportgen.records.table import Role
from reportgen.roles.identities import (
    account,
    account_number,
    barcode,
    coded_digits,
    customer_id,
    identifier,
    identifier_by_look,
    numbering,
    registry,
    revision,
)
from reportgen.roles.mixed_units import length_of_time, several_units
from reportgen.roles.places import meridian, postcode
from reportgen.roles.subject import (
    DATE_SHARE,
    FEW_LEVELS,
    FEW_ROWS,
    GUESSED,
    LEVEL_SHARE,
    LIKELY,
    LONG_TEXT,
    SURE,
    Rule,
    Subject,
    Verdict,
    distinct,
    header_says,
)
from reportgen.roles.unread_amounts import unread_amount

PERSONAL_SHARE = 0.2
"""Cells that look like contact data from which a column is kept out: it would identify a fifth of the customers."""
CARD_SHARE = 0.5
"""The same for card numbers: by chance one long number in ten passes their check."""
CATEGORY_LEVELS = 50
"""Distinct texts that are levels of a category if each stands for two records on average."""
NAMED_LEVEL_SHARE = 0.5
"""The same where the header says that the column is a category (`city`)."""
PHONE_DIGITS = 7
"""Characters a telephone number has at least."""
MONTHS = language.msgid("six digits each that are a year and a month")
WRITTEN_MONTHS = language.msgid("months with their year, read as their first day")

FLAG_PAIRS = (
    ("0", "1"),
    ("0.0", "1.0"),
    ("yes", "no", "y", "n"),
    ("true", "false", "t", "f"),
    ("on", "off"),
    ("ja", "nein", "j", "n"),
    ("wahr", "falsch"),
    ("oui", "non", "o", "n"),
    ("vrai", "faux"),
    ("si", "sí", "sì", "no", "s", "n"),
    ("verdadero", "falso"),
    ("sim", "não", "nao", "s", "n"),
    ("vero", "falso"),
    ("ja", "nee", "j", "n"),
    ("ja", "nej", "j", "n"),
    ("ja", "nei", "j", "n"),
    ("kyllä", "ei", "k", "e"),
    ("tak", "nie", "t", "n"),
    ("ano", "ne", "a", "n"),
    ("da", "ne", "d", "n"),
    ("da", "nu", "d", "n"),
    ("igen", "nem", "i", "n"),
    ("evet", "hayır", "e", "h"),
    ("да", "нет", "д", "н"),
    ("так", "ні"),
    ("ναι", "όχι"),
    ("はい", "いいえ"),
    ("有", "無"),
    ("是", "否"),
    ("예", "아니요"),
    ("active", "inactive"),
    ("enabled", "disabled"),
    ("aktiv", "inaktiv"),
    ("actif", "inactif"),
    ("activo", "inactivo"),
    ("ativo", "inativo"),
    ("✓", "✗", "✔", "✘"),
    ("+", "-", "–", "—"),
)
"""Words for yes and no, in lower case; a flag keeps to one line."""


def empty(column: Subject) -> Verdict | None:
    if column.facts.n_known:
        return None
    return Verdict(Role.EMPTY, language.text("no value in any record looked at"), 1.0)


def ticked(column: Subject) -> Verdict | None:
    """`x` or blank: who is not ticked says no, where no word says that it is not known."""
    facts = column.facts
    yes = next(iter(facts.levels), "")
    if facts.n_distinct != 1 or facts.n_rows < FEW_ROWS or facts.has_missing_words:
        return None
    if not is_answer(yes, facts.n_known, facts.n_looked):
        return None
    reason = language.text("only {mark} or blank: a blank cell is read as no", mark=wording.scrub(yes))
    return Verdict(Role.FLAG, reason, LIKELY)


def constant(column: Subject) -> Verdict | None:
    facts = column.facts
    if facts.n_distinct > 1 or facts.n_known == 0:
        return None
    everywhere = facts.n_known == facts.n_looked
    return Verdict(
        Role.CONSTANT,
        language.text("the same value in every record") if everywhere else language.text("only one value"),
        1.0,
    )


def personal(column: Subject) -> Verdict | None:
    facts = column.facts
    if looks := _personal_look(column):
        return Verdict(Role.PERSONAL, looks, SURE)
    if facts.looks["cards"] >= CARD_SHARE:
        return Verdict(Role.PERSONAL, language.text("payment card numbers"), SURE)
    if facts.n_distinct <= FEW_LEVELS and not column.is_unique and not column.is_persons_name:
        return None
    contact = column.says("phone")
    if contact and (facts.looks["phones"] >= 0.5 or facts.length >= PHONE_DIGITS):
        return Verdict(Role.PERSONAL, header_says(contact, language.text("contact data")), SURE)
    if facts.looks["phones"] >= DATE_SHARE and facts.numbers < 0.5:
        return Verdict(Role.PERSONAL, language.text("telephone numbers"), LIKELY)
    phrase = column.says("personal") or (not column.is_numeric and (column.says("email") or column.says("profile")))
    if phrase and not column.ends("postcode", "code"):
        return Verdict(Role.PERSONAL, header_says(phrase, language.text("it says who or where a customer is")), SURE)
    phrase = "" if any(map(column.says, ("code", "site", "named_thing"))) else column.says("name")
    if phrase and not column.is_numeric and facts.distinct_share > NAMED_LEVEL_SHARE:
        return Verdict(
            Role.PERSONAL, header_says(phrase, language.text("{values}, as names have", values=distinct(facts))), LIKELY
        )
    return None


def _personal_look(column: Subject) -> str:
    """What of one person alone the cells look like, or empty; numbers of invoices may look like social ones."""
    facts = column.facts
    looks = (
        (language.text("e-mail addresses"), facts.looks["mails"]),
        (language.text("account numbers"), facts.looks["ibans"]),
        (language.text("internet addresses"), facts.looks["ips"]),
        (language.text("social security numbers"), 0.0 if column.says("document") else facts.looks["socials"]),
    )
    return next((what for what, share in looks if share >= PERSONAL_SHARE), "")


def birth(column: Subject) -> Verdict | None:
    facts, phrase = column.facts, column.says("birth")
    if not phrase:
        return None
    if max(facts.dates, facts.compact_dates, facts.bare_dates, facts.serial_dates, facts.epoch_dates) >= DATE_SHARE:
        return Verdict(Role.BIRTH, header_says(phrase, "dates"), SURE)
    if column.is_whole and 1800 <= facts.median <= 2200:
        return Verdict(Role.BIRTH, header_says(phrase, language.text("years, {values}", values=distinct(facts))), SURE)
    return None


def date(column: Subject) -> Verdict | None:
    facts, phrase = column.facts, column.says("date") or column.is_event
    if facts.dates >= DATE_SHARE:
        phrase = phrase or column.is_stamp
        reason = header_says(phrase, distinct(facts, "date")) if phrase else distinct(facts, "date")
        return Verdict(Role.DATE, reason, SURE if phrase else LIKELY)
    is_bare = bool(phrase) and facts.bare_dates >= DATE_SHARE > facts.serial_dates
    is_counted = column.counts_seconds or (phrase and facts.serial_dates >= DATE_SHARE)
    if is_bare or is_counted or facts.compact_dates >= DATE_SHARE:
        return Verdict(Role.DATE, language.text("digits that are dates"), LIKELY if phrase else GUESSED)
    return None


def written_month(column: Subject) -> Verdict | None:
    """`2025-01`, `Jan 25`: a month is read as its first day; digits alone (`01.2025`) and quarters below a header of
    dates."""
    facts, phrase = column.facts, column.says("date") or column.is_event or column.says("month")
    if facts.written_months + (facts.quarters if phrase else 0) < DATE_SHARE or (column.is_numeric and not phrase):
        return None
    what = language.text("months and quarters with their year") if facts.quarters else language.text(WRITTEN_MONTHS)
    return Verdict(Role.DATE, header_says(phrase, what) if phrase else what, LIKELY)


def month(column: Subject) -> Verdict | None:
    """`202511`: six digits that are a year and a month in every cell are no amount, unless the header says money."""
    facts = column.facts
    phrase = column.says("date") or column.says("month")
    if not column.is_numeric or facts.months < (DATE_SHARE if phrase else facts.numbers):
        return None
    if not phrase and (facts.n_known < FEW_ROWS or column.says("money")):
        return None
    months = language.text(MONTHS)
    return Verdict(Role.DATE, header_says(phrase, months) if phrase else months, LIKELY)


def flag(column: Subject) -> Verdict | None:
    facts = column.facts
    levels = {level.lower() for level in facts.levels}
    is_pair = any(levels <= set(words) for words in FLAG_PAIRS) or one_answer(levels)
    if facts.n_distinct > FEW_LEVELS or not is_pair:
        return None
    if column.header.words == (column.says("sex"),) and column.is_numeric:  # no and yes to nothing
        return None
    shown = wording.join_words(sorted(facts.levels)[:4])
    return Verdict(Role.FLAG, language.text("only {shown}", shown=shown), SURE)


def category(column: Subject) -> Verdict | None:
    facts = column.facts
    if column.is_numeric:
        return None
    phrase = column.says("code")
    mixed = (
        f"{language.text('only {share} numbers', share=wording.format_share(facts.numbers))}; "
        if facts.numbers >= 0.5
        else ""
    )
    is_prose = facts.spaced > 0.5 and facts.length > LONG_TEXT
    most = NAMED_LEVEL_SHARE if phrase else LEVEL_SHARE
    few = facts.distinct_share <= (NAMED_LEVEL_SHARE if facts.n_distinct <= CATEGORY_LEVELS else most)
    few = few or facts.n_rows < FEW_ROWS
    if column.says("free_text") and facts.n_distinct > FEW_LEVELS:
        return Verdict(Role.TEXT, header_says(column.says("free_text"), distinct(facts, "text")), SURE)
    if is_prose or not few or (column.is_unique and facts.n_rows >= FEW_ROWS):
        return Verdict(
            Role.TEXT,
            f"{mixed}{language.text('{values}, too many for a category', values=distinct(facts, 'text'))}",
            LIKELY,
        )
    reason = header_says(phrase, distinct(facts, "label")) if phrase else mixed + distinct(facts, "label")
    return Verdict(Role.CATEGORY, reason, SURE if phrase else LIKELY)


RULES: tuple[Rule, ...] = (
    empty,
    ticked,
    constant,
    personal,
    registry,
    customer_id,
    revision,
    identifier,
    account,
    postcode,
    meridian,
    barcode,
    numbering,
    birth,
    month,
    written_month,
    date,
    account_number,
    flag,
    coded_digits,
    unread_amount,
    length_of_time,
    several_units,
    identifier_by_look,
    category,
)
"""In order: what identifies first, then what the values are."""
