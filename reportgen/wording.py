"""Numbers as the reader sees them: the one place that rounds and formats, so that every output agrees to the digit."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from reportgen.language import CURRENCY_SIGN, Signs, counted, month_name, msgid, spoken, text, text_in
from reportgen.records.table import Column, Role

MINUS = "−"
CURRENCY_SIGNS = frozenset("$€£¥₹₽₩₺₴₪฿")
"""Units that stand where the language puts its currency: before the number in English."""
NO_BREAK = "\xa0"
OWN_UNITS = {
    msgid("years"): msgid("year"),
    msgid("months"): msgid("month"),
    msgid("weeks"): msgid("week"),
    msgid("days"): msgid("day"),
    msgid("hours"): msgid("hour"),
    msgid("minutes"): msgid("minute"),
    msgid("seconds"): msgid("second"),
    msgid("points"): msgid("point"),
}
"""Units that are words of ours, not of the export, and what one of them is called."""
NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""A language may have several forms of one, parted by bars, of which the first is printed: `ein|eine`."""

TEXT_LIMIT = 120
"""Characters shown of any text that comes from the export: WeasyPrint's time is superlinear in unbroken text."""

QUOTE_LIMIT = 600
"""Characters of a longer text that a sentence may quote."""

LISTED_RECORDS = 1_000
"""Records that one finding lists one by one in quarantine.csv; its note and all totals count every one."""

_CAPITALS = "A-ZÀ-ÖØ-Þ"
_HEADER_WORD = re.compile(rf"[{_CAPITALS}]+(?![^\W\d_{_CAPITALS}])|[{_CAPITALS}]?[^\W\d_{_CAPITALS}]+|\d+|[^\W\d_]+")
_UNSPLIT = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "æ": "ae"})
"""Letters that are no letter with an accent."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


def format_count(n: float) -> str:
    """`1,234`."""
    return _signed(_localised(f"{abs(n):,.0f}"), n)


def format_number(value: float, decimals: int | None = None) -> str:
    """`8,512`, `86.5`, `0.55`: three or four significant digits unless `decimals` is given."""
    if decimals is None:
        decimals = sensible_decimals(value)
    return _signed(_localised(f"{abs(value):,.{decimals}f}"), value)


def sensible_decimals(value: float) -> int:
    """Decimals that leave three significant digits, at most three, none from 100 on."""
    size = abs(value)
    if size >= 100 or size == 0:
        return 0
    return min(3, 2 - math.floor(math.log10(size))) if size < 10 else 1


def format_share(share: float, decimals: int = 0) -> str:
    """A share of 0..1 as `20%`; a share that is not 0 or 1 never prints as `0%` or `100%`."""
    shown = f"{share * 100:.{decimals}f}"
    smallest = 10**-decimals
    if 0 < share < 1:
        if float(shown) == 0:
            return f"<{_percent(f'{smallest:.{decimals}f}')}"
        if float(shown) == 100:
            return f">{_percent(f'{100 - smallest:.{decimals}f}')}"
    return _percent(shown)


def format_sd(difference: float) -> str:
    """A difference in standard deviations: `+1.0 SD`."""
    shown = format_number(difference, 1)
    is_zero = not any(character in "123456789" for character in shown)
    return f"{'+' if difference > 0 and not is_zero else ''}{text('{n} SD', n=shown)}"


def format_amount(value: float, unit: str, decimals: int | None = None) -> str:
    """A value with its unit: `86.5 k$`, `€1,204`, `42.7 years`, `82.1`, `12%`."""
    number = format_number(value, decimals)
    if unit in CURRENCY_SIGNS:
        return _amount(number, unit)
    if unit == "%":
        signs = spoken().signs
        return f"{signs.before_percent}{number}{signs.after_percent}"
    return f"{number} {show_unit(unit, is_one=number.lstrip(MINUS) == '1')}" if unit else number


def show_unit(unit: str, *, is_one: bool = False) -> str:
    """The unit in the language spoken, where it is a word of ours."""
    return text(OWN_UNITS[unit] if is_one else unit) if unit in OWN_UNITS else unit


def format_year(year: float) -> str:
    """A calendar year, without a separator: `1985`."""
    return f"{year:.0f}"


def format_p_value(p: float) -> str:
    """`p = 0.012`, never smaller than `p < 0.001`; with the nought, for a line may break behind a bare point."""
    return f"p < {_localised('0.001')}" if p < 0.001 else f"p = {_localised(f'{p:.3f}')}"


def plural(n: float, noun: str, plural_noun: str | None = None) -> str:
    """`1 customer`, `1,234 customers`."""
    return counted(f"{{n}} {noun}", f"{{n}} {plural_noun or noun + 's'}", n, n=format_count(n))


def join_words(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {text(last)} {words[-1]}"


def month_label(period: str) -> str:
    """`October 2026` from `2026-10`."""
    year, month = period.split("-")
    return month_name(int(year), int(month))


def number_word(n: int) -> str:
    """`five` up to twelve, digits beyond."""
    return number_words(n)[0] if 0 <= n < len(NUMBER_WORDS) else format_count(n)


def number_words(n: int) -> list[str]:
    """Every form of a number up to twelve, the one that is printed first."""
    return text_in("number", NUMBER_WORDS[n]).split("|")


def unit_of(column: Column) -> str:
    """The unit to print: ages are years even where the header does not say so; a label that begins with it says it."""
    if column.unit and column.label.casefold().startswith(f"{show_unit(column.unit).casefold()} "):
        return ""
    return column.unit or ("years" if column.role is Role.AGE else "")


def inner_case(label: str) -> str:
    """The label as it stands inside a sentence: `annual income`, `GB download`, `Q3 sales`."""
    if spoken().capitalises_nouns:
        return label
    return label if label[1:2].isupper() or label[1:2].isdigit() else label[:1].lower() + label[1:]


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def level_text(value: object) -> str | None:
    """A category's level as text, a code that is stored as a number without its `.0`; None: not known."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def fold(text: str) -> str:
    """Lower case without accents: `Âge` → `age`, `Größe` → `grosse`."""
    bare = unicodedata.normalize("NFKD", text.lower().translate(_UNSPLIT))
    return "".join(character for character in bare if not unicodedata.combining(character))


