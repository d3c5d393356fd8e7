"""Starting costs little: heavy libraries are loaded when they are needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import translate_flow

HEAVY = (
    "deep_translator",
    "requests",
    "rich",
    "markdown_it",
    "polib",
    "diff_match_patch",
    "ruamel",
    "rapidfuzz",
    "nh3",
    "stamina",
    "filelock",
    "tomlkit",
)

ROOT = Path(translate_flow.__file__).parent


def loaded(code: str) -> set[str]:
    """Return the heavy libraries that a fresh Python has loaded after ``code``."""
    listing = "; import sys; print('\\n' + ' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code + listing],
        capture_output=True,
        text=True,
        check=True,
    )
    names = {name.partition(".")[0] for name in done.stdout.split("\n")[-2].split()}
    return names & set(HEAVY)


@pytest.mark.parametrize("words", ["--help", "-V", "status -h"])
def test_help_loads_nothing_heavy(words: str) -> None:
    """Help is shown without any heavy library."""
    code = f"from translate_flow.cli import main; main({words.split()!r})"
    assert loaded(code) == set()


def test_an_error_of_use_loads_nothing_heavy() -> None:
    """A mistyped command is answered without any heavy library."""
    code = "from translate_flow.cli import main; main(['stauts'])"
    assert loaded(code) == set()


def test_rooms_load_nothing_heavy() -> None:
    """Importing any room but the exporters of a format is cheap."""
    rooms = [
        "translate_flow." + ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sorted(ROOT.rglob("*.py"))
        if path.name != "__init__.py"
    ]
    allowed = {"markdown_it"}
    assert loaded("import " + ", ".join(rooms)) <= allowed
