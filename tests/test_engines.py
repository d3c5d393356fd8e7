"""Engines speak their servers' protocols over real HTTP, and fail in plain words."""

from __future__ import annotations

import logging
import re
import socket
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from email.utils import formatdate
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from pytest_httpserver import HTTPServer
from servers import serving
from werkzeug import Request, Response

from translate_flow.engines import ENGINES, Assignment, Engine, Passage, Patience, get
from translate_flow.engines.cutting import portions
from translate_flow.engines.languages import code
from translate_flow.errors import EngineError, FlowError, Trouble, Unsupported, Unusable
from translate_flow.wire.network import LARGEST, Wire, retry_after

QUICK = Patience(connect=5, answer=20, tries=3, first_wait=0.01, longest_wait=0.5)
SECRET = "s3cr3t/key+0"
KEYS = {"LIBRETRANSLATE_API_KEY": SECRET}
NETWORKED = ("google", "mymemory", "libretranslate")

networked = pytest.mark.parametrize("name", NETWORKED)


@pytest.fixture(scope="module")
def shared_server() -> Iterator[HTTPServer]:
    """A server that answers several requests at once."""
    with serving() as server:
        yield server


@pytest.fixture
def server(shared_server: HTTPServer) -> HTTPServer:
    """The server, with nothing to answer yet."""
    shared_server.clear()
    return shared_server


def engine(name: str, url: str, **settings: Any) -> Engine:
    """Return an engine that asks our server and does not wait for long."""
    return get(name, settings={"url": url, **settings}, environ=KEYS, patience=QUICK)


def asked_for(request: Request) -> str:
    """Return the text that a request wants translated."""
    if request.method == "POST":
        return str(request.get_json()["q"])
    return request.args["q"]


def answer(name: str, text: str) -> Response:
    """Return a translation as a server of that kind gives it."""
    if name == "google":
        page = f'<html><div class="result-container">{text}</div></html>'
        return Response(page, content_type="text/html; charset=UTF-8")
    if name == "mymemory":
        data = {"responseData": {"translatedText": text}, "responseStatus": 200}
        return json({**data, "matches": []})
    return json({"translatedText": text})


def json(data: Any, status: int = 200) -> Response:
    """Return JSON."""
    from json import dumps

    return Response(dumps(data), status, content_type="application/json")


Answers = Callable[[Request], Response]


def serve(
    server: HTTPServer, name: str, *answers: Response | Answers, **settings: Any
) -> Engine:
    """Let a server give answers one after the other, the last one for ever."""
    left = list(answers)
    lock = threading.Lock()

    def handle(request: Request) -> Response:
        with lock:
            made = left.pop(0) if len(left) > 1 else left[0]
        return made if isinstance(made, Response) else made(request)

    server.expect_request(re.compile(".*")).respond_with_handler(handle)
    return engine(name, server.url_for("/"), **settings)


def said(engine: Engine, text: str, source: str = "en", target: str = "ko") -> str:
    """Return what an engine makes of one text."""
    [translated] = engine.translate([Passage(text)], Assignment(source, target))
    return translated


def failure(engine: Engine, text: str = "The boat leaves.") -> EngineError:
    """Return the error of a translation that fails; it does not tell the key."""
    with pytest.raises(EngineError) as caught:
        said(engine, text, "en", "ko")
    shown = f"{caught.value!r} {caught.value}"
    assert "s3cr3t" not in shown
    assert "The boat" not in shown
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return caught.value


def count(server: HTTPServer) -> int:
    """Return the requests that a server has had."""
    return len(server.log)


# --- what is sent -----------------------------------------------------------


def test_google_is_asked_as_a_browser_asks(server: HTTPServer) -> None:
    """Google's page gets the text and two-letter codes in its address."""
    made = serve(server, "google", answer("google", "배가 떠난다."))
    assert said(made, "The boat leaves.", "en-US", "ko-KR") == "배가 떠난다."
    request = server.log[0][0]
    assert dict(request.args) == {"q": "The boat leaves.", "sl": "en", "tl": "ko"}
    assert request.headers["User-Agent"].startswith("Mozilla/5.0")


def test_mymemory_is_asked_for_countries(server: HTTPServer) -> None:
    """MyMemory gets codes with countries, and the email address of the settings."""
    serve(server, "mymemory", answer("mymemory", "&quot;배&quot;가 떠난다."))
    made = engine("mymemory", server.url_for("/get"), email="mina@example.org")
    assert said(made, "The boat leaves.", "en", "ko") == '"배"가 떠난다.'
    request = server.log[0][0]
    assert request.path == "/get"
    assert dict(request.args) == {
        "q": "The boat leaves.", "langpair": "en-US|ko-KR", "de": "mina@example.org",
    }  # fmt: skip


