"""Who acts: a person, or a machine that says so.

A person takes a text as right; a machine drafts. What a machine that does not say so
has typed cannot be told from a person's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from translate_flow.errors import FlowError

ENVIRON = "TFLOW_ACTOR"
"""What a machine says in its environment: ``machine:NAME``."""

UNNAMED = "machine"
"""The origin of a text whose machine has no name."""

RESERVED = ("human", "adopted", "memory", "people", "person")
"""Words that say in a mark, or seem to say, that people wrote a text."""

_NAME = re.compile(r"(?=.*[^\W_])[\w.+/:@() -]{1,64}")


@dataclass(frozen=True, slots=True)
class MachineWriter:
    """The machine that typed a text into a catalog, by what can be known of that."""

    name: str
    known: bool = True
    """Whether something says so. If not, nobody else is known to have, and the text is
    protected as a person's would be."""


def machine(name: str, said: str) -> str:
    """Return the name of a machine as marks have it.

    :param said: where it was said, for the error.
    :raises FlowError: if it is no name, or would pass for a person's.
    """
    name = " ".join(name.split())
    hint = "a name such as claude or gpt-5: letters, digits, blanks and . + / : @ ( ) -"
    if not _NAME.fullmatch(name):
        raise FlowError(f"{said} is not the name of a machine", hint=hint)
    if name.casefold() in RESERVED:
        message = f"{said}: a text of {name!r} would pass for a person's"
        raise FlowError(message, hint=hint)
    return name


def acting_machine(named: str | None, environ: Mapping[str, str]) -> str:
    """Return the machine that acts, or an empty string if a person does.

    :param named: what ``--machine`` says; it goes before the environment.
    :raises FlowError: if either is malformed.
    """
    if named is not None:
        return machine(named, f"--machine {named}")
    said = environ.get(ENVIRON, "").strip()
    if not said:
        return ""
    kind, colon, name = said.partition(":")
    if kind != "machine" or not colon:
        hint = "say machine:NAME; people are named by --by or TFLOW_BY"
        raise FlowError(f"{ENVIRON}={said} names no machine", hint=hint)
    return machine(name, f"{ENVIRON}={said}")
