"""Engines with a key bear what servers do, and never tell the key."""

from __future__ import annotations

import logging
import random
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from pytest_httpserver import HTTPServer
from servers import (
    CLIENT,
    ENVIRON,
    KO,
    QUICK,
    SECRET,
    failure,
    given,
    made,
    passages,
    serve,
    translating,
)
from werkzeug import Request, Response

from translate_flow.engines import ENGINES, get
from translate_flow.errors import EngineError, FlowError, Trouble, Unsupported, Unusable

NAMES = ("deepl", "papago", "openai")
each = pytest.mark.parametrize("name", NAMES)
HOMES = {
    "deepl": "api.deepl.com",
    "papago": "papago.apigw.ntruss.com",
    "openai": "api.openai.com",
}


@each
def test_a_text_comes_back(server: HTTPServer, name: str) -> None:
    """White space at both ends is ours, and what has no words stays here."""
    engine = serve(server, name, translating(name))
    texts = passages("\n The boat & 1 < {1} \t", " … ")
    assert [*engine.translate(texts[:1], KO)] == ["\n THE BOAT & 1 < {1} \t"]
    assert [*engine.translate(texts[1:], KO)] == [" … "]
    assert len(server.log) == 1


@each
@pytest.mark.parametrize("status", [429, 500, 503, 529])
def test_trouble_that_passes(server: HTTPServer, name: str, status: int) -> None:
    """A server that is busy or broken is asked again."""
    engine = serve(server, name, given({}, status), translating(name))
    assert [*engine.translate(passages("boat"), KO)] == ["BOAT"]
    assert len(server.log) == 2


@each
def test_retry_after_is_honoured(server: HTTPServer, name: str) -> None:
    """A server that says how long to wait is not asked before."""
    busy = Response("", 429, {"Retry-After": "0.3"})
    engine = serve(server, name, busy, translating(name))
    began = time.monotonic()
    assert [*engine.translate(passages("boat"), KO)] == ["BOAT"]
    assert time.monotonic() - began > 0.25


@each
def test_trouble_that_stays(server: HTTPServer, name: str) -> None:
    """After some tries a text is given up."""
    error = failure(serve(server, name, Response("<html>Oops</html>", 500)))
    assert isinstance(error, Trouble)
    assert len(server.log) == QUICK.tries


@each
@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key(server: HTTPServer, name: str, status: int) -> None:
    """A key that is refused will not do for the next text either, and is not told,
    whatever the server repeats."""
    words = f"Invalid\nkey {SECRET} of {CLIENT if name == 'papago' else 'you'}"
    refusals = {
        "deepl": {"message": words},
        "papago": {"error": {"errorCode": "200", "message": words}},
        "openai": {"error": {"message": words, "code": "invalid_api_key"}},
    }
    error = failure(serve(server, name, given(refusals[name], status)))
    assert isinstance(error, Unusable)
    assert "Invalid key [key] of" in str(error)
    assert len(server.log) == 1


@each
def test_a_server_that_hangs_is_left(server: HTTPServer, name: str) -> None:
    """A server that takes a request and says nothing is given up in time."""
    free = threading.Event()

    def hang(request: Request) -> Response:
        free.wait(30)
        return Response("")

    engine = serve(server, name, hang, timeout=0.2)
    began = time.monotonic()
    try:
        error = failure(engine)
    finally:
        free.set()
    assert time.monotonic() - began < 15
    assert isinstance(error, Trouble)
    assert "gave no answer within 0.2 s" in str(error)


@each
def test_a_connection_that_is_cut(name: str) -> None:
    """A server that hangs up in the middle of its answer is asked again, then given
    up."""
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                calls.append(connection.recv(100_000))
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
                connection.close()

        threading.Thread(target=hang_up, daemon=True).start()
        port = listener.getsockname()[1]
        error = failure(made(name, f"http://127.0.0.1:{port}"))
        listener.shutdown(socket.SHUT_RDWR)
    assert isinstance(error, Trouble)
    assert len(calls) == QUICK.tries


