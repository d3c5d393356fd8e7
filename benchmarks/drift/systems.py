"""The systems that are compared: each takes cases and says what it did with them.

All get the same pages. translate_flow, msgmerge and pot2po get the same segments too;
po4a cuts pages in its own way, so only those of our segments that are also its own are
counted for it.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polib

from benchmarks.drift.targets import target
from benchmarks.drift.truth import Case
from translate_flow import state as states
from translate_flow.catalog import new as new_catalog
from translate_flow.lineage import Descent, Fragment, lineage
from translate_flow.model import FINISHED, Catalog, Segment, State, Unit
from translate_flow.state import collapse
from translate_flow.sync import sync

TODAY = "2026-11-24"
OTHER = {"en": "ko", "ko": "en"}
LIMIT = 600
"""Seconds that a peer may take for one command."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a system gives one new segment."""

    target: str = ""
    """The translation, in which ``⟦7⟧`` says that it is that of old segment 7."""

    shown: str = "none"
    """``current``, ``drifted``, ``proposal`` or ``none``; ``unseen`` if the system cuts
    the page so that it has no such segment."""


@dataclass(frozen=True)
class Run:
    """What a system did with all cases."""

    system: str
    carried: tuple[tuple[Carried, ...], ...]
    """For each case, for each new segment."""

    seconds: float
    """Processor time of bringing the translations over."""

    failed: int = 0
    """Cases that it could not do: nothing is carried in them."""


System = Callable[[Sequence[Case]], Run]


def cpu() -> float:
    """Return the seconds of processor time that we and our processes have used."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime


class Missing(Exception):
    """A peer that cannot be had, and why."""


# --- translate_flow ---------------------------------------------------------


def tflow(cases: Sequence[Case]) -> Run:
    """Accept every translation of the old page, then sync with the new one."""
    seconds, carried = 0.0, []
    for case in cases:
        catalog = accepted(case.olds, case.language)
        start = cpu()
        synced = sync(case.news, catalog, today=TODAY).catalog
        seconds += cpu() - start
        carried.append(tuple(Carried(u.target, _shown(u)) for u in synced.units))
    return Run("translate_flow", tuple(carried), seconds)


def accepted(segments: Sequence[Segment], language: str) -> Catalog:
    """Return a catalog in which a person took a translation of every segment."""
    catalog = new_catalog("sources/page.md", language, OTHER[language])
    catalog = sync(segments, catalog, today=TODAY).catalog
    units = tuple(
        states.taken(unit, target(i, unit.source), by="mina", today=TODAY)
        for i, unit in enumerate(catalog.units)
    )
    return replace(catalog, units=units)


def _shown(unit: Unit) -> str:
    state = states.state(unit)
    if state in FINISHED:
        return "current"
    if state is State.DRIFTED:
        return "drifted"
    return "proposal" if unit.target else "none"


def descents(cases: Sequence[Case]) -> Run:
    """Ask the lineage alone, without catalogs and states: for those who work on it."""
    seconds, carried = 0.0, []
    for case in cases:
        olds = [Fragment(segment.text, segment.kind) for segment in case.olds]
        news = [Fragment(segment.text, segment.kind) for segment in case.news]
        start = cpu()
        found = lineage(olds, news)
        seconds += cpu() - start
        carried.append(tuple(map(_descended, found)))
    return Run("lineage alone", tuple(carried), seconds)


def _descended(found: Descent) -> Carried:
    marks = " ".join(f"⟦{i}⟧" for i in found.ancestors)
    shown = "current" if found.kind == "same" else "drifted" if marks else "none"
    return Carried(marks, shown)


# --- PO files ---------------------------------------------------------------


def entries(texts: Mapping[str, str]) -> polib.POFile:
    """Return a PO file of texts and their translations."""
    po = polib.POFile(wrapwidth=0)
    po.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "ko"}
    po.extend(polib.POEntry(msgid=a, msgstr=b) for a, b in texts.items())
    return po


def translated(segments: Sequence[Segment]) -> dict[str, str]:
    """Return the translation of each text: gettext has one for all places of it."""
    found: dict[str, str] = {}
    for i, segment in enumerate(segments):
        found.setdefault(collapse(segment.text), target(i, segment.text))
    return found


def looked_up(path: Path, segments: Sequence[Segment]) -> tuple[Carried, ...]:
    """Return what a PO file has for each segment."""
    found = {
        collapse(e.msgid): e
        for e in polib.pofile(str(path), wrapwidth=0)
        if not e.obsolete
    }
    return tuple(_of(found.get(collapse(segment.text))) for segment in segments)


def _of(entry: polib.POEntry | None) -> Carried:
    if entry is None:
        return Carried(shown="unseen")
    if not entry.msgstr:
        return Carried()
    return Carried(entry.msgstr, "drifted" if entry.fuzzy else "current")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with ``old/0001.po``, ``new/0001.pot`` and, in the end, ``out``."""

    folder: Path
    cases: Sequence[Case]

    def names(self) -> Iterator[tuple[Case, str]]:
        """Yield each case and its name here, without suffix."""
        yield from ((case, f"{n:05}") for n, case in enumerate(self.cases))

    def lay(self) -> None:
        """Write catalogs and templates with our segments."""
        for case, name in self.names():
            old = entries(translated(case.olds))
            old.save(str(self.folder / "old" / f"{name}.po"))
            new = entries({collapse(segment.text): "" for segment in case.news})
            new.save(str(self.folder / "new" / f"{name}.pot"))

    def read(self) -> tuple[tuple[tuple[Carried, ...], ...], int]:
        """Return what stands in ``out``, and how many catalogs are missing there."""
        found, failed = list[tuple[Carried, ...]](), 0
        for case, name in self.names():
            try:
                found.append(looked_up(self.folder / "out" / f"{name}.po", case.news))
            except (OSError, ValueError):
                found.append(tuple(Carried(shown="unseen") for _ in case.news))
                failed += 1
        return tuple(found), failed


