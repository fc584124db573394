"""Asks the rows whether the answers and the charts' titles are true: the largest, most, best, least, no difference."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from names.plain_export import Customers
from names.plain_facts import adjusted_tests
from names.plain_numbers import quality
from names.plain_sentences import middle_half_share
from names.plain_statistics import mean, pearson, quantile

Claim = Mapping[str, Any]

TINY = 1e-9
SIGNIFICANT, NOTICEABLE, DIFFERENT = 0.05, 0.1, 0.5
DOUBTFUL, STABLE = 0.6, 0.75


def wrong_findings(customers: Customers) -> Iterator[str]:
    """What the rows say against the answers and the titles, a sentence each."""
    for claim in customers.study["claims"]:
        for pattern, check in CHECKS.items():
            if re.match(pattern, claim["id"]):
                yield from (f"{claim['id']}: {fault}: {claim['text']}" for fault in check(claim, customers))
    yield from _against_each_other(customers)


def _measured(claim: Claim, measure: str) -> list[Mapping[str, Any]]:
    return [q["recompute"] for q in claim["quantities"] if q["recompute"]["measure"] == measure]


def _ids(customers: Customers) -> list[int]:
    return sorted(set(customers.segment))


def _headline(claim: Claim, customers: Customers) -> Iterator[str]:
    if "differ most" not in claim["text"]:
        return
    column, segment = next((r["column"], r["segment"]) for r in _measured(claim, "mean") if r["segment"])
    pairs = [(abs(customers.difference(c, s)), c, s) for c in customers.shaping for s in _ids(customers)]
    if abs(customers.difference(column, segment)) < max(pairs)[0] - TINY:
        yield f"{max(pairs)} differs more"


def _segments(claim: Claim, customers: Customers) -> Iterator[str]:
    shares = [customers.segment.count(one) / customers.n for one in _ids(customers)]
    told = [q["value"] for q in claim["quantities"] if q["unit"] == "share"]
    if "The largest" in claim["text"] and told != [max(shares), min(shares)]:
        yield f"largest and smallest are {max(shares)} and {min(shares)}"


def _descriptors(claim: Claim, customers: Customers) -> Iterator[str]:
    tests = adjusted_tests(customers)
    for clause in re.split(r"\. (?=[^.]+ between the segments)", claim["text"]):
        labels = clause.partition(" differ" if " not differ" not in clause else " do")[0].lower()
        for name, (p, effect) in tests.items():
            label = str(customers.info[name]["label"]).lower()
            if not re.search(rf"\b{re.escape(label)}\b", labels):
                continue
            if "not differ" in clause and p <= SIGNIFICANT:
                yield f"{name} differs, p = {p:.4f}"
            if "not differ" not in clause and p > SIGNIFICANT:
                yield f"{name} does not differ, p = {p:.4f}"
            if "not differ" not in clause and ("slightly" in clause) == (effect >= NOTICEABLE):
                yield f"{name}: effect {effect:.3f}"


def _priority(claim: Claim, customers: Customers) -> Iterator[str]:
    scores = sorted(
        (s["scorecard"]["score"] for s in customers.study["segments"] if s["scorecard"]["score"]), reverse=True
    )
    if [q["value"] for q in claim["quantities"]] != scores[:2]:
        yield f"the scores are {scores}"


def _left_out(claim: Claim, customers: Customers) -> Iterator[str]:
    known = [entry for entry in customers.study["evidence"]["left_out"] if entry["agreement"] is not None]
    least = min(known, key=lambda entry: entry["agreement"])
    label = str(customers.info[least["feature"]]["label"]).lower()
    if "no single column decides" in claim["text"]:
        if least["agreement"] < 0.8:
            yield f"{least} decides"
    elif f"they hang most on {label}" not in claim["text"].lower():
        yield f"they hang most on {label}"


def _most_cells(field: str) -> Callable[[Claim, Customers], Iterator[str]]:
    def check(claim: Claim, customers: Customers) -> Iterator[str]:
        cells = {name: quality(customers, name, field) for name in _named_in_quality(customers)}
        found = re.search(r"(?:most in|, in) (.+?)(?: \(|;)", claim["text"])
        if found:
            told = next(n for name, n in cells.items() if _label(customers, name) == found[1].lower())
            if told < max(cells.values()):
                yield f"most are elsewhere: {cells}"

    return check


def _named_in_quality(customers: Customers) -> list[str]:
    return [entry["name"] for entry in customers.study["cleaning"]["quality"]]


def _label(customers: Customers, name: str) -> str:
    return str(customers.info[name]["label"]).lower()


def _structure(claim: Claim, customers: Customers) -> Iterator[str]:
    values = {q["recompute"]["path"].rpartition(".")[2]: q["value"] for q in claim["quantities"]}
    reached = max(values["gaussian_p95"], values["uniform_p95"])
    if ": more than chance" in claim["text"] and values["observed"] <= reached:
        yield f"{values['observed']} does not pass {reached}"


def _concentration(claim: Claim, customers: Customers) -> Iterator[str]:
    column = _measured(claim, "value_share")[0]["column"]
    everyone = sum(customers.values(column))
    ratios = {s: sum(customers.values(column, s)) / everyone / customers.segment.count(s) for s in _ids(customers)}
    told = _measured(claim, "value_share")[0]["segment"]
    if ratios[told] < max(ratios.values()) - TINY:
        yield f"others carry more for their number: {ratios}"


def _sizes(claim: Claim, customers: Customers) -> Iterator[str]:
    if "carry" not in claim["text"]:
        told = _measured(claim, "share")[0]["segment"]
        if customers.segment.count(told) < max(customers.segment.count(s) for s in _ids(customers)):
            yield "not the largest"


def _widest(claim: Claim, customers: Customers) -> Iterator[str]:
    (told,) = _measured(claim, "difference")
    pairs = [(abs(customers.difference(c, s)), c, s) for c in customers.numeric for s in _ids(customers)]
    if abs(customers.difference(told["column"], told["segment"])) < max(pairs)[0] - TINY:
        yield f"{max(pairs)} is wider"


def _side_by_side(claim: Claim, customers: Customers) -> Iterator[str]:
    low, high = _measured(claim, "quantile")
    medians = {s: quantile(customers.values(low["column"], s), 0.5) for s in _ids(customers)}
    if medians[low["segment"]] > min(medians.values()) or medians[high["segment"]] < max(medians.values()):
        yield f"medians are {medians}"
    if medians[low["segment"]] == medians[high["segment"]]:
        yield "runs from a value to the same"


def _difference(claim: Claim, customers: Customers) -> Iterator[str]:
    told = next(r for r in _measured(claim, "mean") if r["segment"])
    sizes = {column: abs(customers.difference(column, told["segment"])) for column in customers.numeric}
    if sizes[told["column"]] < max(sizes.values()) - TINY:
        yield f"another column differs more: {sizes}"
    if ("stand out in no column" in claim["text"]) != (max(sizes.values()) < DIFFERENT):
        yield f"differences are {sizes}"


def _middle_half(claim: Claim, customers: Customers) -> Iterator[str]:
    if re.search(r"(?<!middle )half of", claim["text"], re.IGNORECASE):
        for record in _measured(claim, "quantile")[::2]:
            share = middle_half_share(customers, record["column"], record.get("segment"))
            most = 1.0 if "half of the customers or more" in claim["text"] else 0.6
            if not 0.4 <= share <= most:
                yield f"not half of segment {record.get('segment')} but {share:.2f}"


def _peak(field: str, words: str) -> Callable[[Claim, Customers], Iterator[str]]:
    def check(claim: Claim, customers: Customers) -> Iterator[str]:
        scores = {score["k"]: score[field] for score in customers.study["evidence"]["scores"]}
        told = [q["value"] for q in claim["quantities"] if q["recompute"].get("path", "").endswith(field)]
        if words in claim["text"] and told[0] < max(scores.values()):
            yield f"highest elsewhere: {scores}"
        if "agree more" in claim["text"] and told[1] <= told[0]:
            yield "they do not agree more"

    return check


def _chance(claim: Claim, customers: Customers) -> Iterator[str]:
    observed, reached = (q["value"] for q in claim["quantities"])
    if ("better than chance" in claim["text"].replace("no better", "")) and observed <= reached:
        yield "does not pass"
    if " reach " in claim["text"] and reached < observed:
        yield "structureless data do not reach it"


def _least_stable(claim: Claim, customers: Customers) -> Iterator[str]:
    found = {segment["id"]: segment["trust"]["jaccard"] for segment in customers.study["segments"]}
    gone = {segment["id"] for segment in customers.study["segments"] if segment["trust"]["dissolved"] > 0.5}
    if found[claim["quantities"][0]["segment"]] > min(found[one] for one in gone or found):
        yield f"not the least of {found}"
    said = "every segment comes back" in claim["text"].lower()
    if said != (min(found.values()) >= DOUBTFUL and not gone):
        yield f"Jaccards are {found}"
    if said and ("with other members" in claim["text"]) != (min(found.values()) < STABLE):
        yield f"Jaccards are {found}"


def _together(claim: Claim, customers: Customers) -> Iterator[str]:
    found = [segment["silhouette"] for segment in customers.study["segments"]]
    if [q["value"] for q in claim["quantities"]] != [max(found), min(found)]:
        yield f"silhouettes are {found}"


def _distribution(claim: Claim, customers: Customers) -> Iterator[str]:
    """The printed range holds the printed number of customers."""
    yield from _middle_half(claim, customers)
    if "most often" not in claim["text"]:
        return
    label = claim["text"].partition(": most often")[0].lower()
    values = customers.values(next(name for name in customers.numeric if _label(customers, name) == label))
    edges = [q["value"] for q in claim["quantities"] if ".edges[" in q["recompute"]["path"]]
    (told,) = (q["value"] for q in claim["quantities"] if ".counts[" in q["recompute"]["path"])
    low, high = edges[0], edges[-1] if len(edges) == 2 else edges[0] + 1
    if "most often under" in claim["text"]:
        low, high = -math.inf, edges[0]
    if "and more" in claim["text"]:
        high = math.inf
    held = sum(low <= value < high for value in values)
    if held != told:
        yield f"it holds {held}"


def _split(claim: Claim, customers: Customers) -> Iterator[str]:
    column = claim["id"].split(".", 2)[2]
    if not customers.study["segments"]:
        return
    p, effect = adjusted_tests(customers)[column]
    if "no difference" in claim["text"] and p <= SIGNIFICANT:
        yield f"they differ, p = {p:.4f}, effect {effect:.3f}"
    if "segments differ in" in claim["text"].lower() and p > SIGNIFICANT:
        yield f"p = {p:.4f}"


def _correlations(claim: Claim, customers: Customers) -> Iterator[str]:
    told = claim["quantities"][0]["value"]
    pairs = [(a, b) for i, a in enumerate(customers.numeric) for b in customers.numeric[i + 1 :]]
    found = [pearson(customers.values(a), customers.values(b)) for a, b in pairs]
    if abs(told) < max(abs(r) for r in found) - 1e-6:
        yield f"others move closer: {max(found, key=abs):.3f}"
    if ("rise together" in claim["text"] and told <= 0) or ("against each other" in claim["text"] and told >= 0):
        yield "the other way round"


def _against_each_other(customers: Customers) -> Iterator[str]:
    """Two sentences that cannot both be true."""
    texts = {claim["id"]: claim["text"] for claim in customers.study["claims"]}
    trust, stability = texts.get("answer.trust", ""), texts.get("chart.segment_stability", "")
    if re.search(r"; (all|the) \w+ come back", trust) and "do not come back" in stability:
        yield f"“{trust}” against “{stability}”"
    for segment in customers.study["segments"]:
        for name, number in segment["numbers"].items():
            if abs(number["mean"] - mean(customers.values(name, segment["id"]))) > 1e-6 * (1 + abs(number["mean"])):
                yield f"segment {segment['id']}: the mean of {name} is {mean(customers.values(name, segment['id']))}"


CHECKS: dict[str, Callable[[Claim, Customers], Iterator[str]]] = {
    r"headline$": _headline,
    r"answer\.segments$": _segments,
    r"answer\.descriptors$": _descriptors,
    r"priority$": _priority,
    r"answer\.left_out$": _left_out,
    r"answer\.missing$": _most_cells("n_missing"),
    r"answer\.outliers$": _most_cells("n_outliers"),
    r"answer\.structure$": _structure,
    r"chart\.value_concentration$": _concentration,
    r"chart\.segment_sizes$": _sizes,
    r"chart\.profile_heat_map$": _widest,
    r"chart\.segments_side_by_side$": _side_by_side,
    r"chart\.difference_chart\.": _difference,
    r"chart\.segment_distributions\.": _middle_half,
    r"chart\.silhouette_by_k$": _peak("silhouette", "eparation peaks"),
    r"chart\.stability_by_k$": _peak("stability", "most alike"),
    r"chart\.null_comparison$": _chance,
    r"chart\.segment_stability$": _least_stable,
    r"chart\.silhouette_plot$": _together,
    r"chart\.distribution\.": _distribution,
    r"chart\.category_split\.": _split,
    r"chart\.correlations$": _correlations,
}
