"""Settings, articles and the places users type."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_flow.errors import FlowError
from translate_flow.project import (
    ArticleFile,
    Project,
    articles,
    find_root,
    load,
    parse_settings,
)
from translate_flow.project.catalogs import read_article
from translate_flow.project.places import Place, find, picked, place

GOOD = '[project]\nlanguages = ["en", "ko"]\nsource_language = "en"\n'


def settings(text: str) -> Project:
    """Read settings from a text."""
    return parse_settings(text.encode(), root=Path("here"), name="translate_flow.toml")


def names(*slugs: str) -> tuple[ArticleFile, ...]:
    """Return articles with these slugs."""
    return tuple(
        ArticleFile(slug, Path(f"sources/{slug}.md"), f"sources/{slug}.md")
        for slug in slugs
    )


# --- settings ---------------------------------------------------------------


def test_reads_settings() -> None:
    """Every known setting arrives in the project."""
    project = settings(
        GOOD
        + 'front_matter = ["title"]\n[draft]\nengine = "pseudo"\njobs = 2\n'
        + '[engines.libretranslate]\nurl = "http://localhost:5000"\n'
        + '[release]\nrequire = "reviewed"\n[editions]\ndir = "out"\n'
    )
    assert project.languages == ("en", "ko")
    assert project.source_language == "en"
    assert project.front_matter == ("title",)
    assert (project.engine, project.jobs) == ("pseudo", 2)
    assert project.engines["libretranslate"]["url"] == "http://localhost:5000"
    assert project.require == "reviewed"
    assert project.editions == "out"


def test_the_first_language_is_the_source_language() -> None:
    """Without source_language, articles are in the first language."""
    assert settings('[project]\nlanguages = ["ko", "en"]\n').source_language == "ko"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            GOOD + 'sorce_language = "en"\n',
            "translate_flow.toml:4: unknown setting project.sorce_language; "
            "did you mean source_language?",
        ),
        (
            GOOD + "[realease]\n",
            "translate_flow.toml:4: unknown setting realease; did you mean release?",
        ),
        (
            GOOD + '[release]\n\nrequire = "perfect"\n',
            "translate_flow.toml:6: release.require: "
            'must be "translated" or "reviewed"',
        ),
        (
            GOOD + '[engines.deepl]\napi_key = "x"\n',
            "translate_flow.toml:5: engines.deepl.api_key: "
            "keys are read from the environment only",
        ),
        (
            '[project]\nlanguages = ["en"]\n',
            "translate_flow.toml:2: project.languages: needs two languages or more",
        ),
        (
            '[project]\nlanguages = ["en", "Korean language"]\n',
            "translate_flow.toml:2: project.languages: "
            "'Korean language' is not a language tag",
        ),
        (
            '[project]\nlanguages = "en"\n',
            "translate_flow.toml:2: project.languages: must be a list of strings",
        ),
        (
            '[project]\nlanguages = ["en", "ko"]\nsource_language = "ja"\n',
            "translate_flow.toml:3: project.source_language: "
            "'ja' is not one of project.languages",
        ),
        (
            GOOD + "[draft]\njobs = true\n",
            "translate_flow.toml:5: draft.jobs: must be a number from 1 to 32",
        ),
        (
            GOOD + '[editions]\ndir = "../out"\n',
            "translate_flow.toml:5: editions.dir: must be a folder of the project",
        ),
        (
            GOOD + '[layout]\nsources = "../**/*.md"\n',
            "translate_flow.toml:5: layout.sources: "
            "'../**/*.md' must stay in the project, with / between its parts",
        ),
        (
            GOOD
            + '[layout]\nsources = ["a/*.md", "b/*.md"]\noutput = ["x", "y", "z"]\n',
            "translate_flow.toml:6: layout.output: has 3 paths for 2 sources",
        ),
        (
            GOOD + '[layout]\noutput = "{dir}/{title}.md"\n',
            "translate_flow.toml:5: layout.output: unknown field {title}; "
            "known: {lang}, {dir}, {name}, {ext}, {path}, {slug}",
        ),
        (
            GOOD + '[layout.front]\ntags = ["a"]\n',
            "translate_flow.toml:4: layout.front: "
            "tags must be a string of one line, a number, true or false",
        ),
        (
            GOOD + '[layout.links.ja]\n"/en/" = "/ja/"\n',
            "translate_flow.toml:4: layout.links.ja: "
            "'ja' is not one of project.languages",
        ),
        (
            GOOD + '[layout.links]\n"/en/" = "/ko/"\n',
            "translate_flow.toml:4: layout.links: "
            "/en/ must be a language with a table of addresses",
        ),
        (
            "[project]\nlanguages = [\n",
            "translate_flow.toml:2: invalid value; mend the line",
        ),
    ],
)
def test_wrong_settings(text: str, message: str) -> None:
    """A wrong setting is named with its file, line and key."""
    with pytest.raises(FlowError) as caught:
        settings(text)
    assert str(caught.value) == message


@given(st.binary(max_size=60))
def test_settings_of_any_bytes(data: bytes) -> None:
    """Whatever stands in the file, it is settings or one clear error."""
    with suppress(FlowError):
        assert len(parse_settings(data, root=Path(), name="x").languages) > 1


def test_finds_the_project_above(folder: Path, write: object) -> None:
    """From a folder inside, the root is what the user would type to get there."""
    (folder / "translate_flow.toml").write_text(GOOD)
    inside = folder / "sources" / "opinion"
    inside.mkdir(parents=True)
    assert find_root(inside) == Path("../..")
    assert find_root(folder) == Path()
    assert load(find_root(folder)).languages == ("en", "ko")


def test_a_named_project_is_taken_as_typed(folder: Path) -> None:
    """--project names the folder; one without settings is an error."""
    (folder / "blog").mkdir()
    with pytest.raises(FlowError) as caught:
        find_root(folder, "blog")
    assert str(caught.value) == (
        "blog: no translate_flow.toml there; run tflow init blog"
    )
    (folder / "blog" / "translate_flow.toml").write_text(GOOD)
    assert find_root(folder, "blog") == Path("blog")


# --- articles ---------------------------------------------------------------


def test_discovers_articles(project: Path, write: object) -> None:
    """Articles are found below sources/, sorted by slug, hidden files left out."""
    for name in ("z.mdx", "2026/essay.markdown", "note.txt", ".hidden.md", "pic.png"):
        path = project / "sources" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (project / "sources" / ".git").mkdir()
    (project / "sources" / ".git" / "x.md").write_text("x")
    slugs = [file.slug for file in articles(load(Path()))]
    assert slugs == ["2026/essay", "boat", "note", "z"]


def test_a_project_without_sources_has_no_articles(folder: Path) -> None:
    """A missing sources/ is no error."""
    (folder / "translate_flow.toml").write_text(GOOD)
    assert articles(load(Path())) == ()


def test_two_files_with_one_slug(project: Path) -> None:
    """a.md beside a.mdx is an error that names both."""
    (project / "sources" / "boat.mdx").write_text("x")
    with pytest.raises(FlowError) as caught:
        articles(load(Path()))
    assert str(caught.value) == (
        "sources/boat.mdx: two articles have the slug 'boat': this and "
        "sources/boat.md; rename one of them"
    )


def test_hangul_slugs_are_compared_in_nfc(project: Path) -> None:
    """A file whose name is decomposed is found by its composed slug, and the other way
    round."""
    path = project / "sources" / unicodedata.normalize("NFD", "광주.md")
    path.write_text("x")
    files = articles(load(Path()))
    assert "광주" in [file.slug for file in files]
    assert find("광주", files).slug == "광주"
    assert find(unicodedata.normalize("NFD", "광주"), files).slug == "광주"


@pytest.mark.parametrize("target", ["file.md", "folder"])
def test_a_link_that_leaves_the_project(project: Path, target: str) -> None:
    """A link to an article outside is not read, one to a folder not entered."""
    outside = project.parent / "outside"
    (outside / "folder").mkdir(parents=True)
    (outside / "file.md").write_text("secret")
    (project / "sources" / "x.md").symlink_to(outside / target)
    project_ = load(Path())
    files = [file for file in articles(project_) if file.slug == "x"]
    assert bool(files) == (target == "file.md")
    with pytest.raises(FlowError) as caught:
        read_article(project_, ArticleFile("x", Path("sources/x.md"), "sources/x.md"))
    assert str(caught.value) == (
        "sources/x.md: a link that leaves the project; "
        "put the file itself there, or remove the link"
    )


def test_linked_folders_do_not_turn_in_circles(project: Path) -> None:
    """A linked folder inside the project is not entered."""
    (project / "sources" / "again").symlink_to(project / "sources")
    assert [file.slug for file in articles(load(Path()))] == ["boat"]


# --- articles of an existing site -------------------------------------------

LAYOUT = GOOD + '[layout]\nsources = "content/**/index.{lang}.md"\n'


def test_reads_a_layout() -> None:
    """Everything that a layout may say arrives in the project; without one, there is no
    tree."""
    assert settings(GOOD).tree is None
    tree = settings(
        LAYOUT
        + 'output = "{dir}/index.{lang}.md"\naddresses = "pages"\n'
        + '[layout.front]\nlang = ""\nweight = 3\n[layout.links.KO]\n"/en/" = "/ko/"\n'
    ).tree
    assert tree is not None
    assert tree.sources == ("content/**/index.{lang}.md",)
    assert tree.outputs == ("{dir}/index.{lang}.md",)
    assert tree.addresses == "pages"
    assert tree.front == {"lang": "", "weight": 3}
    assert tree.links == {"ko": {"/en/": "/ko/"}}


def found(folder: Path, layout: str, *files: str) -> list[tuple[str, str]]:
    """Return slugs and names of the articles of a project that has some files."""
    (folder / "translate_flow.toml").write_text(layout)
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x\n")
    return [(file.slug, file.name) for file in articles(load(Path()))]


def test_discovers_the_articles_of_a_site(folder: Path) -> None:
    """Files that fit the pattern are articles, where they are; a version in another
    language is none, and nothing else is looked at."""
    files = ("a/index.en.md", "a/index.ko.md", "b/index.ko.md", "b/index.fr.md", "c.md")
    names = [f"content/{file}" for file in files]
    assert found(folder, LAYOUT, *names, "sources/x.md") == [
        ("a", "content/a/index.en.md"),
        ("b", "content/b/index.ko.md"),
    ]


def test_what_is_ours_or_foreign_is_no_article(folder: Path) -> None:
    """Editions, catalogs, hidden folders and packages are not looked into."""
    layout = LAYOUT.replace("content/**/index.{lang}.md", "**/*.md")
    names = (
        "a.md",
        "editions/b.md",
        "translations/c.md",
        "node_modules/d.md",
        ".e/f.md",
    )
    assert found(folder, layout, *names) == [("a", "a.md")]


def test_hangul_folders_of_a_site(folder: Path) -> None:
    """A pattern finds folders that the disk spells in the other form."""
    layout = LAYOUT.replace("content", unicodedata.normalize("NFC", "글"))
    name = unicodedata.normalize("NFD", "글/광주/index.en.md")
    assert found(folder, layout, name) == [("광주", name)]


def test_a_site_with_linked_folders(folder: Path) -> None:
    """Links to folders outside are a site's own affair; a linked article is not."""
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "index.en.md").write_text("secret")
    (folder / "content" / "a").mkdir(parents=True)
    (folder / "content" / "theme").symlink_to(outside)
    assert found(folder, LAYOUT) == []
    (folder / "content" / "a" / "index.en.md").symlink_to(outside / "index.en.md")
    ((slug, name),) = found(folder, LAYOUT)
    with pytest.raises(FlowError, match="a link that leaves the project"):
        read_article(load(Path()), ArticleFile(slug, Path(name), name))


