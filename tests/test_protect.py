"""Protected text comes back whole, and what a translation loses is found."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spec import examples

from translate_flow.article import parse
from translate_flow.checks.constructs import placeholder_findings
from translate_flow.model import Finding
from translate_flow.text.mask import LETTER, has_letters
from translate_flow.text.pieces import pieces
from translate_flow.text.protect import MARK, Restored, Swap, protect, restore

REFERENCES = {"REF": ("/page", "Title"), "`CODE`": ("/code", "")}

CONSTRUCTS = (
    "`code`", "``a`b``", "<code>x y</code>", "<!-- note -->", "<https://e.org>",
    "<mina@e.org>", "https://e.org/a?b=c", "mina@e.org", "<br>", "<Tab x={1}>",
    "{{< figure >}}", "{{ name }}", "{% if x %}", "[^1]", "$x^2$", "$$y$$", "{name}",
    "${x}", "%(x)s", "%s", "{ #id }", "&nbsp;", "\\*", "  \n", "\\\n", "![](a.png)",
    "[`x`](/u)", "[12](/u)",
)  # fmt: skip
"""Each is one placeholder between words."""

AROUND = ("[{}](/u)", '[{}](</u v> "t")', "[{}][ref]", "![{}](a.png)", "<b>{}</b>")
"""Each is two placeholders with words between them."""

BITS = st.sampled_from(
    [
        *CONSTRUCTS, "word", "낱말을", " ", " ", "\n", "  ", "[", "]", "![", "](", "][",
        "](/u)", "][ref]", "[ref]", "[Ref][]", "[`code`]", "(", ")", "`", "``", "<",
        ">", "<b>", "</b>", "{", "}", "{1}", "{2}", "{ 1 }", "｛1｝", "{\n1\n}", "｛",
        "$", "\\", "**", "** ", "*", "_", "~~", "&", ";", "1", "٣", ".", "은 ", " 은",
        "!", '"', "]:",
    ]
)  # fmt: skip
INLINE = st.lists(BITS, max_size=14).map("".join)


# --- the law ----------------------------------------------------------------


@given(st.one_of(INLINE, st.text(max_size=60)))
@example("{1} \\{2} ｛3｝ `{4}`")
@example("[[ref]](/u) { #a }")
@example("x\n { #a } ")
@settings(max_examples=1000)
def test_what_is_protected_comes_back(text: str) -> None:
    """Putting everything back into the protected text itself gives the text."""
    protected = protect(text, REFERENCES)
    assert restore(protected, protected.text) == Restored(text)


def test_examples_of_commonmark_come_back() -> None:
    """The law holds for every example of the specification, whole and by segment."""
    for markdown in examples():
        article = parse(markdown, name="a.md")
        for text in (markdown, *(segment.text for segment in article.segments)):
            protected = protect(text, article.references)
            assert restore(protected, protected.text) == Restored(text)


@given(INLINE)
def test_placeholders_are_counted_from_one(text: str) -> None:
    """A protected text has each placeholder once, in order, and nothing like one."""
    protected = protect(text, REFERENCES)
    numbers = [int(found[1]) for found in MARK.finditer(protected.text)]
    assert numbers == list(range(1, len(protected.tokens) + 1))


@given(INLINE)
def test_pieces_do_not_overlap(text: str) -> None:
    """Constructs stand side by side, and both ends of a pair are there."""
    found = pieces(text, REFERENCES)
    for one, other in pairwise(found):
        assert one.start < one.end <= other.start
    pairs = [piece.pair for piece in found if piece.role]
    assert all(pairs.count(pair) == 2 for pair in pairs)


# --- what is protected ------------------------------------------------------


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_a_construct_is_one_placeholder(construct: str) -> None:
    """What is not words does not leave the house."""
    protected = protect(f"before {construct} after")
    assert re.fullmatch(r"before ?\{1\} ?after", protected.text)
    assert [token.text.strip(" ") for token in protected.tokens] == [
        construct.strip(" ")
    ]


@pytest.mark.parametrize("around", AROUND)
def test_words_inside_are_translated(around: str) -> None:
    """The words of links, images and tags are sent, their addresses are not."""
    text = "before " + around.format("words") + " after"
    assert protect(text, REFERENCES).text == "before {1}words{2} after"


def test_brackets_are_links_only_with_a_definition() -> None:
    """Prose in brackets is prose."""
    text = "see [ref] and [other], [x][ref] and [x][other]"
    assert protect(text).text == text
    assert protect(text, REFERENCES).text == (
        "see {1}ref{2} and [other], {3}x{4} and [x][other]"
    )


def test_no_link_stands_in_a_link() -> None:
    """The inner link counts; an image may stand in a link."""
    assert protect("x [a [b](/u) c](/v)").text == "x [a {1}b{2} c](/v)"
    assert protect("x [![b](/u)](/v)").text == "x {1}{2}b{3}{4}"


def test_what_stands_at_the_edges_is_not_sent() -> None:
    """What encloses a text and what it ends in cannot be lost."""
    assert protect("Recap { #recap }").text == "Recap"
    assert protect("He said so.[^1][^2]").text == "He said so."
    assert protect("[All of it](/u)").text == "All of it"
    assert protect("<b>[All](/u)</b> <!-- x -->").text == "All"
    assert protect("[one](/u) [two](/v)").text == "{1}one{2} {3}two{4}"
    assert protect("[ref]", REFERENCES).text == "{1}ref{2}"


def test_a_bare_address_ends_before_a_particle() -> None:
    """Particles and punctuation that follow an address at once are words."""
    assert protect("https://e.org/a에서, 그리고 https://e.org/b.").text == (
        "{1}에서, 그리고 {2}."
    )
    assert protect("https://e.org/가나다 참조").text == "{1} 참조"


def test_letters_are_words_or_hidden() -> None:
    """What an article calls a segment has words for a machine."""
    for text in ("`a` b", "[x](/u)", "![alt](a.png)", "<b>x</b>", "%s님"):
        assert has_letters(text)
        assert LETTER.search(protect(text).words)
    for text in ("`a`", "%s", "$x$", "https://e.org", "{ #id }", "[1](/u)"):
        assert not has_letters(text)
        assert not LETTER.search(protect(text).words)


# --- what machines do to placeholders ---------------------------------------

SOURCE = "Use `code` in the [docs](/u), see [ref] **now** and <b>more</b>."


def back(answer: str, source: str = SOURCE) -> str:
    """Put everything back; nothing may be missing."""
    restored = restore(protect(source, REFERENCES), answer)
    assert restored.findings == ()
    return restored.text


def test_words_move_freely() -> None:
    """Korean has another order of words, and particles follow at once."""
    assert back("{2}문서{3}에서 {1}를, {6}더{7} {4}ref{5} **지금**") == (
        "[문서](/u)에서 `code`를, <b>더</b> [ref] **지금**"
    )


@pytest.mark.parametrize(
    "answer",
    [
        "{ 2 }문서{3 }에서 { 1}를, {6}더{7} {4}ref{5} **지금**",
        "｛2｝문서｛ 3 ｝에서 ｛１｝를, {6}더{7} {4}ref{5} **지금**",
        "{2} 문서 {3} 에서 {1} 를 , {6} 더 {7} {4} ref {5} ** 지금 **",
        "{2}\u00a0문서\u00a0{3}에서 {1}를, {6}더{7} {4}ref{5} **지금 **",
    ],
)
def test_blanks_and_wide_signs_are_undone(answer: str) -> None:
    """What machines put into placeholders and around them is taken back."""
    assert back(answer).replace(" ,", ",") == (
        "[문서](/u)에서 `code`를, <b>더</b> [ref] **지금**"
    )


def test_blanks_of_the_source_stay() -> None:
    """A blank that the source has at the same place is nobody's mistake."""
    assert back("{1} .", "`x` .") == "`x` ."
    assert back("{1} 은", "`x` 은") == "`x` 은"
    assert back("값 {1} 이 값", "value `x` this value") == "값 `x` 이 값"
    assert back("{1} 값", "the `x` value") == "`x` 값"


