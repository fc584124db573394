"""Puts what was counted among all customers into profiles that were made from drawn ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from reportgen.engine.ranks import fine_bins
from reportgen.profile import census as count_of
from reportgen.profile._tree import Leaf
from reportgen.profile.associations import associate
from reportgen.profile.census import Census, CensusPlan, NumberPlan, take_census
from reportgen.profile.clearness import clearness_from
from reportgen.profile.levels import share_levels
from reportgen.profile.material import Material
from reportgen.profile.rules import RuleCard, card_of
from reportgen.profile.trust import trust_in
from reportgen.profile.value import shares_of
from reportgen.records.everyone import Everyone
from reportgen.records.profile import LevelProfile, NumberProfile, Profile, SegmentProfile
from reportgen.records.segments import Features, FloatArray, IntArray, Segmentation
from reportgen.records.table import CleanTable


def plan_census(
    table: CleanTable, features: Features, segmentation: Segmentation, material: Material, leaves: Sequence[Leaf]
) -> CensusPlan:
    """What has to be counted for profiles of this material. Raises ValueError where all customers are held."""
    if segmentation.place is None:
        raise ValueError("all customers are held: there is nothing to count")
    places = {feature.name: place for place, feature in enumerate(features.features)}
    numbers = tuple(
        NumberPlan(
            name,
            middle=column.yardstick.mean,
            fine=fine_bins(column.values),
            shown=np.array(column.distribution.edges),
            feature=None if column.scaled is None else places[name],
        )
        for name, column in material.numbers.items()
    )
    return CensusPlan(
        place=segmentation.place,
        k=segmentation.k,
        numbers=numbers,
        levels=tuple((name, levels.names) for name, levels in material.levels.items()),
        features=tuple(places),
        leaves=tuple(leaves),
        value=features.value_column,
        contacts=tuple(column.name for column in table.columns if column.contact),
    )


def recount(profile: Profile, material: Material, everyone: Everyone, plan: CensusPlan, least_size: int) -> Profile:
    """The profile with the sizes, shares, means, quartiles, bins, levels and rules of all customers.

    Tests of numbers, correlations, bootstraps and pictures stay those of the drawn ones. least_size: customers below
    which a segment is small.
    """
    census = take_census(everyone, plan)
    counted = Recount(plan, census)
    card = card_of(plan.leaves, census.of(count_of.LEAVES), material.shaping, profile.min_cell)
    sure = census.of(count_of.SURE) / np.maximum(census.of(count_of.SIZES), 1)
    return replace(
        profile,
        overall=counted.overall(profile.overall),
        segments=tuple(counted.segment(segment, card, least_size) for segment in profile.segments),
        distributions=tuple(
            replace(one, counts=tuple(census.of(f"shown bins of {one.column}").sum(axis=0).tolist()))
            for one in profile.distributions
        ),
        associations=associate(material, {name: census.of(f"levels of {name}") for name, _ in plan.levels}),
        rule_fidelity=card.fidelity,
        rule_leaves=card.n_leaves,
        rule_paths=card.paths,
        clearness=clearness_from(census.of(count_of.CLEAR).tolist(), sure.tolist(), profile.min_cell)
        if len(profile.segments) > 1
        else (),
        n_drawn=len(next(iter(material.numbers.values())).values),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Recount:
    """Reads profiles off a census; a segment is told by its place 0..k − 1, all customers by None."""

    plan: CensusPlan
    census: Census

    def overall(self, profile: SegmentProfile) -> SegmentProfile:
        """All customers."""
        return self._counted(profile, None, None if self._value_shares() is None else 1.0)

    def segment(self, profile: SegmentProfile, card: RuleCard, least_size: int) -> SegmentProfile:
        """One segment."""
        place = profile.id - 1
        shares = self._value_shares()
        counted = self._counted(profile, place, None if shares is None else shares[place])
        n_borderline = int(self.census.of(count_of.BORDERLINE)[place])
        trust = trust_in(profile.trust.jaccard, profile.trust.dissolved, counted.n_customers, n_borderline, least_size)
        return replace(counted, rule=card.rules[place], trust=trust)

    def _value_shares(self) -> tuple[float, ...] | None:
        """By segment; None where value is unknown or cannot be shared out."""
        sums = self.census.of(count_of.VALUE)
        return shares_of(float(sums.sum()), sums.tolist()) if self.plan.value else None

    def _counted(self, profile: SegmentProfile, place: int | None, value_share: float | None) -> SegmentProfile:
        sizes = self.census.of(count_of.SIZES)
        n = int(self._row(sizes, place))
        reached = float(self._row(self.census.of(count_of.REACHED), place)) / max(n, 1)
        centers = self._row(self.census.of(count_of.CENTERS), place) / max(n, 1)
        plans = {plan.name: plan for plan in self.plan.numbers}
        return replace(
            profile,
            n_customers=n,
            share=n / int(sizes.sum()),
            value_share=value_share,
            centroid=tuple(centers.tolist()),
            numbers=tuple(self._number(one, plans[one.column], place) for one in profile.numbers),
            levels=tuple(level for name, names in self.plan.levels for level in self._levels(name, names, place)),
            reach=reached if self.plan.contacts else None,
        )

    def _row(self, counts: IntArray | FloatArray, place: int | None) -> FloatArray:
        found: FloatArray = counts.sum(axis=0) if place is None else counts[place]
        return found

    def _number(self, profile: NumberProfile, plan: NumberPlan, place: int | None) -> NumberProfile:
        ranks = self.census.ranks[plan.name]
        n = int(self._row(ranks.counts.sum(axis=1), place))
        total = plan.middle * n + float(self._row(self.census.of(f"sums of {plan.name}")[0], place))
        q25, median, q75 = (ranks.quantile(p, place) for p in count_of.QUARTILES)
        below, above = ranks.beside(ranks.quantile(0.5))
        return replace(
            profile,
            mean=total / n,
            median=median,
            q25=q25,
            q75=q75,
            total=total,
            difference=0.0 if place is None else self._difference(plan, place),
            share_above=float(self._row(above, place)) / n,
            share_below=float(self._row(below, place)) / n,
            counts=tuple(self._row(self.census.of(f"shown bins of {plan.name}"), place).tolist()),
        )

    def _difference(self, plan: NumberPlan, place: int) -> float:
        """The segment's mean less that of all customers, in their standard deviations, on the clustered scale."""
        if plan.feature is None:
            n, sums = self.census.ranks[plan.name].counts.sum(axis=1), self.census.of(f"sums of {plan.name}")
        else:
            n, sums = self.census.of(count_of.SIZES), self.census.of(f"scaled sums of {plan.name}")
        mean, square = sums.sum(axis=1) / n.sum()
        spread = float(np.sqrt(max(square - mean**2, 0.0)))
        return float((sums[0][place] / n[place] - mean) / spread) if spread > 0 else 0.0

    def _levels(self, name: str, names: tuple[str, ...], place: int | None) -> list[LevelProfile]:
        counts = self.census.of(f"levels of {name}")
        return share_levels(name, names, self._row(counts, place).astype(np.intp), counts.sum(axis=0))
