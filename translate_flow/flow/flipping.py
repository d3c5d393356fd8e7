"""The other language becomes the source of an article: whoever writes goes on in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.catalog import dump, parse
from translate_flow.commands import command
from translate_flow.edition import build
from translate_flow.errors import FlowError
from translate_flow.files import private_place, read_bytes, read_if_there, write_atomic
from translate_flow.flow.published import read_record
from translate_flow.flow.translations import (
    Translation,
    one_translation,
    refuse_lost,
    save,
    translations,
)
from translate_flow.flow.workspace import Workspace
from translate_flow.history.commit import versions
from translate_flow.model import FINISHED, Catalog, Mark
from translate_flow.project import Project
from translate_flow.project.catalogs import as_article
from translate_flow.project.places import Place
from translate_flow.project.releases import dump as dump_record
from translate_flow.project.releases import turned
from translate_flow.state import SHORT, exact, pair, target_blocks
from translate_flow.state.questions import questions
from translate_flow.sync import sync
from translate_flow.sync.flipping import (
    has_added_lang,
    in_language,
    spelled,
    turned_catalog,
    without_lang,
)

if TYPE_CHECKING:
    from translate_flow.article import Article
    from translate_flow.edition import Pair

_FOLDER = "flips"
"""Where, in ``.tflow``, lie the articles as they were before they were turned round."""


@dataclass(frozen=True, slots=True)
class Flipped:
    """An article that was turned round."""

    slug: str
    source: str
    """The language that it is in now."""

    target: str
    segments: int
    files: tuple[Path, ...]
    """Those that were written."""

    removed: Path
    """The catalog of before."""


def flip(workspace: Workspace, spot: Place, *, language: str | None = None) -> Flipped:
    """Make a translation the source of its article, and the source its translation.

    :param language: the one to write in from now on, if there are several.
    :raises FlowError: before anything is written, if that would lose something: what is
        not finished, or not one block for each segment.
    """
    workspace.refuse_machine("turn an article round")
    if spot.picks:
        hint = command("flip", spot.file.slug)
        raise FlowError("an article is turned round as a whole", hint=hint)
    with workspace.locked(), workspace.journal.whole():
        translation = one_translation(workspace, spot.file, language)
        refuse_lost(translation)
        _refuse_layout(workspace.project, translation)
        _refuse_others(workspace.project, translation)
        _refuse_parts(translation)
        _refuse_unfit(translation)
        article = _new_article(workspace, translation)
        catalog = _new_catalog(workspace, translation, article)
        return _written(workspace, translation, article, catalog)


def _written(
    workspace: Workspace, translation: Translation, article: Article, catalog: Catalog
) -> Flipped:
    if translation.orphan:
        save(workspace, translation)
    project, file = workspace.project, translation.file
    new_path = project.catalog(file.slug, catalog.language)
    before = read_bytes(file.path)
    record = _new_record(project, translation, article, catalog)
    written = {file.path: article.text.encode(), new_path: dump(catalog).encode()}
    written |= {project.release(file.slug): record} if record else {}
    for path, data in written.items():
        workspace.journal.write(path, data)
    workspace.journal.delete(translation.path)
    for other in translations(workspace, file):
        if other.language != catalog.language and other.saved is not None:
            save(workspace, other)
    write_atomic(_kept(project, translation, catalog.language), before)
    return Flipped(
        slug=file.slug,
        source=catalog.source_language,
        target=catalog.language,
        segments=len(article.segments),
        files=tuple(written),
        removed=translation.path,
    )


# --- what cannot be turned round --------------------------------------------


def _refuse_layout(project: Project, translation: Translation) -> None:
    spot = project.tree.spot(translation.file.name) if project.tree else None
    if spot is not None and spot.language:
        message = "its path says which language it is in"
        hint = "articles can be turned round where layout.sources has no language in it"
        raise FlowError(message, str(translation.file.path), hint=hint)


def _refuse_others(project: Project, translation: Translation) -> None:
    """:raises FlowError: if other catalogs of the article would be left behind."""
    own, slug = translation.catalog.source_language, translation.file.slug
    path = project.catalog(slug, own)
    if path.exists():
        message = "a catalog stands where the new one would lie"
        raise FlowError(message, str(path), hint="move it away first")
    for language in project.languages:
        path = project.catalog(slug, language)
        if language not in (own, translation.language) and _holds_work(path):
            message = f"{slug} is translated into {language}, too"
            hint = f"its translations were made from {own}; move that file away first"
            raise FlowError(message, str(path), hint=hint)


def _holds_work(path: Path) -> bool:
    data = read_if_there(path)
    if data is None:
        return False
    catalog = parse(data.decode("utf-8", "replace"), name=str(path))
    return any(
        unit.target or unit.comments or (unit.mark and unit.mark.omitted)
        for unit in (*catalog.units, *catalog.obsolete)
    )


def _refuse_parts(translation: Translation) -> None:
    own = translation.catalog.source_language
    for block in translation.article.blocks:
        if block.part and not block.part.language:
            name = block.part.name
            message = f"a part that is in {own} only does not say so"
            hint = f"write <!-- tflow:part {name} lang={own} --> where it begins"
            raise FlowError(message, str(translation.file.path), block.line, hint)


def _mark(one: Pair) -> Mark:
    return one.unit.mark or Mark()


_UNFIT: tuple[tuple[str, str, tuple[str, str], Callable[[Pair], object]], ...] = (
    (
        "not finished",
        "finish them",
        ("edit", ""),
        lambda one: one.state not in FINISHED,
    ),
    (
        "left out in {target}",
        "translate them",
        ("set", "TEXT"),
        lambda one: not one.unit.target and not _mark(one).joined,
    ),
    (
        "covered by the translation of another segment",
        "give each its own",
        ("set", "TEXT"),
        lambda one: not one.unit.target,
    ),
    (
        "translated in several blocks",
        "make each one block",
        ("set", "TEXT"),
        lambda one: len(target_blocks(one.unit.target)) != 1,
    ),
    (
        "translated with a block that is added",
        "take that back",
        ("added", "none"),
        lambda one: _mark(one).added,
    ),
    (
        "elsewhere in {target}",
        "put them back",
        ("reorder", "--back"),
        lambda one: _mark(one).at,
    ),
    (
        "asked about",
        "answer first",
        ("ask", "--answer TEXT"),
        lambda one: questions(one.unit),
    ),
)
"""What a segment may not be; what to do then, by which command before and after its
place; and how to tell."""

_NAMED = 5
"""Most places that an error names."""


def _refuse_unfit(translation: Translation) -> None:
    """:raises FlowError: if a segment has not just one finished block, in its place."""
    pairs, slug, target = (
        translation.pairs,
        translation.file.slug,
        translation.language,
    )
    if not pairs:
        raise FlowError(f"{slug} has nothing to translate", str(translation.file.path))
    for what, advice, (verb, tail), unfit in _UNFIT:
        if found := [one for one in pairs if unfit(one)]:
            places = [f"{slug}:{one.segment.n}" for one in found]
            listed = ", ".join(places[:_NAMED])
            more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
            are = "is" if len(places) == 1 else "are"
            message = f"{listed}{more} {are} {what.format(target=target)}"
            first = slug if verb == "edit" else places[0]
            hint = f"{advice}: {command(verb, first, tail=tail)}"
            raise FlowError(message, hint=hint)


# --- the new article --------------------------------------------------------


def _new_article(workspace: Workspace, translation: Translation) -> Article:
    """Return the article in the other language.

    :raises FlowError: if it would not read as the same segments.
    """
    texts = [unit.target for unit in translation.catalog.units]
    new = next(_drawn(workspace, translation, texts))
    article = _parsed(workspace.project, translation, new)
    kinds = [segment.kind for segment in translation.article.segments]
    found = [segment.kind for segment in article.segments]
    if found != kinds:
        _refuse_other_shape(translation, article)
    own, _ = workspace.project.languages_of(article.meta, article.name)
    if own != translation.language:
        message = f"its front matter cannot say lang: {translation.language}"
        raise FlowError(
            message, str(translation.file.path), hint="write it there yourself"
        )
    return article


def _refuse_other_shape(translation: Translation, article: Article) -> None:
    old, new = translation.article.segments, article.segments
    pairs = zip(old, new, strict=False)
    n = next((i for i, (a, b) in enumerate(pairs, 1) if a.kind != b.kind), len(new) + 1)
    place = f"{translation.file.slug}:{min(n, len(old))}"
    message = f"the translation of {place} would not be a segment like its source"
    message += f": {len(old)} would become {len(new)}" * (len(old) != len(new))
    raise FlowError(message, hint=f"change it: {command('set', place, tail='TEXT')}")


def _drawn(
    workspace: Workspace, translation: Translation, texts: Sequence[str]
) -> Iterator[str]:
    """Yield ways to write the new article, the best first: as it was written when it
    was in that language, line breaks and quotes included, if that is known and the two
    are still alike; else into the lines of today's."""
    for old in _earlier(workspace, translation):
        if (new := _redrawn(workspace.project, translation, old, texts)) is not None:
            yield new
    name, languages = (
        translation.article.name,
        (translation.catalog.source_language, translation.language),
    )
    text = translation.article.render(lambda segment: texts[segment.n - 1])
    default, _ = workspace.project.languages_of({"targets": ()}, name)
    if has_added_lang(translation.catalog) and default == translation.language:
        bare = without_lang(text, languages[0])
        if bare is not None:
            yield in_language(bare, name, languages, say=False)
    yield in_language(text, name, languages)


