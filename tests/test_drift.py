"""Which words changed, and how grave that is."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.typos import mends, opposed
from translate_flow import state as states
from translate_flow.drift import (
    SEVERITIES,
    CodeWords,
    Evidence,
    carried,
    classify,
    drift,
    is_kept,
)
from translate_flow.drift.parts import SIGNS, taken_apart
from translate_flow.drift.proposals import proposal
from translate_flow.drift.spelling import is_mended
from translate_flow.drift.splitting import part_of_target
from translate_flow.model import Unit
from translate_flow.text.worddiff import MOST_WORDS, word_diff, words

TEXT = st.text(st.sampled_from("ab가나 .,!?-\n'’“1"), max_size=60)


@given(TEXT | st.text(max_size=60))
def test_words_are_the_text(text: str) -> None:
    """The words of a text joined are the text."""
    assert "".join(words(text)) == text


@given(TEXT, TEXT)
def test_a_diff_holds_both_versions(before: str, after: str) -> None:
    """Kept and old pieces are the old text, kept and new ones the new text; no two
    pieces of one kind stand side by side."""
    diff = word_diff(before, after)
    assert "".join(text for op, text in diff if op in "=-") == before
    assert "".join(text for op, text in diff if op in "=+") == after
    assert all(a[0] != b[0] for a, b in pairwise(diff))
    assert all(text for _, text in diff)


def test_no_word_is_cut() -> None:
    """A changed ending changes its whole 어절."""
    assert word_diff("정말 재미있다.", "정말 재미있습니다.") == (
        ("=", "정말 "),
        ("-", "재미있다"),
        ("+", "재미있습니다"),
        ("=", "."),
    )


def test_numbers_are_words() -> None:
    """A number changes as a whole, its unit stays."""
    assert word_diff("a 60-day waiver", "a 1,200.5-day waiver") == (
        ("=", "a "),
        ("-", "60"),
        ("+", "1,200.5"),
        ("=", "-day waiver"),
    )


def test_long_texts_are_compared_by_sentences() -> None:
    """Texts of thousands of words are compared sentence by sentence, quickly."""
    before = "One sentence here. " * MOST_WORDS
    after = before + "Another one."
    diff = word_diff(before, after)
    assert diff[-1] == ("+", "Another one.")
    assert "".join(text for op, text in diff if op in "=-") == before


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        (None, "Anything.", "unknown"),
        ("Voters will accept it.", "Voters will not accept it.", "risk"),
        ("It must be signed today.", "It may be signed today.", "risk"),
        ("All members agreed to it.", "Most members agreed to it.", "risk"),
        ("그 안을 받아들일 것이다.", "그 안을 받아들이지 않을 것이다.", "risk"),
        ("그렇게 할 수 있다.", "그렇게 할 수 없다.", "risk"),
        ("A 60-day waiver was given.", "A 90-day waiver was given.", "number"),
        ("The boat leaves soon.", "The ship leaves soon.", "wording"),
        ("배가 곧 떠난다.", "배가 일찍 떠난다.", "wording"),
        ("“Go,” she said – twice.", '"Go," she said - twice.', "cosmetic"),
        (
            "The boat leaves the harbour at nine every single morning.",
            "Trains to the mountains run on Sundays from the old station.",
            "rewrite",
        ),
    ],
)
def test_classes(before: str | None, after: str, named: str) -> None:
    """An edit is called by the gravest class that fits."""
    assert classify(before, after, "en")[0].drift_class == named


@pytest.mark.parametrize(
    ("before", "after", "language", "found"),
    [
        ("They did not ask us.", "They never asked us.", "en",
         [("risk", "did not ask", "never asked")]),
        ("She must vote now.", "She may vote now.", "en", [("risk", "must", "may")]),
        ("우리는 반드시 표를 지켜야 한다.", "우리는 표를 꼭 지켜야 한다.", "ko",
         [("risk", "반드시 표를", "표를 꼭")]),
        ("유권자는 반드시 표를 던져야 한다.", "유권자는 표를 던져야 한다.", "ko",
         [("risk", "반드시", "")]),
    ],
)  # fmt: skip
def test_a_change_is_told_once(
    before: str, after: str, language: str, found: list[tuple[str, str, str]]
) -> None:
    """By its gravest class, and no word stands beside one that it was not put for."""
    told = classify(before, after, language)
    assert [(one.drift_class, one.old, one.new) for one in told] == found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("The har\u200bbour is full.", "The harbour is full.", ["cosmetic"]),
        ("A \u202eb c.", "A b c.", ["cosmetic"]),
        ("Text&nbsp;here.", "Text here.", ["cosmetic"]),
        ("The har\u00adbour is full.", "The harbour is busy.", ["wording"]),
        ("[page][1] of it", "[page][2] of it", ["link"]),
        ("Rose.[^1]", "Rose.[^2]", ["markup"]),
        ("Recap {#a}", "Recap {/* #a */}", ["markup"]),
    ],
)
def test_what_is_no_other_wording(before: str, after: str, found: list[str]) -> None:
    """Letters that nobody sees are no words, and labels, footnotes and attributes that
    were written otherwise no numbers."""
    assert [one.drift_class for one in classify(before, after, "en")] == found


def test_all_that_an_edit_did_is_listed() -> None:
    """Each change is evidence with its own words, the gravest first."""
    found = classify(
        "The 60-day goverment plan, see [it](/a), passes.",
        "The 90-day government plan, see [it](/b), never passes.",
        "en",
    )
    assert found == (
        Evidence("risk", "", "never"),
        Evidence("number", "60", "90"),
        Evidence("link", "/a", "/b"),
        Evidence("spelling", "goverment", "government"),
    )


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("A board 5' long.", 'A board 5" long.', "en"),
        ("See HEAD~1 for it.", "See HEAD-1 for it.", "en"),
        ("From 2 -3 and 4.", "From 2-3 and 4.", "en"),
        ("On day 3 -5 degrees.", "On day 3-5 degrees.", "en"),
        ("On day 3 –5 degrees.", "On day 3–5 degrees.", "en"),
        ("There are 10 - 3 left.", "There are 10-3 left.", "en"),
        ("It fell to –5 degrees.", "It fell to — 5 degrees.", "en"),
        ("It is 7−3 here.", "It is 7–3 here.", "en"),
        ("3 -5도이다.", "3-5도이다.", "ko"),
        ("그는 말햇다.", "그는 말하다.", "ko"),
        ("MCP 서버 stdio 모드", "MCP 서버 studio 모드", "ko"),
        ("The stdio mode.", "The studio mode.", "en"),
        ("Ollama is ready.", "Llama is ready.", "en"),
    ],
)
def test_what_is_no_matter_of_style(before: str, after: str, language: str) -> None:
    """Two signs or words that look alike and mean different things are never taken for
    a change of style or a slip mended."""
    kinds = {e.drift_class for e in classify(before, after, language)}
    assert kinds - {"cosmetic", "spelling"}


@pytest.mark.parametrize(
    ("language", "edits"),
    [
        ("en", "llegal:legal illion:billion nlikely:likely mpossible:possible"),
        ("en", "illion:million ntypical:typical onfatal:fatal inable:unable"),
        ("en", "bmillion:billion mcroscopic:microscopic employere:employee"),
        ("en", "ewst:west nto:not oen:one insure:ensure 3hree:three"),
        ("ko", "됬다:댔다 됬다:된다 됬지만:되지만 할께요:할까요 먹읍니다:먹읍시다"),
        (
            "ko",
            "몇일:몇월 촛점:총점 잆다:있다 가르켰다:가르쳤다 햇고:해고 합ㄴ다:합니다",
        ),
    ],
)
def test_what_may_have_been_another_word_is_not_mended(
    language: str, edits: str
) -> None:
    """A slip that is as near to a contrary, a number or just another word may have been
    translated as that one."""
    for old, new in (edit.split(":") for edit in edits.split()):
        found = classify(f"It said {old} twice.", f"It said {new} twice.", language)
        assert not is_kept(found), (old, new)


@pytest.mark.parametrize(
    ("language", "groups"),
    [
        ("en", "loyal disloyal · mature immature · fifteen fifty · adopt adapt"),
        ("en", "hypertension hypotension · lessor lessee · moral amoral immoral"),
        ("ko", "합법 불법 · 됐다 댔다 된다 · 갑니다 갑시다 갑니까 · 없음 있음"),
    ],
)
def test_no_slip_of_one_word_is_mended_to_its_contrary(
    language: str, groups: str
) -> None:
    """Whatever key was hit wrong, a word does not become its contrary unseen."""
    edits = [*opposed(language, groups)]
    assert len(edits) > 300
    assert [edit for edit in edits if is_mended(*edit, language)] == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("`ref`을 쓴다.", "`ref`를 쓴다."), ("`ref`이라는 것", "`ref`라는 것"),
        ("값(value)를 쓴다.", "값(value)을 쓴다."),
        ("“모듈”를 쓴다.", "“모듈”을 쓴다."),
        ("[값](/a)를 쓴다.", "[값](/a)을 쓴다."),
        ("이 연습장는 새것", "이 연습장은 새것"),
        ("값을을 쓴다.", "값을 쓴다."), ("그렇게 변환됩니.", "그렇게 변환됩니다."),
        ("친구 거에요.", "친구 거예요."), ("이 메세지를 쓴다.", "이 메시지를 쓴다."),
    ],
)  # fmt: skip
def test_a_korean_slip_keeps_its_translation(before: str, after: str) -> None:
    """A particle that its noun, or code, cannot have, one that stands there twice, and
    what everybody reads alike, are slips."""
    assert {e.drift_class for e in classify(before, after, "ko")} == {"spelling"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("`ref`를 쓴다.", "`ref`가 쓴다."), ("`ref` 이 값", "`ref` 가 값"),
        ("먹는 사람", "먹은 사람"),
        ("그 전문가", "그 전문이"),
        ("마을을 본다", "마을 본다"),
    ],
)  # fmt: skip
def test_another_korean_particle_is_another_word(before: str, after: str) -> None:
    """Nothing but the two forms of one particle is the same."""
    assert not is_kept(classify(before, after, "ko"))


@pytest.mark.parametrize(("language", "least"), [("en", 0.85), ("ko", 0.86)])
def test_misspellings_that_people_make_are_mended(language: str, least: float) -> None:
    """Of what is often misspelt nearly everything still keeps its translation."""
    edits = [*mends(language)]
    kept = [edit for edit in edits if is_mended(*edit, language)]
    assert len(kept) >= least * len(edits)


BUILT = """
    defund defend · terawatt megawatt · prowar prewar · reshore restore · onsite onside
    reshoring restoring · debanked debunked · unbanking unbanning · rewild rewind
    overpolice overprice · offlooker onlooker · interparty intermarry · upsize upside
    telework teamwork · undercount undercut · weaponise weapons · picogram pictogram
    nanoplastic neoplastic · murderee murderer · supervisee supervises
    vaccinee vaccine · propanol propane · phosphite phosphate · fentanyl fontanel
    dealign dealing · subsea subset · seculars secular · nuclearize denuclearize
