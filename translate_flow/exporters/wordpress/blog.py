"""Posts of a WordPress site over its REST API.

https://developer.wordpress.org/rest-api/reference/posts/ and ``…/media/``; a site of
wordpress.com has the same below https://public-api.wordpress.com/wp/v2/sites/SITE/.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from itertools import islice
from json import JSONDecoder
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from translate_flow.errors import EngineError, FlowError, Trouble
from translate_flow.wire.addresses import Address
from translate_flow.wire.keys import found, named
from translate_flow.wire.network import Patience, Wire

if TYPE_CHECKING:
    from translate_flow.wire.network import Response

NAME = "WordPress"
HOSTED = "https://public-api.wordpress.com/wp/v2/sites"
SETUP = (
    "set WORDPRESS_URL, and WORDPRESS_USER and WORDPRESS_PASSWORD or WORDPRESS_TOKEN"
)
PASSWORD = "make an application password under Users, Profile in WordPress"
ONCE = Patience(answer=60.0, tries=1)
"""What makes something new is not tried again: it might be made twice."""
AGAIN = Patience(answer=60.0)

MOST = 1000
"""Brackets in an answer that may begin its JSON."""

TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
"""Images that a WordPress takes as it comes, by suffix; SVG is not among them."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the site has it."""

    id: int
    url: str
    """Its permanent address."""

    status: str
    """``draft``, ``publish``, ``pending``, ``private`` or ``future``."""


class Blog:
    """A WordPress site and who may write there."""

    def __init__(self, url: str, headers: Mapping[str, str], secret: str) -> None:
        """:param url: of its API, up to ``/wp/v2``, without a slash at the end: two
            sites never share it.
        :param headers: that say who asks.
        :param secret: what no message may tell.
        """
        self.url, self._headers = url, headers
        secrets = (secret, *headers.values())
        self._once = Wire(NAME, url, ONCE, secrets=secrets, refused=_refused)
        self._again = Wire(NAME, url, AGAIN, secrets=secrets, refused=_refused)

    def __repr__(self) -> str:
        return f"Blog({self.url!r})"

    @property
    def host(self) -> str:
        """The computer that posts are sent to."""
        return self._once.host

    def read(self, number: int) -> Post:
        """Return a post as it is now.

        :raises FlowError: if the site has no such post, or does not answer.
        """
        params = {"context": "edit", "_fields": "id,link,status"}
        url = f"{self.url}/posts/{number}"
        answer = self._again.send("GET", url, params=params, headers=self._headers)
        return _post(_said(answer))

    def find(self, slug: str, title: str) -> Post | None:
        """Return the post that an earlier run made without learning so; None if there
        is none.

        :param slug: the last part of its address, which only we choose.
        :raises FlowError: if another post has that address, or the site does not
            answer.
        """
        params = {"slug": slug, "status": "any", "context": "edit"}
        params["_fields"] = "id,link,status,title"
        url = f"{self.url}/posts"
        answer = self._again.send("GET", url, params=params, headers=self._headers)
        for one in _list(_said(answer)):
            post = _post(one)
            if _words(one.get("title")) == _words(title):
                return post
            hint = (
                "if it is the article's, name its id in the front matter; else move it"
            )
            raise FlowError("another post has this address", post.url, hint=hint)
        return None

    def create(self, slug: str, fields: Mapping[str, Any]) -> Post:
        """Make a post. If the answer does not tell which, it is looked for.

        :param slug: the last part of its address.
        :param fields: ``title``, ``content``, ``status`` …
        :raises FlowError: if the site refuses, or nobody can tell whether it was made.
        """
        try:
            return self._sent(self._once, f"{self.url}/posts", {**fields, "slug": slug})
        except Trouble as error:
            trouble = error
        with suppress(EngineError):
            if (made := self.find(slug, str(fields.get("title", "")))) is not None:
                return made
        message = f"{trouble.message}; the post may be there: {self._address(slug)}"
        raise EngineError(message, hint="the next run looks for it before it makes one")

    def _address(self, slug: str) -> str:
        """Return where a person finds a post by its slug, whatever addresses look like
        on the site."""
        home, hosted = self.url.partition("/wp-json/")[0], f"{HOSTED}/"
        if self.url.startswith(hosted):
            home = f"https://{self.url.removeprefix(hosted)}"
        return f"{home}/?name={slug}"

    def update(self, number: int, fields: Mapping[str, Any]) -> Post:
        """Change a post; what is not named stays as it is: its address, its comments.

        :raises FlowError: if the site has no such post, refuses or does not answer.
        """
        try:
            return self._sent(self._again, f"{self.url}/posts/{number}", fields)
        except Unclear:  # it did what was asked, and said so in words of its own
            return self.read(number)

    def image(self, name: str, data: bytes) -> str:
        """Return the address of an image on the site, brought there if it is not yet.

        It is known again by its name, which holds a hash of what it shows.

        :param name: a file name.
        :raises FlowError: if the site does not take it.
        """
        path = PurePosixPath(name)
        stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "image"
        shown = sha256(data).hexdigest()[:12]
        slug = f"{stem}-{shown}"
        kind = TYPES.get(path.suffix.lower())
        if kind is None:
            hint = f"it takes {', '.join(TYPES)}"
            raise FlowError("WordPress takes no such image", name, hint=hint)
        if there := self._there(shown):
            return there
        file = f"{slug}{path.suffix.lower()}"
        headers = {
            **self._headers,
            "Content-Type": kind,
            "Content-Disposition": f'attachment; filename="{file}"',
        }
        address = f"{self.url}/media"
        try:
            response = self._once.send("POST", address, data=data, headers=headers)
            return str(_object(_said(response)).get("source_url", ""))
        except Trouble:
            if there := self._there(shown):
                return there
            raise

    def _there(self, shown: str) -> str:
        """Return the address of an image that is on the site; empty if it is not.

        :param shown: the hash of what it shows, which its name ends with.
        """
        params = {"search": shown, "per_page": 10, "_fields": "slug,source_url"}
        url = f"{self.url}/media"
        response = self._again.send("GET", url, params=params, headers=self._headers)
        for one in _list(_said(response)):
            if isinstance(one, dict) and str(one.get("slug", "")).endswith(shown):
                return str(one.get("source_url", ""))
        return ""

    def _sent(self, wire: Wire, url: str, fields: Mapping[str, Any]) -> Post:
        answer = wire.send("POST", url, json=dict(fields), headers=self._headers)
        return _post(_said(answer))


