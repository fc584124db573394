"""Settings of a run, from reportgen.toml and the command line; every name is checked before a row is read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError
from pydantic_core import ErrorDetails

from reportgen.clean_settings import CleanSettings
from reportgen.email_settings import EmailSettings
from reportgen.engine_settings import EngineSettings
from reportgen.errors import ReportgenError
from reportgen.heartbeat_settings import HeartbeatSettings
from reportgen.orders_settings import OrderSettings
from reportgen.persona_settings import ExperimentSettings, PersonaSettings
from reportgen.records.table import Role
from reportgen.report_settings import BrandSettings, ReportSettings
from reportgen.section import Section
from reportgen.wording import join_words, scrub

PERIOD_PATTERN = r"^\d{4}-(0[1-9]|1[0-2])$"
COMMAND_LINE = "the command line"
SECRET_WORDS = (
    *("password", "passwd", "secret", "token", "api_key", "apikey", "private_key", "credential", "account_key"),
    "fs_azure_sas",
)
"""In a setting's name: its value is refused unread and never shown."""
SPARK_SECTION = "engine.spark"
_PASSWORD_IN = re.compile(r"pass(?:word|wd)?\s*=", re.IGNORECASE)
SHOWN_COLUMNS = 10
"""Columns a message lists where none is close to the one asked for."""
PLAIN_RULES = {
    "tuple_type": "should be a list",
    "dict_type": "should be a section",
    "model_type": "should be a section",
    "string_pattern_mismatch": "should be a colour written as #1F3A5F",
}
"""Kind of fault → what should stand there, where pydantic speaks of Python's types or of a pattern."""
CATEGORY_WEIGHT = 0.2
"""A level is all or nothing: two even levels at weight w lie 2√w SD apart, customers of one segment spread by less than
half an SD. At .2 a category decides where numbers leave a doubt; from about .3 on it cuts segments in two by itself."""
MOST_FEATURES = 30
"""Nobody reads a segment by more columns than this, and its test would ask for over 2,100 customers (70 a column)."""
MOST_SEGMENTS = 30
"""Past this a report is a list; k-means with its restarts was checked up to 20 known segments."""
SHOWN_VALUE = 60
"""Characters of a wrong value that a message shows."""


class InputSettings(Section):
    """How to read the export, where it cannot be told from the file."""

    id_column: str = ""
    """Header name of the customer id; empty: found by reportgen."""
    encoding: str = ""
    """Text encoding, as in "cp1252"; empty: found by reportgen."""
    delimiter: Annotated[str, Field(max_length=1)] = ""
    """What stands between two fields; empty: found by reportgen."""
    header: Literal["auto"] | bool = "auto"
    """Whether the first row names the columns: true where it looks like data (2023, 2024), false where it is data;
    auto: found by reportgen."""
    table: Annotated[int, Field(ge=0)] = 0
    """Which table of a text file that holds several, from 1; 0: there is one."""
    sheet: str = ""
    """Sheet of a workbook, file of an archive or table of a database; empty: the largest."""
    query: str = ""
    """One SELECT, for a database."""
    decimal: Literal["auto", ".", ","] = "auto"
    """Which sign parts the decimals where a column does not show it; auto: told from the export, else asked."""
    percent: Literal["auto", "per cent", "share"] = "auto"
    """What 0.12 is in a column of per cents: 0.12% or, as a share, 12%; auto: asked where both are possible."""
    cr: Literal["auto", "credit", "crore"] = "auto"
    """What `500.00 Cr` is: credit, or ten millions each; auto: told from the column, asked where it cannot be."""
    dates: Literal["auto", "day first", "month first", "year first"] = "auto"
    """Which comes first in dates such as 03/04/2026 or 23-01-03; auto: told from the whole column, else asked."""
    when_unsure: Literal["ask", "guess"] = "ask"
    """Where two readings are possible: stop and show both, or take the likelier one and say so."""
    strict: bool = False
    """Whether any repair, and any record set aside, ends the run."""
    max_set_aside: Annotated[float, Field(ge=0, le=1)] = 0.01
    """Share of records that may be set aside as unreadable before the run refuses."""


class ColumnSettings(Section):
    """What columns mean and what they are for, where reportgen should not decide."""

    roles: dict[str, Role] = Field(default_factory=dict)
    """Header name → role."""
    features: tuple[str, ...] = ()
    """Header names that shape the segments; empty: behaviour, money and scores."""
    most_features: Annotated[int, Field(ge=2, le=500)] = MOST_FEATURES
    """Columns that shape unasked; of more, money, counts and scores come first, and those that tell most of others."""
    category_weight: Annotated[float, Field(gt=0, le=1)] = CATEGORY_WEIGHT
    """What a category among the features weighs beside a column of numbers, which weighs 1."""
    ignore: tuple[str, ...] = ()
    """Header names that stay out of the report."""
    value: str = ""
    """Header name whose sum is a segment's value; empty: found by reportgen."""


