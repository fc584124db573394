"""Reports for the tests of PDF and HTML: real words and pictures, and a small drawing as the charts make them."""

from __future__ import annotations

from functools import cache

from chart_studies import ring
from studies import facts_of, mall_like_facts, no_structure_facts
from told_studies import THEME, figures, told

from reportgen.charts.stage import draw_figures
from reportgen.config import Settings
from reportgen.personas.stage import write_study
from reportgen.records.study import Figure, Skipped, Study
from reportgen.render.pieces import Picture, picture
from reportgen.render.view import Report, build_report
from reportgen.report_settings import BrandSettings

HOSTILE_SEGMENTS = ("<script>alert('segment')</script>", '{{ 7*7 }} <b>Bargain</b> & "Hunters"')
SETTINGS = Settings(brand=BrandSettings(name="Acme & Sons", footer="For <internal> use"))
PAPERS = {"A4": SETTINGS, "Letter": SETTINGS.with_overrides("report", paper="Letter")}

Told = tuple[Study, tuple[Figure | Skipped, ...]]


@cache
def mall() -> Told:
    """Five segments, with the words and the pictures that a run makes."""
    study = write_study(mall_like_facts(), THEME)
    return study, draw_figures(study, THEME, mail=())


@cache
def cloud() -> Told:
    """No segments, likewise."""
    study = write_study(no_structure_facts(), THEME)
    return study, draw_figures(study, THEME, mail=())


@cache
def hostile() -> Told:
    """Two segments; names, headers and levels that break out of markup where they are not escaped; grey pictures."""
    study = told(facts_of(ring(2), "=ring<b>.csv"), HOSTILE_SEGMENTS)
    return study, figures(study)


TOLD = {"mall": mall, "cloud": cloud, "hostile": hostile}


def report_of(told: Told, settings: Settings = SETTINGS) -> Report:
    study, drawn = told
    return build_report(study, drawn, settings, THEME)


@cache
def report(name: str, paper: str = "A4") -> Report:
    return report_of(TOLD[name](), PAPERS[paper])


def drawing(inside: str) -> str:
    """An SVG of 100 × 50 points as matplotlib writes it."""
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="no"?><svg xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns="http://www.w3.org/2000/svg" width="100pt" height="50pt" viewBox="0 0 100 50" version="1.1">'
        f"{inside}</svg>"
    )


GLYPH = '<defs><path id="Sans-3b" d="M 0 0 Q 10 10 20 0 z" transform="scale(0.015625)"/></defs>'
LETTER_RUN = (
    '<g style="fill: #565d66" transform="translate(1 2) scale(0.075 -0.075)">{}<use xlink:href="#Sans-3b"/></g>'
)
BAR = '<g id="bar"><path d="M 0 0 L 10 0 L 10 10 z" style="fill: #1f3a5f; opacity: 0.5" clip-path="url(#box)"/></g>'
BOX = '<defs><clipPath id="box"><rect x="0" y="0" width="9" height="9"/></clipPath></defs>'


def pictured(svg: str, name: str = "elbow") -> Picture:
    _, drawn = hostile()
    first = next(one for one in drawn if isinstance(one, Figure))
    made = Figure(name, None, first.finding, "k", "A curve", first.table, 3.25, 2.0, svg)
    return picture(made)
