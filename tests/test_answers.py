"""What an engine answers is judged before it is a draft: over real HTTP, and kept for
later only if it is one."""

from __future__ import annotations

import json
import random
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Tflow, Write
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from servers import made, said, segments, serving
from test_draft import Scripted, one
from test_engines import answer as page
from werkzeug import Request, Response

from translate_flow.article import parse
from translate_flow.draft import (
    Draft,
    Effort,
    Failure,
    Purse,
    Withdrawn,
    draft,
)
from translate_flow.draft import Request as Wanted
from translate_flow.engines import Assignment, Patience, get
from translate_flow.errors import Unusable

KO = Assignment("en", "ko")
LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyz", "가나다라마바사아자차카타파하거너더러머버서어저처커터"
)
TEXTS = (
    "The boat leaves the harbour at nine in the morning.",
    "Nobody has seen the keeper of the lighthouse since.",
    "A ticket costs three coins, and children go for free.",
    "Bring a warm coat, for the wind out there is cold.",
)
SHORT = ("Boats leave.", "Nobody waits.", "It rains.")
REFUSALS = (
    "죄송합니다. 이 요청은 도와드릴 수 없습니다.",
    "오늘 쓸 수 있는 번역 횟수를 모두 썼습니다. 3시간 뒤에 다시 오세요.",
    "서버가 답할 수 없는 상태입니다.",
)


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    """A server for one test."""
    with serving() as made:
        yield made


def korean(text: str) -> str:
    """Return what a good server answers: another text for each."""
    return text.lower().translate(LETTERS)


def serve(
    write: Write,
    server: HTTPServer,
    says: Callable[[str], str],
    *texts: str,
    jobs: int = 1,
) -> None:
    """Make a project of one article whose LibreTranslate says something of a text."""
    lock = threading.Lock()

    def handle(request: Request) -> Response:
        with lock:
            return page("libretranslate", says(request.get_json()["q"]))

    server.expect_request("/translate").respond_with_handler(handle)
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\nsource_language = "en"\n'
        f'[draft]\nengine = "libretranslate"\njobs = {jobs}\n'
        f'[engines.libretranslate]\nurl = "{server.url_for("/")}"\n',
    )
    write("sources/sea.md", "\n\n".join(texts or TEXTS) + "\n")


def targets(tflow: Tflow, slug: str = "sea") -> list[str]:
    """Return the texts of an article's translation."""
    return [unit["target"] for unit in tflow("show", slug, "--json").json["units"]]


# --- one answer to different texts ------------------------------------------


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_for_all_is_no_draft(
    folder: Path, tflow: Tflow, write: Write, server: HTTPServer, refusal: str
) -> None:
    """One answer to different texts lands nowhere, in no article, is not kept, and does
    not come back."""
    serve(write, server, lambda text: refusal)
    write("sources/one.md", "What else is there to say about the sea?\n")
    for words in (("draft", "--all"), ("draft", "--all", "--redraft")):
        done = tflow(*words, "--json", code=1).json
        assert done["drafted"] == 0
        assert len(done["failed"]) == 5
        assert "gave one answer to different texts" in done["failed"][0]["message"]
        assert [*targets(tflow), *targets(tflow, "one")] == [""] * 5
    file = sqlite3.connect(".tflow/answers.sqlite")
    assert file.execute("SELECT count(*) FROM answers").fetchone() == (0,)
    file.close()


@pytest.mark.parametrize(
    "refusal", ["요청을 처리할 수 없습니다.", "I cannot do that for you."]
)
def test_a_refusal_of_short_texts(refusal: str) -> None:
    """An answer that is long for each of some short texts answers none of them."""
    target = "ko" if refusal[0] > "z" else "en"
    texts = SHORT if target == "ko" else ("배는 간다.", "비가 온다.", "끝.")
    languages = Assignment("en" if target == "ko" else "ko", target)
    wanted = [Wanted(text, text) for text in texts]
    engine = Scripted(lambda text: refusal)
    got = [*draft(wanted, engine, languages, references={})]
    drafted = {one.key for one in got if isinstance(one, Draft)}
    withdrawn = {one.key for one in got if isinstance(one, Withdrawn)}
    assert drafted <= withdrawn


