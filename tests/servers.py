"""Servers that speak the documented protocols of DeepL, Papago and the chat interface
of OpenAI, over real HTTP."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from translate_flow.engines import Assignment, Engine, Passage, Patience, get
from translate_flow.errors import EngineError

QUICK = Patience(connect=5, answer=20, tries=3, first_wait=0.01, longest_wait=0.5)
SECRET, CLIENT = "s3cr3t/key+0", "cl13nt-id"
ENVIRON = {
    "DEEPL_API_KEY": SECRET,
    "PAPAGO_CLIENT_ID": CLIENT,
    "PAPAGO_CLIENT_SECRET": SECRET,
    "OPENAI_API_KEY": SECRET,
}
KO = Assignment("en", "ko", title="Harbour")

Answer = Response | Callable[[Request], Response]
Turn = Callable[[str], str]
"""Makes a text as a server sees it another text."""


class Server(HTTPServer):
    """A server that stops at once: pytest-httpserver's own looks for the word to stop
    twice a second only."""

    def thread_target(self) -> None:
        """Answer until somebody says stop."""
        assert self.server is not None
        self.server.serve_forever(poll_interval=0.01)


@contextmanager
def serving() -> Iterator[HTTPServer]:
    """Run a server that answers several requests at once."""
    with Server(host="127.0.0.1", threaded=True) as server:
        yield server


def made(name: str, url: str, **settings: Any) -> Engine:
    """Return an engine that asks our server and does not wait for long."""
    model = {"model": "ferry-7b"} if name == "openai" else {}
    environ = {**ENVIRON, "OPENAI_BASE_URL": url}
    settings = {"url": url, **model, **settings}
    return get(name, settings=settings, environ=environ, patience=QUICK)


def serve(server: HTTPServer, name: str, *answers: Answer, **settings: Any) -> Engine:
    """Let a server give answers one after the other, the last one for ever."""
    left, lock = list(answers), threading.Lock()

    def handle(request: Request) -> Response:
        with lock:
            given = left.pop(0) if len(left) > 1 else left[0]
        return given if isinstance(given, Response) else given(request)

    server.expect_request(re.compile(".*")).respond_with_handler(handle)
    return made(name, server.url_for("/").rstrip("/"), **settings)


def given(data: Any, status: int = 200, **headers: str) -> Response:
    """Return JSON as a server gives it."""
    body = json.dumps(data, ensure_ascii=False)
    kind = "application/json; charset=utf-8"
    return Response(body, status, headers, content_type=kind)


def loud(text: str) -> str:
    """Write the words of a text, or of XML, in capitals."""
    cut = re.split(r"(<[^>]*>|&\w+;)", text)
    return "".join(part if n % 2 else part.upper() for n, part in enumerate(cut))


def translating(name: str, turn: Turn = loud) -> Callable[[Request], Response]:
    """Return what a server does that holds to its protocol, and to which we must."""
    kinds = {"deepl": _deepl, "papago": _papago, "openai": _chat}

    def answer(request: Request) -> Response:
        assert request.query_string == b""
        return kinds[name](request, turn)

    return answer


def _deepl(request: Request, turn: Turn) -> Response:
    assert (request.method, request.path) == ("POST", "/v2/translate")
    assert request.headers["Authorization"] == f"DeepL-Auth-Key {SECRET}"
    assert len(request.get_data()) <= 128 * 1024
    body = request.get_json()
    assert body["tag_handling"] == "xml"
    assert 1 <= len(body["text"]) <= 50
    for text in body["text"]:
        ElementTree.fromstring(f"<text>{text}</text>")
    texts = [{"detected_source_language": "EN", "text": turn(t)} for t in body["text"]]
    return given({"translations": texts})


def _papago(request: Request, turn: Turn) -> Response:
    assert (request.method, request.path) == ("POST", "/translation")
    assert request.headers["X-NCP-APIGW-API-KEY-ID"] == CLIENT
    assert request.headers["X-NCP-APIGW-API-KEY"] == SECRET
    body = request.get_json()
    assert 1 <= len(body["text"]) <= 5000
    result = {
        "srcLangType": body["source"],
        "tarLangType": body["target"],
        "translatedText": turn(body["text"]),
    }
    return given({"message": {"result": result}})


def segments(request: Request) -> list[dict[str, Any]]:
    """Return the passages that a model is given."""
    found: list[dict[str, Any]] = json.loads(
        request.get_json()["messages"][-1]["content"]
    )["segments"]
    return found


def _chat(request: Request, turn: Turn) -> Response:
    assert (request.method, request.path) == ("POST", "/chat/completions")
    assert request.headers["Authorization"] == f"Bearer {SECRET}"
    body = request.get_json()
    assert body["model"] == "ferry-7b"
    assert body["response_format"]["type"] == "json_schema"
    entries = [
        {"id": one["id"], "text": turn(one["text"])} for one in segments(request)
    ]
    return said(json.dumps({"translations": entries}, ensure_ascii=False))


def said(content: Any, finish: str = "stop", **message: Any) -> Response:
    """Return what a model says as its server gives it."""
    spoken = {"role": "assistant", "content": content, **message}
    choice = {"index": 0, "message": spoken, "finish_reason": finish}
    return given({"object": "chat.completion", "choices": [choice]})


def passages(*texts: str) -> list[Passage]:
    """Return passages that are nothing but texts."""
    return [Passage(text) for text in texts]


def failure(engine: Engine, *texts: str) -> EngineError:
    """Return the error of a translation that fails; it tells no key and no text."""
    with pytest.raises(EngineError) as caught:
        engine.translate(passages(*texts or ("The boat leaves.",)), KO)
    error = caught.value
    shown = f"{error!r} {error} {engine!r}"
    for hidden in ("s3cr3t", CLIENT, "The boat"):
        assert hidden not in shown
    assert "\n" not in str(error)
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    return error
