"""Spark tables as Narwhals sees them: any column name, and the answers that the other engines give.

Narwhals hands names and patterns to Spark as they are. There `a.b` is field b of column a, a pattern is Java's, a truth
value has no sum, a value is looked up among thousands one by one, and a floor is a whole number of 64 bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

import narwhals as nw
from narwhals._spark_like.dataframe import SparkLikeLazyFrame
from narwhals._spark_like.expr import SparkLikeExpr
from narwhals._spark_like.expr_str import SparkLikeExprStringNamespace
from narwhals._spark_like.namespace import SparkLikeNamespace
from narwhals._utils import Implementation, Version
from pyspark.sql import Column, DataFrame, Window, functions
from pyspark.sql.types import BooleanType, DoubleType, StringType

from reportgen.engine.spark_patterns import java_pattern, java_replacement
from reportgen.engine.spark_work import lookup, membership

MOST_COMPARED = 100
"""Values that a plan may name one by one; past them they travel as an array of their own."""
WHOLE_FROM = 2.0**53
"""From here on every float is whole, and soon none fits into 64 bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """A table with the POSITION of every row; its columns are numbered, so that no header is in the way."""

    table: DataFrame
    """c0, c1, … and POSITION; STRETCH, if `is_stretched`."""
    names: tuple[str, ...]
    """What c0, c1, … are called."""
    n_rows: int
    is_stretched: bool
    """Whether the rows lie in files of one stretch each."""

    def columns(self, names: Sequence[str]) -> list[Column]:
        return [functions.col(f"c{self.names.index(name)}") for name in names]


def quoted(column: Any) -> Any:
    """A name as Spark's parser takes it, whatever signs are in it; a column as it is."""
    return functions.col("`" + column.replace("`", "``") + "`") if isinstance(column, str) else column


def _flat(columns: Iterable[Any]) -> list[Any]:
    """Columns, names and lists of them in one list of columns."""
    return [quoted(one) for some in columns for one in (some if isinstance(some, list | tuple) else [some])]


def cellwise(work: Callable[[Any], Any], kind: Any) -> Callable[[Column], Column]:
    """A column by `work` on Arrow's arrays, some thousands of cells at once, each cell alone."""
    # A function without annotations: Spark cannot read those of a module that postpones them.
    return functions.arrow_udf(lambda cells: work(cells), kind)  # type: ignore[no-any-return]  # noqa: PLW0108


def is_one_of(values: Sequence[Any]) -> Callable[[Column], Column]:
    """Whether a column is one of the values, which are never null; null where it is not known."""
    if len(values) <= MOST_COMPARED:
        return lambda column: column.isin(list(values))
    return cellwise(membership(values), BooleanType())


class SparkFrame:
    """A Spark table whose columns are asked for by their names, as `narwhals.from_native` takes it."""

    def __init__(self, table: DataFrame, places: Places | None = None) -> None:
        self.table = table
        self.places = places
        """Where its rows stand, if that is known."""

    def __narwhals_lazyframe__(self) -> Any:
        return NamedLazyFrame(self, version=Version.MAIN, implementation=Implementation.PYSPARK)

    @property
    def columns(self) -> list[str]:
        return list(self.table.columns)

    @property
    def schema(self) -> Any:
        return self.table.schema

    @property
    def sparkSession(self) -> Any:  # noqa: N802 - Spark's name
        return self.table.sparkSession

    def select(self, *columns: Any) -> SparkFrame:
        return SparkFrame(self.table.select(*_flat(columns)))

    def where(self, condition: Column) -> SparkFrame:
        return SparkFrame(self.table.where(condition))

    def withColumns(self, columns: dict[str, Column]) -> SparkFrame:  # noqa: N802
        return SparkFrame(self.table.withColumns(columns))

    def withColumn(self, name: str, column: Column) -> SparkFrame:  # noqa: N802
        return SparkFrame(self.table.withColumn(name, column))

    def agg(self, *columns: Column) -> SparkFrame:
        return SparkFrame(self.table.agg(*columns))

    def groupBy(self, *names: str) -> Groups:  # noqa: N802
        return Groups(self.table.groupBy(*_flat(names)))

    def dropDuplicates(self) -> SparkFrame:  # noqa: N802
        return SparkFrame(self.table.dropDuplicates())

    def drop(self, *names: str) -> SparkFrame:
        return SparkFrame(self.table.drop(*_flat(names)))

    def dropna(self, subset: Sequence[str] | None = None) -> SparkFrame:
        known = [quoted(name).isNotNull() for name in subset or self.columns]
        return SparkFrame(self.table.where(reduce(and_, known)))

    def sort(self, *columns: Any) -> SparkFrame:
        return SparkFrame(self.table.sort(*_flat(columns)))

    def limit(self, n: int) -> SparkFrame:
        return SparkFrame(self.table.limit(n))

    def union(self, other: SparkFrame) -> SparkFrame:
        return SparkFrame(self.table.union(other.table))

    def join(self, other: SparkFrame, on: Any, how: str) -> SparkFrame:
        """Names alone are given as `on`: Spark takes them as they are."""
        return SparkFrame(self.table.join(other.table, on=on, how=how))

    def toArrow(self) -> Any:  # noqa: N802
        return self.table.toArrow()


