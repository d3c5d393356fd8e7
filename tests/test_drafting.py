"""``draft`` as a user runs it: memory first, nothing paid twice, nothing sent that may
not be, nobody's text replaced."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Tflow, Write
from pytest_httpserver import HTTPServer
from servers import serving
from werkzeug import Request, Response

SECRET = "s3cr3t/key+0"


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    """A LibreTranslate that answers each text with its letters counted, in Korean."""
    with serving() as made:
        made.expect_request("/translate").respond_with_handler(counting)
        yield made


def counting(request: Request) -> Response:
    """Return a Korean text that tells which one was asked for."""
    text = request.get_json()["q"]
    body = json.dumps({"translatedText": f"번역 {len(text)} {text[:3]}"})
    return Response(body, content_type="application/json")


def served(
    write: Write, server: HTTPServer, more: str = "", remote: bool = False
) -> None:
    """Make a project whose LibreTranslate is our server.

    :param remote: let it look like another computer.
    """
    url = server.url_for("/")
    if remote:
        url = url.replace("localhost", "127.0.0.1.nip.example")
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\nsource_language = "en"\n'
        f'[draft]\nengine = "libretranslate"\n{more}'
        f'[engines.libretranslate]\nurl = "{url}"\nprice = 20\n',
    )


def texts(tflow: Tflow, slug: str) -> list[str]:
    """Return the targets of an article."""
    return [unit["target"] for unit in tflow("show", slug, "--json").json["units"]]


def test_findings_of_drafts_are_told(project: Path, tflow: Tflow, write: Write) -> None:
    """What an engine put into its texts that nobody asked for is said as they land."""
    body = json.dumps({"translatedText": "# 배는\u00ad 떠난다"})
    with serving() as server:
        server.expect_request("/translate").respond_with_data(
            body, content_type="application/json"
        )
        served(write, server)
        told = tflow("draft", "boat:3", "--engine", "libretranslate").err
    assert "boat:3 (ko): # begins a line, but none of the source" in told
    assert "boat:3 (ko): U+00AD (soft hyphen) is in the translation" in told


# --- the memory -------------------------------------------------------------


def test_what_was_translated_before_is_not_sent(
    project: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """A text that people have translated elsewhere comes from the memory, as a draft
    that says so; the engine gets the rest."""
    served(write, server)
    tflow("set", "boat:3", "배는 9시에 떠난다.", "--by", "Mina")
    write("sources/notice.md", "The boat leaves at 9.\n\nBring a coat.\n")
    done = tflow("draft", "notice", "--json").json
    assert (done["drafted"], done["from_memory"], done["sent"]) == (2, 1, 1)
    assert [r.get_json()["q"] for r, _ in server.log] == ["Bring a coat."]
    first, second = tflow("show", "notice", "--json").json["units"]
    assert first["target"] == "배는 9시에 떠난다."
    assert first["state"] == second["state"] == "draft"
    assert (first["mark"]["origin"], first["mark"]["conf"]) == ("memory", "1")
    assert second["mark"]["origin"] == "libretranslate"


def test_the_memory_alone(project: Path, tflow: Tflow, write: Write) -> None:
    """With --engine memory no engine is asked; what it does not have stays open."""
    tflow("set", "boat:3", "배는 9시에 떠난다.", "--by", "Mina")
    write("sources/notice.md", "The boat leaves at 9.\n\nBring a coat.\n")
    done = tflow("draft", "notice", "--engine", "memory")
    assert done.out.startswith("drafted 1 of 2 segments from the memory")
    assert texts(tflow, "notice") == ["배는 9시에 떠난다.", ""]


def test_a_machines_text_from_the_memory_stays_one(
    project: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """What somebody took unread, and the memory gives back elsewhere, is still text of
    the machine that wrote it."""
    served(write, server)
    tflow("draft", "boat:3")
    tflow("accept", "boat:3", "--unread")
    write("sources/notice.md", "The boat leaves at 9.\n")
    tflow("draft", "notice", "--engine", "memory")
    (unit,) = tflow("show", "notice", "--json").json["units"]
    assert (unit["state"], unit["mark"]["origin"]) == ("draft", "libretranslate")


def test_korean_essays_remember_english_ones(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """What was translated from English helps with Korean, too."""
    tflow("set", "boat:3", "배는 9시에 떠난다.", "--by", "Mina")
    write("sources/안내.md", "---\nlang: ko\n---\n\n배는 9시에 떠난다.\n")
    tflow("draft", "안내", "--engine", "memory")
    assert texts(tflow, "안내") == ["The boat leaves at 9."]


# --- never twice, never more than allowed -----------------------------------


def test_an_undone_run_costs_nothing_the_second_time(
    project: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """Answers are kept: after undo, or for the same text elsewhere, nothing is sent."""
    served(write, server)
    tflow("draft", "boat")
    asked = len(server.log)
    first = texts(tflow, "boat")
    tflow("undo")
    planned = tflow("draft", "boat", "--dry-run").out
    assert planned == (
        "4 segments to draft; 4 for which nothing need be sent; "
        "libretranslate would be asked for 0, 0 characters\n"
    )
    done = tflow("draft", "boat", "--json").json
    assert (done["drafted"], done["sent"], done["characters"]) == (4, 0, 0)
    assert texts(tflow, "boat") == first
    assert len(server.log) == asked
    tflow("undo")
    assert tflow("draft", "boat", "--fresh", "--json").json["sent"] == 4
    assert len(server.log) == 2 * asked


def test_a_dry_run_tells_the_price(
    project: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """Before anything is sent one can know how much, and what it costs."""
    served(write, server)
    write("sources/long.md", "A sentence of some length. " * 40 + "\n")
    done = tflow("draft", "--all", "--dry-run", "--json").json
    assert server.log == []
    assert not (project / "translations").exists()
    assert done["requested"] == done["sent"] == 5
    assert done["cost"] == pytest.approx(done["characters"] * 20e-6)
    assert "at the engine's price)" in tflow("draft", "--all", "--dry-run").out


def test_a_budget_is_kept(
    project: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """No more is sent than allowed; the rest is told, and goes the next time."""
    served(write, server, "jobs = 1\n")
    done = tflow("draft", "boat", "--max-characters", "30", code=1)
    assert "beyond the 30 characters" in done.err
    sent = [r.get_json()["q"] for r, _ in server.log]
    assert 0 < sum(map(len, sent)) <= 30
    tflow("draft", "boat")
    assert all(texts(tflow, "boat"))
    asked = [r.get_json()["q"] for r, _ in server.log]
    assert len(asked) == len(set(asked))


# --- whose text it is -------------------------------------------------------


def test_redraft_replaces_what_nobody_touched(
    project: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """Of four drafts one is accepted, one edited elsewhere, one flagged: --redraft
    replaces the fourth alone, and plain draft none."""
    served(write, server)
    tflow("draft", "boat", "--engine", "pseudo")
    before = texts(tflow, "boat")
    tflow("accept", "boat:1", "--by", "Mina")
    po = project / "translations/ko/boat.po"
    po.write_text(po.read_text().replace(before[2], "손본 글"))
    tflow("sync")
    assert tflow("draft", "boat", "--json").json["requested"] == 0
    done = tflow("draft", "boat", "--redraft", "--json").json
    assert done["requested"] == done["drafted"] == 2
    after = texts(tflow, "boat")
    assert after[0] == before[0]
    assert after[2] == "손본 글"
    assert after[1].startswith("번역")
    assert after[3].startswith("번역")


def test_taken_unread_text_stays_labelled(
    project: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """Machine text taken in bulk needs a word, and everybody can see it afterwards: in
    status, in the mark, in the colophon. Edited text is told apart."""
    served(write, server)
    tflow("draft", "boat")
    tflow("accept", "boat", "--by", "Mina", code=2)
    tflow("set", "boat:4", f"{texts(tflow, 'boat')[3]}!", "--by", "Mina")
    tflow("accept", "boat", "--unread", "--by", "Mina")
    [article] = tflow("status", "--json").json["articles"]
    assert article["made"] == {"unedited": 3, "edited": 1}
    assert "3 a machine's, taken unchanged" in tflow("status", "boat").out
    tflow("export", "boat", "--format", "html", "--release")
    page = (project / "editions/boat.en-ko.html").read_text()
    assert "고치지 않고 받아들인 기계 번역 3개" in page
    assert "사람이 고친 기계 번역 1개" in page
    assert "Machine texts edited by people: 1" in page


# --- what may not leave -----------------------------------------------------


def test_the_first_use_of_a_host_is_asked_about(
    project: Path,
    tflow: Tflow,
    write: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody's text goes to another computer before somebody said so, once for each
    project and host; the answer is not in the project."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LIBRETRANSLATE_API_KEY", SECRET)
    monkeypatch.setenv("LIBRETRANSLATE_URL", "https://translate.invalid/")
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\n'
        '[engines.libretranslate]\nurl = "https://translate.invalid/"\ntimeout = 0.5\n',
    )
    words = ("draft", "boat", "--engine", "libretranslate")
    done = tflow(*words, code=2)
    assert "4 texts" in done.err
    assert "of this project to translate.invalid, with the key in" in done.err
    assert "--yes" in done.err
    assert not list(tmp_path.glob("state/**/*.tsv"))
    tflow(*words, "--dry-run")
    asked = tflow(*words, "--yes", code=1)
    assert "of this project to" not in asked.err
    assert "of this project to" not in tflow(*words, code=1).err
    [file] = tmp_path.glob("state/**/*.tsv")
    assert "translate.invalid" in file.read_text()
    assert SECRET not in file.read_text() + done.err


def test_a_confidential_article_stays(
    project: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """No remote engine gets a confidential article, not even with --yes; an engine on
    this computer does."""
    write("sources/secret.md", "---\nconfidential: true\n---\n\nThey will resign.\n")
    done = tflow("draft", "secret", "--engine", "google", "--yes", code=2)
    assert "confidential; google would send it away" in done.err
    served(write, server)
    tflow("draft", "secret")
    assert texts(tflow, "secret") == ["번역 17 The"]


def test_a_confidential_article_among_others(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """It does not keep the others from being drafted, and still gets what the memory
    has."""
    tflow("set", "boat:3", "배는 9시에 떠난다.", "--by", "Mina")
    write(
        "sources/secret.md",
        "---\nconfidential: true\n---\n\nThe boat leaves at 9.\n\nKim goes.\n",
    )
    done = tflow("draft", "--all", "--engine", "google", "--dry-run")
    assert "left secret out: confidential; google would send it away" in done.err
    assert "google would be asked for 3, 37 characters" in done.out
    tflow("draft", "secret", "boat:3", "--engine", "google", "--yes")
    assert texts(tflow, "secret") == ["배는 9시에 떠난다.", ""]


def test_a_confidential_translation_is_no_example(
    project: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """What people made of a confidential article does not go along to another computer
    when a text like it is drafted; to a server on this one it does."""
    from translate_flow.engines import get
    from translate_flow.flow.helping import Help

    write(
        "sources/secret.md", "---\nconfidential: true\n---\n\nKim will resign soon.\n"
    )
    write("sources/open.md", "Kim will resign now.\n")
    tflow("set", "secret:1", "김 씨는 곧 물러난다.", "--by", "Mina")
    tflow("sync")
    workspace = _workspace(project)
    [translation] = _translations(workspace, "open")
    for url, wanted in (("http://far.example/v1", 0), ("http://127.0.0.1:1/v1", 1)):
        made = get("openai", settings={"url": url, "model": "m"}, environ={})
        request = Help(workspace).request(translation, 0, made)
        assert len(request.examples) == wanted


def _workspace(project: Path):  # type: ignore[no-untyped-def]
    from translate_flow.flow.workspace import Workspace
    from translate_flow.history.git import Git
    from translate_flow.project import load

    return Workspace(load(project), "2026-11-24", {}, Git(project))


def _translations(workspace, slug: str):  # type: ignore[no-untyped-def]
    from translate_flow.flow.translations import translations
    from translate_flow.flow.workspace import chosen

    [spot] = chosen(workspace.project, [slug])
    return list(translations(workspace, spot.file))


# --- keys -------------------------------------------------------------------


def test_no_key_is_anywhere(
    project: Path,
    tflow: Tflow,
    write: Write,
    server: HTTPServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """After a run that worked and one that failed, the key is in no output, log, cache
    or catalog."""
    caplog.set_level(logging.DEBUG)
    served(write, server)
    monkeypatch.setenv("LIBRETRANSLATE_API_KEY", SECRET)
    done = tflow("draft", "boat")
    assert server.log[0][0].get_json()["api_key"] == SECRET
    server.clear()
    server.expect_request("/translate").respond_with_data(
        json.dumps({"error": f"bad key {SECRET}"}), status=400
    )
    write("sources/more.md", "Another text.\n")
    failed = tflow("draft", "more", code=1)
    told = done.out + done.err + failed.out + failed.err
    told += "".join(record.getMessage() for record in caplog.records)
    assert "s3cr3t" not in told
    for path in project.rglob("*"):
        assert not path.is_file() or b"s3cr3t" not in path.read_bytes(), path


# --- the glossary -----------------------------------------------------------


def test_names_of_the_glossary_are_kept_from_the_engine(
    project: Path, tflow: Tflow, write: Write, server: HTTPServer
) -> None:
    """A name that is settled goes as a number and comes back as it is in Korean, with
    the particle that fits."""
    served(write, server)
    write(
        "translations/glossary.csv",
        "en,ko,status,reading,type,note\n"
        "Park Geun-hye,박근혜 대통령,preferred,,name,\n",
    )
    write("sources/visit.md", "Park Geun-hye's visit ended.\n\nPark Geun-hye left.\n")

    def handle(request: Request) -> Response:
        text = request.get_json()["q"]
        assert "Park" not in text
        korean = "{1}는 떠났다." if "left" in text else "{1}의 방문이 끝났다."
        return Response(json.dumps({"translatedText": korean}))

    server.clear()
    server.expect_request("/translate").respond_with_handler(handle)
    tflow("draft", "visit")
    assert texts(tflow, "visit") == [
        "박근혜 대통령의 방문이 끝났다.",
        "박근혜 대통령은 떠났다.",
    ]