def test_twins_of_a_site(folder: Path) -> None:
    """a.md beside a.mdx is an error here, too."""
    layout = LAYOUT.replace("index.{lang}.md", "*")
    with pytest.raises(FlowError) as caught:
        found(folder, layout, "content/a.md", "content/a.mdx")
    assert str(caught.value) == (
        "content/a.mdx: two articles have the slug 'a': this and content/a.md; "
        "rename one of them"
    )


def test_the_path_tells_the_language() -> None:
    """Front matter comes first, then the path, then the project."""
    project = settings(LAYOUT)
    path = "here/content/a/index.ko.md"
    assert project.languages_of({}, path) == ("ko", ("en",))
    assert project.languages_of({"lang": "en"}, path) == ("en", ("ko",))
    assert project.languages_of({}, "here/README.md") == ("en", ("ko",))


# --- languages --------------------------------------------------------------


def test_languages_of_an_article() -> None:
    """Front matter says an article's language and targets; else the project does."""
    project = settings('[project]\nlanguages = ["en", "ko", "ja"]\n')
    assert project.languages_of({}, "x") == ("en", ("ko", "ja"))
    assert project.languages_of({"lang": "KO"}, "x") == ("ko", ("en", "ja"))
    assert project.languages_of({"targets": ["ja", "en"]}, "x") == ("en", ("ja",))
    assert project.languages_of({"targets": "ko"}, "x") == ("en", ("ko",))


