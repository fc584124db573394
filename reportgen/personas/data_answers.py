"""The data in a few sentences: reading, ids, cleaning, duplicates, missing values, outliers."""

from __future__ import annotations

from reportgen import wording
from reportgen.claims import Phrase, Piece, counted, phrase, say, tell
from reportgen.language import msgid, text
from reportgen.personas.answers import Names
from reportgen.personas.numbers import Numbers, in_sentence, listed, show_first_word, show_word
from reportgen.records.study import Claim, Quantity
from reportgen.source_words import has_header, kind_of_source

DUPLICATES_STEP = "exact_duplicates"
"""The cleaning step whose notes count duplicate records."""
AS_EXPORTED = (
    msgid("What is said of these {n} customers rests on values as exported alone."),
    msgid("The segments of these {n} customers rest on values as exported alone."),
)
CHANGED_MOST = (
    msgid("Of the columns that were tried, {label} was changed most: of its {n} values, {changes}."),
    msgid("Of the columns that shape the segments, {label} was changed most: of its {n} values, {changes}."),
)
"""Without and with segments."""


def answer_reading(numbers: Numbers, _names: Names) -> Claim:
    """Encoding, delimiter or sheet, header line, records."""
    read = numbers.facts.read
    n = numbers.at("read.n_physical", wording.format_count, unit="records")
    source = kind_of_source(read)
    if not has_header(read):
        return say("answer.reading", "{n} records read from {source}.", n=n, source=source)
    if not read.header_line:
        return say("answer.reading", "{n} records read from {source} without a header.", n=n, source=source)
    line = numbers.at("read.header_line", wording.format_count)
    template = msgid("{n} records read from {source}; the header stands on line {line}.")
    return say("answer.reading", template, n=n, source=source, line=line)


def answer_meaning(numbers: Numbers, _names: Names) -> Claim | None:
    """What filled-in and capped cells mean for the result; absent where the quality of no shaping column is known."""
    facts = numbers.facts
    shaping = {feature.name for feature in facts.features.features}
    places = [(place, entry) for place, entry in enumerate(facts.quality) if entry.name in shaping]
    if not places:
        return None
    place, worst = max(places, key=lambda found: found[1].n_imputed + found[1].n_capped)
    label = in_sentence(facts.column(worst.name))
    customers = numbers.all_customers()
    if not worst.n_imputed + worst.n_capped:
        return say("answer.meaning", AS_EXPORTED[bool(facts.profile.segments)], n=customers)
    done: list[Piece] = []
    if worst.n_imputed:
        filled = numbers.at(f"quality[{place}].n_imputed", wording.format_count)
        done.append(phrase("{n} filled in, which draws these customers towards the middle", n=filled))
    if worst.n_capped:
        capped = numbers.at(f"quality[{place}].n_capped", wording.format_count)
        done.append(phrase("{n} capped, which keeps them from forming a segment of their own", n=capped))
    return say(
        "answer.meaning",
        CHANGED_MOST[bool(facts.profile.segments)],
        label=label,
        n=customers,
        changes=listed(done, last=f", {text('and')} "),
    )


def answer_no_id(numbers: Numbers, _names: Names) -> Claim | None:
    """That record numbers serve as ids; absent where the export has a customer id."""
    if numbers.facts.id_column:
        return None
    customers = numbers.all_customers()
    return say("answer.no_id", "No customer id was found: record numbers identify the {n} customers.", n=customers)


def answer_cleaning(numbers: Numbers, _names: Names) -> Claim:
    """That the records add up, and what cleaning changed."""
    used = numbers.at("read.n_used", wording.format_count, unit="records")
    repaired = numbers.at("read.n_repaired", wording.format_count, unit="records")
    aside = numbers.at("read.n_set_aside", wording.format_count, unit="records")
    records = numbers.at("read.n_physical", wording.format_count, unit="records")
    pieces: list[Piece] = [
        phrase(
            "{records} records = {used} read as they are + {repaired} repaired + {aside} set aside in reading.",
            records=records,
            used=used,
            repaired=repaired,
            aside=aside,
        )
    ]
    filled, capped = numbers.tally("quality", total="n_imputed"), numbers.tally("quality", total="n_capped")
    done: list[Piece] = []
    if filled.value:
        done.append(counted("filled in {n} cell", "filled in {n} cells", filled))
    if capped.value:
        done.append(counted("capped {n} outlying value", "capped {n} outlying values", capped))
    if done:
        pieces += [" ", phrase("Cleaning {changes}.", changes=listed(done))]
    lost = numbers.tally("set_aside", action="set aside")
    if lost.value and not numbers.facts.orders:
        left = counted(
            "In all, {n} record was set aside, which leaves {customers} customers.",
            "In all, {n} records were set aside, which leaves {customers} customers.",
            lost,
            customers=numbers.all_customers(),
        )
        pieces += [" ", left]
    return tell("answer.cleaning", *pieces)