@pytest.mark.parametrize("jobs", [1, 4])
def test_a_refusal_among_answers(
    folder: Path, tflow: Tflow, write: Write, server: HTTPServer, jobs: int
) -> None:
    """The good answers land; the first refusal is taken back when the second comes."""
    refused = {TEXTS[0], TEXTS[2]}
    serve(
        write,
        server,
        lambda text: REFUSALS[0] if text in refused else korean(text),
        jobs=jobs,
    )
    done = tflow("draft", "sea", "--json", code=1).json
    assert done["drafted"] == 2
    assert targets(tflow) == ["", korean(TEXTS[1]), "", korean(TEXTS[3])]
    refused.clear()
    tflow("draft", "sea")
    assert targets(tflow) == [korean(text) for text in TEXTS]
    asked = [request.get_json()["q"] for request, _ in server.log]
    assert asked.count(TEXTS[1]) == asked.count(TEXTS[3]) == 1


def test_a_refusal_text_by_text(
    folder: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """What was answered in an earlier run counts: the refusal that was taken for an
    answer then is kept no longer, and asked for again; its draft goes."""
    serve(write, server, lambda text: REFUSALS[1].replace("3", str(len(text) % 7)))
    tflow("draft", "sea:1")
    tflow("draft", "sea:2", code=1)
    assert targets(tflow)[1:] == ["", "", ""]
    before = len(server.log)
    tflow("draft", "sea:1", "--redraft", code=1)
    assert len(server.log) == before + 1
    assert targets(tflow) == [""] * 4


@pytest.mark.parametrize(
    "kept",
    [
        "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY.",
        "I am sorry, but I cannot help with that request.",
        "배는 떠난다.",
    ],
)
def test_what_was_kept_before_is_judged(
    folder: Path, tflow: Tflow, write: Write, server: HTTPServer, kept: str
) -> None:
    """What an earlier version has kept, and is none, is asked for again."""
    serve(write, server, lambda text: f"The answer to {len(text)} letters.")
    write("sources/sea.md", "---\nlang: ko\n---\n\n바다는 넓다.\n\n등대지기는 없다.\n")
    tflow("draft", "sea")
    first = targets(tflow)
    tflow("undo")
    with closing(sqlite3.connect(".tflow/answers.sqlite")) as file, file:
        file.execute("UPDATE answers SET answer = ?", (kept,))
        file.execute("DROP TABLE asked")
    assert tflow("draft", "sea", "--dry-run", "--json").json["sent"] == 2
    tflow("draft", "sea")
    assert targets(tflow) == first
    assert len(server.log) == 4


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        (("Cancel", "Abort", "Break off", "Stop it", "Undo"), "취소"),
        (("See the docs for more details.", "See the documentation for more."),
         "자세한 내용은 문서를 참고하세요."),
        (("The boat leaves at 9!", "the boat leaves at 9", "The boats leave at 9."),
         "배는 아홉 시에 항구를 떠나 섬으로 간다."),
    ],
)  # fmt: skip
def test_texts_that_mean_the_same(texts: tuple[str, ...], answer: str) -> None:
    """Short words, and texts that hardly differ, may have one translation."""
    wanted = [Wanted(text, text) for text in texts]
    got = list(draft(wanted, Scripted(lambda text: answer), KO, references={}))
    assert {one.target for one in got if isinstance(one, Draft)} == {answer}
    assert len(got) == len(texts)


