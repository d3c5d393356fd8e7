"""What the documentation shows is what happens.

A block marked ``console`` is played: lines that begin with ``$`` are run, those below
them must be what comes out; a line ``...`` stands for any lines. A block whose mark has
a second word, such as ``markdown russia.md``, is a file that is there from then on. All
blocks of a page are one session in one folder.

    python tests/test_docs.py      writes what comes out into the pages
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from translate_flow.cli import COMMANDS

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md")])
BLOCK = re.compile(
    r"^```(?P<kind>\w+)(?:[ ]+(?P<path>\S+))?\n(?P<body>.*?)^```$", re.M | re.S
)
NOON = "1795510800"
"""24 November 2026, so that dates in the pages stay."""


@dataclass(frozen=True)
class Shown:
    """A command in a page and what it says it prints."""

    command: str
    output: tuple[str, ...]


def shown(body: str) -> Iterator[Shown]:
    """Yield the commands of a console block."""
    for part in re.split(r"^\$ ", body, flags=re.M)[1:]:
        command, *output = part.rstrip("\n").split("\n")
        while command.endswith("\\") and output:
            command = f"{command}\n{output.pop(0)}"
        yield Shown(command, tuple(output))


def git_settings(*, user: str, email: str) -> dict[str, str]:
    """Return an environment that tells git who works here."""
    values = {"user.name": user, "user.email": email, "init.defaultBranch": "main"}
    found = {"GIT_CONFIG_COUNT": str(len(values))}
    for n, (key, value) in enumerate(values.items()):
        found |= {f"GIT_CONFIG_KEY_{n}": key, f"GIT_CONFIG_VALUE_{n}": value}
    return found


def run(command: str, folder: Path) -> list[str]:
    """Run a command line as somebody at a terminal of 80 columns would."""
    environ = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "80",
        "SOURCE_DATE_EPOCH": NOON,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        **git_settings(user="Mina", email="mina@example.org"),
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout.rstrip("\n").split("\n") if done.stdout.strip() else []


def fits(wanted: Sequence[str], got: Sequence[str]) -> bool:
    """Whether lines are those wanted, where ``...`` stands for any number of them."""
    if not wanted:
        return not got
    if wanted[0] == "...":
        return any(fits(wanted[1:], got[n:]) for n in range(len(got) + 1))
    return bool(got) and wanted[0] == got[0] and fits(wanted[1:], got[1:])


def play(text: str, folder: Path) -> Iterator[tuple[Shown, list[str]]]:
    """Play a page; yield each command with what really came out."""
    for block in BLOCK.finditer(text):
        if block["path"]:
            path = folder / block["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["body"])
        elif block["kind"] == "console":
            for step in shown(block["body"]):
                yield step, run(step.command, folder)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_show_what_happens(page: Path, tmp_path: Path) -> None:
    """Every command in the documentation prints what the documentation says."""
    for step, got in play(page.read_text(), tmp_path):
        assert fits(step.output, got), f"$ {step.command}\n" + "\n".join(got)


def test_every_command_is_documented() -> None:
    """Every command has a place in the documentation where it is run."""
    text = "\n".join(page.read_text() for page in PAGES)
    blocks = "\n".join(
        b["body"] for b in BLOCK.finditer(text) if b["kind"] == "console"
    )
    for entry in COMMANDS:
        assert f"tflow {entry.name}" in blocks, f"tflow {entry.name} is not shown"


def test_links_lead_somewhere() -> None:
    """Files that the pages link to are there."""
    for page in [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text()):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_is_short() -> None:
    """The README is read to its end."""
    assert (ROOT / "README.md").read_text().count("\n") < 100


def update(page: Path) -> None:
    """Write what really comes out into a page, but where it says ``...``."""
    text = page.read_text()
    with tempfile.TemporaryDirectory() as folder:
        played = iter(list(play(text, Path(folder))))

    def rewritten(block: re.Match[str]) -> str:
        if block["path"] or block["kind"] != "console":
            return block[0]
        lines = [line for _ in shown(block["body"]) for line in _now(*next(played))]
        return "\n".join(["```console", *lines, "```"])

    page.write_text(BLOCK.sub(rewritten, text))


def _now(step: Shown, got: Sequence[str]) -> list[str]:
    output = step.output if fits(step.output, got) else got
    return [f"$ {step.command}", *output]


if __name__ == "__main__":
    for changed in PAGES:
        update(changed)
