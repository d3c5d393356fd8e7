"""Runs of drafts: what goes along with a text, two at once, one that is ended, and
articles that cannot be read."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Tflow, Write
from pytest_httpserver import HTTPServer
from servers import SECRET, given, made, passages, serving, translating
from test_answers import korean, targets
from test_deepl import WITH_TERMS, Account
from test_engines import answer as page
from werkzeug import Request, Response

from translate_flow.cli import main
from translate_flow.draft.asking import Asked, Effort, ask
from translate_flow.engines.engine import Assignment, Passage
from translate_flow.engines.pseudo import Pseudo
from translate_flow.errors import Unusable

SETTINGS = """\
[project]
languages = ["en", "ko"]
source_language = "en"
[engines.{}]
url = "{}"
"""


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    """A server for one test."""
    with serving() as made:
        yield made


def answering(request: Request) -> Response:
    """Answer as a LibreTranslate does."""
    return page("libretranslate", korean(request.get_json()["q"]))


# --- what goes along --------------------------------------------------------

HIDDEN = ("hush.example", "s3cret_call", "mina@example.org", "Park Geun-hye", "{price}")
PAGE = """\
# About `s3cret_call()` and boats

Ask [the office](https://hush.example/a?b) or mina@example.org, says Park Geun-hye.

The boat leaves the harbour at nine.

Call `s3cret_call()` first, pay {price}, says Park Geun-hye, and see <https://hush.example/c>.
"""


@pytest.mark.parametrize("engine", ["openai", "deepl"])
def test_neighbours_are_hidden_like_the_rest(
    folder: Path,
    tflow: Tflow,
    write: Write,
    server: HTTPServer,
    monkeypatch: pytest.MonkeyPatch,
    engine: str,
) -> None:
    """Code, addresses and settled names leave neither with a text nor beside it, in
    titles and examples."""
    url = server.url_for("/").rstrip("/")
    more = (
        'model = "ferry-7b"\nbatch = 1\n'
        if engine == "openai"
        else "glossary = false\n"
    )
    for key in ("OPENAI_API_KEY", "DEEPL_API_KEY"):
        monkeypatch.setenv(key, SECRET)
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    server.expect_request(re.compile(".*")).respond_with_handler(
        translating(engine, korean)
    )
    write("translate_flow.toml", SETTINGS.format(engine, url) + more)
    names = HIDDEN if engine == "deepl" else tuple(h for h in HIDDEN if " " not in h)
    write(
        "translations/glossary.csv",
        "en,ko,status,reading,type,note\nPark Geun-hye,박근혜,preferred,,name,\n",
    )
    write("sources/old.md", "Ask [the office](https://hush.example/a) now, says she.\n")
    tflow("set", "old:1", "[사무소](https://hush.example/a)에 물으라.", "--by", "mina")
    write("sources/page.md", PAGE)
    tflow("draft", "page", "--engine", engine)
    told = "".join(request.get_data(as_text=True) for request, _ in server.log)
    told = json.dumps(told, ensure_ascii=False)
    assert len(server.log) == 4
    for hidden in names:
        assert hidden not in told
    for word in ("the office", "leaves the harbour", "first, pay", "and boats"):
        assert told.count(word) > 1


# --- two at once, and one that is ended -------------------------------------


def test_two_runs_at_once_pay_once(
    folder: Path, tflow: Tflow, write: Write, server: HTTPServer, warm: Path
) -> None:
    """The second waits for the first, and finds what that has paid for."""
    asked: Counter[str] = Counter()

    def slow(request: Request) -> Response:
        asked[request.get_json()["q"]] += 1
        time.sleep(0.05)
        return answering(request)

    server.expect_request("/translate").respond_with_handler(slow)
    write("translate_flow.toml", SETTINGS.format("libretranslate", server.url_for("/")))
    write("sources/a.md", "\n\n".join(f"Boat number {n} leaves." for n in range(8)))
    write("sources/b.md", "Boat number 3 leaves.\n\nBoat number 9 waits.\n")
    command = [warm / "tflow", "draft", "--all", "--engine", "libretranslate"]
    runs = [
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    said = [run.communicate(timeout=60) for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], said
    assert set(asked.values()) == {1}
    assert len(asked) == 9
    assert all(targets(tflow, "a") + targets(tflow, "b"))
    told = "".join(err for _, err in said)
    assert "another run asks libretranslate; waiting for it" in " ".join(told.split())


def test_an_ended_run_says_what_it_kept(
    folder: Path,
    write: Write,
    server: HTTPServer,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    """Who ends a run is told how far it has come, and that nothing of it is lost."""
    # who runs the tests may ignore the signal
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))
    count = 0

    def ending(request: Request) -> Response:
        nonlocal count
        count += 1
        if count == 3:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.5)
        return answering(request)

    server.expect_request("/translate").respond_with_handler(ending)
    write(
        "translate_flow.toml",
        SETTINGS.format("libretranslate", server.url_for("/")) + "[draft]\njobs = 1\n",
    )
    write("sources/a.md", "\n\n".join(f"Boat number {n} leaves." for n in range(5)))
    assert main(["draft", "a", "--engine", "libretranslate"]) == 130
    told = " ".join(capsys.readouterr().err.split())
    assert "ended; drafted 2 of 5 segments, all saved; 63 characters sent" in told
    assert "the same command goes on from here" in told


# --- articles that cannot be read -------------------------------------------

BROKEN = {
    "front matter": ("sources/x.md", "---\ntitle: [\n---\n\nText.\n"),
    "letters": ("sources/x.md", b"\xff\xfe\x00 not text"),
    "catalog": ("translations/ko/boat.po", 'msgid "a\n'),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_article_stops_no_other(
    folder: Path, tflow: Tflow, write: Write, server: HTTPServer, broken: str
) -> None:
    """All others are drafted; what cannot be read is told with its file."""
    server.expect_request("/translate").respond_with_handler(answering)
    write("translate_flow.toml", SETTINGS.format("libretranslate", server.url_for("/")))
    for name in ("a", "boat", "z"):
        write(f"sources/{name}.md", f"The boat {name} leaves.\n")
    path, text = BROKEN[broken]
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(text if isinstance(text, bytes) else text.encode())
    words = ("draft", "--all", "--engine", "libretranslate")
    planned = tflow(*words, "--dry-run", "--json", code=2).json
    done = tflow(*words, "--json", code=2).json
    others = 2 if broken == "catalog" else 3
    assert planned["sent"] == done["sent"] == done["drafted"] == others
    assert done["failed"] == []
    [error] = done["errors"]
    assert error["file"] == path
    assert targets(tflow, "a") == [korean("The boat a leaves.")]
    assert targets(tflow, "z") == [korean("The boat z leaves.")]
    assert f"error: {path}" in tflow(*words, code=2).err


# --- the glossary of deepl --------------------------------------------------


@pytest.mark.parametrize(
    ("status", "words", "says"),
    [
        (403, "", "deepl lets this key keep no glossary (403); glossary = false in"),
        (403, "Glossaries are not available in your plan",
         "deepl lets this key keep no glossary (403: Glossaries are not available"),
        (456, "Glossary limit reached", "deepl does not keep our glossary (456: Gl"),
        (403, "Authorization failed. Please supply a valid DeepL-Auth-Key",
         "deepl refuses the key (403: Authorization failed"),
        (401, "", "deepl refuses the key (401)"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_glossary_that_is_refused(
    server: HTTPServer, status: int, words: str, says: str, method: str
) -> None:
    """A plan without glossaries is no wrong key, and how to go without is told."""
    account = Account()

    def refusing(request: Request) -> Response:
        if request.method == method:
            return given({"message": words} if words else {}, status)
        return account(request)

    server.expect_request(re.compile(".*")).respond_with_handler(refusing)
    engine = made("deepl", server.url_for("/").rstrip("/"))
    with pytest.raises(Unusable) as caught:
        engine.translate(passages("boat"), WITH_TERMS)
    assert str(caught.value).startswith(says)


# --- what is our own fault --------------------------------------------------


def test_our_own_fault_is_told_as_it_is() -> None:
    """Within a batch of which a text has its answer already, too."""
    said = [Passage(text) for text in ("One.", "Two.")]
    questions = [Asked(one.text, one, one.text) for one in said]

    def receive(question: Asked, answer: object) -> str:
        if question.name == "Two.":
            raise RuntimeError("the disk is full")
        return str(answer)

    engine = replace(Pseudo(), batch=2)
    with pytest.raises(RuntimeError, match="the disk is full"):
        list(ask(questions, engine, Assignment("en", "ko"), Effort(), receive))
