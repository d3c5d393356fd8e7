"""Random histories of one article on two git branches, and the truth about them.

A history is a list of steps, each a name and three numbers, so that a failing one can
be shortened and read. The steps are what authors, translators, reviewers, other editors
and git do. What people took as right is written down beside them; a state must never
claim more.
"""

from __future__ import annotations

import re
import shutil
import socketserver
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polib

from translate_flow.errors import FlowError
from translate_flow.flow.acts import accept, join, omit, set_target, sign, sync
from translate_flow.flow.desk import Desk, chosen
from translate_flow.flow.drafting import draft
from translate_flow.flow.merging import merge_files
from translate_flow.flow.reading import Seen, show
from translate_flow.git import Git
from translate_flow.model import State
from translate_flow.places import Place
from translate_flow.project import load
from translate_flow.state import exact, fingerprint

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
)
TARGETS = (
    "배는 아홉 시에 떠난다.",
    "배는 열 시에 떠난다.",
    "배는 떠나지 않는다.",
    "기다리지 않는다.",
    "기다린다.",
    "불평하는 사람은 없다.",
    "아무도 불평하지 않는다.",
)

Step = tuple[str, int, int, int]
"""What is done; on which branch (0 or 1); at which segment; with which text."""


@dataclass
class Truth:
    """What people have said, on any branch."""

    taken: set[tuple[str, str]] = field(default_factory=set)
    """Source fingerprints and targets that a person took as right together."""

    signed: set[tuple[str, str]] = field(default_factory=set)

    omitted: set[str] = field(default_factory=set)
    """Fingerprints of sources that a person left out on purpose."""

    typed: set[tuple[str, str]] = field(default_factory=set)
    """What people typed in other editors for a source that stood there, also where they
    left it flagged: taking the flag off such a text before tflow has seen it takes it,
    taking it off any other text does not."""


@dataclass
class World:
    """One repository with two work trees, each on its own branch."""

    trees: tuple[Path, Path]
    truth: Truth = field(default_factory=Truth)
    seen: Counter[str] = field(default_factory=Counter)
    """How often each state was seen, and each kind of merge had something to do."""

    def desk(self, branch: int) -> Desk:
        root = self.trees[branch]
        return Desk(load(root), "2026-11-24", {}, Git(root))

    def units(self, branch: int) -> tuple[Seen, ...]:
        desk = self.desk(branch)
        return show(desk, chosen(desk.project, ["a"]))

    def git(self, branch: int, *words: str) -> int:
        done = subprocess.run(
            ["git", "-C", str(self.trees[branch]), *words],
            capture_output=True,
            check=False,
        )
        return done.returncode

    def article(self, branch: int) -> Path:
        return self.trees[branch] / ARTICLE

    def catalog(self, branch: int) -> Path:
        return self.trees[branch] / CATALOG


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
    desk = Desk(load(main), "2026-11-24", {}, Git(main))
    sync(desk, chosen(desk.project, ["a"]))
    _run(main, "add", ".")
    _run(main, "commit", "-qm", "start")
    _run(main, "worktree", "add", "-q", "-b", "side", "../side")
    return folder


def _run(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


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


def rewrap(world: World, branch: int, place: int, text: int) -> None:
    """The author's editor wraps a paragraph."""
    rows = _paragraphs(world, branch)
    at = place % len(rows)
    rows[at] = re.sub(r"\s+", "\n" if "\n" not in rows[at] else " ", rows[at], count=1)
    _write(world, branch, rows)


def revert_article(world: World, branch: int, place: int, text: int) -> None:
    """The author goes back to an earlier version."""
    world.git(branch, "checkout", "-q", f"HEAD~{1 + place % 2}", "--", ARTICLE)


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
    desk = world.desk(branch)
    _tflow(lambda: sync(desk, chosen(desk.project, ["a"])))


def drafted(world: World, branch: int, place: int, text: int) -> None:
    """Somebody fetches drafts."""
    desk = world.desk(branch)
    _tflow(lambda: draft(desk, chosen(desk.project, ["a"]), "pseudo"))


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
        lambda desk, spot: set_target(desk, spot, target, by="mina"),
        world.truth.taken,
    )


def accepted(world: World, branch: int, place: int, text: int) -> None:
    """A translator sees a source and a target and takes them as right."""
    _act(
        world,
        branch,
        place,
        lambda desk, spot: accept(desk, spot, by="mina"),
        world.truth.taken,
    )


def signed(world: World, branch: int, place: int, text: int) -> None:
    """A reviewer signs what he sees."""
    _act(
        world,
        branch,
        place,
        lambda desk, spot: sign(desk, spot, by="bob"),
        world.truth.signed,
    )


def _act(
    world: World,
    branch: int,
    place: int,
    act: Callable[[Desk, Place], object],
    said: set[tuple[str, str]],
) -> None:
    """Act on a unit that somebody sees; write down what he said of it, and of those
    that it covers whose source stands as it did when they were joined."""
    if (unit := _spot(world, branch, place)) is None:
        return
    desk, before = world.desk(branch), world.units(branch)
    name = unit.pair.unit.id
    spot = chosen(desk.project, [f"a:{name}"])[0]
    if not _tflow(lambda: act(desk, spot)):
        return
    shown = shown_targets(world.units(branch))
    said.add((fingerprint(unit.pair.segment.text), shown[name]))
    for other in before:
        mark, source = other.pair.unit.mark, fingerprint(other.pair.segment.text)
        if mark and mark.joined == name and mark.ok and mark.ok.src == source:
            said.add((source, shown[name]))