def test_libretranslate_is_told_the_key_in_the_body(server: HTTPServer) -> None:
    """LibreTranslate gets all in the body: addresses are written into logs."""
    serve(server, "libretranslate", answer("libretranslate", "배가 떠난다."))
    made = engine("libretranslate", server.url_for("/").rstrip("/"))
    assert said(made, "The boat leaves.", "en", "ko-KR") == "배가 떠난다."
    request = server.log[0][0]
    assert (request.method, request.path) == ("POST", "/translate")
    assert request.query_string == b""
    assert request.get_json() == {
        "q": "The boat leaves.", "source": "en", "target": "ko", "format": "text",
        "api_key": SECRET,
    }  # fmt: skip


def test_libretranslate_needs_no_key_of_its_own(server: HTTPServer) -> None:
    """Without a key none is sent."""
    serve(server, "libretranslate", answer("libretranslate", "배"))
    settings = {"url": server.url_for("/")}
    made = get("libretranslate", settings=settings, environ={}, patience=QUICK)
    assert said(made, "boat", "en", "ko") == "배"
    assert "api_key" not in server.log[0][0].get_json()


@networked
def test_blanks_at_both_ends_stay(server: HTTPServer, name: str) -> None:
    """White space at the ends is not the engine's."""
    made = serve(server, name, answer(name, "배"))
    assert said(made, "\n boat \t", "en", "ko") == "\n 배 \t"
    assert asked_for(server.log[0][0]) == "boat"
    assert said(made, " … ", "en", "ko") == " … "
    assert count(server) == 1


@networked
def test_long_texts_go_in_sentences(server: HTTPServer, name: str) -> None:
    """A text beyond the limit is cut at sentence ends, and nothing is lost."""
    made = serve(server, name, lambda request: answer(name, asked_for(request).upper()))
    text = "  ".join(f"Sentence {n} of a long text is {{{n}}}." for n in range(400))
    assert said(made, text, "en", "ko") == text.upper()
    assert count(server) > 1
    for request, _ in server.log:
        asked = asked_for(request)
        assert asked.endswith(".")
        assert (
            0.5 * made.limit < len(asked) <= made.limit or request is server.log[-1][0]
        )


@networked
def test_an_endless_sentence_is_refused(server: HTTPServer, name: str) -> None:
    """A sentence beyond the limit is refused before anything is sent."""
    made = serve(server, name, answer(name, "배"))
    error = failure(made, "Short. " + "word " * 2000)
    assert re.search(
        rf"a sentence of \d+ characters is too long for {name}", str(error)
    )
    assert not isinstance(error, Trouble)
    assert count(server) == 0


def test_addresses_are_short(server: HTTPServer) -> None:
    """Hangul is long in an address: Google refuses those beyond 16,000 bytes."""
    made = serve(server, "google", answer("google", "A boat."))
    said(made, "배가 항구를 떠난다. " * 400, "ko", "en")
    assert count(server) > 2
    for request, _ in server.log:
        assert len(quote_plus(asked_for(request))) <= 14_000


def test_mymemory_counts_bytes(server: HTTPServer) -> None:
    """MyMemory's 500 are bytes; one Korean sentence may be longer, as it takes it."""
    made = serve(server, "mymemory", answer("mymemory", "A boat."))
    said(made, "배가 항구를 떠난다. " * 40, "ko", "en")
    assert count(server) > 2
    for request, _ in server.log:
        assert len(asked_for(request).encode()) <= 500
    said(made, "배" * 400, "ko", "en")
    assert len(asked_for(server.log[-1][0])) == 400


# --- languages --------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ("ko", "ko-KR"), ("ko-KR", "ko-KR"), ("ko-kr", "ko-KR"), ("en", "en-US"),
        ("en-GB", "en-GB"), ("fr", "fr-FR"), ("pt-BR", "pt-BR"),
        ("zh-Hant-TW", "zh-TW"),
    ],
)  # fmt: skip
def test_codes_with_countries(tag: str, wanted: str) -> None:
    """A tag without a country gets that of its home."""
    known = ("ko-KR", "en-GB", "en-US", "fr-BE", "fr-FR", "pt-BR", "zh-TW", "zh-CN")
    also = {"en": "en-US", "zh-hant": "zh-TW"}
    assert code(tag, known, also, engine="x") == wanted


@networked
def test_an_unknown_language_is_named(server: HTTPServer, name: str) -> None:
    """A language that an engine does not know is told before anything is sent."""
    made = serve(server, name, answer(name, "x"))
    with pytest.raises(Unsupported, match=f"{name} does not know the language 'tlh'"):
        said(made, "boat", "en", "tlh")
    assert count(server) == 0


