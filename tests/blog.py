"""A WordPress site that speaks its documented REST API over real HTTP, for tests.

https://developer.wordpress.org/rest-api/reference/posts/ and ``…/media/``.
"""

from __future__ import annotations

import json
import re
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

USER, PASSWORD, TOKEN = "mina", "abcd EFGH ijkl MNOP", "t0k3n-of-mina"


@dataclass
class Blog:
    """What the site holds, and how it answers."""

    server: HTTPServer
    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    media: list[dict[str, str]] = field(default_factory=list)
    failing: list[int] = field(default_factory=list)
    """Statuses that the next requests get."""

    spoiling: list[Callable[[Response], Response]] = field(default_factory=list)
    """What becomes of the answers to the next things that are made or changed."""

    asked: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        found = self.server.expect_request(re.compile(r"/(wp-json|rest)/.*"))
        found.respond_with_handler(self._answer)

    @property
    def url(self) -> str:
        """The site's address."""
        return self.server.url_for("").rstrip("/")

    def _answer(self, request: Request) -> Response:
        with self._lock:
            self.asked.append(f"{request.method} {request.path}")
            if self.failing:
                broken = _error(self.failing.pop(0), "internal_server_error", "Broken.")
                broken.headers["Retry-After"] = "0"  # so that nobody waits for it
                return broken
            if request.headers.get("Authorization") not in _allowed():
                said = "Sorry, you are not allowed to create posts as this user."
                return _error(401, "rest_cannot_create", said)
            path = re.sub(r".*/wp/v2(/sites/[^/]+)?", "", request.path)
            if path == "/media":
                answer = self._media(request)
            else:
                number = path.removeprefix("/posts").strip("/")
                answer = self._posts(request, number)
            if request.method == "POST" and self.spoiling:
                return self.spoiling.pop(0)(answer)
            return answer

    def _posts(self, request: Request, number: str) -> Response:
        if request.method == "GET" and not number:
            return _json([*self._listed(request.args)], 200)
        if request.method == "GET":
            found = self.posts.get(int(number))
            gone = _error(404, "rest_post_invalid_id", "Invalid post ID.")
            return _json(found, 200) if found else gone
        fields = request.get_json()
        if not number:
            made = {"id": 100 + len(self.posts), "status": "draft", **fields}
            made["link"] = f"{self.url}/?p={made['id']}"
            self.posts[made["id"]] = made
            return _json(made, 201)
        if int(number) not in self.posts:
            return _error(404, "rest_post_invalid_id", "Invalid post ID.")
        self.posts[int(number)] |= fields
        return _json(self.posts[int(number)], 200)

    def _listed(self, args: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """Yield the posts with a slug, as people who may edit them see them; drafts
        only if asked for."""
        for post in self.posts.values():
            wanted = args.get("status") == "any" or post["status"] == "publish"
            if wanted and post.get("slug") == args["slug"]:
                title = {"raw": post["title"], "rendered": escape(post["title"])}
                yield {**post, "title": title}

    def _media(self, request: Request) -> Response:
        if request.method == "GET":
            words = request.args["search"]
            return _json([m for m in self.media if words in m["slug"]], 200)
        name = re.search(r'filename="([^"]+)"', request.headers["Content-Disposition"])
        assert name is not None
        assert request.get_data()
        made = {
            "slug": name[1].rpartition(".")[0],
            "type": request.headers["Content-Type"],
            "source_url": f"{self.url}/wp-content/uploads/{name[1]}",
        }
        self.media.append(made)
        return _json(made, 201)


def _allowed() -> tuple[str, str]:
    """Return what may be asked with: WordPress ignores the blanks of a password."""
    both = f"{USER}:{PASSWORD.replace(' ', '')}".encode()
    return f"Basic {b64encode(both).decode()}", f"Bearer {TOKEN}"


def _json(value: object, status: int) -> Response:
    return Response(json.dumps(value), status, content_type="application/json")


def _error(status: int, code: str, message: str) -> Response:
    told = {"code": code, "message": message, "data": {"status": status}}
    return _json(told, status)
