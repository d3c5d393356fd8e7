"""What may follow a Korean noun so that it is still that noun: 대통령은, 대통령들에게,
대통령이라고, 통일되었다. 대통령실 is another word."""

from __future__ import annotations

import re
from functools import cache, lru_cache

FIRST, LAST = "가", "힣"
RUN = re.compile("[가-힣]*")

LONGEST = 12
"""No chain of particles and endings has more syllables."""

SUFFIXES = "들 님 씨 적 식 형 별 상 당 간 끼리 측 용 급"
"""What makes a word of a word without hiding it: 국가별, 미국식. Not 실, 제, 화."""

PARTICLES = """
    은 는 이 가 을 를 의 에 에게 에서 에게서 께 께서 한테 한테서 더러 로 으로 로서
    으로서 로써 으로써 와 과 랑 이랑 하고 도 만 까지 부터 마저 조차 밖에 뿐 뿐만 처럼
    같이 만큼 만치 보다 마다 나 이나 든 든지 이든 이든지 든가 이든가 라도 이라도 야
    이야 야말로 이야말로 라고 이라고 라는 이라는 란 이란 라던 이라던 대로 커녕 치고 여
    이여 아 에다 에다가 들 요 이요 씩 쯤 따라 며 이며 하며 말고 엔 론 으론 에선
    에겐 로선 으로선 한텐 까진 부턴 보단 라곤 이라곤
"""

ENDINGS = """
    다 다고 다는 다면 다며 다던 다만 고 고도 고서 며 면서 면 자 지 지만 지는 지도 지요
    죠 라 라고 라는 라면 라며 라도 라서 라서는 라야 란 라던 나 니 니까 네 네요 거나 건
    건만 기 기에 기도 기는 기를 기가 기만 기까지 던 던가 더라도 든 든지 므로 더니 구나
    되 어서 어야 어도 어야만 여서 여야 여도 여야만 에요 신 시다 시고 시며 십니다 셨다
    셨던 라니 라지만
"""
"""What follows the 이 of 이다."""
NEVER_BARE = "자 기 기에 기도 기는 기를 기가 기만 기까지 지 지는 지도 신"
"""Of these, what does not follow a vowel without 이, or is taken for another word:
관리자, 복사기, 소재지, 수호신."""
BARE = " ".join(one for one in ENDINGS.split() if one not in NEVER_BARE.split())
"""What may."""
PAST = """
    다 다고 다는 다면 다며 다가 던 고 으며 으면 으나 으니 으니까 지 지만 는데 는데도
    는지 는지는 는지도 는지를 는지가 는지에 기 기에 기도 기는 기를
    음 음을 음이 음은 을 을까 을지 습니다 습니까 어 어요 거나 더라 더라도 네 구나
"""
SHORT = """
    입니다 입니까 입니다만 예요 인 인데 인데도 인지 인지는 인지도 인지를 인지가 인지에
    인가 인가요 인즉 인바 일 일지 일지도 일까 일까요 일수록 일뿐 임 임을 임이 임에
    임에도 임은 임과
"""
"""이다 where it has become one syllable with its ending."""

VERBS = (
    "하(?:[다고며면자지게는던더네니나기려도므거여였셨시신실십세소라느냐되].*)?",
    "하[겠건곤구군긴길든듯러셔심죠진질].*",
    "합[니시].*",
    "한(?:[다지데편가].*)?",
    "할(?:[지까수때만뿐게걸텐].*)?",
    "함(?:[은을이으에과도의께].*)?",
    "해(?:[야서도요주준줄줘줬왔온오올봐봤보본볼버놓두둔둘져졌내낸낼냈].*)?",
    "해(?:[달드봅줍줌놔놨둬뒀집진질짐]|지[고며기려던게]).*",
    "했.*",
    "되(?:[다고며면자지게는던더네니나기려도므거어었셨시신실라느].*)?",
    "되[겠건곤구군긴길냐든듯세셔소심십죠진질].*",
    "됩니.*",
    "된(?:[다지데가].*)?",
    "될(?:[지까수때만뿐게걸텐].*)?",
    "됨(?:[은을이으에과도의].*)?",
    "돼(?:[야서도요주있졌져버].*)?",
    "됐.*",
    "시[키킨킬킵켜켰킴].*",
    "당[하한할함해했합].*",
    "받[는은을다고아았지게기으던도습음거겠긴길나든듯자진].*",
    "답[다고게지].*",
    "다[운움].*",
    "스[럽러런럼].*",
    "드[리린릴립려렸].*",
    "없[다는이고어었을음습지으던게거].*",
)
"""Verbs that are made of a noun by 하다, 되다, 시키다, 없다 … in all their forms."""

VERB = re.compile("(?<=[가-힣]{2})(?:하|되|시키|당하|받)다$")
"""How a term ends that is such a verb itself."""

NATION = "국|일본|조선|[남북]한|독일|프랑스|유럽|시아|서[양구]|동양"
"""How nouns end that name a country or a part of the world."""
PEOPLE = re.compile(f"(?:{NATION}|정치|종교|언론|경제)$")
"""A noun with 인 after one of these is a person: 한국인."""
MANNER = re.compile(f"(?:{NATION})$")
"""After one of these 식 tells a manner, elsewhere a formula or a ceremony: 미국식, but
표현식 and 취임식."""
PLACE = re.compile(
    f"(?:{NATION}|[여거저]기|어디|서울|부산|평양|도쿄|베이징|뉴욕|워싱턴)$"
)
"""After one of these 서 is 에서, elsewhere a document: 서울서, but 인증서."""


def followed(noun: str, tail: str) -> bool:
    """Say whether syllables written right after a noun leave it the word that it is.

    :param noun: ends in Hangul, or in anything else that a particle may follow.
    :param tail: all Hangul up to the next sign that is none.
    """
    if not tail:
        return True
    if len(tail) > LONGEST or (tail == "인" and PEOPLE.search(noun)):
        return False
    if tail.startswith("식") and not MANNER.search(noun):
        return False
    if tail.startswith("서") and PLACE.search(noun):
        tail = "에" + tail
    last = noun[-1:]
    hangul = FIRST <= last <= LAST
    vowel = not hangul or (ord(last) - ord(FIRST)) % 28 == 0
    single = hangul and not FIRST <= noun[-2:-1] <= LAST
    return _fits(tail, vowel, single)


def conjugated(tail: str) -> bool:
    """Say whether syllables make a verb of the noun before them."""
    return len(tail) <= LONGEST and _verb().fullmatch(tail) is not None


@cache
def _verb() -> re.Pattern[str]:
    return re.compile("|".join(VERBS))


@lru_cache(maxsize=8192)
def _fits(tail: str, vowel: bool, single: bool) -> bool:
    return _shape(vowel, single).fullmatch(tail) is not None


@cache
def _shape(vowel: bool, single: bool) -> re.Pattern[str]:
    """Return what may follow.

    :param vowel: whether the noun ends in a vowel, or may.
    :param single: whether it is one syllable: with more than particles it would be
        taken for half of another word, as 형 in 형식.
    """
    particles, past = _any(PARTICLES), _any(PAST)
    be = f"이(?:{_any(ENDINGS)})|이?었(?:{past})|{_any(SHORT)}"
    if vowel:
        be += f"|{_any(BARE)}|였(?:{past})"
    end = f"(?:{particles}){{0,4}}(?:(?:{be})요?)?"
    if single:
        return re.compile(f"들?{end}")
    return re.compile(f"(?:{_any(SUFFIXES)}){{0,2}}{end}|{'|'.join(VERBS)}")


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))
