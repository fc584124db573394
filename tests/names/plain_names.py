"""Reads a segment's name as a marketer does, and asks the rows whether each of its words is true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from names.plain_export import Customers
from names.plain_statistics import mean, quantile

DIFFERENT, MOST = 0.5, 0.7

SHOPS = {
    "Champions": {"recency": "low", "orders": "high", "spending": "high"},
    "Loyal Customers": {"recency": "middle", "orders": "high", "spending": "high"},
    "At-Risk Customers": {"recency": "high", "orders": "high", "spending": "high"},
    "Big Spenders": {"recency": "low", "orders": "middle", "spending": "high"},
    "New Customers": {"recency": "low", "orders": "low", "spending": "low", "tenure": "low"},
    "Hibernating Customers": {"recency": "high", "orders": "low", "spending": "low"},
}
OF_LINES = {
    "recency": "Days since last purchase",
    "orders": "Orders",
    "spending": "Spending",
    "tenure": "Days since first purchase",
}

MEANT = {  # what a word is about: words of a header, any of which will do
    "income": "income|salary|earnings",
    "spend": "spend|spending|spent|expenditure",
    "revenue": "revenue|sales|turnover|purchases|monetary",
    "order": "orders|order|purchases|purchase|transactions|invoices|frequency",
    "visit": "visits|visit|sessions",
    "recency": "recency|last",
    "first": "first",
    "basket": "basket|order",
    "balance": "balance",
    "tenure": "tenure",
    "discount": "discounts|discount|coupons",
    "returns": "returns|returned|return",
    "range": "range",
    "limit": "limit",
}
PHRASES = {
    **{f"{word}-Income": ("income", side) for word, side in (("High", "high"), ("Middle", "middle"), ("Low", "low"))},
    **{f"{word}-Spending": ("spend", side) for word, side in (("High", "high"), ("Average", "middle"), ("Low", "low"))},
    **{f"{word}-Revenue": ("revenue", side) for word, side in (("High", "high"), ("Middle", "middle"), ("Low", "low"))},
    **{f"{word}-Basket": ("basket", side) for word, side in (("Big", "high"), ("Medium", "middle"), ("Small", "low"))},
    **{f"{word}-Balance": ("balance", side) for word, side in (("High", "high"), ("Middle", "middle"), ("Low", "low"))},
    **{f"{word}-Tenure": ("tenure", side) for word, side in (("Long", "high"), ("Medium", "middle"), ("Short", "low"))},
    **{f"{w}-Discount": ("discount", side) for w, side in (("High", "high"), ("Average", "middle"), ("Low", "low"))},
    **{f"{w}-Returns": ("returns", side) for w, side in (("High", "high"), ("Average", "middle"), ("Low", "low"))},
    "Average Spenders": ("spend", "middle"),
    "Spenders": ("spend", "high"),
    "Savers": ("spend", "low"),
    "Inactive": ("recency", "high"),
    "Lapsed": ("recency", "high"),
    "Half-Recent": ("recency", "middle"),
    "Recent": ("recency", "low"),
    "Long-Known": ("first", "high"),
    "Newly Won": ("first", "low"),
    "Wide-Range": ("range", "high"),
    "Narrow-Range": ("range", "low"),
    "Higher-Income": ("income", "higher"),
    "Lower-Income": ("income", "lower"),
    "Higher-Spending": ("spend", "higher"),
    "Lower-Spending": ("spend", "lower"),
    "Higher-Revenue": ("revenue", "higher"),
    "Lower-Revenue": ("revenue", "lower"),
    "Bigger-Basket": ("basket", "higher"),
    "Smaller-Basket": ("basket", "lower"),
    "Higher-Balance": ("balance", "higher"),
    "Lower-Balance": ("balance", "lower"),
    "Longer-Tenure": ("tenure", "higher"),
    "Shorter-Tenure": ("tenure", "lower"),
    "Less Recent": ("recency", "higher"),
    "More Recent": ("recency", "lower"),
}
OFTEN = {"Frequent": "high", "Regular": "middle", "Infrequent": "low"}
OFTENER = {"Higher-Frequency": "higher", "Lower-Frequency": "lower"}
PLAIN = {"High": "high", "Average": "middle", "Low": "low", "Higher": "higher", "Lower": "lower"}
EMPTY_WORDS = {"total", "day", "n", "nr", "num", "sum", "count", "number", "no"}
"""Alone they say nothing of a customer."""
NOUNS = {"Customers", "Buyers", "Visitors"}
SENSITIVE = re.compile(r"\b(age|aged|young|old|older|male|female|gender|men|women|birth)\b", re.IGNORECASE)


def words_of(header: str) -> list[str]:
    """`AnnualIncome`, `annual_income` and `Annual Income` alike."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+", header)]


def wrong_names(customers: Customers) -> Iterator[str]:
    """What the rows say against the names, a sentence each."""
    names = {segment["id"]: segment["name"] for segment in customers.study["segments"]}
    if len(set(names.values())) != len(names):
        yield f"two segments share a name: {names}"
    for segment, name in names.items():
        if SENSITIVE.search(name):
            yield f"{name}: names a sensitive trait"
        if name in SHOPS:
            for topic, side in SHOPS[name].items():
                yield from _wrong_side(customers, segment, name, OF_LINES[topic], side)
        else:
            yield from _wrong_words(customers, segment, name, names)


