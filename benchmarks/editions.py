"""How long editions of many articles take: at first, unchanged, and after one edit.

    python benchmarks/editions.py FOLDER [--articles 100] [--formats md,html,…]

The first .md files below the folder become the articles of a project; the offline
engine pretends to translate all of them, and that is accepted. Then ``tflow export``
runs for each format: for all articles, again without a change, and after one target of
one article was set.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SETTINGS = '[project]\nlanguages = ["en", "ko"]\nsource_language = "en"\n'
FORMATS = "md,html,email,epub,docx,wordpress"


def tflow(project: Path, *words: str) -> float:
    """Run a command and return the seconds that it took."""
    began = time.perf_counter()
    command = [str(Path(sys.executable).parent / "tflow"), "--quiet", *words]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"tflow {' '.join(words)}: {done.stderr}")
    return time.perf_counter() - began


def project(folder: Path, articles: int, room: Path) -> int:
    """Make a project of the pages below a folder, all of them translated.

    :returns: how many segments it has.
    """
    (room / "translate_flow.toml").write_text(SETTINGS)
    found = sorted(folder.rglob("*.md"))[:articles]
    for path in found:
        place = room / "sources" / path.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    tflow(room, "draft", "--all", "--engine", "pseudo")
    tflow(room, "accept", "--all", "--unread")
    return sum(
        path.read_text("utf-8").count("\nmsgctxt ")
        for path in (room / "translations" / "ko").rglob("*.po")
    )


def main() -> None:
    """Measure, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--articles", type=int, default=100)
    asked.add_argument("--formats", default=FORMATS)
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        segments = project(said.folder, said.articles, room)
        slug = min((room / "sources").rglob("*.md")).relative_to(room / "sources")
        print(f"{said.articles} articles, {segments} segments\n")
        print("| format | first | a second | unchanged | one changed | size |")
        print("|---|---:|---:|---:|---:|---:|")
        for i, form in enumerate(said.formats.split(",")):
            words = ("export", "--all", "--format", form, "-o", f"out/{form}")
            first, again = tflow(room, *words), tflow(room, *words)
            tflow(room, "set", f"{slug.with_suffix('')}:1", f"바뀐 제목 {i}")
            changed = tflow(room, *words)
            size = sum(p.stat().st_size for p in (room / "out" / form).rglob("*.*"))
            rate = f"{said.articles / first:.0f}"
            print(
                f"| {form} | {first:.1f} s | {rate} | {again:.1f} s | {changed:.1f} s "
                f"| {size / 1e6:.1f} MB |",
                flush=True,
            )


if __name__ == "__main__":
    main()
