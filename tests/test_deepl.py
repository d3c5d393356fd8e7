"""DeepL is asked as its documentation wants, and keeps the glossary of a project."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from servers import (
    KO,
    SECRET,
    Answer,
    failure,
    given,
    made,
    passages,
    serve,
    translating,
)
from werkzeug import Request, Response

from translate_flow.engines import Assignment, Passage
from translate_flow.engines import get as get_engine
from translate_flow.engines.deepl.glossaries import entries, named
from translate_flow.engines.deepl.tags import tagged, untagged
from translate_flow.errors import EngineError, Trouble, Unsupported, Unusable, Useless

TERMS = (("boat", "배"), ("harbour", "항구"))
WITH_TERMS = Assignment("en-GB", "ko-KR", glossary=TERMS)


def asked(server: HTTPServer) -> list[dict[str, Any]]:
    """Return the translations that a server was asked for."""
    requests = (request for request, _ in server.log)
    return [r.get_json() for r in requests if r.path == "/v2/translate"]


# --- what is sent -----------------------------------------------------------


def test_a_passage_goes_with_its_neighbours(server: HTTPServer) -> None:
    """Title and neighbours are its context; what is not asked for is not sent."""
    engine = serve(server, "deepl", translating("deepl"))
    passage = Passage("It & {1} leaves.", above="The boat.", below="At 9.")
    assert [*engine.translate([passage], KO)] == ["IT & {1} LEAVES."]
    assert asked(server) == [
        {
            "text": ['It &amp; <x id="1"/> leaves.'],
            "source_lang": "EN",
            "target_lang": "KO",
            "context": "Harbour\n\nThe boat.\n\nAt 9.",
            "tag_handling": "xml",
            "tag_handling_version": "v2",
            "split_sentences": "nonewlines",
            "preserve_formatting": True,
        }
    ]
    assert engine.batch == 1


def test_many_passages_go_without(server: HTTPServer) -> None:
    """Without context fifty texts are one request, fewer if they are long."""
    engine = serve(server, "deepl", translating("deepl"), context=False)
    assert engine.batch == 50
    texts = [f"text {n}" for n in range(50)]
    assert [*engine.translate(passages(*texts), KO)] == [t.upper() for t in texts]
    assert len(asked(server)) == 1
    assert "context" not in asked(server)[0]
    server.clear()
    engine = serve(server, "deepl", translating("deepl"), context=False)
    texts = [f"배가 {n} <" * 800 for n in range(50)]
    assert [*engine.translate(passages(*texts), KO)] == texts
    assert len(asked(server)) > 5


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("en", "ko", ("EN", "KO")), ("en-GB", "ko-KR", ("EN", "KO")),
        ("ko", "en", ("KO", "EN-US")), ("ko", "en-GB", ("KO", "EN-GB")),
        ("ko", "en-AU", ("KO", "EN-US")), ("pt-BR", "zh", ("PT", "ZH-HANS")),
        ("zh-Hant-TW", "pt", ("ZH", "PT-PT")), ("nn", "zh-TW", ("NB", "ZH-HANT")),
        ("ja", "es-MX", ("JA", "ES")),
    ],
)  # fmt: skip
def test_languages(
    server: HTTPServer, source: str, target: str, pair: tuple[str, str]
) -> None:
    """Sources have no country; English as a target must have one."""
    engine = serve(server, "deepl", translating("deepl"))
    engine.translate(passages("boat"), Assignment(source, target))
    body = asked(server)[0]
    assert (body["source_lang"], body["target_lang"]) == pair


def test_the_server_by_the_key() -> None:
    """Keys of the free server end in :fx; both names of the variable will do."""
    for key, host in ((SECRET, "api.deepl.com"), ("k3y:fx", "api-free.deepl.com")):
        engine = get_engine("deepl", settings={}, environ={"DEEPL_AUTH_KEY": key})
        assert engine.where == host


def test_what_answers_depend_on() -> None:
    """Other settings are another question."""
    url = "http://127.0.0.1:1"
    wishes = ({}, {"formality": "less"}, {"context": False}, {"glossary": False})
    assert len({made("deepl", url, **wish).options for wish in wishes}) == 4
    assert made("deepl", url).takes_terms
    assert not made("deepl", url, glossary=False).takes_terms


# --- what it says -----------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "message", "kind", "says"),
    [
        (456, "Quota Exceeded", Unusable, "the quota of deepl is used up (456: Quot"),
        (403, "", Unusable, "deepl refuses the key (403)"),
        (400, "'formality' is not supported for given 'target_lang'.", Unusable,
         "deepl has no formality in this language (400: 'formality' is not"),
        (400, "Value for 'target_lang' not supported.", Unsupported,
         "deepl cannot translate between these languages (400: Value for"),
        (400, "Tag handling parsing failed", Useless, "deepl refused this text"),
        (413, "", Useless, "deepl refused this text (413)"),
        (404, "", Unusable, "deepl is not at 127.0.0.1:"),
    ],
)  # fmt: skip
def test_refusals(
    server: HTTPServer, status: int, message: str, kind: type[EngineError], says: str
) -> None:
    """What DeepL means is told in its own words, with what to do."""
    wish = {"formality": "more"} if "formality" in message else {}
    refusal = given({"message": message} if message else {}, status)
    error = failure(serve(server, "deepl", refusal, **wish))
    assert type(error) is kind
    assert str(error).startswith(says)
    assert error.hint or kind is Useless
    assert len(server.log) == 1


# --- placeholders -----------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}"))


@for_all(st.lists(st.one_of(WORDS, st.integers(1, 999).map(lambda n: f"{{{n}}}"))))
def test_placeholders_as_xml(pieces: list[str]) -> None:
    """What goes out is XML that holds the words and an element for each placeholder,
    and comes back as it was."""
    text = "".join(pieces)
    sent = tagged(text)
    root = ElementTree.fromstring(f"<text>{sent}</text>")
    assert "".join(root.itertext()) == re.sub(r"\{\d+\}", "", text).replace(
        "\ufffe", " "
    ).replace("\uffff", " ")
    ids = [element.get("id") for element in root]
    assert ids == re.findall(r"\{(\d+)\}", text)
    assert untagged(sent) == text.replace("\ufffe", " ").replace("\uffff", " ")


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("<x id='2'></x> a", "{2} a"), ('a< x  id = "1" /> b', "a{1} b"),
        ('<x id="1">단어</x>', "{1}단어"), ('<x id="1"/><x id="1"/>', "{1}{1}"),
        ("&lt;x id=&quot;1&quot;/&gt;", '<x id="1"/>'), ("&amp;amp;&#39;", "&amp;'"),
        ("&#x27;&apos;", "''"),
        ("&nbsp;&#0;&#xD800;&#9999999;<b>", "&nbsp;&#0;&#xD800;&#9999999;<b>"),
    ],
)  # fmt: skip
def test_what_servers_make_of_it(answer: str, text: str) -> None:
    """An element may come back in two parts or with words in it; what is strange stays
    as it is."""
    assert untagged(answer) == text


def test_what_xml_cannot_hold() -> None:
    """Control characters and halves of characters go as blanks."""
    assert tagged("a\x0bb\ud800c") == "a b c"


# --- glossaries -------------------------------------------------------------


class Account:
    """An account with glossaries, and a translator that needs them."""

    def __init__(self) -> None:
        self.shelf: list[dict[str, str]] = [{"name": "mine", "glossary_id": "g-mine"}]
        self.made: list[dict[str, Any]] = []
        self.after: list[Answer] = []
        """What the next creations answer after they are done."""

        self._lock = threading.Lock()

    def __call__(self, request: Request) -> Response:
        assert request.headers["Authorization"] == f"DeepL-Auth-Key {SECRET}"
        if request.path == "/v2/translate":
            wanted = request.get_json()["glossary_id"]
            if wanted not in [one["glossary_id"] for one in self.shelf]:
                return given({"message": "Glossary not found"}, 404)
            return translating("deepl")(request)
        assert request.path == "/v3/glossaries"
        if request.method == "GET":
            return given({"glossaries": self.shelf})
        with self._lock:
            body = request.get_json()
            self.made.append(body)
            new = {"name": body["name"], "glossary_id": f"g-{len(self.made)}"}
            self.shelf.append(new)
            answer = self.after.pop(0) if self.after else given(new, 201)
        return answer if isinstance(answer, Response) else answer(request)


def test_a_glossary_is_made_once(server: HTTPServer) -> None:
    """Eight threads, and another run after them, use one glossary."""
    account = Account()
    engine = serve(server, "deepl", account)
    with ThreadPoolExecutor(8) as pool:
        jobs = [
            pool.submit(engine.translate, passages(f"boat {n}"), WITH_TERMS)
            for n in range(24)
        ]
        assert [[*job.result()] for job in jobs] == [[f"BOAT {n}"] for n in range(24)]
    again = made("deepl", server.url_for("/"))
    assert [*again.translate(passages("boat"), WITH_TERMS)] == ["BOAT"]
    assert account.made == [
        {
            "name": named("boat\t배\nharbour\t항구", ("en", "ko")),
            "dictionaries": [
                {
                    "source_lang": "en",
                    "target_lang": "ko",
                    "entries": "boat\t배\nharbour\t항구",
                    "entries_format": "tsv",
                }
            ],
        }
    ]
    assert re.fullmatch(r"tflow [0-9a-f]{16} en-ko", account.made[0]["name"])


def test_each_content_has_its_glossary(server: HTTPServer) -> None:
    """Other terms and the other direction are other glossaries; no terms are none."""
    account = Account()
    engine = serve(server, "deepl", account)
    back = Assignment("ko", "en-GB", glossary=tuple((b, a) for a, b in TERMS))
    for assignment in (WITH_TERMS, Assignment("en", "ko", glossary=TERMS[:1]), back):
        engine.translate(passages("boat"), assignment)
    assert [body["name"][-5:] for body in account.made] == ["en-ko", "en-ko", "ko-en"]
    assert len({body["name"] for body in account.made}) == 3
    bare = made("deepl", server.url_for("/"), glossary=False)
    server.clear()
    server.expect_request("/v2/translate").respond_with_handler(translating("deepl"))
    engine.translate(passages("boat"), KO)
    bare.translate(passages("boat"), WITH_TERMS)
    assert ["glossary_id" in body for body in asked(server)] == [False, False]


@pytest.mark.parametrize("answer", [Response("", 500), Response("<html>"), given({})])
def test_a_glossary_that_was_made_unheard(server: HTTPServer, answer: Response) -> None:
    """If no good answer comes it is looked for, not made a second time."""
    account = Account()
    account.after = [answer]
    engine = serve(server, "deepl", account)
    assert [*engine.translate(passages("boat"), WITH_TERMS)] == ["BOAT"]
    assert len(account.made) == 1


def test_a_glossary_that_is_gone(server: HTTPServer) -> None:
    """If somebody has deleted it, it is made again."""
    account = Account()
    engine = serve(server, "deepl", account)
    engine.translate(passages("boat"), WITH_TERMS)
    account.shelf.clear()
    assert [*engine.translate(passages("boat"), WITH_TERMS)] == ["BOAT"]
    assert len(account.made) == 2


@pytest.mark.parametrize("status", [400, 404, 413, 456])
def test_an_account_that_keeps_no_glossary(server: HTTPServer, status: int) -> None:
    """Nothing is translated, and paid, without the terms; how to go without is told."""
    account = Account()

    def answer(request: Request) -> Response:
        if request.method == "POST":
            return given({"message": "Too many glossaries"}, status)
        return account(request)

    engine = serve(server, "deepl", answer)
    with pytest.raises(Unusable) as caught:
        engine.translate(passages("boat"), WITH_TERMS)
    assert str(caught.value) == (
        f"deepl does not keep our glossary ({status}: Too many glossaries); glossary = "
        "false in [engines.deepl] goes without: terms are then put in by tflow"
    )
    assert not asked(server)


@pytest.mark.parametrize("shelf", [given({}), given([]), Response("<html>")])
def test_a_list_of_glossaries_that_is_none(server: HTTPServer, shelf: Response) -> None:
    """What is no list of glossaries does not make us add to them."""
    engine = serve(server, "deepl", shelf)
    with pytest.raises(Trouble, match="deepl gave "):
        engine.translate(passages("boat"), WITH_TERMS)
    assert [request.method for request, _ in server.log] == ["GET"]


def test_terms_that_deepl_would_refuse() -> None:
    """Only whole terms go, each source once, the first one wins."""
    terms = (
        (" boat ", "배"), ("boat", "보트"), ("a\tb", "c"), ("", "x"), ("x", " "),
        ("line\nbreak", "x"), ("long", "가" * 342), ("fine", "가" * 341),
    )  # fmt: skip
    assert entries(terms) == f"boat\t배\nfine\t{'가' * 341}"
