"""``tflow engines`` says what can be used and where texts go; its doctor tries it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Tflow, Write
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from translate_flow.engines import ENGINES, Patience
from translate_flow.errors import FlowError
from translate_flow.flow.engines import SENTENCES, made, tried
from translate_flow.project import Project, load

SECRET = "s3cr3t/key+0"
KOREAN = {
    SENTENCES["en"]: "{1}섬{2}으로 가는 막배는 아홉 시에 떠난다.",
    SENTENCES["ko"]: "The last boat to the {1}island{2} leaves at nine.",
}
Configure = Callable[[str], Project]


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody's own keys and servers be found."""
    for kind in ENGINES.values():
        for key in kind.keys:
            monkeypatch.delenv(key, raising=False)
    for key in ("LIBRETRANSLATE_URL", "OPENAI_BASE_URL", "DEEPL_SERVER_URL"):
        monkeypatch.delenv(key, raising=False)


@pytest.fixture
def configure(project: Path, write: Write) -> Configure:
    """Add lines to the project's settings."""

    def put(lines: str) -> Project:
        settings = (project / "translate_flow.toml").read_text()
        write("translate_flow.toml", f"{settings}\n{lines}\n")
        return load(Path())

    return put


def answering(server: HTTPServer, say: Callable[[str], str]) -> None:
    """Let a server answer as LibreTranslate does."""

    def handle(request: Request) -> Response:
        from json import dumps

        body = dumps({"translatedText": say(request.get_json()["q"])})
        return Response(body, content_type="application/json")

    server.expect_request("/translate").respond_with_handler(handle)


def of(done: Any, name: str) -> Any:
    """Return what a document says of an engine."""
    return next(one for one in done.json["engines"] if one["name"] == name)


# --- the list ---------------------------------------------------------------


def test_outside_of_projects(folder: Path, tflow: Tflow) -> None:
    """Engines are listed where there is no project, as they are by themselves."""
    done = tflow("engines", "--json")
    assert [one["name"] for one in done.json["engines"]] == list(ENGINES)
    assert of(done, "google") == {
        "name": "google", "ready": True, "why": "", "where": "translate.google.com",
        "remote": True, "limit": 4999, "batch": 1, "per_minute": 300, "price": 0.0,
        "keys": [], "default": True,
    }  # fmt: skip
    pseudo = of(done, "pseudo")
    assert (pseudo["where"], pseudo["remote"], pseudo["limit"]) == ("", False, 0)
    assert [one["name"] for one in done.json["engines"] if one["default"]] == ["google"]


def test_a_missing_key_is_named(folder: Path, tflow: Tflow) -> None:
    """An engine without its key says which one it wants, and where it would send texts
    if it had it."""
    done = tflow("engines", "--json")
    missing = of(done, "libretranslate")
    assert not missing["ready"]
    assert "LIBRETRANSLATE_API_KEY is not set" in missing["why"]
    assert missing["where"] == "libretranslate.com"
    assert missing["limit"] == 2000
    assert missing["price"] is None
    assert missing["keys"] == [{"name": "LIBRETRANSLATE_API_KEY", "found": False}]
    for kind in ENGINES.values():
        told = of(done, kind.name)
        assert [key["name"] for key in told["keys"]] == list(kind.keys)
        assert (
            told["ready"]
            or any(key in told["why"] for key in kind.keys)
            or (kind.name == "openai")
        )


