"""Random histories of one article on two git branches, and the truth about them.

A history is a list of steps, each a name and three numbers, so that a failing one can
be shortened and read. The steps are what authors, translators, reviewers, other editors
and git do. What people took as right is written down beside them; a state must never
claim more. What undo takes back was never said, unless git has it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socketserver
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Literal

import polib

from translate_flow.errors import FlowError
from translate_flow.exchange.form import read, write
from translate_flow.flow.acts import accept, minor, set_target, sign, sync, undo
from translate_flow.flow.adapting import join, omit
from translate_flow.flow.drafting import draft
from translate_flow.flow.editing import Choice, Edited, Task, apply, tasks
from translate_flow.flow.moving import move
from translate_flow.flow.receiving import propose, receive
from translate_flow.flow.units import Seen, show
from translate_flow.flow.workspace import Workspace, chosen
from translate_flow.history.git import Git
from translate_flow.history.merging import merge_files
from translate_flow.model import State
from translate_flow.project import load
from translate_flow.project.places import Place
from translate_flow.state import accepted_source, exact, fingerprint

BEGINNING = 1_795_500_000
"""When the first thing happens, in seconds since 1970."""

ARTICLE = "sources/a.md"
CATALOG = "translations/ko/a.po"
SETTINGS = '[project]\nlanguages = ["en", "ko"]\nsource_language = "en"\n'
START = "The boat leaves at nine.\n\nIt does not wait.\n\nNobody complains.\n"

SOURCES = (
    "The boat leaves at nine.",
    "The boat leaves at ten.",
    "The boat never leaves at ten.",
    "It does not wait.",
    "It does wait.",
    "Nobody complains.",
    "Nobody complains about that.",
    "A new paragraph stands here.",
    "The goverment waits for the mail.",
    "See [the timetable](/a) of the boat.",
    "The mail stays on the quay. Nobody has asked for it since.",
)
TARGETS = (
    "배는 아홉 시에 떠난다.",
    "배는 열 시에 떠난다.",
    "배는 떠나지 않는다.",
    "기다리지 않는다.",
    "기다린다.",
    "불평하는 사람은 없다.",
    "아무도 불평하지 않는다.",
    "정부는 편지를 기다린다.",
    "배의 [시간표](/a)를 보라.",
    "편지는 부두에 남는다. 그 뒤로 찾는 사람이 없다.",
)

QUIET = (("goverment", "government"), ("(/a)", "(/b)"), (" –", " —"))
"""Edits after which a translation is as right as it was, if a link in it is exchanged,
too."""

NAMES = ("a", "b", "c/배")
"""Slugs that the article may have."""

MACHINE = "claude"
TRAILER = "Translate\n\nCo-authored-by: Claude <noreply@anthropic.com>"

Step = tuple[str, int, int, int]
"""What is done; on which branch (0 or 1); at which segment; with which text."""


def meaning(source: str, target: str = "") -> tuple[str, str]:
    """Return what is the same for texts that mean the same: of a source in all its
    spellings, and of the target, whose links are named by those of the source."""
    source = " ".join(source.split()).replace("goverment", "government")
    source = source.replace(" –", " —")
    for link in set(re.findall(r"\(/\w\)", source)):
        source, target = source.replace(link, "(#)"), target.replace(link, "(#)")
    return fingerprint(source), target


Kind = Literal["taken", "signed", "omitted"]


@dataclass
class Truth:
    """What people have said, on any branch."""

    said: Counter[tuple[Kind, Hashable]] = field(default_factory=Counter)
    """How many acts say it: that a source's fingerprint and a target were ``taken`` as
    right together, or ``signed``; that the source with a fingerprint was ``omitted``
    on purpose."""

    acts: dict[str, list[tuple[Kind, Hashable]]] = field(default_factory=dict)
    """What each act with tflow said that git does not have yet."""

    typed: set[tuple[str, str]] = field(default_factory=set)
    """What people typed in other editors for a source that stood there, also where they
    left it flagged: taking the flag off such a text before tflow has seen it takes it,
    taking it off any other text does not."""

    def say(self, kind: Kind, what: Hashable, act: str = "") -> None:
        """Write down what somebody said, by an act with tflow that has a name."""
        self.said[kind, what] += 1
        self.acts.setdefault(act, []).append((kind, what))

    def has(self, kind: Kind, what: Hashable) -> bool:
        """Whether anybody said that and did not take it back."""
        return self.said[kind, what] > 0

    def withdraw(self, act: str) -> int:
        """Take back what an act said, unless git has it; return how much that was."""
        withdrawn = self.acts.pop(act, [])
        self.said.subtract(withdrawn)
        return len(withdrawn)


@dataclass
class World:
    """One repository with two work trees, each on its own branch."""

    trees: tuple[Path, Path]
    truth: Truth = field(default_factory=Truth)
    seen: Counter[str] = field(default_factory=Counter)
    """How often each state was seen, and how often what is rare had something to do."""

    numbers: Iterator[int] = field(default_factory=count)
    clock: Iterator[int] = field(default_factory=count)

    def workspace(self, branch: int, machine: str = "") -> Workspace:
        root, act = self.trees[branch], f"{branch}.{next(self.numbers)}"
        project = load(root)
        return Workspace(
            project, "2026-11-24", {}, Git(root), command=act, machine=machine
        )

    def units(self, branch: int) -> tuple[Seen, ...]:
        workspace = self.workspace(branch)
        return show(workspace, chosen(workspace.project, ()))

    def git(self, branch: int, *words: str) -> int:
        """Run git; each time is a minute later."""
        date = f"{BEGINNING + 60 * next(self.clock)} +0000"
        now = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        done = subprocess.run(
            git(self.trees[branch], *words),
            capture_output=True,
            check=False,
            env={**os.environ, **now, "GIT_EDITOR": "true"},
        )
        return done.returncode

    def article(self, branch: int) -> Path:
        """Return the article, or the first if there are several."""
        return min((self.trees[branch] / "sources").rglob("*.md"))

    def catalog(self, branch: int) -> Path | None:
        """Return the first catalog, if there is one."""
        found = (self.trees[branch] / "translations").rglob("*.po")
        return min(found, default=None)


# --- a repository -----------------------------------------------------------


def template(folder: Path) -> Path:
    """Make a repository with an article and its catalog on two branches, to be copied
    for each history."""
    main = folder / "main"
    (main / "sources").mkdir(parents=True)
    (main / ARTICLE).write_text(START)
    (main / "translate_flow.toml").write_text(SETTINGS)
    (main / ".gitignore").write_text(".tflow/\n")
    (main / ".gitattributes").write_text("translations/**/*.po merge=tflow-po\n")
    _run(main, "init", "-q", "--template=", "-b", "main")
    for key, value in (("gc.auto", "0"), ("core.fsync", "none")):
        _run(main, "config", key, value)
    workspace = Workspace(load(main), "2026-11-24", {}, Git(main))
    sync(workspace, chosen(workspace.project, ["a"]))
    _run(main, "add", ".")
    _run(main, "commit", "-qm", "start")
    _run(main, "worktree", "add", "-q", "-b", "side", "../side")
    return folder


def _run(folder: Path, *words: str) -> None:
    subprocess.run(git(folder, *words), check=True, capture_output=True)


def git(folder: Path, *words: str) -> list[str]:
    """Return a command line of git, by a person of its own, whoever's machine it is."""
    who = ("-c", "user.name=Mina", "-c", "user.email=mina@example.org")
    return ["git", "-C", str(folder), *who, *words]


