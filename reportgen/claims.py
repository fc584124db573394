"""Makes claims: sentences whose every number says how to compute it again.

A recompute record is plain JSON with a `measure`:

=============  =============================================================================================
count          customers in `segment` (null: all), optionally with `column` = `level`
share          count of `segment` over all customers; with `column` and `level`: over those whose value is known
mean median total sd   of `column` in `segment`
quantile       of `column` in `segment` at `q` (0..1)
difference     (mean in `segment` − overall mean) / overall SD (population), of a feature that is clustered on another
               scale (its logarithm, a power) on that scale
value_share    total of `column` in `segment` over its total
share_above    share of `segment` above the overall median of `column`; share_below likewise
share_between  share of `segment` with `low` ≤ `column` ≤ `high` (either may be null)
fact           the number at `path` of the study rebuilt from source (a `Facts`): `evidence.scores[3].silhouette`
size           how many entries stand at `path` of the rebuilt study
tally          entries at `path` whose fields (dotted: within them) equal `where`; with `total`: the sum of that field
               over them: `{"path": "set_aside", "where": {"action": "repaired"}}`
quoted         the number at place `n` (0-based) of `wording.numbers_in` of the text at `path`, scrubbed to QUOTE_LIMIT
gap            |mean of `column` in `segment` − overall mean|, in the column's unit
band           quantile of `column` in `segment` at `q`, rounded down to a multiple of `step` (`up` false) or up (true)
split          customers of `segment` in the test (`part` = `test`: ⌈n / 2⌉) or left alone (`control`: ⌊n / 2⌋)
assumed        `given`: a stated assumption, in reportgen/personas/actions.toml under the name `assumption`
sample_size    customers a group needs: ⌈2 ((z₁ + z₂) / e)²⌉, z₁ = Φ⁻¹(1 − `significance` / 2), z₂ = Φ⁻¹(`power`);
               e = `effect` in SD, or 2 arcsin √`raised` − 2 arcsin √`baseline` for shares (Cohen 1988, ch. 2 and 6)
detectable_difference   smallest difference in SD that a split of `segment` shows: (z₁ + z₂) √(1 / n₁ + 1 / n₂),
               n₁ and n₂ as in split
detectable_share        smallest raised share over `baseline` that a split of `segment` shows:
               sin²(min(π / 2, arcsin √`baseline` + h / 2)), h = detectable_difference
bound          `told`, where the number that `of` asks for lies from `low` to `high`: it stands for few customers
points         100 Σ w min(1, x / `most`) / Σ w over `parts`: w their `weight`, x the number that `of` asks for (or 0)
=============  =============================================================================================
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from reportgen import language, wording
from reportgen.records.study import Claim, Figure, Quantity, Study

ALL = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence, with the numbers that stand in it."""

    text: str
    numbers: tuple[Quantity, ...] = ()
    """In the order of the English text, whatever the language: the first is the claim's value."""

    def __iter__(self) -> Iterator[Phrase]:
        """Itself alone, so that it can stand among unpacked pieces."""
        yield self


Piece = str | Quantity | Phrase
"""A part of a sentence."""

_STEP = re.compile(r"\[(\d+)\]|([A-Za-z_]\w*)")


def measure(
    name: str,
    value: float,
    shown: str,
    *,
    unit: str = "",
    column: str | None = None,
    segment: int | None = ALL,
    **parameters: Any,
) -> Quantity:
    """One number with its recompute record: `measure("mean", 86.5, "86.5 k$", unit="k$", column=…, segment=2)`."""
    recompute: dict[str, Any] = {"measure": name, "segment": segment}
    if column is not None:
        recompute["column"] = column
    recompute.update(parameters)
    columns = (column,) if column is not None else ()
    return Quantity(float(value), unit, shown, columns, segment, recompute)


def fact(value: float, path: str, shown: str, *, unit: str = "", segment: int | None = ALL) -> Quantity:
    """A number that stands at `path` of the study."""
    return Quantity(float(value), unit, shown, (), segment, {"measure": "fact", "path": path})


def size(value: int, path: str, *, shown: str | None = None, unit: str = "") -> Quantity:
    """How many entries stand at `path` of the study."""
    text = wording.format_count(value) if shown is None else shown
    return Quantity(float(value), unit, text, (), ALL, {"measure": "size", "path": path})


def say(claim_id: str, template: str, /, **parts: Piece) -> Claim:
    """A claim from a template: `say("cover", "{n} segments", n=size(5, "profile.segments"))`.

    The template is looked up in the language spoken. Raises ValueError if no number stands in it.
    """
    return tell(claim_id, phrase(template, **parts))


