"""The HTML is one offline file that says all, escapes all, and is a well-built page without its script."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from render_studies import HOSTILE_SEGMENTS, TOLD, report

from reportgen.claims import all_claims
from reportgen.records.study import Figure
from reportgen.render.html import render_html, script_hash

HTML = "{http://www.w3.org/1999/xhtml}"
SIZE_LIMIT = 2_000_000


@cache
def page(name: str) -> str:
    return render_html(report(name)).content.decode()


@cache
def tree(name: str) -> Element:
    parser = html5lib.HTMLParser(strict=True)
    found: Element = parser.parse(page(name))
    return found


def elements(name: str, tag: str) -> list[Element]:
    return list(tree(name).iter(HTML + tag))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", TOLD)
def test_every_claim_is_shown(name: str) -> None:
    """Every claim of the study and of its figures stands in the HTML, word for word."""
    study, drawn = TOLD[name]()
    text = squeezed("".join(tree(name).itertext()))
    claims = all_claims(study, [figure for figure in drawn if isinstance(figure, Figure)])
    assert [claim.text for claim in claims if squeezed(claim.text) not in text] == []


@pytest.mark.parametrize("name", TOLD)
def test_page_parses_without_an_error(name: str) -> None:
    """A strict HTML 5 parser finds nothing to mend."""
    assert tree(name).tag == f"{HTML}html"


@pytest.mark.parametrize("name", TOLD)
def test_file_is_small_enough_for_the_mail(name: str) -> None:
    """The file stays under two megabytes."""
    assert len(page(name).encode()) <= SIZE_LIMIT


def test_hostile_names_create_no_elements() -> None:
    """Names and headers with markup add no script, no bold and no image of their own."""
    assert len(elements("hostile", "script")) == 1
    assert elements("hostile", "b") == []
    names = ["".join(one.itertext()) for one in elements("hostile", "h3") if "name" in one.attrib.get("class", "")]
    assert names == [one.name for one in report("hostile").segments]
    assert set(HOSTILE_SEGMENTS) == set(names)


@pytest.mark.parametrize("name", TOLD)
def test_nothing_is_loaded_from_outside(name: str) -> None:
    """No attribute and no style names an address outside the file."""
    addresses = [
        value
        for one in tree(name).iter()
        for attribute, value in one.attrib.items()
        if attribute.rpartition("}")[2] in {"src", "href", "data", "action", "srcset"}
    ]
    assert [address for address in addresses if not address.startswith(("#", "data:"))] == []
    assert re.findall(r"url\((?!data:|#|&quot;)|@import", page(name)) == []


def test_policy_allows_the_one_script() -> None:
    """The content security policy forbids everything but inline styles, `data:` pictures and fonts, and our script."""
    policy = next(one.attrib["content"] for one in elements("mall", "meta") if "http-equiv" in one.attrib)
    script = "".join(elements("mall", "script")[0].itertext())
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;")
    assert f"script-src '{script_hash(script)}'" in policy
    assert [one for one in tree("mall").iter() if any(name.startswith("on") for name in one.attrib)] == []


@pytest.mark.parametrize("name", TOLD)
def test_ids_do_not_collide(name: str) -> None:
    """Every id stands once, and every link inside the page and every drawing finds its target."""
    ids = Counter(one.attrib["id"] for one in tree(name).iter() if "id" in one.attrib)
    links = {one.attrib["href"][1:] for one in tree(name).iter() if one.attrib.get("href", "").startswith("#")}
    clips = set(re.findall(r'clip-path="url\(#([^)]+)\)"', page(name)))
    assert [entry for entry, count in ids.items() if count > 1] == []
    assert (links | clips) - set(ids) == set()


@pytest.mark.parametrize("name", TOLD)
def test_headings_do_not_skip_a_level(name: str) -> None:
    """One h1, and no heading more than one level under the one before it."""
    levels = [int(one.tag[-1]) for one in tree(name).iter() if re.fullmatch(r"h[1-6]", one.tag.removeprefix(HTML))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(after - before for before, after in pairwise(levels)) <= 1


def test_page_has_landmarks_and_a_skip_link() -> None:
    """Header, navigation, main and footer exist, and the first link skips to the answer."""
    found = Counter(one.tag.removeprefix(HTML) for one in tree("mall").iter())
    assert (found["main"], found["nav"], found["footer"]) == (1, 1, 1)
    assert elements("mall", "a")[0].attrib["href"] == "#answer"
    assert elements("mall", "html")[0].attrib["lang"] == "en"


@pytest.mark.parametrize("name", TOLD)
def test_every_picture_has_words_and_numbers(name: str) -> None:
    """Each figure has its finding, alternative text and the table of its numbers."""
    figures = elements(name, "figure")
    drawn = [figure for figure in TOLD[name]()[1] if isinstance(figure, Figure)]
    assert len(figures) == len(drawn)
    for figure in figures:
        assert figure.find(f"{HTML}figcaption/{HTML}strong") is not None
        assert figure.find(f"{HTML}details//{HTML}table") is not None
        words = [one.attrib.get("alt") or one.attrib.get("aria-label") for one in figure.iter() if one.attrib]
        assert any(words)


def test_segments_can_be_found_everywhere() -> None:
    """Each segment has an anchor, a row that can be sorted, and marks that the script lights up together."""
    for segment in report("mall").segments:
        marked = [one for one in tree("mall").iter() if one.attrib.get("data-segment") == str(segment.id)]
        assert any(one.attrib.get("id") == segment.anchor for one in marked)
        assert len(marked) >= 4


def test_empty_report_has_no_empty_tables() -> None:
    """Without segments no table stands without rows."""
    assert [one for one in elements("cloud", "tbody") if len(one) == 0] == []
