"""Existing sites: which files are articles, where their pages go, what pages say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Tflow, Write
from hypothesis import given
from hypothesis import strategies as st

from translate_flow.errors import FlowError
from translate_flow.exporters.sites.rewriting import exchanged, page
from translate_flow.project.layout import (
    Locations,
    article,
    without_pages,
    wrong_output,
    wrong_pattern,
    wrong_template,
)

LANGUAGES = ("en", "ko")


def tree(*sources: str, output: str | None = None) -> Locations:
    """Return a tree of English and Korean."""
    outputs = (output,) * len(sources) if output else ()
    return Locations(sources, LANGUAGES, outputs)


# --- patterns ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "file", "slug", "language"),
    [
        ("content/**/index.en.md", "content/posts/a/index.en.md", "posts/a", "en"),
        ("content/**/index.{lang}.md", "content/posts/a/index.ko.md", "posts/a", "ko"),
        ("content/**/index.{lang}.md", "content/index.KO.md", "index", "ko"),
        ("content/**/{lang}.md", "content/posts/a/ko.md", "posts/a", "ko"),
        ("content/**/{lang}-*.md", "content/posts/ko-a.md", "posts/a", "ko"),
        ("content/**/*.md", "content/posts/a.md", "posts/a", ""),
        ("content/**/*.md", "content/posts/a.ko.md", "posts/a", "ko"),
        ("content/**/*.md", "content/posts/v1.2.md", "posts/v1.2", ""),
        ("content/ko/**/*.md", "content/ko/a.md", "a", "ko"),
        ("_posts/*.md", "_posts/2026-11-24-a.md", "2026-11-24-a", ""),
        ("docs/**/*.md", "docs/intro.md", "intro", ""),
        ("docs/**/*.md", "docs/a/b/index.md", "a/b", ""),
        ("blog/{lang}/**/*.md", "blog/en/2026/boat.md", "2026/boat", "en"),
        ("글/**/*.md", "글/광주.md", "광주", ""),
        ("*.md", "about.md", "about", ""),
        ("a?/**", "ab/x.md", "ab/x", ""),
    ],
)
def test_slugs(pattern: str, file: str, slug: str, language: str) -> None:
    """A slug is the path without what the pattern fixes, language, suffix and
    ``/index``."""
    spot = tree(pattern).spot(file)
    assert spot is not None
    assert (spot.slug, spot.language) == (slug, language)


@pytest.mark.parametrize(
    ("pattern", "file"),
    [
        ("content/**/index.en.md", "content/a/index.ko.md"),
        ("content/**/index.{lang}.md", "content/a/index.fr.md"),
        ("content/**/index.{lang}.md", "content/a/index.md"),
        ("_posts/*.md", "_posts/2026/a.md"),
        ("docs/**/*.md", "docs/a.mdx"),
        ("docs/**/*.md", "other/docs/a.md"),
        ("{lang}/**/*.{lang}.md", "en/a.ko.md"),
        ("docs/?.md", "docs/ab.md"),
    ],
)
def test_files_that_are_no_articles(pattern: str, file: str) -> None:
    """What does not fit a pattern is left alone."""
    assert tree(pattern).spot(file) is None


def test_several_patterns_keep_slugs_apart() -> None:
    """Only the folders that all patterns begin with are taken from slugs, but each
    pattern's own from ``{path}``."""
    site = Locations(
        ("site/docs/**/*.md", "site/blog/**/*.md"),
        LANGUAGES,
        ("i18n/{lang}/docs/{path}.{ext}", "i18n/{lang}/blog/{path}.{ext}"),
    )
    docs, blog = site.spot("site/docs/a.md"), site.spot("site/blog/a.md")
    assert docs is not None
    assert blog is not None
    assert (docs.slug, blog.slug) == ("docs/a", "blog/a")
    assert site.output(docs, "ko") == "i18n/ko/docs/a.md"
    assert site.output(blog, "ko") == "i18n/ko/blog/a.md"


