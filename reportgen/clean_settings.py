"""The section [clean] of the settings: one part a cleaning step, with its switch and what it may be told."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reportgen import language, wording
from reportgen.section import Section

Share = Annotated[float, Field(ge=0, le=1)]


class StepSettings(Section):
    """What every cleaning step has."""

    on: bool = True
    """False: the step changes nothing, and the log says that it is off."""


class ColumnBudgetSettings(StepSettings):
    most_columns: Annotated[int, Field(ge=2, le=2_000)] = 500
    """Columns that are used; those behind them in the file are left out."""

    @property
    def reason(self) -> str:
        """Why a column past them is left out."""
        return language.text("past the {n} columns that are used", n=wording.format_count(self.most_columns))


class MissingWordsSettings(StepSettings):
    words: tuple[str, ...] = ()
    """Words that mean missing, beside the usual ones."""


class LabelVariantsSettings(StepSettings):
    least_similarity: Annotated[float, Field(ge=0.7, le=1)] = 0.8
    """Letters that a rare label and the frequent one it is a slip of must share: one slip in five; 1: no slips."""


class StandInNumbersSettings(StepSettings):
    numbers: dict[str, tuple[float, ...]] = Field(default_factory=dict)
    """Header name → numbers that stand for a missing value there, as in { Satisfaction = [98, 99] }, beside those that
    nothing else explains."""


class RepeatedIdsSettings(StepSettings):
    keep: Literal["ask", "latest", "sum", "refuse"] = "ask"
    """Of several records of one customer: the latest; the latest with money and counts summed; none, the run stops.

    ask: the latest while they are few, else the run stops and asks.
    """
    most_repeated: Share = 0.01
    """Share of the records past which `ask` stops."""


class NearDuplicatesSettings(StepSettings):
    least_similarity: Annotated[float, Field(ge=0.5, le=1)] = 0.7
    """Of two records' personal data, 0 to 1, from which they are proposed as one person."""


class ConstantColumnsSettings(StepSettings):
    most_missing: Share = 0.6
    """Share of missing cells past which filling in would invent most of a column."""


class RareLabelsSettings(StepSettings):
    most_labels: Annotated[int, Field(ge=2, le=1_000)] = 50
    """Labels of a category that keep their name; the others are one label, `other`."""


class OutliersSettings(StepSettings):
    method: Literal["iqr", "robust z", "isolation forest"] = "iqr"
    """Distance from the quartiles (Tukey 1977) or from the median (Iglewicz & Hoaglin 1993), a column at a time;
    or how few cuts part a customer from all others (Liu, Ting & Zhou 2008), all measures at once."""
    treatment: Literal["cap", "keep", "set aside"] = "cap"
    """Bring the cells in to the limit, leave them, or leave out the customers."""
    fence: Annotated[float, Field(ge=1.5)] = 3.0
    """For iqr: interquartile ranges beyond the quartiles; a normal column has two values in a million there."""
    z: Annotated[float, Field(ge=2)] = 3.5
    """For robust z: standard deviations, told from the median deviation, beyond the median."""
    score: Annotated[float, Field(ge=0.5, le=1)] = 0.7
    """For isolation forest: the anomaly score, 0.5 for an ordinary customer and 1 for the strangest possible."""


class ImputationSettings(StepSettings):
    method: Literal["median", "mode", "knn", "set aside"] = "median"
    """Missing numbers become the column's median, its most frequent value, or the mean of the customers that are
    most alike; set aside: customers who miss a measure leave."""
    categories: Literal["unknown", "mode"] = "unknown"
    """Missing labels stay unknown, so that shares are of the known ones, or become the most frequent one."""
    neighbours: Annotated[int, Field(ge=1, le=50)] = 5
    """For knn: customers whose mean is taken."""


class CleanSettings(Section):
    """The cleaning steps, in their order."""

    column_budget: ColumnBudgetSettings = ColumnBudgetSettings()
    """Leaves out columns past the number that can be used."""
    hidden_characters: StepSettings = StepSettings()
    """Takes characters that show nothing out of labels."""
    accounting_zeros: StepSettings = StepSettings()
    """Writes 0 for the dash that accounting formats show in its place."""
    missing_words: MissingWordsSettings = MissingWordsSettings()
    """Takes out words that stand for a missing value."""
    blank_marks: StepSettings = StepSettings()
    """Writes no into the blank cells of a column that holds only a mark or word for yes."""
    whole_ids: StepSettings = StepSettings()
    """Takes the decimals off ids that a program has turned into numbers."""
    exact_duplicates: StepSettings = StepSettings()
    """Sets aside records that repeat another one in every column."""
    missing_ids: StepSettings = StepSettings()
    """Sets aside records without a customer id."""
    near_duplicates: NearDuplicatesSettings = NearDuplicatesSettings()
    """Proposes records that may be one person under two ids; merges none."""
    dates: StepSettings = StepSettings()
    """Reads dates; off: columns of dates are not used."""
    answers: StepSettings = StepSettings()
    """Writes answers in words as the steps of their scale."""
    mixed_units: StepSettings = StepSettings()
    """Writes lengths of time, and amounts in several units, as numbers of one unit."""
    number_forms: StepSettings = StepSettings()
    """Writes `5+`, `4/5` and stars as numbers."""
    numbers: StepSettings = StepSettings()
    """Reads numbers; off: columns of numbers are not used."""
    label_variants: LabelVariantsSettings = LabelVariantsSettings()
    """Writes every label of a category in one way."""
    repeated_ids: RepeatedIdsSettings = RepeatedIdsSettings()
    """Keeps one record a customer."""
    blanks_in_sums: StepSettings = StepSettings()
    """Writes 0 into blank cells where a total beside them counts them as 0."""
    stand_in_numbers: StandInNumbersSettings = StandInNumbersSettings()
    """Takes out numbers such as 999 that stand for a missing value."""
    impossible_values: StepSettings = StepSettings()
    """Takes out impossible ages, births and scores."""
    constant_columns: ConstantColumnsSettings = ConstantColumnsSettings()
    """Leaves out columns with one value, or with next to none."""
    duplicate_columns: StepSettings = StepSettings()
    """Leaves out columns that are equal to an earlier one."""
    rare_labels: RareLabelsSettings = RareLabelsSettings()
    """Pools the rare labels of a category with very many."""
    missing_measures: StepSettings = StepSettings()
    """Sets aside customers of whom no measure is known."""
    outliers: OutliersSettings = OutliersSettings()
    """Finds values far from all others."""
    imputation: ImputationSettings = ImputationSettings()
    """Fills in what is missing and flags it; off: customers who miss a measure leave."""

    def is_on(self, step: str) -> bool:
        """Whether the step of that name works."""
        switch: StepSettings = getattr(self, step)
        return switch.on