"""
"""Words that dictionaries lack, and what they do not mean."""


@pytest.mark.parametrize("edit", re.findall(r"(\w+) (\w+)", BUILT))
def test_a_word_that_is_built_is_no_slip(edit: tuple[str, str]) -> None:
    """A word that no dictionary lists, but that its parts explain, was meant so."""
    assert not is_mended(*edit, "en")


@pytest.mark.parametrize(
    ("before", "after", "target", "proposed"),
    [
        ("The city of Florance is old.", "The city of Florence is old.",
         "피렌체는 오래되었다.", "피렌체는 오래되었다."),
        ("The city of Florance is old.", "The city of Florence is old.",
         "Florance는 오래되었다.", "Florence는 오래되었다."),
        ("He met Jhon at the Goverment.", "He met John at the Government.",
         "존을 정부에서 만났다.", "존을 정부에서 만났다."),
    ],
)  # fmt: skip
def test_what_may_be_a_name_is_not_mended_silently(
    before: str, after: str, target: str, proposed: str
) -> None:
    """A word with a capital within a sentence may be a name: somebody looks, at a
    proposal."""
    found = classify(before, after, "en")
    assert {(e.drift_class, e.severity) for e in found} == {("respelling", "low")}
    assert not is_kept(found)
    assert proposal(before, after, target, found, ("en", "ko")) == proposed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Thier boat left.", "Their boat left."),
        ("It left. “Thier boat left.”", "It left. “Their boat left.”"),
        ("It is what Ive recieved.", "It is what I've recieved."),
        ("The goverment left.", "The government left."),
    ],
)
def test_what_begins_a_sentence_has_a_capital_anyway(before: str, after: str) -> None:
    """A capital that any word has there makes no name of it."""
    assert "respelling" not in {e.drift_class for e in classify(before, after, "en")}


@pytest.mark.parametrize(
    ("before", "after", "target", "wanted"),
    [
        ("See the [Andoid kit] now.", "See the [Android kit] now.",
         "[안드로이드 킷][Andoid kit]을 보라.", "[안드로이드 킷][Android kit]을 보라."),
        ("See the [instalation] now.", "See the [installation] now.",
         "[instalation]을 보라.", "[installation]을 보라."),
        ("See the [goverment list] now.", "See the [government list] now.",
         "목록을 보라.", None),
    ],
)  # fmt: skip
def test_a_label_is_an_address(
    before: str, after: str, target: str, wanted: str | None
) -> None:
    """A label that was put right is put right where the target names it, or a person
    looks: a link that is looked up by the old one would lead nowhere."""
    found = classify(before, after, "en")
    assert [e.drift_class for e in found] == ["link"]
    assert carried(before, after, target, found) == wanted


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("`goverment`", "The goverment is read.", "The government is read."),
        ("```js\nconst recieveAll = 1\n```", "It can recieve it.",
         "It can receive it."),
        ("<code>set_occurence</code>", "Each occurence of it.",
         "Each occurrence of it."),
    ],
)  # fmt: skip
def test_words_of_code_are_words(code: str, before: str, after: str) -> None:
    """What stands in an article's own code was meant so, whatever dictionaries say."""
    meant = CodeWords(f"# A page\n\nText, {code} and\n\n{code}\n")
    assert is_kept(classify(before, after, "en", CodeWords("`other`")))
    assert [e.drift_class for e in classify(before, after, "en", meant)] == ["wording"]


