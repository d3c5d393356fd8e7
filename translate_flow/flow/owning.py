"""The settings of a person, looked at and changed as those of a project are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from translate_flow.flow.people import keep
from translate_flow.flow.settings import Changed, Value
from translate_flow.project.user import OWN, Own, own, unknown


def values(environ: Mapping[str, str]) -> tuple[Value, ...]:
    """Return what holds for every setting of the person.

    :raises FlowError: if they cannot be read.
    """
    return tuple(_value(own(environ), setting.path) for setting in OWN)


def value(environ: Mapping[str, str], path: str) -> Value:
    """Return what holds for one of them.

    :raises FlowError: if there is none of that name.
    """
    _refuse_unknown(path)
    return _value(own(environ), path)


def put(environ: Mapping[str, str], path: str, words: Sequence[str] | None) -> Changed:
    """Say one of them; None takes it out.

    :param words: what the user typed; several are one name.
    :raises FlowError: if it is unknown, or cannot have that value; nothing is written.
    """
    _refuse_unknown(path)
    mine = own(environ)
    keep(mine, None if words is None else " ".join(words))
    now = own(environ)
    before, after = _value(mine, path), _value(now, path)
    same = mine.settings.text == now.settings.text
    return Changed(before, after, None if same else now.path)


def _refuse_unknown(path: str) -> None:
    if path not in [setting.path for setting in OWN]:
        raise unknown(path)


def _value(mine: Own, path: str) -> Value:
    setting = next(one for one in OWN if one.path == path)
    return Value(path, mine.name, bool(mine.name), setting.usual, setting.says)
