"""What the documentation shows is what happens; ``pages`` plays it.

python tests/pages.py --update      writes what comes out into the pages
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pages import BLOCK, PAGES, ROOT, WEEKS, day, fits, play, shown

from translate_flow.cli import COMMANDS


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_show_what_happens(page: Path, tmp_path: Path) -> None:
    """Every command in the documentation prints what the documentation says."""
    for step, got in play(page.read_text(), tmp_path):
        assert fits(step.output, got), f"$ {step.command}\n" + "\n".join(got)


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
    assert (ROOT / "README.md").read_text().count("\n") < 100
