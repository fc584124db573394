"""Takes the README's pictures from the report on the sample data: `python tests/pictures.py`, or `--check` them.

Needs pdftoppm (poppler) and chromium; both are tools of the developer's machine, not of reportgen.
"""

from __future__ import annotations

import base64
import email
import hashlib
import json
import subprocess
import sys
import tempfile
from email import policy
from pathlib import Path

import pypdf
from PIL import Image

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample_data" / "customers_2026-10.csv"
FOLDER = ROOT / ".github" / "pictures"
RECORD = FOLDER / "taken_from.json"
PAGES = {
    "answer": "The answer",
    "map": "The segments",
    "segment": "High-Income Spenders",
    "compare": "Side by side",
    "trust": "How far to trust this",
}
"""Picture → the bookmark of its page."""

PAGE_WIDTH, MAIL_WIDTH, MAIL_HEIGHT = 620, 600, 1500
"""Pixels."""

QUALITY = 72
LARGEST = 300_000
"""Bytes of all pictures together."""

FRAME = "#D5D9DE"


def run_sample(folder: Path) -> Path:
    command = [sys.executable, "-m", "reportgen", "run", str(SAMPLE), "--out", str(folder), "--period", "2026-10"]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "2026-10"


def fingerprint(run: Path) -> dict[str, str]:
    """Hashes of what the pictures show."""
    names = ("study.json", "report.html", "email.html")
    return {name: hashlib.sha256((run / name).read_bytes()).hexdigest() for name in names}


def bookmarked(pdf: pypdf.PdfReader, title: str) -> int:
    """Number of the page, from 1, that the bookmark of that title leads to."""
    waiting = list(pdf.outline)
    while waiting:
        entry = waiting.pop(0)
        if isinstance(entry, list):
            waiting = [*entry, *waiting]
        elif entry.title == title:
            return (pdf.get_destination_page_number(entry) or 0) + 1
    raise SystemExit(f"no page is called {title!r}: name another in tests/pictures.py")


def take_page(report: Path, number: int, picture: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "page"
        size = ["-scale-to-x", str(PAGE_WIDTH), "-scale-to-y", "-1"]
        command = ["pdftoppm", "-png", "-singlefile", *size, "-f", str(number), "-l", str(number)]
        subprocess.run([*command, str(report), str(target)], check=True)
        with Image.open(target.with_suffix(".png")) as page:
            framed(page.convert("RGB")).save(picture, quality=QUALITY, method=6)


def take_mail(message: Path, picture: Path) -> None:
    """The message as a mail program shows it, its pictures in place."""
    parts = list(email.message_from_bytes(message.read_bytes(), policy=policy.default).walk())
    html = next(part.get_content() for part in parts if part.get_content_type() == "text/html")
    for part in parts:
        cid = str(part.get("Content-ID", "")).strip("<>")
        if cid:
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            html = html.replace(f"cid:{cid}", f"data:image/png;base64,{base64.b64encode(content).decode()}")
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "mail.html", Path(folder) / "mail.png"
        page.write_text(html, encoding="utf-8")
        window = f"--window-size={MAIL_WIDTH + 40},{MAIL_HEIGHT}"
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", window, f"--screenshot={shot}"]
        subprocess.run(["chromium", *flags, page.as_uri()], check=True, capture_output=True)
        with Image.open(shot) as mail:
            framed(mail.convert("RGB")).save(picture, quality=QUALITY, method=6)


def framed(picture: Image.Image) -> Image.Image:
    """The picture with a hairline around it, so that white paper has an edge on a white page."""
    edge = Image.new("RGB", (picture.width + 2, picture.height + 2), FRAME)
    edge.paste(picture, (1, 1))
    return edge


def take(run: Path) -> None:
    FOLDER.mkdir(exist_ok=True)
    with pypdf.PdfReader(run / "report.pdf") as pdf:
        for name, title in PAGES.items():
            take_page(run / "report.pdf", bookmarked(pdf, title), FOLDER / f"{name}.webp")
    take_mail(run / "email.eml", FOLDER / "email.webp")
    RECORD.write_text(json.dumps(fingerprint(run), indent=2) + "\n", encoding="utf-8")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        run = run_sample(Path(folder))
        if "--check" in sys.argv:
            changed = [name for name, hashed in fingerprint(run).items() if recorded().get(name) != hashed]
            print(f"The pictures show an older {' and '.join(changed)}: make pictures" if changed else "Current.")
            return int(bool(changed))
        take(run)
    print(f"{sum(file.stat().st_size for file in FOLDER.glob('*.webp')):,} bytes in {FOLDER.relative_to(ROOT)}")
    return 0


def recorded() -> dict[str, str]:
    hashes: dict[str, str] = json.loads(RECORD.read_text(encoding="utf-8"))
    return hashes


if __name__ == "__main__":
    raise SystemExit(main())