def test_a_key_is_found_and_not_shown(
    folder: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a variable holds is not told, only that it holds something."""
    for kind in ENGINES.values():
        for key in kind.keys:
            monkeypatch.setenv(key, SECRET)
    document, listed = tflow("engines", "--json"), tflow("engines")
    for done in (document, listed):
        assert "s3cr3t" not in done.out + done.err
    found = [key["found"] for one in document.json["engines"] for key in one["keys"]]
    assert found
    assert all(found)
    assert "LIBRETRANSLATE_API_KEY found" in listed.out
    assert of(document, "libretranslate")["ready"]


def test_the_project_says_what_holds(configure: Configure, tflow: Tflow) -> None:
    """Settings count: the default, prices, limits, and where an own server is."""
    configure(
        '[draft]\nengine = "libretranslate"\n'
        "[engines.google]\nprice = 2.5\nper_minute = 60\n"
        '[engines.libretranslate]\nurl = "http://127.0.0.1:5000"'
    )
    done = tflow("engines", "--json")
    assert (of(done, "google")["price"], of(done, "google")["per_minute"]) == (2.5, 60)
    own = of(done, "libretranslate")
    assert own["ready"]
    assert own["default"]
    assert not own["remote"]
    assert (own["where"], own["price"]) == ("127.0.0.1:5000", 0.0)
    assert not of(done, "google")["default"]


def test_as_people_read_it(
    configure: Configure, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line says ready or not and where texts go, the next one limits and price, and
    a third what is missing; all within the screen."""
    monkeypatch.setenv("COLUMNS", "80")
    configure("[engines.google]\nprice = 12.5")
    out = tflow("engines").out
    lines = out.splitlines()
    google = next(n for n, line in enumerate(lines) if line.startswith("google"))
    assert lines[google].split() == ["google", "ready", "translate.google.com"]
    assert lines[google + 1].split(" · ") == [
        "  4,999 characters a request", "300 requests a minute",
        "12.5 a million characters",
    ]  # fmt: skip
    assert lines[google + 2] == "    default"
    assert re.search(r"^pseudo +ready +this computer\n  free$", out, re.M)
    assert re.search(r"^libretranslate +not ready +libretranslate\.com$", out, re.M)
    assert max(map(len, lines)) <= 80


def test_a_wrong_setting_is_told_with_its_line(
    configure: Configure, tflow: Tflow
) -> None:
    """An engine that its settings spoil says where; the others are ready."""
    configure('[engines.google]\nprice = 3\nper_minute = "60"')
    done = tflow("engines", "--json")
    why = of(done, "google")["why"]
    assert why.startswith("translate_flow.toml:7: engines.google.per_minute: must be a")
    assert of(done, "mymemory")["ready"]


def test_an_engine_is_made_with_its_line(configure: Configure) -> None:
    """Whoever makes an engine of a project gets errors that name the line."""
    project = configure('[engines.mymemory]\nemial = "m@example.org"')
    with pytest.raises(FlowError) as caught:
        made(project, {}, "mymemory")
    assert str(caught.value).startswith(
        "translate_flow.toml:6: unknown setting engines.mymemory.emial; known: url, "
    )


def test_settings_that_cannot_be_read(
    project: Path, write: Write, tflow: Tflow
) -> None:
    """A project whose settings are broken is not passed over in silence."""
    write("translate_flow.toml", "[project\n")
    assert "translate_flow.toml:1: " in tflow("engines", code=2).err
    assert "no translate_flow.toml there" in (
        tflow("engines", "--project", "nowhere", code=2).err
    )


def test_one_word_and_two(folder: Path, tflow: Tflow) -> None:
    """The list is the word alone; what is no member of its family is refused."""
    assert "Examples:\n    tflow engines " in tflow("engines", "--help").out
    assert "doctor  Send a sentence" in tflow("engines", "--help").out
    done = tflow("engines", "docter", code=2)
    assert "did you mean 'doctor'" in done.err.lower()


# --- the doctor -------------------------------------------------------------


def test_the_doctor_outside_of_projects(folder: Path, tflow: Tflow) -> None:
    """Without a project a sentence goes from English to Korean."""
    done = tflow("engines", "doctor", "pseudo")
    first, second = done.out.splitlines()
    assert re.fullmatch(r"pseudo  en→ko  fine  0\.\d s  placeholders kept", first)
    assert second.startswith("  ⟦ko⟧ ")


def test_the_doctor_goes_both_ways(
    configure: Configure, tflow: Tflow, httpserver: HTTPServer
) -> None:
    """In a project a sentence goes in both directions of its languages."""
    answering(httpserver, KOREAN.__getitem__)
    configure(f'[engines.libretranslate]\nurl = "{httpserver.url_for("/")}"')
    done = tflow("engines", "doctor", "libretranslate", "--json")
    there, back = done.json["tried"]
    assert (there["source"], there["target"]) == ("en", "ko")
    assert (back["source"], back["target"]) == ("ko", "en")
    assert there["answer"] == KOREAN[there["sent"]]
    assert there["placeholders_kept"]
    assert there["error"] == ""
    assert there["seconds"] >= 0


def test_lost_placeholders_are_told(
    configure: Configure, tflow: Tflow, httpserver: HTTPServer
) -> None:
    """A translation without its placeholders is one, but the doctor has seen it."""
    answering(httpserver, lambda text: re.sub(r"\{\d\}", "", KOREAN[text]))
    configure(f'[engines.libretranslate]\nurl = "{httpserver.url_for("/")}"')
    done = tflow("engines", "doctor", "libretranslate")
    assert "en→ko  fine" in done.out
    assert done.out.count("placeholders lost") == 2


@pytest.mark.parametrize(
    ("say", "why", "times"),
    [
        (lambda text: text, "libretranslate gave the text back as it was", 2),
        (lambda text: "… ", "libretranslate gave no words back", 2),
        (lambda text: "<html><body>Hello</body></html>", "answered with a web page", 1),
    ],
)
def test_what_is_no_translation_is_a_failure(
    configure: Configure,
    tflow: Tflow,
    httpserver: HTTPServer,
    say: Callable[[str], str],
    why: str,
    times: int,
) -> None:
    """An answer that no draft could be made of fails as it would there."""
    answering(httpserver, say)
    configure(f'[engines.libretranslate]\nurl = "{httpserver.url_for("/")}"')
    done = tflow("engines", "doctor", "libretranslate", code=1)
    assert "en→ko  failed" in done.out
    assert done.out.count(why) == times


def test_a_server_in_trouble_is_told_once(
    configure: Configure, tflow: Tflow, httpserver: HTTPServer
) -> None:
    """Where the first sentence meets trouble, the second is not sent."""
    httpserver.expect_request("/translate").respond_with_json({"error": "no"}, 403)
    configure(f'[engines.libretranslate]\nurl = "{httpserver.url_for("/")}"')
    done = tflow("engines", "doctor", "libretranslate", "pseudo", "--json", code=1)
    assert [one["name"] for one in done.json["tried"]] == [
        "libretranslate", "pseudo", "pseudo",
    ]  # fmt: skip
    assert done.json["tried"][0]["error"] == (
        "libretranslate refuses to translate (403: no)"
    )
    assert len(httpserver.log) == 1


def test_an_engine_that_is_not_ready_fails(folder: Path, tflow: Tflow) -> None:
    """Whoever names an engine without a key is told what is missing."""
    done = tflow("engines", "doctor", "libretranslate", code=1)
    assert done.out.startswith("libretranslate  failed\n")
    assert "LIBRETRANSLATE_API_KEY is not set" in done.out


def test_an_engine_that_is_none(folder: Path, tflow: Tflow) -> None:
    """A mistyped name is answered with the nearest, before anything is sent."""
    done = tflow("engines", "doctor", "pseudo", "gogle", code=2)
    assert done.out == ""
    assert "unknown engine 'gogle'; did you mean google? engines are " in done.err


def test_remote_engines_are_asked_about(
    configure: Configure, tflow: Tflow, httpserver: HTTPServer
) -> None:
    """Nothing is sent away before somebody says yes, or --yes says it."""
    page = '<div class="result-container">{1}섬{2}으로 가는 배</div>'
    httpserver.expect_request("/m").respond_with_data(page, content_type="text/html")
    configure(f'[engines.google]\nurl = "{httpserver.url_for("/m")}"')
    done = tflow("engines", "doctor", "google", code=2)
    host = f"localhost:{httpserver.port}"
    assert f"google sends a sentence of ours to {host}; say --yes" in done.err
    assert httpserver.log == []
    done = tflow("engines", "doctor", "google", "--yes", code=1)
    assert "google  en→ko  fine" in done.out
    assert "google  ko→en  failed" in done.out
    assert len(httpserver.log) == 2


def test_who_says_no_is_heard(configure: Configure, httpserver: HTTPServer) -> None:
    """An engine that is not allowed is skipped; those on this computer need not ask.
    All that are ready are tried if none is named."""
    asked: list[str] = []
    url = httpserver.url_for("/")
    project = configure(
        f'[engines.google]\nurl = "{url}"\n[engines.mymemory]\nurl = "{url}"'
    )

    def no(question: str) -> bool:
        asked.append(question)
        return False

    found = list(tried(project, {}, (), allow=no))
    assert [one.name for one in found if one.skipped] == ["google", "mymemory"]
    assert [one.name for one in found if one.answer] == ["pseudo", "pseudo"]
    assert [question.split()[0] for question in asked] == ["google", "mymemory"]
    assert httpserver.log == []


def test_the_question_names_the_key(httpserver: HTTPServer) -> None:
    """Who is asked hears which key would go along, by the name of its variable."""
    asked: list[str] = []
    environ = {"LIBRETRANSLATE_API_KEY": SECRET}
    [one] = tried(
        None,
        environ,
        ["libretranslate"],
        allow=lambda question: bool(asked.append(question)),
        patience=Patience(tries=1),
    )
    assert one.skipped
    assert asked == [
        "libretranslate sends a sentence of ours to libretranslate.com, with the key "
        "in LIBRETRANSLATE_API_KEY"
    ]


@pytest.mark.parametrize(
    ("name", "settings", "environ", "named"),
    [
        ("openai", 'url = "http://0.0.0.0:9/"', ["OPENAI_API_KEY"], ""),
        ("openai", 'url = "https://elsewhere.example/v1"', ["OPENAI_API_KEY"], ""),
        ("openai", "", ["OPENAI_API_KEY"], "OPENAI_API_KEY"),
        ("deepl", "", ["DEEPL_API_KEY", "DEEPL_AUTH_KEY"], "DEEPL_API_KEY"),
        ("deepl", "", ["DEEPL_AUTH_KEY"], "DEEPL_AUTH_KEY"),
    ],
)
def test_the_question_names_the_key_that_is_sent(
    configure: Configure, name: str, settings: str, environ: list[str], named: str
) -> None:
    """Who is asked hears of no key that stays at home: one for another server, or the
    second of two."""
    asked: list[str] = []
    model = '\nmodel = "m"' if name == "openai" else ""
    [one] = tried(
        configure(f"[engines.{name}]\n{settings}{model}"),
        dict.fromkeys(environ, SECRET),
        [name],
        allow=lambda question: bool(asked.append(question)),
        patience=Patience(tries=1),
    )
    assert one.skipped
    [question] = asked
    assert question.partition(", with the key in ")[2] == named


@pytest.mark.parametrize(
    ("languages", "pairs"),
    [
        (["ko", "en-GB"], ["ko→en-GB", "en-GB→ko"]),
        (["de", "ko-KR", "en"], ["ko-KR→de"]),
        (["de", "fr"], ["en→de"]),
    ],
)
def test_other_languages(
    write: Write, tflow: Tflow, languages: list[str], pairs: list[str]
) -> None:
    """There is a sentence in English and one in Korean; into other languages those are
    translated."""
    write("translate_flow.toml", f"[project]\nlanguages = {languages}\n")
    done = tflow("engines", "doctor", "pseudo")
    assert re.findall(r"\S+→\S+", done.out) == pairs