def shown_targets(units: Sequence[Seen]) -> dict[str, str]:
    """Return what stands for each unit: its own target, or that which covers it."""
    own = {unit.pair.unit.id: unit.pair.unit.target for unit in units}
    found = {}
    for unit in units:
        entry = unit.pair.unit
        cover = entry.mark.joined if entry.mark and not entry.target else ""
        found[entry.id] = own.get(cover, "") if cover else entry.target
    return found


def left_out(world: World, branch: int, place: int, text: int) -> None:
    """An editor sees a source and leaves it out on purpose."""
    if (unit := _spot(world, branch, place)) is None:
        return
    desk = world.desk(branch)
    spot = chosen(desk.project, [f"a:{unit.pair.unit.id}"])
    if _tflow(lambda: omit(desk, spot[0], by="bob", why="cut")):
        world.truth.omitted.add(fingerprint(unit.pair.segment.text))


def joined(world: World, branch: int, place: int, text: int) -> None:
    """A translator sees two sources and says that one target covers both."""
    try:
        units = world.units(branch)
    except FlowError:
        return
    at = place % len(units)
    pair = units[at : at + 2]
    if len(pair) < 2:
        return
    desk = world.desk(branch)
    ids = ",".join(unit.pair.unit.id for unit in pair)
    spot = chosen(desk.project, [f"a:{ids}"])
    if _tflow(lambda: join(desk, spot[0], by="mina")):
        _taken(world, pair[1].pair.segment.text, pair[0].pair.unit.target)


def _taken(world: World, source: str, target: str) -> None:
    world.truth.taken.add((fingerprint(source), target))


# --- what other editors do --------------------------------------------------


def _entry(
    world: World, branch: int, place: int
) -> tuple[polib.POFile, polib.POEntry] | None:
    path = world.catalog(branch)
    if "<<<<<<<" in path.read_text():
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
        world.truth.typed.add((fingerprint(entry.msgid), target))


def _unflag(world: World, entry: polib.POEntry) -> None:
    entry.fuzzy = False
    entry.previous_msgid = None
    pair = (fingerprint(entry.msgid), entry.msgstr)
    if (
        pair in world.truth.typed
        and f" tgt={exact(entry.msgstr)}" not in entry.tcomment
    ):
        world.truth.taken.add(pair)


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
    path = str(world.catalog(branch))
    subprocess.run(["msgcat", path, "-o", path], capture_output=True, check=False)


# --- what git does ----------------------------------------------------------


def commit(world: World, branch: int, place: int, text: int) -> None:
    """Everything is committed."""
    world.git(branch, "add", "-A")
    world.git(branch, "commit", "-qm", "work")


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
    side = ("--ours", "--theirs")[text % 2]
    for path in (ARTICLE, CATALOG):
        if "<<<<<<<" in (world.trees[branch] / path).read_text():
            world.git(branch, "checkout", "-q", side, "--", path)
    commit(world, branch, 0, 0)


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


def merge_later(world: World, branch: int, place: int, text: int) -> None:
    """The other branch is merged, and the merge not committed yet."""
    other = _both_committed(world, branch)
    world.git(branch, "merge", "-q", "--no-commit", "--no-ff", other)
    if (
        "<<<<<<<"
        in world.catalog(branch).read_text() + world.article(branch).read_text()
    ):
        world.git(branch, "merge", "--abort")


def revert_catalog(world: World, branch: int, place: int, text: int) -> None:
    """Somebody goes back to an earlier version of the catalog."""
    world.git(branch, "checkout", "-q", f"HEAD~{1 + place % 2}", "--", CATALOG)


MERGES = ("merge", "merge", "merge_driven", "merge_driven", "merge_later")
PEOPLE = (
    "reword", "reword", "insert", "delete", "swap", "rewrap", "revert_article",
    "synced", "synced", "drafted", "typed", "typed", "accepted", "accepted", "signed",
    "left_out", "joined",
    "poedit", "poedit_unsure", "unflag", "unflag_all", "flag", "msgcat",
    "commit", "revert_catalog",
)  # fmt: skip
"""Steps, the usual ones more than once."""

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
        source = fingerprint(unit.pair.segment.text)
        pair = (source, shown[unit.pair.unit.id])
        state = unit.pair.state
        world.seen[str(state)] += 1
        claims = state in (State.TRANSLATED, State.REVIEWED)
        if claims and pair not in world.truth.taken:
            found.append(f"{state}: {unit.pair.segment.text!r} = {pair[1]!r}")
        if state is State.REVIEWED and pair not in world.truth.signed:
            found.append(f"never signed: {pair[1]!r}")
        if state is State.OMITTED and source not in world.truth.omitted:
            found.append(f"never left out: {unit.pair.segment.text!r}")
    return found


def play(world: World, steps: list[Step]) -> str | None:
    """Play a history; return the first lie that is told after a step, or None."""
    for number, (name, branch, place, text) in enumerate(steps, 1):
        STEPS[name](world, branch, place, text)
        if told := lies(world, branch):
            return f"after step {number}, {name} on {branch}: {told}"
    return None