def test_names_composed_and_decomposed() -> None:
    """A pattern fits both forms of Hangul; the slug is composed, and the output keeps
    the spelling of the disk."""
    decomposed = unicodedata.normalize("NFD", "글/광주/index.en.md")
    site = tree("글/**/index.{lang}.md", output="{dir}/index.{lang}.md")
    spot = site.spot(decomposed)
    assert spot is not None
    assert spot.slug == "광주"
    assert site.output(spot, "ko") == unicodedata.normalize(
        "NFD", "글/광주/index.ko.md"
    )


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("{dir}/index.{lang}.md", "content/en/posts/index.ko.md"),
        ("content/{lang}/{path}.{ext}", "content/ko/posts/boat.md"),
        ("{lang}/_posts/{name}.{ext}", "ko/_posts/boat.md"),
        ("out/{slug}/{lang}.{ext}", "out/posts/boat/ko.md"),
    ],
)
def test_outputs(output: str, expected: str) -> None:
    """Fields of an output are filled from the article's path."""
    site = tree("content/{lang}/**/*.md", output=output)
    spot = site.spot("content/en/posts/boat.md")
    assert spot is not None
    assert site.output(spot, "ko") == expected


@pytest.mark.parametrize(
    ("wrong", "text", "message"),
    [
        (wrong_pattern, "../x.md", "'../x.md' must stay in the project"),
        (wrong_pattern, "/x.md", "'/x.md' must be relative to the project"),
        (wrong_pattern, "C:/x.md", "must be relative to the project"),
        (wrong_pattern, "a\\b.md", "must stay in the project"),
        (wrong_pattern, "a//b.md", "has an empty part"),
        (wrong_pattern, "a**/b.md", "** stands for folders"),
        (wrong_pattern, "{slug}/b.md", "only {lang} may stand in braces"),
        (wrong_pattern, "a-{lang}/b.md", "{lang} must be a folder"),
        (wrong_pattern, "a{lang}b.md", "{lang} must be a folder"),
        (wrong_output, "{dri}/x.md", "unknown field {dri}; known: {lang}, {dir},"),
        (wrong_output, "{dir}/x.{lang", "has a brace without its other half"),
        (wrong_output, "../{lang}/x.md", "must stay in the project"),
        (wrong_template, "/{title}/", "unknown field {title}"),
    ],
)
def test_wrong_patterns(wrong: object, text: str, message: str) -> None:
    """What cannot be a pattern or an output says why."""
    assert callable(wrong)
    assert message in wrong(text)


SIGNS = st.text("ab.*?{}/langikoen가-_", max_size=24)


@given(SIGNS, SIGNS)
def test_any_pattern_is_refused_or_can_be_used(pattern: str, file: str) -> None:
    """A pattern that nothing is wrong with reads any path without error, and what it
    says of a file leads back to that file."""
    if wrong_pattern(pattern) is None and wrong_pattern(file) is None:
        site = tree(pattern)
        spot = site.spot(file)
        if spot is not None:
            assert spot.slug
            assert not spot.slug.startswith("/")
            again = site.moved(spot, spot.slug)
            assert again in (file, None)


def test_where_new_articles_lie() -> None:
    """A slug has its place if it leads back to itself."""
    bundles = tree("content/**/index.{lang}.md")
    assert bundles.place("posts/a", "ko", ".md") == "content/posts/a/index.ko.md"
    assert bundles.place("a", "en", ".mdx") is None
    posts = tree("_posts/*.md")
    assert posts.place("2026-11-24-a", "en", ".md") == "_posts/2026-11-24-a.md"
    assert posts.place("2026/a", "en", ".md") is None
    both = tree("docs/**/*", "blog/{lang}/**/*.md")
    assert both.place("blog/a", "ko", ".md") == "blog/ko/a.md"
    assert both.place("docs/a/b", "ko", ".mdx") == "docs/a/b.mdx"
    assert both.place("a", "ko", ".md") is None
    assert tree("content/**/index.en.md").place("a", "ko", ".md") is None


def test_where_moved_articles_lie() -> None:
    """A moved article stays the kind of file that it is."""
    for pattern, file, slug, expected in (
        ("c/**/index.{lang}.md", "c/a/index.ko.md", "b/c", "c/b/c/index.ko.md"),
        ("c/**/*.md", "c/a/index.md", "b", "c/b/index.md"),
        ("c/**/*.md", "c/a.ko.md", "b/c", "c/b/c.ko.md"),
        ("c/{lang}/**/*.md", "c/en/x/a.md", "b", "c/en/b.md"),
        ("c/**/{lang}.md", "c/a/en.md", "b", "c/b/en.md"),
        ("c/*.md", "c/a.md", "b/c", None),
    ):
        site = tree(pattern)
        spot = site.spot(file)
        assert spot is not None
        assert site.moved(spot, slug) == expected


