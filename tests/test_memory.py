"""What the memory remembers of catalogs, how it finds it again, and what it does when
its index is not what it should be."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_flow import state as states
from translate_flow.catalog import new
from translate_flow.memory import Match, Memory, MemoryUnit, Origin, accepted, score
from translate_flow.memory.index import VERSION, connect, key_of
from translate_flow.memory.postings import Fts, Plain
from translate_flow.memory.wording import fold, tokens
from translate_flow.model import Catalog, Unit

TODAY = "2026-11-24"
LONG = " ".join(map(str, range(20_000)))
PAIRS = (
    ("The boat leaves at nine.", "배는 아홉 시에 떠난다."),
    ("The boat leaves at ten.", "배는 열 시에 떠난다."),
    ("Nobody waits for the ferry.", "아무도 나룻배를 기다리지 않는다."),
    (
        "The harbour is closed. Nobody knows why.",
        "항구는 닫혔다. 까닭은 아무도 모른다.",
    ),
)


def entry(source: str, target: str, **other: object) -> MemoryUnit:
    """Return an English text and a Korean one."""
    return replace(MemoryUnit((("en", source), ("ko", target))), **other)  # type: ignore[arg-type]


def origin(entries: Sequence[MemoryUnit], digest: str = "1") -> Origin:
    """Return what holds some entries."""
    return Origin(digest, lambda: entries)


def memory(*entries: MemoryUnit, path: Path | None = None) -> Memory:
    """Return a memory of some entries."""
    return Memory(path, {"a": origin(entries)})


def of_pairs(path: Path | None = None) -> Memory:
    """Return a memory of a few pairs."""
    made = (entry(*pair, place=f"boat:{n}") for n, pair in enumerate(PAIRS))
    return memory(*made, path=path)


def found(matches: Sequence[Match]) -> list[tuple[int, str]]:
    """Return scores and targets."""
    return [(match.score, match.target) for match in matches]


# --- what is remembered -----------------------------------------------------


def unit(source: str = "One.", target: str = "하나.", name: str = "a") -> Unit:
    """Return a unit that a person took."""
    return states.taken(Unit(name, source), target, by="mina", today=TODAY)


def catalog(*units: Unit, obsolete: Sequence[Unit] = ()) -> Catalog:
    """Return a catalog from English to Korean."""
    made = new("sources/boat.md", "en", "ko")
    return replace(made, units=units, obsolete=tuple(obsolete))


def remembered(*units: Unit, obsolete: Sequence[Unit] = ()) -> list[tuple[str, str]]:
    """Return the texts that a catalog gives to the memory."""
    entries = accepted(catalog(*units, obsolete=obsolete), "boat")
    return [(e.texts[0][1], e.texts[1][1]) for e in entries]


def drifted() -> Unit:
    """Return a unit whose source moved after a person had taken its target."""
    return states.followed(unit(), "Two.")


def test_accepted_units_are_remembered() -> None:
    """A unit that a person took is remembered with who took it, when and below what."""
    two = unit("Two.", "둘.", "b")
    one, entry_of_two = accepted(catalog(unit(), two), "boat")
    assert (one.texts, one.place) == ((("en", "One."), ("ko", "하나.")), "boat:a")
    assert (one.by, one.on, one.made, one.above) == ("mina", TODAY, "", ("", ""))
    above = (states.fingerprint("One."), states.fingerprint("하나."))
    assert entry_of_two.above == above


def test_drafts_and_what_shares_a_target_are_not() -> None:
    """Drafts, gaps, omitted and joined units, and those that cover them, are not
    remembered."""
    machine = states.drafted(Unit("b", "B."), "비.", origin="google", today=TODAY)
    omitted = states.left_out(Unit("c", "C."), by="mina", today=TODAY)
    cover = unit("D.", "디와 이.", "d")
    joined = states.joined_to(Unit("e", "E."), cover, by="mina", today=TODAY)
    assert remembered(machine, omitted, cover, joined, Unit("f", "F.")) == []


def test_a_target_that_says_more_is_not() -> None:
    """A target with a paragraph of its own is no translation of its source alone."""
    more = unit(target="하나.\n\n편집자 주.")
    assert remembered(more) == [("One.", "하나.\n\n편집자 주.")]
    assert remembered(states.with_added(more, [2])) == []


def test_a_drifted_unit_is_remembered_for_the_text_it_was_taken_for() -> None:
    """A source that moved leaves the pair that a person took; flagged by a person, or
    with another target, it leaves nothing."""
    moved = drifted()
    assert (moved.source, moved.previous, moved.fuzzy) == ("Two.", "One.", True)
    assert remembered(moved) == [("One.", "하나.")]
    assert remembered(replace(moved, target="둘.")) == []
    assert remembered(replace(moved, previous=None)) == []
    assert remembered(replace(moved, previous="Three.")) == []
    assert moved.mark is not None
    by_a_person = replace(moved.mark, flagged_for="")
    assert remembered(replace(moved, mark=by_a_person)) == []


def test_obsolete_units_are_remembered() -> None:
    """What was taken stays known when its segment is gone."""
    assert remembered(obsolete=[unit(), drifted()]) == [("One.", "하나.")] * 2
    assert remembered(obsolete=[replace(unit(), fuzzy=True)]) == []


def test_units_of_other_tools_are_remembered_unless_fuzzy() -> None:
    """What carries no mark counts as another tool says."""
    plain = Unit("", "One.", "하나.")
    assert remembered(plain, replace(plain, fuzzy=True)) == [("One.", "하나.")]


def test_a_text_typed_under_another_source_is_not() -> None:
    """A pair that nobody took as it stands is not remembered."""
    assert remembered(replace(unit(), source="Two.")) == []
    assert remembered(replace(unit(), target="둘.")) == []


def test_machine_text_that_was_taken_unread_stays_labelled() -> None:
    """A machine's text in the memory says so, unless a person changed it."""
    machine = states.drafted(Unit("b", "B."), "비.", origin="google", today=TODAY)
    taken = states.taken(machine, None, by="mina", today=TODAY)
    mended = states.taken(machine, "비이.", by="mina", today=TODAY)
    (one,) = accepted(catalog(taken), "boat")
    (two,) = accepted(catalog(mended), "boat")
    assert (one.made, two.made) == ("google", "")


