"""The examples of the CommonMark specification, fetched once from the package index.

Their licence (CC BY-SA) keeps them out of this repository; the source archive of
markdown-it-py has them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

CACHE = Path(__file__).parent.parent / ".cache" / "commonmark"
MEMBER = "tests/test_cmark_spec/commonmark.json"


@cache
def examples() -> tuple[str, ...]:
    """Return the Markdown of every example.

    :raises RuntimeError: if they cannot be fetched: no test may pass without them.
    """
    archive = _archive() or _fetched()
    with tarfile.open(archive) as tar:
        name = next(n for n in tar.getnames() if n.endswith(MEMBER))
        member = tar.extractfile(name)
        found = json.load(member) if member else []
    if len(found) < 600:
        raise RuntimeError(f"{archive} has {len(found)} examples, not all of them")
    return tuple(example["markdown"] for example in found)


def _archive() -> Path | None:
    return next(CACHE.glob("markdown_it_py-*.tar.gz"), None)


def _fetched() -> Path:
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE.parent / ".gitignore").write_text("*\n", "utf-8")
    package = "markdown-it-py"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--no-binary", package, "--dest", str(CACHE)]
    command.append(f"{package}=={version(package)}")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    archive = _archive()
    if done.returncode or archive is None:
        raise RuntimeError(f"cannot fetch the CommonMark examples:\n{done.stderr}")
    return archive
