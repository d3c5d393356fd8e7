"""Papago is asked as NAVER Cloud's documentation wants, and its numbers are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from servers import KO, failure, given, made, passages, serve, serving, translating

from translate_flow.engines import Assignment
from translate_flow.errors import EngineError, Trouble, Unsupported, Unusable, Useless


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    """A server, and whatever it asserted afterwards."""
    with serving() as server:
        yield server
        server.check()


def test_what_is_sent(server: HTTPServer) -> None:
    """One text goes in a request, with nothing that was not asked for."""
    engine = serve(server, "papago", translating("papago"))
    assert [*engine.translate(passages("boat", "port"), KO)] == ["BOAT", "PORT"]
    bodies = [request.get_json() for request, _ in server.log]
    assert bodies == [
        {"source": "en", "target": "ko", "text": text} for text in ("boat", "port")
    ]


def test_wishes(server: HTTPServer) -> None:
    """Politeness is asked of Korean alone, a glossary of NAVER's always."""
    wish = {"honorific": True, "glossary": "g-1"}
    engine = serve(server, "papago", translating("papago"), **wish)
    engine.translate(passages("boat"), KO)
    engine.translate(passages("배"), Assignment("ko-KR", "zh-Hant"))
    there, back = (request.get_json() for request, _ in server.log)
    assert (there["honorific"], there["glossaryKey"]) == (True, "g-1")
    assert "honorific" not in back
    assert (back["source"], back["target"], back["glossaryKey"]) == (
        "ko",
        "zh-TW",
        "g-1",
    )
    assert engine.options == "honorific=True glossary=g-1"
    assert made("papago", "http://127.0.0.1:1").options != engine.options


@pytest.mark.parametrize(
    ("status", "body", "kind", "says"),
    [
        (429, {"error": {"errorCode": "400", "message": "Quota Exceeded"}}, Unusable,
         "the quota of papago is used up (429 400: Quota Exceeded); look at the"),
        (429, {"error": {"errorCode": "410", "message": "Throttle Limited"}}, Trouble,
         "papago is asked too much (429: Throttle Limited)"),
        (401, {"error": {"errorCode": "210", "message": "Permission Denied"}}, Unusable,
         "papago refuses the keys (401 210: Permission Denied); look at PAPAGO_CLIENT"),
        (400, {"errorCode": "N2MT02", "errorMessage": "Unsupported"}, Unsupported,
         "papago cannot translate between these languages (400 N2MT02: Unsupported)"),
        (400, {"errorCode": "N2MT06", "errorMessage": "no translator"}, Unsupported,
         "papago cannot translate between these languages (400 N2MT06: no transl"),
        (400, {"errorCode": "N2MT08", "errorMessage": "exceeds length"}, Useless,
         "papago refused this text (400: exceeds length)"),
        (500, {"errorCode": "N2MT99", "errorMessage": "Internal error"}, Trouble,
         "papago has broken down (500: Internal error)"),
        (413, {"error": {"errorCode": "430"}}, Useless, "papago refused this text"),
        (404, {"error": {"errorCode": "300"}}, Unusable, "papago is not at 127.0.0.1:"),
    ],
)  # fmt: skip
def test_numbers(
    server: HTTPServer, status: int, body: Any, kind: type[EngineError], says: str
) -> None:
    """A day's quota that is gone, a moment too busy and a pair that is not there are
    told apart."""
    error = failure(serve(server, "papago", given(body, status)))
    assert type(error) is kind
    assert str(error).startswith(says)
    assert len(server.log) == (3 if kind is Trouble else 1)
