"""A run of drafts may be left alone: servers fail, programs are killed, and every
segment ends with its own draft, asked for once."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from json import dumps
from pathlib import Path

import pytest
from conftest import Tflow, Write
from pytest_httpserver import HTTPServer
from servers import serving
from werkzeug import Request, Response

from translate_flow.draft import Draft, Effort, draft
from translate_flow.draft import Request as Wanted
from translate_flow.engines import Assignment, Patience, get
from translate_flow.engines.answers import AnswerFile

QUICK = Patience(connect=5, answer=2, tries=4, first_wait=0.01, longest_wait=0.5)
NUMBER = re.compile(r"\d+")
MAIN = "from translate_flow.cli import main; raise SystemExit(main())"


def source(n: int) -> str:
    """Return a text that names itself, with things that are no words."""
    return f"Sentence {n} says `code{n}` and leads to [page {n}](/p/{n}) at last."


def target(n: int) -> str:
    """Return its translation."""
    return f"문장 {n}은 `code{n}`를 말하고 [쪽 {n}](/p/{n})로 이어진다."


def translated(text: str) -> str:
    """Return what a good server answers."""
    found = NUMBER.search(text)
    assert found is not None
    n = found[0]
    return f"문장 {n}은 {{1}}를 말하고 {{2}}쪽 {n}{{3}}로 이어진다."


class Server:
    """A LibreTranslate that fails as often as it is told."""

    def __init__(
        self,
        failing: float,
        delay: float = 0.0,
        seed: int = 1,
        faults: Sequence[Callable[[], Response]] | None = None,
    ) -> None:
        self.asked: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self._random = random.Random(seed)
        self._failing, self._delay = failing, delay
        self._faults = faults or FAULTS
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> Response:
        """Answer, or fail."""
        text = request.get_json()["q"]
        with self._lock:
            self.asked[text] += 1
            fails = self._random.random() < self._failing
            fault = self._random.choice(self._faults)
            wait = self._random.random() * 2 * self._delay
        time.sleep(wait)
        if fails:
            return fault()
        with self._lock:
            self.answered[text] += 1
        body = dumps({"translatedText": translated(text)})
        return Response(body, content_type="application/json")


def _cut() -> Response:
    short = Response('{"transl', content_type="application/json")
    short.headers["Content-Length"] = "4000"
    return short


FAULTS = (
    lambda: Response("", 429),
    lambda: Response("", 429, headers={"Retry-After": "0"}),
    lambda: Response("", 500),
    lambda: Response("", 503, headers={"Retry-After": "0"}),
    lambda: Response('{"translatedText": ', content_type="application/json"),
    lambda: Response("<html>Bad gateway</html>", 200, content_type="text/html"),
    _cut,
)
"""What goes wrong: too much asked, broken down, half an answer, none."""

BUSY = (FAULTS[1], FAULTS[3])
"""What says that it need not be waited for."""


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    """A server for one test."""
    with serving() as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "seed"),
    [(250, 1), *(pytest.param(1000, n, marks=pytest.mark.long) for n in (1, 2))],
)
def test_with_a_third_failing_all_are_drafted(
    server: HTTPServer, tmp_path: Path, count: int, seed: int
) -> None:
    """Of hundreds of texts, eight at a time, with 30 % of the requests failing, each
    gets its own draft, once; a second run asks nothing."""
    answers = AnswerFile(tmp_path / "answers.sqlite")
    served = Server(0.3, delay=0.002, seed=seed)
    server.expect_request("/translate").respond_with_handler(served)
    made = get(
        "libretranslate",
        settings={"url": server.url_for("/")},
        environ={},
        patience=QUICK,
    )
    wanted = [Wanted(str(n), source(n)) for n in range(count)]

    def run() -> list[Draft]:
        came = draft(
            wanted,
            made,
            Assignment("en", "ko"),
            references={},
            effort=Effort(8),
            answers=answers,
        )
        return [answer for answer in came if isinstance(answer, Draft)]

    first = run()
    assert {int(d.id): d.target for d in first} == {n: target(n) for n in range(count)}
    assert len(first) == count
    assert not [finding for d in first for finding in d.findings]
    assert set(served.answered.values()) == {1}
    asked = served.asked.total()
    assert asked > 1.25 * count
    second = run()
    assert sorted(second, key=str) == sorted(first, key=str)
    assert served.asked.total() == asked


def _article(write: Write, server: HTTPServer, count: int) -> None:
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\n[draft]\njobs = 8\n'
        f'[engines.libretranslate]\nurl = "{server.url_for("/")}"\n',
    )
    text = "\n\n".join(source(n) for n in range(count))
    write("sources/long.md", text + "\n")


@pytest.mark.slow
def test_a_killed_run_goes_on_where_it_was(
    folder: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """Killed half-way, a run has lost nothing that was answered: the next one asks only
    for what is missing, and each segment has its own draft."""
    served = Server(0.0, delay=0.01)
    server.expect_request("/translate").respond_with_handler(served)
    _article(write, server, 160)
    words = ["draft", "long", "--engine", "libretranslate"]
    for least in (40, 80):
        run = subprocess.Popen([sys.executable, "-c", MAIN, *words], env=os.environ)
        while served.answered.total() < least:
            assert run.poll() is None
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
        run.wait()
        time.sleep(0.2)
    twice = sum(n > 1 for n in served.asked.values())
    assert twice <= 8
    done = tflow(*words, "--json").json
    assert (done["requested"], done["failed"]) == (done["drafted"], [])
    again = served.asked.total() - len(served.asked)
    assert len(served.asked) == 160
    assert again <= 2 * 8, "only what was under way when it was killed"
    units = tflow("show", "long", "--json").json["units"]
    assert [unit["target"] for unit in units] == [target(n) for n in range(160)]
    assert {unit["state"] for unit in units} == {"draft"}


@pytest.mark.slow
@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.long)])
def test_the_command_bears_a_failing_server(
    folder: Path, tflow: Tflow, write: Write, server: HTTPServer, count: int
) -> None:
    """As a user runs it: many segments of one article, 30 % of the requests failing,
    end as as many drafts, none of them another one's."""
    served = Server(0.3, faults=BUSY)
    server.expect_request("/translate").respond_with_handler(served)
    _article(write, server, count)
    done = tflow("draft", "long", "--engine", "libretranslate", "--json").json
    assert (done["drafted"], done["failed"], done["findings"]) == (count, [], [])
    units = tflow("show", "long", "--json").json["units"]
    assert [unit["target"] for unit in units] == [target(n) for n in range(count)]
    assert set(served.answered.values()) == {1}