# --- which file is the article ----------------------------------------------


def chosen(
    site: Locations, *files: str, targets: tuple[tuple[str, str], ...] = ()
) -> str | None:
    """Return which of the files of one slug is the article."""
    spots = [spot for file in files if (spot := site.spot(file))]
    assert len(spots) == len(files)
    found = article(spots, "en", lambda slug, language: (slug, language) in targets)
    return found.file if found else None


def test_the_source_language_is_the_article() -> None:
    """Of the versions of a page, that in the source language is the article; one in
    another language is if it is alone."""
    site = tree("c/**/index.{lang}.md")
    assert chosen(site, "c/a/index.en.md", "c/a/index.ko.md") == "c/a/index.en.md"
    assert chosen(site, "c/a/index.ko.md") == "c/a/index.ko.md"


def test_what_has_a_catalog_is_made_and_not_written() -> None:
    """A page in a language that has a catalog of the article is no article, though it
    be in the source language, or all that is left."""
    site = tree("c/**/index.{lang}.md")
    both = ("c/a/index.en.md", "c/a/index.ko.md")
    assert chosen(site, *both, targets=(("a", "en"),)) == "c/a/index.ko.md"
    assert chosen(site, "c/a/index.ko.md", targets=(("a", "ko"),)) is None


def test_a_name_without_language_is_in_the_source_language() -> None:
    """``a.md`` beside ``a.ko.md`` are one page in two languages."""
    assert chosen(tree("c/**/*.md"), "c/a.md", "c/a.ko.md") == "c/a.md"


def test_twins() -> None:
    """Two files with one slug and one language are an error that names both."""
    with pytest.raises(FlowError) as caught:
        chosen(tree("c/**/*"), "c/a.md", "c/a.mdx")
    assert str(caught.value) == (
        "c/a.mdx: two articles have the slug 'a': this and c/a.md; rename one of them"
    )


def test_no_version_in_the_source_language() -> None:
    """Two versions, none in the source language, are a question to the user."""
    site = Locations(("c/{lang}/*.md",), ("en", "ko", "ja"))
    spots = [site.spot(f"c/{language}/a.md") for language in ("ko", "ja")]
    with pytest.raises(FlowError, match=r"which is the article of 'a': c/ko/a.md or"):
        article([spot for spot in spots if spot], "en", lambda slug, language: False)


def test_pages_are_no_articles() -> None:
    """A file that is the target page of another one is none of the articles."""
    site = tree("_posts/**/*.md", output="_posts/{lang}/{name}.{ext}")
    spots = [site.spot(f"_posts/{name}.md") for name in ("a", "b", "ko/a")]
    found = without_pages(site, [spot for spot in spots if spot], "en")
    assert [spot.file for spot in found] == ["_posts/a.md", "_posts/b.md"]


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (
            "c/{slug}.md",
            "c/a.md: its target page would be written over it; "
            "change layout.output, which may hold {lang}, {path} and {slug}",
        ),
        (
            "{lang}/all.md",
            "c/b.md: this and c/a.md would have one page, ko/all.md; "
            "change layout.output, which may hold {lang}, {path} and {slug}",
        ),
    ],
)
def test_outputs_that_clash(output: str, message: str) -> None:
    """A page that would lie over an article, or over another page, is an error."""
    site = tree("c/*.md", output=output)
    spots = [site.spot(f"c/{name}.md") for name in "ab"]
    with pytest.raises(FlowError) as caught:
        without_pages(site, [spot for spot in spots if spot], "en")
    assert str(caught.value) == message


# --- what pages say ---------------------------------------------------------


def led(text: str, links: Mapping[str, str], name: str = "x.md") -> str:
    """Return the body of a page whose addresses are exchanged."""
    head = "---\nlang: ko\n---\n"
    done = page(head + text, name=name, front={}, lead=lambda a: exchanged(a, links))
    assert done.startswith(head)
    return done.removeprefix(head)