@contextmanager
def world(made: Path, folder: Path) -> Iterator[World]:
    """Give a fresh copy of a template."""
    shutil.copytree(made, folder, symlinks=True)
    main, side = folder / "main", folder / "side"
    tree = main / ".git" / "worktrees" / "side"
    (side / ".git").write_text(f"gitdir: {tree}\n")
    (tree / "gitdir").write_text(f"{side / '.git'}\n")
    try:
        yield World((main, side))
    finally:
        shutil.rmtree(folder)


# --- what authors do --------------------------------------------------------


def _paragraphs(world: World, branch: int) -> list[str]:
    return world.article(branch).read_text().strip().split("\n\n")


def _write(world: World, branch: int, paragraphs: list[str]) -> None:
    world.article(branch).write_text("\n\n".join(paragraphs) + "\n")


def reword(world: World, branch: int, place: int, text: int) -> None:
    """The author writes another text in place of a paragraph."""
    rows = _paragraphs(world, branch)
    rows[place % len(rows)] = SOURCES[text % len(SOURCES)]
    _write(world, branch, rows)


def insert(world: World, branch: int, place: int, text: int) -> None:
    """The author adds a paragraph."""
    rows = _paragraphs(world, branch)
    if len(rows) < 6:
        rows.insert(place % (len(rows) + 1), SOURCES[text % len(SOURCES)])
        _write(world, branch, rows)


def delete(world: World, branch: int, place: int, text: int) -> None:
    """The author takes a paragraph away."""
    rows = _paragraphs(world, branch)
    if len(rows) > 1:
        del rows[place % len(rows)]
        _write(world, branch, rows)


