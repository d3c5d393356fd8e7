"""The settings of a project, looked at and changed one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from translate_flow.errors import FlowError
from translate_flow.files import read_bytes
from translate_flow.flow.workspace import Workspace
from translate_flow.project import parse_settings
from translate_flow.project.rewriting import with_value, without
from translate_flow.project.settings import (
    KNOWN,
    SETTINGS,
    Setting,
    Settings,
    Shape,
    by_path,
    nearest,
    read,
    unknown_engine,
)

ENGINE = re.compile(r"engines\.(?P<engine>[\w-]+)\.(?P<key>[\w-]+)")
"""The settings that engines know themselves."""


@dataclass(frozen=True, slots=True)
class Value:
    """What holds for a setting."""

    path: str
    value: Any
    """None if nothing is said and there is no default: see ``usual``."""

    said: bool
    """Whether the file says it; else it is the default."""

    usual: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A setting before and after."""

    before: Value
    after: Value
    written: Path | None
    """The file, if it had to be written."""


# --- looking ----------------------------------------------------------------


def values(workspace: Workspace) -> tuple[Value, ...]:
    """Return what holds for every setting, and what is said of engines."""
    settings = _settings(workspace)
    engines = (
        f"engines.{name}.{key}"
        for name, keys in settings.engines.items()
        for key in keys
    )
    paths = (*(known.path for known in KNOWN), *engines)
    return tuple(_value(settings, path) for path in paths)


def value(workspace: Workspace, path: str) -> Value:
    """Return what holds for one setting.

    :raises FlowError: if there is none of that name.
    """
    _refuse_unknown(path)
    return _value(_settings(workspace), path)


def shown(value: Any, between: str = " ") -> str:
    """Return a value as a person would type it.

    :param between: what stands between the parts of a list.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return between.join(shown(one) for one in value)
    if isinstance(value, Mapping):
        import tomlkit

        table = tomlkit.inline_table()
        table.update(value)
        return table.as_string()
    return str(value)


def _settings(workspace: Workspace) -> Settings:
    path = workspace.project.root / SETTINGS
    return read(read_bytes(path), str(path))


def _value(settings: Settings, path: str) -> Value:
    if found := ENGINE.fullmatch(path):
        keys = settings.engines.get(found["engine"], {})
        said = found["key"] in keys
        usual = "" if said else "what the engine does by itself"
        return Value(path, keys.get(found["key"]), said, usual)
    known, key = _known(path)
    inside = settings[known.path]
    if key:
        return Value(path, inside.get(key), key in inside, "nothing", known.says)
    table, _, name = path.partition(".")
    said = name in settings.tables.get(table, {})
    usual = known.usual or "nothing"
    return Value(path, inside if said or inside else None, said, usual, known.says)


def _known(path: str) -> tuple[Setting, str]:
    """Return a setting, and the key in it if it is a table."""
    known = by_path()
    table, name, key = [*path.split(".", 2), ""][:3]
    return known[f"{table}.{name}"], key


def _refuse_unknown(path: str) -> None:
    known = by_path()
    outer = known.get(".".join(path.split(".")[:2]))
    below = outer is not None and isinstance(outer.default, dict)
    if path in known or ENGINE.fullmatch(path) or below:
        return
    if inside := [name for name in known if name.startswith(f"{path}.")]:
        raise FlowError(f"unknown setting {path}", hint=f"known: {', '.join(inside)}")
    tails = {name.rpartition(".")[2]: name for name in known}
    near = nearest(path, list(known)) or [
        tails[tail] for tail in nearest(path.rpartition(".")[2], list(tails))
    ]
    hint = f"did you mean {near[0]}?" if near else "see tflow config"
    raise FlowError(f"unknown setting {path}", hint=hint)


# --- changing ---------------------------------------------------------------

_JUDGES = ("release", "authors", "drift")
"""Tables that say what readers may get, and whose texts count as a person's."""


def _refuse_judge(workspace: Workspace, path: str) -> None:
    """:raises FlowError: if a machine would change what it is judged by."""
    if path.partition(".")[0] in _JUDGES:
        workspace.refuse_machine(f"change {path}")


def put(workspace: Workspace, path: str, words: Sequence[str]) -> Changed:
    """Say a setting in the file.

    :param words: what the user typed: one value, or the parts of a list.
    :raises FlowError: if it is unknown, or cannot have that value; nothing is written.
    """
    _refuse_unknown(path)
    _refuse_judge(workspace, path)
    with workspace.locked():
        settings = _settings(workspace)
        new = _understood(path, words, _shape(settings, path))
        text = with_value(settings.text, path, new)
        return _written(workspace, settings, path, text, new)