class Groups:
    """Rows grouped by columns."""

    def __init__(self, groups: Any) -> None:
        self._groups = groups

    def agg(self, *columns: Column) -> SparkFrame:
        return SparkFrame(self._groups.agg(*columns))


_ORDERS = frozenset({"asc_nulls_first", "asc_nulls_last", "desc_nulls_first", "desc_nulls_last"})


class _Functions:
    """Spark's functions, which take names of columns as they are written."""

    def __getattr__(self, name: str) -> Any:
        function = getattr(functions, name)
        return (lambda column: function(quoted(column))) if name in _ORDERS else function

    def col(self, name: str) -> Column:
        return quoted(name)

    def sum(self, column: Column) -> Column:
        """A sum as float64, of truth values too."""
        return functions.sum(column.cast(DoubleType()))

    def floor(self, column: Column) -> Column:
        """The floor as float64: the whole numbers past 64 bits are what they were."""
        is_small = functions.abs(column) < functions.lit(WHOLE_FROM)
        return functions.when(is_small, functions.floor(column).cast(DoubleType())).otherwise(column)


class _Window:
    """Spark's windows, partitioned by names as they are written."""

    unboundedPreceding, unboundedFollowing = Window.unboundedPreceding, Window.unboundedFollowing  # noqa: N815
    currentRow = Window.currentRow  # noqa: N815

    @staticmethod
    def partitionBy(*columns: Any) -> Any:  # noqa: N802
        return Window.partitionBy(*_flat(columns))


_FUNCTIONS = _Functions()


class NamedNamespace(SparkLikeNamespace):
    """Expressions by name."""

    @property
    def _expr(self) -> type[SparkLikeExpr]:
        return NamedExpr

    @property
    def _lazyframe(self) -> type[SparkLikeLazyFrame]:
        return NamedLazyFrame

    @property
    def _F(self) -> Any:  # noqa: N802
        return _FUNCTIONS

    def lit(self, value: Any, dtype: Any) -> Any:
        found: Any = super().lit(value, dtype)
        found.literal = value
        return found

    def concat(self, items: Iterable[Any], *, how: Any) -> Any:
        joined = super().concat(items, how=how)
        return NamedLazyFrame(joined.native, version=self._version, implementation=self._implementation)


class NamedLazyFrame(SparkLikeLazyFrame):
    """A SparkFrame as Narwhals works with it."""

    @property
    def _F(self) -> Any:  # noqa: N802
        return _FUNCTIONS

    @property
    def _Window(self) -> Any:  # noqa: N802
        return _Window

    def __narwhals_namespace__(self) -> Any:
        return NamedNamespace(version=self._version, implementation=self._implementation)

    def unique(self, subset: Any, *, keep: Any, order_by: Any) -> Any:
        """One of equal rows; Narwhals numbers all of them first."""
        if subset is None and keep == "any":
            frame: Any = self.native
            return self._with_native(frame.dropDuplicates())
        return super().unique(subset, keep=keep, order_by=order_by)


class NamedStrings(SparkLikeExprStringNamespace):
    """Text as Java's patterns see it."""

    def contains(self, pattern: Any, *, literal: bool) -> Any:
        if not literal and isinstance(pattern.literal, str):
            pattern = self.compliant.__narwhals_namespace__().lit(java_pattern(pattern.literal), None)
        return super().contains(pattern, literal=literal)

    def replace_all(self, value: Any, pattern: str, *, literal: bool) -> Any:
        if literal:
            return super().replace_all(value, pattern, literal=True)
        plain = self.compliant.__narwhals_namespace__().lit(java_replacement(value.literal), None)
        return super().replace_all(plain, java_pattern(pattern), literal=False)


class NamedExpr(SparkLikeExpr):
    """An expression by name."""

    literal: Any = None
    """The value of one that is nothing but a value."""

    @property
    def _F(self) -> Any:  # noqa: N802
        return _FUNCTIONS

    @property
    def _Window(self) -> Any:  # noqa: N802
        return _Window

    def __narwhals_namespace__(self) -> Any:
        return NamedNamespace(version=self._version, implementation=self._implementation)

    @property
    def str(self) -> Any:
        return NamedStrings(self)

    def broadcast(self) -> Any:
        """For every row: a value is that already."""
        return super().broadcast() if self.literal is None else self

    def is_in(self, other: Sequence[Any]) -> Any:
        values = [value for value in other if value is not None]
        return self._with_elementwise(is_one_of(values)) if values else super().is_in(values)

    def replace_strict(self, default: Any, old: Sequence[Any], new: Sequence[Any], *, return_dtype: Any) -> Any:
        """Narwhals' dictionary in the plan is searched from its start for every cell."""
        if len(old) <= MOST_COMPARED or return_dtype not in _KINDS:
            return super().replace_strict(default, old, new, return_dtype=return_dtype)
        is_known = cellwise(membership(old), BooleanType())
        found = cellwise(lookup(old, new), _KINDS[return_dtype])

        def replaced(expr: Column, default: Column) -> Column:
            return functions.when(is_known(expr), found(expr)).otherwise(default)

        return self._with_elementwise(replaced, expression_args={"default": default})


_KINDS = {nw.String: StringType(), nw.Float64: DoubleType()}
