"""Korean spacing: whether two texts that differ in nothing but blanks are surely the
same words. 사용중 and 사용 중 are; 아버지가 방에 and 아버지 가방에 are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from translate_flow.text.sounds import FIRST, LAST, UNITS, coda, of_syllable

Spacing = Literal["same", "unsure", "other"]

_BLANKS = re.compile(r"\s+")
_EMPHASIS = re.compile(r"\*+|~~+|(?<!\w)_+|_+(?!\w)")
_CODE = re.compile(r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_SIGN = "\ue000"
"""Stands for code that is still in a text; other signs of that kind may, too."""

NEAR = 24
"""So much of a text is looked at on either side of a blank."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """A blank that stands in one of two texts."""

    at: int
    """How many letters stand before it."""

    left: str
    right: str
    taken: bool
    """Whether it was taken out; if not, it was put in."""


def respaced(old: str, new: str) -> Spacing:
    """Say whether two Korean texts are the same words, whatever the spacing.

    :returns: "same" if all who read either read the same; "unsure" if the words are
        most likely the same; "other" if the texts differ in more than blanks, or if
        one may be read as other words than the other.
    """
    if _letters(old) != _letters(new):
        return "other"
    codes = [[code[0] for code in _CODE.finditer(text)] for text in (old, new)]
    if codes[0] != codes[1]:
        return "other"
    old, new = (_EMPHASIS.sub("", _CODE.sub(_SIGN, text)) for text in (old, new))
    told = [_of_group(gaps) for gaps in _groups(old, new)]
    return min(told, key=_ORDER.index, default="same")


_ORDER: tuple[Spacing, ...] = ("other", "unsure", "same")


def _letters(text: str) -> str:
    return _BLANKS.sub("", text)


def _blanks(text: str) -> dict[int, int]:
    """Return where blanks stand: letters before each → its place in the text."""
    found: dict[int, int] = {}
    letters = 0
    for place, letter in enumerate(text):
        if letter != " ":
            letters += 1
        elif letters:
            found.setdefault(letters, place)
    return found


def _groups(old: str, new: str) -> Iterator[list[_Gap]]:
    """Yield the blanks that only one text has, those together that no blank of both
    texts stands between."""
    old, new = (_BLANKS.sub(" ", text).strip() for text in (old, new))
    before, after = _blanks(old), _blanks(new)
    group: list[_Gap] = []
    for at in sorted({*before, *after}):
        if at in before and at in after:
            yield group
            group = []
            continue
        taken = at in before
        text, place = (old, before[at]) if taken else (new, after[at])
        left = text[max(0, place - NEAR) : place]
        group.append(_Gap(at, left, text[place + 1 :][:NEAR], taken))
    yield group


def _of_group(gaps: list[_Gap]) -> Spacing:
    """Where a blank moved by a syllable, both places must be firm."""
    grades = [_grade(gap) for gap in gaps]
    for one, other in pairwise(range(len(gaps))):
        moved = gaps[one].taken != gaps[other].taken
        needed = FIRM if gaps[other].at - gaps[one].at == 1 else LIKELY
        if moved and min(grades[one], grades[other]) < needed:
            return "other"
    least = min(grades, default=FIRM)
    return "other" if least == OTHER else "unsure" if least == UNSURE else "same"


# --- one blank --------------------------------------------------------------

OTHER, UNSURE, LIKELY, RULED, FIRM = range(5)
"""Grades: other words; perhaps; two nouns, or noun and verb; a rule of spelling; one
that holds even where a blank has only moved."""

_STOPS = ".,;:!?…)]}」』》〉”’%％·、。|→"
_OPENS = "([{「『《〈“‘"
_PLAIN = "\"'&→•|"


def _kind(letter: str) -> str:
    """Return H for Hangul, D for a digit, A for any other letter, C for code, P for
    anything else."""
    if FIRST <= letter <= LAST:
        return "H"
    if letter.isalpha():
        return "A"
    if letter.isdigit():
        return "D"
    return "C" if "\ue000" <= letter <= "\uf8ff" else "P"


def _grade(gap: _Gap) -> int:
    """Say how sure it is that a blank more or less leaves the words what they are."""
    here, there = _kind(gap.left[-1]), _kind(gap.right[0])
    if here == there == "H":
        return _within(gap)
    if "P" in (here, there):
        return _at_sign(gap, here, there)
    if here == "H":
        return RULED
    return _behind(gap, here) if there == "H" else _no_hangul(gap, here + there)


def _at_sign(gap: _Gap, here: str, there: str) -> int:
    """Grade a blank beside a mark, a bracket or an operator."""
    left, right = gap.left[-1], gap.right[0]
    if left in _OPENS or right in _OPENS:
        return RULED
    if re.search(r"\d\W*$", gap.left) and re.match(r"\W*\d", gap.right):
        return UNSURE
    if right in _STOPS:
        return UNSURE if re.match(r"[.!:]\w", gap.right) else RULED
    if there == "H" and re.match(rf"이{_END}", gap.right):
        return _this(gap)
    plain = left in _STOPS + _PLAIN or right in _PLAIN
    if "H" in (here, there):
        return UNSURE if "#" in (left, right) else RULED
    return RULED if plain and (left not in ".:!" or there == "C") else UNSURE


def _behind(gap: _Gap, here: str) -> int:
    """Grade a blank between Hangul and the Latin word, number or code before it."""
    if re.match(rf"이{_END}", gap.right):
        return _this(gap)
    if here == "D" and re.match("만(?![건명개번원년달큼])|등", gap.right):
        return UNSURE
    return RULED


def _this(gap: _Gap) -> int:
    """Grade a blank before 이, which may be the word for *this*."""
    end = coda(gap.left)
    if end == "":
        return OTHER if gap.taken else UNSURE
    return UNSURE if end is None and gap.taken else RULED


def _no_hangul(gap: _Gap, kinds: str) -> int:
    if kinds == "DD":
        return OTHER
    if kinds in ("AC", "CA"):
        return RULED
    if kinds == "DA" and any(re.match(rf"{unit}\b", gap.right) for unit in UNITS):
        return RULED
    return LIKELY if kinds == "AD" and re.search(r"[A-Z]\w+$", gap.left) else UNSURE


# --- Hangul on both sides ---------------------------------------------------


def _ending_in(coda: int, vowels: Iterable[int] = range(21)) -> str:
    """Return a class of the syllables that end so, by the numbers of their letters."""
    found = (ord(FIRST) + (on * 21 + v) * 28 + coda for on in range(19) for v in vowels)
    return f"[{''.join(map(chr, found))}]"


_OPEN, _N, _R, _SS = map(_ending_in, (0, 4, 8, 20))
_CLOSED = f"(?!{_OPEN})[가-힣]"
_A = _ending_in(0, (0, 1, 4, 5, 6, 9, 10, 14))
"""How a verb ends before an auxiliary: 작성해, 만들어, 꺼내."""
_END = "(?![가-힣])"
_ONE = r"(?<![^\W_])"
"""Before a word that is not longer than what the rule says."""
_TWO = "[가-힣]{2}"

_PARTICLES = (
    "은|는|이|가|을|를|의|에|에서|에선|에게|에겐|엔|으로|로|로서|으로서|로써|으로써|와|과"
    "|도|만|까지|부터|처럼|보다|이나|나|마다|밖에|뿐|이란|란|이?라[고는도면]|이라도|들"
    "|만큼|대로|씩|째|쯤|짜리"
)
_COPULA = (
    rf"입니[다까]|이다{_END}|이[고며]{_END}|이지만|이므로|이기[때는도에]|이든|이었"
    rf"|이라[는고면서도]|이에요|이어[야서]|였|예요|에요|인데|이거나|일까|일지{_END}"
    rf"|인{_END}|일(?= [때수뿐경것])|임{_END}|죠"
)
_P = f"(?:{_PARTICLES}){{0,3}}(?:{_COPULA}|{_END})"
"""What may follow a noun to the end of its word."""

_E = (
    "(?:고|는|다|면|며|기|어|지|세|십|시|자|겠|던|거|도록|게|네|니|려|므|을|은|습|었|신"
    "|실|길|나|든|느|였|여|죠|요)"
)
_DO = f"(?:하{_E}|하{_END}|한{_END}|할|합|해|했|함|하[여였])"
_BECOME = f"(?:되{_E}|되{_END}|된|될|됩|돼|됐|됨|되[어었])"
_HELPING = (
    f"[있없놓넣쓰쓴쓸씁써]|주{_E}|준{_END}|줄{_END}|줍|줘|줬|보{_E}|보[이여입인일였]"
    f"|본{_END}|볼|봅|봐|봤|두{_E}|둔|둘{_END}|둡|둬|뒀|내{_E}|낸|낼|냅|냈"
    f"|버[리린릴립려렸]|드[리린릴립려렸]|나[가갈간갑갔와온올왔]|달라|치[우웠운울]|{_DO}|야"
)
_MOVING = f"가{_E}|간|갈|갑|갔|오{_E}|온|올{_END}|옵|와|왔|나{_E}|난|날|납|났|대{_E}"
_PASSIVE = f"지{_E}|진{_END}|질{_END}|집니|졌|져|짐"
_TIME = "년|달|개월|월|일|주|주일|시간|분|초|날|동안|번|하루|이틀"
_NUMBER = "두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무|몇|여러|서너|두세|한두|[십백천만]"
_COUNTED = (
    "(?:개|번|번째|가지|명|곳|단계|시간|글자|종류|군데|마리|권|사람|쌍|칸|자리|달|차례|줄"
    "|문장|단어|경우|갈래|방법|요소|살|편|점|층|부분|년)"
)
_GAUGED = "(?:잔|장|대|주|쪽|병|컵|조각|묶음|세트|때|해|채)"
_PLACE_OF = (
    "사용|필요|시간|도움|쓰|쓸|쓴|씁|쓰|걸[리린립]|좋|유용|충분|한계|성공|실패|목적|집중"
    "|초점|방해|적합|활용|이용|중요|효과|적절|큰|많|드는|들어"
)
"""What follows 데 where it means *in doing so*."""

TABLE: tuple[tuple[int, str, str], ...] = (
    # what may be read in two ways
    (RULED, f"다시 {_ONE}한", f"번{_END}"),
    (RULED, f"{_ONE}한", f"번(?:만|도|에|이라도|씩|째){_P}"),
    (UNSURE, f"{_ONE}한", "[번때편쪽눈데대배층판숨참]|순간|마디|동안"),
    (RULED, rf"(?:[면도곤선]|[고어아해]서는?|지) {_ONE}(?:안|못)", f"{_BECOME}|{_DO}"),
    (RULED, f"{_ONE}안", _DO),
    (UNSURE, f"{_ONE}[안못잘더덜다]", f"{_DO}|{_BECOME}"),
    (UNSURE, f"{_ONE}[안못]", "[가-힣]"),
    (UNSURE, f"{_ONE}(?:잘못|같이|함께|그만|이상|일정|대신)", f"{_DO}|{_BECOME}"),
    (RULED, f"{_ONE}더", "[많좋큰크작빠쉽쉬]|나은|나[아았]|느[리린]|어[렵려]|이상"),
    (UNSURE, f"{_ONE}(?:지난|이듬|올)", "[해달주번]"),
    (RULED, f"{_ONE}[작큰]은?", "따옴표"),
    (OTHER, f"{_ONE}작은", f"(?:집|아버지|어머니|형|딸|아들){_P}"),
    (UNSURE, f"{_ONE}돌아", _MOVING),
    (UNSURE, f"{_ONE}(?:새|날|들|탈|별|헛|단|볼|먹을)", f"것{_P}"),
    (UNSURE, f"{_ONE}[이다공집도대청신적수체비최열]", f"중{_P}"),
    (UNSURE, _R, f"[게걸]{_END}"),
    (UNSURE, f"{_N}", r"걸(?:요)?(?:\W*$|[.!?])"),
    (UNSURE, "밖", f"에{_END}"),
    (UNSURE, "[에로]", f"[서써]{_P}"),
    # what cannot stand alone
    (FIRM, f"{_SS}|[없않]", "[가-힣]"),
    (FIRM, "[가-힣]", "니[다까]|습니|었|았|였|겠|으[며면므]|므로|는[데지]|지만"),
    (RULED, f"{_ONE}때", f"문{_P}"),
    (RULED, "[다라냐자]", f"고{_END}|는{_END}"),
    (RULED, _CLOSED, f"(?:은|을|으로){_P}"),
    (RULED, _OPEN, f"[는를]{_P}"),
    (RULED, f"{_OPEN}|{_R}", f"로(?:서|써|부터)?[는도만]?{_END}"),
    (RULED, f"(?![에로서러려고]){_OPEN}", f"와(?:[는도의]|{_COPULA}|{_END})"),
    (RULED, _CLOSED, f"과(?:[는도의]|{_END})"),
    (
        RULED,
        "[가-힣]",
        "(?:에|에서|에선|에게|엔|의|까지|부터|처럼|마저|조차|보다|이?라[고는])" + _P,
    ),
    (LIKELY, f"[가-힣](?![에로서러려고아어해지는를시리기디자이]){_OPEN}", f"가{_END}"),
    (RULED, "[이가]", _BECOME),
    (OTHER, _OPEN, f"이{_END}"),
    (UNSURE, _CLOSED, f"이{_END}"),
    (RULED, "에|에서|것|수|로|지|게|까지|부터|뿐|때", f"[도만]{_P}"),
    (RULED, rf"[^\s](?:{_TIME})", f"만에{_P}"),
    (UNSURE, "[일이삼사오육칠팔구십백천몇수]", f"만{_P}"),
    (LIKELY, _TWO, f"만{_P}"),
    (RULED, f"(?!{_N}|{_R})[가-힣]", f"들{_P}"),
    (RULED, "[가-힣]", f"(?:뿐|만큼|때문){_P}|뿐만|뿐아"),
    (RULED, "뿐|뿐만|만", "아[니닐님닙]"),
    (RULED, "[와과]", "[같다달][은다르른리이으]|함께|관련"),
    (RULED, "[것거듯]", "같"),
    (LIKELY, _TWO, "같은"),
    (UNSURE, "[가-힣]", f"같이{_END}"),
    (RULED, "게", f"끔{_END}"),
    (FIRM, "번", f"째{_P}"),
    (FIRM, f"{_ONE}(?:{_NUMBER}|첫)", f"번째?{_P}"),
    (RULED, "[가-힣]", f"(?:째|씩|쯤|짜리){_P}"),
    (RULED, _TWO, f"적(?:으로|인|이){_P}"),
    (RULED, f"{_R} 수|{_ONE}그", f"밖에{_END}"),
    (UNSURE, "[가-힣]", f"밖에{_END}"),
    (RULED, "[이그저맘뜻는]|[가-힣]{2}", f"대로{_P}"),
    # nouns that lean on what is before them
    (FIRM, _R, "수[가는도]? ?[있없]|수밖에|수 밖에|수록"),
    (UNSURE, f"{_ONE}[실홀술물탈살별굴칠]", f"수{_P}"),
    (RULED, _R, f"수{_P}"),
    (FIRM, f"{_R} ?수[가는도]?", "[있없]"),
    (RULED, f"{_ONE}수", "많"),
    (FIRM, f"[가-힣](?:{_N}|{_R})|[할될한된는이그저]|무", f"것{_P}"),
    (RULED, f"[가-힣](?:{_N}|{_R})|[할될]", f"거(?:[의나]?{_END}|[예에야다라고죠지])"),
    (RULED, f"[가-힣]{_N}|던", f"[게건]{_END}|걸{_END}|걸까|겁니|건[데지가]"),
    (RULED, f"[가-힣]{_R}|[할될]", f"건(?:[데지가]|{_END})|겁니"),
    (FIRM, f"[가-힣]{_R}|[이그할될일볼쓸]", f"(?:때{_P}|땐{_END})"),
    (RULED, _N, f"데(?:에는?|도)?,? (?:{_PLACE_OF})"),
    (UNSURE, f"(?!는){_N}", f"데{_P}"),
    (UNSURE, "는", r"데(?=[^\w\s])"),
    (RULED, f"{_TWO}|[는그둘셋]", f"중{_P}"),
    (RULED, _TWO, f"등{_P}"),
    (RULED, f"{_TWO}|[는은한된할]", f"듯(?:이|하|한|합|했|싶)?{_E}?{_P}"),
    (RULED, f"[은는]|[가-힣]{_N}", f"채로|채{_END}|척하|척{_END}|체하"),
    (RULED, f"[할될을는갈볼올쓸줄]|[가-힣]{_R}", f"지(?:[는를도]|{_COPULA}|{_END})"),
    (RULED, _N, rf"지[는도]? (?:오래|얼마|\d|한참|[가-힣]+ (?:{_TIME}))"),
    (RULED, f"[할될을는]|[가-힣]{_R}", "줄[을은도로]? ?[알모아안압]"),
    (RULED, _N, "적[이은도]? ?[있없]"),
    (RULED, _R, "리[가는도]? ?없"),
    (FIRM, _R, "텐데|테니|테지|터[이인]"),
    (RULED, "는", "바[와를가에의]"),
    (UNSURE, _N, f"바{_P}"),
    (RULED, f"[가-힣]{_N}|[한된]", f"(?:후|뒤|다음){_P}"),
    (LIKELY, _TWO, f"(?:후|시|내|간){_P}"),
    (LIKELY, _TWO, f"상(?:에|에서|의){_END}"),
    (RULED, "기", f"(?:전|때문){_P}|위[해한하]|시작|바[라랍란]|쉽|쉬운|어렵|힘들|마련"),
    (RULED, rf"[^\s](?:{_TIME})|오래|얼마|조금|며칠|바로", f"(?:전|후|뒤){_P}"),
    (RULED, f"[가-힣]{_R}|[할볼쓸끌갈될들]", "만[한하]"),
    (RULED, f"{_ONE}(?:{_NUMBER}|[한첫매])|[십백천만]", f"{_COUNTED}{_P}"),
    (
        RULED,
        f"{_ONE}(?:여러|몇|첫|어느|아무|각|맨)",
        "(?![눈분])[가-힣]{2}|[것곳때초주]",
    ),
    (RULED, f"{_ONE}그", f"(?:다음|동안|외|때|대신|전|후|뒤|이상){_P}"),
    (RULED, f"{_ONE}이", f"[때외후전]{_P}"),
    (RULED, f"{_ONE}(?:또|좀|둘|셋)", f"다른|더{_END}|다{_END}"),
    (RULED, f"{_ONE}(?:그로|말)", "인[한해하]|그대로"),
    (LIKELY, f"{_ONE}(?:웹|앱|뷰|탭|폼|키|값|재|비|피|미)", _TWO),
    (UNSURE, f"{_ONE}[전총매양타본신현]", _TWO),
    (UNSURE, f"{_ONE}[저고형현전총반신본주단타양초이]", "[가-힣]{3}"),
    # auxiliaries
    (OTHER, f"{_ONE}해", _PASSIVE),
    (RULED, f"[가-힣]{_A}", f"{_HELPING}|{_PASSIVE}|{_MOVING}"),
    (RULED, f"{_ONE}[해돼봐줘써와]", _HELPING),
    (RULED, "고", f"[있싶]|나[서면]|말{_E}|보[니면]|{_DO}"),
    (RULED, "고자", _DO),
    (RULED, "지", f"[않못]|말{_E}|마{_END}|마[세라]|맙"),
    (RULED, "[가-힣]게", f"{_DO}|{_BECOME}|만[들든듭]"),
    (RULED, "야만?", f"{_DO}|{_BECOME}|만{_END}"),
    (RULED, "도", f"{_BECOME}|상관|괜찮|불구"),
    (RULED, "면", f"{_BECOME}|안|좋|{_DO}"),
    (RULED, "려고?", _DO),
    (RULED, "다", "보[면니]"),
    (RULED, "[에을를]", "[대의관따통위향비][한해하](?!변)|따[라른르]|[있없]|들[어면]"),
    # a noun, and what it does or is
    (UNSURE, "[가-힣]", rf"한 (?:\w+ )?(?:{_COUNTED}|{_GAUGED}){_P}"),
    (UNSURE, "[가-힣]", r"한\W*$|인지"),
    (UNSURE, "[가-힣][시도군구대]", "[장민청공학교생]"),
    (RULED, f"{_TWO}|[것때중]", _COPULA),
    (
        LIKELY,
        "[가-힣](?![은는을를])[가-힣]",
        f"{_DO}|{_BECOME}|시[키킨킬킵켜켰]|당[하한했]|[받있없]",
    ),
    # where a word surely ends
    (RULED, f"{_OPEN}를|{_CLOSED}을", "[가-힣]"),
    (
        RULED,
        "에서|으로|에게|까지|부터|처럼|라[는고]|려고|면서|지만|때문에|습니다",
        "[가-힣]",
    ),
    (RULED, "[가-힣][는던]|다른|모든|어떤|[이그저]런|무슨|새로운|같은|많은", "[가-힣]"),
    (RULED, "[가-힣](?:한|된|할|될)", f"(?:곳|법|점|일){_P}"),
    (LIKELY, f"{_ONE}할", f"일{_P}"),
    (LIKELY, "새로|서로|스스로|따로", _TWO),
)
"""Grade, how the word before a blank ends, how the word behind it begins."""


@lru_cache(maxsize=1)
def rules() -> tuple[tuple[int, re.Pattern[str], re.Pattern[str]], ...]:
    """Return the table, ready for use: that takes a while, and few texts need it."""
    return tuple(
        (grade, re.compile(f"(?:{left})$"), re.compile(right))
        for grade, left, right in TABLE
    )


NOUNS = re.compile(
    "(?:결과|효과|차이|경로|평가|길이|높이|깊이|넓이|속도|정도|나이|놀이|국가|작가|회의|정의"
    "|주의|강의|논의|동의|각도|용도|시도|지도|도로|회로|사용자|추가|증가|참가|하나|바나나"
    "|통과|초과|이의|제도|온도|밀도|빈도|의도|별도)$"
)
"""Nouns that end as if a particle were in them."""
BEGINNINGS = re.compile(
    "가능|가상|가져|이벤트|이름|이하|이후|이전|이내|이용|이동|이미지|이슈|이터|이상(?![한하해])"
    "|의미|의존|에러|에디|에이|도구|도움|도달|도메인|로그|로직|로드|로컬|로딩|과정|나머지|나열"
    "|라이브|라우|라벨|라인|만들|만약|와일드|와이파이"
)
"""How words begin that no particle and the rest of a word can be."""
SUFFIXED = re.compile(
    "[화인자성적생](?!면|살표|료|바|동|식|신|원|리|체|격|자|수|덱|터|스|증|코|라|능|공|질|용|재"
    "|략|명|쇄|접|르|주|과)"
)
"""How a word begins that may be the end of another one: 활성 화물, 활성화 물."""
SHORT = "값|창|바|순|곳|앞|속|키|탭|폼|글|칸|점|형|법|층|식|문|안|위"
"""Nouns of one syllable that follow another noun."""
AS_AN_ENDING = re.compile(rf"^는 데{_END}(?! (?:{_PLACE_OF}))")
"""찾는 데 may become 찾는데, which says *but*."""
NO_NOUN = re.compile(rf"[^가-힣\s](?:{_PARTICLES})$")
"""A particle behind code or a Latin word."""


def _within(gap: _Gap) -> int:
    """Grade a blank between two words in Hangul."""
    if NO_NOUN.search(gap.left):
        return RULED
    if gap.taken and AS_AN_ENDING.search(
        f"{gap.left} {gap.right}"[len(gap.left) - 1 :]
    ):
        return UNSURE
    for grade, left, right in rules():
        if right.match(gap.right) and left.search(gap.left):
            return grade
    return _nouns(gap)


def _nouns(gap: _Gap) -> int:
    """Grade a blank between two words that no rule knows: two nouns are the same words
    whatever the spacing, if no particle can be seen in them."""
    found = re.search("[가-힣]+$", gap.left), re.match("[가-힣]+", gap.right)
    left, right = (word[0] if word else "" for word in found)
    if len(left) < 2 or ADNOMINAL.fullmatch(left):
        return OTHER
    if not re.match(rf"(?:{SHORT}){_P}", right) and len(_bare(right)) < 2:
        return UNSURE
    if SUFFIXED.match(right):
        return UNSURE
    begins = "가는를와로나라야며에의도만" if _open(left[-1]) else "이은을과에의도만"
    if right[0] in begins and not BEGINNINGS.match(right):
        return UNSURE
    ends = "가로나의도만" if _open(left[-2]) else "이과의도만"
    return UNSURE if left[-1] in ends and not NOUNS.search(left) else LIKELY


ADNOMINAL = re.compile(
    "(?:크|작|높|낮|길|짧|젊|늙|많|적|좋|나쁘|붉|검|희|푸르|굵|얇|넓|좁|깊|얕|뜨겁|차갑)은"
    "|큰|긴|나쁜|뜨거운|차가운|젊은|어린|새로운|다른"
)
"""Words that say of a noun what it is, or are a part of it: 작은 아버지, 작은아버지."""


def _open(syllable: str) -> bool:
    return of_syllable(syllable) == ""


def _bare(word: str) -> str:
    """Return a word without the particles at its end."""
    while not NOUNS.search(word) and (found := LEANING.search(word)):
        word = word[: found.start()]
    return word


LEANING = re.compile(rf"(?<=[가-힣])(?:{_PARTICLES}|{_COPULA})$")
