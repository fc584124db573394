"""Studies that say something, for the tests of what is written from them: facts with stand-in personas and figures."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import cache

from studies import mall_like_facts, many_feature_facts, no_structure_facts

from reportgen import wording
from reportgen.claims import fact, measure, say, size
from reportgen.records.profile import SegmentProfile
from reportgen.records.study import Action, Claim, Facts, Figure, Persona, Quantity, Skipped, Study, Table
from reportgen.report_settings import BrandSettings
from reportgen.theme import theme_of

THEME = theme_of(BrandSettings())
MALL_NAMES = (
    "Middle-Income Average Spenders",
    "High-Income Spenders",
    "High-Income Savers",
    "Low-Income Savers",
    "Low-Income Spenders",
)
SHOP_NAMES = ("Occasional <b>Shoppers</b>", "=Frequent Shoppers", 'Big-"Basket", Shoppers', "{{ 7*7 }} Bargain Hunters")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="482" height="290"><path d="M0 0h482v290H0z" fill="#F4F5F7"/></svg>'
)


def customers(profile: SegmentProfile) -> Quantity:
    shown = wording.plural(profile.n_customers, "customer")
    return measure("count", profile.n_customers, shown, unit="customers", segment=profile.id)


def mean_of(facts: Facts, profile: SegmentProfile) -> Quantity:
    column = facts.column(facts.features.features[0].name)
    mean = profile.number(column.name).mean
    shown = wording.format_amount(mean, column.unit)
    return measure("mean", mean, shown, unit=column.unit, column=column.name, segment=profile.id)


def persona_of(facts: Facts, profile: SegmentProfile, name: str) -> Persona:
    start, label = f"segment.{profile.id}", facts.column(facts.features.features[0].name).label
    who = say(f"{start}.who", "{label} {mean}", label=label, mean=mean_of(facts, profile))
    sentence = say(f"{start}.mean", "Their mean {label} is {mean}.", label=label, mean=mean_of(facts, profile))
    reason = say(f"{start}.reason", "{n} are reached at once.", n=customers(profile))
    test = say(f"{start}.test", "Split the {n} in two halves.", n=customers(profile))
    return Persona(
        segment=profile.id,
        name=name,
        slug=f"segment-{profile.id}",
        color=THEME.segment_color(profile.id),
        words=(("high", facts.features.features[0].name, 1.0, 0.9, 1.0),),
        who=who,
        sentences=(sentence,),
        do="Invite them to the preview",
        actions=(Action("Invite them to the preview", "Preview", reason, "E-mail", "orders within 30 days", test),),
        typical=say(f"{start}.typical", "One of {n}.", n=customers(profile)),
        proof=say(f"{start}.proof", "{label} {mean} proves it.", label=label, mean=mean_of(facts, profile)),
    )


def told(facts: Facts, names: Sequence[str]) -> Study:
    """The facts with a persona for each name, a headline and answers."""
    profiles = facts.profile.segments
    found = bool(profiles)
    n = measure("count", facts.n_customers, wording.format_count(facts.n_customers), unit="customers")
    silhouette = fact(facts.segmentation.silhouette, "segmentation.silhouette", f"{facts.segmentation.silhouette:.2f}")
    if found:
        headline = say("headline", "{k} segments among {n} customers.", k=size(len(profiles), "profile.segments"), n=n)
    else:
        headline = say("headline", "No segments beyond chance among {n} customers.", n=n)
    answers = {
        "trust": say("answer.trust", "The mean silhouette is {value}.", value=silhouette),
        "customers": say("answer.customers", "{n} customers were used.", n=n),
    }
    personas = tuple(persona_of(facts, profile, name) for profile, name in zip(profiles, names, strict=True))
    return Study(facts, personas, headline, answers, ("Nothing here says why customers buy.",))


@cache
def mall_told() -> Study:
    return told(mall_like_facts(), MALL_NAMES)


@cache
def shop_told() -> Study:
    """Names, headers and levels that break out of markup and cells where they are not escaped."""
    return told(many_feature_facts(), SHOP_NAMES)


@cache
def no_segments_told() -> Study:
    return told(no_structure_facts(), ())


TOLD = {"mall": mall_told, "shop": shop_told, "no segments": no_segments_told}


def png(width: int, height: int, grey: int = 0xE8) -> bytes:
    """An opaque picture of one grey."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\0" + bytes([grey]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def figure(study: Study, name: str, *, segment: int | None = None, mailed: bool = False) -> Figure:
    """A grey picture with a finding, words and a table."""
    n = measure("count", study.facts.n_customers, wording.format_count(study.facts.n_customers), unit="customers")
    finding: Claim = say(f"figure.{name}", "{name} shows {n} customers", name=name.replace("_", " "), n=n)
    table = Table(("Segment", "Customers"), (("all", study.facts.n_customers), ("none", None), ("part", 0.5)))
    picture = png(1120, 640) if mailed else b""
    return Figure(name, segment, finding, "customers, n", f"Grey: {finding.text}", table, 6.7, 3.8, SVG, picture)


def figures(study: Study) -> tuple[Figure | Skipped, ...]:
    """Three pictures for the mail (two without segments), others, and one that declined."""
    mailed = ("segment_map", "segment_sizes", "profile_heat_map") if study.personas else ()
    own = tuple(figure(study, f"difference-{one.segment}", segment=one.segment) for one in study.personas)
    shown = tuple(figure(study, name, mailed=True) for name in mailed)
    return (*shown, *own, figure(study, "missing_values"), Skipped("snake_plot", "needs three features"))