def _earlier(workspace: Workspace, translation: Translation) -> Iterator[str]:
    """Yield what the article's file held, the newest first."""
    kept = read_if_there(_kept(workspace.project, translation, translation.language))
    if kept is not None:
        yield kept.decode("utf-8", "replace")
    for data in versions(workspace.project.root, translation.file.name):
        yield data.decode("utf-8", "replace")


def _kept(project: Project, translation: Translation, language: str) -> Path:
    file = translation.file
    name = f"{file.slug}{file.path.suffix}"
    return private_place(project.root, _FOLDER) / language / name


def _redrawn(
    project: Project, translation: Translation, old: str, texts: Sequence[str]
) -> str | None:
    """Return an earlier text of the article with today's translations, if turning it
    round gives, letter for letter, what the article is today."""
    name, languages = (
        translation.article.name,
        (translation.language, translation.catalog.source_language),
    )
    now = [spelled(unit) for unit in translation.catalog.units]
    try:
        article = _parsed(project, translation, old)
        own, _ = project.languages_of(article.meta, name)
        if own != translation.language or len(article.segments) != len(now):
            return None
        text = article.render(lambda segment: now[segment.n - 1])
        ways = [in_language(text, name, languages)]
        if (bare := without_lang(text, own)) is not None:
            ways.append(in_language(bare, name, languages, say=False))
        if translation.article.text not in ways:
            return None
        return article.render(lambda segment: texts[segment.n - 1])
    except FlowError:
        return None