# --- messages, other languages ----------------------------------------------


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("배가 떠난다.", "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS"),
        ("배가 떠난다.", "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS"),
        ("배가 떠난다.", "PLEASE SELECT TWO DISTINCT LANGUAGES"),
        ("배가 떠난다.", "Error 500 (Server Error)!!1500.That’s an error."),
        (
            "배가 떠난다.",
            "Our systems have detected unusual traffic from your network.",
        ),
    ],
)
def test_a_message_of_a_server_is_no_draft(text: str, answer: str) -> None:
    """What a server says of itself is known by its words."""
    got = one(answer, text, source="ko", target="en")
    assert isinstance(got, Failure)
    assert got.message.startswith("scripted answered with a message of its server (")


def test_a_text_about_messages_may_have_them() -> None:
    """A text that quotes a server is translated with what it quotes."""
    text = "서버는 Error 500 (Server Error)!!1 하고 답한다."
    answer = "The server answers Error 500 (Server Error)!!1."
    assert isinstance(one(answer, text, source="ko", target="en"), Draft)


BOAT = "The boat leaves the harbour at nine."


@pytest.mark.parametrize(
    ("answer", "target"),
    [
        ("The boat leaves 항구 at nine.", "ko"),
        ("Le bateau quitte 항구 à neuf heures.", "ko"),
        ("Das Boot verlässt um neun den 항구.", "ko"),
        ("배는 아홉 시に港を出る。", "ko"),
        ("배는 九点 항구를 떠난다.", "ko"),
        ("배는 아홉 시에 гавань을 떠난다.", "ko"),
        ("船九点离开港口，没有人等待它的到来。", "ja"),
        ("船は九時に港を出る。", "zh"),
        ("배는九时に港を", "zh"),
        ("船は港を出る。 The boat leaves the harbour at nine.", "ko"),
    ],
)
def test_another_language_within(answer: str, target: str) -> None:
    """A word of the language does not make an answer one in it, nor do letters of a
    third language belong there."""
    got = one(answer, BOAT, target=target)
    assert isinstance(got, Failure)
    assert got.message.startswith(
        f"scripted answered in another language than {target}"
    )


@pytest.mark.parametrize(
    ("text", "answer", "source"),
    [
        ("The government resigned.", "정부(政府)는 물러났다.", "en"),
        ("The US president left.", "美 대통령은 떠났다.", "en"),
        ("New sanctions on the North", "새 對北 제재", "en"),
        ("Use npm, pandas and numpy.", "npm, pandas, numpy를 쓴다.", "en"),
        ("Gone with the Wind", "영화 Gone with the Wind", "en"),
        ("The Greek letters α and β.", "그리스 문자 α와 β.", "en"),
        ("東京 is Tokyo.", "東京은 도쿄다.", "en"),
        ("배는 항구를 떠난다.", "The boat (배) leaves the harbour.", "ko"),
        ("서버 오류", "Server error", "ko"),
    ],
)
def test_other_letters_that_belong_there(text: str, answer: str, source: str) -> None:
    """Names, glosses in brackets, short forms of newspapers and what the source has are
    no other language."""
    target = "en" if source == "ko" else "ko"
    assert isinstance(one(answer, text, source=source, target=target), Draft)


# --- constructs (law 6) -----------------------------------------------------

SOURCE = "See the [docs](/u), `x` and &amp; <b>more</b>."
GOOD = "{1}문서{2}, {3} 그리고 {4} {5}더{6} 보라."


@pytest.mark.parametrize(
    "frame",
    ["`{}`", "``` {} ```", "```markdown\n{}\n```", "~~~\n{}\n~~~", "<!-- {} -->", "{}"],
)
def test_what_stands_around_a_whole_answer_goes(frame: str) -> None:
    """A fence, ticks or a comment around all of an answer do not get into the text."""
    got = one(frame.replace("{}", GOOD), SOURCE)
    assert got == Draft(SOURCE, "[문서](/u), `x` 그리고 &amp; <b>더</b> 보라.")


