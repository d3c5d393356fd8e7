"""Drafts: every text gets an answer, what it lost is told, and no engine is flogged."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import Tflow, Write
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from servers import serving
from werkzeug import Request as Asked
from werkzeug import Response

from translate_flow.article import parse
from translate_flow.draft import Draft, Effort, Failure, Purse, Request, draft
from translate_flow.engines import Assignment, Passage, get
from translate_flow.engines.answers import Forgetful
from translate_flow.errors import EngineError, FlowError, Trouble, Unsupported, Unusable
from translate_flow.text.protect import Swap

REFERENCES = {"REF": ("/page", "")}
ROOT = Path(__file__).parent.parent
FILES = [
    ROOT / "translate_flow" / "sample" / "harbour.md",
    *sorted((ROOT / "sources").rglob("*.md")),
]
"""The articles that are here."""


@dataclass(frozen=True)
class Scripted:
    """An engine that does what a function says."""

    says: Callable[[str], Any]
    name: str = "scripted"
    remote: bool = False
    where: str = ""
    limit: int = 0
    batch: int = 1
    takes_terms: bool = False
    options: str = ""

    def characters(self, passages: Sequence[Passage], assignment: Assignment) -> int:
        """Return how long some passages are."""
        return sum(len(passage.text) for passage in passages)

    def translate(
        self, passages: Sequence[Passage], assignment: Assignment
    ) -> Sequence[Any]:
        """Return what the function says of each text, or raise it."""
        said = [self.says(passage.text) for passage in passages]
        for one in said:
            if isinstance(one, Exception):
                raise one
        return said


ENGLISH_KOREAN = Assignment("en", "ko")


def run(
    says: Callable[[str], Any],
    texts: Iterable[str],
    *,
    jobs: int = 1,
    source: str = "en",
    target: str = "ko",
    purse: Purse | None = None,
    **more: Any,
) -> dict[str, Draft | Failure]:
    """Return what came of texts, each named by itself.

    :param more: of the engine, or ``answers`` and ``fresh`` of the run.
    """
    requests = [Request(text, text) for text in texts]
    names = ("answers", "fresh")
    options = {name: more.pop(name) for name in names if name in more}
    answers = list(
        draft(
            requests,
            Scripted(says, **more),
            Assignment(source, target),
            references=REFERENCES,
            effort=Effort(jobs, purse or Purse()),
            **options,
        )
    )
    assert len(answers) == len(requests)
    return {answer.id: answer for answer in answers}


def one(says: Any, text: str, **languages: str) -> Draft | Failure:
    """Return what came of one text."""
    return run(lambda _: says, [text], **languages)[text]


# --- what becomes of one text -----------------------------------------------


def test_everything_is_back_in_its_place() -> None:
    """The engine sees words and placeholders, the draft has what they stand for."""
    seen: list[str] = []

    def says(text: str) -> str:
        seen.append(text)
        return "{1}문서{2} 에서 {3} 를 보라"

    [got] = run(says, ["In the [docs](/u), see `x`"]).values()
    assert seen == ["In the {1}docs{2}, see {3}"]
    assert got == Draft(got.id, "[문서](/u)에서 `x`를 보라")


def test_a_draft_that_lost_something_lands_with_a_finding() -> None:
    """A lost placeholder is never silent, and its draft is not thrown away."""
    got = one("문서를 보라", "See the [docs](/u).")
    assert isinstance(got, Draft)
    assert got.target == "문서를 보라"
    assert [f.message for f in got.findings] == ["link to /u is missing"]


def test_what_an_engine_makes_up_is_told() -> None:
    """An address that the source has not is a finding, one that is doubled is one."""
    got = one("https://e.org/x 를 {1} {1}", "See `x` now.")
    assert isinstance(got, Draft)
    assert [f.message for f in got.findings] == [
        "code `x` stands there twice",
        "address https://e.org/x is not in the source",
    ]


def test_text_without_words_is_not_asked_about() -> None:
    """What has nothing to translate is its own translation."""
    assert one(EngineError("asked"), "`x` 1 [^1]") == Draft("`x` 1 [^1]", "`x` 1 [^1]")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (None, "scripted gave no words back; translate it by hand"),
        ("", "scripted gave no words back; translate it by hand"),
        (" \n", "scripted gave no words back; translate it by hand"),
        ("{1}", "scripted gave no words back; translate it by hand"),
        (
            "<!DOCTYPE html><title>502</title>",
            "scripted answered with a web page, not with a translation",
        ),
        (
            "See {1}!",
            "scripted gave the text back as it was; if it should stay so, take it with "
            "tflow set",
        ),
    ],
)
def test_an_answer_beyond_use_is_no_draft(answer: Any, message: str) -> None:
    """Nothing, a page and an echo are failures."""
    assert one(answer, "See `x`.") == Failure("See `x`.", message)


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("FastAPI", "ko", "en"),
        ("독도", "en", "ko"),
        ("The boat", "en-US", "en-GB"),
    ],
)
def test_a_name_that_stays_is_no_echo(text: str, source: str, target: str) -> None:
    """Text that is in the target's letters already may come back as it was."""
    assert one(text, text, source=source, target=target) == Draft(text, text)


