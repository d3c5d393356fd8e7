"""How tflow came onto this computer, and how to add to it what one of its extras needs.

The extras are named by what they consist of: the name of this package may be anybody's
in a registry.
"""

from __future__ import annotations

import json
import re
import shlex
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

NAME = "translate-flow"
EXTRA = re.compile(r"""(?P<what>[^;]+);.*\bextra\s*==\s*['"](?P<extra>[^'"]+)['"]""")


def adding(extra: str, prefix: Path | None = None) -> str:
    """Return the command that adds what an extra needs to this installation.

    :param prefix: the environment that tflow is installed in; None for that which runs.
    """
    prefix = prefix or Path(sys.prefix)
    try:
        ours = distribution(NAME)
    except PackageNotFoundError:
        return "install tflow with its extra " + extra
    needs = [
        found["what"].strip() for found in _extras(ours) if found["extra"] == extra
    ]
    if (prefix / "pipx_metadata.json").is_file():
        return shlex.join(["pipx", "inject", prefix.name, *needs])
    if (prefix / "uv-receipt.toml").is_file() and (source := _source(ours)):
        with_them = [word for need in needs for word in ("--with", need)]
        return shlex.join(["uv", "tool", "install", *with_them, source])
    if find_spec("pip") is None:
        return shlex.join(["uv", "pip", "install", "--python", sys.executable, *needs])
    return shlex.join([sys.executable, "-m", "pip", "install", *needs])


def _extras(ours: Distribution) -> list[re.Match[str]]:
    return list(filter(None, map(EXTRA.match, ours.requires or ())))


def _source(ours: Distribution) -> str:
    """Return where this package was installed from; empty if from a registry."""
    said = json.loads(ours.read_text("direct_url.json") or "{}")
    url = str(said.get("url", ""))
    version = said.get("vcs_info", {})
    return f"{version['vcs']}+{url}" if "vcs" in version else url