@pytest.mark.parametrize(
    ("answer", "lost"),
    [
        (GOOD.replace("{1}문서{2}", "`{1}문서{2}`"), "link to /u"),
        (GOOD.replace("{4}", "`{4} 와`"), "entity &amp;"),
        (GOOD.replace("{3}", "<!-- {3} -->"), "code `x`"),
        (GOOD.replace("{1}", "\\\\`{1}").replace("{2}", "{2}`"), "link to /u"),
    ],
)
def test_what_a_machine_hides_is_told(answer: str, lost: str) -> None:
    """A placeholder that comes back where it is nothing is lost, and told."""
    got = one(answer, SOURCE)
    assert isinstance(got, Draft)
    assert got.findings
    assert any(found.message.startswith(lost) for found in got.findings)


AROUND = st.sampled_from(
    [
        "`",
        "``",
        "```",
        "<!--",
        "-->",
        "\\",
        "[",
        "](",
        "](/v)",
        "<b>",
        "$",
        "{",
        "}",
        "|",
    ]
)


@for_all(st.data())
@settings(max_examples=100)
def test_no_construct_is_lost_in_silence(data: st.DataObject) -> None:
    """Whatever a machine writes around its placeholders, each construct of the source
    is in the draft, parsed as Markdown, or something is told of it."""
    from benchmarks.placeholders import constructs

    parts = re.split(r"(\{\d\})", GOOD)
    drawn = st.lists(AROUND, max_size=2).map("".join)
    answer = "".join(part + data.draw(drawn) for part in parts)
    got = one(answer, SOURCE)
    article = parse(f"{SOURCE}\n", name="a.md")
    if isinstance(got, Draft) and not got.findings:
        assert constructs(got.target, article) >= constructs(SOURCE, article)


# --- answers of no use ------------------------------------------------------


def _never_json(request: Request) -> Response:
    return said("배는 아홉 시에 떠난다.")


def _cut_off(request: Request) -> Response:
    return said('{"translations": [{"id": 1, "text": "배', "length")


def _too_small(request: Request) -> Response:
    error = {"error": {"message": "the request exceeds the available context size"}}
    return Response(json.dumps(error), 400, content_type="application/json")


def _streaming(request: Request) -> Response:
    chunk = {"choices": [{"delta": {"content": "배"}}]}
    return Response(f"data: {json.dumps(chunk)}\n\n", content_type="text/event-stream")


def _thinking(request: Request) -> Response:
    return said("", reasoning_content="Well, a boat is a boat.")


@pytest.mark.parametrize(
    ("reply", "most", "why"),
    [
        (
            _never_json,
            9,
            "openai did not answer with the JSON that was asked for, 9 ti",
        ),
        (_cut_off, 9, "the answer of openai was cut off, 9 times in a row; the server"),
        (
            _too_small,
            9,
            "this is too long for the model of openai (400: the request ex",
        ),
        (
            _streaming,
            1,
            "openai streams its answers, though it is asked for whole ones",
        ),
        (_thinking, 1, "openai thought, and gave no answer; turn its thinking off"),
    ],
)
def test_a_model_of_no_use_is_left(
    folder: Path,
    tflow: Tflow,
    write: Write,
    server: HTTPServer,
    reply: Callable[[Request], Response],
    most: int,
    why: str,
) -> None:
    """After some answers of no use in a row, in whatever articles, nothing more is
    asked, and why is told in one line."""
    server.expect_request("/chat/completions").respond_with_handler(reply)
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\n[draft]\njobs = 1\n'
        f'[engines.openai]\nmodel = "m"\nurl = "{server.url_for("")}"\n',
    )
    for n in range(12):
        write(f"sources/a{n}.md", f"Boat {n} leaves.\n\nNobody waits for boat {n}.\n")
    done = tflow("draft", "--all", "--engine", "openai", "--json", code=1).json
    assert len(server.log) == most
    assert len(done["failed"]) == 24
    assert done["failed"][-1]["message"].startswith(why)


