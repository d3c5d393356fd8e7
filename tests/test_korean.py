"""Particles fit the word before them, and only what is surely wrong counts as wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_flow.text.korean import (
    COPULA,
    PAIRS,
    exchanged,
    fitted,
    replaced,
    surely_replaced,
)
from translate_flow.text.slips import mended, misspelt, righted
from translate_flow.text.sounds import coda

VOWEL, RIEUL, OTHER = "", "ㄹ", "C"

# --- the last sound ---------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "end"),
    [
        ("국가", VOWEL), ("서울", RIEUL), ("한국", OTHER), ("배 세 척", OTHER),
        ("1", RIEUL), ("2", VOWEL), ("3", OTHER), ("9", VOWEL), ("0", OTHER),
        ("10", OTHER), ("60", OTHER), ("100", OTHER), ("2000", OTHER),
        ("10,000", OTHER), ("1000000000000", VOWEL), ("2.7", RIEUL), ("3.10", OTHER),
        ("60%", VOWEL), ("5km", VOWEL), ("5 kg", OTHER), ("3g", OTHER), ("20℃", VOWEL),
        ("API", VOWEL), ("URL", RIEUL), ("ICBM", OTHER), ("FTA", VOWEL),
        ("HTTP", VOWEL), ("UN", OTHER), ("NATO", VOWEL), ("ASEAN", OTHER),
        ("L", RIEUL), ("B", VOWEL), ("FastAPI", VOWEL), ("PyCharm", OTHER),
        ("Python", OTHER), ("Google", RIEUL), ("Twitter", VOWEL), ("Station", OTHER),
        ("UTF-8", RIEUL), ("F-35", VOWEL), ("IPv4", VOWEL),
        ("**60**", OTHER), ("“평화”", VOWEL), ("‘핵우산’", OTHER), ("『정글』", RIEUL),
        ("“간다.”", VOWEL), ("<b>일</b>", RIEUL), ("_국가_", VOWEL),
        ("[PyCharm](https://example.org)", OTHER), ("[국가][ref]", VOWEL),
        ("유엔(UN)", OTHER), ("**국가(나라)**", VOWEL),
    ],
)  # fmt: skip
def test_the_last_sound_that_is_read(word: str, end: str) -> None:
    """Syllables, digits, units, acronyms and words end as Koreans read them."""
    assert coda(word) == end


@pytest.mark.parametrize(
    "word",
    [
        "", " ", "R", "IDLE", "OPEC", "MIME", "G20", "IPv6", "MP3", "5:30", "1/2", "#5",
        "$60", "漢", "char", "pip", "main.py", "Chile", "국제헌법재판소(ICC)",
        "60)", "…", "\0\0", "2.7.1", "10000000000000000",
    ],
)  # fmt: skip
def test_what_cannot_be_known_is_not_guessed(word: str) -> None:
    """Words that are read in two ways, or by nobody, have no known end."""
    assert coda(word) is None


@pytest.mark.parametrize(
    ("end", "codes"),
    [
        (VOWEL, "ref state Route useEffect MAX_SIZE id x main.py go() --data Rc<T> "
         "v2 i32 POST src user_path tags kwargs </div> thread config link check"),
        (RIEUL, "signal createSignal index.html URL file null str 1 table --all.toml"),
        (OTHER, "map name file_type Column GET panic! fn block 60 0 setup stream "
         "static hook drop print_in npm put timeout MIN is_json runtime clone"),
        (None, "set pip Option<T> f(x) [] * #! x[0] fmt rustc float v1 {} .. Vec"),
    ],
)  # fmt: skip
def test_the_last_word_of_code_is_read(end: str | None, codes: str) -> None:
    """Of code the last word counts, in whatever marks; what two would read in two ways
    has no known end."""
    for code in codes.split():
        for shape in ("`{}`", "``{}``", "**`{}`**", "“`{}`”", "[`{}`](/a)", "(`{}`)"):
            assert coda(shape.format(code)) == end, (shape, code)
    assert coda("참조(`signal`)") is None


@given(st.text(max_size=30))
def test_any_text_has_an_end_or_none(text: str) -> None:
    """No text is too strange to be looked at."""
    assert coda(text) in ("", "ㄹ", "C", None)


@pytest.mark.parametrize("text", ["</a>", "](", "(1", "*", "가", "1,", "A"])
def test_long_texts_take_no_time(text: str) -> None:
    """Nothing looks at more of a text than the end or the beginning of it."""
    text *= 100_000
    assert fitted(text, text) == text
    assert not mended(text, text + "을")
    assert not misspelt(text)


# --- particles --------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "fits"),
    [
        ("90일", "를 준다", "을 준다"), ("3", "는 크다", "은 크다"),
        ("2", "은 크다", "는 크다"), ("4", "이 크다", "가 크다"), ("10", "와", "과"),
        ("서울", "으로", "로"), ("부산", "로", "으로"), ("부산", "로서는", "으로서는"),
        ("10", "로부터", "으로부터"), ("7", "으로는", "로는"), ("3", "란", "이란"),
        ("2", "이라고 했다", "라고 했다"), ("3", "라는", "이라는"), ("3", "나", "이나"),
        ("2", "이며,", "며,"), ("3", "든지", "이든지"), ("3", "였다.", "이었다."),
        ("2", "이었다.", "였다."), ("3", "다.", "이다."), ("3", "지만", "이지만"),
        ("**60", "**는 ", "**은 "), ("[3", "](/u)는", "](/u)은"), ("“5", "”을", "”를"),
        ("민영", "야, 가자", "아, 가자"), ("철수", "아!", "야!"), ("60%", "을", "를"),
        ("API", "을", "를"), ("20", "와의 전쟁", "과의 전쟁"), ("3", "예요", "이에요"),
    ],
)  # fmt: skip
def test_a_particle_takes_the_form_that_fits(
    before: str, after: str, fits: str
) -> None:
    """The particle at the head of a text follows the sound before it, through marks."""
    assert fitted(before, after) == fits
    assert fitted(before, fits) == fits


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2", "은행"), ("3", "가지"), ("3", "가에서"), ("3", "는데"), ("3", "과목"),
        ("2", "이상"), ("60", "일을"), ("60", " 는"), ("60", "은(는)"), ("2", "을/를"),
        ("2", "이다."), ("2", "이지만"), ("G20", "는"), ("$60", "는"), ("3", "만"),
        ("3", "야 한다"), ("", "는"), ("2", ""), ("3", "로마자"), ("2", "이란인"),
    ],
)  # fmt: skip
def test_what_is_no_sure_particle_stays(before: str, after: str) -> None:
    """Parts of words, forms that are right in any case, and unknown sounds stay."""
    assert fitted(before, after) == after


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ("값은 60으로 한다.", "60", "95", "값은 95로 한다."),
        ("**3**은 크다.", "3", "2", "**2**는 크다."),
        ("`x`는 3이 된다.", "3", "4", "`x`는 4가 된다."),
        ("종로3가 앞", "3", "2", "종로2가 앞"),
        ("종로3가", "3", "6", "종로6가"),
        ("값은 3는 아니다.", "3", "6", "값은 6는 아니다."),
        ("이승만은 졌다.", "이승만", "김구", "김구는 졌다."),
    ],
)
def test_a_replaced_word_takes_its_particle_along(
    text: str, old: str, new: str, expected: str
) -> None:
    """Only a particle that fitted the old word is made to fit the new one."""
    start = text.index(old)
    assert replaced(text, start, start + len(old), new) == expected


@pytest.mark.parametrize(
    ("text", "code", "sure", "proposed"),
    [
        ("`ref`를 쓴다", "`signal`", "`signal`을 쓴다", ""),
        ("**`ref`**는", "`map`", "**`map`**은", ""),
        ("“`ref`”와", "`name`", "“`name`”과", ""),
        ("[`ref`](/a)가", "`item`", "[`item`](/a)이", ""),
        ("(`ref`)로", "`json`", "(`json`)으로", ""),
        ("훅(`ref`)을", "`useEffect`", None, "훅(`useEffect`)을"),
        ("`ref` 를 쓴다", "`signal`", "`signal` 을 쓴다", ""),
        ("`ref` 이 값", "`signal`", "`signal` 이 값", ""),
        ("`signal` 이 돈다", "`ref`", None, "`ref` 가 돈다"),
        ("`ref`여야 한다", "`signal`", "`signal`이어야 한다", ""),
        ("`ref`다.", "`signal`", "`signal`이다.", ""),
        ("`ref`을 쓴다", "`state`", "`state`를 쓴다", ""),
        ("`ref`를", "`set`", None, "`set`을(를)"),
        ("`ref`로만", "`set`", None, "`set`(으)로만"),
        ("`ref`다.", "`set`", None, "`set`(이)다."),
        ("`ref`을(를)", "`set`", "`set`을(를)", ""),
        ("`ref`에서 `ref`의", "`set`", "`set`에서 `ref`의", ""),
    ],
)
def test_code_takes_its_particle_along(
    text: str, code: str, sure: str | None, proposed: str
) -> None:
    """What follows code is a particle; where nobody knows its form, there is no text
    without both forms."""
    start = text.index("`")
    end = text.index("`", start + 1) + 1
    assert exchanged(text, start, end, code) == sure
    assert exchanged(text, start, end, code, both=True) == (sure or proposed)


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ("Ryanair와 함께", "Ryanair", "Easyjet", None),
        ("Ryanair 항공", "Ryanair", "Easyjet", "Easyjet 항공"),
        ("Ryanair와", "Ryanair", "Lufthansa", "Lufthansa와"),
        ("Python는", "Python", "Docker", None),
    ],
)
def test_a_name_is_replaced_if_its_particle_is_sure(
    text: str, old: str, new: str, expected: str | None
) -> None:
    """A name that two would read in two ways, or that stood there with another particle
    than its own, is replaced only where no particle follows."""
    start = text.index(old)
    assert surely_replaced(text, start, start + len(old), new) == expected


SURE = ["은", "이", "을", "과", "으로", "이란", "이나", "이며", *"는가를와로"]


@given(
    st.sampled_from(["국가", "서울", "한국", "10", "2", "7", "API", "URL", "?", "G20"]),
    st.sampled_from(SURE),
    st.sampled_from(["", " 크다", ".", "**", "행", "\n"]),
)
def test_fitting_twice_changes_nothing_more(
    before: str, particle: str, rest: str
) -> None:
    """What fits stays, and nothing but the particle is touched."""
    once = fitted(before, particle + rest)
    assert fitted(before, once) == once
    assert once.endswith(rest)
    assert len(once) - len(particle + rest) in (-1, 0, 1)


@given(st.text(max_size=12), st.text(max_size=12))
def test_fitting_any_text_keeps_all_but_a_particle(before: str, after: str) -> None:
    """A text that begins with no particle comes back as it is."""
    result = fitted(before, after)
    starts = tuple("아야" + "".join(c[0] + v[0] for c, v, _ in PAIRS))
    inner = after.lstrip("*_~\"'”’»」』》〉)]")
    if not inner.startswith(starts) and not COPULA.match(after) and "(" not in after:
        assert "[" in after or "<" in after or result == after


# --- wrong particles put right ----------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("조약를", "조약을"), ("조약를,", "조약을,"), ("정부을", "정부를"),
        ("규모을", "규모를"), ("조약와의", "조약과의"), ("트레잇와", "트레잇과"),
        ("서울으로", "서울로"), ("국가으로서", "국가로서"), ("값들으로", "값들로"),
        ("정부은", "정부는"), ("하락율", "하락률"), ("비률은", "비율은"),
        ("60를", "60을"), ("20%을", "20%를"), ("UTF-8으로", "UTF-8로"),
        ("API을", "API를"), ("“조약”를", "“조약”을"), ("**처리**을", "**처리**를"),
    ],
)  # fmt: skip
def test_an_impossible_particle_put_right_is_mending(before: str, after: str) -> None:
    """The same stem with the form that it must have is no change of meaning, and the
    way back is no mending."""
    assert mended(before, after)
    assert not mended(after, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("연습장는", "연습장은"), ("사용자들는", "사용자들은"), ("방식는", "방식은"),
        ("파일는", "파일은"), ("값는", "값은"), ("객체들가", "객체들이"),
        ("미디어이", "미디어가"), ("변수과", "변수와"),
        ("배열가", "배열이"), ("방식로", "방식으로"), ("의존성가", "의존성이"),
        ("호출라고", "호출이라고"), ("방법며", "방법이며"), ("압축는", "압축은"),
        ("서버이", "서버가"), ("것로", "것으로"), ("서버과", "서버와"),
        ("함수이라는", "함수라는"), ("값라고", "값이라고"), ("방법라는", "방법이라는"),
        ("서버이나", "서버나"), ("방법나", "방법이나"), ("거에요", "거예요"),
        ("값예요", "값이에요"), ("서버이에요", "서버예요"), ("하나이었다", "하나였다"),
        ("값였다", "값이었다"), ("값이예요", "값이에요"), ("값이였다", "값이었다"),
        ("값을을", "값을"), ("서버를를.", "서버를."), ("함수는는", "함수는"),
        ("했습니다다", "했습니다"), ("집에서에서", "집에서"), ("집에에", "집에"),
        ("`x`을", "`x`를"), ("(camelCase)이", "(camelCase)가"),
        ("Promise과", "Promise와"), ("`x`이라는", "`x`라는"), ("`x`으로", "`x`로"),
        ("`set`이나", "`set`나"), ("`x`를를", "`x`를"), ("G20는", "G20은"),
        ("n<sub>2</sub>이라는", "n<sub>2</sub>라는"),
    ],
)  # fmt: skip
def test_a_particle_in_a_form_that_is_no_word_there(before: str, after: str) -> None:
    """Behind a noun, code or a mark the other form, or the same twice, is a slip."""
    assert mended(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("음악가", "음악이"), ("사업가", "사업이"), ("접근로", "접근으로"),
        ("돌려달라고", "돌려달이라고"), ("만들며", "만들이며"), ("소아과", "소아와"),
        ("이름란", "이름이란"), ("유별나", "유별이나"),
        ("전문가", "전문이"), ("산책로", "산책으로"), ("찾는", "찾은"),
        ("남는", "남은"),
        ("되감는", "되감은"), ("뒤집는", "뒤집은"), ("갈아입는", "갈아입은"),
        ("끓는", "끓은"), ("했는", "했은"), ("만나", "만이나"), ("끝나", "끝이나"),
        ("혼란", "혼이란"), ("총무과", "총무와"), ("놀이", "놀가"),
        ("사나이", "사나가"),
        ("새로이", "새로가"), ("어린아이라고", "어린아라고"), ("말라는", "말이라는"),
        ("마을을", "마을"), ("가을을", "가을"), ("은은", "은"), ("차이나", "차나"),
        ("아니에요", "아니예요"), ("API를", "API을"), ("`x`을", "`x`가"),
        ("먹나", "먹이나"), ("높다다", "높다"), ("효과", "효"), ("`x`가", "`x`를"),
    ],
)  # fmt: skip
def test_a_particle_that_may_be_part_of_a_word_stays(before: str, after: str) -> None:
    """Persons and streets, verbs, nouns that end alike: nothing of them is mended."""
    assert not mended(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("먹는", "먹은"), ("먹은", "먹는"), ("가을", "가를"), ("마을", "마를"),
        ("노을", "노를"), ("고을", "고를"), ("나을", "나를"), ("저을", "저를"),
        ("모을", "모를"), ("산마을", "산마를"), ("지은", "지는"), ("나은", "나는"),
        ("하은", "하는"), ("국가", "국이"), ("차이", "차가"), ("경로", "경으로"),
        ("효과", "효와"), ("조약을", "조약은"), ("조약를", "협정을"), ("조약", "조약"),
        ("", "을"), ("제2과", "제2와"), ("종로3가", "종로3이"), ("3가", "3이"),
        ("**먹**는", "**먹**은"), ("법률", "법율"), ("와", "과"), ("을", "를"),
        ("정부를", "정부는"), ("3과", "3와"),
    ],
)  # fmt: skip
def test_forms_that_may_be_words_are_not_mended(before: str, after: str) -> None:
    """A change between forms that both may be right is a change of words."""
    assert not mended(before, after)


# --- misspelt words ---------------------------------------------------------

MISSPELT = """
    몇일 몇일이나 역활을 희안하게 오랫만에 어떻해 어떡게 일일히 곰곰히 깨끗히 틈틈히
    설겆이 왠만하면 왠일로 웬지 어의없다 궂이 않되는 않돼 괜찬은 요컨데 예컨데
    생각컨대 서슴치 익숙치 넉넉치 삼가해 짜집기 뒷풀이 뒷편에 윗층에서 촛점을 댓가로
    갯수가 잇점이 헛점을 마굿간 머릿말 인삿말 널부러진 덮혀 닥달하다 떡볶기 김치찌게
    쭈꾸미 숫가락 곱배기 눈쌀을 뇌졸증 폐쇠된 통채로 송두리채 아지랭이 재털이 무릎쓰고
    무릅을 희노애락 절대절명 풍지박산 홀홀단신 옛부터 어쨋든 아뭏든 하옇튼 그렇치
    구렛나루 통털어 치뤘다 잠궜다 담궈 추스려 쑥맥 내노라하는 더우기 일찌기 도데체
    하마트면 쉽상이다 폭팔 귀뜸 알맞는 걸맞는 나즈막한 날개짓 등교길 휘발류 자그만치
    안스럽다 짖궂은 허구헌 해꼬지 가르키는 가르켰다 아니예요 할께 할께요 갈께 먹을께
    할려고 볼려면 먹을려고 할런지 있슴 했슴 있읍니다 했읍니다 있읍니까 안되요 생각되요
    됬다 됬습니다 안됬다 섡션 괞찮다 떄문에 밝ㅎ혔다 않습니다ㅣ