LINKS = {"/en/": "/ko/", "/en/map": "/지도", "{% post_url ": "{% post_url ko/"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](/en/x)", "[a](/ko/x)"),
        ("[a](/english/x)", "[a](/english/x)"),
        ("[a](/en/map.png 'T')", "[a](/지도.png 'T')"),
        ("[a](/en/mapped)", "[a](/ko/mapped)"),
        ("[a](</en/x y>)", "[a](</ko/x y>)"),
        ("[![b](/en/b.png)](/en/x)", "[![b](/ko/b.png)](/ko/x)"),
        ("[r]: /en/x 'T'\n", "[r]: /ko/x 'T'\n"),
        ("> [r]: </en/x>\n", "> [r]: </ko/x>\n"),
        ("[^1]: /en/x\n", "[^1]: /en/x\n"),
        ("see /en/x", "see /en/x"),
        ('<a href="/en/x" title="/en/">t</a>', '<a href="/ko/x" title="/en/">t</a>'),
        ("<img\n  src='/en/x.png'>\n", "<img\n  src='/ko/x.png'>\n"),
        (
            '<img srcset="/en/a.png 1x, /en/b.png 2x">',
            '<img srcset="/ko/a.png 1x, /ko/b.png 2x">',
        ),
        ('{{< figure src="/en/a.png" >}}\n', '{{< figure src="/ko/a.png" >}}\n'),
        (
            '{{< fig "/en/a.png" "/en/ is it" >}}',
            '{{< fig "/ko/a.png" "/en/ is it" >}}',
        ),
        ('{{< figure caption="/en/" >}}\n', '{{< figure caption="/en/" >}}\n'),
        ('{% include f.html src="/en/a" %}\n', '{% include f.html src="/ko/a" %}\n'),
        ("[a]({% post_url 2026-a %})", "[a]({% post_url ko/2026-a %})"),
        ('[a]({{ "/en/x" | relative_url }})', '[a]({{ "/ko/x" | relative_url }})'),
        ("`[a](/en/x)`", "`[a](/en/x)`"),
        ("```\n[a](/en/x)\n```\n", "```\n[a](/en/x)\n```\n"),
        ("> ~~~\n> [a](/en/x)\n> ~~~\n", "> ~~~\n> [a](/en/x)\n> ~~~\n"),
        ("    [a](/en/x)\n\n[a](/en/x)", "    [a](/en/x)\n\n[a](/ko/x)"),
        (
            "{% raw %}\n[a](/en/x)\n{% endraw %}\n",
            "{% raw %}\n[a](/ko/x)\n{% endraw %}\n",
        ),
        ("<!-- [a](/en/x) -->\n",) * 2,
        ("a $[a](/en/x)$",) * 2,
        ("[a](/en/x)\r\n\r\n[b](/en/y)\n", "[a](/ko/x)\r\n\r\n[b](/ko/y)\n"),
    ],
)
def test_addresses_are_exchanged(text: str, expected: str) -> None:
    """Links, images, definitions, tags and shortcodes lead elsewhere; words, captions
    and code stay as they are."""
    assert led(text, LINKS) == expected


def test_whole_addresses_are_exchanged() -> None:
    """An address of another site is one, too, without the particle behind it."""
    links = {"https://e.org/en/": "https://e.org/ko/"}
    assert led("https://e.org/en/x에서", links) == "https://e.org/ko/x에서"
    assert led("<https://e.org/en/>", links) == "<https://e.org/ko/>"


def test_an_address_with_blanks_gets_brackets() -> None:
    """What would end a link is put between angle brackets."""
    assert led("[a](/en/x)", {"/en/x": "/새 글"}) == "[a](</새 글>)"


def test_mdx_imports() -> None:
    """Imports and the attributes of components are addresses in MDX."""
    text = (
        "import F from '/en/F';\nimport m from \"/en/m.png\";\n\n"
        "<F src={require('/en/a.png').default} of=\"/en/b.png\" />\n\n"
        "export const from = 'en';\n\nimport '/en/word' is prose.\n"
    )
    done = led(text, LINKS, "x.mdx")
    assert "from '/ko/F';" in done
    assert '"/지도.png"' not in done
    assert '"/ko/m.png"' in done
    assert "require('/ko/a.png')" in done
    assert 'of="/ko/b.png"' in done
    assert "import '/en/word' is prose." in done


FRONT = """\
---
title: 제목   # a comment
date: 2026-11-24
image: /en/a.png
tags:
- /en/b
- word

draft: true
hero: {src: "/en/c.png", alt: /en/ words}
---
"""


def fronted(text: str, front: Mapping[str, str | bool | int]) -> str:
    """Return a page with front matter of its own."""
    return page(text, name="x.md", front=front, lead=lambda a: exchanged(a, LINKS))