@pytest.mark.parametrize(("good", "most"), [(0, 9), (1, 10), (3, 30)])
@pytest.mark.parametrize("answer", ["", "The boat leaves.", "Le bateau", "배" * 900])
def test_an_engine_that_was_of_use(good: int, most: int, answer: str) -> None:
    """One that has translated before is borne for longer: the texts may be odd."""
    asked: list[str] = []

    def says(text: str) -> str:
        asked.append(text)
        if len(asked) <= good:
            return f"{korean(text)} {len(asked)}"
        return text if answer == "The boat leaves." else answer

    wanted = [Wanted(f"t{n}", f"{TEXTS[n % 4]} And so on, {n}.") for n in range(99)]
    got = [*draft(wanted, Scripted(says), KO, references={})]
    assert len(asked) == most
    assert isinstance(got[-1], Failure)
    assert got[-1].final


def test_what_fails_in_company_goes_alone(server: HTTPServer) -> None:
    """Where requests of several texts fail again and again, and those of one do not, no
    more of the former are made."""

    def alone(request: Request) -> Response:
        [first, *others] = segments(request)
        text = korean(first["text"])
        entries = [{"id": 1, "text": text}]
        return said(json.dumps({"translations": entries}) if not others else "Hm.")

    server.expect_request("/chat/completions").respond_with_handler(alone)
    engine = made("openai", server.url_for("").rstrip("/"), batch=4)
    wanted = [Wanted(f"t{n}", f"{TEXTS[n % 4]} {n}") for n in range(40)]
    got = [*draft(wanted, engine, KO, references={})]
    assert all(isinstance(one, Draft) for one in got)
    assert len(server.log) == 40 + 3