def tell(claim_id: str, *pieces: Piece) -> Claim:
    """A claim from pieces of text and numbers, in order; text may hold braces. Raises ValueError without a number."""
    told = joined(*pieces)
    if not told.numbers:
        raise ValueError(f"claim {claim_id} states no number")
    return Claim(claim_id, told.text, told.numbers)


def phrase(template: str, /, **parts: Piece) -> Phrase:
    """A part of a sentence from a template, in the language spoken."""
    return _filled(language.text(template), template, parts)


def counted(singular: str, plural: str, n: Quantity, /, **parts: Piece) -> Phrase:
    """The same from the template that fits the number `n`, which stands in it as `{n}`."""
    known = {"n": n, **parts}
    return _filled(language.counted(singular, plural, n.value), singular if n.value == 1 else plural, known)


def joined(*pieces: Piece) -> Phrase:
    """The pieces as one."""
    return Phrase("".join(map(_text_of, pieces)), tuple(number for piece in pieces for number in _numbers_of(piece)))


def _filled(translated: str, template: str, parts: Mapping[str, Piece]) -> Phrase:
    names = dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(template) if name)
    shown = {name: _text_of(part) for name, part in parts.items()}
    return Phrase(translated.format_map(shown), tuple(n for name in names for n in _numbers_of(parts[name])))


def _text_of(piece: Piece) -> str:
    match piece:
        case Quantity():
            return piece.shown
        case Phrase():
            return piece.text
    return piece


def _numbers_of(piece: Piece) -> tuple[Quantity, ...]:
    match piece:
        case Quantity():
            return (piece,)
        case Phrase():
            return piece.numbers
    return ()


def quote(text: str, path: str) -> Phrase:
    """The text, or the beginning of the text, that stands at `path`: each number in it a quantity."""
    numbers = wording.numbers_in(text)
    return Phrase(
        text, tuple(measure("quoted", number.value, number.shown, path=path, n=n) for n, number in enumerate(numbers))
    )


def value_at(record: object, path: str) -> Any:
    """What stands at a path within a record: `evidence.scores[3].silhouette`."""
    value: Any = record
    for place, name in _STEP.findall(path):
        value = value[int(place)] if place else getattr(value, name)
    return value


def all_claims(study: Study, figures: Sequence[Figure]) -> tuple[Claim, ...]:
    """Every claim of the report in reading order: headline, answers, personas with their actions, figures' findings.

    Raises ValueError if two different claims share an id.
    """
    placed = (study.headline, study.answers, study.personas, [figure.finding for figure in figures])
    found: dict[str, Claim] = {}
    for claim in _claims_in(placed):
        if found.setdefault(claim.id, claim) != claim:
            raise ValueError(f"two claims share the id {claim.id}")
    return tuple(found.values())


def _claims_in(value: object) -> Iterator[Claim]:
    """Claims anywhere in records, so that a record's new field is never forgotten."""
    match value:
        case Claim():
            yield value
        case Mapping():
            yield from _claims_in(tuple(value.values()))
        case tuple() | list():
            for item in value:
                yield from _claims_in(item)
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from _claims_in(getattr(value, field.name))


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """The claim as study.json holds it: its first quantity's fields beside the text, then all quantities."""
    quantities = [
        {
            "value": quantity.value,
            "unit": quantity.unit,
            "shown": quantity.shown,
            "columns": list(quantity.columns),
            "segment": quantity.segment,
            "recompute": dict(quantity.recompute),
        }
        for quantity in claim.quantities
    ]
    first = {name: value for name, value in quantities[0].items() if name != "shown"}
    return {"id": claim.id, "text": claim.text, **first, "quantities": quantities}


def claim_from_json(data: Mapping[str, Any]) -> Claim:
    """The claim that `claim_to_json` wrote. Raises ValueError if it is not one."""
    try:
        quantities = tuple(Quantity(**{**entry, "columns": tuple(entry["columns"])}) for entry in data["quantities"])
        claim = Claim(data["id"], data["text"], quantities)
        is_as_written = _has_the_types_of_a_claim(claim) and claim_to_json(claim) == data
    except (KeyError, TypeError, IndexError, ValueError):
        is_as_written = False
    if not is_as_written:
        raise ValueError(f"not written as claims are: {wording.scrub(data)}")
    return claim


def _has_the_types_of_a_claim(claim: Claim) -> bool:
    return all(isinstance(text, str) for text in (claim.id, claim.text)) and all(
        isinstance(quantity.value, (int, float))
        and isinstance(quantity.unit, str)
        and isinstance(quantity.shown, str)
        and isinstance(quantity.recompute, dict)
        for quantity in claim.quantities
    )