def test_front_matter_keeps_its_form() -> None:
    """Keys are set, exchanged and taken away in place; all else stays as its author
    wrote it."""
    assert fronted(
        FRONT, {"draft": False, "layout": "post", "date": "", "tags": "", "weight": 3}
    ) == (
        "---\ntitle: 제목   # a comment\nimage: /ko/a.png\n\ndraft: false\n"
        'hero: {src: "/ko/c.png", alt: /en/ words}\nlayout: post\nweight: 3\n---\n'
    )


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("ko", "x: ko"),
        ("/ko/글/", "x: /ko/글/"),
        ("no", 'x: "no"'),
        ("a: b", 'x: "a: b"'),
        ("2026", 'x: "2026"'),
        ("#a", 'x: "#a"'),
        (True, "x: true"),
        (7, "x: 7"),
    ],
)
def test_values_of_yaml(value: str | bool | int, line: str) -> None:
    """A text stays a text, whatever it looks like."""
    assert fronted("---\na: b\n---\n", {"x": value}) == f"---\na: b\n{line}\n---\n"


def test_toml_front_matter() -> None:
    """TOML keeps its form, line ends and tables, too."""
    text = '+++\nlang = "ko"\nlist = [\n  1,\n]\n\n[params]\na = 1\n+++\n'
    front = {"lang": "", "list": "", "draft": True, "url": "/ko/"}
    done = fronted(text.replace("\n", "\r\n"), front)
    assert done == (
        '+++\r\ndraft = true\r\nurl = "/ko/"\r\n\r\n[params]\r\na = 1\r\n+++\r\n'
    )


def test_front_matter_that_has_no_place() -> None:
    """Front matter that cannot be edited by lines is refused, not rewritten."""
    with pytest.raises(FlowError) as caught:
        fronted("---\ndraft: &a 1\nb: *a\n---\n", {"draft": True})
    assert str(caught.value) == (
        "x.md:1: draft cannot be set in its front matter; "
        "write draft on a line of its own"
    )


@given(st.text("[]()<>{}`'\"=/en \n#-$%a가!|:&", max_size=60))
def test_a_page_without_exchanges_is_the_edition(text: str) -> None:
    """If no address is exchanged, not a byte changes."""
    head = "---\nlang: ko\n---\n"
    assert page(head + text, name="x.md", front={}, lead=lambda a: a) == head + text


# --- the command line -------------------------------------------------------

SETTINGS = """\
[project]
languages = ["en", "ko"]
source_language = "en"
front_matter = ["title", "slug"]

[layout]
sources = "content/**/index.{lang}.md"
output = "{dir}/index.{lang}.md"

[layout.front]
lang = ""
"""
RUSSIA = (
    "---\ntitle: Russia\nslug: russia\n---\n\nSee [the boat](../boat/index.en.md).\n"
)
PAGE = Path("content/posts/russia/index.ko.md")


@pytest.fixture
def site(folder: Path, write: Write, tflow: Tflow) -> Path:
    """A Hugo tree with two bundles, one of which is translated."""
    write("translate_flow.toml", SETTINGS)
    write("content/posts/russia/index.en.md", RUSSIA)
    write("content/posts/russia/map.png", b"png")
    write("content/posts/boat/index.en.md", "The boat.\n")
    tflow("set", "russia:1", "러시아")
    tflow("set", "russia:2", "러시아-편지")
    tflow("set", "russia:3", "[배](../boat/index.en.md)를 보라.")
    return folder


TARGET = ("--layout", "target", "--format", "md", "--release")


def test_export_writes_into_the_tree(site: Path, tflow: Tflow) -> None:
    """A target page stands beside its article and leads to target pages; bilingual
    editions go where they always went."""
    done = tflow("export", "russia", *TARGET)
    assert done.out == f"{PAGE}  md target, 3 of 3 segments finished\n"
    assert PAGE.read_text() == (
        "---\ntitle: 러시아\nslug: 러시아-편지\n---\n\n"
        "[배](../boat/index.ko.md)를 보라.\n"
    )
    assert [a["slug"] for a in tflow("status", "--json").json["articles"]] == [
        "posts/boat",
        "posts/russia",
    ]
    tflow("export", "russia", "--format", "md")
    assert Path("editions/posts/russia.en-ko.md").exists()
    tflow("export", "russia", *TARGET, "-o", "out")
    assert Path("out/posts/russia.ko.md").exists()


