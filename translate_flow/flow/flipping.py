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
from translate_flow.flow.workspace import (
    Desk,
    Sheet,
    one_sheet,
    refuse_lost,
    save,
    sheets,
)
from translate_flow.history.commit import versions
from translate_flow.model import FINISHED, Catalog, Mark
from translate_flow.project import Project
from translate_flow.project.places import Place
from translate_flow.project.releases import dump as dump_record
from translate_flow.project.releases import turned
from translate_flow.state import SHORT, exact, pair, target_blocks
from translate_flow.state.questions import questions
from translate_flow.sync import sync
from translate_flow.sync.turning import (
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


def flip(desk: Desk, spot: Place, *, language: str | None = None) -> Flipped:
    """Make a translation the source of its article, and the source its translation.

    :param language: the one to write in from now on, if there are several.
    :raises FlowError: before anything is written, if that would lose something: what is
        not finished, or not one block for each segment.
    """
    desk.refuse_machine("turn an article round")
    if spot.picks:
        hint = command("flip", spot.file.slug)
        raise FlowError("an article is turned round as a whole", hint=hint)
    with desk.locked(), desk.journal.whole():
        sheet = one_sheet(desk, spot.file, language)
        refuse_lost(sheet)
        _refuse_layout(desk.project, sheet)
        _refuse_others(desk.project, sheet)
        _refuse_parts(sheet)
        _refuse_unfit(sheet)
        article = _new_article(desk, sheet)
        catalog = _new_catalog(desk, sheet, article)
        return _written(desk, sheet, article, catalog)


def _written(desk: Desk, sheet: Sheet, article: Article, catalog: Catalog) -> Flipped:
    if sheet.orphan:
        save(desk, sheet)
    project, file = desk.project, sheet.file
    new_path = project.catalog(file.slug, catalog.language)
    before = read_bytes(file.path)
    record = _new_record(project, sheet, article, catalog)
    written = {file.path: article.text.encode(), new_path: dump(catalog).encode()}
    written |= {project.release(file.slug): record} if record else {}
    for path, data in written.items():
        desk.journal.write(path, data)
    desk.journal.delete(sheet.path)
    for other in sheets(desk, file):
        if other.language != catalog.language and other.saved is not None:
            save(desk, other)
    write_atomic(_kept(project, sheet, catalog.language), before)
    return Flipped(
        slug=file.slug,
        source=catalog.source_language,
        target=catalog.language,
        segments=len(article.segments),
        files=tuple(written),
        removed=sheet.path,
    )


# --- what cannot be turned round --------------------------------------------


def _refuse_layout(project: Project, sheet: Sheet) -> None:
    spot = project.tree.spot(sheet.file.name) if project.tree else None
    if spot is not None and spot.language:
        message = "its path says which language it is in"
        hint = "articles can be turned round where layout.sources has no language in it"
        raise FlowError(message, str(sheet.file.path), hint=hint)


def _refuse_others(project: Project, sheet: Sheet) -> None:
    """:raises FlowError: if other catalogs of the article would be left behind."""
    own, slug = sheet.catalog.source_language, sheet.file.slug
    path = project.catalog(slug, own)
    if path.exists():
        message = "a catalog stands where the new one would lie"
        raise FlowError(message, str(path), hint="move it away first")
    for language in project.languages:
        path = project.catalog(slug, language)
        if language not in (own, sheet.language) and _holds_work(path):
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


def _refuse_parts(sheet: Sheet) -> None:
    own = sheet.catalog.source_language
    for block in sheet.article.blocks:
        if block.part and not block.part.language:
            name = block.part.name
            message = f"a part that is in {own} only does not say so"
            hint = f"write <!-- tflow:part {name} lang={own} --> where it begins"
            raise FlowError(message, str(sheet.file.path), block.line, hint)


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


def _refuse_unfit(sheet: Sheet) -> None:
    """:raises FlowError: if a segment has not just one finished block, in its place."""
    pairs, slug, target = sheet.edition().pairs, sheet.file.slug, sheet.language
    if not pairs:
        raise FlowError(f"{slug} has nothing to translate", str(sheet.file.path))
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


def _new_article(desk: Desk, sheet: Sheet) -> Article:
    """Return the article in the other language.

    :raises FlowError: if it would not read as the same segments.
    """
    texts = [unit.target for unit in sheet.catalog.units]
    new = next(_drawn(desk, sheet, texts))
    article = _parsed(desk.project, sheet, new)
    kinds = [segment.kind for segment in sheet.article.segments]
    found = [segment.kind for segment in article.segments]
    if found != kinds:
        _refuse_other_shape(sheet, article)
    own, _ = desk.project.languages_of(article.meta, article.name)
    if own != sheet.language:
        message = f"its front matter cannot say lang: {sheet.language}"
        raise FlowError(message, str(sheet.file.path), hint="write it there yourself")
    return article


def _refuse_other_shape(sheet: Sheet, article: Article) -> None:
    old, new = sheet.article.segments, article.segments
    pairs = zip(old, new, strict=False)
    n = next((i for i, (a, b) in enumerate(pairs, 1) if a.kind != b.kind), len(new) + 1)
    place = f"{sheet.file.slug}:{min(n, len(old))}"
    message = f"the translation of {place} would not be a segment like its source"
    message += f": {len(old)} would become {len(new)}" * (len(old) != len(new))
    raise FlowError(message, hint=f"change it: {command('set', place, tail='TEXT')}")


def _drawn(desk: Desk, sheet: Sheet, texts: Sequence[str]) -> Iterator[str]:
    """Yield ways to write the new article, the best first: as it was written when it
    was in that language, line breaks and quotes included, if that is known and the two
    are still alike; else into the lines of today's."""
    for old in _earlier(desk, sheet):
        if (new := _redrawn(desk.project, sheet, old, texts)) is not None:
            yield new
    name, languages = (
        sheet.article.name,
        (sheet.catalog.source_language, sheet.language),
    )
    text = sheet.article.render(lambda segment: texts[segment.n - 1])
    default, _ = desk.project.languages_of({"targets": ()}, name)
    if has_added_lang(sheet.catalog) and default == sheet.language:
        bare = without_lang(text, languages[0])
        if bare is not None:
            yield in_language(bare, name, languages, say=False)
    yield in_language(text, name, languages)


def _earlier(desk: Desk, sheet: Sheet) -> Iterator[str]:
    """Yield what the article's file held, the newest first."""
    kept = read_if_there(_kept(desk.project, sheet, sheet.language))
    if kept is not None:
        yield kept.decode("utf-8", "replace")
    for data in versions(desk.project.root, sheet.file.name):
        yield data.decode("utf-8", "replace")


def _kept(project: Project, sheet: Sheet, language: str) -> Path:
    file = sheet.file
    name = f"{file.slug}{file.path.suffix}"
    return private_place(project.root, _FOLDER) / language / name


def _redrawn(
    project: Project, sheet: Sheet, old: str, texts: Sequence[str]
) -> str | None:
    """Return an earlier text of the article with today's translations, if turning it
    round gives, letter for letter, what the article is today."""
    name, languages = (
        sheet.article.name,
        (sheet.language, sheet.catalog.source_language),
    )
    now = [spelled(unit) for unit in sheet.catalog.units]
    try:
        article = _parsed(project, sheet, old)
        own, _ = project.languages_of(article.meta, name)
        if own != sheet.language or len(article.segments) != len(now):
            return None
        text = article.render(lambda segment: now[segment.n - 1])
        ways = [in_language(text, name, languages)]
        if (bare := without_lang(text, own)) is not None:
            ways.append(in_language(bare, name, languages, say=False))
        if sheet.article.text not in ways:
            return None
        return article.render(lambda segment: texts[segment.n - 1])
    except FlowError:
        return None


def _parsed(project: Project, sheet: Sheet, text: str) -> Article:
    from translate_flow.article import FRONT_MATTER_KEYS
    from translate_flow.article import parse as parse_article

    keys = project.front_matter or FRONT_MATTER_KEYS
    return parse_article(text, name=str(sheet.file.path), keys=keys)


# --- its catalog and its record ---------------------------------------------


def _new_catalog(desk: Desk, sheet: Sheet, article: Article) -> Catalog:
    """Return the catalog of the new article.

    :raises FlowError: if a sync would not leave it alone.
    """
    added = "lang" in article.meta and "lang" not in sheet.article.meta
    catalog = turned_catalog(sheet.catalog, article.segments, added_lang=added)
    policy = desk.project.never_settled
    again = sync(article.segments, catalog, today=desk.today, policy=policy).catalog
    now = build(sheet.file.slug, article, again, proof=True).pairs
    was = sheet.edition().pairs
    if dump(again) != dump(catalog) or any(
        one.state is not before.state for one, before in zip(now, was, strict=True)
    ):
        message = f"{sheet.file.slug} cannot be turned round as it is"
        raise FlowError(message, str(sheet.path), hint="run tflow sync first")
    return catalog


def _new_record(
    project: Project, sheet: Sheet, article: Article, catalog: Catalog
) -> bytes | None:
    """Return the record of what readers have, told in the new direction."""
    path = project.release(sheet.file.slug)
    if sheet.orphan and not path.exists():
        path = project.release(sheet.orphan.slug)
    if not path.exists():
        return None
    news = {exact(sheet.article.text): exact(article.text)}
    for old, new in zip(sheet.catalog.units, catalog.units, strict=True):
        news[str(pair(old))] = str(pair(new))
    news |= {_short(known): now for known, now in news.items()}
    languages = (sheet.catalog.source_language, sheet.language)
    return dump_record(turned(read_record(path), languages, news)).encode()


def _short(hashes: str) -> str:
    """Return fingerprints as a record of format 1 has them."""
    return ".".join(one[:SHORT] for one in hashes.split("."))