# --- servers in trouble -----------------------------------------------------


@networked
@pytest.mark.parametrize("status", [429, 500, 503])
def test_trouble_that_passes(server: HTTPServer, name: str, status: int) -> None:
    """A server that is busy or broken is asked again."""
    made = serve(server, name, Response("", status), answer(name, "배"))
    assert said(made, "boat", "en", "ko") == "배"
    assert count(server) == 2


@networked
def test_trouble_that_stays(server: HTTPServer, name: str) -> None:
    """After some tries it is given up, in one line."""
    made = serve(server, name, Response("<html>Oops</html>", 500))
    error = failure(made)
    assert isinstance(error, Trouble)
    assert str(error) == f"{name} has broken down (500); try again later"
    assert count(server) == QUICK.tries


def test_retry_after_is_honoured(server: HTTPServer) -> None:
    """A server that says how long to wait is not asked before, by any thread."""
    times: list[float] = []

    def busy_at_first(request: Request) -> Response:
        times.append(time.monotonic())
        if len(times) > 1:
            return answer("google", "배")
        return Response("", 429, headers={"Retry-After": "0.3"})

    made = serve(server, "google", busy_at_first)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(said, made, "boat", "en", "ko")
        while not times:
            time.sleep(0.01)
        time.sleep(0.1)
        second = pool.submit(said, made, "harbour", "en", "ko")
        assert first.result() == second.result() == "배"
    assert len(times) == 3
    assert all(at - times[0] > 0.25 for at in times[1:])


def test_a_long_wait_is_not_waited(server: HTTPServer) -> None:
    """A server that wants to be left alone for long is left alone at once."""
    made = serve(server, "google", Response("", 429, headers={"Retry-After": "3600"}))
    error = failure(made)
    assert isinstance(error, Unusable)
    assert str(error) == (
        "google is asked too much (429); it asks for 3600 s of peace; try again later"
    )
    assert count(server) == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7.0), ("0.5", 0.5), ("0", 0.0), ("soon", None), ("", None), ("-1", None)],
)
def test_retry_after_in_seconds(value: str, seconds: float | None) -> None:
    """What is no number and no date is as good as nothing."""
    assert retry_after(value) == seconds


def test_retry_after_as_a_date() -> None:
    """A date is so far away; one that has passed is now."""
    assert 50 < (retry_after(formatdate(time.time() + 60, usegmt=True)) or 0) <= 60
    assert retry_after(formatdate(0, usegmt=True)) == 0


@networked
@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_refused_text_is_not_sent_again(
    server: HTTPServer, name: str, status: int
) -> None:
    """A text that is refused is refused; others may fare better."""
    made = serve(server, name, Response("", status))
    error = failure(made)
    assert not isinstance(error, Trouble | Unusable)
    assert str(error) == f"{name} refused this text ({status})"
    assert count(server) == 1


@networked
@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_closed_door_is_closed_for_all(
    server: HTTPServer, name: str, status: int
) -> None:
    """A refused key or a wrong address will not do for the next text either."""
    made = serve(server, name, Response("", status))
    assert isinstance(failure(made), Unusable)
    assert count(server) == 1


