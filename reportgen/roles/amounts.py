"""What a column of numbers is: the rules that tell amounts from ages and codes in disguise, in one order."""

from __future__ import annotations

from reportgen import language, wording
from reportgen.engine.text_units import CURRENCY_CODES, CURRENCY_SIGNS
from reportgen.records.table import Role
from reportgen.roles.facts import ColumnFacts
from reportgen.roles.subject import GUESSED, LIKELY, SURE, Rule, Subject, Verdict, distinct, header_says

SHORT_TIMES = frozenset({"months", "weeks", "days", "hours", "minutes", "seconds"})
"""Units in which nobody's age is told."""
OLDEST = 110
"""Years: a typical value above it is no person's age."""
CODE_LEVELS = 30
"""Distinct whole numbers under a code-like header that are still codes."""
UNSAID_CODES = 5
"""Distinct small whole numbers that are taken for codes though the header says nothing."""
SMALL_CODE = 9
"""Largest of them."""
LEAST_STEPS = 100
"""Records from which so few numbers under a header of money are none by chance."""
WITHIN_SHARE = 0.99
"""Of a column of shares, so many lie in 0..1; the rest are mistakes."""
DOUBTFUL = 0.5
ANY_YEARS = (1800, 2200)
"""Among which the numbers below a header that says year are years."""
YEARS = (1900, 2100)
"""Among which all numbers of a column are years, whatever its header says or does not say."""
LEAST_NUMBER, LONG_NUMBER = 5, 8
"""Digits from which numbers of one length may be names: where few come again, and where all are different."""
MOST_ROUND = 0.3
"""Share of numbers that end in 0 from which they are amounts: of names it is a tenth."""
TIMES_AGAIN = 5
"""How often each of few numbers stands on average that are names."""
DAYS_OF_YEAR = 366
HIGHEST_MARK = 10
"""Of answers to a question."""
RFM_STEPS = frozenset("12345")
"""Steps of recency, frequency and spending: quintiles, or fewer."""
_CURRENCIES = frozenset(CURRENCY_CODES.values()) | frozenset(CURRENCY_SIGNS)


def is_currency(unit: str) -> bool:
    return unit.removeprefix("k") in _CURRENCIES


def span(column: Subject) -> str:
    """`64 distinct numbers around 61`: the median, for an end would be one customer's value."""
    facts, median = column.facts, column.facts.median
    shown = wording.format_number(median, 0 if median.is_integer() else None)
    return language.text("{values} around {median}", values=distinct(facts, "number"), median=shown)


def codes_said(facts: ColumnFacts) -> str:
    return language.text("{values}, codes rather than amounts", values=distinct(facts))


def age(column: Subject) -> Verdict | None:
    phrase = column.says("age")
    is_other = column.says("thing") or column.ends("code") or column.header.unit in SHORT_TIMES
    if not phrase or is_other or not 0 < column.facts.median <= OLDEST:
        return None
    return Verdict(Role.AGE, header_says(phrase, span(column)), SURE)


def calendar_year(column: Subject) -> Verdict | None:
    phrase, facts = column.says("year"), column.facts
    if not phrase or not column.is_whole or not _are_years(facts):
        return None
    return Verdict(Role.CODE, header_says(phrase, language.text("calendar years, not amounts")), LIKELY)


def _are_years(facts: ColumnFacts) -> bool:
    """Whether all numbers are years, or 0 where there is none (`yr_renovated`)."""
    if facts.minimum == 0:
        return facts.maximum > 0 and all(float(text) in (0.0, *range(*ANY_YEARS)) for text in facts.levels)
    return facts.minimum >= ANY_YEARS[0] and facts.maximum <= ANY_YEARS[1]


def calendar_number(column: Subject) -> Verdict | None:
    """`week`, `day`, `hour` alone: the number of one, however many there are."""
    phrase, facts = column.says("calendar"), column.facts
    if not phrase or column.header.words != tuple(phrase.split()) or not column.is_whole:
        return None
    if facts.minimum < 0 or facts.maximum > DAYS_OF_YEAR:
        return None
    return Verdict(Role.CODE, header_says(phrase, codes_said(facts)), LIKELY)