class Unclear(Trouble):
    """An answer to what was done that does not tell what that was."""


def _said(response: Response) -> Any:
    """Return the JSON of an answer: plugins write warnings before it, and signs that
    nobody sees.

    :raises Unclear: if there is none.
    """
    text = response.text.strip("\ufeff \t\r\n")
    decoder, best, size = JSONDecoder(), None, 0
    for start in islice(re.finditer(r"[\[{]", text), MOST):
        if start.start() < size:
            continue
        with suppress(ValueError, RecursionError):
            value, end = decoder.raw_decode(text, start.start())
            if end - start.start() > size:
                best, size = value, end - start.start()
    if size:
        return best
    raise Unclear(f"{NAME} gave an answer that is not JSON")


def _words(title: Any) -> str:
    """Return a title as a text, whatever WordPress made of its signs."""
    text = title.get("raw", "") if isinstance(title, dict) else str(title or "")
    return " ".join(unescape(text).split())


def _post(value: Any) -> Post:
    told = _object(value)
    if not isinstance(told.get("id"), int):
        raise Unclear(f"{NAME} did not say which post that is")
    return Post(told["id"], str(told.get("link", "")), str(told.get("status", "")))


def blog(environ: Mapping[str, str]) -> Blog:
    """Return the site that the environment names, with the user's right to write.

    The settings of a project have no say in where a password goes: a project may come
    from anybody.

    :raises FlowError: if something is missing, or a password would go unprotected.
    """
    site = named(environ, "WORDPRESS_URL")
    token = found(environ, "WORDPRESS_TOKEN")
    user = environ.get("WORDPRESS_USER", "").strip()
    password = "".join(environ.get("WORDPRESS_PASSWORD", "").split())
    if site is None or not (token or (user and password)):
        raise FlowError("nobody says which WordPress, and who you are", hint=SETUP)
    if site.scheme != "https" and not site.local:
        hint = "write https:// in WORDPRESS_URL"
        raise FlowError("a password goes over https alone", hint=hint)
    if token:
        return Blog(_api(site), {"Authorization": f"Bearer {token}"}, token)
    both = b64encode(f"{user}:{password}".encode()).decode("ascii")
    headers = {"Authorization": f"Basic {both}"}
    return Blog(f"{_base(site)}/wp-json/wp/v2", headers, password)


def _api(site: Address) -> str:
    """Return the API that a token is for: that of wordpress.com, unless the address is
    an API itself."""
    return _base(site) if "/wp/v2" in site.path else f"{HOSTED}/{site.netloc}"


def _base(site: Address) -> str:
    return site.url.rstrip("/")


def _refused(response: Response, says: str) -> EngineError | None:
    status = response.status_code
    if status in (401, 403):
        return EngineError(f"{NAME} does not let you ({status}{says})", hint=PASSWORD)
    if status in (404, 410):
        hint = "is WORDPRESS_URL right, and the post still there?"
        return EngineError(f"{NAME} has no such thing ({status}{says})", hint=hint)
    return None if status >= 500 or status == 429 else _failure(status, says)


def _failure(status: int, says: str) -> EngineError:
    return EngineError(f"{NAME} refused it ({status}{says})")


def _object(value: Any) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    raise Unclear(f"{NAME} gave an answer that is none")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
