"""A proof never takes a release's place."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Once, Tflow, Write

FORMATS = "html,md,docx,email"
LAYOUTS = "facing,interleaved,target"


@pytest.fixture
def released(folder: Path, write: Write, tflow: Tflow, once: Once) -> Path:
    """An article whose readers have it in every format and layout, as a site and as a
    tree; its source was edited since."""

    @once
    def arrange() -> None:
        write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
        write("sources/a.md", "---\ntitle: T\n---\n\nText.\n")
        tflow("set", "a:1", "제목")
        tflow("set", "a:2", "글.")
        tflow(*("export", "a", "--format", FORMATS, "--layout", LAYOUTS, "--release"))
        tflow("export", "--all", "--site", "public", "--release")
        tflow("export", "--all", "--site", "tree", "--for", "hugo", "--release")
        write("sources/a.md", "---\ntitle: T\n---\n\nNo text.\n")

    return folder


def held(*folders: str) -> dict[Path, bytes]:
    """Return all files below folders."""
    found = (path for name in folders for path in Path(name).rglob("*"))
    return {path: path.read_bytes() for path in found if path.is_file()}


def test_a_proof_stands_beside_the_release(released: Path, tflow: Tflow) -> None:
    """In every format and layout it has a name of its own, also when it is made again
    and with --force; the next release takes its place again."""
    before = held("editions")
    words = ("export", "a", "--format", FORMATS, "--layout", LAYOUTS)
    done = tflow(*words, "--json").json["editions"]
    assert len(done) == len(before) == 11
    assert all(".proof." in one["path"] for one in done)
    tflow(*words, "--force")
    after = held("editions")
    assert before.items() <= after.items()
    assert len(after) == 2 * len(before)
    assert Path("editions/a.en-ko.interleaved.proof.html") in after
    assert Path("editions/a.ko.proof.email.html") in after
    tflow("sync")
    tflow("set", "a:2", "글이 아니다.")
    tflow("export", "a", "--format", "html", "--release")
    assert "글이 아니다." in Path("editions/a.en-ko.html").read_text()


def test_where_no_release_stands_a_proof_may(released: Path, tflow: Tflow) -> None:
    """A release that was deleted, or another folder, leaves room."""
    Path("editions/a.en-ko.html").unlink()
    tflow("export", "a", "--format", "html")
    assert "No text." in Path("editions/a.en-ko.html").read_text()
    tflow("export", "a", "--format", "html", "-o", "elsewhere")
    assert Path("elsewhere/a.en-ko.html").is_file()


@pytest.mark.parametrize("place", [("public",), ("tree", "--for", "hugo")])
@pytest.mark.parametrize("clone", [False, True])
def test_a_proof_of_a_site_is_refused_there(
    released: Path, tflow: Tflow, place: tuple[str, ...], clone: bool
) -> None:
    """Pages, index and feeds that readers have stay as they are, in a clone, too."""
    if clone:
        Path(".tflow/editions.json").unlink()
    before = held("public", "tree")
    for more in ((), ("--force",)):
        done = tflow("export", "--all", "--site", *place, *more, code=1)
        assert "readers have it: a proof never takes the place" in done.err
    assert held("public", "tree") == before