def test_export_overwrites_only_its_own(site: Path, tflow: Tflow, write: Write) -> None:
    """A page that somebody wrote or changed is refused; without a record, one that
    stays as it is passes."""
    write(str(PAGE), "by hand\n")
    refused = tflow("export", "russia", *TARGET, code=1)
    assert refused.err == (
        f"refused {PAGE}: export did not write this file; "
        "--force overwrites it, -o DIR writes elsewhere\n"
    )
    forced = tflow("export", "russia", *TARGET, "--force")
    assert forced.err == f"overwrote {PAGE}: export did not write this file\n"
    (site / ".tflow/editions.json").unlink()
    tflow("export", "russia", *TARGET)
    tflow("set", "russia:1", "로씨야")
    tflow("export", "russia", *TARGET)
    assert "title: 로씨야" in PAGE.read_text()
    tflow("undo")
    assert "title: 러시아" in PAGE.read_text()
    tflow("export", "russia", *TARGET)
    write(str(PAGE), "changed by hand\n")
    refused = tflow("export", "russia", *TARGET, code=1)
    assert "it was edited by hand since export wrote it" in refused.err
    assert PAGE.read_text() == "changed by hand\n"
    forced = tflow("export", "russia", *TARGET, "--force", "--json").json
    why = "it was edited by hand since export wrote it"
    assert forced["overwritten"] == [{"path": str(PAGE), "why": why}]


def test_without_output_pages_go_to_the_editions(
    site: Path, tflow: Tflow, write: Write
) -> None:
    """A layout that only says where articles lie leaves the tree alone."""
    write("translate_flow.toml", re.sub("(?m)^output.*\n", "", SETTINGS))
    tflow("set", "boat:1", "배.")
    tflow("export", "russia", *TARGET)
    assert not PAGE.exists()
    assert Path("editions/posts/russia.ko.md").exists()


@pytest.mark.parametrize("slug", ["러시아 편지", "러시아/편지", "러시아?"])
def test_a_slug_that_is_no_address(site: Path, tflow: Tflow, slug: str) -> None:
    """A translated slug with blanks or slashes is refused with its segment."""
    tflow("set", "russia:2", slug)
    better = re.sub(r"[^\w-]+", "-", slug)
    assert tflow("export", "russia", *TARGET, code=2).err == (
        f"error: content/posts/russia/index.en.md:3: the translated slug {slug!r} "
        "cannot be part of an address; without blanks and slashes: "
        f"tflow set posts/russia:2 {better}\n"
    )
    assert not PAGE.exists()


def test_a_proof_never_goes_into_the_tree(
    site: Path, tflow: Tflow, write: Write
) -> None:
    """What is unfinished is refused there; a proof with its marks is an edition like
    the others, and no page of the tree changes."""
    tflow("export", "russia", *TARGET)
    before = PAGE.read_bytes()
    write("content/posts/russia/index.en.md", f"{RUSSIA}\nMore.\n")
    tflow("export", "russia", *TARGET, code=1)
    tflow("export", "--all", *TARGET[:-1])
    assert PAGE.read_bytes() == before
    assert "〔미번역〕" in Path("editions/posts/russia.ko.md").read_text()
    assert not Path("content/posts/boat/index.ko.md").exists()


def test_articles_of_both_directions(site: Path, tflow: Tflow, write: Write) -> None:
    """An article whose path says another language is translated from that, and its page
    is never taken for the article."""
    write("content/posts/항구/index.ko.md", "항구의 아침.\n")
    tflow("set", "항구:1", "Morning in the harbour.")
    tflow("export", "항구", *TARGET)
    page_ = Path("content/posts/항구/index.en.md")
    assert page_.read_text().endswith("Morning in the harbour.\n")
    found = {a["slug"]: a for a in tflow("status", "--json").json["articles"]}
    assert (found["posts/항구"]["source"], found["posts/항구"]["target"]) == (
        "ko",
        "en",
    )
    Path("content/posts/항구/index.ko.md").unlink()
    slugs = {a["slug"] for a in tflow("status", "--json").json["articles"]}
    assert "posts/항구" not in slugs


