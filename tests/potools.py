"""Writers of PO files that are kept apart from us: translate-toolkit, which Weblate
writes with, and Babel. They live in an environment of their own, made once.

Translate-toolkit is under the GPL: it is run, never imported.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

from filelock import FileLock

CACHE = Path(__file__).parent.parent / ".cache" / "potools"
PACKAGES = ("translate-toolkit~=3.16", "babel~=2.17")

TOOLKIT = """
import json, sys
from translate.storage.pypo import pofile

store = pofile.parsefile(sys.argv[1])
edits = json.loads(sys.argv[2])
for unit in store.units:
    edit = edits.get(unit.getcontext())
    if edit is None or unit.isheader() or unit.isobsolete():
        continue
    if edit["target"] is not None:
        unit.target = edit["target"]
    if not edit["fuzzy"]:
        unit.prev_source = ""
    unit.markfuzzy(edit["fuzzy"])
store.save()
"""
"""Opens a file, edits units by their context as Weblate does, and saves it."""

BABEL = """
import sys
from babel.messages.pofile import read_po, write_po

with open(sys.argv[1], "rb") as file:
    catalog = read_po(file)
with open(sys.argv[1], "wb") as file:
    write_po(file, catalog)
"""


def run(script: str, *words: str) -> None:
    """Run a script with these tools.

    :raises RuntimeError: if they cannot be had, or the script failed: no test may pass
        without them.
    """
    command = [str(_python()), "-c", script, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)


@cache
def _python() -> Path:
    python = CACHE / "bin" / "python"
    made = CACHE / "made"
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    (CACHE.parent / ".gitignore").write_text("*\n", "utf-8")
    with FileLock(CACHE.with_suffix(".lock")):
        if not made.is_file() or made.read_text() != str(PACKAGES):
            _run(sys.executable, "-m", "venv", "--clear", str(CACHE))
            pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
            _run(str(python), *pip, *PACKAGES)
            made.write_text(str(PACKAGES))
    return python


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"cannot install {' and '.join(PACKAGES)} for the tests"
        raise RuntimeError(f"{message}:\n{done.stderr}")
