"""The one place that starts git, so that it runs nothing but itself.

Git does what settings and links of a repository say: it runs filters, hooks, monitors
and helpers, and fetches by any command what it misses. Here it gets no settings but the
user's own, or none, and no variable that names a program.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from translate_flow.errors import GitError, NoRepository

_SECONDS = 30.0

_KEPT = (
    "GIT_CEILING_DIRECTORIES", "GIT_EXEC_PATH", "GIT_CONFIG_COUNT",
    "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_SYSTEM",
)  # fmt: skip
"""Variables for git that say where the user's own settings are."""

_OWN_KEY = re.compile(r"GIT_CONFIG_(?:KEY|VALUE)_[0-9]+")

_QUIET = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_PROTOCOL_FROM_USER": "0",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_PAGER": "cat",
}

NO_SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "0",
    "GIT_CONFIG_PARAMETERS": "",
}
"""No settings at all but those that are named."""

_SETTINGS = (
    "safe.bareRepository=explicit",
    "protocol.allow=never",
    "protocol.ext.allow=never",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    "core.sshCommand=",
    "core.gitProxy=",
    "core.askPass=",
    "core.pager=cat",
    "credential.helper=",
    "log.showSignature=false",
    "submodule.recurse=false",
)
"""Whatever settings say."""


class LateError(GitError):
    """Git took too long, and would again."""


def alone(*words: str) -> bytes:
    """Run git where it needs no repository, and gets none.

    :raises GitError: if it is missing, refuses or takes too long.
    """
    return start(words, b"", {"GIT_DIR": os.devnull})


def options(settings: Iterable[str]) -> Iterator[str]:
    """Yield settings as options of git."""
    for setting in settings:
        yield from ("-c", setting)


def start(words: Sequence[str], given: bytes, environ: Mapping[str, str]) -> bytes:
    """Start git and return what it says: nothing else in this package does.

    :param words: for git, the command's own among them.
    :param given: what it reads from standard input.
    :param environ: what it is told besides.
    :raises GitError: if it is missing, refuses or takes too long.
    """
    fixed = ("git", "--no-pager", "--literal-pathspecs", *options(_SETTINGS))
    try:
        done = subprocess.run(
            [*fixed, *words],
            input=given,
            capture_output=True,
            check=True,
            timeout=_SECONDS,
            env={**_environ(), **_QUIET, **environ},
        )
    except (FileNotFoundError, PermissionError) as error:
        raise GitError("git is not installed", hint="install it first") from error
    except subprocess.TimeoutExpired as error:
        raise LateError(f"git did not answer in {_SECONDS:g} seconds") from error
    except (OSError, ValueError) as error:
        raise GitError(f"git did not run: {error}") from error
    except subprocess.CalledProcessError as error:
        said = " ".join(error.stderr.decode(errors="replace").split())
        message = said.removeprefix("fatal: ").rstrip(".") or "git failed"
        none = "not a git repository" in message
        raise (NoRepository if none else GitError)(message) from error
    return done.stdout


def _environ() -> dict[str, str]:
    """Return the environment without what tells git to run something, or where: its
    hooks are told of another repository than ours, perhaps. Programs are looked for in
    whole paths only, never below the folder that the user stands in."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _KEPT
        or _OWN_KEY.fullmatch(name)
        or not name.startswith(("GIT_", "SSH_ASKPASS"))
    }
    folders = kept.get("PATH", "").split(os.pathsep)
    whole = [folder for folder in folders if Path(folder).is_absolute()]
    return kept | {"PATH": os.pathsep.join(whole or [os.sep])}


def rows(answer: bytes) -> list[str]:
    """Return the parts of an answer that end with NUL."""
    return [row for row in os.fsdecode(answer).split("\0") if row]