def test_what_nobody_sees_is_taken_out() -> None:
    """Invisible characters and line breaks of an engine do not reach the catalog."""
    got = one("\u200b배가\n\n떠난다\x00\ud800\ufeff.", "The boat leaves.")
    assert got == Draft(got.id, "배가 떠난다.")


def test_blanks_at_both_ends_stay() -> None:
    """Blanks inside what encloses a text are its own."""
    assert one("배", "<b> boat </b>") == Draft("<b> boat </b>", "<b> 배 </b>")


@given(st.text(max_size=40), st.sampled_from(["a `x` b", "a [b](/u) [ref] {c}"]))
def test_no_answer_breaks_us(answer: str, text: str) -> None:
    """Whatever an engine says, it is a draft or a failure."""
    got = one(answer, text)
    assert isinstance(got, Failure) or got.findings or "`x`" in got.target


# --- many texts -------------------------------------------------------------


def test_each_text_gets_its_own_answer() -> None:
    """Threads finish in any order and mix nothing up."""

    def says(text: str) -> str:
        time.sleep(0.01 if int(text.split()[1]) % 3 else 0)
        return text.replace("word", "낱말")

    got = run(says, [f"word {n} `c{n}`" for n in range(60)], jobs=8)
    for n in range(60):
        name = f"word {n} `c{n}`"
        assert got[name] == Draft(name, f"낱말 {n} `c{n}`")


def test_threads_work_side_by_side() -> None:
    """As many requests are under way as there are jobs, and no more."""
    together = threading.Barrier(4)
    busy: list[int] = []

    def says(text: str) -> str:
        busy.append(together.wait(5))
        return "가"

    run(says, [f"word {n}" for n in range(8)], jobs=4)
    assert len(busy) == 8


def test_one_that_fails_does_not_keep_the_others() -> None:
    """A text that the engine refuses is told, and the rest goes on."""
    got = run(
        lambda text: EngineError("too long") if "b" in text else "가",
        ["a", "b", "c", "bb", "d", "bbb", "e"],
    )
    assert {name for name in got if isinstance(got[name], Failure)} == {
        "b",
        "bb",
        "bbb",
    }


def test_trouble_now_and_then_is_borne() -> None:
    """An engine that answers in between is not given up."""
    got = run(
        lambda text: Trouble("busy") if int(text.split()[1]) % 3 else "가",
        [f"word {n}" for n in range(30)],
    )
    assert sum(isinstance(answer, Draft) for answer in got.values()) == 10