def test_a_line_break_stands_alone() -> None:
    """There are no blanks around a hard line break but its own."""
    assert back("하나 {1} 둘", "one  \ntwo") == "하나  \n둘"


def test_neighbours_stay_together() -> None:
    """Constructs without a blank between them get none."""
    assert back("값 {1} {2}", "value `x`[^1] z") == "값 `x`[^1]"


def test_a_reference_keeps_its_label() -> None:
    """A link that is looked up by its own text names its label once that is
    translated."""
    assert back("{1}문서{2} 참조", "see [ref]") == "[문서][ref] 참조"
    assert back("{1}문서{2} 참조", "see [Ref][]") == "[문서][Ref] 참조"
    assert back("{1}REF{2} 참조", "see [ref]") == "[REF] 참조"


def found(answer: str, source: str = SOURCE) -> list[tuple[str, str, str]]:
    """Return the findings of an answer in short."""
    findings = restore(protect(source, REFERENCES), answer).findings
    return [(one.check, one.severity, one.message) for one in findings]


def test_what_is_lost_is_told() -> None:
    """Each construct that did not come back is named, a link once."""
    assert found("{4}ref{5} {6}더{7}") == [
        ("placeholder-lost", "warning", "code `code` is missing"),
        ("placeholder-lost", "error", "link to /u is missing"),
    ]
    assert found("{1} {2}문서 {4}ref{5} {7}") == [
        ("placeholder-lost", "error", "link to /u has lost its end"),
        ("placeholder-lost", "warning", "tag <b> has lost its beginning"),
    ]