def code(column: Subject) -> Verdict | None:
    phrase = column.tells("code") or column.id_word
    if not phrase or not column.is_whole or column.facts.n_distinct > CODE_LEVELS:
        return None
    if column.starts("number_of"):
        return None
    if column.ends("counted", "counter", "money", "score", "measure", "share", "frequency"):
        return None
    return Verdict(
        Role.CODE,
        header_says(phrase, codes_said(column.facts)),
        SURE,
    )


def rfm_cell(column: Subject) -> Verdict | None:
    """`RFM_Score` of 111 to 555: three steps written side by side, no amount; their sum is one."""
    facts = column.facts
    if "rfm" not in column.header.words or not column.is_whole or not facts.same_length or facts.n_distinct < 2:
        return None
    if facts.minimum <= SMALL_CODE or not all(set(text.removesuffix(".0")) <= RFM_STEPS for text in facts.levels):
        return None
    return Verdict(Role.CODE, header_says("rfm", codes_said(facts)), LIKELY)


def site(column: Subject) -> Verdict | None:
    """`Filiale`, `Store` alone: the number of one, however many there are; a 0 would count something there."""
    phrase = column.says("site")
    if not phrase or column.header.words != tuple(phrase.split()) or not column.is_whole or column.facts.minimum < 1:
        return None
    return Verdict(Role.CODE, header_says(phrase, codes_said(column.facts)), LIKELY)


def rating(column: Subject) -> Verdict | None:
    """`Wie zufrieden sind Sie …?`, `Would you recommend our brand?` over 0 to 10: a mark, whatever else it names."""
    phrase, facts = column.says("rating"), column.facts
    if not phrase or not column.is_whole or not 0 <= facts.minimum < facts.maximum <= HIGHEST_MARK:
        return None
    return Verdict(Role.SCORE, header_says(phrase, span(column)), LIKELY)


def score(column: Subject) -> Verdict | None:
    phrase = column.says("score")
    is_counted = len(column.header.words) > 1 and (column.starts("number_of") or column.ends("counter"))
    if phrase and not (is_counted and column.is_whole):
        return Verdict(Role.SCORE, header_says(phrase, span(column)), SURE)
    if column.header.scale:
        return Verdict(Role.SCORE, language.text("header declares a scale"), LIKELY)
    return None


def share(column: Subject) -> Verdict | None:
    facts, phrase = column.facts, column.says("share") or column.says("frequency")
    unit = column.header.unit or facts.unit
    if phrase and not column.is_whole and facts.within_one >= WITHIN_SHARE:
        return Verdict(Role.MEASURE, header_says(phrase, language.text("numbers from 0 to 1")), SURE, (0.0, 1.0))
    if unit == "%":
        return Verdict(Role.MEASURE, language.text("per cent; {span}", span=span(column)), SURE)
    phrase = column.says("share") or column.says("rate") or ("" if column.is_whole else phrase)
    return Verdict(Role.MEASURE, header_says(phrase, span(column)), LIKELY) if phrase else None


def count(column: Subject) -> Verdict | None:
    if not column.is_whole:
        return None
    phrase = column.says("counter") or column.says("frequency")
    if column.starts("number_of") and len(column.header.words) > 1:
        phrase = column.header.words[0]
    return (
        Verdict(Role.COUNT, header_says(phrase, language.text("whole numbers, {span}", span=span(column))), SURE)
        if phrase
        else None
    )


def money(column: Subject) -> Verdict | None:
    unit = column.header.unit or column.facts.unit
    phrase = "" if column.starts("duration") else column.says("money")
    if is_currency(unit):
        reason = language.text("in {unit}; {span}", unit=unit, span=span(column))
        return Verdict(Role.MONEY, header_says(phrase, reason) if phrase else reason, SURE)
    if not phrase or column.header.unit or column.ends("physical"):
        return None
    if _are_steps(column):
        reason = language.text(
            "only {words}: steps, not amounts", words=wording.join_words(sorted(column.facts.levels))
        )
        return Verdict(Role.CODE, header_says(phrase, reason), GUESSED)
    return Verdict(Role.MONEY, header_says(phrase, span(column)), SURE)


