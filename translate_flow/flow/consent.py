"""Where texts of a project may be sent: each host is asked about once, and the answer
is kept in the user's own files. A project cannot say yes for those who clone it."""

from __future__ import annotations

from collections.abc import Callable

from translate_flow.engines import Engine
from translate_flow.errors import FlowError
from translate_flow.files import read_if_there, write_atomic
from translate_flow.flow.workspace import Workspace
from translate_flow.project.user import NOWHERE, state_folder

Allow = Callable[[str], bool]
"""Asks the user about what is going to happen; True for yes."""

FILE = "consents.tsv"


def ask_once(
    workspace: Workspace, engine: Engine, allow: Allow, sent: str = "texts"
) -> None:
    """Ask before texts of this project go to a host for the first time.

    :param allow: asks the user.
    :param sent: what would be sent, in words.
    :raises FlowError: if the user does not want it.
    """
    if not engine.remote:
        return
    line = "\t".join((engine.name, engine.where, str(workspace.project.root.resolve())))
    folder = state_folder(workspace.environ)
    kept = (read_if_there(folder / FILE) or b"") if folder else b""
    known = kept.decode("utf-8", "replace").splitlines()
    if line in known:
        return
    if not allow(sending(engine, f"{sent} of this project")):
        raise FlowError(
            f"nothing was sent to {engine.where}",
            hint="take an engine that works on this computer; see tflow engines",
        )
    if folder:
        whole = "".join(f"{one}\n" for one in (*known, line))
        write_atomic(folder / FILE, whole.encode())
    else:
        workspace.say(f"your answer is not kept: {NOWHERE}")


def sending(engine: Engine, sent: str) -> str:
    """Return what is told before anything goes to another computer.

    :param sent: what would be sent, in words.
    """
    also = f", with the key in {' and '.join(engine.keys)}" if engine.keys else ""
    return f"{engine.name} sends {sent} to {engine.where}{also}"
