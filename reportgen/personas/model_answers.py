"""Whether last months' segments still fit this month's customers, and when their names were last proved."""

from __future__ import annotations

from reportgen import wording
from reportgen.claims import tell
from reportgen.personas.answers import Names
from reportgen.personas.change_answers import MOST_TOLD, called, fill
from reportgen.personas.numbers import Numbers, listed, show_first_word, show_index, show_word
from reportgen.records.study import Claim, Quantity


def answer_confirmed(numbers: Numbers, names: Names) -> Claim | None:
    """How many names were proved again this month, and when the others last were; absent in the first month."""
    change, period = numbers.facts.change, numbers.facts.period
    if change is None or not numbers.facts.profile.segments:
        return None
    here = [entry for entry in change.segments if entry.segment is not None]
    k = numbers.size("profile.segments", show_word)
    if all(entry.named == period for entry in here):
        return tell("answer.confirmed", *fill("All {k} names were proved again this month.", k=k))
    n_proved = numbers.tally("change.segments", show_first_word, named=period)
    told = fill("{proved} of {k} names {were} proved again this month", proved=n_proved, k=k, were=was(n_proved))
    older = sorted((entry.named, entry.identity, entry) for entry in here if entry.named != period)[:MOST_TOLD]
    items = [
        fill("{name} was last proved in {month}", name=called(entry, names), month=wording.month_label(named))
        for named, _, entry in older
    ]
    return tell("answer.confirmed", *told, *(("; ", *listed(items)) if items else ()), ".")


def was(n: Quantity) -> str:
    return "was" if n.value == 1 else "were"


def answer_renewal(numbers: Numbers, _names: Names) -> Claim | None:
    """That the segments should be made anew, in plain words; absent where that is not recommended."""
    refit = numbers.facts.change.refit if numbers.facts.change else None
    if refit is None or not refit.is_recommended:
        return None
    kept, found = (numbers.at(f"change.refit.{name}", show_word, unit="segments") for name in ("k_stored", "k_found"))
    if refit.k_found == refit.k_stored:
        template = "Make the segments anew (run with --refit): {kept} new ones would fit this month's customers better."
    elif refit.k_found > 1:
        template = (
            "Make the segments anew (run with --refit): this month's customers fall into {found}, not into the {kept} "
            "that are kept."
        )
    else:
        template = "Look at the segments anew: this month's customers no longer fall into the {kept} that are kept."
    return tell("answer.renewal", *fill(template, kept=kept, found=found))


def answer_refit(numbers: Numbers, _names: Names) -> Claim | None:
    """What a new fit would give beside the stored model, in figures; absent where the model is this month's own."""
    refit = numbers.facts.change.refit if numbers.facts.change else None
    if refit is None:
        return None

    def index(name: str) -> Quantity:
        return numbers.at(f"change.refit.{name}", show_index)

    template = (
        "The kept segments have a silhouette of {stored} on this month's customers, new ones {refit}; both agree "
        "with an adjusted Rand index of {agreement}. {verdict}"
    )
    verdict = "A new fit is recommended." if refit.is_recommended else "There is no reason to make them anew."
    parts = {"stored": index("silhouette_stored"), "refit": index("silhouette_refit"), "agreement": index("agreement")}
    return tell("answer.refit", *fill(template, verdict=verdict, **parts))
