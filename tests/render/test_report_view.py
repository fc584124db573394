"""The view holds plain values in reading order, places every picture and sentence, and survives what is absent."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest
from render_studies import SETTINGS, TOLD, cloud, hostile, mall, pictured, report, report_of
from told_studies import THEME, png

from reportgen.config import Settings
from reportgen.errors import ReportgenError
from reportgen.records.segments import LeftOut
from reportgen.records.study import Figure, Skipped, Study
from reportgen.records.table import CleaningNote, Column, Role
from reportgen.render.logo import MAX_LOGO_BYTES, load_logo
from reportgen.render.pieces import sentence
from reportgen.render.places import PICTURES, PLACED_ELSEWHERE, SENTENCES, in_lines
from reportgen.render.view import all_pictures, build_report, last_day, month_label
from reportgen.render.view_data import MOST_COLUMN_ROWS, USES, data_view
from reportgen.report_settings import BrandSettings
from reportgen.theme import Theme


def plain(value: object) -> bool:
    if dataclasses.is_dataclass(value):
        return all(plain(getattr(value, field.name)) for field in dataclasses.fields(value))
    if isinstance(value, tuple):
        return all(map(plain, value))
    return value is None or isinstance(value, str | int | float | bool)


@pytest.mark.parametrize("name", TOLD)
def test_templates_get_plain_values_only(name: str) -> None:
    """The view is text, numbers and tuples of them, all the way down: a template can call nothing that matters."""
    assert plain(report(name))


def test_view_travels_between_processes() -> None:
    """The view can be sent to the process that prints."""
    assert pickle.loads(pickle.dumps(report("mall"))) == report("mall")


@pytest.mark.parametrize("name", TOLD)
def test_every_picture_has_a_place(name: str) -> None:
    """Each drawn figure is placed exactly once; one that no section knows stands in the appendix."""
    placed = [one.name for one in all_pictures(report(name))]
    assert sorted(placed) == sorted(one.name for one in TOLD[name]()[1] if isinstance(one, Figure))


def test_unknown_pictures_and_sentences_go_to_the_appendix() -> None:
    """A chart or an answer that was added yesterday is printed today."""
    study, drawn = mall()
    new = dataclasses.replace(next(one for one in drawn if isinstance(one, Figure)), name="calendar", segment=None)
    answers = {**study.answers, "weather": study.answers["trust"]}
    said = dataclasses.replace(study, answers=answers, remarks={**study.remarks, "mood": "All is well."})
    appendix = build_report(said, (*drawn, new), SETTINGS, THEME).sections[-1]
    assert [one.name for one in appendix.pictures] == ["calendar"]
    assert {"All is well.", sentence(study.answers["trust"])} <= {pair.text for pair in appendix.said.more}


def test_all_charts_have_a_section() -> None:
    """Every chart that exists for all customers is named in a section."""
    from reportgen.charts.base import CHARTS, Scope

    placed = frozenset().union(*PICTURES.values())
    assert [name for name, chart in CHARTS.items() if chart.scope is not Scope.SEGMENT and name not in placed] == []


def test_all_answers_have_a_section() -> None:
    """Every answer that personas document is placed by a section."""
    from reportgen.personas.stage import ANSWERS

    placed = PLACED_ELSEWHERE.union(*SENTENCES.values())
    assert sorted(set(ANSWERS) - placed) == []


def test_view_survives_a_study_that_says_little() -> None:
    """Without answers, remarks and figures every section is still there."""
    study, _ = mall()
    silent: Study = dataclasses.replace(study, answers={}, remarks={}, limits=())
    shown = build_report(silent, (Skipped("elbow", "too few scores"),), SETTINGS, THEME)
    assert [section.anchor for section in shown.sections] == [
        "answer",
        "segments",
        "compare",
        "trust",
        "data",
        "appendix",
    ]
    assert shown.sections[0].said.lede == shown.headline
    assert shown.appendix.skipped is not None


def test_sections_without_segments() -> None:
    """Without segments there is nothing to compare, and the title says why."""
    shown = report("cloud")
    assert [section.anchor for section in shown.sections] == ["answer", "segments", "trust", "data", "appendix"]
    assert shown.segments == ()
    assert shown.collect


def test_best_segment_is_the_one_the_answer_names() -> None:
    """The figures strip tells the value share of the segment that the value sentence is about."""
    study, _ = mall()
    best = next(quantity.segment for quantity in study.answers["value"].quantities if quantity.segment)
    name = next(one.name for one in study.personas if one.segment == best)
    assert any(name in entry.note for entry in report("mall").key_figures)


def test_without_value_the_figures_strip_tells_of_the_headlines_segment() -> None:
    """Cover and strip never speak of two segments where the headline names one."""
    study, drawn = mall()
    told = dataclasses.replace(study.headline.quantities[0], segment=4)
    answers = {name: claim for name, claim in study.answers.items() if name != "value"}
    headline = dataclasses.replace(study.headline, quantities=(told,))
    made = build_report(dataclasses.replace(study, headline=headline, answers=answers), drawn, SETTINGS, THEME)
    name = next(one.name for one in study.personas if one.segment == 4)
    assert any(name in entry.note for entry in made.key_figures)


def test_halves_stand_side_by_side() -> None:
    """A half picture draws the next half one to its side; one without a partner stands alone."""
    half = pictured("<svg/>", "a")
    whole = dataclasses.replace(half, name="b", is_half=False)
    other, last = dataclasses.replace(half, name="c"), dataclasses.replace(half, name="d")
    placed = [(one.name, one.side) for one in in_lines([half, whole, other, last])]
    assert placed == [("a", "left"), ("c", "right"), ("b", "whole"), ("d", "whole")]


def test_long_logs_are_cut_and_say_so() -> None:
    """The cleaning log on paper has a stated number of lines and names the file that has all."""
    study, drawn = mall()
    facts = dataclasses.replace(study.facts, notes=study.facts.notes * 40)
    log = build_report(dataclasses.replace(study, facts=facts), drawn, SETTINGS, THEME).data.log
    assert len(log.rows) < len(facts.notes)
    assert f"{len(facts.notes) - len(log.rows)} further lines in cleaning_log.csv." == log.note


def test_lines_of_the_log_that_tell_of_few_are_one() -> None:
    """Four labels of few cells each, told without what stood there, share a line with their number of cells."""
    study, _ = hostile()
    variants = [
        CleaningNote("label_variants", "City", n, "'x'", f"'{city}'", "case") for n, city in enumerate("abcd", 1)
    ]
    log = data_view(dataclasses.replace(study, facts=dataclasses.replace(study.facts, notes=tuple(variants)))).log
    (row,) = log.rows
    assert [cell.text for cell in row[2:4]] == ["10", "see cleaning_log.csv → 'a', 'b', 'c', 'd'"]


def test_of_very_many_columns_those_in_use_are_listed_first() -> None:
    """A column that could shape but is past the limit says so; the others that are not listed are counted."""
    study, _ = mall()
    facts = study.facts
    surplus = tuple(Column(f"m{i}", f"m{i}", "", None, Role.MEASURE, "by hand", 1.0, "number") for i in range(60))
    past = tuple(LeftOut(column.name, "past the 30 columns", describes=False) for column in surplus)
    features = dataclasses.replace(facts.features, left_out=(*facts.features.left_out, *past))
    wide = dataclasses.replace(facts, columns=(*surplus, *facts.columns), features=features)
    grid = data_view(dataclasses.replace(study, facts=wide)).columns
    uses = [row[2].text for row in grid.rows]
    assert uses[: len(facts.features.names)] == ["shapes"] * len(facts.features.names)
    assert uses == sorted(uses, key=USES.index)
    assert grid.rows[-1][4].text == "past the 30 columns"
    assert grid.note.startswith(f"{len(surplus) + len(facts.columns) - MOST_COLUMN_ROWS} further columns")


def test_appendix_keeps_addresses_to_itself() -> None:
    """Settings on paper hold what changes a number, never a sender, a recipient or a path."""
    study, drawn = hostile()
    settings = Settings.model_validate({"email": {"recipients": ["ann@example.org"]}, "segments": {"k": 4}})
    shown = build_report(study, drawn, settings, THEME).appendix.settings
    pairs = {pair.term: pair.text for half in shown for pair in half}
    assert pairs["segments.k"] == "4 (changed)"
    assert not any("example.org" in text for text in pairs.values())


def test_changed_settings_of_cleaning_and_of_columns_are_told() -> None:
    """A cleaning step that was changed stands there by its name and value, and so does the meaning of a column."""
    study, drawn = hostile()
    given = {"clean": {"outliers": {"treatment": "keep"}}, "columns": {"roles": {"Spend": "money"}}}
    shown = build_report(study, drawn, Settings.model_validate(given), THEME).appendix.settings
    pairs = {pair.term: pair.text for half in shown for pair in half}
    assert pairs["clean.outliers.treatment"] == "keep (changed)"
    assert pairs["columns.roles"] == "Spend as money (changed)"
    assert [term for term in pairs if term.startswith("clean.")] == ["clean.outliers.treatment"]


def test_settings_that_leave_the_choice_open_are_not_told() -> None:
    """What is left to the data, and the title that every page shows, take no room among the settings."""
    study, drawn = hostile()
    shown = build_report(study, drawn, Settings.model_validate({"segments": {"k": "auto"}}), THEME).appendix.settings
    pairs = {pair.term: pair.text for half in shown for pair in half}
    assert pairs["segments.n_bootstraps"]
    assert not [term for term, value in pairs.items() if value == "auto"]
    assert not {"report.title", "report.language"} & pairs.keys()


@pytest.mark.parametrize(
    ("period", "label", "day"),
    [("2026-10", "October 2026", "2026-10-31"), ("2024-02", "February 2024", "2024-02-29")],
)
def test_period_in_words(period: str, label: str, day: str) -> None:
    """A period reads as month and year, and ends on the last day of the month."""
    assert (month_label(period), last_day(period)) == (label, day)


def test_logo_is_read_into_the_report(tmp_path: Path) -> None:
    """A PNG becomes a `data:` address; anything else, or too much of it, is refused with a reason."""
    good, bad, big = tmp_path / "a.png", tmp_path / "b.svg", tmp_path / "c.png"
    good.write_bytes(png(4, 4))
    bad.write_text("<svg/>")
    big.write_bytes(png(1, 1) + bytes(MAX_LOGO_BYTES))
    assert load_logo(str(good)).startswith("data:image/png;base64,")
    assert load_logo("") == ""
    for path in (bad, big, tmp_path / "none.png"):
        with pytest.raises(ReportgenError) as fault:
            load_logo(str(path))
        assert fault.value.code == "RG-060"


def test_brand_is_optional() -> None:
    """Without a brand the foot carries the title alone."""
    study, drawn = cloud()
    bare = build_report(study, drawn, Settings(brand=BrandSettings()), Theme("#1F3A5F", "#B3541E"))
    assert bare.imprint == bare.title
    assert report_of(cloud()).imprint.startswith("Acme & Sons · ")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("income 86.5 k$ a year, n = 200", ["income", "86.5\xa0k$", "a", "year,", "n\xa0=\xa0200"]),
        ("Tax 0 €5,015 (p < 0.001), +1.2 SD", ["Tax", "0", "€5,015", "(p\xa0<\xa00.001),", "+1.2\xa0SD"]),
    ],
)
def test_lines_do_not_break_within_a_number(text: str, lines: list[str]) -> None:
    """A number stays with its unit and its sign, but not with the word before it."""
    assert sentence(text).split(" ") == lines
