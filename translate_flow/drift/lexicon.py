"""Words that decide how grave an edit is: negation, modality, quantity, opposites,
numbers, places, titles; in English and Korean."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ENGLISH = r"""
    (?<![\w'’]) (?:
      not | no(?!\.\s*\d) | never | none | nor | neither | nobody | nothing | nowhere
    | a\ few | a\ little | without | hardly | scarcely | barely | rarely | seldom | few | little | \w+n['’]t
    | cannot | unable | must(?!-) | might | could | should | shall | would | ought
    | (?:has|have|had|having|need|needs|needed)(?=\s+to\b) | required | mandatory
    | may(?!\s+\d) | can(?!\s+of\b|s\b) | will(?!\s+of\b|s\b) | able | perhaps | maybe
    | possibly | probably | likely | unlikely | certainly | allowed | forbidden | optional
    | all | every | each | everyone | everybody | everything | some(?!\s+\d)
    | someone | somebody | something | any | anyone | anybody | anything | most | many
    | several | half | only | just | almost | nearly | (?:about|around)(?=\s+[\d$€£₩])
    | always | often | usually | sometimes | occasionally | ever | entirely | partly
    | fully | completely | if | unless | except | until | till | provided | even
    | (?:more|less|fewer)(?=\s+than\b) | (?<=no\s)more | (?<=any\s)more | least | fewest
    | percentage\ points? | at\ most | up\ to(?!\s+date) | (?:over|under)(?=\s+[\d$€£₩])
    ) (?![\w'’])"""

_RIEUL = "".join(chr(code) for code in range(0xAC00 + 8, 0xD7A4, 28))
"""Syllables that end in ㄹ: 할 것이다 says what will be, 한 것이다 what is."""

_KOREAN = r"""
    (?<!\w)(?: 안(?=\s+(?!에|으로|팎|쪽)) | 못(?=\s|하|해|했|할|한|합) | 모든 | 모두 | 일부(?!러)
      | 대부분 | 대다수 | 거의 | 항상 | 언제나 | 늘(?=\s) | 가끔 | 때때로 | 종종 | 자주 | 드물
      | 결코 | 절대 | 반드시 | 꼭(?=\s) | 만약 | 만일 | 오직 | 단지 | 겨우 | 아무 | 누구나
      | 누구도 | 전혀 | 별로 | 아마 | 어쩌면 | 혹시 | 약간 | 조금 | 많은 | 적은 | 몇(?=\s|몇)
      | 여러(?=\s) | 각(?=\s) | 전부 | 다(?=\s) | 더(?=\s) | 덜(?=\s) | 가장(?=\s)
      | 적어도 | 최소 | 최대 | 이미 | 아직 )
    | 않 | 없(?!애|앴|앨) | 아니(?!라|면) | 아닌 | 아닐 | 아닙 | (?<!잘)못[하해했한할합] | 말[아라고자](?!\w)
    | 지\s*마 | 지\s*말 | (?<=[RIEUL]\s)수(?:가|는|도|밖에)?\s*[있없] | 줄(?:을|은|도)?\s*[알모]
    | [야]만?\s*[하한할함합했해](?!\w*[고]요) | [어아여해돼와워려켜져쳐줘둬봐써꿔내]야(?=[\s만.,]|$)
    | [가-힣]ㄹ지도 | 지도\s*모[르른를] | (?<![있없])[RIEUL]\s*것(?:이다|입니다|이며|이라|일|이)(?=[\s.,]|$) | 듯
    | (?<=[가-힣])(?<!지)(?<!불)(?<!낭)(?<!오)(?<!거)(?<!비)(?<!자)(?<!태)(?<!기)(?<!충)(?<!천)(?<!백)(?<!십)(?<!수)(?<!다)(?<!뿐)만(?=(?:[은을이도]|(?<![리신나들자]만)의)?(?:[\s.,]|$))
    | 뿐(?=[이만\s.,]|$) | 밖에 | 조차 | 마저 | 까지도 | 이상(?=[의은이\s.,]|$) | 이하 | 미만 | 초과
    | (?<!보)겠(?=[다지고어네느으은을]) | 허용 | 금지 | 필수 | 의무 | 가능 | 불가 | 선택(?=\s?(?:사항|적)) | 예외
    | (?:으|하|되|시|니|(?<!이)라|(?<![그이저]렇)다)면(?=[\s,]|$)"""

RISKY = re.compile(
    f"{_ENGLISH} | {_KOREAN.replace('RIEUL', _RIEUL)}", re.VERBOSE | re.IGNORECASE
)
"""Negation, modality, quantity, condition: words that turn a sentence round."""

_MONTH = re.compile(
    r"\b(?:in|on|of|by|since|until|from|to|late|early|last|next|mid)\s$"
)

NUMBER_WORDS = re.compile(
    r"""(?: zero | one | two | three | four | five | six | seven | eight | nine | ten
    | eleven | twelve | thirteen | fourteen | fifteen | sixteen | seventeen | eighteen
    | nineteen | twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety
    | hundreds? | thousands? | millions? | billions? | trillions? | zillions? | dozens? | once | twice
    | thrice | first | second | single | double | triple | quadruple | hal(?:f|ves) | thirds? | fourths? | quarters? | fifths? | sixths? | sevenths? | eighths?
    | ninths? | tenths?
    | (?:하나|둘|셋|넷|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스물|스무|서른|마흔|쉰|예순|일흔|여든|아흔)+
    | (?:하나|둘|셋|넷|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스물|스무|서른|마흔|쉰)+
      (?:명|개|번|척|마리|권|대|살|시|달|해|곳|가지|사람|차례|주|배|쪽|편|장|잔|병|시간|번째|째|분)
    | [일이삼사오육칠팔구십백천만억조]+(?:년|월|일|명|개|원|세|층|호|회|분|초|주|차|위|인|번|도|부)?
    | 첫째 | 둘째 | 셋째 | 넷째 | 절반 | 반 | 한두 | 두세 | 서너 | 갑절 | 곱절 | 첫 | 하루 | 이틀 | 사흘 | 나흘 | 닷새 | 엿새 | 이레
    | 여드레 | 아흐레 | 열흘 | 보름
    | \d[\d.,:]*(?:st|nd|rd|th|s|%|am|pm|[kmb]n?|[가-힣]{1,4})? | [%$€£₩] )""",
    re.VERBOSE | re.IGNORECASE,
)
"""A word that is a number, with a short counter or unit behind its digits."""

TITLES = (
    "씨", "대통령", "총리", "수상", "장관", "차관", "교수", "대표", "의원", "시장", "기자", "박사",
    "회장", "사장", "감독", "선수", "판사", "검사", "변호사", "위원장", "총장", "원장", "국장", "지사",
    "과장", "부장", "차장", "팀장", "실장", "이사", "전무", "상무", "주임", "대리", "장군", "제독",
    "대령", "중령", "소령", "대위", "중위", "소위", "작가", "시인", "화백", "목사", "신부", "스님",
    "대사", "특사", "의장", "선생", "여사", "부인", "학생", "군수", "구청장", "도지사", "앵커", "코치",
)  # fmt: skip

PLACES = frozenset(
    [
        "서울",
        "부산",
        "대구",
        "인천",
        "광주",
        "대전",
        "울산",
        "세종",
        "제주",
        "수원",
        "전주",
        "청주",
        "춘천",
        "강릉",
        "포항",
        "창원",
        "여수",
        "목포",
        "경주",
        "안동",
        "김해",
        "속초",
        "군산",
        "평양",
        "개성",
        "원산",
        "신의주",
        "경기도",
        "강원도",
        "충청도",
        "전라도",
        "경상도",
        "제주도",
        "충북",
        "충남",
        "전북",
        "전남",
        "경북",
        "경남",
        "한국",
        "대한민국",
        "북한",
        "남한",
        "중국",
        "일본",
        "미국",
        "러시아",
        "영국",
        "프랑스",
        "독일",
        "이탈리아",
        "스페인",
        "포르투갈",
        "네덜란드",
        "벨기에",
        "스위스",
        "오스트리아",
        "헝가리",
        "체코",
        "폴란드",
        "루마니아",
        "불가리아",
        "그리스",
        "스웨덴",
        "노르웨이",
        "덴마크",
        "핀란드",
        "아이슬란드",
        "아일랜드",
        "우크라이나",
        "벨라루스",
        "튀르키예",
        "터키",
        "캐나다",
        "멕시코",
        "쿠바",
        "콜롬비아",
        "페루",
        "칠레",
        "브라질",
        "아르헨티나",
        "호주",
        "뉴질랜드",
        "인도",
        "파키스탄",
        "네팔",
        "방글라데시",
        "스리랑카",
        "미얀마",
        "베트남",
        "태국",
        "캄보디아",
        "라오스",
        "말레이시아",
        "싱가포르",
        "인도네시아",
        "필리핀",
        "대만",
        "홍콩",
        "몽골",
        "카자흐스탄",
        "이란",
        "이라크",
        "시리아",
        "레바논",
        "요르단",
        "이스라엘",
        "사우디아라비아",
        "이집트",
        "리비아",
        "알제리",
        "모로코",
        "에티오피아",
        "케냐",
        "나이지리아",
        "가나",
        "유럽",
        "아시아",
        "아프리카",
        "도쿄",
        "오사카",
        "교토",
        "후쿠오카",
        "베이징",
        "상하이",
        "난징",
        "워싱턴",
        "뉴욕",
        "보스턴",
        "시카고",
        "로스앤젤레스",
        "샌프란시스코",
        "런던",
        "파리",
        "베를린",
        "뮌헨",
        "로마",
        "밀라노",
        "마드리드",
        "바르셀로나",
        "리스본",
        "빈",
        "프라하",
        "부다페스트",
        "바르샤바",
        "키이우",
        "키예프",
        "모스크바",
        "제네바",
        "취리히",
        "브뤼셀",
        "암스테르담",
        "스톡홀름",
        "오슬로",
        "헬싱키",
        "코펜하겐",
        "더블린",
        "아테네",
        "이스탄불",
        "카이로",
        "하노이",
        "방콕",
        "마닐라",
        "자카르타",
        "타이베이",
        "시드니",
        "멜버른",
        "토론토",
        "밴쿠버",
    ]
)

PARTICLES = re.compile(
    r"(?:은|는|이|가|을|를|과|와|의|에|에서|에게|께서|로|으로|도|만|부터|까지|보다|처럼|이나|나|라는|이라는"
    r"|에는|에도|에서는|와의|과의|이다|였다|이었다|입니다)$"
)

_KINDS = re.compile(
    r"[가-힣]+(강|산맥|산|섬|항|역|시|군|구|읍|호수|해협|반도|대교|공항)$"
)
"""Names of places that say what they are."""

HANGUL = re.compile(r"[가-힣]")


_ALIKE = {"till": "until", "fewer": "less", "everybody": "everyone", "each": "every",
    "somebody": "someone", "anybody": "anyone", "cannot": "not", "can't": "not",
    "unable": "not", "able": "can", "has": "must", "have": "must", "need": "must",
    "needs": "must", "might": "may", "모두": "모든", "전부": "모든", "불가": "수없", "못": "수없", "안": "않", "없": "않", "결코": "절대", "가능": "수있"}  # fmt: skip
"""Risky words that say the same as others."""

_SOFT = frozenset({"would", "더"})
"""Risky words that may come or go if nothing else is turned: *would allow*, *allows*."""

_LIGHT_WORDS = """
    all every any anyone anything everything everyone some someone something even just ever
    almost nearly completely fully entirely many several often usually sometimes
    occasionally probably possibly perhaps maybe certainly
    면 모든 여러 몇 각 조금 약간 이미 아직 종종 자주 가끔 때때로 가장 예외 다 많은 듯 것입
"""
_LIGHT = _SOFT.union(_LIGHT_WORDS.split())
"""Risky words that may, where other words change with them; not one for another, as
*all* for *some*."""

_KOREAN_KEYS = (
    (re.compile(r"^수밖에"), "수밖에"), (re.compile(r"^수.*(?=있$)"), "수"),
    (re.compile(r"^수.*(?=없$)"), "수"), (re.compile(r"^.*야(?:만?\s*[하한할함합했해])?$"), "야"),
    (re.compile(r"^못.*"), "못"), (re.compile(r"^아[니닌닐닙]"), "아니"),
    (re.compile(r"^지\s*[마말]|^말[아라고자]"), "말"), (re.compile(r"^겠"), "겠"),
    (re.compile(r"^.*면$"), "면"), (re.compile(r".*\s*것입니다"), "것입"), (re.compile(r".*\s*것[^입]+"), "것"), (re.compile(r"\s"), ""),
)  # fmt: skip
"""What Korean forms of one word have in common."""


def risks(text: str) -> tuple[str, ...]:
    """Return the risky words of a text, in order."""
    return tuple(_risks(text))


def turned(old: str, new: str) -> bool:
    """Whether two texts differ in their risky words."""
    one, other = risks(old), risks(new)
    if one == other:
        return False
    if sorted(one) == sorted(other):
        return True
    if _CONDITION.search(old) and _CONDITION.search(new):
        one, other = (tuple(w for w in k if w not in _IF) for k in (one, other))
    grave = [[word for word in words if word not in _LIGHT] for words in (one, other)]
    light = [{*words} & _LIGHT for words in (one, other)]
    return grave[0] != grave[1] or bool(light[0] - light[1] and light[1] - light[0])


_IF = frozenset({"만약", "만일"})
_CONDITION = re.compile(r"[가-힣]면(?=[\s,]|$)")


def shaded(old: str, new: str) -> bool:
    """Whether a light one of the risky words is all that came or went."""
    if len(old.split()) > 1 or len(new.split()) > 1:
        return False
    one, other = ({*risks(side)} & _LIGHT - _SOFT for side in (old, new))
    added = not {old.strip().lower(), new.strip().lower()}.isdisjoint(_NOTHING)
    return one != other and (added or old.strip()[:2] == new.strip()[:2])


_NOTHING = frozenset({"", "a", "an", "the"})


def _risks(text: str) -> Iterator[str]:
    korean = HANGUL.search(text) is not None
    for found in RISKY.finditer(text):
        if korean and found[0].isascii():
            continue  # a name, or a word in English beside the Korean one
        word = " ".join(found[0].lower().replace("’", "'").split())
        if word == "may" and _is_month(text, found):
            continue
        if word.endswith("n't") and word not in _ALIKE:
            yield from (*_MODALS.get(word, ()), "not")
        else:
            yield _ALIKE.get(key := _key(word), key)


_MODALS = {"couldn't": ("could",), "shouldn't": ("should",), "mustn't": ("must",),
    "won't": ("will",), "wouldn't": ("would",), "mightn't": ("might",)}  # fmt: skip


def _key(word: str) -> str:
    """Return what the forms of a Korean word have in common."""
    for shape, key in _KOREAN_KEYS:
        word = shape.sub(key, word)
    return word


def _is_month(text: str, found: re.Match[str]) -> bool:
    return found[0] == "May" and bool(_MONTH.search(text[: found.start()].lower()))


def is_number(word: str) -> bool:
    """Whether a word is a number."""
    bare = PARTICLES.sub("", word)
    return any(map(NUMBER_WORDS.fullmatch, (word, bare)))


def korean_name(word: str) -> str:
    """Return the name in a Korean word that surely is one, else an empty string."""
    bare = PARTICLES.sub("", word)
    if bare in PLACES:
        return bare
    return word if word in PLACES else ""


def of_one_kind(old: str, new: str) -> bool:
    """Whether two Korean words name places of one kind, as 한강 and 낙동강 do."""
    one, other = (_KINDS.match(PARTICLES.sub("", word)) for word in (old, new))
    return bool(one and other and one[1] == other[1])