def at_desk(
    name: str,
    cases: Sequence[Case],
    work: Callable[[Workspace], None],
    *,
    ours: bool = True,
) -> Run:
    """Let a peer work in a folder of its own.

    :param ours: lay catalogs with our segments there before.
    """
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder), cases)
        for part in ("old", "new", "out"):
            (workspace.folder / part).mkdir()
        if ours:
            workspace.lay()
        start = cpu()
        work(workspace)
        seconds = cpu() - start
        carried, failed = workspace.read()
    return Run(name, carried, seconds, failed)


def run(*command: str | Path, cwd: Path) -> bool:
    """Run a command and say whether it succeeded."""
    try:
        done = subprocess.run(
            command, cwd=cwd, capture_output=True, timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"gave up: {command[0]} after {LIMIT} s", file=sys.stderr)
        return False
    return done.returncode == 0


# --- peers ------------------------------------------------------------------


def msgmerge(cases: Sequence[Case], *, fuzzy: bool = True) -> Run:
    """gettext's own, a catalog at a time."""
    _programs("msgmerge", package="gettext")
    how = ("--quiet", "--previous", "--no-wrap", *(() if fuzzy else ("-N",)))

    def work(workspace: Workspace) -> None:
        for _, name in workspace.names():
            files = (f"old/{name}.po", f"new/{name}.pot", "-o", f"out/{name}.po")
            run("msgmerge", *how, *files, cwd=workspace.folder)

    return at_desk("msgmerge" if fuzzy else "msgmerge -N", cases, work)


def msgmerge_exact(cases: Sequence[Case]) -> Run:
    """gettext's own, told not to guess."""
    return msgmerge(cases, fuzzy=False)


def pot2po(cases: Sequence[Case]) -> Run:
    """translate-toolkit's, all catalogs in one process."""
    program = _environment("translate-toolkit[levenshtein]").with_name("pot2po")

    def work(workspace: Workspace) -> None:
        how = ("--progress=none", "--errorlevel=none", "-t", "old", "new", "out")
        run(program, *how, cwd=workspace.folder)

    return at_desk("pot2po", cases, work)


PO4A = ("-f", "text", "-o", "markdown", "-M", "UTF-8")


def po4a(cases: Sequence[Case]) -> Run:
    """po4a from page to catalog, with its own segments."""
    _programs("po4a-updatepo", package="po4a")
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder), cases)
        for part in ("old", "new", "out"):
            (workspace.folder / part).mkdir()
        for case, name in workspace.names():
            (workspace.folder / "old" / f"{name}.md").write_text(case.old, "utf-8")
            (workspace.folder / "new" / f"{name}.md").write_text(case.new, "utf-8")
            files = ("-m", f"old/{name}.md", "-p", f"out/{name}.po")
            run("po4a-updatepo", *PO4A, *files, cwd=workspace.folder)
            _fill(workspace.folder / "out" / f"{name}.po", translated(case.olds))
        start = cpu()
        for _, name in workspace.names():
            files = ("-m", f"new/{name}.md", "-p", f"out/{name}.po")
            run("po4a-updatepo", *PO4A, *files, cwd=workspace.folder)
        seconds = cpu() - start
        carried, failed = workspace.read()
    return Run("po4a", carried, seconds, failed)


def _fill(path: Path, translations: Mapping[str, str]) -> None:
    """Translate what is one of our segments; the rest by itself."""
    if not path.is_file():
        return
    po = polib.pofile(str(path), wrapwidth=0)
    for entry in po:
        end = "\n" if entry.msgid.endswith("\n") else ""
        own = f"~ {entry.msgid.rstrip()}"
        entry.msgstr = translations.get(collapse(entry.msgid), own) + end
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    po.metadata["Content-Type"] = "text/plain; charset=UTF-8"
    po.metadata_is_fuzzy = False
    po.save(str(path))


def _programs(*names: str, package: str) -> None:
    """Install a package of the system if one of its programs is missing.

    :raises Missing: if it cannot be had.
    """
    if all(map(shutil.which, names)):
        return
    apt = shutil.which("apt-get")
    if apt is None:
        raise Missing(f"no {names[0]} here, and no apt-get to install {package}")
    for words in (("update", "-q"), ("install", "-qy", package)):
        subprocess.run([apt, *words], capture_output=True, check=False)
    if not all(map(shutil.which, names)):
        raise Missing(f"{package} could not be installed; it takes root")


CACHE = Path(__file__).parents[2] / ".cache" / "drift"


def _environment(package: str) -> Path:
    """Return the python of a virtual environment that has a package, made once.

    :raises Missing: if it cannot be had.
    """
    folder = CACHE / package.partition("[")[0]
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        (CACHE / ".gitignore").write_text("*\n", "utf-8")
        venv.create(folder, clear=True, with_pip=True)
        command = [str(python), "-m", "pip", "install", "--quiet", package]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Missing(done.stderr.strip().splitlines()[-1])
        (folder / "ready").touch()
    return python


SYSTEMS: dict[str, System] = {
    "tflow": tflow,
    "lineage": descents,
    "msgmerge": msgmerge,
    "msgmerge-exact": msgmerge_exact,
    "pot2po": pot2po,
    "po4a": po4a,
}
"""By the name that ``--systems`` takes."""

DEFAULT = tuple(name for name in SYSTEMS if name != "lineage")
"""Those that are compared if nobody says otherwise."""
