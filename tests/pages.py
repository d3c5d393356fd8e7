"""Pages of documentation, played: what they show is what happens.

A block marked ``console`` is played: lines that begin with ``$`` are run, those below
them must be what comes out; a line ``...`` stands for any lines. A block whose mark has
a second word, such as ``markdown russia.md``, is a file that is there from then on. All
blocks of a page are one session in one folder. A heading with a date in it, such as
``## Monday, 23 November 2026``, is the day of what follows it.

    python tests/pages.py PAGE…      plays pages with the tflow on PATH, on any machine
    python tests/pages.py --update   writes what comes out into all pages
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
WEEKS = sorted(ROOT.glob("docs/weeks/*.md"))
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md"), *WEEKS])
BLOCK = re.compile(
    r"^```(?P<kind>\w+)(?:[ ]+(?P<path>\S+))?\n(?P<body>.*?)^```$", re.M | re.S
)
DAY = re.compile(r"^## .*?(?P<day>\d{1,2} [A-Z][a-z]+ \d{4})$", re.M)
NOON = 1795510800
"""24 November 2026, so that dates in the pages stay."""

GIT = "[user]\nname = Mina\nemail = mina@example.org\n[init]\ndefaultBranch = main\n"
OWN = '[user]\nname = "Mina"\n'
"""What git and tflow know of the person at the beginning of a page; a page may tell
them another name. A newcomer who reads the README has told nobody yet."""
NEWCOMER = ("README.md",)
OURS = str(Path(sys.executable).parent)
NOT_OURS = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "TFLOW_BY")


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


@dataclass
class Session:
    """Somebody at a terminal of 80 columns, in a room of his own: a home, and a project
    to begin in."""

    room: Path
    known: bool = True
    """Whether git and tflow have been told who it is."""

    path: str = os.pathsep.join((OURS, os.environ["PATH"]))
    """Where commands are found."""

    def __post_init__(self) -> None:
        self.folder = self.room / "project"
        self.home = self.room / "home"
        for folder in (self.folder, self.home, self.room / "tmp"):
            folder.mkdir()
        if self.known:
            own = self.home / ".config" / "translate_flow" / "settings.toml"
            own.parent.mkdir(parents=True)
            own.write_text(OWN, "utf-8")
            (self.home / ".gitconfig").write_text(GIT, "utf-8")

    def run(self, command: str, noon: int = NOON) -> list[str]:
        """Run a command line, in the folder to which the last one went.

        :param noon: of the day that it is, in seconds since 1970.
        """
        environ = {
            **{k: v for k, v in os.environ.items() if k not in NOT_OURS},
            "PATH": self.path,
            "HOME": str(self.home),
            "TMPDIR": str(self.room / "tmp"),
            "COLUMNS": "80",
            "SOURCE_DATE_EPOCH": str(noon),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": str(self.home / ".gitconfig"),
            "GIT_AUTHOR_DATE": f"{noon} +0000",
            "GIT_COMMITTER_DATE": f"{noon} +0000",
        }
        there = self.room / "there"
        done = subprocess.run(
            ["bash", "-c", f"{command}\npwd >{shlex.quote(str(there))}"],
            cwd=self.folder,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if there.exists():
            self.folder = Path(there.read_text().rstrip("\n"))
        return done.stdout.rstrip("\n").split("\n") if done.stdout.strip() else []


def fits(wanted: Sequence[str], got: Sequence[str]) -> bool:
    """Whether lines are those wanted, where ``...`` stands for any number of them."""
    if not wanted:
        return not got
    if wanted[0] == "...":
        return any(fits(wanted[1:], got[n:]) for n in range(len(got) + 1))
    return bool(got) and wanted[0] == got[0] and fits(wanted[1:], got[1:])


def play(text: str, session: Session) -> Iterator[tuple[Shown, list[str]]]:
    """Play a page; yield each command with what came out."""
    start = session.folder
    for block in BLOCK.finditer(text):
        if block["path"]:
            path = start / block["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["body"], "utf-8")
        elif block["kind"] == "console":
            noon = day(text[: block.start()])
            for step in shown(block["body"]):
                yield step, session.run(step.command, noon)


def begun(page: Path, room: Path, *tools: Path) -> Session:
    """Return the session of who reads a page.

    :param tools: folders with commands, before all others.
    """
    path = os.pathsep.join((*map(str, tools), OURS, os.environ["PATH"]))
    return Session(room, known=page.name not in NEWCOMER, path=path)


def day(before: str) -> int:
    """Return noon of the day that the last dated heading names."""
    named = DAY.findall(before)
    if not named:
        return NOON
    date = datetime.strptime(f"{named[-1]} 12", "%d %B %Y %H").replace(tzinfo=UTC)
    return int(date.timestamp())


def update(page: Path) -> None:
    """Write what really comes out into a page, but where it says ``...``."""
    text = page.read_text()
    with tempfile.TemporaryDirectory() as folder:
        played = iter(list(play(text, begun(page, Path(folder)))))

    def rewritten(block: re.Match[str]) -> str:
        if block["path"] or block["kind"] != "console":
            return block[0]
        lines = [line for _ in shown(block["body"]) for line in _now(*next(played))]
        return "\n".join(["```console", *lines, "```"])

    page.write_text(BLOCK.sub(rewritten, text))


def _now(step: Shown, got: Sequence[str]) -> list[str]:
    output = step.output if fits(step.output, got) else got
    return [f"$ {step.command}", *output]


def played_through(page: Path) -> bool:
    """Play a page with the tflow on PATH; print what is other than it says."""
    right = True
    with tempfile.TemporaryDirectory() as folder:
        for step, got in play(page.read_text("utf-8"), begun(page, Path(folder))):
            if not fits(step.output, got):
                print(f"{page.name}: $ {step.command}", *got, sep="\n")
                right = False
    print(f"{page.name}: {'as it says' if right else 'NOT as it says'}")
    return right


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        for changed in PAGES:
            update(changed)
    elif not all([played_through(Path(name)) for name in sys.argv[1:]]):
        sys.exit(1)
