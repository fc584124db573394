"""A brand is one settings file: it dresses PDF, HTML, e-mail and charts alike, and reads on every ground."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import matplotlib as mpl
import pypdf
import pytest
from PIL import Image
from studies import mall_like_facts

from reportgen.charts.stage import draw_figures
from reportgen.config import Settings, load_settings
from reportgen.errors import ReportgenError
from reportgen.personas.stage import write_study
from reportgen.records.study import Document, Figure, Skipped, Study
from reportgen.render.email import render_email
from reportgen.render.html import render_html
from reportgen.render.pdf import render_pdf
from reportgen.render.typeface import MAX_FONT_BYTES, load_typeface
from reportgen.render.view import build_report
from reportgen.theme import PAPER, TEXT_CONTRAST, contrast, theme_of

BRANDS = sorted((Path(__file__).parents[1] / "brands").glob("*.toml"))
SERIF = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"
MARK_CONTRAST = 3.0


@dataclass(frozen=True)
class Dressed:
    """One study in one brand."""

    settings: Settings
    pdf: Document
    html: str
    email: str
    message: bytes
    figures: tuple[Figure | Skipped, ...]


@cache
def told(settings_text: str) -> Study:
    return write_study(mall_like_facts(), theme_of(Settings.model_validate_json(settings_text).brand))


def dress(file: Path, folder: Path) -> Dressed:
    """Everything that a run with that brand makes for readers; logo and font stand beside the settings."""
    shutil.copy(file, folder / "reportgen.toml")
    Image.new("RGB", (480, 120), "#0B3C49").save(folder / "logo.png")
    shutil.copy(SERIF, folder / "heading.ttf")
    settings = load_settings(folder / "reportgen.toml")
    theme = theme_of(settings.brand)
    study = told(settings.model_dump_json())
    figures = draw_figures(study, theme)
    report = build_report(study, figures, settings, theme)
    email, _, message = render_email(report, study, figures, settings, None)
    return Dressed(
        settings,
        render_pdf(report),
        render_html(report).content.decode(),
        email.content.decode(),
        message.content,
        figures,
    )


@pytest.fixture(scope="module", params=BRANDS, ids=lambda path: path.stem)
def dressed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dressed]:
    folder = tmp_path_factory.mktemp(request.param.stem)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield dress(request.param, folder)


@pytest.mark.slow
def test_every_output_bears_the_brand(dressed: Dressed) -> None:
    """Name or logo, footer and sender stand where readers look for them; the pages are laid out as for any brand."""
    brand = dressed.settings.brand
    paper = pypdf.PdfReader(io.BytesIO(dressed.pdf.content))
    pages = ["".join(sheet.extract_text().split()) for sheet in paper.pages]
    footer = "".join(brand.footer.split())
    assert all(footer in text for text in pages[1:])
    assert brand.footer.replace("&", "&amp;") in dressed.html
    assert brand.name.replace("&", "&amp;") in dressed.email
    assert dressed.settings.email.sender.encode() in dressed.message
    assert ("image/png;base64" in dressed.html) or not brand.logo
    assert 12 <= len(pages) <= 21


@pytest.mark.slow
def test_the_brands_colours_read_in_charts(dressed: Dressed) -> None:
    """Whatever the brand, the colour that charts mark with reaches 4.5:1, which is more than a mark needs."""
    theme = theme_of(dressed.settings.brand)
    assert contrast(theme.primary_ink, PAPER) >= TEXT_CONTRAST >= MARK_CONTRAST
    drawn = "".join(figure.print_svg for figure in dressed.figures if isinstance(figure, Figure)).lower()
    assert theme.primary_ink.lower() in drawn
    if theme.primary_ink != theme.primary:
        assert f"fill: {theme.primary.lower()}" not in drawn


@pytest.mark.slow
def test_the_brands_colours_read_in_the_mail(dressed: Dressed) -> None:
    """Text on the brand's bar and headings on paper reach 4.5:1."""
    bar = re.search(r'class="head" bgcolor="(#\w{6})"[^>]*color: ?(#\w{6})', dressed.email)
    assert bar
    assert contrast(bar[1], bar[2]) >= TEXT_CONTRAST


@pytest.mark.slow
def test_a_font_of_the_brand_sets_the_headings(dressed: Dressed) -> None:
    """It is embedded in PDF and HTML; text stays in the bundled family."""
    fonts = {str(font) for font in fonts_in(dressed.pdf.content)}
    assert any("Plex" in font for font in fonts)
    assert any("Brand" in font for font in fonts) == bool(dressed.settings.brand.font)
    assert ("data:font/ttf" in dressed.html) == bool(dressed.settings.brand.font)


def fonts_in(pdf: bytes) -> Iterator[str]:
    for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        for font in sheet["/Resources"].get("/Font", {}).values():
            yield font.get_object()["/BaseFont"]


def test_a_font_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    """No font, a heavy one, one that may not be embedded, one without figures: each with its reason."""
    (tmp_path / "text.ttf").write_text("no font")
    (tmp_path / "heavy.ttf").write_bytes(SERIF.read_bytes() + bytes(MAX_FONT_BYTES))
    bare = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSerifDisplay.ttf"
    for path, reason in (
        (tmp_path / "none.ttf", "cannot be read"),
        (tmp_path / "text.ttf", "no TTF or OTF"),
        (tmp_path / "heavy.ttf", "are allowed"),
        (bare, "lacks"),
    ):
        with pytest.raises(ReportgenError, match=reason) as fault:
            load_typeface(str(path))
        assert fault.value.code == "RG-060"


def test_a_font_that_forbids_embedding_is_refused(tmp_path: Path) -> None:
    """The maker's word counts: fsType 2 is not embedded."""
    from fontTools.ttLib import TTFont

    with TTFont(SERIF) as font:
        font["OS/2"].fsType = 2
        font.save(tmp_path / "locked.ttf")
    with pytest.raises(ReportgenError, match="forbids embedding"):
        load_typeface(str(tmp_path / "locked.ttf"))
