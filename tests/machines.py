"""Machines that have some fonts and no others, as far as fontconfig tells programs."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

FACES = {
    "DejaVu": "DejaVu Sans",
    "Liberation": "Liberation Serif",
    "Nanum": "NanumMyeongjo",
    "Noto CJK": "Noto Serif CJK KR",
}
"""What stands for the fonts of one package."""


@cache
def _folder(face: str) -> Path:
    """Return where a face lies: a missing one is a failure, never a skip."""
    command = ["fc-list", f"{face}", "--format", "%{file}\n"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if not said:
        pytest.fail(f"the font {face} is missing; run make tools")
    return Path(said.splitlines()[0]).parent


def fonts(folder: Path, *names: str) -> str:
    """Return a configuration, to be named in ``FONTCONFIG_FILE``, of a machine that has
    these fonts only."""
    places = "".join(f"<dir>{_folder(FACES[name])}</dir>" for name in names)
    folder.mkdir(exist_ok=True)
    path = folder / "fonts.conf"
    path.write_text(
        f"<fontconfig>{places}<cachedir>{folder}/cache</cachedir>"
        '<include ignore_missing="yes">/etc/fonts/conf.d</include></fontconfig>'
    )
    return str(path)
