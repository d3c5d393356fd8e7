"""Law 5: a state is never better than the truth."""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from histories import CLAIMS, MERGES, PEOPLE, Step, play, template, world

HISTORIES = int(os.environ.get("HISTORIES", "2000"))
"""Random histories in all, which ``make test-long`` plays."""

BATCHES, SHARES = 3, 6

EVENTFUL = (
    0, 6, 24, 44, 51, 67, 106, 140, 153, 195, 226, 235, 242, 261, 320, 348, 351, 396,
    410, 423, 442, 494, 523, 539, 543, 581, 583, 586, 587, 616, 617, 627, 651, 662, 689,
    694, 701, 713, 759, 774, 778, 793, 815, 863, 886, 961, 986, 998, 1012, 1030, 2315,
    4847, 11427, 20778, 22300, 24944, 25360, 25894, 26225, 28323,
)  # fmt: skip
"""Histories in which all that can happen does, and often."""
FURTHER = tuple(seed for seed in range(200) if seed not in EVENTFUL)

KNOWN: list[list[Step]] = [
    [
        ("drafted", 0, 2, 1),
        ("merge", 1, 0, 0),
        ("poedit_unsure", 0, 1, 3),
        ("edited", 1, 1, 4),
        ("stash", 0, 0, 4),
    ],
    [
        ("drafted", 0, 0, 7),
        ("merge_by_hand", 1, 0, 6),
        ("poedit_unsure", 0, 3, 10),
        ("unflag_all", 1, 3, 0),
        ("squash", 0, 0, 2),
    ],
    [
        ("typed", 0, 0, 9),
        ("swap", 1, 4, 9),
        ("merge_later", 0, 0, 9),
        ("undone", 0, 2, 0),
        ("insert", 1, 0, 8),
        ("small", 0, 2, 6),
        ("machine_drafts", 1, 2, 9),
        ("stash", 1, 0, 5),
        ("unflag_all", 1, 2, 2),
        ("merge_driven", 0, 0, 9),
    ],
    [
        ("drafted", 0, 0, 7),
        ("put_together", 0, 1, 7),
        ("merge_by_hand", 1, 0, 6),
        ("typed", 0, 3, 5),
        ("poedit_unsure", 1, 3, 9),
        ("agent_syncs", 1, 1, 1),
        ("poedit_unsure", 0, 3, 10),
        ("unflag_all", 1, 3, 0),
        ("squash", 0, 0, 2),
    ],
    [
        ("insert", 0, 5, 3),
        ("typed", 1, 3, 9),
        ("delete", 1, 3, 1),
        ("edited_late", 1, 3, 10),
        ("swap", 1, 2, 3),
        ("merge_driven", 0, 0, 6),
        ("synced", 0, 2, 4),
        ("typed", 1, 4, 5),
        ("stash", 1, 0, 3),
    ],
    [
        ("typed", 0, 2, 2),
        ("cherry_pick", 1, 0, 0),
        ("agent", 0, 5, 10),
        ("renamed", 1, 0, 8),
        ("cherry_pick", 0, 0, 5),
        ("undone", 0, 1, 0),
        ("merge", 1, 0, 6),
        ("machine_drafts", 0, 2, 0),
    ],
    [
        ("drafted", 0, 2, 1),
        ("merge", 1, 0, 0),
        ("unflag_all", 1, 2, 1),
        ("merge_driven", 0, 0, 0),
        ("reword", 0, 1, 9),
        ("drafted", 1, 0, 1),
        ("merge_driven", 1, 0, 5),
        ("insert", 0, 2, 5),
        ("renamed", 0, 2, 1),
        ("drafted", 1, 2, 4),
        ("cherry_pick", 0, 0, 8),
    ],
]
"""Histories after which a lie was told once."""