# --- how alike --------------------------------------------------------------


def test_the_score_is_the_share_of_letters_that_stay() -> None:
    """The score counts letters, rounds down, and is blind to capitals and blanks."""
    assert score("abcd", "abcx") == 75
    assert score("abc", "abx") == 66
    assert score("a  b\nc", "a b c") == 100
    assert score("The Boat", "the boat") == 99
    assert score("가", "나") == 0


@given(st.text(max_size=30), st.text(max_size=30))
def test_only_the_same_text_has_100(one: str, two: str) -> None:
    """The score is symmetric, between 0 and 100, and 100 just for the same texts."""
    points = score(one, two)
    assert points == score(two, one)
    assert 0 <= points <= 100
    assert (points == 100) == (states.collapse(one) == states.collapse(two))


@given(st.text(max_size=60))
def test_words_are_letters_that_an_index_takes(text: str) -> None:
    """Tokens hold nothing that a query could take for syntax."""
    for token in tokens(fold(text)):
        assert token
        assert not any(sign in token for sign in "\"'*^ ():-_\n")


# --- finding ----------------------------------------------------------------


def test_the_same_text_is_found_first() -> None:
    """The same text has 100, what is like it less, what is not like it does not
    come."""
    matches = of_pairs().search("The boat leaves at nine.", "en", "ko")
    assert found(matches) == [(100, PAIRS[0][1]), (87, PAIRS[1][1])]
    assert matches[0].origin == "boat:0"


