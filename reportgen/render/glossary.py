"""The words of the report that a reader may want explained."""

from __future__ import annotations

from reportgen.language import msgid
from reportgen.render.pieces import Pair

GLOSSARY = (
    Pair(
        msgid("Adjusted Rand index"),
        msgid("How far two groupings of the same customers agree: 1 for the same groups, 0 for no more than chance."),
    ),
    Pair(
        msgid("Bootstrap"),
        msgid(
            "Drawing as many customers again, with replacement, to see what depends on who happened to be in the file."
        ),
    ),
    Pair(
        msgid("Centroid"),
        msgid("The mean customer of a segment."),
    ),
    Pair(
        msgid("Coverage, precision"),
        msgid("Of a rule: the part of the segment that it finds, and the part of those found that belong to it."),
    ),
    Pair(
        msgid("Inertia"),
        msgid(
            "Sum of squared distances of the customers to their centroid. It always falls with more segments; "
            "the elbow is where it stops falling fast."
        ),
    ),
    Pair(
        msgid("Jaccard"),
        msgid(
            "Members that a segment and its counterpart share, over members of either: 1 if the segment comes "
            "back whole."
        ),
    ),
    Pair(
        msgid("Lift"),
        msgid("How many times more frequent something is in a segment than among all customers."),
    ),
    Pair(
        msgid("SD"),
        msgid(
            "Standard deviation: the usual distance of a customer from the mean, the yardstick for "
            "differences between columns of different units. Of a column that is clustered on the scale of its "
            "logarithm or a power, differences are measured on that scale."
        ),
    ),
    Pair(
        msgid("Share of value"),
        msgid("The segment's part of the sum of the value column."),
    ),
    Pair(
        msgid("Silhouette"),
        msgid(
            "How much closer a customer is to the own segment than to the next: 1 is certain, 0 on the "
            "border, below 0 in the wrong place."
        ),
    ),
    Pair(
        msgid("Structureless data"),
        msgid("Random data with the same spread as the customers but without groups; what real groups must beat."),
    ),
)