FORMS = {
    "as it is": SECRET,
    "in capitals": SECRET.upper(),
    "quoted": "s3cr3t/key%2B0",
    "quoted wholly": "s3cr3t%2Fkey%2B0",
    "quoted in small letters": "s3cr3t%2fkey%2b0",
    "as JSON of PHP": "s3cr3t\\/key+0",
    "in base 64": b64encode(SECRET.encode()).decode(),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_the_servers_reason_is_told_without_the_key(
    server: HTTPServer, form: str
) -> None:
    """What a server says is told in one short line, and never the key."""
    words = f"Invalid\nAPI key {form}" + " x" * 500
    made = serve(server, "libretranslate", json({"error": words}, 403))
    error = failure(made)
    assert re.search(r"\(403: Invalid API key \[key\]=* x x", str(error))
    assert len(str(error)) < 300


def test_each_secret_is_kept() -> None:
    """Of several keys none is told, and what is too short for a key makes no words
    unreadable."""
    url = "http://127.0.0.1/"
    wire = Wire("x", url, QUICK, secrets=["the-id-7", "hush!hush", "", "a"])
    told = wire.told("the-id-7 and 'hush!hush' &quot;the%2Did%2D7 are wrong")
    assert told.startswith("[key] and '[key]' ")
    assert told.endswith(" are wrong")


@pytest.mark.parametrize(
    "body",
    [
        {"error": "no such model"},
        {"error": {"message": "no such model", "code": "model_not_found"}},
        {"error": {"errorCode": "300", "message": "no such model"}},
        {"message": "no such model"},
        {"errorMessage": "no such model", "errorCode": "N2MT05"},
        {"detail": "no such model"},
        {"detail": [{"loc": ["body"], "msg": "no such model"}]},
        {"error": None, "message": "no such model"},
    ],
)
def test_servers_say_what_is_wrong_in_many_ways(server: HTTPServer, body: Any) -> None:
    """Wherever a server puts its reason, it is told."""
    error = failure(serve(server, "libretranslate", json(body, 400)))
    assert str(error) == "libretranslate refused this text (400: no such model)"


@pytest.mark.parametrize("body", [7, [], {}, {"error": {}}, {"error": {"code": 3}}])
def test_servers_may_say_nothing(server: HTTPServer, body: Any) -> None:
    """Without a reason there is none to tell."""
    error = failure(serve(server, "libretranslate", json(body, 400)))
    assert str(error) == "libretranslate refused this text (400)"


def test_an_engine_knows_its_own_statuses(server: HTTPServer) -> None:
    """What a status means to one engine goes before what it usually means."""

    def refused(response: Any, says: str) -> EngineError | None:
        used_up = response.status_code == 456
        return Unusable(f"the quota is used up{says}") if used_up else None

    server.expect_request("/a").respond_with_json({"message": "Quota!"}, status=456)
    server.expect_request("/b").respond_with_json({"message": "Too long!"}, status=413)
    wire = Wire("x", server.url_for("/"), QUICK, refused=refused)
    with pytest.raises(Unusable, match="the quota is used up: Quota!"):
        wire.send("POST", server.url_for("/a"), json={"text": ["boat"]})
    with pytest.raises(EngineError, match=r"x refused this text \(413: Too long!\)"):
        wire.send("POST", server.url_for("/b"), data={"text": "boat"})


def test_what_is_sent_arrives(server: HTTPServer) -> None:
    """Parameters, headers, form fields and JSON go where they belong."""
    server.expect_request("/").respond_with_data("{}")
    url = server.url_for("/")
    wire = Wire("x", url, QUICK)
    wire.send("POST", url, data={"text": "배"}, params={"v": 2}, headers={"X-Key": "k"})
    wire.send("POST", url, json={"text": ["배"]})
    first, second = (request for request, _ in server.log)
    assert (dict(first.form), dict(first.args)) == ({"text": "배"}, {"v": "2"})
    assert first.headers["X-Key"] == "k"
    assert second.get_json() == {"text": ["배"]}


def test_what_netrc_says_is_nothing_to_us(
    server: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of passwords that other programs use does not take a key's place."""
    (tmp_path / "netrc").write_text("default login mina password hush\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    server.expect_request("/").respond_with_data("{}")
    monkeypatch.setenv("HTTP_PROXY", server.url_for(""))
    wire = Wire("x", "http://translate.example/", QUICK)
    address = "http://translate.example/"
    wire.send("POST", address, headers={"Authorization": "Key abc"})
    assert server.log[0][0].headers["Authorization"] == "Key abc"


@networked
def test_a_server_that_hangs_is_left(server: HTTPServer, name: str) -> None:
    """A server that takes a request and says nothing is given up in time."""
    free, asked = threading.Event(), []

    def hang(request: Request) -> Response:
        asked.append(request)
        free.wait(60)
        return Response("")

    made = serve(server, name, hang, timeout=0.25)
    began = time.monotonic()
    try:
        error = failure(made)
    finally:
        free.set()
    assert time.monotonic() - began < 20
    assert isinstance(error, Trouble)
    assert len(asked) == 2
    assert re.fullmatch(
        rf"{name} at 127\.0\.0\.1:\d+ gave no answer within 0\.25 s", str(error)
    )


Talk = Callable[[socket.socket], None]


@contextmanager
def raw(talk: Talk) -> Iterator[tuple[str, list[bytes]]]:
    """Listen on a port, take each request and let ``talk`` answer; give the address and
    the requests."""
    calls: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        with connection:
            calls.append(connection.recv(4096))
            try:
                talk(connection)
            except OSError:
                return

    def listen() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/", calls
        listener.shutdown(socket.SHUT_RDWR)


@networked
def test_a_connection_that_is_cut(name: str) -> None:
    """A server that hangs up is asked again, then given up."""
    with raw(lambda connection: None) as (url, calls):
        error = failure(engine(name, url))
    assert isinstance(error, Trouble)
    assert str(error) == f"{name} at {url[7:-1]} broke the connection off"
    assert len(calls) == QUICK.tries


@networked
def test_an_answer_that_is_cut(name: str) -> None:
    """An answer that ends before it is whole is none, whatever it holds so far."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n"
    body = answer(name, "배가 떠난다.").data
    with raw(lambda connection: connection.sendall(head + body)) as (url, calls):
        error = failure(engine(name, url))
    assert isinstance(error, Trouble)
    assert str(error) == f"{name} at {url[7:-1]} broke its answer off"
    assert len(calls) == QUICK.tries


@networked
@pytest.mark.parametrize(
    "head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n"]
)
def test_a_server_that_trickles_is_left(name: str, head: bytes) -> None:
    """A server that sends a byte now and then, before its answer or within it, is given
    up when its time is over."""
    over = threading.Event()

    def trickle(connection: socket.socket) -> None:
        connection.sendall(head)
        while not over.wait(0.05):
            connection.sendall(b"x")

    hasty = Patience(connect=5, answer=5, tries=3, first_wait=0.01, whole=0.2)
    with raw(trickle) as (url, calls):
        made = get(name, settings={"url": url}, environ=KEYS, patience=hasty)
        began = time.monotonic()
        error = failure(made)
        assert time.monotonic() - began < 10
        over.set()
    assert isinstance(error, Trouble)
    assert str(error) == f"{name} at {url[7:-1]} gave no whole answer within 0.2 s"
    assert len(calls) == 2


@networked
def test_an_endless_answer_is_not_read(name: str) -> None:
    """Of an answer that is longer than any translation the rest is not read."""
    sent = []

    def flood(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while sum(sent) < 10 * LARGEST:
            sent.append(connection.send(b"x" * 2**16))

    with raw(flood) as (url, calls):
        error = failure(engine(name, url))
    assert str(error) == f"{name} answered with more than 8 MB"
    assert sum(sent) < 3 * LARGEST
    assert len(calls) == 1


@networked
def test_nobody_listens(name: str) -> None:
    """A port that takes no connections is told by its name."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    error = failure(engine(name, f"http://127.0.0.1:{port}/"))
    assert isinstance(error, Trouble)
    assert str(error) == (
        f"{name} at 127.0.0.1:{port} cannot be reached: it takes no connections"
    )


def test_a_host_that_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads nowhere is told as such."""

    def nowhere(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    error = failure(engine("google", "http://translate.example/m"))
    assert isinstance(error, Trouble)
    assert str(error) == (
        "google at translate.example cannot be reached: there is no such host, or no "
        "network"
    )


@pytest.mark.parametrize("name", ["mymemory", "libretranslate"])
@pytest.mark.parametrize("body", ["{half", "<html>Welcome</html>", "", "[]", '"x"'])
def test_answers_that_are_not_what_they_should_be(
    server: HTTPServer, name: str, body: str
) -> None:
    """Broken JSON, pages and JSON of another shape are no translations."""
    error = failure(serve(server, name, Response(body)))
    assert str(error).startswith(f"{name} gave ")
    assert count(server) == 1


@pytest.mark.parametrize("page", ["<html>Before you continue</html>", ""])
def test_a_page_without_a_translation(server: HTTPServer, page: str) -> None:
    """Google's other pages are no translations."""
    error = failure(serve(server, "google", Response(page, content_type="text/html")))
    assert isinstance(error, Trouble)
    assert "google answered with a page without a translation" in str(error)


@networked
def test_an_empty_answer(server: HTTPServer, name: str) -> None:
    """Nothing is no translation."""
    error = failure(serve(server, name, answer(name, " ")))
    assert str(error).startswith(f"{name} gave ")


def test_google_without_a_charset(server: HTTPServer) -> None:
    """A page that does not say its encoding is UTF-8."""
    page = '<div class="t0">배</div>'.encode()
    made = serve(server, "google", Response(page, content_type="text/html"))
    assert said(made, "boat", "en", "ko") == "배"


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (
            {
                "responseData": {
                    "translatedText": "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE "
                    "TRANSLATIONS FOR TODAY."
                },
                "responseStatus": 429,
            },
            Unusable,
            "the quota of mymemory for today is used up",
        ),
        (
            {"responseData": {"translatedText": "MYMEMORY WARNING: YOU USED ALL"}},
            Unusable,
            "the quota of mymemory for today is used up",
        ),
        (
            {
                "responseData": {
                    "translatedText": "QUERY LENGTH LIMIT EXCEEDED. MAX 500 CHARS"
                },
                "responseStatus": "403",
            },
            EngineError,
            "mymemory gave no translation (403: QUERY LENGTH LIMIT EXCEEDED",
        ),
        (
            {
                "responseData": {"translatedText": "INVALID LANGUAGE PAIR SPECIFIED."},
                "responseStatus": "403",
            },
            Unsupported,
            "mymemory cannot translate between these languages",
        ),
        ({"responseStatus": 200}, EngineError, "mymemory gave no translation"),
    ],
)
def test_mymemory_hides_errors_in_good_answers(
    server: HTTPServer, data: Any, kind: type[EngineError], words: str
) -> None:
    """MyMemory says what is wrong where the translation would stand."""
    error = failure(serve(server, "mymemory", json(data)))
    assert type(error) is kind
    assert str(error).startswith(words)


def test_mymemory_takes_the_best_match(server: HTTPServer) -> None:
    """If no machine translated it, the memory's best match will do."""
    data = {
        "responseData": {"translatedText": None},
        "matches": [{"translation": "배"}],
        "responseStatus": 200,
    }
    made = serve(server, "mymemory", json(data))
    assert said(made, "boat", "en", "ko") == "배"


@pytest.mark.parametrize("name", ["google", "mymemory"])
def test_a_redirect_is_followed_where_nothing_is_secret(
    server: HTTPServer, name: str
) -> None:
    """A page that has another address now is asked for there; going round in circles
    ends."""
    url = server.url_for("/there?q=boat")
    made = serve(server, name, Response("", 302, {"Location": url}), answer(name, "배"))
    assert said(made, "boat") == "배"
    assert [request.path for request, _ in server.log] == ["/", "/there"]
    server.clear()
    made = serve(server, name, Response("", 302, {"Location": url}))
    error = failure(made)
    assert isinstance(error, Unusable)
    assert f"has moved to {url.partition('?')[0]}; set url in" in str(error)
    assert count(server) == 5


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_key_is_not_sent_to_another_host(
    server: HTTPServer, method: str, status: int
) -> None:
    """A header with a key goes to the host that it is meant for, and to no other, even
    on this computer."""
    heard: list[str] = []

    def handle(request: Request) -> Response:
        heard.append(str(request.headers.get("X-Key")))
        return Response("{}")

    with serving() as other:
        other.expect_request(re.compile(".*")).respond_with_handler(handle)
        elsewhere = {"Location": other.url_for("/")}
        server.expect_request("/").respond_with_data("", status, elsewhere)
        url = server.url_for("/")
        wire = Wire("x", url, QUICK, secrets=[SECRET])
        with pytest.raises(Unusable, match=r"x at .* has moved to http://"):
            wire.send(method, url, headers={"X-Key": SECRET})
    assert heard == []
    assert count(server) == 1


def test_texts_stay_on_this_computer(server: HTTPServer) -> None:
    """A server on this computer does not send our texts away."""
    away = {"Location": "https://translate.example/?q=boat"}
    server.expect_request("/").respond_with_data("", 302, away)
    wire = Wire("x", server.url_for("/"), QUICK)
    with pytest.raises(Unusable, match=r"has moved to https://translate\.example/;"):
        wire.send("GET", server.url_for("/"), params={"q": "boat"})


def test_a_redirect_does_not_take_the_key_along(server: HTTPServer) -> None:
    """A server that sends us elsewhere is not followed with a key."""
    elsewhere = {"Location": "http://127.0.0.1:1/translate"}
    made = serve(server, "libretranslate", Response("", 307, headers=elsewhere))
    error = failure(made)
    assert isinstance(error, Unusable)
    assert "has moved to http://127.0.0.1:1/translate; set url in" in str(error)


# --- not too often ----------------------------------------------------------


@networked
def test_requests_keep_their_distance(server: HTTPServer, name: str) -> None:
    """However many threads there are, an engine is asked no more often than the
    settings allow."""
    times: list[float] = []

    def note(request: Request) -> Response:
        times.append(time.monotonic())
        return answer(name, "배")

    made = serve(server, name, note, per_minute=1200)
    said(made, "warm")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: said(made, f"boat {n}"), range(10)))
    assert len(times) == 11
    assert 0.475 < times[-1] - times[0] < 5


