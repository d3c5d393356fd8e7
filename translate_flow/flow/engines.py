"""Engines as a project has them: made of its settings and the environment, listed, and
tried out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from translate_flow.engines import (
    ENGINES,
    Assignment,
    Engine,
    Kind,
    Passage,
    Patience,
    get,
)
from translate_flow.engines.languages import primary
from translate_flow.engines.settings import price
from translate_flow.errors import EngineError, FlowError, Trouble, Unusable
from translate_flow.files import read_bytes
from translate_flow.flow.consent import sending
from translate_flow.project.settings import (
    SETTINGS,
    read,
    unknown_engine,
)

if TYPE_CHECKING:
    from translate_flow.project import Project

USUAL = "google"
"""The engine outside of projects."""

SENTENCES: Mapping[str, str] = {
    "en": "The last boat to the {1}island{2} leaves the harbour at nine.",
    "ko": "{1}섬{2}으로 가는 마지막 배는 아홉 시에 항구를 떠난다.",
}
"""What engines are tried out with, by language."""

HASTE = Patience(tries=2, longest_wait=10)
"""How long to wait for an engine that is only tried out."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What can be said of an engine without asking it."""

    name: str
    says: str
    """What it is, in one line."""

    why: str
    """Why it cannot be used, and what to do; empty if it can."""

    where: str | None
    """The host that texts are sent to; empty if they stay in this program, None if
    nobody knows yet."""

    remote: bool | None
    """Whether texts leave this computer; None if nobody knows yet."""

    limit: int | None
    """Characters of one request; 0: any number."""

    batch: int | None
    """Texts of one request."""

    per_minute: float | None
    """Requests in a minute that it gets at most; 0: any number."""

    price: float | None
    """For a million characters; None if the settings do not say it."""

    keys: tuple[tuple[str, bool], ...]
    """Environment variables that may hold a key, and whether they do."""

    default: bool
    """Whether it drafts if none is named."""

    @property
    def ready(self) -> bool:
        """Whether it can be used."""
        return not self.why


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one sentence in one direction."""

    name: str
    where: str = ""
    source: str = ""
    target: str = ""
    sent: str = ""
    answer: str = ""
    seconds: float = 0.0
    kept: bool = False
    """Whether each placeholder came back once."""

    error: str = ""
    """Why there is no answer, or why it is no translation."""

    skipped: bool = False
    """Whether the user did not want anything to be sent."""


# --- made -------------------------------------------------------------------


def made(
    project: Project | None,
    environ: Mapping[str, str],
    name: str,
    patience: Patience | None = None,
) -> Engine:
    """Make an engine ready as the settings of a project want it.

    :param project: None outside of projects: then there are no settings.
    :raises FlowError: if it cannot be used, with the line of the settings to blame.
    """
    _refuse_unknown(name)
    try:
        return get(
            name, settings=_said(project, name), environ=environ, patience=patience
        )
    except FlowError as error:
        raise _placed(project, error) from None


def _said(project: Project | None, name: str) -> Mapping[str, Any]:
    return project.engines.get(name, {}) if project else {}


def _placed(project: Project | None, error: FlowError) -> FlowError:
    """Return an error with the line of the settings that it is about, if any."""
    if project is None or error.setting is None or error.file:
        return error
    path = project.root / SETTINGS
    line = read(read_bytes(path), str(path)).line(error.setting)
    return replace(error, file=str(path), line=line) if line else error


def _refuse_unknown(name: str) -> None:
    if (error := unknown_engine(name, list(ENGINES))) is not None:
        raise error


# --- listed -----------------------------------------------------------------


def listed(project: Project | None, environ: Mapping[str, str]) -> tuple[Listed, ...]:
    """Return what can be said of all engines. Nothing is sent.

    :param project: None outside of projects.
    """
    return tuple(_listed(project, environ, kind) for kind in ENGINES.values())


def _listed(project: Project | None, environ: Mapping[str, str], kind: Kind) -> Listed:
    why = ""
    engine: Engine | None = None
    try:
        engine = made(project, environ, kind.name)
    except FlowError as error:
        why = str(error)
        engine = _as_it_would_be(project, environ, kind)
    settings = _said(project, kind.name)
    return Listed(
        name=kind.name,
        says=kind.says,
        why=why,
        where=engine.where if engine else None,
        remote=engine.remote if engine else None,
        limit=engine.limit if engine else None,
        batch=engine.batch if engine else None,
        per_minute=settings.get("per_minute", kind.per_minute) if engine else None,
        price=_price(settings, kind, engine),
        keys=tuple((key, bool(environ.get(key, "").strip())) for key in kind.keys),
        default=kind.name == (project.engine if project else USUAL),
    )


def _as_it_would_be(
    project: Project | None, environ: Mapping[str, str], kind: Kind
) -> Engine | None:
    """Return an engine as it would be if its keys were there; it is not to be used."""
    with_keys = {**environ, **dict.fromkeys(kind.keys, "missing")}
    try:
        return get(kind.name, settings=_said(project, kind.name), environ=with_keys)
    except FlowError:
        return None


def _price(
    settings: Mapping[str, Any], kind: Kind, engine: Engine | None
) -> float | None:
    try:
        said = price(kind.name, settings)
    except FlowError:
        return None
    if said is not None:
        return said
    return 0.0 if kind.free or (engine is not None and not engine.remote) else None


# --- tried out --------------------------------------------------------------


def tried(
    project: Project | None,
    environ: Mapping[str, str],
    names: Sequence[str],
    *,
    allow: Callable[[str], bool],
    patience: Patience = HASTE,
) -> Iterator[Tried]:
    """Send a sentence of ours, not of the project, through engines, in both directions
    of the project's languages, and yield what comes of each.

    :param names: of engines; all that are ready if there are none.
    :param allow: asks the user before anything is sent away, for each engine.
    :raises FlowError: for an unknown engine.
    """
    for name in names:
        _refuse_unknown(name)
    if not names:
        names = [one.name for one in listed(project, environ) if one.ready]
    for name in dict.fromkeys(names):
        try:
            engine = made(project, environ, name, patience)
        except FlowError as error:
            yield Tried(name, error=str(error))
            continue
        if engine.remote and not allow(sending(engine, "a sentence of ours")):
            yield Tried(name, engine.where, skipped=True)
            continue
        for source, target in _directions(project):
            one, hopeless = _tried(engine, source, target)
            yield one
            if hopeless:
                break


def _directions(project: Project | None) -> tuple[tuple[str, str], ...]:
    """Return the pairs of languages to try: those of the project for which there is a
    sentence."""
    if project is None:
        return (("en", "ko"),)
    own = project.source_language
    other = next(tag for tag in project.languages if tag != own)
    pairs = ((own, other), (other, own))
    known = tuple(pair for pair in pairs if primary(pair[0]) in SENTENCES)
    return known or (("en", own),)


def _tried(engine: Engine, source: str, target: str) -> tuple[Tried, bool]:
    """Return what comes of a sentence, and whether another one is not worth trying."""
    from translate_flow.draft.verdict import judged
    from translate_flow.text.protect import MARK

    text = SENTENCES[primary(source)]
    words = MARK.sub("", text)
    began = time.monotonic()
    answer = error = ""
    hopeless = False
    try:
        [answer] = engine.translate([Passage(text)], Assignment(source, target))
        judged(answer, words, text, engine=engine.name, source=source, target=target)
    except EngineError as failure:
        error, hopeless = str(failure), isinstance(failure, Trouble | Unusable)
    seconds = time.monotonic() - began
    kept = sorted(MARK.findall(answer)) == sorted(MARK.findall(text))
    one = Tried(
        engine.name, engine.where, source, target, text, answer, seconds, kept, error
    )
    return one, hopeless