def history(seed: int) -> list[Step]:
    """Return a random history: a beginning, then rounds in which both branches work,
    mostly at the same segment, and are merged."""
    dice = random.Random(seed)
    steps: list[Step] = []
    for place in range(3):
        if dice.random() < 0.6:
            steps.append(
                (dice.choice(("typed", "drafted")), 0, place, dice.randrange(11))
            )
    if steps:
        steps.append((dice.choice(MERGES), 1, 0, 0))
    for _ in range(dice.randint(1, 4)):
        focus = dice.randrange(4)
        for branch in (0, 1):
            for _ in range(dice.randint(0, 3)):
                place = focus if dice.random() < 0.7 else dice.randrange(6)
                name = dice.choice(PEOPLE)
                steps.append((name, branch, place, dice.randrange(11)))
                if name in CLAIMS and dice.random() < 0.3:
                    steps.append(("undone", branch, place, 0))
        steps.append((dice.choice(MERGES), dice.randrange(2), 0, dice.randrange(11)))
    return steps


def shortened(steps: list[Step], fails: Callable[[list[Step]], bool]) -> list[Step]:
    """Return what is left of a failing history when every step is left out that it
    fails without."""
    at = 0
    while at < len(steps):
        shorter = steps[:at] + steps[at + 1 :]
        if fails(shorter):
            steps = shorter
        else:
            at += 1
    return steps


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A repository to copy, in memory where there is such a place."""
    memory = Path("/dev/shm")
    where = str(memory) if memory.is_dir() else None
    with tempfile.TemporaryDirectory(dir=where) as folder:
        yield template(Path(folder) / "made")


@pytest.mark.parametrize("steps", KNOWN)
def test_no_lie_is_told_again(steps: list[Step], made: Path) -> None:
    """What once made a state better than the truth does so no more."""
    with world(made, made.parent / "again") as here:
        assert play(here, steps) is None


def played(made: Path, name: str, seeds: Iterable[int]) -> Counter[str]:
    """Play histories and return how often what happened in them; fail, with the
    shortest such history, if a lie is told."""
    seen: Counter[str] = Counter()

    def lie(steps: list[Step]) -> str | None:
        with world(made, made.parent / name) as here:
            told = play(here, steps)
            seen.update(here.seen)
        return told

    for seed in seeds:
        steps = history(seed)
        if lie(steps) is not None:
            short = shortened(steps, lambda some: lie(some) is not None)
            pytest.fail(f"history {seed}: {lie(short)}\n{short}")
        seen["histories"] += 1
    return seen


EVENTS = (
    *("translated", "reviewed", "drifted", "driven", "merged"),
    *("edited", "moved", "undone", "withdrawn", "put together"),
    *("picked", "rebased", "squashed", "stashed", "resolved", "machine", "agent"),
)
RARE = ("split", "minor")


@pytest.mark.slow
def test_states_are_never_better_than_the_truth(made: Path) -> None:
    """Whatever authors, translators, editors and git do, no unit is shown as translated
    or reviewed unless a person took just that target for just that source."""
    seen = played(made, "eventful", EVENTFUL)
    assert min(seen[what] for what in (*EVENTS, *RARE)) > 10, f"too little: {seen}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "share", [0, *(pytest.param(n, marks=pytest.mark.long) for n in range(1, SHARES))]
)
def test_further_histories(share: int, made: Path) -> None:
    """Nor in what happens at random."""
    seeds = FURTHER[share::SHARES]
    assert played(made, f"further{share}", seeds)["histories"] == len(seeds) > 30


@pytest.mark.long
@pytest.mark.parametrize("batch", range(BATCHES))
def test_thousands_of_histories(batch: int, made: Path) -> None:
    """Nor in what happens once in a thousand times."""
    seen = played(made, f"long{batch}", range(batch, HISTORIES, BATCHES))
    assert min(seen[what] for what in EVENTS) > 10, f"too little: {seen}"
    assert sum(seen[what] for what in RARE) > 0, f"too little: {seen}"