def test_google_is_spared_by_itself(server: HTTPServer) -> None:
    """Google gets five requests in a second at most if the settings do not say; a 0
    there lifts that."""
    for settings, least, most in (({}, 0.95, 5), ({"per_minute": 0}, 0, 0.9)):
        server.clear()
        made = serve(server, "google", answer("google", "배"), **settings)
        said(made, "warm")
        began = time.monotonic()
        for _ in range(5):
            said(made, "boat")
        assert least < time.monotonic() - began < most


# --- threads ----------------------------------------------------------------


@networked
def test_threads_get_their_own_answers(server: HTTPServer, name: str) -> None:
    """Eight threads share an engine; the answers come in another order, and each gets
    its own."""

    def late(request: Request) -> Response:
        text = asked_for(request)
        time.sleep(0.02 if int(text.split()[1]) % 2 else 0)
        return answer(name, text.replace("word", "낱말"))

    made = serve(server, name, late, per_minute=0)
    texts = [f"word {n}" for n in range(80)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: said(made, text, "en", "ko"), texts))
    assert answers == [f"낱말 {n}" for n in range(80)]


def test_other_users_of_the_library_are_left_alone(server: HTTPServer) -> None:
    """The modules of deep-translator are not changed."""
    made = serve(server, "google", answer("google", "배"))
    said(made, "boat", "en", "ko")
    import deep_translator.google
    import requests

    assert deep_translator.google.requests is requests