def drop(workspace: Workspace, path: str) -> Changed:
    """Take a setting out of the file, so that its default holds.

    :raises FlowError: if it is unknown, or must be said; nothing is written.
    """
    _refuse_unknown(path)
    _refuse_judge(workspace, path)
    with workspace.locked():
        settings = _settings(workspace)
        text = settings.text
        if _value(settings, path).said:
            text = without(text, path)
        return _written(workspace, settings, path, text, None)


def _written(
    workspace: Workspace, old: Settings, path: str, text: str, wanted: Any
) -> Changed:
    """Write the file if its text is another and means what it should.

    :param wanted: what the setting should be; None for nothing.
    """
    file = workspace.project.root / SETTINGS
    data = read_bytes(file)
    bom = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    new = bom + text.encode()
    try:
        parse_settings(new, root=workspace.project.root, name=str(file))
    except FlowError as error:
        raise replace(error, file=None, line=None) from None
    now = read(new, str(file))
    if not _only(old.tables, now.tables, path.split(".", 2), wanted):
        message = f"{path} cannot be changed where it stands"
        raise FlowError(message, str(file), old.line(path), "change it there by hand")
    before, after = _value(old, path), _value(now, path)
    if new == data:
        return Changed(before, after, None)
    workspace.journal.write(file, new)
    return Changed(before, after, file)


def _only(old: Any, new: Any, names: Sequence[str], wanted: Any) -> bool:
    """Whether two tables differ in one value only, which is as it should be."""
    if not names:
        return bool(new == wanted)
    first, *rest = names
    old, new = old or {}, new or {}
    others = (old.keys() | new.keys()) - {first}
    same = all(name in new and old.get(name) == new[name] for name in others)
    return same and _only(old.get(first), new.get(first), rest, wanted)


# --- what words mean --------------------------------------------------------


def _understood(path: str, words: Sequence[str], shape: Shape) -> Any:
    """Return the first meaning of some words that a setting can have.

    :raises FlowError: saying what is wrong with the meaning that comes nearest: rather
        with its content than with its kind.
    """
    found: list[str] = []
    for meaning in _meanings(words, guessing=path.count(".") > 1):
        if (wrong := shape(meaning)) is None:
            return meaning
        found.append(wrong)
    near = [wrong for wrong in found if not _OF_KIND.match(wrong)]
    message = (near or found)[0]
    raise FlowError(message if path in message else f"{path}: {message}")


_OF_KIND = re.compile(r"must be a (string|list|table)")


def _meanings(words: Sequence[str], *, guessing: bool) -> Iterator[Any]:
    """Yield what words may mean, the plainest first: a text, a value of TOML, a list.
    Where little is known of what is wanted, numbers are numbers."""
    if len(words) == 1:
        toml = list(_toml(words[0]))
        if guessing:
            yield from (
                value for value in toml if isinstance(value, bool | int | float)
            )
        yield words[0]
        yield from toml
        if "," in words[0]:
            yield [part.strip() for part in words[0].split(",") if part.strip()]
    yield list(words)


def _toml(word: str) -> Iterator[Any]:
    import tomllib

    try:
        found = tomllib.loads(f"value = {word}")
    except (ValueError, RecursionError):
        return
    if list(found) == ["value"]:
        yield found["value"]


def _shape(settings: Settings, path: str) -> Shape:
    """Return what says whether a value will do.

    :raises FlowError: for an unknown engine.
    """
    from translate_flow.engines import ENGINES

    if not ENGINE.fullmatch(path):
        known, name = _known(path)
        inside = settings[known.path]
        if name and not isinstance(inside, Mapping):
            hint = f"tflow config --unset {known.path}"
            raise FlowError(
                f"{known.path} is one value, not one for each name", hint=hint
            )
        return (lambda v: known.shape({**inside, name: v})) if name else known.shape
    engine = path.split(".")[1]
    if (error := unknown_engine(engine, list(ENGINES))) is not None:
        raise error
    said = settings.engines.get(engine, {})
    return lambda value: next(_wrong_in_engine(path, said, value), None)


def _wrong_in_engine(path: str, others: Mapping[str, Any], value: Any) -> Iterator[str]:
    """Yield what is wrong with a setting of an engine, in the words of the engine: with
    others and alone, for it tells only one thing that is missing or wrong."""
    from translate_flow.engines import ENGINES, get

    _, engine, key = path.split(".")
    keys = dict.fromkeys(ENGINES[engine].keys, "there")
    for said in ({**others, key: value}, {key: value}):
        try:
            get(engine, settings=said, environ=keys)
        except FlowError as error:
            if error.setting == path and not _will_do(engine, said):
                hint = f"; {error.hint}" if error.hint else ""
                yield error.message.removeprefix(f"{path}: ") + hint


def _will_do(engine: str, said: Mapping[str, Any]) -> bool:
    """Whether an engine can be made without any key: a server that would get none may
    be anybody's."""
    from translate_flow.engines import get

    try:
        get(engine, settings=said, environ={})
    except FlowError:
        return False
    return True