@pytest.mark.parametrize(("tried", "most"), [(True, 3), (False, 9)])
def test_an_engine_in_trouble_is_not_flogged(tried: bool, most: int) -> None:
    """After three troubles in a row that stayed, or nine bad answers, nothing more is
    asked, and the rest fails with the reason."""
    asked: list[str] = []

    def says(text: str) -> EngineError:
        asked.append(text)
        error = Trouble("no such host")
        error.tried = tried
        return error

    got = run(says, [f"word {n}" for n in range(100)])
    assert len(asked) == most
    assert {answer.message for answer in got.values()} == {"no such host"}  # type: ignore[union-attr]
    assert [answer.final for answer in got.values()][-1] is True  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("error", "final"), [(Unusable("key refused"), True), (Unsupported("tlh"), False)]
)
def test_an_unusable_engine_is_asked_once(error: EngineError, final: bool) -> None:
    """A refused key or an unknown language will be so for all texts; another language
    may be known."""
    asked: list[str] = []

    def says(text: str) -> EngineError:
        asked.append(text)
        time.sleep(0.01)
        return error

    got = run(says, [f"word {n}" for n in range(100)], jobs=4)
    assert len(asked) <= 8
    assert {answer.final for answer in got.values()} == {final}  # type: ignore[union-attr]


def test_what_has_come_is_not_thrown_away() -> None:
    """A draft that was under way when the engine was given up is a draft if it comes
    before the rest is told."""
    free = threading.Event()

    def says(text: str) -> Any:
        if text == "bad":
            return Unusable("quota gone")
        free.wait(5)
        return "가"

    requests = [Request(text, text) for text in ("slow", "bad", "c", "d")]
    answers = draft(
        requests, Scripted(says), ENGLISH_KOREAN, references={}, effort=Effort(2)
    )
    assert next(answers) == Failure("bad", "quota gone", final=True)
    free.set()
    time.sleep(0.2)
    assert list(answers) == [
        Draft("slow", "가"),
        Failure("c", "quota gone", final=True),
        Failure("d", "quota gone", final=True),
    ]


def test_our_own_mistakes_are_not_the_engines() -> None:
    """An error that is no engine's comes out as it is."""
    with pytest.raises(ZeroDivisionError):
        run(lambda text: 1 / 0, ["word"])


def test_closing_lets_go_at_once() -> None:
    """Who has seen enough does not wait for what is under way, and nothing new is
    asked."""
    asked: list[str] = []
    free = threading.Event()

    def says(text: str) -> str:
        asked.append(text)
        if len(asked) > 1:
            free.wait(5)
        return "가"

    requests = [Request(f"word {n}", f"word {n}") for n in range(50)]
    answers = draft(
        requests, Scripted(says), ENGLISH_KOREAN, references={}, effort=Effort(2)
    )
    assert isinstance(next(answers), Draft)
    began = time.monotonic()
    answers.close()
    assert time.monotonic() - began < 1
    free.set()
    time.sleep(0.05)
    assert len(asked) <= 4


