"""What a warm process answers is what the installed command answers."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest
from warm import REAL

LINES = (
    "tflow status; echo $?",
    "tflow show bot; echo $?",
    "COLUMNS=50 tflow show boat:3",
    "cd sources && tflow show --json boat:1 | tail -3",
    "printf '마지막 배' | tflow set boat:1 -; umask 077; tflow set boat:2 항구; "
    "stat -c %a translations/ko/boat.po; tflow show boat",
    "tflow set boat:1 배 2>&1 >/dev/full; echo $?",
    "tflow show boat | head -1; echo ${PIPESTATUS[0]}",
    "LC_ALL=C.UTF-8 tflow show boat:1; LC_ALL=C tflow status",
    "PYTHONIOENCODING=ascii PYTHONUTF8=0 tflow show boat:1",
    "tflow sync --check >&-; echo $?",
    "tflow drift boat; EDITOR=cat tflow edit boat:1; echo $?",
)


def shown(line: str, folder: Path, tools: Path) -> bytes:
    """Return what a terminal shows when bash runs a line in a folder."""
    environ = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "TERM": "xterm-256color",
        "SOURCE_DATE_EPOCH": "1795510800",
    }
    ours, theirs = pty.openpty()
    command = ["bash", "-c", line]
    with subprocess.Popen(
        command, cwd=folder, env=environ, stdin=theirs, stdout=theirs, stderr=theirs
    ):
        os.close(theirs)
        said = b""
        try:
            while piece := os.read(ours, 65536):
                said += piece
        except OSError:
            os.close(ours)
    return said


@pytest.mark.parametrize("line", LINES)
def test_nobody_sees_a_difference(line: str, project: Path, warm: Path) -> None:
    """Words, streams, terminal, environment, folder, umask and codes arrive."""
    before = {p: p.read_bytes() for p in project.rglob("*") if p.is_file()}
    real = shown(line, project, REAL.parent)
    for path in [*project.rglob("*")]:
        if path.is_file() and path not in before:
            path.unlink()
    assert shown(line, project, warm) == real
    assert real.strip()
