"""Where somebody stands in a command line that is not finished."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from translate_flow.cli.face import Face


@dataclass(frozen=True)
class Cursor:
    """Where somebody stands in a command line."""

    typed: str
    """The word at the cursor, as far as it goes; of ``--lang=k`` what follows ``=``."""

    prefix: str = ""
    """The part of that word before ``typed``."""

    command: str = ""
    """``git install`` is one; empty before it is typed."""

    parameter: str = ""
    """The option whose value stands here, or the name of an argument; empty where an
    option or a command does."""

    given: tuple[str, ...] = ()
    """Arguments of the command before this one."""

    options: Mapping[str, str] = field(default_factory=dict)
    """Options that were typed before, the global ones, too, with their values."""

    names: tuple[tuple[str, str], ...] = ()
    """Options or commands that may stand here, and what they do."""

    @property
    def face(self) -> Face:
        """The face that these global options make."""
        named = self.options.get("--project")
        return Face(os.path.expanduser(named) if named else None)  # noqa: PTH111


def cursor_in(words: Sequence[str], typed: str) -> Cursor:
    """Read a command line up to the cursor.

    :param words: the words before, without the program's name.
    :param typed: the word at the cursor, as far as it goes.
    """
    from typer.main import get_command

    from translate_flow.cli.commands import COMMANDS, build, command_in, hoisted

    words = hoisted(words)
    name = command_in(words) or ""
    group: Any = get_command(build(name))
    here = Line(group, typed).read(words[: words.index(name)] if name else words)
    if not name:
        known = tuple((entry.name, entry.help) for entry in COMMANDS)
        return here.cursor(name, () if here.waiting else known)
    rest, command = words[words.index(name) + 1 :], group.commands[name]
    while (inner := getattr(command, "commands", None)) is not None:
        known = tuple((key, inner[key].help or "") for key in inner)
        if not rest:
            return here.cursor(name, known)
        name, command = f"{name} {rest[0]}", inner[rest.pop(0)]
    return Line(command, typed, group, here.options).read(rest).cursor(name)


@dataclass
class Line:
    """A command's own part of a command line, read word by word."""

    command: Any
    typed: str
    group: Any = None
    """Where the global options are, if they are not the command's own."""

    options: dict[str, str] = field(default_factory=dict)
    given: list[str] = field(default_factory=list)
    waiting: str = ""
    """An option that has no value yet."""

    plain: bool = False
    """Whether ``--`` ended the options."""

    def read(self, words: Iterable[str]) -> Line:
        """Take some words in."""
        for word in words:
            if self.waiting:
                self.options[self.waiting], self.waiting = word, ""
            elif self.plain or not word.startswith("-") or word == "-":
                self.given.append(word)
            elif word == "--":
                self.plain = True
            else:
                name, is_said, value = word.partition("=")
                self.options[name] = value
                found = self._known().get(name)
                wants = found is not None and not found.is_flag
                self.waiting = name if wants and not is_said else ""
        return self

    def cursor(self, command: str, names: tuple[tuple[str, str], ...] = ()) -> Cursor:
        """Return what stands at the cursor.

        :param names: commands that may stand there.
        """
        said = Cursor(
            self.typed,
            command=command,
            given=tuple(self.given),
            options=self.options,
            names=names,
        )
        name, is_said, value = self.typed.partition("=")
        if self.waiting:
            return replace(said, parameter=self.waiting)
        if self.typed.startswith("-") and not self.plain:
            if is_said:
                return replace(said, parameter=name, typed=value, prefix=f"{name}=")
            return replace(said, names=tuple(self._offered()))
        return said if names else replace(said, parameter=self._argument())

    def _known(self) -> dict[str, Any]:
        groups = (self.command, self.group) if self.group else (self.command,)
        return {
            name: param
            for one in groups
            for param in one.params
            if param.param_type_name == "option"
            for name in (*param.opts, *param.secondary_opts)
        }

    def _offered(self) -> Iterator[tuple[str, str]]:
        for name, param in self._known().items():
            if name not in self.options and not (self.group and name == "--version"):
                yield name, param.help or ""
        yield "--help", "Show this message and exit."

    def _argument(self) -> str:
        """Return the name of the argument whose turn it is."""
        left = len(self.given)
        for param in self.command.params:
            if param.param_type_name != "argument":
                continue
            if left == 0 or param.nargs == -1:
                return str(param.name)
            left -= 1
        return ""
