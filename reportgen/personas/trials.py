"""The test of an action: how many customers it needs, or what a split of so small a segment can still show."""

from __future__ import annotations

from typing import Any

from reportgen import wording
from reportgen.claims import measure, say
from reportgen.language import msgid, text
from reportgen.personas.numbers import Numbers
from reportgen.personas.playbook import playbook
from reportgen.personas.power import detectable_effect, detectable_share, needed_per_group, share_effect
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Claim, Quantity

FINE_BELOW = 0.5
"""SD below which a detectable difference shows two decimals: between .2 and .3 lies half the sample."""

RISE_TEST = msgid(
    "Draw {n} customers at random for the action and {others} who are left alone: enough to show a rise from {low} to "
    "{high} (assumed) with a chance of {power}."
)
DIFFERENCE_TEST = msgid(
    "Draw {n} customers at random for the action and {others} who are left alone: enough to show a difference of "
    "{effect} (assumed) with a chance of {power}."
)
SMALL_RISE_TEST = msgid(
    "With {n} customers a split of {test} and {control} can show only a rise from {low} (assumed) to {least} or more."
)
SMALL_DIFFERENCE_TEST = msgid(
    "With {n} customers a split of {test} and {control} can show only a difference of {least} or more."
)


def write_test(numbers: Numbers, segment: SegmentProfile, outcome: str, claim_id: str) -> Claim:
    """Test and control with the sample size they need, or what a split of so small a segment can still show."""
    given = playbook().assumptions
    is_share = outcome == "share"
    effect = share_effect(given.baseline, given.raised) if is_share else given.effect
    needed = needed_per_group(effect, given.significance, given.power)
    odds: dict[str, Any] = {"significance": given.significance, "power": given.power}
    if segment.n_customers < 2 * needed:
        return _small_test(numbers, segment, is_share, claim_id)
    aims: dict[str, Any] = {"effect": given.effect}
    if is_share:
        aims = {"baseline": given.baseline, "raised": given.raised}
    n = measure("sample_size", needed, wording.format_count(needed), unit="customers", **odds, **aims)
    power = _assumed("power", given.power, wording.format_share(given.power))
    if is_share:
        low = _assumed("baseline", given.baseline, wording.format_share(given.baseline))
        high = _assumed("raised", given.raised, wording.format_share(given.raised))
        return say(claim_id, RISE_TEST, n=n, others=n, low=low, high=high, power=power)
    effect_shown = _assumed("effect", given.effect, wording.format_sd(given.effect).removeprefix("+"))
    return say(claim_id, DIFFERENCE_TEST, n=n, others=n, effect=effect_shown, power=power)


def _small_test(numbers: Numbers, segment: SegmentProfile, is_share: bool, claim_id: str) -> Claim:
    given = playbook().assumptions
    n = segment.n_customers
    odds: dict[str, Any] = {"significance": given.significance, "power": given.power}
    n_test, n_control = n - n // 2, n // 2
    test = measure("split", n_test, wording.format_count(n_test), unit="customers", segment=segment.id, part="test")
    control = measure(
        "split", n_control, wording.format_count(n_control), unit="customers", segment=segment.id, part="control"
    )
    effect = detectable_effect(n_test, n_control, given.significance, given.power)
    split = {"n": numbers.customers(segment), "test": test, "control": control}
    if not is_share:
        shown = text("{n} SD", n=wording.format_number(effect, 1 if effect >= FINE_BELOW else 2))
        least = measure("detectable_difference", effect, shown, unit="SD", segment=segment.id, **odds)
        return say(claim_id, SMALL_DIFFERENCE_TEST, least=least, **split)
    share = detectable_share(given.baseline, effect)
    least = measure(
        "detectable_share",
        share,
        wording.format_share(share),
        unit="share",
        segment=segment.id,
        baseline=given.baseline,
        **odds,
    )
    low = _assumed("baseline", given.baseline, wording.format_share(given.baseline))
    return say(claim_id, SMALL_RISE_TEST, low=low, least=least, **split)


def _assumed(name: str, value: float, shown: str) -> Quantity:
    return measure("assumed", value, shown, assumption=name, given=value)
