"""What belongs to a person, not to a project: where the person's own files lie, and
settings of the person's own. No project can write or name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from translate_flow.errors import FlowError
from translate_flow.files import home, read_if_there
from translate_flow.project.settings import (
    Setting,
    Settings,
    nearest,
    parsed,
    text,
)

FOLDER = "translate_flow"
"""Of ours, where a person's system keeps such things of all programs."""

NOWHERE = FlowError(
    "there is no place for files of your own", hint="set HOME to a folder of yours"
)


def config_folder(environ: Mapping[str, str]) -> Path | None:
    """Return where a person's settings lie; None if there is no place for them."""
    return _folder(environ, "XDG_CONFIG_HOME", Path(".config"))


def state_folder(environ: Mapping[str, str]) -> Path | None:
    """Return where is noted what a person has said; None if there is no place."""
    return _folder(environ, "XDG_STATE_HOME", Path(".local", "state"))


def _folder(environ: Mapping[str, str], named: str, usual: Path) -> Path | None:
    """Return a folder that the environment names, or the usual one below the home. It
    never depends on where a command is run: that may be a project from anybody."""
    said = Path(environ.get(named, ""))
    if said.is_absolute():
        return said / FOLDER
    own = home(environ)
    return own / usual / FOLDER if own else None


# --- settings of one's own --------------------------------------------------


def wrong_name(value: object) -> str | None:
    """Say what is wrong with a person's name: it is a line of text."""
    if text(value) is not None or not str(value).strip():
        return "must be a name"
    return None if str(value).isprintable() else "must be a name on one line"


NAME = "user.name"
OWN: tuple[Setting, ...] = (
    Setting(NAME, wrong_name, None, "who you are, in every project", "not said"),
)
"""All settings that a person has, whatever the project."""


@dataclass(frozen=True, slots=True)
class Own:
    """A person's settings, as read."""

    path: Path | None
    """The file; None if there is no place for one."""

    settings: Settings

    @property
    def name(self) -> str | None:
        """Who the person is."""
        said = self.settings.tables.get("user", {}).get("name")
        return tidy(said) if said else None


def tidy(name: str) -> str:
    """Return a name as it is noted: composed letters, single blanks."""
    return " ".join(normalize("NFC", name).split())


def own(environ: Mapping[str, str]) -> Own:
    """Read a person's settings.

    :raises FlowError: naming the file, the line and the key that is wrong.
    """
    folder = config_folder(environ)
    if folder is None:
        return Own(None, Settings("", "", {}))
    path = folder / "settings.toml"
    settings = parsed(read_if_there(path) or b"", str(path))
    _refuse_wrong(settings)
    return Own(path, settings)


def _refuse_wrong(settings: Settings) -> None:
    known = {setting.path: setting for setting in OWN}
    for table, keys in settings.tables.items():
        for key in keys if isinstance(keys, dict) else [""]:
            path = f"{table}.{key}".rstrip(".")
            if path not in known:
                raise unknown(path, settings.name, settings.line(path))
            if (wrong := known[path].shape(keys[key])) is not None:
                raise settings.wrong(path, wrong)


def unknown(path: str, file: str | None = None, line: int | None = None) -> FlowError:
    """Return an error about a setting that nobody has of his own."""
    known = [setting.path for setting in OWN]
    near = nearest(path, known)
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
    return FlowError(f"unknown setting {path}", file, line, hint)


def is_own(path: str) -> bool:
    """Whether a setting is one that a person has, not a project."""
    return re.fullmatch(r"user(\..*)?", path) is not None


def today(environ: Mapping[str, str]) -> str:
    """Return the ISO date; that of SOURCE_DATE_EPOCH lets runs be repeated."""
    from datetime import UTC, date, datetime

    epoch = environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    return date.today().isoformat()
