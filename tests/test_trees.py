"""``export --site DIR --for GENERATOR``: Markdown trees with one page per language,
looked at as text and, by `make test-long`, built by the real generators."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Once, Tflow, Write
from test_sites import (
    SITES,
    Page,
    astro,
    docusaurus,
    goal,
    hugo,
    is_there,
    jekyll,
    leads,
    run,
    shown,
)

from translate_flow.exporters.sites.generators import (
    GENERATORS,
    Leaf,
    get,
)

SETTINGS = '[project]\nlanguages = ["en", "ko"]\nsource_language = "en"\n'
HARBOUR = """\
---
title: "The harbour: dawn"  # not at noon
date: 2024-05-01
slug: dawn
aliases: [/old/]
---

See [the fog](안개.md#top).

![A map](map.png)
"""
FOG = """\
---
lang: ko
title: 안개
---

[항구](./harbour.md)에 안개가 낀다.

## 짙은 안개 { #thick }

## 걷힌 뒤

[위](#thick)에서 [여기](#걷힌-뒤)까지.
"""
MAP = (SITES / "hugo/content/posts/harbour/map.png").read_bytes()
TREE = Path("tree")


@pytest.fixture
def two(folder: Path, write: Write, tflow: Tflow, once: Once) -> Path:
    """An English article with an image and a Korean one, translated, linking each
    other."""

    @once
    def start() -> None:
        write("translate_flow.toml", SETTINGS)
        write("sources/2024/harbour.md", HARBOUR)
        write("sources/2024/map.png", MAP)
        write("sources/2024/안개.md", FOG)
        tflow("set", "harbour:1", "항구의 새벽")
        tflow("set", "harbour:2", "[안개](안개.md#top)를 보라.")
        tflow("set", "harbour:3", "지도")
        tflow("set", "안개:1", "Fog")
        tflow("set", "안개:2", "Fog lies over [the harbour](./harbour.md).")
        tflow("set", "안개:3", "Thick fog { #thick }")
        tflow("set", "안개:4", "After it")
        tflow("set", "안개:5", "From [above](#thick) to [here](#걷힌-뒤).")

    return folder


def grown() -> dict[str, bytes]:
    """Return all files of the tree."""
    found = (path for path in TREE.rglob("*") if path.is_file())
    return {path.relative_to(TREE).as_posix(): path.read_bytes() for path in found}


def front(**said: str) -> str:
    """Return front matter that says something, as it is written."""
    lines = "".join(f"{key}: {value}\n" for key, value in said.items())
    return f"---\n{lines}---\n\n"


EN = {"title": '"The harbour: dawn"  # not at noon', "date": "2024-05-01"}
KO = {"title": '"항구의 새벽"  # not at noon', "date": "2024-05-01"}
BLOG = "docusaurus-plugin-content-blog"
ASTRO = "src/content/blog"


def headings(language: str, one: str, other: str) -> str:
    """Return the end of the page about fog.

    :param one: its first heading with the author's own id, as a generator reads it.
    :param other: its second one, with the id that the source's gets.
    """
    led = {
        "ko": "[위](#thick)에서 [여기](#걷힌-뒤)까지.",
        "en": "From [above](#thick) to [here](#걷힌-뒤).",
    }
    return f"\n## {one}\n\n## {other}\n\n{led[language]}\n"


GROWN: dict[str, dict[str, str | bytes]] = {
    "hugo": {
        "content/en/2024/harbour/index.md": front(
            **EN, slug="dawn", aliases="[/old/]", translationKey='"2024/harbour"'
        )
        + "See [the fog](../안개/index.md#top).\n\n![A map](map.png)\n",
        "content/ko/2024/harbour/index.md": front(
            **KO, slug="dawn", aliases="[/old/]", translationKey='"2024/harbour"'
        )
        + "[안개](../안개/index.md#top)를 보라.\n\n![지도](map.png)\n",
        "content/ko/2024/안개/index.md": front(
            title="안개", translationKey='"2024/안개"'
        )
        + "[항구](../harbour/index.md)에 안개가 낀다.\n"
        + headings("ko", "짙은 안개 { #thick }", "걷힌 뒤"),
        "content/en/2024/안개/index.md": front(
            title="Fog", translationKey='"2024/안개"'
        )
        + "Fog lies over [the harbour](../harbour/index.md).\n"
        + headings("en", "Thick fog { #thick }", "After it {#걷힌-뒤}"),
        "content/en/2024/harbour/map.png": MAP,
        "content/ko/2024/harbour/map.png": MAP,
    },
    "jekyll": {
        "en/_posts/2024/2024-05-01-harbour.md": front(
            **EN,
            slug="dawn",
            aliases="[/old/]",
            lang="en",
            ref='"2024/harbour"',
            permalink="/en/2024/dawn/",
            redirect_from='["/old/"]',
        )
        + "See [the fog](../안개/#top).\n\n![A map](../../../assets/2024/map.png)\n",
        "ko/_posts/2024/2024-05-01-harbour.md": front(
            lang="ko",
            **KO,
            slug="dawn",
            aliases="[/old/]",
            ref='"2024/harbour"',
            permalink="/ko/2024/dawn/",
            redirect_from='["/ko/old/"]',
        )
        + "[안개](../안개/#top)를 보라.\n\n![지도](../../../assets/2024/map.png)\n",
        "ko/2024/안개.md": front(
            lang="ko", title="안개", ref='"2024/안개"', permalink="/ko/2024/안개/"
        )
        + "[항구](../dawn/)에 안개가 낀다.\n"
        + headings("ko", "짙은 안개 {#thick}", "걷힌 뒤"),
        "en/2024/안개.md": front(
            lang="en", title="Fog", ref='"2024/안개"', permalink="/en/2024/안개/"
        )
        + "Fog lies over [the harbour](../dawn/).\n"
        + headings("en", "Thick fog {#thick}", '<a id="걷힌-뒤"></a>After it'),
        "assets/2024/map.png": MAP,
    },
    "docusaurus": {
        "blog/2024/harbour.md": front(**EN, slug='"2024/dawn"', aliases="[/old/]")
        + "See [the fog](안개.md#top).\n\n![A map](map.png)\n",
        f"i18n/ko/{BLOG}/2024/harbour.md": front(
            **KO, slug='"2024/dawn"', aliases="[/old/]"
        )
        + "[안개](안개.md#top)를 보라.\n\n![지도](map.png)\n",
        f"i18n/ko/{BLOG}/2024/안개.md": front(title="안개", slug='"2024/안개"')
        + "[항구](./harbour.md)에 안개가 낀다.\n"
        + headings("ko", "짙은 안개 {#thick}", "걷힌 뒤"),
        "blog/2024/안개.md": front(title="Fog", slug='"2024/안개"')
        + "Fog lies over [the harbour](./harbour.md).\n"
        + headings("en", "Thick fog {#thick}", "After it {#걷힌-뒤}"),
        "blog/2024/map.png": MAP,
        f"i18n/ko/{BLOG}/2024/map.png": MAP,
    },
    "astro": {
        f"{ASTRO}/en/2024/harbour.md": front(
            **EN,
            slug="en/2024/dawn",
            aliases="[/old/]",
            lang="en",
            translationKey='"2024/harbour"',
        )
        + "See [the fog](../안개/#top).\n\n![A map](map.png)\n",
        f"{ASTRO}/ko/2024/harbour.md": front(
            lang="ko",
            **KO,
            slug="ko/2024/dawn",
            aliases="[/old/]",
            translationKey='"2024/harbour"',
        )
        + "[안개](../안개/#top)를 보라.\n\n![지도](map.png)\n",
        f"{ASTRO}/ko/2024/안개.md": front(
            lang="ko", title="안개", translationKey='"2024/안개"', slug="ko/2024/안개"
        )
        + "[항구](../dawn/)에 안개가 낀다.\n"
        + headings("ko", '<a id="thick"></a>짙은 안개', "걷힌 뒤"),
        f"{ASTRO}/en/2024/안개.md": front(
            lang="en", title="Fog", translationKey='"2024/안개"', slug="en/2024/안개"
        )
        + "Fog lies over [the harbour](../dawn/).\n"
        + headings("en", '<a id="thick"></a>Thick fog', '<a id="걷힌-뒤"></a>After it'),
        f"{ASTRO}/en/2024/map.png": MAP,
        f"{ASTRO}/ko/2024/map.png": MAP,
    },
}
"""What each tree holds, to the letter."""

each_generator = pytest.mark.parametrize("generator", GENERATORS)


# --- what a tree holds ------------------------------------------------------


@each_generator
def test_a_tree_holds_just_this(two: Path, tflow: Tflow, generator: str) -> None:
    """Pages, their front matter and addresses, files that they show; what the author
    wrote else stays, comments included. A second run writes nothing, undo takes all
    back."""
    words = ("export", "--all", "--site", str(TREE), "--for", generator, "--release")
    told = tflow(*words, "--json").json
    made = {
        name: text.encode() if isinstance(text, str) else text
        for name, text in GROWN[generator].items()
    }
    assert grown() == made
    assert [one["layout"] for one in told["editions"]] == ["source", "target"] * 2
    again = tflow(*words, "--json").json
    assert not any(one["written"] for one in again["editions"])
    assert again["others"] == []
    assert grown() == made
    tflow("undo")  # the record of the second release
    tflow("undo")
    assert not TREE.exists()


@each_generator
def test_pages_follow_what_they_lead_to(
    two: Path, tflow: Tflow, write: Write, generator: str
) -> None:
    """A page that leads to an article is made anew when that has another address, as a
    second run after a change of its front matter shows."""
    words = ("export", "--all", "--site", str(TREE), "--for", generator)
    tflow(*words)
    write("sources/2024/harbour.md", HARBOUR.replace("slug: dawn", "slug: noon"))
    written = {
        (one["slug"], one["lang"], one["layout"])
        for one in tflow(*words, "--json").json["editions"]
        if one["written"]
    }
    fog = {("2024/안개", "en", layout) for layout in ("source", "target")}
    led = fog if get(generator).built else set()
    harbour = {("2024/harbour", "ko", layout) for layout in ("source", "target")}
    assert written == harbour | led


def test_a_translated_slug_is_for_hugo(two: Path, tflow: Tflow, write: Write) -> None:
    """Hugo finds pages by files; elsewhere both languages have the author's, as links
    must know it. What cannot be in an address is refused."""
    write("translate_flow.toml", f'{SETTINGS}front_matter = ["title", "slug"]\n')
    tflow("sync", "-q")
    tflow("set", "harbour:2", "새벽")
    for generator, slug in (("hugo", "새벽"), ("astro", "ko/2024/dawn")):
        tflow("export", "harbour", "--site", generator, "--for", generator)
        page = next(Path(generator).rglob("ko/2024/harbour*/**/*.md"), None)
        page = page or Path(generator, ASTRO, "ko/2024/harbour.md")
        assert f"\nslug: {slug}\n" in page.read_text()
    tflow("set", "harbour:2", "새벽 항구")
    got = tflow("export", "harbour", "--site", "hugo", "--for", "hugo", code=2)
    assert "cannot be part of an address" in got.err


def test_files_from_elsewhere(two: Path, tflow: Tflow, write: Write) -> None:
    """A file of another folder and one that is no picture have their places, too; what
    lies outside the project stays where it is."""
    write("sources/a/b.md", "![s](../img/s.png) [t](t.pdf) [o](../../../o.png)\n")
    write("sources/img/s.png", MAP)
    write("sources/a/t.pdf", b"%PDF-1.7")
    expected = {
        "hugo": ("content/en/a/b/index.md", "![s](img/s.png) [t](t.pdf)"),
        "jekyll": (
            "en/a/b.md",
            "![s](../../../assets/img/s.png) [t](../../../assets/a/t.pdf)",
        ),
        "docusaurus": ("blog/a/b.md", "![s](img/s.png) [t](t.pdf)"),
        "astro": (f"{ASTRO}/en/a/b.md", "![s](img/s.png) [t](/files/a/t.pdf)"),
    }
    for generator, (page, text) in expected.items():
        tflow("export", "b", "--site", generator, "--for", generator)
        written = Path(generator, page).read_text()
        assert written.endswith(f"{text} [o](../../../o.png)\n")
    assert Path("astro/public/files/a/t.pdf").read_bytes() == b"%PDF-1.7"
    assert Path("hugo/content/ko/a/b/img/s.png").read_bytes() == MAP


def test_a_release_leaves_out_what_is_unfinished(
    two: Path, tflow: Tflow, write: Write
) -> None:
    """No page of it in any language, and none that leads there, until it is finished.
    What readers have already stays a goal while it is worked on."""
    write("sources/tide.md", "The tide of [the fog](2024/안개.md).\n")
    write("sources/moon.md", "The moon.\n")
    tflow("set", "tide:1", "[안개](2024/안개.md) 속의 밀물.")
    tflow("set", "moon:1", "달.")
    write("sources/2024/안개.md", FOG + "\n새 문단이다.\n")
    words = ("export", "--all", "--site", str(TREE), "--for", "hugo", "--release")
    got = tflow(*words, code=1)
    assert {name.split("/")[2] for name in grown()} == {"moon"}
    told = "tide:1 (ko): sources/tide.md:1: the link to 2024/안개.md: readers do not"
    assert told in got.err
    tflow("sync", "-q")
    tflow("set", "안개:6", "A new paragraph.")
    tflow(*words)
    page = TREE / "content/ko/tide/index.md"
    assert "(../2024/안개/index.md)" in page.read_text()
    write("sources/2024/안개.md", FOG + "\n또 새 문단이다.\n")
    assert "tide:1" not in tflow(*words, code=1).err


def test_drafts_are_marked(two: Path, tflow: Tflow, write: Write) -> None:
    """Without --release all pages are there, and show what is unfinished."""
    write("sources/tide.md", "The tide.\n")
    tflow("export", "--all", "--site", str(TREE), "--for", "hugo")
    assert "〔미번역〕" in (TREE / "content/ko/tide/index.md").read_text()


def test_a_page_in_another_language() -> None:
    """Where an article is not in a page's language, its own is led to; Docusaurus shows
    pages of the first language in all others, but no others."""
    here, there = Leaf("tide", "ja"), Leaf("2024/harbour", "en", first=True)
    assert {name: get(name).link(here, there) for name in GENERATORS} == {
        "hugo": '{{< relref path="/2024/harbour" lang="en" >}}',
        "jekyll": "../../en/2024/harbour/",
        "docusaurus": "/2024/harbour.md",
        "astro": "../../en/2024/harbour/",
    }
    assert get("docusaurus").link(here, Leaf("fog", "ko")) == ""
    assert get("hugo").link(here, Leaf("fog", "ko")).endswith('lang="ko" >}}')


def test_an_article_above_others_is_their_section(
    two: Path, tflow: Tflow, write: Write
) -> None:
    """Hugo would take articles below a page bundle for its files."""
    write("sources/2024.md", "All of [it](2024/harbour.md).\n")
    tflow("export", "--all", "--site", str(TREE), "--for", "hugo")
    text = (TREE / "content/ko/2024/_index.md").read_text()
    assert "[it](harbour/index.md)" in text


def test_what_cannot_be(two: Path, tflow: Tflow) -> None:
    """An unknown generator, a tree without a place, a page that somebody edited."""
    got = tflow("export", "--all", "--site", "x", "--for", "gatsby", code=2)
    assert "unknown generator 'gatsby'; known: hugo, jekyll, docusaurus" in got.err
    got = tflow("export", "--all", "--for", "hugo", code=2)
    assert "--for goes with --site; --site DIR says where to" in got.err
    words = ("export", "harbour", "--site", str(TREE), "--for", "hugo")
    tflow(*words)
    page = TREE / "content/ko/2024/harbour/index.md"
    page.write_text("Mine.\n")
    assert "it was edited by hand since export wrote it" in tflow(*words, code=1).err
    assert page.read_text() == "Mine.\n"


# --- built ------------------------------------------------------------------


ALTERNATES = '<link rel="alternate" hreflang="{}" href="{}">'
HUGO_PAGE = """\
<!doctype html>
<html lang="{{ site.Language.Lang }}"><title>{{ .Title }}</title>
{{ range .AllTranslations -}}
<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">
{{ end }}
{{ .Content }}
</html>
"""
JEKYLL_PAGE = """\
<!doctype html>
<html lang="{{ page.lang }}"><title>{{ page.title }}</title>
{% assign all = site.posts | concat: site.pages | where: "ref", page.ref %}
{% for one in all -%}
<link rel="alternate" hreflang="{{ one.lang }}" href="{{ one.url | relative_url }}">
{% endfor %}
{{ content }}
</html>
"""
ASTRO_PAGE = """\
---
import { getCollection, render } from 'astro:content';

export async function getStaticPaths() {
  const pages = await getCollection('blog');
  return pages.map((page) => ({
    params: { slug: page.id },
    props: {
      page,
      all: pages.filter((p) => p.data.translationKey === page.data.translationKey),
    },
  }));
}
const { page, all } = Astro.props;
const { Content } = await render(page);
---
<!doctype html>
<html lang={page.data.lang}><title>{page.data.title}</title>
{all.map((p) => <link rel="alternate" hreflang={p.data.lang} href={`/${p.id}/`} />)}
<Content />
</html>
"""
AROUND: dict[Callable[[Path], None], dict[str, str]] = {
    hugo: {
        "hugo.toml": """\
baseURL = "https://harbour.example/"
title = "Harbour"
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404", "home", "section"]
[languages.en]
contentDir = "content/en"
[languages.ko]
contentDir = "content/ko"
""",
        "layouts/_default/single.html": HUGO_PAGE,
    },
    jekyll: {
        "_config.yml": 'defaults: [{scope: {path: ""}, values: {layout: page}}]\n',
        "_layouts/page.html": JEKYLL_PAGE,
    },
    docusaurus: {
        "package.json": (SITES / "docusaurus/package.json").read_text(),
        "docusaurus.config.js": """\
export default {
  title: 'Harbour',
  url: 'https://harbour.example',
  baseUrl: '/',
  onBrokenLinks: 'throw',
  markdown: { format: 'detect', hooks: { onBrokenMarkdownLinks: 'throw' } },
  i18n: { defaultLocale: 'en', locales: ['en', 'ko'] },
  plugins: [['@docusaurus/plugin-content-blog', { routeBasePath: '/' }]],
  themes: ['@docusaurus/theme-classic'],
};
""",
    },
    astro: {
        "package.json": (SITES / "astro/package.json").read_text(),
        "astro.config.mjs": """\
import { defineConfig, passthroughImageService } from 'astro/config';

export default defineConfig({
  site: 'https://harbour.example',
  image: { service: passthroughImageService() },
});
""",
        "src/content.config.ts": """\
import { defineCollection, z } from 'astro:content';
import { glob } from 'astro/loaders';

const schema = z.object({
  title: z.string(),
  lang: z.string(),
  translationKey: z.string(),
});
const loader = glob({ pattern: '**/*.md', base: './src/content/blog' });
export const collections = { blog: defineCollection({ loader, schema }) };
""",
        "src/pages/[...slug].astro": ASTRO_PAGE,
    },
}
"""What a site has beside its pages, as small as it can be."""

HOMES: dict[Callable[[Path], None], dict[str, str]] = {
    docusaurus: {"en": "", "ko": "ko/"}
}
"""Where pages of a language are on a built site, if not below its name."""


class Alternates(Page):
    """A built page with the addresses of its versions, by language."""

    def __init__(self, html: str) -> None:
        self.alternates: dict[str, str] = {}
        super().__init__(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note alternates, too."""
        super().handle_starttag(tag, attrs)
        found = {name.lower(): value or "" for name, value in attrs}
        if tag == "link" and "hreflang" in found:
            self.alternates[found["hreflang"]] = found["href"]


BESIDE = "**정부(政府)**는 *(말)*을 했다."
"""What CommonMark takes for stars."""


def emphasise(two: Path, tflow: Tflow) -> None:
    """Add a paragraph with it to a translation, and to what was written in Korean."""
    for file, more in (("harbour", "More."), ("안개", BESIDE)):
        path = two / f"sources/2024/{file}.md"
        path.write_text(f"{path.read_text()}\n{more}\n")
    tflow("sync")
    tflow("set", "harbour:4", BESIDE)
    tflow("set", "안개:6", "More.")


def emphasised(korean: Path) -> None:
    """Assert that built pages show it."""
    for page in ("2024/dawn", "2024/안개"):
        html = (korean / page / "index.html").read_text()
        assert "<strong>정부(政府)</strong>는 <em>(말)</em>을 했다." in html, page


@pytest.mark.long
@pytest.mark.parametrize("build", AROUND, ids=lambda build: build.__name__)
def test_built_pages_find_each_other(
    two: Path, tflow: Tflow, build: Callable[[Path], None]
) -> None:
    """Each page leads to the other article in its own language, to itself in the other
    one, and shows its image; no address leads nowhere. Emphasis beside Korean is seen
    in translations and in what was written in Korean."""
    name = build.__name__
    emphasise(two, tflow)
    words = ("export", "--all", "--site", name, "--for", name, "--release")
    tflow(*words)
    site = two / name
    for file, text in AROUND[build].items():
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        (site / file).write_text(text)
    for command in ("init", "add .", "commit --message tree"):
        run("git", *command.split(), folder=site)  # Docusaurus asks it for dates
    build(site)
    out = site / "out"
    homes = HOMES.get(build, {"en": "en/", "ko": "ko/"})
    links = {"en": ("the fog", "the harbour", "A map"), "ko": ("안개", "항구", "지도")}
    for language, home in homes.items():
        to_fog, to_harbour, picture = links[language]
        harbour, fog = f"{home}2024/dawn/", f"{home}2024/안개/"
        built = {
            path: Alternates((out / path / "index.html").read_text())
            for path in (harbour, fog)
        }
        for path, page in built.items():
            for other, there in homes.items():
                wanted = path.replace(home, there, 1)
                assert leads(path, page.alternates[other], wanted)
            for address in page.addresses:
                way = goal(path, address)
                assert way is None or is_there(out, way), f"{path}: {address}"
            assert page.lost == [], "a place on the page is not there"
        assert leads(harbour, built[harbour].links[to_fog], fog)
        assert leads(fog, built[fog].links[to_harbour], harbour)
        assert shown(out, harbour, built[harbour].images[picture]) == MAP
    emphasised(out / homes["ko"])
    if build is hugo:
        for home in homes.values():
            assert is_there(out, f"{home}old/"), "an earlier address leads nowhere"
    shutil.rmtree(site)
