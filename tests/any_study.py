"""Studies of any shape for layout tests: as many segments and columns, values and names as hostile as asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from chart_studies import ONE_THREAD, THEME
from render_studies import SETTINGS
from studies import Planted, clean_table, cluster, facts_of, number, weigh, words, z_features

from reportgen.charts.stage import draw_figures
from reportgen.personas.stage import write_study
from reportgen.records.segments import OtherDivision
from reportgen.records.study import Study
from reportgen.records.table import Role
from reportgen.render.view import Report, build_report

NAMES = {
    "plain": "Steady shoppers {}",
    "long": "Frequent high-spending bargain shoppers of the larger town {}",
    "compounds": "Geringverdienende Durchschnittskunden mit Wochenendeinkauf {}",
    "unbroken": "Wiederkehrendegrosseinkaufsgenossenschaftskundschaften{}",
    "right-to-left": "عملاء ذوو دخل مرتفع ينفقون كثيرا في المدن الكبيرة جدا دائما {}",
    "Hebrew": "לקוחות בעלי הכנסה גבוהה שקונים הרבה מאוד בערים הגדולות תמיד {}",
    "Chinese": "高收入且经常在大城市购买昂贵商品并且很少退货的忠实老客户群体因此值得长期维护和重点关注的客户们啊{}",
}
"""Kind → a name of about 60 characters with a place for what tells segments apart."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a study is asked to be."""

    n_segments: int
    n_features: int
    exponent: int
    """Values are of the size 10 to that power."""
    names: str
    """Key of NAMES."""


def report_of_shape(shape: Shape) -> Report:
    study = study_of_shape(shape)
    return build_report(study, draw_figures(study, THEME, mail=()), SETTINGS, THEME)


@ONE_THREAD
def study_of_shape(shape: Shape) -> Study:
    """The study, its words written as in a run; then each segment gets its hostile name."""
    facts = facts_of(planted(shape), "any.csv")
    if shape.n_segments > 1:
        evidence = replace(facts.evidence, other=split_in_two(facts.segmentation.labels.tolist(), shape.n_segments))
        facts = replace(facts, evidence=evidence)
    study = write_study(facts, THEME)
    names = names_of_shape(shape)
    personas = tuple(replace(one, name=name) for one, name in zip(study.personas, names, strict=False))
    return replace(study, personas=personas)


def names_of_shape(shape: Shape) -> Sequence[str]:
    return [NAMES[shape.names].format(chr(ord("A") + place)) for place in range(shape.n_segments)]


def split_in_two(labels: Sequence[int], k: int) -> OtherDivision:
    """The same segments, but for the first, which is halved."""
    sizes = np.bincount(labels, minlength=k + 1)[1:].tolist()
    counts = [[sizes[i] if i == j else 0 for j in range(k)] + [0] for i in range(k)]
    counts[0][0], counts[0][k] = sizes[0] - sizes[0] // 2, sizes[0] // 2
    rows = tuple(tuple(row) for row in counts)
    zeros = tuple((0.0,) * 60 for _ in range(k + 1))
    return OtherDivision(rows, zeros, zeros)


def planted(shape: Shape) -> Planted:
    """Groups around centres drawn at random; the headers are as long as exports have them."""
    generator = np.random.default_rng(shape.n_segments * 100 + shape.n_features)
    sizes = [120 // shape.n_segments + 30 + 8 * place for place in range(shape.n_segments)]
    group = np.repeat(np.arange(shape.n_segments), sizes)
    centers = generator.permutation(np.arange(shape.n_segments * shape.n_features)).reshape(shape.n_segments, -1)
    points = 8.0 * centers[group] / centers.size + generator.normal(0, 0.25, (len(group), shape.n_features))
    unit = 10.0**shape.exponent
    names = [f"{header}_{place}" for place, header in zip(range(shape.n_features), HEADERS * 20, strict=False)]
    columns = (
        words("id", "id", Role.ID),
        *(number(name, name.replace("_", " "), Role.MONEY, "€") for name in names),
        words("region", "Region", Role.CATEGORY),
    )
    values: dict[str, Sequence[object]] = {"id": [f"{i:05d}" for i in range(len(group))]}
    values |= {name: (points[:, place] * unit).tolist() for place, name in enumerate(names)}
    values["region"] = generator.choice(REGIONS, len(group)).tolist()
    table = clean_table(columns, values, {names[0]: 3}, {})
    features = z_features(table, names, value=names[0])
    segmentation = cluster(features, shape.n_segments)
    return Planted(table, features, weigh(features, shape.n_segments, segmentation.labels), segmentation)


REGIONS = ("North", "South", "a region with a name that is rather long")
HEADERS = ("income", "Total_amount_spent_on_premium_products_in_the_last_twelve_months", "visits", "x")
