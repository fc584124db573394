"""Decides which unit is taken off the numbers of a column; asks where two currencies, or shares and per cents, mix."""

from __future__ import annotations

from typing import NamedTuple

from reportgen import language, wording
from reportgen.clean._digits import STRAY_SHARE, Digits, count_bare
from reportgen.clean._look import quote, show_number
from reportgen.clean.base import Plan
from reportgen.engine.text_numbers import read_number
from reportgen.engine.text_units import (
    BOOKED,
    CREDIT,
    CRORE,
    CURRENCIES,
    LAKHS,
    PER_CENT,
    UNCLEAR,
    count_units,
    is_cr,
    meaning_of_cr,
    money_of,
    unit_of,
)
from reportgen.engine.text_written import LAKHS_SAID, LAYERS
from reportgen.errors import ReportgenError
from reportgen.settings_file import toml_value

PER_CENTS = 100.0
"""Per cents in one: 0.12 is 12%."""
CRORES = 1e7
"""Rupees in a crore."""
THOUSAND = 1_000
"""Crores of rupees below which a guess reads `Cr` so: no customer spends more."""


class UnitChoice(NamedTuple):
    """The unit of one column."""

    unit: str
    factor: float = 1.0
    """By which a number without a per cent sign is multiplied."""
    why: str = ""
    """For the log."""
    is_guess: bool = False


def choose_unit(name: str, digits: Digits, decimal: str, plan: Plan) -> UnitChoice:
    """What is taken off. Raises ReportgenError (RG-007) for two currencies, and for 12% beside 0.12."""
    if digits.unit == PER_CENT:
        return _per_cent(name, digits, decimal, plan)
    units = count_units(digits.odd)
    money = [(unit, n) for unit, n in units.most_common() if unit in CURRENCIES and n > STRAY_SHARE * digits.n_known]
    if len(money) < 2 and is_cr(digits.unit):
        return _cr(name, digits, plan)
    if len(money) < 2:
        return UnitChoice(digits.unit, why=language.text(LAYERS[digits.unit]) if digits.unit in LAYERS else "")
    signs = [unit for unit, _ in money]
    if plan.settings.input.when_unsure == "guess":
        why = language.text(
            "{words} do not add up: only {unit} is read", words=wording.join_words(signs), unit=signs[0]
        )
        return UnitChoice(signs[0], why=why, is_guess=True)
    examples = {unit: next(text for text, _ in digits.odd if money_of(unit_of(text)) == unit) for unit in signs}
    counts = [
        language.text(
            "{unit} in {cells}, as in {value}", unit=unit, cells=wording.plural(n, "cell"), value=quote(examples[unit])
        )
        for unit, n in money
    ]
    raise ReportgenError(
        "RG-007",
        f"The column {wording.scrub(name)} mixes {wording.join_words(signs)} ({'; '.join(counts)}): such amounts "
        "do not add up.",
        "Convert them to one currency before the export, or leave the column out: "
        f"ignore = {toml_value((wording.scrub(name),))} under [columns] of the settings.",
    )


def _cr(name: str, digits: Digits, plan: Plan) -> UnitChoice:
    """Of `500.00 Cr` without a debit in the column: credit or crore; without rupees and beside no other it stays Cr."""
    money, setting = money_of(digits.unit), plan.settings.input.cr
    is_alone = money == digits.unit and digits.n_known - _n_cr(digits) <= STRAY_SHARE * digits.n_known
    if is_alone and setting == "auto":
        return UnitChoice(digits.unit)
    told = meaning_of_cr(digits.odd, STRAY_SHARE * digits.n_known) if money in CURRENCIES else UNCLEAR
    meaning = told if setting == "auto" else setting
    is_guess = meaning == UNCLEAR and plan.settings.input.when_unsure == "guess"
    if is_guess:
        is_small = all(abs(_amount(text, money)) < THOUSAND for text, _ in digits.odd)
        meaning = CRORE if is_small and money in CURRENCIES else CREDIT
    units = {CREDIT: (money, BOOKED), CRORE: (digits.unit, LAKHS)}
    if meaning in units:
        unit = units[meaning][money == digits.unit]
        why = language.text("Cr is credit") if meaning == CREDIT else language.text(LAKHS_SAID)
        return UnitChoice(unit, why=why, is_guess=is_guess)
    example = next(text for text, _ in digits.odd if is_cr(unit_of(text)))
    amount = _amount(example, money)
    raise ReportgenError(
        "RG-007",
        f"The column {wording.scrub(name)} has two readings: Cr in {wording.plural(_n_cr(digits), 'cell')}, as in "
        f"{quote(example)}, is credit ({show_number(amount)}) or crore ({show_number(amount * CRORES)}).",
        'Say which: cr = "credit" or cr = "crore" under [input] of the settings.',
    )


def _n_cr(digits: Digits) -> int:
    return sum(n for text, n in digits.odd if is_cr(unit_of(text)))


def _amount(text: str, money: str) -> float:
    """The number beside `Cr` as it stands, 0 where it is none."""
    return read_number(text, ".", money) or 0.0


def _per_cent(name: str, digits: Digits, decimal: str, plan: Plan) -> UnitChoice:
    n_bare, n_small = count_bare(digits, decimal)
    setting = plan.settings.input.percent
    if not n_bare or setting == "per cent":
        return UnitChoice(PER_CENT)
    if setting == "share":
        return UnitChoice(
            PER_CENT, PER_CENTS, language.text("a number without % is a share: 0.12 is 12%, as the settings say")
        )
    marked = [read_number(text, decimal, PER_CENT) for text, _ in digits.odd if PER_CENT in text]
    if 2 * n_small < n_bare or all(abs(value or 0) <= 1 for value in marked):
        return UnitChoice(PER_CENT, why=language.text("numbers without % are per cents too"))
    if plan.settings.input.when_unsure == "guess":
        return UnitChoice(
            PER_CENT, PER_CENTS, language.text("a number without % is a share: 0.12 is 12%"), is_guess=True
        )
    example = quote(next(text for text, _ in digits.odd if PER_CENT in text))
    raise ReportgenError(
        "RG-007",
        f"The column {wording.scrub(name)} mixes per cents, as in {example}, with {wording.plural(n_small, 'number')} "
        "from 0 to 1 without the sign: 0.12 there is 0.12% or 12%.",
        'Say which: percent = "per cent" (0.12%) or percent = "share" (12%) under [input] of the settings.',
    )