def swap(world: World, branch: int, place: int, text: int) -> None:
    """The author changes the order of two paragraphs."""
    rows = _paragraphs(world, branch)
    one, other = place % len(rows), text % len(rows)
    rows[one], rows[other] = rows[other], rows[one]
    _write(world, branch, rows)


def mend(world: World, branch: int, place: int, text: int) -> None:
    """The author mends a word, a dash or an address, and nothing else."""
    old, new = QUIET[text % len(QUIET)]
    rows = _paragraphs(world, branch)
    if text % 2:
        old, new = new, old
    _write(world, branch, [row.replace(old, new) for row in rows])


def split(world: World, branch: int, place: int, text: int) -> None:
    """The author breaks a paragraph in two."""
    rows = _paragraphs(world, branch)
    long = [at for at, row in enumerate(rows) if re.search(r"\.\s", row)]
    at = long[place % len(long)] if long else 0
    if len(rows) < 6 and (found := re.search(r"\.\s", rows[at])):
        rows[at : at + 1] = [rows[at][: found.end() - 1], rows[at][found.end() :]]
        world.seen["split"] += 1
        _write(world, branch, rows)


def put_together(world: World, branch: int, place: int, text: int) -> None:
    """The author makes one paragraph of two."""
    rows = _paragraphs(world, branch)
    at = place % len(rows)
    if at + 1 < len(rows):
        rows[at : at + 2] = [f"{rows[at]} {rows[at + 1]}"]
        world.seen["put together"] += 1
        _write(world, branch, rows)


def rewrap(world: World, branch: int, place: int, text: int) -> None:
    """The author's editor wraps a paragraph."""
    rows = _paragraphs(world, branch)
    at = place % len(rows)
    rows[at] = re.sub(r"\s+", "\n" if "\n" not in rows[at] else " ", rows[at], count=1)
    _write(world, branch, rows)


def revert_article(world: World, branch: int, place: int, text: int) -> None:
    """The author goes back to an earlier version."""
    path = str(world.article(branch).relative_to(world.trees[branch]))
    world.git(branch, "checkout", "-q", f"HEAD~{1 + place % 2}", "--", path)


def restore(world: World, branch: int, place: int, text: int) -> None:
    """The author brings back an article as it was, under the name that it had."""
    world.git(branch, "checkout", "-q", f"HEAD~{1 + place % 2}", "--", "sources")


# --- what people do with tflow ----------------------------------------------


def _tflow(act: Callable[[], object]) -> bool:
    """Do something; a refusal is an answer, too."""
    try:
        act()
    except FlowError:
        return False
    return True


def synced(world: World, branch: int, place: int, text: int) -> None:
    """Somebody runs sync."""
    workspace = world.workspace(branch)
    _tflow(lambda: sync(workspace, chosen(workspace.project, ())))


def drafted(world: World, branch: int, place: int, text: int) -> None:
    """Somebody fetches drafts."""
    workspace = world.workspace(branch)
    _tflow(lambda: draft(workspace, chosen(workspace.project, ()), "pseudo"))


def _spot(world: World, branch: int, place: int) -> Seen | None:
    try:
        seen = world.units(branch)
    except FlowError:
        return None
    return seen[place % len(seen)] if seen else None


def typed(world: World, branch: int, place: int, text: int) -> None:
    """A translator sees a source and sets a target."""
    target = TARGETS[text % len(TARGETS)]
    _act(
        world,
        branch,
        place,
        lambda workspace, spot: set_target(workspace, spot, target, by="mina"),
        "taken",
    )


def accepted(world: World, branch: int, place: int, text: int) -> None:
    """A translator sees a source and a target and takes them as right."""
    _act(
        world,
        branch,
        place,
        lambda workspace, spot: accept(workspace, spot, by="mina"),
        "taken",
    )


def signed(world: World, branch: int, place: int, text: int) -> None:
    """A reviewer signs what he sees."""
    _act(
        world,
        branch,
        place,
        lambda workspace, spot: sign(workspace, spot, by="bob"),
        "signed",
    )


def small(world: World, branch: int, place: int, text: int) -> None:
    """The author says that his edit of a paragraph changed no meaning."""
    synced(world, branch, place, text)
    units = _before(world, branch)
    moved = [unit for unit in units if unit.pair.state is State.DRIFTED]
    if not moved:
        return
    unit = moved[place % len(moved)]
    workspace, entry = world.workspace(branch), unit.pair.unit
    spot = chosen(workspace.project, [f"{unit.slug}:{entry.id}"])[0]
    target = shown_targets(world.units(branch))[_key(unit)]
    before = accepted_source(entry)
    if not _wrote(world, branch, lambda: minor(workspace, spot)):
        return
    world.seen["minor"] += 1
    now = meaning(unit.pair.segment.text, target)
    world.truth.say("taken", now, workspace.command)
    if before and world.truth.has("signed", meaning(before, target)):
        world.truth.say("signed", now, workspace.command)


