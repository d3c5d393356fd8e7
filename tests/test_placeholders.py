"""Constructs of our own pages are intact or told, whatever a machine does to them."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from benchmarks.placeholders import MACHINES, articles, suffer

ROOT = Path(__file__).parent.parent
PAGES = [(page, "en") for page, _ in articles([ROOT / "sources", ROOT / "tests/cases"])]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_changes_in_silence(machine: str, seed: int) -> None:
    """What a machine loses, doubles, turns round or writes otherwise is put right, or
    there is a finding for it."""
    row = suffer(machine, PAGES, argparse.Namespace(seed=seed, v=True))
    counts = [int(cell.replace(",", "")) for cell in row.strip("| ").split("|")[1:]]
    sent, intact, told, silent = counts
    assert sent > 140
    assert silent == 0
    if machine in ("kept", "spaced", "wide", "fenced", "ticked", "commented"):
        assert (intact, told) == (sent, 0)
    elif machine != "glued":
        assert told > 0
