"""Editions as posts of a WordPress site. Which post is whose stands in the article's
front matter: ``wordpress: {en-ko: {id: 12, url: …, site: …}}``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote, urlsplit

from translate_flow.errors import FlowError
from translate_flow.files import read_bytes
from translate_flow.flow.publish.links import Neighbours
from translate_flow.flow.publish.prepare import dressed
from translate_flow.flow.publish.printing import Surroundings
from translate_flow.flow.publish.release import (
    Refused,
    held,
    meant,
    refuse_parts,
)
from translate_flow.flow.published import record
from translate_flow.flow.translations import Translation, translations
from translate_flow.flow.workspace import Workspace
from translate_flow.project.places import Place

if TYPE_CHECKING:
    from translate_flow.edition import Edition
    from translate_flow.exporters import Layout
    from translate_flow.exporters.wordpress.blog import Blog, Post

KEY = "wordpress"
"""What front matter calls the posts of an article."""

LIVE = ("publish", "private", "future")
"""Statuses of posts that somebody reads, or will."""

Status = Literal["draft", "pending", "private", "publish"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How posts are to be made."""

    layout: Layout = "facing"
    status: Status | None = None
    """None: a new post is a draft, an old one stays what it is."""

    release: bool = False
    """Refuse what is unfinished, and record what readers get."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One edition that is a post now."""

    slug: str
    language: str
    layout: str
    post: Post
    new: bool
    images: int
    """How many images it shows from the site."""


def publish(
    workspace: Workspace,
    places: Sequence[Place],
    wanted: Wanted,
    *,
    language: str | None = None,
    allow: Callable[[str], bool],
) -> tuple[tuple[Posted, ...], tuple[Refused, ...]]:
    """Make posts of editions, or change those that were made of them before.

    :param allow: asks the user about what is going to happen.
    :raises FlowError: if the site cannot be used, unfinished text would be seen by
        everybody, or a machine would post. What was posted until then is noted.
    """
    from translate_flow.exporters.wordpress.blog import blog

    workspace.refuse_machine("post to a site")
    if wanted.status == "publish" and not wanted.release:
        hint = "say --release, or leave it a draft"
        raise FlowError("only finished text is shown to everybody", hint=hint)
    site = blog(workspace.environ)
    ready, refused = _ready(workspace, places, wanted, language)
    size = "1 post goes" if len(ready) == 1 else f"{len(ready)} posts go"
    if ready and not allow(f"{size} to {site.host}"):
        raise FlowError(f"nothing was sent to {site.host}")
    posted = []
    for translation, edition in ready:
        posted.append(_post(workspace, site, translation, edition, wanted))
        if wanted.release and posted[-1].post.status == "publish":
            with workspace.locked():
                record(workspace, translation, edition, {})
    return tuple(posted), tuple(refused)


def _ready(
    workspace: Workspace, places: Sequence[Place], wanted: Wanted, language: str | None
) -> tuple[list[tuple[Translation, Edition]], list[Refused]]:
    """Return what may be posted, and what is refused."""
    around = Surroundings(Neighbours(workspace, release=True))
    ready: dict[tuple[str, str], tuple[Translation, Edition]] = {}
    refused: list[Refused] = []
    for spot in places:
        refuse_parts(spot)
        for translation in translations(workspace, spot.file, language):
            edition = translation.edition(proof=not wanted.release)
            if wanted.release and not meant(workspace, translation):
                continue
            wrong = held(workspace, translation, edition) if wanted.release else []
            wrong += around.refused(translation, edition) if wanted.release else []
            refused += wrong
            if not wrong:  # translations of one article share the post of its source
                key = translation.file.slug, _key(edition, wanted.layout)
                ready.setdefault(key, (translation, edition))
    return list(ready.values()), refused


def _post(
    workspace: Workspace,
    site: Blog,
    translation: Translation,
    edition: Edition,
    wanted: Wanted,
) -> Posted:
    from translate_flow.edition import arranged
    from translate_flow.exporters.wordpress import content as content_of
    from translate_flow.exporters.wordpress import images, title, with_images

    key = _key(edition, wanted.layout)
    pages = dict(_pages(workspace, site, translation, key))
    edition = dressed(workspace, translation, edition, images=True)
    edition = replace(edition, base="", pages=pages)
    ready = arranged(edition, "source")
    named, slug = title(ready, wanted.layout), _slug(translation, key)
    before = _known(translation, key, site)
    new = before is None
    if before is None:  # a post that cannot be noted would be made again and again
        _noted(translation, key, {"id": 0, "url": site.url, "site": site.url})
        there = site.find(slug, named)
    else:
        there = site.read(before)
    if there is not None:
        _refuse_live(there, wanted)
    content = content_of(ready, wanted.layout)
    found = dict(_uploaded(site, edition, images(content)))
    fields: dict[str, Any] = {"title": named, "content": with_images(content, found)}
    if wanted.status:
        fields["status"] = wanted.status
    if there is None:
        post = site.create(slug, {"status": "draft", **fields})
    else:
        post = site.update(there.id, fields)
    _note(
        workspace, translation, key, {"id": post.id, "url": post.url, "site": site.url}
    )
    own, tag = translation.file.slug, translation.language
    return Posted(own, tag, wanted.layout, post, new, len(found))


