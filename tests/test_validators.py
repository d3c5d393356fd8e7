"""HTML editions before the field's own judges: the Nu checker and axe.

Both are kept in ``.cache/sites``; one that cannot be had is skipped, and the reason is
told.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import test_browser
from editions import edition
from playwright.sync_api import Browser, Page
from test_sites import installed

from translate_flow import catalog
from translate_flow.article import parse
from translate_flow.edition import Correction, Edition, build

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
LOOKS = list(product((1440, 390), ("light", "dark")))
LAYOUTS = ("facing", "interleaved", "source", "target")
NU = "vnu-jar@26.9.27"
AXE = "axe-core@4.14.1"
ARTICLES = {
    "opinion/unborn-conscripts": "ko",
    "essay/moving-day": "en",
    "guide/every-construct": "ko",
}
"""This repository's own articles, and what they are translated into."""
PROSE = ("moving-day", "unborn-conscripts")
"""Articles of paragraphs: what they hold, the others hold as well."""


def npm(package: str) -> Path:
    """Return the folder of a package from npm, installed now or earlier."""
    name = package.partition("@")[0]
    words = ("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", package)
    place = installed(name, package, *words)
    return place / "node_modules" / name


def ours(slug: str) -> Edition:
    """Return the edition of an article of this repository."""
    source, po = f"sources/{slug}.md", f"translations/{ARTICLES[slug]}/{slug}.po"
    article = parse((ROOT / source).read_text("utf-8"), name=source)
    units = catalog.parse((ROOT / po).read_text("utf-8"), name=po)
    folder = (ROOT / source).parent
    files = {p.name: p.read_bytes() for p in folder.iterdir() if p.suffix == ".svg"}
    made = build(slug.rpartition("/")[2], article, units, proof=False)
    return replace(made, images=files)


def ferry() -> Edition:
    """Return a proof with all that readers are told."""
    texts = {"en": "The year was 1998.", "ko": "1998년이 맞다."}
    told = (Correction("2026-11-26", 4, texts),)
    return replace(edition(), url="https://e.org/a?b=1&c", corrections=told)


Pages = dict[str, Path]


@pytest.fixture(
    scope="module", params=["one", pytest.param("all", marks=pytest.mark.long)]
)
def pages(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Pages:
    """The edition that holds most of what there is; or all, in every layout: by name
    and layout."""
    folder = tmp_path_factory.mktemp("pages")
    every = request.param == "all"
    made = [ferry(), *(map(ours, ARTICLES) if every else ())]
    return {
        f"{one.slug} {layout}": test_browser.written(one, folder, layout)
        for one, layout in product(made, LAYOUTS if every else LAYOUTS[:1])
    }


def nu(*pages: Path) -> list[str]:
    """Return what the Nu checker says of some pages."""
    jar = npm(NU) / "build" / "dist" / "vnu.jar"
    words = ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    done = subprocess.run(
        [*words, *map(str, pages)], capture_output=True, text=True, check=True
    )
    said = json.loads(done.stderr)["messages"]
    return [f"{m['url']}: {m['message']} {m.get('extract', '')}" for m in said]


def test_the_nu_checker_finds_no_error(pages: Pages, tmp_path: Path) -> None:
    """The W3C's checker finds nothing wrong in any layout; in a broken page it would.
    (It takes neither a script's hash nor ``data:`` for an entry of a content security
    policy, and knows no container queries; browsers do.)"""
    unknown = re.compile("Content Security Policy|CSS: .*“@?container(-type)?”")
    page = next(iter(pages.values())).read_text("utf-8")
    broken = tmp_path / "broken.html"
    broken.write_text(page.replace("<main>", "<main><li>"), "utf-8")
    said = [one for one in nu(*pages.values(), broken) if not unknown.search(one)]
    assert [one for one in said if "broken.html:" not in one] == []
    assert any("li" in one.partition("broken.html:")[2] for one in said)


AXES = """async (only) => {
  const { violations, passes } = await axe.run(only ? { runOnly: only } : {});
  return {
    found: violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]),
    passed: passes.map(({ id }) => id),
  };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page in which scripts of others run."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


def axes(
    page: Page, file: Path, width: int, scheme: Any, only: str = ""
) -> dict[str, Any]:
    """Return what axe finds wrong on a page, with all that is folded opened.

    :param only: the one rule that is looked at.
    """
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((e) => e.open = true)")
    page.evaluate((npm(AXE) / "axe.min.js").read_text("utf-8"))
    found: dict[str, Any] = page.evaluate(AXES, only)
    return found


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_no_violation(
    page: Page, pages: Pages, width: int, scheme: str
) -> None:
    """No rule of axe is broken, contrast and names of controls among them, in light and
    in dark, wide and narrow, folded or open."""
    for name, file in pages.items():
        if name.endswith("facing") or not name.startswith(PROSE):
            said = axes(page, file, width, scheme)
            assert said["found"] == [], name
            assert {"color-contrast", "html-has-lang"} <= set(said["passed"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_sees_what_lights_up(page: Page, pages: Pages, scheme: str) -> None:
    """Texts that light up have contrast enough, and axe would see if they had not."""
    file = pages["ferry facing"]
    text = file.read_text("utf-8").replace('<span class="s"', '<span class="s lit"')
    lit = file.with_name("lit.html")
    lit.write_text(text, "utf-8")
    said = axes(page, lit, 1440, scheme, "color-contrast")
    assert said["found"] == []
    assert said["passed"] == ["color-contrast"]
    lit.write_text(text.replace("--ink:", "--link: #888; --ink: #888; --other:"))
    said = axes(page, lit, 1440, scheme, "color-contrast")
    assert [rule for rule, _ in said["found"]] == ["color-contrast"]
