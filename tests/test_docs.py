"""What the documentation shows is what happens; ``pages`` plays it in bash, where a
``warm`` process answers to ``tflow``.

python tests/pages.py --update      writes what comes out into the pages
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pages import BLOCK, PAGES, ROOT, WEEKS, Session, begun, day, fits, play, shown

from translate_flow.cli.commands import COMMANDS


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_show_what_happens(page: Path, tmp_path: Path, warm: Path) -> None:
    """Every command in the documentation prints what the documentation says."""
    for step, got in play(page.read_text(), begun(page, tmp_path, warm)):
        assert fits(step.output, got), f"$ {step.command}\n" + "\n".join(got)


@pytest.mark.slow
def test_the_readme_needs_nothing_but_a_shell(tmp_path: Path, warm: Path) -> None:
    """The tour of the README comes out as it says without git, for somebody
    whose name nobody knows, and it is all typed: no file has to be there."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "cat", "mkdir", "rm"):
        (tools / name).symlink_to(shutil.which(name) or name)
    (tools / "tflow").symlink_to(warm / "tflow")
    text = (ROOT / "README.md").read_text()
    assert not [block["path"] for block in BLOCK.finditer(text) if block["path"]]
    newcomer = Session(tmp_path, known=False, path=str(tools))
    assert newcomer.run("command -v git python3 perl") == []
    played = list(play(text, newcomer))
    for step, got in played:
        assert fits(step.output, got), f"$ {step.command}\n" + "\n".join(got)
    typed = [step.command.partition(" ")[0] for step, _ in played]
    assert typed.count("tflow") >= 5


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=str)
def test_pages_can_be_typed_on_any_system(page: Path) -> None:
    """No page edits files with ``sed -i``, which is another command on macOS."""
    assert not re.search(r"\bsed\b.*\s-\w*i\b|\bsed --in-place", page.read_text())


@pytest.mark.parametrize("page", WEEKS, ids=lambda page: page.name)
def test_weeks_lead_to_a_second_release(page: Path) -> None:
    """A week begins with a new project, prints twice, days apart, and is read to its
    end."""
    text = page.read_text()
    printed = set()
    for block in BLOCK.finditer(text):
        for step in shown(block["body"]) if block["kind"] == "console" else ():
            if "--release" in step.command and step.output[0].startswith("editions/"):
                printed.add(day(text[: block.start()]))
    assert text.index("$ tflow init") < text.index("--release")
    assert len(printed) >= 2
    assert text.count("\n") < 300


def test_every_command_is_documented() -> None:
    """Every command has a place in the documentation where it is run."""
    text = "\n".join(page.read_text() for page in PAGES)
    blocks = "\n".join(
        b["body"] for b in BLOCK.finditer(text) if b["kind"] == "console"
    )
    for entry in COMMANDS:
        assert f"tflow {entry.name}" in blocks, f"tflow {entry.name} is not shown"


def test_links_lead_somewhere() -> None:
    """Files that the pages link to, outside of what they show, are there."""
    for page in [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]:
        prose = BLOCK.sub("", page.read_text())
        for target in re.findall(r"\]\(([^)#\s]+)", prose):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_is_short() -> None:
    """The README is read to its end."""
    assert (ROOT / "README.md").read_text().count("\n") < 125
