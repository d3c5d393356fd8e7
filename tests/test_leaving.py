"""Projects that strangers made: whatever lies in one, nothing outside of it is read,
written or deleted, and nothing in git's folder is changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import BOAT, Once, Tflow

from translate_flow.cli import main
from translate_flow.errors import FlowError
from translate_flow.files import inside
from translate_flow.project import load

SECRET = "a word that nobody may know"
KO = "translations/ko/boat.po"
EVERYTHING = (
    "status", "show", "drift", "check", "sync", "set boat:3 배 --by mina",
    "export --format md,html", "draft --all --engine pseudo",
    "glossary find boat", "glossary add boat 배", "tm search boat", "tm import x.tmx",
    "git install", "accept boat --unread --by mina", "sign boat --by bob",
    "export --release boat", "export --format md --layout target", "mv boat ship",
)  # fmt: skip
"""Commands that read and write wherever a project has files."""

Plant = Callable[[Path, Path], object]


def linked(name: str, target: str) -> Plant:
    """Put a link into a project, in place of what is there."""

    def plant(project: Path, outside: Path) -> None:
        path = project / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(outside / target)

    return plant


def settings(text: str, *plants: Plant) -> Plant:
    """Let a project have settings, and something besides."""

    def plant(project: Path, outside: Path) -> None:
        path = project / "translate_flow.toml"
        path.write_text(path.read_text() + text)
        for one in plants:
            one(project, outside)

    return plant


def listed(*, folders: str = "", **row: str | None) -> Plant:
    """Put a command into the journal that nobody gave."""

    def plant(project: Path, outside: Path) -> None:
        entry = project / ".tflow/undo/999999"
        entry.mkdir(parents=True)
        key = str(row["key"]).format(outside=outside)
        before, after = row["before"], row["after"]
        before = before and before.format(outside=outside)
        (entry / "0.before").write_text("touch /tmp/x\n")
        if after and (project / after).is_file():
            after = hashlib.sha256((project / after).read_bytes()).hexdigest()
        told = {"command": "x", "files": {key: {"before": before, "after": after}}}
        told |= {"folders": [folders]} if folders else {}
        (entry / "files.json").write_text(json.dumps(told))

    return plant


OUTPUT = (
    '[layout]\nsources = "content/en/**/*.md"\noutput = "content/{lang}/{path}.md"\n'
)

ATTACKS: dict[str, Plant] = {
    "template": linked("templates/edition.html", "secret.html"),
    "all templates": linked("templates", "templates"),
    "sources": linked("sources", "sources"),
    "translations": linked("translations", "translations"),
    "a language": linked("translations/ko", "translations/ko"),
    "catalog": linked(KO, "secret.po"),
    "catalog that is to be": linked(KO, "new.po"),
    "releases": linked("translations/releases", "empty"),
    "release": linked("translations/releases/boat.toml", "new.toml"),
    "glossary": linked("translations/glossary.csv", "secret.csv"),
    "glossary that is to be": linked("translations/glossary.csv", "new.csv"),
    "memories": linked("translations/memory", "empty"),
    "editions": linked("editions", "empty"),
    "edition": linked("editions/boat.en-ko.html", "new.html"),
    "edition in Markdown": linked("editions/boat.en-ko.md", "new.md"),
    "private folder": linked(".tflow", "empty"),
    "journal": linked(".tflow/undo", "empty"),
    "journal of one": linked(".tflow/undo/000007", "undo"),
    "record of editions": linked(".tflow/editions.json", "secret.json"),
    "answers": linked(".tflow/answers.sqlite", "secret.sqlite"),
    "memory": linked(".tflow/memory.sqlite", "secret.sqlite"),
    "ignored": linked(".tflow/.gitignore", "new.txt"),
    "attributes": linked(".gitattributes", "secret.md"),
    "settings": linked("translate_flow.toml", "settings.toml"),
    "sources of a site": settings(OUTPUT, linked("content", "site")),
    "undo writes": listed(key="../outside/profile", before="0.before", after="x"),
    "undo writes whole paths": listed(
        key="{outside}/profile", before="0.before", after="x"
    ),
    "undo writes below": listed(
        key="sources/../../outside/profile", before="0.before", after="x"
    ),
    "undo writes hooks": listed(
        key=".git/hooks/post-commit", before="0.before", after="x"
    ),
    "undo writes hooks otherwise": listed(
        key=".GIT/hooks/post-commit", before="0.before", after="x"
    ),
    "undo writes git's settings": listed(
        key=".git/config", before="0.before", after=".git/config"
    ),
    "undo reads": listed(key="x.md", before="{outside}/secret.md", after="x"),
    "undo reads above": listed(
        key="x.md", before="../../../../outside/secret.md", after="x"
    ),
    "undo deletes": listed(
        key="../outside/secret.md", before=None, after="../outside/secret.md"
    ),
    "undo removes": listed(
        key="x.md", before="0.before", after="x", folders="../outside/empty"
    ),
    "undo through a link": lambda project, outside: (
        linked("sources/more", "empty")(project, outside),
        listed(key="sources/more/x.md", before="0.before", after="x")(project, outside),
    ),
}


def tree(folder: Path) -> dict[str, bytes]:
    """Return everything below a folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        found[name] = path.read_bytes() if path.is_file() else b""
    return found