@each
@pytest.mark.parametrize(
    "body",
    [
        "", "{half", "<html>Welcome</html>", "[]", '"x"', "{}", "null", "[" * 100_000,
        '{"translations": 1, "message": 2, "choices": 3}',
        '{"translations": [1], "message": {"result": 2}, "choices": [3]}',
        '{"translations": [{"text": 1}], "message": {"result": {"translatedText": 2}},'
        ' "choices": [{"message": 3}]}',
        '{"translations": [{"text": "a"}, {"text": "b"}], "choices": []}',
    ],
)  # fmt: skip
def test_answers_that_are_none(server: HTTPServer, name: str, body: str) -> None:
    """Broken JSON, pages, JSON of another shape and answers too many are no
    translations."""
    error = failure(serve(server, name, Response(body)))
    assert isinstance(error, Trouble)
    assert str(error).startswith(f"{name} gave ")
    assert len(server.log) == 1


@each
def test_what_an_engine_did_to_a_text_is_not_hidden(
    server: HTTPServer, name: str
) -> None:
    """An echo, and placeholders lost, doubled or invented, are for others to judge."""
    mark = '<x id="1"/>' if name == "deepl" else "{1}"
    for turn, wanted in (
        (lambda text: text, "A boat {1} leaves."),
        (lambda text: text.replace(mark, ""), "A boat  leaves."),
        (lambda text: text.replace(mark, mark * 2), "A boat {1}{1} leaves."),
        (lambda text: text.replace("1", "7"), "A boat {7} leaves."),
    ):
        server.clear()
        engine = serve(server, name, translating(name, turn))
        assert [*engine.translate(passages("A boat {1} leaves."), KO)] == [wanted]


@each
def test_threads_get_their_own_answers(server: HTTPServer, name: str) -> None:
    """Eight threads share an engine; the answers come in another order, and each gets
    its own."""
    chance = random.Random(7)
    engine = serve(server, name, translating(name))
    late = translating(name, lambda text: text.replace("word", "낱말"))

    def handle(request: Request) -> Response:
        time.sleep(chance.random() / 50)
        return late(request)

    server.clear()
    server.expect_request(re.compile(".*")).respond_with_handler(handle)
    texts = [f"word {n} {{{n}}}" for n in range(120)]
    size = engine.batch
    loads = [texts[i : i + size] for i in range(0, len(texts), size)]
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda load: engine.translate(passages(*load), KO), loads)
        flat = [text for answer in answers for text in answer]
    assert flat == [f"낱말 {n} {{{n}}}" for n in range(120)]


@each
def test_long_texts_go_in_sentences(server: HTTPServer, name: str) -> None:
    """A text beyond the limit is cut at sentence ends, and nothing is lost; a sentence
    beyond it is refused before anything is sent."""
    engine = serve(server, name, translating(name))
    text = "  ".join(f"Sentence {n} of a long text is {{{n}}}." for n in range(3000))
    assert [*engine.translate(passages(text), KO)] == [text.upper()]
    assert len(server.log) > 1
    server.clear()
    error = failure(engine, "Short. " + "word " * 4000)
    assert f"is too long for {name}" in str(error)
    assert not server.log


@pytest.mark.parametrize("name", ["deepl", "papago"])
def test_half_a_text_is_none(server: HTTPServer, name: str) -> None:
    """If one portion of a text comes back empty the text does, for others to judge."""
    turn = translating(name, lambda text: "" if "Sentence 0" in text else text)
    engine = serve(server, name, turn)
    text = " ".join(f"Sentence {n} of a long text." for n in range(900))
    assert [*engine.translate(passages(text), KO)] == [""]


@each
def test_no_redirect_takes_a_key_along(server: HTTPServer, name: str) -> None:
    """A server that sends us elsewhere is not followed."""
    elsewhere = Response("", 307, {"Location": "http://127.0.0.1:1/x"})
    error = failure(serve(server, name, elsewhere))
    assert isinstance(error, Unusable)
    assert "has moved to http://127.0.0.1:1/x" in str(error)


