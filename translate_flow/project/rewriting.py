"""The text of a settings file, changed in one value. Whatever a person wrote around it
stays: the one home of tomlkit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tomlkit.items import Array


def with_value(text: str, path: str, value: Any) -> str:
    """Return the text of a settings file that says something.

    :param path: ``table.key`` or ``table.table.key``.
    """
    import tomlkit

    *tables, key = path.split(".", 2)
    plain = text.replace("\r\n", "\n")
    document = tomlkit.parse(plain)
    place: Any = document
    for name in tables:
        place = place.get(name) if isinstance(place, Mapping) else None
    if place is None:
        return _ended(_longer(plain, path, value), text)
    if repr(place.get(key)) == repr(value):
        return text
    _put(place, key, value)
    if _at(tomlkit.dumps(document), path) != value:
        place[key] = value
    return _ended(tomlkit.dumps(document), text)


def _longer(text: str, path: str, value: Any) -> str:
    """Return a text with a new table at its end or, where its tables do not allow that,
    in them."""
    import tomlkit

    *tables, key = path.split(".", 2)
    new: Any = {key: value}
    for name in reversed(tables):
        new = {name: new}
    body = text.rstrip("\n")
    longer = (f"{body}\n\n" if body else "") + tomlkit.dumps(new)
    try:
        _at(longer, path)
    except ValueError:
        document = tomlkit.parse(text)
        place: Any = document
        for name in tables:
            place = place.setdefault(name, {})
        place[key] = value
        return tomlkit.dumps(document)
    return longer


def _put(place: Any, key: str, value: Any) -> None:
    """Set a key of a table: a list changes where it differs, and a new key comes after
    the last one, not after the comment that stands above the next table."""
    from tomlkit.items import Array, Table

    old = place.get(key)
    if isinstance(old, Array) and isinstance(value, list):
        _mended(old, value)
    elif key in place or not isinstance(place, Table):
        place[key] = value
    else:
        body, below = place.value.body, []
        while body and body[-1][0] is None:
            below.append(body.pop())
        place[key] = value
        body.extend(reversed(below))


def _mended(old: Array, value: Sequence[Any]) -> None:
    matched = SequenceMatcher(None, [repr(one) for one in old.unwrap()], _reprs(value))
    for op, i, j, k, m in reversed(matched.get_opcodes()):
        if op == "equal":
            continue
        same = min(j - i, m - k)
        for step in range(same):
            old[i + step] = value[k + step]
        for at in range(j - 1, i + same - 1, -1):
            del old[at]
        for step in range(same, m - k):
            old.insert(i + step, value[k + step])


def _reprs(value: Sequence[Any]) -> list[str]:
    return [repr(one) for one in value]


def without(text: str, path: str) -> str:
    """Return the text of a settings file that does not say something any more; a table
    that is empty then goes, too."""
    import tomlkit

    *tables, key = path.split(".", 2)
    document = tomlkit.parse(text.replace("\r\n", "\n"))
    places: list[Any] = [document]
    for name in tables:
        places.append(places[-1][name])
    del places[-1][key]
    done = tomlkit.dumps(document)
    for outer, name, inner in zip(
        reversed(places[:-1]), reversed(tables), reversed(places[1:]), strict=True
    ):
        if inner or _remarked(inner):
            break
        del outer[name]
        done = tomlkit.dumps(document).rstrip("\n") + "\n"
    return _ended(done, text)


def _remarked(table: Any) -> bool:
    """Whether comments stand in a table, or behind its name."""
    head = getattr(table, "trivia", None)
    return "#" in getattr(table, "as_string", str)() or bool(head and head.comment)


def _ended(text: str, like: str) -> str:
    """Return a text with the line ends of another."""
    return text.replace("\n", "\r\n") if "\r\n" in like else text


def _at(text: str, path: str) -> Any:
    import tomllib

    found: Any = tomllib.loads(text)
    for name in path.split(".", 2):
        found = found[name]
    return found