def test_an_article_in_an_unknown_language() -> None:
    """A language that the project lacks is named with the file."""
    with pytest.raises(FlowError) as caught:
        settings(GOOD).languages_of({"lang": "fr"}, "sources/x.md")
    assert str(caught.value) == (
        "sources/x.md: lang: unknown language 'fr'; the project's languages are en, ko"
    )


# --- slugs and places -------------------------------------------------------

FILES = names("2013/russia", "2014/russia", "gwangju", "opinion/a-long-name")


def test_any_unique_tail_of_a_slug_will_do() -> None:
    """A slug may be shortened from the left, by whole parts."""
    assert find("a-long-name", FILES).slug == "opinion/a-long-name"
    assert find("2013/russia", FILES).slug == "2013/russia"
    with pytest.raises(FlowError):
        find("name", FILES)


def test_a_whole_slug_wins_over_tails() -> None:
    """A slug that is also the tail of another names itself."""
    assert find("russia", names("russia", "2013/russia")).slug == "russia"


def test_an_ambiguous_slug() -> None:
    """A tail of two slugs lists them."""
    with pytest.raises(FlowError) as caught:
        find("russia", FILES)
    assert str(caught.value) == (
        "'russia' fits 2013/russia, 2014/russia; type more of the slug"
    )


def test_an_unknown_slug() -> None:
    """A mistyped slug is answered with what was meant."""
    with pytest.raises(FlowError) as caught:
        find("gwanju", FILES)
    assert str(caught.value) == "no article 'gwanju'; did you mean gwangju?"


