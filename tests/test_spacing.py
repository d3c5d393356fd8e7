"""Korean texts that differ in blanks alone are the same words, or are not called so."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_flow.text.spacing import respaced

BOTH_WAYS = """
    서버를 사용중이다/서버를 사용 중이다 · 값을 찾는데 쓴다/값을 찾는 데 쓴다
    할수있다/할 수 있다 · 할수 있다/할 수있다 · 해야한다/해야 한다 · 것같다/것 같다
    할때/할 때 · 될때까지/될 때까지 · 않을것입니다/않을 것입니다 · 하는게/하는 게
    아는만큼/아는 만큼 · 말하는대로/말하는 대로 · 할뿐이다/할 뿐이다
    하기전에/하기 전에 · 하기위해/하기 위해 · 만든뒤에/만든 뒤에 · 완료후/완료 후
    5년만에/5년 만에 · 한적이 있다/한 적이 있다 · 그럴리가 없다/그럴 리가 없다
    될텐데/될 텐데 · 할줄 안다/할 줄 안다 · 읽을만한/읽을 만한 · 그럴수록/그럴 수록
    할지/할 지 · 뿐 만 아니라/뿐만 아니라 · 그 중/그중 · 이 때/이때 · 그 동안/그동안
    세가지/세 가지 · 첫번째/첫 번째 · 여러가지/여러 가지 · 한번만/한 번만 · 3 개/3개
    보여 주다/보여주다 · 하고있다/하고 있다 · 하지않는다/하지 않는다
    있 습니다/있습니다 · 만들어 집니다/만들어집니다 · 하면 안된다/하면 안 된다
    해도된다/해도 된다 · 배포 할/배포할 · 배포 됩니다/배포됩니다
    오류 입니다/오류입니다 · 간단 하죠/간단하죠 · 방문 한 후에/방문한 후에
    필요없다/필요 없다 · 위와같은/위와 같은 · 예를들어/예를 들어 · 것 처럼/것처럼
    서버 에서/서버에서 · 사람들 은/사람들은 · 우리 는/우리는
    데이터 베이스/데이터베이스 · 자바 스크립트/자바스크립트
    이벤트루프가/이벤트 루프가 · 첫번 째/첫 번째 · 명시 적으로/명시적으로
    스크롤 바/스크롤바 · 사전순으로/사전 순으로 · OR `x`/OR`x` · 웹 페이지/웹페이지
    반환값/반환 값 · 얼럿창이/얼럿 창이 · 재 사용한/재사용한 · Array 를/Array를
    HTML문서/HTML 문서 · 숫자`0`/숫자 `0` · `XX` ./`XX`. · `a` 는/`a`는
    "모듈" 이라고/"모듈"이라고 · 함수 (f)를/함수(f)를 · 예시 :/예시:
    *자신* 을/*자신*을 · 100 %/100% · 5 km/5km · 없다.(그리고/없다. (그리고
"""
"""Same words, whichever of the two stood there first."""

OTHER_WORDS = """
    아버지가 방에/아버지 가방에 · 아버지가방에/아버지 가방에 · 큰집/큰 집 · 새집/새 집
    나가다/나 가다 · 다시가/다 시가 · 집안/집 안 · 나물 좀/나 물 좀 · 내일/내 일
    서울시 장애인/서울 시장애인 · 할머니가 죽을/할머니 가죽을 · 오늘 밤나무/오늘밤 나무
    이중/이 중 · 공중/공 중 · 나라가 지다/나라 가지다 · 한번 해/한 번 해 · 한때/한 때
    안되다/안 되다 · 못하다/못 하다 · 잘하다/잘 하다 · 더하다/더 하다 · 문밖에/문 밖에
    밖에/밖 에 · 같이하다/같이 하다 · 친구같이/친구 같이 · 이기적/이 기적
    이상한 사람/이상 한 사람 · 갈게/갈 게 · 할걸/할 걸 · 오는데, 나는/오는 데, 나는
    예쁜데/예쁜 데 · 작은집/작은 집 · 탈수/탈 수 · 실수/실 수 · 북한산/북한 산
    위에 서는/위에서는 · 이것으로 써/이것으로써 · 커피 한 잔/커피한 잔 · 세배/세 배
    세대/세 대 · 여러분/여러 분 · 첫눈/첫 눈 · 지난해/지난 해 · 한편/한 편 · 물건/물 건
    잘못하다/잘 못하다 · 이가 방을/이 가방을 · 정부가 구를/정부 가구를 · 해지기/해 지기
    1 2/12 · 3 .5/3.5 · 2 만/2만 · front end/frontend · `a b`/`ab` · 상황 인지/상황인지
    활성 화물/활성화물 · 대학 생선/대학생선
"""
"""Words that may be read as others than those that stood there."""


def pairs(table: str) -> list[tuple[str, str]]:
    """Return the texts of a table."""
    rows = re.split(r"\s+·\s+|\n\s*", table.strip())
    split = (row.partition("/") for row in rows)
    return [(one, other) for one, _, other in split]


@pytest.mark.parametrize(("one", "other"), pairs(BOTH_WAYS))
def test_blanks_that_change_no_word(one: str, other: str) -> None:
    """A blank before a bound noun, an auxiliary or a particle is spelling, and so is
    one between two nouns."""
    assert respaced(one, other) == respaced(other, one) == "same"
    assert respaced(f"그는 {one} 그렇다", f"그는 {other} 그렇다") == "same"


@pytest.mark.parametrize(("one", "other"), pairs(OTHER_WORDS))
def test_blanks_that_may_make_another_word(one: str, other: str) -> None:
    """What two read in two ways is not called the same, in either direction."""
    assert "same" not in (respaced(one, other), respaced(other, one))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("값을 찾는데", "값을 찾는 데", "same"),
        ("비가 오는 데 우산이 없다", "비가 오는데 우산이 없다", "unsure"),
        ("`ref`이 값", "`ref` 이 값", "same"),
        ("`ref` 이 값", "`ref`이 값", "unsure"),
        ("서버 이 값", "서버이 값", "other"),
        ("아버지가 방에", "아버지 가방에", "other"),
        ("큰 집", "큰집", "other"),
        ("한 번 해", "한번 해", "unsure"),
        ("사용 중", "사용 시", "other"),
        ("사용중이고 아버지가 방에", "사용 중이고 아버지 가방에", "other"),
    ],
)
def test_what_is_said_of_one_direction(old: str, new: str, told: str) -> None:
    """The worst of all blanks decides, and what else changed is no spacing."""
    assert respaced(old, new) == told


@given(st.text(alphabet="가는데 한이것할수있다를A1.`*(", max_size=20), st.data())
def test_any_blanks_are_judged(text: str, data: st.DataObject) -> None:
    """No text is too strange, and one is the same as itself."""
    blank = data.draw(st.integers(0, len(text)))
    other = f"{text[:blank]} {text[blank:]}"
    assert respaced(text, text) == "same"
    assert respaced(text, other) in ("same", "unsure", "other")
    assert respaced(text, f"{other}가") == "other"


@pytest.mark.parametrize("text", ["가 ", "는데 ", "`", "( ", "할수 있 ", "1 "])
def test_long_texts_take_no_time(text: str) -> None:
    """Only what is near a blank is looked at."""
    text *= 5_000
    assert respaced(text, text) == "same"
    assert respaced(text, f"{text}나") == "other"