def test_signs_are_shown_as_what_they_stand_for() -> None:
    """Words of a text show the code, the addresses and the maths that are in them,
    wherever among its words they begin."""
    parts = taken_apart("Run `a` or *`b`* of [it](/u), see https://e.org and $x$.")
    before, words = parts.words[:9], parts.words[9:]
    assert parts.shown(words, before) == "`b` of it, see https://e.org and $x$."
    assert parts.shown(parts.words) == f"Run `a` or {parts.shown(words, before)}"


def test_nothing_is_nothing() -> None:
    """The same text has no evidence."""
    assert classify("Same.", "Same.", "en") == ()


@given(TEXT, TEXT)
def test_any_edit_has_a_class(before: str, after: str) -> None:
    """Whatever two texts are, their difference has a name, and only then."""
    assert bool(classify(before, after, "ko")) == (before != after)


def drifted() -> Unit:
    """Return a unit whose source moved after its target was accepted."""
    unit = states.born(Unit("k1", "The boat leaves at nine."))
    unit = states.taken(unit, "배는 아홉 시에 떠난다.", by="mina", today="2026-11-24")
    return states.followed(unit, "The boat leaves at ten.")


def test_drift_is_measured_against_what_was_accepted() -> None:
    """However often the source moves on, the text of ``ok`` is what counts."""
    unit = states.followed(drifted(), "The boat never leaves at ten.")
    found = drift(unit)
    assert found.before == "The boat leaves at nine."
    assert found.after == "The boat never leaves at ten."
    assert (found.drift_class, found.severity) == ("risk", "high")


