"""Law 5: a state is never better than the truth."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from histories import STEPS, Step, play, template, world
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

HISTORIES = 3_200
"""Random histories in all."""

BATCHES = 8

NAMES = sorted(STEPS)
USUAL = ("synced", "typed", "accepted", "reword", "merge", "commit")
"""Steps that histories are mostly made of, or little would ever be accepted."""

STEP = st.tuples(
    st.one_of(st.sampled_from(USUAL), st.sampled_from(NAMES)),
    st.integers(0, 1),
    st.integers(0, 4),
    st.integers(0, 7),
)


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A repository to copy, in memory where there is such a place."""
    memory = Path("/dev/shm")
    where = str(memory) if memory.is_dir() else None
    with tempfile.TemporaryDirectory(dir=where) as folder:
        yield template(Path(folder) / "made")


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_states_are_never_better_than_the_truth(batch: int, made: Path) -> None:
    """Whatever authors, translators, editors and git do, no unit is shown as translated
    or reviewed unless a person took just that target for just that source."""
    played = 0

    @seed(batch)
    @settings(
        max_examples=HISTORIES // BATCHES,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(STEP, min_size=4, max_size=14))
    def histories(steps: list[Step]) -> None:
        nonlocal played
        played += 1
        with world(made, made.parent / f"world{batch}") as here:
            play(here, steps)

    histories()
    assert played >= HISTORIES // BATCHES