def _act(
    world: World,
    branch: int,
    place: int,
    act: Callable[[Workspace, Place], object],
    kind: Kind,
) -> None:
    """Act on a unit that somebody sees; write down what he said of it."""
    if (unit := _spot(world, branch, place)) is None:
        return
    workspace, before = world.workspace(branch), world.units(branch)
    spot = chosen(workspace.project, [f"{unit.slug}:{unit.pair.unit.id}"])[0]
    if _wrote(world, branch, lambda: act(workspace, spot)):
        shown = shown_targets(world.units(branch))[_key(unit)]
        _say(world, kind, workspace.command, before, unit, shown)


def _wrote(world: World, branch: int, act: Callable[[], object]) -> bool:
    """Do something, and tell whether it was done and left a trace: what says nothing
    new is not undone either."""
    before = _bytes(world, branch)
    return _tflow(act) and _bytes(world, branch) != before


def _bytes(world: World, branch: int) -> dict[Path, bytes]:
    catalogs = (world.trees[branch] / "translations").rglob("*.po")
    return {path: path.read_bytes() for path in catalogs}


def _say(
    world: World,
    kind: Kind,
    act: str,
    before: Sequence[Seen],
    unit: Seen,
    target: str,
) -> None:
    """Write down what somebody said of a unit that he saw, and of those that it covers
    whose source stands as it did when they were joined."""
    world.truth.say(kind, meaning(unit.pair.segment.text, target), act)
    for other in before:
        mark, source = other.pair.unit.mark, fingerprint(other.pair.segment.text)
        covers = mark and (other.slug, mark.joined) == _key(unit)
        if covers and mark and mark.ok and mark.ok.src == source:
            text = other.pair.segment.text
            world.truth.say(kind, meaning(text, target), act)


def _key(unit: Seen) -> tuple[str, str]:
    return unit.slug, unit.pair.unit.id


def shown_targets(units: Sequence[Seen]) -> dict[tuple[str, str], str]:
    """Return what stands for each unit, by slug and id: its own target, or that which
    covers it."""
    own = {_key(unit): unit.pair.unit.target for unit in units}
    found = {}
    for unit in units:
        entry = unit.pair.unit
        cover = entry.mark.joined if entry.mark and not entry.target else ""
        found[_key(unit)] = own.get((unit.slug, cover), "") if cover else entry.target
    return found


def left_out(world: World, branch: int, place: int, text: int) -> None:
    """An editor sees a source and leaves it out on purpose."""
    if (unit := _spot(world, branch, place)) is None:
        return
    workspace = world.workspace(branch)
    spot = chosen(workspace.project, [f"{unit.slug}:{unit.pair.unit.id}"])
    if _wrote(world, branch, lambda: omit(workspace, spot[0], by="bob", why="cut")):
        world.truth.say("omitted", meaning(unit.pair.segment.text), workspace.command)


def joined(world: World, branch: int, place: int, text: int) -> None:
    """A translator sees two sources and says that one target covers both."""
    try:
        units = world.units(branch)
    except FlowError:
        return
    at = place % len(units) if units else 0
    pair = units[at : at + 2]
    if len(pair) < 2 or pair[0].slug != pair[1].slug:
        return
    workspace = world.workspace(branch)
    ids = ",".join(unit.pair.unit.id for unit in pair)
    spot = chosen(workspace.project, [f"{pair[0].slug}:{ids}"])
    if _wrote(world, branch, lambda: join(workspace, spot[0], by="mina")):
        target = pair[0].pair.unit.target
        said = meaning(pair[1].pair.segment.text, target)
        world.truth.say("taken", said, workspace.command)


def edited(world: World, branch: int, place: int, text: int) -> None:
    """A translator gets a form, takes a target or types one, and saves."""
    _edit(world, branch, place, text, lambda: None)


