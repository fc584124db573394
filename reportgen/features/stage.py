"""Decides which columns shape the segments and which describe them, and scales the former."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import narwhals as nw
import numpy as np
import numpy.typing as npt

from reportgen import wording
from reportgen.config import Settings, resolve_column
from reportgen.engine.base import Engine
from reportgen.engine.drawing import columns_at, draw_customers
from reportgen.engine.everyone import TableOfEveryone
from reportgen.errors import ReportgenError
from reportgen.features.categories import fit_category, indicators
from reportgen.features.choice import Arrays, choose_features, past_budget, says_the_same
from reportgen.features.refusals import kind_in_words, no_feature, refuse_unusable
from reportgen.features.scaling import apply_feature, fit_feature, matrix_of
from reportgen.features.shaping import Shaper, measure_everyone
from reportgen.features.stored import names_of
from reportgen.features.value import find_value_column
from reportgen.language import counted, text, text_in
from reportgen.records.everyone import Everyone
from reportgen.records.history import Model
from reportgen.records.orders import BASKET
from reportgen.records.segments import Feature, Features, FeatureSet, IntArray, LeftOut
from reportgen.records.table import (
    DESCRIBING_ROLES,
    IMPUTED_PREFIX,
    SHAPING_ROLES,
    CleanTable,
    Column,
    Role,
)

ROWS_PER_FEATURE = 70
"""Customers wanted for each feature (Dolnicar, Grün, Leisch & Schmidt 2014; Dolnicar, Grün & Leisch 2016)."""

MOST_ALTERNATIVES = 3

CATEGORY_ROLES = frozenset({Role.CATEGORY, Role.FLAG, Role.CODE})
"""Of these no mean is taken: they shape as levels, and only where the settings name them."""

MOST_FOR_PAIR = 5
"""With more features than this, two of them stand for too little of the rest."""


def build_features(table: CleanTable, settings: Settings, engine: Engine, model: Model | None = None) -> Features:
    """What shapes, what describes, what stays out, each with its reason; the matrix for k-means.

    model: of an earlier month, which fits (`why_unfit`); its columns and its scaling are used.
    Raises ReportgenError (RG-010 no usable column, RG-062 unknown name, RG-063 a column that cannot shape).
    """
    known = [column for column in table.columns if column.name not in settings.columns.ignore]
    numbers, most = [column for column in known if column.kind == "number"], settings.columns.most_features
    drawn = draw_customers(table, settings.segments.seed)
    arrays = columns_at(engine, table.frame, [column.name for column in numbers], drawn)
    wanted = settings.columns.features if model is None else names_of(model)
    given = [named(table, "columns.features", name) for name in wanted]
    grouping = [column for column in columns_of(table, given) if column.role in CATEGORY_ROLES]
    labelled = columns_at(engine, table.frame, [column.name for column in grouping], drawn)
    if given:
        if model is None:
            refuse_unusable(given, arrays, labelled)
        chosen, unfit = [column for column in given if column not in grouping], dict[str, str]()
    else:
        chosen, unfit = choose_features([column for column in numbers if may_shape(column, table)], arrays, most)
    if not chosen:
        raise no_feature(table, unfit)
    chosen = columns_of(table, chosen)
    if model is None:
        weight, features = settings.columns.category_weight, fit_features(table, chosen, arrays, engine)
        categories = tuple(fit_category(name, values, weight) for name, values in labelled.items())
    else:
        features, categories = model.features, model.categories
        chosen = [table.column(feature.name) for feature in features]
    shaping, blocks = [*chosen, *grouping], [matrix_of(arrays, features)]
    blocks += [indicators(labelled[one.name], one) for one in categories]
    others = [one for one in table.columns if one.name not in {column.name for column in shaping}]
    return Features(
        features=features,
        matrix=np.column_stack(blocks),
        raw=np.column_stack([arrays[feature.name] for feature in features]),
        left_out=tuple(left_out(one, table.columns, unfit, settings) for one in others),
        reason=say_why(chosen, grouping, known, why_these(unfit, settings, model), table.n_customers),
        chosen_by_settings=bool(settings.columns.features),
        alternatives=alternatives_to(chosen, grouping, numbers, arrays, most),
        value_column=value_column(table, known, settings),
        filled_in=filled_in(table, shaping, engine, drawn),
        categories=categories,
        drawn=drawn,
        everyone=everyone_of(table, Shaper(features, categories), engine) if len(drawn) else None,
    )


def fit_features(table: CleanTable, chosen: Sequence[Column], arrays: Arrays, engine: Engine) -> tuple[Feature, ...]:
    """How the columns enter k-means; by the values of all customers where the arrays are of drawn ones."""
    features = tuple(fit_feature(column.name, arrays[column.name]) for column in chosen)
    is_drawn = len(arrays[features[0].name]) < table.n_customers
    return measure_everyone(features, arrays, table, engine) if is_drawn else features


def everyone_of(table: CleanTable, shaper: Shaper, engine: Engine) -> Everyone:
    return TableOfEveryone(engine, table.frame, table.n_customers, shaper.names, shaper)


def filled_in(table: CleanTable, chosen: Sequence[Column], engine: Engine, drawn: IntArray) -> npt.NDArray[np.bool_]:
    """Whose values in the columns that shape were not all known; empty where all were."""
    names = nw.from_native(table.frame).lazy().collect_schema().names()
    flags = [flag for column in chosen if (flag := IMPUTED_PREFIX + column.name) in names]
    found = [flags_of != 0 for flags_of in columns_at(engine, table.frame, flags, drawn).values()]
    any_of: npt.NDArray[np.bool_] = np.any(found, axis=0) if found else np.zeros(0, dtype=np.bool_)
    return any_of if any_of.any() else np.zeros(0, dtype=np.bool_)


def named(table: CleanTable, setting: str, wanted: str) -> Column:
    """The column that a setting means. Raises ReportgenError (RG-062)."""
    return table.column(resolve_column(setting, wanted, {column.name: column.label for column in table.columns}))


def columns_of(table: CleanTable, some: Sequence[Column]) -> list[Column]:
    """These columns of the table, in its order."""
    names = {column.name for column in some}
    return [column for column in table.columns if column.name in names]


def why_these(unfit: Mapping[str, str], settings: Settings, model: Model | None) -> str:
    """Why the columns that shape do, as a clause."""
    if model is not None:
        return text("they are those of the months before")
    if settings.columns.features:
        return text("the settings say so")
    if past_budget(settings.columns.most_features) in unfit.values():
        return text("of all that customers have and do, they tell most of the rest")
    return text("they are what customers have and do")


def may_shape(column: Column, table: CleanTable) -> bool:
    """Whether the column shapes unasked: where the table names those that do, only they."""
    return not table.shaping or column.name in table.shaping


def left_out(column: Column, columns: Sequence[Column], unfit: Mapping[str, str], settings: Settings) -> LeftOut:
    if column.name in settings.columns.ignore:
        return LeftOut(column.name, text("left out by the settings"), describes=False)
    if column.name in unfit:
        is_past = unfit[column.name] == past_budget(settings.columns.most_features)
        is_twin = unfit[column.name] in {says_the_same(other) for other in columns}
        return LeftOut(column.name, unfit[column.name], describes=not is_past, echoes=is_twin)
    if column.role in DESCRIBING_ROLES:
        reason = text("{role}: describes the segments", role=text_in("role", column.role.value))
        return LeftOut(column.name, reason, describes=column.kind != "date")
    if column.is_derived and not settings.columns.features:
        reason = text("follows from recency, orders and spending: describes the segments")
        return LeftOut(column.name, reason, describes=True, echoes=column.name.startswith(BASKET))
    if column.role in SHAPING_ROLES and column.kind == "number":
        return LeftOut(column.name, text("not among the features that the settings name"), describes=True)
    return LeftOut(column.name, f"{text_in('role', column.role.value)}: {column.reason}", describes=False)


def say_why(
    chosen: Sequence[Column], grouping: Sequence[Column], known: Sequence[Column], why: str, n_customers: int
) -> str:
    """One to four sentences without a number; `grouping`: the categories among the columns that shape."""
    shaping = [*chosen, *grouping]
    shapes = counted(
        "{columns} shapes the segments: {why}.",
        "{columns} shape the segments: {why}.",
        len(shaping),
        columns=wording.join_words(labels(shaping)),
        why=why,
    )
    sentences = [shapes]
    if grouping:
        enter = counted(
            "{columns} enters as a category with no more weight than a column of numbers.",
            "{columns} enter as categories, each with no more weight than a column of numbers.",
            len(grouping),
            columns=wording.join_words(labels(grouping)),
        )
        sentences.append(enter)
    names = {column.name for column in shaping}
    describing = [
        c for c in known if c.name not in names and (c.role in DESCRIBING_ROLES or c.is_derived) and c.kind != "date"
    ]
    if describing:
        describe = counted(
            "{columns} describes who is in them.",
            "{columns} describe who is in them.",
            len(describing),
            columns=wording.join_words(labels(describing)),
        )
        sentences.append(describe)
    if n_customers < ROWS_PER_FEATURE * len(chosen):
        sentences.append(text("There are few customers for so many columns, so take fine differences with care."))
    return " ".join(sentences)


def labels(columns: Sequence[Column], most: int = 6) -> list[str]:
    """The columns' labels; from the seventh on they are only counted in words."""
    shown = [wording.scrub(column.label, 40) for column in columns[:most]]
    return shown if len(columns) <= most else [*shown, text("others")]


