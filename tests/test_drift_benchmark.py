"""The measure of lineage measures what it says: its edits are true, its marks just."""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.drift import reread, targets  # noqa: E402
from benchmarks.drift.generator import STRESS, YEAR, cases, load  # noqa: E402
from benchmarks.drift.language import (  # noqa: E402
    language,
    misspelt,
    sentences,
    words,
)
from benchmarks.drift.pages import chunks, text  # noqa: E402
from benchmarks.drift.scorer import Score, goals, score  # noqa: E402
from benchmarks.drift.speed import joined  # noqa: E402
from benchmarks.drift.systems import (  # noqa: E402
    Carried,
    Run,
    msgmerge,
    tflow,
)
from benchmarks.drift.truth import MOVED, SAME, Case, Origin, hidden  # noqa: E402
from translate_flow.article import parse  # noqa: E402
from translate_flow.model import Segment  # noqa: E402
from translate_flow.state import collapse  # noqa: E402

SUBJECTS = {
    "en": (
        "the harbour",
        "a schoolmaster",
        "the assembly",
        "our captain",
        "the island",
    ),
    "ko": ("항구에서", "선생님은", "의회가", "선장은", "섬사람들은"),
}
CLAUSES = {
    "en": (
        "counts the passengers who leave in the morning of that day",
        "keeps a list of the boats with more than 40 seats",
        "wrote to the ministry about the price of the tickets and nets",
        "reads the [timetable](https://example.org/boats/times) in the evening",
        "calls `ferry.depart()` and `ferry.arrive()` for the winter and summer season",
    ),
    "ko": (
        "아침에 떠나는 승객들의 수를 날마다 세고 있었다",
        "좌석이 40개가 넘는 배들의 목록을 오래 보관했다",
        "배표와 그물의 가격에 대하여 부처에 편지를 썼다",
        "저녁마다 [시간표](https://example.org/boats/times)를 읽는다",
        "겨울과 여름 동안에는 `ferry.depart()`를 부른다",
        "섬에 닿을 때를 `ferry.arrive()`에서 미리 안다",
    ),
}


