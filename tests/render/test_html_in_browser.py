"""In a browser the page works: one segment is lit up everywhere, values are told, the table sorts and filters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from any_study import Shape, report_of_shape
from browser import Page, needs_chromium, open_page
from layout import FAULTS
from render_studies import report

from reportgen.render.html import render_html
from reportgen.render.night import NIGHT_PAPER
from reportgen.render.view import Report
from reportgen.theme import PAPER

pytestmark = [needs_chromium, pytest.mark.xdist_group("chromium")]

WIDTHS = (360, 800, 1600)
SCREENS = [("dark", "", NIGHT_PAPER), ("dark", "print", PAPER), ("light", "", PAPER)]
"""Scheme, medium, the ground that a reader sees."""


@cache
def rivalled() -> Report:
    """Four segments with a runner-up that splits the first."""
    return report_of_shape(Shape(4, 3, 2, "plain"))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(rivalled(), tmp_path_factory.mktemp("pages") / "report.html")


def written(shown: Report, path: Path) -> Path:
    path.write_bytes(render_html(shown).content)
    return path


@pytest.fixture
def page(file: Path) -> Iterator[Page]:
    opened = open_page(file)
    yield opened
    assert opened.complaints() == []
    opened.close()


def test_one_segment_is_lit_up_everywhere(page: Page) -> None:
    """A click on a chip dims all other segments' shapes in every figure and says so; Escape clears."""
    page.run("document.querySelector('#segment-table .pick').click()")
    dimmed = "[...document.querySelectorAll('.figure')].filter((one) => one.querySelector('[data-of]'))"
    ids = "[...document.querySelectorAll('[data-of]:not(.dim)')].map((one) => one.dataset.of)"
    assert page.run(f"{dimmed}.every((one) => !one.querySelector('[data-of]:not(.dim):not([data-of=\"1\"])'))")
    assert set(page.run(ids)) == {"1"}
    assert page.run("document.querySelector('.said').textContent").endswith(rivalled().segments[0].name)
    assert page.run("document.querySelectorAll('.pick[aria-pressed=true]').length") == 2
    page.press("Escape")
    assert page.run("document.querySelectorAll('.dim, .lit').length") == 0
    assert page.run("document.querySelector('.said').textContent") != ""


def test_shapes_and_legends_light_up_too(page: Page) -> None:
    """A click on a bar of a chart lights up the segment it belongs to."""
    bar = "document.querySelector('#figure-segment-sizes [data-of=\"2\"]')"
    page.run(f"{bar}.dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")
    assert page.run("document.querySelector('.said').textContent").endswith(rivalled().segments[1].name)


def test_customers_on_the_map_belong_to_their_segment(page: Page) -> None:
    """The pixels of each segment's customers are lit up and dimmed with it."""
    found = page.run("[...document.querySelectorAll('#figure-segment-map image')].map((one) => one.dataset.of)")
    assert found == ["1", "2", "3", "4"]


@pytest.mark.parametrize(("scheme", "media", "ground"), SCREENS)
def test_pictures_follow_the_screen(file: Path, scheme: str, media: str, ground: str) -> None:
    """A picture lies on the page's own ground, dark in the dark, and is printed on paper."""
    opened = open_page(file, scheme=scheme, media=media)
    first = "getComputedStyle(document.querySelector('#figure-segment-sizes path')).fill"
    assert opened.run(first) == f"rgb{tuple(int(ground[place : place + 2], 16) for place in (1, 3, 5))}"
    opened.close()


def test_values_are_told_on_hover(page: Page) -> None:
    """Over a row of a chart its values stand beside the pointer, as in the table behind; Escape hides them."""
    box = page.run(
        "(() => { const it = document.querySelector('#figure-segment-sizes'); it.scrollIntoView({behavior: 'instant'});"
        "const b = it.querySelector('svg').getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; })()"
    )
    page.send("Input.dispatchMouseEvent", type="mouseMoved", x=box[0] + box[2] / 2, y=box[1] + box[3] * 0.3)
    said = page.run("document.querySelector('.tip')?.innerText ?? ''")
    assert rivalled().segments[0].name in said
    assert rivalled().segments[0].n_customers in said
    page.press("Escape")
    assert page.run("document.querySelector('.tip')") is None