def test_the_program_ends_while_an_engine_hangs() -> None:
    """A request under way does not keep the program from ending."""
    code = """
import time
from translate_flow.draft import Effort, Request, draft
from translate_flow.engines import Assignment

class Hanging:
    name, remote, where, limit, batch = "x", False, "", 0, 1
    takes_terms, options = False, ""
    def characters(self, passages, assignment):
        return 1
    def translate(self, passages, assignment):
        if passages[0].text == "first":
            return ["가"]
        time.sleep(60)

texts = [Request(t, t) for t in ("first", "b", "c")]
languages = Assignment("en", "ko")
answers = draft(texts, Hanging(), languages, references={}, effort=Effort(3))
print(next(answers).target)
raise KeyboardInterrupt
"""
    command = [sys.executable, "-X", "utf8", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert done.stdout == "가\n"
    assert "KeyboardInterrupt" in done.stderr


def test_nothing_to_draft() -> None:
    """No request, no answer."""
    assert run(lambda text: "가", []) == {}


# --- what answers are worth -------------------------------------------------


@pytest.mark.parametrize(
    ("text", "answer", "message"),
    [
        (
            "The minister resigned.",
            "Le ministre a démissionné.",
            "scripted answered in another language than ko",
        ),
        (
            "The minister, who had served for nine years under three presidents, "
            "resigned on Tuesday after a vote that nobody had expected.",
            "장관은",
            "scripted gave back a part only: 3 letters for 103",
        ),
        (
            "He left.",
            "그는 떠났다. " * 40,
            "scripted gave far more than was asked: 200 letters for 6",
        ),
    ],
)
def test_what_is_no_translation_is_no_draft(
    text: str, answer: str, message: str
) -> None:
    """Another language, a part, and a loop are failures."""
    got = one(answer, text)
    assert isinstance(got, Failure)
    assert got.message.startswith(message)


def test_an_answer_in_korean_is_no_english() -> None:
    """Of a Korean text that comes back in other Korean words there is no draft."""
    got = one("장관은 어제 물러났다.", "장관이 사퇴했다.", source="ko", target="en")
    assert isinstance(got, Failure)


def test_a_name_may_stay_and_is_told() -> None:
    """A heading of nothing but names may come back as it was: a draft, with a word
    about it."""
    got = one("GitHub Actions", "GitHub Actions")
    assert isinstance(got, Draft)
    assert [found.check for found in got.findings] == ["draft-echo"]


# --- in company, and never twice --------------------------------------------


def test_several_texts_go_in_one_request() -> None:
    """An engine that takes several gets so many, and no more characters than it
    takes."""
    sizes: list[int] = []

    class Batching(Scripted):
        def translate(
            self, passages: Sequence[Passage], assignment: Assignment
        ) -> Sequence[Any]:
            sizes.append(len(passages))
            assert sum(len(passage.text) for passage in passages) <= 40
            return super().translate(passages, assignment)

    texts = [f"word number {n:02}" for n in range(20)]
    made = Batching(lambda text: text.replace("word", "낱말"), batch=4, limit=40)
    requests = [Request(text, text) for text in texts]
    answers = list(draft(requests, made, ENGLISH_KOREAN, references={}))
    assert sorted(answers, key=str) == [
        Draft(text, text.replace("word", "낱말")) for text in texts
    ]
    assert sizes == [2] * 10


def test_one_bad_text_does_not_spoil_its_company() -> None:
    """Of a request that is refused, each text is asked about alone."""
    got = run(
        lambda text: EngineError("too odd") if "7" in text else "가",
        [f"word {n}" for n in range(10)],
        batch=5,
    )
    assert [n for n, answer in got.items() if isinstance(answer, Failure)] == ["word 7"]


def test_a_wrong_number_of_answers_is_none() -> None:
    """An engine that mixes up what belongs to what gives no draft, unless it does
    better with each text alone."""

    class Short(Scripted):
        def translate(
            self, passages: Sequence[Passage], assignment: Assignment
        ) -> Sequence[Any]:
            return ["가"] * max(1, len(passages) - 1)

    requests = [Request(f"w{n}", f"word {n}") for n in range(4)]
    answers = draft(requests, Short(print, batch=4), ENGLISH_KOREAN, references={})
    assert {answer.id for answer in answers if isinstance(answer, Draft)} == {
        "w0", "w1", "w2", "w3",
    }  # fmt: skip


def test_the_same_text_is_asked_once() -> None:
    """Cells of a table that say the same are one question, and known answers none."""
    asked: list[str] = []

    def says(text: str) -> str:
        asked.append(text)
        return "예"

    answers = Forgetful()
    requests = [Request(str(n), "Yes") for n in range(5)]
    for _ in range(2):
        got = list(
            draft(
                requests,
                Scripted(says),
                ENGLISH_KOREAN,
                references={},
                answers=answers,
            )
        )
        assert got == [Draft(str(n), "예") for n in range(5)]
    assert asked == ["Yes"]
    run(says, ["Yes"], answers=answers, options="formal")
    run(says, ["Yes"], answers=answers, name="other")
    run(says, ["Yes"], answers=answers, fresh=True)
    run(says, ["Yes"], answers=answers, source="fr")
    assert len(asked) == 5


def test_a_bad_answer_is_not_kept() -> None:
    """What is no translation is asked for again the next time."""
    answers = Forgetful()
    assert isinstance(run(lambda _: "", ["Yes"], answers=answers)["Yes"], Failure)
    assert isinstance(run(lambda _: "예", ["Yes"], answers=answers)["Yes"], Draft)


def test_the_purse_is_never_overdrawn() -> None:
    """Beyond the characters that may be sent, nothing is; the rest says so."""
    asked: list[str] = []

    def says(text: str) -> str:
        asked.append(text)
        return "가"

    purse = Purse(30)
    got = run(says, [f"word {n}" for n in range(10)], purse=purse, jobs=3)
    assert sum(map(len, asked)) == purse.spent == 30
    left = [answer for answer in got.values() if isinstance(answer, Failure)]
    assert len(left) == 5
    assert {answer.final for answer in left} == {False}
    assert left[0].message == (
        "it is beyond the 30 characters that may be sent; allow more with "
        "--max-characters, or run it again"
    )


def test_who_has_patience_gets_his_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that is down for a while is left alone, then asked again."""
    monkeypatch.setattr("translate_flow.draft.asking.FIRST_REST", 0.2)
    down_until = time.monotonic() + 0.5
    asked: list[float] = []

    def says(text: str) -> Any:
        asked.append(time.monotonic())
        return Trouble("down") if time.monotonic() < down_until else "가"

    requests = [Request(f"w{n}", f"word {n}") for n in range(30)]
    answers = draft(
        requests,
        Scripted(says),
        ENGLISH_KOREAN,
        references={},
        effort=Effort(2, patience=5),
    )
    assert all(isinstance(answer, Draft) for answer in answers)
    assert sum(at < down_until for at in asked) < 25


# --- settled words ----------------------------------------------------------


def test_a_name_goes_untouched_and_its_particle_fits() -> None:
    """Words of the glossary do not reach the engine; the particle that it wrote behind
    a number is put right."""
    seen: list[str] = []

    def says(text: str) -> str:
        seen.append(text)
        return "{1}는 {2}을 만났다."

    text = "President Park met Kim Jong-un."
    swaps = (Swap(0, 14, "박 대통령"), Swap(19, 30, "김정은"))
    requests = [Request("x", text, swaps=swaps)]
    [got] = draft(requests, Scripted(says), ENGLISH_KOREAN, references={})
    assert seen == ["{1} met {2}."]
    assert got == Draft("x", "박 대통령은 김정은을 만났다.")
    [heeded] = draft(
        requests,
        Scripted(says, takes_terms=True),
        ENGLISH_KOREAN,
        references={},
    )
    assert seen[-1] == text
    assert isinstance(heeded, Draft)


def test_a_lost_name_is_told() -> None:
    """A settled word that an engine drops is a finding."""
    requests = [Request("x", "Kim met us.", swaps=(Swap(0, 3, "김 씨"),))]
    [got] = draft(
        requests, Scripted(lambda _: "우리를 만났다."), ENGLISH_KOREAN, references={}
    )
    assert isinstance(got, Draft)
    assert [found.message for found in got.findings] == ["term Kim is missing"]


# --- pseudo drafts ----------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_pseudo_drafts_fit_every_segment(path: Path) -> None:
    """The pseudo engine loses nothing, and each article takes its drafts."""
    article = parse(path.read_text("utf-8"), name=path.name)
    source = str(article.meta.get("lang", "en"))
    target = "en" if source == "ko" else "ko"
    answers = draft(
        [Request(str(segment.n), segment.text) for segment in article.segments],
        get("pseudo", settings={}, environ={}),
        Assignment(source, target),
        references=article.references,
        effort=Effort(2),
    )
    drafts = {}
    for answer in answers:
        assert isinstance(answer, Draft), answer
        assert answer.findings == ()
        drafts[int(answer.id)] = answer.target
    assert all(re.search("⟦", text) for text in drafts.values())
    assert article.render(lambda segment: drafts[segment.n])


@given(st.text(st.sampled_from("ab1. #>-+*`|=~:<[]()\\\n{}!$&_"), max_size=30))
@settings(max_examples=300)
def test_pseudo_drafts_open_no_block(text: str) -> None:
    """The pseudo engine's text stays the block that it is drafted for."""
    article = parse(f"A {text}\n", name="a.md")
    made = get("pseudo", settings={}, environ={})
    for segment in article.segments:
        [answer] = draft(
            [Request("x", segment.text)],
            made,
            ENGLISH_KOREAN,
            references=article.references,
        )
        assert isinstance(answer, Draft)
        article.validate(segment, answer.target)


# --- the command ------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    """A server for one test: what is still under way after a test reaches no other."""
    with serving() as made:
        yield made


def served(write: Write, server: HTTPServer) -> None:
    """Point LibreTranslate at our server."""
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\nsource_language = "en"\n'
        f'[engines.libretranslate]\nurl = "{server.url_for("/")}"\n',
    )