def written(spoken: str, seed: int) -> str:
    """Return a page of five parts with paragraphs, a list, code and a repeated line."""
    dice = random.Random(f"{spoken} {seed}")

    def sentence() -> str:
        subject, clause = dice.choice(SUBJECTS[spoken]), dice.choice(CLAUSES[spoken])
        more = dice.choice(CLAUSES[spoken])
        link = {"en": " and ", "ko": " 그리고 "}[spoken]
        whole = f"{subject} {dice.randrange(100, 999)} {clause}{link}{more}."
        return whole[0].upper() + whole[1:]

    parts = [f"# {dice.choice(SUBJECTS[spoken])} {seed}"]
    for part in range(5):
        parts.append(f"## {dice.choice(SUBJECTS[spoken])} {part}")
        parts += (
            " ".join(sentence() for _ in range(dice.randint(1, 3))) for _ in "abc"
        )
        parts.append("\n".join(f"- {sentence()}" for _ in range(4)))
        parts.append("```\ncode\n```")
        parts.append({"en": "Wait for the boat.", "ko": "배를 기다린다."}[spoken])
    return "\n\n".join(parts) + "\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """Edited pages in both languages, with both profiles."""
    folder = tmp_path_factory.mktemp("pages")
    for spoken in SUBJECTS:
        for n in range(4):
            (folder / f"{spoken}{n}.md").write_text(written(spoken, n), "utf-8")
    corpora = load(sorted(folder.glob("*.md")), folder)
    assert list(corpora) == ["en", "ko"]
    return [
        case
        for corpus in corpora.values()
        for profile, seed in ((YEAR, 1), (STRESS, 2), (STRESS, 3))
        for case in cases(corpus, profile, seed)
    ]


def case(olds: list[str], news: list[tuple[str, str, tuple[int, ...]]]) -> Case:
    """Return a case of texts: new ones with their kinds and ancestors."""
    return Case(
        *("page.md", "en", "", ""),
        tuple(Segment(n, "paragraph", old, n) for n, old in enumerate(olds, 1)),
        tuple(Segment(n, "paragraph", new[0], n) for n, new in enumerate(news, 1)),
        tuple(Origin(ancestors, kind, new) for new, kind, ancestors in news),
    )


def judged(one: Case, *given: tuple[str, str]) -> Score:
    """Return the score of a system that gives these targets, shown so."""
    return score([one], Run("test", (tuple(Carried(*it) for it in given),), 0.0))


# --- the edits --------------------------------------------------------------


def test_edits_are_what_they_say(made: list[Case]) -> None:
    """What the parser sees in a new page is, text for text, what is told of it; texts
    that were kept, broken in two or joined are those of the old page."""
    assert len(made) == 24
    for one in made:
        seen = parse(one.new, name=one.name).segments
        assert [s.text for s in seen] == [s.text for s in one.news]
        halves: dict[tuple[int, ...], list[str]] = {}
        for segment, origin in zip(one.news, one.origins, strict=True):
            assert collapse(segment.text) == collapse(origin.text)
            was = " ".join(one.olds[i].text for i in origin.ancestors)
            if origin.kind in SAME | MOVED | {"merged"}:
                assert collapse(segment.text) == collapse(was)
            elif origin.kind == "split":
                halves.setdefault(origin.ancestors, []).append(segment.text)
            elif origin.kind != "inserted":
                assert collapse(segment.text) != collapse(was)
        for (parent,), texts in halves.items():
            assert len(texts) == 2
            assert " ".join(texts) == collapse(one.olds[parent].text)


def test_every_kind_of_edit_is_made(made: list[Case]) -> None:
    """A few pages are enough to see all kinds of edits that these pages allow."""
    seen = Counter(origin.kind for one in made for origin in one.origins)
    for kind in (
        *("unchanged", "repeated", "rewrapped", "level", "moved", "reordered"),
        *("typo mended", "typo made", "attributes", "link", "code", "number", "word"),
        *("sentence added", "sentence deleted", "moved and edited"),
        *("split", "merged", "rewrite", "inserted"),
    ):
        assert seen[kind], f"no {kind} in {seen}"


def test_a_seed_says_all(tmp_path: Path) -> None:
    """The same seed gives the same pages, another one others."""
    for n in range(3):
        (tmp_path / f"{n}.md").write_text(written("en", n), "utf-8")
    corpus = load(sorted(tmp_path.glob("*.md")), tmp_path)["en"]
    once, again, other = (
        [one.new for one in cases(corpus, YEAR, seed)] for seed in (7, 7, 8)
    )
    assert once == again
    assert once != other


def test_chunks_are_the_page() -> None:
    """Cutting a page into chunks and joining them gives the page, whatever stands in
    it; only what stands alone can be moved."""
    page = written("en", 1) + "\n::: note\n\nIn a box.\n\n:::\n\n> Quoted.\n"
    cut = chunks(parse(page, name="page.md"))
    assert text(cut) == page
    plain = [one for one in cut if one.kind != "other"]
    assert {one.kind for one in plain} == {"paragraph", "heading", "list"}
    told = [origin.text for one in plain for origin in one.origins]
    assert "In a box." not in told
    assert "Quoted." not in told


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("One is here. Two is **not. There** is three.", 2),
        ("See e.g. Bob. He knows (A. B.) all.", 2),
        ("배가 떠난다. 아무도 기다리지 않는다!", 2),
        ("Version 3.11 and `a. B` only", 1),
    ],
)
def test_sentences_are_cut_where_they_end(whole: str, parts: int) -> None:
    """Sentences joined are the text, and none ends inside markup, code or a number."""
    found = sentences(whole)
    assert "".join(found) == whole
    assert len(found) == parts


@pytest.mark.parametrize(("spoken", "word"), [("en", "harbour"), ("ko", "항구에서")])
def test_a_slip_makes_no_word(spoken: str, word: str) -> None:
    """A misspelt word is near the right one, and none that the pages know."""
    page = written(spoken, 1)
    assert language(page) == spoken
    known = {found[0].lower() for found in words(page)}
    for seed in range(50):
        bad = misspelt(word, random.Random(seed), known)
        assert bad is not None
        assert bad not in known
        assert abs(len(bad) - len(word)) <= 1


def test_targets_tell_whose_they_are(made: list[Case]) -> None:
    """Each sentence of a target names its segment; code and addresses are kept."""
    for one in made[:4]:
        for i, segment in enumerate(one.olds):
            target = targets.target(i, segment.text)
            assert targets.numbers(target) == (i,)
            assert target.count(f"⟦{i}⟧") == len(sentences(segment.text))
            assert hidden(target) == hidden(segment.text)


# --- the marks --------------------------------------------------------------


def test_what_is_right_wrong_and_lost() -> None:
    """A segment is right with its ancestor's translation, wrong with another one's,
    lost with none; one that was inserted is wrong with any."""
    one = case(
        ["Old a.", "Old b.", "Old c."],
        [
            ("New a.", "word", (0,)),
            ("New b.", "word", (1,)),
            ("New c.", "word", (2,)),
            ("Other.", "inserted", ()),
        ],
    )
    got = judged(
        one,
        ("⟦0⟧ x", "drifted"),
        ("⟦2⟧ x", "drifted"),
        ("", "none"),
        ("⟦1⟧ x", "proposal"),
    )
    told = got.tallies["word"]
    assert (told.right, told.wrong, told.lost, told.attached) == (1, 1, 2, 2)
    assert got.tallies["inserted"].wrong == 1
    assert "| 66.67 % |" in goals([got])


def test_nobody_can_tell_the_same_texts_apart() -> None:
    """The translation of a text that is the same as the ancestor's, or as the new
    segment's own, is right."""
    one = case(
        ["Same.", "Same.", "Other."],
        [
            ("Same.", "repeated", (0,)),
            ("Same again.", "word", (1,)),
            ("Other.", "word", (0,)),
        ],
    )
    given = ("⟦1⟧ x", "current"), ("⟦0⟧ x", "drifted"), ("⟦2⟧ x", "current")
    got = judged(one, *given)
    assert not got.misses


