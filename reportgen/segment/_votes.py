"""What the criteria's votes come to, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import wording
from reportgen.language import counted, text
from reportgen.records.segments import Vote


def say_votes(k: int, votes: Sequence[Vote]) -> str:
    """One sentence on which criteria agree with k and what the others say; empty where none chose."""
    by_k: dict[int, list[str]] = {}
    for vote in votes:
        if vote.k is not None:
            by_k.setdefault(vote.k, []).append(vote.label)
    agreeing = by_k.pop(k, [])
    others = wording.join_words(
        [
            counted(
                "{criteria} says {k}",
                "{criteria} say {k}",
                len(labels),
                criteria=wording.join_words(labels),
                k=wording.number_word(other),
            )
            for other, labels in sorted(by_k.items())
        ]
    )
    if agreeing and others:
        criteria = wording.join_words(agreeing)
        agreed = text("{criteria} agree on {k}", criteria=criteria, k=wording.number_word(k))
        if len(agreeing) == 1:
            agreed = text("{criteria} says {k}", criteria=criteria, k=wording.number_word(k))
        return f"{agreed}; {others}."
    if agreeing:
        return text("Every criterion that chooses says {k}.", k=wording.number_word(k))
    return text("The criteria say otherwise: {others}.", others=others) if others else ""
