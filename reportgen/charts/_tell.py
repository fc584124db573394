"""What charts say: names, labels and amounts from the study, and sentences whose numbers can be computed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportgen import claims, language, wording
from reportgen.claims import Phrase, Piece, fact, measure, quote, value_at
from reportgen.errors import NotApplicable
from reportgen.records.profile import NumberProfile, SegmentProfile
from reportgen.records.study import Claim, Facts, Quantity, Study
from reportgen.records.table import Column, Role

LONGEST_QUOTE = 40
"""Characters of a label or level inside a title."""


@dataclass(frozen=True, slots=True)
class Named:
    """A segment as charts name it."""

    id: int
    name: str


def tell(claim_id: str, *pieces: Piece | Sequence[Piece]) -> Claim:
    """A claim from pieces of text and numbers, in order, the first letter raised."""
    flat = [piece if isinstance(piece, (str, Quantity, Phrase)) else claims.joined(*piece) for piece in pieces]
    return raised(claims.tell(claim_id, *flat))


def say(claim_id: str, template: str, /, **parts: Piece) -> Claim:
    """A claim from a template in the language spoken, the first letter raised."""
    return raised(claims.say(claim_id, template, **parts))


def raised(claim: Claim) -> Claim:
    """The claim with a capital; where it begins with a number in words, that is shown so too."""
    first = next((n for n in claim.quantities if claim.text.startswith(n.shown)), None)
    shown = tuple(replace(n, shown=wording.sentence_case(n.shown)) if n is first else n for n in claim.quantities)
    return Claim(claim.id, wording.sentence_case(claim.text), shown)


def at(facts: Facts, path: str, shown: str, *, unit: str = "", segment: int | None = None) -> Quantity:
    """The number at a path of the facts, as `shown`."""
    return fact(float(value_at(facts, path)), path, shown, unit=unit, segment=segment)


def tally(facts: Facts, path: str, **where: Any) -> Quantity:
    """How many entries at a path have those values."""
    entries = value_at(facts, path)
    n = sum(all(getattr(entry, name) == value for name, value in where.items()) for entry in entries)
    return measure("tally", n, wording.format_count(n), path=path, where=where)


def quoted(facts: Facts, path: str, in_sentence: bool = False) -> Phrase:
    """The text at a path, each number in it a quantity; `in_sentence` lowers its first letter, acronyms apart."""
    told = quote(_shortened(wording.scrub(value_at(facts, path), wording.QUOTE_LIMIT)), path)
    return replace(told, text=wording.inner_case(told.text)) if in_sentence else told


def _shortened(text: str) -> str:
    """The text, cut at a space so that no number in it is cut."""
    if len(text) <= LONGEST_QUOTE:
        return text
    end = text.rfind(" ", 0, LONGEST_QUOTE)
    return text[: end if end > 0 else LONGEST_QUOTE].rstrip("0123456789., ") + "…"


def label_of(column: Column) -> str:
    return wording.scrub(column.label or column.name, 60)


def axis_title(column: Column) -> str:
    """`Annual income, k$`, `Spending score, 1–100`."""
    label, unit = label_of(column), wording.scrub(wording.unit_of(column), 16)
    if unit:
        return f"{label}, {wording.show_unit(unit)}"
    if column.scale:
        low, high = (wording.format_number(bound, 0) for bound in column.scale)
        return f"{label}, {low}–{high}"
    return label


def amount(column: Column, value: float) -> str:
    """A value of the column with its unit; a calendar year without a separator."""
    if column.role is Role.BIRTH:
        return wording.format_year(value)
    return wording.format_amount(value, wording.scrub(wording.unit_of(column), 16))


def bare_amount(column: Column, value: float) -> str:
    """The same without a unit that stands behind: `86.5`, `€1,204`, `12%`."""
    unit = wording.unit_of(column)
    short = unit if unit == "%" or unit in wording.CURRENCY_SIGNS else ""
    return wording.format_year(value) if column.role is Role.BIRTH else wording.format_amount(value, short)


def exact_text(column: Column, value: float, with_unit: bool = True) -> str:
    """A value as it stands in the export, such as a quartile: whole numbers without decimals."""
    if column.role is Role.BIRTH or not float(value).is_integer():
        return amount(column, value) if with_unit else bare_amount(column, value)
    unit = wording.unit_of(column)
    shown = unit if with_unit or unit == "%" or unit in wording.CURRENCY_SIGNS else ""
    return wording.format_amount(value, wording.scrub(shown, 16), 0)


def middle_half(column: Column, number: NumberProfile) -> str:
    """`42 to 78 k$`: the quartiles."""
    low, high = exact_text(column, number.q25, with_unit=False), exact_text(column, number.q75)
    return language.text("{low} to {high}", low=low, high=high)


def share_of(segment: Named, share: float) -> Quantity:
    """A segment's share of all customers."""
    return measure("share", share, wording.format_share(share), unit="share", segment=segment.id)


