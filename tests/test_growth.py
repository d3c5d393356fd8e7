"""The work of a command grows with what it works on, and no faster: calls are counted,
so that no clock is asked."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from cProfile import Profile
from pathlib import Path

import pytest
from conftest import Tflow
from editions import edition

from benchmarks import growth
from translate_flow import article, exporters
from translate_flow.article import Article
from translate_flow.edition import arranged
from translate_flow.flow import drafting
from translate_flow.project import ArticleFile
from translate_flow.project.places import shortest


def calls(work: Callable[[], object]) -> int:
    """Return how many calls of functions some work takes, those of C included."""
    counting = Profile()
    counting.runcall(work)
    return sum(entry.callcount for entry in counting.getstats())


@pytest.mark.parametrize("command", ["status", "drift"])
def test_what_is_drawn_grows_with_the_articles(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tflow: Tflow
) -> None:
    """What a list for people costs beside its JSON is four times as much for four times
    the articles."""
    drawn = []
    for size in (10, 40):
        root = tmp_path / str(size)
        root.mkdir()
        growth.articles(root, size)
        monkeypatch.chdir(root)
        tflow(command)
        json = calls(lambda: tflow(command, "--json"))
        drawn.append(calls(lambda: tflow(command)) - json)
    assert drawn[1] < 4.4 * drawn[0]


@pytest.mark.parametrize("act", ["accept", "sign"])
def test_an_act_on_a_whole_article_grows_with_its_segments(
    act: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tflow: Tflow
) -> None:
    """Four times the segments take at most five times the work."""
    accept = ("accept", "long", "--unread", "--by", "mina")
    words = accept if act == "accept" else ("sign", "long", "--by", "bob")
    found = []
    for size in (10, 60, 240):
        root = tmp_path / str(size)
        root.mkdir()
        growth.segments(root, size)
        monkeypatch.chdir(root)
        if act == "sign":
            tflow(*accept)
        found.append(calls(lambda: tflow(*words)))
    assert found[2] < 5 * found[1]


def chained(n: int) -> str:
    """Return an article of footnotes that mention one another."""
    notes = (f"[^{i}]: Note {i} goes on.[^{i + 1}]\n\n" for i in range(n))
    return f"Text.[^0]\n\n{''.join(notes)}[^{n}]: The last.\n"


def rows(n: int) -> str:
    """Return an article with a table of many rows."""
    return "| Boat | Hour |\n|---|---|\n" + "| Ferry of the island | 6 |\n" * n


def marks(n: int) -> str:
    """Return an article that mentions one footnote many times."""
    return "The boat is late.[^a]\n\n" * n + "[^a]: It was the wind.\n"


@pytest.mark.parametrize("form", ["html", "md", "email", "docx"])
@pytest.mark.parametrize("article", [chained, rows, marks])
def test_an_edition_grows_with_its_article(
    article: Callable[[int], str], form: str
) -> None:
    """Four times the notes, marks or rows take at most five times the work, once all
    is loaded."""
    found = []
    for size in (2, 2, 20, 80):
        made = arranged(edition(article(size), {}, {}, proof=False), "source")
        found.append(calls(lambda made=made: exporters.export(made, form)))
    _, least, more, most = found
    assert most - least < 5 * (more - least)


def test_each_article_has_its_shortest_name() -> None:
    """The shortest tail that fits nothing else and cannot be taken for a place; where
    there is none, the slug."""
    slugs = ("a/x", "b/x", "a/b/y", "c/z:1", "c", "d/c")
    files = [ArticleFile(slug, Path(slug), slug) for slug in slugs]
    assert [*shortest(files).items()] == [
        ("a/x", "a/x"), ("b/x", "b/x"), ("a/b/y", "y"), ("c/z:1", "c/z:1"),
        ("c", "c"), ("d/c", "d/c"),
    ]  # fmt: skip


def test_a_moved_folder_grows_with_its_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tflow: Tflow
) -> None:
    """Four times the articles under another name take about four times the work, though
    all of them say some of the same."""
    found = []
    for size in (2, 10, 40):
        root = tmp_path / str(size)
        root.mkdir()
        growth.moved(root, size)
        monkeypatch.chdir(root)
        found.append(calls(lambda: tflow("sync", "--json")))
        assert len(list(root.glob("translations/ko/new/*.po"))) == size
    assert found[2] < 4.4 * found[1]


def test_what_stayed_is_read_once_beside_an_orphan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tflow: Tflow
) -> None:
    """One catalog without an article makes no other article be read twice."""
    growth.articles(tmp_path, 8)
    monkeypatch.chdir(tmp_path)
    tflow("sync")
    read: list[str] = []
    really = article.parse

    def parse(text: str, *, name: str, **more: object) -> Article:
        read.append(name)
        return really(text, name=name, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("translate_flow.article.parse", parse)
    tflow("status")
    once = len(read)
    Path("sources/part0/week7/article7.md").unlink()
    Path(".tflow/index.json").unlink()
    read.clear()
    tflow("status")
    assert len(read) == once - 1


def test_what_was_typed_elsewhere_grows_with_its_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tflow: Tflow
) -> None:
    """However many translations were typed in another editor, git is started as often,
    and the work grows with them."""
    started: list[object] = []
    really = subprocess.Popen

    class Popen(really):  # type: ignore[type-arg]
        def __init__(self, words: object, *rest: object, **more: object) -> None:
            started.append(words)
            super().__init__(words, *rest, **more)  # type: ignore[call-overload]

    found = []
    for size in (5, 20, 80):
        root = tmp_path / str(size)
        root.mkdir()
        growth.typed(root, size)
        monkeypatch.chdir(root)
        started.clear()
        with monkeypatch.context() as patched:
            patched.setattr(subprocess, "Popen", Popen)
            work = calls(lambda: tflow("sync", "--json"))
        told = tflow("show", "--json").json["units"]
        assert {unit["state"] for unit in told} == {"translated"}
        found.append((len(started), work))
    assert found[0][0] == found[1][0] == found[2][0] > 0
    assert found[2][1] - found[1][1] < 5 * (found[1][1] - found[0][1])


def test_a_long_article_is_saved_a_bounded_number_of_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tflow: Tflow
) -> None:
    """Each save reads the article again: four times the segments make no more saves,
    and all drafts land."""
    growth.empty(tmp_path, 160)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(drafting, "SAVE_COUNT", 2)
    saved: list[object] = []
    really = drafting.land

    def land(*words: object) -> object:
        saved.append(words)
        return really(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(drafting, "land", land)
    tflow("draft", "long", "--engine", "pseudo")
    assert drafting.SAVES / 2 < len(saved) <= drafting.SAVES + 1
    told = tflow("show", "long", "--json").json["units"]
    assert {unit["state"] for unit in told} == {"draft"}
