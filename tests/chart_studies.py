"""Studies for the charts' tests: facts with stand-in personas, in the numbers and with the names that break layouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

import changed_facts
import numpy as np
from studies import (
    HOSTILE_NAMES,
    Planted,
    clean_table,
    cluster,
    facts_of,
    mall_like,
    mall_like_facts,
    many_feature_facts,
    no_structure_facts,
    number,
    shop,
    structureless,
    weigh,
    words,
    z_features,
)
from threadpoolctl import threadpool_limits

from reportgen.charts.stage import draw_figures
from reportgen.claims import say, size
from reportgen.records.study import Facts, Figure, Persona, Skipped, Study
from reportgen.records.table import Role
from reportgen.report_settings import BrandSettings
from reportgen.theme import theme_of

THEME = theme_of(BrandSettings())

MALL_NAMES = (
    "Middle-Income Average Spenders",
    "High-Income Spenders",
    "High-Income Savers",
    "Low-Income Spenders",
    "Low-Income Savers",
)
SHOP_NAMES = ("Occasional Shoppers", "Frequent Shoppers", "Big-Basket Shoppers", "Discount-Led Frequent Returners")
LONG_NAMES = tuple(f"Frequent High-Spend Bargain Shoppers (Higher average basket {letter})" for letter in "ABCDEFGHIJ")


def study_of(facts: Facts, names: Sequence[str]) -> Study:
    """The facts with personas that have a name and a colour, and nothing to say."""
    headline = say("headline", "{n} segments", n=size(len(facts.profile.segments), "profile.segments"))
    personas = tuple(
        Persona(
            segment=segment.id,
            name=names[segment.id - 1],
            slug=f"segment-{segment.id}",
            color=THEME.segment_color(segment.id),
            words=(),
            who=headline,
            sentences=(headline,),
            do="",
            actions=(),
            typical=headline,
        )
        for segment in facts.profile.segments
    )
    return Study(facts, personas, headline, {}, ())


ONE_THREAD = threadpool_limits.wrap(limits=1)
"""k-means on a few hundred rows is slower on many threads, and by far on a machine that is busy."""


@cache
@ONE_THREAD
def mall_study() -> Study:
    return study_of(mall_like_facts(), MALL_NAMES)


@cache
@ONE_THREAD
def shop_study() -> Study:
    return study_of(many_feature_facts(), SHOP_NAMES)


@cache
@ONE_THREAD
def no_structure_study() -> Study:
    return study_of(no_structure_facts(), ())


@cache
@ONE_THREAD
def ring(k: int) -> Planted:
    """`k` groups on a ring of which the last is tiny, headers and levels hostile, names too long."""
    generator = np.random.default_rng(k)
    sizes = [90 - 8 * place for place in range(k - 1)] + [11]
    turns = np.repeat(np.arange(k) / k * 2 * np.pi, sizes)
    n = len(turns)
    noise = generator.normal(0, 0.9, (2, n))
    order = generator.permutation(n)
    columns = (
        words("$id$", "id", Role.ID),
        number("$x$ {0} (€)", "$x$ {0}", Role.MONEY, "€"),
        number("<b>y</b> of 2024, %s", "<b>y</b> of 2024, %s which runs on far past any sensible end", Role.MEASURE),
        words("北京市 & places", "北京市 & places", Role.CATEGORY),
    )
    cities = [*HOSTILE_NAMES, *HOSTILE_NAMES[:3]]
    values: dict[str, Sequence[object]] = {
        "$id$": [f"{i:05d}" for i in range(n)],
        columns[1].name: (4000 + 500 * (6 * np.cos(turns) + noise[0]))[order],
        columns[2].name: (6 * np.sin(turns) + noise[1])[order],
        columns[3].name: generator.choice(cities, n).tolist(),
    }
    table = clean_table(columns, values, {columns[1].name: 3}, {})
    features = z_features(table, [columns[1].name, columns[2].name])
    segmentation = cluster(features, k)
    return Planted(table, features, weigh(features, k, segmentation.labels), segmentation)


@cache
def ring_study(k: int) -> Study:
    return study_of(facts_of(ring(k), "ring.csv"), LONG_NAMES)


def with_facts(study: Study, **changes: object) -> Study:
    return replace(study, facts=replace(study.facts, **changes))


def changed_study(kind: str) -> Study:
    """The five segments in a second month of that kind."""
    return study_of(changed_facts.of_mall(kind), MALL_NAMES)


STUDIES = {
    "five segments": mall_study,
    "six features": shop_study,
    "no structure": no_structure_study,
    "two segments": partial(ring_study, 2),
    "eight segments": partial(ring_study, 8),
    "a busy month": partial(changed_study, "busy"),
    "a new fit": partial(changed_study, "renewed"),
    "eight segments, a new fit": lambda: study_of(changed_facts.renewed(facts_of(ring(8), "ring.csv")), LONG_NAMES),
}
PLANTED = {
    "five segments": mall_like,
    "six features": shop,
    "no structure": structureless,
    "two segments": partial(ring, 2),
    "eight segments": partial(ring, 8),
    "a busy month": mall_like,
    "a new fit": mall_like,
    "eight segments, a new fit": partial(ring, 8),
}


@cache
def drawn(name: str) -> tuple[Figure | Skipped, ...]:
    """Every figure of that study."""
    return draw_figures(STUDIES[name](), THEME)


def figures(name: str) -> list[Figure]:
    return [figure for figure in drawn(name) if isinstance(figure, Figure)]
