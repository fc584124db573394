"""Every name and sentence of a run against the rows of its export."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from names.plain_export import Customers, read_customers
from names.plain_facts import value_in
from names.plain_findings import wrong_findings
from names.plain_names import wrong_names
from names.plain_numbers import again, shows
from names.plain_sentences import wrong_sentences

ROUNDED = 10
"""Sizes of other divisions stand in study.json rounded to ten, so that no few customers are told apart by them."""


@dataclass(slots=True)
class Tally:
    """What was checked, and what was found against it."""

    found: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def check_run(export: Path, run: Path) -> Tally:
    """Everything that a run says, against its export."""
    customers, tally = read_customers(export, run), Tally()
    tally.counts.update(runs=1, segments=len(customers.study["segments"]), claims=len(customers.study["claims"]))
    tally.found += wrong_numbers(customers, tally.counts)
    tally.found += [*wrong_names(customers), *wrong_sentences(customers), *wrong_findings(customers)]
    return tally


def wrong_numbers(customers: Customers, counts: Counter[str]) -> Iterator[str]:
    """Numbers that the rows give otherwise, that are printed otherwise, or that nobody vouches for."""
    for claim in customers.study["claims"]:
        left = claim["text"]
        for quantity in sorted(claim["quantities"], key=lambda quantity: -len(quantity["shown"])):
            left = left.replace(quantity["shown"], " ")
        for quantity in claim["quantities"]:
            record, told = quantity["recompute"], quantity["value"]
            found = again(record, customers)
            counts["numbers computed again" if found is not None else "numbers looked up"] += 1
            if found is None:
                found = looked_up(customers, record, told)
            if abs(found - told) > 1e-6 * max(1.0, abs(told)):
                yield f"{claim['id']}: {told} is {found} by the rows: {record}"
            if quantity["shown"] not in claim["text"] or not shows(quantity["shown"], told, quantity["unit"]):
                yield f"{claim['id']}: {quantity['shown']} does not show {told}: {claim['text']}"
        for name, info in customers.info.items():
            for text in (name, info["label"]):
                left = re.sub(re.escape(text), " ", left, flags=re.IGNORECASE)
        if re.search(r"\d", left.replace("utf-8", "")):
            yield f"{claim['id']}: nobody vouches for the numbers in “{left}”"


def looked_up(customers: Customers, record: Mapping[str, Any], told: float) -> float:
    """The number as study.json holds it elsewhere; of what it does not hold, what was told."""
    if record["measure"] == "bound":
        within = looked_up(customers, record["of"], told)
        is_hidden = within == 0 and record["high"] < ROUNDED and ".other.counts[" in record["of"].get("path", "")
        return told if is_hidden or record["low"] <= within <= record["high"] else within
    path = record.get("path", "")
    if (
        ".clearness[" in path
        or ".numbers[" in path
        or ".distributions[" in path
        or path in ("set_aside", "near_duplicates")
    ):
        return told
    found = float(value_in(customers.study, path))
    is_rounded = re.search(r"\.sizes\[|\.other\.counts\[", path) and abs(found - told) <= ROUNDED / 2
    return told if is_rounded else found
