"""What an edit of the source's constructs does to a translation by itself."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from random import Random
from time import process_time

import pytest

from translate_flow.drift import KEPT, carried, classify
from translate_flow.drift.parts import fenced, taken_apart

LEFT = None
"""What is left to a person."""


def done(before: str, after: str, target: str) -> str | None:
    """Return what sync would make of a target."""
    korean = any("가" <= letter <= "힣" for letter in before)
    found = classify(before, after, "ko" if korean else "en")
    return carried(before, after, target, found)


@pytest.mark.parametrize(
    ("before", "after", "target", "wanted"),
    [
        ('See <a href="/a">it</a>.', 'See <a href="/b">it</a>.',
         '<a href="/a">그것</a>을 보라.', '<a href="/b">그것</a>을 보라.'),
        ('<a href="">Chat</a>', '<a href="/c">Chat</a>',
         '<a href="">대화</a>', '<a href="/c">대화</a>'),
        ('<img src="/a.png" alt="A cat"> x', '<img src="/b.png" alt="A cat"> x',
         '<img src="/a.png" alt="고양이"> 엑', '<img src="/b.png" alt="고양이"> 엑'),
        ('<Foo a="x">One</Foo>', '<Bar a="x">One</Bar>',
         '<Foo a="x">하나</Foo>', '<Bar a="x">하나</Bar>'),
        ("A <b>big</b> one", "A <strong>big</strong> one",
         "<b>큰</b> 것", "<strong>큰</strong> 것"),
        ("A <b>big</b> one", "A **big** one", "<b>큰</b> 것", "**큰** 것"),
        ("A <Tip/> x", "A <Note/> x", "어 <Tip/> 엑스", "어 <Note/> 엑스"),
        ('Use <Foo to={"/a"} />', 'Use <Foo to={"/b"} />',
         '쓴다 <Foo to={"/a"} />', '쓴다 <Foo to={"/b"} />'),
        ("[x](/a) y", '<a href="/a">x</a> y', "[엑](/a) 와",
         '<a href="/a">엑</a> 와'),
        ("One.</li>", "One.", "하나.</li>", "하나."),
        ("One.", "One.<br>", "하나.", "하나.<br>"),
        ("One.", "One. <img src='/a'>", "하나.", "하나. <img src='/a'>"),
        ("One.", "One. <img src='/a' alt='A cat'>", "하나.", LEFT),
        ("Press Esc", "Press <kbd>Esc</kbd>", "Esc를", "<kbd>Esc</kbd>를"),
        ("<kbd>Esc</kbd>", "<samp>Esc</samp>", "<kbd>이에스시</kbd>",
         "<samp>이에스시</samp>"),
        ("-x <any>: it", "-x `<any>`: it", "-x <any>: 그것", "-x `<any>`: 그것"),
        ("-x `<any>`: it", "-x <any>: it", "-x `<any>`: 그것", "-x <any>: 그것"),
        ('<img alt="A cat"> x', '<img alt="A dog"> x', '<img alt="A cat"> 엑', LEFT),
        ("A <b>big</b> one", "A <i>big</i> one", "<b>큰</b> <b>것</b>", LEFT),
    ],
)  # fmt: skip
def test_tags(before: str, after: str, target: str, wanted: str | None) -> None:
    """Names of tags and what nobody reads in them are exchanged, at both ends; what is
    read in a translated tag stays."""
    assert done(before, after, target) == wanted


@pytest.mark.parametrize(
    ("before", "after", "target", "wanted"),
    [
        ("An *x* b", "An _x_ b", "*엑* 비", "_엑_ 비"),
        ("An *x* b", "An **x** b", "*엑*는 비", "**엑**는 비"),
        ("*x* and *y*", "_x_ and _y_", "*엑*, *와*", "_엑_, _와_"),
        ("It is all.", "**It is all.**", "다 그렇다.", "**다 그렇다.**"),
        ("**It is all.**", "It is all.", "**다 그렇다.**", "다 그렇다."),
        ("It is all.", "**It is all**.", "다 그렇다.", "**다 그렇다**."),
        ("The iOS team", "The *iOS* team", "iOS팀", "*iOS*팀"),
        ("The iOS team", "The _iOS_ team", "iOS팀", "*iOS*팀"),
        ("It *must* be.", "It must be.", "*반드시*.", "반드시."),
        ("Write it", "~~Write it~~", "쓰기", "~~쓰기~~"),
        ("~~Write it~~", "**Write it**", "~~쓰기~~", "**쓰기**"),
        ("iOS 팀", "*iOS* 팀", "The iOS team", "The *iOS* team"),
        # an underscore beside a letter is no emphasis
        ("An *x* b", "An _x_ b", "*엑*는 비", LEFT),
        ("*x* and *y*", "_x_ and *y*", "*엑*, *와*", LEFT),
        ("*x* and *y*", "_x_ and _y_", "*엑*, 와", LEFT),
        ("It must be.", "It *must* be.", "반드시.", LEFT),
        ("The iOS team", "The *iOS* team", "iOS팀의 iOS", LEFT),
        ("You are all.", "You *are* all.", "한 area", LEFT),
        ("a ==b== [c](/d)", "a b [c](/e)", "가 ==나== [다](/d)", LEFT),
    ],
)  # fmt: skip
def test_emphasis(before: str, after: str, target: str, wanted: str | None) -> None:
    """Emphasis is written anew, put round everything or round words that stand in the
    target as they are, and taken away; what is seen is what the source has."""
    assert done(before, after, target) == wanted


@pytest.mark.parametrize(
    ("before", "after", "target", "wanted"),
    [
        ("The useState hook", "The `useState` hook", "useState는 훅",
         "`useState`는 훅"),
        ("The `useState` hook", "The useState hook", "`useState`는 훅",
         "useState는 훅"),
        ("A `T` x", "A <code>T</code> x", "그 `T`는", "그 <code>T</code>는"),
        ("Run cargo, or `cargo x`.", "Run `cargo`, or `cargo x`.",
         "cargo나 `cargo x`를", "`cargo`나 `cargo x`를"),
        ("fn or fn", "`fn` or `fn`", "fn과 fn은", "`fn`과 `fn`은"),
        ("fn or fn", "`fn` or fn", "fn과 fn은", LEFT),
        ("The 'var' is", "The `var` is", "“var”는", "`var`는"),
        ("The 'var' is", "The `var` is", "var는", "`var`는"),
        ("The `var` is", "The 'var' is", "`var`는", LEFT),
        ("`f()`, `f()`", "`g()`, `g()`", "`f()`, `f()`를", "`g()`, `g()`를"),
        ("Use `a`, not `b`.", "Use `b`, not `a`.", "`b`가 아니라 `a`를",
         "`a`가 아니라 `b`를"),
        ("`f()` and `f()`", "`g()` and `g()`", "`f()`를", LEFT),
        ("`f()` and `f()`", "`g()` and `f()`", "`f()`와 `f()`", LEFT),
        ("`ref` is.", "`signal` is.", "`ref`는 ref다.", LEFT),
        ("A useState is.", "A `useState` is.", "useState는 useState다.", LEFT),
        ("`주제` 폴더", "`챕터` 폴더", "The `주제` folder", LEFT),
        ("`a` 폴더", "`b` 폴더", "The `a` folder", "The `b` folder"),
        ("if 문", "`if` 문", "An if statement", LEFT),
        ("snake_case 팀", "`snake_case` 팀", "The snake_case team",
         "The `snake_case` team"),
    ],
)  # fmt: skip
def test_code(before: str, after: str, target: str, wanted: str | None) -> None:
    """Words become code and code words where they stand in the target once; code that
    stands there several times is exchanged if all of it was, and no word is left."""
    assert done(before, after, target) == wanted


@pytest.mark.parametrize(
    ("before", "after", "target", "wanted"),
    [
        ("Ask Zulip now.", "Ask [Zulip](/z) now.", "Zulip에 물어라.",
         "[Zulip](/z)에 물어라."),
        ("Ask Zulip now.", "Ask [Zulip][z] now.", "Zulip에 물어라.",
         "[Zulip][z]에 물어라."),
        ("Ask [Zulip](/z) now.", "Ask Zulip now.", "[Zulip](/z)에 물어라.",
         "Zulip에 물어라."),
        ("Felix Klock", "[Felix Klock](/f)", "펠릭스", "[펠릭스](/f)"),
        ("**A b** by C", "**[A b](/a)** by C", "C의 **가 나**", "C의 **[가 나](/a)**"),
        ("See https://e.kr now", "See <https://e.kr> now", "https://e.kr에서",
         "<https://e.kr>에서"),
        ("See https://e.kr now", "See [https://e.kr](https://e.kr) now",
         "https://e.kr에서", "[https://e.kr](https://e.kr)에서"),
        ("[a](/a) [b](/a)", "[a](/b) [b](/b)", "[가](/a) [나](/a)",
         "[가](/b) [나](/b)"),
        ("A [x]( /a ) b", "A [x](/b) b", "가 [엑](/a)", "가 [엑](/b)"),
        ('A [x](/a "T") b', 'A [x](/b "T") b', '가 [엑](/a "티")', '가 [엑](/b "티")'),
        ("See [[page]]{it} x", "See [[other]]{it} x", "[[page]]{그것} 엑",
         "[[other]]{그것} 엑"),
        ("Ask on Zulip.", "Ask on [Zulip].", "Zulip에 물어라.", "[Zulip]에 물어라."),
        ("[Zulip](/z) is", "[Zulip] is", "[Zulip](/z)은", "[Zulip]은"),
        ("[the news] is", "[the news](/n) is", "[소식][the news]은", "[소식](/n)은"),
        ("[`a` on Zulip]", "[`b` on Zulip]", "[Zulip의 `a`][`a` on Zulip]",
         "[Zulip의 `b`][`b` on Zulip]"),
        ("[the news](/n) is", "[the news] is", "[소식](/n)은", LEFT),
        ("the news is", "[the news] is", "소식은", LEFT),
        ('A [x](/a "T") b', 'A [x](/b "U") b', '가 [엑](/a "티")', LEFT),
        ("Ask Zulip now.", "Ask [Zulip](/z) now.", "줄립에 물어라.", LEFT),
    ],
)  # fmt: skip
def test_links(before: str, after: str, target: str, wanted: str | None) -> None:
    """A link is put round words that stand in the target as they are, or round all of
    it; addresses are exchanged wherever they stand."""
    assert done(before, after, target) == wanted


@pytest.mark.parametrize(
    ("before", "after", "target", "wanted"),
    [
        ("It rose.", "It rose.[^1]", "올랐다.", "올랐다.[^1]"),
        ("It rose.", "It rose[^1].", "올랐다.", "올랐다[^1]."),
        ("Rose.[^1]", "Rose.", "올랐다.[^1]", "올랐다."),
        ("It[^1] rose.[^2]", "It rose.[^1]", "그것[^1]은 올랐다.[^2]",
         "그것은 올랐다.[^1]"),
        ("A {/*one*/} b", "A {/*two*/} b", "가 {/*one*/} 나", "가 {/*two*/} 나"),
        ("See `a` in [it](/a).", "See `b` in [*it*](/b).", "[그것](/a)의 `a`를 보라",
         "[*그것*](/b)의 `b`를 보라"),
        ("See teh [it](/a) and `a`.", "See the [it](/b) and `b`.",
         "[그것](/a)의 `a`를", "[그것](/b)의 `b`를"),
        ("The end", "The end[[the-end]]", "끝", "끝[[the-end]]"),
        ("The end[[end]]", "The end[[the-end]]", "끝[[end]]", "끝[[the-end]]"),
        ("See *it*, and iOS.", "See it, and `iOS`.", "*그것*과 iOS를 보라.",
         "그것과 `iOS`를 보라."),
        ("Teh recap { #a }", "The recap { #b }", "요약 { #a }", "요약 { #b }"),
        ("Run teh `go`.", "Run the `go.`", "`go`를 실행한다.", LEFT),
        ("It rose, he said.", "It rose,[^1] he said.", "올랐다고 한다.", LEFT),
        ("Rose.[^1]", "Rose.", "올랐다.", LEFT),
    ],
)  # fmt: skip
def test_notes_and_several_at_once(
    before: str, after: str, target: str, wanted: str | None
) -> None:
    """Marks of notes come at the end, go and are renumbered; whatever can be done alone
    can be done together, and beside what touches no translation."""
    assert done(before, after, target) == wanted


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The iOS team", "The `iOS` team"),
        ("A `T` x", "A <code>T</code> x"),
        ("A {/* one */} b", "A {/* two */} b"),
        ("See [[a]]{it}", "See [[b]]{it}"),
        ("Ask on Zulip.", "Ask [on Zulip]."),
        ("Ask [on Zulip](/z).", "Ask [on Zulip]."),
        ("The 'var' is", "The `var` is"),
        ("앞에 'async'를 붙이면", "앞에 `async`를 붙이면"),
        ("`then`에서 this를 쓴다", "`then`에서 `this`를 쓴다"),
        ("The end", "The end[[the-end]]"),
    ],
)
def test_classes_of_marks(before: str, after: str) -> None:
    """What only has other marks round it, or nobody reads, is neither wording nor
    code."""
    found = classify(before, after, "ko" if "를" in before else "en")
    assert {e.drift_class for e in found} <= {"markup", "link"}


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("the code of`if` is", "the code of `if` is", "cosmetic"),
        ("a thing (or two) [/summary]", "a thing (or two)[/summary]", "cosmetic"),
        ("A [link]( /a ) here", "A [link](/a) here", "cosmetic"),
        ('The{" "} `a` here', "The `a` here", "cosmetic"),
        ("A [link](/a) here", "A [link](</a>) here", "cosmetic"),
        ("A [link]( /a ) here", "A [link]( /b ) here", "link"),
        ("Take the `a` here.", "Take the here.", "code"),
        ("Take https://e.kr here.", "Take here.", "link"),
    ],
)
def test_what_is_no_word_is_no_wording(before: str, after: str, named: str) -> None:
    """A blank is no code; code that went is code, an address is a link."""
    assert {e.drift_class for e in classify(before, after, "en")} == {named}


def test_words_that_became_code_are_code_in_both() -> None:
    """They are still there; words that changed as well are not touched."""
    old, new = taken_apart("Run iOS or `b` now."), taken_apart("Run `iOS` or `b` now.")
    assert fenced(old, new)[0].words == new.words
    assert fenced(old, new)[0].codes == ("iOS", "`b`")
    other = taken_apart("Run `Android` or `b` now.")
    assert fenced(old, other) == (old, other)


def test_many_at_once_take_no_time() -> None:
    """A text of a thousand marks that all change is a matter of a second or two."""
    begun = process_time()
    before, after = "*a* " * 1000 + "`x`", "_a_ " * 1000 + "`y`"
    assert done(before, after, "*가* " * 1000 + "`x`") == "_가_ " * 1000 + "`y`"
    assert process_time() - begun < 8


CODES = ("`foo()`", "`bar`", "`a.b`", "<code>set</code>")
ADDRESSES = ("/a", "/b/c", "https://e.kr/x", "#top")
MARKS = (("*", "*"), ("**", "**"), ("<b>", "</b>"), ("<i>", "</i>"), ("", ""))
NAMES = ("iOS", "`iOS`", "[iOS](/ios)", "*iOS*", "[iOS]")
NOTES = ("", "[^1]", "[^2]")


@dataclass(frozen=True)
class Page:
    """What constructs a text has."""

    codes: tuple[str, ...]
    address: str
    mark: tuple[str, str]
    name: str
    note: str

    def text(self, language: str) -> str:
        """Return the text in a language; the other order is Korean."""
        first, last = self.mark
        if language == "en":
            code = " or ".join(self.codes)
            linked = f"see [the {first}old{last} river]({self.address})"
            return f"Run {code} on {self.name}, {linked}.{self.note}"
        code = " 또는 ".join(reversed(self.codes))
        linked = f"[{first}옛{last} 강]({self.address}) 참조"
        return f"{linked}, {self.name}: {code} 실행.{self.note}"


def test_what_is_carried_is_what_would_have_been_written() -> None:
    """Whatever constructs are exchanged, put round words or taken away, the target is
    what a translator would have made of the new source, or is left alone; and the edit
    taken back takes it back."""
    chance = Random(17)
    carried_over = 0
    for _ in range(300):
        old, new = (
            Page(
                tuple(chance.choices(CODES, k=2)),
                chance.choice(ADDRESSES),
                chance.choice(MARKS),
                chance.choice(NAMES),
                chance.choice(NOTES),
            )
            for _ in range(2)
        )
        parts = chance.sample([field.name for field in fields(Page)], 2)
        new = replace(old, **{part: getattr(new, part) for part in parts})
        before, after = old.text("en"), new.text("en")
        target = done(before, after, old.text("ko"))
        assert target in (LEFT, new.text("ko")), (before, after)
        if before != after and target:
            carried_over += 1
            back = done(after, before, target)
            assert back in (LEFT, old.text("ko")), (after, before)
    assert carried_over > 150


SIGNS = """
    * ** _ ` [ ] ( ) ](/a) [^1] <b> </b> <kbd> </kbd> { {#a} [[x]] a b foo ~~ $x$ !
    가 를 https://e.kr <https://e.kr> [a][b] <code>a</code> {/*c*/} ' " \\ &lt;
""".split()  # noqa: SIM905


def test_an_edit_done_to_its_own_source_makes_the_new_one() -> None:
    """Whatever signs a text is made of: what is done to a target does to the old source
    what its author did."""
    chance = Random(3)
    carried_over = 0
    for _ in range(2000):
        parts = chance.choices((*SIGNS, " "), k=chance.randint(0, 12))
        at = chance.randint(0, len(parts))
        new = chance.choices(SIGNS, k=chance.randint(0, 3))
        before = "".join(parts)
        after = "".join((*parts[:at], *new, *parts[at + chance.randint(0, 2) :]))
        found = carried(before, after, before, classify(before, after, "en"))
        if found is not None:
            carried_over += 1
            left = {e.drift_class for e in classify(found, after, "en")}
            assert left <= KEPT, (before, after, found)
    assert carried_over > 80