def test_a_false_previous_text_is_not_believed() -> None:
    """A ``#|`` text that is not the accepted one is as good as none."""
    found = drift(replace(drifted(), previous="Something else."))
    assert (found.before, found.drift_class) == (None, "unknown")
    assert found.diff == (("+", "The boat leaves at ten."),)


# --- what an edit does to a translation -------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "target", "wanted"),
    [
        ("See [it](/a).", "See [it](/b).", "[그것](/a)을 보라.", "[그것](/b)을 보라."),
        ("See <https://a.kr>.", "See <https://b.kr>.", "<https://a.kr>를 보라.",
         "<https://b.kr>를 보라."),
        ("Run `go`.", "Run `come`.", "`go`를 실행한다.", "`come`을 실행한다."),
        ("A `ref` is.", "A `signal` is.", "“**`ref`**”는", "“**`signal`**”은"),
        ("To `ref` go.", "To `signal` go.", "`ref`(으)로 간다", "`signal`(으)로 간다"),
        ("Recap", "Recap { #recap }", "요약", "요약 { #recap }"),
        ("Recap { #a }", "Recap { #b }", "요약 { #a }", "요약 { #b }"),
        ("Recap { #a }", "Recap", "요약 { #a }", "요약"),
        ("The [goverment](/a)", "The [government](/b)", "[정부](/a)", "[정부](/b)"),
        ("[page][1] of it", "[page][2] of it", "그 [쪽][1]", "그 [쪽][2]"),
        ("[a][1] [b][2]", "[a][2] [b][3]", "[나][2]의 [가][1]", "[나][3]의 [가][2]"),
        ("[page](/a) x", "[page][a] x", "[쪽](/a) 엑스", "[쪽][a] 엑스"),
        ("[page][a] x", "[page](/a) x", "[쪽][a] 엑스", "[쪽](/a) 엑스"),
        ("Rose.[^1]", "Rose.[^2]", "올랐다.[^1]", "올랐다.[^2]"),
        ("A[^1], b[^2].", "A[^2], b[^3].", "나[^2], 가[^1].", "나[^3], 가[^2]."),
        ("Recap {#a}", "Recap {/* #a */}", "요약 {#a}", "요약 {/* #a */}"),
        ("Recap", "Recap {/* #a */}", "요약", "요약 {/* #a */}"),
        ("Recap { #a }", "Recap {/* #b */}", "요약 { #a }", "요약 {/* #b */}"),
        # what must be left to a person
        ("See [it](/a).", "See [it](/b).", "[그것](/c)을 보라.", None),
        ("[page](/a) x", "[page][a] x", "[쪽](/a '제목') 엑스", None),
        ("[page][1] x", "[page][2] x", "[쪽][1], [쪽][1]", None),
        ("Rose.[^1]", "Rose.[^2]", "올랐다.[^3]", None),
        ("A[^1], b[^1].", "A[^2], b[^3].", "가[^1], 나[^1].", None),
        ("See [it](/a).", "See [it](/b).", "[그것](/a)과 [저것](/a)을 보라.", None),
        ("See [it](/a), [it](/a).", "See [it](/b), [it](/a).", "[그것](/a)", None),
        ("See [it](/a).", "See it.", "[그것](/a)을 보라.", None),
        ("See [it](/a).", "See [them](/b).", "[그것](/a)을 보라.", None),
        ("Recap { #a }", "Recap { #b }", "요약 { #c }", None),
        ("Run `go`.", "Run *go*.", "`go`를 실행한다.", None),
        ("Run `go`.", "Run `set`.", "`go`를 실행한다.", None),
        ("A `ref` is.", "A `signal` is.", "`ref`(레프)는", None),
        ("A `ref` is.", "A `signal` is.", "참조(`ref`)는", None),
        ("`/a` [it](/a).", "`/a` [it](/b).", "`/a` [그것](/a)", "`/a` [그것](/b)"),
    ],
)  # fmt: skip
def test_what_is_carried_over(
    before: str, after: str, target: str, wanted: str | None
) -> None:
    """A link, a code span or an attribute tail is exchanged in the target where the
    old one stands exactly once, and nothing else is touched."""
    assert carried(before, after, target, classify(before, after, "en")) == wanted