""".split()  # noqa: SIM905

WORDS = """
    되 돼 되고 돼서 됐다 되어 않은 않는 않을 금새 금세 바램 바람 문안하다 무난하다
    며칠 며칠이나 역할 왠지 웬일 웬만하면 어이없다 구지 굳이 일부로 일부러 뒤쳐진
    뒤처진 살려고 갈려고 그을려 푸른지요 다른지요 8월께 서울께 따님께 선생님께 댓가지
    폐쇠붙이 살찌게 가르치는 가리키는 무릎 무릎을 무릅쓰고 무릅써 고양이예요
    민영이예요 이에요 있습니다 했습니다 정읍입니다 있음 가슴 사슴 머슴 스물셋 똠얌꿍
    펲시 햏자 뷁 뙇 하얬다 쌨다 뵀다 덖음차 훑어 읊다 ㅂ불규칙 ㄹ을 ㄱ ㅋㅋㅋ 하하ㅋㅋ
    네ㅎㅎ 자음ㄱ은 깨끗이 솔직히 쓸쓸히 번번히 간간히 정부 국가 대통령이 러시아는 API
    UTF-8 60일을 3조5천억 북한산 법률 비율 하락률 띄어쓰기 들어나 들렀다 들렸다
    부딪치다 부딪히다 맞추다 맞히다 개발새발 짜장면 자장면 맨날 만날 예부터 뒤풀이
    위층 초점 대가로 개수 이점 허점
