"""Only what left this computer counts as sent, whatever came of it, over real HTTP."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from conftest import Tflow, Write
from pytest_httpserver import HTTPServer
from servers import ENVIRON, serving, translating
from test_engines import answer as page
from werkzeug import Request, Response

from translate_flow.draft import Draft, Effort, Failure, Purse, draft
from translate_flow.draft import Request as Wanted
from translate_flow.engines import (
    ENGINES,
    Assignment,
    Engine,
    Passage,
    Patience,
    get,
)

NETWORKED = [name for name in ENGINES if name != "pseudo"]
each = pytest.mark.parametrize("name", NETWORKED)
PLAIN = ("google", "mymemory", "libretranslate")

KO = Assignment("en", "ko")
TEXT = "The boat leaves at nine."
SIZE = len(TEXT)
HASTE = Patience(connect=1, answer=1, tries=3, first_wait=0.01, longest_wait=0.1)

Handler = Callable[[Request], Response]


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    """A server for one test."""
    with serving() as made:
        yield made


def made(name: str, url: str, patience: Patience = HASTE, **settings: Any) -> Engine:
    """Return an engine that asks at an address."""
    url = url.rstrip("/") + ("/" if name == "libretranslate" else "")
    model = {"model": "ferry-7b"} if name == "openai" else {}
    homes = ("OPENAI_BASE_URL", "DEEPL_SERVER_URL", "PAPAGO_URL")
    environ = {**ENVIRON, **dict.fromkeys(homes, url)}
    said = {"url": url, "per_minute": 0, **model, **settings}
    return get(name, settings=said, environ=environ, patience=patience)


def good(name: str) -> Handler:
    """Return what a server of that kind does when all is well."""
    if name in PLAIN:
        return lambda request: page(name, "배는 아홉 시에 떠난다.")
    return translating(name, lambda text: "배는 아홉 시에 떠난다.")


def serve(server: HTTPServer, name: str, *answers: Handler | int) -> str:
    """Let a server give answers, or a status, one after the other, the last one for
    ever; return its address."""
    left, lock = list(answers), threading.Lock()

    def handle(request: Request) -> Response:
        with lock:
            now = left.pop(0) if len(left) > 1 else left[0]
        return Response(status=now) if isinstance(now, int) else now(request)

    server.expect_request(re.compile(".*")).respond_with_handler(handle)
    return server.url_for("/")


def sent(
    engine: Engine, *texts: str, purse: Purse | None = None, target: str = "ko"
) -> tuple[int, int, list[Draft | Failure]]:
    """Draft texts; return the characters and the texts that count as sent, and what
    came of them."""
    purse = purse or Purse()
    wanted = [Wanted(f"t{n}", text) for n, text in enumerate(texts or (TEXT,))]
    assignment = Assignment("en", target)
    got = [*draft(wanted, engine, assignment, references={}, effort=Effort(1, purse))]
    return purse.spent, purse.texts, got


def counted(name: str, server: HTTPServer, *texts: str) -> int:
    """Return what the requests of a server count as: of a model, all that it was told
    and said; else the texts."""
    if name == "openai":
        return sum(told(*one) for one in server.log)
    return len(server.log) * sum(map(len, texts or (TEXT,)))


def told(request: Request, response: Response) -> int:
    """Return the characters that a model was told, and those that it said."""
    size = sum(len(one["content"]) for one in request.get_json()["messages"])
    if response.status_code == 200:
        size += len(response.get_json()["choices"][0]["message"]["content"])
    return size


# --- what did not leave -----------------------------------------------------


@each
def test_nobody_listens(name: str) -> None:
    """Connections that are refused, again and again, send nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    characters, texts, [got] = sent(made(name, f"http://127.0.0.1:{port}"))
    assert isinstance(got, Failure)
    assert (characters, texts) == (0, 0)


