"""What an edition has of its project beside the text: images, corrections, the glossary
it was checked by, its address, templates."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from posixpath import join
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin

from translate_flow.files import read_bytes
from translate_flow.flow.publish.correcting import corrections
from translate_flow.flow.translations import Translation, translations
from translate_flow.flow.workspace import Workspace
from translate_flow.project import SOURCES, TRANSLATIONS
from translate_flow.project.settings import SETTINGS
from translate_flow.state import exact

if TYPE_CHECKING:
    from translate_flow.edition import Edition
    from translate_flow.exporters import Layout
    from translate_flow.project import Project

LARGEST_IMAGE = 5_000_000
"""Bytes of the largest image that is put into an edition."""
PICTURED = re.compile(r"!\[|<img", re.IGNORECASE)
"""What is in every text with an image."""
FILES = "files"
"""Folder of a site for the images that feeds and mail show."""
TEMPLATES = "templates"
"""Folder of a project's own templates."""
ADDRESSES = ("canonical", "canonical_url", "canonicalURL")
"""Keys of front matter that say where readers find an article on the web."""


def dressed(
    workspace: Workspace, translation: Translation, edition: Edition, *, images: bool
) -> Edition:
    """Return an edition with all that it has of its project.

    :param images: whether to read the article's images.
    :raises FlowError: if a template, the glossary or the release record cannot be read.
    """
    return replace(
        edition,
        urls=addresses(workspace.project, translation),
        translatable=workspace.project.translatable,
        corrections=corrections(workspace, translation),
        terms=_terms(workspace),
        templates=templates(workspace.project.root),
        images=_images(workspace, translation, edition) if images else {},
    )


def as_source(
    workspace: Workspace, translation: Translation, edition: Edition
) -> Edition:
    """Return an edition as the source's own page has it: with the corrections that its
    readers are told, without what it is to leave out by the word of any translation."""
    gone = edition.left_out
    if len(workspace.project.languages) > 2:
        quiet = replace(workspace, say=lambda message: None)
        for other in translations(quiet, translation.file, broken=[]):
            gone |= other.edition(proof=edition.proof).left_out
    told = corrections(workspace, translation, source=True)
    return replace(edition, left_out=gone, corrections=told)


def addresses(project: Project, translation: Translation) -> dict[str, str]:
    """Return where front matter says that readers find an article on the web: one
    address is that of its own language, a table has one for each."""
    meta, own = translation.article.meta, translation.catalog.source_language
    said = next((meta[key] for key in ADDRESSES if meta.get(key)), "")
    named = said if isinstance(said, Mapping) else {own: said}
    known = {tag.lower(): tag for tag in project.languages}
    known |= {tag.partition("-")[0]: known[tag] for tag in reversed(known)}
    found = {
        known[str(tag).lower()]: str(address)
        for tag, address in named.items()
        if str(tag).lower() in known
    }
    return {t: a for t, a in found.items() if a.startswith(("https://", "http://"))}


def at_home(edition: Edition, layout: Layout) -> Edition:
    """Return an edition that knows where its page is on the web, and where a page of
    one language has its others."""
    one, other = edition.source_language, edition.target_language
    alone = {"source": one, "target": other}.get(layout)
    url = edition.url or edition.urls.get(alone or one, "")
    others = edition.urls if alone and len(edition.urls) > 1 else {}
    return replace(edition, url=url, alternates={**edition.alternates, **others})


def _terms(workspace: Workspace) -> str:
    from translate_flow.glossary import write_csv

    if not workspace.terms or not workspace.terms.terms:
        return ""
    return exact(write_csv(workspace.terms, languages=workspace.project.languages))


def templates(root: Path) -> dict[str, str]:
    """Return a project's own templates by file name.

    :raises FlowError: if one cannot be read.
    """
    from translate_flow.article import decode

    found = sorted((root / TEMPLATES).glob("*.html"))
    return {path.name: decode(read_bytes(path), str(path)) for path in found}


