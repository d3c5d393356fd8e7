"""Who acts: the one place that decides it, whatever face asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from translate_flow.errors import FlowError
from translate_flow.files import write_atomic
from translate_flow.project.rewriting import with_value, without
from translate_flow.project.user import (
    NAME,
    NOWHERE,
    Own,
    own,
    tidy,
    wrong_name,
)

VARIABLE = "TFLOW_BY"
QUESTION = "Your name, as it will stand beside what you translate"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where a person sits."""

    ask: Callable[[str], str] | None = None
    """Asks the person; None if the question would not be seen, or not be answered."""


def who(
    named: str | None,
    environ: Mapping[str, str],
    git: Callable[[], str | None],
    terminal: Terminal | None,
    say: Callable[[str], None] = lambda message: None,
) -> str:
    """Return who acts: the one named here, by the environment, or by the person's own
    settings; where somebody sits at a terminal, git's user, or who answers when asked.

    :param named: by the command line; None if nobody is.
    :param git: tells git's ``user.name``.
    :param terminal: None where nobody sits: then git's user may be far away.
    :param say: told where an answer is kept.
    :raises FlowError: if nobody is known, or a name is none.
    """
    if named is not None:
        return _name(named, "--by")
    if said := environ.get(VARIABLE, "").strip():
        return _name(said, VARIABLE)
    mine = own(environ)
    if mine.name:
        return mine.name
    if terminal and (known := git()):
        return _name(known, "git's user.name")
    if terminal and terminal.ask:
        return _asked(terminal.ask, mine, say)
    hint = (
        f"say --by NAME, set {VARIABLE}, or once and for all: tflow config {NAME} "
        "NAME; a machine says --machine NAME"
    )
    raise FlowError("nobody knows who you are", hint=hint)


def _name(said: str, where: str) -> str:
    if (wrong := wrong_name(said)) is not None:
        raise FlowError(f"{where}: {wrong}")
    return tidy(said)


def _asked(ask: Callable[[str], str], mine: Own, say: Callable[[str], None]) -> str:
    """Ask for a name, and keep it for the next time, if it can be kept."""
    name = _name(ask(QUESTION), NAME)
    try:
        keep(mine, name)
    except FlowError as error:
        say(f"your name is not kept: {error}")
    else:
        say(f"kept in {mine.path}; tflow config {NAME} NAME changes it")
    return name


def keep(mine: Own, name: str | None) -> None:
    """Keep a name in the person's own settings; None takes it out.

    :raises FlowError: if it cannot be a name, or there is no place to keep it.
    """
    if mine.path is None:
        raise NOWHERE
    old = mine.settings.text
    if name is not None:
        new = with_value(old, NAME, _name(name, NAME))
    else:
        new = without(old, NAME) if mine.name else old
    if new != old:
        write_atomic(mine.path, new.encode())