def test_retries_are_not_told_on_the_screen(server: HTTPServer) -> None:
    """Trying again is our business."""
    serve(server, "google", Response("", 500), answer("google", "boat"))
    code = f"""
from translate_flow.engines import Assignment, Passage, Patience, get
url = {server.url_for("/")!r}
quick = Patience(first_wait=0.01)
made = get("google", settings={{"url": url}}, environ={{}}, patience=quick)
answers = made.translate([Passage("배")], Assignment("ko", "en"))
print(*answers)
"""
    command = [sys.executable, "-X", "utf8", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert (done.stdout, done.stderr) == ("boat\n", "")
    assert count(server) == 2


def test_no_proxy_sees_what_stays_here(
    server: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server on this computer is asked directly, whatever the environment says."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")
    made = serve(server, "libretranslate", answer("libretranslate", "배"))
    assert said(made, "boat", "en", "ko") == "배"


# --- settings ---------------------------------------------------------------


def make(name: str, environ: dict[str, str] | None = None, **settings: Any) -> Engine:
    """Return an engine that will not be asked."""
    return get(name, settings=settings, environ=environ or {})


def test_the_table_names_each_engine() -> None:
    """An engine is called what its table calls it."""
    for name in ("google", "mymemory", "libretranslate", "pseudo"):
        made = make(name, KEYS)
        assert ENGINES[name].name == made.name == name
        assert made.limit >= 0
        assert made.batch == 1
        assert not made.takes_terms
        assert "s3cr3t" not in made.options


def test_where_texts_go() -> None:
    """Texts leave this computer, but for servers on it and the pseudo engine."""
    assert make("google").remote
    assert make("mymemory").remote
    assert make("libretranslate", KEYS).remote
    assert make("libretranslate", url="http://192.168.1.7:5000").remote
    assert not make("libretranslate", url="http://127.0.0.1:5000").remote
    assert not make("libretranslate", url="http://localhost:5000/").remote
    assert not make("libretranslate", url="http://[::1]:5000/").remote
    assert not make("pseudo").remote
    assert make("libretranslate", url="http://127.0.0.1.example.org/").remote
    assert make("google").where == "translate.google.com"
    assert make("libretranslate", url="http://192.168.1.7:5000").where == (
        "192.168.1.7:5000"
    )
    assert make("pseudo").where == ""


def test_settings_do_not_lead_a_key_away() -> None:
    """A project may come from anybody: its settings do not decide who gets a key. What
    the environment names does, and so does a server on this computer."""
    url = "https://translate.example:8443/"
    with pytest.raises(FlowError) as caught:
        make("libretranslate", KEYS, url=url)
    assert str(caught.value) == (
        "engines.libretranslate.url: the key is not for translate.example:8443; if "
        "that server may have it, set LIBRETRANSLATE_URL to its address"
    )
    with pytest.raises(FlowError):
        make("libretranslate", KEYS, url="http://libretranslate.com/")
    named = {**KEYS, "LIBRETRANSLATE_URL": url}
    assert make("libretranslate", named).where == "translate.example:8443"
    assert make("libretranslate", named, url=f"{url}v2").remote
    assert make("libretranslate", KEYS, url="http://127.0.0.1:5000/")
    assert make("libretranslate", url=url).remote


@pytest.mark.parametrize(
    ("name", "settings", "message"),
    [
        ("babel", {}, "unknown engine 'babel'; engines are google, mymemory, "),
        ("google", {"ulr": "x"}, "unknown setting engines.google.ulr; known: url, "),
        ("pseudo", {"url": "x"}, "unknown setting engines.pseudo.url; pseudo has none"),
        ("google", {"url": "localhost"}, "engines.google.url: 'localhost' is not an"),
        ("google", {"url": "file:///x"}, "engines.google.url: 'file:///x' is not an"),
        ("google", {"url": 7}, "engines.google.url: 7 is not an address of the web"),
        ("google", {"url": "http://a:b@c/"}, "engines.google.url: names and passwords"),
        ("google", {"timeout": "5"}, "engines.google.timeout: must be a number"),
        ("google", {"timeout": 0}, "engines.google.timeout: must be a number"),
        ("google", {"per_minute": -1}, "engines.google.per_minute: must be a number"),
        ("google", {"per_minute": "9"}, "engines.google.per_minute: must be a number"),
        ("google", {"price": "free"}, "engines.google.price: must be a number, for"),
        ("mymemory", {"price": -2}, "engines.mymemory.price: must be a number, for"),
        ("google", {"price": True}, "engines.google.price: must be a number, for"),
        ("mymemory", {"email": "mina"}, "engines.mymemory.email: must be an email"),
        (
            "libretranslate",
            {},
            "libretranslate.com wants a key, and LIBRETRANSLATE_API_KEY is not set; ",
        ),
    ],
)
def test_settings_are_checked(
    name: str, settings: dict[str, Any], message: str
) -> None:
    """What an engine cannot use is told by its name."""
    with pytest.raises(FlowError) as caught:
        make(name, **settings)
    assert str(caught.value).startswith(message)
    [wrong] = [f"engines.{name}.{key}" for key in settings] or [None]
    assert caught.value.setting == wrong


def test_timeouts_can_be_set(server: HTTPServer) -> None:
    """A slow server can be waited for."""
    free = threading.Event()
    serve(server, "google", lambda request: [free.wait(5), Response("")][1])
    made = engine("google", server.url_for("/"), timeout=0.1)
    error = failure(made)
    free.set()
    assert str(error).endswith("gave no answer within 0.1 s")


def test_a_key_is_never_shown() -> None:
    """Neither an engine nor what it is made of shows the key."""
    made = make("libretranslate", KEYS)
    assert "s3cr3t" not in repr(made)
    assert "s3cr3t" not in str(made)
    assert "s3cr3t" not in repr(getattr(made, "wire"))  # noqa: B009


def test_a_key_is_never_logged(
    server: HTTPServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever a server does and whoever listens, no log holds the key."""
    caplog.set_level(logging.DEBUG)
    with caplog.at_level(logging.DEBUG, "urllib3"):
        words = f"key {SECRET}, {FORMS['quoted wholly']}"
        for made in (
            Response(words, 500, {"Retry-After": "0"}),
            json({"error": words}, 429),
            json({"error": words}, 403),
            Response("", 302, {"Location": f"/?api_key={FORMS['quoted']}"}),
            Response(words),
            answer("libretranslate", "배"),
        ):
            server.clear()
            asked = serve(server, "libretranslate", made)
            with suppress(EngineError):
                said(asked, "boat")
    assert "urllib3.connectionpool" in {record.name for record in caplog.records}
    assert "s3cr3t" not in caplog.text
    assert FORMS["in base 64"] not in caplog.text


# --- portions ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "size", "wanted"),
    [
        ("One. Two. Three.", 100, ["One. Two. Three."]),
        ("One. Two. Three.", 10, ["One. Two. ", "Three."]),
        ("One! Two? Three…", 6, ["One! ", "Two? ", "Three…"]),
        ("Aa. See J. Doe. Bye.", 12, ["Aa. ", "See J. Doe. ", "Bye."]),
        ('"One." Two.', 8, ['"One." ', "Two."]),
        ("一。二。", 2, ["一。", "二。"]),
        ("3.5 m. It is.", 8, ["3.5 m. ", "It is."]),
    ],
)
def test_portions(text: str, size: int, wanted: list[str]) -> None:
    """A text is cut only where a sentence ends."""

    def fits(part: str) -> bool:
        return len(part) <= size

    assert portions(text, fits, fits, "x") == wanted


# --- pseudo -----------------------------------------------------------------


def test_pseudo_has_the_letters_of_the_language() -> None:
    """Filler is Hangul for Korean and Latin for others, the same every time, and
    says at once that it is none."""
    made = make("pseudo")
    korean = said(made, "The boat leaves at 9.", "en", "ko")
    assert re.fullmatch(r"⟦ko⟧ [가-힣]+ [가-힣]+ [가-힣]+다? [가-힣]+ 9\.", korean)
    assert said(made, "The boat leaves at 9.", "en", "ko") == korean
    english = said(made, "배가 9시에 떠난다.", "ko", "en")
    assert re.fullmatch(r"⟦en⟧ [^\W가-힣]+ 9[^\W가-힣]+ [^\W가-힣]+\.", english)


def test_pseudo_keeps_what_is_not_letters() -> None:
    """Placeholders, emphasis, numbers and blanks stay where they are."""
    text = " **One** {1}, {2}two{3}: 4 (5)! "
    made = said(make("pseudo"), text, "en", "ko")
    plain = re.sub(r"[가-힣]+", "w", made)
    assert plain == " ⟦ko⟧ **w** {1}, {2}w{3}: 4 (5)! "
