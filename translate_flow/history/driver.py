"""What git is taught in a clone: to merge our files by what stands in them, and to end
their lines alike everywhere."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

from translate_flow.errors import GitError
from translate_flow.history.repository.locating import Located, real
from translate_flow.history.repository.settings import listed, text_of
from translate_flow.history.repository.starting import alone

DRIVERS = {
    "tflow-po": ("catalogs, entry by entry", "merge-po"),
    "tflow-csv": ("the glossary, term by term", "merge-csv"),
}
"""Our merge drivers by their names in git's settings and attributes: what they merge,
and the command that does."""

_ENDS = "text eol=lf"
"""We write lines that end in LF, on every system: else git would give a clone on
Windows other bytes than those that were written."""

ATTRIBUTES = {
    "translations/**/*.po": f"{_ENDS} merge=tflow-po",
    "translations/glossary.csv": f"{_ENDS} merge=tflow-csv",
    "translations/releases/**/*.toml": _ENDS,
    "translations/waivers/**/*.toml": _ENDS,
    "translations/memory/**/*.tmx": _ENDS,
    "translate_flow.toml": _ENDS,
}
"""Git's attributes for our files, by pattern."""


def attributed(data: bytes) -> bytes:
    """Return git's attributes with those of our files: a line that is there for a
    pattern of ours gets what it lacks."""
    lines = data.splitlines(keepends=True)
    if lines and not lines[-1].endswith(b"\n"):
        lines[-1] += b"\n"
    for pattern, wanted in ATTRIBUTES.items():
        name, words = pattern.encode(), wanted.encode().split()
        at = next((n for n, line in enumerate(lines) if line.split()[:1] == [name]), -1)
        if at < 0:
            lines.append(b" ".join((name, *words)) + b"\n")
            continue
        missing = [word for word in words if word not in lines[at].split()]
        if missing:
            lines[at] = b" ".join((lines[at].rstrip(), *missing)) + b"\n"
    joined = b"".join(lines)
    return data if joined.rstrip(b"\n") == data.rstrip(b"\n") else joined


def configured(data: bytes) -> bytes:
    """Return git's settings with our drivers; git itself writes them, into a copy."""
    from tempfile import TemporaryDirectory

    settings = {
        f"merge.{name}.{key}": value
        for name, (what, command) in DRIVERS.items()
        for key, value in (("name", what), ("driver", _driver(command)))
    }
    with TemporaryDirectory() as place:
        copy = Path(place, "config")
        copy.write_bytes(data)
        where = ("config", "--file", str(copy))
        for name, value in settings.items():
            try:
                same = alone(*where, "--get", name) == f"{value}\n".encode()
            except GitError:
                same = False
            if not same:
                alone(*where, "--replace-all", name, value)
        return copy.read_bytes()


HOOK = """\
#!/bin/sh
# Written by tflow git install --hook. What this commit would make worse of articles
# that readers have keeps it from being made; git commit --no-verify goes past that.
git rev-parse --quiet --verify HEAD >/dev/null || exit 0
{line}
"""


def hook_line(prefix: str) -> str:
    """Return what a pre-commit hook runs.

    :param prefix: from the top of the repository to the project.
    """
    project = f"--project {shlex.quote(prefix)} " if prefix else ""
    return f"{tflow()} {project}gate --base HEAD"


def hooks_of(found: Located) -> Path:
    """Return the folder of a repository's hooks, wherever settings say it is."""
    own = dict(listed((found.common, found.folder))).get("core.hookspath")
    named = own or _named("--global") or _named("--system")
    if not named:
        return found.common / "hooks"
    return found.top / Path(named).expanduser()


def new_hook(found: Located, prefix: str) -> tuple[Path, bytes] | None:
    """Return the pre-commit hook that is missing: its file, and what is to stand there;
    None if it is there.

    :raises GitError: if another one is there, or its folder is of other repositories,
        too.
    """
    path, line = hooks_of(found) / "pre-commit", hook_line(prefix)
    data = HOOK.format(line=f"exec {line}").encode()
    if path.is_symlink() or path.exists():
        there = text_of(path)
        if line in there or there.encode(errors="surrogateescape") == data:
            return None
        message = "there is a pre-commit hook already"
        raise GitError(message, str(path), hint=f"add to it: {line}")
    place = real(path.parent)
    if not any(place.is_relative_to(inner) for inner in (found.top, found.common)):
        message = "core.hooksPath leads out of the repository"
        raise GitError(message, str(path.parent), hint=f"add to its pre-commit: {line}")
    return path, data


def _named(scope: str) -> str:
    """Return where the user's or the system's settings say hooks are."""
    try:
        answer = alone("config", scope, "--type=path", "--get", "core.hooksPath")
    except GitError:
        return ""
    return answer.decode(errors="replace").removesuffix("\n")


def _driver(command: str) -> str:
    """Return what git runs for each file of a kind that both sides changed."""
    return f"{tflow().replace('%', '%%')} {command} -- %O %A %B %P"


def tflow() -> str:
    """Return how a shell finds this tflow, whoever starts git. An activated environment
    is on PATH for a while only, so what it holds is named in full."""
    home = Path(sys.executable).parent
    own, found = shutil.which("tflow", path=str(home)), shutil.which("tflow")
    if own is None:
        code = "import sys; from translate_flow.cli import main; sys.exit(main())"
        return "tflow" if found else shlex.join([sys.executable, "-c", code])
    passing = sys.prefix != sys.base_prefix and found == own
    if found and not passing and Path(found).samefile(own):
        return "tflow"
    return shlex.quote(own)
