"""Chooses the number of segments from scores and votes, and says why in plain words.

The rule: stability first, then separation, then the business limits. Of the numbers of segments whose smallest
segment is large enough, whose largest does not hold nearly everybody, and that come back when the customers are drawn
again (adjusted Rand index ≥ .8), the best separated (silhouette) is chosen; where none comes back, the one that comes
back best. The votes do not decide.

The kind of segments (Dolnicar, Grün & Leisch 2018, ch. 7), by the same figures:

natural        they come back, lie apart (silhouette ≥ .5), and most criteria that choose agree on their number
reproducible   they come back, but touch, or the criteria are divided
constructive   they do not come back, or the data show no structure and the settings asked for segments anyway
none           no segments: no structure, or every k leaves a segment that is too small or nearly everybody in one
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen import wording
from reportgen.errors import ReportgenError
from reportgen.language import msgid, text
from reportgen.records.segments import FloatArray, KScore, Vote
from reportgen.segment._rows import n_distinct
from reportgen.segment._votes import say_votes

if TYPE_CHECKING:
    from reportgen.config import SegmentSettings

STABLE = 0.8
"""Adjusted Rand index from which agreement is good (Steinley 2004: above .9 excellent, .8 good, .65 moderate)."""

APART = 0.5
"""Silhouette from which a reasonable structure has been found (Kaufman & Rousseeuw 1990, table 4)."""

FAR_OFF = 0.01
"""Share of customers up to which a segment is a handful of far-off ones: they are left out before the largest is
weighed, else five whales, each alone, would make a giant look like one segment of many."""


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """What a business can use of a division into segments."""

    smallest: int
    """Customers in the smallest segment, at least."""
    largest_share: float
    """Share of customers in the largest segment, at most."""

    def is_lopsided(self, sizes: Sequence[int]) -> bool:
        """True if nearly everybody is in one segment; skewed columns reach a silhouette of .9 by that alone."""
        least = FAR_OFF * sum(sizes)
        return max(sizes) > self.largest_share * sum(size for size in sizes if size > least)

    def allow(self, sizes: Sequence[int]) -> bool:
        return min(sizes) >= self.smallest and not self.is_lopsided(sizes)


def limits_of(settings: SegmentSettings) -> SizeLimits:
    return SizeLimits(settings.min_segment_size, settings.max_share)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the rule needs to know of one k."""

    k: int
    silhouette: float
    stability: float
    sizes: tuple[int, ...]
    """Customers by segment."""

    @property
    def comes_back(self) -> bool:
        return self.stability >= STABLE

    @property
    def smallest(self) -> int:
        return min(self.sizes)


@dataclass(frozen=True, slots=True)
class Decision:
    """How many segments, and why; the fields are those of Evidence."""

    k: int
    runner_up: int | None
    kind: str
    reason: str


