"""Which catalogs no article has any more: a stranger's links and names are no reason to
look outside the project."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from translate_flow.files import keep_inside
from translate_flow.history.left import Left
from translate_flow.history.repository import Repository

CATALOG = 'msgid ""\nmsgstr ""\n"X-Tflow-Source: {}\\n"\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with an article, and beside it what is not its own."""
    project, other = tmp_path / "project", tmp_path / "other"
    for folder in (project / "sources", project / "translations/ko", other / "ko"):
        folder.mkdir(parents=True)
    (project / "sources/boat.md").write_text("The boat.\n")
    (other / "secret.md").write_text("A secret.\n")
    (other / "ko/boat.po").write_text(CATALOG.format("sources/boat.md"))
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    keep_inside(project)
    return project


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("sources/boat.md", False),
        ("sources/ship.md", True),
        ("../other/secret.md", True),
        ("sources/../../other/secret.md", True),
        ("{tmp}/other/secret.md", True),
    ],
)
def test_a_catalog_is_left_where_its_project_has_no_such_article(
    project: Path, source: str, left: bool
) -> None:
    """Whatever a catalog names outside its repository, that is no article of it."""
    text = CATALOG.format(source.format(tmp=project.parent))
    (project / "translations/ko/boat.po").write_text(text)
    assert Left(Repository(project)).has("translations/ko/boat.po") is left


@pytest.mark.parametrize("linked", ["translations/ko/boat.po", "translations/ko"])
def test_no_link_is_followed_out_of_the_project(project: Path, linked: str) -> None:
    """A catalog that lies elsewhere, behind a link of a file or of a folder, is none:
    what it says is not read."""
    if (project / linked).is_dir():
        (project / linked).rmdir()
    target = project.parent / linked.replace("translations", "other")
    (project / linked).symlink_to(target)
    assert (project / "translations/ko/boat.po").is_file()
    assert Left(Repository(project)).has("translations/ko/boat.po")