def value_share_of(segment: Named, share: float, column: str) -> Quantity:
    """A segment's share of the sum of the value column."""
    shown = wording.format_share(share)
    return measure("value_share", share, shown, unit="share", column=column, segment=segment.id)


def mean_of(column: Column, number: NumberProfile, segment: int | None = None) -> Quantity:
    shown = amount(column, number.mean)
    return measure("mean", number.mean, shown, unit=wording.unit_of(column), column=column.name, segment=segment)


def quantile_of(
    column: Column, number: NumberProfile, q: float, segment: int | None = None, with_unit: bool = True
) -> Quantity:
    """The lower quarter (q = .25), the median or the upper quarter."""
    value = {0.25: number.q25, 0.5: number.median, 0.75: number.q75}[q]
    shown = exact_text(column, value, with_unit)
    return measure("quantile", value, shown, unit=wording.unit_of(column), column=column.name, segment=segment, q=q)


def column_place(facts: Facts, name: str) -> str:
    """Path of a column in the facts."""
    return f"columns[{next(i for i, column in enumerate(facts.columns) if column.name == name)}]"


def label_in(facts: Facts, name: str) -> Phrase:
    """A column's label inside a sentence."""
    place = column_place(facts, name)
    return quoted(facts, f"{place}.label" if value_at(facts, place).label else f"{place}.name", in_sentence=True)


def segments_of(study: Study) -> tuple[SegmentProfile, ...]:
    """The profiles, by id. Raises NotApplicable where no structure was found."""
    if not study.facts.profile.segments:
        raise NotApplicable(language.text("no segments were found"))
    return study.facts.profile.segments


def check_told(study: Study, segment: int) -> None:
    """Raises NotApplicable where the segment may not be described."""
    if segment in study.facts.profile.untold:
        raise NotApplicable(language.text("the segment has too few customers, or would tell of one that has"))


def told_of(study: Study) -> tuple[tuple[Named, SegmentProfile], ...]:
    """The segments that may be described, by id, and how they are called. Raises NotApplicable where none is."""
    named = {one.id: one for one in names_of(study)}
    told = tuple((named[segment.id], segment) for segment in study.facts.profile.told)
    if not told:
        raise NotApplicable(language.text("every segment has too few customers to be described"))
    return told


def untold_text(study: Study) -> str:
    """A clause for the subtitle on segments that may not be described, or nothing."""
    n = len(study.facts.profile.untold)
    template = language.counted("{n} segment not told: of few", "{n} segments not told: of few", n, n=n) if n else ""
    return f"; {template}" if n else ""


def names_of(study: Study) -> tuple[Named, ...]:
    """The segments by id, as their personas are called. Raises NotApplicable where there are none."""
    segments_of(study)
    return tuple(Named(persona.segment, wording.scrub(persona.name)) for persona in study.personas)


def index_text(value: float) -> str:
    """A silhouette, Rand or Jaccard index: two decimals."""
    return wording.format_number(value, 2)


def at_k(shown: str, k: int) -> str:
    """`0.55 at 5`: a point of a curve by number of segments."""
    return language.text("{value} at {k}", value=shown, k=k)


def not_drawn_text(n: int) -> str:
    """A clause for the subtitle on columns that are left out, or nothing."""
    return f"; {language.text('{n} more columns not drawn', n=n)}" if n else ""


def customers_text(n: int) -> str:
    return f"n = {wording.plural(n, 'customer')}"