@pytest.fixture
def outside(project: Path, tflow: Tflow, once: Once) -> Path:
    """What belongs to the user, beside a project that somebody else has made."""
    once(lambda: beside(project, tflow))
    home = project.parent / "outside"
    (project / "outside").rename(home)
    return home


def beside(project: Path, tflow: Tflow) -> None:
    """Arrange the project and, in it until it is moved, what is to stand beside it."""
    subprocess.run(["git", "init", "--quiet"], check=True)
    (project / "content/en").mkdir(parents=True)
    (project / "content/en/boat.md").write_text(BOAT)
    tflow("sync")
    tflow("set", "boat:3", "비밀", "--by", "mina")
    home = project / "outside"
    shutil.copytree("translations", home / "translations")
    shutil.copytree("sources", home / "sources")
    shutil.copytree("sources", home / "site/en")
    text = Path(KO).read_text().replace("비밀", SECRET)
    (home / "secret.po").write_text(text)
    (home / "translations/ko/boat.po").write_text(text)
    for name in ("sources/boat.md", "site/en/boat.md", "secret.md"):
        (home / name).write_text(f"# Boat\n\n{SECRET}\n")
    (home / "templates").mkdir()
    for name in ("secret.html", "templates/edition.html"):
        (home / name).write_text(f"<p>{SECRET}</p>")
    (home / "secret.csv").write_text(f"en,ko\nboat,{SECRET}\n")
    (home / "secret.json").write_text("{}")
    (home / "settings.toml").write_text(f'["{SECRET}"]\n')
    (home / "empty").mkdir()
    (home / "undo").mkdir()
    told = {"command": SECRET, "files": {}}
    (home / "undo/files.json").write_text(json.dumps(told))
    file = sqlite3.connect(home / "secret.sqlite")
    file.execute("CREATE TABLE cookies (name)")
    file.close()
    shutil.rmtree(".tflow")
    Path("x.tmx").write_text(
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>A '
        'boat.</seg></tuv><tuv xml:lang="ko"><seg>배.</seg></tuv></tu></body></tmx>'
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_outside_is_touched(
    project: Path,
    outside: Path,
    attack: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What lies outside stays as it is and unknown, and so does git's own."""
    ATTACKS[attack](project, outside)
    before, gits = tree(outside), tree(project / ".git")
    capsys.readouterr()
    undone = "undo" in attack or "of one" in attack
    for command in ("undo", "status") if undone else EVERYTHING:
        assert main(["--yes", *command.split()]) in (0, 1, 2), command
    said = "".join(capsys.readouterr())
    assert tree(outside) == before
    now = tree(project / ".git")
    assert {name: now[name] for name in gits if name != "config"} == {
        name: data for name, data in gits.items() if name != "config"
    }
    assert set(now) == set(gits)
    assert not (project / ".GIT").exists()
    assert now["config"].startswith(gits["config"])
    assert SECRET not in said
    for path in project.rglob("*"):
        if path.resolve().is_relative_to(project) and path.is_file():
            assert SECRET.encode() not in path.read_bytes(), path


def test_one_link_stops_no_other_article(
    project: Path, outside: Path, tflow: Tflow
) -> None:
    """An article or a catalog that is a link out of the project is told, and the rest
    is done."""
    linked("sources/more.md", "secret.md")(project, outside)
    (project / "sources/third.md").write_text("# Third\n\nAnother text.\n")
    linked("translations/ko/third.po", "secret.po")(project, outside)
    told = tflow("status", "--json", code=2).json
    assert [one["slug"] for one in told["articles"]] == ["boat"]
    files = [one["file"] for one in told["errors"]]
    assert files == ["sources/more.md", "translations/ko/third.po"]
    assert all("leaves the project" in one["message"] for one in told["errors"])


def test_links_that_stay(project: Path, tflow: Tflow) -> None:
    """A link from one place of the project to another is as good as the file."""
    (project / "texts").mkdir()
    (project / "sources/boat.md").rename(project / "texts/boat.md")
    (project / "sources/boat.md").symlink_to("../texts/boat.md")
    (project / "catalogs").mkdir()
    (project / "translations").symlink_to("catalogs")
    tflow("sync")
    tflow("set", "boat:3", "배", "--by", "mina")
    assert (project / "catalogs/ko/boat.po").is_file()
    assert (project / "sources/boat.md").is_symlink()


def test_a_project_reached_by_a_link(
    project: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The project's own folder may be a link, wherever its files really lie."""
    way = project.parent / "way"
    way.symlink_to(project)
    monkeypatch.chdir(project.parent)
    for named in ("way", str(way), "here/../way"):
        tflow("--project", named, "sync")
        tflow("--project", named, "set", "boat:3", "배", "--by", "mina")
        tflow("--project", named, "undo")
    assert (project / KO).is_file()


def test_a_place_that_the_user_names(project: Path, tflow: Tflow) -> None:
    """Editions go outside where the user says so; undo leaves them there and tells."""
    tflow("sync")
    away = project.parent / "away"
    tflow("export", "--format", "md", "-o", str(away))
    assert (away / "boat.en-ko.md").is_file()
    told = tflow("undo", "--json").json
    assert told["left"] == ["../away/boat.en-ko.md"]
    assert (away / "boat.en-ko.md").is_file()


def test_a_private_folder_in_git(project: Path, tflow: Tflow) -> None:
    """What git brought along as ours is not believed; one line says what to do."""
    subprocess.run(["git", "init", "--quiet"], check=True)
    tflow("sync")
    subprocess.run(["git", "add", "--force", ".tflow"], check=True)
    for command in (["sync"], ["undo"], ["set", "boat:3", "배", "--by", "mina"]):
        error = tflow(*command, code=2).err
        assert "git rm -r --cached .tflow" in error
        assert error.count("\n") == 1
    tflow("status")
    subprocess.run(["git", "rm", "-rq", "--cached", ".tflow"], check=True)
    tflow("undo")


def test_paths_that_are_no_paths(project: Path) -> None:
    """A name that no file can have is bad input, wherever it comes from."""
    load(Path())
    for name in ("a\0b", "sources/\0", ".tflow/undo/\0.before"):
        with pytest.raises(FlowError):
            inside(project / name)
    assert inside(Path(os.devnull)) == Path(os.devnull)