@each
def test_no_network(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no name leads anywhere, nothing is sent."""

    def nowhere(*_: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    characters, texts, [got] = sent(made(name, "https://translate.example"))
    assert isinstance(got, Failure)
    assert "no network" in got.message
    assert (characters, texts) == (0, 0)


@each
def test_a_server_that_cannot_prove_who_it_is(name: str, server: HTTPServer) -> None:
    """A text does not leave before the server has shown its certificate."""
    url = serve(server, name, good(name)).replace("http:", "https:")
    characters, texts, [got] = sent(made(name, url))
    assert isinstance(got, Failure)
    assert (characters, texts, server.log) == (0, 0, [])


@each
def test_a_silent_name_server(
    name: str, server: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was given up before it had left does not leave afterwards, either."""
    url = serve(server, name, good(name))
    free, threads = threading.Event(), set(threading.enumerate())
    resolve = socket.getaddrinfo

    def silent(*args: Any, **how: Any) -> Any:
        free.wait(10)
        return resolve(*args, **how)

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    hasty = Patience(connect=5, answer=5, tries=2, first_wait=0.01, whole=0.1)
    characters, texts, [got] = sent(made(name, url, hasty))
    free.set()
    for thread in set(threading.enumerate()) - threads:
        thread.join(10)
    assert isinstance(got, Failure)
    assert (characters, texts, server.log) == (0, 0, [])


@each
def test_an_unknown_language(name: str, server: HTTPServer) -> None:
    """A language that an engine does not know is no reason to send anything; of a model
    one cannot tell."""
    url = serve(server, name, good(name))
    characters, _, _ = sent(made(name, url), target="tlh-Piqd")
    assert characters == counted(name, server)
    assert bool(server.log) == (name == "openai")


# --- what left --------------------------------------------------------------


@each
def test_what_is_answered_counts_once(name: str, server: HTTPServer) -> None:
    """When all is well, each text counts as long as it is."""
    other = "It does not wait for anybody & all < 3 boats."
    characters, texts, got = sent(made(name, serve(server, name, good(name))), other)
    assert len(got) == 1
    assert (characters, texts) == (counted(name, server, other), 1)
    assert len(server.log) == 1


@each
def test_what_a_server_refused_has_left(name: str, server: HTTPServer) -> None:
    """A server that is busy has got the text, each time."""
    url = serve(server, name, 503, good(name))
    characters, texts, [got] = sent(made(name, url))
    assert isinstance(got, Draft)
    assert (characters, texts) == (counted(name, server), 1)
    assert len(server.log) == 2


@each
def test_what_was_never_answered_has_left(name: str) -> None:
    """A server that takes a text and hangs up, or says nothing, has got it."""
    for talk in (lambda _: None, lambda connection: connection.recv(1)):
        with listening(talk) as (port, taken):
            hasty = Patience(connect=1, tries=2, first_wait=0.01)
            engine = made(name, f"http://127.0.0.1:{port}", hasty, timeout=0.1)
            characters, _, [got] = sent(engine)
        assert isinstance(got, Failure)
        assert characters > 0
        assert characters % len(taken) == 0
        assert (characters == len(taken) * SIZE) == (name != "openai")


@contextmanager
def listening(
    talk: Callable[[socket.socket], object],
) -> Iterator[tuple[int, list[bytes]]]:
    """Take requests on a port and do something with each connection; give the port and
    what came."""
    taken: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        with connection:
            taken.append(connection.recv(2**16))
            talk(connection)

    def listen() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=listen, daemon=True).start()
        yield listener.getsockname()[1], taken
        listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy gets what goes through it in the clear, and nothing of what it does not
    let through to a server."""
    refusal = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
    with listening(lambda connection: connection.sendall(refusal)) as (port, taken):
        monkeypatch.setenv(f"{scheme}_proxy", f"http://127.0.0.1:{port}")
        characters, _, [got] = sent(made("google", f"{scheme}://translate.example/m"))
    assert isinstance(got, Failure)
    assert taken
    seen = b"boat" in b"".join(taken)
    assert (characters, seen) == ((SIZE, True) if scheme == "http" else (0, False))


# --- engines that ask again by themselves -----------------------------------


def test_a_model_that_wants_to_be_asked_otherwise(server: HTTPServer) -> None:
    """A request that a server objects to has left; so has the one in its manner."""

    def objects(request: Request) -> Response:
        error = {"error": {"message": "response_format is not supported"}}
        return Response(json.dumps(error), 400, content_type="application/json")

    url = serve(server, "openai", objects, objects, unformatted)
    characters, texts, [got] = sent(made("openai", url))
    assert isinstance(got, Draft), got
    assert len(server.log) == 3
    assert (characters, texts) == (counted("openai", server), 1)


def unformatted(request: Request) -> Response:
    """Answer as a model does that was not asked for a format."""
    return _spoken([{"id": 1, "text": "배는 아홉 시에 떠난다."}])


def _spoken(entries: list[dict[str, Any]]) -> Response:
    content = json.dumps({"translations": entries})
    choice = {"message": {"role": "assistant", "content": content}}
    return Response(json.dumps({"choices": [choice]}), content_type="application/json")


def test_a_model_that_leaves_a_text_out(server: HTTPServer) -> None:
    """What is asked again since a text was left out counts again."""
    texts = (TEXT, "It does not wait.", "Nobody waits for it.")

    def forgetful(request: Request) -> Response:
        count = len(
            json.loads(request.get_json()["messages"][-1]["content"])["segments"]
        )
        ids = [1] if count == 1 else [1, 3]
        return _spoken([{"id": n, "text": f"배는 간다 {n}."} for n in ids])

    url = serve(server, "openai", forgetful)
    characters, number, got = sent(made("openai", url), *texts)
    assert all(isinstance(one, Draft) for one in got)
    assert characters == counted("openai", server)
    assert (number, len(server.log)) == (3, 4)


def test_long_texts_count_as_they_go(server: HTTPServer) -> None:
    """Of a text in several requests the last of which fails, all have left."""
    long = "The boat leaves at nine. " * 30
    url = serve(server, "mymemory", good("mymemory"), 400)
    characters, texts, [got] = sent(made("mymemory", url), long)
    assert isinstance(got, Failure)
    asked = [request.args["q"] for request, _ in server.log]
    assert len(asked) == 2
    assert (characters, texts) == (sum(map(len, asked)), 1)
    assert characters < len(long)


# --- what may be sent -------------------------------------------------------


@each
def test_second_tries_are_within_the_budget(name: str, server: HTTPServer) -> None:
    """What may be sent once is not sent again to a server in trouble."""
    url = serve(server, name, 503)
    engine = made(name, url)
    enough = engine.characters([Passage(TEXT)], KO) + 5
    characters, _, [got] = sent(engine, purse=Purse(enough))
    assert isinstance(got, Failure)
    assert (characters, len(server.log)) == (counted(name, server), 1)


@each
def test_what_has_not_left_may_still_be_sent(name: str, server: HTTPServer) -> None:
    """A budget is not used up by connections that failed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    engine = made(name, f"http://127.0.0.1:{port}")
    purse = Purse(engine.characters([Passage(TEXT)], KO))
    sent(engine, purse=purse)
    characters, _, [got] = sent(
        made(name, serve(server, name, good(name))), purse=purse
    )
    assert isinstance(got, Draft)
    assert characters == counted(name, server)


# --- what the command says --------------------------------------------------


def test_the_command_without_a_network(
    project: object, tflow: Tflow, write: Write
) -> None:
    """A run that reached nobody says that nothing was sent, and costs nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\n[engines.libretranslate]\n'
        f'url = "http://127.0.0.1:{port}/"\nprice = 20\n',
    )
    done = tflow("draft", "boat:3", "--engine", "libretranslate", code=1)
    assert done.out == "drafted 0 of 1 segment with libretranslate; 0 characters sent\n"


def test_the_command_sends_what_the_dry_run_said(
    project: object, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """When all is well, as much is sent as the dry run said."""

    def each(request: Request) -> Response:
        text = request.get_json()["q"]
        return page("libretranslate", "배" * max(1, len(text) // 2))

    url = serve(server, "libretranslate", each)
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\n'
        f'[engines.libretranslate]\nurl = "{url}"\n',
    )
    words = ("draft", "boat", "--engine", "libretranslate", "--json")
    planned = tflow(*words, "--dry-run").json
    done = tflow(*words).json
    told = ("sent", "characters")
    assert [planned[one] for one in told] == [done[one] for one in told]
    assert done["characters"] > 0