def test_values_are_told_by_the_keyboard(page: Page) -> None:
    """A figure takes the focus once; arrow keys step through its values, which are announced."""
    page.run("document.querySelector('#figure-segment-sizes .picture').focus()")
    for name in ("ArrowDown", "ArrowDown"):
        page.press(name)
    said = page.run("document.querySelector('.said').textContent")
    assert said.startswith(f"{rivalled().segments[1].name}: ")
    assert f" {rivalled().segments[1].n_customers}," in said


def test_table_sorts(page: Page) -> None:
    """A click on a heading sorts by its numbers, a second turns the order round."""
    ids = "[...document.querySelectorAll('#segment-table tbody tr')].map((row) => row.dataset.segment).join('')"
    button = "document.querySelectorAll('#segment-table .sort')[1].click()"
    orders = []
    for _ in range(2):
        page.run(button)
        orders.append(page.run(ids))
    assert orders == ["1234", "4321"]


def test_table_filters(page: Page) -> None:
    """Only rows with the words are shown, and how many is said; no match is said in words."""
    word = rivalled().segments[2].name.split()[-1]
    typed = (
        "(() => {{ const field = document.getElementById('segment-filter'); field.value = '{}';"
        "field.dispatchEvent(new Event('input'));"
        "const rows = [...document.querySelectorAll('#segment-table tbody tr')].filter((row) => !row.hidden);"
        "return [document.querySelector('.filter [role=status]').textContent, rows.length]; }})()"
    )
    assert page.run(typed.format(f"shoppers {word.lower()}"))[1] >= 1
    assert page.run(typed.format("zebra")) == ["No segment has these words", 0]
    assert page.run(typed.format("")) == ["", 4]


def test_rule_is_copied(page: Page) -> None:
    """The button copies the rule, or selects it where the browser forbids that; either is said."""
    said = "document.querySelector('.copying [role=status]').textContent"
    page.run("document.querySelector('.copy').click(), new Promise((done) => setTimeout(done, 50))")
    assert page.run(said).startswith(("Copied", "Selected"))


def test_runner_up_takes_turns(page: Page) -> None:
    """Of the two choices one is shown at a time, and the pressed button says which."""
    visible = "[...document.querySelectorAll('.fates')].filter((one) => !one.hidden).map((one) => one.dataset.side)"
    assert page.run(visible) == ["today"]
    page.run("document.querySelector('[data-shows=instead]').click()")
    assert page.run(visible) == ["instead"]
    assert page.run("document.querySelector('[data-shows=instead]').ariaPressed") == "true"


def test_all_is_readable_without_script(file: Path) -> None:
    """Without script nothing is hidden but what needs it: both choices, all rows, no dead button."""
    page = open_page(file, script=False)
    assert page.run("[...document.querySelectorAll('.fates')].every((one) => one.checkVisibility())")
    controls = "[...document.querySelectorAll('button, input')].filter((one) => one.checkVisibility())"
    assert page.run(f"{controls}.length") == 0
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["mall", "cloud", "hostile"])
def test_nothing_overflows_or_overlaps(name: str, width: int, tmp_path: Path) -> None:
    """On a phone, a tablet and a large screen no text leaves the window or lies upon another."""
    page = open_page(written(report(name), tmp_path / "report.html"), width)
    assert page.run(FAULTS) == []
    assert page.complaints() == []
    page.close()


def test_faults_are_seen(tmp_path: Path) -> None:
    """The measure itself sees a text past the edge and two upon each other."""
    page_file = tmp_path / "faulty.html"
    upon = "<p style='position:absolute;margin:0'>one two</p><p style='margin:0'>three</p>"
    page_file.write_text(f"{upon}<p style='width:999px'>far</p>", encoding="utf-8")
    found = open_page(page_file, 360).run(FAULTS)
    assert [fault.split(":")[0] for fault in found] == ["page", "overlap"]