def edited_late(world: World, branch: int, place: int, text: int) -> None:
    """While the form is open, the author writes something else, or another translator
    sets a target."""

    def meanwhile() -> None:
        other = (reword, typed)[text // 2 % 2]
        other(world, branch, place, text + 1)

    _edit(world, branch, place, text, meanwhile)


def _edit(
    world: World, branch: int, place: int, text: int, meanwhile: Callable[[], None]
) -> None:
    workspace, shown = world.workspace(branch), ()
    try:
        shown = tasks(workspace, chosen(workspace.project, ()), Choice())
        seen = {(u.slug, u.pair.unit.id): u for u in world.units(branch)}
    except FlowError:
        pass
    if not shown:
        return
    task = shown[place % len(shown)]
    target = TARGETS[text % len(TARGETS)] if text % 2 else None
    items = [one.item for one in shown]
    answers = read(_answered(write(items), task, target), items)
    meanwhile()
    before, done = _before(world, branch), Edited((), (), (), ())

    def save() -> None:
        nonlocal done
        done = apply(workspace, shown, answers, by="mina")

    if _wrote(world, branch, save) and done.taken:
        unit = seen[task.file.slug, task.unit.id]
        took = shown_targets(world.units(branch))[_key(unit)]
        _say(world, "taken", workspace.command, before, unit, took)
        world.seen["edited"] += 1


def _before(world: World, branch: int) -> Sequence[Seen]:
    try:
        return world.units(branch)
    except FlowError:
        return ()


def _answered(form: str, task: Task, target: str | None) -> str:
    """Return a form in which a unit is answered: with a target or, if there is none,
    with "ok"."""
    head, start, rest = form.partition(f"=== {task.item.place}  ")
    own, mark, others = rest.partition("\n=== ")
    above, _, below = own.rpartition("\nkeep\ntarget:\n")
    word = "ok" if target is None else "keep"
    own = f"{above}\n{word}\ntarget:\n{below if target is None else target}\n"
    return f"{head}{start}{own}{mark}{others}"


def renamed(world: World, branch: int, place: int, text: int) -> None:
    """Somebody gives the article another name."""
    workspace = world.workspace(branch)
    old = world.article(branch).relative_to(workspace.project.sources).with_suffix("")
    new = NAMES[text % len(NAMES)]
    world.seen["moved"] += _tflow(lambda: move(workspace, old.as_posix(), new))


def undone(world: World, branch: int, place: int, text: int) -> None:
    """Somebody takes the last command back, with what it said."""
    workspace = world.workspace(branch)
    try:
        done = undo(workspace)
    except FlowError:
        return
    world.seen["undone"] += 1
    world.seen["withdrawn"] += world.truth.withdraw(done.command)


# --- what machines do -------------------------------------------------------


def machine_set(world: World, branch: int, place: int, text: int) -> None:
    """An agent leaves a draft with tflow."""
    if (unit := _spot(world, branch, place)) is None:
        return
    workspace = world.workspace(branch, MACHINE)
    spot = chosen(workspace.project, [f"{unit.slug}:{unit.pair.unit.id}"])[0]
    target = TARGETS[text % len(TARGETS)]
    world.seen["machine"] += _tflow(lambda: propose(workspace, spot, target))


def machine_drafts(world: World, branch: int, place: int, text: int) -> None:
    """An agent hands in drafts for what stands there, a line each."""
    lines = [
        {
            "slug": unit.slug,
            "id": unit.pair.unit.id,
            "source": unit.pair.segment.text,
            "target": TARGETS[(text + n) % len(TARGETS)],
        }
        for n, unit in enumerate(_before(world, branch))
    ]
    if not lines:
        return
    workspace, given = (
        world.workspace(branch, MACHINE),
        [json.dumps(x).encode() for x in lines],
    )
    _tflow(lambda: receive(workspace, chosen(workspace.project, ()), given))


def agent(world: World, branch: int, place: int, text: int) -> None:
    """An agent works in the catalog itself, and its commit says so."""
    _agent(world, branch, place, text, lambda: None)


def agent_syncs(world: World, branch: int, place: int, text: int) -> None:
    """An agent works in the catalog itself, and syncs before it commits."""
    workspace = world.workspace(branch, MACHINE)
    _agent(
        world,
        branch,
        place,
        text,
        lambda: _tflow(lambda: sync(workspace, chosen(workspace.project, ()))),
    )


def _agent(
    world: World, branch: int, place: int, text: int, then: Callable[[], object]
) -> None:
    commit(world, branch, 0, 0)
    if (found := _entry(world, branch, place)) is None:
        return
    po, entry = found
    if text % 3:
        entry.msgstr = TARGETS[text % len(TARGETS)]
    entry.fuzzy, entry.previous_msgid = False, None
    po.save()
    then()
    world.git(branch, "add", "-A")
    world.git(branch, "commit", "-qm", TRAILER)
    world.seen["agent"] += 1


# --- what other editors do --------------------------------------------------


def _entry(
    world: World, branch: int, place: int
) -> tuple[polib.POFile, polib.POEntry] | None:
    path = world.catalog(branch)
    if path is None or "<<<<<<<" in path.read_text():
        return None
    po = polib.pofile(str(path), wrapwidth=78)
    live = [entry for entry in po if not entry.obsolete]
    return (po, live[place % len(live)]) if live else None


def poedit(world: World, branch: int, place: int, text: int) -> None:
    """A translator types a target in another editor, which takes the flag off."""
    if (found := _entry(world, branch, place)) is None:
        return
    po, entry = found
    _type(world, entry, text)
    _unflag(world, entry)
    po.save()


def poedit_unsure(world: World, branch: int, place: int, text: int) -> None:
    """A translator types a target in another editor and leaves it flagged."""
    if (found := _entry(world, branch, place)) is None:
        return
    po, entry = found
    _type(world, entry, text)
    entry.fuzzy = True
    po.save()


def unflag(world: World, branch: int, place: int, text: int) -> None:
    """Somebody takes a flag off in another editor and leaves the text as it is."""
    if (found := _entry(world, branch, place)) is not None:
        po, entry = found
        _unflag(world, entry)
        po.save()


def _type(world: World, entry: polib.POEntry, text: int) -> None:
    target = TARGETS[text % len(TARGETS)]
    if entry.msgstr != target:
        entry.msgstr = target
        world.truth.typed.add(meaning(entry.msgid, target))


def _unflag(world: World, entry: polib.POEntry) -> None:
    entry.fuzzy = False
    entry.previous_msgid = None
    pair = meaning(entry.msgid, entry.msgstr)
    if (
        pair in world.truth.typed
        and f" tgt={exact(entry.msgstr)}" not in entry.tcomment
    ):
        world.truth.say("taken", pair)


def unflag_all(world: World, branch: int, place: int, text: int) -> None:
    """Somebody takes all flags off in another editor."""
    while (found := _flagged(world, branch)) is not None:
        po, entry = found
        _unflag(world, entry)
        po.save()


def _flagged(world: World, branch: int) -> tuple[polib.POFile, polib.POEntry] | None:
    if (found := _entry(world, branch, 0)) is None:
        return None
    po, _ = found
    flagged = [entry for entry in po if entry.fuzzy and not entry.obsolete]
    return (po, flagged[0]) if flagged else None


def flag(world: World, branch: int, place: int, text: int) -> None:
    """Somebody marks a unit as unclear in another editor."""
    if (found := _entry(world, branch, place)) is not None:
        po, entry = found
        entry.fuzzy = True
        po.save()


def msgcat(world: World, branch: int, place: int, text: int) -> None:
    """A script runs msgcat over the catalog."""
    if (path := world.catalog(branch)) is None:
        return
    subprocess.run(
        ["msgcat", str(path), "-o", str(path)], capture_output=True, check=False
    )


# --- what git does ----------------------------------------------------------


def commit(world: World, branch: int, place: int, text: int) -> None:
    """Everything is committed, and nothing of it can be unsaid."""
    _git_has_it(world, branch)
    world.git(branch, "add", "-A")
    world.git(branch, "commit", "-qm", "work")


def _git_has_it(world: World, branch: int) -> None:
    for act in [act for act in world.truth.acts if act.startswith(f"{branch}.")]:
        del world.truth.acts[act]


def merge(world: World, branch: int, place: int, text: int) -> None:
    """The other branch is merged as text; conflicts are settled by taking one side,
    mostly of each place alone."""
    other = _both_committed(world, branch)
    wish = ("ours", "theirs")[text % 2]
    done = world.git(branch, "merge", "-q", "-m", "merge", f"-X{wish}", other)
    world.seen["merged"] += 1
    if done != 0:
        _settle(world, branch, text)


def _both_committed(world: World, branch: int) -> str:
    """Commit on both branches; return the name of the other one."""
    commit(world, 1 - branch, 0, 0)
    commit(world, branch, 0, 0)
    return ("main", "side")[1 - branch]


def merge_driven(world: World, branch: int, place: int, text: int) -> None:
    """The other branch is merged by our driver; a conflict is settled by taking one
    side."""
    other = _both_committed(world, branch)
    with driver(world) as command:
        setting = f"merge.tflow-po.driver={command}"
        if world.git(branch, "-c", setting, "merge", "-q", "-m", "merge", other) == 0:
            return
    _settle(world, branch, text)


def _settle(world: World, branch: int, text: int) -> None:
    """Settle what conflicts by taking one side of each file, which may be none."""
    side, stage = (("--ours", "2"), ("--theirs", "3"))[text % 2]
    stages: dict[str, set[str]] = {}
    for row in _conflicts(world, branch):
        head, _, path = row.partition("\t")
        stages.setdefault(path, set()).add(head.split()[2])
    for path, there in stages.items():
        if stage in there:
            world.git(branch, "checkout", "-q", side, "--", path)
        else:
            world.git(branch, "rm", "-q", "--force", "--", path)
    commit(world, branch, 0, 0)


def _conflicts(world: World, branch: int) -> list[str]:
    """Return the versions of files that conflict, a line each."""
    folder = str(world.trees[branch])
    done = subprocess.run(
        ["git", "-C", folder, "-c", "core.quotePath=off", "ls-files", "--unmerged"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


class _Driver(socketserver.StreamRequestHandler):
    """Merges the three files that it is told, as ``tflow merge-po`` would."""

    server: _Server

    def handle(self) -> None:
        self.server.world.seen["driven"] += 1
        folder, *names = (self.rfile.readline().decode().strip() for _ in range(4))
        try:
            conflicts = merge_files(*(Path(folder, n) for n in names), name=CATALOG)
        except FlowError:
            conflicts = ("unreadable",)
        self.wfile.write(b"1\n" if conflicts else b"0\n")


class _Server(socketserver.TCPServer):
    def __init__(self, world: World) -> None:
        self.world = world
        super().__init__(("127.0.0.1", 0), _Driver)


@contextmanager
def driver(world: World) -> Iterator[str]:
    """Give the command of a merge driver that is answered here: a process for each
    merge would take most of the time. The installed command is tested elsewhere."""
    with _Server(world) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        port = server.server_address[1]
        try:
            yield (
                f"bash -c 'exec 3<>/dev/tcp/127.0.0.1/{port}; "
                'printf "%%s\\n" "$PWD" "$@" >&3; read -r code <&3; exit $code\' '
                "driver %O %A %B"
            )
        finally:
            server.shutdown()
            thread.join()


# --- commits made of other commits ------------------------------------------


WISHES = (("-Xours",), ("-Xtheirs",), ())
"""What git is told to take where both sides changed a place; nothing leaves it to who
runs it."""


def cherry_pick(world: World, branch: int, place: int, text: int) -> None:
    """Commits of the other branch are applied to this one."""
    other = _both_committed(world, branch)
    wish = WISHES[text % 3]
    picked = f"{other}~{place % 3}" if place % 3 else other
    if world.git(branch, "cherry-pick", *wish, picked) != 0:
        _resolve(world, branch, place, text)
        if world.git(branch, "cherry-pick", "--continue") != 0:
            world.git(branch, "cherry-pick", "--skip")
            world.git(branch, "cherry-pick", "--abort")
    world.seen["picked"] += 1


def rebase(world: World, branch: int, place: int, text: int) -> None:
    """This branch is put onto the other one."""
    other = _both_committed(world, branch)
    done = world.git(branch, "rebase", "-q", *WISHES[text % 3], other)
    for _ in range(8):
        if done == 0:
            break
        _resolve(world, branch, place, text)
        if (done := world.git(branch, "rebase", "--continue")) != 0:
            done = 0 if not _is_rebasing(world, branch) else done
    world.git(branch, "rebase", "--abort")
    world.seen["rebased"] += 1


def _is_rebasing(world: World, branch: int) -> bool:
    return world.git(branch, "rev-parse", "--verify", "-q", "REBASE_HEAD") == 0


def squash(world: World, branch: int, place: int, text: int) -> None:
    """What the other branch did becomes one commit, which does not name it."""
    other = _both_committed(world, branch)
    wish = WISHES[text % 3]
    if world.git(branch, "merge", "-q", "--squash", *wish, other) != 0:
        _resolve(world, branch, place, text)
    commit(world, branch, 0, 0)
    world.seen["squashed"] += 1


def stash(world: World, branch: int, place: int, text: int) -> None:
    """Work is put aside, the other branch merged, and the work taken up again."""
    commit(world, 1 - branch, 0, 0)
    put = world.git(branch, "stash", "push", "-q", "--include-untracked")
    _git_has_it(world, branch)
    wish = ("ours", "theirs")[text % 2]
    other = ("main", "side")[1 - branch]
    if world.git(branch, "merge", "-q", "-m", "merge", f"-X{wish}", other) != 0:
        _settle(world, branch, text)
    if put == 0 and world.git(branch, "stash", "pop", "-q") != 0:
        _resolve(world, branch, place, text)
        world.git(branch, "reset", "-q")
        world.git(branch, "stash", "drop", "-q")
    world.seen["stashed"] += 1


def merge_by_hand(world: World, branch: int, place: int, text: int) -> None:
    """The other branch is merged as text, and somebody settles each conflict."""
    other = _both_committed(world, branch)
    if world.git(branch, "merge", "-q", "-m", "merge", other) != 0:
        _resolve(world, branch, place, text)
        commit(world, branch, 0, 0)


def _resolve(world: World, branch: int, place: int, text: int) -> None:
    """Settle what conflicts in an editor: a side of each place, the strings of both
    mixed, or a new source with the old target, no flag left."""
    for path in {row.partition("\t")[2] for row in _conflicts(world, branch)}:
        file = world.trees[branch] / path
        if file.exists() and "<<<<<<<" in (said := file.read_text()):
            n = count(place + text)

            def settle(found: re.Match[str], n: Iterator[int] = n) -> str:
                return RESOLUTIONS[next(n) % len(RESOLUTIONS)](found[1], found[2])

            file.write_text(CONFLICT.sub(settle, said))
            world.seen["resolved"] += 1
        world.git(branch, "add", "-A", "--", path)
    _git_has_it(world, branch)


CONFLICT = re.compile(
    r"^<{7}[^\n]*\n(.*?)(?:^\|{7}.*?)?^={7}\n(.*?)^>{7}[^\n]*\n", re.M | re.S
)


def _mixed(source: str, target: str) -> str:
    """Return the lines of one side with the msgstr lines of the other, in their order,
    and no flag."""
    strings = iter(line for line in target.splitlines(True) if "msgstr" in line)
    rows = [line for line in source.splitlines(True) if line != "#, fuzzy\n"]
    return "".join(next(strings, r) if "msgstr" in r else r for r in rows)


RESOLUTIONS: Sequence[Callable[[str, str], str]] = (
    lambda ours, theirs: ours,
    lambda ours, theirs: theirs,
    _mixed,
    lambda ours, theirs: _mixed(theirs, ours),
    lambda ours, theirs: theirs.replace("#, fuzzy\n", ""),
    lambda ours, theirs: ours.replace("#, fuzzy\n", ""),
)


def merge_later(world: World, branch: int, place: int, text: int) -> None:
    """The other branch is merged, and the merge not committed yet."""
    other = _both_committed(world, branch)
    world.git(branch, "merge", "-q", "--no-commit", "--no-ff", other)
    if _conflicts(world, branch):
        world.git(branch, "merge", "--abort")


def revert_catalog(world: World, branch: int, place: int, text: int) -> None:
    """Somebody goes back to an earlier version of the catalog."""
    if (path := world.catalog(branch)) is not None:
        name = str(path.relative_to(world.trees[branch]))
        world.git(branch, "checkout", "-q", f"HEAD~{1 + place % 2}", "--", name)


MERGES = (
    "merge", "merge", "merge_driven", "merge_driven", "merge_later",
    "merge_by_hand", "cherry_pick", "cherry_pick", "rebase", "squash", "stash",
)  # fmt: skip
PEOPLE = (
    "reword", "reword", "insert", "delete", "swap", "rewrap", "revert_article",
    "mend", "mend", "split", "split", "put_together", "put_together", "small", "small",
    "restore", "synced", "synced", "drafted", "typed", "typed", "accepted", "accepted",
    "signed",
    "left_out", "joined", "edited", "edited_late", "renamed", "undone", "undone",
    "poedit", "poedit_unsure", "unflag", "unflag_all", "flag", "msgcat",
    "commit", "revert_catalog", "machine_set", "machine_drafts", "agent", "agent_syncs",
)  # fmt: skip
"""Steps, the usual ones more than once."""

CLAIMS = ("typed", "accepted", "signed", "left_out", "joined", "edited")
"""Steps that say something with tflow, which one may regret."""

STEPS: dict[str, Callable[[World, int, int, int], None]] = {
    name: globals()[name] for name in (*MERGES, *PEOPLE)
}


# --- the law ----------------------------------------------------------------


def lies(world: World, branch: int) -> list[str]:
    """Return the units whose state claims more than people said."""
    try:
        units = world.units(branch)
    except FlowError:
        return []
    found = []
    shown = shown_targets(units)
    for unit in units:
        source = meaning(unit.pair.segment.text)
        pair = meaning(unit.pair.segment.text, shown[_key(unit)])
        state = unit.pair.state
        world.seen[str(state)] += 1
        claims = state in (State.TRANSLATED, State.REVIEWED)
        if claims and not world.truth.has("taken", pair):
            found.append(f"{state}: {unit.pair.segment.text!r} = {pair[1]!r}")
        if state is State.REVIEWED and not world.truth.has("signed", pair):
            found.append(f"never signed: {pair[1]!r}")
        if state is State.OMITTED and not world.truth.has("omitted", source):
            found.append(f"never left out: {unit.pair.segment.text!r}")
    return found


def play(world: World, steps: list[Step]) -> str | None:
    """Play a history; return the first lie that is told after a step, or None."""
    for number, (name, branch, place, text) in enumerate(steps, 1):
        STEPS[name](world, branch, place, text)
        if told := lies(world, branch):
            return f"after step {number}, {name} on {branch}: {told}"
    return None