@pytest.mark.parametrize(
    ("before", "after", "target", "wanted"),
    [
        ("A 60-day waiver.", "A 90-day waiver.", "60일 면제.", "90일 면제."),
        ("For 1.2 million people.", "For 1.3 million people.", "120만 명에게.",
         "130만 명에게."),
        ("Mr Kim spoke to Ryanair.", "Mr Kim spoke to Lufthansa.", "김 씨는 Ryanair와",
         "김 씨는 Lufthansa와"),
        ("Run `go` now.", "Run `set` now.", "`go`를 실행", "`set`을(를) 실행"),
        ("A hook (`ref`).", "A hook (`set`).", "훅(`ref`)을", "훅(`set`)을"),
        ("The hook (`ref`).", "The hook (`set`).", "훅(`ref`)", "훅(`set`)"),
        ("60 days: [it](/a)", "90 days: [it](/b)", "60일: [그것](/a)",
         "90일: [그것](/b)"),
        ("60 days: *x*", "90 days: **x**", "60일: *엑*", "90일: **엑**"),
        ("60 days.", "90 years.", "60일.", None),
        ("60 and 60.", "60 and 90.", "60과 60.", None),
        ("He met Ryanair.", "He met Easyjet.", "Ryanair와 만났다.", None),
        ("He met Ryanair.", "He met Lufthansa.", "Ryanair(라이언에어)와", None),
        ("He met Ryanair.", "He met Lufthansa.", "라이언에어(Ryanair)와", None),
        ("Kim came.", "Park came.", "김 씨가 왔다.", None),
    ],
)  # fmt: skip
def test_what_is_proposed(
    before: str, after: str, target: str, wanted: str | None
) -> None:
    """Numbers and names that stand there as in the source are proposed, or nothing."""
    unit = states.taken(
        states.born(Unit("k1", before)), target, by="mina", today="2026-11-24"
    )
    found = drift(states.followed(unit, after), ("en", "ko"))
    assert found.proposal == wanted