def header_words(header: str) -> list[str]:
    """Lower-case words of a header: `AnnualIncome`, `annual_income` and `Annual Income` are alike."""
    return [word.lower() for word in _HEADER_WORD.findall(header)]


def scrub(text: object, limit: int = TEXT_LIMIT) -> str:
    """Text from the export made safe to show: no controls, bidi overrides or surrogates, runs of marks cut, clipped."""
    shown = str(text).encode("utf-8", "replace").decode("utf-8")
    shown = _space_pattern(spoken().signs).sub(" ", _CONTROLS.sub(" ", shown)).strip()
    marks = 0
    kept = []
    for character in shown[: limit * 8]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= 3:
            kept.append(character)
    return "".join(kept) if len(kept) <= limit else "".join(kept[: limit - 1]) + "…"


class PrintedNumber(NamedTuple):
    """A number as it stands in a text."""

    start: int
    shown: str
    value: float


def numbers_in(text: str) -> list[PrintedNumber]:
    """The numbers printed in a text, in order; digits inside a word (`Q3`, `12mo`) or a list (`5,5,5`) are none."""
    return [
        PrintedNumber(found.start(), found[0], value_of(found[0]))
        for found in _number_pattern(spoken().signs).finditer(text)
    ]


def value_of(shown: str) -> float:
    """The number that those digits are, as they are printed: `−1,204.5`."""
    signs = spoken().signs
    return float(shown.replace(signs.group, "").replace(signs.decimal, ".").replace(MINUS, "-"))


def digits_pattern(signs: Signs) -> str:
    """What matches the digits of one number, without its sign."""
    group, decimal = re.escape(signs.group), re.escape(signs.decimal)
    return rf"(?:(?:\d{{1,3}}(?:{group}\d{{3}})+(?!\d)|\d+)(?:{decimal}\d+)?|{decimal}\d+)"


@cache
def _number_pattern(signs: Signs) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,{MINUS}])[−-]?{digits_pattern(signs)}(?!\w|[.,]\d)")


@cache
def _space_pattern(signs: Signs) -> re.Pattern[str]:
    """What shrinks to one space; a no-break space that the language writes in numbers stays."""
    is_written = any(NO_BREAK in sign for sign in (signs.group, signs.after_percent, signs.after_amount))
    return re.compile(rf"[^\S{NO_BREAK}]+" if is_written else r"\s+")


def _localised(digits: str) -> str:
    """Digits as Python prints them, with the signs of the language spoken."""
    signs = spoken().signs
    return digits.translate({ord(","): signs.group, ord("."): signs.decimal})


def _percent(digits: str) -> str:
    signs = spoken().signs
    return f"{signs.before_percent}{_localised(digits)}{signs.after_percent}"


def _amount(number: str, currency: str) -> str:
    """The number with its currency: `−€1,204`, `−1.204 €`."""
    signs = spoken().signs
    before, after = (part.replace(CURRENCY_SIGN, currency) for part in (signs.before_amount, signs.after_amount))
    minus, digits = (MINUS, number[1:]) if number.startswith(MINUS) else ("", number)
    return f"{minus}{before}{digits}{after}"


def _signed(digits: str, value: float) -> str:
    is_zero = not any(character in "123456789" for character in digits)
    return f"{MINUS}{digits}" if value < 0 and not is_zero else digits


def up_to_listed(n: int, reason: str) -> str:
    """The reason of a note on `n` records that are listed one by one, with how far the list goes."""
    if n <= LISTED_RECORDS:
        return reason
    return text("{reason}; the first {n} records are listed", reason=reason, n=format_count(LISTED_RECORDS))
