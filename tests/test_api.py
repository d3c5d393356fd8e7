"""What ``import translate_flow`` promises to programs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Write

import translate_flow as tf
from translate_flow import api

PAGE = Path(__file__).parent.parent / "docs" / "python.md"
BOAT = "# The harbour\n\nThe boat leaves at nine.\n"


@pytest.fixture
def workspace(project: Path, write: Write) -> tf.Workspace:
    """A project with one article."""
    write("sources/boat.md", BOAT)
    return tf.open(project, today="2026-11-30")


def test_every_promised_name_is_there_and_described() -> None:
    """Both lists of names are one; the page tells of each."""
    assert tf.__all__ == api.__all__
    told = PAGE.read_text("utf-8")
    for name in tf.__all__:
        assert getattr(tf, name) is getattr(api, name)
        assert f"`{name}" in told, name
    assert set(tf.__all__) <= set(dir(tf))
    with pytest.raises(AttributeError, match="no attribute 'utils'"):
        tf.utils  # noqa: B018


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    """The package alone costs a command line nothing; two promised names hide modules,
    in whatever order things are loaded."""
    code = (
        "import sys, translate_flow as tf\n"
        "assert 'translate_flow.api' not in sys.modules\n"
        "import translate_flow.history\n"
        "assert callable(tf.sync) and callable(tf.edition)\n"
        "from translate_flow.sync.flipping import spelled\n"
        "from translate_flow import sync, edition\n"
        "assert callable(sync) and callable(edition)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_project_is_found_from_below_and_told_if_there_is_none(
    workspace: tf.Workspace, tmp_path: Path
) -> None:
    """Any folder of a project opens it; elsewhere that is the one error."""
    assert tf.open(workspace.root / "sources").root == workspace.root
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with pytest.raises(tf.FlowError, match=r"no translate_flow\.toml here"):
        tf.open(elsewhere)


def test_a_workspace_acts_as_the_command_line_does(workspace: tf.Workspace) -> None:
    """Set, drift, sync, accept, export: files are written, undone as any command."""
    assert "boat" in workspace.articles()
    assert workspace.set("boat:1", "항구", by="mina") == ()
    workspace.set("boat:2", "배는 아홉 시에 떠난다.", by="mina")
    states = [pair.state for pair in workspace.translation("boat").pairs]
    assert states == [tf.State.TRANSLATED, tf.State.TRANSLATED]

    article = workspace.root / "sources" / "boat.md"
    article.write_text(BOAT.replace("nine", "ten"))
    (unit,) = workspace.drift("boat")
    assert (unit.n, unit.drift.classes) == (2, ("number",))
    catalog = workspace.root / "translations" / "ko" / "boat.po"
    before = catalog.read_bytes()
    assert [change.action for change in workspace.sync(check=True)] == ["drifted"]
    assert catalog.read_bytes() == before
    workspace.sync("boat")
    assert workspace.accept("boat:2", by="mina") == 1
    (standing,) = workspace.status("boat")
    assert standing.states == {tf.State.TRANSLATED: 2}
    done = workspace.export("boat", formats=["md"], layouts=["target"])
    assert [one.path.name for one in done.editions] == ["boat.ko.md"]


def test_what_the_command_line_refuses_is_refused(workspace: tf.Workspace) -> None:
    """No place, an unknown one, no text: each is an error that says what to do."""
    with pytest.raises(tf.FlowError, match="which translations"):
        workspace.accept()
    with pytest.raises(tf.FlowError, match="ship"):
        workspace.set("ship:1", "배", by="mina")
    with pytest.raises(tf.FlowError, match="is not translated into fr"):
        workspace.translation("boat", "fr")


def test_a_machine_leaves_drafts(workspace: tf.Workspace) -> None:
    """Whoever opens a project as a machine accepts nothing in it."""
    machine = tf.open(workspace.root, machine="claude")
    machine.set("boat:2", "배는 아홉 시에 떠난다.")
    pair = workspace.translation("boat").pair(2)
    assert pair.state is tf.State.DRAFT
    assert pair.unit.mark is not None
    assert pair.unit.mark.origin == "claude"
    for act in (
        lambda: machine.accept("boat:2"),
        lambda: machine.set("boat:2", "배", by="mina"),
        lambda: machine.export("boat", release=True),
    ):
        with pytest.raises(tf.FlowError, match="claude is a machine"):
            act()


def test_the_core_needs_no_project() -> None:
    """Texts in, values and texts out; what is written reads back as it was."""
    article = tf.parse(BOAT)
    catalog = tf.sync(
        article, tf.new_catalog("boat.md", "en", "ko"), today="2026-11-30"
    ).catalog
    assert tf.read_catalog(tf.write_catalog(catalog)) == catalog
    unit = tf.take(catalog.units[0], "항구", by="mina", today="2026-11-30")
    assert unit.target == "항구"
    page = tf.export(tf.edition(article, catalog, proof=True), "html")
    assert isinstance(page, str)
    assert "The harbour" in page
    with pytest.raises(tf.FlowError, match="unknown format"):
        tf.export(tf.edition(article, catalog), "doc")