def counted(column: Subject) -> Verdict | None:
    phrase = column.says("counted")
    if phrase and column.is_whole:
        return Verdict(
            Role.COUNT, header_says(phrase, language.text("whole numbers, {span}", span=span(column))), LIKELY
        )
    phrase = column.says("purchases")
    if phrase and not column.is_whole and not column.says("duration"):
        return Verdict(
            Role.MONEY, header_says(phrase, language.text("amounts with decimals, {span}", span=span(column))), LIKELY
        )
    return None


def unread_date(column: Subject) -> Verdict | None:
    """`Belegdatum` over 101 and 2504: days in a way of writing that is not known are no amounts."""
    if (
        not column.ends("date")
        or column.header.words[-2:] == ("to", "date")
        or any(map(column.says, ("per", "duration", "money", "counter")))
    ):
        return None
    phrase = column.says("date")
    reason = language.text("dates in a way of writing that is not known: not read")
    return Verdict(Role.TEXT, header_says(phrase, reason), LIKELY)


def measure(column: Subject) -> Verdict | None:
    phrase = column.says("measure")
    return Verdict(Role.MEASURE, header_says(phrase, span(column)), LIKELY) if phrase else None


def unsaid_code(column: Subject) -> Verdict | None:
    if not _are_few_small(column):
        return None
    return Verdict(
        Role.CODE,
        language.text(
            "only {words}, and the header names no amount", words=wording.join_words(sorted(column.facts.levels))
        ),
        DOUBTFUL,
    )


def _are_few_small(column: Subject) -> bool:
    """Whether the column holds nothing but a few small whole numbers, and nothing says what they measure."""
    facts = column.facts
    is_small = (
        column.is_whole and facts.n_distinct <= UNSAID_CODES and 0 <= facts.minimum <= facts.maximum <= SMALL_CODE
    )
    return is_small and not column.header.unit and not facts.unit


def _are_steps(column: Subject) -> bool:
    """`price_range` of 0 to 3 in many records: steps of a scale, none left out, and no amounts."""
    facts = column.facts
    is_full = facts.minimum <= 1 and facts.n_distinct == facts.maximum - facts.minimum + 1
    return _are_few_small(column) and is_full and facts.n_distinct > 2 and facts.n_known >= LEAST_STEPS


def unsaid_year(column: Subject) -> Verdict | None:
    """`opened`, `FY`: whole numbers that are all years of our time are no amounts, though the header says nothing."""
    facts = column.facts
    is_year = column.is_whole and YEARS[0] <= facts.minimum <= facts.maximum <= YEARS[1]
    if not is_year or facts.n_distinct < 2 or column.header.unit or facts.unit:
        return None
    return Verdict(Role.CODE, language.text("calendar years, not amounts"), GUESSED)


def unsaid_number(column: Subject) -> Verdict | None:
    """Whole numbers of one length that are all different, or few that come again: names, not amounts, and not round."""
    facts = column.facts
    is_long = column.is_whole and facts.same_length and facts.length >= LEAST_NUMBER and facts.digits == facts.numbers
    if not is_long or column.header.unit or facts.unit:
        return None
    n_round = sum(n for text, n in facts.levels.items() if text.endswith("0"))
    if n_round > MOST_ROUND * sum(facts.levels.values()):
        return None
    if column.is_key and facts.length >= LONG_NUMBER:
        reason = language.text("numbers of {length} digits, all different", length=f"{facts.length:.0f}")
        return Verdict(Role.ID, reason, DOUBTFUL)
    if facts.n_distinct > CODE_LEVELS or facts.n_distinct * TIMES_AGAIN > facts.n_known:
        return None
    return Verdict(Role.CODE, codes_said(facts), DOUBTFUL)


def any_amount(column: Subject) -> Verdict | None:
    return Verdict(Role.MEASURE, span(column), GUESSED)


AMOUNT_RULES: tuple[Rule, ...] = (
    age,
    calendar_year,
    calendar_number,
    rating,
    code,
    rfm_cell,
    site,
    score,
    share,
    count,
    money,
    counted,
    unread_date,
    measure,
    unsaid_code,
    unsaid_year,
    unsaid_number,
    any_amount,
)
"""In order; the last always answers."""
