"""One article beside one of its catalogs: loaded, synced in memory, and saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from translate_flow.catalog import dump, new, parse
from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.files import read_bytes, read_if_there
from translate_flow.flow import returning
from translate_flow.flow.workspace import Workspace
from translate_flow.journal import left_so
from translate_flow.model import Catalog, Unit
from translate_flow.project import ArticleFile
from translate_flow.project.catalogs import Orphan, read_article
from translate_flow.project.places import Place, picked
from translate_flow.sync import SyncResult, sync

P = ParamSpec("P")
T = TypeVar("T")

if TYPE_CHECKING:
    from translate_flow.article import Article
    from translate_flow.edition import Edition, Pair


class Emptied(FlowError):
    """Translations that another tool emptied and that could not be put back."""


@dataclass(frozen=True)
class Translation:
    """An article beside one of its catalogs, synced in memory."""

    file: ArticleFile
    article: Article
    path: Path
    """Where the catalog lies, or will."""

    saved: bytes | None
    """What that file held when it was read."""

    orphan: Orphan | None
    """What it was when the article still had another name."""

    stored: Catalog | None
    """The catalog before this sync; None if there was none of ours."""

    result: SyncResult

    alone: bool = False
    """Whether it came of the article and the catalog alone: nothing else was asked."""

    @property
    def catalog(self) -> Catalog:
        """The catalog as it is now."""
        return self.result.catalog

    @property
    def language(self) -> str:
        """The target language."""
        return self.catalog.language

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the units in document order."""
        return tuple(unit.id for unit in self.catalog.units)

    @cached_property
    def where(self) -> Mapping[str, int]:
        """Index of each unit by its id."""
        return {name: i for i, name in enumerate(self.ids)}

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units by their ids."""
        return {unit.id: unit for unit in self.catalog.units}

    @cached_property
    def _proof(self) -> Edition:
        from translate_flow.edition import build

        return build(self.file.slug, self.article, self.catalog, proof=True)

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Segments, units and their states, in document order."""
        return self._proof.pairs

    def edition(self, *, proof: bool = True) -> Edition:
        """Return segments, units and their states as pairs."""
        return self._proof if proof else replace(self._proof, proof=False)


# --- loading ----------------------------------------------------------------


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
        noted(error, broken)
        return
    for target in targets:
        if language in (None, target):
            try:
                translation = _translation(workspace, file, article, own, target)
            except FlowError as error:
                noted(error, broken)
            else:
                yield translation


def noted(error: FlowError, broken: list[FlowError] | None) -> None:
    """Add an error to what cannot be read, so that the rest is.

    :raises FlowError: if nobody takes it.
    """
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
    if data is not None and data.strip():  # an emptied file is one that is gone
        found = parse(decode(data, str(read_from)), name=str(read_from))

    asked: list[object] = []

    def read(catalog: Catalog | None) -> SyncResult:
        base = replace(
            catalog or new(file.name, own, target),
            source=file.name,
            source_language=own,
            language=target,
        )
        return synced(workspace, article, base, read_from, asked=asked)

    result = read(found)
    wanted = returning.missing(result)
    if wanted and not left_so(workspace.project.root, read_from, data):
        back = returning.put_back(workspace.staged, read_from, found, wanted)
        result = returning.told(read(back[0]), back[1]) if back else result
    stored = None if found is None or found.foreign else found
    alone = stored is not None and not (orphan or wanted or asked)
    return Translation(file, article, path, saved, orphan, stored, result, alone)


def synced(
    workspace: Workspace,
    article: Article,
    catalog: Catalog,
    path: Path,
    never_settled: frozenset[str] | None = None,
    asked: list[object] | None = None,
) -> SyncResult:
    """Sync a catalog with its article, asking git what only it knows.

    :param path: the file under which git knows the catalog.
    :param never_settled: drift classes; None for those of the project.
    :param asked: takes a thing for each time that git was asked.
    """
    policy = workspace.project.never_settled if never_settled is None else never_settled
    from translate_flow.text.coded import CodeWords

    def noting(answer: Callable[P, T]) -> Callable[P, T]:
        def noted(*args: P.args, **kwargs: P.kwargs) -> T:
            if asked is not None:
                asked.append(answer)
            return answer(*args, **kwargs)

        return noted

    past = workspace.git
    return sync(
        article.segments,
        catalog,
        today=workspace.today,
        newest_target=noting(past.newest_target(path)),
        recover_target=noting(past.recover_target(path)),
        recover_source=noting(past.recover_source(path)),
        merge_made=noting(past.merge_made(path)),
        wrote=noting(workspace.authors.of(path)),
        machines=workspace.project.machines,
        policy=policy,
        terms=CodeWords(article.text),
    )


# --- saving -----------------------------------------------------------------


def content(translation: Translation, catalog: Catalog | None = None) -> bytes:
    """Return the bytes a save would write. Units that another tool emptied stay as they
    were read until a person has settled them."""
    catalog = catalog or translation.catalog
    was = (
        {unit.id: unit for unit in translation.stored.units}
        if translation.stored
        else {}
    )
    lost = {unit.id for unit in translation.result.lost}
    units = tuple(
        was[unit.id]
        if unit.id in lost and translation.units.get(unit.id) == unit
        else unit
        for unit in catalog.units
    )
    return dump(replace(catalog, units=units)).encode()


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


def synced_and_saved(
    workspace: Workspace,
    file: ArticleFile,
    language: str | None = None,
    broken: list[FlowError] | None = None,
    result: Callable[[Catalog], Catalog] = lambda catalog: catalog,
) -> tuple[Translation, ...]:
    """Save each catalog of an article, or the one of a language, as the sync made it.

    :param broken: takes what cannot be read, while the rest is saved; None raises it.
    :param result: what is saved of a catalog.
    :raises Emptied: before anything is written.
    """
    with workspace.locked():
        opened = tuple(translations(workspace, file, language, broken))
        for translation in opened:
            refuse_lost(translation)
        for translation in opened:
            save(workspace, translation, result(translation.catalog))
    return opened


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
    :raises Emptied: listing the others.
    """
    ids = {translation.ids[i] for i in settled}
    lost = [unit for unit in translation.result.lost if unit.id not in ids]
    if not lost:
        return
    count = "a translation was" if len(lost) == 1 else f"{len(lost)} translations were"
    listed = ", ".join(unit.id for unit in lost[:10])
    spot = f"{translation.file.slug}:{lost[0].id}"
    raise Emptied(
        f"{count} emptied by another tool: {listed}",
        str(translation.path),
        lost[0].line or None,
        f"restore the file from git, or {command('set', spot, tail='TEXT')} "
        '("" leaves it empty)',
    )


def indices(translation: Translation, spot: Place) -> tuple[int, ...]:
    """Return the indices of the units that a place picks."""
    return picked(spot, translation.ids)
