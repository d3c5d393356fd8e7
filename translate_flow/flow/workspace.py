"""One article and one catalog, loaded, synced in memory, and saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.catalog import new, parse
from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.files import PRIVATE, lock, read_bytes, read_if_there
from translate_flow.flow import returning
from translate_flow.flow.translation import Translation as Translation
from translate_flow.flow.translation import content as content
from translate_flow.history.authors import Authors
from translate_flow.history.staged import Staged
from translate_flow.journal import Journal, left_so, sweep_leftovers
from translate_flow.model import Catalog, Segment
from translate_flow.project import ArticleFile, Project, articles
from translate_flow.project.catalogs import Orphan, heirs, orphans
from translate_flow.project.places import Place, picked, place, shortest
from translate_flow.state import fingerprint
from translate_flow.sync import SyncResult, sync

if TYPE_CHECKING:
    from translate_flow.article import Article
    from translate_flow.flow.people import Terminal
    from translate_flow.glossary import Glossary
    from translate_flow.history.git import Git
    from translate_flow.memory import Memory


@dataclass(frozen=True)
class Workspace:
    """Where one command works: a project and what it needs of the world."""

    project: Project
    today: str
    """ISO date."""

    environ: Mapping[str, str]
    git: Git
    say: Callable[[str], None] = lambda message: None
    """Told what a person who waits should know."""

    command: str = "tflow"
    """What the user typed."""

    machine: str = ""
    """The name of the machine that acts; empty if a person does."""

    terminal: Terminal | None = None
    """Where the user sits; None if there may be nobody."""

    @cached_property
    def journal(self) -> Journal:
        """Writes files so that this command can be taken back."""
        return Journal(self.project.root, self.command, self.machine)

    @cached_property
    def staged(self) -> Staged:
        """What git's index and the last commit have."""
        return Staged(self.project.root)

    @cached_property
    def authors(self) -> Authors:
        """Who wrote what stands in the catalogs."""
        from translate_flow.history.repository import Repository

        repository = Repository(self.project.root)
        return Authors(repository, self.project.machines, self.machine)

    @cached_property
    def short_names(self) -> Mapping[str, str]:
        """By slug, the shortest name by which an article may be called."""
        return shortest(articles(self.project))

    @cached_property
    def heirs(self) -> Mapping[tuple[str, str], Orphan]:
        """Catalogs of articles that have another name now, by slug and language."""
        left = orphans(self.project)
        return heirs(left, _waiting(self.project)) if left else {}

    @cached_property
    def glossary(self) -> Glossary:
        """The terms of the project.

        :raises FlowError: naming the file and the line that cannot be read.
        """
        from translate_flow.project.termbase import read_glossary

        return read_glossary(self.project)[0]

    @cached_property
    def terms(self) -> Glossary | None:
        """The terms of the project; if they cannot be read, that is told and they are
        None, so that other work goes on."""
        try:
            return self.glossary
        except FlowError as error:
            self.say(f"terms are not looked at: {error}")
            return None

    @cached_property
    def memory(self) -> Memory:
        """What people have translated in the project, and what was imported, as it is
        when it is first asked for."""
        from translate_flow.project.corpus import memory_of

        return memory_of(self.project, self.say)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the project's lock. What a killed command left half written goes first.

        :raises FlowError: if somebody else's ``.tflow`` would be believed.
        """
        if self.git.has(PRIVATE):
            message = "is in git, though it is each user's own"
            hint = f"take it out: git rm -r --cached {PRIVATE}"
            raise FlowError(message, str(self.project.root / PRIVATE), hint=hint)
        with lock(self.project.root, waiting=self.say):
            sweep_leftovers(self.project.root)
            yield

    def refuse_machine(self, act: str) -> None:
        """Stop a machine from doing what only people may.

        :param act: what that is, after "only a person may".
        :raises FlowError: if a machine acts.
        """
        if self.machine:
            message = f"{self.machine} is a machine; only a person may {act}"
            hint = "leave drafts, with tflow set or draft --from; a person decides"
            raise FlowError(message, hint=hint)

    def author(self, named: str | None) -> str:
        """Return who writes: the machine that acts, else the person.

        :raises FlowError: if a machine acts in a person's name, or nobody is known.
        """
        if self.machine and named:
            message = f"--by {named} names a person, and a machine acts: {self.machine}"
            raise FlowError(message, hint="say one of them")
        return self.machine or self.by(named)

    def by(self, named: str | None, act: str = "do this") -> str:
        """Return the person who acts.

        :param named: by the command line.
        :param act: what only a person may do.
        :raises FlowError: if a machine acts, or nobody is known.
        """
        from translate_flow.flow.people import who

        self.refuse_machine(act)
        return who(named, self.environ, self.git.user_name, self.terminal, self.say)


# --- finding ----------------------------------------------------------------


def chosen(project: Project, texts: Sequence[str]) -> tuple[Place, ...]:
    """Return the places a user named, one per article; all articles if none is named.

    :raises FlowError: if a place is unknown.
    """
    files = articles(project)
    if not texts:
        return tuple(Place(file) for file in files)
    merged: dict[str, Place] = {}
    for text in texts:
        spot = place(text, files)
        before = merged.get(spot.file.slug, spot)
        whole = not (spot.picks and before.picks)
        picks = () if whole else tuple(dict.fromkeys((*before.picks, *spot.picks)))
        merged[spot.file.slug] = Place(spot.file, picks)
    return tuple(merged.values())


# --- loading ----------------------------------------------------------------


def read_article(project: Project, file: ArticleFile) -> Article:
    """Read an article as it is now."""
    from translate_flow.article import FRONT_MATTER_KEYS, decode
    from translate_flow.article import parse as parse_article

    name = str(file.path)
    keys = project.front_matter or FRONT_MATTER_KEYS
    text = decode(read_bytes(file.path), name)
    try:
        return parse_article(text, name=name, keys=keys)
    except RecursionError:
        message = "what it has in it is nested too deeply"
        raise FlowError(message, name, hint="close what is opened") from None


def translations(
    workspace: Workspace,
    file: ArticleFile,
    language: str | None = None,
    broken: list[FlowError] | None = None,
) -> Iterator[Translation]:
    """Yield an article beside each of its catalogs, or the one of a language.

    :param broken: takes what cannot be read, while the rest is; None raises it.
    """
    try:
        article = read_article(workspace.project, file)
        own, targets = workspace.project.languages_of(article.meta, article.name)
    except FlowError as error:
        _noted(error, broken)
        return
    for target in targets:
        if language in (None, target):
            try:
                translation = _translation(workspace, file, article, own, target)
            except FlowError as error:
                _noted(error, broken)
            else:
                yield translation


def _noted(error: FlowError, broken: list[FlowError] | None) -> None:
    if broken is None:
        raise error
    broken.append(error)


def one_translation(
    workspace: Workspace, file: ArticleFile, language: str | None
) -> Translation:
    """Return an article beside the one catalog that a person means.

    :raises FlowError: if the article has several targets and no language is named, or
        is not translated into the one named.
    """
    article = read_article(workspace.project, file)
    own, targets = workspace.project.languages_of(article.meta, article.name)
    if language is None and len(targets) > 1:
        message = f"{file.slug} is translated into {', '.join(targets)}"
        raise FlowError(message, hint="pick one with --lang")
    target = language or (targets[0] if targets else "")
    if target not in targets:
        known = ", ".join(targets) or "no language"
        raise FlowError(
            f"{file.slug} is not translated into {target or 'anything'}",
            hint=f"it is written in {own} and translated into {known}",
        )
    return _translation(workspace, file, article, own, target)


def _translation(
    workspace: Workspace, file: ArticleFile, article: Article, own: str, target: str
) -> Translation:
    from translate_flow.article import decode

    path = workspace.project.catalog(file.slug, target)
    saved = read_if_there(path)
    orphan = workspace.heirs.get((file.slug, target)) if saved is None else None
    read_from = orphan.path if orphan else path
    data = read_bytes(orphan.path) if orphan else saved
    found = None
    if data is not None:
        found = parse(decode(data, str(read_from)), name=str(read_from))

    def read(catalog: Catalog | None) -> SyncResult:
        base = replace(
            catalog or new(file.name, own, target),
            source=file.name,
            source_language=own,
            language=target,
        )
        return synced(workspace, article.segments, base, read_from)

    result = read(found)
    wanted = returning.missing(result)
    if wanted and not left_so(workspace.project.root, read_from, data):
        back = returning.put_back(workspace.staged, read_from, found, wanted)
        result = returning.told(read(back[0]), back[1]) if back else result
    stored = None if found is None or found.foreign else found
    return Translation(file, article, path, saved, orphan, stored, result)


def synced(
    workspace: Workspace,
    segments: Sequence[Segment],
    catalog: Catalog,
    path: Path,
    never_settled: frozenset[str] | None = None,
) -> SyncResult:
    """Sync a catalog with the segments of its article, asking git what only it knows.

    :param path: the file under which git knows the catalog.
    :param never_settled: drift classes; None for those of the project.
    """
    policy = workspace.project.never_settled if never_settled is None else never_settled
    return sync(
        segments,
        catalog,
        today=workspace.today,
        newest_target=workspace.git.newest_target(path),
        recover_target=workspace.git.recover_target(path),
        recover_source=workspace.git.recover_source(path),
        merge_made=workspace.git.merge_made(path),
        wrote=workspace.authors.of(path),
        machines=workspace.project.machines,
        policy=policy,
    )


def _waiting(project: Project) -> dict[str, dict[str, set[str]]]:
    """Return, by language, the articles without a catalog and their sources. What
    cannot be read is left out."""
    waiting: dict[str, dict[str, set[str]]] = {}
    for file in articles(project):
        missing = [
            n for n in project.languages if not project.catalog(file.slug, n).exists()
        ]
        try:
            article = read_article(project, file) if missing else None
            targets = (
                project.languages_of(article.meta, article.name)[1] if article else ()
            )
        except FlowError:
            continue
        for language in set(targets) & set(missing):
            sources = (
                {fingerprint(s.text) for s in article.segments} if article else set()
            )
            waiting.setdefault(language, {})[file.slug] = sources
    return waiting


# --- saving -----------------------------------------------------------------


def is_same(data: bytes, saved: bytes | None) -> bool:
    """Whether a file holds just that already, however git ends its lines here."""
    return saved is not None and data == saved.replace(b"\r\n", b"\n")


def save(
    workspace: Workspace, translation: Translation, catalog: Catalog | None = None
) -> Path | None:
    """Save a catalog that was loaded under the lock that is still held.

    :param catalog: None for the synced one.
    :returns: the file, or None if it already holds just that.
    :raises FlowError: if another program wrote the file since it was read.
    """
    data = content(translation, catalog)
    if is_same(data, translation.saved):
        return None
    if read_if_there(translation.path) != translation.saved:
        message = "another program changed it just now"
        raise FlowError(message, str(translation.path), hint="run the command again")
    workspace.journal.write(translation.path, data)
    if translation.orphan:
        _take_along(workspace, translation.orphan, translation.file.slug)
    return translation.path


def _take_along(workspace: Workspace, orphan: Orphan, slug: str) -> None:
    """Delete the catalog that stands under a new name now, and rename the record of
    what readers have, unless it went with another language already."""
    workspace.journal.delete(orphan.path)
    old, new = workspace.project.release(orphan.slug), workspace.project.release(slug)
    data = read_if_there(old)
    if data is not None and not new.exists():
        workspace.journal.write(new, data)
        workspace.journal.delete(old)


def refuse_lost(translation: Translation, settled: Sequence[int] = ()) -> None:
    """Stop if another tool emptied translations that could not be put back.

    :param settled: indices of the units that the command at hand settles.
    :raises FlowError: listing the others.
    """
    ids = {translation.ids[i] for i in settled}
    lost = [unit for unit in translation.result.lost if unit.id not in ids]
    if not lost:
        return
    count = "a translation was" if len(lost) == 1 else f"{len(lost)} translations were"
    listed = ", ".join(unit.id for unit in lost[:10])
    spot = f"{translation.file.slug}:{lost[0].id}"
    raise FlowError(
        f"{count} emptied by another tool: {listed}",
        str(translation.path),
        lost[0].line or None,
        f"restore the file from git, or {command('set', spot, tail='TEXT')} "
        '("" leaves it empty)',
    )


def indices(translation: Translation, spot: Place) -> tuple[int, ...]:
    """Return the indices of the units that a place picks."""
    return picked(spot, translation.ids)
