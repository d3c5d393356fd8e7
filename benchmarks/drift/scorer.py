"""Who was right: what systems gave each new segment, held against the truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.drift.systems import Carried, Run
from benchmarks.drift.targets import numbers
from benchmarks.drift.truth import KINDS, MOVED, SAME, Case, Origin
from translate_flow.state import collapse


@dataclass
class Tally:
    """Counts for the segments of one kind."""

    segments: int = 0
    right: int = 0
    """Got a translation of an ancestor, and nothing else."""

    wrong: int = 0
    """Got a translation that is not theirs, alone or beside the right one."""

    lost: int = 0
    """Have ancestors and got nothing of theirs."""

    current: int = 0
    """Shown as if up to date."""

    stale: int = 0
    """Shown as if up to date although they are not."""

    attached: int = 0
    """Translations given, one for each old segment."""

    astray: int = 0
    """Those of them that are not the segment's own."""


@dataclass(frozen=True, slots=True)
class Miss:
    """Something that a system got wrong."""

    what: str
    """``wrong``, ``lost``, ``stale``, ``not kept``, ``half``."""

    kind: str
    page: str
    new: str
    was: tuple[str, ...]
    """The texts of its ancestors."""

    got: tuple[str, ...]
    """The texts whose translations it got."""


@dataclass
class Score:
    """How a system did on all cases."""

    system: str
    seconds: float
    failed: int
    unseen: int = 0
    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    families: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """Split or merged texts: ``("split", True)`` if all of the family was found."""

    misses: list[Miss] = field(default_factory=list)

    def of(self, kinds: Iterable[str]) -> Tally:
        """Return the counts of several kinds together."""
        total = Tally()
        for kind in kinds:
            for name, value in vars(self.tallies[kind]).items():
                setattr(total, name, getattr(total, name) + value)
        return total


def score(cases: Sequence[Case], run: Run) -> Score:
    """Hold what a system did against the truth."""
    result = Score(run.system, run.seconds, run.failed)
    for case, given in zip(cases, run.carried, strict=True):
        carried = _alike(case, given)
        _judge(case, carried, result)
        for kind, found in _families(case, carried):
            result.families[kind, found] += 1
    return result


def _alike(case: Case, carried: Sequence[Carried]) -> list[Carried]:
    """Return what was given, with fair shares among new segments of the same text: the
    best to those that are what they were, then to those with other ancestors. Which of
    them got it, nobody can tell."""
    same: dict[str, list[int]] = defaultdict(list)
    for j, segment in enumerate(case.news):
        same[collapse(segment.text)].append(j)
    fair = list(carried)
    for places in same.values():
        got = sorted((carried[j] for j in places), key=_worth)
        entitled = sorted(places, key=lambda j: _claim(case.origins[j]))
        for j, one in zip(entitled, got, strict=True):
            fair[j] = one
    return fair


def _claim(origin: Origin) -> int:
    return 0 if origin.kind in SAME | MOVED else 1 if origin.ancestors else 2


def _worth(got: Carried) -> int:
    return ("current", "drifted", "proposal", "none", "unseen").index(got.shown)


def _judge(case: Case, carried: Sequence[Carried], result: Score) -> None:
    for j, got in enumerate(carried):
        if got.shown == "unseen":
            result.unseen += 1
            continue
        origin = case.origins[j]
        tally = result.tallies[origin.kind]
        given, right = numbers(got.target), case.right(j)
        astray = [i for i in given if i not in right]
        lost = bool(origin.ancestors) and not right.intersection(given)
        stale = got.shown == "current" and not case.current(j, given, got.target)
        tally.segments += 1
        tally.attached += len(given)
        tally.astray += len(astray)
        tally.wrong += bool(astray)
        tally.right += bool(given) and not astray
        tally.lost += lost
        tally.current += got.shown == "current"
        tally.stale += stale
        unkept = origin.kind in SAME | MOVED and got.shown != "current"
        half = len(origin.ancestors) > 1 and not _all_found(case, j, given)
        marks = {"wrong": astray, "lost": lost, "stale": stale, "half": half}
        marks["not kept"] = unkept
        for what in (name for name, is_so in marks.items() if is_so):
            result.misses.append(_miss(what, case, j, given))


def _miss(what: str, case: Case, j: int, given: Sequence[int]) -> Miss:
    origin = case.origins[j]
    was = tuple(case.olds[i].text for i in origin.ancestors)
    got = tuple(case.olds[i].text for i in given)
    return Miss(what, origin.kind, case.name, case.news[j].text, was, got)