def test_the_sentences_of_a_part() -> None:
    """A part that stands alone gets its own sentences of the target, by their number or
    by their length; in doubt none."""
    source = "The boat leaves at nine. Nobody waits for it. The mail stays on the quay."
    target = "배는 아홉 시에 떠난다. 아무도 기다리지 않는다. 편지는 부두에 남는다."
    part = "Nobody waits for it. The mail stays on the quay."
    wanted = "아무도 기다리지 않는다. 편지는 부두에 남는다."
    assert part_of_target(source, target, part) == wanted
    joined = "배는 아홉 시에 떠나고 아무도 기다리지 않는다. 편지는 부두에 남는다."
    last = "The mail stays on the quay."
    assert part_of_target(source, joined, last) == "편지는 부두에 남는다."
    assert part_of_target(source, "한 문장으로 옮겼다.", last) == ""
    assert part_of_target(source, target, "Something else altogether.") == ""


@pytest.mark.parametrize(
    ("before", "after", "language", "named"),
    [
        ("Now let's go on.", "Now, let's go on.", "en", "punctuation"),
        ("That is all", "That is all.", "en", "punctuation"),
        ("Wait,, please.", "Wait, please.", "en", "punctuation"),
        ("See [ the page ](/a) now.", "See [the page](/a) now.", "en", "punctuation"),
        ("그러나 봄은 왔다.", "그러나, 봄은 왔다.", "ko", "punctuation"),
        (
            "사용중인 포트를 찾는데 쓴다.",
            "사용 중인 포트를 찾는 데 쓴다.",
            "ko",
            "spacing",
        ),
        ("값은 `XX` .", "값은 `XX`.", "ko", "spacing"),
        ("It is the the end.", "It is the end.", "en", "doubled"),
        ("We will will go.", "We will go.", "en", "doubled"),
        ("A real time system.", "A real-time system.", "en", "hyphen"),
        ("The data base is full.", "The database is full.", "en", "hyphen"),
        ("Some 90000 people.", "Some 90,000 people.", "en", "numeral"),
        ("Files in UTF16 only.", "Files in UTF-16 only.", "en", "numeral"),
        ("It does not matter.", "It doesn't matter.", "en", "contraction"),
        ("You can't leave.", "You cannot leave.", "en", "contraction"),
        ("무언가를 찾는다.", "뭔가를 찾는다.", "ko", "contraction"),
        ("The colour of grey.", "The color of gray.", "en", "variant"),
        (
            "Open file and read a line.",
            "Open the file and read the line.",
            "en",
            "article",
        ),
        ("The values is read.", "The values are read.", "en", "agreement"),
    ],
)
def test_how_a_text_is_written_is_kept(
    before: str, after: str, language: str, named: str
) -> None:
    """An edit of how a text is written, and of nothing that it says, has a name of its
    own, and leaves its translation as it is."""
    found = classify(before, after, language, (), "ko" if language == "en" else "en")
    assert {e.drift_class for e in found} - {"cosmetic"} == {named}
    assert is_kept(found)


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("They come every day.", "They come everyday.", "hyphen"),
        ("Use clippy for it.", "Use Clippy for it.", "case"),
        ("The men, who fled, came.", "The men who fled came.", "punctuation"),
        ("Say (or write) it.", "Say or write it.", "punctuation"),
        ("Send the requests to it.", "Send the request to it.", "agreement"),
    ],
)
def test_what_may_say_more_is_low_and_not_kept(
    before: str, after: str, named: str
) -> None:
    """An edit of style that may change what is said has its own name, and is read."""
    found = classify(before, after, "en", (), "ko")
    assert found[0].drift_class == named
    assert SEVERITIES[named] == "low"
    assert not is_kept(found)


def test_articles_are_kept_for_a_language_without_them() -> None:
    """Whether an article stands there matters to a language that has them."""
    found = classify("Open the file.", "Open a file.", "en", (), "de")
    assert [e.drift_class for e in found] == ["article"]
    assert not is_kept(found)


