"""Law 5: a state is never better than the truth."""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from histories import CLAIMS, MERGES, PEOPLE, Step, play, template, world

HISTORIES = int(os.environ.get("HISTORIES", "900"))
"""Random histories in all."""

BATCHES = 3

KNOWN: list[list[Step]] = [
    [
        ("drafted", 0, 2, 1),
        ("merge", 1, 0, 0),
        ("poedit_unsure", 0, 1, 3),
        ("edited", 1, 1, 4),
        ("stash", 0, 0, 4),
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


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_states_are_never_better_than_the_truth(batch: int, made: Path) -> None:
    """Whatever authors, translators, editors and git do, no unit is shown as translated
    or reviewed unless a person took just that target for just that source."""
    seen: Counter[str] = Counter()

    def lie(steps: list[Step]) -> str | None:
        with world(made, made.parent / f"world{batch}") as here:
            told = play(here, steps)
            seen.update(here.seen)
        return told

    for seed in range(batch, HISTORIES, BATCHES):
        steps = history(seed)
        if lie(steps) is not None:
            short = shortened(steps, lambda some: lie(some) is not None)
            pytest.fail(f"history {seed}: {lie(short)}\n{short}")
        seen["histories"] += 1
    assert seen["histories"] == HISTORIES // BATCHES
    for what in (
        *("translated", "reviewed", "drifted", "driven", "merged"),
        *("edited", "moved", "undone", "withdrawn", "put together"),
        *("picked", "rebased", "squashed", "stashed", "resolved", "machine", "agent"),
    ):
        assert seen[what] > 10, f"too little happened: {seen}"
    assert seen["split"] + seen["minor"] > 0, f"too little happened: {seen}"