def test_both_directions_are_found() -> None:
    """A text is found from its translation, too; from a third language nothing is."""
    matches = of_pairs().search("배는 아홉 시에 떠난다.", "ko", "en")
    assert found(matches)[0] == (100, PAIRS[0][0])
    assert of_pairs().search("배는 아홉 시에 떠난다.", "en", "ko") == ()
    assert of_pairs().search("The boat leaves at nine.", "en", "ja") == ()


def test_korean_particles_do_not_hide_a_text() -> None:
    """A Korean text is found when every word ends otherwise."""
    matches = of_pairs().search("아무나 나룻배는 기다리지 않았다.", "ko", "en")
    assert [match.target for match in matches] == [PAIRS[2][0]]


def test_context_decides_between_equals() -> None:
    """Of several translations of one text, the one below the same text has 101."""
    above = states.fingerprint("Tides")
    one = entry("Notes", "메모", on="2026-11-20")
    two = entry("Notes", "주석", on="2020-01-01", above=(above, ""))
    both = memory(one, two)
    assert found(both.search("Notes", "en", "ko", above="Tides")) == [
        (101, "주석"),
        (100, "메모"),
    ]
    assert [m.target for m in both.search("Notes", "en", "ko")] == ["메모", "주석"]
    exact = both.exact("Notes", "en", "ko", above="Tides")
    assert exact is not None
    assert (exact.score, exact.target) == (101, "주석")
    later = both.exact("Notes", "en", "ko", above="Winds")
    assert later is not None
    assert (later.score, later.target) == (100, "메모")


def test_context_counts_from_the_other_side() -> None:
    """What stands above a translation is its context when that is the question."""
    above = (states.fingerprint("Tides"), states.fingerprint("조수"))
    one = memory(entry("Notes", "주석", above=above))
    assert one.search("주석", "ko", "en", above="조수")[0].score == 101
    assert one.search("주석", "ko", "en", above="Tides")[0].score == 100


def test_a_person_goes_before_a_machine() -> None:
    """Of two translations, the one that a person wrote comes first, later or not."""
    machine = entry("Notes", "노트", made="google", on="2026-11-24")
    person = entry("Notes", "메모", on="2026-01-01")
    both = memory(machine, person)
    assert [m.target for m in both.search("Notes", "en", "ko")] == ["메모", "노트"]
    assert (both.exact("Notes", "en", "ko") or machine).made == ""


def test_exact_is_exact() -> None:
    """The exact question is blind to white space alone."""
    pairs = of_pairs()
    assert pairs.exact("The boat  leaves\nat nine.", "en", "ko") is not None
    assert pairs.exact("The Boat leaves at nine.", "en", "ko") is None
    assert pairs.exact("The boat leaves at nine", "en", "ko") is None


def test_sentences_of_longer_texts_are_found() -> None:
    """A sentence of a remembered text is found, never as sure as a whole one, and never
    by the exact question."""
    pairs = of_pairs()
    (match,) = pairs.search("Nobody knows why.", "en", "ko")
    assert (match.score, match.target, match.part) == (99, "까닭은 아무도 모른다.", "")
    assert pairs.exact("Nobody knows why.", "en", "ko") is None


def test_sentences_of_the_question_are_asked_for() -> None:
    """When the whole is unknown, its sentences are looked up, each by itself."""
    text = "Nobody waits for the ferry. It was sold last summer to a museum far away."
    (match,) = of_pairs().search(text, "en", "ko")
    assert (match.score, match.part) == (100, "Nobody waits for the ferry.")
    assert match.target == PAIRS[2][1]


def test_the_least_score_and_the_number_are_kept() -> None:
    """Nothing below the least score is returned, and no more than asked for."""
    many = memory(*(entry(f"The boat leaves at {n}.", f"{n}") for n in range(10, 40)))
    text = "The boat leaves at 10."
    assert len(many.search(text, "en", "ko", most=7)) == 7
    assert len(many.search(text, "en", "ko", least=100)) == 1
    assert many.search("Snow fell on the hills.", "en", "ko", least=60) == ()