def answer_duplicates(numbers: Numbers, _names: Names) -> Claim:
    """How many duplicate records were found, and what became of them."""
    n = numbers.tally("notes", show_first_word, step=DUPLICATES_STEP, total="n_rows")
    fates = [note.after for note in numbers.facts.notes if note.step == DUPLICATES_STEP]
    if not n.value:
        return say("answer.duplicates", "{n} duplicate records were found.", n=n)
    if len(set(fates)) != 1:
        found = counted("{n} duplicate record was found.", "{n} duplicate records were found.", n)
        return tell("answer.duplicates", found)
    found = counted(
        "{n} duplicate record was found and {fate}.",
        "{n} duplicate records were found and {fate}.",
        n,
        fate=wording.scrub(fates[0]),
    )
    return tell("answer.duplicates", found)


def answer_same_person(numbers: Numbers, _names: Names) -> Claim | None:
    """How many pairs of records look like one person under two ids; absent where there are none."""
    if not numbers.facts.near_duplicates:
        return None
    told = counted(
        "{n} pair of records looks like one person under two ids; none was merged, it is listed in "
        "near_duplicates.csv.",
        "{n} pairs of records look like one person under two ids; none was merged, they are listed in "
        "near_duplicates.csv.",
        numbers.size("near_duplicates"),
    )
    return tell("answer.same_person", told)


def answer_missing(numbers: Numbers, _names: Names) -> Claim | None:
    """How many cells were missing, where most, and how many were filled in; absent where quality is not known."""
    facts = numbers.facts
    if not facts.quality:
        return None
    n = numbers.tally("quality", show_first_word, total="n_missing")
    if not n.value:
        return say("answer.missing", "{n} cell is missing.", n=n)
    place, most = max(enumerate(facts.quality), key=lambda entry: (entry[1].n_missing, -entry[0]))
    label = in_sentence(facts.column(most.name))
    where = _where(label, numbers.at(f"quality[{place}].n_missing", wording.format_count), n)
    filled = counted(
        "{n} was filled in and stays marked",
        "{n} were filled in and stay marked",
        numbers.tally("quality", total="n_imputed"),
    )
    missing = counted("{n} cell was missing, {where}", "{n} cells were missing, {where}", n, where=where)
    return tell("answer.missing", missing, "; ", filled, ".")


def answer_outliers(numbers: Numbers, _names: Names) -> Claim | None:
    """How many values lie far out, where most, and how many were capped; absent where quality is not known."""
    facts = numbers.facts
    if not facts.quality:
        return None
    n = numbers.tally("quality", show_first_word, total="n_outliers")
    if not n.value:
        return say("answer.outliers", "{n} value lies beyond Tukey's fences.", n=n)
    place, most = max(enumerate(facts.quality), key=lambda entry: (entry[1].n_outliers, -entry[0]))
    there = numbers.at(f"quality[{place}].n_outliers", wording.format_count)
    where = _where(in_sentence(facts.column(most.name)), there, n)
    far = counted(
        "{n} value lies beyond Tukey's fences, {where}", "{n} values lie beyond Tukey's fences, {where}", n, where=where
    )
    capped = numbers.tally("quality", show_word, total="n_capped")
    done = phrase("{n} value was capped", n=capped) if capped.value <= 1 else phrase("{n} were capped", n=capped)
    return tell("answer.outliers", far, "; ", done, ".")


def _where(label: str, there: Quantity, all_of_them: Quantity) -> Phrase:
    """`in age`, or `most in age (4)`."""
    if there.value == all_of_them.value:
        return phrase("in {label}", label=label)
    return phrase("most in {label} ({n})", label=label, n=there)
