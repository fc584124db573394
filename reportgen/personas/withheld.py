"""The persona of a segment that may not be described: its name, how far to trust it, and why no more is told."""

from __future__ import annotations

from reportgen import wording
from reportgen.claims import phrase, say, tell
from reportgen.language import msgid
from reportgen.personas.numbers import Numbers
from reportgen.personas.proofs import held_clause
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Claim
from reportgen.small_cells import is_small

TOO_FEW = msgid("Fewer than {n} customers, too few to be described.")
BESIDE_FEW = msgid("Not described: the figures of a segment of fewer than {n} customers would follow from its own.")


def write_why_untold(numbers: Numbers, segment: SegmentProfile) -> Claim:
    """That it has too few customers, or that it would give away one that has."""
    least = numbers.at("profile.min_cell", wording.format_count, unit="customers")
    is_few = is_small(segment.n_customers, numbers.facts.profile.min_cell)
    return say(f"segment.{segment.id}.who", TOO_FEW if is_few else BESIDE_FEW, n=least)


def write_trust_untold(numbers: Numbers, segment: SegmentProfile, partner: str) -> Claim:
    """What drawing the customers again does to the segment, without a number of its customers; see write_trust."""
    claim_id = f"segment.{segment.id}.trust"
    held = held_clause(numbers, segment)
    if not segment.trust.do_not_target:
        return tell(claim_id, held, ".")
    template = msgid(" Do not target it on its own.")
    if partner:
        template = msgid(" Do not target it on its own; merge it with {partner}.")
    return tell(claim_id, held, ".", phrase(template, partner=partner))