def _pages(
    workspace: Workspace, site: Blog, translation: Translation, key: str
) -> Iterator[tuple[str, str]]:
    """Yield the articles that one may link to, and where they are on the web: their own
    posts, else where their front matter says; nowhere, if that is all."""
    neighbours = Neighbours(workspace, release=False)
    text = translation.article.text
    for path, other in neighbours.linked(translation.file, text):
        if other.slug == translation.file.slug:
            continue
        found = next(translations(workspace, other, broken=[]), None)
        posts = found.article.meta.get(KEY) if found else None
        post = posts.get(key) if isinstance(posts, Mapping) else None
        own = isinstance(post, Mapping) and post.get("site") == site.url
        home = neighbours.home(other, translation.language)
        url = str(post.get("url", "")) if own and post else home
        if not url:
            linked = f"links to {other.slug}, which is not on the web yet"
            workspace.say(f"{translation.file.slug} {linked}")
        yield path, url


def _slug(translation: Translation, key: str) -> str:
    """Return the last part of a post's address, by which it is found again: of ASCII,
    for others become long escapes there, and no other article's."""
    own = translation.file.slug
    plain = re.sub(r"[^a-z0-9]+", "-", own.lower()).strip("-")
    if plain != own.replace("/", "-"):
        plain = f"{plain}-{sha256(own.encode()).hexdigest()[:8]}".strip("-")
    return f"{plain}-{key.lower()}"


def _refuse_live(post: Post, wanted: Wanted) -> None:
    """:raises FlowError: if people would see what may be unfinished."""
    hidden = wanted.status in ("draft", "pending")
    if post.status in LIVE and not (wanted.release or hidden):
        hint = "say --release, or --status draft to take it back"
        raise FlowError("readers have this post", post.url, hint=hint)


def _uploaded(
    site: Blog, edition: Edition, written: Sequence[str]
) -> Iterator[tuple[str, str]]:
    brought: dict[bytes, str] = {}
    for address in written:
        if (data := edition.images.get(address)) is not None:
            name = PurePosixPath(unquote(urlsplit(address).path)).name
            if data not in brought:
                brought[data] = site.image(name, data)
            yield address, brought[data]


def _key(edition: Edition, layout: Layout) -> str:
    """Return what front matter calls a post: by its languages."""
    one, other = edition.source_language, edition.target_language
    return {"source": one, "target": other}.get(layout, f"{one}-{other}")


def _known(translation: Translation, key: str, site: Blog) -> int | None:
    """Return the number of the post that was made before; None if there is none.

    :raises FlowError: if it is one of another site.
    """
    text, name = _article(translation)
    found = _posts(text, name).get(key)
    if not isinstance(found, Mapping) or not isinstance(found.get("id"), int):
        return None
    if found.get("site") == site.url:
        return int(found["id"])
    message = f"its post is at {found.get('site', 'another site')}, not at {site.url}"
    hint = f"set WORDPRESS_URL, or take {KEY} out of the front matter for a new post"
    raise FlowError(message, name, hint=hint)


def _note(
    workspace: Workspace, translation: Translation, key: str, said: Mapping[str, Any]
) -> None:
    """Write into front matter which post it is; the rest of the article stays."""
    with workspace.locked():
        text, made = _noted(translation, key, said)
        if made != text:
            workspace.journal.write(translation.file.path, made.encode())


def _noted(
    translation: Translation, key: str, said: Mapping[str, Any]
) -> tuple[str, str]:
    """Return the article's text, and as it says which post it is.

    :raises FlowError: if its front matter cannot be made to say that.
    """
    from translate_flow.article.saying import saying

    text, name = _article(translation)
    posts = _posts(text, name)
    if posts.get(key) == said:
        return text, text
    value = _plain({**posts, key: said})
    return text, saying(text, {KEY: value}, name=name)


def _article(translation: Translation) -> tuple[str, str]:
    """Return the text of an article as it is on disk now, and its name."""
    from translate_flow.article import decode

    name = str(translation.file.path)
    return decode(read_bytes(translation.file.path), name), name


def _posts(text: str, name: str) -> Mapping[str, Any]:
    """Return what front matter says of an article's posts."""
    from translate_flow.article import parse

    found = parse(text, name=name).meta.get(KEY)
    return found if isinstance(found, Mapping) else {}


def _plain(value: Any) -> Any:
    """Return what front matter says without the reader's own types."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    return value if isinstance(value, str | int | bool) else str(value)