class SegmentSettings(Section):
    """Limits of the segmentation."""

    k: Literal["auto"] | Annotated[int, Field(ge=2, le=MOST_SEGMENTS)] = "auto"
    """How many segments; "auto": as many as the evidence shows."""
    max_segments: Annotated[int, Field(ge=2, le=MOST_SEGMENTS)] = 10
    """The most that are tried: what a team can serve."""
    min_segment_size: Annotated[int, Field(ge=2)] = 10
    """Customers; a k whose smallest segment is below this is not chosen."""
    max_share: Annotated[float, Field(gt=0.5, le=1)] = 0.9
    """Share of customers; a k whose largest segment holds more, a few far-off customers aside, is not chosen."""
    n_bootstraps: Annotated[int, Field(ge=20, le=1000)] = 100
    n_null: Annotated[int, Field(ge=99, le=999)] = 99
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)] = 0


Weight = Annotated[float, Field(ge=0, le=10)]


class ScorecardSettings(Section):
    """What makes a segment worth a campaign of its own, each by its weight; 0: not asked. All 0: no scorecard."""

    measurable: Weight = 1.0
    """A short rule finds its customers."""
    substantial: Weight = 2.0
    """It carries value; customers count where value is unknown."""
    accessible: Weight = 1.0
    """The export holds contact data of its customers."""
    differentiable: Weight = 2.0
    """It comes back when customers are drawn again."""
    actionable: Weight = 1.0
    """It is large enough to show in a test whether an action works."""


class Settings(Section):
    """All settings; `reportgen init` writes a commented file of them."""

    input: InputSettings = InputSettings()
    columns: ColumnSettings = ColumnSettings()
    orders: OrderSettings = OrderSettings()
    clean: CleanSettings = CleanSettings()
    segments: SegmentSettings = SegmentSettings()
    personas: PersonaSettings = PersonaSettings()
    experiment: ExperimentSettings = ExperimentSettings()
    scorecard: ScorecardSettings = ScorecardSettings()
    report: ReportSettings = ReportSettings()
    brand: BrandSettings = BrandSettings()
    email: EmailSettings = EmailSettings()
    engine: EngineSettings = Field(default=EngineSettings(), exclude=True)
    heartbeat: HeartbeatSettings = Field(default=HeartbeatSettings(), exclude=True)

    def with_overrides(self, section: str, **values: Any) -> Settings:
        """These settings with some values of one section replaced; None means not given. Raises ReportgenError."""
        given = {name: value for name, value in values.items() if value is not None}
        if not given:
            return self
        data = everything_of(self)
        data[section] |= given
        return parse_settings(data, origin=COMMAND_LINE)

    def with_value(self, place: Sequence[str], value: Any) -> Settings:
        """These settings with one value replaced, as in ("clean", "outliers", "method"). Raises ReportgenError."""
        data = everything_of(self)
        section = data
        for name in place[:-1]:
            section = section.setdefault(name, {})
            if not isinstance(section, dict):
                raise ReportgenError("RG-060", f"In {COMMAND_LINE}, {scrub('.'.join(place))}: is not a setting.")
        section[place[-1]] = value
        return parse_settings(data, origin=COMMAND_LINE)


def everything_of(section: BaseModel) -> dict[str, Any]:
    """Name → value, parts as dicts, with what plays no part in a report and is left out of its manifest."""
    values = {name: getattr(section, name) for name in type(section).model_fields}
    return {
        name: everything_of(value) if isinstance(value, BaseModel) else copy(value) for name, value in values.items()
    }


def load_settings(path: Path | None) -> Settings:
    """Settings from a TOML file, or the defaults. Raises ReportgenError (RG-060, RG-061)."""
    if path is None:
        return Settings()
    if path.exists() and not path.is_file():
        raise ReportgenError("RG-060", f"The settings file {path} is not a regular file.")
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors put a byte order mark
    except FileNotFoundError:
        raise ReportgenError(
            "RG-060",
            f"The settings file {path} does not exist.",
            "Write one with: reportgen init EXPORT",
        ) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise ReportgenError("RG-060", f"The settings file {path} cannot be read: {fault}.") from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        why = str(fault).rstrip(".")
        raise ReportgenError("RG-060", f"The settings file {path} is not valid TOML: {why}.") from None
    except RecursionError:
        raise ReportgenError("RG-060", f"The settings file {path} is nested too deeply.") from None
    return parse_settings(data, origin=str(path))


