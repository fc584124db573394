"""Says in one label how far a segment can be trusted."""

from __future__ import annotations

from reportgen.language import msgid, text
from reportgen.records.profile import Trust
from reportgen.records.segments import BORDERLINE_CONFIDENCE, FloatArray

DISSOLVED_UP_TO = 0.5
"""Hennig (2007): a mean Jaccard of .5 or less means that the cluster dissolved."""

DISSOLVED_IN_MOST = 0.5
"""He says so of each bootstrap: a segment that dissolves in more than half of them has dissolved, too, however good the
few draws are that keep its mean above."""

DO_NOT_TRUST_BELOW = 0.6
"""Hennig (2008), documentation of clusterboot: below .6 a cluster should not be trusted."""

STABLE_FROM = 0.75
"""The same: .75 or more is a valid, stable cluster; .6 to .75 a pattern whose members are doubtful."""

HIGHLY_STABLE_FROM = 0.85
"""The same."""

REASONS = {
    "dissolved": msgid("resampled customers do not form it again"),
    "do not trust": msgid("resampled customers rarely form it again"),
    "a pattern, members doubtful": msgid("resampling finds it again, with other members at its edge"),
    "stable": msgid("resampling finds it again with nearly the same members"),
    "highly stable": msgid("resampling finds it again with nearly the same members"),
}
"""What each label means, as a clause."""

UNTRUSTED = frozenset({"dissolved", "do not trust"})
"""Labels of segments that are not to be targeted on their own."""

WHOLE = Trust("", 1.0, 0.0, 0, do_not_target=False, reason="all customers are not a segment")
"""For the profile of all customers, where trust has no meaning."""


def judge_segment(jaccard: float, dissolved: float, confidence: FloatArray, least_size: int) -> Trust:
    """The trust in a segment from its bootstrap Jaccard (Hennig 2007) and its members' confidence (one value each)."""
    return trust_in(jaccard, dissolved, len(confidence), int((confidence < BORDERLINE_CONFIDENCE).sum()), least_size)


def trust_in(jaccard: float, dissolved: float, n_customers: int, n_borderline: int, least_size: int) -> Trust:
    """The same from counts of the members and of those on the borderline."""
    label = trust_label(jaccard, dissolved)
    is_small, is_untrusted = n_customers < least_size, label in UNTRUSTED
    reason = text(REASONS[label])
    if is_small:
        reason = text("{reason}, and it is smaller than the settings allow", reason=reason)
    return Trust(
        label=label,
        jaccard=jaccard,
        dissolved=dissolved,
        n_borderline=n_borderline,
        do_not_target=is_small or is_untrusted,
        reason=reason,
    )


def trust_label(jaccard: float, dissolved: float) -> str:
    """`dissolved`: the share of bootstraps in which the segment dissolved."""
    if jaccard <= DISSOLVED_UP_TO or dissolved > DISSOLVED_IN_MOST:
        return "dissolved"
    if jaccard < DO_NOT_TRUST_BELOW:
        return "do not trust"
    if jaccard < STABLE_FROM:
        return "a pattern, members doubtful"
    return "stable" if jaccard < HIGHLY_STABLE_FROM else "highly stable"
