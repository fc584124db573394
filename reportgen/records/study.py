"""Records of what is said and shown: claims, personas, the study, figures, documents, the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.records.engine import IN_MEMORY, EngineChoice
from reportgen.records.history import Change
from reportgen.records.orders import OrderLines
from reportgen.records.profile import Profile
from reportgen.records.segments import Evidence, Features, Segmentation
from reportgen.records.table import CleaningNote, Column, ColumnQuality, ReadReport, SetAside

Recompute = Mapping[str, Any]
"""Plain JSON: how to get a value again; see reportgen.claims for the measures."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number inside a claim."""

    value: float
    unit: str
    """`customers`, `share`, `SD`, a column's unit, or empty."""
    shown: str
    """Exactly as it stands in the text."""
    columns: tuple[str, ...]
    """Header names it is computed from."""
    segment: int | None
    """Segment id, or None for all customers."""
    recompute: Recompute


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence that prints numbers. Every number in `text` is one of `quantities`."""

    id: str
    """Stable and unique, dotted: `segment.2.income`."""
    text: str
    quantities: tuple[Quantity, ...]
    """At least one; the first is the claim's value."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Action:
    """What to do with a segment."""

    do: str
    """One imperative line."""
    offer: str
    """What kind of offer that is, in a word or two."""
    reason: Claim
    """Why this segment."""
    channel: str
    """`E-mail, then post`; empty where the export holds no contact data for it."""
    measure: str
    """What will show that it worked."""
    test: Claim
    """Test and control split with the sample size it needs, or that the segment is too small for one."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """How far a segment is worth a campaign of its own."""

    marks: tuple[tuple[str, float | None], ...]
    """(criterion, 0..1) in order; None where the export does not tell."""
    score: float | None
    """Weighted mean of the known marks, 0..100; None where the segment is knocked out."""
    claim: Claim
    """The same in a sentence, or why it is knocked out."""


@dataclass(frozen=True, slots=True)
class Persona:
    """personas → templates: a segment with a name that is proved."""

    segment: int
    name: str
    """`High-Income Spenders`; distinct within the study."""
    slug: str
    color: str
    """#rrggbb of the palette, by segment id."""
    words: tuple[tuple[str, str, float, float, float], ...]
    """The name's evidence: (word, column, difference in SD, coverage, persistence)."""
    who: Claim
    """One line for the table."""
    sentences: tuple[Claim, ...]
    """Two or three: who they are."""
    do: str
    """One line for the table."""
    actions: tuple[Action, ...]
    typical: Claim | None
    """A typical customer, values banded; None where the segment may not be described (`Profile.untold`)."""
    proof: Claim | None = None
    """Why the name is true: each word's difference, coverage and persistence; None where no word was earned."""
    trust: Claim | None = None
    """How far the segment can be trusted, in plain words; what to do with it where it cannot."""
    rule: Claim | None = None
    """How to recognise its customers; None where no rule is faithful enough."""
    descriptors: Claim | None = None
    """Further describing columns in which it differs, beyond the one in `sentences`; None where none does."""
    scorecard: Scorecard | None = None
    """None where the settings give no criterion a weight."""
    note: str = ""
    """A person's remark, from the settings."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a month was compared with, in the few words that make it the same again."""

    months: tuple[str, ...] = ()
    """Period and revision of every month before it that was known, `2026-09.2`, by rising period."""
    is_refit: bool = False
    """Whether a new fit was asked for."""
    trouble: str = ""
    """What was wrong with the history, a sentence or two; empty if all was well."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person has decided about one segment in the settings; empty where nothing."""

    name: str = ""
    do: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """pipeline → personas: everything computed, at summary scale; recompute paths start here."""

    title: str
    period: str
    """`2026-10`."""
    read: ReadReport
    set_aside: tuple[SetAside, ...]
    """Of reading and cleaning, by line."""
    columns: tuple[Column, ...]
    notes: tuple[CleaningNote, ...]
    quality: tuple[ColumnQuality, ...]
    missing_rows: tuple[tuple[bool, ...], ...]
    n_customers: int
    """Customers kept: the lines of segments.csv."""
    id_column: str
    """Header name, or empty: then the physical record number is the id."""
    features: Features
    evidence: Evidence
    segmentation: Segmentation
    profile: Profile
    seed: int
    near_duplicates: tuple[tuple[int, int, float], ...] = ()
    """See CleanTable."""
    weights: tuple[tuple[str, float], ...] = ()
    """(criterion of the scorecard, weight from the settings) in the order of the scorecard."""
    orders: OrderLines | None = None
    """See CleanTable."""
    identities: tuple[int, ...] = ()
    """Segment id 1.. → the identity that it keeps over the months; empty: the ids are the identities."""
    change: Change | None = None
    """Since the month before; None in the first month."""
    basis: Basis = Basis()
    """What the month was compared with."""
    decided: Mapping[int, Decided] = field(default_factory=dict)
    """Segment id → what a person has decided about it."""
    engine: EngineChoice = IN_MEMORY

    def identity(self, segment: int) -> int:
        """The identity of a segment id."""
        return self.identities[segment - 1] if self.identities else segment

    def column(self, name: str) -> Column:
        """The column of that header name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """personas → charts, render, history: the facts and what is said of them."""

    facts: Facts
    personas: tuple[Persona, ...]
    """By segment id; empty where the verdict is no_segments."""
    headline: Claim
    """The finding as one sentence."""
    answers: Mapping[str, Claim]
    """Named sentences that templates place: `reportgen.personas.stage` documents the names."""
    limits: tuple[str, ...]
    """What this data cannot say, one sentence each, no numbers."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    """Named sentences without numbers, documented beside `answers`."""

    @property
    def verdict(self) -> str:
        return "segments" if self.personas else "no_segments"

    def persona(self, segment: int) -> Persona:
        """The persona of that segment id. Raises KeyError."""
        for persona in self.personas:
            if persona.segment == segment:
                return persona
        raise KeyError(segment)


@dataclass(frozen=True, slots=True)
class Table:
    """A figure's numbers as they can be printed: the data table one click away."""

    header: tuple[str, ...]
    rows: tuple[tuple[str | float | int | None, ...], ...]
    """At most 60 rows; never a customer's row."""