@pytest.mark.parametrize(
    "text", ["", " \n", "…", "\ud800", "🚢", '"*^()', "a" * 70_000, LONG]
)
def test_any_text_can_be_asked_for(text: str) -> None:
    """A question of any signs has an answer, if only none."""
    odd = memory(entry("…", "…"), entry("🚢", "배"), entry("x\ud800", "y"))
    answers = odd.search(text, "en", "ko")
    assert [m.source for m in answers] == ([text] if text in ("…", "🚢") else [])
    assert (odd.exact(text, "en", "ko") is None) == (not answers)


@given(st.lists(st.text(alphabet="ab 가나", min_size=1, max_size=12), min_size=1))
def test_what_was_put_in_is_found(texts: list[str]) -> None:
    """Every text is found again by the exact question."""
    known = [text for text in texts if text.strip()]
    made = memory(*(entry(text, f"목적 {text}") for text in known))
    for text in known:
        match = made.exact(text, "en", "ko")
        assert match is not None
        assert states.collapse(match.source) == states.collapse(text)


def test_the_best_of_a_full_comparison_is_found() -> None:
    """Among many texts made of the same words, the index finds the one that a
    comparison with all of them finds."""
    words = "the old boat new ferry harbour leaves at nine ten for a small island"
    one = words.split()
    texts = [
        " ".join(one[(n * k + k) % len(one)] for k in range(1, 5 + n % 4))
        for n in range(400)
    ]
    made = memory(*(entry(text, f"{n}") for n, text in enumerate(texts)))
    for text in texts[::7]:
        asked = text.replace("boat", "ship").replace("nine", "noon") + " today"
        best = max(score(asked, one) for one in texts)
        answers = made.search(asked, "en", "ko", least=50)
        assert best < 50 or answers[0].score == best


# --- the index --------------------------------------------------------------


def lines(path: Path) -> set[str]:
    """Return the texts that an index holds."""
    with sqlite3.connect(path) as db:
        return {text for (text,) in db.execute("SELECT text FROM line")}


def test_an_origin_is_replaced_whole(tmp_path: Path) -> None:
    """What an origin no longer holds is forgotten, what others hold too is kept."""
    path = tmp_path / "memory.sqlite"
    one, two, three = (entry(f"Text {n}.", f"글 {n}.") for n in (1, 2, 3))
    before = {"a": origin([one, two]), "b": origin([two])}
    Memory(path, before).close()
    assert lines(path) == {"Text 1.", "글 1.", "Text 2.", "글 2."}
    Memory(path, {"a": origin([three], "2"), "b": origin([two])}).close()
    assert lines(path) == {"Text 3.", "글 3.", "Text 2.", "글 2."}
    last = Memory(path, {"a": origin([three], "2")})
    assert last.search("Text 2.", "en", "ko", least=100) == ()
    assert last.search("Text 3.", "en", "ko", least=100) != ()
    assert lines(path) == {"Text 3.", "글 3."}


def test_what_did_not_change_is_not_read(tmp_path: Path) -> None:
    """An origin whose hash is known is not read again."""
    path = tmp_path / "memory.sqlite"
    of_pairs(path).close()

    def unread() -> Sequence[MemoryUnit]:
        raise AssertionError("read again")

    again = Memory(path, {"a": Origin("1", unread)})
    assert again.exact(PAIRS[0][0], "en", "ko") is not None


def older(path: Path) -> None:
    """Make an index one of another version."""
    of_pairs(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")


def foreign(path: Path) -> None:
    """Put another program's database there."""
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE line (id, text)")
        db.execute("PRAGMA application_id = 7")


def without_table(path: Path) -> None:
    """Take a table out of an index."""
    of_pairs(path).close()
    with sqlite3.connect(path) as db:
        db.execute("DROP TABLE entry")


def garbage(path: Path) -> None:
    """Put something there that is no database."""
    path.write_bytes(b"no database at all " * 1000)


def torn(path: Path) -> None:
    """Overwrite the middle of an index."""
    of_pairs(path).close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)