# --- what really leaves -----------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", ["libretranslate", "openai"])
def test_no_more_leaves_than_is_allowed(
    server: HTTPServer, name: str, seed: int
) -> None:
    """However a server fails, it gets no more characters than were allowed, and what is
    told is what it got."""
    chance, lock = random.Random(seed), threading.Lock()
    heard = [0]

    def handle(request: Request) -> Response:
        with lock:
            kind = chance.choice(["fine", "fine", "busy", "odd", "refused"])
            heard[0] += size(request)
        if kind == "busy":
            return Response("", 503)
        if kind == "refused":
            return Response("", 422)
        if name == "libretranslate":
            text = "" if kind == "odd" else korean(request.get_json()["q"])
            return page(name, text)
        entries = [
            {"id": one["id"], "text": korean(one["text"])} for one in segments(request)
        ]
        words = json.dumps({"translations": entries}, ensure_ascii=False)
        words = words[: len(words) // 2] if kind == "odd" else words
        with lock:
            heard[0] += len(words)
        return said(words)

    def size(request: Request) -> int:
        body: dict[str, Any] = request.get_json()
        if name == "libretranslate":
            return len(body["q"])
        return sum(len(one["content"]) for one in body["messages"])

    server.expect_request(re.compile(".*")).respond_with_handler(handle)
    hasty = Patience(connect=5, answer=5, tries=3, first_wait=0.001, longest_wait=0.01)
    url = server.url_for("/") if name == "libretranslate" else server.url_for("")
    model = {} if name == "libretranslate" else {"model": "m", "batch": 3}
    engine = get(name, settings={"url": url, **model}, environ={}, patience=hasty)
    allowed = 300 if name == "libretranslate" else 9000
    purse = Purse(allowed)
    wanted = [Wanted(f"t{n}", f"{TEXTS[n % 4]} {n}") for n in range(30)]
    got = [*draft(wanted, engine, KO, references={}, effort=Effort(3, purse))]
    assert len([one for one in got if not isinstance(one, Withdrawn)]) == 30
    assert purse.spent == heard[0] <= allowed
    assert heard[0] > 0


def test_a_redirect_is_paid_for(server: HTTPServer) -> None:
    """A text that is sent on to another address has left twice."""
    there = {"Location": server.url_for("/there")}
    server.expect_request("/").respond_with_data("", 302, there)
    server.expect_request("/there").respond_with_data(
        f'<div class="result-container">{korean(BOAT)}</div>', content_type="text/html"
    )
    engine = get("google", settings={"url": server.url_for("/")}, environ={})
    for allowed, sent in ((2 * len(BOAT), 2), (2 * len(BOAT) - 1, 1)):
        purse = Purse(allowed)
        [got] = draft(
            [Wanted("t", BOAT)], engine, KO, references={}, effort=Effort(1, purse)
        )
        assert isinstance(got, Draft) == (sent == 2)
        assert purse.spent == sent * len(BOAT)


# --- odd servers ------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["application/json; charset=ISO-8859-1", "text/plain; charset=latin-1", ""]
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n "])
@pytest.mark.parametrize("name", ["libretranslate", "mymemory", "openai"])
def test_json_is_utf8_whatever_it_says(
    server: HTTPServer, name: str, kind: str, mark: bytes
) -> None:
    """A mark of order before JSON, or a wrong word about its letters, does no harm."""
    entries = json.dumps({"translations": [{"id": 1, "text": "배"}]})
    good = said(entries) if name == "openai" else page(name, "배")
    told = json.dumps(json.loads(good.data), ensure_ascii=False).encode()
    server.expect_request(re.compile(".*")).respond_with_data(
        mark + told, content_type=kind
    )
    model = {"model": "m"} if name == "openai" else {}
    engine = get(name, settings={"url": server.url_for("/"), **model}, environ={})
    [got] = draft([Wanted("t", BOAT)], engine, KO, references={})
    assert isinstance(got, Draft | Failure)
    assert getattr(got, "target", got) == "배"
    assert len(server.log) == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_wants_a_password(
    server: HTTPServer, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It will want one for every text: it is asked once, and told in one line."""
    server.expect_request(re.compile(".*")).respond_with_data("", 407)
    monkeypatch.setenv(f"{scheme}_proxy", server.url_for(""))
    url = f"{scheme}://translate.example/m"
    engine = get("google", settings={"url": url, "per_minute": 0}, environ={})
    got = [*draft([Wanted(t, t) for t in TEXTS], engine, KO, references={})]
    assert {one.final for one in got if isinstance(one, Failure)} == {True}
    assert str(got[0].message).startswith(  # type: ignore[union-attr]
        "the proxy on the way to translate.example wants a password (407); a name and"
    )


@pytest.mark.parametrize(
    "words",
    [
        "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY. NEXT "
        "AVAILABLE IN 3 HOURS",
        "YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY",
    ],
)
@pytest.mark.parametrize("status", [200, 429, 403])
@pytest.mark.parametrize("place", ["translatedText", "responseDetails", "matches"])
def test_the_quota_of_mymemory(
    server: HTTPServer, words: str, status: int, place: str
) -> None:
    """Wherever MyMemory says that the quota is used up, the run ends at once."""
    data: dict[str, Any] = {"responseData": {"translatedText": ""}}
    if place == "translatedText":
        data["responseData"] = {"translatedText": words}
    elif place == "matches":
        data["matches"] = [{"translation": words}]
        status = 200
    else:
        data["responseDetails"] = words
    server.expect_request(re.compile(".*")).respond_with_json(data, status)
    engine = get("mymemory", settings={"url": server.url_for("/")}, environ={})
    wanted = [Wanted(text, text) for text in TEXTS]
    got = [*draft(wanted, engine, KO, references={})]
    assert len(server.log) == 1
    assert {one.message.split(";")[0] for one in got if isinstance(one, Failure)} == {
        "the quota of mymemory for today is used up"
    }
    assert issubclass(Unusable, Exception)
