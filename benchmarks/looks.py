"""Pages to look at: how our editions appear in both browsers, in a book, on paper.

    python benchmarks/looks.py FOLDER [--only wide,op-ed] [--formats html,epub,pdf,docx]

Writes pictures of the op-ed, the essay, the page of every construct, and a page of wide
tables, code, lists and pictures: the HTML edition in Chromium and Firefox at 1440, 768
and 390 pixels, the book at 768 and 390, the pages of the PDF, and of the DOCX as
LibreOffice prints it. Names say what is what: ``wide.html.firefox.390.png``.

Needs what the tests need (``sh tests/tools.sh``), and the developers' packages.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import test_browser
from firefox import started
from playwright.sync_api import sync_playwright
from test_pdf import ARTICLES, article
from wide import wide

from translate_flow import exporters
from translate_flow.edition import Edition
from translate_flow.exporters import html

WIDTHS = {"html": (1440, 768, 390), "epub": (768, 390)}
SHARP = "60"
"""Dots per inch of a page's picture."""


def editions(only: list[str]) -> dict[str, Edition]:
    """Return the editions by name."""
    made: dict[str, Callable[[], Edition]] = {
        name: lambda place=place: article(*place) for name, place in ARTICLES.items()
    }
    made["wide"] = wide
    return {name: make() for name, make in made.items() if name in (only or made)}


def opened(book: Path, folder: Path) -> Path:
    """Return the text of a book, unpacked as reading systems see it."""
    with ZipFile(book) as packed:
        packed.extractall(folder)
    return folder / "EPUB" / "text.xhtml"


def in_browsers(pages: dict[str, Path], folder: Path) -> None:
    """Write what both browsers show of each page, whole.

    :param pages: by name and format, ``wide.html``.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=list(test_browser.FLAGS)
        )
        for name, file in pages.items():
            for width in WIDTHS[name.rpartition(".")[2]]:
                page = chromium.new_page(viewport={"width": width, "height": 900})
                page.goto(file.as_uri())
                picture = folder / f"{name}.chromium.{width}.png"
                page.screenshot(path=picture, full_page=True)
                page.close()
        chromium.close()
    with tempfile.TemporaryDirectory() as profile, started(Path(profile)) as firefox:
        for name, file in pages.items():
            for width in WIDTHS[name.rpartition(".")[2]]:
                firefox.show(file, width)
                picture = folder / f"{name}.firefox.{width}.png"
                picture.write_bytes(firefox.seen(whole=True))


def on_paper(file: Path, stem: Path) -> None:
    """Write the pages of a document as pictures."""
    if file.suffix != ".pdf":
        room = f"-env:UserInstallation=file:///{file.parent / 'office'}"
        words = ("soffice", room, "--headless", "--convert-to", "pdf", "--outdir")
        subprocess.run([*words, file.parent, file], check=True, capture_output=True)
        file = file.with_suffix(".pdf")
    words = ("pdftoppm", "-png", "-r", SHARP, file, stem)
    subprocess.run(words, check=True)


def main() -> None:
    """Write the pictures."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--only", default="")
    asked.add_argument("--formats", default="html,epub,pdf,docx")
    asked.add_argument("--layout", default="facing", choices=html.LAYOUTS)
    said = asked.parse_args()
    folder, forms = said.folder, said.formats.split(",")
    folder.mkdir(parents=True, exist_ok=True)
    pages: dict[str, Path] = {}
    with tempfile.TemporaryDirectory() as place:
        room = Path(place)
        for name, made in editions(list(filter(None, said.only.split(",")))).items():
            for form in forms:
                data = exporters.export(made, form, said.layout)
                file = room / f"{name}-{form}.{form}"
                file.write_bytes(data.encode() if isinstance(data, str) else data)
                if form == "epub":
                    pages[f"{name}.epub"] = opened(file, room / f"{name}.book")
                elif form == "html":
                    pages[f"{name}.html"] = file
                else:
                    on_paper(file, folder / f"{name}.{form}")
        if pages:
            in_browsers(pages, folder)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main()