def _wrong_words(customers: Customers, segment: int, name: str, names: dict[int, str]) -> Iterator[str]:
    bare = re.sub(r" [A-Z]$", "", name)
    if suffix := re.search(r" \((Higher|Lower) (.+)\)$", bare):
        bare = bare[: suffix.start()]
        others = [other for other, text in names.items() if other != segment and text.startswith(f"{bare} (")]
        yield from _wrong_comparison(customers, segment, name, suffix[2], PLAIN[suffix[1]], others)
    if bare in ("Average Customers", "Mixed Customers"):
        largest = max(abs(customers.difference(column, segment)) for column in customers.shaping)
        if (largest >= DIFFERENT) != (bare == "Mixed Customers"):
            yield f"{name}: differs by {largest:.2f} SD at most"
        return
    yield from _wrong_tokens(customers, segment, name, bare.split(), names)


def _wrong_tokens(
    customers: Customers, segment: int, name: str, tokens: list[str], names: dict[int, str]
) -> Iterator[str]:
    noun = tokens[-1] if tokens[-1] in NOUNS else ""
    while tokens:
        if tokens[0] in NOUNS and tokens[0] == noun:
            tokens = tokens[1:]
            continue
        taken, columns, side = _phrase(customers, tokens, noun)
        if not taken:
            yield f"{name}: no column carries “{' '.join(tokens)}”"
            return
        tokens = tokens[taken:]
        if side in ("higher", "lower"):
            others = [other for other in names if other != segment]
            yield from _wrong_comparison(customers, segment, name, columns[0], side, others)
            continue
        faults = [list(_wrong_side(customers, segment, name, column, side)) for column in columns]
        if all(faults):
            yield from faults[0]


def _phrase(customers: Customers, tokens: list[str], noun: str) -> tuple[int, list[str], str]:
    """(words taken, the columns that they may be about, the side); nothing taken where no column carries them."""
    for length in range(min(4, len(tokens)), 0, -1):
        text = " ".join(tokens[:length])
        if text in PHRASES:
            topic, side = PHRASES[text]
            return _carried(customers, length, MEANT[topic], side)
        if length <= 2 and tokens[0] in {*OFTEN, *OFTENER, "Occasional"}:
            rest = tokens[1:length]
            if {word.lower() for word in rest} & EMPTY_WORDS:
                continue
            side = (OFTEN | OFTENER).get(tokens[0]) or ("low" if customers.study["orders"] else "middle")
            topic = MEANT["visit" if noun == "Visitors" else "order"]
            found = _carried(customers, length, topic, side, rest)
            if found[0]:
                return found
        first, _, label = text.replace("-", " ", 1).partition(" ")
        if first in PLAIN and label and set(label.lower().split()) - EMPTY_WORDS:
            found = [c for c in customers.numeric if label.lower().split() in _labels(customers, c)]
            if found:
                return length, found, PLAIN[first]
    return 0, [], ""


def _carried(
    customers: Customers, length: int, meant: str, side: str, rest: list[str] | None = None
) -> tuple[int, list[str], str]:
    wanted = set(meant.split("|"))
    found = [
        column
        for column in customers.numeric
        if wanted & {*words_of(column), *_label(customers, column)}
        and {word.lower() for word in rest or []} <= {*words_of(column), *_label(customers, column)}
    ]
    return (length, found, side) if found else (0, [], "")


def _labels(customers: Customers, column: str) -> list[list[str]]:
    """The label alone, and with its unit."""
    label = _label(customers, column)
    return [label, [*label, str(customers.info[column]["unit"]).lower()]]


def _label(customers: Customers, column: str) -> list[str]:
    return str(customers.info[column]["label"]).lower().split()


def _wrong_side(customers: Customers, segment: int, name: str, column: str, side: str) -> Iterator[str]:
    """What is against the segment lying on that side of all customers in the column."""
    own, everyone = customers.values(column, segment), customers.values(column)
    d = customers.difference(column, segment)
    said = f"{name}: {column} not {side}:"
    if side == "middle":
        inside = quantile(everyone, 0.25) <= quantile(own, 0.25) and quantile(own, 0.75) <= quantile(everyone, 0.75)
        if abs(d) >= DIFFERENT or not inside:
            yield f"{said} {d:+.2f} SD, quartiles inside: {inside}"
        return
    sign = 1 if side == "high" else -1
    middle = quantile(everyone, 0.5)
    share = sum(sign * (value - middle) > 0 for value in own) / len(own)
    if sign * d < DIFFERENT:
        yield f"{said} {d:+.2f} SD"
    if sign * (mean(own) - mean(everyone)) <= 0:
        yield f"{said} mean {mean(own):.2f} against {mean(everyone):.2f} of all"
    if sign * (quantile(own, 0.5) - middle) <= 0:
        yield f"{said} median {quantile(own, 0.5):.2f} against {middle:.2f} of all"
    if share < MOST:
        yield f"{said} {share:.2f} of the members on that side of the median"


def _wrong_comparison(  # noqa: PLR0917 - whose name, and what it says
    customers: Customers, segment: int, name: str, label: str, side: str, others: list[int]
) -> Iterator[str]:
    """What is against the segment lying above, or below, the others of its name in a column."""
    columns = [c for c in customers.numeric if label == c or label.lower().split() in _labels(customers, c)]
    if not columns or not others:
        yield f"{name}: nothing to compare in “{label}”"
        return
    sign = 1 if side == "higher" else -1
    own = mean(customers.values(columns[0], segment))
    for other in others:
        theirs = mean(customers.values(columns[0], other))
        if sign * (own - theirs) <= 0:
            yield f"{name}: {columns[0]} {own:.2f} is not {side} than {theirs:.2f}"