def test_drafts_come_from_a_server(
    project: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """A draft run over real HTTP lands, with findings for what got lost."""
    served(write, server)
    write("sources/boat.md", "The `boat` leaves.\n\nSee the [docs](/u).\n")

    def handle(request: Asked) -> Response:
        text = request.get_json()["q"]
        if "docs" in text:
            return Response('{"translatedText": "문서를 보라."}')
        return Response('{"translatedText": "{1} 가 떠난다."}')

    server.expect_request("/translate").respond_with_handler(handle)
    words = ("draft", "boat", "--engine", "libretranslate")
    done = tflow(*words, "--json").json
    assert (done["drafted"], done["failed"]) == (2, [])
    assert [f["message"] for f in done["findings"]] == ["link to /u is missing"]
    units = tflow("show", "boat", "--json").json["units"]
    assert [unit["target"] for unit in units] == ["`boat`가 떠난다.", "문서를 보라."]
    assert [unit["state"] for unit in units] == ["draft", "draft"]


def test_a_dead_server_is_told_once(
    project: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """A refused key ends the run for all articles in one line, and exit code 1."""
    served(write, server)
    write("sources/other.md", "One.\n\nTwo.\n")
    server.expect_request("/translate").respond_with_data(
        '{"error": "Invalid API key"}', status=403
    )
    done = tflow("draft", "--all", "--engine", "libretranslate", code=1)
    [line] = [text for text in done.err.splitlines() if "no draft for" in text]
    assert line.endswith(
        " and 1 more: libretranslate refuses to translate (403: Invalid API key)"
    )
    assert len(server.log) <= 4


def test_an_interrupted_run_keeps_what_came(
    project: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """Ctrl-C ends a run at once, though a server hangs; drafts that came are saved."""
    served(write, server)
    free = threading.Event()

    def handle(request: Asked) -> Response:
        if "boat" not in request.get_json()["q"]:
            free.wait(20)
        return Response('{"translatedText": "배"}')

    server.expect_request("/translate").respond_with_handler(handle)
    code = "from translate_flow.cli import main; raise SystemExit(main())"
    words = ["draft", "boat", "--engine", "libretranslate"]
    run = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stderr=subprocess.PIPE,
        text=True,
        # who runs the tests may ignore the signal, and would leave that to this one
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    while len(server.log) < 2:
        time.sleep(0.02)
    time.sleep(0.3)
    run.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, said = run.communicate(timeout=60)
    free.set()
    assert time.monotonic() - began < 15, "it waited for the server"
    assert run.returncode == 130, said
    states = [unit["state"] for unit in tflow("show", "boat", "--json").json["units"]]
    assert states == ["draft", "untranslated", "draft", "untranslated"]


def test_the_key_is_read_from_the_environment(
    project: Path,
    tflow: Tflow,
    write: Write,
    server: HTTPServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The key goes to the server and nowhere else."""
    served(write, server)
    monkeypatch.setenv("LIBRETRANSLATE_API_KEY", "s3cr3t")
    server.expect_request("/translate").respond_with_data("s3cr3t", status=400)
    done = tflow("draft", "boat", "--engine", "libretranslate", code=1)
    assert server.log[0][0].get_json()["api_key"] == "s3cr3t"
    assert "s3cr3t" not in done.out + done.err
    for path in project.rglob("*"):
        assert not path.is_file() or b"s3cr3t" not in path.read_bytes()


def test_a_setting_that_is_none(project: Path, tflow: Tflow, write: Write) -> None:
    """A mistyped setting of an engine is told with those there are."""
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\n[engines.google]\nulr = "x"\n',
    )
    done = tflow("draft", "boat", "--engine", "google", code=2)
    assert done.err == (
        "error: translate_flow.toml:4: unknown setting engines.google.ulr; known: url, "
        "timeout, per_minute, price\n"
    )


def test_an_error_is_a_flow_error() -> None:
    """Faces catch the failures of engines with all others."""
    assert issubclass(Trouble, FlowError)
    assert issubclass(Unusable, EngineError)