@pytest.mark.parametrize(
    ("before", "after", "named", "sentence"),
    [
        (
            "The tide comes twice. Bring boots.",
            "The tide comes twice. It never waits for anybody. Bring boots.",
            "added",
            "It never waits for anybody.",
        ),
        (
            "색인은 밤마다 다시 만든다. 한 시간쯤 걸린다. 독자는 기다리지 않는다.",
            "색인은 밤마다 다시 만든다. 독자는 기다리지 않는다.",
            "dropped",
            "한 시간쯤 걸린다.",
        ),
    ],
)
def test_whole_sentences_have_their_class(
    before: str, after: str, named: str, sentence: str
) -> None:
    """A sentence that came or went is told as such, whatever words it has."""
    found = classify(before, after, "en" if before.isascii() else "ko")
    assert [(e.drift_class, e.old or e.new) for e in found] == [(named, sentence)]


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("Wait 30 seconds.", "Wait 30 minutes.", "en"),
        ("Scroll to the top.", "Scroll to the bottom.", "en"),
        ("Ask the parent node.", "Ask the child node.", "en"),
        ("It is a major bug.", "It is a minor bug.", "en"),
        ("The server sends it.", "The client sends it.", "en"),
        ("Every row is read.", "Every column is read.", "en"),
        ("They read the file.", "They write the file.", "en"),
        ("The files are encrypted.", "The files are decrypted.", "en"),
        ("A 5 MB file.", "A 5 GB file.", "en"),
        ("A line of 5px.", "A line of 5em.", "en"),
        ("It took 3 days.", "It took 3 weeks.", "en"),
        ("His mother called.", "His father called.", "en"),
        ("다음을 누른다.", "이전을 누른다.", "ko"),
        ("일이 시작하는 날이다.", "일이 끝나는 날이다.", "ko"),
        ("부모 요소에 있다.", "자식 요소에 있다.", "ko"),
        ("오전에 만난다.", "오후에 만난다.", "ko"),
        ("작년 예산이다.", "올해 예산이다.", "ko"),
        ("남쪽으로 갔다.", "북쪽으로 갔다.", "ko"),
        ("3초 뒤에 온다.", "3분 뒤에 온다.", "ko"),
        ("창을 연다. 창이 열린다.", "창을 연다. 창이 닫힌다.", "ko"),
        ("불을 켜고 잤다.", "불을 끄고 잤다.", "ko"),
    ],
)
def test_opposites_and_units_are_risks(before: str, after: str, language: str) -> None:
    """A word that says the contrary, or a unit for another one, turns a sentence."""
    found = classify(before, after, language)
    assert SEVERITIES[found[0].drift_class] == "high"


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("It reaches to the door.", "It reaches into the door.", "en"),
        ("We talked about the sea.", "We talked on the sea.", "en"),
        ("He waited till noon.", "He waited until noon.", "en"),
        ("There are less trees.", "There are fewer trees.", "en"),
        ("That would allow it.", "That allows it.", "en"),
        ("올바른 값을 쓴다.", "내장된 값을 쓴다.", "ko"),
        ("그는 일부러 늦었다.", "그는 고의로 늦었다.", "ko"),
        ("함께 살펴보겠습니다.", "함께 살펴봅시다.", "ko"),
        ("이것을 이용하면 될 것 같다.", "이것으로 하면 될 것 같다.", "ko"),
        ("그 메소드가 있다.", "그 함수가 있다.", "ko"),
        ("파일을 선택합니다.", "파일을 고릅니다.", "ko"),
        ("값을 구별할 수 없다.", "값을 구별하지 못한다.", "ko"),
        ("쓰면 안 된다.", "쓰면 되지 않는다.", "ko"),
        ("만약 늦는다면 닫는다.", "늦는다면 닫는다.", "ko"),
        ("빠를 뿐 아니라 싸다.", "빠를 뿐만 아니라 싸다.", "ko"),
        ("이제 정의할 것입니다.", "이제 정의하겠습니다.", "ko"),
        ("You might need it.", "You may need it.", "en"),
        ("우리만의 문법을 쓴다.", "자체 문법을 쓴다.", "ko"),
        ("결코 열지 않는다.", "절대 열지 않는다.", "ko"),
        ("그런 값은 존재하지 않음.", "그런 값은 없음.", "ko"),
        ("정체 없는 안정(Stability Without Stalling)", "정체 없는 안정", "ko"),
        ("쓸 수 없을 것입니다.", "쓸 수 없습니다.", "ko"),
        ("빠른 편이 아니면 쓴다.", "빠른 편이 아니라면 쓴다.", "ko"),
        ("You have to close it.", "You must close it.", "en"),
        ("A reader is able to log in.", "A reader can log in.", "en"),
        ("It was not yet open to us.", "It wasn't open to us yet.", "en"),
        ("He took up some of it all.", "He took up parts of the whole.", "en"),
    ],
)
def test_what_turns_nothing_is_no_risk(before: str, after: str, language: str) -> None:
    """Words that only look like a contrary, or say what others say, are no risk."""
    assert "risk" not in {e.drift_class for e in classify(before, after, language)}


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("Run `a` and the old `b` now.", "Run `a` and a newer `b` now.", "en"),
        ("Call `x.y()`, then wait.", "Call `x.y()` and then do not wait.", "en"),
        ("`obj` 와 `key` 를 쓴다.", "`obj`와 `key`를 쓴다.", "ko"),
        ("It is an `Ord`, not a `Map`.", "It is a `Map`, not an `Ord`.", "en"),
        ("Use $x^2$ or [a](b.md) here. All of `it` stands.", "Use $x^2$ here.", "en"),
        ("Is `a` open? `b` is.", "`b` is. Open `a`, not `c`.", "en"),
    ],
)
def test_evidence_is_of_the_text(before: str, after: str, language: str) -> None:
    """Evidence shows what people wrote, and no letters that stand for code."""
    for one in classify(before, after, language):
        assert not SIGNS.search(one.old + one.new)
        for code in re.findall("`[^`]+`", one.old):
            assert code in before
        for code in re.findall("`[^`]+`", one.new):
            assert code in after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Version: 2.0-rc.3", "Version: 2.0-rc.4"),
        ("See v1.2.3-b4.", "See v1.2.3-b5."),
        ("Read a-3 and 7 more.", "Read a-4 and seven more."),
    ],
)
def test_a_number_is_the_same_if_all_beside_it_is(before: str, after: str) -> None:
    """What looks like a name beside a value is compared, too."""
    found = classify(before, after, "en", (), "ko")
    assert "number" in {one.drift_class for one in found}
    assert not is_kept(found)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("See the [`Get`] method.", "See the [`Get`][] method."),
        ("[Taxonomies][]", "[Taxonomies]"),
        ("Read [the guide] and [`more`][].", "Read [the guide][] and [`more`]."),
    ],
)
def test_a_label_is_a_link_with_or_without_brackets_behind_it(
    before: str, after: str
) -> None:
    """``[x]`` and ``[x][]`` are the same link."""
    assert is_kept(classify(before, after, "en", (), "ko"))