def resolve_column(setting: str, wanted: str, labels: Mapping[str, str]) -> str:
    """The header name that a setting means: as it stands, or its label, case, spaces and punctuation aside.

    `labels` is header name → label. Raises ReportgenError (RG-062) with close matches.
    """
    if wanted in labels:
        return wanted
    same = [name for name in labels if plain_name(wanted) == plain_name(name)]
    same = same or [name for name, label in labels.items() if plain_name(wanted) == plain_name(label)]
    if len(same) == 1:
        return same[0]
    if same:
        sentence = f"The setting {setting} names {wanted!r}, which fits several columns: {join_words(same)}."
        raise ReportgenError("RG-062", sentence, "Write the header exactly as in the export.")
    by_plain = {plain_name(name): name for name in labels} | {plain_name(label): name for name, label in labels.items()}
    close = get_close_matches(plain_name(wanted), by_plain, n=3)
    names = list(dict.fromkeys(by_plain[match] for match in close)) or list(labels)[:SHOWN_COLUMNS]
    raise ReportgenError(
        "RG-062",
        f"The setting {setting} names a column {wanted!r} that the export does not have.",
        f"{'Did you mean' if close else 'Its first columns are'} {join_words(names, 'or' if close else 'and')}"
        f"{'?' if close else '.'}",
    )


def plain_name(name: str) -> str:
    """Letters and digits in lower case: `Annual_Income (k$)` → `annualincomek`."""
    return "".join(character for character in name.casefold() if character.isalnum())


def refuse_secrets(data: Mapping[str, Any], origin: str) -> None:
    """Raises ReportgenError (RG-061) where a setting is called as secrets are, or one of Spark's holds a password."""
    for section, name, value in _places_in(data):
        is_of_spark = section.startswith(SPARK_SECTION)
        plain = re.sub(r"[.\- ]", "_", f"{section}.{name}".lower() if is_of_spark else name.lower())
        if any(word in plain for word in SECRET_WORDS) or (is_of_spark and _PASSWORD_IN.search(str(value))):
            place = f"[{section}] {name}" if section else name
            file = "The command line" if origin == COMMAND_LINE else f"The settings file {origin}"
            raise ReportgenError(
                "RG-061",
                f"{file} holds a secret: {scrub(place)}.",
                "Give it in the environment instead, Spark's in spark-defaults.conf, and remove it from there.",
            )


def _places_in(data: Mapping[str, Any], section: str = "") -> Iterator[tuple[str, str, Any]]:
    """(section, name, value) of every setting; deeper stand names of columns and segments, but for Spark's."""
    for name, value in data.items():
        if isinstance(value, Mapping) and (not section or section.startswith("engine")):
            yield from _places_in(value, f"{section}.{name}" if section else name)
        else:
            yield section, name, value


def parse_settings(data: dict[str, Any], origin: str) -> Settings:
    """Raises ReportgenError: RG-060 a setting is wrong, RG-061 one holds a secret."""
    refuse_secrets(data, origin)
    try:
        return Settings.model_validate(data)
    except ValidationError as fault:
        raise ReportgenError(
            "RG-060",
            f"In {origin}, {wrong_setting(fault.errors(include_url=False), data)}.",
            "See the options with: reportgen run --help"
            if origin == COMMAND_LINE
            else "See the settings that exist with: reportgen init EXPORT",
        ) from None


def wrong_setting(faults: Sequence[ErrorDetails], data: Mapping[str, Any]) -> str:
    """`segments.k is 50: should be 'auto' or should be less than or equal to 30`: the first setting that is wrong."""
    first = faults[0]
    place, where = first["loc"], ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"{scrub(where)}: is not a setting"
    said = [first]
    if len(place) > 2 and isinstance(place[2], str) and not isinstance(data[str(place[0])][place[1]], Mapping):
        # One fault for each kind of value that the setting takes; pydantic adds the kind to the place.
        where = f"{place[0]}.{place[1]}"
        said = [fault for fault in faults if fault["loc"][:2] == place[:2]]
    should = " or ".join(dict.fromkeys(map(plain_rule, said)))
    return f"{scrub(where)} is {scrub(repr(first['input']), SHOWN_VALUE)}: {should}"


def plain_rule(fault: ErrorDetails) -> str:
    """What the value should be, in the words of a settings file."""
    return PLAIN_RULES.get(fault["type"], fault["msg"].removeprefix("Input ").rstrip(".").lower())