def test_an_article_may_be_named_by_its_path(project: Path) -> None:
    """A path that the shell completed is as good as the slug."""
    files = articles(load(Path()))
    assert find("sources/boat.md", files).slug == "boat"
    assert find(str(Path("sources/boat.md").resolve()), files).slug == "boat"


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "../../etc/passwd:1"])
def test_a_slug_outside_the_project(name: str) -> None:
    """Nothing outside the project is an article."""
    with pytest.raises(FlowError, match="is outside the project; articles lie in"):
        place(name, FILES)


IDS = ["k7f2qd", "kab3de", "m2aaaa", "m2aaaa2"]


@pytest.mark.parametrize(
    ("text", "indices"),
    [
        ("gwangju", (0, 1, 2, 3)),
        ("gwangju:2", (1,)),
        ("gwangju:k7", (0,)),
        ("gwangju:m2aaaa", (2,)),
        ("gwangju:4,1-2", (0, 1, 3)),
        ("gwangju:1,k7f", (0,)),
    ],
)
def test_places(text: str, indices: tuple[int, ...]) -> None:
    """A place picks units in document order, each once; a whole id beats a prefix."""
    assert picked(place(text, FILES), IDS) == indices


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "gwangju:9",
            "gwangju has no segment 9; it has 4; see tflow show gwangju",
        ),
        (
            "gwangju:k",
            "'k' fits 2 units of gwangju: k7f2qd, kab3de; type more letters of the id",
        ),
        (
            "gwangju:zz",
            "gwangju has no unit whose id begins 'zz'; see tflow show gwangju",
        ),
        (
            "gwangju:0",
            "'gwangju:0': '0' is no segment; "
            "a place is SLUG, SLUG:7, SLUG:k7f or SLUG:3,5-8",
        ),
        (
            "gwangju:5-3",
            "'gwangju:5-3': '5-3' is no segment; "
            "a place is SLUG, SLUG:7, SLUG:k7f or SLUG:3,5-8",
        ),
        (
            "gwangju:٣",
            "'gwangju:٣': '٣' is no segment; "
            "a place is SLUG, SLUG:7, SLUG:k7f or SLUG:3,5-8",
        ),
    ],
)
def test_places_that_are_none(text: str, message: str) -> None:
    """A place that picks nothing, or too much, says so."""
    with pytest.raises(FlowError) as caught:
        picked(place(text, FILES), IDS)
    assert str(caught.value) == message


def test_a_slug_with_a_colon_is_a_slug() -> None:
    """A slug wins over the grammar of places."""
    assert place("a:7", names("a", "a:7")) == Place(names("a:7")[0])


@given(st.sets(st.integers(1, 40), min_size=1))
def test_any_set_of_numbers_can_be_named(numbers: set[int]) -> None:
    """Numbers joined by commas pick just those segments."""
    text = "gwangju:" + ",".join(map(str, numbers))
    ids = [f"a{n}" for n in range(40)]
    assert picked(place(text, FILES), ids) == tuple(sorted(n - 1 for n in numbers))


@given(st.text(max_size=20))
def test_any_word_is_a_place_or_an_error(text: str) -> None:
    """Whatever is typed, it is a place or one clear error."""
    with suppress(FlowError):
        assert picked(place(text, FILES), IDS)