def test_brackets_within_code_are_code() -> None:
    """Behind a word and in code they are no part of a link."""
    for before, after in (("Take `x [a][]`.", "Take `x [a]`."), ("a[b][]", "a[b]")):
        assert not is_kept(classify(before, after, "en", (), "ko"))


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("<span>예제 3: 테스트</span>", "<span>예제 3: 테스트 </span>", "spacing"),
        ("[3장][a]<!-- x --> 절에서", "[3장][a]<!-- x -->절에서", "spacing"),
        ("<b>A boat </b>waits", "<b>A boat</b> waits", "cosmetic"),
    ],
)
def test_blanks_beside_markup_are_blanks(before: str, after: str, named: str) -> None:
    """Where all words and marks are the same, only blanks moved."""
    language = "ko" if named == "spacing" else "en"
    found = classify(before, after, language)
    assert [one.drift_class for one in found] == [named]
    assert is_kept(found)


@pytest.mark.parametrize(
    ("before", "after", "target", "expected"),
    [
        ("Run clippy now.", "Run Clippy now.", "clippy를 돌린다.", "Clippy를 돌린다."),
        ("The api, an api.", "The API, an API.", "api는 api다.", "API는 API다."),
        ("Use npm, ui.", "Use NPM, UI.", "npm, ui를 쓴다.", "NPM, UI를 쓴다."),
        ("Run clippy now.", "Run Clippy now.", "클리피를 돌린다.", None),
        ("The api, an api.", "The API, an api.", "api는 api다.", None),
        ("The api.", "The API.", "api는 api다.", None),
    ],
)  # fmt: skip
def test_capitals_are_proposed(
    before: str, after: str, target: str, expected: str | None
) -> None:
    """A word in Latin letters gets its capitals in a translation that has it, too."""
    found = classify(before, after, "en", (), "ko")
    assert proposal(before, after, target, found, ("en", "ko")) == expected