""".split()  # noqa: SIM905


@pytest.mark.parametrize("word", MISSPELT)
def test_what_is_no_word_is_misspelt(word: str) -> None:
    """Spellings that stand for no word at all are known, with signs beside them too."""
    assert misspelt(word)
    assert misspelt(f"“{word},")


@pytest.mark.parametrize("word", [*WORDS, "", "…", "ᄒᆞᆫ글"])
def test_what_is_a_word_in_any_sense_is_not_misspelt(word: str) -> None:
    """Words that are often mistaken for others, slang, loanwords and names of letters
    are no misspellings."""
    assert not misspelt(word)


PUT_RIGHT = """
    메세지를:메시지를 아키텍쳐:아키텍처 어플리케이션의:애플리케이션의 거에요:거예요
    작성되서:작성돼서 디렉토리에:디렉터리에 컨텐츠:콘텐츠 데이타베이스:데이터베이스
    쥬니어:주니어 스케쥴러:스케줄러 챠트:차트 버젼:버전 리더쉽:리더십 멤버쉽:멤버십
    악세사리:액세서리 라이센스는:라이선스는 메소드:메서드 블럭:블록 캐쉬:캐시 푸쉬:푸시
    클로져:클로저 매니져:매니저 캡쳐:캡처 타겟:타깃 워크샵:워크숍 네트웍:네트워크
    되요:돼요 되서:돼서 되야:돼야 돼고:되고 돼면:되면 됀:된 번쨰:번째 만듬:만듦
    최대값:최댓값 결과값을:결괏값을 꼭지점:꼭짓점 제데로:제대로 그데로:그대로
    정확이:정확히 많히:많이 바꼈다:바뀌었다 가까와지는:가까워지는 설레임:설렘
    옳바른:올바른 다행이도:다행히도 훨신:훨씬 고유값을:고윳값을 배재된:배제된
    존제하는:존재하는 현제:현재 호완성:호환성 나태낸다:나타낸다 쳅터:챕터
    많음므로:많으므로 위핸:위한 다양항:다양한 어떻개:어떻게 이렇케:이렇게
    있씁니다:있습니다 아니구요:아니고요 됬냐구요:됐냐고요 위쳐럼:위처럼 떼문에:때문에
    줄어드므로:줄어들므로 까페:카페 써비스:서비스 쥬라기:쥐라기 돈까스:돈가스
    소세지:소시지 플랜카드:플래카드 그닥:그다지 몹씨:몹시 돌뿌리:돌부리 녹슬은:녹슨
    갠찮다:괜찮다 귀찬은:귀찮은 환골탈퇴:환골탈태 먹을꺼야:먹을거야 하므로써:함으로써
    오랜동안:오랫동안 할꺼야:할거야 습나다:습니다 있습나다:있습니다 합니:합니다
    됩니니다:됩니다 함니다:합니다 있있다:있다 입니당:입니다