def test_what_is_doubled_or_invented_is_told() -> None:
    """A placeholder twice is kept twice; one that never was is left out."""
    restored = restore(protect("a `x` b"), "{1} 가 {1} 나 {7}")
    assert restored.text == "`x`가 `x` 나 "
    assert [one.message for one in restored.findings] == [
        "code `x` stands there twice",
        "placeholder {7} was invented by the engine, and left out",
    ]
    assert {one.check for one in restored.findings} == {"placeholder-added"}


def test_what_is_turned_round_is_told() -> None:
    """A link whose end comes first is no link."""
    assert found("{2}문서{1} {3}", "the [docs](/u) and `x`") == [
        ("placeholder-order", "error", "link to /u ends before it begins"),
    ]
    assert found("{3} {1}문서{2}", "the [docs](/u) and `x`") == []


def test_spans_point_into_the_source() -> None:
    """A finding says where in the source the construct stands."""
    [finding] = restore(protect("a [b](/u) c"), "가 나 다").findings
    start, end = finding.source_span or (0, 0)
    assert "a [b](/u) c"[start:end] == "[b](/u)"


@given(INLINE, st.data())
def test_no_loss_is_silent(text: str, data: st.DataObject) -> None:
    """Dropping, doubling or inventing any placeholder gives a finding."""
    protected = protect(text, REFERENCES)
    marks = list(MARK.finditer(protected.text))
    if not marks:
        return
    mark = data.draw(st.sampled_from(marks))
    change = data.draw(st.sampled_from(["", mark[0] * 2, mark[0] + "{9999}"]))
    answer = protected.text[: mark.start()] + change + protected.text[mark.end() :]
    assert restore(protected, answer).findings


# --- translations by anyone -------------------------------------------------