def alternatives_to(
    chosen: Sequence[Column], grouping: Sequence[Column], numbers: Sequence[Column], arrays: Arrays, most: int
) -> tuple[FeatureSet, ...]:
    """Other choices that a reader would ask about: with age, the default where the settings decided, money, a pair.

    Of columns of numbers alone: where categories (`grouping`) shape, each shows what they change.
    """
    used = {column.name for column in (*chosen, *grouping)}
    varied = [column for column in numbers if np.ptp(arrays[column.name]) > 0]
    usual, _ = choose_features(varied, arrays, most)
    ages = [column for column in varied if column.role in {Role.AGE, Role.BIRTH}]
    money = [column for column in usual if column.role is Role.MONEY]
    sets: list[tuple[str, ...]] = []
    for columns in ([*chosen, *ages[:1]], usual, money if len(money) >= 2 else [], least_alike(chosen, arrays)):
        names = tuple(column.name for column in numbers if column in columns)
        if names and set(names) != used and names not in sets:
            sets.append(names)
    return tuple(scaled_set(names, arrays) for names in sets[:MOST_ALTERNATIVES])


def least_alike(chosen: Sequence[Column], arrays: Arrays) -> list[Column]:
    """The two features that correlate least: what the simplest map would show; none where two say too little."""
    if not 2 < len(chosen) <= MOST_FOR_PAIR:
        return []

    def overlap(pair: tuple[Column, Column]) -> float:
        return float(abs(np.corrcoef(arrays[pair[0].name], arrays[pair[1].name])[0, 1]))

    first, second = min(combinations(chosen, 2), key=overlap)
    return [first, second]


def scaled_set(names: tuple[str, ...], arrays: Arrays) -> FeatureSet:
    scaled = [apply_feature(arrays[name], fit_feature(name, arrays[name])) for name in names]
    return FeatureSet(names, np.column_stack(scaled))


def value_column(table: CleanTable, known: Sequence[Column], settings: Settings) -> str:
    if not settings.columns.value:
        return find_value_column([column for column in known if column.kind == "number"])
    column = named(table, "columns.value", settings.columns.value)
    if column.kind != "number":
        raise ReportgenError(
            "RG-063",
            f"The column {column.name!r} cannot be the value: it holds {kind_in_words(column)}, not numbers.",
            "Name a column of money or of a score under [columns] value.",
        )
    return column.name