def largest_k(n_rows: int, scored: FloatArray, settings: SegmentSettings) -> int:
    """The largest k to try, at least 2: within the settings, all rows, and the distinct ones among the scored rows.

    Raises ReportgenError (RG-003, RG-011, RG-063).
    """
    smallest = settings.min_segment_size
    if n_rows < 2 * smallest:
        raise ReportgenError(
            "RG-003",
            f"The export has {wording.plural(n_rows, 'customer')}; two segments of at least "
            f"{wording.format_count(smallest)} need {wording.format_count(2 * smallest)}.",
            "Give more customers, or lower segments.min_segment_size.",
        )
    wanted = settings.max_segments if settings.k == "auto" else max(settings.max_segments, settings.k)
    ways = n_distinct(scored, wanted)
    if ways < 2:
        raise ReportgenError(
            "RG-011",
            "All customers are the same in the columns that shape segments.",
            "Name other columns in columns.features.",
        )
    possible = min(n_rows // smallest, ways)
    if settings.k != "auto" and settings.k > possible:
        asked = f"The settings ask for {wording.number_word(settings.k)} segments"
        if ways < settings.k:
            sentence = f"{asked}, but the customers differ in {wording.number_word(ways)} ways only."
        else:
            least = wording.format_count(smallest)
            sentence = (
                f"{asked} of at least {least} customers, but the export has {wording.plural(n_rows, 'customer')}."
            )
        raise ReportgenError("RG-063", sentence, f"Ask for at most {wording.number_word(possible)}: segments.k.")
    return min(wanted, possible)


def pick_k(candidates: Sequence[Candidate], limits: SizeLimits) -> Candidate | None:
    """The candidate that the rule chooses; None where no one is within the limits."""
    allowed = [candidate for candidate in candidates if limits.allow(candidate.sizes)]
    if not allowed:
        return None
    stable = [candidate for candidate in allowed if candidate.comes_back]
    if stable:
        return max(stable, key=lambda candidate: (candidate.silhouette, -candidate.k))
    return max(allowed, key=lambda candidate: (candidate.stability, -candidate.k))


def decide(
    scores: Sequence[KScore],
    votes: Sequence[Vote],
    has_structure: bool,
    settings: SegmentSettings,
    kept: int | None = None,
) -> Decision:
    """The number of segments, the next best, their kind and the reason in two or three sentences.

    kept: that many segments are known from the months before, and stay.
    """
    candidates = [Candidate(score.k, score.silhouette, score.stability, score.sizes) for score in scores]
    by_rule = pick_k(candidates, limits_of(settings))
    wanted = kept or settings.k
    if wanted != "auto":
        asked = next(candidate for candidate in candidates if candidate.k == wanted)
        word = _word(asked.k)
        first = text("{k} segments were asked for.", k=word)
        if kept:
            first = text("The {k} segments of the months before are kept.", k=word)
        return _as_asked(
            asked,
            by_rule,
            candidates,
            votes,
            opening=wording.sentence_case(first),
            has_structure=has_structure,
            settings=settings,
        )
    if not has_structure:
        return Decision(1, None, "none", text(NO_STRUCTURE))
    if by_rule is None:
        return Decision(1, None, "none", text(NONE_USABLE))
    runner_up = _next_best(by_rule, candidates, settings)
    sentences = (
        _why(by_rule, candidates, limits_of(settings)),
        say_votes(by_rule.k, votes),
        _say_runner_up(runner_up),
    )
    return Decision(by_rule.k, runner_up.k if runner_up else None, _kind(by_rule, votes), _join(sentences))


NO_STRUCTURE = msgid(
    "The best division found separates these customers no better than it separates random customers with the same "
    "spread. Any number of segments would be invented, so none is given."
)

NONE_USABLE = msgid(
    "The customers are not spread at random, but every division leaves a segment below the smallest size that the "
    "settings allow, or nearly everybody in one segment. No segments are given."
)


def _as_asked(
    asked: Candidate,
    by_rule: Candidate | None,
    candidates: Sequence[Candidate],
    votes: Sequence[Vote],
    *,
    opening: str,
    has_structure: bool,
    settings: SegmentSettings,
) -> Decision:
    if not has_structure:
        second = text(
            "The data show no structure beyond chance: the segments are a convenient division of the customers, "
            "not groups that exist."
        )
        return Decision(asked.k, None, "constructive", _join((opening, second)))
    if by_rule is None or by_rule.k == asked.k:
        runner_up = _next_best(asked, candidates, settings)
        second = text("No division is within the size limits.")
        if by_rule:
            second = text("The evidence alone leads to the same number.")
    else:
        runner_up = by_rule
        second = text("The evidence alone leads to {k}.", k=_word(by_rule.k))
    sentences = (opening, second, say_votes(asked.k, votes), _say_too_small(asked, settings))
    return Decision(asked.k, runner_up.k if runner_up else None, _kind(asked, votes), _join(sentences))


def _kind(chosen: Candidate, votes: Sequence[Vote]) -> str:
    if not chosen.comes_back:
        return "constructive"
    chosen_by = [vote.k == chosen.k for vote in votes if vote.k is not None]
    is_agreed = 2 * sum(chosen_by) > len(chosen_by)
    return "natural" if chosen.silhouette >= APART and is_agreed else "reproducible"


def _next_best(chosen: Candidate, candidates: Sequence[Candidate], settings: SegmentSettings) -> Candidate | None:
    others = [candidate for candidate in candidates if candidate.k != chosen.k]
    return pick_k(others, limits_of(settings))


DOES_BEST = (
    msgid("No number of segments comes back reliably when customers are drawn anew; {k} does best."),
    msgid("No usable number of segments comes back reliably when customers are drawn anew; {k} does best."),
)
LIES_APART = (
    msgid("{k} segments lie further apart than any other number that comes back when customers are drawn anew."),
    msgid("{k} segments lie further apart than any other usable number that comes back when customers are drawn anew."),
)
"""Where no size limit rules out a better separated number, and where one does."""


def _why(chosen: Candidate, candidates: Sequence[Candidate], limits: SizeLimits) -> str:
    word = wording.sentence_case(_word(chosen.k))
    if len(candidates) == 1:
        return text("{k} is the only number of segments that this many customers allow.", k=word)
    is_limited = bool(_passed_over(chosen, candidates, limits))
    if not chosen.comes_back:
        return text(DOES_BEST[is_limited], k=word.lower())
    return f"{text(LIES_APART[is_limited], k=word)}{_say_passed_over(chosen, candidates, limits)}"


def _passed_over(chosen: Candidate, candidates: Sequence[Candidate], limits: SizeLimits) -> list[Candidate]:
    """Those that come back and lie further apart, but break a size limit; the best separated first."""
    better = [
        candidate
        for candidate in candidates
        if candidate.comes_back and candidate.silhouette > chosen.silhouette and not limits.allow(candidate.sizes)
    ]
    return sorted(better, key=lambda candidate: (-candidate.silhouette, candidate.k))


def _say_passed_over(chosen: Candidate, candidates: Sequence[Candidate], limits: SizeLimits) -> str:
    """A sentence on the best separated number that breaks a size limit, a space before it; or nothing."""
    better = _passed_over(chosen, candidates, limits)
    if not better:
        return ""
    first = better[0]
    word = wording.sentence_case(_word(first.k))
    if limits.is_lopsided(first.sizes):
        told = text("{k} would lie further apart, but only by leaving nearly everybody in one segment.", k=word)
    else:
        template = msgid("{k} would lie further apart, but leave a segment below the smallest size that is set.")
        told = text(template, k=word)
    return f" {told}"


def _say_runner_up(runner_up: Candidate | None) -> str:
    if runner_up is None:
        return ""
    return text("{k} would come next.", k=wording.sentence_case(_word(runner_up.k)))


def _say_too_small(asked: Candidate, settings: SegmentSettings) -> str:
    if asked.smallest >= settings.min_segment_size:
        return ""
    return text("The smallest segment is below the size the settings set.")


def _word(k: int) -> str:
    return wording.number_word(k)


def _join(sentences: Sequence[str]) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