""".split()  # noqa: SIM905

LEFT = """
    금새 바램 대게 뒤쳐진 들어나 로서 로써 돼지는 돼지고기 가져 고쳐 스쳐 다쳐서 하죠
    데이터 메시지 문화일보 켄타우로스 센타우루스 해더라 됀다 그런데 절대로 마음대로
    회수 살려고 만들려고 아이였다 높이다 컨트롤 쉬운 아쉬움 내쉬다 어머니니까 갔었었다
    가까스로 둥그레져서 텔레포트 그쵸 뻐스럭 안전항 되물림 불타올라 친구요 도구요
    연구요 대항 어항 사항 수입입니다 조합합니다 배재대학교 나태하다 현재 실재로 헌재
""".split()  # noqa: SIM905


@pytest.mark.parametrize("pair", PUT_RIGHT)
def test_what_is_often_misspelt_is_put_right(pair: str) -> None:
    """Loanwords, contractions and slips of a key that everybody reads alike."""
    wrong, right = pair.split(":")
    assert righted(wrong) == right
    assert not righted(right)


@pytest.mark.parametrize("word", LEFT)
def test_what_is_a_word_is_not_put_right(word: str) -> None:
    """Words that look like a slip, and slips that may be more than one word."""
    assert not righted(word)


@pytest.mark.parametrize("word", MISSPELT)
def test_what_is_put_right_is_misspelt_no_more(word: str) -> None:
    """A misspelt word has one right spelling or none, never another wrong one."""
    right = righted(word)
    assert not right or not (misspelt(right) or righted(right))


@given(st.text(max_size=20))
def test_any_text_may_be_asked_about(text: str) -> None:
    """No text is too strange, and without Hangul none is misspelt Korean."""
    assert righted(text) != text or not text
    hangul = any("\u1100" <= letter <= "\ud7a3" for letter in text)
    assert isinstance(misspelt(text), bool)
    assert hangul or not misspelt(text)