@pytest.mark.parametrize(
    ("target", "stale"),
    [
        ("⟦0⟧ 보라 [여기](https://b.org)", 0),
        ("⟦0⟧ 보라 [여기](https://a.org)", 1),
        ("⟦0⟧ 보라 여기", 1),
    ],
)
def test_an_address_must_be_carried(target: str, stale: int) -> None:
    """A target may be shown as current after its link changed only with the new
    address in it."""
    olds = ["See [here](https://a.org)."]
    one = case(olds, [("See [here](https://b.org).", "link", (0,))])
    assert judged(one, (target, "current")).tallies["link"].stale == stale
    assert judged(one, (target, "drifted")).tallies["link"].stale == 0


@pytest.mark.parametrize(
    ("kind", "new", "stale"),
    [
        ("word", "See there.", 1),
        ("split", "See.", 1),
        ("typo mended", "See hree.", 0),
        ("cosmetic", "“See here.”", 0),
        ("moved", "See here.", 0),
    ],
)
def test_what_may_stay_current(kind: str, new: str, stale: int) -> None:
    """Only an edit that changes no word, or mends one, leaves a target current."""
    one = case(["See here."], [(new, kind, (0,))])
    assert judged(one, ("⟦0⟧ x", "current")).tallies[kind].stale == stale


def test_splits_and_merges_count_as_families() -> None:
    """A split is found with both halves, a merge with both parents."""
    olds = ["One. Two.", "Three.", "Four."]
    one = case(
        olds,
        [("One.", "split", (0,)), ("Two.", "split", (0,)), ("34", "merged", (1, 2))],
    )
    first = ("⟦0⟧ x", "drifted")
    all_found = judged(one, first, first, ("⟦1⟧ x ⟦2⟧ y", "drifted"))
    assert all_found.families == {("split", True): 1, ("merged", True): 1}
    half = judged(one, first, ("", "none"), ("⟦2⟧ y", "drifted"))
    assert half.families == {("split", False): 1, ("merged", False): 1}


def test_a_misspelt_text_is_what_it_should_be() -> None:
    """The translation of a misspelt copy is as good as that of its twin, and only
    that of its twin."""
    one = case(["Wait.", "Wiat.", "Wit."], [("Wait now.", "word", (0,))])
    knowing = replace(one, meant={1: "Wait."})
    assert knowing.right(0) == {0, 1}
    assert one.right(0) == {0}


def test_shares_among_the_same_texts_are_fair() -> None:
    """Where a text is said more often than before, the translations that there are
    count for those who were there before, whoever got them."""
    one = case(
        ["Same.", "Other."],
        [
            ("Same.", "inserted", ()),
            ("Same.", "unchanged", (0,)),
            ("Same.", "word", (1,)),
        ],
    )
    got = judged(one, ("⟦0⟧ x", "current"), ("", "none"), ("", "none"))
    assert {kind: told.lost for kind, told in got.tallies.items()} == {
        "inserted": 0,
        "unchanged": 0,
        "word": 1,
    }


# --- the systems ------------------------------------------------------------


def test_we_show_nothing_stale(made: list[Case]) -> None:
    """On these pages our own sync keeps what did not change and shows nothing as
    current that is not."""
    got = score(made, tflow(made))
    stale = [miss for miss in got.misses if miss.what == "stale"]
    assert not stale, stale[:3]
    kept = got.of(SAME)
    assert kept.segments > 400
    assert kept.current >= 0.97 * kept.segments  # equal texts may be drafts


def test_msgmerge_gets_the_same_segments() -> None:
    """gettext keeps what is the same, flags what is near, and leaves out the rest."""
    near = "The boat leaves the harbour at nine in the morning."
    one = case(
        ["The boat leaves the harbour at eight in the morning.", "Wait."],
        [("Wait.", "moved", (1,)), (near, "word", (0,)), ("Nets.", "inserted", ())],
    )
    ((same, edited, fresh),) = msgmerge([one]).carried
    assert (same.shown, targets.numbers(same.target)) == ("current", (1,))
    assert (edited.shown, targets.numbers(edited.target)) == ("drifted", (0,))
    assert fresh.shown == "none"


def test_pages_are_joined_with_their_truth(made: list[Case]) -> None:
    """In an article made of pages every segment has the ancestors it had."""
    long = joined(made[:3], 10_000)
    told = [
        (long.news[j].text, [long.olds[i].text for i in origin.ancestors])
        for j, origin in enumerate(long.origins)
    ]
    assert told == [
        (one.news[j].text, [one.olds[i].text for i in origin.ancestors])
        for one in made[:3]
        for j, origin in enumerate(one.origins)
    ]


def test_changed_spans_count_their_longer_side() -> None:
    """Of each change as many words are read as stand on its longer side."""
    diff = (("=", "a "), ("-", "one two"), ("+", "three"), ("=", " b "), ("+", "c"))
    assert reread.changed(diff) == 3
    assert reread.changed((("=", "all the same"),)) == 0