def cut(path: Path) -> None:
    """Cut an index in two."""
    of_pairs(path).close()
    path.write_bytes(path.read_bytes()[:6000])


@pytest.mark.parametrize("harm", [older, foreign, without_table, garbage, torn, cut])
def test_a_broken_index_is_made_anew(
    harm: Callable[[Path], None], tmp_path: Path
) -> None:
    """Whatever is wrong with the file, it is thrown away and filled again."""
    path = tmp_path / "memory.sqlite"
    harm(path)
    known = PAIRS[0][0]
    assert of_pairs(path).exact(known, "en", "ko") is not None
    again = Memory(path, {"a": Origin("1", lambda: pytest.fail("filled twice"))})
    assert again.exact(known, "en", "ko") is not None


def test_an_index_that_breaks_while_it_is_open(tmp_path: Path) -> None:
    """A file that breaks after it was opened is made anew at the next question."""
    path = tmp_path / "memory.sqlite"
    opened = of_pairs(path)
    without_table_now = sqlite3.connect(path)
    without_table_now.execute("DROP TABLE entry")
    without_table_now.commit()
    assert opened.exact(PAIRS[0][0], "en", "ko") is not None


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Where no index can lie, the memory works without one."""
    (tmp_path / "file").write_text("")
    there_is_no_folder = of_pairs(tmp_path / "file" / "memory.sqlite")
    assert there_is_no_folder.exact(PAIRS[0][0], "en", "ko") is not None


def test_threads_share_a_memory(tmp_path: Path) -> None:
    """Several threads ask one memory at once."""
    pairs = of_pairs(tmp_path / "memory.sqlite")
    with ThreadPoolExecutor(8) as pool:
        texts = [source for source, _ in PAIRS] * 25
        answers = list(pool.map(lambda text: pairs.exact(text, "en", "ko"), texts))
    assert [match.source for match in answers if match] == texts


FILL = """
import sys
from pathlib import Path
from translate_flow.memory import MemoryUnit, Memory, Origin
def read(n):
    pairs = [(f"Text {n} {i}.", f"글 {n} {i}.") for i in range(40)]
    return [MemoryUnit((("en", one), ("ko", two))) for one, two in pairs]
origins = {f"p{n}": Origin("1", lambda n=n: read(n)) for n in range(40)}
memory = Memory(Path(sys.argv[1]), origins)
assert memory.exact("Text 7 7.", "en", "ko").target == "글 7 7."
"""


def test_processes_fill_one_index_at_once(tmp_path: Path) -> None:
    """Several processes that bring one index up leave each entry there once."""
    path = tmp_path / "memory.sqlite"
    words = [sys.executable, "-c", FILL, str(path)]
    running = [subprocess.Popen(words, stderr=subprocess.PIPE) for _ in range(4)]
    for process in running:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM entry").fetchone() == (1600,)
        assert db.execute("SELECT count(*) FROM line").fetchone() == (3200,)


def test_a_table_does_what_fts5_does() -> None:
    """Without FTS5, a plain table gives the same lines."""
    rows = [(n, {f"w{n % 3}", f"가{n % 5}", "all"}) for n in range(1, 60)]
    answers = []
    for kind in (Fts(), Plain()):
        db = sqlite3.connect(":memory:")
        kind.create(db)
        kind.add(db, rows)
        kind.remove(db, rows[10:20])
        answers.append(
            [
                sorted(kind.find(db, words, 5, 50, 100))
                for words in (["all"], ["w1"], ["w2", "가3"], ["w1", "all", "가0"])
            ]
        )
    assert answers[0] == answers[1]
    assert answers[0][0] == [*range(5, 11), *range(21, 51)]


def test_an_index_is_ours_and_knows_its_version(tmp_path: Path) -> None:
    """A new index is in WAL mode, and so may be read while it is written."""
    db, kind = connect(tmp_path / "memory.sqlite")
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert kind.name in ("fts5", "plain")
    assert key_of("a b") == key_of(" a\n b ") != key_of("A b")