@each
def test_nothing_is_logged_that_tells_a_key_or_a_text(
    server: HTTPServer, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The loudest logs of all libraries have neither."""
    caplog.set_level(logging.DEBUG)
    engine = serve(server, name, given({}, 500), translating(name))
    engine.translate(passages("The boat leaves."), KO)
    told = [r.getMessage() for r in caplog.records if r.name != "werkzeug"]
    assert told
    assert not re.search(f"s3cr3t|{CLIENT}|The boat", "\n".join(told))


@each
def test_a_language_that_is_not_known(server: HTTPServer, name: str) -> None:
    """A language is told by its name before anything is sent; models are asked."""
    engine = serve(server, name, translating(name))
    klingon = type(KO)("en", "tlh")
    if name == "openai":
        engine.translate(passages("boat"), klingon)
        told = server.log[0][0].get_json()["messages"][0]["content"]
        assert "into the language tlh for" in told
        return
    with pytest.raises(Unsupported, match=f"{name} does not know the language 'tlh'"):
        engine.translate(passages("boat"), klingon)
    assert not server.log


# --- where keys go ----------------------------------------------------------


def make(
    name: str, environ: dict[str, str] | None = None, **settings: object
) -> object:
    """Return an engine that is not asked."""
    model = {"model": "m"} if name == "openai" else {}
    used = ENVIRON if environ is None else environ
    return get(name, settings={**model, **settings}, environ=used)


@each
def test_texts_go_to_the_home_of_the_engine(name: str) -> None:
    """Without settings, an engine asks the server that its documentation names."""
    engine = get(
        name, settings={"model": "m"} if name == "openai" else {}, environ=ENVIRON
    )
    assert engine.where == HOMES[name]
    assert engine.remote
    local = made(name, "http://127.0.0.1:1/")
    assert not local.remote
    assert SECRET not in repr(engine)
    assert engine.name == ENGINES[name].name == name


@each
def test_a_key_is_needed_and_must_be_one(name: str) -> None:
    """Without a key nothing begins; what has blanks or other letters in it is none, and
    is not told."""
    variables = [key for key in ENVIRON if key.startswith(name.upper())]
    for variable in variables:
        rest = {key: value for key, value in ENVIRON.items() if key != variable}
        with pytest.raises(FlowError, match=f"and {variable} is not set"):
            make(name, rest)
        for value in ("열쇠말", "two words"):
            with pytest.raises(FlowError, match=f"{variable} is not a key") as caught:
                make(name, {**ENVIRON, variable: value})
            assert value not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("deepl", "https://deepl.com.example.org"),
        ("deepl", "https://api.deepl.com.example.org"),
        ("deepl", "https://notdeepl.com"),
        ("papago", "https://mine.apigw.ntruss.com/nmt/v1"),
    ],
)
def test_the_settings_cannot_send_a_key_to_a_stranger(name: str, url: str) -> None:
    """A project that names another server gets no key for it; its user may give one."""
    with pytest.raises(FlowError, match="the key is not for ") as caught:
        make(name, url=url)
    variable = re.search(r"set (\w+) to its address", str(caught.value))
    assert variable
    make(name, {**ENVIRON, variable[1]: url}, url=f"{url}/")


def test_a_server_beside_openai_gets_no_key(server: HTTPServer) -> None:
    """The key goes to OpenAI, or to the server that the environment names; not to one
    that only the settings name, on this computer or elsewhere."""
    reply = translating("openai")

    def answer(request: Request) -> Response:
        assert "Authorization" not in request.headers
        request.headers = {**request.headers, "Authorization": f"Bearer {SECRET}"}
        return reply(request)

    serve(server, "openai", answer)
    settings = {"url": server.url_for("/"), "model": "ferry-7b"}
    engine = get("openai", settings=settings, environ=ENVIRON, patience=QUICK)
    assert [*engine.translate(passages("boat"), KO)] == ["BOAT"]


@pytest.mark.parametrize(
    ("name", "settings", "message"),
    [
        (
            "deepl",
            {"formality": "rude"},
            "engines.deepl.formality: 'rude' is none; kno",
        ),
        ("deepl", {"context": "yes"}, "engines.deepl.context: must be true or false"),
        ("deepl", {"key": "x"}, "unknown setting engines.deepl.key; known: url, "),
        ("papago", {"honorific": 1}, "engines.papago.honorific: must be true or false"),
        (
            "papago",
            {"glossary": 7},
            "engines.papago.glossary: must be a name in quotes",
        ),
        ("openai", {"model": ""}, "engines.openai.model is not set; like model = "),
        ("openai", {"model": None}, "engines.openai.model: must be a name in quotes"),
        (
            "openai",
            {"temperature": 3},
            "engines.openai.temperature: must be a number fr",
        ),
        ("openai", {"batch": 0}, "engines.openai.batch: must be a whole number from 1"),
        ("openai", {"batch": 2.5}, "engines.openai.batch: must be a whole number from"),
    ],
)
def test_wrong_settings(name: str, settings: dict[str, object], message: str) -> None:
    """A setting that is not what it should be is told with what it may be."""
    with pytest.raises(FlowError) as caught:
        make(name, **settings)
    assert not isinstance(caught.value, EngineError)
    assert str(caught.value).startswith(message)