def _all_found(case: Case, j: int, given: Sequence[int]) -> bool:
    return all(parent.intersection(given) for parent in case.parents(j))


def _families(case: Case, carried: Sequence[Carried]) -> Iterator[tuple[str, bool]]:
    """Yield for each split whether every part has the parent, for each merge whether
    the whole has every parent."""
    halves: dict[int, list[bool]] = defaultdict(list)
    for j, origin in enumerate(case.origins):
        if origin.kind not in ("split", "merged") or carried[j].shown == "unseen":
            continue
        found = _all_found(case, j, numbers(carried[j].target))
        if origin.kind == "merged":
            yield "merged", found
        else:
            halves[origin.ancestors[0]].append(found)
    yield from (("split", all(found)) for found in halves.values())


# --- tables -----------------------------------------------------------------


def _share(part: int, whole: int, digits: int = 1) -> str:
    return f"{100 * part / whole:.{digits}f} %" if whole else "–"


def _family(one: Score, kind: str) -> str:
    found, missed = one.families[kind, True], one.families[kind, False]
    return _share(found, found + missed)


def goals(scores: Sequence[Score]) -> str:
    """Return a table of the goals and how each system meets them."""
    rest = [kind for kind in KINDS if kind != "rewrite"]
    rows = [["", "goal", *(one.system for one in scores)]]

    def row(name: str, goal: str, cells: Iterable[str]) -> None:
        rows.append([name, goal, *cells])

    every = [one.of(KINDS) for one in scores]
    row(
        "wrong ancestor, of attached",
        "≤ 0.1 %",
        (_share(t.astray, t.attached, 2) for t in every),
    )
    for name, goal, kinds in (
        ("lost, rewrites apart", "≤ 1 %", rest),
        ("heavy rewrites lost", "≤ 10 %", ["rewrite"]),
    ):
        tallies = [_with_ancestors(one, kinds) for one in scores]
        row(name, goal, (_share(t.lost, t.segments) for t in tallies))
    row("stale shown as current", "0", (str(t.stale) for t in every))
    for name, kept in (("unchanged kept", SAME), ("moved kept", MOVED)):
        tallies = [one.of(kept) for one in scores]
        row(name, "100 %", (_share(t.current, t.segments) for t in tallies))
    row("both halves of a split", "≥ 97 %", (_family(s, "split") for s in scores))
    row("both parents of a merge", "≥ 97 %", (_family(s, "merged") for s in scores))
    row("segments it has too", "", (str(t.segments) for t in every))
    row("pages it failed on", "", (str(one.failed) for one in scores))
    row("processor seconds", "", (f"{one.seconds:.2f}" for one in scores))
    return _table(rows)


def _with_ancestors(one: Score, kinds: Iterable[str]) -> Tally:
    return one.of(kind for kind in kinds if kind != "inserted")


def kinds(scores: Sequence[Score]) -> str:
    """Return a table of what became of each kind of edit: for each system the share
    that is right, wrong, lost, and shown as current."""
    rows = [["edit", "segments"]]
    rows[0] += (f"{one.system}: right / wrong / lost / current" for one in scores)
    for kind in KINDS:
        size = max(one.tallies[kind].segments for one in scores)
        cells = (_fates(one.tallies[kind]) for one in scores)
        rows.append([kind, str(size), *cells])
    return _table(rows)


def _fates(tally: Tally) -> str:
    if not tally.segments:
        return "–"
    parts = (tally.right, tally.wrong, tally.lost, tally.current)
    return " / ".join(f"{100 * part / tally.segments:.1f}" for part in parts)


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = ("| " + " | ".join(row) + " |" for row in rows)
    line = "|---|" + "---:|" * (len(rows[0]) - 1)
    return "\n".join((head, line, *body))


def told(misses: Iterable[Miss], most: int) -> Iterator[str]:
    """Yield misses as text, ``most`` of each sort, for those who want to mend them."""
    seen: Counter[tuple[str, str]] = Counter()
    for miss in misses:
        seen[miss.what, miss.kind] += 1
        if seen[miss.what, miss.kind] <= most:
            yield f"\n{miss.what}, {miss.kind}, {miss.page}\n  new  {miss.new}"
            yield from (f"  was  {text}" for text in miss.was)
            yield from (f"  got  {text}" for text in miss.got if text not in miss.was)