def test_images_of_a_page_elsewhere(folder: Path, tflow: Tflow, write: Write) -> None:
    """Where a page lies in another folder, files are still found and articles stay
    neighbours."""
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\n'
        '[layout]\nsources = "docs/**/*"\noutput = "i18n/{lang}/{path}.{ext}"\n',
    )
    write("docs/a/지도 1.png", b"\x89PNG\r\n\x1a\n")
    write("docs/a/b.md", "## x\n")
    write(
        "docs/a/a.mdx",
        "import F from '../F';\n\n![](<지도 1.png>) ![](./%EC%A7%80%EB%8F%84%201.png) "
        "[b](./b.md#x) [up](../../README.md)\n",
    )
    write("docs/F.js", "")
    write("README.md", "x\n")
    for unit in tflow("show", "a/a", "--json").json["units"]:
        tflow("set", f"a/a:{unit['n']}", unit["source"])
    tflow("export", "a/a", *TARGET)
    text = Path("i18n/ko/a/a.mdx").read_text()
    assert "import F from '../../../docs/F';" in text
    assert "![](<../../../docs/a/지도 1.png>)" in text
    assert f"(../../../docs/a/{'%EC%A7%80%EB%8F%84%201'}.png)" in text
    assert "[b](./b.md#x) [up](../../../README.md)" in text


def test_a_page_over_its_own_article(site: Path, tflow: Tflow, write: Write) -> None:
    """An article whose front matter contradicts its path is not written over."""
    text = "---\nlang: ko\n---\n"
    path = write("content/posts/boat/index.en.md", text)
    refused = tflow("export", "boat", *TARGET, "--force", code=2)
    assert "its page in en would be written over it" in refused.err
    assert path.read_text() == text


def test_a_page_outside_the_project(site: Path, tflow: Tflow, write: Write) -> None:
    """An output that a link takes out of the project is refused."""
    (site.parent / "outside").mkdir()
    (site / "out").symlink_to(site.parent / "outside")
    write("translate_flow.toml", SETTINGS.replace('"{dir}/', '"out/{slug}/'))
    refused = tflow("export", "russia", *TARGET, code=2)
    assert "out/posts/russia/index.ko.md: lies outside the project" in refused.err
    assert not list((site.parent / "outside").iterdir())


def test_add_puts_an_article_where_it_belongs(
    site: Path, tflow: Tflow, write: Write
) -> None:
    """A new article goes where a pattern has a place for its slug; where none has, it
    is refused with the patterns."""
    write("essay.md", "항구의 아침은 이르다.\n")
    done = tflow("add", "essay.md", "--slug", "posts/essay")
    assert done.out == "added content/posts/essay/index.ko.md: 1 segment in ko\n"
    path = Path("content/posts/essay/index.ko.md")
    assert path.read_text() == "항구의 아침은 이르다.\n"
    write("x.mdx", "x\n")
    assert tflow("add", "x.mdx", code=2).err == (
        "error: x.mdx: no place for 'x' (en, .mdx) in this layout; put the file where "
        "articles lie: content/**/index.{lang}.md; or choose another --slug\n"
    )


def test_mv_takes_the_bundle_along(site: Path, tflow: Tflow) -> None:
    """The page of a folder moves with all that is in it, its own pages, too; export
    still knows them, and undo gives everything back."""
    tflow("export", "russia", *TARGET)
    tflow("mv", "russia", "posts/letter")
    folder = Path("content/posts/letter")
    assert sorted(path.name for path in folder.iterdir()) == [
        "index.en.md",
        "index.ko.md",
        "map.png",
    ]
    assert not PAGE.exists()
    tflow("set", "letter:1", "로씨야")
    tflow("export", "letter", *TARGET)
    tflow("undo")
    tflow("undo")
    tflow("undo")
    assert PAGE.exists()
    assert not (folder / "map.png").exists()


def test_mv_leaves_other_articles_alone(site: Path, tflow: Tflow, write: Write) -> None:
    """A folder that holds another article does not move, nor does one that has no
    place under the new name."""
    write("content/posts/russia/more/index.en.md", "More.\n")
    assert tflow("mv", "posts/russia", "letter", code=2).err == (
        "error: content/posts/russia/index.en.md: its folder holds another article, "
        "index.en.md; move that away first, or move the folder by hand\n"
    )
    write("translate_flow.toml", SETTINGS.replace("**", "*/*"))
    assert "no place for 'x' in this layout" in tflow("mv", "boat", "x", code=2).err
