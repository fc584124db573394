"""Whether last months' segments still fit this month's customers, and when their names were last proved."""

from __future__ import annotations

from reportgen import wording
from reportgen.claims import tell
from reportgen.language import msgid, text
from reportgen.personas.answers import PAIR, Names
from reportgen.personas.change_answers import MOST_TOLD, Told, called, fill
from reportgen.personas.numbers import Numbers, listed, show_first_word, show_index, show_word
from reportgen.records.study import Claim, Quantity

CONFIRMED = {
    (True, True): msgid("The {k} names were proved again this month."),
    (False, True): msgid("All {k} names were proved again this month."),
    (True, False): msgid("The {k} names were last proved in {month}."),
    (False, False): msgid("All {k} names were last proved in {month}."),
}
"""(there are two, they were proved this month) → what is said of all names."""


def answer_confirmed(numbers: Numbers, names: Names) -> Claim | None:
    """How many names were proved again this month, and when the others last were; absent in the first month."""
    change, period = numbers.facts.change, numbers.facts.period
    if change is None or not numbers.facts.profile.segments:
        return None
    here = [entry for entry in change.segments if entry.segment is not None]
    k = numbers.size("profile.segments", show_word)
    months = sorted({entry.named for entry in here})
    if len(months) == 1:
        template = CONFIRMED[len(here) == PAIR, months[0] == period]
        return tell("answer.confirmed", *fill(template, k=k, month=wording.month_label(months[0])))
    older = [month for month in months if month != period][:MOST_TOLD]
    items = [last_proved(month, [called(entry, names) for entry in here if entry.named == month]) for month in older]
    if period not in months:
        return tell("answer.confirmed", *fill("Of {k} names, {told}.", k=k, told=listed(items)))
    n_proved = numbers.tally("change.segments", show_first_word, named=period)
    was = text("was" if n_proved.value == 1 else "were")
    told = fill("{proved} of {k} names {was} proved again this month", proved=n_proved, k=k, was=was)
    return tell("answer.confirmed", *told, "; ", *listed(items), ".")


def last_proved(month: str, called: list[str]) -> Told:
    """`A and B were last proved in August 2026`."""
    template = msgid("{names} were last proved in {month}")
    if len(called) == 1:
        template = msgid("{names} was last proved in {month}")
    return fill(template, names=wording.join_words(called), month=wording.month_label(month))


def answer_renewal(numbers: Numbers, _names: Names) -> Claim | None:
    """That the segments should be made anew, in plain words; absent where that is not recommended."""
    refit = numbers.facts.change.refit if numbers.facts.change else None
    if refit is None or not refit.is_recommended:
        return None
    kept, found = (numbers.at(f"change.refit.{name}", show_word, unit="segments") for name in ("k_stored", "k_found"))
    if refit.k_found == refit.k_stored:
        template = msgid(
            "Make the segments anew (run with --refit): {kept} new ones would fit this month's customers better."
        )
    elif refit.k_found > 1:
        template = msgid(
            "Make the segments anew (run with --refit): this month's customers fall into {found}, not into the {kept} "
            "that are kept."
        )
    else:
        template = msgid(
            "Look at the segments anew: this month's customers no longer fall into the {kept} that are kept."
        )
    return tell("answer.renewal", *fill(template, kept=kept, found=found))


def answer_refit(numbers: Numbers, _names: Names) -> Claim | None:
    """What a new fit would give beside the stored model, in figures; absent where the model is this month's own."""
    refit = numbers.facts.change.refit if numbers.facts.change else None
    if refit is None:
        return None

    def index(name: str) -> Quantity:
        return numbers.at(f"change.refit.{name}", show_index)

    template = msgid(
        "The kept segments have a silhouette of {stored} on this month's customers, new ones {refit}; both agree "
        "with an adjusted Rand index of {agreement}. {verdict}"
    )
    verdict = text("There is no reason to make them anew.")
    if refit.is_recommended:
        verdict = text("A new fit is recommended.")
    parts = {"stored": index("silhouette_stored"), "refit": index("silhouette_refit"), "agreement": index("agreement")}
    return tell("answer.refit", *fill(template, verdict=verdict, **parts))