def _parsed(project: Project, translation: Translation, text: str) -> Article:
    return as_article(project, text, str(translation.file.path))


# --- its catalog and its record ---------------------------------------------


def _new_catalog(
    workspace: Workspace, translation: Translation, article: Article
) -> Catalog:
    """Return the catalog of the new article.

    :raises FlowError: if a sync would not leave it alone.
    """
    added = "lang" in article.meta and "lang" not in translation.article.meta
    catalog = turned_catalog(translation.catalog, article.segments, added_lang=added)
    policy = workspace.project.never_settled
    again = sync(
        article.segments, catalog, today=workspace.today, policy=policy
    ).catalog
    now = build(translation.file.slug, article, again, proof=True).pairs
    was = translation.pairs
    if dump(again) != dump(catalog) or any(
        one.state is not before.state for one, before in zip(now, was, strict=True)
    ):
        message = f"{translation.file.slug} cannot be turned round as it is"
        raise FlowError(message, str(translation.path), hint="run tflow sync first")
    return catalog


def _new_record(
    project: Project, translation: Translation, article: Article, catalog: Catalog
) -> bytes | None:
    """Return the record of what readers have, told in the new direction."""
    path = project.release(translation.file.slug)
    if translation.orphan and not path.exists():
        path = project.release(translation.orphan.slug)
    if not path.exists():
        return None
    news = {exact(translation.article.text): exact(article.text)}
    for old, new in zip(translation.catalog.units, catalog.units, strict=True):
        news[str(pair(old))] = str(pair(new))
    news |= {_short(known): now for known, now in news.items()}
    languages = (translation.catalog.source_language, translation.language)
    return dump_record(turned(read_record(path), languages, news)).encode()


def _short(hashes: str) -> str:
    """Return fingerprints as a record of format 1 has them."""
    return ".".join(one[:SHORT] for one in hashes.split("."))
