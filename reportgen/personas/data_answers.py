"""The data in a few sentences: reading, ids, cleaning, duplicates, missing values, outliers."""

from __future__ import annotations

from reportgen import wording
from reportgen.claims import Piece, tell
from reportgen.personas.answers import Names
from reportgen.personas.numbers import Numbers, in_sentence, listed, show_first_word, show_word
from reportgen.records.study import Claim, Quantity

DUPLICATES_STEP = "exact_duplicates"
"""The cleaning step whose notes count duplicate records."""


def answer_reading(numbers: Numbers, _names: Names) -> Claim:
    """Encoding, delimiter or sheet, header line, records."""
    read = numbers.facts.read
    records = numbers.at("read.n_physical", wording.format_count, unit="records")
    where = f" records read from {wording.kind_of_source(read)}"
    if not wording.has_header(read):
        return tell("answer.reading", records, where, ".")
    if not read.header_line:
        return tell("answer.reading", records, where, " without a header.")
    line = numbers.at("read.header_line", wording.format_count)
    return tell("answer.reading", records, where, "; the header stands on line ", line, ".")


def answer_meaning(numbers: Numbers, _names: Names) -> Claim | None:
    """What filled-in and capped cells mean for the segments; absent where the quality of no shaping column is known."""
    facts = numbers.facts
    shaping = {feature.name for feature in facts.features.features}
    places = [(place, entry) for place, entry in enumerate(facts.quality) if entry.name in shaping]
    if not places:
        return None
    place, worst = max(places, key=lambda found: found[1].n_imputed + found[1].n_capped)
    label = in_sentence(facts.column(worst.name))
    customers = numbers.all_customers()
    if not worst.n_imputed + worst.n_capped:
        return tell(
            "answer.meaning", "The segments of these ", customers, " customers rest on values as exported alone."
        )
    done: list[tuple[Piece, ...]] = []
    if worst.n_imputed:
        filled = numbers.at(f"quality[{place}].n_imputed", wording.format_count)
        done.append((filled, " filled in, which draws these customers towards the middle"))
    if worst.n_capped:
        capped = numbers.at(f"quality[{place}].n_capped", wording.format_count)
        done.append((capped, " capped, which keeps them from forming a segment of their own"))
    opening = f"Of the columns that shape the segments, {label} was changed most: of its "
    return tell("answer.meaning", opening, customers, " values, ", *listed(done, last=", and "), ".")


def answer_no_id(numbers: Numbers, _names: Names) -> Claim | None:
    """That record numbers serve as ids; absent where the export has a customer id."""
    if numbers.facts.id_column:
        return None
    customers = numbers.all_customers()
    return tell("answer.no_id", "No customer id was found: record numbers identify the ", customers, " customers.")


def answer_cleaning(numbers: Numbers, _names: Names) -> Claim:
    """That the records add up, and what cleaning changed."""
    used = numbers.at("read.n_used", wording.format_count, unit="records")
    repaired = numbers.at("read.n_repaired", wording.format_count, unit="records")
    aside = numbers.at("read.n_set_aside", wording.format_count, unit="records")
    records = numbers.at("read.n_physical", wording.format_count, unit="records")
    pieces: list[Piece] = [records, " records = ", used, " read as they are + ", repaired, " repaired + ", aside]
    pieces.append(" set aside in reading.")
    changes = [
        ("filled in ", numbers.tally("quality", total="n_imputed"), "cell"),
        ("capped ", numbers.tally("quality", total="n_capped"), "outlying value"),
    ]
    done: list[tuple[Piece, ...]] = [(verb, n, _noun(n, noun)) for verb, n, noun in changes if n.value]
    if done:
        pieces += [" Cleaning ", *listed(done), "."]
    lost = numbers.tally("set_aside", action="set aside")
    if lost.value and not numbers.facts.orders:
        were = "was" if lost.value == 1 else "were"
        pieces += [" In all, ", lost, f"{_noun(lost, 'record')} {were} set aside, which leaves "]
        pieces += [numbers.all_customers(), " customers."]
    return tell("answer.cleaning", *pieces)


def _noun(n: Quantity, noun: str) -> str:
    return f" {noun}" if n.value == 1 else f" {noun}s"


def answer_duplicates(numbers: Numbers, _names: Names) -> Claim:
    """How many duplicate records were found, and what became of them."""
    n = numbers.tally("notes", show_first_word, step=DUPLICATES_STEP, total="n_rows")
    was = "was" if n.value == 1 else "were"
    fates = [note.after for note in numbers.facts.notes if note.step == DUPLICATES_STEP]
    fate = f" and {wording.scrub(fates[0])}" if n.value and len(set(fates)) == 1 else ""
    return tell("answer.duplicates", n, f" duplicate{_noun(n, 'record')} {was} found{fate}.")


def answer_same_person(numbers: Numbers, _names: Names) -> Claim | None:
    """How many pairs of records look like one person under two ids; absent where there are none."""
    if not numbers.facts.near_duplicates:
        return None
    n = numbers.size("near_duplicates")
    look, it = ("looks", "it is") if n.value == 1 else ("look", "they are")
    pieces = (n, f"{_noun(n, 'pair')} of records {look} like one person under two ids; none was merged,")
    return tell("answer.same_person", *pieces, f" {it} listed in near_duplicates.csv.")


def answer_missing(numbers: Numbers, _names: Names) -> Claim | None:
    """How many cells were missing, where most, and how many were filled in; absent where quality is not known."""
    facts = numbers.facts
    if not facts.quality:
        return None
    n = numbers.tally("quality", show_first_word, total="n_missing")
    if not n.value:
        return tell("answer.missing", n, " cell is missing.")
    place, most = max(enumerate(facts.quality), key=lambda entry: (entry[1].n_missing, -entry[0]))
    label = in_sentence(facts.column(most.name))
    where = _where(label, numbers.at(f"quality[{place}].n_missing", wording.format_count), n)
    filled = numbers.tally("quality", total="n_imputed")
    were = "was" if n.value == 1 else "were"
    verb = "was" if filled.value == 1 else "were"
    return tell(
        "answer.missing",
        *(n, f"{_noun(n, 'cell')} {were} missing, ", *where, "; "),
        *(filled, f" {verb} filled in and {'stays' if filled.value == 1 else 'stay'} marked."),
    )


def answer_outliers(numbers: Numbers, _names: Names) -> Claim | None:
    """How many values lie far out, where most, and how many were capped; absent where quality is not known."""
    facts = numbers.facts
    if not facts.quality:
        return None
    n = numbers.tally("quality", show_first_word, total="n_outliers")
    if not n.value:
        return tell("answer.outliers", n, " value lies beyond Tukey's fences.")
    place, most = max(enumerate(facts.quality), key=lambda entry: (entry[1].n_outliers, -entry[0]))
    there = numbers.at(f"quality[{place}].n_outliers", wording.format_count)
    where = _where(in_sentence(facts.column(most.name)), there, n)
    capped = numbers.tally("quality", show_word, total="n_capped")
    lie = "lies" if n.value == 1 else "lie"
    pieces: list[Piece] = [n, f"{_noun(n, 'value')} {lie} beyond Tukey's fences, ", *where, "; ", capped]
    was = " value was" if capped.value <= 1 else " were"
    return tell("answer.outliers", *pieces, f"{was} capped.")


def _where(label: str, there: Quantity, all_of_them: Quantity) -> tuple[Piece, ...]:
    """`in age`, or `most in age (4)`."""
    return (f"in {label}",) if there.value == all_of_them.value else (f"most in {label} (", there, ")")
