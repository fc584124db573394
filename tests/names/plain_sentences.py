"""Asks the rows whether the words of a segment's sentences are true: more, less, close to, most, do not target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from names.plain_export import Customers
from names.plain_statistics import mean, quantile, spread

Claim = Mapping[str, Any]

CLOSE, DIFFERENT = 0.1, 0.5
MORE = {"more than": 1, "above": 1, "older than": 1, "less than": -1, "fewer than": -1, "below": -1, "younger than": -1}

REASONS = {  # what an action's reason says of its means, in their order: + above all customers', − below, 0 near
    "They can and do spend": "++",
    "The means are there, the spending is not": "+-",
    "They spend on a small income": "-+",
    "Income and spending are both low": "--",
    "They are the broad middle": "00",
    "They buy much but seldom": "+-",
    "Their last purchase lies back": "+",
    "They order often": "+",
    "They order seldom": "-",
    "They come often": "+",
    "They come seldom": "-",
    "They buy much at a time": "+",
    "They buy little at a time": "-",
    "They buy at reduced prices": "+",
    "They send back more": "+",
    "They have not been customers for long": "-",
    "They spend more than others": "+",
    "They spend less than others": "-",
    "They can afford more": "+",
    "Their score is low": "-",
}
TRUST = {  # mean Jaccard from which the words hold, and below which they do not (Hennig 2007)
    "finds the same segment again": (0.85, 1.01),
    "finds the segment again": (0.75, 0.85),
    "finds the pattern again, but not all of its members": (0.6, 0.75),
    "often does not find the segment again": (0.5, 0.6),
    "does not find the segment again": (0.0, 0.5),
}
MONEY_WORDS = re.compile(r"\b(money|revenue|spend\w*|spent|income|earn\w*|afford|salary)\b|[€$£]", re.IGNORECASE)
MONEY_HEADERS = re.compile(
    r"income|salary|spend|sales|revenue|basket|balance|order ?value|amount|price|€|\$|grocery|fresh|milk|purchases",
    re.IGNORECASE,
)
SMALLEST = 10
"""Customers: the smallest segment that the default settings allow to be targeted."""


def wrong_sentences(customers: Customers) -> Iterator[str]:
    """What the rows say against the sentences about single segments."""
    claims = {claim["id"]: claim for claim in customers.study["claims"]}
    for claim in claims.values():
        yield from (f"{claim['id']}: {fault}: {claim['text']}" for fault in _wrong_words(claim, customers))
    for segment in customers.study["segments"]:
        own = segment["id"]
        for fault in _wrong_trust(claims[f"segment.{own}.trust"]["text"], segment):
            yield f"segment.{own}.trust: {fault}"
        for place, action in enumerate(segment["actions"], start=1):
            reason = claims[f"segment.{own}.action{place}.reason"]
            yield from (f"{reason['id']}: {fault}: {reason['text']}" for fault in _wrong_reason(reason, customers))
            yield from _wrong_side_of(action["do"], own, customers)
    yield from _wrong_limits(customers)


def _wrong_words(claim: Claim, customers: Customers) -> Iterator[str]:
    text = claim["text"]
    yield from _wrong_name(claim, customers)
    for quantity in claim["quantities"]:
        yield from _wrong_direction(quantity, text, customers)
    if re.search(r"close to the \D?\d", text):
        (column,) = {c for q in claim["quantities"] if q["recompute"]["measure"] == "mean" for c in q["columns"]}
        segment = next(q["segment"] for q in claim["quantities"] if q["segment"] is not None)
        if abs(raw_difference(customers, column, segment)) >= CLOSE:
            yield "not close"
    for share, of_all in re.findall(r"for ([<>]?\d+)% of them, against ([<>]?\d+)% of all", text):
        if float(share.strip("<>")) <= float(of_all.strip("<>")):
            yield "not more than of all"
    if MONEY_WORDS.search(text) and not any(MONEY_HEADERS.search(name) for name in customers.info):
        yield "money words without a column of money"
    if re.fullmatch(r"segment\.\d+\.name", claim["id"]):
        yield from _wrong_proof(claim, customers)


def _wrong_direction(quantity: Claim, text: str, customers: Customers) -> Iterator[str]:
    """`5 more than the average customer`, `−1.2 SD`: on the side on which the mean lies."""
    record, shown = quantity["recompute"], quantity["shown"]
    if record["measure"] not in ("gap", "difference"):
        return
    gap = _raw_gap(customers, record["column"], record["segment"])
    if record["measure"] == "difference" and round(quantity["value"], 1) and quantity["value"] * gap <= 0:
        yield f"{shown}, but the mean differs by {gap:+.2f}"
    if record["measure"] == "gap":
        found = re.search(rf", {re.escape(shown)} ({'|'.join(MORE)}) the average customer", text)
        if not found:
            yield "a gap without a direction"
        elif MORE[found[1]] * gap <= 0:
            yield f"not {found[1]} average"


def _raw_gap(customers: Customers, column: str, segment: int | None) -> float:
    return mean(customers.values(column, segment)) - mean(customers.values(column))


def raw_difference(customers: Customers, column: str, segment: int | None) -> float:
    """The same in standard deviations of the column as exported."""
    return _raw_gap(customers, column, segment) / (spread(customers.values(column)) or 1.0)


def _wrong_name(claim: Claim, customers: Customers) -> Iterator[str]:
    """A sentence that names one segment prints the numbers of that one."""
    about = {q["segment"] for q in claim["quantities"]} - {None}
    called = {s["id"]: s["name"] for s in customers.study["segments"]}
    left, named = claim["text"], set()
    for one, name in sorted(called.items(), key=lambda entry: -len(entry[1])):
        if name in left:
            left = left.replace(name, "·")
            named.add(one)
    if len(named) == len(about) == 1 and named != about and not claim["id"].startswith("segment."):
        yield f"names segment {named} and counts segment {about}"


def _wrong_proof(claim: Claim, customers: Customers) -> Iterator[str]:
    """The words of a name: half a deviation, seven of ten members, nine of ten draws."""
    for quantity in claim["quantities"]:
        record, value = quantity["recompute"], quantity["value"]
        if record["measure"] in ("share_above", "share_below") and value < 0.7:
            yield "fewer than seven of ten"
        if str(record.get("path", "")).endswith("persistence") and value < 0.9:
            yield "fewer than nine of ten draws"
    if "averages" not in claim["text"] and "“" in claim["text"] and "they average" in claim["text"]:
        own, other = (q["value"] for q in claim["quantities"] if q["recompute"]["measure"] == "mean")
        is_higher = re.search(r"“(High|Bigger|Longer|Less Recent)", claim["text"])
        if (own - other) * (1 if is_higher else -1) <= 0:
            yield "the comparison is the other way round"


def _wrong_trust(text: str, segment: Mapping[str, Any]) -> Iterator[str]:
    jaccard = segment["trust"]["jaccard"]
    said = max((words for words in TRUST if words in text), key=len)
    low, high = TRUST[said]
    is_gone = jaccard <= 0.5 or segment["trust"]["dissolved"] > 0.5
    if is_gone != (said == "does not find the segment again") or not (is_gone or low <= jaccard < high):
        yield f"Jaccard {jaccard:.3f}, said: {said}"
    is_weak = is_gone or jaccard < 0.6 or segment["n_customers"] < SMALLEST
    if is_weak != ("Do not target" in text) or is_weak != segment["do"].startswith("Do not target"):
        yield f"Jaccard {jaccard:.3f}, {segment['n_customers']} customers: {text}"


def _wrong_reason(claim: Claim, customers: Customers) -> Iterator[str]:
    text = claim["text"]
    means = [q["recompute"] for q in claim["quantities"] if q["recompute"]["measure"] == "mean"]
    own = [(record["column"], record["segment"]) for record in means if record["segment"] is not None]
    signs = next((signs for words, signs in REASONS.items() if text.startswith(words)), "")
    for sign, (column, segment) in zip(signs, own, strict=False):
        gap = _raw_gap(customers, column, segment)
        if sign == "0" and abs(customers.difference(column, segment)) >= DIFFERENT:
            yield f"{column} is not in the middle"
        if sign != "0" and gap * (1 if sign == "+" else -1) <= 0:
            yield f"{column} differs by {gap:+.2f}"
    if text.startswith("What sets them apart most"):
        ((column, segment),) = own
        largest = max(abs(customers.difference(name, segment)) for name in customers.shaping)
        if abs(customers.difference(column, segment)) < largest - 1e-9:
            yield f"another column differs more than {column}"
    if "about their part" in text:
        value, share = (q["value"] for q in claim["quantities"])
        if not 0.8 <= value / share <= 1.25:
            yield "not about their part"


def _wrong_side_of(do: str, segment: int, customers: Customers) -> Iterator[str]:
    """`Write one message on grocery, where they are above average`."""
    found = re.search(r"on (.+), where they are (above|below) average", do)
    if not found:
        return
    labels = {str(customers.info[name]["label"]).lower(): name for name in customers.shaping}
    gap = _raw_gap(customers, labels[found[1].lower()], segment)
    if gap * (1 if found[2] == "above" else -1) <= 0:
        yield f"segment {segment}: {do}: differs by {gap:+.2f}"


def _wrong_limits(customers: Customers) -> Iterator[str]:
    """What the data are said not to hold is not in the export."""
    roles = {column["role"] for column in customers.study["columns"]}
    text = " ".join(customers.study["limits"])
    has_dates = "date" in roles or bool(customers.study["orders"])
    if ("There are no dates" in text) == has_dates:
        yield f"limits: dates: {text}"
    if "No column is known to be money" in text and "money" in roles:
        yield f"limits: money: {text}"
    is_ordered = any(re.search(r"order|purchase|visit|frequency", name, re.IGNORECASE) for name in customers.info)
    if "Orders are not in the export" in text and is_ordered:
        yield f"limits: orders: {text}"
    if bool(customers.study["features"]["value_column"]) == ("what a segment is worth is not known" in text):
        yield f"limits: value: {text}"


def middle_half_share(customers: Customers, column: str, segment: int | None) -> float:
    """Share of the members from the lower to the upper quartile, both included."""
    own = customers.values(column, segment)
    low, high = quantile(own, 0.25), quantile(own, 0.75)
    return sum(low <= value <= high for value in own) / len(own)