def way_back(workspace: Workspace, translation: Translation, path: Path) -> str:
    """Return how the file of an edition finds the article's folder; empty for a file
    outside the project, which may travel anywhere."""
    root, here = workspace.project.root.resolve(), path.parent.resolve()
    if not here.is_relative_to(root):
        return ""
    way = os.path.relpath(translation.file.path.parent.resolve(), here)
    return quote(Path(way).as_posix()) + "/"


def _images(
    workspace: Workspace, translation: Translation, edition: Edition
) -> dict[str, bytes]:
    """Read the article's images that lie in the project."""
    from translate_flow.exporters.content.pictures import CAPTION
    from translate_flow.exporters.html import images

    found: dict[str, bytes] = {}
    named = CAPTION in translation.article.text
    if not named and not PICTURED.search(translation.article.text):
        return found
    for address in images(edition):
        path = translation.file.path.parent / unquote(address.partition("?")[0])
        if why := _unfit(path, workspace.project.root):
            workspace.say(
                f"{translation.file.slug}: {address} is shown in words: {why}"
            )
        else:
            found[address] = path.read_bytes()
    return found


def hosted(
    workspace: Workspace, translation: Translation, edition: Edition
) -> dict[str, str]:
    """Return where readers of mail and feeds find the article's images: from the page
    that front matter names, else among the files of the site. Where nobody says where
    either is, that is told.

    :raises FlowError: if a template is wrong.
    """
    site = workspace.project.site_url
    named = edition.urls.get(edition.source_language, "")
    named = "" if named.startswith(site) and site else named
    files = dict(shown_files(workspace, translation, edition))
    if files and not (named or site):
        slug = translation.file.slug
        told = "mail and feeds show its images in words: site.url is not set"
        workspace.say(f"{slug}: {told}, and no canonical address")
        return {}
    return {
        address: urljoin(named, address) if named else join(site, quote(name))
        for address, (name, _) in files.items()
    }


def shown_files(
    workspace: Workspace, translation: Translation, edition: Edition
) -> Iterator[tuple[str, tuple[str, Path]]]:
    """Yield the local images of an article: the address that it writes, the name among
    the files of a site, and the file."""
    from translate_flow.exporters.content.pictures import CAPTION
    from translate_flow.exporters.html import images

    text, root = translation.article.text, workspace.project.root
    if CAPTION not in text and not PICTURED.search(text):
        return
    for address in images(replace(edition, images={}, base="", pages={})):
        path = translation.file.path.parent / unquote(address.partition("?")[0])
        if not _unfit(path, root):
            inner = path.resolve().relative_to(root.resolve()).as_posix()
            name = inner.removeprefix(f"{SOURCES}/")
            yield address, (f"{FILES}/{name}", path)


def _unfit(path: Path, root: Path) -> str:
    """Say why an image is not put into an edition; empty if it is."""
    from translate_flow.exporters.inline.writer import media_type

    try:
        if why := unfit(path, root):
            return why
        if path.stat().st_size > LARGEST_IMAGE:
            return f"it has more than {LARGEST_IMAGE // 10**6} MB"
        return "" if media_type(path.read_bytes()) else "it is no image"
    except (OSError, ValueError):
        return "it cannot be read"


def unfit(path: Path, root: Path) -> str:
    """Say why a file of a project is not given to readers; empty if it may be: no
    settings, no catalogs, and nothing that is hidden, such as keys and git's own."""
    whole = path.resolve()
    if not whole.is_relative_to(root.resolve()):
        return "it is outside the project"
    parts = whole.relative_to(root.resolve()).parts
    hidden = any(part.startswith(".") for part in parts)
    if hidden or parts[:1] in ((SETTINGS,), (TRANSLATIONS,)):
        return "it is not for readers"
    return "" if path.is_file() else "there is no such file"