@dataclass(frozen=True, slots=True)
class Figure:
    """charts → render."""

    name: str
    """File name of the chart, `-<segment id>` appended for a chart of one segment."""
    segment: int | None
    finding: Claim
    """The title."""
    subtitle: str
    """Measure, unit, n."""
    alt: str
    """What the picture shows, from its numbers."""
    table: Table
    width: float
    """Inches at which the SVG is drawn."""
    height: float
    svg: str = ""
    """Standalone SVG, text as paths, marks past a few thousand rasterised. Empty: not drawn yet."""
    png: bytes = b""
    """At twice the size for e-mail; empty unless the chart goes into the mail."""
    print_svg: str = ""
    """The same picture with its text as text in the theme's family, for a printer that holds the fonts: a fifth of the
    work, a quarter of the bytes, and the words can be searched. Empty: use `svg`."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A plug-in that declined."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """One output file."""

    name: str
    """`report.pdf`."""
    content: bytes
    """What stands in it; of one too long to hold a view of a file (reportgen.file_views)."""


@dataclass(frozen=True, slots=True)
class Check:
    """verify → cli: one thing of a finished run that holds or does not."""

    name: str
    """A claim's id or a file's name."""
    ok: bool
    sentence: str
    """What was found, for the reader of the verdict."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """pipeline → cli: what a finished run published."""

    directory: Path
    verdict: str
    k: int
    headline: str
    n_customers: int
    documents: tuple[str, ...]
    notes: tuple[str, ...]
    """What the user should know, one sentence each."""
    seconds: Mapping[str, float]
    """Wall time by stage."""
    n_alerts: int = 0
    """How much a person should look at before believing the month."""
    is_repeat: bool = False
    """Whether the same input had already been published: nothing was done."""
    mail_fault: ReportgenError | None = None
    """Why the month that was to be mailed is not; the report is published all the same."""