def compare(source: str, target: str) -> list[tuple[str, str, str]]:
    """Return what a target lost or added, in short."""
    found = placeholder_findings(source, target, REFERENCES)
    return [(one.check, one.severity, one.message) for one in found]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Use `a` and `b`.", "`b`와 `a`를 쓴다."),
        ("`a` is what `a` does.", "`a`가 하는 일이다."),
        ("It is a list.", "`list`이다."),
        ("See [the docs](/u).", "[문서](/u)를 보라."),
        ("See [the docs](/u).", "[문서](/u '제목')를 보라."),
        ("See [the docs](/page).", "[문서][ref]를 보라."),
        ("See [the docs][ref].", "[ref]를 보라."),
        ("At https://e.org/a.", "https://e.org/a에서."),
        ("At <https://e.org>", "[여기](https://e.org)"),
        ("[http://e.org](http://e.org)", "[http://e.org](http://e.org)에서"),
        ('<a href="/u">docs</a>', "[문서](/u)"),
        ("[x](https://e.org/en/a/#b)", "[엑스](https://e.org/ko/a/#나)"),
        ("[x](https://e.org/a)", "[엑스](https://e.org/ko/a/)"),
        ("[x](https://en.wikipedia.org/wiki/Boat)", "[x](https://ko.wikipedia.org/배)"),
        ("![A boat](a.png)", "![배](a.png)"),
        ("Hi %s!", "%s님, 안녕하세요!"),
        ("The area is $x^2$.", "넓이는 $x^2$이다."),
        ('{{< figure title="A boat" >}} x', '{{< figure title="배" >}} 엑스'),
        ('<abbr title="a boat">B</abbr>', '<abbr title="배">B</abbr>'),
        ("A&nbsp;B \\* C  \nD", "A B * C D"),
        ("a\n\nb `x`", "가 `x`\n\n나"),
    ],
)
def test_good_translations_have_no_findings(source: str, target: str) -> None:
    """What good translators do is no mistake."""
    assert compare(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "check", "severity", "message"),
    [
        ("a `x` b", "가 나", "lost", "warning", "code `x` is missing"),
        ("[a](/u)", "가", "lost", "error", "link to /u is missing"),
        ("![a](u.png)", "가", "lost", "error", "image u.png is missing"),
        ("a[^1]", "가", "lost", "error", "footnote mark [^1] is missing"),
        ("a {name}", "가", "lost", "error", "placeholder {name} is missing"),
        ("a %(x)s", "가 %s", "lost", "error", "placeholder %(x)s is missing"),
        ("{{< x >}} a", "가", "lost", "error", "shortcode {{< x >}} is missing"),
        ("a $x$", "가", "lost", "error", "maths $x$ is missing"),
        ("a { #b }", "가", "lost", "error", "attributes { #b } is missing"),
        ("a <br> b", "가 나", "lost", "warning", "tag <br> is missing"),
        ("a", "가[^2]", "added", "error", "footnote mark [^2] is not in the source"),
        ("a", "[가](/v)", "added", "error", "link to /v is not in the source"),
        (
            "[a](/u)",
            "[가](/u) [나](/u)",
            "added",
            "warning",
            "link to /u stands there more often than in the source",
        ),
    ],
)
def test_what_a_translation_loses_is_found(
    source: str, target: str, check: str, severity: str, message: str
) -> None:
    """The construct is named exactly."""
    assert (f"placeholder-{check}", severity, message) in compare(source, target)


def test_another_address_is_lost_and_added() -> None:
    """A link that leads elsewhere is told from both sides, each with its place."""
    source, target = "the [docs](/u) here", "[문서](/v)는 여기"
    lost, added = placeholder_findings(source, target, {})
    assert isinstance(lost, Finding)
    assert (lost.source_span, lost.target_span) == ((4, 5), None)
    assert (added.source_span, added.target_span) == (None, (0, 1))


@given(INLINE)
def test_a_text_loses_nothing_of_itself(text: str) -> None:
    """Words that are added are no matter."""
    assert compare(text, f"앞글\n\n{text}") == []


@pytest.mark.parametrize(
    ("text", "answer", "told"),
    [
        ("[a](/1) b [c](/2)", "{1}가{3}나{2}다{4}", ["link to /1 and link to /2"]),
        ("[a](/1) b [c](/2)", "{1}가{3}나{4}다{2}", ["link to /1 and link to /2"]),
        ("[a](/1) b [`c`](/2)", "{1}가{3}나{2}", ["link to /1 and link to /2"]),
        ("[a](/1) b [c](/2)", "{3}가{4}나{1}다{2}", []),
        ("<b>a [c](/2)</b> d", "{1}{2}가{3}{4} 나", []),
    ],
)
def test_what_got_entangled_is_told(text: str, answer: str, told: list[str]) -> None:
    """Links that cross or stand in one another, as they did not, are a finding."""
    got = restore(protect(text), answer)
    assert [f.message for f in got.findings] == [f"{t} are entangled" for t in told]


def test_two_spans_of_code_do_not_grow_together() -> None:
    """A machine that takes the blank between two spans of code does not make one of
    them."""
    got = restore(protect("Use `a` or `b`."), "{1}{2} 쓰라.")
    assert got.text == "`a` `b` 쓰라."


def test_settled_words_come_back_with_their_particle() -> None:
    """A term goes as a number and comes back as what it is in the other language; the
    particle behind it fits that, or its reading."""
    text = "The G7 and `x3` and NATO met."
    swaps = [Swap(4, 6, "G7", "지칠"), Swap(20, 24, "나토")]
    protected = protect(text, swaps=swaps)
    assert protected.text == "The {1} and {2} and {3} met."
    got = restore(protected, "{1}와 {2} 를, {3}이 만났다.")
    assert got.text == "G7과 `x3`를, 나토가 만났다."
    assert got.findings == ()
